"""Whoever alters the file behind the desk's back is found out, whatever was altered; and nothing honest is accused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.allocation_board import WantedGoods
from emergency_desk.domain.allocation_lists import AllocationList
from emergency_desk.domain.areas import AreaChange, Tier
from emergency_desk.domain.command import (
    CommandMove,
    CommandPost,
    CommandStep,
    Decision,
    DecisionKind,
    Notice,
    NoticeKind,
    PostMember,
    PostRole,
)
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.drill_files import DrillFile, ReadFile
from emergency_desk.domain.drill_objects import DrillLink, DrillObject, ObjectDrilled, ObjectKind
from emergency_desk.domain.drill_twins import DrillTwin
from emergency_desk.domain.drills import Drill, DrillForm, DrillMark, DrillPace, DrillPerson, DrillRole, DrillStep, Inject, ItemScore
from emergency_desk.domain.evacuation import EvacuationGroup, EvacuationMark, Placed
from emergency_desk.domain.evacuation_lists import FamilyTransfer, ListedFamilies
from emergency_desk.domain.expected_people import ExpectedPerson, WhyExpected
from emergency_desk.domain.giving_out import Distribution, DonationPublication
from emergency_desk.domain.ids import Id
from emergency_desk.domain.integrity import Difference, IntegrityReport
from emergency_desk.domain.isolation import BedCount, IsolationKind, IsolationMove, IsolationSite, IsolationState
from emergency_desk.domain.ladder import Step, StepMark, StepState
from emergency_desk.domain.plan_drafts import EditAct, PartEdit, PartKind, PlanDraft, PlanPart
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.plan_records import Level, PlanKind
from emergency_desk.domain.plan_suggestions import PlanSuggestion, SuggestionSource
from emergency_desk.domain.plan_travel_records import PlanTravel
from emergency_desk.domain.purging import Purge, PurgeCheck, Remnant
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, Finding, FindingSource
from emergency_desk.domain.release_legs import LegReceipt, ReleaseLeg
from emergency_desk.domain.release_orders import ReleaseLine, ReleaseMark, ReleaseOrder, ReleaseStep
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import Report, ReportDue, ReportFamily, ReportKind
from emergency_desk.domain.requisitions import Requisition, RequisitionMark, RequisitionStep
from emergency_desk.domain.responses import Response, ResponseChange, ResponseStep
from emergency_desk.domain.shelters import HeadCount, Shelter, ShelterMove, ShelterOpening, ShelterState, ShelterStay, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock import Lot, Movement, MovementKind, accounts_of
from emergency_desk.domain.stock_counts import CountLine, StockCount, Tally
from emergency_desk.domain.supplies import (
    Depot,
    DepotKind,
    ItemPhoto,
    PackChange,
    PackUnit,
    Picture,
    PromiseDraw,
    ReserveKind,
    StockPlace,
    StockTarget,
    SupplyItem,
    SupplyPromise,
)
from emergency_desk.domain.supply_requests import DecisionOn, RequestDecision, RequestLine, RequestState, SupplyRequest
from emergency_desk.domain.teams import TeamMember, TeamState
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import dispatches, founding, incidents, integrity, library
from emergency_desk.services.desk import Desk
from emergency_desk.store import journal
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.shapes import JOURNALED
from emergency_desk.store.rows.tables import APPEND_ONLY, DERIVED, metadata
from emergency_desk.store.unit_of_work import UnitOfWork
from tests import story
from tests.builders import START, STREET, SetClock, desk_of_copy, lasting_folder, later, make_desk

TABLES = [shape.table for shape in JOURNALED]
TEXT_COLUMN = {"plans": "body", "settings": "content", "rules": "content", "tasks": "title", "calls": "words", "dispatches": "task",
               "incidents": "title", "team_moves": "note", "figures_reports": "reported_by", "grade_changes": "basis", "log_entries": "text",
               "agreements": "partner", "area_changes": "what", "responses": "matter", "response_changes": "reason", "command_moves": "reason",
               "command_posts": "place", "decisions": "text", "step_marks": "reason", "report_dues": "reason", "reports": "title",
               "aftermath_items": "title", "findings": "problem", "plan_moves": "note", "plan_drafts": "title", "plan_parts": "content",
               "plan_edits": "before", "plan_suggestions": "text", "contact_tries": "note", "plan_travels": "content",
               "depots": "keeper", "stock_places": "note", "stock_targets": "basis", "supply_promises": "partner", "promise_draws": "reason",
               "lots": "note", "stock_movements": "note", "shelters": "keeper", "shelter_moves": "reason", "shelter_openings": "responsible",
               "head_counts": "note", "shelter_stays": "bed", "evacuation_groups": "name", "evacuation_marks": "note",
               "isolation_sites": "note", "bed_counts": "note", "evacuation_families": "list_id", "family_transfers": "decided_by",
               "isolation_moves": "reason", "expected_people": "source",
               "drills": "title", "drill_injects": "text", "drill_people": "unit", "drill_marks": "text", "drill_scores": "evidence",
               "drill_objects": "name", "object_drills": "note", "drill_links": "drill_id", "drill_files": "name",
               "drill_twins": "file", "drill_paces": "drill_id",
               "purges": "note", "purge_checks": "clean_backup",
               "supply_requests": "note", "supply_request_lines": "note", "supply_decisions": "reason", "release_orders": "note",
               "release_lines": "place_id", "release_steps": "reason", "release_legs": "note", "leg_receipts": "document",
               "pack_changes": "reason", "allocation_lists": "wanted", "distributions": "note", "requisitions": "note",
               "requisition_steps": "note", "donation_publications": "note",
               "stock_counts": "reason", "stock_count_lines": "place_id", "stock_tallies": "note", "item_photos": "caption"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with at least one row in every table."""
    return desk_of_copy(_full(), tmp_path / "test.store", clock=SetClock(later(START, 60)))


