"""A planner brings home what another desk wrote: sees plan by plan what came, decides part by part by key, and finds it in the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from emergency_desk.app.more_pages import add_more_pages
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_merge import MergeOutcome
from emergency_desk.domain.plan_parts import record_of
from emergency_desk.domain.plan_records import CardStep, Condition, Needs, Plan
from emergency_desk.domain.texts import Text
from emergency_desk.errands import plan_bundles
from emergency_desk.services import plan_drafts, plan_editing
from emergency_desk.services.desk import Desk
from emergency_desk.ui.plans import bundle_acts
from emergency_desk.ui.plans.bundle_acts import PAGE
from emergency_desk.ui.plans.bundle_page import PlanBundlePage
from emergency_desk.ui.plans.clause_editor import ClauseEditor
from emergency_desk.ui.plans.editor import PlanEditorPage
from emergency_desk.ui.plans.order_edit import OrderEdit
from emergency_desk.ui.plans.part_form import PartForm
from emergency_desk.ui.workplace import PLAN_EDITOR
from tests.builders import SetClock, make_desk
from tests.domain.plan_parts import sound_plan
from tests.errands.test_plan_bundles import CODE, both_went_on, carry, foreign, plan_of_draft, revise, verdicts, words, write
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.seat import Seat, texts


def desk_of(folder: Path, account: str, minutes: float, code: str, name: str) -> Desk:
    clock = SetClock()
    clock.forward(minutes)
    desk = make_desk(folder, account=account, clock=clock, name=f"{code}.store")
    desk.facts = replace(desk.facts, code=code, name=name)
    return desk


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_of(tmp_path, "second_planner", 60, "990102", "南山区应急指挥中心")
    yield desk
    desk.store.close()


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    made = Seat(qtbot, desk_of(tmp_path, "planner", 30, "990101", "北河区应急指挥中心"), tmp_path)
    add_more_pages(made.window, made.place)
    made.window.add_page(PLAN_EDITOR, lambda: PlanEditorPage(made.place))
    return made


def opened(seat: Seat, path: Path) -> PlanBundlePage:
    """Open the page on a file."""
    seat.window.show_page(PAGE)
    page = seat.window.built(PAGE)
    assert isinstance(page, PlanBundlePage)
    page.open(path)
    seat.settle()
    return page


def brought_home(seat: Seat, there: Desk, path: Path) -> PlanBundlePage:
    """Let both desks write on one draft, and bring home what the other one wrote."""
    both_went_on(seat.desk, there, path)
    plan_bundles.export_plans(there, path=path, codes=(CODE,))
    return opened(seat, path)


def test_both_sides_stand_beside_each_other_with_their_authors(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    assert "diverged" in texts(page.plans)[0]
    assert page.merging.panes.mine.toPlainText().startswith("Text, Chinese\n甲席位写的。\nNumber\n1.1"), "what is not alike stands first"
    assert "乙席位写的。" in page.merging.panes.theirs.toPlainText()
    panes = page.merging.panes
    assert "planner · 990101" in panes.mine_panel.note.text() and "second_planner · 990102" in panes.theirs_panel.note.text()
    assert "Nothing yet" in page.merging.panes.result.toPlainText() and not page.merging.merge_button.isEnabled()
    marked = page.merging.panes.theirs.document().find("乙")
    assert marked.charFormat().fontUnderline()  # what is new since the common version


@pytest.mark.parametrize(("key", "said"), [("1", "甲席位写的。"), ("2", "乙席位写的。"), ("3", "乙席位写的。\n甲席位写的。")])
def test_a_part_is_decided_by_one_key_and_goes_into_the_draft(seat: Seat, there: Desk, tmp_path: Path, key: str, said: str) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("Ctrl+M")
    assert words(plan_of_draft(seat.desk), "1.2") != "只有乙席位写。"
    seat.press(key)
    assert said in page.merging.panes.result.toPlainText() or key == "3"
    seat.press("Ctrl+M")
    assert (words(plan_of_draft(seat.desk), "1.1"), words(plan_of_draft(seat.desk), "1.2")) == (said, "只有乙席位写。")
    assert "were put into the draft" in seat.notice
    assert "diverged" not in " ".join(texts(page.plans))


def test_a_part_is_written_anew_in_its_place(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("E")
    assert page.merging.writing.isVisible() and not page.merging.result_panel.isVisible()
    editor = page.merging.writing.editor
    assert isinstance(editor, ClauseEditor)
    editor.bodies["zh"].set_body("两席位商定的。")
    seat.press("Ctrl+S")
    assert "两席位商定的。" in page.merging.panes.result.toPlainText() and page.merging.result_panel.isVisible()
    seat.press("Ctrl+M")
    assert words(plan_of_draft(seat.desk), "1.1") == "两席位商定的。"


def test_what_one_side_alone_changed_may_be_turned_down_too(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("1")
    assert page.merging.merged is not None
    alone = next(part for part in page.merging.merged.parts if part.outcome is MergeOutcome.THEIRS)
    page.merging.parts.choose(f"{alone.key.section}|{alone.key.key}")
    seat.press("1", "Ctrl+M")
    assert words(plan_of_draft(seat.desk), "1.2") != "只有乙席位写。"


def test_a_new_draft_is_taken_by_one_key_and_then_it_is_the_same(seat: Seat, there: Desk, tmp_path: Path) -> None:
    revise(there)
    write(there, "1.1", "乙席位写的。")
    plan_bundles.export_plans(there, path=tmp_path / "new.edplan", codes=(CODE, "gas_leak"))
    page = opened(seat, tmp_path / "new.edplan")
    assert [text.split()[-1] for text in texts(page.plans)] == ["newer", "same"] or "newer" in texts(page.plans)[0]
    seat.press("Ctrl+Return")
    assert words(plan_of_draft(seat.desk), "1.1") == "乙席位写的。" and "1 version or draft was taken" in seat.notice
    assert not page.take_button.isEnabled()


def test_a_word_that_is_not_known_is_matched_in_its_place(seat: Seat, tmp_path: Path) -> None:
    foreign(tmp_path / "far.edplan", sound_plan(code="volcano", hazards=("volcano",)))
    page = opened(seat, tmp_path / "far.edplan")
    assert "volcano" in texts(page.words)[0] and "words lacking" in texts(page.plans)[0]
    seat.press("Ctrl+Return")
    assert "does not know: volcano" in page.told.text()
    page.words.opened.emit("volcano")
    choice = page.word_form.editors["match"]
    assert isinstance(choice, QComboBox) and choice.findText("Earthquake") >= 0
    choice.setCurrentIndex(choice.findData("earthquake"))
    page.word_form.submit()
    seat.settle()
    assert not page.words.lines
    seat.press("Ctrl+Return")
    assert seat.desk.trade.plan("volcano", "1.0").hazard_types == ("earthquake",)


def test_what_a_newer_draft_changes_is_shown_before_it_is_taken(seat: Seat, there: Desk, tmp_path: Path) -> None:
    revise(there)
    write(there, "1.1", "乙席位写的。")
    plan_bundles.export_plans(there, path=tmp_path / "new.edplan", codes=(CODE,))
    page = opened(seat, tmp_path / "new.edplan")
    assert any("1.1" in each and "changed there" in each for each in texts(page.merging.parts))
    seat.press("1")
    assert not page.decisions.get("0") and not page.merging.merge_button.isVisible()
    assert plan_drafts.list_drafts(seat.desk) == []


def test_a_spoilt_file_is_told_in_a_sentence_and_changes_nothing(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    spoilt = bytearray((tmp_path / "back.edplan").read_bytes())
    spoilt[-9] ^= 1
    (tmp_path / "spoilt.edplan").write_bytes(spoilt)
    page.open(tmp_path / "spoilt.edplan")
    seat.settle()
    assert "its seal does not fit" in page.told.text() and not page.plans.lines and not page.take_button.isEnabled()


def test_plans_leave_from_the_box_that_does_anything(seat: Seat, there: Desk, tmp_path: Path) -> None:
    offered = [one.title for one in bundle_acts.found(seat.place)]
    assert "Export all plans for another desk" in offered and "Import plans of another desk…" in offered and len(offered) == 13
    bundle_acts.write(seat.place, (CODE,), tmp_path / "out")
    seat.settle()
    assert "1 plan was written" in seat.notice
    assert verdicts(plan_bundles.preview(there, path=tmp_path / "out.edplan")) == ["same"]
    assert carry(seat.desk, there, tmp_path / "again.edplan").bundle.desk_code == "990101"


def test_nothing_is_cut_and_the_page_does_not_scroll(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    assert cut_labels(seat.window) == [] and page_scroll_bars(seat.window) == []
    page.edit()
    seat.settle()
    assert cut_labels(seat.window) == []
    assert seat.focus.focusPolicy() != Qt.FocusPolicy.NoFocus and plan_drafts.list_drafts(seat.desk)


# -- every kind of part -----------------------------------------------------------------------------------------------
def change(desk: Desk, kind: PartKind, key: str, **changes: object) -> None:
    """Save one part of the desk's draft otherwise."""
    assert isinstance(desk._clock, SetClock)
    desk._clock.forward(5)
    view = plan_drafts.open_draft(desk, draft_id=plan_drafts.list_drafts(desk, code=CODE)[0].draft.id)
    part = view.part(kind, key)
    assert part is not None
    record = record_of(part.kind, part.content)
    plan_editing.save_part(desk, part_id=part.id, record=replace(record, **changes), version=part.version)  # type: ignore[arg-type]


