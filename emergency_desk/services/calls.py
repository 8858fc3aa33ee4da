"""Taking a call: what the desk thinks while it is typed, saving it, sending at once, joining and parting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.advice import CallAdvice, CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.duplicates import Draft, Likeness, likely_duplicates
from emergency_desk.domain.errors import CannotJoin, FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incident_types import read_type
from emergency_desk.domain.incidents import OPEN_STATES, Call, Caller, Happening, Incident, IncidentState
from emergency_desk.domain.recommendation import Recommendation
from emergency_desk.domain.travel import distance_km
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import advising, ending, figuring, logbook, opening, reporting, responding, sending
from emergency_desk.services.steps.sending import Sending

if TYPE_CHECKING:
    from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TakenCall:
    """A call that was saved, its incident, and the orders that went out with it."""

    call: Call
    incident: Incident
    orders: tuple[Dispatch, ...] = ()


def advise(desk: Desk, *, draft: CallDraft) -> CallAdvice:
    """Say what the desk makes of a draft: type, grade, plan and level, likely duplicates, who should go. Reads only."""
    at = draft.received_at or desk.now()
    reading = read_type(draft.words, desk.trade.types)
    judged = opening.judge(desk, draft)
    recommendation = advising.recommend_for(desk, needs=dict(judged.needs), area_id=draft.area_id, latitude=draft.latitude,
                                            longitude=draft.longitude) if draft.area_id else None
    outside = draft.area_id is not None and not desk.tree.is_within(draft.area_id, desk.area_id)
    return CallAdvice(
        type_id=judged.type_id, reading=reading, grade=judged.grade, plan=judged.plan, acting_tier=judged.tier, needs=judged.needs,
        duplicates=tuple(_duplicates(desk, draft, judged.type_id, at)), recommendation=recommendation, is_outside=outside)


def take_call(
    desk: Desk, *, draft: CallDraft, send: tuple[Sending, ...] = (), override_reason: str = "", approved_by: str = "", approved_how: str = "",
) -> Done[TakenCall]:
    """Save a call as a new incident and, in the same commit, send the teams chosen for it.

    Raises what `opening.check` and `sending.send` raise.
    """
    desk.may(Act.TAKE_CALL)
    at = desk.now()
    opening.check(desk, draft, at)
    if send:
        desk.may(Act.SEND_TEAM)
    judged = opening.judge(desk, draft)
    with desk.open_work() as work:
        incident = opening.open_incident(desk, work, draft, at, judged)
        call = opening.add_call(desk, work, draft, at, incident=incident, joined=False)
        orders: tuple[Dispatch, ...] = ()
        if send:
            orders, incident = sending.send(desk, work, incident, send, at=at, needs=dict(judged.needs), override_reason=override_reason,
                                            approved_by=approved_by, approved_how=approved_how)
        return Done(TakenCall(call, incident, orders), work.commit("take_call", incident=incident.number, call=call.id,
                                                                   orders=[order.order_number for order in orders]))


def join_call(desk: Desk, *, draft: CallDraft, incident_id: Id) -> Done[TakenCall]:
    """Save a call about an incident that is open already; its figures are laid over what is known."""
    desk.may(Act.TAKE_CALL)
    at = desk.now()
    if draft.area_id is None and draft.words.strip():
        draft = replace(draft, area_id=_area_of(desk, incident_id))
    opening.check(desk, draft, at)
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        if not incident.is_open:
            raise CannotJoin(number=incident.number, reason="closed")
        call = opening.add_call(desk, work, draft, at, incident=incident, joined=True)
        if not draft.figures.is_unknown:
            incident = figuring.lay_figures(desk, work, incident, draft.figures, at=at, occurred_at=draft.received_at or at)
        return Done(TakenCall(call, incident), work.commit("join_call", incident=incident.number, call=call.id))


def join_incident(desk: Desk, *, incident_id: Id, into_id: Id) -> Done[Incident]:
    """Join an open incident into another: the same event was taken twice. Its calls and open orders stand there from now on.

    Raises CannotJoin, and ResponsesRun while the one that goes up in the other has a response of its own.
    """
    desk.may(Act.TAKE_CALL)
    at = desk.now()
    with desk.open_work() as work:
        incident, target = work.incidents.get(incident_id), work.incidents.get(into_id)
        _refuse_join(incident, target)
        responding.refuse_running(work, incident)
        joined = work.incidents.put(replace(incident, state=IncidentState.JOINED, joined_to_id=target.id, closed_at=at))
        _lay_over(work, joined, target)
        ending.dissolve_all_posts(desk, work, joined, at=at)
        for own in (joined, target):
            logbook.write(desk, work, Happening.CALL_JOINED, at=at, incident_id=own.id, about_id=joined.id, number=target.number,
                          from_number=joined.number, title=joined.title)
            reporting.lay_dues(desk, work, own, at=at)
        return Done(joined, work.commit("join_incident", incident=joined.number, into=target.number))


def part_call(desk: Desk, *, call_id: Id) -> Done[Incident]:
    """Part a joined call from its incident again: it opens an incident of its own. Raises CannotJoin when it was not joined."""
    desk.may(Act.TAKE_CALL)
    at = desk.now()
    with desk.open_work() as work:
        call = work.calls.get(call_id)
        old = work.incidents.get(call.incident_id)
        if not call.joined:
            raise CannotJoin(number=old.number, reason="not_joined")
        draft = CallDraft(words=call.words, area_id=call.area_id, address=call.address, latitude=call.latitude, longitude=call.longitude,
                          source=call.source, occurred_at=call.occurred_at, received_at=call.received_at, note=call.note)
        incident = opening.open_incident(desk, work, draft, at, opening.judge(desk, draft), parted_from=old.number)
        work.calls.put(replace(call, incident_id=incident.id, joined=False))
        reporting.lay_dues(desk, work, incident, at=at)
        if call.personal_id:
            work.move_personal(call.personal_id, incident_id=incident.id)
        for own in (old, incident):
            logbook.write(desk, work, Happening.CALL_PARTED, at=at, incident_id=own.id, about_id=call.id, text=call.words,
                          number=incident.number, from_number=old.number)
        return Done(incident, work.commit("part_call", call=call.id, from_incident=old.number, incident=incident.number))


def correct_call(desk: Desk, *, call_id: Id, caller: Caller | None = None, note: str | None = None) -> Done[Call]:
    """Mend the caller's details or the note of a call; a log line says that it was mended, never whose name it was."""
    desk.may(Act.TAKE_CALL)
    at = desk.now()
    with desk.open_work() as work:
        call = work.calls.get(call_id)
        if caller is not None:
            personal_id = call.personal_id or desk.new_id()
            digest = work.keep_personal(personal_id, incident_id=call.incident_id, salt=desk.new_salt(),
                                        content={"name": caller.name, "phone": caller.phone})
            call = replace(call, personal_id=personal_id, personal_digest=digest)
        if note is not None:
            call = replace(call, note=note.strip())
        call = work.calls.put(call)
        what = "caller" if caller is not None else "note"
        logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=call.incident_id, about_id=call.id, what=what)
        return Done(call, work.commit("correct_call", call=call.id, what=what))


