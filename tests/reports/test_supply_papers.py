"""The papers from request to receipt, read back out of the PDF: every number stands there, and the sums are what their own rows add up to."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.release_orders import Arrived, ToRelease, Transport
from emergency_desk.domain.requisitions import AskedRequisition
from emergency_desk.domain.stock import LotSource
from emergency_desk.domain.supply_requests import AskedLine, AskedSupplies, LineDecision
from emergency_desk.errands.papers import PaperAsked, has_xlsx, read_sheet, set_paper
from emergency_desk.services import giving_out, papers, releases, requisitions, responses, stock, supply_board, supply_requests
from emergency_desk.ui.papers.paper_reading import read_paper
from tests import story
from tests.builders import acting_as
from tests.reports.sheets import paper, text_of
from tests.services.stock_ground import Ground, ground

ORDER_PAPERS = ("release-order", "picking-list", "waybill", "goods-receipt")


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


@pytest.fixture
def flood(shelf: Ground) -> Id:
    made = story.take(acting_as(shelf.desk, "leader"), words="小流域山洪，转移群众").incident.id
    responses.activate_response(shelf.desk, incident_id=made, level=Level.III, matter="山洪", expected_hours=24, measures="转移",
                                decided_by="区长")
    return made


def printed(shelf: Ground, name: str, folder: Path, *, language: str = "zh_CN", about: Id | None = None) -> str:
    sheet = read_sheet(shelf.desk, PaperAsked(name, about_id=about))
    path = folder / f"{name}-{language}.pdf"
    told = set_paper(sheet, path, paper(language))
    assert told.pages >= 1 and not told.missing_characters
    if has_xlsx(sheet):
        set_paper(sheet, path.with_suffix(".xlsx"), paper(language))
        assert path.with_suffix(".xlsx").stat().st_size > 4_000
    return "\n".join(text_of(path))


def asked_and_sent(shelf: Ground, flood: Id) -> Id:
    """Blankets asked by the street, granted, sent in two lots and received in part with a difference."""
    shelf.receive(60, "甲批", days=40, place_id=shelf.bin)
    shelf.receive(90, "乙批", days=400)
    lines = (AskedLine(item_id=shelf.item.id, quantity=100), AskedLine(capability="排水泵", quantity=2, unit="台"))
    request = supply_requests.ask(acting_as(shelf.desk, "street"), asked=AskedSupplies(
        lines=lines, incident_id=flood, site_id=shelf.other, asked_by="街道值班员", phone="0532-55550202")).value
    blankets, pumps = (one.line for one in supply_board.request_view(shelf.desk, request_id=request.id).lines)
    supply_requests.decide(acting_as(shelf.desk, "leader"), request_id=request.id, decided_by="区长", decisions=[
        LineDecision(line_id=blankets.id, grant=100), LineDecision(line_id=pumps.id, refuse=2, reason="本级没有水泵")])
    order = releases.release(shelf.desk, lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=100)], request_id=request.id,
                             approved_by="区长", approved_how="电话").value[0]
    return order.id


def send(shelf: Ground, order_id: Id) -> None:
    acting_as(shelf.desk, "keeper")
    releases.pick(shelf.desk, order_id=order_id, picked_by="管库员", packages=10)
    releases.ship(shelf.desk, order_id=order_id, transport=Transport(vehicle="鲁B12345", driver="孙师傅", driver_phone="0532-55550203"))
    releases.receive(shelf.desk, order_id=order_id, received_by="王主任", reason="雨淋", approved_by="区长", arrived=[
        Arrived(lot_id=shelf.lot("甲批"), good=55, damaged=3, short=2), Arrived(lot_id=shelf.lot("乙批"), good=30)])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_paper_of_an_order_says_whose_goods_go_where(shelf: Ground, flood: Id, tmp_path: Path, language: str) -> None:
    order_id = asked_and_sent(shelf, flood)
    for name in ("waybill", "goods-receipt"):
        with pytest.raises(NothingToPrint):
            printed(shelf, name, tmp_path)
    picking = printed(shelf, "picking-list", tmp_path, language=language)
    assert "A-03" in picking and "甲批" in picking and "60" in picking
    send(shelf, order_id)
    for name in ORDER_PAPERS:
        text = printed(shelf, name, tmp_path, language=language)
        assert "990101-2026-L0001" in text and "甲批" in text and "乙批" in text and "区救灾物资库" in text
    waybill = printed(shelf, "waybill", tmp_path, language=language)
    assert "鲁B12345" in waybill and "孙师傅" in waybill


def test_the_sums_of_a_receipt_are_its_rows_added_up(shelf: Ground, flood: Id, tmp_path: Path) -> None:
    send(shelf, asked_and_sent(shelf, flood))
    text = printed(shelf, "goods-receipt", tmp_path)
    assert "雨淋" in text and "王主任" in text
    cells = [int(line) for line in text.splitlines() if line.isdigit()]  # the text of a table comes column by column, two lots in each
    sums = next(line for line in text.splitlines() if line.startswith("合计")).split()[1:]
    assert [sum(pair) for pair in zip(cells[::2], cells[1::2], strict=True)] == [int(each) for each in sums] == [100, 85, 3, 2, 0, 10]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_request_says_what_was_granted_and_why_the_rest_was_not(shelf: Ground, flood: Id, tmp_path: Path, language: str) -> None:
    asked_and_sent(shelf, flood)
    text = printed(shelf, "supply-request", tmp_path, language=language)
    assert "990101-2026-Q0001" in text and "排水泵" in text and "本级没有水泵" in text and "街道值班员" in text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_requisition_notice_names_owner_thing_and_articles(shelf: Ground, flood: Id, tmp_path: Path, language: str) -> None:
    made = requisitions.requisition(shelf.desk, asked=AskedRequisition(
        incident_id=flood, what="挖掘机", quantity=2, unit="台", owner="演练工程队", owner_address="演练路1号", decided_by="区长", purpose="清淤",
        is_post_hoc=True)).value
    text = printed(shelf, "requisition-notice", tmp_path, language=language)
    articles = ("第十二条", "第四十一条", "第七十六条") if language == "zh_CN" else ("Art. 12", "Art. 41", "Art. 76")
    assert made.number in text and "演练工程队" in text and "挖掘机" in text and all(each in text.replace("\n", "") for each in articles)


def test_a_distribution_list_has_room_to_sign_and_names_nobody(shelf: Ground, flood: Id, tmp_path: Path) -> None:
    shelf.receive(50)
    stock.issue(acting_as(shelf.desk, "keeper"), asked=shelf.asked(40, incident_id=flood))
    text = printed(shelf, "distribution-list", tmp_path, about=flood)
    assert "毛毯 40 条" in text and "\n25" in text


def test_the_papers_of_goods_stand_among_those_of_their_incident(shelf: Ground, flood: Id) -> None:
    order_id = asked_and_sent(shelf, flood)

    def goods() -> list[str]:
        of_goods = {"supply-request", "release-order", "waybill", "goods-receipt", "distribution-list", "requisition-notice"}
        return [line.kind.value for line in papers.papers_of(shelf.desk, incident_id=flood) if line.kind.value in of_goods]

    assert goods() == ["supply-request", "release-order"]
    send(shelf, order_id)
    stock.issue(shelf.desk, asked=shelf.asked(10, incident_id=flood))
    assert goods() == ["supply-request", "release-order", "waybill", "goods-receipt", "distribution-list"]
    for line in papers.papers_of(shelf.desk, incident_id=flood):
        assert read_paper(shelf.desk, PaperAsked(line.kind.value, about_id=line.id)).papers


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_list_of_gifts_says_where_all_of_each_gift_is(shelf: Ground, flood: Id, tmp_path: Path, language: str) -> None:
    with pytest.raises(NothingToPrint):
        printed(shelf, "gift-list", tmp_path)
    shelf.receive(100, "赠-1", source=LotSource.DONATION, supplier="某基金会", days=30)
    stock.issue(shelf.desk, asked=shelf.asked(60, incident_id=flood))
    stock.consume(shelf.desk, asked=shelf.asked(5, incident_id=flood))
    giving_out.publish_gifts(shelf.desk, place="区政府网站")
    text = printed(shelf, "gift-list", tmp_path, language=language)
    row = next(line for line in text.splitlines() if "某基金会" in line).split()
    received, *parts = (int(word) for word in row[-7:])
    assert received == sum(parts) == 100 and parts == [40, 0, 55, 0, 5, 0] and "区政府网站" in text
