"""Words for the life of a plan: where it stands, what is next and by whom, what is owed until when, what was done, what was suggested."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_actual import Outcome
from emergency_desk.domain.plan_clocks import PlanDue
from emergency_desk.domain.plan_life import PlanLife, PlanStage
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.plan_rules import LifePath
from emergency_desk.domain.plan_suggestions import PlanSuggestion, Remark
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.formats import calendar_day, number, span
from emergency_desk.wording.labels import label

# What is done by a move, as a verb: a line that can be pressed.
_VERBS = {
    MoveKind.CONSULTED: N_("Send for opinions"), MoveKind.OPINIONS_IN: N_("Note the opinions"),
    MoveKind.EXPERTS_HEARD: N_("Note what experts said"),
    MoveKind.COORDINATED: N_("Note the coordination"), MoveKind.SUBMITTED: N_("Submit for review"), MoveKind.REVIEWED: N_("Review the draft"),
    MoveKind.RETURNED: N_("Give back"), MoveKind.APPROVED: N_("Approve"), MoveKind.ISSUED: N_("Issue"), MoveKind.FILED: N_("Note the filing"),
    MoveKind.PUBLISHED: N_("Note the publication"), MoveKind.TRAINED: N_("Note a training"), MoveKind.DRILLED: N_("Note a drill"),
    MoveKind.EVALUATED: N_("Note an evaluation"), MoveKind.REVISION_DECIDED: N_("Decide on a revision"),
    MoveKind.WITHDRAWN: N_("Withdraw the plan"), MoveKind.DISCARDED: N_("Throw the draft away"),
}  # fmt: skip
_LEADERS = frozenset({MoveKind.REVIEWED, MoveKind.APPROVED, MoveKind.WITHDRAWN})


def verb(kind: MoveKind) -> str:
    """Return what is done by a move."""
    return _(_VERBS[kind])


def whose(kind: MoveKind) -> str:
    """Return whose move it is, in a word."""
    return _("duty leader") if kind in _LEADERS else _("planner")


def who_must(kind: MoveKind, path: LifePath) -> str:
    """Return whose move it is."""
    if kind is MoveKind.APPROVED:
        return _("duty leader, for: {body}").format(body=path.approved_by.in_language(current_language()))
    return _("duty leader, other than whoever drafted it") if kind in _LEADERS - {MoveKind.WITHDRAWN} else (
        _("duty leader") if kind in _LEADERS else _("planner"))


def standing(life: PlanLife) -> str:
    """Return where a version stands, in one sentence."""
    if life.stage is PlanStage.MODEL:
        return _("Model plan: it can be used, but this office has not adopted it. Begin a revision to make it your own.")
    if life.stage is PlanStage.REPLACED:
        return _("Replaced by version {version}. Incidents that began with this one stay with it.").format(version=life.replaced_by)
    if life.stage is PlanStage.WITHDRAWN:
        return _("Withdrawn: it is offered for no further call. Incidents that began with it stay with it.")
    issued = life.last(MoveKind.ISSUED)
    if life.stage is PlanStage.ISSUED and issued is not None:
        return _("In force: issued on {day}, {number}.").format(day=calendar_day(issued.on_date), number=issued.number)
    return _("{stage} · {scope}").format(stage=label(life.stage), scope=label(life.scope))


def detail(move: PlanMove, people: Mapping[Id, str]) -> str:
    """Return what a move says beside its name: result, route, unit, person, number, note, and who wrote it down."""
    unmet = [label(one.matter) + (f": {one.remark}" if one.remark else "") for one in move.matters if not one.is_met]
    parts = [
        label(move.result) if move.result else "", label(move.route) if move.route else "", label(move.trigger) if move.trigger else "",
        label(move.scope) if move.scope else "", move.unit, move.person, move.number,
        _("until {day}").format(day=calendar_day(move.due_on)) if move.due_on else "",
        _("all six matters met") if move.matters and not unmet else "", *unmet,
        _("in its place: {code}").format(code=move.replaced_by) if move.replaced_by else "", move.note,
        _("written down by {person}").format(person=people.get(move.account_id, "—"))]
    return _(" · ").join(part for part in parts if part)


def days_left(due: PlanDue, today: date) -> str:
    """Return how many days are left, or how many it is late."""
    days = (due.due_on - today).days
    if days < 0:
        return ngettext("{days} day late", "{days} days late", -days).format(days=number(-days))
    return ngettext("in {days} day", "in {days} days", days).format(days=number(days)) if days else _("today")


def why_due(due: PlanDue) -> str:
    """Return what a term counts from and what it rests on, and that it is provisional where the calendar is not announced."""
    parts = [_("since {day}").format(day=calendar_day(due.since))]
    if due.basis is not None:
        parts.append(basis(due.basis))
    if not due.is_law:
        parts.append(_("a rule of this house"))
    if due.is_provisional:
        years = _(", ").join(str(year) for year in due.unannounced)
        parts.append(_("provisional: the holidays of {years} are not announced yet").format(years=years))
    return _(" · ").join(parts)


def basis(of: RuleBasis) -> str:
    """Return a text and its article."""
    title = of.title.in_language(current_language())
    return _("{law} Art. {article}").format(law=title, article=of.article) if of.article else title


def suggestion(of: PlanSuggestion) -> str:
    """Return what is suggested, one line for each remark of plan against actual."""
    return "\n".join(_remark(one) for one in of.remarks) or of.text


def _remark(one: Remark) -> str:
    title = Text(one.title, one.title_en).in_language(current_language())
    if one.outcome is Outcome.SKIPPED:
        return _("Skipped: {action} ({reason})").format(action=title, reason=one.reason or "—")
    if one.outcome is Outcome.LATE:
        return _("{span} late: {action}").format(span=span(timedelta(minutes=one.late_minutes)), action=title)
    return _("Left open: {action}").format(action=title)
