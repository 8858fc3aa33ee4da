"""Act × role × tier: the whole table, written out a second time so that a change of it is seen."""

from __future__ import annotations

from itertools import product

import pytest

from emergency_desk.domain.accounts import AUTHORITY, Account, Act, Role, is_allowed, require
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import NotThisTier, RoleMissing, SignInNeeded
from emergency_desk.domain.ids import Id

OFFICER, LEADER, PLANNER, KEEPER = Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.PLANNER, Role.KEEPER
ADMINISTRATOR = Role.ADMINISTRATOR
DESKS = {Tier.PROVINCE, Tier.CITY, Tier.DISTRICT, Tier.STREET}
COUNTY = {Tier.PROVINCE, Tier.CITY, Tier.DISTRICT}
EXPECTED: dict[Act, tuple[set[Role], set[Tier]]] = {
    Act.TAKE_CALL: ({OFFICER, LEADER}, DESKS),
    Act.SEND_TEAM: ({OFFICER, LEADER}, DESKS),
    Act.REPORT_TEAM: ({OFFICER, LEADER}, DESKS),
    Act.WRITE_LOG: ({OFFICER, LEADER}, DESKS),
    Act.WORK_TASK: ({OFFICER, LEADER}, DESKS),
    Act.CLOSE_INCIDENT: ({OFFICER, LEADER}, DESKS),
    Act.IMPORT: ({KEEPER, PLANNER, ADMINISTRATOR, LEADER}, DESKS),
    Act.KEEP_REGISTER: ({KEEPER, ADMINISTRATOR, LEADER}, DESKS),
    Act.KEEP_PLANS: ({PLANNER, ADMINISTRATOR}, DESKS),
    Act.APPROVE_PLAN: ({LEADER}, DESKS),
    Act.TRY_CONTACT: ({OFFICER, LEADER, PLANNER, KEEPER, ADMINISTRATOR}, DESKS),
    Act.ERASE_PERSONAL: ({ADMINISTRATOR, LEADER}, DESKS),
    Act.KEEP_ACCOUNTS: ({ADMINISTRATOR}, DESKS),
    Act.KEEP_SETTINGS: ({ADMINISTRATOR, LEADER}, DESKS),
    Act.KEEP_RULES: ({PLANNER, ADMINISTRATOR}, DESKS),
    Act.KEEP_VIEWS: (set(Role) - {Role.OBSERVER}, DESKS),
    Act.REQUISITION: ({LEADER}, COUNTY),
    Act.ISSUE_WARNING: ({LEADER}, COUNTY),
    Act.REQUEST_GARRISON: ({LEADER}, COUNTY),
    Act.ACTIVATE_RESPONSE: ({OFFICER, LEADER}, DESKS),
    Act.END_RESPONSE: ({LEADER}, COUNTY),
    Act.MOVE_COMMAND: ({OFFICER, LEADER}, DESKS),
    Act.JUDGE_GRADE: ({OFFICER, LEADER}, DESKS),
    Act.SEND_REPORT: ({OFFICER, LEADER}, DESKS),
    Act.RECOVER: ({OFFICER, LEADER, PLANNER, KEEPER, ADMINISTRATOR}, DESKS),
    Act.KEEP_FINDINGS: ({OFFICER, LEADER, PLANNER, KEEPER, Role.DRILL_LEADER, ADMINISTRATOR}, DESKS),
    Act.KEEP_STOCK: ({KEEPER, ADMINISTRATOR, LEADER}, DESKS),
    Act.MOVE_STOCK: ({KEEPER, LEADER}, DESKS),
    Act.CLAIM_STOCK: ({KEEPER, OFFICER, LEADER}, DESKS),
    Act.ASK_SUPPLIES: ({OFFICER, LEADER, KEEPER}, DESKS),
    Act.DECIDE_SUPPLIES: ({OFFICER, LEADER}, DESKS),
    Act.RELEASE_STOCK: ({OFFICER, LEADER, KEEPER}, DESKS),
    Act.SHIP_STOCK: ({OFFICER, LEADER, KEEPER}, DESKS),
    Act.RECEIVE_STOCK: ({OFFICER, LEADER, KEEPER}, DESKS),
    Act.HAND_OUT: ({OFFICER, LEADER, KEEPER}, DESKS),
    Act.GIVE_BACK_REQUISITIONED: ({OFFICER, LEADER, KEEPER}, COUNTY),
    Act.PUBLISH_DONATIONS: ({KEEPER, LEADER}, DESKS),
    Act.KEEP_SHELTER: ({KEEPER, PLANNER, ADMINISTRATOR, LEADER}, DESKS),
    Act.OPEN_SHELTER: ({OFFICER, LEADER}, DESKS),
    Act.RUN_SHELTER: ({OFFICER, LEADER, KEEPER}, DESKS),
    Act.PLAN_DRILL: ({Role.DRILL_LEADER, PLANNER, LEADER}, DESKS),
    Act.RUN_DRILL: ({Role.DRILL_LEADER, LEADER}, DESKS),
    Act.EVALUATE_DRILL: ({Role.DRILL_LEADER, PLANNER, LEADER}, DESKS),
    Act.READ: (set(Role), set(Tier)),
}


def account(*roles: Role) -> Account:
    return Account(id=Id("1" * 32), name="wang", display_name="王", roles=roles, area_id=Id("2" * 32))


def test_every_act_stands_in_the_table() -> None:
    assert set(AUTHORITY) == set(Act) == set(EXPECTED)


@pytest.mark.parametrize(("act", "role", "tier"), list(product(Act, Role, Tier)), ids=lambda each: each.value)
def test_a_role_may_do_at_its_tier_exactly_what_the_table_says(act: Act, role: Role, tier: Tier) -> None:
    roles, tiers = EXPECTED[act]
    allowed = role in roles and tier in tiers
    assert is_allowed((role,), act, tier) is allowed
    if allowed:
        assert require(account(role), act, tier).roles == (role,)
    else:
        with pytest.raises(RoleMissing):
            require(account(role), act, tier)


@pytest.mark.parametrize(("act", "article"), [
    (Act.REQUISITION, "第十二条"), (Act.ISSUE_WARNING, "第六十三"),
    (Act.REQUEST_GARRISON, "军队参加抢险救灾条例第四条"), (Act.END_RESPONSE, "第八十六条"),
])
def test_a_street_is_refused_what_is_the_countys_with_the_article(act: Act, article: str) -> None:
    """B16."""
    with pytest.raises(NotThisTier) as refused:
        require(account(*Role), act, Tier.STREET)
    assert article in refused.value.values["basis"].zh
    assert refused.value.values["tiers"] == (Tier.PROVINCE, Tier.CITY, Tier.DISTRICT)


def test_an_account_with_several_roles_may_do_what_one_of_them_may() -> None:
    both = account(KEEPER, OFFICER)
    assert require(both, Act.TAKE_CALL, Tier.STREET) is both
    assert require(both, Act.KEEP_REGISTER, Tier.STREET) is both
    with pytest.raises(RoleMissing):
        require(both, Act.KEEP_ACCOUNTS, Tier.STREET)


def test_nobody_at_the_desk_is_asked_to_sign_in() -> None:
    with pytest.raises(SignInNeeded):
        require(None, Act.READ, Tier.CITY)
