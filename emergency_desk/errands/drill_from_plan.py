"""A drill made of a plan's own levels: as the event grows from level to level, each owner is asked for what the plan has him do, and by when.

In both languages, since a plan is. Limits are the minutes of the plan; what the plan gives no minute stays to be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.drill_errors import DrillPlanGone
from emergency_desk.domain.drill_scripts import DrillScript, ScriptedInject
from emergency_desk.domain.drills import Drill, DrillForm, DrillPurpose, DrillScope
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.plan_records import Action, Condition, Level, LevelRule, Plan, PlanFact, PlanRole
from emergency_desk.domain.texts import Text
from emergency_desk.errands import drill_scripts
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import CHINESE, _, current_language, speaking
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_said
from emergency_desk.wording.plan_words import conditions, group_name

_MOST_AIMS, _MOST_WAIT = 6, 60  # house settings: aims that are named, and minutes until the next level at most
_BESIDES = 3  # director, controller, evaluator


def script_of(
    desk: Desk, *, code: str, tier: Tier | None = None, level: Level | None = None, form: DrillForm = DrillForm.TABLETOP,
) -> DrillScript:
    """Return the drill of a plan in force up to a level (the highest where none is named) at a tier, else at the desk's own.

    Raises DrillPlanGone, NothingToPrint when the plan sets no level there.
    """
    back = next((one for one in desk.trade.shelf.in_force if one.code == code), None)
    if back is None:
        raise DrillPlanGone(plan=code, version="")
    plan = desk.trade.plan(code, back.version)
    tier = tier or next((one for one in (desk.tier, plan.tier) if plan.acts_at(one)), plan.tier)
    rules = [rule for rule in reversed(plan.levels_of(tier)) if level is None or rule.level.rank >= level.rank]
    if not rules:
        raise NothingToPrint(name="drill", number=code)
    hazard = next((desk.trade.type(one).name for one in plan.hazard_types), plan.title)
    injects = tuple(_injects(plan, tier, rules, hazard))
    limited = sorted((one for one in injects if one.limit_minutes is not None), key=lambda one: (one.limit_minutes or 0, one.at_minutes))
    return DrillScript(
        id=f"plan_{plan.code}_{tier.value}"[:60], title=_both(lambda: _("Drill of “{plan}”, {tier}, up to level {level}").format(
            plan=_said(plan.title), tier=label(tier), level=level_said(rules[-1].level))),
        plan_code=plan.code, form=form, scope=DrillScope.FULL, purpose=DrillPurpose.TEST, heads=_BESIDES + len({one.to_whom for one in injects}),
        scenario=_both(lambda: _("{hazard}. It grows until: {conditions}").format(
            hazard=_said(hazard), conditions=_("; ").join(conditions(rules[-1], plan)))),
        aims=tuple(_aim(one) for one in limited[:_MOST_AIMS]),
        stop_conditions=tuple(map(_both, (lambda: _("a real call needs the forces of the drill"), lambda: _("somebody is hurt or unwell"),
                                          lambda: _("what is simulated becomes dangerous itself")))),
        injects=injects)


def plan_of_levels(desk: Desk, *, code: str, tier: Tier | None, level: Level | None, form: DrillForm, planned_at: datetime) -> Drill:
    """Plan the drill of a plan's levels. Raises what `script_of` and `plan_drill` raise."""
    return drill_scripts.plan_from(desk, script_of(desk, code=code, tier=tier, level=level, form=form), planned_at=planned_at)


def _injects(plan: Plan, tier: Tier, rules: list[LevelRule], hazard: Text) -> Iterator[ScriptedInject]:
    begins, asked = 0, set[str]()
    for number, rule in enumerate(rules):
        due = [one for one in plan.actions if one.tier is tier and one.id not in asked and one.from_level.rank >= rule.level.rank]
        asked |= {one.id for one in due}
        yield _worsens(plan, rule, hazard, due, at=begins, is_first=number == 0)
        at = begins
        for step, (role, acts) in enumerate(_by_owner(due).items(), start=1):
            at = begins + step
            yield _asks(plan, rule, role, acts, at=at)
        begins = at + min(_MOST_WAIT, max((one.due_minutes for one in due), default=10) + 1)


def _by_owner(due: list[Action]) -> dict[PlanRole, list[Action]]:
    """Return actions by who carries them, the most pressing first; activating itself is asked for by what worsens."""
    found: dict[PlanRole, list[Action]] = {}
    for one in sorted(due, key=lambda action: (action.due_minutes, action.id)):
        if one.meets is not PlanFact.ACTIVATE:
            found.setdefault(one.role, []).append(one)
    return found


def _worsens(plan: Plan, rule: LevelRule, hazard: Text, due: list[Action], *, at: int, is_first: bool) -> ScriptedInject:
    limit = min((one.due_minutes for one in due if one.meets is PlanFact.ACTIVATE), default=None)

    def told() -> str:
        if rule.conditions[0] == Condition():  # every such event is of this level
            return _("A call: {hazard}").format(hazard=_said(hazard))
        sign = conditions(rule, plan)[0]
        return _("A call: {hazard}. {sign}").format(hazard=_said(hazard), sign=sign) if is_first else _("It grows: {sign}").format(sign=sign)

    return ScriptedInject(
        at_minutes=at, to_whom=_both(lambda: label(PlanRole.DUTY_OFFICER)), text=_both(told), limit_minutes=limit, takes_minutes=limit or 5,
        expected=_both(lambda: _("{who} activates level {level} (clause {clause})").format(
            who=_said(rule.activated_by), level=level_said(rule.level), clause=rule.clause)))


def _asks(plan: Plan, rule: LevelRule, role: PlanRole, acts: list[Action], *, at: int) -> ScriptedInject:
    limit = acts[0].due_minutes or None
    group = next((one for one in plan.work_groups if one.function is role), None)
    return ScriptedInject(
        at_minutes=at, to_whom=_both(lambda: group_name(group) if group is not None else label(role)),
        text=_both(lambda: _("Level {level} is in force. What do you do, and by when is it done?").format(level=level_said(rule.level))),
        expected=_both(lambda: _("; ").join(_("{act} (clause {clause}, {minutes} min)").format(
            act=_said(one.title), clause=one.clause, minutes=one.due_minutes) for one in acts)),
        limit_minutes=limit, takes_minutes=limit or 1)


def _aim(one: ScriptedInject) -> Text:
    return _both(lambda: _("{who}: within {minutes} minutes {what}").format(
        who=_said(one.to_whom), minutes=one.limit_minutes, what=_said(one.expected).split(_("; "))[0]))


def _said(text: Text) -> str:
    return text.in_language(current_language())


def _both(told: Callable[[], str]) -> Text:
    with speaking(CHINESE):
        chinese = told()
    with speaking("en"):
        return Text(chinese, told())
