"""The papers of a drill: the work plan with its script, the evaluation in six chapters; the mark of a drill on every page, as plain text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.domain.drills import Drill, DrillNotice, ReadyCheck, Verdict
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.errands import papers
from emergency_desk.errands.drill_paper_rows import NAMES_OF_A_DRILL
from emergency_desk.services import drill_evaluation, drill_lists, drills, findings
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedDrill
from tests.builders import SetClock, acting_as, make_desk
from tests.reports.sheets import FONTS
from tests.services.test_drills import designed

MATTERS = ("目的及要求", "情景", "参演人员", "时间与地点", "主要任务及职责", "筹备工作", "主要工作步骤", "技术支撑及保障条件", "评估与总结")
CHAPTERS = ("演练基本情况", "评估过程", "演练情况分析", "分方面得分", "问题、改进意见与整改", "评估结论")


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")


def evaluated(desk: Desk, clock: SetClock) -> Drill:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    first = drill_lists.drill_board(desk, drill_id=drill.id).injects[0]
    clock.forward(2)
    drills.release_inject(desk, inject_id=first.id)
    clock.forward(9)
    drills.answer_inject(desk, inject_id=first.id, text="已报区应急局")
    drills.end_drill(desk, drill_id=drill.id, heads=214)
    findings.add_finding(desk, problem="山谷通信盲区", drill_id=drill.id, unit="区应急局", owner="张三")
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", points=3, evidence="见记录")
    return drill_evaluation.conclude(desk, drill_id=drill.id, verdict=Verdict.FAIR, person="评估员乙", words="报告偏慢").value


def pages(desk: Desk, name: str, folder: Path, language: str) -> list[str]:
    printed = papers.write_paper(desk, name, out=folder / f"{name}-{language}.pdf", language=language, fonts=FONTS)
    document = pypdfium2.PdfDocument(printed.path)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r", "") for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("name", [*NAMES_OF_A_DRILL])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_mark_stands_on_every_page(desk: Desk, clock: SetClock, tmp_path: Path, name: str, language: str) -> None:
    evaluated(desk, clock)
    for text in pages(desk, name, tmp_path, language):
        assert "演练" in text and "DRILL" in text


def test_the_report_has_its_six_chapters_and_what_was_measured(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    drill = evaluated(desk, clock)
    text = "\n".join(pages(desk, "drill", tmp_path, "zh"))
    at = [text.index(f"{number}、{chapter}") for number, chapter in zip("一二三四五六", CHAPTERS, strict=True)]
    assert at == sorted(at)
    for told in (drill.number, "9分钟", "超时", "60.0 %", "山谷通信盲区", "评估结论：中", "报告偏慢", "1项时限中0项按时",
                 "从发出到行动", "行动用时（竖线为时限", "各方面得分率", "3/5"):
        assert told in text, told


def told(desk: Desk, name: str, folder: Path) -> str:
    return "\n".join(pages(desk, name, folder, "zh"))


def test_the_work_plan_has_its_nine_matters(desk: Desk, tmp_path: Path) -> None:
    designed(desk)
    text = told(desk, "drill-plan", tmp_path)
    at = [text.index(f"{number}、{chapter}") for number, chapter in zip("一二三四五六七八九", MATTERS, strict=True)]
    assert at == sorted(at)
    for words in ("15分钟内到场", "真实火警", "评估员乙", "参演214人", "T+2 报告区", "101项"):
        assert words in text, words


def test_what_is_handed_out_tells_each_what_he_may_know(desk: Desk, tmp_path: Path) -> None:
    designed(desk)
    script, cards, sheets = (told(desk, name, tmp_path) for name in ("drill-script", "drill-cards", "drill-observers"))
    assert all("过火1.2公顷" in text for text in (script, cards)) and "区启动响应" in script and "区启动响应" in sheets
    assert "区启动响应" not in cards and "演练注入信息 2" in cards and "区启动响应" not in told(desk, "drill-book", tmp_path)
    assert "评估员乙" in told(desk, "drill-sign-in", tmp_path) and "应到214人" in told(desk, "drill-sign-in", tmp_path)
    support = told(desk, "drill-support", tmp_path)
    assert all(words in support for words in ("真实火警", "5级以上风", "这不是演练", "清点全部参演人员：214人"))


def test_the_course_of_a_blind_drill_stands_in_no_book(desk: Desk, tmp_path: Path) -> None:
    designed(desk, notice=DrillNotice.BLIND)
    assert "过火1.2公顷" not in told(desk, "drill-book", tmp_path) and "只发导调人员" in told(desk, "drill-script", tmp_path)


def test_the_form_is_that_of_the_drill_and_what_is_not_given_stays_empty(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    evaluated(desk, clock)
    text = told(desk, "drill-form", tmp_path)
    assert "评估表A" in text and "见记录" in text and "A2-13" in text and "B1-1" not in text
    drills.plan_drill(desk, asked=AskedDrill(title="桌面", planned_at=desk.now()))
    text = told(desk, "drill-form", tmp_path)
    assert "评估表B" in text and "B1-1" in text and "A2-13" not in text


def test_the_letter_and_the_ledger_tell_what_was_found(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    drill = evaluated(desk, clock)
    letter, ledger = told(desk, "drill-letter", tmp_path), told(desk, "drill-findings", tmp_path)
    for words in (drill.title, "参演214人", "注入信息2条，发出1条", "1项时限中0项按时", "满分5分（60.0 %）", "评估组（评估员乙）结论：中"):
        assert words in letter.replace("\n", ""), words
    assert "山谷通信盲区" in letter and "山谷通信盲区" in ledger and "区应急局 张三" in ledger


def test_a_report_prints_the_latest_or_the_drill_that_is_named(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    first = evaluated(desk, clock)
    clock.forward(60)
    drills.plan_drill(desk, asked=AskedDrill(title="下一次演练", planned_at=desk.now()))
    assert "下一次演练" in told(desk, "drill", tmp_path)
    printed = papers.write_paper(desk, "drill", out=tmp_path / "first.pdf", language="zh", fonts=FONTS, number="E1")
    assert first.title in pypdfium2.PdfDocument(printed.path)[0].get_textpage().get_text_bounded()


def test_the_same_drill_over_the_years_stands_side_by_side(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    evaluated(desk, clock)
    assert "没有该预案更早的已评估演练" in told(desk, "drill-years", tmp_path)
    clock.forward(365 * 24 * 60)
    second = evaluated(desk, clock)
    for name in ("drill-years", "drill"):
        text = told(desk, name, tmp_path)
        for words in ("2026-11-05", "2027-11-05", "60.0 %", "得分率", "9分钟", "E0001", second.number.rpartition("-")[2]):
            assert words in text, (name, words)


def test_all_are_written_as_documents_with_the_mark_too(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    evaluated(desk, clock)
    for name in NAMES_OF_A_DRILL:
        printed = papers.write_paper(desk, name, out=tmp_path / f"{name}.docx", language="en", fonts=FONTS)
        with zipfile.ZipFile(printed.path) as file:
            heads = [file.read(part).decode() for part in file.namelist() if part.startswith("word/header")]
        assert heads and all("演练" in head and "DRILL" in head for head in heads), name


def test_without_a_drill_there_is_nothing_to_print(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NothingToPrint):
        papers.write_paper(desk, "drill", out=tmp_path / "x.pdf", language="zh", fonts=FONTS)
