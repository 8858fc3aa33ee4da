"""The first morning of a store: the onboarding page, and founding the desk it asks for behind the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from emergency_desk.app import paths, qt_words
from emergency_desk.app.application import Asked
from emergency_desk.app.founding import division_finder, found_store
from emergency_desk.domain.errors import DeskError
from emergency_desk.errands.background import Background
from emergency_desk.errands.division_finding import DivisionFinder
from emergency_desk.errands.founding_city import Founded, Wanted
from emergency_desk.ui import preferences
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.start.onboarding import ACTIONS, ONBOARDING, OnboardingPage
from emergency_desk.wording import catalog


class InSession(Protocol):
    """As much of a session as the first morning needs."""

    asked: Asked
    window: MainWindow
    background: Background
    recovery_to_show: str
    is_new_here: bool

    def open(self) -> None:
        """Open the store that was asked for."""

    def renew_window(self) -> None:
        """Let a new window take the place of the old one."""

    def build_demo(self, show_progress: Callable[[int, int, str], None], refused: Callable[[DeskError], object]) -> None:
        """Build the demo city and open it."""


class Beginning:
    """Shows the onboarding page in a session's window; when the desk is founded the session opens it and signs the founder in."""

    def __init__(self, session: InSession) -> None:
        self._session = session
        self._finder: DivisionFinder | None = None

    def show(self) -> None:
        """Show the page; the divisions are read behind it."""
        page = self._show_page()
        if self._finder is None:
            self._session.background.store(lambda: division_finder().warm(), then=self._take_finder, refused=page.refused)

    def _show_page(self) -> OnboardingPage:
        self.page = page = OnboardingPage()
        window = self._session.window
        page.wanted.connect(self._found)
        page.demo_wanted.connect(lambda: self._session.build_demo(page.show_progress, page.refused))
        page.language_wanted.connect(self._speak)
        window.furnish()
        window.acts.register(ACTIONS)
        window.add_page(ONBOARDING, lambda: page)
        window.show_page(ONBOARDING)
        page.city.setFocus()
        return page

    def _take_finder(self, finder: DivisionFinder) -> None:
        self._finder = finder
        self.page.take_finder(finder)

    def _speak(self, tag: str) -> None:
        """Begin again in another language, with what was typed."""
        preferences.change(paths.settings_file().parent, language=tag)
        catalog.use_language(tag, paths.locale())
        qt_words.speak(tag)
        answers = self.page.answers
        self._session.renew_window()
        page = self._show_page()
        page.keep(answers)
        if self._finder is not None:
            page.take_finder(self._finder)

    def _found(self, wanted: Wanted) -> None:
        session, finder = self._session, self._finder
        store = session.asked.store
        show = session.background.progress(self.page.show_progress)
        session.background.store(lambda: found_store(store, wanted, finder=finder, progress=show),
                                 then=self._sit_down(wanted), refused=self.page.refused)

    def _sit_down(self, wanted: Wanted) -> Callable[[Founded], None]:
        def sit_down(founded: Founded) -> None:
            asked = self._session.asked
            self._session.asked = Asked(store=asked.store, language=asked.language, scheme=asked.scheme, account=founded.account,
                                        password=wanted.password, typed_key=wanted.passphrase, file=asked.file)
            self._session.recovery_to_show, self._session.is_new_here = wanted.passphrase, True
            self._session.open()

        return sit_down
