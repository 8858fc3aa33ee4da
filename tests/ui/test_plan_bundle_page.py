"""A planner brings home what another desk wrote: sees plan by plan what came, decides part by part by key, and finds it in the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from emergency_desk.app.more_pages import add_more_pages
from emergency_desk.domain.plan_merge import MergeOutcome
from emergency_desk.errands import plan_bundles
from emergency_desk.services import plan_drafts
from emergency_desk.services.desk import Desk
from emergency_desk.ui.plans import bundle_acts
from emergency_desk.ui.plans.bundle_acts import PAGE
from emergency_desk.ui.plans.bundle_page import PlanBundlePage
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
    assert page.panes.mine.toPlainText().startswith("Number: 1.1") and "甲席位写的。" in page.panes.mine.toPlainText()
    assert "乙席位写的。" in page.panes.theirs.toPlainText()
    assert "planner · 990101" in page.panes.mine_panel.note.text() and "second_planner · 990102" in page.panes.theirs_panel.note.text()
    assert "Nothing yet" in page.panes.result.toPlainText() and not page.merge_button.isEnabled()
    assert page.panes.theirs.extraSelections()


@pytest.mark.parametrize(("key", "said"), [("1", "甲席位写的。"), ("2", "乙席位写的。"), ("3", "乙席位写的。\n甲席位写的。")])
def test_a_part_is_decided_by_one_key_and_goes_into_the_draft(seat: Seat, there: Desk, tmp_path: Path, key: str, said: str) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("Ctrl+M")
    assert words(plan_of_draft(seat.desk), "1.2") != "只有乙席位写。"
    seat.press(key)
    assert said in page.panes.result.toPlainText() or key == "3"
    seat.press("Ctrl+M")
    assert (words(plan_of_draft(seat.desk), "1.1"), words(plan_of_draft(seat.desk), "1.2")) == (said, "只有乙席位写。")
    assert "were put into the draft" in seat.notice
    assert "diverged" not in " ".join(texts(page.plans))


def test_a_part_is_written_anew_in_its_place(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("E")
    assert page.form.isVisible() and not page.result_panel.isVisible()
    page.form.set_answer("body.zh", "两席位商定的。")
    page.form.submit()
    seat.settle()
    assert "两席位商定的。" in page.panes.result.toPlainText() and page.result_panel.isVisible()
    seat.press("Ctrl+M")
    assert words(plan_of_draft(seat.desk), "1.1") == "两席位商定的。"


def test_what_one_side_alone_changed_may_be_turned_down_too(seat: Seat, there: Desk, tmp_path: Path) -> None:
    page = brought_home(seat, there, tmp_path / "back.edplan")
    seat.press("1")
    assert page.merged is not None
    alone = next(part for part in page.merged.parts if part.outcome is MergeOutcome.THEIRS)
    page.parts.choose(f"{alone.key.section}|{alone.key.key}")
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
    assert any("1.1" in each and "changed there" in each for each in texts(page.parts))
    seat.press("1")
    assert not page.decisions.get("0") and not page.merge_button.isVisible()
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
