"""Lists of stock come in through the ledger and by its rules; what may not stand comes back with its reason, and what leaves returns alike."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from emergency_desk.domain.errors import BadFile, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import RowReason
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock import Inspection, LotSource
from emergency_desk.domain.supplies import Depot, DepotKind, PackUnit, ReserveKind, ReserveOwner, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.errands import exports, imports
from emergency_desk.errands.imports import Preview
from emergency_desk.exchange.table_files import TableFormat
from emergency_desk.services import integrity, stock, stock_lists, supplies, units
from emergency_desk.services.desk import Desk
from emergency_desk.wording.import_reasons import row_reasons
from tests.builders import STREET, acting_as
from tests.services.stock_ground import Ground, ground

SHARED_NAMES = Path(__file__).resolve().parents[3] / "shared" / "data" / "names" / "real_place_names_stress.csv"
HEADERS = ("仓库", "货位", "物资名称", "物资编码", "批号", "数量", "单位", "生产日期", "有效期至", "来源", "单价（元）", "检验状态", "备注")


def listed(path: Path, rows: list[tuple[str, ...]], *, headers: tuple[str, ...] = HEADERS, encoding: str = "gb18030") -> Path:
    with path.open("w", encoding=encoding, newline="") as text:
        csv.writer(text).writerows([headers, *rows])
    return path


def lot(**told: str) -> tuple[str, ...]:
    """Return a row of lots; what is not told is a sound blanket."""
    row = dict.fromkeys(HEADERS, "") | {"仓库": "区救灾物资库", "物资名称": "毛毯", "批号": "B1", "数量": "120"}
    return tuple((row | told).values())


def look(at: Ground, rows: list[tuple[str, ...]], folder: Path, **more: Any) -> Preview:
    return imports.preview(at.desk, kind="lots", path=listed(folder / "lots.csv", rows, **more))


def reasons(preview: Preview) -> list[tuple[int, str]]:
    return [(row.line, row_reasons(row.reasons)) for row in preview.bad]


# -- the books are opened ---------------------------------------------------------------------------------------------
def test_a_list_of_lots_opens_the_books_through_the_ledger(tmp_path: Path) -> None:
    at = ground(tmp_path)
    preview = look(at, [
        lot(批号="B1", 数量="3包5条", 货位="A-03", 生产日期="2026年3月1日", 有效期至="2036/3/1", 来源="政府采购", 检验状态="合格",
            **{"单价（元）": "¥45.50"}),
        lot(批号="B2", 数量="1,200", 仓库="街道储备点", 货位="C-1", 生产日期="20260301", 有效期至="1.3.2031", 来源="社会捐赠"),
        lot(批号="B3", 数量="2", 单位="包", 物资名称="", 物资编码="1110202", 生产日期="令和8年1月5日", 检验状态="不合格", 备注="受潮"),
    ], tmp_path)
    assert not preview.bad, reasons(preview)
    taken = imports.take(at.desk, preview)
    assert taken.value == 3
    assert at.there() == (35, 0, 20)  # what failed its inspection stands in quarantine
    assert at.there(at.other) == (1_200, 0, 0)
    with at.desk.reading() as reading:
        first, second, third = (reading.lots.get(at.lot(number)) for number in ("B1", "B2", "B3"))
        moves = reading.movements.where("ORDER BY seq")
    assert (first.produced_on, first.expires_on, first.source, first.price_fen, first.inspection) == (
        date(2026, 3, 1), date(2036, 3, 1), LotSource.PURCHASE, 4_550, Inspection.PASSED)
    assert (second.expires_on, second.source, third.produced_on) == (date(2031, 3, 1), LotSource.DONATION, date(2026, 1, 5))
    assert [(one.kind.value, one.quantity, one.reason) for one in moves] == [
        ("opening_entry", 35, ""), ("opening_entry", 1_200, ""), ("opening_entry", 20, ""), ("quarantine", 20, "受潮")]
    assert len({one.document for one in moves}) == 1
    assert at.is_sound()
    document = stock.issue(at.desk, asked=at.asked(30)).value  # and the goods can be used
    assert [one.lot_id for one in document.movements] == [first.id]
    assert at.is_sound()


def test_one_lot_in_two_bins_is_one_lot(tmp_path: Path) -> None:
    at = ground(tmp_path)
    preview = look(at, [lot(货位="A-03"), lot(货位="新区-01", 数量="30"), lot(货位="", 数量="1")], tmp_path)
    imports.take(at.desk, preview)
    with at.desk.reading() as reading:
        assert reading.lots.count() == 1
        assert {(place.zone, place.bin) for place in reading.stock_places.where("WHERE site_id = ?", (at.depot,))} == {
            ("", ""), ("A", "03"), ("新区", "01")}
        assert [reading.balances.at_place(at.lot(), at.bin)] != [None]
    assert at.there() == (151, 0, 0)
    assert at.is_sound()


@pytest.mark.parametrize(("told", "reason"), [
    ({"数量": "-5"}, "\"Quantity\" cannot be -5. It lies within 1-1000000000."),
    ({"数量": "0"}, "\"Quantity\" cannot be 0."),
    ({"数量": "99999999999999"}, "It lies within 1-1000000000."),
    ({"数量": "9" * 70}, "Quantity"),
    ({"数量": "约一百"}, "Quantity"),
    ({"数量": ""}, "Quantity"),
    ({"数量": "12.5"}, "Quantity"),
    ({"数量": "3箱"}, "the item is not counted in \"箱\". It is counted in 条, 包."),
    ({"生产日期": "2026-05-01", "有效期至": "2026-04-30"}, "before the goods were produced on"),
    ({"有效期至": "2027-02-30"}, "\"2027-02-30\" is no date."),
    ({"生产日期": "2099-01-01"}, "and today is"),
    ({"物资名称": "不存在的物资"}, "\"不存在的物资\" is no item of this desk."),
    ({"物资名称": ""}, "Neither the name nor the code"),
    ({"仓库": "火星库"}, "\"火星库\" is no depot of this desk."),
    ({"批号": ""}, "Number"),
    ({"来源": "天上掉的"}, "\"天上掉的\" is not understood. Write one of:"),
    ({"单价（元）": "-3"}, "Price"),
    ({"单价（元）": "10元/包"}, ""),
])
def test_what_may_not_stand_comes_back_with_its_reason(tmp_path: Path, told: dict[str, str], reason: str) -> None:
    at = ground(tmp_path)
    preview = look(at, [lot(批号="GOOD", 数量="1包"), lot(**told)], tmp_path)
    if reason:
        assert [row.line for row in preview.bad] == [3]
        assert reason in reasons(preview)[0][1], reasons(preview)
    taken = imports.take(at.desk, preview)
    assert taken.value == (1 if reason else 2)
    assert at.is_sound()
    if reason:
        assert taken.bad_rows_path is not None
        assert told.get("数量", "")[:20] in taken.bad_rows_path.read_text(encoding="gb18030")


def test_a_lot_stands_only_once(tmp_path: Path) -> None:
    at = ground(tmp_path)
    at.receive(5, "OLD")
    preview = look(at, [lot(), lot(), lot(货位="A-03", 有效期至="2030-01-01"), lot(批号="OLD")], tmp_path)
    assert [draft.line for draft in preview.good] == [2]
    assert [line for line, _why in reasons(preview)] == [3, 4, 5]
    assert "stands at this place in line 2 already" in reasons(preview)[0][1]
    assert "this lot stands in the books with - , not 2030-01-01".replace("- ,", "-,") in reasons(preview)[1][1]
    assert "Lot OLD of \"毛毯\" is in the books already." in reasons(preview)[2][1]
    imports.take(at.desk, preview)
    assert [row.reasons[0].id for row in look(at, [lot()], tmp_path).bad] == [RowReason.LOT_REGISTERED]


def test_mended_rows_are_taken_afterwards(tmp_path: Path) -> None:
    at = ground(tmp_path)
    taken = imports.take(at.desk, look(at, [lot(批号="A"), lot(批号="B", 数量="3箱")], tmp_path))
    assert taken.bad_rows_path is not None
    mended = tmp_path / "mended.csv"
    mended.write_bytes(taken.bad_rows_path.read_bytes().replace("3箱".encode("gb18030"), "3包".encode("gb18030")))
    assert imports.take(at.desk, imports.preview(at.desk, kind="lots", path=mended)).value == 1
    assert at.there() == (150, 0, 0)


def test_only_who_keeps_stock_may_open_the_books(tmp_path: Path) -> None:
    at = ground(tmp_path)
    preview = look(at, [lot()], tmp_path)
    with pytest.raises(RoleMissing):
        imports.take(acting_as(at.desk, "planner"), preview)
    assert at.there() == (0, 0, 0)


def test_a_drill_changes_no_balance(tmp_path: Path) -> None:
    at = ground(tmp_path)
    preview = look(at, [lot()], tmp_path)
    imports.take(replace_exercise(at.desk), preview)
    assert at.there() == (0, 0, 0)
    assert at.is_sound()


def replace_exercise(desk: Desk) -> Desk:
    desk.is_exercise = True
    return desk


# -- the register of stock --------------------------------------------------------------------------------------------
def test_items_depots_promises_and_targets_come_in(tmp_path: Path) -> None:
    at = ground(tmp_path)
    lists = {
        "supply_items": (("品名", "编码", "单位", "包装", "保质期"), [
            ("饮用水", "WZ-01", "瓶", "箱=24；托×960瓶", "2年"), ("坏包装", "x-2", "瓶", "箱=1", ""), ("无单位", "x-3", "", "", ""),
            ("假编码", "9999999", "件", "", "")]),
        "depots": (("仓库名称", "仓库类型", "所属街道", "保管员", "24小时电话", "装卸平台", "代储单位"), [
            ("北库", "代储库", "东台街道", "张三", "0532-81111111", "2", "区应急局"), ("南库", "代储库", "东台街道", "李四", "", "", "")]),
        "supply_promises": (("协议单位", "物资名称", "数量", "到货时限", "日产能", "转产天数", "有效期至"), [
            ("利群集团", "毛毯", "50包", "2天", "", "", "2027-12-31"), ("织造厂", "毛毯", "", "", "300条", "3天", ""),
            ("空手套", "毛毯", "", "", "", "", "")]),
        "stock_targets": (("物资", "最低储备量", "目标储备量", "仓库"), [("毛毯", "10包", "300", ""), ("毛毯", "200", "100", "区救灾物资库")]),
    }
    bad: dict[str, list[str]] = {}
    for kind, (headers, rows) in lists.items():
        preview = imports.preview(at.desk, kind=kind, path=listed(tmp_path / f"{kind}.csv", rows, headers=headers))
        bad[kind] = [row.cells[0] for row in preview.bad]
        imports.take(at.desk, preview)
        again = imports.preview(at.desk, kind=kind, path=tmp_path / f"{kind}.csv")
        assert not again.good, kind
    assert bad == {"supply_items": ["坏包装", "无单位", "假编码"], "depots": ["南库"], "supply_promises": ["空手套"], "stock_targets": ["毛毯"]}
    water = next(item for item in supplies.list_items(at.desk) if item.name == "饮用水")
    assert (water.code, water.packs, water.shelf_months) == ("x-WZ-01", (PackUnit("箱", 24), PackUnit("托", 960)), 24)
    north = next(one for one in supplies.list_depots(at.desk) if one.site.name == "北库")
    assert (north.depot.kind, north.depot.keeper, north.depot.phone, north.depot.docks, north.site.area_id) == (
        DepotKind.CONSIGNED, "张三", "0532-81111111", 2, STREET)
    assert {(one.partner, one.kind, one.quantity, one.call_off_hours, one.units_a_day, one.start_up_days)
            for one in supplies.list_promises(at.desk)} == {
        ("利群集团", ReserveKind.CONTRACT, 500, 48, 0, 0), ("织造厂", ReserveKind.CAPACITY, 0, 0, 300, 3)}
    assert [(one.minimum, one.target, one.area_id) for one in supplies.list_targets(at.desk, item_id=at.item.id)] == [
        (100, 300, at.desk.area_id)]
    preview = look(at, [lot(仓库="北库", 物资名称="饮用水", 物资编码="WZ-01", 数量="2托")], tmp_path)
    assert imports.take(at.desk, preview).value == 1
    assert integrity.check(at.desk).is_sound


# -- out and in again -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("as_", "ending"), [(TableFormat.XLSX, ".xlsx"), (TableFormat.CSV_UTF8, ".csv"), (TableFormat.CSV_GB18030, ".csv")])
def test_what_leaves_comes_back_alike(tmp_path: Path, as_: TableFormat, ending: str) -> None:
    names = shared_names()
    at = full_stock(tmp_path / "one", names)
    (tmp_path / "two").mkdir()
    other = ground(tmp_path / "two")
    for kind in ("supply_items", "depots", "lots", "supply_promises", "stock_targets"):
        path = tmp_path / f"{kind}{ending}"
        exports.export(at.desk, kind=kind, path=path, as_=as_)
        assert not formulas(path), kind
        preview = imports.preview(other.desk, kind=kind, path=path)
        held = {"supply_items": 1, "depots": 2}.get(kind, 0)  # what both grounds have
        assert len(preview.bad) == held, (kind, reasons(preview)[:3])
        imports.take(other.desk, preview, folder=tmp_path)
        back = tmp_path / f"back-{kind}{ending}"
        exports.export(other.desk, kind=kind, path=back, as_=as_)
        assert sorted(rows_of(back)) == sorted(rows_of(path)), kind
    assert integrity.check(other.desk).is_sound
    told = exports.export(at.desk, kind="stock_movements", path=tmp_path / f"moves{ending}", as_=as_)
    assert told.rows == len(names) + 4


def full_stock(folder: Path, names: list[str]) -> Ground:
    """Return a stock with hard names, formulas in texts, a lot in two bins, one in quarantine, and every kind of promise and target."""
    folder.mkdir()
    at = ground(folder)
    for number, name in enumerate(names):
        item = supplies.keep_item(at.desk, item=SupplyItem(
            Id(""), f"x-{number}", name, "件", name_en="=1+1" if number % 2 else "", specification="@规格" if number % 3 else "",
            packs=(PackUnit("箱", 12),) if number % 2 else (), shelf_months=number or None, note="+86\n第二行")).value
        at.receive(number + 1, f"L{number}", days=400 + number, item_id=item.id, supplier="-供应商", price_fen=101 + number, note="=SUM(A1)")
    at.receive(7, "B9", days=900)
    at.receive(8, "B9", days=900, place_id=at.bin)
    at.receive(40, "Q1", site_id=at.other)
    stock.quarantine(at.desk, asked=at.asked(15, site_id=at.other, lot_id=at.lot("Q1"), reason="受潮"))
    for promise in (SupplyPromise(Id(""), ReserveKind.CONTRACT, at.item.id, "@利群", number="=X1", quantity=50, call_off_hours=48,
                                  signed_on=date(2026, 1, 1), valid_until=date(2027, 1, 1), terms="多行\n条款", area_id=STREET),
                    SupplyPromise(Id(""), ReserveKind.CAPACITY, at.item.id, "织造厂", units_a_day=300, start_up_days=3)):
        supplies.keep_promise(at.desk, promise=promise)
    for target in (StockTarget(Id(""), at.item.id, ReserveKind.PHYSICAL, 10, 20, area_id=STREET, most=30, basis="-依据"),
                   StockTarget(Id(""), at.item.id, ReserveKind.CONTRACT, 1, 2, site_id=at.other)):
        supplies.keep_target(at.desk, target=target)
    north = Site(Id(""), SiteKind.LOGISTICS, "=北库", STREET, address="@路1号", note="+多行\n注")
    site = units.keep_site(acting_as(at.desk, "leader"), site=north).value
    supplies.keep_depot(at.desk, depot=Depot(
        site.id, DepotKind.LOGISTICS, ReserveOwner.SOCIETY, keeper="-张三", phone="0532-80000002", kept_for="=A1", docks=2, forklifts=0,
        largest_truck_tonnes=30, loading_minutes=20, loading_note="@侧门", counted_on=at.today - timedelta(days=3)))
    return at


def shared_names() -> list[str]:
    """Return names with rare characters, forty characters long and shorter, among as many plain ones as a list has."""
    plain = (f"试城市北河区第{place}应急物资储备仓库专用" for place in "一二三四五六")
    hard = ["𠀀" * 40, "䶮㳇" * 20, "'=引号", "-减号", "八五〇农场专用帐篷", *plain]
    if SHARED_NAMES.exists():
        with SHARED_NAMES.open(encoding="utf-8-sig", newline="") as text:
            hard += [row[1] for row in list(csv.reader(text))[1:]]
    return list(dict.fromkeys(name.strip() for name in hard))


def rows_of(path: Path) -> list[tuple[str, ...]]:
    from emergency_desk.exchange.tables import read_table

    return [tuple(row) for row in read_table(path).rows]


def formulas(path: Path) -> bool:
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return any(b"<f>" in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/"))
    content = path.read_bytes()
    with path.open(encoding="utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030", newline="") as text:
        return any(cell[:1] in tuple("=+-@") and not cell.lstrip("+-").replace(".", "").isdigit() for row in csv.reader(text) for cell in row)


# -- made to do harm --------------------------------------------------------------------------------------------------
def test_a_hostile_sheet_of_lots_is_refused_and_the_desk_lives(tmp_path: Path) -> None:
    at = ground(tmp_path)
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADERS)
        page.write_string(1_048_575, 16_383, "x")
    with pytest.raises(BadFile):
        imports.preview(at.desk, kind="lots", path=path)
    assert stock_lists.stock_alarms(at.desk) is not None


def test_formulas_in_a_workbook_are_values_or_come_back(tmp_path: Path) -> None:
    at = ground(tmp_path)
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADERS)
        page.write_row(1, 0, lot(批号="F1"))
        page.write_formula(1, HEADERS.index("数量"), "=60*2", None, 120)
        page.write_row(2, 0, lot(批号="F2"))
        page.write_formula(2, HEADERS.index("数量"), "='[else.xlsx]Sheet1'!A1", None, "#REF!")
    preview = imports.preview(at.desk, kind="lots", path=path)
    assert [(draft.line, draft.record.quantity) for draft in preview.good] == [(2, 120)]  # type: ignore[union-attr]
    assert [row.line for row in preview.bad] == [3]