def caller_of(desk: Desk, *, call: Call) -> Caller:
    """Return the caller's name and phone, empty when unknown or erased. Needs the right to take calls."""
    desk.may(Act.TAKE_CALL)
    if call.personal_id is None:
        return Caller()
    with desk.reading() as reading:
        return advising.caller_from(reading.personal(call.personal_id))


def recommendation_for(desk: Desk, *, draft: CallDraft) -> Recommendation:
    """Return who should go for a draft that has a place. Raises FieldMissing."""
    found = advise(desk, draft=draft).recommendation
    if found is None:
        raise FieldMissing(name="area")
    return found


def _duplicates(desk: Desk, draft: CallDraft, type_id: str, at: object) -> list[Likeness]:
    states = sorted(OPEN_STATES)
    with desk.reading() as reading:
        marks = ", ".join("?" for _ in states)
        open_incidents = reading.incidents.where(f"WHERE state IN ({marks}) ORDER BY recorded_at DESC LIMIT 500", states)
    known_type = type_id if type_id != "other" else None
    near = frozenset(area.id for area in desk.tree.path(draft.area_id)[-2:]) if draft.area_id else frozenset()
    asked = Draft(words=draft.words, type_id=known_type, kin_types=desk.trade.type(type_id).kin, area_id=draft.area_id, near_area_ids=near,
                  address=draft.address, latitude=draft.latitude, longitude=draft.longitude, at=draft.received_at or desk.now())
    return likely_duplicates(asked, [one for one in open_incidents if _is_near(desk, draft, one)], desk.trade.likeness)


def _is_near(desk: Desk, draft: CallDraft, incident: Incident) -> bool:
    """Say whether an incident may be at the place of a draft: the same district, or not far across its border.

    Every town has a 中山路: a road's name alone says nothing across districts.
    """
    if draft.area_id is None:
        return True
    tree = desk.tree
    here, there = tree.at_tier(draft.area_id, Tier.DISTRICT), tree.at_tier(incident.area_id, Tier.DISTRICT)
    if here is None or there is None or here.id == there.id:
        return True
    ours, theirs = _place_of(desk, draft), _place_of(desk, incident)
    return ours is not None and theirs is not None and distance_km(*ours, *theirs) * 1000 <= desk.trade.likeness.far_m


def _place_of(desk: Desk, what: CallDraft | Incident) -> tuple[float, float] | None:
    if what.latitude is not None and what.longitude is not None:
        return what.latitude, what.longitude
    return desk.tree.position(what.area_id) if what.area_id else None


def _area_of(desk: Desk, incident_id: Id) -> Id:
    with desk.reading() as reading:
        return reading.incidents.get(incident_id).area_id


def _refuse_join(incident: Incident, target: Incident) -> None:
    if incident.id == target.id:
        raise CannotJoin(number=target.number, reason="same")
    for one in (incident, target):
        if not one.is_open:
            raise CannotJoin(number=one.number, reason="closed")


def _lay_over(work: UnitOfWork, joined: Incident, target: Incident) -> None:
    """Lay calls, orders and teams of a joined incident over to the one it joined."""
    for call in work.calls.where("WHERE incident_id = ?", (joined.id,)):
        work.calls.put(replace(call, incident_id=target.id, joined=True))
        if call.personal_id:
            work.move_personal(call.personal_id, incident_id=target.id)
    for order in work.dispatches.where("WHERE incident_id = ? AND state IN ('sent', 'received')", (joined.id,)):
        work.dispatches.put(replace(order, incident_id=target.id))
    for team in work.teams.where("WHERE incident_id = ?", (joined.id,)):
        work.teams.put(replace(team, incident_id=target.id))
