"""Freezes a store of the schema this program writes: `python -m tests.frozen.make_frozen NAME`, once for each released version.

A little of everything that is kept: areas, accounts, teams, plans, rules, an incident that runs, one that was closed, one that was joined.
"""

from __future__ import annotations

import lzma
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from emergency_desk.domain.allocation_board import WantedGoods
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import DecisionKind, PostRole
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.drill_files import ReadFile
from emergency_desk.domain.drill_objects import DrillObject, ObjectKind
from emergency_desk.domain.drills import DrillForm, DrillRole, ReadyCheck, Verdict
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.evacuation_lists import Families
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_moves import FilingRoute, RevisionScope
from emergency_desk.domain.plan_records import Clause, Level
from emergency_desk.domain.recovery import AftermathKind, FindingSource
from emergency_desk.domain.release_orders import Arrived, ToRelease, Transport
from emergency_desk.domain.reports import Element
from emergency_desk.domain.requisitions import AskedRequisition
from emergency_desk.domain.responses import Heard
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson
from emergency_desk.domain.shelters import Inspected, LeftTo, Need, SafetyCheck, Shelter, ShelterState, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock import StockAccount
from emergency_desk.domain.stock_acts import Asked, Receipt
from emergency_desk.domain.supplies import Depot, DepotKind, PackUnit, Picture, ReserveKind, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.supply_requests import AskedLine, AskedSupplies, LineDecision
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.errands.plan_issuing import issue_plan
from emergency_desk.services import (
    calls,
    command,
    dispatches,
    drafts,
    drill_evaluation,
    drill_files,
    drill_objects,
    drill_running,
    drill_twins,
    drills,
    evacuation,
    findings,
    founding,
    giving_out,
    grades,
    incidents,
    integrity,
    item_photos,
    ladder,
    missing_people,
    plan_drafts,
    plan_editing,
    plan_life,
    plan_suggestions,
    posts,
    recovery,
    releases,
    reports,
    requisitions,
    responses,
    shelter_assignment,
    shelter_people,
    shelters,
    stock,
    stock_allocation,
    stock_counts,
    supplies,
    supply_board,
    supply_requests,
    units,
)
from emergency_desk.services.accounts import act_as
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from emergency_desk.store.engine import open_connection
from emergency_desk.store.schema import SCHEMA
from tests import story
from tests.builders import STREET, SetClock, make_desk

FOLDER = Path(__file__).parent


def freeze(name: str) -> Path:
    """Write `NNNN-name.store.xz` beside this script. Raises FileExistsError: a frozen store is never rewritten."""
    target = FOLDER / f"{SCHEMA:04d}-{name}.store.xz"
    with TemporaryDirectory() as folder, target.open("xb") as file:
        file.write(lzma.compress(_lived_in(Path(folder)).read_bytes(), preset=9))
    return target


