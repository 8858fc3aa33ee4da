"""The repositories of every subject, by the names the services use."""

from __future__ import annotations

from typing import Any

from emergency_desk.domain.accounts import Account
from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.areas import Area, AreaChange
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.command import CommandMove, CommandPost, Decision, Notice, PostMember
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.drills import Drill, DrillMark, DrillPerson, Inject, ItemScore
from emergency_desk.domain.evacuation import EvacuationGroup, EvacuationMark
from emergency_desk.domain.giving_out import Distribution, DonationPublication
from emergency_desk.domain.incidents import Call, FiguresReport, GradeChange, Incident, LogEntry, Task
from emergency_desk.domain.isolation import BedCount, IsolationSite
from emergency_desk.domain.ladder import StepMark
from emergency_desk.domain.library import JournalEntry, PlanText, RuleTable, Setting
from emergency_desk.domain.plan_drafts import PartEdit, PlanDraft, PlanPart
from emergency_desk.domain.plan_moves import PlanMove
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.domain.plan_travel_records import PlanTravel
from emergency_desk.domain.recovery import AftermathItem, Finding
from emergency_desk.domain.release_orders import ReleaseLine, ReleaseMark, ReleaseOrder
from emergency_desk.domain.reports import Report, ReportDue
from emergency_desk.domain.requisitions import Requisition, RequisitionMark
from emergency_desk.domain.responses import Response, ResponseChange
from emergency_desk.domain.shelters import HeadCount, Shelter, ShelterMove, ShelterOpening, ShelterStay
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock import Lot, Movement
from emergency_desk.domain.stock_counts import CountLine, StockCount, Tally
from emergency_desk.domain.supplies import Depot, ItemPhoto, PromiseDraw, StockPlace, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.supply_requests import RequestDecision, RequestLine, SupplyRequest
from emergency_desk.domain.teams import Team, TeamMember, TeamMove
from emergency_desk.domain.units import Unit
from emergency_desk.store.repositories.count_books import CountBooks
from emergency_desk.store.repositories.item_pictures import ItemPictures
from emergency_desk.store.repositories.repository import Repository, Shape, Touch
from emergency_desk.store.repositories.stock_balances import StockBalances
from emergency_desk.store.rows import drill_tables, request_tables, shelter_tables, tables

