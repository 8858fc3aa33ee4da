"""Reads what decides which reports are owed, of one incident or of every open one, a SELECT for each table.

The same SELECTs serve the reading of a page and an open unit of work, so that dues are laid in the commit of what asked for them.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import OPEN_STATES, Grade, IncidentClass, IncidentState, Production
from emergency_desk.domain.report_facts import AT_ONCE_ROW, ReportTrace, Traces
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportFamily, ReportKind
from emergency_desk.store.codec import moment_from_column
from emergency_desk.store.repositories.shapes import Repositories

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN = ", ".join(f"'{state.value}'" for state in sorted(OPEN_STATES))
_ALL_OPEN, _ONE = f"state IN ({_OPEN})", "id = ?"
_INCIDENTS = "SELECT id, type_id, incident_class, area_id, state, occurred_at, recorded_at, closed_at, production FROM incidents WHERE "
_CALLS = "SELECT c.incident_id, a.area_id, c.received_at FROM calls c JOIN accounts a ON a.id = c.account_id WHERE c.incident_id IN {}"
_GRADES = "SELECT incident_id, grade, judged_at FROM grade_changes WHERE grade IS NOT NULL AND incident_id IN {} ORDER BY seq"
_FIGURES = "SELECT incident_id, occurred_at, recorded_at, dead, badly_hurt, hurt FROM figures_reports WHERE incident_id IN {} ORDER BY seq"
_REPORTS = ("SELECT incident_id, from_tier, to_tier, channel, family, kind, sent_at, received_at, copies_to FROM reports "
            "WHERE sent_at IS NOT NULL AND state IN ('sent', 'received') AND incident_id IN {} ORDER BY sent_at")
_RESPONSES = "SELECT incident_id, tier, activated_at, ended_at FROM responses WHERE incident_id IN {}"
_DUES = "SELECT incident_id, rule_id, from_tier, to_tier, channel, kind, family, clock_at FROM report_dues WHERE incident_id IN {}"
_CONTROLLED = """SELECT incident_id, max(occurred_at) FROM log_entries
WHERE happening = 'state' AND "values" LIKE '%["state","controlled"]%' AND incident_id IN {} GROUP BY incident_id"""


def report_traces(repositories: Repositories, *, incident_id: Id | None = None) -> list[Traces]:
    """Return the traces of one incident, or of every open one."""
    connection: Any = repositories._connection
    which, values = (_ONE, (incident_id,)) if incident_id else (_ALL_OPEN, ())
    ids = "(?)" if incident_id else f"(SELECT id FROM incidents WHERE {_ALL_OPEN})"
    found = {row[0]: _begun(row) for row in connection.exec_driver_sql(_INCIDENTS + which, values)}

    def rows(sql: str) -> Any:
        return connection.exec_driver_sql(sql.format(ids), values)

    for id_, area_id, received_at in rows(_CALLS):
        found[id_].calls.append((area_id, _moment(received_at)))
    for id_, grade, judged_at in rows(_GRADES):
        found[id_].grades.append((Grade(grade), _moment(judged_at)))
    for id_, occurred_at, recorded_at, *told in rows(_FIGURES):
        found[id_].figures.append((_moment(occurred_at), _moment(recorded_at), tuple(told)))
    for id_, *report in rows(_REPORTS):
        found[id_].reports.append(_report(report))
    for id_, tier, activated_at, ended_at in rows(_RESPONSES):
        found[id_].responses.append((Tier(tier), _moment(activated_at), moment_from_column(ended_at)))
    if any(traces.incident_class is IncidentClass.NATURAL for traces in found.values()):
        for id_, controlled_at in rows(_CONTROLLED):
            if found[id_].state in (IncidentState.CONTROLLED, IncidentState.CLOSED):
                found[id_].controlled_at = _moment(controlled_at)
    for id_, rule_id, *key, clock_at in rows(_DUES):
        traces, started = found[id_], _moment(clock_at)
        traces.due_keys.add((*key, started))  # the words of the columns are equal to the members of the enums
        if rule_id == AT_ONCE_ROW and (traces.at_once_from is None or started < traces.at_once_from):
            traces.at_once_from = started
    for traces in found.values():
        traces.read_dues = partial(repositories.report_dues.where, "WHERE incident_id = ? ORDER BY due_at, id", (traces.incident_id,))
    return list(found.values())


def _begun(row: Any) -> Traces:
    return Traces(
        incident_id=Id(row[0]), type_id=row[1], incident_class=IncidentClass(row[2]) if row[2] else None, area_id=Id(row[3]),
        state=IncidentState(row[4]), occurred_at=_moment(row[5]), recorded_at=_moment(row[6]), closed_at=moment_from_column(row[7]),
        production=Production(row[8]) if row[8] else None)


def _report(row: Any) -> ReportTrace:
    from_tier, to_tier, channel, family, kind, sent_at, received_at, copies_to = row
    return ReportTrace(
        from_tier=Tier(from_tier), to_tier=Tier(to_tier), channel=Channel(channel), family=ReportFamily(family), kind=ReportKind(kind),
        sent_at=_moment(sent_at), received_at=moment_from_column(received_at), copies_to=tuple(json.loads(copies_to)) if copies_to else ())


def _moment(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)
