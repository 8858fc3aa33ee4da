"""The review of an incident: read at one moment, from the facts the desk wrote down."""

from __future__ import annotations

from datetime import timedelta

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_actual import plan_actual
from emergency_desk.domain.review import Review, proposals
from emergency_desk.domain.scorecard import deadline_card, latencies
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps import recovering


def review(desk: Desk, *, incident_id: Id) -> Review:
    """Return what is owed after an incident, how its plan was carried out, how punctual it was, and its findings. Raises NotFound."""
    desk.may(Act.READ)
    now = desk.now()
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        items = tuple(reading.aftermath.where("WHERE incident_id = ? ORDER BY created_at, id", (incident_id,)))
        whose = recovering.whose(reading, items)
        tasks = reading.tasks.where("WHERE incident_id = ?", (incident_id,))
        dues = reading.report_dues.where("WHERE incident_id = ?", (incident_id,))
        findings = tuple(reading.findings.where("WHERE incident_id = ? ORDER BY found_at, number", (incident_id,)))
        lines = reading.order_lines(incident_id)
    owing = {item.owner for item in items}
    orders = latencies(lines)
    awaited = {line.dispatch.order_number for line in lines
               if incident.is_open and line.dispatch.awaits_receipt and line.dispatch.receipt_due_at >= now}
    plan = plan_actual(tasks, until=incident.closed_at or now)
    deadlines = deadline_card(dues, until=now, at_once=desk.trade.clocks.at_once)  # reports are owed after the close too
    limit = timedelta(minutes=desk.trade.clocks.receipt_minutes)
    suggested = proposals(plan, deadlines, orders, receipt_limit=limit, findings=findings, awaited=awaited)
    return Review(read_at=now, incident=incident, items=items, plan=plan, deadlines=deadlines, latencies=orders, findings=findings,
                  proposals=suggested, whose=whose,
                  offices={area.name: Text(area.name, area.name_en) for area in desk.tree.by_id.values() if area.name in owing})
