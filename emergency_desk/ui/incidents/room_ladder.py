"""The ladder of an incident in words: what each tier does now, since when, at which level. Plain values, no widgets."""

from __future__ import annotations

from datetime import datetime, timedelta

from emergency_desk.domain.boards import IncidentRoom, Ladder, TierLine
from emergency_desk.domain.command import CommandMove, first_made
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.responses import Response, ResponseState, ResponseStep
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.ladder_strip import Rung
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_word

_Note = tuple[str, Tone, Shape]


def rungs(room: IncidentRoom, namer: Namer, now: datetime) -> tuple[Rung, ...]:
    """Return the rungs of an incident, the street first; a city of two steps has two."""
    return tuple(_rung(line, room, namer, now) for line in room.ladder.tiers)


def _rung(line: TierLine, room: IncidentRoom, namer: Namer, now: datetime) -> Rung:
    note, tone, mark = _note(line, room, now)
    response = line.response
    running = response if response is not None and response.is_running else None
    suggested = line.suggested if running is None and response is None and room.incident.is_open else None
    return Rung(
        _("{area} ({tier})").format(area=namer.area(line.area_id), tier=label(line.tier).lower()), note,
        level_word(running.level if running else None), line.commands and room.incident.is_open, tone, line.tier.value,
        level_word(suggested), mark, _("this desk") if line.is_own else "",
        is_faint=running is not None and running.state is ResponseState.SUSPENDED)


def _note(line: TierLine, room: IncidentRoom, now: datetime) -> _Note:
    """What matters most of a tier: an offer that waits for it, a pause, its command, its response, what the grade asks of it."""
    if line.offer is not None:
        return offer_note(room.ladder, line.offer, now)
    response = line.response
    if response is not None and response.state is ResponseState.SUSPENDED:
        return _("suspended for safety {since}").format(since=_since(_changed_at(room.ladder, response, ResponseStep.SUSPENDED), now)), \
            Tone.ORANGE, Shape.PAUSED
    if line.commands and room.incident.is_open:
        since = line.commands_since or room.incident.recorded_at
        words = _("in command {since}") if response is not None and response.is_running else _("first response {since}")
        return words.format(since=_since(since, now)), Tone.SECONDARY, Shape.NONE
    if room.ladder.leading is line.tier and room.incident.is_open and (response is None or response.is_running):
        return _("should command by grade"), Tone.ORANGE, Shape.NONE
    if response is not None:
        return _response_note(response, now), Tone.SECONDARY, Shape.NONE
    told = next((step.at for step in line.steps if step.step is Step.RECEIVE and step.state is StepState.DONE), None)
    return (_("informed {since}").format(since=_since(told, now)) if told is not None else ""), Tone.SECONDARY, Shape.NONE


def _response_note(response: Response, now: datetime) -> str:
    if response.ended_at is not None:
        return _("response ended {age}").format(age=formats.age(response.ended_at, now=now))
    if response.expected_until < now:
        return _("responding, past its expected end {time}").format(time=formats.when(response.expected_until, now=now))
    return _("responding {since}").format(since=_since(response.activated_at, now))


def offer_note(ladder: Ladder, offer: CommandMove, now: datetime) -> _Note:
    """Return how long an offer of the command has waited, by the second; late it is an alarm."""
    waited = formats.stop_watch(now - first_made(ladder.moves, offer).occurred_at)
    if offer.answer_due_at is not None and offer.answer_due_at < now:
        return _("offered, no answer for {waited}").format(waited=waited), Tone.RED, Shape.LATE
    return _("offered, waiting {waited}").format(waited=waited), Tone.ORANGE, Shape.DUE


def _changed_at(ladder: Ladder, response: Response, step: ResponseStep) -> datetime:
    found = [change.occurred_at for change in ladder.changes if change.response_id == response.id and change.step is step]
    return found[-1] if found else response.activated_at


def _since(moment: datetime, now: datetime) -> str:
    """Return how long and since when; how long comes first, for a narrow rung cuts the end, and within a day the time alone is enough."""
    is_of_a_day = timedelta() <= now - moment < timedelta(days=1)
    time = formats.clock_time(moment) if is_of_a_day else formats.when(moment, now=now)
    return _("{span}, since {time}").format(time=time, span=formats.span(now - moment))
