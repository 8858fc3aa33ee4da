"""Every page can be worked without a mouse, read aloud, and shown in larger letters; every act stands in the box, every key is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from emergency_desk.app import paths
from emergency_desk.ui import dressing, fonts
from emergency_desk.ui.theme import Scheme
from emergency_desk.wording.catalog import use_language
from tests.everywhere import Everywhere, WholeWalk


@pytest.fixture(scope="module")
def walked(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeWalk]:
    """Walk through the whole window once; dialogs of the system are answered with nothing."""
    use_language("en", paths.locale())
    fonts.apply(qapp, paths.fonts())
    dressing.apply(qapp, Scheme.LIGHT)
    patch = pytest.MonkeyPatch()
    answered: Any = staticmethod(lambda *_asked, **_more: ("", ""))
    patch.setattr(QFileDialog, "getOpenFileName", answered)
    patch.setattr(QFileDialog, "getSaveFileName", answered)
    window = Everywhere(qapp, Path(tmp_path_factory.mktemp("everywhere")))
    try:
        yield window.walk()
    finally:
        window.close()
        patch.undo()


def test_every_page_was_walked(walked: WholeWalk) -> None:
    assert len(walked.pages) >= 45
    assert [page for page, noted in walked.pages.items() if noted.controls < 3] == []


def test_a_screen_reader_has_a_name_for_every_control(walked: WholeWalk) -> None:
    assert {page: noted.unnamed for page, noted in walked.pages.items() if noted.unnamed} == {}


def test_tab_comes_to_every_control_and_round_again(walked: WholeWalk) -> None:
    assert {page: noted.trap for page, noted in walked.pages.items() if noted.trap} == {}
    assert {page: noted.unreached for page, noted in walked.pages.items() if noted.unreached} == {}


def test_nothing_can_be_done_by_mouse_alone(walked: WholeWalk) -> None:
    assert {page: noted.only_by_mouse for page, noted in walked.pages.items() if noted.only_by_mouse} == {}


def test_every_act_of_a_page_stands_in_the_box(walked: WholeWalk) -> None:
    assert {page: noted.not_in_box for page, noted in walked.pages.items() if noted.not_in_box} == {}


def test_no_key_does_anything_that_the_register_of_actions_does_not_know(walked: WholeWalk) -> None:
    assert walked.loose_shortcuts == []


def test_the_name_of_a_list_tells_each_of_its_letters(walked: WholeWalk) -> None:
    assert {page: noted.untold_letters for page, noted in walked.pages.items() if noted.untold_letters} == {}


def test_a_key_that_is_printed_on_a_button_is_a_key_of_the_page(walked: WholeWalk) -> None:
    assert {page: noted.unknown_keys for page, noted in walked.pages.items() if noted.unknown_keys} == {}


def test_f1_opens_the_manual_where_the_officer_stands_and_esc_leads_back(walked: WholeWalk) -> None:
    from emergency_desk.ui.manual.places import PLACES

    assert [page for page, opened in walked.manual.items() if opened != PLACES[page][0]] == []
    assert walked.in_manual_and_back == []


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_large_letters_leave_no_word_cut_on_a_small_screen(walked: WholeWalk, percent: int) -> None:
    assert {page: noted.outside[percent] for page, noted in walked.pages.items() if noted.outside[percent]} == {}


def test_at_the_usual_size_no_page_scrolls_as_a_whole(walked: WholeWalk) -> None:
    assert [page for page, noted in walked.pages.items() if noted.scrolls_at_usual_size] == []
