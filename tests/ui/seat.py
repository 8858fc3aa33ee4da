"""Somebody at a real window over a made-up desk: board, list and room, with keys pressed where the focus is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import IncidentRoom
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, Incident
from emergency_desk.domain.plan_records import Level
from emergency_desk.errands.background import Background
from emergency_desk.services import calls, incidents
from emergency_desk.services.calls import TakenCall
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from emergency_desk.ui.incidents.after_pages import add_after_pages
from emergency_desk.ui.incidents.board import DutyBoardPage
from emergency_desk.ui.incidents.incident_list import IncidentListPage
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.incidents.post_page import CommandPostPage
from emergency_desk.ui.incidents.room import IncidentRoomPage
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.rail import RailEntry
from emergency_desk.ui.workplace import BOARD, INCIDENTS, PAPER, PLANS, POST, ROOM, Workplace
from tests.builders import STREET
from tests.ui.hands import Hands

ROOT = Path(__file__).resolve().parents[2]
FIRE = "延安三路18层商住楼起火，有人被困"


def take_fire(desk: Desk, *, send: int = 0, **figures: int) -> TakenCall:
    """Take a call about a fire in the made-up street and send the first so many teams that are recommended."""
    draft = CallDraft(words=FIRE, area_id=STREET, address="延安三路 105 号", figures=Figures(**figures))
    found = calls.recommendation_for(desk, draft=draft)
    chosen = tuple(Sending(team_id=each.team_id, serves=each.serves, travel_minutes=each.minutes) for each in found.choices[:send])
    return calls.take_call(desk, draft=draft, send=chosen).value


class PageStub(QWidget):
    """Stands where papers and plans stand, and remembers what was to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[Any, ...]] = []

    def show_order(self, dispatch_id: Id) -> None:
        """Preview an order."""
        self.shown.append(("order", dispatch_id))

    def show_incident_log(self, incident_id: Id) -> None:
        """Preview a log."""
        self.shown.append(("log", incident_id))

    def show_paper(self, asked: Any) -> None:
        """Preview a paper by its name."""
        self.shown.append((asked.name, asked.about_id))

    def show_card(self, code: str, version: str, tier: Tier, level: Level | None) -> None:
        """Open a plan at a card."""
        self.shown.append((code, version, tier, level))

    def show_clause(self, code: str, version: str, clause: str) -> None:
        """Open a plan."""
        self.shown.append((code, version, clause))


def at_once(page: LivePage) -> LivePage:
    """Let a page read after every commit, however slow the machine is that tests it."""
    page.slow_seconds = 60.0
    return page


class Seat(Hands):
    """One window at one desk; what is asked is answered at once."""

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path, background: Background | None = None) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.background = background or Background(inline=True)
        self.window = MainWindow(desk.now)
        qtbot.addWidget(self.window)
        desk.memory.tree()
        self.place = Workplace(desk, self.background, self.window, ROOT / "resources" / "fonts", folder, ROOT / "resources" / "locale")
        self.background.refusals_to(self.window.explain)
        self.papers = PageStub()
        self.window.take_call = lambda: None  # type: ignore[attr-defined]
        self.window.add_page(BOARD, lambda: at_once(DutyBoardPage(self.place)), RailEntry(BOARD, "duty", "Duty"))
        self.window.add_page(INCIDENTS, lambda: at_once(IncidentListPage(self.place)), RailEntry(INCIDENTS, "incidents", "Incidents"))
        self.window.add_page(ROOM, lambda: at_once(IncidentRoomPage(self.place)))
        self.window.add_page(POST, lambda: at_once(CommandPostPage(self.place)))
        add_after_pages(self.window, self.place)
        self.window.page_shown.connect(lambda _page: at_once(self.window.page) if isinstance(self.window.page, LivePage) else None)
        for page in (PLANS, PAPER):
            self.window.add_page(page, lambda: self.papers)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.furnish()
        self.window.activateWindow()
        self.window.show_page(BOARD)
        qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    # -- pages ---------------------------------------------------------------------------------------------------------
    @property
    def board(self) -> DutyBoardPage:
        """The duty board."""
        page = self.window.built(BOARD)
        assert isinstance(page, DutyBoardPage)
        return page

    @property
    def room(self) -> IncidentRoomPage:
        """The room."""
        page = self.window.built(ROOM)
        assert isinstance(page, IncidentRoomPage)
        return page

    @property
    def post(self) -> CommandPostPage:
        """The command post."""
        page = self.window.built(POST)
        assert isinstance(page, CommandPostPage)
        return page

    @property
    def listed(self) -> IncidentListPage:
        """The list of incidents."""
        page = self.window.built(INCIDENTS)
        assert isinstance(page, IncidentListPage)
        return page

    def open_room(self, incident_id: Id) -> IncidentRoomPage:
        """Open a room and let it be shown."""
        self.place.open_room(incident_id)
        self.settle()
        return self.room

    # -- what the store holds ------------------------------------------------------------------------------------------
    def kept(self, incident_id: Id) -> IncidentRoom:
        """What the store knows of an incident now."""
        return incidents.open_room(self.desk, incident_id=incident_id)

    def incident(self, incident_id: Id) -> Incident:
        """The incident as the store has it now."""
        return self.kept(incident_id).incident


def texts(lines: Any) -> list[str]:
    """Return the lines of a list as one reads them."""
    return [" ".join(part for cell in line.cells for part in (cell.pill.text if cell.pill else "", cell.text, cell.after, cell.below)
                     if part).strip() for line in lines.lines]


