"""The better answer: as good as trying everything where that can be tried, its bound sound, never worse than the quick one."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings

from emergency_desk.assignment.shelter_assignment import exact_answer
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentLine, AssignmentQuestion, FamilyKind, FixedFamilies
from emergency_desk.domain.shelter_assignment_quick import AssignmentGround, answer_of, quick_answer
from tests.domain.test_shelter_assignment import assert_sound
from tests.shelter_assignments import assignment, assignments, district, families, goes, shelter


def exact(asked: AssignmentQuestion) -> Assignment:
    return exact_answer(asked, quick_answer(asked))


def best_by_trying(asked: AssignmentQuestion) -> int:
    """Return the least weight there is: every manner of seating, family by family; for very small questions."""
    ground = AssignmentGround(asked)
    waiting = [kind for kind in asked.kinds for _family in range(ground.waiting[kind.id])]
    open_rows = {kind.id: [one.row for one in ground.near(kind.position) if ground.may_go(kind, one)] for kind in asked.kinds}

    def tried(place: int, left: list[int], chosen: list[tuple[FamilyKind, int]]) -> Iterator[int]:
        if place == len(waiting):
            yield answer_of(asked, [AssignmentLine(kind.id, asked.shelters[row].shelter_id, 1, 0) for kind, row in chosen]).worth.weight
            return
        kind = waiting[place]
        yield from tried(place + 1, left, chosen)
        for row in open_rows[kind.id]:
            if left[row] >= kind.people:
                rest = [count - kind.people if number == row else count for number, count in enumerate(left)]
                yield from tried(place + 1, rest, [*chosen, (kind, row)])

    return min(tried(0, list(ground.left), []))


def test_all_have_a_place_where_the_quick_answer_leaves_some_without() -> None:
    """The quick one fills the near shelter for families that could have gone farther; the others can go nowhere else."""
    asked = assignment(families("a", 4, 2, km=0), families("b", 3, 2, km=-28), shelter("middle", 8, -2), shelter("east", 8, 20))
    assert quick_answer(asked).worth.unplaced == 6
    answer = exact(asked)
    assert goes(answer.lines) == [("a", "east", 2), ("b", "middle", 2)] and answer.is_proved


def test_families_are_fitted_into_what_is_left() -> None:
    """Five places and four: a family of three and one of two go into the first, two of two into the second."""
    asked = assignment(families("three", 3, 1), families("two", 2, 3), shelter("five", 5, 1), shelter("four", 4, 1))
    answer = exact(asked)
    assert not answer.unplaced and answer.is_proved
    assert goes(answer.lines) == [("three", "five", 1), ("two", "five", 1), ("two", "four", 2)]


def test_the_officers_word_stands_and_the_rest_is_solved_around_it() -> None:
    asked = assignment(families("a", 4, 3), shelter("near", 12, 1), shelter("far", 12, 9), FixedFamilies("a", Id("far"), 1))
    answer = exact(asked)
    assert goes(answer.lines) == [("a", "near", 2), ("a", "far", 1)] and answer.is_proved and answer.lines[1].is_fixed


@settings(max_examples=80, deadline=None)
@given(assignments(kinds=3, shelters=3, most=2))
def test_it_is_as_good_as_trying_everything(asked: AssignmentQuestion) -> None:
    answer, least = exact(asked), best_by_trying(asked)
    assert_sound(asked, answer)
    assert answer.bound is not None and answer.bound <= least, "the bound is sound"
    assert answer.worth.weight == least and answer.is_proved, "a small question is solved to the end"


@settings(max_examples=60, deadline=None)
@given(assignments(kinds=8, shelters=7, most=9))
def test_it_is_sound_and_never_worse_than_the_quick_one(asked: AssignmentQuestion) -> None:
    quick = quick_answer(asked)
    answer = exact_answer(asked, quick)
    assert_sound(asked, answer)
    assert answer.worth.weight <= quick.worth.weight and answer.bound is not None and answer.bound <= answer.worth.weight


def test_a_district_is_proved_within_one_per_cent() -> None:
    for share in (0.6, 0.95):
        asked = district(share, people=6_000, villages=50, shelters=90)
        answer = exact(asked)
        assert_sound(asked, answer)
        assert answer.gap_percent is not None and answer.gap_percent <= 1 and not answer.unplaced
