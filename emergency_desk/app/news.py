"""What is new, once for each person on each machine after an update of the program; never in the way of an open incident."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

from emergency_desk import __version__
from emergency_desk.app import paths
from emergency_desk.domain.releases import in_order
from emergency_desk.services import incidents
from emergency_desk.ui import preferences
from emergency_desk.ui.actions import Action
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.workplace import BOARD, NEWS, Workplace
from emergency_desk.wording.catalog import N_, _, current_language

ACTIONS = (Action("open_news", N_("What is new in this version"), "open_news", in_bar=False),)
_log = logging.getLogger(__name__)


def offer(place: Workplace) -> None:
    """Register the page; it is found in the Ctrl+K box."""
    window = place.window

    def make() -> Any:
        from emergency_desk.ui.manual.news_page import NewsPage

        return NewsPage(window, paths.manual(), current_language())

    window.add_page(NEWS, make)
    window.open_news = partial(_open, place, "")  # type: ignore[attr-defined]
    window.acts.register(ACTIONS)


def tell(place: Workplace, *, is_new_here: bool) -> None:
    """Tell what came after the version that was seen last. Whoever only now founded the desk has nothing to compare with.

    A demo city and the twin of a drill tell nothing by themselves: there one practises.
    """
    desk, seen = place.desk, preferences.read(_folder()).news_seen
    if is_new_here:
        _mark()
    elif not (desk.facts.is_demo or desk.facts.twin or desk.store.is_read_only) and in_order(seen) < in_order(__version__):
        place.ask(lambda: bool(incidents.list_open(desk)), then=partial(_tell, place, seen))


def _tell(place: Workplace, seen: str, is_busy: bool) -> None:
    window = place.window
    if not place.background.takes_work:  # closed meanwhile
        return
    if not is_busy and window.page_id == BOARD and not window.top.box.is_open:
        _open(place, seen)
    elif window.notices.notice is None:
        window.notices.tell(Notice(_("Version {version} of the program brings something new. It waits in Ctrl+K, “What is new”.").format(
            version=__version__), act_text=_("What is new"), act=partial(_open, place, seen)))


def _open(place: Workplace, seen: str) -> None:
    page: Any = place.window.show_page(NEWS)
    page.show_after(seen)
    _mark()


def _mark() -> None:
    try:
        preferences.change(_folder(), news_seen=__version__)
    except OSError as error:  # then it is told once more at the next start
        _log.info("what was seen of the news could not be noted: %s", error)


def _folder() -> Path:
    return paths.settings_file().parent
