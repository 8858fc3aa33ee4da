"""The grade that figures suggest, at its boundaries: vectors B1–B9 and rules R-0.1, R-1.3, R-1.4, R-1.5, R-2.1."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.grading import Decider, GradeSuggestion, NearMissVerdict, Standing, is_major_near_miss, suggest_grade
from emergency_desk.domain.incidents import Figures, Grade, IncidentClass
from tests.domain.reference_data import shipped, table, type_

YI = 100_000_000
WAN = 10_000
ORDINARY, RELATIVELY, MAJOR, ESPECIALLY = Grade.ORDINARY, Grade.RELATIVELY_MAJOR, Grade.MAJOR, Grade.ESPECIALLY_MAJOR

PRODUCTION = (
    ("B1", Figures(dead=2, badly_hurt=9, loss_yuan=9_999_900), ORDINARY),
    ("B2", Figures(dead=3), RELATIVELY),
    ("B3", Figures(dead=0, badly_hurt=10), RELATIVELY),
    ("B4", Figures(loss_yuan=1000 * WAN), RELATIVELY),
    ("B5", Figures(dead=9, badly_hurt=50), MAJOR),
    ("B6", Figures(dead=30), ESPECIALLY),
    ("R-0.1 nine dead", Figures(dead=9), RELATIVELY),
    ("R-0.1 ten dead", Figures(dead=10), MAJOR),
    ("R-0.1 29 dead", Figures(dead=29), MAJOR),
    ("R-0.1 49 badly hurt", Figures(badly_hurt=49), RELATIVELY),
    ("R-0.1 99 badly hurt", Figures(badly_hurt=99), MAJOR),
    ("R-0.1 100 badly hurt", Figures(badly_hurt=100), ESPECIALLY),
    ("R-0.1 a yuan below 50 million", Figures(loss_yuan=5000 * WAN - 1), RELATIVELY),
    ("R-0.1 50 million", Figures(loss_yuan=5000 * WAN), MAJOR),
    ("R-0.1 a yuan below 100 million", Figures(loss_yuan=YI - 1), MAJOR),
    ("R-0.1 100 million", Figures(loss_yuan=YI), ESPECIALLY),
)


@pytest.mark.parametrize("table_id", ["production_accident", "fire", "road_traffic"])
@pytest.mark.parametrize(("name", "figures", "grade"), PRODUCTION, ids=[name for name, *_ in PRODUCTION])
def test_a_production_accident_or_fire_is_graded(name: str, figures: Figures, grade: Grade, table_id: str) -> None:
    assert suggest_grade(table(table_id), figures).grade is grade


OTHER_TABLES = (
    ("B9 one hectare", "forest_fire", Figures(hectares=1.0), RELATIVELY),
    ("B9 below one hectare", "forest_fire", Figures(hectares=0.99), ORDINARY),
    ("100 hectares", "forest_fire", Figures(hectares=100), MAJOR),
    ("999.99 hectares", "forest_fire", Figures(hectares=999.99), MAJOR),
    ("1000 hectares", "forest_fire", Figures(hectares=1000), ESPECIALLY),
    ("5000 evacuated", "environmental", Figures(evacuate=5000), RELATIVELY),
    ("4999 evacuated", "environmental", Figures(evacuate=4999), ORDINARY),
    ("20 million lost", "environmental", Figures(loss_yuan=2000 * WAN), MAJOR),
    ("a landslide of one million", "geological", Figures(loss_yuan=100 * WAN), RELATIVELY),
    ("a landslide of ten million", "geological", Figures(loss_yuan=1000 * WAN), ESPECIALLY),
    ("an earthquake with nine dead", "earthquake", Figures(dead=9), ORDINARY),
    ("an earthquake with nine dead and one missing", "earthquake", Figures(dead=9, missing=1), RELATIVELY),
    ("an earthquake with 300 dead", "earthquake", Figures(dead=300), ESPECIALLY),
    ("a flood with one dead and two missing", "natural_by_deaths", Figures(dead=1, missing=2), RELATIVELY),
)


@pytest.mark.parametrize(("name", "table_id", "figures", "grade"), OTHER_TABLES, ids=[name for name, *_ in OTHER_TABLES])
def test_another_kind_of_event_is_graded_by_its_own_table(name: str, table_id: str, figures: Figures, grade: Grade) -> None:
    assert suggest_grade(table(table_id), figures).grade is grade


@pytest.mark.parametrize("figures", [Figures(), Figures(dead=40), Figures(dead=0, badly_hurt=0)])
def test_b7_a_social_incident_gets_no_grade(figures: Figures) -> None:
    suggestion = suggest_grade(table(type_("public_order").grading_table), figures)
    assert (suggestion.grade, suggestion.standing) == (None, Standing.NOT_GRADED)


def test_r_1_3_every_social_type_is_ungraded() -> None:
    social = [one for one in shipped().types if one.incident_class is IncidentClass.SOCIAL]
    assert social and all(one.grading_table == "social" for one in social)


def test_without_a_table_there_is_no_grade() -> None:
    assert suggest_grade(None, Figures(dead=3)).standing is Standing.NOT_GRADED


def test_an_epidemic_is_graded_by_judgement() -> None:
    suggestion = suggest_grade(table("public_health"), Figures(dead=1))
    assert (suggestion.grade, suggestion.standing) == (None, Standing.BY_JUDGEMENT)


# -- what is not known -------------------------------------------------------------------------------------------------
def test_r_2_1_nothing_known_is_ordinary_to_be_verified() -> None:
    suggestion = suggest_grade(table("fire"), Figures())
    assert (suggestion.grade, suggestion.standing, suggestion.unknown) == (
        ORDINARY, Standing.TO_BE_VERIFIED, ("dead", "badly_hurt", "loss_yuan"))


def test_r_2_1_no_dead_is_another_thing_than_dead_unknown() -> None:
    assert suggest_grade(table("fire"), Figures(dead=0)).unknown == ("badly_hurt", "loss_yuan")


def test_all_known_is_no_longer_to_be_verified() -> None:
    suggestion = suggest_grade(table("fire"), Figures(dead=0, badly_hurt=0, loss_yuan=0))
    assert (suggestion.standing, suggestion.unknown) == (Standing.SUGGESTED, ())


def test_the_missing_alone_do_not_make_the_dead_known() -> None:
    suggestion = suggest_grade(table("earthquake"), Figures(missing=12))
    assert (suggestion.grade, suggestion.unknown) == (RELATIVELY, ("dead",))


# -- the missing -------------------------------------------------------------------------------------------------------
LANDSLIDE = Figures(dead=1, missing=2)


def test_the_geological_table_counts_the_dead_alone_and_warns_of_the_missing() -> None:
    suggestion = suggest_grade(table("geological"), LANDSLIDE)
    assert (suggestion.grade, suggestion.grade_if_missing_die) == (ORDINARY, RELATIVELY)


def test_with_the_missing_counted_one_dead_and_two_missing_are_relatively_major() -> None:
    suggestion = suggest_grade(replace(table("geological"), counts_missing_as_dead=True), LANDSLIDE)
    assert (suggestion.grade, suggestion.decided_by, suggestion.grade_if_missing_die) == (
        RELATIVELY, (Decider(criterion="dead", value=3, threshold=3),), None)


def test_one_of_the_missing_saved_brings_it_back_to_ordinary() -> None:
    counted = replace(table("geological"), counts_missing_as_dead=True)
    assert suggest_grade(counted, Figures(dead=2, missing=0, badly_hurt=1)).grade is ORDINARY


def test_geological_grades_have_their_own_words() -> None:
    assert table("geological").words_of(RELATIVELY).zh == "中型"


# -- why, and how far --------------------------------------------------------------------------------------------------
def more(suggestion: GradeSuggestion) -> dict[str, int | float]:
    """Return what is missing to the next grade."""
    return {gap.criterion: gap.more for gap in suggestion.missing_to_next}


def test_the_deciding_criterion_is_told_with_value_and_threshold() -> None:
    suggestion = suggest_grade(table("fire"), Figures(dead=9, badly_hurt=50))
    assert (suggestion.criterion, suggestion.value, suggestion.threshold) == ("badly_hurt", 50, 50)


def test_both_counts_decide_when_both_reach_the_grade() -> None:
    suggestion = suggest_grade(table("fire"), Figures(dead=3, badly_hurt=11))
    assert [decider.criterion for decider in suggestion.decided_by] == ["dead", "badly_hurt"]


def test_nothing_decides_an_ordinary_event() -> None:
    suggestion = suggest_grade(table("fire"), Figures(dead=2))
    assert (suggestion.criterion, suggestion.value, suggestion.basis) == ("", None, "fire:::")


def test_two_dead_and_four_badly_hurt_are_one_or_six_from_relatively_major() -> None:
    suggestion = suggest_grade(table("fire"), Figures(dead=2, badly_hurt=4))
    assert (suggestion.next_grade, more(suggestion)) == (RELATIVELY, {"dead": 1, "badly_hurt": 6, "loss_yuan": 10_000_000})


def test_three_dead_are_seven_from_major() -> None:
    suggestion = suggest_grade(table("fire"), Figures(dead=3, badly_hurt=11))
    assert (suggestion.next_grade, more(suggestion)["dead"]) == (MAJOR, 7)


def test_an_unknown_figure_is_marked_in_the_way_to_the_next_grade() -> None:
    gaps = suggest_grade(table("fire"), Figures(dead=2)).missing_to_next
    assert [(gap.criterion, gap.is_known) for gap in gaps] == [("dead", True), ("badly_hurt", False), ("loss_yuan", False)]


def test_a_hundredth_of_a_hectare_is_missing_and_no_more() -> None:
    assert more(suggest_grade(table("forest_fire"), Figures(hectares=0.99)))["hectares"] == 0.01


def test_above_especially_major_there_is_nothing() -> None:
    suggestion = suggest_grade(table("fire"), Figures(dead=30))
    assert (suggestion.next_grade, suggestion.missing_to_next) == (None, ())


def test_the_basis_names_table_criterion_value_and_threshold() -> None:
    assert suggest_grade(table("fire"), Figures(dead=3)).basis == "fire:dead:3:3"


# -- what holds for any figures ----------------------------------------------------------------------------------------
COUNT = st.none() | st.integers(0, 400)
FIGURES = st.builds(Figures, dead=COUNT, badly_hurt=COUNT, missing=COUNT, evacuate=st.none() | st.integers(0, 60_000),
                    loss_yuan=st.none() | st.integers(0, 3 * YI), hectares=st.none() | st.floats(0, 2000))
COMPUTED = [one.id for one in shipped().grading if one.criteria]


def rank(table_id: str, figures: Figures) -> int:
    """Return the rank of the suggested grade, 1 the worst."""
    grade = suggest_grade(table(table_id), figures).grade
    assert grade is not None
    return grade.rank


@given(FIGURES, st.integers(0, 50), st.sampled_from(COMPUTED))
def test_more_dead_never_lower_the_grade(figures: Figures, further: int, table_id: str) -> None:
    assert rank(table_id, replace(figures, dead=(figures.dead or 0) + further)) <= rank(table_id, figures)


@given(FIGURES, FIGURES, st.sampled_from(COMPUTED))
def test_figures_that_are_all_at_least_as_bad_never_lower_the_grade(first: Figures, second: Figures, table_id: str) -> None:
    names = Figures.__dataclass_fields__
    worse = Figures(**{name: max((getattr(one, name) for one in (first, second) if getattr(one, name) is not None), default=None)
                       for name in names})
    assert rank(table_id, worse) <= min(rank(table_id, first), rank(table_id, second))


@given(FIGURES, st.sampled_from(COMPUTED))
def test_what_is_missing_to_the_next_grade_brings_exactly_that_grade(figures: Figures, table_id: str) -> None:
    suggestion = suggest_grade(table(table_id), figures)
    for gap in suggestion.missing_to_next:
        raised = replace(figures, **{gap.criterion: (getattr(figures, gap.criterion) or 0) + gap.more})
        if gap.criterion == "hectares":
            raised = replace(figures, hectares=gap.threshold)
        assert gap.more > 0 or gap.criterion == "hectares"
        assert suggest_grade(table(table_id), raised).grade is suggestion.next_grade


@given(FIGURES, st.sampled_from(COMPUTED))
def test_the_grade_comes_from_the_deciders_or_is_ordinary(figures: Figures, table_id: str) -> None:
    suggestion = suggest_grade(table(table_id), figures)
    assert bool(suggestion.decided_by) == (suggestion.grade is not ORDINARY)
    assert all(decider.value >= decider.threshold for decider in suggestion.decided_by)


# -- the major near-miss -----------------------------------------------------------------------------------------------
NEAR_MISS = (
    (Figures(at_risk=10), True), (Figures(at_risk=9), False),
    (Figures(trapped=3), True), (Figures(trapped=2), False),
    (Figures(missing=3), True), (Figures(missing=2), False),
    (Figures(trapped=2, missing=1), True), (Figures(trapped=1, missing=1), False),
    (Figures(evacuate=500), True), (Figures(evacuate=499), False),
    (Figures(), False),
)


@pytest.mark.parametrize(("figures", "is_one"), NEAR_MISS)
def test_b8_a_major_near_miss_of_production_work(figures: Figures, is_one: bool) -> None:
    verdict = is_major_near_miss(shipped().near_miss, figures, is_production=True).verdict
    assert verdict is (NearMissVerdict.YES if is_one else NearMissVerdict.NO)


@pytest.mark.parametrize(("figures", "is_one"), NEAR_MISS)
def test_r_1_5_the_desk_asks_only_where_the_answer_decides(figures: Figures, is_one: bool) -> None:
    verdict = is_major_near_miss(shipped().near_miss, figures, is_production=None).verdict
    assert verdict is (NearMissVerdict.ASK_PRODUCTION if is_one else NearMissVerdict.NO)


def test_r_1_5_what_is_no_production_work_is_no_near_miss() -> None:
    judged = is_major_near_miss(shipped().near_miss, Figures(trapped=14), is_production=False)
    assert (judged.verdict, judged.reached) == (NearMissVerdict.NO, ("trapped_or_missing",))


def test_r_1_5_an_important_place_in_danger_suffices() -> None:
    judged = is_major_near_miss(shipped().near_miss, Figures(), is_production=True, circumstances=("important_place",))
    assert (judged.verdict, judged.reached) == (NearMissVerdict.YES, ("important_place",))


def test_r_1_5_limits_nobody_counted_are_named() -> None:
    judged = is_major_near_miss(shipped().near_miss, Figures(trapped=2), is_production=True)
    assert judged.unknown == ("at_risk", "evacuate")