@cache
def _full() -> Path:
    desk = make_desk(lasting_folder(), plans=frozenset({"building_fire"}))
    founding.fill(desk, teams=(), sites=[Site(id=Id("5" * 32), kind=SiteKind.DEPOT, name="库", area_id=STREET)])
    taken = story.take(desk, story.FIRE_ONE, figures=story.figures(trapped=1), caller=story.CALLER)
    dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id)
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    incidents.end_task(desk, task_id=incidents.open_room(desk, incident_id=taken.incident.id).tasks[0].id)
    register_the_rest(desk, taken.orders[0].team_id)
    story.assert_sound(desk)
    desk.store.close()
    return desk.store.path


def register_the_rest(desk: Desk, team_id: Id) -> None:
    """Put a row into the tables of the register that the story does not reach."""
    with desk.open_work() as work:
        work.members.add(TeamMember(id=Id("6" * 32), team_id=team_id, name="队员"))
        work.agreements.add(Agreement(id=Id("8" * 32), number="协2026-1", kind=AgreementKind.MUTUAL_AID, partner="邻厂"))
        work.units.add(Unit(id=Id("9" * 32), kind=UnitKind.DEPARTMENT, name="应急管理局"))
        incident_id = work.incidents.where("LIMIT 1")[0].id
        put_the_ladder(work, desk, incident_id)
        put_plans(work, desk)
        put_stock(work, desk)
        put_shelters(work, desk, incident_id)
        put_a_drill(work, desk)
        put_a_purge(work, desk, incident_id)
        put_requests(work, desk, incident_id)
        work.area_changes.add(AreaChange(id=Id("4" * 32), area_id=STREET, changed_at=desk.now(), account_id=desk.who, what="renamed"))
        work.commit("register")


def put_the_ladder(work: UnitOfWork, desk: Desk, incident_id: Id) -> None:
    """Put a row into each table of the ladder and of the aftermath."""
    at, who = desk.now(), desk.who
    heard = {"occurred_at": at, "recorded_at": at, "account_id": who}
    response = work.responses.add(Response(
        id=desk.new_id(), incident_id=incident_id, tier=Tier.STREET, area_id=STREET, level=Level.III, matter="火灾", measures="疏散",
        activated_at=at, expected_until=at))
    work.response_changes.add(ResponseChange(id=desk.new_id(), response_id=response.id, incident_id=incident_id, level=Level.III,
                                             step=ResponseStep.ACTIVATED, expected_until=at, **heard))
    work.command_moves.add(CommandMove(id=desk.new_id(), incident_id=incident_id, step=CommandStep.OFFERED, from_tier=Tier.DISTRICT,
                                       to_tier=Tier.CITY, **heard))
    post = work.command_posts.add(CommandPost(id=desk.new_id(), incident_id=incident_id, tier=Tier.STREET, place="路口", formed_at=at))
    work.post_members.add(PostMember(id=desk.new_id(), post_id=post.id, incident_id=incident_id, role=PostRole.RECORDER, since=at))
    work.notices.add(Notice(id=desk.new_id(), incident_id=incident_id, tier=Tier.STREET, kind=NoticeKind.OTHER, name="供电", created_at=at))
    work.decisions.add(Decision(id=desk.new_id(), incident_id=incident_id, tier=Tier.STREET, kind=DecisionKind.MEETING, text="会商",
                                decided_by="主任", **heard))
    work.step_marks.add(StepMark(id=desk.new_id(), incident_id=incident_id, tier=Tier.STREET, step=Step.VERIFY, state=StepState.DONE, **heard))
    report = work.reports.add(Report(id=desk.new_id(), incident_id=incident_id, from_tier=Tier.STREET, to_tier=Tier.DISTRICT,
                                     channel=Channel.PHONE, family=ReportFamily.INCIDENT, kind=ReportKind.FIRST, drafted_at=at, account_id=who))
    work.report_dues.add(ReportDue(
        id=desk.new_id(), incident_id=incident_id, rule_id="D15-phone", from_tier=Tier.STREET, to_tier=Tier.DISTRICT, channel=Channel.PHONE,
        family=ReportFamily.INCIDENT, kind=ReportKind.FIRST, clock_at=at, due_at=at, created_at=at, report_id=report.id))
    work.aftermath.add(AftermathItem(id=desk.new_id(), incident_id=incident_id, tier=Tier.STREET, kind=AftermathKind.RELIEF, title="救助",
                                     created_at=at))
    work.findings.add(Finding(id=desk.new_id(), number="F1", source=FindingSource.INCIDENT, problem="慢", found_at=at, account_id=who))


