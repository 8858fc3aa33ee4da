"""Puts the ladder of an incident together from what is kept of it: tiers, command, responses, and each tier's steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import command
from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.boards import Ladder, TierLine
from emergency_desk.domain.command import CommandMove, CommandPost, CommandStep
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.incidents import Call, FiguresReport, GradeChange, Incident, IncidentState, Task, TaskState
from emergency_desk.domain.ladder import Step, StepMark, StepState, TierFacts, leading_tier, step_lines
from emergency_desk.domain.plan_records import PlanRole
from emergency_desk.domain.recovery import AftermathItem, AftermathState
from emergency_desk.domain.reports import Report, ReportDue
from emergency_desk.domain.responses import Response, of_tier
from emergency_desk.services.steps import commanding, hearing, judging

if TYPE_CHECKING:
    from emergency_desk.domain.ids import Id
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.readings.reading import Reading
    from emergency_desk.store.unit_of_work import UnitOfWork

_BY_RECEIVER = frozenset({CommandStep.ACCEPTED, CommandStep.REFUSED, CommandStep.TAKEN})
_REVIEWED = frozenset({"lessons_report"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everything that is kept of an incident, as far as the steps rest on it."""

    incident: Incident
    moves: Sequence[CommandMove]
    responses: Sequence[Response]
    posts: Sequence[CommandPost]
    marks: Sequence[StepMark]
    dues: Sequence[ReportDue]
    reports: Sequence[Report]
    aftermath: Sequence[AftermathItem]
    tasks: Sequence[Task]
    orders: Sequence[Dispatch]
    calls: Sequence[Call]
    figures: Sequence[FiguresReport]
    grades: Sequence[GradeChange]
    tier_of: dict[Id, Tier]  # of the accounts that acted


def ladder_of(desk: Desk, reading: Reading | UnitOfWork, kept: Kept) -> Ladder:
    """Return the ladder of an incident."""
    incident = kept.incident
    one = (incident.id,)
    holder = command.holder(kept.moves) or commanding.holder_before_ladder(desk, reading, incident)
    offer = command.open_offer(kept.moves)
    areas = desk.tree.ladder(incident.area_id)
    leading = leading_tier(desk.trade.ladder, grade=incident.grade, incident_class=incident.incident_class,
                           standing=frozenset(area.tier for area in areas))
    return Ladder(
        tiers=tuple(_tier_line(desk, kept, area, holder=holder, leading=leading, offer=offer, top=areas[-1].tier) for area in areas),
        holder=holder, leading=leading, moves=tuple(kept.moves), offer=offer, responses=tuple(kept.responses),
        changes=tuple(reading.response_changes.where("WHERE incident_id = ? ORDER BY seq", one)), posts=tuple(kept.posts),
        members=tuple(reading.post_members.where("WHERE incident_id = ? ORDER BY since, id", one)),
        notices=tuple(reading.notices.where("WHERE incident_id = ? ORDER BY told_at IS NOT NULL, created_at, id", one)),
        decisions=tuple(reading.decisions.where("WHERE incident_id = ? ORDER BY seq", one)), dues=tuple(kept.dues),
        reports=tuple(kept.reports))


def keep(desk: Desk, reading: Reading | UnitOfWork, incident: Incident) -> Kept:
    """Read what is kept of an incident."""
    one = (incident.id,)
    calls = reading.calls.where("WHERE incident_id = ? ORDER BY received_at, id", one)
    orders = reading.dispatches.where("WHERE incident_id = ? ORDER BY sent_at, order_number", one)
    grades = reading.grades.where("WHERE incident_id = ? ORDER BY seq", one)
    acted = {*(call.account_id for call in calls), *(order.sent_by_id for order in orders), *(grade.account_id for grade in grades)}
    return Kept(
        incident=incident, moves=commanding.moves_of(desk, reading, incident),
        responses=reading.responses.where("WHERE incident_id = ? ORDER BY activated_at, id", one),
        posts=reading.command_posts.where("WHERE incident_id = ? ORDER BY formed_at, id", one),
        marks=reading.step_marks.where("WHERE incident_id = ? ORDER BY seq", one),
        dues=reading.report_dues.where("WHERE incident_id = ? ORDER BY due_at, id", one),
        reports=reading.reports.where("WHERE incident_id = ? ORDER BY drafted_at, id", one),
        aftermath=reading.aftermath.where("WHERE incident_id = ? ORDER BY created_at, id", one),
        tasks=reading.tasks.where("WHERE incident_id = ? ORDER BY due_at, clause, id", one), orders=orders, calls=calls,
        figures=reading.figures.where("WHERE incident_id = ? ORDER BY seq", one), grades=grades,
        tier_of={id_: desk.tree.by_id[reading.accounts.get(id_).area_id].tier for id_ in acted})


