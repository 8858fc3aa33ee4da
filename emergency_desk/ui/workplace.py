"""What every screen is given: the desk to ask, the background to ask through, the window to tell and to turn pages with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import DeskError, PasswordNeeded
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.stock_reports import StockAsked
from emergency_desk.errands import level_numerals
from emergency_desk.errands.background import Background
from emergency_desk.services.desk import Desk
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import current_language
from emergency_desk.wording.levels import current_numerals, use_numerals

if TYPE_CHECKING:
    from emergency_desk.errands.keeping_backups import BackupKeeper
    from emergency_desk.ui.widgets.notices import Notice


class ShowsIncident(Protocol):
    """A page that can be turned to one incident."""

    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident."""


class ShowsClause(Protocol):
    """A page that can be opened at a clause of a plan."""

    def show_clause(self, code: str, version: str, clause: str) -> None:
        """Open a plan at a clause."""


class ShowsPaper(Protocol):
    """A page that previews a paper."""

    def show_order(self, dispatch_id: Id) -> None:
        """Preview a dispatch order."""

    def show_incident_log(self, incident_id: Id) -> None:
        """Preview the log of an incident."""


class StartsCall(Protocol):
    """A page that takes a call."""

    def start(self) -> None:
        """Begin a call, or go on with the draft that was kept."""


BOARD, CALL, INCIDENTS, ROOM, PLANS, PAPER, REPORT = "board", "call", "incidents", "room", "plans", "paper", "report"
TEAMS, TEAM_FORM, EXPIRES, STATE_BOARD = "teams", "team_form", "expires", "state_board"
AFTER, FINDINGS, REPLAY, TIMELINE = "after", "findings", "replay", "timeline"
UNITS, UNIT_FORM, SITES, SITE_FORM = "units", "unit_form", "sites", "site_form"
AGREEMENTS, AGREEMENT_FORM = "agreements", "agreement_form"
POST = "command_post"
PLAN_EDITOR, PLAN_COMPARE = "plan_editor", "plan_compare"
PLAN_SHELF = "plan_shelf"
PLAN_DUES = "plan_dues"
REQUESTS, HAND_OUTS, GIFTS = "supply_requests", "hand_outs", "gifts"
STOCK, STOCK_ITEM, STOCK_ALARMS, STOCK_DEPOTS = "stock", "stock_item", "stock_alarms", "stock_depots"
SHELTERS, SHELTER_COUNTS, SHELTER_PEOPLE, SHELTER_MISSING = "shelters", "shelter_counts", "shelter_people", "shelter_missing"
SHELTER_LIST = "shelter_list"
ASSIGNMENT, FORESIGHT, ISOLATION = "shelter_assignment", "shelter_foresight", "isolation"
DRILLS, DRILL, DRILL_PROGRAMME, DRILL_YEARS = "drills", "drill", "drill_programme", "drill_years"
ALLOCATION = "allocation"
BACKUPS, KEYING = "backups", "keying_back"
NEWS = "news"
STOCK_COUNTS, STOCK_COUNT, EQUIPMENT = "stock_counts", "stock_count", "equipment"


