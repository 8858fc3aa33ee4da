"""Writes dispatch orders inside an open unit of work: order, team state, log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.errors import ApplicationNeeded, IncidentIsClosed, NoTeamChosen, ReasonMissing, TeamIsOut, TeamNotSendable
from emergency_desk.domain.ids import Id, order_number
from emergency_desk.domain.incidents import Happening, Incident, IncidentState
from emergency_desk.domain.reasons import ReasonNot, bar_to_sending
from emergency_desk.domain.teams import HowHeard, Team, TeamState, step
from emergency_desk.services.steps import advising, logbook

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One team to be sent: for what, and how the order reads. Empty texts are filled from incident and team."""

    team_id: Id
    serves: str = ""
    travel_minutes: int | None = None
    task: str = ""
    muster_place: str = ""
    report_to: str = ""
    route: str = ""
    equipment: str = ""
    safety: str = ""
    application_by: str = ""


class Sent(NamedTuple):
    """The orders that went out, and the incident they went out for."""

    orders: tuple[Dispatch, ...]
    incident: Incident


def send(
    desk: Desk, work: UnitOfWork, incident: Incident, sendings: tuple[Sending, ...], *, at: datetime,
    needs: Mapping[str, int] | None, override_reason: str = "", approved_by: str = "", approved_how: str = "",
) -> Sent:
    """Send teams to an open incident, one order each. Gives the orders, and the incident as it stands with them.

    `needs` are the teams still wanted by capability; None asks nothing of a team beyond the law. A team that something speaks against
    (see `ReasonNot`) needs a reason for the log; what the law or its state forbids no reason opens.
    Raises NoTeamChosen, IncidentIsClosed, TeamIsOut, TeamNotSendable, ApplicationNeeded, ReasonMissing, NotFound.
    """
    if not sendings:
        raise NoTeamChosen()
    if not incident.is_open:
        raise IncidentIsClosed(number=incident.number)
    orders = tuple(
        _send_one(desk, work, incident, sending, at=at, needs=needs, override_reason=override_reason.strip(),
                  approved=(approved_by, approved_how))
        for sending in sendings)
    if incident.state in (IncidentState.RECEIVED, IncidentState.VERIFYING):
        incident = work.incidents.put(replace(incident, state=IncidentState.FIRST_RESPONSE))
    return Sent(orders, incident)


def refuse_if_barred(work: UnitOfWork, team: Team, *, accepted: bool) -> None:
    """Refuse what no reason opens. Raises TeamIsOut, TeamNotSendable, ApplicationNeeded (R-4.2, R-4.4, SDG20 Art. 32)."""
    bar = bar_to_sending(team, accepted=accepted)
    if bar is None:
        return
    if bar.reason is ReasonNot.COMMITTED:
        where = work.incidents.get(team.incident_id).number if team.incident_id else ""
        raise TeamIsOut(team=team.name, state=team.state, incident=where)
    if bar.reason is ReasonNot.APPLICATION_NEEDED:
        raise ApplicationNeeded(team=team.name)
    raise TeamNotSendable(team=team.name, reason=bar.reason, detail="")


def _send_one(
    desk: Desk, work: UnitOfWork, incident: Incident, sending: Sending, *, at: datetime,
    needs: Mapping[str, int] | None, override_reason: str, approved: tuple[str, str],
) -> Dispatch:
    team = work.teams.get(sending.team_id)
    refuse_if_barred(work, team, accepted=bool(sending.application_by))
    against = _against(desk, incident, team, needs)
    if against is not None and not override_reason:
        raise ReasonMissing(act="send_team", team=team.name, reason=against)
    serial = work.next_number(f"order {incident.number}")
    order = work.dispatches.add(Dispatch(
        id=desk.new_id(), order_number=order_number(incident.number, serial), incident_id=incident.id, team_id=team.id,
        task=sending.task.strip(), sent_at=at, receipt_due_at=at + timedelta(minutes=desk.trade.clocks.receipt_minutes),
        sent_by_id=desk.who, serves=sending.serves, travel_minutes=sending.travel_minutes, muster_place=sending.muster_place.strip(),
        report_to=sending.report_to.strip(), route=sending.route.strip(), equipment=sending.equipment.strip() or team.vehicles,
        channel=team.channel, safety=sending.safety.strip(), approved_by=approved[0], approved_how=approved[1],
        approved_at=at if approved[0] else None, override_reason=override_reason if against else "",
        application_by=sending.application_by,
    ))
    moved, record = step(team, to=TeamState.MUSTERING, occurred_at=at, recorded_at=at, move_id=desk.new_id(), account_id=desk.who,
                         incident_id=incident.id, dispatch_id=order.id, how=HowHeard.SYSTEM)
    work.teams.put(moved)
    work.team_moves.add(record)
    logbook.write(desk, work, Happening.TEAM_SENT, at=at, incident_id=incident.id, about_id=order.id, order=order.order_number,
                  team=team.name, team_en=team.name_en, serves=sending.serves, minutes=sending.travel_minutes,
                  application_by=sending.application_by)
    if against is not None:
        logbook.write(desk, work, Happening.OVERRIDE, at=at, incident_id=incident.id, about_id=order.id, text=override_reason,
                      team=team.name, team_en=team.name_en, reason=against.value)
    return order


def _against(desk: Desk, incident: Incident, team: Team, needs: Mapping[str, int] | None) -> ReasonNot | None:
    """Return what speaks against sending a team, None when it could go at once.

    Where every need is met already, a team is judged by what it can do itself: an expired certificate still speaks against it.
    """
    if needs is None:
        return None
    asked = needs if needs and any(needs.values()) else dict.fromkeys(team.capabilities, 1)
    return advising.against(desk, team, needs=asked, area_id=incident.area_id, latitude=incident.latitude, longitude=incident.longitude)