def put_plans(work: UnitOfWork, desk: Desk) -> None:
    """Put a row into each table of the life of plans."""
    at, who = desk.now(), desk.who
    draft = work.plan_drafts.add(PlanDraft(id=desk.new_id(), code="fire", plan_version="2.0", kind=PlanKind.SPECIAL, tier=Tier.DISTRICT,
                                           started_at=at, started_by=who))
    part = work.plan_parts.add(PlanPart(id=desk.new_id(), draft_id=draft.id, kind=PartKind.CLAUSE, key="1", position=1_000,
                                        content='{"number":"1","title":"总则"}', changed_at=at, changed_by=who))
    work.plan_edits.add(PartEdit(id=desk.new_id(), draft_id=draft.id, act_id=desk.new_id(), act=EditAct.ADD, part_id=part.id, at=at,
                                 account_id=who, part_version=1))
    work.plan_moves.add(PlanMove(id=desk.new_id(), code="fire", plan_version="2.0", kind=MoveKind.DRAFTED, on_date=date(2026, 11, 5),
                                 recorded_at=at, account_id=who))
    work.plan_suggestions.add(PlanSuggestion(id=desk.new_id(), code="fire", plan_version="1.0", clause="1", text="加一句", made_at=at,
                                             source=SuggestionSource.BY_HAND, account_id=who))
    work.contact_tries.add(ContactTry(id=desk.new_id(), unit="供电", role="值班", phone="0532-1", tried_at=at, account_id=who, is_answered=True))
    work.plan_travels.add(PlanTravel(id=desk.new_id(), code="fire", plan_version="2.0", digest="d" * 32, parents=(), is_outgoing=True,
                                     desk="990101", person="张三", at=at, account_id=who, draft_id=draft.id))


def put_stock(work: UnitOfWork, desk: Desk) -> None:
    """Put a row into each table of stock: ten of a lot on the shelf of a depot, four of them out."""
    at, who = desk.now(), desk.who
    site = work.sites.add(Site(id=desk.new_id(), kind=SiteKind.DEPOT, name="物资库", area_id=STREET)).id
    item = work.supply_items.add(SupplyItem(id=desk.new_id(), code="1110202", name="毛毯", unit="条")).id
    work.depots.add(Depot(site, DepotKind.WAREHOUSE))
    work.stock_places.add(StockPlace(id=site, site_id=site))
    work.stock_targets.add(StockTarget(id=desk.new_id(), item_id=item, kind=ReserveKind.PHYSICAL, minimum=5, target=9, site_id=site))
    promise = work.supply_promises.add(SupplyPromise(id=desk.new_id(), kind=ReserveKind.CONTRACT, item_id=item, partner="商超", quantity=50))
    work.promise_draws.add(PromiseDraw(id=desk.new_id(), promise_id=promise.id, quantity=5, occurred_at=at, recorded_at=at, account_id=who))
    lot = work.lots.add(Lot(id=desk.new_id(), item_id=item, number="1", received_on=date(2026, 11, 5), expires_on=date(2027, 11, 5)))
    for kind, quantity in ((MovementKind.PURCHASE_IN, 10), (MovementKind.ISSUE, 4)):
        start, end = accounts_of(kind)
        moved = work.movements.add(Movement(
            id=desk.new_id(), document=kind, kind=kind, lot_id=lot.id, item_id=item, quantity=quantity, from_account=start, to_account=end,
            occurred_at=at, recorded_at=at, account_id=who, from_place=site if kind is MovementKind.ISSUE else "",
            to_place=site if kind is MovementKind.PURCHASE_IN else ""))
        work.balances.carry(moved, lot)
    put_count(work, desk, lot, site)


