"""What is sent from where, answered at once: who comes first, what is never sent, and what is said of what cannot be met."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from emergency_desk.domain.allocation import (
    Allocation,
    AllocationQuestion,
    BoundBy,
    BoundGoods,
    FixedLine,
    UnmetReason,
    WhyUnmet,
    Worth,
    better,
    trips_of,
    worth_of,
)
from emergency_desk.domain.allocation_ground import Ground
from emergency_desk.domain.allocation_quick import answer_of, quick_answer
from emergency_desk.domain.ids import Id
from tests.allocations import BLANKET, RULES, TENT, depot, goods, need, question, questions, sent

FAR = 170  # kilometres: beyond the reach


def looked_over(asked: AllocationQuestion) -> Allocation:
    """The quick answer with its next depots."""
    return answer_of(asked, [line for line in quick_answer(asked).lines if not line.is_fixed])


def reasons(asked: AllocationQuestion) -> list[UnmetReason]:
    return [reason for one in quick_answer(asked).shortfalls for reason in one.reasons]


def test_goods_come_from_where_they_are_there_the_soonest() -> None:
    asked = question(need("a", 10), depot("far", 20), depot("near", 3), goods("far", 50), goods("near", 6))
    answer = quick_answer(asked)
    assert sent(answer.lines) == [("a", "near", 6), ("a", "far", 4)]
    assert 30 < answer.lines[0].minutes < answer.lines[1].minutes  # the lorry is loaded first
    assert not answer.shortfalls and answer.worth.unmet == (0, 0, 0)


def test_a_nearer_depot_that_loads_slowly_is_later() -> None:
    asked = question(need("a", 5), depot("slow", 1, loading=90), depot("quick", 8, loading=15), goods("slow", 5), goods("quick", 5))
    assert sent(quick_answer(asked).lines) == [("a", "quick", 5)]


def test_the_most_pressing_need_is_served_first_whatever_the_order_it_was_written_in() -> None:
    parts = (need("late", 8, priority=3), need("first", 8, priority=1), depot("d"), goods("d", 10))
    answer = quick_answer(question(*parts))
    assert sent(answer.lines) == [("late", "d", 2), ("first", "d", 8)] and answer.worth.unmet == (0, 0, 6)
    assert [(reason.why, reason.quantity) for reason in answer.shortfalls[0].reasons] == [
        (WhyUnmet.ALL_SENT, 2), (WhyUnmet.GIVEN_ELSEWHERE, 8)]


def test_what_expires_before_it_is_wanted_stays_and_is_named() -> None:
    asked = question(need("a", 10, days=3), depot("d"), goods("d", 6, days=2), goods("d", 3, days=9))
    answer = quick_answer(asked)
    assert sent(answer.lines) == [("a", "d", 3)]
    sent_all, gone = answer.shortfalls[0].reasons
    assert (sent_all.why, sent_all.quantity) == (WhyUnmet.ALL_SENT, 3)
    assert (gone.why, gone.quantity, gone.site_id) == (WhyUnmet.EXPIRES_BEFORE, 6, "d") and gone.expires_on is not None


def test_an_early_need_takes_the_lots_that_would_not_last_for_a_later_one() -> None:
    asked = question(need("now", 5, priority=1), need("friday", 5, days=4), depot("d"), goods("d", 5, days=2), goods("d", 5, days=30))
    assert not quick_answer(asked).shortfalls


def test_what_is_beyond_the_reach_is_not_sent_and_said_to_be_far() -> None:
    asked = question(need("a", 4), depot("far", FAR), goods("far", 9))
    found = reasons(asked)
    assert [(one.why, one.quantity, one.site_id) for one in found] == [(WhyUnmet.OUT_OF_REACH, 9, "far")]
    assert found[0].minutes is not None and found[0].minutes > RULES.reach_minutes


def test_what_is_kept_back_or_in_quarantine_is_named_with_whom_it_is_for() -> None:
    asked = question(need("a", 4), depot("d"), BoundGoods(Id("d"), TENT, 7, BoundBy.RESERVED, "flood"),
                     BoundGoods(Id("d"), TENT, 2, BoundBy.QUARANTINED), BoundGoods(Id("d"), BLANKET, 9, BoundBy.RESERVED))
    assert [(one.why, one.quantity, one.claim) for one in reasons(asked)] == [
        (WhyUnmet.QUARANTINED, 2, ""), (WhyUnmet.RESERVED, 7, "flood")]


def test_what_nobody_keeps_is_said_to_be_kept_nowhere_and_what_is_all_sent_to_be_all_sent() -> None:
    assert [one.why for one in reasons(question(need("a", 4), depot("d")))] == [WhyUnmet.NOT_KEPT]
    assert [(one.why, one.quantity) for one in reasons(question(need("a", 4), depot("d"), goods("d", 3)))] == [(WhyUnmet.ALL_SENT, 3)]


def test_a_depot_nobody_can_place_is_asked_last_and_says_so() -> None:
    asked = question(need("a", 8), depot("somewhere", None), depot("d", 5), goods("somewhere", 5), goods("d", 5))
    lines = quick_answer(asked).lines
    assert [(line.site_id, line.quantity, line.is_way_known) for line in lines] == [("d", 5, True), ("somewhere", 3, False)]
    assert lines[1].minutes == RULES.reach_minutes


def test_the_officers_word_stands_and_the_rest_goes_around_it() -> None:
    parts = (need("a", 10), depot("near", 2), depot("far", 30), goods("near", 10), goods("far", 10))
    answer = quick_answer(question(*parts, FixedLine("a", Id("near"), 3)))
    assert sent(answer.lines) == [("a", "near", 3), ("a", "far", 7)] and answer.lines[0].is_fixed
    none = quick_answer(question(*parts, FixedLine("a", Id("near"), 0), FixedLine("a", Id("far"), 0)))
    assert [reason.why for reason in none.shortfalls[0].reasons] == [WhyUnmet.OFFICER] and none.shortfalls[0].quantity == 10


def test_a_fixed_line_that_can_no_longer_be_kept_is_cut_and_named() -> None:
    fixed = FixedLine("a", Id("d"), 9)
    answer = quick_answer(question(need("a", 10), depot("d"), goods("d", 4), fixed))
    assert sent(answer.lines) == [("a", "d", 4)] and answer.clipped == (fixed,)


def test_the_next_depot_says_how_much_later_it_would_be() -> None:
    answer = looked_over(question(need("a", 5), depot("near", 2), depot("far", 30), goods("near", 5), goods("far", 8)))
    assert [(one.site_id, one.quantity) for one in answer.next_depots] == [("far", 8)]
    assert answer.next_depots[0].later_minutes == answer.next_depots[0].minutes - answer.lines[0].minutes > 20


def test_lorries_are_counted_by_weight_for_each_way_and_one_goes_at_least() -> None:
    asked = question(need("tents", 500), need("blankets", 9, item=BLANKET), depot("d", tonnes=10), goods("d", 500), goods("d", 9, item=BLANKET))
    answer = quick_answer(asked)
    assert trips_of(asked, answer.lines) == {("d", "at 0.0"): 3} and answer.worth.trips == 3  # 25 t of tents; the blankets have no weight
    assert quick_answer(replace(asked, unit_grams={})).worth.trips == 1


def test_late_weighs_more_than_far_for_the_pressing() -> None:
    asked = question(need("a", 1, within_minutes=40, priority=1), depot("d", 20), goods("d", 1))
    late = quick_answer(asked).lines[0].minutes
    assert late > 40 and quick_answer(asked).worth.minutes == 4 * (late + 10 * (late - 40))


def test_less_unmet_goes_before_minutes_and_minutes_before_lorries() -> None:
    assert Worth((0, 0, 1), 9, 9) < Worth((0, 1, 0), 1, 1) < Worth((1, 0, 0), 0, 0) and Worth((0, 0, 0), 5, 1) < Worth((0, 0, 0), 5, 2)
    one = quick_answer(question(need("a", 1), depot("d"), goods("d", 1)))
    assert better(one, one) is one


@given(questions())
def test_no_answer_sends_more_than_there_is_or_than_is_wanted(asked: AllocationQuestion) -> None:
    answer = quick_answer(asked)
    needs = {each.id: each for each in asked.needs}
    given_to = {each.id: sum(line.quantity for line in answer.of_need(each.id)) for each in asked.needs}
    short = {one.need_id: one.quantity for one in answer.shortfalls}
    assert all(given_to[id_] + short.get(id_, 0) == each.quantity for id_, each in needs.items())
    for item in (TENT, BLANKET):
        for each in asked.depots:
            for day in {one.good_on for one in asked.needs}:  # what is sent to needs of a day and later stands on lots that last so long
                taken = sum(line.quantity for line in answer.lines if line.site_id == each.site_id and needs[line.need_id].item_id == item
                            and needs[line.need_id].good_on >= day)
                assert taken <= sum(one.quantity for one in asked.goods if (one.site_id, one.item_id) == (each.site_id, item)
                                    and not asked.stock.is_expired(one.expires_on, day))
    assert len({(line.need_id, line.site_id) for line in answer.lines}) == len(answer.lines)
    assert worth_of(asked, answer.lines) == answer.worth


@given(questions())
def test_what_is_unmet_is_always_explained_and_nothing_in_reach_is_left_beside_it(asked: AllocationQuestion) -> None:
    answer = looked_over(asked)
    assert all(one.reasons for one in answer.shortfalls)
    next_depots = {one.need_id: one for one in answer.next_depots}
    for one in answer.shortfalls:
        further = next_depots.get(one.need_id)
        assert further is None or further.minutes > asked.rules.reach_minutes, "a depot in reach still has some of it"


@given(questions())
def test_fixed_lines_are_kept_or_named_and_the_same_question_has_the_same_answer(asked: AllocationQuestion) -> None:
    answer = quick_answer(asked)
    for fixed in asked.fixed:
        quantity = sum(line.quantity for line in answer.lines if (line.need_id, line.site_id) == (fixed.need_id, fixed.site_id))
        assert quantity == fixed.quantity or (quantity < fixed.quantity and fixed in answer.clipped)
    assert quick_answer(asked) == answer and replace(looked_over(asked), next_depots=()) == answer


@given(questions(most_needs=3, most_depots=40, most=4))
def test_depots_are_walked_through_in_the_order_of_their_arrival(asked: AllocationQuestion) -> None:
    """The walk in bands of latitude finds what a plain sort finds."""
    ground = Ground(replace(asked, fixed=()))
    for each in asked.needs:
        walked = list(ground.shelves[each.item_id].nearest(each.position))
        rows = [row for row, batch in ground.shelves[each.item_id].batches.items() if batch]
        plain = sorted((not known, minutes, row) for row in rows for minutes, known in [ground.ways.arrival(asked.depots[row], each)])
        assert [(not known, minutes, row) for minutes, row, known in walked] == plain
