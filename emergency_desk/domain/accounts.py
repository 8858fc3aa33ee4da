"""Accounts of the people who work a desk, and what a role may do.

Source of who may act: 突发事件应对法 2024 Art. 12, 17, 71, 76; domain §16 (false friends 9). The table grows with each act.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.errors import RoleMissing, SignInNeeded
from emergency_desk.domain.ids import Id


class Role(StrEnum):
    DUTY_OFFICER = "duty_officer"
    DUTY_LEADER = "duty_leader"
    PLANNER = "planner"
    KEEPER = "keeper"
    DRILL_LEADER = "drill_leader"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


class Act(StrEnum):
    """What somebody does at the desk, as far as it needs a role."""

    TAKE_CALL = "take_call"
    SEND_TEAM = "send_team"
    REPORT_TEAM = "report_team"
    WRITE_LOG = "write_log"
    WORK_TASK = "work_task"
    CLOSE_INCIDENT = "close_incident"
    IMPORT = "import"
    KEEP_REGISTER = "keep_register"
    KEEP_PLANS = "keep_plans"
    ERASE_PERSONAL = "erase_personal"
    READ = "read"


_DUTY = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER})
MAY: dict[Act, frozenset[Role]] = {
    Act.TAKE_CALL: _DUTY,
    Act.SEND_TEAM: _DUTY,
    Act.REPORT_TEAM: _DUTY,
    Act.WRITE_LOG: _DUTY,
    Act.WORK_TASK: _DUTY,
    Act.CLOSE_INCIDENT: _DUTY,
    Act.IMPORT: frozenset({Role.KEEPER, Role.PLANNER, Role.ADMINISTRATOR, Role.DUTY_LEADER}),
    Act.KEEP_REGISTER: frozenset({Role.KEEPER, Role.ADMINISTRATOR, Role.DUTY_LEADER}),
    Act.KEEP_PLANS: frozenset({Role.PLANNER, Role.ADMINISTRATOR}),
    Act.ERASE_PERSONAL: frozenset({Role.ADMINISTRATOR, Role.DUTY_LEADER}),
    Act.READ: frozenset(Role),
}


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. `name` is typed at sign-in; the password hash (argon2) stays in the store."""

    id: Id
    name: str
    display_name: str
    roles: tuple[Role, ...]
    area_id: Id
    display_name_en: str = ""
    phone: str = ""
    is_retired: bool = False
    is_demo: bool = False
    version: int = 0


def require(account: Account | None, act: Act) -> Account:
    """Return the account if one of its roles may do the act. Raises SignInNeeded, RoleMissing."""
    if account is None:
        raise SignInNeeded(act=act)
    if not MAY[act].intersection(account.roles):
        raise RoleMissing(act=act, roles=tuple(sorted(MAY[act])), account=account.display_name)
    return account
