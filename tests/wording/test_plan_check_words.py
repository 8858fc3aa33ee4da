"""Every kind of finding and of shortfall has a sentence, in both languages, without an open place."""

from __future__ import annotations

from datetime import date

import pytest

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, PlanPart, Severity, Spot
from emergency_desk.domain.plan_readiness import LevelReadiness, Shortfall, ShortfallKind
from emergency_desk.domain.plan_records import Level, PlanRole
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.texts import Text
from emergency_desk.wording import catalog, plan_check_words
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import speaking
from emergency_desk.wording.plan_words import figure
from tests.builders import DISTRICT, areas, trade
from tests.domain.plan_parts import sound_plan


@pytest.fixture(params=["en", "zh_CN"])
def namer(request: pytest.FixtureRequest) -> Namer:
    catalog.use_language(request.param)
    return Namer(trade(), AreaTree(areas()), str)


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_of_finding_has_a_sentence(kind: FaultKind, namer: Namer) -> None:
    found = PlanFault(
        kind=kind, severity=Severity.WRONG, at=Spot(clause="3.1", action_id="d1", card_id="cs1", tier=Tier.DISTRICT, level=Level.III),
        role=PlanRole.MEDICAL, part=PlanPart.ACTION, what="gas_leak", said=Text("巡查", "Patrol"), count=3, grade=Grade.MAJOR,
        day=date(2026, 1, 1), other_plan=Text("另一预案", "Another plan"), other_clause="6.1", other_level=Level.IV,
        other_said=Text("区长", "Head"), other_what="0532-2", other_count=5, path=(Text("甲", "A"), Text("乙", "B")))
    sentence = plan_check_words.fault(found, sound_plan(), namer)
    assert len(sentence) > 5 and "{" not in sentence and "None" not in sentence
    assert "  " not in sentence


@pytest.mark.parametrize("kind", ShortfallKind)
def test_every_kind_of_shortfall_has_a_sentence(kind: ShortfallKind, namer: Namer) -> None:
    one = Shortfall(kind=kind, what="drainage", wanted=3, there=1, unknown=2, others=((ReasonNot.COMMITTED, 2),),
                    other_plan=Text("另一预案", "Another plan"))
    assert "{" not in plan_check_words.shortfall(one, namer)


def test_what_arrives_too_late_is_told_with_its_depot_and_both_times() -> None:
    one = Shortfall(kind=ShortfallKind.LATE_ITEMS, what="tarp", wanted=300, there=100, item=Text("阳光棚", "Tarps"), unit=Text("顶", "pcs"),
                    by_minutes=60, depot="城阳库", late=200, arrives=95)
    of = Namer(trade(), AreaTree(areas()), str)
    catalog.use_language("en")
    assert plan_check_words.shortfall(one, of) == "Tarps: 300 pcs needed by T+60, 100 there by then; enough only about T+95, with 200 in 城阳库"
    catalog.use_language("zh_CN")
    assert plan_check_words.shortfall(one, of) == "阳光棚：T+60 前需要 300 顶，届时到位 100；约 T+95 才够，其中 200 存放在城阳库"


def test_the_area_is_named_where_several_were_judged() -> None:
    catalog.use_language("en")
    of = Namer(trade(), AreaTree(areas()), str)
    line = LevelReadiness(tier=Tier.DISTRICT, level=Level.IV, clause="3.2", area_id=DISTRICT, areas=2, shortfalls=(
        Shortfall(kind=ShortfallKind.TEAMS, what="drainage", wanted=2, there=1, others=((ReasonNot.COMMITTED, 1),)),))
    assert plan_check_words.line(line, of) == "北河区: Drainage and pumping: 2 asked for, 1 ready (1 already out)"


def test_figures_of_conditions_are_written_as_official_papers_write_them() -> None:
    with speaking("zh_CN"):
        assert (figure("dead", 3), figure("dead", 3, 10)) == ("死亡3人以上", "死亡3人以上、10人以下")
        assert figure("loss_yuan", 5_000_000) == "直接经济损失5,000,000元以上"
    with speaking("en"):
        assert (figure("trapped", 3), figure("loss_yuan", 10)) == ("Trapped: 3 or more", "Direct loss: 10 yuan or more")
