"""The refusals of stock keeping. `wording.stock_refusals` chooses the words."""

from __future__ import annotations

from emergency_desk.domain.errors import Refused


class StockShort(Refused):
    """There is less than is asked for (R-5.6: a balance is never below nothing). Values: item, place, wanted, there."""

    field = "quantity"


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
