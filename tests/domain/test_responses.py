"""The response of one tier: the four facts of Art. 72, its history, its pause, and that whoever activates it ends it (R-1.11 to R-1.14)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emergency_desk.domain import responses
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, LevelUnchanged, NotTheActivator, ResponseNotActive
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import NOT_HEARD, Heard, Response, ResponseState, of_tier

AT = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
FACTS: dict[str, Any] = {"matter": "高层火灾", "level": Level.III, "expected_hours": 24, "measures": "搜救、疏散", "decided_by": "局长"}


def activated(number: int = 1, tier: Tier = Tier.DISTRICT, *, at: datetime = AT, **more: Any) -> Response:
    return responses.activate(response_id=Id(f"{number:032x}"), incident_id=Id("1" * 32), tier=tier, area_id=Id("2" * 32), at=at,
                              **FACTS | more)


@pytest.mark.parametrize("fact", ["matter", "level", "expected_hours", "measures"])
def test_r_1_11_without_one_of_the_four_facts_nothing_is_activated(fact: str) -> None:
    lacking: dict[str, Any] = {fact: None if fact in ("level", "expected_hours") else "  "}
    with pytest.raises(FieldMissing) as raised:
        activated(**lacking)
    assert raised.value.values["name"] == raised.value.field == fact
    assert "第七十二条" in raised.value.values["basis"].zh


def test_somebody_must_have_decided_it() -> None:
    with pytest.raises(FieldMissing) as raised:
        activated(decided_by=" ")
    assert raised.value.field == "decided_by"


@pytest.mark.parametrize("hours", [-1, 0, 24 * 365 + 0.5, float("nan")])
def test_a_duration_nobody_can_mean_is_refused(hours: float) -> None:
    with pytest.raises(FieldMissing):
        activated(expected_hours=hours)


def test_the_expected_end_counts_from_the_activation() -> None:
    assert activated(expected_hours=1.5).expected_until == AT + timedelta(minutes=90)


def test_another_level_keeps_everything_else() -> None:
    before = activated()
    after = responses.adjust(before, level=Level.I)
    assert (after.level, after.state, after.activated_at, after.id) == (Level.I, ResponseState.ACTIVE, AT, before.id)
    with pytest.raises(LevelUnchanged):
        responses.adjust(after, level=Level.I)


def test_a_pause_is_resumed_adjusted_extended_or_ended_but_not_paused_again() -> None:
    paused = responses.suspend(activated())
    assert paused.is_running and paused.state is ResponseState.SUSPENDED
    with pytest.raises(ResponseNotActive):
        responses.suspend(paused)
    assert responses.resume(paused).state is ResponseState.ACTIVE
    assert responses.adjust(paused, level=Level.II).state is ResponseState.SUSPENDED
    assert responses.end(paused, by=Tier.DISTRICT, at=AT).state is ResponseState.ENDED


def test_what_runs_cannot_be_resumed() -> None:
    with pytest.raises(ResponseNotActive):
        responses.resume(activated())


@pytest.mark.parametrize("by", [tier for tier in Tier if tier is not Tier.DISTRICT])
def test_r_1_13_no_other_tier_ends_it_neither_from_above_nor_from_below(by: Tier) -> None:
    with pytest.raises(NotTheActivator) as raised:
        responses.end(activated(), by=by, at=AT)
    assert "谁启动、谁终止" in raised.value.values["basis"].zh


def test_after_its_end_nothing_moves_it() -> None:
    ended = responses.end(activated(), by=Tier.DISTRICT, at=AT + timedelta(hours=3))
    assert ended.ended_at == AT + timedelta(hours=3) and not ended.is_running
    for act in (lambda: responses.adjust(ended, level=Level.I), lambda: responses.extend(ended, expected_until=AT),
                lambda: responses.suspend(ended), lambda: responses.resume(ended), lambda: responses.end(ended, by=Tier.DISTRICT, at=AT)):
        with pytest.raises(ResponseNotActive):
            act()


def test_of_several_responses_of_a_tier_the_running_one_counts_else_the_newest() -> None:
    first = responses.end(activated(1), by=Tier.DISTRICT, at=AT)
    second = activated(2, at=AT + timedelta(hours=1))
    late_ended = responses.end(activated(3, at=AT + timedelta(hours=2)), by=Tier.DISTRICT, at=AT)
    assert of_tier([first, second, late_ended], Tier.DISTRICT) is second
    assert of_tier([late_ended, first], Tier.DISTRICT) is late_ended
    assert of_tier([first, second], Tier.CITY) is None


def test_nobody_heard_is_no_hearing() -> None:
    assert not NOT_HEARD and Heard("区值班员", "phone")
