"""What stands on the papers of a plan is read from one moment of the store: which version, how it stands, whom to ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_errors import PlanLacks
from emergency_desk.domain.plan_life import PlanStage, life_of, lives
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.plan_records import Contact
from emergency_desk.domain.plan_sheets import CardsSheet, CompareSheet, FilingSheet, PlanContactsSheet, PlanSheet, standing_of
from emergency_desk.domain.plan_travel_records import PlanTravel
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.errands.papers import PaperAsked, file_stem, papers_of_plan, read_sheet
from emergency_desk.services import plan_papers, units
from emergency_desk.services.desk import Desk
from tests.builders import make_desk, trade, with_plans

ISSUED = date(2026, 9, 28)


def move(kind: MoveKind, **changes: object) -> PlanMove:
    made = PlanMove(Id("1" * 32), "overall", "1.0", kind, ISSUED, datetime(2026, 9, 28, tzinfo=UTC), Id("2" * 32))
    return replace(made, **changes)  # type: ignore[arg-type]


def issue(desk: Desk, *moves: PlanMove) -> None:
    """Write the life of a version into the store as its services do."""
    with desk.open_work() as work:
        for each in moves:
            work.plan_moves.add(replace(each, id=desk.new_id(), account_id=desk.who))
        work.commit("test")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def test_without_a_code_the_overall_plan_is_meant_and_a_plan_that_is_not_there_is_refused(desk: Desk) -> None:
    sheet = read_sheet(desk, PaperAsked("plan"))
    assert isinstance(sheet, PlanSheet) and sheet.plan.code == "overall" and sheet.standing.stage is PlanStage.MODEL
    with pytest.raises(NotFound):
        read_sheet(desk, PaperAsked("plan", number="flood_of_frogs"))
    with pytest.raises(NotFound):
        read_sheet(desk, PaperAsked("plan", number="overall", version="9.9"))


def test_every_paper_of_a_plan_is_read_by_its_code(desk: Desk) -> None:
    kinds = {"plan": PlanSheet, "response-cards": CardsSheet, "plan-contacts": PlanContactsSheet, "filing-form": FilingSheet}
    for name, kind in kinds.items():
        sheet = read_sheet(desk, PaperAsked(name, number="hazmat"))
        assert isinstance(sheet, kind) and sheet.plan is not None and sheet.plan.code == "hazmat"
        assert file_stem(sheet, "zh_CN").startswith("hazmat-1.0-")


def test_a_plan_without_cards_or_contacts_is_refused_with_what_it_lacks(desk: Desk) -> None:
    with_plans(desk, replace(trade().plan("overall", "1.0"), cards=(), contacts=()))
    for name, reason in (("response-cards", "cards"), ("plan-contacts", "contacts"), ("plan-compare", "versions")):
        with pytest.raises(PlanLacks) as refused:
            read_sheet(desk, PaperAsked(name, number="overall"))
        assert refused.value.values["reason"] == reason


def test_an_issued_version_tells_number_day_and_names_and_when_it_is_to_be_filed(desk: Desk) -> None:
    issue(desk, move(MoveKind.DRAFTED), move(MoveKind.APPROVED, person="李安", unit="市政府"), move(MoveKind.ISSUED, number="青政办字17号"))
    sheet = plan_papers.filing_sheet(desk, code="overall")
    assert (sheet.standing.stage, sheet.standing.number, sheet.standing.approved_by, sheet.standing.issued_by) == (
        PlanStage.ISSUED, "青政办字17号", "李安", "市政府")
    assert sheet.due is not None and sheet.due.day == date(2026, 10, 30)


@pytest.mark.parametrize(("moves", "standing"), [
    ((), PlanStage.MODEL), ((MoveKind.DRAFTED, MoveKind.APPROVED), PlanStage.APPROVED),
    ((MoveKind.ISSUED, MoveKind.WITHDRAWN), PlanStage.WITHDRAWN),
    ((MoveKind.ISSUED, MoveKind.FILED, MoveKind.EVALUATED), PlanStage.ISSUED), ((MoveKind.ISSUED, MoveKind.DRAFTED), PlanStage.DRAFT)])
def test_how_a_version_stands_follows_from_its_moves(moves: tuple[MoveKind, ...], standing: PlanStage) -> None:
    assert standing_of(life_of("overall", "1.0", [move(kind) for kind in moves])).stage is standing


def test_the_cover_names_the_desk_and_who_began_the_draft_and_nobody_for_a_model(desk: Desk) -> None:
    assert plan_papers.plan_sheet(desk, code="overall").standing.drawn_up_by == Text("")
    issue(desk, move(MoveKind.DRAFTED), move(MoveKind.ISSUED))
    assert desk.account is not None
    sheet = plan_papers.plan_sheet(desk, code="overall")
    assert sheet.standing.drawn_up_by.zh == f"{desk.facts.name} {desk.account.display_name}"


def test_a_version_that_came_from_another_desk_names_that_desk(desk: Desk) -> None:
    issue(desk, move(MoveKind.DRAFTED))
    with desk.open_work() as work:
        work.plan_travels.add(PlanTravel(id=desk.new_id(), code="overall", plan_version="1.0", digest="d", parents=(), is_outgoing=False,
                                         desk="南河区应急局", person="王工", at=desk.now(), account_id=desk.who))
        work.commit("test")
    assert plan_papers.plan_sheet(desk, code="overall").standing.drawn_up_by.zh == "南河区应急局 王工"


def test_an_issued_version_that_a_newer_one_took_the_place_of_says_which() -> None:
    told = lives([("overall", "1.0"), ("overall", "2.0")], [move(MoveKind.ISSUED), move(MoveKind.ISSUED, plan_version="2.0")])
    assert standing_of(told["overall", "1.0"]).replaced_by == "2.0"


def test_a_model_that_a_newer_version_took_the_place_of_says_which(desk: Desk) -> None:
    plan = trade().plan("overall", "1.0")
    with_plans(desk, plan, replace(plan, version="1.1"))
    stands = plan_papers.plan_sheet(desk, code="overall", version="1.0").standing
    assert (stands.stage, stands.replaced_by) == (PlanStage.REPLACED, "1.1")


def test_whom_to_ring_stands_once_by_tier_and_unit_and_its_number_comes_from_plan_or_register(desk: Desk) -> None:
    plan = trade().plan("overall", "1.0")
    police, fire = Text("市公安机关"), Text("市消防救援机构")
    one = replace(plan, cards=(), contacts=(Contact(role=Text("公安指挥"), unit=police), Contact(role=Text("消防指挥"), unit=fire)))
    other = replace(plan, code="other", cards=(), contacts=(Contact(role=Text("公安指挥"), unit=police, phone="110"),))
    third = replace(plan, code="third", tier=Tier.STREET, cards=(), contacts=(Contact(role=Text("带班领导"), unit=Text("街道")),))
    rows = plan_papers.to_ring([one, other, third], [Unit(Id("1"), UnitKind.DEPARTMENT, "市消防救援机构", duty_phone="119"),
                                                      Unit(Id("2"), UnitKind.DEPARTMENT, "市公安机关", duty_phone="0532-1")])
    assert [(row.unit.zh, row.phone, row.from_register, row.plans) for row in rows] == [
        ("市公安机关", "110", False, ("overall", "other")), ("市消防救援机构", "119", True, ("overall",)), ("街道", "", False, ("third",))]


def test_the_numbers_of_the_register_reach_the_list_and_those_of_retired_units_do_not(desk: Desk) -> None:
    kept = units.keep_unit(desk, unit=Unit(Id(""), UnitKind.DEPARTMENT, "市急救中心", duty_phone="120")).value
    rows = plan_papers.contacts_sheet(desk, code="overall").rows
    assert any(row.phone == "120" and row.from_register for row in rows)
    units.retire_unit(desk, unit_id=kept.id)
    assert not any(row.phone for row in plan_papers.contacts_sheet(desk, code="overall").rows)


def test_the_list_of_all_plans_holds_everybody_of_every_plan(desk: Desk) -> None:
    rows = plan_papers.contacts_sheet(desk).rows
    told = {(row.unit.zh, row.role.zh) for row in rows}
    assert {(contact.unit.zh, contact.role.zh) for plan in trade().current_plans for contact in plan.contacts} <= told
    assert len(told) <= len(rows) and any(len(row.plans) > 1 for row in rows)


def test_a_version_is_compared_with_the_one_before_it_or_with_the_one_that_is_named(desk: Desk) -> None:
    plan = trade().plan("overall", "1.0")
    with_plans(desk, plan, replace(plan, version="1.9"), replace(plan, version="1.10"))
    sheet = read_sheet(desk, PaperAsked("plan-compare", number="overall"))
    assert isinstance(sheet, CompareSheet) and (sheet.before.version, sheet.plan.version) == ("1.9", "1.10")
    named = read_sheet(desk, PaperAsked("plan-compare", number="overall", version="1.10", against="1.0"))
    assert isinstance(named, CompareSheet) and named.before.version == "1.0"
    with pytest.raises(NotFound):
        read_sheet(desk, PaperAsked("plan-compare", number="overall", against="7.7"))


def test_the_papers_of_a_plan_are_those_that_can_be_made_of_it(desk: Desk) -> None:
    plan = trade().plan("overall", "1.0")
    assert [asked.name for asked in papers_of_plan(desk, plan)] == [
        "plan", "response-cards", "plan-contacts", "filing-form", "plan-contacts", "resource-survey"]
    bare = replace(plan, cards=(), contacts=())
    with_plans(desk, bare, replace(bare, version="0.9"))
    assert [asked.name for asked in papers_of_plan(desk, bare)] == ["plan", "filing-form", "plan-compare", "plan-contacts", "resource-survey"]