def first_of(desk: Desk, kind: PartKind) -> tuple[str, Any]:
    """Return key and record of the first part of a kind of the draft."""
    view = plan_drafts.open_draft(desk, draft_id=plan_drafts.list_drafts(desk, code=CODE)[0].draft.id)
    part = next(part for part in view.parts if part.kind is kind)
    return part.key, record_of(part.kind, part.content)


Changes = Callable[[Any], dict[str, object]]
KINDS: tuple[tuple[PartKind, Changes, Changes, str, object, Callable[[Plan], object]], ...] = (
    (PartKind.LEVEL, lambda _one: {"conditions": (Condition(figures=(("trapped", 4),)),)},
     lambda _one: {"conditions": (Condition(figures=(("trapped", 6),)),)}, "when", [("trapped", "5", "", "", "", "")],
     lambda plan: plan.levels[0].conditions),
    (PartKind.ACTION, lambda _one: {"needs": Needs(teams=(("fire_fighting", 2),))}, lambda _one: {"needs": Needs(teams=(("fire_fighting", 4),))},
     "teams", [("fire_fighting", "3")], lambda plan: plan.actions[0].needs.teams),
    (PartKind.WORK_GROUP, lambda one: {"members": (*one.members, Text("甲局"))}, lambda one: {"members": (*one.members, Text("乙局"))},
     "members", [("丙局", "")], lambda plan: [member.zh for member in plan.work_groups[0].members]),
    (PartKind.CONTACT, lambda _one: {"phone": "0532-10000001"}, lambda _one: {"phone": "0532-10000002"}, "phone", "0532-10000003",
     lambda plan: plan.contacts[0].phone),
    (PartKind.CARD, lambda one: {"steps": (*one.steps[:2], CardStep(due_minutes=7, text=Text("甲步骤")))},
     lambda one: {"steps": (*one.steps[:2], CardStep(due_minutes=9, text=Text("乙步骤")))}, "steps", [("8", "商定的步骤", "")],
     lambda plan: [(step.due_minutes, step.text.zh) for step in plan.cards[0].steps]),
)
WRITTEN = {
    PartKind.LEVEL: (Condition(figures=(("trapped", 5),)),), PartKind.ACTION: (("fire_fighting", 3),), PartKind.WORK_GROUP: ["丙局"],
    PartKind.CONTACT: "0532-10000003", PartKind.CARD: [(8, "商定的步骤")]}