@dataclass
class Workplace:
    """One window at one desk. `numbers` keeps incident numbers for words that name an incident by its id."""

    desk: Desk
    background: Background
    window: MainWindow
    fonts: Path
    papers: Path
    locale: Path
    numbers: dict[Id, str] = field(default_factory=dict)
    scripts: Path | None = None  # the folder of the drills that ship
    clock_told: tuple[datetime, Notice] | None = None  # the warning that this machine's clock stands before the log, as it was told
    stock_choices: Callable[[], Any] = lambda: None  # makes what stands beside a paper of stock: how it is to look
    open_twin: Callable[[Path], object] = lambda _path: None  # opens the twin of a drill in a window of its own
    backups: BackupKeeper | None = None  # makes one when asked; None in a window without a session
    put_back: Callable[[Path, str], object] = lambda _backup, _typed: None  # puts a backup, opened by what was typed, in the place of the store
    password_needed: Callable[[], object] = lambda: None  # brings the cursor to where the password is asked for after a rest

    def ask(
        self, job: Callable[[], Any], *, then: Callable[[Any], object] | None = None, refused: Callable[[DeskError], object] | None = None,
    ) -> None:
        """Do a job on the store thread; a refusal nobody else takes is told in the notice bar."""
        told = refused or self.window.explain

        def refuse(error: DeskError) -> None:
            told(error)
            if isinstance(error, PasswordNeeded):
                self.password_needed()

        self.background.store(job, then=then, refused=refuse)

    def namer(self) -> Namer:
        """Return what gives ids their names; the tree must have been read once on the store thread before."""
        return Namer(self.desk.trade, self.desk.memory.tree(), lambda id_: self.numbers.get(id_, ""))

    def read_numerals(self) -> None:
        """Read how levels are written; a page does it with its own reading, on the store thread."""
        use_numerals(level_numerals.read(self.desk))

    @property
    def paper_settings(self) -> PaperSettings:
        """How papers are printed now: in the language and with the numerals of the desk."""
        return PaperSettings(self.language, self.fonts, numerals=current_numerals())

    @property
    def language(self) -> str:
        """The language the desk speaks now."""
        return current_language()

    # -- turning pages -------------------------------------------------------------------------------------------------
    def take_call(self) -> None:
        """Open the call form."""
        page: Any = self.window.show_page(CALL)
        page.start()

    def open_room(self, incident_id: Id) -> None:
        """Open the room of an incident."""
        page: Any = self.window.show_page(ROOM)
        page.show_incident(incident_id)

    def open_plan(self, code: str, version: str, clause: str = "") -> None:
        """Open a plan at a clause."""
        page: Any = self.window.show_page(PLANS)
        page.show_clause(code, version, clause)

    def open_plan_life(self, code: str, version: str) -> None:
        """Open where a version of a plan stands; a draft is shown beside the text of its plan."""
        page: Any = self.window.show_page(PLANS)
        page.show_life(code, version)

    def open_plan_editor(self, draft_id: Id, *, clause: str = "", action_id: str = "") -> None:
        """Open a draft of a plan for writing, at a clause or an action where one is named."""
        page: Any = self.window.show_page(PLAN_EDITOR)
        page.open(draft_id, clause=clause, action_id=action_id)

    def compare_plans(self, code: str, before: str, after: str) -> None:
        """Show two versions of a plan side by side."""
        page: Any = self.window.show_page(PLAN_COMPARE)
        page.compare(code, before, after)

    def open_shelf(self) -> None:
        """Open the shelf: every plan, and the words of all of them."""
        self.window.show_page(PLAN_SHELF)

    def open_card(self, code: str, version: str, tier: Tier, level: Level | None) -> None:
        """Open a plan at the response card of a tier's duty officer, as it reads at a level."""
        page: Any = self.window.show_page(PLANS)
        page.show_card(code, version, tier, level)

    def open_post(self, incident_id: Id, *, begin: bool = False) -> None:
        """Open the command post of an incident; `begin` goes straight to forming it."""
        page: Any = self.window.show_page(POST)
        page.show_incident(incident_id)
        if begin:
            page.begin_forming()

    def preview_order(self, dispatch_id: Id) -> None:
        """Preview a dispatch order."""
        page: Any = self.window.show_page(PAPER)
        page.show_order(dispatch_id)

    def preview_log(self, incident_id: Id) -> None:
        """Preview the log of an incident."""
        page: Any = self.window.show_page(PAPER)
        page.show_incident_log(incident_id)

    def preview_duty_log(self) -> None:
        """Preview the duty log of the last 24 hours."""
        from emergency_desk.errands.papers import DUTY_LOG, PaperAsked

        page: Any = self.window.show_page(PAPER)
        page.show_paper(PaperAsked(DUTY_LOG))

    def open_drill(self, drill_id: Id) -> None:
        """Open one drill."""
        page: Any = self.window.show_page(DRILL)
        page.show_drill(drill_id)

    def open_drill_years(self, drill_id: Id) -> None:
        """Open a drill beside the earlier ones of its plan."""
        page: Any = self.window.show_page(DRILL_YEARS)
        page.show_drill(drill_id)

    def open_report(self, incident_id: Id) -> None:
        """Open what an incident has to report first."""
        page: Any = self.window.show_page(REPORT)
        page.show_incident(incident_id)

    def open_report_due(self, due_id: Id) -> None:
        """Open the report that a due asks for."""
        page: Any = self.window.show_page(REPORT)
        page.show_due(due_id)

    def preview_report(self, report_id: Id) -> None:
        """Preview a report as it went."""
        self.preview("incident-report", report_id)

    def preview(self, name: str, about_id: Id) -> None:
        """Preview a paper by its name and what it is about."""
        from emergency_desk.errands.papers import PaperAsked

        page: Any = self.window.show_page(PAPER)
        page.show_paper(PaperAsked(name, about_id=about_id))

    def preview_drill(self, name: str, drill_id: Id) -> None:
        """Preview a paper of a drill; the others of it stand beside it."""
        from emergency_desk.errands.drill_paper_rows import NAMES_OF_A_DRILL
        from emergency_desk.errands.papers import PaperAsked

        page: Any = self.window.show_page(PAPER)
        page.show_paper(PaperAsked(name, about_id=drill_id, beside=tuple(PaperAsked(one, about_id=drill_id) for one in NAMES_OF_A_DRILL)))

    def preview_plan(self, code: str, version: str) -> None:
        """Preview a plan as it is printed; its cards, contacts and filing form stand beside it."""
        from emergency_desk.errands.papers import PLAN, PaperAsked

        page: Any = self.window.show_page(PAPER)
        page.show_paper(PaperAsked(PLAN, number=code, version=version))

    def preview_shelters(self, names: Sequence[tuple[str, Id | None]]) -> None:
        """Preview a paper of shelters, the first of those that are offered: each its name and what it is about."""
        from emergency_desk.errands.papers import PaperAsked

        offered = tuple(PaperAsked(name, about_id=about_id) for name, about_id in names)
        page: Any = self.window.show_page(PAPER)
        page.show_paper(replace(offered[0], beside=offered))

    def preview_stock(self, name: str, stock: StockAsked) -> None:
        """Preview a paper of stock; how it looks is chosen beside it."""
        from emergency_desk.errands.papers import PaperAsked

        page: Any = self.window.show_page(PAPER)
        page.show_paper(PaperAsked(name, stock=stock))

    def open_team(self, team_id: Id) -> None:
        """Show one team in the register."""
        page: Any = self.window.show_page(TEAMS)
        page.show_team(team_id)

    def open_team_form(self, team_id: Id | None) -> None:
        """Open the form of a team, or an empty one."""
        page: Any = self.window.show_page(TEAM_FORM)
        page.open(team_id)

    def open_stock_of(self, site_id: Id) -> None:
        """List what stands in one depot."""
        page: Any = self.window.show_page(STOCK)
        page.show_depot(site_id)

    def open_requests(self, incident_id: Id | None = None) -> None:
        """Open the board of requests and release orders, of one incident or of the desk."""
        page: Any = self.window.show_page(REQUESTS)
        page.show_incident(incident_id)

    def open_hand_outs(self, incident_id: Id | None = None) -> None:
        """Open what was handed to people, in one incident or at all."""
        page: Any = self.window.show_page(HAND_OUTS)
        page.show_incident(incident_id)

    def open_count(self, count_id: Id) -> None:
        """Open one stock-taking."""
        page: Any = self.window.show_page(STOCK_COUNT)
        page.show_count(count_id)

    def open_equipment(self, holder_id: Id) -> None:
        """Show what a depot or a team must hold against what it holds."""
        page: Any = self.window.show_page(EQUIPMENT)
        page.show_holder(holder_id)

    def new_count(self, site_id: Id | None = None) -> None:
        """Ask what is to be counted, of a depot where one is named."""
        page: Any = self.window.show_page(STOCK_COUNTS)
        page.ask_new(site_id)

    def open_item(self, item_id: Id) -> None:
        """Show one item of the stock whole."""
        page: Any = self.window.show_page(STOCK_ITEM)
        page.show_item(item_id)

    def open_people(self, opening_id: Id | None = None) -> None:
        """Show who is in a shelter by name, or find somebody in any of them."""
        page: Any = self.window.show_page(SHELTER_PEOPLE)
        page.show_shelter(opening_id)

    def open_people_list(self, target_id: Id | None = None) -> None:
        """Take people out of a file, for a shelter that is open or a village that is to be moved."""
        page: Any = self.window.show_page(SHELTER_LIST)
        page.begin(target_id)

    def open_allocation(self, incident_id: Id | None = None) -> None:
        """Open what is sent from where; for an incident with what its plan asks for."""
        page: Any = self.window.show_page(ALLOCATION)
        if incident_id is not None:
            page.show_incident(incident_id)

    def open_assignment(self, incident_id: Id | None = None) -> None:
        """Open who goes to which shelter, for an incident where one is named."""
        page: Any = self.window.show_page(ASSIGNMENT)
        if incident_id is not None:
            page.show_incident(incident_id)

    def open_after(self, incident_id: Id) -> None:
        """Open what follows an incident: what is owed, how it went, its findings."""
        page: Any = self.window.show_page(AFTER)
        page.show_incident(incident_id)

    def open_timeline(self, incident_id: Id) -> None:
        """Open the timeline of an incident."""
        page: Any = self.window.show_page(TIMELINE)
        page.show_incident(incident_id)

    def open_replay(self, incident_id: Id) -> None:
        """Replay an incident."""
        page: Any = self.window.show_page(REPLAY)
        page.show_incident(incident_id)

    def print_register(self, name: str, about_id: Id | None = None, *, number: str = "") -> None:
        """Preview a paper of the register by its name."""
        from emergency_desk.errands.papers import PaperAsked

        page: Any = self.window.show_page(PAPER)
        page.show_paper(PaperAsked(name, about_id=about_id, number=number))