AREAS = Shape(tables.areas, Area, Subject.AREA)
ACCOUNTS = Shape(tables.accounts, Account, Subject.ACCOUNT)
TEAMS = Shape(tables.teams, Team, Subject.TEAM)
TEAM_MOVES = Shape(tables.team_moves, TeamMove)
MEMBERS = Shape(tables.team_members, TeamMember, Subject.MEMBER)
AGREEMENTS = Shape(tables.agreements, Agreement, Subject.AGREEMENT)
UNITS = Shape(tables.units, Unit, Subject.UNIT)
AREA_CHANGES = Shape(tables.area_changes, AreaChange)
SITES = Shape(tables.sites, Site, Subject.SITE)
PLANS = Shape(tables.plans, PlanText, Subject.PLAN)
INCIDENTS = Shape(tables.incidents, Incident, Subject.INCIDENT)
CALLS = Shape(tables.calls, Call, Subject.CALL)
FIGURES = Shape(tables.figures_reports, FiguresReport)
GRADES = Shape(tables.grade_changes, GradeChange)
LOG = Shape(tables.log_entries, LogEntry, Subject.LOG)
TASKS = Shape(tables.tasks, Task, Subject.TASK)
DISPATCHES = Shape(tables.dispatches, Dispatch, Subject.DISPATCH)
RESPONSES = Shape(tables.responses, Response, Subject.RESPONSE)
RESPONSE_CHANGES = Shape(tables.response_changes, ResponseChange)
COMMAND_MOVES = Shape(tables.command_moves, CommandMove, Subject.COMMAND)
COMMAND_POSTS = Shape(tables.command_posts, CommandPost, Subject.COMMAND)
POST_MEMBERS = Shape(tables.post_members, PostMember, Subject.COMMAND)
NOTICES = Shape(tables.notices, Notice, Subject.NOTICE)
DECISIONS = Shape(tables.decisions, Decision, Subject.COMMAND)
STEP_MARKS = Shape(tables.step_marks, StepMark, Subject.COMMAND)
REPORT_DUES = Shape(tables.report_dues, ReportDue, Subject.REPORT_DUE)
REPORTS = Shape(tables.reports, Report, Subject.REPORT)
AFTERMATH = Shape(tables.aftermath_items, AftermathItem, Subject.AFTERMATH)
FINDINGS = Shape(tables.findings, Finding, Subject.FINDING)
PLAN_MOVES = Shape(tables.plan_moves, PlanMove, Subject.PLAN)
PLAN_DRAFTS = Shape(tables.plan_drafts, PlanDraft, Subject.PLAN_DRAFT)
PLAN_PARTS = Shape(tables.plan_parts, PlanPart, Subject.PLAN_PART)
PLAN_EDITS = Shape(tables.plan_edits, PartEdit)
PLAN_SUGGESTIONS = Shape(tables.plan_suggestions, PlanSuggestion, Subject.PLAN_SUGGESTION)
PLAN_TRAVELS = Shape(tables.plan_travels, PlanTravel)
CONTACT_TRIES = Shape(tables.contact_tries, ContactTry, Subject.CONTACT_TRY)
SUPPLY_ITEMS = Shape(tables.supply_items, SupplyItem, Subject.SUPPLY)
DEPOTS = Shape(tables.depots, Depot, Subject.DEPOT)
STOCK_PLACES = Shape(tables.stock_places, StockPlace, Subject.DEPOT)
STOCK_TARGETS = Shape(tables.stock_targets, StockTarget, Subject.SUPPLY)
SUPPLY_PROMISES = Shape(tables.supply_promises, SupplyPromise, Subject.PROMISE)
PROMISE_DRAWS = Shape(tables.promise_draws, PromiseDraw, Subject.PROMISE)
LOTS = Shape(tables.lots, Lot, Subject.STOCK)
MOVEMENTS = Shape(tables.stock_movements, Movement, Subject.STOCK)
SHELTERS = Shape(shelter_tables.shelters, Shelter, Subject.SHELTER)
SHELTER_MOVES = Shape(shelter_tables.shelter_moves, ShelterMove)
SHELTER_OPENINGS = Shape(shelter_tables.shelter_openings, ShelterOpening, Subject.SHELTER)
HEAD_COUNTS = Shape(shelter_tables.head_counts, HeadCount, Subject.STAY)
SHELTER_STAYS = Shape(shelter_tables.shelter_stays, ShelterStay, Subject.STAY)
EVACUATION_GROUPS = Shape(shelter_tables.evacuation_groups, EvacuationGroup, Subject.EVACUATION)
EVACUATION_MARKS = Shape(shelter_tables.evacuation_marks, EvacuationMark, Subject.EVACUATION)
ISOLATION_SITES = Shape(shelter_tables.isolation_sites, IsolationSite, Subject.ISOLATION)
BED_COUNTS = Shape(shelter_tables.bed_counts, BedCount, Subject.ISOLATION)
DRILLS = Shape(drill_tables.drills, Drill, Subject.DRILL)
INJECTS = Shape(drill_tables.drill_injects, Inject, Subject.DRILL)
DRILL_PEOPLE = Shape(drill_tables.drill_people, DrillPerson, Subject.DRILL)
DRILL_MARKS = Shape(drill_tables.drill_marks, DrillMark, Subject.DRILL)
DRILL_SCORES = Shape(drill_tables.drill_scores, ItemScore, Subject.DRILL)
SUPPLY_REQUESTS = Shape(request_tables.supply_requests, SupplyRequest, Subject.SUPPLY_REQUEST)
REQUEST_LINES = Shape(request_tables.supply_request_lines, RequestLine, Subject.SUPPLY_REQUEST)
SUPPLY_DECISIONS = Shape(request_tables.supply_decisions, RequestDecision, Subject.SUPPLY_REQUEST)
RELEASE_ORDERS = Shape(request_tables.release_orders, ReleaseOrder, Subject.RELEASE)
RELEASE_LINES = Shape(request_tables.release_lines, ReleaseLine, Subject.RELEASE)
RELEASE_STEPS = Shape(request_tables.release_steps, ReleaseMark, Subject.RELEASE)
DISTRIBUTIONS = Shape(request_tables.distributions, Distribution, Subject.STOCK)
REQUISITIONS = Shape(request_tables.requisitions, Requisition, Subject.REQUISITION)
REQUISITION_STEPS = Shape(request_tables.requisition_steps, RequisitionMark, Subject.REQUISITION)
DONATION_PUBLICATIONS = Shape(request_tables.donation_publications, DonationPublication, Subject.STOCK)
STOCK_COUNTS = Shape(tables.stock_counts, StockCount, Subject.STOCK_COUNT)
COUNT_LINES = Shape(tables.stock_count_lines, CountLine)
TALLIES = Shape(tables.stock_tallies, Tally, Subject.STOCK_COUNT)
ITEM_PHOTOS = Shape(tables.item_photos, ItemPhoto, Subject.SUPPLY)
SETTINGS = Shape(tables.settings, Setting, Subject.SETTING)
RULES = Shape(tables.rules, RuleTable, Subject.RULE)

