"""Derives the ladder again from what was appended: each response from its changes, one commander at every moment, no post left standing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from emergency_desk.domain import command
from emergency_desk.domain.command import CommandMove, CommandStep
from emergency_desk.domain.integrity import Difference
from emergency_desk.domain.responses import Response, ResponseChange, ResponseState, ResponseStep

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

_PASSES = (CommandStep.ACCEPTED, CommandStep.TAKEN)
_ANSWERS = (CommandStep.ACCEPTED, CommandStep.REFUSED)
_ON_OFFER = (CommandStep.REPEATED, CommandStep.WITHDRAWN)


def check_ladder(_connection: Any, reading: Repositories) -> Iterator[Difference]:
    """Yield what does not follow from the appended records."""
    for step in (_responses, _commands, _posts):
        try:
            yield from step(reading)
        except (LookupError, ValueError, TypeError) as error:  # a value no desk would write: its seal is broken too, and the check goes on
            yield Difference(what="ladder", where=step.__name__.strip("_"), expected="values a desk writes", found=str(error))


# -- responses --------------------------------------------------------------------------------------------------------
def _responses(reading: Repositories) -> Iterator[Difference]:
    changes: dict[str, list[ResponseChange]] = {}
    for change in reading.response_changes.where("ORDER BY seq"):
        changes.setdefault(change.response_id, []).append(change)
    running: dict[tuple[str, str], str] = {}
    for response in reading.responses.where("ORDER BY activated_at, id"):
        own = changes.get(response.id, [])
        yield from _of_changes(response, own)
        if response.is_running:
            earlier = running.setdefault((response.incident_id, response.tier), response.id)
            if earlier != response.id:
                yield Difference(what="response_twice", where=f"responses {response.id}", expected="one running response of a tier",
                                 found=f"{response.tier} runs in {earlier} too")


def _of_changes(response: Response, own: Sequence[ResponseChange]) -> Iterator[Difference]:
    """Compare level, state, expected and actual end with the newest changes; the first is the activation, nothing follows the end."""
    where = f"responses {response.id}"
    steps = [change.step for change in own]
    if steps[:1] != [ResponseStep.ACTIVATED] or steps.count(ResponseStep.ACTIVATED) != 1 or ResponseStep.ENDED in steps[:-1]:
        yield Difference(what="response_changes", where=where, expected="one activation first, the end last", found=", ".join(steps) or "none")
        return
    last = own[-1]
    if response.level is not last.level:
        yield Difference(what="response_level", where=where, expected=last.level, found=response.level)
    state = _state_after(steps)
    if response.state is not state:
        yield Difference(what="response_state", where=where, expected=state, found=response.state)
    ended_at = last.occurred_at if last.step is ResponseStep.ENDED else None
    if response.ended_at != ended_at:
        yield Difference(what="response_ended", where=where, expected=str(ended_at), found=str(response.ended_at))
    if response.expected_until != last.expected_until or response.activated_at != own[0].occurred_at:
        yield Difference(what="response_times", where=where, expected=f"{own[0].occurred_at} {last.expected_until}",
                         found=f"{response.activated_at} {response.expected_until}")


def _state_after(steps: Sequence[ResponseStep]) -> ResponseState:
    state = ResponseState.ACTIVE
    for step in steps:
        state = {ResponseStep.SUSPENDED: ResponseState.SUSPENDED, ResponseStep.RESUMED: ResponseState.ACTIVE,
                 ResponseStep.ENDED: ResponseState.ENDED}.get(step, state)
    return state


# -- the command ------------------------------------------------------------------------------------------------------
def _commands(reading: Repositories) -> Iterator[Difference]:
    """Play every incident's moves again: it begins once, each answer meets its offer, and the holder alone gives the command away."""
    for incident_id, moves in groupby(reading.command_moves.where("ORDER BY incident_id, seq"), key=attrgetter("incident_id")):
        before: list[CommandMove] = []
        for move in moves:
            wrong = _wrong_in(before, move)
            if wrong:
                yield Difference(what="command", where=f"command_moves {move.id}", expected=wrong, found=f"{move.step} of {incident_id}")
            before.append(move)


def _wrong_in(before: Sequence[CommandMove], move: CommandMove) -> str:
    """Return what was to be expected of a move, "" when it follows from those before it."""
    held, waiting = command.holder(before), command.open_offer(before)
    if (move.step is CommandStep.BEGUN) is not (held is None):
        return "one beginning, first of all"
    if move.step in _PASSES and move.from_tier is not held:
        return f"given by {held}, which commands"
    if move.step in _ANSWERS and (waiting is None or waiting.to_tier is not move.to_tier):
        return "an offer that waits for this tier"
    if move.step in _ON_OFFER and (waiting is None or waiting.from_tier is not move.from_tier):
        return "an open offer of its own"
    if move.step is CommandStep.OFFERED and (move.from_tier is not held or waiting is not None):
        return "an offer by who commands, one at a time"
    if move.step in _PASSES and not (move.given_by and move.taken_by):
        return "both signatures"
    return ""


# -- posts ------------------------------------------------------------------------------------------------------------
def _posts(reading: Repositories) -> Iterator[Difference]:
    """A tier has one standing post, and none once its incident or its own response is over (NMP25 3.3.6)."""
    ended = {(response.incident_id, response.tier): response for response in reading.responses.where("ORDER BY activated_at, id")}
    over = {incident.id for incident in reading.incidents.where("WHERE state IN ('closed', 'false_alarm', 'joined')")}
    standing: set[tuple[str, str]] = set()
    for post in reading.command_posts.where("WHERE dissolved_at IS NULL ORDER BY formed_at, id"):
        key = (post.incident_id, post.tier)
        where = f"command_posts {post.id}"
        if key in standing:
            yield Difference(what="post_twice", where=where, expected="one standing post of a tier", found=post.place)
        standing.add(key)
        response = ended.get(key)
        is_over = response is not None and response.ended_at is not None and response.ended_at > post.formed_at
        if is_over or post.incident_id in over:
            yield Difference(what="post_standing", where=where, expected="dissolved", found=post.place)
