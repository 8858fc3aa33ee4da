"""Required against held: what a standard asks for beside what a depot may issue or a team keeps; another unit is named and not counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.equipment import HeldStand
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.domain.teams import Equipment
from emergency_desk.errands import papers
from emergency_desk.services import equipment, register, stock, supplies
from tests.builders import acting_as, team
from tests.reports.sheets import FONTS, text_of
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


def stocked(shelf: Ground, name: str, unit: str, quantity: int, *, code: str = "", days: int | None = None) -> None:
    item = supplies.keep_item(shelf.desk, item=SupplyItem(id=Id(""), code=code or f"x-{name}", name=name, unit=unit)).value
    shelf.receive(quantity, f"L{name}", days=days, item_id=item.id)


def stands(shelf: Ground, holder: Id) -> dict[str, tuple[HeldStand, int, int]]:
    board = equipment.required_against_held(shelf.desk, holder_id=holder)
    return {one.line.name.zh: (one.stand, one.held, one.missing) for one in board.lines}


def test_a_depot_is_held_against_the_standard_by_code_by_name_and_by_unit(shelf: Ground) -> None:
    stocked(shelf, "正压式空气呼吸器", "套", 3, code="2010101")
    stocked(shelf, "气体检测仪", "台", 1)
    stocked(shelf, "65 毫米水带", "盘", 6)
    stocked(shelf, "吸油毡", "千克", 250, days=400)
    found = stands(shelf, shelf.depot)
    assert found["正压式空气呼吸器"] == (HeldStand.MET, 3, 0)
    assert found["气体检测仪"] == (HeldStand.SHORT, 1, 1)
    assert found["消防水带"] == (HeldStand.OTHER_UNIT, 0, 50)
    assert found["吸附材料"] == (HeldStand.MET, 250, 0)
    assert found["化学防护服"] == (HeldStand.NOTHING, 0, 2)


def test_only_what_may_be_issued_counts(shelf: Ground) -> None:
    stocked(shelf, "吸油毡", "千克", 250, days=2)
    stocked(shelf, "气体检测仪", "台", 2)
    with shelf.desk.reading() as reading:
        gas = reading.lots.where("WHERE number = 'L气体检测仪'")[0]
    stock.quarantine(shelf.desk, asked=shelf.asked(1, item_id=gas.item_id, lot_id=gas.id, reason="待检"))
    shelf.clock.forward(3 * 24 * 60)
    found = stands(shelf, shelf.depot)
    assert (found["吸附材料"][1], found["气体检测仪"][1]) == (0, 1)


def test_a_team_is_held_against_what_it_keeps(shelf: Ground) -> None:
    kept = register.add_team(acting_as(shelf.desk, "leader"), team=team(77, "化工厂救援队", equipment=(
        Equipment("空气呼吸器", 2, "套"), Equipment("轻型防化服", 1, "套"), Equipment("水带", 60, "米")))).value
    found = stands(shelf, kept.id)
    assert found["正压式空气呼吸器"][0] is HeldStand.MET and found["化学防护服"] == (HeldStand.SHORT, 1, 1)
    assert found["消防水带"] == (HeldStand.MET, 60, 0)


def test_the_standard_names_its_source_and_says_that_it_is_an_excerpt(shelf: Ground) -> None:
    standard = equipment.list_standards(shelf.desk)[0]
    assert standard.basis.source == "GB30077" and not standard.is_whole
    assert [(one.least, one.units[0]) for one in standard.lines] == [(2, "套"), (2, "套"), (2, "台"), (50, "米"), (200, "千克"), (1, "套")]
    with pytest.raises(NotFound):
        equipment.required_against_held(shelf.desk, standard_id="none", holder_id=shelf.depot)


def test_the_paper_tells_what_is_missing(shelf: Ground, tmp_path: Path) -> None:
    stocked(shelf, "气体检测仪", "台", 1)
    for language, words in (("zh_CN", ("配备标准对照", "区救灾物资库", "气体检测仪", "数量不足", "摘录", "缺口", "实有物资")),
                            ("en", ("Gas detectors", "too few", "excerpt"))):
        path = tmp_path / f"{language}.pdf"
        papers.write_paper(shelf.desk, "equipment", out=path, language=language, fonts=FONTS)
        text = "\n".join(text_of(path))
        assert all(word in text for word in words), text
        assert "失联" not in text, "goods are short, nobody is missing"
    papers.write_paper(shelf.desk, "equipment", out=tmp_path / "e.xlsx", language="en", fonts=FONTS)
