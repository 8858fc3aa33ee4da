"""Accounts of the people who work a desk, and what a role may do.

Source of who may act: 突发事件应对法 2024 Art. 12, 17, 63, 64, 71, 76, 86; 青岛市突发事件应对条例 Art. 28, 30; 军队参加抢险救灾条例 Art. 4.
The table grows with each act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import NotThisTier, RoleMissing, SignInNeeded
from emergency_desk.domain.ids import Id
from emergency_desk.domain.texts import Text


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
    APPROVE_PLAN = "approve_plan"  # review, approve, withdraw
    TRY_CONTACT = "try_contact"  # ring a number of a plan and note whether somebody answered
    ERASE_PERSONAL = "erase_personal"
    KEEP_ACCOUNTS = "keep_accounts"
    KEEP_SETTINGS = "keep_settings"
    KEEP_RULES = "keep_rules"
    KEEP_VIEWS = "keep_views"  # how a list is asked for and shown: everybody's who works with lists
    REQUISITION = "requisition"
    ISSUE_WARNING = "issue_warning"
    REQUEST_GARRISON = "request_garrison"
    ACTIVATE_RESPONSE = "activate_response"  # record it with the leader who decided it; adjust, suspend, resume
    END_RESPONSE = "end_response"  # of a city or district; a street's level is its own plan's
    MOVE_COMMAND = "move_command"  # offer, answer, take; command posts, notices, decisions
    JUDGE_GRADE = "judge_grade"
    SEND_REPORT = "send_report"
    RECOVER = "recover"  # aftermath, settlement, archive
    KEEP_FINDINGS = "keep_findings"
    KEEP_STOCK = "keep_stock"  # items, depots, targets, promises
    MOVE_STOCK = "move_stock"
    CLAIM_STOCK = "claim_stock"  # keep back for an incident, call off an agreement
    ASK_SUPPLIES = "ask_supplies"
    DECIDE_SUPPLIES = "decide_supplies"  # record what this tier grants, passes up, refuses
    RELEASE_STOCK = "release_stock"  # order goods out of a depot, with who approved it
    SHIP_STOCK = "ship_stock"  # pick, load, send on the road
    RECEIVE_STOCK = "receive_stock"
    HAND_OUT = "hand_out"  # to people, against signatures
    GIVE_BACK_REQUISITIONED = "give_back_requisitioned"  # return, damage, compensation
    PUBLISH_DONATIONS = "publish_donations"
    KEEP_SHELTER = "keep_shelter"  # the register, inspections
    OPEN_SHELTER = "open_shelter"  # open and close; a street its own and its villages'
    RUN_SHELTER = "run_shelter"  # states, head counts, people, evacuation by village
    PLAN_DRILL = "plan_drill"  # design, script, people, checklist
    RUN_DRILL = "run_drill"  # begin, release, pause, break off, count, end
    EVALUATE_DRILL = "evaluate_drill"  # points, the word
    READ = "read"


NO_BASIS = Text("")


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do an act: which roles, at which tiers, and the article it rests on."""

    roles: frozenset[Role]
    tiers: frozenset[Tier]
    basis: Text = NO_BASIS


_DUTY = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER})
_LEADER = frozenset({Role.DUTY_LEADER})
# Who keeps duty by day and night: city, district and street (QD17 Art. 28), and the province above them. A village has no desk of its own.
DESK_TIERS = frozenset({Tier.PROVINCE, Tier.CITY, Tier.DISTRICT, Tier.STREET})
# "County level and above" of the law.
COUNTY_AND_ABOVE = DESK_TIERS - {Tier.STREET}
_ON_DUTY = Text("青岛市突发事件应对条例第二十八条", "Qingdao Regulations on Responding to Emergency Incidents Art. 28")
_REQUISITION = Text("突发事件应对法第十二条，山东省突发事件应对条例第四十一条",
                    "Emergency Response Law Art. 12; Shandong Regulations on Responding to Emergency Incidents Art. 41")
_WARNING = Text("突发事件应对法第六十三、六十四条，青岛市突发事件应对条例第三十条",
                "Emergency Response Law Art. 63 and 64; Qingdao Regulations on Responding to Emergency Incidents Art. 30")
_GARRISON = Text("军队参加抢险救灾条例第四条；街道不直接请求是本系统的规定",
                 "Regulations on the Army's Part in Disaster Relief Art. 4; that a street never asks itself is a rule of this desk")