def _lived_in(folder: Path) -> Path:
    clock = SetClock()
    desk = make_desk(folder, clock=clock, name="frozen.store")
    founding.fill(desk, teams=(), sites=[Site(id=desk.new_id(), kind=SiteKind.SHELTER, name="东台小学", area_id=STREET, capacity=300)])
    unit = units.keep_unit(desk, unit=Unit(Id(""), UnitKind.SPECIAL_HQ, "防汛抗旱指挥部", duty_phone="0532-00000200")).value
    units.retire_unit(desk, unit_id=units.keep_unit(desk, unit=replace(unit, id=Id(""), name="旧指挥部", version=0)).value.id)
    runs = story.take(desk, story.FIRE_ONE, story.MEDICAL, figures=story.figures(trapped=1), caller=story.CALLER)
    clock.forward(3)
    dispatches.take_receipt(desk, dispatch_id=runs.orders[0].id, received_by="班长")
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    dispatches.accept_application(desk, incident_id=runs.incident.id, team_id=story.SOCIAL, applied_by="队长")
    dispatches.send_teams(desk, incident_id=runs.incident.id, teams=(Sending(team_id=story.POWER),), override_reason="断电")
    incidents.report_figures(desk, incident_id=runs.incident.id, figures=story.figures(dead=3, hurt=2), reported_by="119")
    wrong = incidents.write_log(desk, incident_id=runs.incident.id, text="五楼").value
    incidents.correct_log(desk, entry_id=wrong.id, text="三楼")
    incidents.end_task(desk, task_id=incidents.open_room(desk, incident_id=runs.incident.id).tasks[0].id)
    again = calls.join_call(desk, draft=story.fire(words="还有人", caller=story.CALLER), incident_id=runs.incident.id).value.call
    calls.part_call(desk, call_id=again.id)
    closed = story.take(desk, story.FIRE_TWO, words="垃圾桶着火", caller=story.CALLER)
    story.report(desk, story.FIRE_TWO, TeamState.WORKING, TeamState.RETURNED, TeamState.STANDBY)
    incidents.close_incident(desk, incident_id=closed.incident.id, note="已扑灭")
    _afterwards(desk, closed.incident.id)
    twice = story.take(desk, words="又一个电话说楼上着火")
    calls.join_incident(desk, incident_id=twice.incident.id, into_id=runs.incident.id)
    _climb(desk, runs.incident.id)
    _stock(desk, runs.incident.id)
    _shelters(desk, runs.incident.id)
    _drill(desk, clock)
    _plan(desk)
    drafts.keep_draft(desk, name="call", content={"words": "电话还没有接完"})
    assert integrity.check(desk).is_sound
    desk.store.close()
    connection = open_connection(desk.store.path)
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return desk.store.path


def _stock(desk: Desk, incident_id: Id) -> None:
    """A depot with two lots: kept back, sent, brought back in part, a count, a document taken back; a target and an agreement."""
    site = units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name="区救灾物资库", area_id=STREET)).value.id
    supplies.keep_depot(desk, depot=Depot(site, DepotKind.WAREHOUSE, keeper="管库员"))
    place = supplies.add_place(desk, site_id=site, zone="A", bin_="03").value
    item = supplies.keep_item(desk, item=SupplyItem(id=Id(""), code="1110202", name="毛毯", unit="条", packs=(PackUnit("包", 10),))).value.id
    day = local_day(desk.now())
    for number, days in (("甲", 30), ("乙", 300)):
        stock.receive(desk, receipt=Receipt(item_id=item, site_id=site, place_id=place.id, quantity=10, unit="包", lot_number=number,
                                            expires_on=day + timedelta(days=days), price_fen=4_550))
    asked = Asked(item_id=item, site_id=site, quantity=120, incident_id=incident_id)
    stock.reserve(desk, asked=asked)
    stock.issue(desk, asked=asked)
    stock.bring_back(desk, asked=replace(asked, quantity=20))
    wrong = stock.issue(desk, asked=replace(asked, quantity=5, incident_id=None)).value
    stock.void_document(desk, number=wrong.number, reason="错发")
    kept = next(one for one in supplies.list_items(desk) if one.id == item)
    supplies.keep_item(desk, item=replace(kept, packs=(PackUnit("包", 12),)), reason="供应商换包装")
    stock_allocation.keep_list(desk, wanted=[
        WantedGoods(key="1", item_id=item, quantity=40, incident_id=incident_id)], fixed=(), reach_minutes=None, based_on=None)
    supplies.keep_target(desk, target=StockTarget(id=Id(""), item_id=item, kind=ReserveKind.PHYSICAL, minimum=50, target=80, area_id=STREET))
    promise = supplies.keep_promise(desk, promise=SupplyPromise(
        id=Id(""), kind=ReserveKind.CONTRACT, item_id=item, partner="商超", quantity=500, call_off_hours=6)).value.id
    supplies.call_off(desk, promise_id=promise, quantity=100, told_to="店长", incident_id=incident_id)
    _requests(desk, incident_id, item, site)
    count = stock_counts.open_count(desk, site_id=site, is_blind=True).value
    first = stock_counts.count_board(desk, count_id=count.id).lines[0].line
    stock_counts.tally(desk, count_id=count.id, lot_id=first.lot_id, place_id=first.place_id, quantity=7, counted_by="管库员")
    item_photos.add_photo(desk, item_id=item, picture=Picture(b"\xff\xd8\xff\xe0", 1, 1), caption="样品")


