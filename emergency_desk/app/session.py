"""Wires a session: background, desk and pages behind a window that is painted already; and takes pictures without a display."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from emergency_desk.app import box_finding, news, not_opened, paths, plans_ahead, qt_words
from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.beginning import Beginning
from emergency_desk.app.holding import Holding
from emergency_desk.app.manual_page import offer_manual
from emergency_desk.app.more_pages import add_more_pages
from emergency_desk.app.officers import offer_officers
from emergency_desk.app.one_window import OneWindow
from emergency_desk.app.opening import Clock, open_desk
from emergency_desk.app.session_backups import SessionBackups
from emergency_desk.app.upgrading import Upgrading
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.errands import level_numerals
from emergency_desk.errands.background import Background, to_crash_hook
from emergency_desk.services import accounts
from emergency_desk.services.desk import Desk
from emergency_desk.ui import workplace
from emergency_desk.ui.incidents.after_pages import add_after_pages
from emergency_desk.ui.look import Look
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.plans import bundle_acts
from emergency_desk.ui.plans.plan_pages import add_plan_pages
from emergency_desk.ui.rail import RailEntry
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.ui.register_pages import add_register_pages
from emergency_desk.ui.settings.encryption_acts import ENCRYPTION
from emergency_desk.ui.start.change_officer import OFFICER
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import catalog, sounds
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.levels import use_numerals

FOREIGN_SECONDS = 2  # how often another program's commits are looked for


class Session:
    """One window at one store, from the first paint to the last commit."""

    def __init__(self, application: QApplication, asked: Asked, window: MainWindow, *, inline: bool = False,
                 settled: Callable[[], object] = lambda: None, clock: Clock = utc_now, holding: Holding | None = None) -> None:
        self.application, self.asked, self.window, self.clock = application, asked, window, clock
        self._settled = settled  # called when the board has been shown first
        self._deliverer = Deliverer()
        self.background = Background(self._deliverer.deliver, inline=inline)
        self.workplace: Workplace | None = None
        self.desk: Desk | None = None
        self.key: StoreKey | None = None  # of an encrypted store, where it is known
        self.twins: list[Session] = []  # windows on drills' twins that were opened beside this one
        self._follower: Any = None  # on a drill's twin: what follows the real desk
        self._backups = SessionBackups(self)
        self._upgrading = Upgrading(self, self._deliverer.deliver)
        self._stop_looking: Callable[[], None] = lambda: None
        self.one_window = OneWindow(self, holding or Holding(), self._deliverer.deliver)
        self.is_new_here = False  # the desk was founded in this window
        self.recovery_to_show = ""  # the passphrase of a store that was just founded: its recovery key is shown first

    # -- from nothing to the board -------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Open the store behind the window."""
        self.window.setWindowTitle(_("Emergency Desk"))
        self.background.refusals_to(self.window.explain)
        self.window.closing.connect(self.end)
        offer_manual(self.window, self.background, paths.papers(self.asked.store))
        self.open()

    def open(self) -> None:
        """Open the store that was asked for, and go on with what is found."""
        self.one_window.take(self.asked.store, utc_now())
        self.background.store(self._open, then=self._opened, refused=self._not_opened, broken=self._broke)

    def _open(self) -> Desk:
        desk = open_desk(self.asked.store, key=None if self.asked.typed_key else self.key, typed=self.asked.typed_key, clock=self.clock,
                         read_only=self.one_window.read_only, told=self._upgrading.heard)
        if desk.facts.twin is not None:
            from emergency_desk.app import twin_windows

            twin_windows.look_first(desk, self.clock)
        use_numerals(level_numerals.read(desk))
        if self.asked.password and self.asked.account:
            accounts.sign_in(desk, name=self.asked.account, password=self.asked.password)
        elif desk.facts.is_demo:
            from emergency_desk.errands.demo_city import DEMO_ACCOUNT

            accounts.act_as(desk, name=self.asked.account or DEMO_ACCOUNT)
        desk.memory.tree()
        sounds.warm()
        return desk

    def _broke(self, error: BaseException) -> None:
        """A fault of ours met the store while it was opened: it is told as every one, and an upgrade it ended as well."""
        trouble = self._upgrading.trouble()
        if trouble is not None:
            self._not_opened(trouble)
        to_crash_hook(error)

    def _not_opened(self, error: DeskError) -> None:
        self._upgrading.end()
        not_opened.show(self, self._backups, error)

    def build_demo(self, show_progress: Callable[[int, int, str], None], refused: Callable[[DeskError], object]) -> None:
        """Build the demo city in its own place and open it."""
        from emergency_desk.app.demo import build_demo_store

        store = paths.demo_store()
        show = self.background.progress(show_progress)

        def go_on(_facts: object) -> None:
            self.asked = Asked(store=store, language=self.asked.language, scheme=self.asked.scheme, file=self.asked.file)
            self.open()

        self.background.store(lambda: build_demo_store(store, progress=show), then=go_on, refused=refused)

    def _opened(self, desk: Desk) -> None:
        self._upgrading.end()
        if not desk.facts.code:  # a store that nobody founded yet
            desk.store.close()
            Beginning(self).show()
            return
        self.desk = desk
        self.asked = replace(self.asked, typed_key="")
        self.workplace = self._workplace(desk, {})
        if desk.account is None:
            self._sign_in()
            return
        self.seat()

    def _workplace(self, desk: Desk, numbers: dict[Id, str]) -> Workplace:
        def open_twin(path: Path) -> None:
            from emergency_desk.app import twin_windows

            twin_windows.open_beside(self, path, make=Session)

        return Workplace(desk=desk, background=self.background, window=self.window, fonts=paths.fonts(), papers=paths.papers(self.asked.store),
                         locale=paths.locale(), numbers=numbers, scripts=paths.drills(), open_twin=open_twin)

    def _sign_in(self) -> None:
        from emergency_desk.ui.start.sign_in import SignInPage

        assert self.workplace is not None
        page = SignInPage(self.workplace)
        page.signed_in.connect(self.seat)
        self.window.add_page("sign_in", lambda: page)
        self.window.show_page("sign_in")
        self.show_head()

    def seat(self) -> None:
        """Somebody sits at the desk: show the board, and begin what goes on in the background."""
        assert self.workplace is not None and self.desk is not None
        add_pages(self.window, self.workplace)
        self.window.show_page(workplace.BOARD)
        self.show_head()
        self._offer_everything()
        self._watch = offer_officers(self.workplace, self._seat_anew)
        self.one_window.seated(self.window)
        self._offer_recall()
        # A twin lives as long as its drill, and what it measured stands in the real store; whoever has a store keeps its backups.
        if self.desk.facts.twin is None and not self.desk.store.is_read_only:
            self._backups.begin()
        self._stop_looking = self.background.every(FOREIGN_SECONDS, self._look_for_foreign)
        self.background.prepare(catalog.use_language, catalog.current_language(), paths.locale())
        self.background.store(lambda: None, then=lambda _nothing: self._settle())  # the board's own reading was asked for before
        if not self.desk.store.is_read_only:
            plans_ahead.begin(self.background, self.desk)
        if self.asked.file is not None:
            bundle_acts.open_file(self.workplace, self.asked.file)
            self.asked = replace(self.asked, file=None)
        if self.recovery_to_show:
            typed, self.recovery_to_show = self.recovery_to_show, ""
            page: Any = self.window.show_page(ENCRYPTION)
            page.show_recovery_of(typed)
        news.tell(self.workplace, is_new_here=self.is_new_here)

    def _offer_recall(self) -> None:
        assert self.workplace is not None and self.desk is not None
        if self.desk.facts.twin is None:
            from emergency_desk.ui.drills.recalling import Recalling

            Recalling(self.workplace)
            from emergency_desk.app import twin_windows

            twin_windows.clear_up(self, self.desk)

    def _settle(self) -> None:
        """Do once, now that the board is there, what would else fall on the first call."""
        self.window.notices.get_ready()
        self._settled()

    def show_head(self) -> None:
        """Show whose desk it is and who sits at it."""
        assert self.desk is not None
        desk, english = self.desk, not catalog.current_language().startswith("zh")
        facts, account = desk.facts, desk.account
        officer = ""
        if account is not None:
            officer = account.display_name_en if english and account.display_name_en else account.display_name
        name = facts.name_en if english and facts.name_en else facts.name
        if account is not None and account.area_id != facts.area_id:
            area = desk.area
            name = area.name_en if english and area.name_en else area.name
        self.window.top.show_desk(name, desk.tier, officer)
        if facts.twin is not None:
            from emergency_desk.app import twin_windows

            self.window.keys.show_status(_("drill, nothing here is real"))
            self._follower = twin_windows.dress(self, self._follower)
        if desk.store.is_read_only:
            self.window.keys.show_status(_("read only"), Tone.ORANGE)
        elif facts.twin is None:
            self._backups.show()

    # -- what goes on behind -------------------------------------------------------------------------------------------
    def _look_for_foreign(self) -> Any:
        assert self.desk is not None
        changes = self.desk.memory.foreign_changes()
        if changes is not None:
            self.background.announce(changes)
        return None

    def leave_desk(self) -> None:
        """Let go of a desk whose store was closed; another is opened next."""
        self._stop_looking()
        self.key = self.desk.store.key if self.desk is not None else self.key
        self.desk = self.workplace = None

    def open_anew(self) -> None:
        """Close the desk and open it once more, in a new window."""
        desk = self.desk
        self.leave_desk()
        self.renew_window()
        self.background.store(desk.store.close if desk is not None else lambda: None, then=lambda _nothing: self.open())

    def end(self) -> None:
        """Finish what was accepted, keep a backup, give the store back."""
        desk = self.desk
        for twin in self.twins:
            twin.window.close()
        if self._follower is not None:
            self._follower.end()
        self.window.hide()  # what is still to be done needs nobody who looks at it
        self.one_window.leave()
        self._backups.end()
        self.background.close()
        if desk is not None:
            desk.store.close()
        self.one_window.end()

    def _offer_everything(self) -> None:
        assert self.workplace is not None
        look = Look(self.application, paths.settings_file().parent, self._speak, self.window)
        box_finding.offer(self.workplace, look)
        look.tell_if_smaller()

    def _speak(self, tag: str) -> None:
        """Change the language: a new window on the same desk takes the place of this one."""
        catalog.use_language(tag, paths.locale())
        qt_words.speak(tag)
        self._seat_anew()
        self.background.prepare(catalog.use_language, tag, paths.locale())

    def renew_window(self) -> None:
        """Let a new window take the place of this one."""
        old, self.window = self.window, MainWindow(self.clock)
        self.window.setGeometry(old.geometry())
        old.closing.disconnect(self.end)
        self.window.closing.connect(self.end)
        self.background.refusals_to(self.window.explain)
        offer_manual(self.window, self.background, paths.papers(self.asked.store))
        self.window.setWindowTitle(_("Emergency Desk"))
        self.window.show()
        old.hide()
        old.deleteLater()

    def _seat_anew(self) -> None:
        """Show the same desk in a new window: in another language, or for another officer, who goes on with the incident at hand."""
        assert self.workplace is not None and self.desk is not None
        wall, at_hand = getattr(self.window, "wall", None), _incident_at_hand(self.window)
        self.renew_window()
        self.workplace = self._workplace(self.desk, self.workplace.numbers)
        self._backups.offer()
        add_pages(self.window, self.workplace)
        self.window.show_page(workplace.BOARD)
        self.show_head()
        self._offer_everything()
        self._watch = offer_officers(self.workplace, self._seat_anew)
        self._offer_recall()
        self.one_window.seated(self.window)
        if at_hand is not None:
            self.workplace.open_room(at_hand)
        if wall is not None:
            wall.move_to(self.workplace)
            self.window.wall = wall  # type: ignore[attr-defined]


