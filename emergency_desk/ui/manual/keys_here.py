"""The keys that work where the officer stands, as a page of the manual: from the register of actions and from the lists of the page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from emergency_desk.domain.manual import Section
from emergency_desk.domain.plan_markup import Paragraph, Run, Table
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.wording.catalog import _
from emergency_desk.wording.keys import key_text


def keys_here(window: MainWindow) -> tuple[Section, ...]:
    """Return what can be done on the shown page: by a key, with a letter in a list, and by the box alone."""
    here = [action for action in window.acts.here() if action.pages]
    always = [action for action in window.acts.here() if not action.pages and action.key]
    parts = [Paragraph((Run(_("Everything here also stands in the box that Ctrl+K opens, found by words, pinyin or initials.")),))]
    made = [_section("", _("Keys where you were"), 1, parts)]
    keyed, boxed = [action for action in here if action.key], [action for action in here if not action.key]
    if keyed:
        made.append(_section("page", _("On that page"), 2, [_table(keyed)]))
    letters = letters_of(window.page)
    if letters:
        made.append(_section("lists", _("In its lists"), 2, [Paragraph((Run(words),)) for words in letters]))
    if boxed:
        made.append(_section("box", _("Only in the box"), 2, [Paragraph((Run(action.words),)) for action in boxed]))
    made.append(_section("always", _("Everywhere"), 2, [_table(always)]))
    return tuple(made)


def letters_of(page: QWidget | None) -> list[str]:
    """Return what each shown list tells of its letters."""
    lists: Iterable[KeyedList] = page.findChildren(KeyedList) if page is not None else ()
    return list(dict.fromkeys(each.accessibleName() for each in lists if each.isVisible() and each.letter_keys))


def _table(actions: Iterable[Action]) -> Table:
    head = ((Run(_("Key")),), (Run(_("What it does")),))
    return Table((head, *(((Run(key_text(action.key), strong=True),), (Run(action.words),)) for action in actions)))


def _section(anchor: str, title: str, level: int, parts: list[Paragraph] | list[Table]) -> Section:
    return Section(anchor, title, level, tuple(parts), "")