JOURNALED: tuple[Shape[Any], ...] = (AREAS, ACCOUNTS, TEAMS, TEAM_MOVES, SITES, PLANS, INCIDENTS, CALLS, FIGURES, GRADES, LOG, TASKS,
                                     DISPATCHES, SETTINGS, RULES, MEMBERS, AGREEMENTS, UNITS, AREA_CHANGES, RESPONSES, RESPONSE_CHANGES,
                                     COMMAND_MOVES, COMMAND_POSTS, POST_MEMBERS, NOTICES, DECISIONS, STEP_MARKS, REPORT_DUES, REPORTS,
                                     AFTERMATH, FINDINGS, PLAN_MOVES, PLAN_DRAFTS, PLAN_PARTS, PLAN_EDITS, PLAN_SUGGESTIONS, CONTACT_TRIES,
                                     PLAN_TRAVELS, SUPPLY_ITEMS, DEPOTS, STOCK_PLACES, STOCK_TARGETS, SUPPLY_PROMISES, PROMISE_DRAWS, LOTS,
                                     MOVEMENTS, SUPPLY_REQUESTS, REQUEST_LINES, SUPPLY_DECISIONS, RELEASE_ORDERS, RELEASE_LINES, RELEASE_STEPS,
                                     DISTRIBUTIONS, REQUISITIONS, REQUISITION_STEPS, DONATION_PUBLICATIONS, STOCK_COUNTS, COUNT_LINES, TALLIES,
                                     ITEM_PHOTOS, SHELTERS, SHELTER_MOVES, SHELTER_OPENINGS, HEAD_COUNTS, SHELTER_STAYS, EVACUATION_GROUPS,
                                     EVACUATION_MARKS, ISOLATION_SITES, BED_COUNTS, DRILLS, INJECTS, DRILL_PEOPLE, DRILL_MARKS, DRILL_SCORES)
_JOURNAL = 'SELECT number, at, account_id, desk_code, action, "values", touched, previous, hash FROM journal WHERE number > ? ORDER BY number'