def _tier_line(
    desk: Desk, kept: Kept, area: Area, *, holder: Tier, leading: Tier | None, offer: CommandMove | None, top: Tier,
) -> TierLine:
    tier = area.tier
    rule = judging.level_at(desk, kept.incident, tier)
    facts = facts_of(kept, tier, holder=holder, leading=leading, top=top, level_reached=rule is not None)
    return TierLine(
        tier=tier, area_id=area.id, area_name=area.name, area_name_en=area.name_en, response=of_tier(kept.responses, tier),
        commands=holder is tier, commands_since=command.holder_since(kept.moves) if holder is tier else None,
        offer=offer if offer is not None and offer.to_tier is tier else None,
        is_own=tier is desk.tier and hearing.answers_for(desk, kept.incident),
        steps=step_lines(facts, kept.marks), suggested=rule.level if rule else None, suggested_clause=rule.clause if rule else "")


def facts_of(kept: Kept, tier: Tier, *, holder: Tier, leading: Tier | None, top: Tier, level_reached: bool) -> TierFacts:
    """Return what the desk knows of one tier's part."""
    incident, response = kept.incident, of_tier(kept.responses, tier)
    sent = [order.sent_at for order in kept.orders if kept.tier_of[order.sent_by_id] is tier]
    firsts = [due for due in kept.dues if due.from_tier is tier]
    sent_up = [report.sent_at for report in kept.reports if report.from_tier is tier and report.sent_at is not None]
    evacuations = [task for task in kept.tasks if task.role == PlanRole.EVACUATION.value and task.tier == tier.value]
    aftermath = [item for item in kept.aftermath if item.tier is tier]
    return TierFacts(
        tier=tier, commands=holder is tier, leads=leading is tier, is_top=tier is top,
        received_at=_received(kept, tier), verified_at=_verified(kept, tier), sent_first_at=min(sent, default=None), teams_wanted=False,
        appraised_at=_appraised(kept, tier), level_reached=level_reached,
        activated_at=response.activated_at if response else None,
        post_formed_at=min((post.formed_at for post in kept.posts if post.tier is tier), default=None),
        evacuation_asked=bool(evacuations) or (holder is tier and bool(incident.figures.evacuate)), evacuated_at=_ended(evacuations),
        reports_owed=any(due.is_open for due in firsts), reported_at=min(sent_up, default=None),
        should_expand=leading is not None and leading.rank < tier.rank and tier is not top, expanded_at=_expanded(kept, tier),
        is_controlled=incident.state is IncidentState.CONTROLLED or not incident.is_open, ended_at=response.ended_at if response else None,
        aftermath_open=sum(item.state is AftermathState.OPEN for item in aftermath), aftermath_laid=bool(aftermath),
        reviewed_at=max((item.ended_at for item in aftermath if item.kind.value in _REVIEWED and item.ended_at), default=None))


def _received(kept: Kept, tier: Tier) -> datetime | None:
    """Return when a tier learned of the incident: by a call it took, by a report that reached it, or by what it is known to have done."""
    taken = [call.received_at for call in kept.calls if kept.tier_of[call.account_id] is tier]
    reported = [report.received_at or report.sent_at for report in kept.reports if report.to_tier is tier and report.is_sent]
    marked = [mark for mark in kept.marks if mark.tier is tier and mark.step is Step.RECEIVE][-1:]
    noted = [mark.occurred_at for mark in marked if mark.state is StepState.DONE]
    acted = [response.activated_at for response in kept.responses if response.tier is tier]
    answered = [move.occurred_at for move in kept.moves if move.to_tier is tier and move.step in _BY_RECEIVER]
    return min((moment for moment in (*taken, *reported, *acted, *answered, *noted) if moment is not None), default=None)


def _verified(kept: Kept, tier: Tier) -> datetime | None:
    """A report from the scene verifies for every tier that knows of the incident."""
    from_scene = [report.occurred_at for report in kept.figures if report.reported_by]
    return min(from_scene, default=None) if _received(kept, tier) is not None else None


def _expanded(kept: Kept, tier: Tier) -> datetime | None:
    """Return when a tier passed the command on, or offered it and still waits; an offer refused or taken back expands nothing."""
    passed = [move.occurred_at for move in kept.moves if move.from_tier is tier and move.step in (CommandStep.ACCEPTED, CommandStep.TAKEN)]
    waiting = command.open_offer(kept.moves)
    if waiting is not None and waiting.from_tier is tier:
        passed.append(waiting.occurred_at)
    return max(passed, default=None)


def _appraised(kept: Kept, tier: Tier) -> datetime | None:
    judged = [change.judged_at for change in kept.grades if not change.is_suggestion and kept.tier_of[change.account_id] is tier]
    return max(judged, default=None)


def _ended(tasks: Sequence[Task]) -> datetime | None:
    if not tasks or any(task.state is TaskState.OPEN for task in tasks):
        return None
    return max((task.ended_at for task in tasks if task.ended_at is not None), default=None)
