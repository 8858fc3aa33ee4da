"""Which facts do what an action of a plan asks for, and which open duty asks for the same thing. Pure.

A plan says "report by phone", the clocks ask for that report, the ladder asks for the response: one thing, asked for and done once.
"""

from __future__ import annotations

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandMove, CommandStep
from emergency_desk.domain.ladder import Step
from emergency_desk.domain.plan_records import PlanFact
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import Report, ReportDue, ReportFamily, ReportKind

STEP_OF = {PlanFact.ACTIVATE: Step.ACTIVATE, PlanFact.FORM_COMMAND: Step.FORM_COMMAND, PlanFact.HAND_OVER: Step.EXPAND}
OF_COMMAND = frozenset({PlanFact.HAND_OVER, PlanFact.TAKE_OVER})
_BY_CHANNEL = {
    Channel.PHONE: frozenset({PlanFact.REPORT, PlanFact.REPORT_PHONE}),
    Channel.WRITTEN: frozenset({PlanFact.REPORT, PlanFact.REPORT_WRITTEN}),
    Channel.ANY: frozenset({PlanFact.REPORT}),
}
_LATER = frozenset({ReportKind.FOLLOW_UP, ReportKind.FINAL})  # a final report says all that a follow-up would
_NOTHING: frozenset[PlanFact] = frozenset()


def of_report(report: Report) -> frozenset[PlanFact]:
    """Return the facts that a report which went is."""
    if report.family is ReportFamily.DISASTER:
        return frozenset({PlanFact.REPORT_LOSSES})
    later = frozenset({PlanFact.REPORT_FOLLOW_UP}) if report.kind in _LATER else _NOTHING
    return _BY_CHANNEL[report.channel] | later


def of_due(due: ReportDue) -> frozenset[PlanFact]:
    """Return the facts that an owed report asks for."""
    if due.kind is ReportKind.FOLLOW_UP:
        return frozenset({PlanFact.REPORT_FOLLOW_UP}) if due.family is ReportFamily.INCIDENT else _NOTHING
    if due.kind is not ReportKind.FIRST:
        return _NOTHING
    return frozenset({PlanFact.REPORT_LOSSES}) if due.family is ReportFamily.DISASTER else _BY_CHANNEL[due.channel]


def of_move(move: CommandMove) -> dict[Tier, PlanFact]:
    """Return the facts that a move of the command is for each tier: plans lay only its way up."""
    if move.step not in (CommandStep.ACCEPTED, CommandStep.TAKEN) or move.to_tier.rank >= move.from_tier.rank:
        return {}
    return {move.from_tier: PlanFact.HAND_OVER, move.to_tier: PlanFact.TAKE_OVER}
