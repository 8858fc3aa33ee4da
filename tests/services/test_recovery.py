"""When the emergency is over: what the law asks for is laid, settled, and put into the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain import aftermath
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import (
    AftermathEnded,
    ArchiveNotReady,
    ErasureOwed,
    FieldMissing,
    FieldUnreadable,
    NotThisTier,
    ReasonMissing,
    RoleMissing,
    Stale,
)
from emergency_desk.domain.incidents import Figures, Grade, Incident, IncidentClass, IncidentState, Production
from emergency_desk.domain.recovery import SETTLEMENT, AftermathItem, AftermathKind, AftermathState
from emergency_desk.services import calls, incidents, recovery, review
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.wording.log_lines import told
from tests import story
from tests.builders import SetClock, acting_as, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock, plans=story.FIRE_PLANS)


def over(desk: Desk, **more: object) -> Incident:
    """Take the fire and close it."""
    return incidents.close_incident(desk, incident_id=story.opened(desk, **more).id).value


def of_kind(desk: Desk, incident: Incident, kind: AftermathKind) -> AftermathItem:
    return next(item for item in recovery.list_items(desk, incident_id=incident.id) if item.kind is kind)


# -- what is laid -----------------------------------------------------------------------------------------------------
def test_the_close_lays_what_the_law_asks_for_in_the_same_commit(desk: Desk) -> None:
    fire = story.opened(desk)
    done = incidents.close_incident(desk, incident_id=fire.id)
    items = recovery.list_items(desk, incident_id=fire.id)
    kinds = {item.kind for item in items}
    assert {AftermathKind.LOSS_SURVEY, AftermathKind.RECOVERY_PLAN, AftermathKind.LESSONS_REPORT, AftermathKind.PERSONAL_ERASURE,
            AftermathKind.AUDIT, AftermathKind.ARCHIVE} <= kinds
    assert AftermathKind.EPIDEMIC_PREVENTION not in kinds, "nobody asked for it"
    assert {id_ for subject, id_ in done.changes.touched if subject == "aftermath"} == {item.id for item in items}
    assert all(item.basis and item.owner for item in items)
    story.assert_sound(desk)


def test_the_log_tells_how_much_is_owed(desk: Desk) -> None:
    fire = over(desk)
    last = incidents.read_log(desk, incident_id=fire.id)[0].entry
    assert told(last) == f"{fire.number}: Closed. {len(recovery.list_items(desk, incident_id=fire.id))} things are owed afterwards."


@pytest.mark.parametrize(("grade", "kind", "tier"), [
    (Grade.ORDINARY, IncidentClass.ACCIDENT, Tier.DISTRICT), (Grade.RELATIVELY_MAJOR, IncidentClass.ACCIDENT, Tier.CITY),
    (Grade.MAJOR, IncidentClass.NATURAL, Tier.CITY), (None, IncidentClass.ACCIDENT, None), (Grade.ORDINARY, IncidentClass.SOCIAL, None),
])
def test_the_tier_that_leads_by_grade_owes_the_aftermath(desk: Desk, grade: Grade | None, kind: IncidentClass, tier: Tier | None) -> None:
    incident = replace(story.opened(desk), grade=grade, incident_class=kind)
    assert aftermath.leading_tier(incident) is tier


def test_three_dead_make_the_aftermath_the_citys(desk: Desk) -> None:
    fire = over(desk, figures=Figures(dead=3))
    survey = of_kind(desk, fire, AftermathKind.LOSS_SURVEY)
    assert (survey.tier, survey.owner) == (Tier.CITY, "试城市")


def test_a_false_alarm_owes_nothing_but_the_erasure(desk: Desk) -> None:
    fire = story.opened(desk)
    incidents.close_incident(desk, incident_id=fire.id, false_alarm=True)
    assert [item.kind for item in recovery.list_items(desk, incident_id=fire.id)] == [AftermathKind.PERSONAL_ERASURE]


def test_health_pollution_and_production_add_their_own(desk: Desk) -> None:
    incident = replace(story.opened(desk), state=IncidentState.CLOSED)
    asked = {owed.title.en for owed in aftermath.owed_after(replace(incident, incident_class=IncidentClass.HEALTH), asked=("hazmat",))}
    assert {"Epidemic prevention", "Monitoring and control of pollution"} <= asked
    made = aftermath.owed_after(replace(incident, production=Production.YES), asked=())
    assert [owed.days for owed in made if owed.title.en == "Accident investigation report"] == [60]
    assert made[-1].kind is AftermathKind.ARCHIVE, "the archive comes last"


def test_closing_again_lays_nothing_twice_but_the_erasure(desk: Desk) -> None:
    fire = over(desk)
    before = recovery.list_items(desk, incident_id=fire.id)
    incidents.erase_personal(desk, incident_id=fire.id)
    incidents.reopen_incident(desk, incident_id=fire.id, reason="复燃")
    calls.join_call(desk, draft=story.fire(words="又着了", caller=story.CALLER), incident_id=fire.id)
    incidents.close_incident(desk, incident_id=fire.id)
    after = recovery.list_items(desk, incident_id=fire.id)
    assert len(after) == len(before) + 1
    assert after[-1].kind is AftermathKind.PERSONAL_ERASURE and after[-1].state is AftermathState.OPEN


# -- working on it ----------------------------------------------------------------------------------------------------
def test_an_item_is_assigned_done_and_opened_again(desk: Desk, clock: SetClock) -> None:
    item = of_kind(desk, over(desk), AftermathKind.LOSS_SURVEY)
    due = clock.at + timedelta(days=10)
    item = recovery.assign_item(desk, item_id=item.id, owner="区应急局", due_at=due, version=item.version).value
    assert (item.owner, item.due_at) == ("区应急局", due)
    item = recovery.end_item(desk, item_id=item.id, note="报告已报市").value
    assert (item.state, item.ended_at, item.note) == (AftermathState.DONE, clock.at, "报告已报市")
    with pytest.raises(AftermathEnded):
        recovery.end_item(desk, item_id=item.id)
    assert recovery.reopen_item(desk, item_id=item.id, reason="漏了一户").value.state is AftermathState.OPEN
    story.assert_sound(desk)


def test_two_officers_at_one_item_are_told(desk: Desk) -> None:
    item = of_kind(desk, over(desk), AftermathKind.RELIEF)
    recovery.assign_item(desk, item_id=item.id, owner="民政局", version=item.version)
    with pytest.raises(Stale):
        recovery.assign_item(desk, item_id=item.id, owner="街道", version=item.version)


def test_nothing_is_dropped_without_a_reason(desk: Desk) -> None:
    item = of_kind(desk, over(desk), AftermathKind.INSURANCE)
    with pytest.raises(ReasonMissing):
        recovery.drop_item(desk, item_id=item.id, reason=" ")
    assert recovery.drop_item(desk, item_id=item.id, reason="无人投保").value.state is AftermathState.DROPPED


def test_an_observer_reads_but_does_not_work(desk: Desk) -> None:
    fire = over(desk)
    acting_as(desk, "observer")
    assert recovery.list_items(desk, incident_id=fire.id)
    with pytest.raises(RoleMissing):
        recovery.add_item(desk, incident_id=fire.id, kind=AftermathKind.OTHER, title="x")


# -- personal data ----------------------------------------------------------------------------------------------------
def test_ending_the_erasure_erases(desk: Desk) -> None:
    fire = over(desk, caller=story.CALLER)
    call = incidents.open_room(desk, incident_id=fire.id).calls[0]
    assert calls.caller_of(desk, call=call)
    recovery.end_item(desk, item_id=of_kind(desk, fire, AftermathKind.PERSONAL_ERASURE).id)
    assert not calls.caller_of(desk, call=call)
    assert "personal_erased" in story.happenings(desk, fire)


def test_who_may_not_erase_cannot_do_it_by_ending_the_item(desk: Desk) -> None:
    fire = over(desk, caller=story.CALLER)
    acting_as(desk, "officer")
    with pytest.raises(RoleMissing):
        recovery.end_item(desk, item_id=of_kind(desk, fire, AftermathKind.PERSONAL_ERASURE).id)
    assert calls.caller_of(desk, call=incidents.open_room(desk, incident_id=fire.id).calls[0])


def test_erasing_by_hand_ends_the_item(desk: Desk) -> None:
    fire = over(desk, caller=story.CALLER)
    incidents.erase_personal(desk, incident_id=fire.id)
    assert of_kind(desk, fire, AftermathKind.PERSONAL_ERASURE).state is AftermathState.DONE


def test_personal_data_is_kept_longer_only_with_an_assessment(desk: Desk, clock: SetClock) -> None:
    fire = over(desk, caller=story.CALLER)
    item = of_kind(desk, fire, AftermathKind.PERSONAL_ERASURE)
    assert item.due_at == clock.at, "there is no grace of thirty days"
    with pytest.raises(ErasureOwed):
        recovery.assign_item(desk, item_id=item.id, owner="区应急局", due_at=clock.at + timedelta(days=30))
    with pytest.raises(ErasureOwed):
        recovery.drop_item(desk, item_id=item.id, reason="以后再说")
    until = clock.at + timedelta(days=30)
    kept = recovery.assign_item(desk, item_id=item.id, owner="区应急局", due_at=until, note="调查评估需要，已作评估").value
    assert kept.note == "调查评估需要，已作评估"
    assert told(incidents.read_log(desk, incident_id=fire.id)[0].entry).startswith("Put off: Erasure of personal data.")


# -- settlement -------------------------------------------------------------------------------------------------------
def test_a_requisition_is_owed_back_and_compensated_for(desk: Desk) -> None:
    fire = over(desk)
    items = recovery.record_requisition(desk, incident_id=fire.id, what="挖掘机", from_whom="某建筑公司", quantity=2, unit="台").value
    assert [item.kind for item in items] == [AftermathKind.RETURN, AftermathKind.COMPENSATION]
    assert {(item.quantity, item.unit) for item in items} == {(2, "台")}
    assert recovery.whose(desk, incident_id=fire.id) == {item.id: "某建筑公司" for item in items}
    assert all(item.kind in SETTLEMENT for item in items)
    lines = [line.entry for line in incidents.read_log(desk, incident_id=fire.id)]
    assert not any("某建筑公司" in told(line) or "某建筑公司" in str(line.values) for line in lines)


def test_whose_property_was_taken_goes_with_the_personal_data_and_stands_nowhere_else(desk: Desk) -> None:
    fire = over(desk)
    items = recovery.record_requisition(desk, incident_id=fire.id, what="挖掘机", from_whom="郝不存在").value
    assert review.review(desk, incident_id=fire.id).whose[items[0].id] == "郝不存在"
    connection = open_connection(desk.store.path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    named = {table for table in tables if any("郝不存在" in str(row) for row in connection.execute(f'SELECT * FROM "{table}"'))}
    connection.close()
    assert named == {"personal"}
    erasure = [item for item in recovery.list_items(desk, incident_id=fire.id) if item.kind is AftermathKind.PERSONAL_ERASURE][-1]
    with pytest.raises(ErasureOwed):
        recovery.drop_item(desk, item_id=erasure.id, reason="没有个人信息")
    recovery.end_item(desk, item_id=erasure.id)
    assert recovery.whose(desk, incident_id=fire.id) == {}
    kept = {item.id: item for item in recovery.list_items(desk, incident_id=fire.id)}
    assert all(kept[item.id].personal_digest == item.personal_digest != "" for item in items)
    story.assert_sound(desk)


def test_a_street_does_not_requisition(desk: Desk) -> None:
    fire = over(desk)
    acting_as(desk, "street")
    with pytest.raises(RoleMissing):
        recovery.record_requisition(desk, incident_id=fire.id, what="挖掘机", from_whom="某公司")


def test_a_leader_of_a_street_is_told_the_article(desk: Desk) -> None:
    fire = over(desk)
    acting_as(desk, "leader")
    assert desk.account is not None
    street = acting_as(desk, "street").account
    assert street is not None
    desk.account = replace(street, roles=("duty_leader",))
    with pytest.raises(NotThisTier):
        recovery.record_requisition(desk, incident_id=fire.id, what="挖掘机", from_whom="某公司")


def test_what_was_borrowed_or_consumed_is_listed_with_its_count(desk: Desk) -> None:
    fire = over(desk)
    item = recovery.add_item(desk, incident_id=fire.id, kind=AftermathKind.RESTOCK, title="泡沫液", quantity=1200, unit="公斤").value
    assert told(incidents.read_log(desk, incident_id=fire.id)[0].entry) == "Owed: 泡沫液, 1200 kg."
    assert item.kind in SETTLEMENT
    with pytest.raises(FieldMissing):
        recovery.add_item(desk, incident_id=fire.id, kind=AftermathKind.RETURN, title="  ")
    for quantity in (0, -3, 10**12):
        with pytest.raises(FieldUnreadable):
            recovery.add_item(desk, incident_id=fire.id, kind=AftermathKind.RETURN, title="水泵", quantity=quantity)


# -- the archive ------------------------------------------------------------------------------------------------------
def test_the_archive_waits_for_what_is_open_or_for_a_reason(desk: Desk) -> None:
    fire = over(desk)
    archive = of_kind(desk, fire, AftermathKind.ARCHIVE)
    with pytest.raises(ArchiveNotReady) as refusal:
        recovery.archive(desk, incident_id=fire.id)
    assert "损失调查评估，报上一级" in refusal.value.values["items"]
    with pytest.raises(ArchiveNotReady):
        recovery.end_item(desk, item_id=archive.id)
    item = recovery.archive(desk, incident_id=fire.id, override_reason="机构调整，先移交").value
    assert (item.id, item.state) == (archive.id, AftermathState.DONE)
    assert [told(line.entry) for line in incidents.read_log(desk, incident_id=fire.id)[:2]][1].startswith("Archived while things are still open.")


def test_the_archive_closes_when_nothing_is_open(desk: Desk) -> None:
    fire = over(desk)
    for item in recovery.list_items(desk, incident_id=fire.id):
        if item.kind is not AftermathKind.ARCHIVE:
            recovery.end_item(desk, item_id=item.id)
    assert recovery.archive(desk, incident_id=fire.id).value.state is AftermathState.DONE
    with pytest.raises(AftermathEnded):
        recovery.archive(desk, incident_id=fire.id)
    story.assert_sound(desk)