def put_count(work: UnitOfWork, desk: Desk, lot: Lot, site: Id) -> None:
    """Put a row into each table of stock-taking, and a picture of the item."""
    at, who = desk.now(), desk.who
    count = work.stock_counts.add(StockCount(id=desk.new_id(), number="990101-2026-P0001", site_id=site, opened_at=at, opened_by=who,
                                             opened_seq=work.count_books.last_seq()))
    line = work.count_lines.add(CountLine(id=desk.new_id(), count_id=count.id, number=1, lot_id=lot.id, place_id=site, item_id=lot.item_id,
                                          booked=6))
    work.tallies.add(Tally(id=desk.new_id(), count_id=count.id, line_id=line.id, quantity=6, counted_at=at, recorded_at=at,
                           after_seq=count.opened_seq, account_id=who, counted_by="张三"))
    picture = Picture(b"\xff\xd8 picture", 1, 1)
    photo = work.item_photos.add(ItemPhoto(id=desk.new_id(), item_id=lot.item_id, caption="外包装", digest=picture.digest, width=1, height=1,
                                           added_at=at, added_by=who))
    work.item_pictures.add(photo.id, picture.content)


def put_shelters(work: UnitOfWork, desk: Desk, incident_id: Id) -> None:
    """Put a row into each table of shelters: one that runs with a count and a stay, a village on the move, an isolation site."""
    at = desk.now()
    site = work.sites.add(Site(id=desk.new_id(), kind=SiteKind.SHELTER, name="体育馆", area_id=STREET, effective_area_m2=1_600)).id
    opening: Id = desk.new_id()
    about: dict[str, Any] = {"recorded_at": at, "account_id": desk.who, "incident_id": incident_id}
    work.shelters.add(Shelter(site, ShelterTier.TOWNSHIP, state=ShelterState.OPEN, state_since=at, opening_id=opening))
    work.shelter_openings.add(ShelterOpening(
        id=opening, number="990101-2026-S01", shelter_id=site, tier=Tier.DISTRICT, approved_by="区长", opened_at=at, stay=Stay.FIFTEEN_DAYS,
        expected_until=at, responsible="馆长", **about))
    work.shelter_moves.add(ShelterMove(
        id=desk.new_id(), shelter_id=site, from_state=ShelterState.READY, to_state=ShelterState.OPEN, occurred_at=at,
        opening_id=opening, **about))
    work.head_counts.add(HeadCount(id=desk.new_id(), opening_id=opening, shelter_id=site, counted_at=at, heads=12, **about))
    work.shelter_stays.add(ShelterStay(
        id=desk.new_id(), opening_id=opening, shelter_id=site, household_id=desk.new_id(), personal_id=desk.new_id(), arrived_at=at, **about))
    group = work.evacuation_groups.add(EvacuationGroup(
        id=desk.new_id(), area_id=STREET, name="港东低洼片", to_move=340, ordered_at=at, **about)).id
    work.evacuation_marks.add(EvacuationMark(
        id=desk.new_id(), group_id=group, kind=Placed.WITH_RELATIVES, people=110, occurred_at=at, **about))
    work.expected_people.add(ExpectedPerson(
        id=desk.new_id(), group_id=group, personal_id=desk.new_id(), why=WhyExpected.ON_LIST, **about))
    work.evacuation_families.add(ListedFamilies(id=desk.new_id(), list_id=desk.new_id(), group_id=group, people=4, families=20, **about))
    work.family_transfers.add(FamilyTransfer(
        id=desk.new_id(), document="Z1", group_id=group, shelter_id=site, people=4, families=12, occurred_at=at, **about))
    other = work.sites.add(Site(id=desk.new_id(), kind=SiteKind.ISOLATION, name="隔离点", area_id=STREET)).id
    work.isolation_sites.add(IsolationSite(other, IsolationKind.ISOLATION, single_rooms=40))
    work.bed_counts.add(BedCount(id=desk.new_id(), site_id=other, counted_at=at, free=30, occupied=10, **about))
    work.isolation_moves.add(IsolationMove(id=desk.new_id(), site_id=other, state=IsolationState.OPEN, occurred_at=at, **about))


def put_a_purge(work: UnitOfWork, desk: Desk, incident_id: Id) -> None:
    """Put a row into each table of the destruction of personal data."""
    at, who = desk.now(), desk.who
    purge = work.purges.add(Purge(id=desk.new_id(), number="X1", incident_id=incident_id, purged_at=at, account_id=who, area_id=STREET,
                                  records=2))
    work.purge_checks.add(PurgeCheck(id=desk.new_id(), purge_id=purge.id, checked_at=at, account_id=who, files=2, bytes_read=9, found=0,
                                     is_log_empty=True, older=(Remnant("b.store", at, 8),)))


