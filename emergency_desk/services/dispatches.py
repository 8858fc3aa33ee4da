"""Orders to teams: send, approve, receipt, check-in, recall; and who should go to an open incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.dispatches import Dispatch, OrderState
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, OrderNotOpen, ReceiptAlreadyGiven
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incident_types import default_needs
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.plans import Level, Plan, needs_for
from emergency_desk.domain.recommendation import Recommendation
from emergency_desk.domain.responses import Response
from emergency_desk.domain.teams import HowHeard, TeamState, step
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import advising, judging, logbook, sending
from emergency_desk.services.steps.sending import Sending
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.readings.reading import Reading
from emergency_desk.store.unit_of_work import UnitOfWork

_IN_FORCE = (OrderState.SENT, OrderState.RECEIVED)
ORDER_FACTS = ("task", "muster_place", "report_to", "route", "equipment", "channel", "safety")
LONGEST_FACT = 500  # a house setting: what still fits an order of two pages


def recommend(desk: Desk, *, incident_id: Id) -> Recommendation:
    """Say who should go to an open incident now: what the levels ask for less what is already sent."""
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        needs = needs_now(desk, reading, incident)
    return advising.recommend_for(desk, needs=needs, area_id=incident.area_id, latitude=incident.latitude, longitude=incident.longitude)


def needs_now(desk: Desk, reading: Reading | UnitOfWork, incident: Incident) -> dict[str, int]:
    """Return the teams still wanted by capability, as the store stands, and 0 for what was asked for and is met."""
    rows = reading.dispatches.some(("serves",), "WHERE incident_id = ? AND state <> ?", (incident.id, OrderState.RECALLED.value))
    asked = needs_asked(desk, incident, reading.responses.where("WHERE incident_id = ?", (incident.id,)))
    sent = Counter(serves for serves, in rows)
    return {name: max(0, count - sent[name]) for name, count in asked.items()}


def served_by(orders: Iterable[Dispatch]) -> list[str]:
    """Return what capability each order serves. A team that has done its work has met its need; one recalled has not."""
    return [order.serves for order in orders if order.state is not OrderState.RECALLED]


def needs_left(desk: Desk, incident: Incident, served: Iterable[str], responses: Sequence[Response] = ()) -> dict[str, int]:
    """Return the teams still wanted by capability: what is asked for, less what is `served`."""
    sent = Counter(served)
    return {name: count - sent[name] for name, count in needs_asked(desk, incident, responses).items() if count > sent[name]}


def needs_asked(desk: Desk, incident: Incident, responses: Sequence[Response] = ()) -> dict[str, int]:
    """Return the teams an incident asks for by capability: the most that any level in force asks for.

    In force are the level the incident opened at and the level of each tier's running response.
    """
    plan: Plan | None = judging.pinned_plan(desk, incident.plan_code, incident.plan_version)
    needs: dict[str, int] = {}
    if plan is not None:
        for tier, level in levels_in_force(incident, responses):
            for name, count in needs_for(plan, tier, level).teams:
                needs[name] = max(count, needs.get(name, 0))
    if not needs:
        needs = dict(default_needs(desk.trade.type(incident.type_id), incident.title, desk.trade.added_needs))
    return needs


def levels_in_force(incident: Incident, responses: Sequence[Response]) -> list[tuple[Tier, Level]]:
    """Return the levels of the plan that an incident stands at: its own and those of the responses that run."""
    levels = [(each.tier, each.level) for each in responses if each.is_running]
    if incident.plan_level:
        levels.insert(0, (Tier(incident.plan_tier), Level(incident.plan_level)))
    return levels


def send_teams(
    desk: Desk, *, incident_id: Id, teams: tuple[Sending, ...], override_reason: str = "", approved_by: str = "", approved_how: str = "",
) -> Done[tuple[Dispatch, ...]]:
    """Send teams to an open incident, one order each. Raises what `steps.sending.send` raises."""
    desk.may(Act.SEND_TEAM)
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        needs = needs_now(desk, work, incident)
        orders = sending.send(desk, work, incident, teams, at=at, needs=needs, override_reason=override_reason,
                              approved_by=approved_by, approved_how=approved_how).orders
        return Done(orders, work.commit("send_teams", incident=incident.number, orders=[order.order_number for order in orders]))


def accept_application(
    desk: Desk, *, incident_id: Id, team_id: Id, applied_by: str, serves: str = "", task: str = "",
) -> Done[tuple[Dispatch, ...]]:
    """Accept the application of a social force and send it (SDG20 Art. 32: it applies to the command post and obeys it)."""
    desk.may(Act.SEND_TEAM)
    if not applied_by.strip():
        raise FieldMissing(name="applied_by")
    at = desk.now()
    with desk.open_work() as work:
        incident, team = work.incidents.get(incident_id), work.teams.get(team_id)
        logbook.write(desk, work, Happening.APPLICATION, at=at, incident_id=incident.id, about_id=team.id, team=team.name,
                      team_en=team.name_en, applied_by=applied_by.strip())
        orders = sending.send(desk, work, incident, (Sending(team_id=team_id, serves=serves, task=task, application_by=applied_by.strip()),),
                              at=at, needs=None).orders
        return Done(orders, work.commit("accept_application", incident=incident.number, team=team.code or team.id))


def approve_order(desk: Desk, *, dispatch_id: Id, approved_by: str, how: str) -> Done[Dispatch]:
    """Record who approved an order and how, before or after it went out."""
    desk.may(Act.SEND_TEAM)
    if not approved_by.strip():
        raise FieldMissing(name="approved_by")
    at = desk.now()
    with desk.open_work() as work:
        order = work.dispatches.get(dispatch_id)
        order = work.dispatches.put(replace(order, approved_by=approved_by.strip(), approved_how=how.strip(), approved_at=at))
        logbook.write(desk, work, Happening.ORDER_APPROVED, at=at, incident_id=order.incident_id, about_id=order.id,
                      order=order.order_number, approved_by=order.approved_by, how=order.approved_how)
        return Done(order, work.commit("approve_order", order=order.order_number))


def detail_order(
    desk: Desk, *, dispatch_id: Id, facts: Mapping[str, str], approved_by: str | None = None, approved_how: str = "",
    version: int | None = None,
) -> Done[Dispatch]:
    """Fill in or mend what an order in force says, by field (`ORDER_FACTS`), and who agreed to it and how.

    Each change leaves a line in the log. `version`: the one the form was read at. Raises OrderNotOpen, Stale, FieldUnreadable.
    """
    desk.may(Act.SEND_TEAM)
    at = desk.now()
    with desk.open_work() as work:
        order = work.dispatches.get(dispatch_id)
        if order.state not in _IN_FORCE:
            raise OrderNotOpen(order=order.order_number, state=order.state)
        if version is not None:
            order = replace(order, version=version)
        changes = _changed_facts(order, facts)
        if approved_by is not None and (approved_by.strip(), approved_how) != (order.approved_by, order.approved_how):
            agreed = {"approved_by": approved_by.strip(), "approved_how": approved_how, "approved_at": at if approved_by.strip() else None}
        else:
            agreed = {}
        if changes or agreed:
            stored = work.dispatches.put(replace(order, **changes, **agreed))  # type: ignore[arg-type]
            _log_details(desk, work, order, stored, tuple(changes), at)
            order = stored
        return Done(order, work.commit("detail_order", order=order.order_number, fields=sorted((*changes, *agreed))))


def take_receipt(
    desk: Desk, *, dispatch_id: Id, received_by: str = "", how: HowHeard = HowHeard.PHONE, received_at: datetime | None = None,
) -> Done[Dispatch]:
    """Record a team's receipt of its order: who gave it, how, and when. Raises ReceiptAlreadyGiven, OrderNotOpen, OccurredInFuture."""
    desk.may(Act.REPORT_TEAM)
    at = desk.now()
    refuse_future(received_at, at=at)
    with desk.open_work() as work:
        order = work.dispatches.get(dispatch_id)
        if order.receipt_at is not None:
            raise ReceiptAlreadyGiven(order=order.order_number, at=order.receipt_at)
        if order.state not in _IN_FORCE:
            raise OrderNotOpen(order=order.order_number, state=order.state)
        given_at = received_at or at
        order = work.dispatches.put(replace(order, state=OrderState.RECEIVED, receipt_at=given_at, receipt_recorded_at=at,
                                            receipt_by=received_by.strip(), receipt_how=how.value))
        team = work.teams.get(order.team_id)
        happening = Happening.RECEIPT_LATE if given_at > order.receipt_due_at else Happening.RECEIPT
        logbook.write(desk, work, happening, at=at, incident_id=order.incident_id, occurred_at=given_at, about_id=order.id,
                      order=order.order_number, team=team.name, team_en=team.name_en, by=received_by.strip(), how=how.value)
        return Done(order, work.commit("take_receipt", order=order.order_number))