_RESPONSE = Text("突发事件应对法第七十一、七十二条", "Emergency Response Law Art. 71 and 72")
_COMMAND = Text("突发事件应对法第十七条，安委〔2013〕8号三（二）",
                "Emergency Response Law Art. 17; State Council Safety Committee [2013] No. 8, 3(2)")
_REPORTING = Text("突发事件应对法第六十一条", "Emergency Response Law Art. 61")
_RECOVERY = Text("突发事件应对法第八十七、九十二条", "Emergency Response Law Art. 87 and 92")
_STOCK = Text("山东省突发事件应急保障条例第四十二、四十三条", "Shandong Regulations on Emergency Support Art. 42 and 43")
_CALLING = Text("突发事件应对法第四十五条，山东省突发事件应急保障条例第七十二条",
                "Emergency Response Law Art. 45; Shandong Regulations on Emergency Support Art. 72")
_GIFTS = Text("山东省突发事件应急保障条例第四十八条", "Shandong Regulations on Emergency Support Art. 48")
_SHELTERS = Text("突发事件应对法第三十条，青岛市突发事件应对条例第十六条",
                 "Emergency Response Law Art. 30; Qingdao Regulations on Responding to Emergency Incidents Art. 16")
_DRILLS = Text("突发事件应急预案管理办法第三十二、三十三条，青岛市突发事件应对条例第十二条",
               "Measures for the Management of Contingency Plans Art. 32 and 33; Qingdao Regulations on Responding to Emergency Incidents "
               "Art. 12")
_APPROVING = Text("突发事件应急预案管理办法第二十四、二十五条", "Measures for the Management of Contingency Plans Art. 24 and 25")
_ENDING = Text("突发事件应对法第八十六条；谁启动、谁终止", "Emergency Response Law Art. 86; whoever started a response ends it")

