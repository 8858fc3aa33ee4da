"""Every page can be worked without a mouse, read aloud, and shown in larger letters; every act stands in the box, every key is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from emergency_desk.app import paths
from emergency_desk.domain.manual import ManualPage
from emergency_desk.domain.plan_markup import Entries, Paragraph, Table
from emergency_desk.errands.manual import read_manual
from emergency_desk.ui import dressing, fonts
from emergency_desk.ui.manual.places import PLACES
from emergency_desk.ui.start.start_page import ACTIONS as AT_THE_START
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.workplace import NEWS
from emergency_desk.wording.catalog import _, use_language
from tests.everywhere import Everywhere, WholeWalk

# What no register of actions knows: the keys of fields, lists and forms, and of the rail.
ALWAYS = {"Return", "Tab", "Shift+Tab", "Escape", "Backspace", "Left", "Right", "Space", "Delete", *(f"Alt+{number}" for number in range(1, 10)),
          *(str(number) for number in range(10))}
NEIGHBOURS = {"room", "manual"}  # a chapter tells also of the way in from the room, and of the manual itself
_SPELT = {"Enter": "Return", "Esc": "Escape", "⏎": "Return", "空格": "Space", "⌫": "Backspace", "←": "Left", "→": "Right", "↑": "Up", "↓": "Down"}
_KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|[A-Z0-9/←→↑↓⏎⌫]|Enter|Esc|Tab|Space|空格|Delete|Backspace|Home|End|PgUp|PgDown)")


def keys_named(page: ManualPage) -> list[str]:
    """Return the keys that a page of the manual sets strong, as the register of actions spells them."""
    found: list[str] = []
    for section in page.sections:
        for part in section.parts:
            runs = [part.words] if isinstance(part, Paragraph) else [*part.entries] if isinstance(part, Entries) else [
                cell for row in part.rows for cell in row] if isinstance(part, Table) else []
            found += [run.words for words in runs for run in words if run.strong and _KEY.fullmatch(run.words)]
    return ["+".join(_SPELT.get(step, step) for step in key.split("+")) if len(key) > 1 else _SPELT.get(key, key) for key in found]


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


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_key_the_manual_names_is_a_key_of_the_pages_it_tells_of(walked: WholeWalk, language: str) -> None:
    everywhere = {key for _id, key, pages in walked.actions if not pages} | ALWAYS
    actions = [*walked.actions, *((action.id, action.key, action.pages) for action in AT_THE_START)]  # no desk that is open has those
    wrong: list[str] = []
    for page in read_manual(paths.manual(), language).pages:
        told = {window_page for window_page, place in PLACES.items() if place[0] == page.id} - {NEWS} or set(walked.pages)  # news tell of all
        known = {key for _id, key, pages in actions if not pages or set(pages) & (told | NEIGHBOURS)} | everywhere
        letters = set().union(*(walked.pages[each].letters for each in told | NEIGHBOURS if each in walked.pages))
        wrong += [f"{page.id}: {key}" for key in keys_named(page) if key not in known and key not in letters]
    assert wrong == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_the_manual_says_stands_in_the_box_stands_there(walked: WholeWalk, language: str) -> None:
    text = "\n".join(section.text for page in read_manual(paths.manual(), language).pages for section in page.sections)
    named = re.findall(r"框里找“([^”]+)”", text) if language == "zh_CN" else re.findall(r'"([^"]+)" in the box', text)
    use_language(language)
    assert len(named) >= 6
    assert {words for words in named} - {_(label).rstrip("…") for label in walked.labels} == set()


def test_f1_opens_the_manual_where_the_officer_stands_and_esc_leads_back(walked: WholeWalk) -> None:
    assert set(walked.manual) - set(PLACES) == set(), "a page of the desk without its place in the manual (ui/manual/places.py)"
    assert {page: opened for page, opened in walked.manual.items() if opened != PLACES[page][0]} == {}
    assert walked.in_manual_and_back == []


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_large_letters_leave_no_word_cut_on_a_small_screen(walked: WholeWalk, percent: int) -> None:
    assert {page: noted.outside[percent] for page, noted in walked.pages.items() if noted.outside[percent]} == {}


def test_nothing_is_told_by_its_colour_alone(walked: WholeWalk) -> None:
    assert {page: noted.colour_alone for page, noted in walked.pages.items() if noted.colour_alone} == {}


def test_at_the_usual_size_no_page_scrolls_as_a_whole(walked: WholeWalk) -> None:
    assert [page for page, noted in walked.pages.items() if noted.scrolls_at_usual_size] == []
