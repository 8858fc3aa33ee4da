"""The papers of a drill: the work plan with its script, the evaluation in six chapters; the mark of a drill on every page, as plain text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.domain.drills import Drill, ReadyCheck, Verdict
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.errands import papers
from emergency_desk.services import drill_evaluation, drill_lists, drills, findings
from emergency_desk.services.desk import Desk
from tests.builders import SetClock, acting_as, make_desk
from tests.reports.sheets import FONTS
from tests.services.test_drills import designed

CHAPTERS = ("演练基本情况", "评估过程", "演练情况分析", "分方面得分", "问题、改进意见与整改", "评估结论")


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


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


@pytest.mark.parametrize("name", ["drill-plan", "drill"])
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


def test_the_work_plan_carries_script_cards_and_sheets(desk: Desk, tmp_path: Path) -> None:
    designed(desk)
    text = "\n".join(pages(desk, "drill-plan", tmp_path, "zh"))
    for told in ("15分钟内到场", "真实火警", "T+30", "过火1.2公顷", "演练注入信息 1", "签到表", "观察记录表", "评估员乙"):
        assert told in text, told


def test_both_are_written_as_documents_too(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    evaluated(desk, clock)
    for name in ("drill-plan", "drill"):
        printed = papers.write_paper(desk, name, out=tmp_path / f"{name}.docx", language="en", fonts=FONTS)
        assert printed.path.stat().st_size > 5_000


def test_without_a_drill_there_is_nothing_to_print(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NothingToPrint):
        papers.write_paper(desk, "drill", out=tmp_path / "x.pdf", language="zh", fonts=FONTS)
