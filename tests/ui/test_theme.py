"""The palettes keep the contrast that tired eyes need, and the letters their measure."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication

from emergency_desk.ui import dressing, fonts, theme
from emergency_desk.ui.input_method import environment
from emergency_desk.ui.theme import DARK, LIGHT, Colours, Scheme, Tone, contrast, scale_environment, text_pairs
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.shapes import Shape
from tests.everywhere import told_by_colour_alone
from tests.ui.conftest import FONTS


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(palette: Colours) -> None:
    weak = [(ink, ground, round(contrast(ink, ground), 2)) for ink, ground in text_pairs(palette) if contrast(ink, ground) < 4.5]
    assert weak == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_of_a_palette_is_a_colour(palette: Colours) -> None:
    assert all(QColor(value).isValid() for value in palette)


def test_switching_the_colours_reaches_what_is_painted(qapp: QApplication) -> None:
    dressing.apply(qapp, Scheme.DARK)
    assert theme.is_dark()
    assert theme.colour(Tone.ACT) == QColor(DARK.act)
    dressing.apply(qapp, Scheme.LIGHT)
    assert theme.colour(Tone.ACT) == QColor(LIGHT.act)


def test_digits_stand_still_in_the_face_of_the_desk(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_shipped_face_is_taken_where_the_system_has_none(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FACES", ())
    assert fonts.choose_face(FONTS) == "Noto Sans SC"


def test_without_any_face_the_choice_is_left_to_qt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FACES", ())
    assert fonts.choose_face(tmp_path) == ""


@pytest.mark.parametrize(("letters", "pixels"), [("", 13), ("small", 12), ("large", 17), ("title", 18), ("figure", 30)])
def test_letters_have_the_sizes_of_the_screen_book(qtbot: object, letters: str, pixels: int) -> None:
    made = text_label("市北区", size=letters)
    made.ensurePolished()
    assert made.font().pixelSize() == pixels


def test_everything_can_be_enlarged_up_to_double() -> None:
    assert scale_environment(100) == {}
    assert scale_environment(150) == {"QT_SCALE_FACTOR": "1.5"}
    assert scale_environment(900) == {"QT_SCALE_FACTOR": "2"}


def test_fcitx_is_spoken_to_through_the_portal_of_ibus() -> None:
    assert environment({"XMODIFIERS": "@im=fcitx"}) == {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    assert environment({"QT_IM_MODULE": "fcitx5"})["QT_IM_MODULE"] == "ibus"
    assert environment({"QT_IM_MODULE": "ibus"}) == {}


def test_a_list_that_tells_something_by_its_colour_alone_is_found(qtbot: object) -> None:
    columns = (Column(stretch=1),)
    for cells, is_fault in (((Cell("3", Tone.RED), Cell("3", Tone.GREEN)), True), ((Cell("", shape_tone=Tone.RED),), True),
                            ((Cell("3", Tone.RED, shape=Shape.LATE), Cell("3", Tone.GREEN, shape=Shape.DONE)), False)):
        lines = LinesList(columns)
        lines.show_lines([line(str(number), cell) for number, cell in enumerate(cells)])
        assert bool(told_by_colour_alone(lines)) is is_fault