def put_a_drill(work: UnitOfWork, desk: Desk) -> None:
    """Put a row into each table of drills."""
    at, who = desk.now(), desk.who
    drill = work.drills.add(Drill(id=desk.new_id(), number="E1", title="演练", form=DrillForm.FIELD, planned_at=at, created_at=at,
                                  account_id=who))
    work.injects.add(Inject(id=desk.new_id(), drill_id=drill.id, number=1, at_minutes=2, to_whom="街道", text="火情"))
    work.drill_people.add(DrillPerson(id=desk.new_id(), drill_id=drill.id, name="乙", role=DrillRole.EVALUATOR, unit="区局"))
    mark = work.drill_marks.add(DrillMark(id=desk.new_id(), drill_id=drill.id, step=DrillStep.PLANNED, occurred_at=at, recorded_at=at,
                                          account_id=who, text="演练"))
    work.drill_scores.add(ItemScore(id=desk.new_id(), drill_id=drill.id, item_id="A2-1.1", evaluator="乙", scored_at=at, account_id=who,
                                    is_met=True, evidence="记录", mark_ids=(mark.id,)))
    village = work.drill_objects.add(DrillObject(id=desk.new_id(), name="东村村委会", kinds=(ObjectKind.VILLAGE,), entered_on=START.date()))
    work.object_drills.add(ObjectDrilled(id=desk.new_id(), object_id=village.id, on_date=START.date(), recorded_at=at, account_id=who, note="报"))
    work.drill_links.add(DrillLink(id=desk.new_id(), drill_id=drill.id, object_id=village.id))
    read = ReadFile("图.jpg", b"picture", 4, 3)
    kept = work.drill_files.add(DrillFile(id=desk.new_id(), drill_id=drill.id, name=read.name, digest=read.digest, size=7, added_at=at,
                                          added_by=who, width=4, height=3))
    work.drill_contents.add(kept.id, read.content)
    work.drill_twins.add(DrillTwin(id=desk.new_id(), drill_id=drill.id, file="E1.store", made_at=at, account_id=who))
    work.drill_paces.add(DrillPace(id=desk.new_id(), drill_id=drill.id, changed_at=at, account_id=who, percent=500))


def put_requests(work: UnitOfWork, desk: Desk, incident_id: Id) -> None:
    """Put a row into each table of requests: three asked, granted, ordered out; two handed to people; a thing requisitioned; gifts published."""
    at, who = desk.now(), desk.who
    heard = {"occurred_at": at, "recorded_at": at, "account_id": who}
    lot, place = work.lots.where("LIMIT 1")[0], work.stock_places.where("LIMIT 1")[0].id
    request = work.supply_requests.add(SupplyRequest(
        id=desk.new_id(), number="Q1", tier=Tier.STREET, area_id=STREET, to_tier=Tier.DISTRICT, asked_at=at, recorded_at=at, account_id=who,
        incident_id=incident_id, state=RequestState.RELEASED))
    line = work.request_lines.add(RequestLine(id=desk.new_id(), request_id=request.id, quantity=3, item_id=lot.item_id, unit="条"))
    work.supply_decisions.add(RequestDecision(id=desk.new_id(), request_id=request.id, line_id=line.id, kind=DecisionOn.GRANTED, quantity=3,
                                              decided_by="局长", **heard))
    order = work.release_orders.add(ReleaseOrder(id=desk.new_id(), number="L1", site_id=place, ordered_at=at, recorded_at=at, account_id=who,
                                                 approved_by="局长", request_id=request.id, incident_id=incident_id))
    work.release_lines.add(ReleaseLine(id=desk.new_id(), order_id=order.id, item_id=lot.item_id, lot_id=lot.id, place_id=place, quantity=3,
                                       request_line_id=line.id))
    work.release_steps.add(ReleaseMark(id=desk.new_id(), order_id=order.id, step=ReleaseStep.ORDERED, **heard))
    for kind, quantity, order_id in ((MovementKind.RESERVE, 3, order.id), (MovementKind.DISTRIBUTE, 2, None)):
        start, end = accounts_of(kind)
        moved = work.movements.add(Movement(
            id=desk.new_id(), document=kind, kind=kind, lot_id=lot.id, item_id=lot.item_id, quantity=quantity, from_account=start, to_account=end,
            from_place=place, to_place=place if order_id else "", order_id=order_id, **heard))
        work.balances.carry(moved, lot)
    leg = work.release_legs.add(ReleaseLeg(id=desk.new_id(), order_id=order.id, serial=1, document="S9", recorded_at=at, account_id=who,
                                           vehicle="鲁B1", departed_at=at))
    work.leg_receipts.add(LegReceipt(id=desk.new_id(), leg_id=leg.id, document="S10"))
    work.pack_changes.add(PackChange(id=desk.new_id(), item_id=lot.item_id, before=(PackUnit("箱", 24),), packs=(PackUnit("箱", 20),),
                                     recorded_at=at, account_id=who, reason="换包装"))
    work.allocation_lists.add(AllocationList(id=desk.new_id(), recorded_at=at, account_id=who, wanted=(
        WantedGoods(key="typed:1", item_id=lot.item_id, quantity=3, incident_id=incident_id),)))
    work.distributions.add(Distribution(id=desk.new_id(), document=MovementKind.DISTRIBUTE, item_id=lot.item_id, quantity=2, households=1,
                                        heads=2, **heard))
    taken = work.requisitions.add(Requisition(
        id=desk.new_id(), number="Y1", incident_id=incident_id, tier=Tier.DISTRICT, area_id=STREET, what="挖掘机", quantity=1, unit="台",
        decided_at=at, recorded_at=at, account_id=who, decided_by="区长"))
    work.requisition_steps.add(RequisitionMark(id=desk.new_id(), requisition_id=taken.id, step=RequisitionStep.DECIDED, **heard))
    work.donation_publications.add(DonationPublication(id=desk.new_id(), published_at=at, recorded_at=at, account_id=who, place="网站", lots=1))


