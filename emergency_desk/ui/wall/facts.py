"""What the wall says, as plain values: figures, open incidents, one incident in full. No callers, no phone numbers, no log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import DutyBoard, IncidentLine, IncidentRoom
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.teams import OUT, Team, TeamState
from emergency_desk.services import boards, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.ui.incidents import board_lines
from emergency_desk.ui.incidents.call_lines import team_name
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.pills import grade_pill, state_look
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.levels import level_word

MOST, MOST_TEAMS = 7, 5  # incidents and teams that fit in letters of that size
_NUMBER_OF_SOMEBODY = re.compile(r"\+?\d[\d \-－—()（）]{5,}\d")
_FIGURES = ("dead", "missing", "trapped", "badly_hurt", "hurt", "evacuate")


@dataclass(frozen=True, slots=True)
class WallRead:
    """What was read at one moment."""

    board: DutyBoard
    room: IncidentRoom | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One open incident: grade and its tone, title, place, level, age."""

    grade: str
    tone: Tone
    title: str
    place: str
    level: str
    age: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """One incident in full: title, place and time, who acts, people, states of its teams, what is due next."""

    title: str
    place: str
    grade: str
    tone: Tone
    acts: str
    people: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str, Shape, Tone], ...]  # each team with its state, or each state with how many
    due: str
    due_tone: Tone


def read_wall(desk: Desk, turn: int) -> WallRead:
    """Return the board, and the room of the open incident whose turn it is. Runs on the store thread."""
    desk.memory.tree()
    board = boards.duty_board(desk, log_limit=1)
    if not board.incidents:
        return WallRead(board, None)
    return WallRead(board, incidents.open_room(desk, incident_id=board.incidents[turn % len(board.incidents)].id, log_limit=1))


def figures(board: DutyBoard, now: datetime) -> list[tuple[str, str, Tone]]:
    """Return caption, figure and tone of the five figures."""
    captions = (_("Open incidents"), _("Due within the hour"), _("Teams ready"), _("Teams out"), _("Receipts awaited"))
    return [(caption, figure, tone) for caption, (figure, _note, tone) in zip(captions, board_lines.figures(board, now), strict=True)]


def entries(read: WallRead, namer: Namer, now: datetime) -> list[Entry]:
    """Return the open incidents, the gravest first."""
    chosen = read.room.incident.id if read.room else ""
    return [
        Entry(grade_pill(each.grade, short=True).text, _tone(each.grade), without_numbers(each.title), _place(each, namer),
              _commands(each), formats.duration(now - each.occurred_at), each.id == chosen)
        for each in _around(read.board.incidents, chosen)
    ]


def _commands(each: IncidentLine) -> str:
    """Return who commands and at which level it responds: "★ district Ⅲ"."""
    holder = each.holder or (Tier(each.plan_tier) if each.plan_tier else None)
    if holder is None:
        return ""
    level = level_word(board_lines.level_of_holder(each))
    return _("★ {tier} {level}").format(tier=label(holder).lower(), level=level).strip()


def chosen(read: WallRead, namer: Namer, now: datetime) -> Chosen | None:
    """Return the incident whose turn it is, or None while none is open."""
    if read.room is None:
        return None
    incident = read.room.incident
    line = next(each for each in read.board.incidents if each.id == incident.id)
    people = tuple((field_label(name), formats.number(value)) for name in _FIGURES if (value := getattr(incident, name)) is not None)
    out = {order.team.id: order.team for order in read.room.orders if order.team.incident_id == incident.id and order.team.state in OUT}
    due = line.next_due
    told = _("{left} · {what}").format(what=board_lines.awaited(due), left=board_lines.left_words(due, now)) if due else _("nothing due")
    where = _("{place} · {age}").format(place=_place(line, namer), age=formats.age(incident.occurred_at, now=now))
    grade = label(incident.grade) if incident.grade else _("not graded")
    acts = _ladder_words(read.room, namer, now)
    return Chosen(without_numbers(incident.title), where, grade, _tone(incident.grade), acts, people, _teams(list(out.values())),
                  without_numbers(told),
                  board_lines.due_tone(due.due_at, now) if due else Tone.SECONDARY)


def _ladder_words(room: IncidentRoom, namer: Namer, now: datetime) -> str:
    """Return who commands since when, the levels of all tiers that respond, and an offer that waits."""
    ladder = room.ladder
    line = ladder.line(ladder.holder)
    since = line.commands_since if line is not None and line.commands_since is not None else room.incident.recorded_at
    name = namer.area(line.area_id) if line is not None else label(ladder.holder)
    running = {each.tier: level_word(each.response.level)
               for each in ladder.tiers if each.response is not None and each.response.is_running}
    parts = [_("★ {area} {level} since {time}").format(area=name, level=running.get(ladder.holder, "—"), time=formats.when(since, now=now))]
    parts += [_("{tier} {level}").format(tier=label(tier).lower(), level=level) for tier, level in running.items() if tier is not ladder.holder]
    if ladder.offer is not None:
        parts.append(_("{tier} asked to take it").format(tier=label(ladder.offer.to_tier).lower()))
    return _(" · ").join(parts)


def more_words(count: int) -> str:
    """Return how many open incidents do not fit."""
    return ngettext("and {count} more", "and {count} more", count).format(count=count)


def without_numbers(text: str) -> str:
    """Return a text in which no phone or identity number can be read."""
    return _NUMBER_OF_SOMEBODY.sub("•••", text)


def _teams(out: Sequence[Team]) -> tuple[tuple[str, str, Shape, Tone], ...]:
    """Return each team with its state while they fit, else each state with how many."""
    if len(out) <= MOST_TEAMS:
        return tuple((team_name(team), label(team.state), *state_look(team.state)) for team in out)
    states = Counter(team.state for team in out)
    return tuple((label(state), str(states[state]), *state_look(state)) for state in TeamState if states[state])


def _around(lines: Sequence[IncidentLine], id_: str) -> Sequence[IncidentLine]:
    """Return as many as fit: the gravest, or the part in which the chosen one stands."""
    at = next((place for place, each in enumerate(lines) if each.id == id_), 0)
    start = max(0, min(at - MOST + 1, len(lines) - MOST))
    return lines[start:start + MOST]


def _place(each: IncidentLine, namer: Namer) -> str:
    return without_numbers(board_lines.place_of(each, namer))


def _tone(grade: Grade | None) -> Tone:
    return grade_pill(grade).tone
