"""Every store that an older version left behind opens, is sound, and still tells its incidents."""

from __future__ import annotations

import lzma
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.app.opening import open_desk
from emergency_desk.domain.incidents import IncidentState
from emergency_desk.errands import report_rules
from emergency_desk.services import boards, dispatches, incidents, integrity, library
from emergency_desk.services.accounts import act_as
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import open_store
from emergency_desk.store.schema import SCHEMA
from tests import story
from tests.builders import SetClock
from tests.store.test_opening import shape_of

FROZEN = sorted((Path(__file__).parents[1] / "frozen").glob("*.store.xz"))


def test_the_shape_of_today_is_frozen_too() -> None:
    assert [path.name for path in FROZEN if path.name.startswith(f"{SCHEMA:04d}-")]


def test_the_frozen_shape_of_today_is_the_shape_the_migrations_make(tmp_path: Path) -> None:
    """Fails when a migration was edited after its freeze. Not released yet: freeze anew. Released: write a further migration."""
    frozen = next(path for path in FROZEN if path.name.startswith(f"{SCHEMA:04d}-"))
    (tmp_path / "frozen.store").write_bytes(lzma.decompress(frozen.read_bytes()))
    open_store(tmp_path / "made.store").close()
    shapes = []
    for name in ("frozen.store", "made.store"):
        connection = open_connection(tmp_path / name)
        shapes.append(shape_of(connection))
        connection.close()
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.name)
def test_a_frozen_store_opens_is_sound_and_goes_on(frozen: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.store"
    path.write_bytes(lzma.decompress(frozen.read_bytes()))
    desk = open_desk(path, clock=SetClock())
    act_as(desk, name="leader")
    assert integrity.check(desk).differences == ()
    open_now, ended = incidents.list_open(desk), incidents.list_ended(desk)
    assert open_now and {line.state for line in ended} == {IncidentState.CLOSED, IncidentState.JOINED}
    rooms = [incidents.open_room(desk, incident_id=line.id) for line in (*open_now, *ended)]
    assert any(room.orders and room.tasks and room.figures and room.grades for room in rooms)
    assert boards.duty_board(desk).due.lines
    assert dispatches.recommend(desk, incident_id=open_now[0].id).counts
    story.take(desk, story.FIRE_TWO)  # and the desk works on with it
    story.assert_sound(desk)
    desk.store.close()


@pytest.mark.parametrize("frozen", [path for path in FROZEN if path.name < "0003"], ids=lambda path: path.name)
def test_a_rule_table_that_an_older_store_lacks_is_read_as_it_ships_and_stays_when_another_is_changed(frozen: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.store"
    path.write_bytes(lzma.decompress(frozen.read_bytes()))
    desk = open_desk(path, clock=SetClock())
    act_as(desk, name="leader")
    assert "working_days" not in library.rule_texts(desk.store)
    assert desk.trade.working_days.after(date(2026, 9, 28), 20).day == date(2026, 10, 30)
    act_as(desk, name="administrator")
    rule_id = next(rule.id for rule in desk.trade.clocks.rules if report_rules.editable(rule))
    report_rules.change_minutes(desk, rule_id=rule_id, minutes=19)
    rule = desk.trade.clocks.rule(rule_id)
    assert rule is not None and rule.minutes == 19
    assert desk.trade.working_days.is_announced(2026)
    desk.store.close()
