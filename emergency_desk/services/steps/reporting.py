"""Lays and meets the reports that are owed, inside an open unit of work: in the commit of the fact that asked for them or answered them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Call, Happening, Incident, Production
from emergency_desk.domain.report_duties import Duty, ReportFacts, Rows, Sent, Windows, window_days
from emergency_desk.domain.report_facts import ReportTrace, Traces, facts_of, first_traces
from emergency_desk.domain.report_laying import Laying, answers, reconcile
from emergency_desk.domain.reporting import PROFILES, QINGDAO, standing_tiers
from emergency_desk.domain.reports import DueState, Report, ReportDue
from emergency_desk.services.steps import logbook
from emergency_desk.store.readings.report_traces import report_traces

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork

PROFILE_SETTING = "report_profile"


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """Which sets of rows a desk follows besides the law, and how it counts the days of a window."""

    profiles: tuple[str, ...] = QINGDAO
    counts_first_day: bool = False

    @property
    def name(self) -> str:
        """Return the shipped choice this is, or an empty string for a choice of one's own."""
        return next((name for name, profiles in PROFILES.items() if set(profiles) == set(self.profiles)), "")


def read_settings(repositories: Repositories) -> ReportSettings:
    """Return the desk's settings, or those that ship."""
    found = repositories.settings.where("WHERE id = ?", (PROFILE_SETTING,))
    if not found:
        return ReportSettings()
    kept = json.loads(found[0].content)
    return ReportSettings(profiles=tuple(kept.get("profiles", QINGDAO)), counts_first_day=bool(kept.get("counts_first_day", False)))


def settings_text(settings: ReportSettings) -> str:
    """Return the settings as they are kept."""
    return json.dumps({"profiles": list(settings.profiles), "counts_first_day": settings.counts_first_day})


def rows_of(desk: Desk, repositories: Repositories) -> Rows:
    """Return the rows of the deadline table that this desk follows."""
    settings = read_settings(repositories)
    return desk.memory.report_rows(desk.trade.clocks, settings.profiles, Windows(settings.counts_first_day))


def lay_dues(desk: Desk, work: UnitOfWork, incident: Incident | Id, *, at: datetime) -> Laying:
    """Lay what an incident owes now and has not laid yet, and let lapse what is no longer asked for. Call it after the fact is written."""
    incident_id = incident.id if isinstance(incident, Incident) else incident
    traces = report_traces(work, incident_id=incident_id)[0]
    laying = reconcile(traces_to_facts(desk, traces), rows_of(desk, work), traces.laid, now=at)
    write_laying(desk, work, incident_id, laying, at=at)
    return laying


def lay_first_dues(desk: Desk, work: UnitOfWork, incident: Incident, call: Call) -> None:
    """Lay what a call asks for that has just opened its incident: what the store would tell of it is in hand."""
    traces = first_traces(incident, call, taken_in=desk.area_id)
    write_laying(desk, work, incident.id, reconcile(traces_to_facts(desk, traces), rows_of(desk, work), traces.laid, now=incident.recorded_at),
                 at=incident.recorded_at)


def write_laying(desk: Desk, work: UnitOfWork, incident_id: Id, laying: Laying, *, at: datetime) -> None:
    """Write what was found to be laid and lapsed."""
    for duty in laying.new:
        work.report_dues.add(as_due(desk, incident_id, duty, at=at))
    for due in laying.lapsed:
        work.report_dues.put(due)


def as_due(desk: Desk, incident_id: Id, duty: Duty, *, at: datetime) -> ReportDue:
    """Return the due that is laid for a duty."""
    return ReportDue(id=desk.new_id(), incident_id=incident_id, rule_id=duty.rule.id, from_tier=duty.from_tier, to_tier=duty.to_tier,
                     channel=duty.channel, family=duty.family, kind=duty.kind, clock_at=duty.clock_at, due_at=duty.due_at, created_at=at,
                     grade=duty.grade)


def traces_to_facts(desk: Desk, traces: Traces) -> ReportFacts:
    """Return the facts of an incident's traces as this desk's tree and types read them."""
    return Ground(desk).facts(traces)


class Ground:
    """What the facts of many incidents have in common: the tiers of areas, what stands above a place, the kinds of incident."""

    def __init__(self, desk: Desk) -> None:
        self._tree, self._trade = desk.tree, desk.trade
        self._standing: dict[Id, tuple[Tier, ...]] = {}
        self._production: dict[str, Production] = {}

    def facts(self, traces: Traces) -> ReportFacts:
        """Return the facts of an incident's traces."""
        standing = self._standing.get(traces.area_id)
        if standing is None:
            standing = self._standing[traces.area_id] = standing_tiers(self._tree, traces.area_id)
        production = self._production.get(traces.type_id)
        if production is None:
            production = self._production[traces.type_id] = self._trade.type(traces.type_id).production
        tiers = {area_id: self._tree.by_id[area_id].tier for area_id, _at in traces.calls if area_id in self._tree.by_id}
        return facts_of(traces, tiers=tiers, production=production, standing=standing)


def meet(work: UnitOfWork, report: Report, dues: Sequence[ReportDue]) -> tuple[ReportDue, ...]:
    """Mark the open dues that a report answers as met at the moment it was sent. Returns them."""
    sent = sent_of(report)
    met = [replace(due, state=DueState.MET, met_at=report.sent_at, report_id=report.id) for due in dues if due.is_open and answers(sent, due)]
    return tuple(work.report_dues.put(due) for due in met)


def sent_of(report: Report) -> Sent:
    """Return what a report that went tells the rules."""
    assert report.sent_at is not None
    trace = ReportTrace(report.from_tier, report.to_tier, report.channel, report.family, report.kind, report.sent_at, report.received_at,
                        report.copies_to)
    return Sent(report.from_tier, trace.to_tiers, report.channel, report.family, report.kind, report.sent_at)


def is_counted(desk: Desk, repositories: Repositories, incident: Incident, *, occurred_at: datetime) -> bool:
    """Say whether a change of dead or hurt still counts: within its window of days, or where no row sets one (D8)."""
    traces = report_traces(repositories, incident_id=incident.id)[0]
    rows = rows_of(desk, repositories)
    days = window_days(traces_to_facts(desk, traces), rows)
    return days is None or rows.windows.is_within(occurred_at, of=incident.occurred_at, days=days)


def note_late_change(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime, occurred_at: datetime) -> None:
    """Log that a change of dead or hurt lies outside its window and is for information only (D8)."""
    traces = report_traces(work, incident_id=incident.id)[0]
    rows, facts = rows_of(desk, work), traces_to_facts(desk, traces)
    days = window_days(facts, rows)
    if days is None or not any(change.known_at == at for change in facts.changes):
        return
    if not rows.windows.is_within(occurred_at, of=incident.occurred_at, days=days):
        logbook.write(desk, work, Happening.REPORT, at=at, incident_id=incident.id, what="outside_window", days=days,
                      last_day=rows.windows.last_day(incident.occurred_at, days).isoformat())
