"""The repositories of every subject, by the names the services use."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar

from emergency_desk.domain.accounts import Account
from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.allocation_lists import AllocationList
from emergency_desk.domain.areas import Area, AreaChange
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.command import CommandMove, CommandPost, Decision, Notice, PostMember
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.drill_files import DrillFile
from emergency_desk.domain.drill_objects import DrillLink, DrillObject, ObjectDrilled
from emergency_desk.domain.drill_twins import DrillTwin
from emergency_desk.domain.drills import Drill, DrillMark, DrillPace, DrillPerson, Inject, ItemScore
from emergency_desk.domain.evacuation import EvacuationGroup, EvacuationMark
from emergency_desk.domain.evacuation_lists import FamilyTransfer, ListedFamilies
from emergency_desk.domain.expected_people import ExpectedPerson
from emergency_desk.domain.giving_out import Distribution, DonationPublication
from emergency_desk.domain.incidents import Call, FiguresReport, GradeChange, Incident, LogEntry, Task
from emergency_desk.domain.isolation import BedCount, IsolationMove, IsolationSite
from emergency_desk.domain.ladder import StepMark
from emergency_desk.domain.library import JournalEntry, PlanText, RuleTable, Setting
from emergency_desk.domain.plan_drafts import PartEdit, PlanDraft, PlanPart
from emergency_desk.domain.plan_moves import PlanMove
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.domain.plan_travel_records import PlanTravel
from emergency_desk.domain.purging import Purge, PurgeCheck
from emergency_desk.domain.recovery import AftermathItem, Finding
from emergency_desk.domain.release_legs import LegReceipt, ReleaseLeg
from emergency_desk.domain.release_orders import ReleaseLine, ReleaseMark, ReleaseOrder
from emergency_desk.domain.reports import Report, ReportDue
from emergency_desk.domain.requisitions import Requisition, RequisitionMark
from emergency_desk.domain.responses import Response, ResponseChange
from emergency_desk.domain.shelters import HeadCount, Shelter, ShelterMove, ShelterOpening, ShelterStay
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock import Lot, Movement
from emergency_desk.domain.stock_counts import CountLine, StockCount, Tally
from emergency_desk.domain.supplies import Depot, ItemPhoto, PackChange, PromiseDraw, StockPlace, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.supply_requests import RequestDecision, RequestLine, SupplyRequest
from emergency_desk.domain.teams import Team, TeamMember, TeamMove
from emergency_desk.domain.units import Unit
from emergency_desk.store.codec import moment_from_column
from emergency_desk.store.repositories.count_books import CountBooks
from emergency_desk.store.repositories.drill_contents import DrillContents
from emergency_desk.store.repositories.item_pictures import ItemPictures
from emergency_desk.store.repositories.people_book import PeopleBook
from emergency_desk.store.repositories.repository import Repository, Shape, Touch
from emergency_desk.store.repositories.stock_balances import StockBalances
from emergency_desk.store.rows import drill_tables, evacuation_tables, request_tables, shelter_tables, tables

R = TypeVar("R")

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
EXPECTED_PEOPLE = Shape(shelter_tables.expected_people, ExpectedPerson, Subject.EVACUATION)
EVACUATION_FAMILIES = Shape(evacuation_tables.evacuation_families, ListedFamilies, Subject.EVACUATION)
FAMILY_TRANSFERS = Shape(evacuation_tables.family_transfers, FamilyTransfer, Subject.EVACUATION)
ISOLATION_MOVES = Shape(evacuation_tables.isolation_moves, IsolationMove, Subject.ISOLATION)
ISOLATION_SITES = Shape(shelter_tables.isolation_sites, IsolationSite, Subject.ISOLATION)
BED_COUNTS = Shape(shelter_tables.bed_counts, BedCount, Subject.ISOLATION)
DRILLS = Shape(drill_tables.drills, Drill, Subject.DRILL)
INJECTS = Shape(drill_tables.drill_injects, Inject, Subject.DRILL)
DRILL_PEOPLE = Shape(drill_tables.drill_people, DrillPerson, Subject.DRILL)
DRILL_MARKS = Shape(drill_tables.drill_marks, DrillMark, Subject.DRILL)
DRILL_SCORES = Shape(drill_tables.drill_scores, ItemScore, Subject.DRILL)
DRILL_OBJECTS = Shape(drill_tables.drill_objects, DrillObject, Subject.DRILL)
OBJECT_DRILLS = Shape(drill_tables.object_drills, ObjectDrilled, Subject.DRILL)
DRILL_LINKS = Shape(drill_tables.drill_links, DrillLink, Subject.DRILL)
DRILL_FILES = Shape(drill_tables.drill_files, DrillFile, Subject.DRILL)
DRILL_TWINS = Shape(drill_tables.drill_twins, DrillTwin, Subject.DRILL)
DRILL_PACES = Shape(drill_tables.drill_paces, DrillPace, Subject.DRILL)
PURGES = Shape(shelter_tables.purges, Purge, Subject.AFTERMATH)
PURGE_CHECKS = Shape(shelter_tables.purge_checks, PurgeCheck, Subject.AFTERMATH)
SUPPLY_REQUESTS = Shape(request_tables.supply_requests, SupplyRequest, Subject.SUPPLY_REQUEST)
REQUEST_LINES = Shape(request_tables.supply_request_lines, RequestLine, Subject.SUPPLY_REQUEST)
SUPPLY_DECISIONS = Shape(request_tables.supply_decisions, RequestDecision, Subject.SUPPLY_REQUEST)
RELEASE_ORDERS = Shape(request_tables.release_orders, ReleaseOrder, Subject.RELEASE)
RELEASE_LINES = Shape(request_tables.release_lines, ReleaseLine, Subject.RELEASE)
RELEASE_STEPS = Shape(request_tables.release_steps, ReleaseMark, Subject.RELEASE)
RELEASE_LEGS = Shape(request_tables.release_legs, ReleaseLeg, Subject.RELEASE)
LEG_RECEIPTS = Shape(request_tables.leg_receipts, LegReceipt, Subject.RELEASE)
PACK_CHANGES = Shape(request_tables.pack_changes, PackChange, Subject.SUPPLY)
ALLOCATION_LISTS = Shape(request_tables.allocation_lists, AllocationList, Subject.ALLOCATION)
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
                                     RELEASE_LEGS, LEG_RECEIPTS, PACK_CHANGES, ALLOCATION_LISTS,
                                     DISTRIBUTIONS, REQUISITIONS, REQUISITION_STEPS, DONATION_PUBLICATIONS, STOCK_COUNTS, COUNT_LINES, TALLIES,
                                     ITEM_PHOTOS, SHELTERS, SHELTER_MOVES, SHELTER_OPENINGS, HEAD_COUNTS, SHELTER_STAYS, EVACUATION_GROUPS,
                                     EVACUATION_MARKS, ISOLATION_SITES, BED_COUNTS, EVACUATION_FAMILIES, FAMILY_TRANSFERS,
                                     ISOLATION_MOVES, EXPECTED_PEOPLE, PURGES, PURGE_CHECKS,
                                     DRILLS, INJECTS, DRILL_PEOPLE, DRILL_MARKS, DRILL_SCORES, DRILL_OBJECTS, OBJECT_DRILLS, DRILL_LINKS,
                                     DRILL_FILES, DRILL_TWINS, DRILL_PACES)
_JOURNAL = 'SELECT number, at, account_id, desk_code, action, "values", touched, previous, hash FROM journal WHERE number > ? ORDER BY number'


class Kept(Generic[R]):
    """A table among the repositories. Its repository is made when it is first asked for: an act asks for few of them."""

    def __init__(self, shape: Shape[R]) -> None:
        self._shape = shape

    def __set_name__(self, owner: type[Repositories], name: str) -> None:
        self._name = name

    def __get__(self, among: Repositories, owner: type[Repositories]) -> Repository[R]:
        made = among.__dict__[self._name] = Repository(self._shape, among._connection, among._noted_by)
        return made  # from now on the attribute itself is found


class Repositories:
    """One repository a subject over one connection; reading only when no `touch` is given."""

    areas = Kept(AREAS)
    accounts = Kept(ACCOUNTS)
    teams = Kept(TEAMS)
    team_moves = Kept(TEAM_MOVES)
    members = Kept(MEMBERS)
    agreements = Kept(AGREEMENTS)
    units = Kept(UNITS)
    area_changes = Kept(AREA_CHANGES)
    sites = Kept(SITES)
    plans = Kept(PLANS)
    incidents = Kept(INCIDENTS)
    calls = Kept(CALLS)
    figures = Kept(FIGURES)
    grades = Kept(GRADES)
    log = Kept(LOG)
    tasks = Kept(TASKS)
    dispatches = Kept(DISPATCHES)
    responses = Kept(RESPONSES)
    response_changes = Kept(RESPONSE_CHANGES)
    command_moves = Kept(COMMAND_MOVES)
    command_posts = Kept(COMMAND_POSTS)
    post_members = Kept(POST_MEMBERS)
    notices = Kept(NOTICES)
    decisions = Kept(DECISIONS)
    step_marks = Kept(STEP_MARKS)
    report_dues = Kept(REPORT_DUES)
    reports = Kept(REPORTS)
    aftermath = Kept(AFTERMATH)
    findings = Kept(FINDINGS)
    plan_moves = Kept(PLAN_MOVES)
    plan_drafts = Kept(PLAN_DRAFTS)
    plan_parts = Kept(PLAN_PARTS)
    plan_edits = Kept(PLAN_EDITS)
    plan_suggestions = Kept(PLAN_SUGGESTIONS)
    plan_travels = Kept(PLAN_TRAVELS)
    contact_tries = Kept(CONTACT_TRIES)
    supply_items = Kept(SUPPLY_ITEMS)
    depots = Kept(DEPOTS)
    stock_places = Kept(STOCK_PLACES)
    stock_targets = Kept(STOCK_TARGETS)
    supply_promises = Kept(SUPPLY_PROMISES)
    promise_draws = Kept(PROMISE_DRAWS)
    lots = Kept(LOTS)
    movements = Kept(MOVEMENTS)
    shelters = Kept(SHELTERS)
    shelter_moves = Kept(SHELTER_MOVES)
    shelter_openings = Kept(SHELTER_OPENINGS)
    head_counts = Kept(HEAD_COUNTS)
    shelter_stays = Kept(SHELTER_STAYS)
    evacuation_groups = Kept(EVACUATION_GROUPS)
    evacuation_marks = Kept(EVACUATION_MARKS)
    expected_people = Kept(EXPECTED_PEOPLE)
    evacuation_families = Kept(EVACUATION_FAMILIES)
    family_transfers = Kept(FAMILY_TRANSFERS)
    isolation_moves = Kept(ISOLATION_MOVES)
    isolation_sites = Kept(ISOLATION_SITES)
    bed_counts = Kept(BED_COUNTS)
    drills = Kept(DRILLS)
    injects = Kept(INJECTS)
    drill_people = Kept(DRILL_PEOPLE)
    drill_marks = Kept(DRILL_MARKS)
    drill_scores = Kept(DRILL_SCORES)
    drill_objects = Kept(DRILL_OBJECTS)
    object_drills = Kept(OBJECT_DRILLS)
    drill_links = Kept(DRILL_LINKS)
    drill_files = Kept(DRILL_FILES)
    drill_twins = Kept(DRILL_TWINS)
    drill_paces = Kept(DRILL_PACES)
    purges = Kept(PURGES)
    purge_checks = Kept(PURGE_CHECKS)
    supply_requests = Kept(SUPPLY_REQUESTS)
    request_lines = Kept(REQUEST_LINES)
    supply_decisions = Kept(SUPPLY_DECISIONS)
    release_orders = Kept(RELEASE_ORDERS)
    release_lines = Kept(RELEASE_LINES)
    release_steps = Kept(RELEASE_STEPS)
    release_legs = Kept(RELEASE_LEGS)
    leg_receipts = Kept(LEG_RECEIPTS)
    pack_changes = Kept(PACK_CHANGES)
    allocation_lists = Kept(ALLOCATION_LISTS)
    distributions = Kept(DISTRIBUTIONS)
    requisitions = Kept(REQUISITIONS)
    requisition_steps = Kept(REQUISITION_STEPS)
    donation_publications = Kept(DONATION_PUBLICATIONS)
    stock_counts = Kept(STOCK_COUNTS)
    count_lines = Kept(COUNT_LINES)
    tallies = Kept(TALLIES)
    item_photos = Kept(ITEM_PHOTOS)
    settings = Kept(SETTINGS)
    rules = Kept(RULES)

    def __init__(self, connection: Any, touch: Touch | None = None) -> None:
        self._connection = connection
        self._noted_by = touch
        self.balances = StockBalances(connection)
        self.people = PeopleBook(connection)
        self.count_books = CountBooks(connection)
        self.item_pictures = ItemPictures(connection)
        self.drill_contents = DrillContents(connection)

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

    def drafts_kept(self) -> list[tuple[str, datetime | None, int]]:
        """Return name, moment and length of every draft, the newest first."""
        rows = self._connection.exec_driver_sql("SELECT name, kept_at, length(content) FROM drafts ORDER BY kept_at DESC, name")
        return [(str(row[0]), moment_from_column(row[1]), int(row[2])) for row in rows]

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
