"""Names and phones of the public: beside the journal, erased when the law says so, and then in no byte of the file."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.incidents import Caller
from emergency_desk.services import calls, drafts, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
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
