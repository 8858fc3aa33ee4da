"""How punctual it was: what nobody reported is no data, and never nought."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.dispatches import Dispatch, OrderState
from emergency_desk.domain.ids import Id
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import DueState, ReportDue, ReportFamily, ReportKind
from emergency_desk.domain.scorecard import Latency, Sample, Stage, deadline_card, latencies
from emergency_desk.domain.teams import TeamMove, TeamState
from tests.builders import START, later, team

MINUTE = timedelta(minutes=1)


def due(minutes: int, state: DueState = DueState.MET, met: timedelta | None = None, number: int = 1) -> ReportDue:
    return ReportDue(id=Id(f"{number:032x}"), incident_id=Id("1" * 32), rule_id="d1", from_tier=Tier.STREET, to_tier=Tier.DISTRICT,
                     channel=Channel.PHONE, family=ReportFamily.INCIDENT, kind=ReportKind.FIRST, clock_at=START,
                     due_at=later(START, minutes), created_at=START, state=state, met_at=None if met is None else START + met)


def order(number: int, *, receipt: float | None = 2, state: OrderState = OrderState.RECEIVED,
          moves: tuple[tuple[TeamState, float], ...] = ()) -> OrderLine:
    sent = Dispatch(id=Id(f"{number:032x}"), order_number=f"990101-2026-0001-D{number:02d}", incident_id=Id("1" * 32), team_id=Id("2" * 32),
                    task="", sent_at=START, receipt_due_at=later(START, 5), sent_by_id=Id("3" * 32), state=state,
                    receipt_at=None if receipt is None else later(START, receipt))
    made = tuple(TeamMove(id=Id(f"{number:016x}{place:016x}"), team_id=sent.team_id, from_state=TeamState.STANDBY, to_state=to,
                          occurred_at=later(START, at), recorded_at=later(START, at), account_id=Id("3" * 32)) for place, (to, at) in
                 enumerate(moves))
    return OrderLine(sent, team(number, f"队{number}"), made)


def stage(name: Stage, *lines: OrderLine) -> Latency:
    return next(one for one in latencies(lines) if one.stage is name)


# -- reports ----------------------------------------------------------------------------------------------------------
def test_a_report_at_the_due_second_counts_and_one_later_does_not() -> None:
    card = deadline_card([due(30, met=timedelta(minutes=30)), due(30, met=timedelta(minutes=30, seconds=1), number=2)], until=later(START, 60))
    assert len(card.on_time) == 1
    assert [late_by for _due, late_by in card.late] == [timedelta(seconds=1)]
    assert card.due == 2


def test_what_is_owed_and_late_counts_as_late_and_what_is_not_late_yet_does_not_count() -> None:
    card = deadline_card([due(10, DueState.OPEN), due(90, DueState.OPEN, number=2), due(20, DueState.SKIPPED, number=3),
                          due(20, DueState.LAPSED, number=4)], until=later(START, 60))
    assert [late_by for _due, late_by in card.late] == [timedelta(minutes=50)]
    assert (len(card.running), len(card.skipped), card.due) == (1, 1, 2)


def test_what_is_due_at_once_is_held_against_what_the_house_allows() -> None:
    allowed = timedelta(minutes=15)
    card = deadline_card([due(0, met=allowed), due(0, met=allowed + timedelta(seconds=1), number=2), due(0, DueState.OPEN, number=3)],
                         until=later(START, 20), at_once=allowed)
    assert len(card.on_time) == 1
    assert sorted(late_by for _due, late_by in card.late) == [timedelta(seconds=1), timedelta(minutes=5)]


# -- orders -----------------------------------------------------------------------------------------------------------
def test_the_stages_of_an_order_follow_one_another() -> None:
    line = order(1, receipt=2, moves=((TeamState.DISPATCHED, 4), (TeamState.EN_ROUTE, 5), (TeamState.ON_SCENE, 13)))
    assert [one.samples[0].took for one in latencies([line])] == [2 * MINUTE, 2 * MINUTE, 9 * MINUTE]


def test_what_nobody_reported_is_no_data_and_never_nought() -> None:
    line = order(1, receipt=None, moves=((TeamState.ON_SCENE, 13),))
    for one in latencies([line]):
        assert one.samples[0].took is None
        assert (one.unknown, one.known, one.percentile(0.5)) == (1, (), None)


def test_a_departure_before_the_receipt_is_no_data() -> None:
    assert stage(Stage.DEPARTURE, order(1, receipt=9, moves=((TeamState.EN_ROUTE, 4),))).samples[0].took is None


def test_a_state_filled_in_later_counts_with_its_own_time() -> None:
    line = order(1, moves=((TeamState.ON_SCENE, 13),))
    filled = replace(line.moves[0], to_state=TeamState.EN_ROUTE, occurred_at=later(START, 6), recorded_at=later(START, 40), fills_gap=True)
    assert stage(Stage.ARRIVAL, replace(line, moves=(*line.moves, filled))).samples[0].took == 7 * MINUTE


def test_a_team_recalled_on_the_way_is_not_asked_for_its_arrival() -> None:
    line = order(1, state=OrderState.RECALLED, moves=((TeamState.DISPATCHED, 4),))
    assert stage(Stage.ARRIVAL, line).samples == ()
    assert stage(Stage.DEPARTURE, line).samples[0].took == 2 * MINUTE


def test_half_of_four_receipts_came_within_two_minutes_and_a_half() -> None:
    found = stage(Stage.RECEIPT, *(order(number, receipt=minutes) for number, minutes in enumerate((1, 2, 3, 9), start=1)))
    assert found.percentile(0.5) == 2.5 * MINUTE
    assert found.percentile(1) == 9 * MINUTE


@given(st.lists(st.one_of(st.none(), st.integers(0, 600)), min_size=1, max_size=30), st.floats(0, 1))
def test_a_percentile_lies_between_the_least_and_the_most(minutes: list[int | None], share: float) -> None:
    found = Latency(Stage.RECEIPT, tuple(Sample(str(n), team(n, "x"), None if m is None else m * MINUTE) for n, m in enumerate(minutes)))
    known = [m for m in minutes if m is not None]
    assert found.unknown == len(minutes) - len(known)
    at = found.percentile(share)
    if known:
        assert at is not None and min(known) * MINUTE <= at <= max(known) * MINUTE
    else:
        assert at is None