def _requests(desk: Desk, incident_id: Id, item: Id, site: Id) -> None:
    """A request granted and passed up, an order received in part, goods handed out, a requisition whose paper is owed, gifts published."""
    wanted = (AskedLine(item_id=item, quantity=30), AskedLine(capability="水泵", quantity=2, unit="台"))
    asked = AskedSupplies(lines=wanted, incident_id=incident_id, tier=Tier.STREET, asked_by="街道")
    request = supply_requests.ask(desk, asked=asked, heard=Heard("街道值班", "phone", read_back=True)).value
    lines = [one.line for one in supply_board.request_view(desk, request_id=request.id).lines]
    supply_requests.decide(desk, request_id=request.id, decided_by="区长", decisions=[
        LineDecision(line_id=lines[0].id, grant=30), LineDecision(line_id=lines[1].id, pass_up=2)])
    order = releases.release(desk, lines=[ToRelease(site_id=site, item_id=item, quantity=30)], request_id=request.id, approved_by="区长").value[0]
    releases.pick(desk, order_id=order.id, picked_by="管库员", packages=3)
    releases.ship(desk, order_id=order.id, transport=Transport(vehicle="鲁B1", driver="孙师傅"))
    lot = supply_board.order_view(desk, order_id=order.id).lots[0].lot_id
    releases.receive(desk, order_id=order.id, arrived=[Arrived(lot_id=lot, good=9, damaged=1)], received_by="王", reason="雨淋",
                     approved_by="区长")
    giving_out.hand_out(desk, asked=Asked(item_id=item, site_id=site, quantity=8, incident_id=incident_id), handed_by="社工", households=4,
                        heads=8, start=StockAccount.IN_USE)
    requisitions.requisition(desk, asked=AskedRequisition(incident_id=incident_id, what="挖掘机", quantity=1, unit="台", owner="工程队",
                                                          decided_by="区长", purpose="清障", is_post_hoc=True))
    giving_out.publish_gifts(desk, place="区政府网站")


def _shelters(desk: Desk, incident_id: Id) -> None:
    """A gym that is open and was counted, a hall that was opened and closed again, a village on the move, one that is not any more."""
    day = local_day(desk.now())
    opened = []
    for name, metres in (("东台中学体育馆", 1_600), ("文体中心", 700)):
        site = units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.SHELTER, name=name, area_id=STREET, effective_area_m2=metres)).value.id
        shelters.keep_shelter(desk, shelter=Shelter(site, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=day, keeper="馆长"))
        shelters.move_shelter(desk, shelter_id=site, to=ShelterState.STANDBY, reason="暴雨橙色预警")
        opened.append(shelters.open_shelter(desk, asked=AskedOpening(
            shelter_id=site, incident_id=incident_id, approved_by="区长", stay=Stay.FIFTEEN_DAYS, expected_until=desk.now() + timedelta(days=3),
            responsible="馆长", receives=(STREET,), checks=tuple(SafetyCheck))).value)
        shelters.count_heads(desk, asked=AskedCount(opening_id=opened[-1].id, heads=92, counted_by="馆长"))
    shelters.count_heads(desk, asked=AskedCount(opening_id=opened[1].id, heads=0, left=92))
    shelters.close_shelter(desk, opening_id=opened[1].id, note="已清洁查验", damage="床8张")
    groups = [evacuation.order_evacuation(desk, incident_id=incident_id, area_id=STREET, name=name, to_move=100).value
              for name in ("港东低洼片", "工地板房")]
    evacuation.mark(desk, group_id=groups[0].id, kind=Placed.IN_SHELTER, people=92)
    evacuation.mark(desk, group_id=groups[0].id, kind=Placed.WITH_RELATIVES, people=6)
    _people(desk, opened[0].id, groups[0].id)
    evacuation.call_off(desk, group_id=groups[1].id, reason="雨停")


