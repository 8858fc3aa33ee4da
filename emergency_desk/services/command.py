"""Who commands: offers and their answers, taking over, command posts with their people, who must be told, decisions.

Exactly one tier holds the command at every moment (R-1.12). A tier that does not sit at this desk is recorded as heard.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain import command
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandMove, CommandStep, Notice, NoticeKind
from emergency_desk.domain.errors import FieldMissing, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import commanding, hearing, logbook, meeting
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.services.steps.timing import refuse_future


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a hand-over carries besides the two signatures: situation, resources, open orders (R-1.12)."""

    situation: str = ""
    resources: str = ""
    open_orders: str = ""


def offer_command(
    desk: Desk, *, incident_id: Id, to: Tier, given_by: str, carried: HandOver, reason: str = "", tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[CommandMove]:
    """Offer the command to the next tier, up or down; until it accepts, the tier that offers commands.

    Raises CommandNotTheirs, AlreadyOffered, NotTheNextTier, SignatureMissing, NotOwnTier, IncidentIsClosed.
    """
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    if not given_by.strip():
        raise FieldMissing(name="given_by")
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        moves = commanding.begun(desk, work, incident, at=at)
        command.check_offer(moves, by=acting, to=to, standing=standing(desk, incident))
        move = _move(desk, incident, CommandStep.OFFERED, acting, to, at, occurred_at, heard, reason)
        move = commanding.append(desk, work, replace(
            move, offer_id=move.id, answer_due_at=command.answer_due(move.occurred_at, desk.trade.ladder.answer_minutes),
            given_by=given_by.strip(), situation=carried.situation.strip(), resources=carried.resources.strip(),
            open_orders=carried.open_orders.strip()))
        return Done(move, work.commit("offer_command", incident=incident.number, by=acting.value, to=to.value))


def repeat_offer(
    desk: Desk, *, incident_id: Id, reason: str = "", tier: Tier | None = None, occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[CommandMove]:
    """Make an unanswered offer again: its answer is due anew. Raises NoOfferOpen, CommandNotTheirs (only who offered repeats)."""
    return _after_offer(desk, incident_id=incident_id, step=CommandStep.REPEATED, reason=reason, tier=tier, occurred_at=occurred_at,
                        heard=heard)


def withdraw_offer(
    desk: Desk, *, incident_id: Id, reason: str, tier: Tier | None = None, occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[CommandMove]:
    """Take an offer back, with a reason. Raises NoOfferOpen, ReasonMissing, CommandNotTheirs (only who offered takes it back)."""
    if not reason.strip():
        raise ReasonMissing(act="withdraw_offer")
    return _after_offer(desk, incident_id=incident_id, step=CommandStep.WITHDRAWN, reason=reason, tier=tier, occurred_at=occurred_at,
                        heard=heard)


def accept_command(
    desk: Desk, *, incident_id: Id, taken_by: str, tier: Tier | None = None, occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[CommandMove]:
    """Accept the command that was offered: from now on this tier commands; both sides have signed. Raises NoOfferOpen, SignatureMissing."""
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        moves = commanding.begun(desk, work, incident, at=at)
        offer = command.first_made(moves, command.check_answer(moves, by=acting))
        command.check_signatures(offer.given_by, taken_by)
        move = commanding.append(desk, work, replace(
            _move(desk, incident, CommandStep.ACCEPTED, offer.from_tier, acting, at, occurred_at, heard), offer_id=offer.id,
            given_by=offer.given_by, taken_by=taken_by.strip(), situation=offer.situation, resources=offer.resources,
            open_orders=offer.open_orders))
        meeting.by_move(desk, work, move, at=at)
        return Done(move, work.commit("accept_command", incident=incident.number, tier=acting.value))


def refuse_command(
    desk: Desk, *, incident_id: Id, reason: str, tier: Tier | None = None, occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[CommandMove]:
    """Refuse the command that was offered, with a reason: the tier that offered it commands on. Raises NoOfferOpen, ReasonMissing."""
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    if not reason.strip():
        raise ReasonMissing(act="refuse_command")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        offer = command.check_answer(commanding.begun(desk, work, incident, at=at), by=acting)
        move = commanding.append(desk, work, replace(
            _move(desk, incident, CommandStep.REFUSED, offer.from_tier, acting, at, occurred_at, heard, reason), offer_id=offer.offer_id))
        return Done(move, work.commit("refuse_command", incident=incident.number, tier=acting.value))


def take_command(
    desk: Desk, *, incident_id: Id, given_by: str, taken_by: str, carried: HandOver, reason: str = "", tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[CommandMove]:
    """Take the command from a tier below, as an upper command that is set up does at once (AW8 三(二)). Any waiting offer ends with it.

    Raises CommandNotTheirs, SignatureMissing, NotOwnTier.
    """
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    command.check_signatures(given_by, taken_by)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        before = command.check_take(commanding.begun(desk, work, incident, at=at), by=acting)
        move = commanding.append(desk, work, replace(
            _move(desk, incident, CommandStep.TAKEN, before, acting, at, occurred_at, heard, reason), given_by=given_by.strip(),
            taken_by=taken_by.strip(), situation=carried.situation.strip(), resources=carried.resources.strip(),
            open_orders=carried.open_orders.strip()))
        meeting.by_move(desk, work, move, at=at)
        return Done(move, work.commit("take_command", incident=incident.number, tier=acting.value))


# -- who must be told -------------------------------------------------------------------------------------------------
def add_notice(desk: Desk, *, incident_id: Id, name: str, phone: str = "", kind: NoticeKind = NoticeKind.OTHER, why: str = "") -> Done[Notice]:
    """Add somebody to those who must be told. Raises FieldMissing."""
    desk.may(Act.MOVE_COMMAND)
    if not name.strip():
        raise FieldMissing(name="name")
    at = desk.now()
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        notice = work.notices.add(Notice(id=desk.new_id(), incident_id=incident.id, tier=desk.tier, kind=kind, name=name.strip(),
                                         created_at=at, phone=phone.strip(), why=why.strip()))
        logbook.write(desk, work, Happening.NOTICE, at=at, incident_id=incident.id, about_id=notice.id, step="added", name=notice.name,
                      tier=notice.tier.value, why=notice.why)
        return Done(notice, work.commit("add_notice", incident=incident.number, notice=notice.id))


def tell(
    desk: Desk, *, notice_id: Id, told_to: str = "", how: str = "phone", read_back: bool = False, occurred_at: datetime | None = None,
    heard: Heard = NOT_HEARD,
) -> Done[Notice]:
    """Record that somebody was told: whom one spoke to, how, and whether it was read back. A tier tells those of its own list.

    The first time stands, because that is when they knew; to tell them again is a further line in the log.

    Raises NotOwnTier, NotOwnArea, IncidentIsClosed, OccurredInFuture.
    """
    desk.may(Act.MOVE_COMMAND)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        notice = work.notices.get(notice_id)
        incident = open_incident(work, notice.incident_id)
        hearing.acting_tier(desk, notice.tier, heard)
        hearing.refuse_elsewhere(desk, incident, heard)
        told = replace(notice, told_at=occurred_at or at, told_to=told_to.strip(), how=how, read_back=read_back, told_by_id=desk.who)
        logbook.write(desk, work, Happening.NOTICE, at=at, incident_id=incident.id, occurred_at=told.told_at, about_id=notice.id,
                      step="again" if notice.is_told else "", name=notice.name, name_en=notice.name_en, told_to=told.told_to, how=how,
                      read_back="yes" if read_back else "", tier=notice.tier.value, heard_from=heard.who.strip())
        if not notice.is_told:
            notice = work.notices.put(told)
        return Done(notice, work.commit("tell", incident=incident.number, notice=notice.id))


def standing(desk: Desk, incident: Incident) -> frozenset[Tier]:
    """Return the tiers that answer for the place of an incident, and the desk's own."""
    return frozenset(area.tier for area in desk.tree.ladder(incident.area_id)) | {commanding.first_holder(desk)}


def _after_offer(
    desk: Desk, *, incident_id: Id, step: CommandStep, reason: str, tier: Tier | None, occurred_at: datetime | None, heard: Heard,
) -> Done[CommandMove]:
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        waiting = command.check_own_offer(commanding.begun(desk, work, incident, at=at), by=acting)
        move = _move(desk, incident, step, waiting.from_tier, waiting.to_tier, at, occurred_at, heard, reason)
        due = command.answer_due(move.occurred_at, desk.trade.ladder.answer_minutes) if step is CommandStep.REPEATED else None
        move = commanding.append(desk, work, replace(move, offer_id=waiting.offer_id, answer_due_at=due))
        return Done(move, work.commit(f"{step.value}_offer", incident=incident.number, to=waiting.to_tier.value))


def _move(
    desk: Desk, incident: Incident, step: CommandStep, from_tier: Tier, to_tier: Tier, at: datetime, occurred_at: datetime | None,
    heard: Heard, reason: str = "",
) -> CommandMove:
    return CommandMove(
        id=desk.new_id(), incident_id=incident.id, step=step, from_tier=from_tier, to_tier=to_tier, occurred_at=occurred_at or at,
        recorded_at=at, account_id=desk.who, reason=reason.strip(), heard_from=heard.who.strip(), heard_how=heard.how.strip(),
        read_back=heard.read_back)


