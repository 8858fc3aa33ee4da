"""Made-up lots, holdings and promises for the tests of stock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import Holding, Lot, Movement, MovementKind, StockAccount, accounts_of
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import ReserveKind, SupplyPromise

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in the morning in China
RULES = StockRules(alarm_days=(180, 90, 30), count_days=90, hours=(2, 6, 24, 72))
ITEM, SITE, OTHER_SITE = Id("blankets"), Id("depot"), Id("other_depot")


def lot(number: str = "1", *, expires_on: date | None = None, **more: Any) -> Lot:
    return Lot(id=Id(f"lot{number}"), item_id=ITEM, number=number, received_on=TODAY, expires_on=expires_on, **more)


def holding(number: str, free: int, *, expires_on: date | None = None, site: Id = SITE, **more: Any) -> Holding:
    return Holding(lot_id=Id(f"lot{number}"), place_id=site, item_id=ITEM, site_id=site, free=free, expires_on=expires_on, **more)


def agreement(quantity: int, hours: int, **more: Any) -> SupplyPromise:
    return SupplyPromise(id=Id(more.pop("id", "agreement")), kind=ReserveKind.CONTRACT, item_id=ITEM, partner="某商超", quantity=quantity,
                         call_off_hours=hours, **more)


def line(a_day: int, days: int, **more: Any) -> SupplyPromise:
    return SupplyPromise(id=Id(more.pop("id", "line")), kind=ReserveKind.CAPACITY, item_id=ITEM, partner="某厂", units_a_day=a_day,
                         start_up_days=days, **more)


def movement(kind: MovementKind, quantity: int, *, number: int = 1, start: StockAccount | None = None, **more: Any) -> Movement:
    from_account, to_account = accounts_of(kind, start=start)
    inside = (StockAccount.FREE, StockAccount.RESERVED, StockAccount.QUARANTINED)
    return Movement(
        id=Id(f"m{number}"), document=f"S{number}", kind=kind, lot_id=Id("lot1"), item_id=ITEM, quantity=quantity, from_account=from_account,
        to_account=to_account, occurred_at=AT, recorded_at=AT, account_id=Id("keeper"),
        from_place=more.pop("from_place", SITE if from_account in inside else ""), to_place=more.pop("to_place", SITE if to_account in inside
                                                                                                     else ""), **more)
