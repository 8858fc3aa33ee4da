"""The refusals of stock keeping. `wording.stock_refusals` chooses the words."""

from __future__ import annotations

from emergency_desk.domain.errors import Refused


class StockShort(Refused):
    """There is less than is asked for (R-5.6: a balance is never below nothing). Values: item, place, wanted, there."""

    field = "quantity"


class DepotThere(Refused):
    """A site is a depot already and was to become one anew. Values: site."""

    field = "site_id"


class LotExpired(Refused):
    """An expired lot is not issued (B19). Values: lot, expires_on, basis."""

    field = "lot"


class MovementNotVoidable(Refused):
    """A stock document cannot be taken back. Values: document, reason ("reversed", "is_reversal", "used")."""


class PaperTooLong(Refused):
    """A paper would have more lines than anybody reads. Values: most."""


class PromiseShort(Refused):
    """An agreement holds less than is called off. Values: partner, wanted, there."""

    field = "quantity"


class PromiseEnded(Refused):
    """An agreement does not hold today. Values: partner, valid_until."""


class DecidedTooMuch(Refused):
    """More of a line is decided than is asked and undecided. Values: item, wanted, there."""

    field = "quantity"


class RequestNotOpen(Refused):
    """A request is over. Values: number, state."""


class OwnStockFirst(Refused):
    """What this tier has itself is given before a request goes up, or a reason is told. Values: item, there."""

    field = "reason"


class OrderNotThere(Refused):
    """A release order does not stand where the act begins. Values: order, state."""


class NothingReleased(Refused):
    """An order without a line. No values."""

    field = "quantity"


class RequisitionNotAllowed(Refused):
    """Nothing is requisitioned while no response of the county level or above runs (ERL24 Art. 76). Values: number, basis."""


class RequisitionSettled(Refused):
    """What was requisitioned is given back already. Values: number."""


class CountTooLarge(Refused):
    """A count would have too many lines. Values: lines, most."""

    field = "zones"


class CountEmpty(Refused):
    """Nothing stands where a count was asked for. Values: depot."""


class CountOverlaps(Refused):
    """Some of it is being counted already. Values: number, place."""


class CountIsClosed(Refused):
    """A count was booked or abandoned. Values: number, state."""


class CountNotApprovable(Refused):
    """A count cannot be approved. Values: number, reason ("not_counted", "counted_it"), left, who."""


class CountBoundByClaims(Refused):
    """A shortage is larger than what is free or in quarantine: the rest is kept back. Values: item, lot, short, reserved."""


class LotCodeUnknown(Refused):
    """No lot has the code or number. Values: typed, reason ("code_misread", "unknown", "many", "not_in_order")."""

    field = "lot"
