"""What the store remembers of an incident, made into the facts that decide which reports are owed.

A tier knows of an incident when it took a call about it, received a report of it, or began a response to it, whichever was first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Call, Grade, Incident, IncidentClass, IncidentState, Production
from emergency_desk.domain.report_duties import Change, Judgement, Key, ReportFacts, Sent
from emergency_desk.domain.report_laying import Laid
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportDue, ReportFamily, ReportKind

AT_ONCE_ROW = "D16"


@dataclass(slots=True)
class Traces:
    """What lies in the store about one incident; filled row by row."""

    incident_id: Id
    type_id: str
    incident_class: IncidentClass | None
    area_id: Id
    state: IncidentState
    occurred_at: datetime
    recorded_at: datetime
    closed_at: datetime | None = None
    production: Production | None = None
    calls: list[tuple[Id, datetime]] = field(default_factory=list)  # the area of who took it, received at
    grades: list[tuple[Grade, datetime]] = field(default_factory=list)
    figures: list[tuple[datetime, datetime, tuple[int | None, ...]]] = field(default_factory=list)  # occurred, recorded, (dead, hurt …)
    reports: list[ReportTrace] = field(default_factory=list)
    responses: list[tuple[Tier, datetime, datetime | None]] = field(default_factory=list)  # tier, activated, ended
    controlled_at: datetime | None = None
    at_once_from: datetime | None = None  # of the first due of row D16
    due_keys: set[Key] = field(default_factory=set)
    read_dues: Callable[[], list[ReportDue]] = list

    @property
    def laid(self) -> Laid:
        """The dues the incident has."""
        return Laid(self.due_keys, self.read_dues)


def first_traces(incident: Incident, call: Call, *, taken_in: Id) -> Traces:
    """Return the traces of an incident as its first call has opened it: what the store will tell of it at that moment."""
    told: tuple[int | None, ...] = (incident.dead, incident.badly_hurt, incident.hurt)
    return Traces(
        incident_id=incident.id, type_id=incident.type_id, incident_class=incident.incident_class, area_id=incident.area_id,
        state=incident.state, occurred_at=incident.occurred_at, recorded_at=incident.recorded_at, production=incident.production,
        calls=[(taken_in, call.received_at)], grades=[(incident.grade, incident.recorded_at)] if incident.grade else [],
        figures=[] if incident.figures.is_unknown else [(call.received_at, incident.recorded_at, told)])


@dataclass(frozen=True, slots=True)
class ReportTrace:
    """A report that went, as far as it decides what is owed."""

    from_tier: Tier
    to_tier: Tier
    channel: Channel
    family: ReportFamily
    kind: ReportKind
    sent_at: datetime
    received_at: datetime | None
    copies_to: tuple[str, ...] = ()

    @property
    def to_tiers(self) -> frozenset[Tier]:
        """Whom it reached: a copy to a tier it went past counts as a report to that tier (R-2.4)."""
        return frozenset({self.to_tier, *(Tier(copy) for copy in self.copies_to if copy in _TIERS)})


_TIERS = {tier.value for tier in Tier}


def facts_of(traces: Traces, *, tiers: dict[Id, Tier], production: Production, standing: tuple[Tier, ...]) -> ReportFacts:
    """Return the facts. `tiers`: of each area; `production`: of the type, where nobody has said what the incident is."""
    is_natural = traces.incident_class is IncidentClass.NATURAL
    return ReportFacts(
        type_id=traces.type_id, occurred_at=traces.occurred_at, received=_received(traces, tiers), standing=standing,
        incident_class=traces.incident_class, production=traces.production or production,
        # What was judged when the incident was opened is as old as the incident: the call had told it.
        judgements=tuple(Judgement(traces.occurred_at if at == traces.recorded_at else at, grade) for grade, at in traces.grades),
        at_once_from=traces.at_once_from,
        changes=_changes(traces), sent=tuple(Sent(report.from_tier, report.to_tiers, report.channel, report.family, report.kind, report.sent_at)
                                             for report in traces.reports),
        ended=_ended(traces), stable_at=(traces.controlled_at or traces.closed_at) if is_natural else None,
        is_void=traces.state in (IncidentState.FALSE_ALARM, IncidentState.JOINED))


def _received(traces: Traces, tiers: dict[Id, Tier]) -> dict[Tier, datetime]:
    found: dict[Tier, datetime] = {}

    def note(tier: Tier | None, moment: datetime) -> None:
        if tier is not None:
            found[tier] = min(moment, found.get(tier, moment))

    for area_id, received_at in traces.calls:
        note(tiers.get(area_id), received_at)
    for report in traces.reports:
        if report.received_at is not None:
            for tier in report.to_tiers:
                note(tier, report.received_at)
    for tier, activated_at, _ended_at in traces.responses:
        note(tier, activated_at)
    return found


def _ended(traces: Traces) -> dict[Tier, datetime]:
    """Return since when the response of a tier is over: ended and no other running, or the incident closed."""
    running = {tier for tier, _activated, ended_at in traces.responses if ended_at is None}
    over: dict[Tier, datetime] = {}
    for tier, _activated, ended_at in traces.responses:
        if tier not in running and ended_at is not None:
            over[tier] = max(ended_at, over.get(tier, ended_at))
    if traces.closed_at is not None:
        over = {tier: over.get(tier, traces.closed_at) for tier in Tier}
    return over


def _changes(traces: Traces) -> tuple[Change, ...]:
    """Return when dead or hurt changed after the incident was opened; a figure that stays unknown is no change."""
    known: tuple[int | None, ...] = (None,) * 3
    changes: list[Change] = []
    for occurred_at, recorded_at, told in traces.figures:
        merged = tuple(old if new is None else new for old, new in zip(known, told, strict=True))
        if merged != known and recorded_at != traces.recorded_at:
            changes.append(Change(occurred_at, recorded_at))
        known = merged
    return tuple(changes)