def check_in(desk: Desk, *, dispatch_id: Id, at_post: str = "", occurred_at: datetime | None = None) -> Done[Dispatch]:
    """Record that a team reported at the command post (R-4.6); arriving is another fact."""
    desk.may(Act.REPORT_TEAM)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        order = work.dispatches.get(dispatch_id)
        order = work.dispatches.put(replace(order, checked_in_at=occurred_at or at))
        team = work.teams.get(order.team_id)
        logbook.write(desk, work, Happening.CHECKED_IN, at=at, incident_id=order.incident_id, occurred_at=occurred_at or at,
                      about_id=order.id, order=order.order_number, team=team.name, team_en=team.name_en, post=at_post.strip())
        return Done(order, work.commit("check_in", order=order.order_number))


def recall_team(desk: Desk, *, dispatch_id: Id, reason: str = "") -> Done[Dispatch]:
    """Recall a team from its order: it withdraws, or stands by again when it had not left. Raises OrderNotOpen."""
    desk.may(Act.SEND_TEAM)
    at = desk.now()
    with desk.open_work() as work:
        order = work.dispatches.get(dispatch_id)
        if order.state not in _IN_FORCE:
            raise OrderNotOpen(order=order.order_number, state=order.state)
        order = work.dispatches.put(replace(order, state=OrderState.RECALLED, ended_at=at))
        team = work.teams.get(order.team_id)
        if team.incident_id == order.incident_id and team.state is not TeamState.WITHDRAWING:
            back = TeamState.STANDBY if team.state is TeamState.MUSTERING else TeamState.WITHDRAWING
            moved, record = step(team, to=back, occurred_at=at, recorded_at=at, move_id=desk.new_id(), account_id=desk.who,
                                 incident_id=order.incident_id, dispatch_id=order.id, how=HowHeard.SYSTEM)
            work.teams.put(moved)
            work.team_moves.add(replace(record, unreported=()))
        logbook.write(desk, work, Happening.TEAM_RECALLED, at=at, incident_id=order.incident_id, about_id=order.id, text=reason.strip(),
                      order=order.order_number, team=team.name, team_en=team.name_en)
        return Done(order, work.commit("recall_team", order=order.order_number))


