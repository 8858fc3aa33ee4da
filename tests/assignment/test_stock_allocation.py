"""The exact answer: as good as trying everything, proved, never worse than the quick one, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hypothesis import given, settings

from emergency_desk.assignment.stock_allocation import exact_answer
from emergency_desk.domain.allocation import Allocation, AllocationLine, AllocationQuestion, FixedLine, Goods, GoodsNeed, SendingDepot, Worth
from emergency_desk.domain.allocation_ground import Ground
from emergency_desk.domain.allocation_quick import answer_of, quick_answer
from emergency_desk.domain.ids import Id
from tests.allocations import BLANKET, HERE, TENT, TODAY, depot, goods, need, question, questions, sent


def exact(asked: AllocationQuestion) -> Allocation:
    return exact_answer(asked, quick_answer(asked))


def best_by_trying(asked: AllocationQuestion) -> Worth:
    """Try every manner of sending unit by unit; for very small questions."""
    ground = Ground(asked)
    units = [each for each in asked.needs for _unit in range(ground.lacks[each.id])]
    open_rows = {each.id: [row for row, one in enumerate(asked.depots) if (each.id, row) not in ground.barred
                           and (ground.ways.arrival(one, each)[0] <= ground.ways.reach)] for each in asked.needs}

    def tried(place: int, chosen: tuple[AllocationLine, ...], before: int) -> Iterator[Worth]:
        if place == len(units):
            answer = answer_of(asked, chosen)
            if sum(line.quantity for line in answer.lines if not line.is_fixed) == len(chosen):  # as much as was asked for could be taken
                yield answer.worth
            return
        same = place and units[place].id == units[place - 1].id
        for row in (-1, *open_rows[units[place].id]):
            if not (same and row < before):
                line = () if row < 0 else (AllocationLine(units[place].id, asked.depots[row].site_id, 1, 0),)
                yield from tried(place + 1, chosen + line, row)

    return min(tried(0, (), -1))


def test_the_best_answer_serves_both_where_the_quick_one_leaves_one_without() -> None:
    """The quick one takes for the first what alone could have reached the second."""
    asked = question(need("a", 10, km=0), need("b", 10, km=62), depot("middle", 5), depot("west", -40), goods("middle", 10), goods("west", 10))
    assert quick_answer(asked).worth.unmet == (0, 10, 0)
    answer = exact(asked)
    assert sent(answer.lines) == [("a", "west", 10), ("b", "middle", 10)] and answer.worth.unmet == (0, 0, 0)
    assert answer.gap == 0 and answer.is_proved and answer.are_trips_least


def test_a_pressing_need_is_never_left_out_for_several_that_press_less() -> None:
    asked = question(need("first", 9, priority=1, km=0), need("second", 9, priority=2, km=1), depot("d", 1), goods("d", 9))
    assert exact(asked).worth.unmet == (0, 9, 0)


def test_among_answers_as_good_fewer_lorries_go() -> None:
    """Two needs at one place and two depots as far from it: each way a lorry, so that all of it goes on one."""
    asked = question(need("tents", 4), need("blankets", 4, item=BLANKET), depot("east", 6), depot("west", -6),
                     *(goods(name, 4, item=item) for name in ("east", "west") for item in (TENT, BLANKET)))
    answer = exact(asked)
    assert answer.worth.trips == 1 and answer.are_trips_least and len({line.site_id for line in answer.lines}) == 1


def test_the_officers_word_stands_in_the_exact_answer_too() -> None:
    asked = question(need("a", 10), depot("near", 2), depot("far", 30), goods("near", 10), goods("far", 10), FixedLine("a", Id("near"), 3))
    answer = exact(asked)
    assert sent(answer.lines) == [("a", "near", 3), ("a", "far", 7)] and answer.lines[0].is_fixed and answer.is_proved


def test_nothing_anywhere_is_proved_to_be_the_best_there_is() -> None:
    for asked in (question(need("a", 3)), question(need("a", 3), depot("d")), question(need("a", 3), depot("far", 300), goods("far", 9))):
        answer = exact(asked)
        assert answer.worth.unmet == (0, 3, 0) and answer.is_proved and answer.shortfalls[0].reasons


@settings(max_examples=60)
@given(questions(most_needs=3, most_depots=3, most=2))
def test_it_is_as_good_as_trying_everything(asked: AllocationQuestion) -> None:
    answer = exact(asked)
    assert answer.worth == best_by_trying(asked)
    assert answer.is_proved and answer.are_trips_least


@settings(max_examples=80)
@given(questions(most_needs=8, most_depots=8, most=400))
def test_it_is_proved_never_worse_and_the_same_again(asked: AllocationQuestion) -> None:
    quick, answer = quick_answer(asked), exact(asked)
    assert answer.worth <= quick.worth and answer.gap == 0
    assert exact(asked) == answer
    for fixed in asked.fixed:
        assert [line.quantity for line in answer.lines if (line.need_id, line.site_id) == (fixed.need_id, fixed.site_id)] == \
            [line.quantity for line in quick.lines if (line.need_id, line.site_id) == (fixed.need_id, fixed.site_id)]


def town(needs: int, depots: int, *, share: float, seed: int) -> AllocationQuestion:
    """A town with depots all over it; so large a share of what there is is wanted."""
    dice = Random(seed)

    def somewhere() -> tuple[float, float]:
        return HERE[0] + dice.uniform(-0.4, 0.4), HERE[1] + dice.uniform(-0.4, 0.4)

    stores = tuple(SendingDepot(Id(f"d{number:04d}"), somewhere(), dice.choice((30, 45, 60)), 10) for number in range(depots))
    there = tuple(Goods(each.site_id, TENT, dice.randint(1, 60)) for each in stores)
    mean = sum(one.quantity for one in there) * share / needs
    wanted = tuple(GoodsNeed(id=f"n{number:03d}", item_id=TENT, quantity=max(1, round(mean * dice.uniform(0.3, 1.7))), destination=f"p{number}",
                             good_on=TODAY, priority=dice.choice((1, 2, 3)), position=somewhere()) for number in range(needs))
    return question(*wanted, *stores, *there)


def test_a_town_is_solved_and_proved_when_stock_is_ample_and_when_it_is_short() -> None:
    for share in (0.1, 0.95, 1.2):
        asked = town(30, 200, share=share, seed=7)
        quick, answer = quick_answer(asked), exact(asked)
        assert answer.is_proved and answer.worth < quick.worth
        assert (sum(answer.worth.unmet) > 0) == (share > 1)