@pytest.mark.parametrize(("kind", "ours", "theirs", "field", "written", "of_draft"), KINDS, ids=[str(one[0]) for one in KINDS])
def test_every_kind_of_part_is_written_anew_in_the_fields_of_the_editor(
    seat: Seat, there: Desk, tmp_path: Path, kind: PartKind, ours: Changes, theirs: Changes,
    field: str, written: object, of_draft: Callable[[Plan], object],
) -> None:
    path = tmp_path / "back.edplan"
    revise(seat.desk)
    plan_bundles.take(there, carry(seat.desk, there, path))
    key, record = first_of(seat.desk, kind)
    change(seat.desk, kind, key, **ours(record))
    change(there, kind, key, **theirs(record))
    plan_bundles.export_plans(there, path=path, codes=(CODE,))
    page = opened(seat, path)
    assert "planner · 990101" in page.merging.panes.mine_panel.note.text()
    assert "second_planner · 990102" in page.merging.panes.theirs_panel.note.text()
    assert page.merging.panes.mine.toPlainText() != page.merging.panes.theirs.toPlainText()
    seat.press("E")
    form = page.merging.writing.editor
    assert isinstance(form, PartForm) and form.editors[field].isVisible()
    form.fill({**form.values(), field: written})
    seat.press("Ctrl+S", "Ctrl+M")
    assert of_draft(plan_of_draft(seat.desk)) == WRITTEN[kind]


