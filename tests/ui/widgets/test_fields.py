"""Numbers may be unknown, and a refusal hangs on its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.domain.errors import FieldMissing, NoTeamChosen
from emergency_desk.ui.messages import CrashDialog, explain
from emergency_desk.ui.widgets.fields import NumberEdit, RefusalBubble, mark_refused
from emergency_desk.ui.widgets.notices import Notice, NoticeBar


@pytest.mark.parametrize(("typed", "value"), [("", None), ("?", None), ("？", None), ("0", 0), ("12", 12), ("１２", 12), ("1,200", 1200)])
def test_a_number_is_read_and_unknown_is_not_nought(qtbot: QtBot, typed: str, value: int | None) -> None:
    field = NumberEdit()
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value == value
    assert field.is_readable


def test_letters_in_a_number_are_kept_and_marked(qtbot: QtBot) -> None:
    field = NumberEdit()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "two")
    assert field.text() == "two"
    assert field.value is None
    assert field.property("refused") is True


def test_up_and_down_step_a_number_and_never_below_nought(qtbot: QtBot) -> None:
    field = NumberEdit()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.number_changed):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value == 1
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value == 0


def _form(qtbot: QtBot) -> tuple[QWidget, QLineEdit, NoticeBar]:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    field, bar = QLineEdit(), NoticeBar()
    layout.addWidget(field)
    layout.addWidget(bar)
    holder.resize(700, 300)
    qtbot.addWidget(holder)
    holder.show()
    return holder, field, bar


def test_a_refusal_hangs_on_its_field_and_leaves_with_the_next_letter(qtbot: QtBot) -> None:
    holder, field, bar = _form(qtbot)
    explain(FieldMissing(name="where"), bar, {"where": field})
    bubble = holder.findChild(RefusalBubble)
    assert isinstance(bubble, RefusalBubble) and bubble.isVisible()
    assert bubble.sentence == "\"Where\" has no answer yet. Type one and save again."
    assert bar.notice is None
    QTest.keyClicks(field, "s")
    assert bubble.isHidden()
    assert field.property("refused") is False


def test_a_refusal_without_a_field_on_the_form_goes_to_the_notice_bar(qtbot: QtBot) -> None:
    _holder, field, bar = _form(qtbot)
    explain(NoTeamChosen(), bar, {"where": field})
    assert bar.isVisible()
    assert bar.notice is not None and bar.notice.stays


def test_a_refusal_goes_and_comes_back_with_the_page_of_its_field(qtbot: QtBot) -> None:
    holder, field, _bar = _form(qtbot)
    mark_refused(field, "One.")
    bubble = holder.findChild(RefusalBubble)
    assert isinstance(bubble, RefusalBubble)
    field.hide()
    assert bubble.isHidden()
    field.show()
    assert bubble.isVisible()


def test_a_second_refusal_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    holder, field, _bar = _form(qtbot)
    mark_refused(field, "One.")
    mark_refused(field, "Two.")
    assert [bubble.sentence for bubble in holder.findChildren(RefusalBubble) if bubble.isVisible()] == ["Two."]


def test_undo_runs_once_and_the_notice_goes(qtbot: QtBot) -> None:
    _holder, _field, bar = _form(qtbot)
    undone: list[str] = []
    bar.done("Fire station 2 was sent.", lambda: undone.append("undone"))
    bar.do_act()
    bar.do_act()
    assert undone == ["undone"]
    assert bar.isHidden()


def test_a_done_notice_leaves_by_itself_and_a_refusal_stays(qtbot: QtBot) -> None:
    _holder, _field, bar = _form(qtbot)
    bar._timer.setInterval(1)
    bar.tell(Notice("Saved."))
    qtbot.waitUntil(bar.isHidden)
    bar.refuse("A rule does not allow this.")
    assert not bar._timer.isActive()


def test_the_crash_dialog_covers_nothing_and_gives_the_report_away(qtbot: QtBot) -> None:
    dialog = CrashDialog(None, "Traceback: KeyError", "desk.log")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.isModal()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