class Repositories:
    """One repository a subject over one connection; reading only when no `touch` is given."""

    def __init__(self, connection: Any, touch: Touch | None = None) -> None:
        self._connection = connection
        self.areas = Repository(AREAS, connection, touch)
        self.accounts = Repository(ACCOUNTS, connection, touch)
        self.teams = Repository(TEAMS, connection, touch)
        self.team_moves = Repository(TEAM_MOVES, connection, touch)
        self.members = Repository(MEMBERS, connection, touch)
        self.agreements = Repository(AGREEMENTS, connection, touch)
        self.units = Repository(UNITS, connection, touch)
        self.area_changes = Repository(AREA_CHANGES, connection, touch)
        self.sites = Repository(SITES, connection, touch)
        self.plans = Repository(PLANS, connection, touch)
        self.incidents = Repository(INCIDENTS, connection, touch)
        self.calls = Repository(CALLS, connection, touch)
        self.figures = Repository(FIGURES, connection, touch)
        self.grades = Repository(GRADES, connection, touch)
        self.log = Repository(LOG, connection, touch)
        self.tasks = Repository(TASKS, connection, touch)
        self.dispatches = Repository(DISPATCHES, connection, touch)
        self.responses = Repository(RESPONSES, connection, touch)
        self.response_changes = Repository(RESPONSE_CHANGES, connection, touch)
        self.command_moves = Repository(COMMAND_MOVES, connection, touch)
        self.command_posts = Repository(COMMAND_POSTS, connection, touch)
        self.post_members = Repository(POST_MEMBERS, connection, touch)
        self.notices = Repository(NOTICES, connection, touch)
        self.decisions = Repository(DECISIONS, connection, touch)
        self.step_marks = Repository(STEP_MARKS, connection, touch)
        self.report_dues = Repository(REPORT_DUES, connection, touch)
        self.reports = Repository(REPORTS, connection, touch)
        self.aftermath = Repository(AFTERMATH, connection, touch)
        self.findings = Repository(FINDINGS, connection, touch)
        self.plan_moves = Repository(PLAN_MOVES, connection, touch)
        self.plan_drafts = Repository(PLAN_DRAFTS, connection, touch)
        self.plan_parts = Repository(PLAN_PARTS, connection, touch)
        self.plan_edits = Repository(PLAN_EDITS, connection, touch)
        self.plan_suggestions = Repository(PLAN_SUGGESTIONS, connection, touch)
        self.plan_travels = Repository(PLAN_TRAVELS, connection, touch)
        self.contact_tries = Repository(CONTACT_TRIES, connection, touch)
        self.supply_items = Repository(SUPPLY_ITEMS, connection, touch)
        self.depots = Repository(DEPOTS, connection, touch)
        self.stock_places = Repository(STOCK_PLACES, connection, touch)
        self.stock_targets = Repository(STOCK_TARGETS, connection, touch)
        self.supply_promises = Repository(SUPPLY_PROMISES, connection, touch)
        self.promise_draws = Repository(PROMISE_DRAWS, connection, touch)
        self.lots = Repository(LOTS, connection, touch)
        self.movements = Repository(MOVEMENTS, connection, touch)
        self.balances = StockBalances(connection)
        self.shelters = Repository(SHELTERS, connection, touch)
        self.shelter_moves = Repository(SHELTER_MOVES, connection, touch)
        self.shelter_openings = Repository(SHELTER_OPENINGS, connection, touch)
        self.head_counts = Repository(HEAD_COUNTS, connection, touch)
        self.shelter_stays = Repository(SHELTER_STAYS, connection, touch)
        self.evacuation_groups = Repository(EVACUATION_GROUPS, connection, touch)
        self.evacuation_marks = Repository(EVACUATION_MARKS, connection, touch)
        self.isolation_sites = Repository(ISOLATION_SITES, connection, touch)
        self.bed_counts = Repository(BED_COUNTS, connection, touch)
        self.drills = Repository(DRILLS, connection, touch)
        self.injects = Repository(INJECTS, connection, touch)
        self.drill_people = Repository(DRILL_PEOPLE, connection, touch)
        self.drill_marks = Repository(DRILL_MARKS, connection, touch)
        self.drill_scores = Repository(DRILL_SCORES, connection, touch)
        self.supply_requests = Repository(SUPPLY_REQUESTS, connection, touch)
        self.request_lines = Repository(REQUEST_LINES, connection, touch)
        self.supply_decisions = Repository(SUPPLY_DECISIONS, connection, touch)
        self.release_orders = Repository(RELEASE_ORDERS, connection, touch)
        self.release_lines = Repository(RELEASE_LINES, connection, touch)
        self.release_steps = Repository(RELEASE_STEPS, connection, touch)
        self.distributions = Repository(DISTRIBUTIONS, connection, touch)
        self.requisitions = Repository(REQUISITIONS, connection, touch)
        self.requisition_steps = Repository(REQUISITION_STEPS, connection, touch)
        self.donation_publications = Repository(DONATION_PUBLICATIONS, connection, touch)
        self.stock_counts = Repository(STOCK_COUNTS, connection, touch)
        self.count_lines = Repository(COUNT_LINES, connection, touch)
        self.tallies = Repository(TALLIES, connection, touch)
        self.count_books = CountBooks(connection)
        self.item_photos = Repository(ITEM_PHOTOS, connection, touch)
        self.item_pictures = ItemPictures(connection)
        self.settings = Repository(SETTINGS, connection, touch)
        self.rules = Repository(RULES, connection, touch)

    def password_hash(self, account_id: str) -> str:
        """Return the password hash of an account, or an empty string."""
        sql = "SELECT password_hash FROM account_secrets WHERE account_id = ?"
        return str(self._connection.exec_driver_sql(sql, (account_id,)).scalar() or "")

    def personal(self, personal_id: str) -> str:
        """Return the content (JSON) of a person's erasable data, or an empty string when it was erased."""
        return str(self._connection.exec_driver_sql("SELECT content FROM personal WHERE id = ?", (personal_id,)).scalar() or "")

    def draft(self, name: str) -> str:
        """Return a draft's content, or an empty string."""
        return str(self._connection.exec_driver_sql("SELECT content FROM drafts WHERE name = ?", (name,)).scalar() or "")

    def draft_names(self) -> list[str]:
        """Return the names of the drafts that are kept, the newest first."""
        return [str(row[0]) for row in self._connection.exec_driver_sql("SELECT name FROM drafts ORDER BY kept_at DESC, name")]

    def plan_keys(self, code: str = "") -> list[tuple[str, str]]:
        """Return code and version of every plan, or of one, without the texts."""
        wanted, values = ("WHERE code = ? ", (code,)) if code else ("", ())
        rows = self._connection.exec_driver_sql(f"SELECT code, plan_version FROM plans {wanted}ORDER BY code, plan_version", values)
        return [(str(row[0]), str(row[1])) for row in rows]

    def journal_after(self, number: int) -> list[JournalEntry]:
        """Return the journal entries after a number, oldest first."""
        return [JournalEntry(*row) for row in self._connection.exec_driver_sql(_JOURNAL, (number,))]

    def journal_number(self) -> int:
        """Return the number of the newest journal entry."""
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM journal").scalar_one())