# The one table: act × role × tier. Every service asks it through `Desk.may`.
AUTHORITY: dict[Act, Right] = {
    Act.TAKE_CALL: Right(_DUTY, DESK_TIERS, _ON_DUTY),
    Act.SEND_TEAM: Right(_DUTY, DESK_TIERS, _ON_DUTY),
    Act.REPORT_TEAM: Right(_DUTY, DESK_TIERS, _ON_DUTY),
    Act.WRITE_LOG: Right(_DUTY, DESK_TIERS, _ON_DUTY),
    Act.WORK_TASK: Right(_DUTY, DESK_TIERS, _ON_DUTY),
    Act.CLOSE_INCIDENT: Right(_DUTY, DESK_TIERS, _ON_DUTY),
    Act.IMPORT: Right(frozenset({Role.KEEPER, Role.PLANNER, Role.ADMINISTRATOR, Role.DUTY_LEADER}), DESK_TIERS),
    Act.KEEP_REGISTER: Right(frozenset({Role.KEEPER, Role.ADMINISTRATOR, Role.DUTY_LEADER}), DESK_TIERS),
    Act.KEEP_PLANS: Right(frozenset({Role.PLANNER, Role.ADMINISTRATOR}), DESK_TIERS),
    Act.APPROVE_PLAN: Right(_LEADER, DESK_TIERS, _APPROVING),
    Act.TRY_CONTACT: Right(_DUTY | {Role.PLANNER, Role.KEEPER, Role.ADMINISTRATOR}, DESK_TIERS),
    Act.ERASE_PERSONAL: Right(frozenset({Role.ADMINISTRATOR, Role.DUTY_LEADER}), DESK_TIERS),
    Act.KEEP_ACCOUNTS: Right(frozenset({Role.ADMINISTRATOR}), DESK_TIERS),
    Act.KEEP_SETTINGS: Right(frozenset({Role.ADMINISTRATOR, Role.DUTY_LEADER}), DESK_TIERS),
    Act.KEEP_RULES: Right(frozenset({Role.PLANNER, Role.ADMINISTRATOR}), DESK_TIERS),
    Act.KEEP_VIEWS: Right(frozenset(Role) - {Role.OBSERVER}, DESK_TIERS),
    Act.REQUISITION: Right(_LEADER, COUNTY_AND_ABOVE, _REQUISITION),
    Act.ISSUE_WARNING: Right(_LEADER, COUNTY_AND_ABOVE, _WARNING),
    Act.REQUEST_GARRISON: Right(_LEADER, COUNTY_AND_ABOVE, _GARRISON),
    Act.END_RESPONSE: Right(_LEADER, COUNTY_AND_ABOVE, _ENDING),
    Act.ACTIVATE_RESPONSE: Right(_DUTY, DESK_TIERS, _RESPONSE),
    Act.MOVE_COMMAND: Right(_DUTY, DESK_TIERS, _COMMAND),
    Act.JUDGE_GRADE: Right(_DUTY, DESK_TIERS, _ON_DUTY),
    Act.SEND_REPORT: Right(_DUTY, DESK_TIERS, _REPORTING),
    Act.RECOVER: Right(_DUTY | {Role.PLANNER, Role.KEEPER, Role.ADMINISTRATOR}, DESK_TIERS, _RECOVERY),
    Act.KEEP_FINDINGS: Right(_DUTY | {Role.PLANNER, Role.KEEPER, Role.DRILL_LEADER, Role.ADMINISTRATOR}, DESK_TIERS, _RECOVERY),
    Act.KEEP_STOCK: Right(frozenset({Role.KEEPER, Role.ADMINISTRATOR, Role.DUTY_LEADER}), DESK_TIERS),
    Act.MOVE_STOCK: Right(frozenset({Role.KEEPER, Role.DUTY_LEADER}), DESK_TIERS, _STOCK),
    Act.CLAIM_STOCK: Right(_DUTY | {Role.KEEPER}, DESK_TIERS, _STOCK),
    Act.ASK_SUPPLIES: Right(_DUTY | {Role.KEEPER}, DESK_TIERS, _CALLING),
    Act.DECIDE_SUPPLIES: Right(_DUTY, DESK_TIERS, _CALLING),
    Act.RELEASE_STOCK: Right(_DUTY | {Role.KEEPER}, DESK_TIERS, _CALLING),
    Act.SHIP_STOCK: Right(_DUTY | {Role.KEEPER}, DESK_TIERS, _CALLING),
    Act.RECEIVE_STOCK: Right(_DUTY | {Role.KEEPER}, DESK_TIERS, _CALLING),
    Act.HAND_OUT: Right(_DUTY | {Role.KEEPER}, DESK_TIERS, _STOCK),
    Act.GIVE_BACK_REQUISITIONED: Right(_DUTY | {Role.KEEPER}, COUNTY_AND_ABOVE, _REQUISITION),
    Act.PUBLISH_DONATIONS: Right(frozenset({Role.KEEPER, Role.DUTY_LEADER}), DESK_TIERS, _GIFTS),
    Act.KEEP_SHELTER: Right(frozenset({Role.KEEPER, Role.PLANNER, Role.ADMINISTRATOR, Role.DUTY_LEADER}), DESK_TIERS, _SHELTERS),
    Act.OPEN_SHELTER: Right(_DUTY, DESK_TIERS, _SHELTERS),
    Act.RUN_SHELTER: Right(_DUTY | {Role.KEEPER}, DESK_TIERS, _SHELTERS),
    Act.PLAN_DRILL: Right(frozenset({Role.DRILL_LEADER, Role.PLANNER, Role.DUTY_LEADER}), DESK_TIERS, _DRILLS),
    Act.RUN_DRILL: Right(frozenset({Role.DRILL_LEADER, Role.DUTY_LEADER}), DESK_TIERS, _DRILLS),
    Act.EVALUATE_DRILL: Right(frozenset({Role.DRILL_LEADER, Role.PLANNER, Role.DUTY_LEADER}), DESK_TIERS, _DRILLS),
    Act.READ: Right(frozenset(Role), frozenset(Tier)),
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


def is_allowed(roles: Iterable[Role], act: Act, tier: Tier) -> bool:
    """Say whether somebody with these roles may do an act for an area of a tier."""
    right = AUTHORITY[act]
    return tier in right.tiers and bool(right.roles.intersection(roles))


def require(account: Account | None, act: Act, tier: Tier) -> Account:
    """Return the account if one of its roles may do the act at its tier. Raises SignInNeeded, RoleMissing, NotThisTier."""
    if account is None:
        raise SignInNeeded(act=act)
    right = AUTHORITY[act]
    if not right.roles.intersection(account.roles):
        raise RoleMissing(act=act, roles=tuple(role for role in Role if role in right.roles), account=account.display_name,
                          basis=right.basis if right.roles == _LEADER else "")
    if tier not in right.tiers:
        raise NotThisTier(act=act, tier=tier, tiers=tuple(each for each in Tier if each in right.tiers), account=account.display_name,
                          basis=right.basis)
    return account