def _people(desk: Desk, opening_id: Id, group_id: Id) -> None:
    """A family by name of whom one went home; the list of a village by families."""
    asked = AskedHousehold(group_id=group_id, people=(
        AskedPerson(name="王秀英", id_number="0021", phone="13900000001", age="八十多", needs=(Need.ELDERLY,)),
        AskedPerson(name="王小明", age="7")))
    stays = shelter_people.register(desk, opening_id=opening_id, asked=asked).value.stays
    shelter_people.leave(desk, stay_ids=[stays[1].id], to=LeftTo.RELATIVES)
    missing_people.expect_list(desk, group_id=group_id, people=[AskedPerson(name="李大海", age="七十")], source="村委会名单")
    shelter_assignment.list_families(desk, group_id=group_id, families=[Families(people=3, families=4, vulnerable=1)])


def _drill(desk: Desk, clock: SetClock) -> None:
    """A drill that was run, with an inject that was answered, an observation, a score and the evaluators' word."""
    plan = next(plan.code for plan in desk.trade.shelf.in_force if "building_fire" in plan.hazard_types)
    drill = drills.plan_drill(desk, asked=drills.AskedDrill(
        title="高层火灾桌面演练", planned_at=desk.now(), form=DrillForm.TABLETOP, plan_code=plan, aims=("5分钟内派出",), scenario="六楼着火",
        stop_conditions=("真实火警",), expected_heads=12)).value
    inject = drills.add_inject(desk, drill_id=drill.id, asked=drills.AskedInject(
        at_minutes=2, to_whom="值班室", text="居民来电", expected="派队", limit_minutes=5)).value
    for name, role in (("导演甲", DrillRole.DIRECTOR), ("评估员乙", DrillRole.EVALUATOR)):
        drills.add_person(desk, drill_id=drill.id, name=name, role=role)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drill_files.add_file(desk, inject_id=inject.id, read=ReadFile("平面图.txt", "六楼平面图".encode()))
    school = drill_objects.keep_object(desk, one=DrillObject(
        id=Id(""), name="东台小学", kinds=(next(iter(ObjectKind)),), entered_on=local_day(desk.now()), area_id=STREET)).value
    drill_objects.link_objects(desk, drill_id=drill.id, object_ids=[school.id])
    order = drill_twins.order_twin(desk, drill_id=drill.id)
    drill_twins.note_twin(desk, order=order, counts=drill_twins.make_twin(order))
    drills.start_drill(desk, drill_id=drill.id)
    drill_running.set_pace(desk, drill_id=drill.id, percent=200)
    clock.forward(2)
    drills.release_inject(desk, inject_id=inject.id)
    drills.answer_inject(desk, inject_id=inject.id, text="已派", person="值班员")
    drills.observe(desk, drill_id=drill.id, text="复诵完整", person="评估员乙")
    clock.forward(30)
    drills.end_drill(desk, drill_id=drill.id, heads=12)
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A1-1.1", evaluator="评估员乙", points=3, evidence="见记录")
    drill_evaluation.conclude(desk, drill_id=drill.id, verdict=Verdict.GOOD, person="评估员乙", words="派队及时")