@pytest.fixture
def bare(desk: Desk) -> Iterator[Any]:
    """A connection that knows nothing of the desk, as a foreign hand would have."""
    connection = dbapi2.connect(str(desk.store.path), isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()


def found(desk: Desk) -> set[tuple[str, str]]:
    return {(difference.what, difference.where.split(" ")[0]) for difference in integrity.check(desk).differences}


@pytest.mark.parametrize("table", TABLES)
def test_one_altered_value_is_found_in_every_table(desk: Desk, bare: Any, table: str) -> None:
    column = TEXT_COLUMN.get(table, "name")
    bare.execute(f"UPDATE {table} SET {column} = {column} || '改' WHERE rowid = (SELECT min(rowid) FROM {table})")
    assert ("seal", table) in found(desk)


@pytest.mark.parametrize(("changed", "what"), [
    ("UPDATE stock_balances SET free = free + 1, on_hand = on_hand + 1", ("balance", "stock_balances")),
    ("DELETE FROM stock_balances", ("balance", "stock_balances")),
    ("UPDATE stock_balances SET expires_on = '2030-01-01'", ("balance_of", "stock_balances")),
    ("UPDATE stock_claims SET quantity = 3", ("claim", "stock_claims")), ("DELETE FROM stock_claims", ("claim", "stock_claims")),
    ("UPDATE stock_claims SET quantity = 9 WHERE kind = 'claim_reserved'", ("claim", "stock_claims")),
    ("UPDATE stock_movements SET quantity = 11 WHERE kind = 'purchase_in'", ("balance", "stock_balances")),
    ("UPDATE stock_movements SET quantity = 0 WHERE kind = 'issue'", ("movement", "stock_movements")),
    ("UPDATE promise_draws SET quantity = -5", ("draw", "supply_promises")),
])
def test_a_balance_that_does_not_follow_from_the_movements_is_found(desk: Desk, bare: Any, changed: str, what: tuple[str, str]) -> None:
    bare.execute(changed)
    assert what in found(desk)


@pytest.mark.parametrize(("changed", "what"), [
    ("UPDATE supply_requests SET state = 'request_received'", ("request_state", "supply_requests")),
    ("UPDATE release_orders SET state = 'release_received'", ("order_state", "release_orders")),
    ("UPDATE release_lines SET quantity = 4", ("release_lines", "release_orders")),
    ("UPDATE stock_movements SET order_id = 'none' WHERE kind = 'reserve'", ("order_of_movement", "stock_movements")),
    ("UPDATE supply_decisions SET quantity = 4", ("decided", "supply_requests")),
    ("UPDATE supply_decisions SET kind = 'passed_up'", ("passed_up", "supply_decisions")),
    ("UPDATE distributions SET quantity = 3", ("handed_out", "distributions")),
    ("UPDATE requisitions SET state = 'requisition_settled'", ("requisition_state", "requisitions")),
])
def test_a_request_that_does_not_follow_from_what_was_appended_is_found(desk: Desk, bare: Any, changed: str, what: tuple[str, str]) -> None:
    bare.execute(changed)
    assert what in found(desk)


@pytest.mark.parametrize("changed", [
    "UPDATE stock_balances SET free = -1, on_hand = -1, stands = 0", "UPDATE stock_balances SET stands = 0",
    "UPDATE stock_claims SET quantity = -1"])
def test_the_store_itself_refuses_a_balance_below_nothing(bare: Any, changed: str) -> None:
    with pytest.raises(dbapi2.IntegrityError):
        bare.execute(changed)


@pytest.mark.parametrize("table", [table for table in TABLES if table not in ("areas", "accounts")])
def test_a_row_taken_out_is_found(desk: Desk, bare: Any, table: str) -> None:
    bare.execute(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    assert ("row", table) in found(desk)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_slipped_in_is_found(desk: Desk, bare: Any, table: str) -> None:
    bare.execute(f"CREATE TEMP TABLE forged AS SELECT * FROM {table} LIMIT 1")
    unique = [name for name in ("id", "name", "number", "order_number", "code", "bin") if name in metadata.tables[table].columns]
    once = {"stock_count_lines": ["place_id"], "drill_scores": ["item_id"], "drill_links": ["object_id"]}
    unique += once.get(table, [])  # of which there is one in its count or drill
    unique += ["item_id"] if table == "drill_scores" else []  # an item is given points once in a drill
    bare.execute("UPDATE forged SET " + ", ".join(f"{column} = '{'7' * 32}'" for column in unique))
    for key in ("seq", "sequence"):
        if key in metadata.tables[table].columns:
            bare.execute(f"UPDATE forged SET {key} = 1000000")
    bare.execute(f"INSERT INTO {table} SELECT * FROM forged")
    assert ("seal", table) in found(desk)


@pytest.mark.parametrize("change", [
    "UPDATE journal SET \"values\" = replace(\"values\", '990101', '990102') WHERE number = 7",
    "UPDATE journal SET at = at + 1 WHERE number = 3",
    "UPDATE journal SET account_id = NULL WHERE number = 7", "UPDATE journal SET touched = 'nonsense' WHERE number = 4",
    "UPDATE journal SET touched = '' WHERE number = 7", "UPDATE journal SET hash = previous WHERE number = 5",
    "DELETE FROM journal WHERE number = 6",
    "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)",
    "UPDATE journal SET number = number + 1 WHERE number = (SELECT max(number) FROM journal)",
    "UPDATE journal SET action = x'ff00'", "DELETE FROM journal",
])
def test_a_journal_that_was_rewritten_is_found(desk: Desk, bare: Any, change: str) -> None:
    bare.execute(change)
    assert bare.execute("SELECT changes()").fetchone()[0] >= 1
    assert not integrity.check(desk).is_sound


def test_an_entry_rewritten_with_a_new_hash_breaks_the_next_link(desk: Desk, bare: Any) -> None:
    columns = 'number, at, account_id, desk_code, action, "values", touched, previous'
    row = list(bare.execute(f"SELECT {columns} FROM journal WHERE number = 7").fetchone())
    row[4] = "nothing"
    bare.execute("UPDATE journal SET action = ?, hash = ? WHERE number = 7", (row[4], journal.hash_of(*row)))
    assert ("journal", "entry") in found(desk)


@pytest.mark.parametrize(("change", "what"), [
    ("UPDATE teams SET state = 'standby', incident_id = NULL WHERE state = 'on_scene'", "team_state"),
    ("UPDATE teams SET incident_id = NULL WHERE state = 'on_scene'", "team_incident"), ("UPDATE incidents SET dead = 4", "figures"),
    ("UPDATE incidents SET grade = 'grade_1'", "grade"), ("UPDATE dispatches SET receipt_at = NULL", "receipt"),
    ("UPDATE personal SET content = '{}'", "personal"), ("DELETE FROM log_entries WHERE sequence = 2", "log"),
    ("UPDATE incidents SET area_id = 'nowhere'", "reference"), ("UPDATE grade_changes SET grade = 'purple'", "grade"),
    ("UPDATE plan_drafts SET state = 'issued'", "draft"), ("UPDATE plan_moves SET kind = 'issued'", "plan_text"),
    ("UPDATE plan_moves SET kind = 'submitted'", "draft"), ("DELETE FROM plan_moves", "draft"), ("UPDATE plan_moves SET kind = 'x'", "plans"),
    ("UPDATE responses SET level = 'I'", "response_level"), ("UPDATE responses SET state = 'ended'", "response_state"),
    ("UPDATE responses SET ended_at = activated_at", "response_ended"), ("UPDATE responses SET expected_until = 7", "response_times"),
    ("UPDATE response_changes SET step = 'ended'", "response_changes"), ("DELETE FROM response_changes", "response_changes"),
    ("INSERT INTO responses SELECT * FROM again", "response_twice"), ("INSERT INTO command_posts SELECT * FROM again", "post_twice"),
    ("UPDATE command_moves SET to_tier = 'tier_city' WHERE step = 'begun'", "command"),
    ("UPDATE responses SET level = 'purple'", "ladder"), ("UPDATE command_moves SET occurred_at = 'x'", "ladder"),
    ("DELETE FROM command_moves WHERE step = 'begun'", "command"),
    ("UPDATE command_moves SET step = 'accepted' WHERE step = 'offered'", "command"),
    ("UPDATE command_moves SET step = 'taken', given_by = '', taken_by = '' WHERE step = 'offered'", "command"),
    ("UPDATE incidents SET state = 'closed'", "post_standing"), ("UPDATE responses SET ended_at = activated_at + 1", "post_standing"),
])
def test_what_is_derived_is_derived_again(desk: Desk, bare: Any, change: str, what: str) -> None:
    if " again" in change:  # a second row of the same, slipped in
        table = change.split()[2]
        bare.execute(f"CREATE TEMP TABLE again AS SELECT * FROM {table} LIMIT 1")
        bare.execute(f"UPDATE again SET id = '{'7' * 32}'")
    bare.execute(change)
    assert what in {difference.what for difference in integrity.check(desk).differences}


@pytest.mark.parametrize("value", ["x'ff'", "CAST(x'e5b1' AS TEXT)", "NULL", "12", "1.5", "''"])
def test_a_value_no_desk_would_write_is_named_and_does_not_end_the_check(desk: Desk, bare: Any, value: str) -> None:
    bare.execute(f"UPDATE calls SET words = {value}" if value != "NULL" else "UPDATE calls SET occurred_at = 7")
    assert ("seal", "calls") in found(desk)


def flip(path: Path, where: bytes) -> None:
    """Flip one bit of the first byte of some content in a file."""
    raw = bytearray(path.read_bytes())
    raw[raw.index(where)] ^= 0x01
    path.write_bytes(raw)


def test_one_flipped_bit_of_the_content_is_found(desk: Desk) -> None:
    path = desk.store.path
    desk.store.close()
    flip(path, "延安三路105号".encode())
    from emergency_desk.store.integrity import check_store
    from emergency_desk.store.opening import open_store

    store = open_store(path)
    report: IntegrityReport = check_store(store)
    store.close()
    assert any(difference.where.startswith(("calls", "incidents")) for difference in report.differences)


def test_a_page_of_rubbish_is_told_and_does_not_end_the_check(desk: Desk) -> None:
    path = desk.store.path
    root = open_connection(path).execute("SELECT rootpage FROM sqlite_master WHERE name = 'log_entries'").fetchone()[0]
    desk.store.close()
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * 4096:root * 4096] = b"\x5a" * 4096
    path.write_bytes(raw)
    from emergency_desk.store.integrity import check_store
    from emergency_desk.store.store import Store

    store = Store(path)
    report = check_store(store)
    store.close()
    assert any(difference.what == "file" for difference in report.differences)


def test_a_name_with_blanks_is_sealed_like_any_other(desk: Desk) -> None:
    library.keep_setting(desk, name="a name with blanks", content="1")
    story.assert_sound(desk)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_appended_is_not_altered_even_by_a_bare_hand(desk: Desk, table: str) -> None:
    connection = dbapi2.connect(str(desk.store.path), isolation_level=None)
    column = "action" if table == "journal" else "id"
    for sql in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(dbapi2.DatabaseError, match=re.compile("append", re.IGNORECASE)):
            connection.execute(sql)
    connection.close()


def test_check_tells_rows_and_a_digest_for_each_table_and_how_far_it_is(desk: Desk) -> None:
    told: list[tuple[int, int, str]] = []
    first, second = integrity.check(desk, progress=lambda *step: told.append(step)), integrity.check(desk)
    assert first.tables == second.tables
    assert {digest.table for digest in first.tables} == set(metadata.tables) - set(DERIVED)
    assert next(digest.rows for digest in first.tables if digest.table == "calls") == 1
    assert told[0][0] == 0 and told[-1][0] == told[-1][1]
    incidents.write_log(desk, text="x")
    changed = {a.table for a, b in zip(first.tables, integrity.check(desk).tables, strict=True) if a != b}
    assert changed == {"journal", "log_entries"}


def test_a_difference_carries_what_was_expected(desk: Desk, bare: Any) -> None:
    bare.execute("UPDATE incidents SET dead = 4")
    (figures,) = [difference for difference in integrity.check(desk).differences if difference.what == "figures"]
    assert isinstance(figures, Difference) and "None" in figures.expected and "4" in figures.found
