"""Who commands: exactly one tier after any moves, offers that change nothing until they are accepted, signatures of both (R-1.12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain import command
from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.command import CommandMove, CommandStep
from emergency_desk.domain.errors import AlreadyOffered, CommandNotTheirs, DeskError, NoOfferOpen, NotTheNextTier, SignatureMissing
from emergency_desk.domain.ids import Id

AT = datetime(2026, 11, 5, 11, 31, tzinfo=UTC)
STREET, DISTRICT, CITY, PROVINCE = Tier.STREET, Tier.DISTRICT, Tier.CITY, Tier.PROVINCE
THREE, TWO = frozenset(LADDER), frozenset({STREET, CITY})


def move(step: CommandStep, from_tier: Tier, to_tier: Tier, number: int = 1, *, offer: int | None = None) -> CommandMove:
    at = AT + timedelta(minutes=number)
    return CommandMove(id=Id(f"{number:032x}"), incident_id=Id("1" * 32), step=step, from_tier=from_tier, to_tier=to_tier, occurred_at=at,
                       recorded_at=at, account_id=Id("3" * 32), offer_id=Id(f"{offer or number:032x}"))


BEGUN = move(CommandStep.BEGUN, STREET, STREET, 0)
OFFERED = move(CommandStep.OFFERED, STREET, DISTRICT, 1)


def test_the_tier_that_took_the_report_commands_first() -> None:
    assert (command.holder([]), command.holder([BEGUN]), command.holder_since([BEGUN])) == (None, STREET, AT)


@pytest.mark.parametrize(("step", "to", "waits"), [
    (CommandStep.REPEATED, STREET, True), (CommandStep.REFUSED, STREET, False), (CommandStep.WITHDRAWN, STREET, False),
    (CommandStep.ACCEPTED, DISTRICT, False), (CommandStep.TAKEN, DISTRICT, False),
])
def test_only_an_acceptance_or_a_taking_moves_the_command(step: CommandStep, to: Tier, waits: bool) -> None:
    moves = [BEGUN, OFFERED]
    assert command.holder(moves) is STREET and command.open_offer(moves) is OFFERED
    moves.append(move(step, STREET, DISTRICT, 2, offer=1))
    assert command.holder(moves) is to
    assert (command.open_offer(moves) is not None) is waits


def test_a_repeated_offer_is_the_same_offer_with_its_first_record() -> None:
    again = move(CommandStep.REPEATED, STREET, DISTRICT, 7, offer=1)
    waiting = command.open_offer([BEGUN, OFFERED, again])
    assert waiting is again
    assert command.first_made([BEGUN, OFFERED, again], again) is OFFERED


@pytest.mark.parametrize(("moves", "by", "to", "refusal"), [
    ([BEGUN], DISTRICT, CITY, CommandNotTheirs), ([BEGUN], STREET, CITY, NotTheNextTier), ([BEGUN], STREET, STREET, NotTheNextTier),
    ([BEGUN], STREET, PROVINCE, NotTheNextTier), ([BEGUN, OFFERED], STREET, DISTRICT, AlreadyOffered), ([], STREET, DISTRICT, CommandNotTheirs),
])
def test_an_offer_is_the_holders_to_the_next_tier_and_one_at_a_time(
    moves: list[CommandMove], by: Tier, to: Tier, refusal: type[DeskError],
) -> None:
    with pytest.raises(refusal):
        command.check_offer(moves, by=by, to=to, standing=THREE)
    command.check_offer([BEGUN], by=STREET, to=DISTRICT, standing=THREE)


@pytest.mark.parametrize(("tier", "standing", "next_tiers"), [
    (STREET, THREE, (DISTRICT,)), (DISTRICT, THREE, (CITY, STREET)), (CITY, THREE, (DISTRICT,)), (STREET, TWO, (CITY,)),
    (CITY, TWO, (STREET,)), (PROVINCE, THREE, (CITY,)), (PROVINCE, TWO, (CITY,)), (CITY, frozenset({CITY}), ()),
])
def test_the_next_tier_is_the_one_this_city_has(tier: Tier, standing: frozenset[Tier], next_tiers: tuple[Tier, ...]) -> None:
    assert command.neighbours(tier, standing) == next_tiers


def test_only_the_tier_it_was_offered_to_answers() -> None:
    assert command.check_answer([BEGUN, OFFERED], by=DISTRICT) is OFFERED
    for by in (STREET, CITY):
        with pytest.raises(NoOfferOpen):
            command.check_answer([BEGUN, OFFERED], by=by)
    with pytest.raises(NoOfferOpen):
        command.check_answer([BEGUN], by=DISTRICT)


def test_only_the_tier_that_offered_repeats_or_takes_back() -> None:
    assert command.check_own_offer([BEGUN, OFFERED], by=STREET) is OFFERED
    with pytest.raises(CommandNotTheirs):
        command.check_own_offer([BEGUN, OFFERED], by=DISTRICT)
    with pytest.raises(NoOfferOpen):
        command.check_own_offer([BEGUN], by=STREET)


@pytest.mark.parametrize(("by", "taken_from"), [(DISTRICT, STREET), (CITY, STREET), (PROVINCE, STREET), (STREET, None), (Tier.VILLAGE, None)])
def test_only_a_tier_above_takes_the_command(by: Tier, taken_from: Tier | None) -> None:
    if taken_from is not None:
        assert command.check_take([BEGUN], by=by) is taken_from
        return
    with pytest.raises(CommandNotTheirs):
        command.check_take([BEGUN], by=by)


@pytest.mark.parametrize(("given", "taken", "missing"), [("", "局长", "given_by"), ("主任", " ", "taken_by"), ("", "", "given_by")])
def test_a_hand_over_is_signed_by_both(given: str, taken: str, missing: str) -> None:
    with pytest.raises(SignatureMissing) as raised:
        command.check_signatures(given, taken)
    assert raised.value.field == missing
    command.check_signatures("主任", "局长")


MOVES = st.lists(st.tuples(st.sampled_from([step for step in CommandStep if step is not CommandStep.BEGUN]), st.sampled_from(LADDER),
                           st.sampled_from(LADDER)), max_size=12)


@given(MOVES)
def test_after_any_moves_at_all_exactly_one_tier_commands(told: Sequence[tuple[CommandStep, Tier, Tier]]) -> None:
    moves = [BEGUN, *(move(step, from_tier, to_tier, number) for number, (step, from_tier, to_tier) in enumerate(told, start=1))]
    for length in range(1, len(moves) + 1):
        held = command.holder(moves[:length])
        assert held in LADDER
        if moves[length - 1].step not in (CommandStep.BEGUN, CommandStep.ACCEPTED, CommandStep.TAKEN):
            assert held is command.holder(moves[:length - 1])
