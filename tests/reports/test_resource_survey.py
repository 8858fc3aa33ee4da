"""The survey of emergency resources: what the registers hold, what they lack said in its place, and the gaps reckoned, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_wants import wants_of
from emergency_desk.domain.resource_survey import (
    PromisedGoods,
    SurveySheet,
    WantedGoods,
    capacities,
    equipment_of,
    goods_of,
    holes,
    kinds_of,
    places_of,
)
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.supplies import ReserveKind, SupplyPromise
from emergency_desk.domain.teams import Equipment, TeamKind
from emergency_desk.domain.texts import Text
from emergency_desk.errands.papers import set_paper, write_paper
from emergency_desk.services import founding, units
from emergency_desk.services.survey_papers import survey_sheet
from tests.builders import DISTRICT, OTHER_DISTRICT, OTHER_STREET, STREET, areas, make_desk, team
from tests.reports.plan_paper_parts import LANGUAGES, body_of, document_xml, said_in, shipped
from tests.reports.sheets import FONTS, IMPRINT, closed_up, paper, text_of

OF_BOTH = pytest.mark.parametrize("language", LANGUAGES)
FIRE = wants_of(shipped("building_fire"))


# -- reckoning --------------------------------------------------------------------------------------------------------
def test_forces_that_are_asked_for_or_apply_are_counted_by_kind_and_not_as_means_of_the_desk() -> None:
    garrison = team(1, "驻军", "fire_fighting", kind=TeamKind.MILITARY)
    station = team(2, "消防站", "fire_fighting", people_total=30, people_ready=9)
    assert [(one.kind, one.teams, one.people, one.ready, one.untold) for one in kinds_of([garrison, station])] == [
        (TeamKind.PROFESSIONAL, 1, 30, 9, 0), (TeamKind.MILITARY, 1, 0, 0, 1)]
    (fire,) = [one for one in capacities([garrison, station], [FIRE], Tier.CITY, ["fire_fighting"])]
    most = max(dict(level.needs.teams).get("fire_fighting", 0) for level in FIRE.of_tier(Tier.CITY))
    assert (fire.teams, fire.wanted, fire.plan, fire.gap) == (1, most, "building_fire", most - 1)


def test_a_capability_that_nobody_asks_for_and_nobody_has_is_no_line() -> None:
    assert capacities([], [], Tier.CITY, ["fire_fighting"]) == ()
    (only,) = capacities([team(1, "潜水队", "diving")], [], Tier.CITY, ["diving", "fire_fighting"])
    assert (only.wanted, only.gap) == (0, 0)


def test_an_area_without_a_team_for_what_its_tier_is_asked_for_is_a_hole() -> None:
    below = [area for area in areas() if area.id in (STREET, OTHER_STREET)]
    cordon = team(1, "警戒组", "cordon", area_id=STREET)
    found = dict(holes([cordon], below, [FIRE], lambda area_id: area_id, ["cordon", "evacuation"]))
    assert "cordon" not in found.get(Text("东台街道"), ()) and "cordon" in found[Text("合肥路街道")]


def test_shelters_of_unknown_capacity_are_counted_apart_and_isolation_sites_never() -> None:
    sites = [Site(Id("1"), SiteKind.SHELTER, "甲", capacity=300), Site(Id("2"), SiteKind.SHELTER, "乙"),
             Site(Id("3"), SiteKind.ISOLATION, "丙", capacity=900)]
    found = places_of(sites, {}, [FIRE], Tier.CITY)
    assert (found.sites, found.places, found.unknown) == (2, 300, 1)
    assert found.wanted == max(level.needs.places for level in FIRE.of_tier(Tier.CITY))


def test_places_by_the_register_of_shelters_go_before_what_a_site_says_of_itself() -> None:
    sites = [Site(Id("1"), SiteKind.SHELTER, "甲", capacity=300), Site(Id("2"), SiteKind.SHELTER, "乙"),
             Site(Id("3"), SiteKind.SHELTER, "丙", capacity=80)]
    found = places_of(sites, {Id("1"): 120, Id("2"): 40, Id("3"): None}, [FIRE], Tier.CITY)
    assert (found.sites, found.places, found.unknown) == (3, 240, 0)


def test_equipment_is_added_up_by_name_and_unit() -> None:
    teams = [team(1, "甲", equipment=(Equipment("泡沫液", 12, "t"),)),
             team(2, "乙", equipment=(Equipment("泡沫液", 3, "t"), Equipment("泡沫液", 5, "桶")))]
    assert [(one.name, one.count, one.unit, one.teams) for one in equipment_of(teams)] == [("泡沫液", 15, "t", 2), ("泡沫液", 5, "桶", 1)]


# -- paper ------------------------------------------------------------------------------------------------------------
@OF_BOTH
def test_the_report_of_a_desk_holds_its_teams_sites_and_agreements_and_says_what_is_not_kept(tmp_path: Path, language: str) -> None:
    desk = make_desk(tmp_path, account="leader")
    units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.SHELTER, name="东台小学", area_id=STREET, capacity=420, phone="0532-7"))
    units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name="北河仓库", area_id=DISTRICT, capacity=900))
    units.keep_agreement(desk, agreement=Agreement(Id(""), "协 9", AgreementKind.MUTUAL_AID, "邻厂", "hazmat", 2, "车", 4, phone="0532-8",
                                                   signed_on=date(2026, 1, 1), valid_until=date(2026, 3, 1)))
    far = team(120, "远郊消防站", "fire_fighting", kind=TeamKind.NATIONAL_FIRE, area_id=OTHER_DISTRICT)
    founding.fill(desk, teams=[far], sites=())
    printed = write_paper(desk, "resource-survey", out=tmp_path / "s.pdf", language=language, fonts=FONTS)
    told = "".join(body_of(printed.path))
    assert printed.missing_characters == ()
    for words in ("消防特勤站", "东台小学", "420", "北河仓库", "邻厂", "2026-03-01", "0532-7"):
        assert words in told
    head = {"en": "(4)FireandrescueofthecityoutsidetheareaAreaName", "zh_CN": "（四）本市其他区域的消防救援队伍区域"}[language]
    own, _head, outside = told.partition(head)
    assert "远郊消防站" not in own and "远郊消防站" in outside  # the fire and rescue of the whole city may be called
    for words in {"en": ("Nostockwasentered", "Tobesurveyed", "Agreementsthathaveended:邻厂", "Art.21"),
                  "zh_CN": ("尚未录入库存", "调查后填写", "已到期的协议：邻厂", "第二十一条")}[language]:
        assert words in told


@OF_BOTH
def test_the_parts_are_those_of_article_21_and_the_gap_analysis(tmp_path: Path, language: str) -> None:
    printed = set_paper(SurveySheet(IMPRINT, Text("青岛市", "Qingdao"), date(2026, 11, 24)), tmp_path / "s.pdf", paper(language))
    told = closed_up("".join(text_of(printed.path)[2:]))
    parts = {"en": ("1Thesurvey", "2Resourcesoftheareaitself", "3Resourcesthatcanbeusedafterconversion",
                    "4Resourcesthatcanbeaskedforinthecooperationarea", "5Stand-byofimportantinfrastructure",
                    "6Resourcesbyconversionofproduction", "7Gaps", "8Conclusionsandadvice"),
             "zh_CN": ("一、调查概况", "二、本地区应急资源", "三、通过改造可以利用的应急资源",
                       "四、合作区域内可以请求援助的应急资源",
                       "五、重要基础设施容灾保障及备用", "六、通过潜力转换可以提供的应急资源",
                       "七、应急资源差距分析", "八、结论和建议")}[language]
    assert [told.index(part) for part in parts] == sorted(told.index(part) for part in parts)
    assert {"en": "Noteamoftheareastandsintheregister", "zh_CN": "登记中没有本地区的队伍"}[language] in told


def test_the_report_can_be_completed_as_docx(tmp_path: Path) -> None:
    goods = tuple(WantedGoods(name=Text(name), unit=Text("台"), wanted=4, plan="overall") for name in ("发电机", "水泵", "工作灯"))
    sheet = SurveySheet(IMPRINT, Text("青岛市"), date(2026, 11, 24), goods=goods)
    told = said_in(document_xml(set_paper(sheet, tmp_path / "s.docx", paper("zh_CN")).path))
    assert "预案要求的3种物资无法核对" in told and told.count("____") >= 12


@OF_BOTH
def test_stock_is_held_against_the_plans_and_promises_stand_apart_from_it(tmp_path: Path, language: str) -> None:
    goods = (WantedGoods(name=Text("发电机", "Generator"), unit=Text("台", "sets"), wanted=60, plan="overall", there=12),
             WantedGoods(name=Text("担架", "Stretcher"), unit=Text("副", "pieces"), wanted=5, plan="overall", there=9),
             WantedGoods(name=Text("帐篷", "Tent"), unit=Text("顶", "pieces"), wanted=7, plan="overall"))
    line = SupplyPromise(Id("1"), ReserveKind.CAPACITY, Id("9"), "帐篷厂", start_up_days=2, units_a_day=80)
    shop = SupplyPromise(Id("2"), ReserveKind.CONTRACT, Id("9"), "商场", quantity=300, call_off_hours=6, valid_until=date(2026, 1, 1))
    promises = tuple(PromisedGoods(promise=one, item=Text("帐篷", "Tent"), unit="顶") for one in (line, shop))
    sheet = SurveySheet(IMPRINT, Text("青岛市", "Qingdao"), date(2026, 11, 24), goods=goods, stock_lines=40, promises=promises)
    told = "".join(body_of(set_paper(sheet, tmp_path / "s.pdf", paper(language)).path))
    for words in {"en": ("Generator:12of60sets", "Tent:7piecesaskedfor,andthestockkeepsnoneofthekind", "80pcsaday,2daysafterthestart",
                         "300pcs,6hafterthecall", "notkept", "ended2026-01-01"),
                  "zh_CN": ("发电机：需要60台，现有12台", "帐篷：需要7顶，库存中无此物资", "每天80顶，启动后2天", "300顶，通知后6小时",
                            "无此物资", "已于2026-01-01到期")}[language]:
        assert words in told
    assert {"en": "Stretcher:", "zh_CN": "担架："}[language] not in told  # there is enough of it


def test_the_most_that_a_plan_asks_for_of_each_of_the_goods_is_held_against_the_shelves() -> None:
    found = {one.name.zh: one for one in goods_of([FIRE, wants_of(shipped())], Tier.CITY, lambda item: 3 if item.id == "stretcher" else None)}
    most = max(dict(level.needs.items).get("stretcher", 0) for plan in (FIRE, wants_of(shipped())) for level in plan.of_tier(Tier.CITY))
    assert (found["担架"].wanted, found["担架"].there, found["担架"].gap) == (most, 3, most - 3)
    assert found["即食食品"].there is None and found["即食食品"].gap == found["即食食品"].wanted


def test_a_list_longer_than_the_report_says_so(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    sheet = survey_sheet(desk)
    short = replace(sheet, teams=sheet.teams[:2])
    told = closed_up("".join(text_of(set_paper(short, tmp_path / "s.pdf", paper("zh_CN")).path)))
    assert f"共{sheet.teams_in_all}支，此处列出前2支" in told
