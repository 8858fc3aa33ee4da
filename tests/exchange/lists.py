"""Builders for made-up foreign lists and for what a desk knows when it reads them."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.ids import Id
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.row_sorting import Known
from emergency_desk.exchange.tables import Table

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
CITY, SHINAN, SHIBEI, STREET = Id("city"), Id("shinan"), Id("shibei"), Id("street")

CAPABILITIES = (
    Capability(id="water_rescue", name=Text("水上救援", "Water rescue"), words=("水域", "boat")),
    Capability(id="diving", name=Text("潜水救援", "Diving")),
    Capability(id="medical", name=Text("医疗急救", "Medical care"), words=("急救",)),
)


def known() -> Known:
    areas = (
        Area(CITY, "青岛市", Tier.CITY, code="370200", name_en="Qingdao", latitude=36.07, longitude=120.38),
        Area(SHINAN, "市南区", Tier.DISTRICT, CITY, code="370202", name_en="Shinan", latitude=36.06, longitude=120.41),
        Area(SHIBEI, "市北区", Tier.DISTRICT, CITY, code="370203", name_en="Shibei"),
        Area(STREET, "八大关街道", Tier.STREET, SHINAN, code="370202003"),
    )
    return Known(areas, CITY, CAPABILITIES)


def table(headers: str, *rows: str, name: str = "list.csv") -> Table:
    """Build a table from lines of cells between bars."""
    cells = [tuple(cell.strip() for cell in row.split("|")) for row in (headers, *rows)]
    return Table(name, cells[0], tuple(cells[1:]), tuple(range(2, len(cells) + 1)))
