"""The answer to "where" is given by keyboard alone, in characters, pinyin or initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.ui.widgets.area_picker import AreaPicker, Candidate
from emergency_desk.wording import sounds

_AREAS: Sequence[Candidate] = (
    ("shinan", "市南区", "青岛市"), ("shibei", "市北区", "青岛市"), ("liaoyuan", "辽源路街道", "青岛市 › 市北区"),
    ("sifang", "四方街道", "青岛市 › 市北区"), ("zhongshan", "中山路街道", "青岛市 › 市南区"),
)  # fmt: skip
Type = Callable[[QWidget, str], None]


def _candidates(text: str) -> list[Candidate]:
    return [area for area in _AREAS if sounds.score(text, area[1])]


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    holder.picker = AreaPicker(_candidates)  # type: ignore[attr-defined]
    holder.after = QLineEdit()  # type: ignore[attr-defined]
    layout.addWidget(holder.picker)
    layout.addWidget(holder.after)
    holder.resize(600, 400)
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    holder.picker.setFocus()
    return holder


@pytest.fixture
def picker(form: QWidget) -> AreaPicker:
    return form.picker  # type: ignore[attr-defined, no-any-return]


def test_two_initials_and_tab_make_shinan(picker: AreaPicker) -> None:
    QTest.keyClicks(picker, "sn")
    assert picker.is_offering
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    assert (picker.area_id, picker.area_name, picker.address) == ("shinan", "市南区", "")
    assert picker.hasFocus()
    assert not picker.is_offering


def test_enter_takes_the_line_that_down_moved_to(picker: AreaPicker) -> None:
    QTest.keyClicks(picker, "s")
    QTest.keyClick(picker, Qt.Key.Key_Down)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.area_id == "shibei"


def test_up_from_the_first_line_goes_to_the_last(picker: AreaPicker) -> None:
    QTest.keyClicks(picker, "s")
    QTest.keyClick(picker, Qt.Key.Key_Up)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.area_id == "sifang"


def test_what_follows_the_area_stays_as_the_address(picker: AreaPicker, type_chinese: Type) -> None:
    QTest.keyClicks(picker, "lyl")
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    type_chinese(picker, "合肥路 123 号 3 单元")
    assert picker.text() == "辽源路街道 · 合肥路 123 号 3 单元"
    assert picker.address == "合肥路 123 号 3 单元"


def test_an_area_written_in_full_with_its_address_is_taken_when_the_line_is_left(form: QWidget, picker: AreaPicker,
                                                                                   type_chinese: Type) -> None:
    type_chinese(picker, "市北区延安三路18号")
    assert picker.area_id == ""
    form.after.setFocus()  # type: ignore[attr-defined]
    assert (picker.area_id, picker.address) == ("shibei", "延安三路18号")


def test_tab_moves_on_once_the_area_is_taken(form: QWidget, picker: AreaPicker) -> None:
    QTest.keyClicks(picker, "sn")
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    assert form.after.hasFocus()  # type: ignore[attr-defined]


def test_an_address_is_never_swallowed_by_a_street_inside_the_area(form: QWidget, picker: AreaPicker) -> None:
    picker.set_answer(_AREAS[0])
    QTest.keyClicks(picker, "zs")
    assert picker.is_offering
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    assert picker.area_id == "shinan"
    assert picker.address == "zs"


def test_a_street_inside_the_area_is_taken_when_it_is_marked(picker: AreaPicker) -> None:
    picker.set_answer(_AREAS[0])
    QTest.keyClicks(picker, "zs")
    QTest.keyClick(picker, Qt.Key.Key_Down)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.area_id == "zhongshan"


def test_rubbing_out_the_area_takes_it_away(picker: AreaPicker, qtbot: QtBot) -> None:
    picker.set_answer(_AREAS[0], "香港中路 1 号")
    picker.selectAll()
    with qtbot.waitSignal(picker.answered):
        QTest.keyClick(picker, Qt.Key.Key_Delete)
    assert (picker.area_id, picker.address) == ("", "")


def test_escape_puts_the_candidates_away_and_nothing_else(picker: AreaPicker) -> None:
    QTest.keyClicks(picker, "s")
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert not picker.is_offering
    assert picker.text() == "s"


def test_letters_that_the_input_method_still_holds_are_not_looked_up(picker: AreaPicker) -> None:
    event = QInputMethodEvent("shi'nan", [])
    QApplication.sendEvent(picker, event)
    assert picker.hasFocus()
    assert not picker.is_offering


def test_chinese_from_the_input_method_is_offered_like_letters(picker: AreaPicker, type_chinese: Type) -> None:
    type_chinese(picker, "市南")
    assert picker.is_offering
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    assert picker.area_id == "shinan"


def test_an_area_without_an_address_is_left_without_a_dangling_dot(form: QWidget, picker: AreaPicker) -> None:
    QTest.keyClicks(picker, "sn")
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    form.after.setFocus()  # type: ignore[attr-defined]
    assert picker.text() == "市南区"
    picker.setFocus()
    QTest.keyClicks(picker, "7 Hai'an Road")
    assert (picker.text(), picker.area_id) == ("市南区 · 7 Hai'an Road", "shinan")


@pytest.fixture
def alone(qtbot: QtBot) -> AreaPicker:
    picker = AreaPicker(_candidates, addressed=False)
    qtbot.addWidget(picker)
    picker.show()
    picker.activateWindow()
    picker.setFocus()
    return picker


def test_where_no_address_belongs_the_choice_stands_alone(alone: AreaPicker) -> None:
    QTest.keyClicks(alone, "sn")
    QTest.keyClick(alone, Qt.Key.Key_Tab)
    assert (alone.area_id, alone.text()) == ("shinan", "市南区")


def test_where_no_address_follows_tab_takes_what_is_marked_and_moves_on(form: QWidget, picker: AreaPicker) -> None:
    picker._addressed = False
    QTest.keyClicks(picker, "sn")
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    assert (picker.area_id, picker.text()) == ("shinan", "市南区")
    assert form.after.hasFocus()  # type: ignore[attr-defined]


def test_words_typed_after_a_choice_undo_it_and_are_never_kept_in_silence(alone: AreaPicker) -> None:
    QTest.keyClicks(alone, "sn")
    QTest.keyClick(alone, Qt.Key.Key_Tab)
    QTest.keyClicks(alone, "x")
    assert (alone.area_id, alone.address) == ("", "市南区x")
    QTest.keyClick(alone, Qt.Key.Key_Backspace)
    alone.settle()
    assert alone.area_id == "shinan"
