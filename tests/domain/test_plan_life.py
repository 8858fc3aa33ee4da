"""Where a plan stands, what may follow, and what is owed until when: the tables of the life of plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_clocks import PlanDue, PlanDueKind, after_months, dues
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_errors import DrafterDecides, MattersOpen, MattersUnanswered, PlanDayWrong, PlanMoveRefused, PlanStepsMissing
from emergency_desk.domain.plan_life import IN_FORCE, PlanStage, current_of, life_of, lives, next_version
from emergency_desk.domain.plan_moves import Evaluation, MatterFinding, MoveKind, PlanMove, ReviewMatter, RevisionScope
from emergency_desk.domain.plan_parts import PlanHeader, parts_of
from emergency_desk.domain.plan_path import check_matters, check_move, moves_of, steps_left, weighty_changes
from emergency_desk.domain.plan_records import Plan, PlanKind
from emergency_desk.domain.texts import Text
from tests.domain.reference_data import shipped

DAY = date(2026, 9, 1)
DRAFTER, LEADER = Id("1" * 32), Id("2" * 32)
RULES = shipped().plan_life
ALL_MET = tuple(MatterFinding(matter, True) for matter in ReviewMatter)


def move(kind: MoveKind, version: str = "1.0", day: date = DAY, *, by: Id = DRAFTER, **more: object) -> PlanMove:
    given = {"scope": RevisionScope.MAJOR} if kind is MoveKind.DRAFTED else {}
    return PlanMove(id=Id(f"{kind} {version} {day}"), code="fire", plan_version=version, kind=kind, on_date=day,
                    recorded_at=datetime(2026, 9, 1, tzinfo=UTC), account_id=by, **(given | more))  # type: ignore[arg-type]


def moves(*kinds: MoveKind, version: str = "1.0", day: date = DAY) -> list[PlanMove]:
    return [move(kind, version, day) for kind in kinds]


ISSUED = moves(MoveKind.DRAFTED, MoveKind.CONSULTED, MoveKind.OPINIONS_IN, MoveKind.EXPERTS_HEARD, MoveKind.COORDINATED, MoveKind.SUBMITTED,
               MoveKind.REVIEWED, MoveKind.APPROVED, MoveKind.ISSUED)


# -- where it stands ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kinds", "stage"), [
    ((), PlanStage.MODEL),
    ((MoveKind.DRILLED,), PlanStage.MODEL),
    ((MoveKind.DRAFTED,), PlanStage.DRAFT),
    ((MoveKind.DRAFTED, MoveKind.CONSULTED), PlanStage.CONSULTATION),
    ((MoveKind.DRAFTED, MoveKind.CONSULTED, MoveKind.OPINIONS_IN), PlanStage.DRAFT),
    ((MoveKind.DRAFTED, MoveKind.SUBMITTED), PlanStage.SUBMITTED),
    ((MoveKind.DRAFTED, MoveKind.SUBMITTED, MoveKind.RETURNED), PlanStage.DRAFT),
    ((MoveKind.DRAFTED, MoveKind.SUBMITTED, MoveKind.REVIEWED), PlanStage.REVIEWED),
    ((MoveKind.DRAFTED, MoveKind.SUBMITTED, MoveKind.REVIEWED, MoveKind.APPROVED), PlanStage.APPROVED),
    ((MoveKind.DRAFTED, MoveKind.APPROVED, MoveKind.ISSUED, MoveKind.FILED, MoveKind.EVALUATED), PlanStage.ISSUED),
    ((MoveKind.DRAFTED, MoveKind.APPROVED, MoveKind.ISSUED, MoveKind.WITHDRAWN), PlanStage.WITHDRAWN),
    ((MoveKind.DRAFTED, MoveKind.DISCARDED), PlanStage.DISCARDED),
    ((MoveKind.DRAFTED, MoveKind.CONSULTED, MoveKind.DISCARDED, MoveKind.DRAFTED), PlanStage.DRAFT),
])
def test_where_a_version_stands_is_derived_from_its_moves(kinds: tuple[MoveKind, ...], stage: PlanStage) -> None:
    assert life_of("fire", "1.0", moves(*kinds)).stage is stage


def test_a_draft_begun_anew_forgets_the_steps_of_the_one_that_was_thrown_away() -> None:
    life = life_of("fire", "1.0", moves(MoveKind.DRAFTED, MoveKind.CONSULTED, MoveKind.OPINIONS_IN, MoveKind.DISCARDED, MoveKind.DRAFTED))
    assert not life.has(MoveKind.CONSULTED)


def plan(version: str, code: str = "fire") -> Plan:
    return Plan(code=code, version=version, title=Text("火灾预案"), kind=PlanKind.SPECIAL, hazard_types=("building_fire",), tier=Tier.DISTRICT)


def issued(version: str, scope: RevisionScope = RevisionScope.MAJOR, day: date = DAY) -> list[PlanMove]:
    return [move(MoveKind.DRAFTED, version, day, scope=scope), move(MoveKind.APPROVED, version, day), move(MoveKind.ISSUED, version, day)]


CURRENT = [
    ("the newest model where nothing was issued", ["1.0", "1.10", "1.9"], [], ["1.10"]),
    ("what was issued here goes before a newer model", ["1.0", "2.0", "3.0"], issued("2.0"), ["2.0"]),
    ("the newest that was issued", ["1.0", "2.0", "2.1"], [*issued("2.0"), *issued("2.1", RevisionScope.MINOR)], ["2.1"]),
    ("none where the newest was withdrawn: no older one comes back", ["1.0", "2.0"], [*issued("2.0"), move(MoveKind.WITHDRAWN, "2.0")], []),
    ("a draft is nothing yet", ["1.0"], moves(MoveKind.DRAFTED, MoveKind.APPROVED, version="2.0"), ["1.0"]),
    ("a withdrawn older version changes nothing", ["1.0", "2.0"], [move(MoveKind.WITHDRAWN, "1.0"), *issued("2.0")], ["2.0"]),
    ("a model nobody wants", ["1.0"], [move(MoveKind.WITHDRAWN, "1.0")], []),
]


@pytest.mark.parametrize(("versions", "made", "expected"), [row[1:] for row in CURRENT], ids=[row[0] for row in CURRENT])
def test_the_plan_that_is_offered(versions: list[str], made: list[PlanMove], expected: list[str]) -> None:
    assert [one.version for one in current_of([plan(version) for version in versions], made)] == expected


def test_the_version_that_was_replaced_says_by_which() -> None:
    found = lives([("fire", "1.0"), ("fire", "2.0")], issued("2.0"))
    assert (found["fire", "1.0"].stage, found["fire", "1.0"].replaced_by) == (PlanStage.REPLACED, "2.0")


@given(st.lists(st.tuples(st.sampled_from(["1.0", "1.1", "2.0", "3.0"]), st.sampled_from(MoveKind)), max_size=25))
def test_at_most_one_version_of_a_plan_is_ever_in_force(random: list[tuple[str, MoveKind]]) -> None:
    made = [move(kind, version) for version, kind in random]
    assert len(current_of([plan("1.0"), plan("1.1"), plan("2.0")], made)) <= 1


@pytest.mark.parametrize(("base", "scope", "taken", "expected"), [
    ("1.3", RevisionScope.MAJOR, (), "2.0"), ("1.3", RevisionScope.MINOR, (), "1.4"), ("1", RevisionScope.MINOR, (), "1.1"),
    ("1.9", RevisionScope.MINOR, ("1.10",), "1.11"), ("1.0", RevisionScope.MAJOR, ("2.0", "3.0"), "4.0"),
])
def test_the_next_number(base: str, scope: RevisionScope, taken: tuple[str, ...], expected: str) -> None:
    assert next_version(base, taken, scope=scope) == expected


# -- what may follow ---------------------------------------------------------------------------------------------------
def check(made: Iterable[PlanMove], kind: MoveKind, of: PlanKind = PlanKind.SPECIAL, *, day: date = DAY, by: Id = LEADER) -> None:
    check_move(life_of("fire", "1.0", made), kind, RULES.path(of), on_date=day, today=DAY + timedelta(days=60), account_id=by)


@pytest.mark.parametrize(("kind", "steps"), [
    (PlanKind.OVERALL, (MoveKind.CONSULTED, MoveKind.OPINIONS_IN, MoveKind.EXPERTS_HEARD)),
    (PlanKind.SPECIAL, (MoveKind.CONSULTED, MoveKind.OPINIONS_IN, MoveKind.EXPERTS_HEARD, MoveKind.COORDINATED)),
    (PlanKind.DEPARTMENT, (MoveKind.CONSULTED, MoveKind.OPINIONS_IN, MoveKind.EXPERTS_HEARD)),
    (PlanKind.TOWNSHIP, (MoveKind.CONSULTED, MoveKind.OPINIONS_IN)),
    (PlanKind.VILLAGE, ()), (PlanKind.UNIT, ()),
])
def test_what_comes_before_the_review(kind: PlanKind, steps: tuple[MoveKind, ...]) -> None:
    assert steps_left(life_of("fire", "1.0", moves(MoveKind.DRAFTED)), RULES.path(kind)) == steps


def test_every_kind_of_plan_has_its_path_and_its_route() -> None:
    for kind in PlanKind:
        assert RULES.path(kind)
        assert kind in RULES.routes_of(kind)[0].kinds
    assert len(RULES.routes) == 8  # the seven of Art. 26 and that of production units


def test_a_draft_is_not_submitted_before_its_steps_are_done() -> None:
    begun = moves(MoveKind.DRAFTED, MoveKind.CONSULTED, MoveKind.OPINIONS_IN)
    with pytest.raises(PlanStepsMissing) as caught:
        check(begun, MoveKind.SUBMITTED)
    assert caught.value.values["missing"] == (MoveKind.EXPERTS_HEARD, MoveKind.COORDINATED)
    check(begun, MoveKind.SUBMITTED, PlanKind.TOWNSHIP)


def test_a_whole_path_is_walked_in_its_order_and_no_other() -> None:
    made: list[PlanMove] = []
    for kind in [one.kind for one in ISSUED]:
        if made:
            check(made, kind)
            assert moves_of(life_of("fire", "1.0", made), RULES.path(PlanKind.SPECIAL))[0] is kind
        made.append(move(kind, matters=ALL_MET if kind is MoveKind.REVIEWED else ()))
        for later in (MoveKind.ISSUED, MoveKind.FILED, MoveKind.EVALUATED):
            if later not in moves_of(life_of("fire", "1.0", made), RULES.path(PlanKind.SPECIAL)):
                with pytest.raises(PlanMoveRefused):
                    check(made, later)


def test_a_minor_revision_goes_straight_to_the_approval() -> None:
    begun = [move(MoveKind.DRAFTED, scope=RevisionScope.MINOR)]
    assert moves_of(life_of("fire", "1.0", begun), RULES.path(PlanKind.SPECIAL))[0] is MoveKind.APPROVED
    check(begun, MoveKind.APPROVED)
    with pytest.raises(PlanMoveRefused):
        check(moves(MoveKind.DRAFTED), MoveKind.APPROVED)
    check(moves(MoveKind.DRAFTED), MoveKind.APPROVED, PlanKind.UNIT)


def test_a_matter_that_is_not_met_sends_the_draft_back() -> None:
    unmet = (MatterFinding(ReviewMatter.LAWFUL, False, "引用废止文件"), *ALL_MET[1:])
    reviewed = [*ISSUED[:6], move(MoveKind.REVIEWED, matters=unmet)]
    with pytest.raises(MattersOpen) as caught:
        check(reviewed, MoveKind.APPROVED)
    assert caught.value.values["matters"] == (ReviewMatter.LAWFUL,)
    assert moves_of(life_of("fire", "1.0", reviewed), RULES.path(PlanKind.SPECIAL))[0] is MoveKind.RETURNED
    check([*ISSUED[:6], move(MoveKind.REVIEWED, matters=ALL_MET)], MoveKind.APPROVED)


def test_all_six_matters_are_answered_and_what_is_not_met_says_why() -> None:
    assert check_matters(reversed(ALL_MET)) == ALL_MET
    with pytest.raises(MattersUnanswered):
        check_matters(ALL_MET[:5])
    with pytest.raises(MattersUnanswered):
        check_matters((MatterFinding(ReviewMatter.LAWFUL, False), *ALL_MET[1:]))


def test_whoever_drafted_does_not_review_or_approve() -> None:
    for kind, made in ((MoveKind.REVIEWED, ISSUED[:6]), (MoveKind.APPROVED, [*ISSUED[:6], move(MoveKind.REVIEWED, matters=ALL_MET)])):
        with pytest.raises(DrafterDecides):
            check(made, kind, by=DRAFTER)
        check(made, kind, by=LEADER)


@pytest.mark.parametrize(("kind", "day"), [
    (MoveKind.FILED, DAY - timedelta(days=1)), (MoveKind.DRILLED, DAY - timedelta(days=1)), (MoveKind.FILED, DAY + timedelta(days=61)),
])
def test_nothing_happens_before_what_it_rests_on_or_in_the_future(kind: MoveKind, day: date) -> None:
    with pytest.raises(PlanDayWrong):
        check(ISSUED, kind, day=day)
    check(ISSUED, kind, day=DAY)


def test_an_office_writes_down_what_happened_before_its_plans_came_into_the_desk() -> None:
    long_ago = date(2024, 3, 1)
    check(moves(MoveKind.DRAFTED), MoveKind.CONSULTED, day=long_ago)
    asked = [*moves(MoveKind.DRAFTED), move(MoveKind.CONSULTED, day=long_ago)]
    check(asked, MoveKind.OPINIONS_IN, day=long_ago)
    with pytest.raises(PlanDayWrong):
        check(asked, MoveKind.OPINIONS_IN, day=long_ago - timedelta(days=1))
    approved = [*moves(MoveKind.DRAFTED), move(MoveKind.APPROVED, day=long_ago)]
    check(approved, MoveKind.ISSUED, day=long_ago)
    with pytest.raises(PlanDayWrong):
        check(approved, MoveKind.ISSUED, day=long_ago - timedelta(days=1))


def test_a_minor_revision_may_change_a_phone_and_never_a_level() -> None:
    from tests.builders import trade

    whole = next(one for one in trade().plans if one.contacts and one.levels)
    phone = replace(whole, contacts=(replace(whole.contacts[0], phone="0532-1"), *whole.contacts[1:]))
    assert weighty_changes(parts_of(whole), parts_of(phone)) == ()
    fewer = replace(whole, levels=whole.levels[1:], actions=(replace(whole.actions[0], due_minutes=99), *whole.actions[1:]))
    assert {kind for kind, _key in weighty_changes(parts_of(whole), parts_of(fewer))} == {PartKind.LEVEL, PartKind.ACTION}


# -- what is owed ------------------------------------------------------------------------------------------------------
def header(kind: PlanKind = PlanKind.SPECIAL, version: str = "1.0", **more: object) -> PlanHeader:
    given = {"hazard_types": ("building_fire",), "tier": Tier.DISTRICT} | more
    return PlanHeader(code="fire", version=version, title=Text("火灾预案"), kind=kind, **given)  # type: ignore[arg-type]


def owed(of: PlanHeader, made: list[PlanMove], *, area_code: str = "370203", versions: tuple[str, ...] = ("1.0",)) -> dict[PlanDueKind, PlanDue]:
    found = lives([("fire", version) for version in versions], made)
    return {due.kind: due for due in dues([of], found, RULES, shipped().working_days, area_code=area_code)}


def test_b12_filing_is_due_on_the_twentieth_working_day_over_the_national_day() -> None:
    found = owed(header(), issued("1.0", day=date(2026, 9, 28)))
    filing = found[PlanDueKind.FILING]
    assert (filing.due_on, filing.is_provisional) == (date(2026, 10, 30), False)
    assert found[PlanDueKind.PUBLICATION].due_on == date(2026, 10, 30)
    assert not filing.is_late_on(date(2026, 10, 30)) and filing.is_late_on(date(2026, 10, 31))


def test_a_term_through_a_year_that_is_not_announced_is_provisional() -> None:
    filing = owed(header(), issued("1.0", day=date(2026, 12, 20)))[PlanDueKind.FILING]
    assert filing.unannounced == (2027,) and filing.is_provisional


@pytest.mark.parametrize(("area_code", "due"), [("370203", date(2026, 11, 20)), ("990101", date(2027, 11, 20))])
def test_b13_a_special_plan_drilled_in_2024(area_code: str, due: date) -> None:
    made = [*issued("1.0", day=date(2024, 1, 1)), move(MoveKind.DRILLED, day=date(2024, 11, 20))]
    drill = owed(header(), made, area_code=area_code)[PlanDueKind.DRILL]
    assert drill.due_on == due
    assert drill.is_late_on(date(2026, 11, 21)) == (area_code == "370203")


@pytest.mark.parametrize(("of", "area_code", "months"), [
    (header(PlanKind.DEPARTMENT), "3702", 12), (header(PlanKind.DEPARTMENT), "9901", 36), (header(PlanKind.VILLAGE), "3702", 12),
    (header(PlanKind.VILLAGE), "9901", None), (header(PlanKind.OVERALL), "3702", None), (header(PlanKind.TOWNSHIP), "9901", 24),
    (header(hazard_types=("forest_fire",)), "3702", 12), (header(PlanKind.UNIT), "3702", 12),
    (header(area_code="370203"), "9901", 24),  # the plan's own place goes before the desk's
])
def test_how_often_a_plan_is_drilled(of: PlanHeader, area_code: str, months: int | None) -> None:
    drill = owed(of, issued("1.0"), area_code=area_code).get(PlanDueKind.DRILL)
    assert (drill.due_on if drill else None) == (after_months(DAY, months) if months else None)


def test_what_was_done_is_not_owed_any_more() -> None:
    made = [*issued("1.0"), move(MoveKind.FILED), move(MoveKind.PUBLISHED)]
    assert set(owed(header(), made)) == {PlanDueKind.DRILL, PlanDueKind.EVALUATION}
    assert owed(header(), [*made, move(MoveKind.WITHDRAWN)]) == {}
    assert owed(header(), []) == {}  # a model is nobody's to file


def test_three_years_from_the_last_evaluation_or_the_last_issue_that_went_the_whole_way() -> None:
    first = issued("1.0", day=date(2024, 3, 1))
    assert owed(header(), first)[PlanDueKind.EVALUATION].due_on == date(2027, 3, 1)
    minor = [*first, *issued("1.1", RevisionScope.MINOR, date(2026, 5, 5))]
    both = ("1.0", "1.1")
    found = owed(header(version="1.1"), minor, versions=both)
    assert found[PlanDueKind.EVALUATION].due_on == date(2027, 3, 1)  # a changed phone looks nothing over
    assert found[PlanDueKind.FILING].since == date(2026, 5, 5)  # but it is filed again
    kept = [*minor, move(MoveKind.EVALUATED, "1.1", date(2026, 6, 6), result=Evaluation.KEEP)]
    assert owed(header(version="1.1"), kept, versions=both)[PlanDueKind.EVALUATION].due_on == date(2029, 6, 6)
    major = [*kept, *issued("2.0", RevisionScope.MAJOR, date(2026, 7, 7))]
    assert owed(header(version="2.0"), major, versions=(*both, "2.0"))[PlanDueKind.EVALUATION].due_on == date(2029, 7, 7)


def test_the_evaluation_of_a_street_plan_is_a_rule_of_the_house() -> None:
    assert not owed(header(PlanKind.TOWNSHIP), issued("1.0"))[PlanDueKind.EVALUATION].is_law


def test_opinions_are_awaited_until_the_day_that_was_asked_for() -> None:
    asked = [*moves(MoveKind.DRAFTED), move(MoveKind.CONSULTED, due_on=date(2026, 9, 20))]
    assert owed(header(), asked, versions=())[PlanDueKind.OPINIONS].due_on == date(2026, 9, 20)
    assert owed(header(), [*asked, move(MoveKind.OPINIONS_IN)], versions=()) == {}


@pytest.mark.parametrize(("day", "months", "expected"), [
    (date(2024, 2, 29), 36, date(2027, 2, 28)), (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 12, 1), 12, date(2027, 12, 1)),
])
def test_months_later(day: date, months: int, expected: date) -> None:
    assert after_months(day, months) == expected


def test_in_force_is_what_is_issued_or_a_model() -> None:
    assert {PlanStage.MODEL, PlanStage.ISSUED} == IN_FORCE