def move_first_behind(desk: Desk, place: int) -> None:
    """Move the first working group of the draft behind another one."""
    view = plan_drafts.open_draft(desk, draft_id=plan_drafts.list_drafts(desk, code=CODE)[0].draft.id)
    groups = [part for part in view.parts if part.kind is PartKind.WORK_GROUP]
    plan_editing.move_part(desk, part_id=groups[0].id, after=groups[place].id)


def test_a_sequence_that_both_changed_is_put_right_by_hand(seat: Seat, there: Desk, tmp_path: Path) -> None:
    path = tmp_path / "back.edplan"
    revise(seat.desk)
    plan_bundles.take(there, carry(seat.desk, there, path))
    before = [group.id for group in plan_of_draft(seat.desk).work_groups]
    move_first_behind(seat.desk, 1)
    move_first_behind(there, 3)
    plan_bundles.export_plans(there, path=path, codes=(CODE,))
    page = opened(seat, path)
    seat.press("E")
    editor = page.merging.writing.editor
    assert isinstance(editor, OrderEdit) and editor.list.hasFocus()
    assert editor.keys == (before[1], before[0], *before[2:])  # as this side has it
    editor.list.choose(before[0])
    seat.press("Ctrl+Shift+Down", "Ctrl+S", "Ctrl+M")
    assert [group.id for group in plan_of_draft(seat.desk).work_groups] == [before[1], before[2], before[0], *before[3:]]


def test_a_table_that_both_changed_stands_as_a_table_and_is_mended_as_one(seat: Seat, there: Desk, tmp_path: Path) -> None:
    path = tmp_path / "back.edplan"
    revise(seat.desk)
    write(seat.desk, "1.1", "见下表。\n| 级别 | 条件 |\n| Ⅲ级 | 3人 |")
    plan_bundles.take(there, carry(seat.desk, there, path))
    write(seat.desk, "1.1", "见下表。\n| 级别 | 条件 |\n| Ⅲ级 | 4人 |")
    write(there, "1.1", "见下表。\n| 级别 | 条件 |\n| Ⅲ级 | 6人 |")
    plan_bundles.export_plans(there, path=path, codes=(CODE,))
    page = opened(seat, path)
    assert len(page.merging.panes.mine.document().rootFrame().childFrames()) == 1
    seat.press("E")
    editor = page.merging.writing.editor
    assert isinstance(editor, ClauseEditor)
    editor.bodies["zh"].set_body("见下表。\n| 级别 | 条件 |\n| Ⅲ级 | 5人 |")
    seat.press("Ctrl+S", "Ctrl+M")
    assert words(plan_of_draft(seat.desk), "1.1") == "见下表。\n| 级别 | 条件 |\n| Ⅲ级 | 5人 |"


def test_what_was_begun_to_be_written_is_put_away_by_escape(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("E", "Escape")
    assert not page.merging.writing.isVisible() and seat.window.page is page and page.merging.decided == {}


def test_the_draft_that_both_were_put_into_is_opened_by_one_key(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("1", "Ctrl+M")
    assert page.open_button.isVisible() and "Alt+O" in seat.notice
    seat.press("Alt+O")
    editor = seat.window.page
    assert editor is not page and editor.draft.plan == plan_of_draft(seat.desk)  # type: ignore[union-attr]
