"""Goods handed to people against signatures, and gifts with the list that is published of them."""

from __future__ import annotations

from emergency_desk.domain import giving_out
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.giving_out import Distribution, DonationPublication, GiftBoard, GiftLine, HandedOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import MovementKind, StockAccount
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.stocking import Moving

MOST = 500


def hand_out(
    desk: Desk, *, asked: Asked, handed_by: str, households: int = 0, heads: int = 0, place: str = "", kept_at: str = "",
    start: StockAccount = StockAccount.FREE,
) -> Done[Distribution]:
    """Hand goods to people against signatures, from the shelf or out of what is in use; the names stay on the paper.

    Raises StockShort, LotExpired, FieldMissing, FieldRefused, IncidentIsClosed.
    """
    desk.may(Act.HAND_OUT)
    giving_out.check_handed_out(quantity=asked.quantity, households=households, heads=heads, handed_by=handed_by)
    at = desk.now()
    with desk.open_work() as work:
        moving = Moving(desk, work, MovementKind.DISTRIBUTE, asked, at=at)
        taken = moving.in_use() if start is StockAccount.IN_USE else moving.first_out()
        document = moving.write(taken)
        kept = work.distributions.add(Distribution(
            id=desk.new_id(), document=document.number, item_id=asked.item_id, quantity=moving.quantity, households=households, heads=heads,
            occurred_at=asked.occurred_at or at, recorded_at=at, account_id=desk.who, place=place.strip(), handed_by=handed_by.strip(),
            kept_at=kept_at.strip(), incident_id=asked.incident_id, note=asked.note.strip(), is_exercise=moving.is_exercise))
        return Done(kept, work.commit("hand_out", document=document.number, households=households, heads=heads))


def list_distributions(desk: Desk, *, incident_id: Id | None = None) -> list[Distribution]:
    """Return what was handed out, the newest first."""
    rest, values = ("WHERE incident_id = ? ", (incident_id,)) if incident_id else ("", ())
    with desk.reading() as reading:
        return reading.distributions.where(f"{rest}ORDER BY seq DESC", values)


def handed_out(desk: Desk, *, incident_id: Id | None = None, limit: int = MOST) -> list[HandedOut]:
    """Return what was handed to people, of one incident or of all, the newest first, with its words."""
    desk.may(Act.READ)
    rest, values = ("WHERE incident_id = ? ", (incident_id,)) if incident_id else ("", ())
    with desk.reading() as reading:
        return reading.handed_out(reading.distributions.where(f"{rest}ORDER BY seq DESC LIMIT {int(limit)}", values))


def gift_board(desk: Desk) -> GiftBoard:
    """Return every gift with where it went, and when the list was made public (SDG20 Art. 48)."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return GiftBoard(tuple(reading.gifts()), tuple(reading.donation_publications.where("ORDER BY seq DESC")))


def list_gifts(desk: Desk) -> list[GiftLine]:
    """Return every gift: what came of it, and where it went (SDG20 Art. 48)."""
    with desk.reading() as reading:
        return reading.gifts()


def publish_gifts(desk: Desk, *, place: str, note: str = "") -> Done[DonationPublication]:
    """Note that the list of gifts was made public, and where. Raises FieldMissing."""
    desk.may(Act.PUBLISH_DONATIONS)
    if not place.strip():
        raise FieldMissing(name="published_at_place")
    at = desk.now()
    with desk.open_work() as work:
        lots = work.lots.count("WHERE source = 'donation'")
        made = work.donation_publications.add(DonationPublication(
            id=desk.new_id(), published_at=at, recorded_at=at, account_id=desk.who, place=place.strip(), lots=lots, note=note.strip()))
        return Done(made, work.commit("publish_gifts", place=made.place, lots=lots))


def last_publication(desk: Desk) -> tuple[DonationPublication, ...]:
    """Return when the list was last made public, empty when never."""
    with desk.reading() as reading:
        return tuple(reading.donation_publications.first("ORDER BY seq DESC"))
