"""Whom a plan means by a name: the nearest unit of the register that is called so."""

from __future__ import annotations

import pytest

from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.units import Unit, UnitKind, find_unit

CITY, DISTRICT, ELSEWHERE = Id("a"), Id("b"), Id("c")
PATH = [Area(id=CITY, name="江州市", tier=Tier.CITY), Area(id=DISTRICT, name="北河区", tier=Tier.DISTRICT, parent_id=CITY)]


def unit(name: str, area: Id | None, phone: str) -> Unit:
    return Unit(id=Id(name + phone), kind=UnitKind.DEPARTMENT, name=name, area_id=area, duty_phone=phone)


UNITS = [unit("卫生健康部门（示例）", CITY, "1"), unit("北河区卫生健康部门（示例）", DISTRICT, "2"), unit("南山区卫生健康部门", ELSEWHERE, "3"),
         unit("公安部门", CITY, "4"), unit("省地震台", ELSEWHERE, "5"), unit("供水公司", None, "6")]


@pytest.mark.parametrize(("name", "phone"), [
    ("卫生健康部门", "2"),  # the district's own before the city's
    ("卫生健康部门（示例）", "2"),
    ("公安部门", "4"),  # the district has none of its own
    ("供水公司", "6"),
    ("省地震台", "5"),  # from elsewhere, by its whole name
    ("地震台", None), ("部门", None), ("南山区卫生健康部门（示例）", None),
])
def test_the_nearest_unit_of_a_name_is_meant(name: str, phone: str | None) -> None:
    for order in (UNITS, UNITS[::-1]):
        found = find_unit(name, order, PATH)
        assert (found.duty_phone if found else None) == phone
