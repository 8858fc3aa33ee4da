"""The figures of the ladder: who commands, the response and the steps of each tier, posts, notices, decisions, grades, what is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any

from emergency_desk.domain import command
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder, TierLine
from emergency_desk.domain.command import CommandMove, CommandPost, CommandStep, Notice, PostMember, PostRole
from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.grading import GradeSuggestion
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.moments import CHINA, local_day
from emergency_desk.domain.responses import Response, ResponseState, of_tier
from emergency_desk.domain.walks import Found
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.services import grades, incidents, responses

_PASSING = (CommandStep.BEGUN, CommandStep.ACCEPTED, CommandStep.TAKEN)


def clock_words(stage: Stage, moment: datetime | None) -> Found:
    """Return a moment as a walk writes it: "21:15" on the day of the step, "2026-11-06 12:00" on another."""
    if moment is None:
        return None
    written = "%H:%M" if local_day(moment) == local_day(stage.clock.at) else "%Y-%m-%d %H:%M"
    return moment.astimezone(CHINA).strftime(written)


def _ladder(stage: Stage) -> Ladder:
    return stage.room().ladder


def _incident(stage: Stage) -> Incident:
    return stage.room().incident


def _tier(word: str) -> Tier:
    """Return a tier by its word. Raises WalkLacks."""
    if word not in set(Tier):
        raise WalkLacks(what="tier", name=word)
    return Tier(word)


# -- the command ------------------------------------------------------------------------------------------------------
def _since(stage: Stage) -> Found:
    return clock_words(stage, command.holder_since(_ladder(stage).moves))


def _held_by(stage: Stage) -> Found:
    return tuple(move.to_tier.value for move in _ladder(stage).moves if move.step in _PASSING)


def _offer(read: Callable[[Stage, CommandMove], Found]) -> Callable[[Stage], Found]:
    def found(stage: Stage) -> Found:
        waiting = _ladder(stage).offer
        return None if waiting is None else read(stage, waiting)

    return found


def _offer_late(stage: Stage) -> Found:
    waiting = _ladder(stage).offer
    return waiting is not None and waiting.answer_due_at is not None and waiting.answer_due_at < stage.clock.at


def _handed(name: str) -> Callable[[Stage], Found]:
    """Return what the newest hand-over says: who gave, who took, situation, resources, open orders, who was heard."""
    def found(stage: Stage) -> Found:
        passed = [move for move in _ladder(stage).moves if move.step in (CommandStep.ACCEPTED, CommandStep.TAKEN)]
        return getattr(passed[-1], name) if passed else None

    return found


# -- responses --------------------------------------------------------------------------------------------------------
def _response(stage: Stage, word: str) -> Response | None:
    return of_tier(_ladder(stage).responses, _tier(word))


def _of_response(read: Callable[[Response], Any]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, word: str) -> Found:
        response = _response(stage, word)
        if response is None:
            return None
        value = read(response)
        return clock_words(stage, value) if isinstance(value, datetime) else value

    return found


def _response_state(stage: Stage, word: str) -> Found:
    response = _response(stage, word)
    return response.state.value if response is not None else None


def _running_level(response: Response) -> Found:
    return response.level.value if response.state is not ResponseState.ENDED else None


def _history(stage: Stage, word: str) -> Found:
    ids = {response.id for response in _ladder(stage).responses if response.tier is _tier(word)}
    return tuple(f"{change.step.value} {change.level.value}" for change in _ladder(stage).changes if change.response_id in ids)


def _last_change(name: str) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, word: str) -> Found:
        ids = {response.id for response in _ladder(stage).responses if response.tier is _tier(word)}
        changes = [change for change in _ladder(stage).changes if change.response_id in ids]
        return getattr(changes[-1], name) if changes else None

    return found


def _line(stage: Stage, word: str) -> TierLine | None:
    return _ladder(stage).line(_tier(word))


def _suggested(stage: Stage, word: str) -> Found:
    line = _line(stage, word)
    return line.suggested.value if line is not None and line.suggested is not None else None


def _suggested_clause(stage: Stage, word: str) -> Found:
    line = _line(stage, word)
    return line.suggested_clause if line is not None else None


# -- steps ------------------------------------------------------------------------------------------------------------
def _step(stage: Stage, subject: str) -> Found:
    """Return the state of "tier_city.verify", or the open steps of "tier_city"."""
    word, _dot, name = subject.partition(".")
    line = _line(stage, word)
    if line is None:
        return None
    if not name:
        return tuple(each.step.value for each in line.steps if each.state is StepState.OPEN)
    if name not in set(Step):
        raise WalkLacks(what="step", name=name)
    return next(each.state.value for each in line.steps if each.step == name)


# -- the post ---------------------------------------------------------------------------------------------------------
def _post(stage: Stage, word: str = "") -> CommandPost | None:
    """Return the standing post of a tier, or without a word the newest that stands."""
    standing = [post for post in _ladder(stage).posts if post.dissolved_at is None and (not word or post.tier is _tier(word))]
    return standing[-1] if standing else None


def _people(stage: Stage, post: CommandPost | None) -> list[PostMember]:
    return [each for each in _ladder(stage).members if post is not None and each.post_id == post.id and each.until is None]


def _place(stage: Stage, post: CommandPost | None) -> Found:
    return post.place if post is not None else None


def _holding(role: PostRole) -> Callable[[Stage, CommandPost | None], Found]:
    return lambda stage, post: tuple(each.name or each.unit for each in _people(stage, post) if each.role is role)


def _named_by(stage: Stage, post: CommandPost | None) -> Found:
    return tuple(each.named_by.value for each in _people(stage, post) if each.role is PostRole.COMMANDER)


def _groups(stage: Stage, post: CommandPost | None) -> Found:
    return tuple(dict.fromkeys(each.group_id for each in _people(stage, post) if each.role is PostRole.GROUP_LEAD and each.group_id))


def _post_people(stage: Stage, post: CommandPost | None) -> Found:
    groups = (PostRole.GROUP_LEAD, PostRole.GROUP_MEMBER)
    return tuple(f"{each.role.value} {each.name or each.unit}" for each in _people(stage, post) if each.role not in groups)


_POST: tuple[tuple[str, Callable[[Stage, CommandPost | None], Found]], ...] = (
    ("place", _place), ("commander", _holding(PostRole.COMMANDER)), ("fire_commander", _holding(PostRole.FIRE_COMMANDER)),
    ("named_by", _named_by), ("groups", _groups), ("people", _post_people))


def _of_any(read: Callable[[Stage, CommandPost | None], Found]) -> Callable[[Stage], Found]:
    return lambda stage: read(stage, _post(stage))


def _of_tier(read: Callable[[Stage, CommandPost | None], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, word: read(stage, _post(stage, word))


# -- notices, decisions -----------------------------------------------------------------------------------------------
def _count_told(is_told: bool, stage: Stage, word: str = "") -> Found:
    return sum(notice.is_told is is_told for notice in _ladder(stage).notices if not word or notice.tier is _tier(word))


def _of_notice(read: Callable[[Notice], Any]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, name: str) -> Found:
        named = [notice for notice in _ladder(stage).notices if name in (notice.name, notice.name_en)]
        if not named:
            raise WalkLacks(what="notice", name=name)
        value = read(max(named, key=attrgetter("is_told")))
        return clock_words(stage, value) if isinstance(value, datetime) else value

    return found


def _last_decision(name: str) -> Callable[[Stage], Found]:
    def found(stage: Stage) -> Found:
        kept = _ladder(stage).decisions
        return str(getattr(kept[-1], name)) if kept else None

    return found


# -- grades -----------------------------------------------------------------------------------------------------------
def _is_decided(stage: Stage) -> Found:
    judged = stage.room().grades
    return bool(judged) and not judged[-1].is_suggestion


def _grade_history(stage: Stage) -> Found:
    return tuple(change.grade.value for change in stage.room().grades if change.grade is not None)


def _suggested_grade(stage: Stage) -> Found:
    suggestion: GradeSuggestion = stage.grade()
    return suggestion.grade.value if suggestion.grade is not None else None


def _if_missing_die(stage: Stage) -> Found:
    worse = stage.grade().grade_if_missing_die
    return worse.value if worse is not None else None


def _near_miss(stage: Stage) -> Found:
    return grades.near_miss(stage.desk, incident=_incident(stage)).verdict.value


def _near_miss_by(stage: Stage) -> Found:
    return grades.near_miss(stage.desk, incident=_incident(stage)).reached


def _grading(stage: Stage, table: str) -> Found:
    found = {one.table.id: one.suggestion.grade for one in grades.gradings(stage.desk, incident=_incident(stage))}
    if table not in found:
        raise WalkLacks(what="grading", name=table)
    grade = found[table]
    return grade.value if grade is not None else None


def _tables(stage: Stage) -> Found:
    return tuple(one.table.id for one in grades.gradings(stage.desk, incident=_incident(stage)))


def _named(stage: Stage, id_: Id) -> str:
    """Return an incident by the first step that named it, else by its number."""
    name = next((name for name, made in stage.names.items() if made.incident == id_), "")
    return name or incidents.open_room(stage.desk, incident_id=id_, log_limit=1).incident.number


def _parent(stage: Stage) -> Found:
    above = _incident(stage).parent_id
    return _named(stage, above) if above else None


def _children(stage: Stage) -> Found:
    return tuple(_named(stage, one.id) for one in grades.children(stage.desk, incident_id=_incident(stage).id))


# -- what is open -----------------------------------------------------------------------------------------------------
def _open(stage: Stage, subject: str) -> Found:
    """Return what stands against the end of a tier's response: "tier_city.teams", or "tier_city" for all that is open."""
    word, _dot, name = subject.partition(".")
    open_things = responses.what_is_open(stage.desk, incident_id=stage.incident_id(), tier=_tier(word)).as_values()
    if name and name not in open_things:
        raise WalkLacks(what="figure", name=f"open.{subject}")
    if not name:
        return tuple(kind for kind, value in open_things.items() if value)
    value = open_things[name]
    if name == "commands":
        return bool(value)
    return tuple(str(one) for one in value) if isinstance(value, tuple) else int(str(value))


