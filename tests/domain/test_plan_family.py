"""Links between plans: they are walked in both directions, and what is wrong with them is named; a circle ends the walk."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_check import CheckedAgainst, check
from emergency_desk.domain.plan_family import family, link_faults
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity
from emergency_desk.domain.plan_records import Clause, Level, Plan, PlanKind
from emergency_desk.domain.texts import Text
from tests.domain.plan_parts import ALWAYS, figure, level, sound_plan
from tests.domain.test_plan_check import TODAY


def linked(code: str, *, parent: str = "", aligned: tuple[str, ...] = (), tier: Tier = Tier.DISTRICT, kind: PlanKind = PlanKind.SPECIAL) -> Plan:
    """Return a plan of a hazard of its own, so that nothing but its links ties it to the others."""
    return replace(sound_plan(code=code, hazards=(f"of_{code}",)), parent=parent, aligned=aligned, tier=tier, kind=kind,
                   title=Text(f"{code}预案", f"Plan {code}"))


def kinds(faults: tuple[PlanFault, ...]) -> list[FaultKind]:
    return [fault.kind for fault in faults]


def test_the_family_is_found_from_every_side() -> None:
    top, middle, low = linked("top"), linked("middle", parent="top"), linked("low", parent="middle")
    beside = linked("beside", aligned=("middle",))
    plans = (top, middle, low, beside)
    of = family(middle, plans)
    assert (of.parent, of.above, of.below, of.beside, of.circle) == (top, (top,), (low,), (beside,), ())
    assert [plan.code for plan in family(low, plans).above] == ["middle", "top"]


def test_a_plan_stands_for_its_own_older_version() -> None:
    old, new, child = linked("x", parent="gone"), linked("x"), linked("child", parent="x")
    assert family(child, (old,)).parent is old
    assert (family(new, (old, child)).parent, family(new, (old, child)).below) == (None, (child,))


def test_codes_nobody_knows_are_named_at_the_clause_that_tells_the_links() -> None:
    plan = linked("x", parent="gone", aligned=("lost",))
    plan = replace(plan, clauses=(*plan.clauses, Clause(number="9.2", title=Text("预案衔接", "Links"), body=Text("略。", "None."))))
    found = link_faults(plan, (plan,))
    assert [(fault.kind, fault.severity, fault.what, fault.at.clause) for fault in found] == [
        (FaultKind.PARENT_UNKNOWN, Severity.WRONG, "gone", "9.2"), (FaultKind.ALIGNED_UNKNOWN, Severity.WRONG, "lost", "9.2")]


def test_a_circle_is_told_with_its_way_and_never_walked_twice() -> None:
    first, second, third = linked("a", parent="b"), linked("b", parent="c"), linked("c", parent="a")
    found, = link_faults(first, (first, second, third))
    assert (found.kind, [title.en for title in found.path]) == (FaultKind.LINKS_IN_CIRCLE, ["Plan a", "Plan b", "Plan c", "Plan a"])
    assert [plan.code for plan in family(first, (first, second, third)).above] == ["b", "c"]


def test_a_plan_above_itself_and_a_way_into_a_circle_are_circles_too() -> None:
    alone, below = linked("a", parent="a"), linked("low", parent="a")
    assert [title.en for title in link_faults(alone, (alone, below))[0].path] == ["Plan a", "Plan a"]
    found, = link_faults(below, (alone, below))
    assert (found.kind, [title.en for title in found.path]) == (FaultKind.LINKS_IN_CIRCLE, ["Plan a", "Plan a"])


def test_the_whole_check_ends_in_spite_of_a_circle() -> None:
    plans = (linked("a", parent="b", aligned=("b",)), linked("b", parent="a", aligned=("a",)))
    assert FaultKind.LINKS_IN_CIRCLE in kinds(check(plans[0], CheckedAgainst(today=TODAY, plans=plans)))


def test_a_plan_above_of_a_lower_tier_is_wrong() -> None:
    street = linked("street", tier=Tier.STREET)
    assert kinds(link_faults(linked("x", parent="street"), (street,))) == [FaultKind.PARENT_BELOW]


def test_a_link_that_is_not_returned_is_a_remark() -> None:
    mine, other = linked("x", aligned=("y",)), linked("y")
    found, = link_faults(mine, (mine, other))
    assert (found.kind, found.severity, found.other_plan) == (FaultKind.LINK_NOT_RETURNED, Severity.REMARK, other.title)
    assert link_faults(mine, (mine, replace(other, aligned=("x",)))) == ()


def with_levels(plan: Plan, trapped: int) -> Plan:
    return replace(plan, levels=(level(Tier.DISTRICT, Level.III, "3.1", figure(trapped=trapped)), level(Tier.DISTRICT, Level.IV, "3.2", ALWAYS),
                                 level(Tier.STREET, Level.IV, "3.3", ALWAYS)))


def test_a_plan_may_be_stricter_than_the_plan_above_it_and_not_laxer() -> None:
    above = with_levels(linked("above"), trapped=3)
    strict, lax = with_levels(linked("strict", parent="above"), trapped=1), with_levels(linked("lax", parent="above"), trapped=10)

    def laxer(plan: Plan, *plans: Plan) -> list[tuple[str, int, Level | None, Level | None, str]]:
        return [(fault.what, fault.count, fault.at.level, fault.other_level, fault.other_clause)
                for fault in check(plan, CheckedAgainst(today=TODAY, plans=plans)) if fault.kind is FaultKind.LAXER_THAN_ABOVE]

    assert laxer(strict, above) == []
    assert laxer(lax, above) == [("trapped", 3, Level.IV, Level.III, "3.1")]
    assert laxer(above, lax) == [("trapped", 3, Level.III, Level.IV, "3.2")]
    assert laxer(lax, replace(above, kind=PlanKind.OVERALL)) == []


def test_two_phones_of_one_office_are_found_between_plans_that_only_stand_beside_one_another() -> None:
    mine, other = linked("x", aligned=("y",)), linked("y")
    other = replace(other, contacts=(replace(other.contacts[0], phone="0532-00000002"),))
    found = check(mine, CheckedAgainst(today=TODAY, plans=(mine, other)))
    assert [(fault.what, fault.other_what) for fault in found if fault.kind is FaultKind.PHONE_DIFFERS] == [("0532-00000001", "0532-00000002")]
    apart = check(linked("x"), CheckedAgainst(today=TODAY, plans=(other,)))
    assert FaultKind.PHONE_DIFFERS not in kinds(apart)
