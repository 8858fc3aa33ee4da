"""A planner writes: clauses, tables and the runnable part, saved as one types, taken back, found and replaced, checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import parts_of
from emergency_desk.domain.plan_records import Clause, Condition, Level, Plan, PlanFact, PlanKind, PlanRole
from emergency_desk.domain.texts import Text
from emergency_desk.errands.background import Background
from emergency_desk.services import plan_drafts, plan_editing
from emergency_desk.ui.plans.editor_side import Side
from emergency_desk.ui.plans.open_draft import Keeping
from emergency_desk.ui.plans.rows_edit import RowsEdit
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.ui.workplace import PLANS
from emergency_desk.wording import catalog
from tests.builders import acting_as, trade
from tests.ui.fitting import cut_labels
from tests.ui.planner import CODE, Planner, shown


@pytest.fixture
def planner(qtbot: QtBot, tmp_path: Path) -> Iterator[Planner]:
    planner = Planner(qtbot, tmp_path)
    yield planner
    planner.close()


def wait_saved(planner: Planner) -> None:
    planner.qtbot.waitUntil(lambda: planner.editor.draft.keeping is Keeping.SAVED, timeout=5000)


def body(planner: Planner, number: str) -> str:
    clause = planner.kept().plan.clause(number)
    assert clause is not None
    return clause.body.zh


# -- opening -----------------------------------------------------------------------------------------------------------
def test_a_revision_is_begun_from_the_reader_by_keys_alone_and_opens_in_the_editor(planner: Planner) -> None:
    planner.place.open_plan(CODE, "1.0", "5.1")
    planner.settle()
    planner.press("Alt+E", "Return")
    assert planner.window.page is planner.editor
    view = planner.kept()
    assert (view.draft.base_version, view.draft.plan_version) == ("1.0", "2.0")
    assert planner.editor.outline.hasFocus()
    planner.press("Escape")
    assert planner.window.page_id == PLANS
    planner.press("Alt+E")
    assert planner.window.page is planner.editor and len(plan_drafts.list_drafts(planner.desk)) == 1


def test_a_new_plan_begins_with_the_outline_of_its_kind(planner: Planner) -> None:
    planner.press("Ctrl+N")
    planner.words("隧道事故应急预案")
    planner.press("Return")
    plan = planner.kept().plan
    assert (plan.title.zh, plan.kind, plan.version, plan.tier) == ("隧道事故应急预案", PlanKind.SPECIAL, "1.0", Tier.DISTRICT)
    assert plan.area_code == planner.desk.memory.tree().by_id[planner.desk.area_id].code
    assert [clause.title.zh for clause in plan.clauses if "." not in clause.number] == [
        "总则", "组织指挥体系与职责", "监测预警", "信息报告", "应急响应", "后期处置", "应急保障", "预案管理", "附则"]
    assert plan.code not in {one.code for one in trade().current_plans}
    assert "The law wants these" in planner.editor.top.missing.text()


def test_a_new_plan_without_a_title_is_refused_where_it_is_asked(planner: Planner) -> None:
    planner.press("Ctrl+N", "Return")
    page = planner.window.built(PLANS)
    assert page.starting.form.isVisible() and page.starting.form.refusal.text()  # type: ignore[union-attr]
    assert planner.focus is page.starting.form.editors["title"]  # type: ignore[union-attr]


def test_who_may_not_change_plans_is_not_offered_to(planner: Planner) -> None:
    acting_as(planner.desk, "observer")
    assert not planner.window.acts.can("plans_revise") and not planner.window.acts.can("plans_new")


def test_the_outline_shows_what_is_empty_and_what_the_standard_outline_has_besides(planner: Planner) -> None:
    planner.write(Plan(code="small", version="1.0", title=Text("小预案"), kind=PlanKind.SPECIAL, hazard_types=(), tier=Tier.STREET,
                       clauses=(Clause(number="5", title=Text("应急响应")), Clause(number="5.1", title=Text("先期处置", "First response")))))
    lines = shown(planner.editor.outline)
    assert lines[0] == "Head of the plan" and "5.1 First response" in [" ".join(line.split()[:3]) for line in lines]
    assert any(line.startswith("+ ") for line in lines)
    assert any(line.startswith("Actions and owners") for line in lines)


# -- writing -----------------------------------------------------------------------------------------------------------
def test_what_is_typed_is_saved_after_a_pause_and_marked_until_then(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.1")
    before = body(planner, "1.1")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("先救人。")
    assert planner.editor.draft.keeping is Keeping.TYPED and body(planner, "1.1") == before
    assert "Typing" in planner.editor.top.keeping.text()
    wait_saved(planner)
    assert body(planner, "1.1") == "先救人。" + before
    assert "All saved" in planner.editor.top.keeping.text()


def test_leaving_the_text_saves_at_once_and_so_does_closing_the_window(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.1")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("甲")
    planner.press("Escape")
    assert body(planner, "1.1").startswith("甲")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("乙")
    planner.window.close()
    assert "乙" in body(planner, "1.1")


def test_lists_strong_words_and_tables_are_written_by_keys(planner: Planner) -> None:
    planner.write(Plan(code="small", version="1.0", title=Text("小预案"), kind=PlanKind.SPECIAL, hazard_types=(), tier=Tier.STREET,
                       clauses=(Clause(number="1", title=Text("总则")),)))
    planner.go_to(PartKind.CLAUSE, "1")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("before ")
    planner.press("Ctrl+B")
    planner.words("strong")
    planner.press("Ctrl+B", "Return")
    planner.words("- first")
    planner.press("Return")
    planner.words("second")
    planner.press("Return", "Return", "Ctrl+Shift+T")
    for word in ("a", "b", "c", "1", "2", "3"):
        planner.words(word)
        planner.press("Tab")
    planner.words("4")
    planner.press("Ctrl+S")
    assert body(planner, "1") == "before **strong**\n- first\n- second\n| a | b | c |\n| 1 | 2 | 3 |\n| 4 |  |  |"
    planner.press("Ctrl+Alt+Right", "Ctrl+Alt+Up", "Ctrl+S")
    assert body(planner, "1").endswith("| a |  | b | c |\n| 1 |  | 2 | 3 |")


def test_a_page_of_word_is_pasted_clean(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.1")
    text = planner.editor.clause_editor.bodies["zh"]
    text.setFocus()
    text.selectAll()
    mime = QMimeData()
    mime.setHtml("<p class=MsoNormal style='font-family:仿宋;color:red'>第一段<b>加粗</b></p>"
                 "<table><tr><td>甲</td><td>乙</td></tr></table><p>末段</p>")
    text.insertFromMimeData(mime)
    planner.press("Ctrl+S")
    assert body(planner, "1.1") == "第一段**加粗**\n| 甲 | 乙 |\n末段"
    cursor = text.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    text.setTextCursor(cursor)
    mime = QMimeData()
    mime.setText("，接着\n下一段")
    text.insertFromMimeData(mime)
    planner.press("Ctrl+S")
    assert body(planner, "1.1").endswith("末段，接着\n下一段")


def test_undo_reaches_over_what_was_saved_and_redo_brings_it_back(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.1")
    before = body(planner, "1.1")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("一")
    planner.press("Ctrl+S")
    planner.words("二")
    planner.press("Ctrl+S")
    planner.words("三")
    planner.press("Ctrl+Z")
    assert body(planner, "1.1") == "一二" + before
    assert planner.editor.clause_editor.bodies["zh"].body == "一二" + before
    planner.press("Ctrl+Z", "Ctrl+Z")
    assert body(planner, "1.1") == before
    planner.press("Ctrl+Y")
    assert body(planner, "1.1") == "一" + before
    planner.press("Ctrl+Z", "Ctrl+Z")
    assert "taken back" in planner.notice


def test_one_key_goes_to_the_text_that_is_written_where_the_desk_s_own_language_is_empty(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.1")
    editor = planner.editor.clause_editor
    planner.editor.focus_outline()
    planner.press("Alt+T")
    assert editor.bodies["en"].hasFocus()  # both are written: the desk's own
    editor.bodies["en"].selectAll()
    planner.press("Delete")
    planner.editor.focus_outline()
    planner.press("Alt+T")
    assert editor.bodies["zh"].hasFocus()
    editor.bodies["zh"].selectAll()
    planner.press("Delete")
    planner.editor.focus_outline()
    planner.press("Alt+T")
    assert editor.bodies["en"].hasFocus()  # nothing is written yet


def test_undo_works_from_a_field_that_has_a_history_of_its_own(planner: Planner) -> None:
    planner.revise()
    planner.editor.outline.choose("kind action")
    planner.press("Alt+T")
    planner.words("急")
    planner.press("Ctrl+S")
    action_id = planner.editor.tables[PartKind.ACTION].part.record.id  # type: ignore[union-attr]
    was = next(one for one in trade().plan(CODE, "1.0").actions if one.id == action_id)
    assert next(one for one in planner.kept().plan.actions if one.id == action_id).title.zh == "急" + was.title.zh
    planner.press("Ctrl+Z")
    assert next(one for one in planner.kept().plan.actions if one.id == action_id) == was


def test_the_words_are_counted_as_one_types(planner: Planner) -> None:
    planner.write(Plan(code="small", version="1.0", title=Text("小预案"), kind=PlanKind.SPECIAL, hazard_types=(), tier=Tier.STREET,
                       clauses=(Clause(number="1", title=Text("总则")),)))
    planner.go_to(PartKind.CLAUSE, "1")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("先救人，再控火。")
    assert planner.editor.clause_editor.counted.text().startswith("8 characters")


# -- clauses ------------------------------------------------------------------------------------------------------------
def test_a_clause_is_added_in_between_and_what_rests_on_the_others_follows(planner: Planner) -> None:
    planner.revise()
    base = planner.kept().plan
    planner.go_to(PartKind.CLAUSE, "5.1")
    planner.press("Alt+A")
    planner.words("新的一条")
    planner.press("Ctrl+S")
    plan = planner.kept().plan
    assert plan.clause("5.2") == Clause(number="5.2", title=Text("新的一条")) or plan.clause("5.2").title.en == "新的一条"  # type: ignore[union-attr]
    assert len(plan.clauses) == len(base.clauses) + 1
    moved = next(one for one in base.clauses if one.number == "5.2")
    assert plan.clause("5.3").title == moved.title  # type: ignore[union-attr]
    assert {rule.clause for rule in plan.levels if rule.clause.startswith("5.3.")} == {
        "5.3." + rule.clause.removeprefix("5.2.") for rule in base.levels if rule.clause.startswith("5.2.")}
    planner.press("Ctrl+Z", "Ctrl+Z")
    assert planner.kept().plan == base


def test_a_section_of_the_standard_outline_is_added_where_it_belongs(planner: Planner) -> None:
    titles = (("1", "总则"), ("1.1", "编制目的"), ("1.2", "适用范围"), ("2", "应急响应"))
    planner.write(Plan(code="small", version="1.0", title=Text("小预案"), kind=PlanKind.SPECIAL, hazard_types=(), tier=Tier.STREET,
                       clauses=tuple(Clause(number=number, title=Text(title)) for number, title in titles)))
    line = next(line for line in planner.editor.outline.lines if line.key == "missing 1.2")
    planner.editor.outline.setFocus()
    planner.editor.outline.choose(line.key)
    planner.press("Return")
    plan = planner.kept().plan
    assert [(one.number, one.title.zh) for one in plan.clauses] == [
        ("1", "总则"), ("1.1", "编制目的"), ("1.2", "编制依据"), ("1.3", "适用范围"), ("2", "应急响应")]
    assert planner.editor.clause_editor.body.hasFocus()
    assert not any(line.key == "missing 1.2" for line in planner.editor.outline.lines)


def test_a_chapter_is_removed_with_all_in_it_and_brought_back(planner: Planner) -> None:
    planner.revise()
    base = planner.kept().plan
    planner.go_to(PartKind.CLAUSE, "6")
    planner.press("Alt+Delete")
    assert not any(clause.number.split(".")[0] == "6" for clause in planner.kept().plan.clauses)
    assert "Removed" in planner.notice
    planner.press("Alt+U")
    assert planner.kept().plan == base


def test_a_clause_moves_among_its_sisters_and_gets_their_number(planner: Planner) -> None:
    planner.revise()
    title = planner.kept().plan.clause("4.2").title  # type: ignore[union-attr]
    planner.go_to(PartKind.CLAUSE, "4.2")
    planner.press("Alt+Up")
    assert planner.kept().plan.clause("4.1").title == title  # type: ignore[union-attr]
    assert planner.editor.clause_part.record.number == "4.1"  # type: ignore[union-attr]


def test_a_number_is_typed_anew_and_a_wrong_one_is_refused_at_its_field(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "8.2")
    number = planner.editor.clause_editor.number
    number.setFocus()
    number.selectAll()
    planner.words("8.9")
    planner.press("Tab")
    assert planner.kept().plan.clause("8.9") is not None and planner.kept().plan.clause("8.2") is None
    number.setFocus()
    number.selectAll()
    planner.words("eight")
    planner.press("Tab")
    assert number.property("refused") is True
    number.setText("8.1")
    number.editingFinished.emit()
    assert "there already" in planner.notice


# -- the runnable part --------------------------------------------------------------------------------------------------
def test_an_action_is_added_with_all_it_needs_without_seeing_the_format(planner: Planner) -> None:
    planner.revise()
    planner.editor.outline.choose("kind action")
    planner.press("Alt+A")
    form = planner.editor.tables[PartKind.ACTION].form
    assert form is not None and form.editors["title.zh"].hasFocus()
    planner.words("关闭燃气总阀")
    planner.press("Tab")
    planner.words("Shut the gas main")
    form.editors["tier"].choose(Tier.DISTRICT.value)  # type: ignore[attr-defined]
    form.editors["role"].choose(PlanRole.RESCUE.value)  # type: ignore[attr-defined]
    form.editors["due"].setFocus()
    form.editors["due"].selectAll()  # type: ignore[attr-defined]
    planner.words("10")
    form.editors["from_level"].choose(Level.III.value)  # type: ignore[attr-defined]
    form.editors["clause"].choose("5.1")  # type: ignore[attr-defined]
    form.editors["meets"].choose(PlanFact.REPORT_PHONE.value)  # type: ignore[attr-defined]
    teams = form.editors["teams"]
    assert isinstance(teams, RowsEdit)
    teams.lines[0][0].choose("gas_repair")  # type: ignore[attr-defined]
    teams.lines[0][1].setFocus()
    planner.words("2")
    planner.press("Ctrl+S")
    made = next(one for one in planner.kept().plan.actions if one.title.en == "Shut the gas main")
    assert (made.tier, made.role, made.due_minutes, made.from_level, made.clause, made.meets, made.needs.teams) == (
        Tier.DISTRICT, PlanRole.RESCUE, 10, Level.III, "5.1", PlanFact.REPORT_PHONE, (("gas_repair", 2),))
    assert made.title.zh == "关闭燃气总阀" and len(teams.lines) == 2
    assert "Shut the gas main" in " ".join(shown(planner.editor.tables[PartKind.ACTION].list))


def test_a_minute_that_is_no_number_leaves_what_was_there(planner: Planner) -> None:
    planner.revise()
    planner.editor.outline.choose("kind action")
    table = planner.editor.tables[PartKind.ACTION]
    before = table.part.record  # type: ignore[union-attr]
    table.form.editors["due"].setFocus()  # type: ignore[union-attr]
    table.form.editors["due"].selectAll()  # type: ignore[union-attr]
    planner.words("soon")
    planner.press("Ctrl+S")
    assert table.form.editors["due"].property("refused") is True  # type: ignore[union-attr]
    assert next(one for one in planner.kept().plan.actions if one.id == before.id) == before


def test_a_level_gets_a_condition_of_two_figures_and_a_grade(planner: Planner) -> None:
    planner.revise()
    planner.editor.outline.choose("kind level")
    table = planner.editor.tables[PartKind.LEVEL]
    table.choose(next(part.id for part in planner.editor.draft.parts(PartKind.LEVEL) if part.key == "tier_district IV"))
    form = table.form
    assert form is not None
    assert form.editors["always"].isChecked()  # type: ignore[attr-defined]
    planner.qtbot.mouseClick(form.editors["always"], Qt.MouseButton.LeftButton)
    when = form.editors["when"]
    assert isinstance(when, RowsEdit)
    row = when.lines[0]
    row[0].choose("trapped")  # type: ignore[attr-defined]
    row[1].setFocus()
    planner.words("3")
    when.lines[0][2].choose("hurt")  # type: ignore[attr-defined]
    when.lines[0][4].choose("grade_3")  # type: ignore[attr-defined]
    planner.press("Ctrl+S")
    rule = planner.kept().plan.level_rule(Tier.DISTRICT, Level.IV)
    assert rule is not None and rule.conditions == (Condition(figures=(("trapped", 3), ("hurt", 1)), grade=Grade.RELATIVELY_MAJOR),)


def test_a_row_is_taken_away_and_moved_by_keys(planner: Planner) -> None:
    planner.revise()
    planner.editor.outline.choose("kind work_group")
    table = planner.editor.tables[PartKind.WORK_GROUP]
    table.choose(next(part.id for part in planner.editor.draft.parts(PartKind.WORK_GROUP) if len(part.record.members) > 1))
    was = table.part.record.members  # type: ignore[union-attr]
    members = table.form.editors["members"]  # type: ignore[union-attr]
    assert isinstance(members, RowsEdit)
    members.lines[0][0].setFocus()
    planner.press("Ctrl+Shift+Down", "Ctrl+S")
    assert table.part.record.members[:2] == (was[1], was[0])  # type: ignore[union-attr]
    planner.press("Ctrl+Delete", "Ctrl+S")
    group = next(one for one in planner.kept().plan.work_groups if one.id == table.part.record.id)  # type: ignore[union-attr]
    assert group.members == (was[1], *was[2:])


def test_the_head_of_the_plan_is_written_in_a_form(planner: Planner) -> None:
    planner.revise()
    planner.editor.outline.choose("head")
    planner.editor.focus_text()
    planner.words("新版")
    planner.editor.head_form.editors["hazard_types"].lines[-1][0].choose("vehicle_fire")  # type: ignore[union-attr]
    planner.press("Ctrl+S")
    plan = planner.kept().plan
    assert plan.title.zh.startswith("新版") and plan.hazard_types[-1] == "vehicle_fire"
    planner.press("Ctrl+Z")
    assert planner.kept().plan.title == trade().plan(CODE, "1.0").title


# -- two planners -------------------------------------------------------------------------------------------------------
def other_saves(planner: Planner, number: str, words: str) -> None:
    part = planner.kept().part(PartKind.CLAUSE, number)
    clause = planner.kept().plan.clause(number)
    assert part is not None and clause is not None
    plan_editing.save_part(planner.desk, part_id=part.id, record=replace(clause, body=Text(words, clause.body.en)), version=part.version)


def test_two_planners_at_one_part_see_both_texts_and_choose(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.2")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("我写的。")
    other_saves(planner, "1.2", "别人写的。")
    planner.press("Ctrl+S")
    assert planner.editor.draft.keeping is Keeping.KEPT_BACK and planner.editor.clash.isVisible()
    assert "别人写的" in planner.editor.clash.theirs_text.toPlainText()
    assert "我写的" in planner.editor.clash.ours_text.toPlainText()
    assert body(planner, "1.2") == "别人写的。" and planner.editor.clause_editor.bodies["zh"].body.startswith("我写的。")
    planner.words("还在写。")
    planner.press("Alt+M")
    assert body(planner, "1.2").startswith("我写的。还在写。") and not planner.editor.clash.isVisible()
    assert planner.editor.draft.keeping is Keeping.SAVED


def test_what_the_other_saved_can_be_taken(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.2")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("我写的。")
    other_saves(planner, "1.2", "别人写的。")
    planner.press("Ctrl+S", "Alt+E")
    assert planner.editor.clause_editor.bodies["zh"].body == "别人写的。"
    assert planner.editor.draft.keeping is Keeping.SAVED and body(planner, "1.2") == "别人写的。"


def test_what_another_desk_saved_elsewhere_comes_in_without_touching_what_is_typed(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.2")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("正在写")
    part, clause = planner.kept().part(PartKind.CLAUSE, "1.3"), planner.kept().plan.clause("1.3")
    assert part is not None and clause is not None
    done = plan_editing.save_part(planner.desk, part_id=part.id, record=replace(clause, title=Text("新题", "New title")), version=part.version)
    planner.background.announce(done.changes)
    assert any(line.startswith("1.3 New title") for line in shown(planner.editor.outline))
    assert planner.editor.clause_editor.bodies["zh"].body.startswith("正在写")


def test_with_real_threads_nothing_typed_is_lost_and_closing_waits_for_the_store(qtbot: QtBot, tmp_path: Path) -> None:
    deliverer = Deliverer()
    background = Background(deliverer.deliver)
    planner = Planner(qtbot, tmp_path, background)
    draft = plan_drafts.start_revision(planner.desk, code=CODE, version="1.0", scope=plan_drafts.RevisionScope.MAJOR).value
    planner.place.open_plan_editor(draft.id)
    qtbot.waitUntil(lambda: planner.editor.draft.draft is not None)
    planner.go_to(PartKind.CLAUSE, "1.1")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    for _round in range(5):
        planner.words("字")
        planner.editor.draft.flush()
    planner.words("尾")
    planner.window.close()
    background.close()
    kept = plan_drafts.open_draft(planner.desk, draft_id=draft.id).plan.clause("1.1")
    assert kept is not None and kept.body.zh.startswith("字字字字字尾")
    planner.desk.store.close()


# -- find, check, compare ------------------------------------------------------------------------------------------------
def test_words_are_found_through_the_whole_plan_and_walked_through_by_key(planner: Planner) -> None:
    planner.revise()
    planner.press("Ctrl+F")
    planner.words("消防救援")
    assert planner.editor.side.view is Side.FOUND
    count = len(planner.editor.side.found.lines)
    assert count > 5 and f"{count} places" in planner.editor.find_bar.count.text()
    planner.press("Return")
    first = planner.editor.current
    assert planner.editor.find_bar.words.hasFocus()
    selected = [body.textCursor().selectedText() for body in planner.editor.clause_editor.bodies.values()]
    assert "消防救援" in selected
    for _round in range(count - 1):
        planner.press("Return")
    assert planner.editor.current != first
    planner.press("Escape")
    assert not planner.editor.find_bar.isVisible()


def test_all_is_replaced_as_one_act_that_undo_takes_back(planner: Planner) -> None:
    planner.revise()
    base = planner.kept().plan
    planner.press("Ctrl+H")
    planner.words("消防救援机构")
    planner.press("Ctrl+H")
    planner.words("消防救援大队")
    planner.press("Alt+Shift+R")
    texts = " ".join(part.content for part in parts_of(planner.kept().plan))
    assert "消防救援机构" not in texts and "消防救援大队" in texts and "Replaced in" in planner.notice
    planner.press("Ctrl+Z")
    assert planner.kept().plan == base


def test_one_place_is_replaced_and_the_next_one_chosen(planner: Planner) -> None:
    planner.revise()
    planner.press("Ctrl+H")
    planner.words("消防救援机构")
    count = len(planner.editor.side.found.lines)
    planner.press("Return", "Ctrl+H")
    planner.words("大队")
    planner.press("Return", "Ctrl+S")
    assert len(planner.editor.side.found.lines) == count - 1
    assert sum(part.content.count("大队") for part in parts_of(planner.kept().plan)) > sum(
        part.content.count("大队") for part in parts_of(trade().plan(CODE, "1.0")))


def test_a_finding_leads_to_the_part_where_it_is_mended(planner: Planner) -> None:
    planner.revise()
    part = planner.editor.draft.find(PartKind.ACTION, "d03")
    assert part is not None
    planner.editor.draft.edit(part.id, replace(part.record, clause="9.9"))
    planner.press("Alt+K")
    assert planner.editor.side.view is Side.CHECK
    line = next(line for line in planner.editor.side.check.lines if "9.9" in line.cells[0].text)
    planner.editor.side.check.choose(line.key)
    assert planner.editor.current == "kind action"
    assert planner.editor.tables[PartKind.ACTION].part.record.id == "d03"  # type: ignore[union-attr]
    line = next(line for line in planner.editor.side.check.lines if line.cells[0].text.startswith("No phone for Ambulance"))
    planner.editor.side.check.choose(line.key)
    assert "ambulance" in planner.editor.tables[PartKind.CONTACT].part.record.unit.en.lower()  # type: ignore[union-attr]


def test_a_draft_is_compared_with_the_version_it_was_begun_from(planner: Planner) -> None:
    planner.revise()
    planner.go_to(PartKind.CLAUSE, "1.2")
    planner.editor.clause_editor.bodies["zh"].setFocus()
    planner.words("另有规定的除外。")
    planner.press("Alt+V")
    page = planner.window.page
    lines = shown(page.list)  # type: ignore[union-attr]
    assert [line for line in lines if line.startswith("changed")] == ["changed 1.2 Scope"]
    assert (page.before.value, page.after.value) == ("1.0", "2.0")  # type: ignore[union-attr]
    assert "另有规定的除外" in page.after_text.toPlainText() and "另有规定" not in page.before_text.toPlainText()  # type: ignore[union-attr]
    planner.press("Alt+E")
    assert planner.window.page is planner.editor and planner.editor.clause_part.record.number == "1.2"  # type: ignore[union-attr]


def test_changes_are_walked_through_by_key_with_what_stayed_in_between(planner: Planner) -> None:
    planner.revise()
    for number in ("1.2", "5.1"):
        part = planner.editor.draft.find(PartKind.CLAUSE, number)
        assert part is not None
        planner.editor.draft.edit(part.id, replace(part.record, title=Text(part.record.title.zh + "改", part.record.title.en)))
    planner.press("Alt+V", "Alt+A")
    page = planner.window.page
    assert len(page.list.lines) > 100  # type: ignore[union-attr]
    seen = [page.list.current_key]  # type: ignore[union-attr]
    planner.press("F3", "F3", "F3")
    seen.append(page.list.current_key)  # type: ignore[union-attr]
    planner.press("Shift+F3")
    assert page.list.current_key != seen[1]  # type: ignore[union-attr]
    assert "改" in page.after_text.toPlainText()  # type: ignore[union-attr]


def test_a_draft_goes_from_its_first_letter_to_where_it_is_reviewed(planner: Planner) -> None:
    planner.press("Ctrl+N")
    planner.words("隧道事故应急预案")
    planner.press("Return")
    planner.go_to(PartKind.CLAUSE, "5.1")
    planner.press("Alt+T")
    planner.words("People first, then hold the fire.")
    planner.press("Alt+K")
    assert planner.editor.side.check.lines
    draft = planner.kept().draft
    planner.press("Ctrl+Return")
    assert planner.window.page_id == PLANS
    clause = plan_drafts.open_draft(planner.desk, draft_id=draft.id).plan.clause("5.1")
    assert clause is not None and clause.body.en == "People first, then hold the fire."
    assert any(line.endswith("v1.0 · draft") for line in shown(planner.window.page.plans))  # type: ignore[union-attr]
    planner.press("Alt+E")
    assert planner.window.page is planner.editor and planner.editor.draft.draft == draft


# -- size and looks ------------------------------------------------------------------------------------------------------
def test_a_plan_of_three_hundred_sections_has_one_editor(planner: Planner) -> None:
    plan = trade().plan(CODE, "1.0")
    many = tuple(Clause(number=f"{chapter}.{count}", title=Text(f"第{chapter}章第{count}节"), body=Text("甲" * 200))
                 for chapter in range(10, 40) for count in range(1, 11))
    planner.write(replace(plan, code="large", clauses=(*plan.clauses, *many)))
    assert len(planner.editor.draft.parts(PartKind.CLAUSE)) > 300
    assert len(planner.editor.findChildren(type(planner.editor.clause_editor))) == 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_editor_fits_the_small_screen_in_both_languages(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    catalog.use_language(language)
    planner = Planner(qtbot, tmp_path)
    planner.revise()
    for line in planner.editor.outline.lines:
        if line.key.startswith("kind") or line.key == "head":
            planner.editor.outline.choose(line.key)
            planner.settle()
            assert cut_labels(planner.editor) == [], line.key
    planner.go_to(PartKind.CLAUSE, "5.1")
    planner.press("Ctrl+H")
    assert cut_labels(planner.editor) == []
    planner.press("Escape", "Alt+V")
    assert planner.window.page is not None and cut_labels(planner.window.page) == []
    planner.close()