def _incident_at_hand(window: MainWindow) -> Id | None:
    """Return the incident whose room a window shows, or showed before it asked who sits down."""
    shown = window.page_before if window.page_id == OFFICER else window.page_id
    return getattr(window.built(workplace.ROOM), "incident_id", None) if shown == workplace.ROOM else None


def add_pages(window: MainWindow, place: Workplace) -> None:
    """Register every page; each is built at its first showing."""
    window.take_call = place.take_call  # type: ignore[attr-defined]  # F2 works on every page

    def board() -> Any:
        from emergency_desk.ui.incidents.board import DutyBoardPage

        return DutyBoardPage(place)

    def call() -> Any:
        from emergency_desk.ui.incidents.call_form import CallForm

        return CallForm(place)

    def incident_list() -> Any:
        from emergency_desk.ui.incidents.incident_list import IncidentListPage

        return IncidentListPage(place)

    def room() -> Any:
        from emergency_desk.ui.incidents.room import IncidentRoomPage

        return IncidentRoomPage(place)

    def post() -> Any:
        from emergency_desk.ui.incidents.post_page import CommandPostPage

        return CommandPostPage(place)

    def plans() -> Any:
        from emergency_desk.ui.plans.reader import PlansPage

        return PlansPage(place)

    def paper() -> Any:
        from emergency_desk.ui.papers.preview import PaperPage

        return PaperPage(place)

    window.add_page(workplace.BOARD, board, RailEntry(workplace.BOARD, "duty", N_("Duty")))
    window.add_page(workplace.INCIDENTS, incident_list, RailEntry(workplace.INCIDENTS, "incidents", N_("Incidents")))
    window.add_page(workplace.PLANS, plans, RailEntry(workplace.PLANS, "plans", N_("Plans")))
    add_plan_pages(window, place)
    add_register_pages(window, place)
    window.add_page(workplace.CALL, call)
    window.add_page(workplace.ROOM, room)
    window.add_page(workplace.POST, post)
    window.add_page(workplace.PAPER, paper)
    add_after_pages(window, place)
    add_more_pages(window, place)
