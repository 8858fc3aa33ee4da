"""The papers of the aftermath say what the record says, in both languages, and the summary opens in a word processor."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from emergency_desk.app import paths
from emergency_desk.domain.after_sheets import SummaryPart
from emergency_desk.domain.errors import RoleMissing
from emergency_desk.domain.incidents import Figures, Incident
from emergency_desk.domain.recovery import AftermathKind
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.teams import TeamState
from emergency_desk.errands import papers
from emergency_desk.errands.papers import AFTERMATH, FINDING_LIST, SUMMARY, PaperAsked
from emergency_desk.reports.docx_pages import DocxPages
from emergency_desk.services import after_papers, dispatches, findings, incidents, recovery
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import speaking
from emergency_desk.wording.labels import label
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.reports.sheets import closed_up, text_of

LANGUAGES = ("en", "zh_CN")
OF_AFTER = (SUMMARY, FINDING_LIST, AFTERMATH)
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


@pytest.fixture
def fire(desk: Desk, clock: SetClock) -> Incident:
    taken = story.take(desk, story.FIRE_ONE, figures=Figures(trapped=8))
    clock.forward(9)
    dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id)
    story.report(desk, story.FIRE_ONE, TeamState.DISPATCHED, TeamState.WORKING)
    incidents.report_figures(desk, incident_id=taken.incident.id, figures=Figures(dead=3, trapped=0))
    task = incidents.open_room(desk, incident_id=taken.incident.id).tasks[0]
    incidents.end_task(desk, task_id=task.id, skipped=True, reason="街道已做")
    clock.forward(60)
    story.report(desk, story.FIRE_ONE, TeamState.RETURNED)
    closed = incidents.close_incident(desk, incident_id=taken.incident.id).value
    recovery.record_requisition(desk, incident_id=closed.id, what="挖掘机", from_whom="某建筑公司", quantity=2, unit="台")
    findings.add_finding(desk, problem="回执晚 4 分钟", incident_id=closed.id, owner="街道 张三", measure="复诵", due_on=date(2026, 12, 10))
    return closed


def printed(desk: Desk, name: str, out: Path, language: str, number: str = "") -> str:
    done = papers.write_paper(desk, name, out=out, language=language, fonts=paths.fonts(), number=number)
    assert done.missing_characters == ()
    return closed_up("".join(text_of(done.path)))


def words_of(path: Path) -> str:
    """Return the text of a DOCX; reading it also proves that every part is well-formed."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))
        body = ElementTree.fromstring(package.read("word/document.xml"))
    return closed_up("".join(piece.text or "" for piece in body.iter(_TEXT)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_has_its_nine_parts_filled_from_the_record(desk: Desk, fire: Incident, tmp_path: Path, language: str) -> None:
    text = printed(desk, SUMMARY, tmp_path / "s.pdf", language, fire.number)
    with speaking(language):
        headings = [closed_up(label(part)) for part in SummaryPart]
    places = [text.index(heading) for heading in headings]
    assert len(places) == 9 and places == sorted(places)
    for told in (fire.number, "延安三路105号", "2026-11-0519:31", "消防一站", "街道已做", "回执晚4分钟", "复诵"):
        assert told in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_docx_says_what_the_pdf_says(desk: Desk, fire: Incident, tmp_path: Path, language: str) -> None:
    papers.write_paper(desk, SUMMARY, out=tmp_path / "s.docx", language=language, fonts=paths.fonts(), number=fire.number)
    text = words_of(tmp_path / "s.docx")
    with speaking(language):
        assert all(closed_up(label(part)) in text for part in SummaryPart)
    for told in ("延安三路105号", "消防一站", "街道已做", "回执晚4分钟"):
        assert told in text


def test_what_nobody_reported_is_no_data_on_paper(desk: Desk, fire: Incident, tmp_path: Path) -> None:
    assert "nodata" in printed(desk, SUMMARY, tmp_path / "s.pdf", "en", fire.number)


def test_typed_words_stand_in_their_part_and_empty_parts_leave_lines(desk: Desk, fire: Incident, tmp_path: Path) -> None:
    before = printed(desk, SUMMARY, tmp_path / "a.pdf", "en", fire.number)
    assert "____" in before[before.index("Maintechnicalmeasures"):before.index("Resultsoftherescue")]
    after_papers.keep_summary_words(desk, incident_id=fire.id, words={SummaryPart.MEASURES: "举高车救人\n两路水枪", SummaryPart.ADVICE: " "})
    after = printed(desk, SUMMARY, tmp_path / "b.pdf", "en", fire.number)
    part = after[after.index("Maintechnicalmeasures"):after.index("Resultsoftherescue")]
    assert "举高车救人两路水枪" in part and "____" not in part
    assert [name for name, _text in after_papers.summary_words(desk, incident_id=fire.id)] == [SummaryPart.MEASURES]


def test_an_observer_prints_but_does_not_write_into_the_summary(desk: Desk, fire: Incident, tmp_path: Path) -> None:
    acting_as(desk, "observer")
    assert printed(desk, SUMMARY, tmp_path / "s.pdf", "en", fire.number)
    with pytest.raises(RoleMissing):
        after_papers.keep_summary_words(desk, incident_id=fire.id, words={SummaryPart.ADVICE: "x"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_findings_names_owner_measure_due_and_incident(desk: Desk, fire: Incident, tmp_path: Path, language: str) -> None:
    text = printed(desk, FINDING_LIST, tmp_path / "f.pdf", language)
    for told in ("990101-2026-Z0001", fire.number, "回执晚4分钟", "街道张三", "复诵", "2026-12-10"):
        assert told in text
    assert "回执晚4分钟" in printed(desk, FINDING_LIST, tmp_path / "g.pdf", language, fire.number)


def test_a_late_finding_says_so_and_an_empty_list_is_a_paper_too(desk: Desk, fire: Incident, tmp_path: Path, clock: SetClock) -> None:
    clock.forward(60 * 24 * 60)
    assert "▲late" in printed(desk, FINDING_LIST, tmp_path / "f.pdf", "en")
    findings.drop_finding(desk, finding_id=findings.list_findings(desk)[0].id, reason="重复")
    assert "0findings" in printed(desk, FINDING_LIST, tmp_path / "g.pdf", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_the_aftermath_names_article_owner_and_whose_it_is(desk: Desk, fire: Incident, tmp_path: Path, language: str) -> None:
    text = printed(desk, AFTERMATH, tmp_path / "a.pdf", language, fire.number)
    for told in ("试城市", "挖掘机", {"en": "2pcs", "zh_CN": "2台"}[language], "某建筑公司"):
        assert told in text
    assert ("EmergencyResponseLawArt.87" if language == "en" else "突发事件应对法第八十七条") in text


@pytest.mark.parametrize("name", OF_AFTER)
def test_a_drill_is_marked_on_every_paper(desk: Desk, fire: Incident, tmp_path: Path, name: str) -> None:
    sheet = papers.read_sheet(desk, PaperAsked(name, about_id=fire.id))
    drill = replace(sheet, imprint=replace(sheet.imprint, is_exercise=True))
    done = papers.set_paper(drill, tmp_path / "d.pdf", PaperSettings("en", paths.fonts()))
    assert all("DRILL" in page for page in text_of(done.path))


def test_a_paper_of_the_same_content_keeps_its_name(desk: Desk, fire: Incident, tmp_path: Path) -> None:
    settings = PaperSettings("zh_CN", paths.fonts())
    names = []
    for _time in range(2):
        names.append(papers.keep_paper(papers.read_sheet(desk, PaperAsked(SUMMARY, about_id=fire.id)), tmp_path / "out", settings).path.name)
    after_papers.keep_summary_words(desk, incident_id=fire.id, words={SummaryPart.LESSONS: "另有一条"})
    names.append(papers.keep_paper(papers.read_sheet(desk, PaperAsked(SUMMARY, about_id=fire.id)), tmp_path / "out", settings).path.name)
    assert names == [f"{fire.number}-summary.pdf", f"{fire.number}-summary.pdf", f"{fire.number}-summary-2.pdf"]


def test_signs_that_xml_cannot_write_do_not_break_the_file(tmp_path: Path) -> None:
    pages = DocxPages(title="a < b & c", author="\x00台", language="zh_CN")
    pages.title("<w:p>")
    pages.paragraph("第一行\x07\n第二行 & 尾")
    pages.table(("甲", "乙"), [("1\n2", "<b>")], widths_mm=(30, 40))
    pages.save(tmp_path / "x.docx")
    assert "第一行" in words_of(tmp_path / "x.docx") and "<b>" in words_of(tmp_path / "x.docx")
    assert list(tmp_path.glob("*.part")) == []


def test_settlement_and_what_is_owed_are_told_apart(desk: Desk, fire: Incident) -> None:
    sheet = papers.read_sheet(desk, PaperAsked(AFTERMATH, about_id=fire.id))
    settled = {item.kind for item in sheet.review.settlement}  # type: ignore[union-attr]
    assert {AftermathKind.RETURN, AftermathKind.COMPENSATION} <= settled
    assert AftermathKind.ARCHIVE not in settled
