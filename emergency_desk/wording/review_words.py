"""What the review of an incident says: outcomes of actions, times of orders, the punctuality of reports, and what speaks for a finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from emergency_desk.domain.plan_actual import ActionLine, Outcome, PlanActual
from emergency_desk.domain.reports import ReportDue
from emergency_desk.domain.review import Proposal, ProposalKind
from emergency_desk.domain.scorecard import DeadlineCard, Latency
from emergency_desk.domain.texts import Text
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.formats import clock_time, span
from emergency_desk.wording.labels import label

_MINUTE = timedelta(minutes=1)


def told_span(length: timedelta) -> str:
    """Return a length of time; what is shorter than a minute says so."""
    return span(length) if length >= _MINUTE else _("under 1 min")


def told_outcome(line: ActionLine) -> str:
    """Return what became of an action, with by how much or why."""
    if line.outcome in (Outcome.LATE, Outcome.OVERDUE):
        return _("{outcome}, {span}").format(outcome=label(line.outcome), span=told_span(line.late_by))
    if line.outcome is Outcome.SKIPPED:
        return _("{outcome}: {reason}").format(outcome=label(line.outcome), reason=line.task.reason or "—")
    return label(line.outcome)


def told_plan(plan: PlanActual) -> str:
    """Return "48 actions · 14 on time · 10 late · 1 skipped · 23 open · 2 added"."""
    return _(" · ").join([
        _("{count} on time").format(count=plan.count(Outcome.ON_TIME, Outcome.DONE)), _("{count} late").format(count=plan.count(Outcome.LATE)),
        _("{count} skipped").format(count=plan.count(Outcome.SKIPPED)),
        _("{count} open").format(count=plan.count(Outcome.OPEN, Outcome.OVERDUE)), _("{count} added").format(count=plan.added)])


def told_card(card: DeadlineCard) -> str:
    """Return how many reports were on time of those that were due."""
    if not card.due and not card.running:
        return _("No report was owed.")
    return _("{on_time} of {due} reports on time; late {late}, not sent {skipped}, still owed {running}.").format(
        on_time=len(card.on_time), due=card.due, late=len(card.late), skipped=len(card.skipped), running=len(card.running))


def told_latency(latency: Latency) -> str:
    """Return one stage of the orders: half, nine tenths, and how many have no data."""
    half, most = latency.percentile(0.5), latency.percentile(0.9)
    if half is None or most is None:
        return _("{stage}: no data.").format(stage=label(latency.stage))
    return _("{stage}: half within {half}, nine in ten within {most}; known for {known}, unknown for {unknown}.").format(
        stage=label(latency.stage), half=told_minutes(half), most=told_minutes(most), known=len(latency.known), unknown=latency.unknown)


def told_minutes(length: timedelta) -> str:
    """Return minutes with a tenth where there is one: "2.5 min"."""
    return _("{minutes} min").format(minutes=f"{length / _MINUTE:.1f}".removesuffix(".0"))


# -- what speaks for a finding ----------------------------------------------------------------------------------------
def told_proposal(proposal: Proposal) -> str:
    """Return a suggestion as the problem of a finding."""
    return _PROPOSALS[proposal.kind](proposal)


def _team(proposal: Proposal) -> str:
    team = proposal.team
    return Text(team.name, team.name_en).in_language(current_language()) if team is not None else ""


def _title(proposal: Proposal) -> str:
    task = proposal.task
    return Text(task.title, task.title_en).in_language(current_language()) if task is not None else ""


def _report(due: ReportDue | None) -> str:
    if due is None:
        return ""
    words = _("{kind} {channel}, {from_tier} to {to_tier}, due at once from {time}") if due.is_at_once else _(
        "{kind} {channel}, {from_tier} to {to_tier}, due {time}")
    return words.format(
        kind=label(due.kind), channel=label(due.channel), from_tier=label(due.from_tier), to_tier=label(due.to_tier),
        time=clock_time(due.due_at))


_PROPOSALS: dict[ProposalKind, Callable[[Proposal], str]] = {
    ProposalKind.NO_RECEIPT: lambda one: _("{team} never acknowledged order {order}.").format(team=_team(one), order=one.about_id),
    ProposalKind.LATE_RECEIPT: lambda one: _("{team} acknowledged order {order} {span} late.").format(
        team=_team(one), order=one.about_id, span=told_span(one.late_by)),
    ProposalKind.LATE_REPORT: lambda one: _("{report}: {span} late.").format(report=_report(one.due), span=told_span(one.late_by)),
    ProposalKind.SKIPPED_REPORT: lambda one: _("{report}: not sent ({reason}).").format(report=_report(one.due), reason=one.reason or "—"),
    ProposalKind.LATE_ACTION: lambda one: _("“{action}” was done {span} late.").format(action=_title(one), span=told_span(one.late_by)),
    ProposalKind.SKIPPED_ACTION: lambda one: _("“{action}” was skipped: {reason}").format(action=_title(one), reason=one.reason or "—"),
    ProposalKind.OPEN_ACTION: lambda one: _("“{action}” was left open.").format(action=_title(one)),
}
