"""A planner brings a plan from Word: sees what was recognised, confirms, corrects and leaves, and finds the draft with just that in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from emergency_desk.domain.plan_records import Level, Plan
from emergency_desk.services.plan_drafts import list_drafts, open_draft
from emergency_desk.ui.plans.importing import PAGE, PlanImportPage
from tests.builders import make_desk
from tests.errands import plan_word_files as files
from tests.exchange.plan_words import NANJING
from tests.ui.seat import Seat, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    made = Seat(qtbot, make_desk(tmp_path, account="planner"), tmp_path)
    made.window.add_page(PAGE, lambda: PlanImportPage(made.place))
    made.window.show_page(PAGE)
    return made


def open_plan(seat: Seat, path: Path) -> PlanImportPage:
    page = seat.window.built(PAGE)
    assert isinstance(page, PlanImportPage)
    page.path.setText(str(path))
    page.look()
    seat.settle()
    return page


def gas(seat: Seat, tmp_path: Path) -> PlanImportPage:
    files.good(tmp_path / "燃气.docx")
    return open_plan(seat, tmp_path / "燃气.docx")


def drafts(seat: Seat) -> list[Plan]:
    return [open_draft(seat.desk, draft_id=line.draft.id).plan for line in list_drafts(seat.desk)]


def fill(page: PlanImportPage, name: str, text: str) -> None:
    editor = page.form.editors[name]
    if isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findData(text))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    else:
        assert isinstance(editor, QLineEdit)
        editor.setText(text)


def test_what_was_recognised_stands_there_with_where_it_was_read(seat: Seat, tmp_path: Path) -> None:
    page = gas(seat, tmp_path)
    assert "3 chapters, 7 clauses, 4 proposals" in page.told.text()
    assert texts(page.outline)[0].startswith("1")
    assert any("某市燃气事故应急预案" in one for one in texts(page.facts_list))
    page.proposals.choose("level I")
    assert page.where.text() == "Read in line 6, clause 2.1"
    assert "Ⅰ级响应由市长决定启动" in page.source.toPlainText()
    page.outline.choose("clause 2.2")
    assert "抢险救援组" in page.source.toPlainText()


def test_nothing_is_in_the_draft_that_nobody_confirmed(seat: Seat, tmp_path: Path) -> None:
    page = gas(seat, tmp_path)
    page.take()
    seat.settle()
    (plan,) = drafts(seat)
    assert (plan.levels, plan.work_groups, plan.contacts) == ((), (), ())
    assert len(plan.clauses) == 7
    assert "0 confirmed proposals stand in it. 4 stay as text." in page.told.text()


def test_a_planner_confirms_corrects_and_leaves_by_keyboard(seat: Seat, tmp_path: Path) -> None:
    page = gas(seat, tmp_path)
    page.proposals.setFocus(Qt.FocusReason.OtherFocusReason)
    page.proposals.choose("contact 1")
    seat.press("Delete")
    page.proposals.choose("group 1")
    seat.press("Space")
    page.proposals.choose("level I")
    seat.press("Return")
    fill(page, "activated_by", "市人民政府市长")
    fill(page, "conditions", "死亡5人以上\n燃气管网大面积停气")
    page.form.submit()
    states = texts(page.proposals)
    assert ["corrected" in states[0], "confirmed" in states[1], "left as text" in states[3]] == [True, True, True]
    seat.press("Ctrl+Return")
    seat.settle()
    (plan,) = drafts(seat)
    (rule,) = plan.levels
    assert rule.activated_by.zh == "市人民政府市长"
    assert [one.figures for one in rule.conditions] == [(("dead", 5),), ()]
    assert [one.name.zh for one in plan.situations] == ["燃气管网大面积停气"]
    assert [group.lead.zh for group in plan.work_groups] == ["市消防救援支队"]
    assert plan.contacts == ()


def test_what_is_said_outright_is_confirmed_at_once(seat: Seat, tmp_path: Path) -> None:
    page = gas(seat, tmp_path)
    assert "(2)" in page.sure.text()
    seat.press("Alt+S")
    assert page.given is not None and set(page.given.confirmed) == {"level I", "contact 1"}
    assert not page.sure.isEnabled()


def test_what_the_plan_is_is_asked_and_kept(seat: Seat, tmp_path: Path) -> None:
    page = gas(seat, tmp_path)
    page.facts_list.opened.emit("tier")
    editor = page.fact_form.editors["tier"]
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData("tier_district"))
    page.fact_form.submit()
    page.facts_list.opened.emit("code")
    code = page.fact_form.editors["code"]
    assert isinstance(code, QLineEdit)
    code.setText("gas_north")
    page.fact_form.submit()
    page.confirm_sure()
    page.take()
    seat.settle()
    (plan,) = drafts(seat)
    assert (plan.code, plan.tier.value, plan.levels[0].tier.value) == ("gas_north", "tier_district", "tier_district")


def test_a_level_without_conditions_opens_and_asks_for_them(seat: Seat, tmp_path: Path) -> None:
    files.good(tmp_path / "a.docx", files.GOOD.replace("有下列情形之一的，启动Ⅰ级响应：\n（1）10人以上死亡；\n（2）发生特别重大燃气事故。\n", ""))
    page = open_plan(seat, tmp_path / "a.docx")
    page.proposals.setFocus(Qt.FocusReason.OtherFocusReason)
    page.proposals.choose("level I")
    assert "its conditions were not found" in texts(page.proposals)[0] or page.proposals.lines[0].cells[1].below
    seat.press("Space")
    assert page.form.isVisible()
    page.form.submit()
    assert "Conditions" in page.form.refusal.text()
    fill(page, "conditions", "死亡10人以上")
    page.form.submit()
    assert page.given.confirmed["level I"].level is Level.I  # type: ignore[union-attr]


def test_a_bad_file_is_told_and_nothing_stays_on_the_page(seat: Seat, tmp_path: Path) -> None:
    page = gas(seat, tmp_path)
    files.enciphered(tmp_path / "密.docx")
    page = open_plan(seat, tmp_path / "密.docx")
    assert "protected by a password" in page.told.text()
    assert texts(page.outline) == [] and not page.begin.isEnabled()


MEASURES = files.GOOD.replace("3 附则", """2.3 响应措施
（1）市应急管理局30分钟内派出工作组赶赴现场。
（2）市消防救援支队组织堵漏和搜救。
（3）必要时，市公安局封闭周边道路。
3 附则""")


def test_all_but_the_doubtful_is_confirmed_with_the_minutes_that_the_planner_says(seat: Seat, tmp_path: Path) -> None:
    files.good(tmp_path / "a.docx", MEASURES)
    page = open_plan(seat, tmp_path / "a.docx")
    seat.press("Alt+A")
    assert page.form.isVisible() and "makes no time up" in page.form.note.text()
    page.form.submit()
    assert "Within minutes" in page.form.refusal.text() and page.given is not None and page.given.confirmed == {}
    fill(page, "due", "40")
    page.form.submit()
    assert "1 stays open" in page.told.text()
    seat.press("Ctrl+Return")
    seat.settle()
    (plan,) = drafts(seat)
    assert {one.title.zh: one.due_minutes for one in plan.actions} == {
        "市应急管理局30分钟内派出工作组赶赴现场": 30, "市消防救援支队组织堵漏和搜救": 40}
    assert [(card.post.zh, [step.due_minutes for step in card.steps]) for card in plan.cards] == [("抢险救援组", [40])]


def test_an_action_and_a_card_are_corrected_field_by_field(seat: Seat, tmp_path: Path) -> None:
    files.good(tmp_path / "a.docx", MEASURES)
    page = open_plan(seat, tmp_path / "a.docx")
    page.proposals.setFocus(Qt.FocusReason.OtherFocusReason)
    page.proposals.choose("action 2")
    seat.press("Space")  # it has no time, so it opens instead
    assert page.form.isVisible()
    fill(page, "due", "25")
    fill(page, "role", "grp_rescue")
    page.form.submit()
    page.proposals.choose("card 1")
    seat.press("Return")
    fill(page, "steps", "T+5 到场\nT+20 堵漏\n搜救")
    page.form.submit()
    assert "Within minutes" in page.form.refusal.text()
    fill(page, "steps", "T+5 到场\n20 堵漏\nT＋30分钟 搜救")
    fill(page, "reports_to", "指挥部，市应急管理局，0532-85911111")
    page.form.submit()
    seat.press("Ctrl+Return")
    seat.settle()
    (plan,) = drafts(seat)
    assert [(one.role.value, one.due_minutes) for one in plan.actions] == [("grp_rescue", 25)]
    (card,) = plan.cards
    assert [(step.due_minutes, step.text.zh) for step in card.steps] == [(5, "到场"), (20, "堵漏"), (30, "搜救")]
    assert card.reports_to[0].phone == "0532-85911111"


if NANJING.exists():

    def test_the_nanjing_plan_comes_in_and_its_doubts_are_marked(seat: Seat) -> None:
        page = open_plan(seat, NANJING)
        assert "6 chapters, 70 clauses" in page.told.text()
        page.confirm_sure()
        page.take()
        seat.settle()
        (plan,) = drafts(seat)
        assert len(plan.clauses) == 70 and len(plan.basis) == 10