def _plan(desk: Desk) -> None:
    """Issue a minor revision and file it, leave a major one half written, suggest to a clause, try a contact."""
    act_as(desk, name="planner")
    minor = plan_drafts.start_revision(desk, code="building_fire", version="1.0", scope=RevisionScope.MINOR).value
    act_as(desk, name="leader")
    plan_life.approve(desk, draft_id=minor.id, person="局长", unit="区应急局")
    act_as(desk, name="planner")
    issue_plan(desk, draft_id=minor.id, number="北应急〔2026〕7号")
    plan_life.file(desk, code="building_fire", version="1.1", route=FilingRoute.SPECIAL, unit="市消防救援支队")
    major = plan_drafts.start_revision(desk, code="building_fire", version="1.1", scope=RevisionScope.MAJOR).value
    plan_editing.add_part(desk, draft_id=major.id, record=Clause(number="99", title=Text("新章")))
    plan_editing.undo(desk, draft_id=major.id)
    plan_suggestions.suggest(desk, code="building_fire", version="1.1", clause="1", text="写明由谁通知供电")
    act_as(desk, name="leader")
    with desk.open_work() as work:
        work.contact_tries.add(ContactTry(id=desk.new_id(), unit="供电公司", role="值班室", phone="0532-00000300", tried_at=desk.now(),
                                          account_id=desk.who, is_answered=True))
        work.commit("try_contact")


def _climb(desk: Desk, incident_id: Id) -> None:
    """Walk the ladder of the fire: a response, a post, the command offered up and accepted as heard, a decision, a step skipped."""
    city = Heard("市值班室", "phone", read_back=True)
    responses.activate_response(desk, incident_id=incident_id, level=Level.III, matter="东台居民楼火灾", expected_hours=24, measures="疏散救人",
                                decided_by="区长")
    responses.adjust_response(desk, incident_id=incident_id, level=Level.II, decided_by="区长", reason="伤亡增加")
    posts.form_post(desk, incident_id=incident_id, place="路口", people=[posts.Named(PostRole.COMMANDER, "张指挥")])
    posts.record_decision(desk, incident_id=incident_id, kind=DecisionKind.MEETING, text="先救人", decided_by="张指挥")
    notice = command.add_notice(desk, incident_id=incident_id, name="供电公司", phone="0532-00000300").value
    command.tell(desk, notice_id=notice.id, told_to="值班员", read_back=True)
    command.offer_command(desk, incident_id=incident_id, to=Tier.CITY, given_by="张指挥", carried=command.HandOver("火势控制", "三队", "无"))
    command.accept_command(desk, incident_id=incident_id, taken_by="市指挥", tier=Tier.CITY, heard=city)
    ladder.mark_step(desk, incident_id=incident_id, step=Step.EVACUATE, state=StepState.SKIPPED, reason="已疏散")
    grades.judge_grade(desk, incident_id=incident_id, grade=Grade.RELATIVELY_MAJOR, decided_by="市指挥")
    due = reports.list_due(desk, incident_id=incident_id)[0].due
    told = tuple(Element(name, "火势已控制") for name in ("time", "casualties"))
    draft = reports.draft_report(desk, incident_id=incident_id, from_tier=due.from_tier, to_tier=due.to_tier, channel=due.channel, elements=told)
    reports.sign_and_send(desk, report_id=draft.value.id, signer="李主任", received_by="市值班员", read_back=True, how="phone")
    reports.skip_due(desk, due_id=reports.list_due(desk, incident_id=incident_id)[0].due.id, reason="合并上报")


def _afterwards(desk: Desk, incident_id: Id) -> None:
    """What followed the small fire: an item ended, one added, a finding that somebody mends."""
    items = recovery.list_items(desk, incident_id=incident_id)
    recovery.end_item(desk, item_id=items[0].id, note="无损失")
    recovery.add_item(desk, incident_id=incident_id, kind=AftermathKind.RESTOCK, title="灭火器", quantity=2, unit="具")
    findings.add_finding(desk, problem="回执慢", source=FindingSource.INCIDENT, incident_id=incident_id, owner="王", measure="复诵")


if __name__ == "__main__":
    print(freeze(sys.argv[1]))
