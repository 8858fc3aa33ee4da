"""The papers of shelters, read back out of the PDF in both languages: every fact stands there, and every sum is what its own rows add up to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import NothingToPrint, RoleMissing
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
from emergency_desk.domain.shelter_foresight import UseKind
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson
from emergency_desk.domain.shelters import Inspected, LeftTo, Need, SafetyCheck, Shelter, ShelterOpening, ShelterState, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock_acts import Receipt
from emergency_desk.domain.supplies import Depot, DepotKind, SupplyItem
from emergency_desk.errands import shelter_paper_rows as rows
from emergency_desk.errands.papers import PaperAsked, has_docx, has_xlsx, read_sheet, set_paper
from emergency_desk.exchange.workbooks import read_rows
from emergency_desk.services import (
    evacuation,
    founding,
    missing_people,
    people_papers,
    shelter_foresight,
    shelter_people,
    shelters,
    stock,
    supplies,
)
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import FAR_STREET, OTHER_STREET, STREET, SetClock, acting_as, make_desk
from tests.reports.sheets import closed_up, paper, text_of
from tests.reports.table_text import figures_of

GYM, HALL, PARK = Id("1" * 31 + "a"), Id("1" * 31 + "b"), Id("1" * 31 + "c")
LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    desk = make_desk(tmp_path, clock=clock)
    founding.fill(desk, teams=(), sites=[
        Site(id=GYM, kind=SiteKind.SHELTER, name="中学体育馆", name_en="School Gym", area_id=STREET, effective_area_m2=1600, address="学校路1号",
             phone="0532-8000-0001", latitude=36.08, longitude=120.36),
        Site(id=HALL, kind=SiteKind.SHELTER, name="文体中心", name_en="Culture Hall", area_id=STREET, effective_area_m2=700, address="文化路2号",
             latitude=36.09, longitude=120.37),
        Site(id=PARK, kind=SiteKind.SHELTER, name="公园", name_en="Park", area_id=OTHER_STREET, address="公园路3号", latitude=36.10,
             longitude=120.39)])
    for site in (GYM, HALL, PARK):
        shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(
            site, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1), keeper="馆长", hazards=("building_fire",),
            stated_capacity=50 if site == PARK else None, vulnerable_fit=site == GYM))
    return acting_as(desk, "officer")


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(desk, story.FIRE_ONE).incident


def open_it(desk: Desk, incident: Incident, shelter: Id, **other: object) -> ShelterOpening:
    return shelters.open_shelter(desk, asked=AskedOpening(**{  # type: ignore[arg-type]
        "shelter_id": shelter, "incident_id": incident.id, "approved_by": "区长 赵某", "stay": Stay.FIFTEEN_DAYS,
        "expected_until": desk.now() + timedelta(days=3), "responsible": "王馆长", "responsible_phone": "0532-8000-0009", "receives": (STREET,),
        "checks": tuple(SafetyCheck), "supplies_at": desk.now() + timedelta(minutes=90), "notice_route": "沿学校路向东300米", **other})).value


def count(desk: Desk, opening: ShelterOpening, heads: int, **other: int) -> None:
    shelters.count_heads(desk, asked=AskedCount(opening_id=opening.id, heads=heads, **other))


@pytest.fixture
def night(desk: Desk, incident: Incident, clock: SetClock) -> tuple[ShelterOpening, ShelterOpening, ShelterOpening]:
    """Three shelters with people in them, the third fuller than it should be, and two groups to be moved."""
    made = open_it(desk, incident, GYM), open_it(desk, incident, HALL), open_it(desk, incident, PARK)
    clock.forward(60)
    for opening, heads in zip(made, (100, 60, 20), strict=True):
        count(desk, opening, heads, arrived=heads)
    clock.forward(120)
    count(desk, made[0], 392, arrived=292, left=0, vulnerable=41, meals=392)
    count(desk, made[1], 120, arrived=60, vulnerable=9)
    count(desk, made[2], 57, arrived=40, left=3, meals=60)
    for name, area, people, vulnerable in (("张家河", STREET, 126, 21), ("工地板房", STREET, 180, 0), ("港东低洼片", FAR_STREET, 340, 60)):
        group = evacuation.order_evacuation(desk, incident_id=incident.id, area_id=area, name=name, to_move=people, vulnerable=vulnerable,
                                            lead="网格员李某", lead_phone="139", shelter_id=GYM).value
        evacuation.mark(desk, group_id=group.id, kind=Placed.IN_SHELTER, people=people // 2)
        evacuation.mark(desk, group_id=group.id, kind=Placed.WITH_RELATIVES, people=10)
    return made


def printed(desk: Desk, name: str, folder: Path, language: str, **asked: object) -> Path:
    """Set a paper in every form it has; returns the PDF."""
    sheet = read_sheet(desk, PaperAsked(name, **asked))  # type: ignore[arg-type]
    path = folder / f"{name}-{language}.pdf"
    told = set_paper(sheet, path, paper(language))
    assert told.pages >= 1 and not told.missing_characters
    if has_xlsx(sheet):
        set_paper(sheet, path.with_suffix(".xlsx"), paper(language))
    if has_docx(sheet):
        set_paper(sheet, path.with_suffix(".docx"), paper(language))
    return path


def said(path: Path) -> str:
    return closed_up("".join(text_of(path)))


def figures(path: Path) -> list[tuple[str, list[int]]]:
    """Return the lines of a table that hold figures, as words and numbers from the left."""
    return [(closed_up(words), [int(text.replace(",", "")) for _place, text in sorted(found.items())])
            for words, found in figures_of(path) if found]


@LANGUAGES
def test_the_order_says_its_facts_and_the_checklist(desk: Desk, incident: Incident, tmp_path: Path, language: str) -> None:
    opening = open_it(desk, incident, GYM, checks=(SafetyCheck.FIRE,), override_reason="暴雨将至，先行启用")
    words = said(printed(desk, rows.OPENING_ORDER, tmp_path, language, about_id=opening.id))
    for fact in (opening.number, "区长赵某", "王馆长0532-8000-0009", "沿学校路向东300米", "学校路1号", "暴雨将至，先行启用", "800"):
        assert fact in words, fact
    assert words.count("√") == 1 and words.count("□") == 3
    assert ("东台街道" in words) and (("启用令" in words) if language.startswith("zh") else ("Ordertoopenashelter" in words))
    assert said(printed(desk, rows.OPENING_ORDER, tmp_path, language, number=opening.number)) == words


@LANGUAGES
def test_the_notice_names_every_open_shelter_with_address_and_way(desk: Desk, incident: Incident, tmp_path: Path, language: str) -> None:
    with pytest.raises(NothingToPrint):
        read_sheet(desk, PaperAsked(rows.NOTICE, about_id=incident.id))
    open_it(desk, incident, GYM)
    open_it(desk, incident, HALL, notice_route="")
    words = said(printed(desk, rows.NOTICE, tmp_path, language, about_id=incident.id))
    assert "学校路1号" in words and "沿学校路向东300米" in words and "文化路2号" in words and "0532-8000-0009" in words
    assert "区长" not in words, "who approved it is nobody's business outside"


@LANGUAGES
def test_forms_to_be_filled_in_by_hand_hold_no_name(desk: Desk, incident: Incident, tmp_path: Path, language: str) -> None:
    opening = open_it(desk, incident, GYM)
    shelter_people.register(desk, opening_id=opening.id, asked=AskedHousehold(people=(AskedPerson(name="王小明"),)))
    acting_as(desk, "observer")
    sheet = printed(desk, rows.BLANK_SHEET, tmp_path, language, about_id=opening.id)
    numbers = [found[0] for _words, found in figures(sheet) if len(found) == 1 and found[0] <= 15]
    assert set(range(1, 16)) <= set(numbers)
    cards = said(printed(desk, rows.BLANK_CARDS, tmp_path, language, about_id=opening.id))
    assert cards.count(opening.number) == 8 and cards.count(closed_up("中学体育馆" if language.startswith("zh") else "School Gym")) >= 8
    assert "王小明" not in said(sheet) + cards


@pytest.fixture
def families(desk: Desk, incident: Incident, clock: SetClock) -> tuple[ShelterOpening, ShelterOpening]:
    """Two families in the gym, one of whom went to the hall and one to hospital, and somebody alone who came between them."""
    gym, hall = open_it(desk, incident, GYM), open_it(desk, incident, HALL)
    village = evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="张家河", to_move=5).value
    first = shelter_people.register(desk, opening_id=gym.id, asked=AskedHousehold(group_id=village.id, people=(
        AskedPerson(name="王小明", id_number="37021219440101123X", phone="13800001111", age="八十多", needs=(Need.CHRONIC,), bed="A-12", pets=1,
                    note="对青霉素过敏"), AskedPerson(name="李红", id_number="5678"), AskedPerson(name="王芳")))).value
    clock.forward(5)
    shelter_people.register(desk, opening_id=gym.id, asked=AskedHousehold(people=(AskedPerson(name="赵一"),), origin_area_id=OTHER_STREET))
    clock.forward(5)
    shelter_people.transfer(desk, stay_ids=[first.stays[1].id], opening_id=hall.id)
    shelter_people.leave(desk, stay_ids=[first.stays[2].id], to=LeftTo.HOSPITAL)
    return gym, hall


@LANGUAGES
def test_who_is_registered_stands_on_the_sheet_with_family_needs_and_where_they_went(
    desk: Desk, families: tuple[ShelterOpening, ShelterOpening], tmp_path: Path, language: str,
) -> None:
    gym, _hall = families
    path = printed(desk, rows.REGISTRATION, tmp_path, language, about_id=gym.id)
    words = said(path)
    for fact in ("王小明", "123X", "13800001111", "八十多", "A-12", "对青霉素过敏", "李红", "5678", "王芳", "赵一", "张家河"):
        assert fact in words, fact
    assert "1944" not in words, "only the last four are kept"
    gone, went, home = (("送医", "文体中心", "合肥路街道") if language.startswith("zh") else ("went to hospital", "Culture Hall", "合肥路"))
    assert all(closed_up(fact) in words for fact in (gone, went, home)), words
    assert words.index("王小明") < words.index("李红") < words.index("王芳") < words.index("赵一"), "families together, as they came"
    sheet = read_sheet(desk, PaperAsked(rows.REGISTRATION, about_id=gym.id))
    assert [(one.of_family, one.leads) for one in sheet.people] == [(3, True), (3, False), (3, False), (1, True)]  # type: ignore[union-attr]
    assert sheet.lines == people_papers.BLANK_LINES  # type: ignore[union-attr]
    assert len(text_of(path)) == 1, "the note does not stand alone on a page of its own"


@LANGUAGES
def test_everybody_who_is_there_gets_a_card_and_blank_ones_follow(
    desk: Desk, families: tuple[ShelterOpening, ShelterOpening], tmp_path: Path, language: str,
) -> None:
    gym, hall = families
    words = said(printed(desk, rows.CARDS, tmp_path, language, about_id=gym.id))
    assert "王小明" in words and "赵一" in words and "A-12" in words and "李红" not in words and "王芳" not in words
    assert "123X" not in words and "13800001111" not in words, "a card may be lost: no number stands on it"
    assert words.count(gym.number) == 8, "two of people, six blank"
    assert "李红" in said(printed(desk, rows.CARDS, tmp_path, language, about_id=hall.id))
    for number in range(5):
        shelter_people.register(desk, opening_id=gym.id, asked=AskedHousehold(people=(AskedPerson(name=f"周{number}"),)))
    assert said(printed(desk, rows.CARDS, tmp_path, language, about_id=gym.id)).count(gym.number) == 16, "one blank is too few"


def test_names_are_printed_for_those_alone_who_run_shelters(desk: Desk, families: tuple[ShelterOpening, ShelterOpening]) -> None:
    acting_as(desk, "observer")
    about = {rows.REGISTRATION: families[0].id, rows.CARDS: families[0].id, rows.MISSING: families[0].incident_id}
    for name, about_id in about.items():
        with pytest.raises(RoleMissing):
            read_sheet(desk, PaperAsked(name, about_id=about_id))


@LANGUAGES
def test_the_daily_return_adds_up_by_area_and_over_all(
    desk: Desk, night: tuple[ShelterOpening, ...], tmp_path: Path, language: str,
) -> None:
    path = printed(desk, rows.DAILY_RETURN, tmp_path, language)
    lines = figures(path)
    gym, hall, park = (next(found for words, found in lines if closed_up(name) in words and len(found) > 3) for name in (
        ("中学体育馆", "文体中心", "公园") if language.startswith("zh") else ("School Gym", "Culture Hall", "Park")))
    assert (gym[0], gym[1], hall[0], hall[1], park[0], park[1]) == (392, 800, 120, 350, 57, 50)
    word = ("合计", "总计") if language.startswith("zh") else "Sum"
    sums = [found for words, found in lines if words.startswith(word) and len(found) > 3]
    assert [found[0] for found in sums] == [57, 512, 569] or [found[0] for found in sums] == [512, 57, 569]
    whole = sums[-1]
    assert whole[:2] == [392 + 120 + 57, 800 + 350 + 50]
    assert whole[-2:] == [50, 452] and gym[-1] + 60 == 452
    words = said(path)
    assert "114%" in words and "49%" in words and "-7" in words.replace("−", "-")
    assert all(one in words for one in ("646", "323", "30", "293"))
    _tab, found = read_rows(path.with_suffix(".xlsx").read_bytes(), "x.xlsx")
    assert any(row[2:4] == ["569", "1200"] for _line, row in found)


def test_the_daily_return_of_an_earlier_moment_and_of_one_street(
    desk: Desk, night: tuple[ShelterOpening, ...], clock: SetClock, tmp_path: Path,
) -> None:
    earlier = clock.at - timedelta(minutes=60)
    sheet = read_sheet(desk, PaperAsked(rows.DAILY_RETURN, until_at=earlier))
    assert sheet.heads == 180 and sheet.by_time == ((clock.at - timedelta(minutes=120), 180),)  # type: ignore[union-attr]
    sheet = read_sheet(desk, PaperAsked(rows.DAILY_RETURN, area_id=OTHER_STREET))
    assert sheet.heads == 57 and [line.name.zh for line in sheet.lines] == ["公园"]  # type: ignore[union-attr]
    with pytest.raises(NothingToPrint):
        read_sheet(desk, PaperAsked(rows.DAILY_RETURN, until_at=clock.at - timedelta(days=2)))


def test_a_corrected_count_and_a_closed_shelter_in_the_return(
    desk: Desk, night: tuple[ShelterOpening, ...], clock: SetClock,
) -> None:
    park = night[2]
    last = shelters.list_counts(desk, opening_id=park.id)[-1]
    shelters.count_heads(desk, asked=AskedCount(opening_id=park.id, heads=0, counted_at=last.counted_at, left=60), corrects_id=last.id)
    shelters.move_shelter(desk, shelter_id=PARK, to=ShelterState.CLOSING)
    clock.forward(10)
    shelters.close_shelter(desk, opening_id=park.id, note="已清洁查验", damage="损坏床8张")
    sheet = read_sheet(desk, PaperAsked(rows.DAILY_RETURN))
    line = next(line for line in sheet.lines if line.name.zh == "公园")  # type: ignore[union-attr]
    assert (line.is_closed, line.occupancy.heads, line.left) == (True, 0, 60) and sheet.heads == 512  # type: ignore[union-attr]
    clock.forward(60 * 25)
    assert len(read_sheet(desk, PaperAsked(rows.DAILY_RETURN)).lines) == 2  # type: ignore[union-attr]


@LANGUAGES
def test_the_transfer_list_has_the_vulnerable_first_and_adds_up(
    desk: Desk, incident: Incident, night: tuple[ShelterOpening, ...], tmp_path: Path, language: str,
) -> None:
    path = printed(desk, rows.TRANSFER, tmp_path, language, about_id=incident.id)
    lines = [(words, found) for words, found in figures(path) if len(found) >= 5]
    names = [next(name for name in ("港东低洼片", "张家河", "工地板房") if name in words) for words, _found in lines
             if any(name in words for name in ("港东低洼片", "张家河", "工地板房"))]
    assert names == ["港东低洼片", "张家河", "工地板房"]
    groups = [found[:6] for words, found in lines if any(name in words for name in names)]
    whole = [found[:6] for words, found in lines][-1]
    assert whole == [sum(column) for column in zip(*groups, strict=True)] == [81, 646, 323, 30, 0, 293]


@LANGUAGES
def test_who_is_missing_stands_by_village_with_the_sum_and_with_what_only_a_number_says(
    desk: Desk, incident: Incident, families: tuple[ShelterOpening, ShelterOpening], tmp_path: Path, language: str,
) -> None:
    lines = evacuation.reconcile(desk, incident_id=incident.id)
    village = evacuation.order_evacuation(desk, incident_id=incident.id, area_id=FAR_STREET, name="港东", to_move=9, lead="网格员李某").value
    missing_people.expect_list(desk, group_id=village.id, source="村委会名单", people=(
        AskedPerson(name="孙一", id_number="4321", age="七十九", needs=(Need.DISABLED,)), AskedPerson(name="赵一")))
    missing_people.ask_for(desk, incident_id=incident.id, asked=AskedPerson(name="周强"), asked_by="女儿周某")
    assert lines[0].sum.unreached == 2, "three of five were registered"
    path = printed(desk, rows.MISSING, tmp_path, language, about_id=incident.id)
    words = said(path)
    for fact in ("孙一", "4321", "七十九", "赵一", "周强", "女儿周某", "村委会名单", "网格员李某", "张家河", "港东"):
        assert fact in words, fact
    assert words.index("孙一") < words.index("赵一") < words.index("周强"), "of no village last"
    only, nine = ("另有7人未联系上", "应转移9=") if language.startswith("zh") else ("7morearenotreached", "tobemoved9=")
    assert only in words and nine in words
    assert closed_up("中学体育馆" if language.startswith("zh") else "School Gym") in words, "somebody of that name is registered there"


@LANGUAGES
def test_what_the_people_need_is_reckoned_from_the_heads(
    desk: Desk, night: tuple[ShelterOpening, ...], tmp_path: Path, language: str,
) -> None:
    lines = [found for _words, found in figures(printed(desk, rows.SUPPLIES_NEED, tmp_path, language)) if len(found) >= 4]
    assert [392, 41, 1176, 392, 392] in lines and lines[-1] == [569, 50, 569 * 3, 569, 569]


@LANGUAGES
def test_what_the_office_said_that_one_person_uses_stands_in_the_need(
    desk: Desk, night: tuple[ShelterOpening, ...], tmp_path: Path, language: str,
) -> None:
    acting_as(desk, "keeper")
    water = supplies.keep_item(desk, item=SupplyItem(Id(""), "x-water", "瓶装水", "箱", name_en="Bottled water")).value
    shelter_foresight.keep_use(desk, item_id=water.id, kind=UseKind.WATER, hundredths=13)
    supplies.keep_depot(desk, depot=Depot(GYM, DepotKind.STREET_POINT))
    stock.receive(desk, receipt=Receipt(item_id=water.id, site_id=GYM, quantity=20, lot_number="馆"))
    acting_as(desk, "officer")
    path = printed(desk, rows.SUPPLIES_NEED, tmp_path, language)
    lines = [found for _words, found in figures(path) if len(found) >= 5]
    assert [392, 41, 1176, 392, 392, 51, 31] in lines, "twenty boxes stand there"
    assert lines[-1] == [569, 50, 1707, 569, 569, 51 + 16 + 8, 31 + 16 + 8], "every shelter gets whole boxes"
    assert ("0.13箱" if language == "zh_CN" else "0.13boxes") in said(path)
    assert closed_up("瓶装水 20 箱" if language == "zh_CN" else "Bottled water 20 boxes") in said(
        printed(desk, rows.CLOSING, tmp_path, language, about_id=night[0].id)), "what stands there is handed back with it"


@LANGUAGES
def test_the_closing_sheet_tells_how_it_was_used_and_left(
    desk: Desk, night: tuple[ShelterOpening, ...], clock: SetClock, tmp_path: Path, language: str,
) -> None:
    gym = night[0]
    clock.forward(600)
    count(desk, gym, 0, left=392, meals=80)
    shelters.close_shelter(desk, opening_id=gym.id, note="已清洁查验", damage="损坏床8张")
    words = said(printed(desk, rows.CLOSING, tmp_path, language, about_id=gym.id))
    assert "已清洁查验" in words and "损坏床8张" in words and "392" in words and "472" in words, "most people, and the meals of all counts"


@LANGUAGES
def test_the_list_for_the_public_holds_what_everybody_may_know(desk: Desk, tmp_path: Path, language: str) -> None:
    shelters.move_shelter(desk, shelter_id=HALL, to=ShelterState.UNSAFE, reason="屋面开裂")
    path = printed(desk, rows.PUBLIC_LIST, tmp_path, language)
    words = said(path)
    assert "学校路1号" in words and "公园路3号" in words and "文化路2号" not in words and "馆长" not in words
    assert [found[-1] for _words, found in figures(path) if len(found) >= 2][-2:] == [3200, 50]
