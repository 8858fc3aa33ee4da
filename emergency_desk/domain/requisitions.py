"""Requisition (征用): who may, on which article, of what, for how long; the notice, the return, and the compensation that is always owed.

Sources: 突发事件应对法 2024 Art. 12, 76; 山东省突发事件应对条例 Art. 41 (the notice is issued before, in special urgency afterwards); R-5.7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, FieldRefused, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.responses import Response
from emergency_desk.domain.stock_errors import RequisitionNotAllowed, RequisitionSettled
from emergency_desk.domain.supplies import check_count, check_named
from emergency_desk.domain.texts import Text

ART_12 = Text("突发事件应对法第十二条；山东省突发事件应对条例第四十一条",
              "Emergency Response Law Art. 12; Shandong Regulations on Responding to Emergency Incidents Art. 41")
ART_76 = Text("突发事件应对法第七十六条", "Emergency Response Law Art. 76")
MOST_FEN = 100_000_000_000_00


class RequisitionState(StrEnum):
    """Where a requisition stands."""

    PAPER_OWED = "requisition_paper_owed"  # taken in special urgency, the notice follows
    IN_FORCE = "requisition_in_force"
    RETURNED = "requisition_returned"  # given back or made good, compensation still owed
    SETTLED = "requisition_settled"


class RequisitionStep(StrEnum):
    """What was done about a requisition."""

    DECIDED = "requisition_decided"
    NOTICE = "requisition_notice"
    GIVEN_BACK = "requisition_given_back"
    DAMAGED = "requisition_damaged"
    LOST = "requisition_lost"
    COMPENSATED = "requisition_compensated"


@dataclass(frozen=True, slots=True)
class Requisition:
    """One thing that was requisitioned. Whose it is stands in the erasable table (`personal_id`): it may be a person (ERL24 Art. 85)."""

    id: Id
    number: str
    incident_id: Id
    tier: Tier
    area_id: Id
    what: str
    quantity: int
    unit: str
    decided_at: datetime
    recorded_at: datetime
    account_id: Id
    decided_by: str
    purpose: str = ""
    model: str = ""
    place: str = ""
    executor: str = ""
    item_id: Id | None = None
    from_on: date | None = None
    until_on: date | None = None
    basis: str = ""
    personal_id: Id | None = None
    personal_digest: str = ""
    is_post_hoc: bool = False
    paper_due_at: datetime | None = None
    issued_at: datetime | None = None
    return_item_id: Id | None = None  # of the settlement list
    compensation_item_id: Id | None = None
    state: RequisitionState = RequisitionState.IN_FORCE
    note: str = ""
    is_exercise: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class RequisitionMark:
    """One step of a requisition. Appended."""

    id: Id
    requisition_id: Id
    step: RequisitionStep
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    quantity: int = 0
    fen: int = 0
    document: str = ""
    person: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRequisition:
    """The form of a requisition. `owner`, `owner_address` and `owner_phone` go to the erasable table."""

    incident_id: Id
    what: str
    quantity: int
    unit: str
    owner: str
    decided_by: str
    owner_address: str = ""
    owner_phone: str = ""
    purpose: str = ""
    model: str = ""
    place: str = ""
    executor: str = ""
    item_id: Id | None = None
    from_on: date | None = None
    until_on: date | None = None
    is_post_hoc: bool = False
    occurred_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequisitionAmounts:
    """Where what was requisitioned is: still held, given back sound, given back damaged, lost; and what was paid."""

    quantity: int
    sound: int = 0
    damaged: int = 0
    lost: int = 0
    paid_fen: int = 0
    is_compensated: bool = False

    @property
    def held(self) -> int:
        """How much is still held."""
        return self.quantity - self.sound - self.damaged - self.lost


def amounts_of(requisition: Requisition, marks: Iterable[RequisitionMark]) -> RequisitionAmounts:
    """Return where it stands from what was appended."""
    counts = dict.fromkeys(RequisitionStep, 0)
    paid = 0
    for one in marks:
        counts[one.step] += one.quantity or (one.step is RequisitionStep.COMPENSATED)
        paid += one.fen
    return RequisitionAmounts(
        requisition.quantity, counts[RequisitionStep.GIVEN_BACK], counts[RequisitionStep.DAMAGED], counts[RequisitionStep.LOST], paid,
        counts[RequisitionStep.COMPENSATED] > 0)


def state_of(requisition: Requisition, marks: Iterable[RequisitionMark]) -> RequisitionState:
    """Return the state that follows from the steps: the paper first, then the return, then the compensation, which is always owed."""
    some = list(marks)
    amounts = amounts_of(requisition, some)
    if requisition.is_post_hoc and not any(one.step is RequisitionStep.NOTICE for one in some):
        return RequisitionState.PAPER_OWED
    if amounts.held > 0:
        return RequisitionState.IN_FORCE
    return RequisitionState.SETTLED if amounts.is_compensated else RequisitionState.RETURNED


def check_asked(asked: AskedRequisition) -> AskedRequisition:
    """Return the form if the notice would be complete (SD12 Art. 41). Raises FieldMissing, FieldRefused."""
    facts = {"what": asked.what, "unit": asked.unit, "from_whom": asked.owner, "decided_by": asked.decided_by, "purpose": asked.purpose}
    for name, fact in facts.items():
        if not fact.strip():
            raise FieldMissing(name=name, basis=ART_12)
    check_count("quantity", asked.quantity)
    if asked.from_on and asked.until_on and asked.until_on < asked.from_on:
        raise FieldRefused(name="until_on", reason="ends_before_it_begins", typed=asked.until_on, other=asked.from_on)
    if asked.is_post_hoc:
        return asked
    check_named(executor=asked.executor)
    return asked


def check_authority(responses: Iterable[Response], *, above_street: Iterable[Tier], number: str) -> None:
    """Refuse a requisition while no response of a tier that may requisition runs (ERL24 Art. 76). Raises RequisitionNotAllowed."""
    if not any(one.is_running and one.tier in above_street for one in responses):
        raise RequisitionNotAllowed(number=number, basis=ART_76)


def check_return(amounts: RequisitionAmounts, *, sound: int, damaged: int, lost: int, note: str, number: str) -> None:
    """Refuse to give back what is not held, and damage without its note. Raises RequisitionSettled, FieldRefused, ReasonMissing."""
    for name, value in (("sound", sound), ("damaged", damaged), ("lost", lost)):
        check_count(name, value, least=0)
    if not amounts.held:
        raise RequisitionSettled(number=number)
    if not 0 < sound + damaged + lost <= amounts.held:
        raise FieldRefused(name="quantity", reason="quantity", typed=str(sound + damaged + lost), other=f"1-{amounts.held}")
    if (damaged or lost) and not note.strip():
        raise ReasonMissing(act="damage_requisitioned")
