"""A check holds many rows against the seals of the journal in small parts, with the same result as if all lay in memory at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import Setting
from emergency_desk.services.desk import Desk
from emergency_desk.store import integrity, laid_seals
from emergency_desk.store.engine import open_connection
from emergency_desk.store.integrity import check_store
from emergency_desk.store.laid_seals import LaidSeals, in_parts
from tests.builders import make_desk

MANY = 1_203


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with more settings than one part holds; each is kept twice."""
    desk = make_desk(tmp_path)
    for content in ("1", "2"):
        with desk.open_work() as work:
            for number in range(MANY):
                id_ = Id(f"many {number:05d}")
                before = [one.version for one in work.settings.where("WHERE id = ?", (id_,))]
                one = Setting(id=id_, content=content, version=before[0] if before else 0)
                work.settings.put(one) if before else work.settings.add(one)
            work.commit("many")
    return desk


def alter(desk: Desk, *statements: str) -> None:
    connection = open_connection(desk.store.path)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_sound_store_is_sound_and_no_more_than_a_part_is_asked_for_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    really = LaidSeals.known

    def known(self: LaidSeals, table: str, ids: Sequence[Any]) -> dict[str, str]:
        asked.append(len(ids))
        return really(self, table, ids)

    monkeypatch.setattr(LaidSeals, "known", known)
    assert check_store(desk.store).is_sound
    assert max(asked) == 500 and sum(asked) > MANY


def test_what_was_altered_in_any_part_is_told_in_the_order_of_the_rows(desk: Desk) -> None:
    alter(desk, "UPDATE settings SET content = '7' WHERE id IN ('many 00001', 'many 00777')", "DELETE FROM settings WHERE id = 'many 01202'",
          "DELETE FROM settings WHERE id = 'many 00400'", "INSERT INTO settings (id, content, version) VALUES ('nobody s', '1', 1)")
    found = [(one.what, one.where) for one in check_store(desk.store).differences]
    assert found == [("seal", "settings many 00001"), ("seal", "settings many 00777"), ("seal", "settings nobody s"),
                     ("row", "settings many 00400"), ("row", "settings many 01202")]


def test_what_came_before_a_row_that_cannot_be_read_is_still_held() -> None:
    def rows() -> Any:
        yield from ((number,) for number in range(503))
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")

    seen: list[int] = []
    with pytest.raises(UnicodeDecodeError):
        for part in in_parts(rows(), (UnicodeDecodeError,)):
            seen.append(len(part))
    assert seen == [500, 3]


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_many_seals_go_to_the_disk_and_nothing_stays_there(tmp_path: Path, is_encrypted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laid_seals, "_CACHE_KIB", 64)
    laid = LaidSeals(tmp_path / "test.store", is_encrypted=is_encrypted)
    laid.lay(("teams", f"team {number:06d}", f"{number:032x}") for number in range(20_000))
    laid.lay([("teams", "team 000007", "later"), ("depots", "team 000007", "another table")])
    assert laid.known("teams", ["team 000007", "team 019999", "nobody"]) == {"team 000007": "later", "team 019999": f"{19_999:032x}"}
    laid.take_away("teams", [f"team {number:06d}" for number in range(500)])
    assert laid.count("teams") == 19_500 and next(laid.ids("teams")) == "team 000500" and sum(1 for _each in laid.ids("teams")) == 19_500
    laid.close()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_for_them_is_told_as_that(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: LaidSeals, _seals: object) -> None:
        raise StoreTrouble(reason="disk_full", path="", backup="")

    monkeypatch.setattr(integrity.LaidSeals, "lay", full)
    with pytest.raises(StoreTrouble) as refusal:
        check_store(desk.store)
    assert refusal.value.values["reason"] == "disk_full"
