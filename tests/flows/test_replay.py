"""A day of another place, played through the desk: every incident is opened, nobody is sent twice, the store is sound."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from emergency_desk.services import boards, incidents
from tests import story
from tests.builders import SetClock, make_desk
from tests.replay import Replay, Tally, clock_of, committed_twice, read_feed, real_day, units_of

ROOT = Path(__file__).resolve().parents[2]
REAL_DAY = real_day(ROOT)
BEGIN = 1_700_000_000

# As a feed writes them: a day that begins on the evening before, missing places, units run together, marks that change.
CATEGORIES = ("Medical aid", "Tree down", "Sparking/arcing wires down", "Traffic accident", "Structure fire", "Elevator rescue",
              "Odor investigation", "Fire alarm - smoke detector", "Public assist", "Full assignment response")


def made_up_day() -> list[str]:
    """Return twenty made-up incidents with their updates, as lines of a feed."""
    lines = []
    for number in range(20):
        feed_id, at = f"ZZ{number:04d}", BEGIN + number * 400
        where = {"latitude": 37.5 + number / 100, "longitude": -122.3} if number % 3 else {"latitude": None, "longitude": None}
        lines.append({"t": at, "op": "new", "id": feed_id, "data": {
            "id": feed_id, "date": "2023-11-14", "time": "11/13/2023 11:58:01 PM" if number == 0 else f"{number % 12 + 1}:0{number % 6}:30 AM",
            "summary": "Made-up County on Control-1", "category": CATEGORIES[number % len(CATEGORIES)],
            "location": f"{number} NOWHERE RD ,XYZ", **where, "units": ("E1", ">E2 ?TAC1", ">E3>E4 M5", "?BC1 E1")[number % 4]}})
        if number % 2:
            lines.append({"t": at + 100, "op": "upd", "id": feed_id, "data": {"units": "*>E2 E3"}})
        if number % 3 == 0:
            lines.append({"t": at + 200, "op": "upd", "id": feed_id, "data": {"units": "", "location": f"{number}A NOWHERE RD ,XYZ"}})
    return [json.dumps(line) for line in lines]


def play(folder: Path, lines: list[str]) -> tuple[Replay, Tally]:
    events = read_feed(lines)
    clock = SetClock(datetime.fromtimestamp(0, UTC))
    replay = Replay(make_desk(folder, clock=clock), events, clock)
    replay.prepare()
    return replay, replay.play()


def test_units_are_read_from_a_line_as_the_feed_writes_it() -> None:
    assert units_of("CM21X4 >E38 ?TAC25 *>R56 ?NFAEOC") == {"CM21X4": "", "E38": ">", "TAC25": "?", "R56": "*", "NFAEOC": "?"}
    assert units_of(">BC17>E81 E61E63") == {"BC17": ">", "E81": ">", "E61": "", "E63": ""}
    assert units_of(None) == units_of("") == {}


def test_a_clock_time_with_a_day_of_its_own_lies_on_that_day() -> None:
    assert clock_of("2/3/2024 11:55:04 PM", "2024-02-04") == datetime(2024, 2, 4, 7, 55, 4, tzinfo=UTC)
    assert clock_of("12:14:06 AM", "2024-02-04") == datetime(2024, 2, 4, 8, 14, 6, tzinfo=UTC)


def test_a_made_up_day_is_played_through(tmp_path: Path) -> None:
    replay, tally = play(tmp_path, made_up_day())
    assert tally.incidents == 20
    assert tally.orders > 5 and tally.refused.keys() <= {"TeamIsOut", "IncidentIsClosed"}
    assert committed_twice(replay.desk) == []
    assert len(incidents.list_open(replay.desk)) + len(incidents.list_ended(replay.desk)) == 20
    assert boards.duty_board(replay.desk).incidents
    story.assert_sound(replay.desk)


if REAL_DAY.exists():

    def test_the_recorded_day_is_played_through(tmp_path: Path) -> None:
        lines = REAL_DAY.read_text(encoding="utf-8").splitlines()
        recorded = sum(1 for event in read_feed(lines) if event.kind == "new")
        replay, tally = play(tmp_path, lines)
        opened = len(incidents.list_open(replay.desk)) + len(incidents.list_ended(replay.desk, limit=10_000))
        assert opened == tally.incidents == recorded
        assert committed_twice(replay.desk) == []
        story.assert_sound(replay.desk)


def test_the_feed_is_never_committed() -> None:
    assert not [path for path in ROOT.rglob("*.jsonl") if ".venv" not in path.parts]