LADDER_FIGURES: tuple[Figure, ...] = (
    plain("commander", lambda stage: _ladder(stage).holder.value),
    plain("commander.since", _since),
    plain("commander.history", _held_by),
    plain("leads", lambda stage: tier.value if (tier := _ladder(stage).leading) else None),
    plain("offer.to", _offer(lambda _stage, move: move.to_tier.value)),
    plain("offer.from", _offer(lambda _stage, move: move.from_tier.value)),
    plain("offer.due", _offer(lambda stage, move: clock_words(stage, move.answer_due_at))),
    plain("offer.late", _offer_late),
    *(plain(f"handed.{name}", _handed(name)) for name in (
        "given_by", "taken_by", "situation", "resources", "open_orders", "heard_from", "read_back")),
    plain("responses", lambda stage: tuple(
        response.tier.value for response in sorted(_ladder(stage).responses, key=lambda one: -one.tier.rank) if response.is_running)),
    asked_of("response.", ".level", "tier", _of_response(_running_level)),
    asked_of("response.", ".state", "tier", _response_state),
    asked_of("response.", ".since", "tier", _of_response(attrgetter("activated_at"))),
    asked_of("response.", ".until", "tier", _of_response(attrgetter("expected_until"))),
    asked_of("response.", ".ended", "tier", _of_response(attrgetter("ended_at"))),
    asked_of("response.", ".overdue", "tier", lambda stage, word: (
        (response := _response(stage, word)) is not None and response.is_running and response.expected_until < stage.clock.at)),
    asked_of("response.", ".matter", "tier", _of_response(attrgetter("matter"))),
    asked_of("response.", ".measures", "tier", _of_response(attrgetter("measures"))),
    asked_of("response.", ".clause", "tier", _of_response(attrgetter("clause"))),
    asked_of("response.", ".decided_by", "tier", _last_change("decided_by")),
    asked_of("response.", ".reason", "tier", _last_change("reason")),
    asked_of("response.", ".override", "tier", _last_change("override_reason")),
    asked_of("response.", ".heard_from", "tier", _last_change("heard_from")),
    asked_of("response.", ".read_back", "tier", _last_change("read_back")),
    asked_of("response.", ".history", "tier", _history),
    asked_of("response.", ".suggested", "tier", _suggested),
    asked_of("response.", ".suggested_clause", "tier", _suggested_clause),
    asked_of("steps.", "", "tier.step", _step),
    plain("next_act.step", lambda stage: stage.room().next_act.value("step")),
    plain("next_act.due", lambda stage: clock_words(stage, stage.room().next_act.due_at)),
    *(plain(f"post.{name}", _of_any(read)) for name, read in _POST),
    *(asked_of("post.", f".{name}", "tier", _of_tier(read)) for name, read in _POST),
    plain("notices", lambda stage: tuple(notice.name for notice in _ladder(stage).notices)),
    plain("notices.told", lambda stage: _count_told(True, stage)),
    plain("notices.untold", lambda stage: _count_told(False, stage)),
    asked_of("notices.", ".told", "tier", lambda stage, word: _count_told(True, stage, word)),
    asked_of("notices.", ".untold", "tier", lambda stage, word: _count_told(False, stage, word)),
    asked_of("notice.", ".told", "name", _of_notice(attrgetter("is_told"))),
    asked_of("notice.", ".at", "name", _of_notice(attrgetter("told_at"))),
    asked_of("notice.", ".to", "name", _of_notice(attrgetter("told_to"))),
    asked_of("notice.", ".phone", "name", _of_notice(attrgetter("phone"))),
    asked_of("notice.", ".read_back", "name", _of_notice(attrgetter("read_back"))),
    plain("decisions", lambda stage: len(_ladder(stage).decisions)),
    plain("decisions.kind", _last_decision("kind")),
    plain("decisions.text", _last_decision("text")),
    plain("decisions.by", _last_decision("decided_by")),
    plain("grade.decided", _is_decided),
    plain("grade.history", _grade_history),
    plain("grade.suggested", _suggested_grade),
    plain("grade.if_missing_die", _if_missing_die),
    plain("near_miss", _near_miss),
    plain("near_miss.by", _near_miss_by),
    plain("gradings", _tables),
    asked_of("gradings.", "", "table", _grading),
    plain("secondary_types", lambda stage: _incident(stage).secondary_types),
    plain("parent", _parent),
    plain("children", _children),
    asked_of("open.", "", "tier.what", _open),
)
