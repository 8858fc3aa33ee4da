"""Who goes to which shelter, answered at once: who comes first, what never happens, and why somebody has no place."""

from __future__ import annotations

from hypothesis import given

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentQuestion, FixedFamilies, WhyUnplaced
from emergency_desk.domain.shelter_assignment_quick import quick_answer
from tests.shelter_assignments import assignment, assignments, district, families, goes, shelter


def whys(asked: AssignmentQuestion) -> list[tuple[str, int, WhyUnplaced]]:
    return [(one.kind_id, one.families, one.why) for one in quick_answer(asked).unplaced]


def assert_sound(asked: AssignmentQuestion, answer: Assignment) -> None:
    """No shelter above its places, nobody twice, nobody lost, the vulnerable in fit shelters unless the officer said so."""
    kinds, there = {kind.id: kind for kind in asked.kinds}, {one.shelter_id: one for one in asked.shelters}
    for one in asked.shelters:
        assert sum(line.families * kinds[line.kind_id].people for line in answer.lines if line.shelter_id == one.shelter_id) <= one.places
    unplaced = {one.kind_id: one.families for one in answer.unplaced}
    for kind in asked.kinds:
        assert sum(line.families for line in answer.of_kind(kind.id)) + unplaced.get(kind.id, 0) == kind.families, "every family once"
    for line in answer.lines:
        assert line.families > 0 or line.is_fixed
        if not line.is_fixed:
            assert line.minutes <= asked.rules.reach_minutes
            assert there[line.shelter_id].is_fit or not kinds[line.kind_id].needs_fit
    fixed = {(line.kind_id, line.shelter_id): line for line in answer.lines if line.is_fixed}
    for word in asked.fixed:
        line = fixed[word.kind_id, word.shelter_id]
        assert line.families == word.families or (word in answer.clipped and line.families < word.families)


def test_families_go_to_the_nearest_shelter_that_holds_all_of_them() -> None:
    asked = assignment(families("four", 4, 3), shelter("near", 10, 2), shelter("far", 10, 9))
    answer = quick_answer(asked)
    assert goes(answer.lines) == [("four", "near", 2), ("four", "far", 1)], "two places stay empty: no family is parted for them"
    assert not answer.unplaced and answer.worth.unplaced == 0


def test_the_vulnerable_come_first_and_only_to_what_is_fit_for_them() -> None:
    asked = assignment(families("old", 2, 2, vulnerable=1), families("large", 6, 1), shelter("steps", 20, 1),
                       shelter("ground floor", 6, 5, fit=True))
    assert goes(quick_answer(asked).lines) == [("old", "ground floor", 2), ("large", "steps", 1)]
    without = assignment(families("old", 2, 2, vulnerable=1), shelter("steps", 20, 1))
    assert whys(without) == [("old", 2, WhyUnplaced.NONE_FIT)] and quick_answer(without).worth.unplaced_vulnerable == 4


def test_a_shelter_that_is_open_goes_before_one_that_must_be_opened_first() -> None:
    asked = assignment(families("k", 3, 1), shelter("closed", 9, 2, opening=30), shelter("open", 9, 12))
    assert goes(quick_answer(asked).lines) == [("k", "open", 1)]


def test_why_somebody_has_no_place_is_said() -> None:
    assert whys(assignment(families("k", 3, 1))) == [("k", 1, WhyUnplaced.NO_SHELTER)]
    assert whys(assignment(families("k", 3, 2), shelter("s", 4))) == [("k", 1, WhyUnplaced.FULL)]
    far = quick_answer(assignment(families("k", 3, 1), shelter("s", 9, 150))).unplaced[0]
    assert far.why is WhyUnplaced.OUT_OF_REACH and far.shelter_id == "s" and far.minutes is not None and far.minutes > 60
    assert whys(assignment(families("k", 3, 1), shelter("s", 9), FixedFamilies("k", Id("s"), 0))) == [("k", 1, WhyUnplaced.OFFICER)]


def test_the_officers_word_stands_and_what_cannot_be_kept_of_it_is_told() -> None:
    asked = assignment(families("old", 2, 3, vulnerable=1), shelter("steps", 4, 1), shelter("fit", 9, 5, fit=True),
                       FixedFamilies("old", Id("steps"), 3))
    answer = quick_answer(asked)
    assert goes(answer.lines) == [("old", "steps", 2), ("old", "fit", 1)] and answer.lines[0].is_fixed
    assert answer.clipped == asked.fixed, "three were said, two found a place"


def test_an_unknown_way_counts_as_the_whole_reach() -> None:
    answer = quick_answer(assignment(families("k", 3, 1), shelter("known", 9, 20), shelter("unknown", 9, None)))
    assert goes(answer.lines) == [("k", "known", 1)]
    only = quick_answer(assignment(families("k", 3, 1, km=None), shelter("s", 9))).lines[0]
    assert (only.minutes, only.is_way_known) == (60, False)


@given(assignments(kinds=6, shelters=6, most=6))
def test_it_is_always_sound(asked: AssignmentQuestion) -> None:
    answer = quick_answer(asked)
    assert_sound(asked, answer)
    assert answer == quick_answer(asked), "the same for the same question"


def test_a_whole_district_is_sound_too() -> None:
    asked = district(0.95, people=4_000, villages=40, shelters=60)
    assert_sound(asked, quick_answer(asked))
