"""What one desk issues, another program at the same store hears of and works by; what it opened before stays readable."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.app.opening import open_desk
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.plan_moves import RevisionScope
from emergency_desk.errands.plan_issuing import compose, issue_plan, withdraw_plan
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.services import plan_drafts, plan_life
from emergency_desk.services.accounts import act_as
from tests.builders import acting_as, make_desk, trade

FIRE = "building_fire"


def test_another_program_at_the_same_store_hears_of_an_issue_and_of_a_withdrawal(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="planner")
    other = open_desk(Path(desk.store.path), clock=desk.now)
    act_as(other, name="leader")
    other.memory.tree()
    draft = plan_drafts.start_revision(desk, code=FIRE, version="1.0", scope=RevisionScope.MINOR).value
    acting_as(desk, "leader")
    plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    issue_plan(desk, draft_id=draft.id, number="13号")
    changes = other.memory.foreign_changes()
    assert changes is not None and changes.about(Subject.PLAN)
    assert [plan.version for plan in other.trade.current_plans if plan.code == FIRE] == ["1.1"]
    assert other.trade.plan(FIRE, "1.0").version == "1.0"
    assert other.trade.current_plans == desk.trade.current_plans
    acting_as(desk, "leader")
    withdraw_plan(desk, code=FIRE, version="1.1", reason="并入总体预案")
    assert other.memory.foreign_changes() is not None
    assert FIRE not in {plan.code for plan in other.trade.current_plans} and other.trade.plan(FIRE, "1.1")
    for each in (desk, other):
        each.store.close()


def test_what_is_issued_reads_as_the_very_plan_that_was_drafted() -> None:
    for plan in trade().current_plans:
        assert read_plan(compose(plan), plan.code) == plan