def _changed_facts(order: Dispatch, facts: Mapping[str, str]) -> dict[str, str]:
    changes = {}
    for name, typed in facts.items():
        if name not in ORDER_FACTS:
            raise FieldUnreadable(name=name, typed=typed, expected=", ".join(ORDER_FACTS))
        if len(typed) > LONGEST_FACT:
            raise FieldUnreadable(name=name, typed=str(len(typed)), expected=f"≤ {LONGEST_FACT}")
        if typed.strip() != getattr(order, name):
            changes[name] = typed.strip()
    return changes


def _log_details(desk: Desk, work: UnitOfWork, before: Dispatch, after: Dispatch, changed: tuple[str, ...], at: datetime) -> None:
    for name in changed:
        logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=after.incident_id, about_id=after.id, what=name,
                      order=after.order_number, before=getattr(before, name), after=getattr(after, name))
    if (after.approved_by, after.approved_how) == (before.approved_by, before.approved_how):
        return
    if after.approved_by:
        logbook.write(desk, work, Happening.ORDER_APPROVED, at=at, incident_id=after.incident_id, about_id=after.id,
                      order=after.order_number, approved_by=after.approved_by, how=after.approved_how)
    else:
        logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=after.incident_id, about_id=after.id, what="approved_by",
                      order=after.order_number, before=before.approved_by)
