"""The letters of the ladder and the brief: read out of the PDF in both languages, and out of the DOCX."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.dom.minidom import parseString

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandMove, CommandPost, CommandStep, NamedBy, PostMember, PostRole
from emergency_desk.domain.errors import PaperNotWritten
from emergency_desk.domain.ids import Id
from emergency_desk.domain.ladder_sheets import BriefSheet, CommandPostSheet, HandOverSheet, ReportSheet, ResponseNoticeSheet
from emergency_desk.domain.plan_records import Level, Numerals
from emergency_desk.domain.report_drafts import DraftBasis
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import Element, Report, ReportDue, ReportFamily, ReportKind, ReportState, Secrecy, Urgency
from emergency_desk.domain.responses import Response, ResponseChange, ResponseStep
from emergency_desk.domain.texts import Text
from emergency_desk.errands.papers import file_stem, set_paper
from tests.reports.sheets import FIRE, IMPRINT, PLACE, closed_up, incident, minutes, order_sheet, paper, text_of

WHO = Id("e" * 32)
CITY, DISTRICT = Text("青岛市", "Qingdao"), Text("市南区", "Shinan")
ELEMENTS = (
    Element("time", "2026年11月24日20:22发生，20:26接报"), Element("place", "香港中路76号海滨大厦12层"),
    Element("casualties", "死亡1人、受伤6人。待核：失联", is_changed=True), Element("loss", "", is_gap=True),
    Element("measures", "已派出队伍3支。\n由区指挥。"), Element("requests", ""))


def report_sheet(**changes: object) -> ReportSheet:
    given: dict[str, object] = {
        "number": "370202-2026-0017-R02", "serial": 1, "kind": ReportKind.FOLLOW_UP, "elements": ELEMENTS, "title": "关于海滨大厦火灾的报告",
        "signer": "李安", "signer_post": "副区长", "state": ReportState.SENT, "sent_at": minutes(40), "urgency": Urgency.URGENT,
        "secrecy": Secrecy.INTERNAL} | changes
    report = Report(id=Id("1" * 32), incident_id=Id("a" * 32), from_tier=Tier.DISTRICT, to_tier=Tier.CITY, channel=Channel.WRITTEN,
                    drafted_at=minutes(38), account_id=WHO, **({"family": ReportFamily.INCIDENT} | given))  # type: ignore[arg-type]
    return ReportSheet(IMPRINT, report, incident(), DISTRICT, CITY, Text("王值班", "Wang Zhiban"), "0532-5555 0119", (Text("区委宣传部"),))


def notice_sheet(step: ResponseStep = ResponseStep.ACTIVATED, **changes: object) -> ResponseNoticeSheet:
    response = Response(id=Id("2" * 32), incident_id=Id("a" * 32), tier=Tier.DISTRICT, area_id=Id("b" * 32), level=Level.III,
                        matter="海滨大厦火灾扑救", measures="疏散楼内人员；停气停电。", activated_at=minutes(10),
                        expected_until=minutes(10 + 24 * 60),
                        decided_by="李安", clause="5.2.3")
    change = ResponseChange(id=Id("3" * 32), response_id=response.id, incident_id=response.incident_id, step=step, level=Level.III,
                            occurred_at=minutes(10), recorded_at=minutes(11), account_id=WHO, **changes)  # type: ignore[arg-type]
    return ResponseNoticeSheet(IMPRINT, incident(), FIRE, PLACE, DISTRICT, response, change, Text("建筑火灾应急预案", "Plan for Building Fires"))


def post_sheet() -> CommandPostSheet:
    post = CommandPost(id=Id("4" * 32), incident_id=Id("a" * 32), tier=Tier.DISTRICT, place="大厦南门", formed_at=minutes(20), phone="0532-0000")
    members = tuple(PostMember(id=Id(f"{number:032x}"), post_id=post.id, incident_id=post.incident_id, role=role, since=minutes(20), name=name,
                               post_name=office, unit="市南区政府", phone="0532-1111", named_by=named)
                    for number, (role, name, office, named) in enumerate((
                        (PostRole.COMMANDER, "李安", "副区长", NamedBy.PLAN), (PostRole.FIRE_COMMANDER, "钱某", "大队长", NamedBy.LAW))))
    return CommandPostSheet(IMPRINT, incident(), PLACE, DISTRICT, post, members)


def hand_over_sheet() -> HandOverSheet:
    offer = CommandMove(id=Id("5" * 32), incident_id=Id("a" * 32), step=CommandStep.OFFERED, from_tier=Tier.DISTRICT, to_tier=Tier.CITY,
                        occurred_at=minutes(50), recorded_at=minutes(50), account_id=WHO, situation="火势在12至15层", resources="消防9车",
                        open_orders="D02 未到", given_by="李安")
    move = CommandMove(id=Id("6" * 32), incident_id=offer.incident_id, step=CommandStep.ACCEPTED, from_tier=Tier.DISTRICT, to_tier=Tier.CITY,
                       occurred_at=minutes(55), recorded_at=minutes(55), account_id=WHO, offer_id=offer.id, taken_by="孙某")
    return HandOverSheet(IMPRINT, incident(), PLACE, DISTRICT, CITY, move, offer)


def brief_sheet() -> BriefSheet:
    basis = DraftBasis(
        at=minutes(60), incident=incident(dead=1, trapped=8), type_name=FIRE, place=PLACE, desk_name=IMPRINT.desk, desk_phone="0532-5555 0119",
        officer=IMPRINT.printed_by, from_tier=Tier.DISTRICT, to_tier=Tier.CITY, channel=Channel.WRITTEN, family=ReportFamily.INCIDENT,
        kind=ReportKind.FIRST, calls=(), orders=(), tasks=(), responses=(notice_sheet().response,), commander=Tier.DISTRICT, previous=None)
    due = ReportDue(id=Id("7" * 32), incident_id=Id("a" * 32), rule_id="D14-any-written", from_tier=Tier.DISTRICT, to_tier=Tier.CITY,
                    channel=Channel.WRITTEN, family=ReportFamily.INCIDENT, kind=ReportKind.FIRST, clock_at=minutes(0), due_at=minutes(70),
                    created_at=minutes(0))
    return BriefSheet(IMPRINT, basis, (due,), (report_sheet().report,))


def printed(sheet: object, tmp_path: Path, language: str = "en") -> str:
    result = set_paper(sheet, tmp_path / "paper.pdf", paper(language))  # type: ignore[arg-type]
    assert result.missing_characters == ()
    return closed_up("".join(text_of(result.path)))


def test_a_report_bears_number_signer_marks_and_what_changed_and_names_its_gaps(tmp_path: Path) -> None:
    told = printed(report_sheet(), tmp_path, "zh_CN")
    for words in ("突发事件信息专报", "（续报1）", "编号：370202-2026-0017-R02", "签发人：副区长李安", "内部", "加急", "青岛市：", "有变化",
                  "待核", "请求事项：暂无", "抄送：区委宣传部", "值班电话：0532-55550119", "—1—", "2026年11月24日21:06"):
        assert closed_up(words) in told
    english = printed(report_sheet(), tmp_path)
    assert "Follow-upreport1" in english and "tobeverified" in english and "changed" in english


@pytest.mark.parametrize(("kind", "words"), [(ReportKind.FIRST, "初报"), (ReportKind.FOLLOW_UP, "续报2"), (ReportKind.SETTLED, "核报")])
def test_a_disaster_return_has_names_of_its_own(tmp_path: Path, kind: ReportKind, words: str) -> None:
    assert words in printed(report_sheet(family=ReportFamily.DISASTER, kind=kind, serial=2), tmp_path, "zh_CN")


def test_the_notice_of_activation_holds_the_four_facts_of_article_72(tmp_path: Path) -> None:
    told = printed(notice_sheet(), tmp_path, "zh_CN")
    for words in ("响应事项：海滨大厦火灾扑救", "预计期限：至2026年11月25日20:36", "应急处置措施：疏散楼内人员", "《建筑火灾应急预案》第5.2.3条"):
        assert closed_up(words) in told


def test_the_notices_of_adjustment_and_end_say_from_where_to_where_and_why(tmp_path: Path) -> None:
    adjusted = printed(notice_sheet(ResponseStep.ADJUSTED, level_before=Level.IV, reason="伤亡增加"), tmp_path)
    assert closed_up("Level IV → Level III") in adjusted and "伤亡增加" in adjusted
    ended = printed(notice_sheet(ResponseStep.ENDED, reason="明火扑灭"), tmp_path)
    assert closed_up("ends its response") in ended and closed_up("Art. 86, 87") in ended


@pytest.mark.parametrize(("numerals", "level", "before"), [(Numerals.ROMAN, "Ⅲ级", "Ⅳ级"), (Numerals.CHINESE, "三级", "四级")])
def test_a_letter_writes_levels_as_its_desk_does(tmp_path: Path, numerals: Numerals, level: str, before: str) -> None:
    sheet = notice_sheet(ResponseStep.ADJUSTED, level_before=Level.IV, reason="火势扩大")
    letter = closed_up("".join(text_of(set_paper(sheet, tmp_path / "n.pdf", replace(paper("zh_CN"), numerals=numerals)).path)))
    assert f"应急响应调整为{level}的通知" in letter and f"{before}→{level}" in letter
    other = {"Ⅲ级", "三级"} - {level}
    assert not any(word in letter for word in other)
    set_paper(sheet, tmp_path / "n.docx", replace(paper("zh_CN"), numerals=numerals))
    with zipfile.ZipFile(tmp_path / "n.docx") as parts:
        assert f"应急响应调整为{level}的通知" in parts.read("word/document.xml").decode()


def test_the_order_of_the_command_post_lists_both_commanders_of_a_fire(tmp_path: Path) -> None:
    told = printed(post_sheet(), tmp_path)
    assert closed_up("Fire-ground commander") in told and closed_up("named by law") in told and "李安" in told and "大厦南门" in told


def test_the_hand_over_carries_situation_resources_open_orders_and_both_names(tmp_path: Path) -> None:
    told = printed(hand_over_sheet(), tmp_path, "zh_CN")
    for words in ("火势在12至15层", "消防9车", "D02未到", "李安", "孙某", "指挥权由市南区移交青岛市"):
        assert words in told
    assert told.count("签字") == 2


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_brief_is_one_page(tmp_path: Path, language: str) -> None:
    assert set_paper(brief_sheet(), tmp_path / "brief.pdf", paper(language)).pages == 1
    told = closed_up("".join(text_of(tmp_path / "brief.pdf")))
    assert "21:36" in told and "0532-55550119" in told


def test_a_brief_of_another_day_says_on_which_day_a_report_was_sent(tmp_path: Path) -> None:
    sheet = brief_sheet()
    (sent,) = sheet.sent
    earlier = replace(sheet, sent=(replace(sent, sent_at=minutes(0) - timedelta(days=3)),))
    assert "11-2120:26" in printed(earlier, tmp_path)


def test_a_group_stands_by_its_name_and_units_without_a_person_share_a_row(tmp_path: Path) -> None:
    sheet = post_sheet()
    group = tuple(replace(sheet.members[0], id=Id(f"{90 + place:032x}"), role=PostRole.GROUP_MEMBER, name="", post_name="", phone="", unit=unit,
                          group_id="grp_rescue") for place, unit in enumerate(("供水单位", "微型消防站")))
    told = printed(replace(sheet, members=(*sheet.members, *group)), tmp_path, "zh_CN")
    assert "抢险救援组组员" in told and "供水单位、微型消防站" in told and "grp_" not in told


def test_the_heads_of_a_long_table_stand_on_every_page(tmp_path: Path) -> None:
    sheet = post_sheet()
    many = tuple(replace(sheet.members[0], id=Id(f"{50 + place:032x}"), name=f"组员{place}") for place in range(40))
    pages = text_of(set_paper(replace(sheet, members=many), tmp_path / "long.pdf", paper("zh_CN")).path)
    assert len(pages) > 1 and all("确定方式" in page for page in pages if "组员" in page)


def test_the_same_letter_is_a_docx_whose_parts_are_sound(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    set_paper(report_sheet(), path, paper("zh_CN"))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for content in parts.values():
        parseString(content)
    text = re.sub(r"<[^>]+>", "", parts["word/document.xml"])
    assert "突发事件信息专报" in text and "370202-2026-0017-R02" in text and "签发人：副区长 李安" in text and "［有变化］" in text
    assert "PAGE" in parts["word/footer1.xml"]


def test_what_is_typed_into_a_docx_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    set_paper(report_sheet(title="<w:p>&\x00\ufffe注入"), path, paper())
    with zipfile.ZipFile(path) as archive:
        document = parseString(archive.read("word/document.xml").decode())
    assert "<w:p>&注入" in "".join(node.firstChild.data for node in document.getElementsByTagName("w:t") if node.firstChild)


def test_a_paper_that_is_no_letter_is_made_as_pdf_only(tmp_path: Path) -> None:
    with pytest.raises(PaperNotWritten) as refused:
        set_paper(order_sheet(), tmp_path / "order.docx", paper())
    assert refused.value.values["reason"] == "no_docx"


def test_a_drill_is_marked_on_every_page_of_a_letter(tmp_path: Path) -> None:
    sheet = replace(report_sheet(), imprint=replace(IMPRINT, is_exercise=True))
    assert "演练" in printed(sheet, tmp_path)
    set_paper(sheet, tmp_path / "report.docx", paper())
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        assert "演练" in archive.read("word/header1.xml").decode()


def test_every_paper_has_a_name_of_its_own() -> None:
    sheets = (report_sheet(), notice_sheet(), post_sheet(), hand_over_sheet(), brief_sheet())
    assert len({file_stem(sheet, "zh_CN") for sheet in sheets}) == len(sheets)


def test_no_page_of_a_letter_carries_the_signature_alone(tmp_path: Path) -> None:
    sheet = post_sheet()
    for count in range(10, 34):
        members = tuple(replace(sheet.members[0], id=Id(f"{number:032x}"), name=f"成员{number}") for number in range(count))
        path = tmp_path / f"{count}.pdf"
        pages = set_paper(replace(sheet, members=members), path, paper("zh_CN")).pages
        last = closed_up(text_of(path)[pages - 1])
        assert "现场指挥部统一" in last, f"{count} members: the last page has no words of the letter"
