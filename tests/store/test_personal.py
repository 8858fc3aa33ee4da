"""Names and phones of the public: beside the journal, erased when the law says so, and then in no byte of the file."""

from __future__ import annotations

from pathlib import Path
from random import Random

from emergency_desk.domain.incidents import Caller
from emergency_desk.services import calls, drafts, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.people_book import Named
from tests import story
from tests.builders import make_desk

TRACES = ("郝不存在".encode(), b"1380000", "郝不".encode())


def files_of(desk: Desk) -> list[bytes]:
    return [Path(f"{desk.store.path}{side}").read_bytes() for side in ("", "-wal") if Path(f"{desk.store.path}{side}").exists()]


def fold_the_wal_in(desk: Desk) -> None:
    connection = open_connection(desk.store.path)
    assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    connection.close()


def test_nothing_of_an_erased_caller_is_left_in_the_file(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = story.take(desk, caller=story.CALLER)
    drafts.keep_draft(desk, name="call", content={"name": story.CALLER.name, "phone": story.CALLER.phone})
    for number in range(120):  # enough of them that pages split and rows move about
        caller = Caller(name=f"郝不存在{number:03d}" * 3, phone=f"1380000{number:04d}")
        call = calls.join_call(desk, draft=story.fire(caller=caller), incident_id=first.incident.id).value.call
        if number % 3 == 0:
            calls.correct_call(desk, call_id=call.id, caller=Caller(name=f"郝不存在改{number}", phone="13800001111"))
    fold_the_wal_in(desk)
    assert any(trace in content for trace in TRACES for content in files_of(desk))
    incidents.erase_personal(desk, incident_id=first.incident.id)
    drafts.drop_draft(desk, name="call")
    fold_the_wal_in(desk)
    assert not any(trace in content for trace in TRACES for content in files_of(desk))
    story.assert_sound(desk)


def test_erasing_one_incident_keeps_the_callers_of_another(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one, other = story.take(desk, caller=story.CALLER), story.take(desk, caller=story.CALLER)
    incidents.erase_personal(desk, incident_id=one.incident.id)
    assert calls.caller_of(desk, call=other.call) == story.CALLER
    assert not calls.caller_of(desk, call=one.call)


def test_the_digest_in_the_record_proves_the_caller_without_naming_him(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one, two = story.take(desk, caller=story.CALLER).call, story.take(desk, caller=story.CALLER).call
    assert one.personal_digest != two.personal_digest  # the same person under two salts
    assert "郝" not in repr(one) and "13800009999" not in repr(one)


def test_an_altered_caller_is_found(tmp_path: Path) -> None:
    from emergency_desk.services import integrity

    desk = make_desk(tmp_path)
    story.take(desk, caller=story.CALLER)
    connection = open_connection(desk.store.path)
    connection.execute("UPDATE personal SET content = replace(content, '9999', '9998')")
    connection.close()
    assert [difference.what for difference in integrity.check(desk).differences] == ["personal"]


def test_people_of_one_response_are_destroyed_among_those_of_another_who_stay(tmp_path: Path) -> None:
    """Deleting alone is not enough: a page whose rows moved about keeps old bytes in its gaps (seen: 1 to 10 names of 1,500)."""
    desk, dice = make_desk(tmp_path), Random(7)

    def keep(number: int, remark: str, id_: str) -> None:
        work.people.keep([Named(id_, desk.new_salt(), {"name": f"{who}{number:04d}", "note": remark * dice.randrange(60)}, f"{who}{number:04d}",
                                (f"{who}{number:04d}",), f"{number:04d}")], incident_id=incident_id)

    for number in range(3_000):
        who, incident_id = dice.choice((("qzgone", "a" * 32), ("qzstays", "b" * 32)))
        id_ = f"{dice.getrandbits(128):032x}"
        with desk.open_work() as work:
            keep(number, "x", id_)
            if dice.random() < 0.3:
                keep(number, "yy", id_)
            work.commit("kept")
    with desk.open_work() as work:
        assert 1_300 < work.people.destroy("a" * 32) < 1_700
        work.commit("destroyed")
    fold_the_wal_in(desk)
    content = b"".join(files_of(desk))
    assert b"qzgone" not in content and content.count(b"qzstays") > 3_000
