"""What stands on the papers from request to receipt."""

from __future__ import annotations

from dataclasses import dataclass, field

from emergency_desk.domain.giving_out import GiftBoard
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_legs import LegView
from emergency_desk.domain.request_boards import OrderView, RequestView
from emergency_desk.domain.requisitions import Requisition
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True)
class SupplyRequestSheet:
    """A request for supplies (物资申请单) with what was decided."""

    imprint: Imprint
    view: RequestView

    @property
    def incident_id(self) -> Id | None:
        """The incident among whose papers it stands."""
        return self.view.request.incident_id

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.view.request.is_exercise


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """What every paper of a release order says."""

    imprint: Imprint
    view: OrderView

    @property
    def incident_id(self) -> Id | None:
        """The incident among whose papers it stands."""
        return self.view.order.incident_id

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.view.order.is_exercise


@dataclass(frozen=True, slots=True)
class ReleaseOrderSheet(OrderPaper):
    """The order itself (物资调拨令、出库单)."""


@dataclass(frozen=True, slots=True)
class PickingListSheet(OrderPaper):
    """What is fetched from which bin (拣货单). `code`: under which it is keyed back."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class WaybillSheet(OrderPaper):
    """What one driver carries (运单)."""

    leg: LegView


@dataclass(frozen=True, slots=True)
class GoodsReceiptSheet(OrderPaper):
    """What came with one vehicle and what differed (签收单)."""

    leg: LegView


@dataclass(frozen=True, slots=True)
class DistributionListSheet:
    """The list people sign when they are given goods (发放签收表): empty lines; the names stand on this paper alone."""

    imprint: Imprint
    incident_id: Id
    incident_number: str
    incident_title: str
    goods: tuple[tuple[Text, str, int], ...]  # name, unit, how many are out in use
    place: str = ""
    is_exercise: bool = False
    lines: int = 25


@dataclass(frozen=True, slots=True)
class RequisitionNoticeSheet:
    """The notice of a requisition (应急处置征用通知书): to be handed to the owner (SD12 Art. 41). The owner comes from the erasable table."""

    imprint: Imprint
    requisition: Requisition
    incident_number: str
    incident_title: str
    owner: str = ""
    owner_address: str = ""
    owner_phone: str = ""
    basis: Text = field(default_factory=lambda: Text(""))

    @property
    def incident_id(self) -> Id:
        """The incident among whose papers it stands."""
        return self.requisition.incident_id

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.requisition.is_exercise


@dataclass(frozen=True, slots=True)
class GiftListSheet:
    """The list of gifts as it is made public (捐赠物资接受使用情况公示表; SDG20 Art. 48)."""

    imprint: Imprint
    board: GiftBoard
    is_exercise: bool = False
    incident_id: Id | None = None


SupplySheet = (SupplyRequestSheet | ReleaseOrderSheet | PickingListSheet | WaybillSheet | GoodsReceiptSheet | DistributionListSheet
               | GiftListSheet | RequisitionNoticeSheet)
