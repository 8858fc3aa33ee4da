"""A small stock with everything a paper has to tell: two units, three kinds of reserve, two depots, dates of all sorts, prices and targets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_acts import Asked, Receipt
from emergency_desk.domain.supplies import ReserveKind, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.services import stock, supplies
from tests.builders import DISTRICT, STREET
from tests.services.stock_ground import Ground, ground


def stocked(folder: Path, *, account: str = "keeper") -> Ground:
    """Return the ground with blankets, quilts (both counted in pieces) and water (in bottles)."""
    g = ground(folder, account=account)
    quilt = supplies.keep_item(g.desk, item=SupplyItem(id=Id(""), code="1110203", name="棉被", name_en="Quilt", unit="条")).value.id
    water = supplies.keep_item(g.desk, item=SupplyItem(id=Id(""), code="1100401", name="饮用水", name_en="Water", unit="瓶")).value.id
    g.receive(1_200, "B1", price_fen=4_550, produced_on=g.today - timedelta(days=900), days=180)
    g.receive(340, "B2", days=20, price_fen=4_000, site_id=g.other)
    g.receive(55, "B3", days=5)
    g.receive(700, "Q1", item_id=quilt, price_fen=9_900)
    g.receive(2_405, "W1", item_id=water, days=120, price_fen=120, produced_on=g.today - timedelta(days=30))
    g.receive(96, "W2", item_id=water, days=400, site_id=g.other)
    g.clock.forward(6 * 24 * 60)  # B3 is expired now
    stock.quarantine(g.desk, asked=g.asked(30, lot_id=g.lot("B1"), reason="潮"))
    stock.reserve(g.desk, asked=g.asked(100))
    stock.issue(g.desk, asked=g.asked(200))
    stock.relocate(g.desk, asked=Asked(item_id=water, site_id=g.depot, quantity=405, lot_id=None), to_site_id=g.other)
    for kind, count in ((ReserveKind.CONTRACT, {"quantity": 500, "call_off_hours": 12}), (ReserveKind.CAPACITY, {"units_a_day": 80})):
        supplies.keep_promise(g.desk, promise=SupplyPromise(
            id=Id(""), kind=kind, item_id=g.item.id, partner=f"甲厂 {kind.value[-5:]}", area_id=DISTRICT, **count))
    for kind, area, least, wanted in ((ReserveKind.PHYSICAL, DISTRICT, 1_000, 2_000), (ReserveKind.PHYSICAL, STREET, 400, 500),
                                      (ReserveKind.CONTRACT, DISTRICT, 600, 800), (ReserveKind.CAPACITY, DISTRICT, 10, 20)):
        supplies.keep_target(g.desk, target=StockTarget(id=Id(""), item_id=g.item.id, kind=kind, minimum=least, target=wanted, area_id=area))
    return g


def receipt(g: Ground, number: str, quantity: int) -> Receipt:
    """Return one more lot of blankets."""
    return Receipt(item_id=g.item.id, site_id=g.depot, quantity=quantity, lot_number=number)
