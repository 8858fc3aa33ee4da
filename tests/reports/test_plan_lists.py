"""Whom to ring, the filing form and what changed between two versions: read out of the PDF and the DOCX in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_life import PlanStage
from emergency_desk.domain.plan_records import Clause, PlanKind
from emergency_desk.domain.plan_sheets import CompareSheet, FilingSheet, PlanContactsSheet, PlanStanding, ToRing
from emergency_desk.domain.texts import Text
from emergency_desk.domain.working_days import DueDay
from emergency_desk.errands.papers import set_paper
from tests.builders import trade
from tests.reports.plan_paper_parts import LANGUAGES, document_xml, said_in, shipped
from tests.reports.sheets import IMPRINT, PLACE, closed_up, paper, text_of

OF_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def whole(sheet: object, path: Path, language: str) -> str:
    printed = set_paper(sheet, path, paper(language))  # type: ignore[arg-type]
    assert printed.missing_characters == ()
    return closed_up("".join(text_of(printed.path)))


# -- whom to ring -----------------------------------------------------------------------------------------------------
ROWS = (ToRing(tier=Tier.CITY, unit=Text("市公安机关", "City police"), role=Text("公安指挥", "Police command"), phone="110", plans=("overall",)),
        ToRing(tier=Tier.CITY, unit=Text("市气象局", "City weather bureau"), role=Text("气象", "Weather"), phone="0532-1", from_register=True,
               plans=("overall", "hazmat")),
        ToRing(tier=Tier.STREET, unit=Text("街道", "Street"), role=Text("带班领导", "Duty leader"), plans=("hazmat",)))
TITLES = {"overall": Text("总体预案", "Overall plan"), "hazmat": Text("危化预案", "Hazmat plan")}


@OF_BOTH
def test_the_contact_list_bands_its_tiers_and_leaves_lines_for_what_lacks(tmp_path: Path, language: str) -> None:
    told = whole(PlanContactsSheet(IMPRINT, shipped(), ROWS, TITLES), tmp_path / "list.pdf", language)
    city, street = {"en": ("Citytier", "Streettier"), "zh_CN": ("市级", "镇街级")}[language]
    assert told.index("110") < told.index("0532-1*") and told.count(city) == told.count(street) == 1
    assert told.count("________________") >= 4  # a phone that lacks, and who is reached at each


@OF_BOTH
def test_the_list_of_all_plans_says_which_plans_ring_whom(tmp_path: Path, language: str) -> None:
    told = whole(PlanContactsSheet(IMPRINT, None, ROWS, TITLES), tmp_path / "list.pdf", language)
    assert {"en": "Overallplan;Hazmatplan", "zh_CN": "总体预案；危化预案"}[language] in told


@OF_BOTH
def test_the_contact_list_is_written_as_docx_with_a_table_for_each_tier(tmp_path: Path, language: str) -> None:
    printed = set_paper(PlanContactsSheet(IMPRINT, shipped(), ROWS, TITLES), tmp_path / "list.docx", paper(language))
    xml = document_xml(printed.path)
    assert xml.count("<w:tbl>") == 2 and 'w:orient="landscape"' in xml
    told = said_in(xml)
    city, street = {"en": ("Citytier", "Streettier"), "zh_CN": ("市级", "镇街级")}[language]
    assert told.index(city) < told.index("0532-1*") < told.index(street)
    assert all(row.unit.in_language(language).replace(" ", "") in told for row in ROWS)


# -- the filing form --------------------------------------------------------------------------------------------------
def filing(kind: PlanKind = PlanKind.OVERALL, tier: Tier = Tier.CITY, **changes: object) -> FilingSheet:
    plan = replace(shipped(), kind=kind, tier=tier)
    rules = trade().plan_life
    sheet = FilingSheet(IMPRINT, plan, rules.routes_of(kind)[0], rules.filing, PLACE, types={one.id: one.name for one in trade().types})
    return replace(sheet, **changes)  # type: ignore[arg-type]


@OF_BOTH
@pytest.mark.parametrize("kind", PlanKind)
def test_the_form_takes_one_page_for_every_kind_of_plan_and_names_the_materials(tmp_path: Path, kind: PlanKind, language: str) -> None:
    printed = set_paper(filing(kind), tmp_path / "form.pdf", paper(language))
    assert printed.pages == 1
    told = closed_up("".join(text_of(printed.path)))
    assert all(words in told for words in {"en": ("electronicfile", "编制说明", "20workingdays"), "zh_CN": (
        "预案正式文本（电子文本）", "编制说明", "20个工作日")}[language])


@pytest.mark.parametrize(("kind", "words"), [
    (PlanKind.OVERALL, ("上一级人民政府（径送其应急管理部门）", "第26(1)条")),
    (PlanKind.SPECIAL, ("上一级人民政府相应牵头部门", "抄送上一级人民政府应急管理部门")),
    (PlanKind.DEPARTMENT, ("本级人民政府（径送本级应急管理部门）",)), (PlanKind.TOWNSHIP, ("村（社区）：乡镇（街道）", "第26(6)条"))])
def test_the_form_goes_the_way_of_the_rules(tmp_path: Path, kind: PlanKind, words: tuple[str, ...]) -> None:
    told = whole(filing(kind), tmp_path / "form.pdf", "zh_CN")
    assert [each for each in words if closed_up(each) not in told] == []


@OF_BOTH
def test_the_form_of_an_issued_plan_names_its_last_day_and_whether_a_notice_may_move_it(tmp_path: Path, language: str) -> None:
    issued = PlanStanding(stage=PlanStage.ISSUED, issued_on=date(2026, 9, 28), number="青政办字17号", issued_by="市政府办公厅")
    told = whole(filing(standing=issued, due=DueDay(day=date(2026, 10, 30))), tmp_path / "form.pdf", language)
    assert {"en": "30October2026:20workingdays", "zh_CN": "2026年10月30日前（印发后20个工作日"}[language] in told and "青政办字17号" in told
    later = whole(filing(standing=issued, due=DueDay(day=date(2027, 1, 8), unannounced=(2027,))), tmp_path / "form.pdf", language)
    assert {"en": "provisional", "zh_CN": "2027年放假安排尚未公布"}[language] in later


def test_the_form_can_be_edited(tmp_path: Path) -> None:
    told = said_in(document_xml(set_paper(filing(), tmp_path / "form.docx", paper("zh_CN")).path))
    for words in ("突发事件应急预案备案表", "突发事件总体应急预案", "印发单位", "备案途径", "受理备案单位填写", "受理人"):
        assert words in told


# -- what changed -----------------------------------------------------------------------------------------------------
def two_versions() -> CompareSheet:
    before = shipped()
    principles = before.clause("1.3")
    assert principles is not None
    said = Text(principles.body.zh.replace("人民至上", "生命第一"), "Lives come first. " + principles.body.en)
    clauses = tuple(replace(one, body=said) if one is principles else one for one in before.clauses if one.number != "1.5")
    clauses = (*clauses, Clause(number="9", title=Text("新的一章", "A new chapter"), body=Text("新写的话。", "Words newly written.")))
    after = replace(before, version="2.0", clauses=clauses, contacts=before.contacts[1:])
    return CompareSheet(IMPRINT, after, before, capabilities=trade().capabilities)


@OF_BOTH
def test_the_comparison_tells_what_was_changed_added_and_removed(tmp_path: Path, language: str) -> None:
    told = whole(two_versions(), tmp_path / "c.pdf", language)
    assert {"en": "Livescomefirst.", "zh_CN": "生命第一"}[language] in told
    assert {"en": "Anewchapter", "zh_CN": "新的一章"}[language] in told and {"en": "Fourscales", "zh_CN": "四种级别不混用"}[language] in told
    assert {"en": "(added)", "zh_CN": "（新增）"}[language] in told and {"en": "(removed)", "zh_CN": "（删除）"}[language] in told
    assert {"en": "version1.0→version2.0", "zh_CN": "版本1.0→版本2.0"}[language] in told
    assert {"en": "Warningsarelevelone", "zh_CN": "预警分一级红色"}[language] not in told  # what stayed is not printed


def test_only_the_words_that_went_or_came_are_strong(tmp_path: Path) -> None:
    xml = document_xml(set_paper(two_versions(), tmp_path / "c.docx", paper("zh_CN")).path)
    strong = [run for run in xml.split("<w:r>") if "<w:b/>" in run]
    assert any("生命第一" in run or "生命第" in run for run in strong) and not any("统一领导" in run for run in strong)


@OF_BOTH
def test_two_versions_that_say_the_same_say_so(tmp_path: Path, language: str) -> None:
    plan = shipped()
    told = whole(CompareSheet(IMPRINT, replace(plan, version="1.1"), plan), tmp_path / "c.pdf", language)
    assert {"en": "Thetwoversionssaythesame.", "zh_CN": "两个版本内容相同。"}[language] in told


def test_a_changed_table_is_printed_as_two_tables_with_the_changed_words_strong(tmp_path: Path) -> None:
    before = shipped()
    table = "| 级别 | 条件 |\n| Ⅲ级 | 被困3人以上 |"
    old = replace(before, clauses=(*before.clauses, Clause(number="9", title=Text("分级表", "Table"), body=Text(f"见下表。\n{table}"))))
    new = replace(old, version="2.0", clauses=(*before.clauses, Clause(number="9", title=Text("分级表", "Table"), body=Text(
        f"见下表。\n{table.replace('3人', '5人')}"))))
    sheet = CompareSheet(IMPRINT, new, old, capabilities=trade().capabilities)
    told = whole(sheet, tmp_path / "c.pdf", "zh_CN")
    assert "9分级表中的表，版本1.0" in told and "9分级表中的表，版本2.0" in told and "被困5人以上" in told and told.count("级别") >= 2
    xml = document_xml(set_paper(sheet, tmp_path / "c.docx", paper("zh_CN")).path)
    strong = [run for run in xml.split("<w:r>") if "<w:b/>" in run]
    assert any(">5<" in run for run in strong) and not any("被困" in run for run in strong)
