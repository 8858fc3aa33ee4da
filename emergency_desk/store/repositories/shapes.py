"""The repositories of every subject, by the names the services use."""

from __future__ import annotations

from typing import Any

from emergency_desk.domain.accounts import Account
from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.areas import Area, AreaChange
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.incidents import Call, FiguresReport, GradeChange, Incident, LogEntry, Task
from emergency_desk.domain.library import JournalEntry, PlanText, RuleTable, Setting
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team, TeamMember, TeamMove
from emergency_desk.domain.units import Unit
from emergency_desk.store.repositories.repository import Repository, Shape, Touch
from emergency_desk.store.rows import tables

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
SETTINGS = Shape(tables.settings, Setting, Subject.SETTING)
RULES = Shape(tables.rules, RuleTable, Subject.RULE)

JOURNALED: tuple[Shape[Any], ...] = (AREAS, ACCOUNTS, TEAMS, TEAM_MOVES, SITES, PLANS, INCIDENTS, CALLS, FIGURES, GRADES, LOG, TASKS,
                                     DISPATCHES, SETTINGS, RULES, MEMBERS, AGREEMENTS, UNITS, AREA_CHANGES)
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

    def journal_after(self, number: int) -> list[JournalEntry]:
        """Return the journal entries after a number, oldest first."""
        return [JournalEntry(*row) for row in self._connection.exec_driver_sql(_JOURNAL, (number,))]

    def journal_number(self) -> int:
        """Return the number of the newest journal entry."""
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM journal").scalar_one())
