"""Every key of every page as text of the manual, from the register of actions of a window whose pages were all opened once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from emergency_desk.domain.manual import Manual
from emergency_desk.errands.manual import read_manual
from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.manual.places import PLACES
from emergency_desk.wording.catalog import _


def keys_of_all(window: MainWindow, folder: Path, language: str) -> str:
    """Return a section for each section of the manual that tells of pages, in its order; what works everywhere stands first."""
    manual = read_manual(folder, language)
    parts = [_section("keys_everywhere", _("Everywhere"), (action for action in window.acts.all if not action.pages))]
    for place in _in_order(manual):
        pages = [page for page, told in PLACES.items() if told == place]
        actions = [action for action in window.acts.all if set(action.pages) & set(pages)]
        if any(action.key for action in actions):
            parts.append(_section(f"keys_{place[0]}_{place[1]}", _title(manual, place), actions))
    return "\n\n".join(parts) + "\n"


def _in_order(manual: Manual) -> list[tuple[str, str]]:
    told = set(PLACES.values())
    return [(page.id, section.anchor) for page in manual.pages for section in page.sections if (page.id, section.anchor) in told]


def _title(manual: Manual, place: tuple[str, str]) -> str:
    return next(section.title for section in manual.page(place[0]).sections if section.anchor == place[1])


def _section(anchor: str, title: str, actions: Iterable[Action]) -> str:
    rows = dict.fromkeys((action.key, action.words) for action in actions if action.key)
    lines = [f"| **{_spelt(key)}** | {words.replace('|', '¦')} |" for key, words in rows]
    return "\n".join((f"### {title} {{#{anchor}}}", "", f"| {_('Key')} | {_('What it does')} |", "|---|---|", *lines))


def _spelt(key: str) -> str:
    """Return a key by its name: on paper not every typeface has the signs that buttons show."""
    return key.replace("Return", "Enter").replace("Escape", "Esc")
