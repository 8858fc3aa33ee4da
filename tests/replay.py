"""Plays a day of another place's dispatch feed through the services: each incident a call, each unit a team that is sent and reports.

A line of the feed is one event: `new` with the whole incident, or `upd` with the fields that changed. Units are written without
blanks between them now and then (">BC17>E81"), each with a mark: "?" asked for, none sent, ">" on the road, "*" on scene. A unit
that stands there no longer has been set free. The feed reports days that begin on the evening before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.errors import Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Source
from emergency_desk.domain.teams import OUT, Team, TeamKind, TeamState, allowed_moves
from emergency_desk.services import calls, dispatches, founding, incidents, teams
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from tests.builders import DISTRICT, STREET

PACIFIC = timezone(timedelta(hours=-8))  # the feed's own winter clock
UNIT = re.compile(r"([?>*]*)([A-Z]+\d+(?:X\d+)?|[A-Z]{3,})")
WORDS = {"medical": "急病", "traffic": "交通事故", "fire": "火灾", "wires": "电线坠落", "tree": "树木倒伏", "elevator": "电梯困人",
         "odor": "燃气气味", "alarm": "火灾报警"}


@dataclass(frozen=True)
class Event:
    """One line of the feed."""

    at: datetime
    kind: str
    feed_id: str
    values: dict[str, object]


@dataclass
class Tally:
    """What came of the day."""

    incidents: int = 0
    orders: int = 0
    moves: int = 0
    refused: dict[str, int] = field(default_factory=dict)


def read_feed(lines: Iterable[str]) -> list[Event]:
    """Read the lines of a feed."""
    events = []
    for line in lines:
        if line.strip():
            raw = json.loads(line)
            events.append(Event(datetime.fromtimestamp(raw["t"], UTC), raw["op"], raw["id"], raw["data"]))
    return events


def units_of(text: object) -> dict[str, str]:
    """Return unit → mark, in the order written; a unit named twice keeps its last mark."""
    return {name: "*" if "*" in mark else mark[-1:] for mark, name in UNIT.findall(str(text or ""))}


def clock_of(text: str, day: str) -> datetime:
    """Return the moment of "2/3/2024 11:55:04 PM", or of "12:14:06 AM" on a day ("2024-02-04")."""
    if "/" in text:
        moment = datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p")
    else:
        moment = datetime.strptime(f"{day} {text}", "%Y-%m-%d %I:%M:%S %p")
    return moment.replace(tzinfo=PACIFIC).astimezone(UTC)


def teams_named(events: Iterable[Event]) -> list[Team]:
    """Return a team of the desk for every unit that the feed names."""
    names = sorted({name for event in events for name in units_of(event.values.get("units"))})
    return [
        Team(id=Id(f"{0xfeed << 64 | number:032x}"), code=name, name=name, kind=TeamKind.PROFESSIONAL, area_id=DISTRICT, latitude=36.08,
             longitude=120.36, muster_minutes=1, capabilities=("medical",) if name.startswith("M") else ("fire_fighting", "power_repair"))
        for number, name in enumerate(names, start=1)
    ]


class Replay:
    """A day laid over a desk whose clock it sets."""

    def __init__(self, desk: Desk, events: list[Event], set_clock: object) -> None:
        self.desk, self.events, self.clock = desk, events, set_clock
        self.tally = Tally()
        self._teams = {team.name: team.id for team in teams_named(events)}
        self._incidents: dict[str, Id] = {}
        self._out: dict[str, set[str]] = {}

    def prepare(self) -> None:
        """Put the feed's units into the register."""
        founding.fill(self.desk, teams=teams_named(self.events), sites=())

    def play(self) -> Tally:
        """Play the whole day and return what came of it."""
        for _event in self.steps():
            pass
        return self.tally

    def steps(self) -> Iterator[Event]:
        """Play event by event, so that a window can breathe between them."""
        for event in self.events:
            self.play_one(event)
            yield event

    def play_one(self, event: Event) -> None:
        """Play one line of the feed."""
        self.clock.at = max(event.at, self.clock.at)  # type: ignore[attr-defined]
        if event.kind == "new":
            self._open(event)
        if "units" in event.values:
            self._move_units(event.feed_id, units_of(event.values["units"]))
        if event.kind == "upd":
            self._correct(event)

    def _open(self, event: Event) -> None:
        values = event.values
        occurred = clock_of(str(values["time"]), str(values["date"]))
        category = str(values["category"])
        told = next((chinese for word, chinese in WORDS.items() if word in category.lower()), "求助")
        latitude, longitude = values["latitude"], values["longitude"]
        draft = CallDraft(
            words=f"{told} {category}", area_id=STREET, address=str(values["location"]), source=Source.FIRE_119,
            occurred_at=min(occurred, event.at), received_at=min(occurred, event.at), note=str(values["summary"]),
            latitude=float(str(latitude)) if latitude is not None else None, longitude=float(str(longitude)) if longitude is not None else None)
        taken = calls.take_call(self.desk, draft=draft).value
        self._incidents[event.feed_id] = taken.incident.id
        self._out[event.feed_id] = set()
        self.tally.incidents += 1

    def _move_units(self, feed_id: str, named: dict[str, str]) -> None:
        for name in sorted(self._out[feed_id] - set(named)):
            self._try(lambda name=name: self._report(name, TeamState.RETURNED))
            self._try(lambda name=name: self._report(name, TeamState.STANDBY))
            self._out[feed_id].discard(name)
        for name, mark in named.items():
            if mark == "?":
                continue
            if name not in self._out[feed_id]:
                self._try(lambda name=name: self._send(feed_id, name))
            if mark and name in self._out[feed_id]:
                state = TeamState.ON_SCENE if mark == "*" else TeamState.EN_ROUTE
                self._try(lambda name=name, state=state: self._report(name, state))

    def _send(self, feed_id: str, name: str) -> None:
        (order,) = dispatches.send_teams(self.desk, incident_id=self._incidents[feed_id], teams=(Sending(team_id=self._teams[name]),),
                                         override_reason="实录").value
        self._out[feed_id].add(name)
        self.tally.orders += 1
        dispatches.take_receipt(self.desk, dispatch_id=order.id)

    def _report(self, name: str, state: TeamState) -> None:
        team = teams.get_team(self.desk, team_id=self._teams[name])
        if team.state is not state and state in allowed_moves(team.state):
            teams.report_state(self.desk, team_id=team.id, to=state)
            self.tally.moves += 1

    def _correct(self, event: Event) -> None:
        incident_id = self._incidents[event.feed_id]
        if "location" in event.values:
            incidents.correct_incident(self.desk, incident_id=incident_id, address=str(event.values["location"]))
        if "category" in event.values:
            incidents.write_log(self.desk, incident_id=incident_id, text=str(event.values["category"]))
        if not self._out[event.feed_id] and not event.values.get("units", "x"):
            self._try(lambda: incidents.close_incident(self.desk, incident_id=incident_id, note="实录结束"))

    def _try(self, act: object) -> None:
        """A refusal is part of the day: the feed sends a unit that has not been set free elsewhere."""
        try:
            act()  # type: ignore[operator]
        except Refused as refusal:
            name = type(refusal).__name__
            self.tally.refused[name] = self.tally.refused.get(name, 0) + 1


def committed_twice(desk: Desk) -> list[str]:
    """Return the teams that stand in two orders in force, or are out on no incident or on two."""
    with desk.reading() as reading:
        held: dict[str, set[str]] = {}
        for order in reading.dispatches.where("WHERE state IN ('sent', 'received')"):
            held.setdefault(order.team_id, set()).add(order.id)
        lost = [team.name for team in reading.teams.where("") if (team.state in OUT) != (team.incident_id is not None)]
    return lost + [team for team, orders in held.items() if len(orders) > 1]


def real_day(root: Path) -> Path:
    """Return where a recorded day lies beside the repository, if somebody keeps one there."""
    return next(iter(sorted((root.parent / "shared" / "data" / "incidents").glob("*.jsonl"))), root / "no recorded day")
