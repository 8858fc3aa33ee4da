"""Reports as they go up on the evening of the building fire: owed, drafted, sent, received, heard, skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    NotOwnTier,
    ReasonMissing,
    ReportNotOpen,
    RoleMissing,
    SignerMissing,
    Stale,
)
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller, Figures, Grade, Happening, IncidentState
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.report_drafts import gaps
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import DueState, Element, Report, ReportKind, ReportState
from emergency_desk.domain.teams import TeamState
from emergency_desk.errands import drafting
from emergency_desk.services import boards, calls, incidents, integrity, report_settings, reports, teams
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk

STREET_T, DISTRICT, CITY, PROVINCE = Tier.STREET, Tier.DISTRICT, Tier.CITY, Tier.PROVINCE
PHONE, WRITTEN = Channel.PHONE, Channel.WRITTEN
FIFTH = date(2026, 11, 5)
NO_GRACE = timedelta(0)


def clock_at(hour: int, minute: int, second: int = 0, *, day: int = 5) -> datetime:
    return from_local(date(2026, 11, day), hour, minute, second)


@pytest.fixture
def evening(tmp_path: Path) -> tuple[Desk, SetClock, Id]:
    """The street takes the call at 19:31."""
    clock = SetClock()
    desk = make_desk(tmp_path, account="street", clock=clock)
    draft = CallDraft(words="高层居民楼着火，有人被困", area_id=STREET, occurred_at=clock_at(19, 26), address="台东六路 18 号",
                      caller=Caller("王某", "13800000000"))
    return desk, clock, calls.take_call(desk, draft=draft).value.incident.id


def send(desk: Desk, incident_id: Id, to: Tier, channel: Channel, *, who: str, **more: object) -> Report:
    acting_as(desk, who)
    report = drafting.draft(desk, incident_id=incident_id, from_tier=desk.tier, to_tier=to, channel=channel).value
    given = {"signer": "张主任"} if channel is WRITTEN else {"received_by": "李值班员", "read_back": True}
    return reports.sign_and_send(desk, report_id=report.id, **(given | more)).value  # type: ignore[arg-type]


def dues(desk: Desk, incident_id: Id) -> dict[tuple[Tier, Tier, Channel], list[tuple[datetime, DueState]]]:
    found: dict[tuple[Tier, Tier, Channel], list[tuple[datetime, DueState]]] = {}
    for owed in reports.list_due(desk, incident_id=incident_id, with_ended=True):
        found.setdefault((owed.due.from_tier, owed.due.to_tier, owed.due.channel), []).append((owed.due.due_at, owed.due.state))
    return found


def test_the_first_hour_of_the_fire_is_on_time_to_the_second(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    assert dues(desk, fire) == {(STREET_T, DISTRICT, PHONE): [(clock_at(19, 46), DueState.OPEN)],
                                (STREET_T, DISTRICT, WRITTEN): [(clock_at(20, 1), DueState.OPEN)]}
    clock.set(19, 36)
    send(desk, fire, DISTRICT, PHONE, who="street")
    clock.set(20, 1)
    written = send(desk, fire, DISTRICT, WRITTEN, who="street")
    owed = {(each.due.from_tier, each.due.channel): each.due for each in reports.list_due(desk, incident_id=fire, with_ended=True)}
    assert owed[STREET_T, WRITTEN].was_on_time(NO_GRACE) and owed[STREET_T, WRITTEN].report_id == written.id
    assert owed[DISTRICT, PHONE].due_at == clock_at(20, 6) and owed[DISTRICT, WRITTEN].due_at == clock_at(20, 36)
    clock.set(20, 5)
    send(desk, fire, CITY, PHONE, who="leader")
    clock.set(20, 30)
    send(desk, fire, CITY, WRITTEN, who="leader")
    assert reports.list_due(desk, incident_id=fire) == ()


def test_b14_one_second_after_the_due_second_is_late(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    clock.set(20, 1, 1)
    send(desk, fire, DISTRICT, WRITTEN, who="street")
    due = next(each.due for each in reports.list_due(desk, incident_id=fire, with_ended=True) if each.due.channel is WRITTEN)
    assert due.state is DueState.MET and not due.was_on_time(NO_GRACE)


def test_at_once_names_no_minutes_and_is_late_only_after_what_the_house_allows(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    clock.set(19, 40)
    incidents.report_figures(desk, incident_id=fire, figures=Figures(dead=10))
    owed = next(each for each in reports.list_due(desk, incident_id=fire) if each.due.is_at_once)
    allowed = timedelta(minutes=desk.trade.clocks.at_once_minutes)
    assert owed.due.due_at == owed.due.clock_at == clock_at(19, 40) and owed.late_from == clock_at(19, 40) + allowed
    clock.set(19, 43)
    assert not [line for line in boards.what_is_due(desk) if line.id == owed.due.id and line.due_at < clock.at]
    send(desk, fire, DISTRICT, PHONE, who="street")
    log = incidents.read_log(desk, incident_id=fire)
    assert not next(line.entry for line in log if line.entry.happening is Happening.REPORT).value("late_minutes")
    met = next(each.due for each in reports.list_due(desk, incident_id=fire, with_ended=True) if each.due.id == owed.due.id)
    assert met.was_on_time(allowed) and not met.was_on_time(NO_GRACE)
    assert replace(met, met_at=met.due_at + allowed).was_on_time(allowed), "at the second still on time"
    assert not replace(met, met_at=met.due_at + allowed + timedelta(seconds=1)).was_on_time(allowed)


def test_a_judgement_at_2105_owes_the_province_a_call_by_2205(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    clock.set(19, 36)
    send(desk, fire, DISTRICT, PHONE, who="street")
    clock.set(20, 5)
    send(desk, fire, CITY, PHONE, who="leader")
    clock.set(20, 20)
    incidents.report_figures(desk, incident_id=fire, figures=Figures(dead=2, badly_hurt=4))
    before = dues(desk, fire)
    assert (CITY, PROVINCE, PHONE) not in before
    clock.set(21, 5)
    assert incidents.report_figures(desk, incident_id=fire, figures=Figures(dead=3, badly_hurt=11)).value.grade is Grade.RELATIVELY_MAJOR
    after = dues(desk, fire)
    assert after[CITY, PROVINCE, PHONE] == [(clock_at(22, 5), DueState.OPEN)]
    assert (clock_at(21, 35), DueState.OPEN) in after[DISTRICT, CITY, PHONE]
    assert all(set(old) <= set(after[key]) for key, old in before.items()), "what was laid keeps its time"


def test_a_report_between_tiers_that_do_not_sit_here_starts_the_clock_when_it_is_heard(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    clock.set(19, 40)
    acting_as(desk, "leader")
    heard = reports.record_heard_report(desk, incident_id=fire, from_tier=STREET_T, to_tier=DISTRICT, channel=PHONE, heard_from="街道值班员",
                                        sent_at=clock_at(19, 36), received_by="区值班员").value
    assert heard.number == "" and heard.state is ReportState.RECEIVED
    assert dues(desk, fire)[DISTRICT, CITY, PHONE] == [(clock_at(20, 6), DueState.OPEN)]
    assert dues(desk, fire)[STREET_T, DISTRICT, PHONE] == [(clock_at(19, 46), DueState.MET)]


def test_a_written_report_starts_the_clock_with_its_receipt_and_not_with_its_sending(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    clock.set(19, 40)
    report = send(desk, fire, DISTRICT, WRITTEN, who="street")
    assert report.state is ReportState.SENT and (DISTRICT, CITY, PHONE) not in dues(desk, fire)
    clock.set(19, 50)
    reports.take_receipt_of_report(acting_as(desk, "leader"), report_id=report.id, received_by="区值班员")
    assert dues(desk, fire)[DISTRICT, CITY, PHONE] == [(clock_at(20, 20), DueState.OPEN)]
    with pytest.raises(ReportNotOpen):
        reports.take_receipt_of_report(desk, report_id=report.id, received_by="区值班员")


def test_a_draft_tells_what_is_on_record_names_its_gaps_and_goes_all_the_same(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    first = send(desk, fire, DISTRICT, WRITTEN, who="street")
    assert "台东六路" in first.element("place").text and "高层居民楼着火" in first.element("nature").text
    assert {"casualties", "unit", "loss"} <= set(gaps(first)) and "王某" not in repr(first)
    incidents.report_figures(desk, incident_id=fire, figures=Figures(dead=1, trapped=14))
    clock.forward(10)
    second = drafting.draft(desk, incident_id=fire, from_tier=STREET_T, to_tier=DISTRICT, channel=WRITTEN).value
    assert second.kind is ReportKind.FOLLOW_UP and second.follows_id == first.id
    assert second.element("casualties").is_changed and not second.element("place").is_changed


def test_what_somebody_wrote_is_carried_over_to_the_next_report(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    acting_as(desk, "street")
    draft = drafting.draft(desk, incident_id=fire, from_tier=STREET_T, to_tier=DISTRICT, channel=WRITTEN, said={"unit": "某商住楼物业"}).value
    reports.sign_and_send(desk, report_id=draft.id, signer="张主任")
    follow = drafting.draft(desk, incident_id=fire, from_tier=STREET_T, to_tier=DISTRICT, channel=WRITTEN).value
    assert follow.element("unit").text == "某商住楼物业" and not follow.element("unit").is_changed


def test_what_happened_before_midnight_is_reported_after_it_without_a_day_on_every_time(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    clock.set(0, 28, day=date(2026, 11, 6))
    figures = story.figures(trapped=12, evacuate=180)
    fire = story.take(desk, story.FIRE_ONE, story.FIRE_TWO, occurred_at=clock_at(23, 58), figures=figures).incident
    clock.forward(9)
    teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.ON_SCENE)
    said = {each.name: each.text for each in drafting.draft(
        desk, incident_id=fire.id, from_tier=desk.tier, to_tier=CITY, channel=PHONE).value.elements}
    assert said["time"] == "Occurred 5 November 2026, 23:58; received 11-06 00:28"
    assert "(on scene 00:37)" in said["measures"] and "11-06" not in said["measures"]
    assert said["extent"].endswith("180"), "how many are to be moved is told on the phone where it is known"


def test_teams_of_which_the_same_is_to_be_said_are_told_in_one_breath(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    fire = story.take(desk, story.FIRE_ONE, story.FIRE_TWO).incident
    clock.forward(3)
    story.send(desk, fire, story.MEDICAL, serves="medical")
    measures = drafting.draft(desk, incident_id=fire.id, from_tier=desk.tier, to_tier=CITY, channel=PHONE).value.element("measures").text
    assert measures.count("(ordered ") == 2 and "3 teams sent" in measures


def test_of_many_teams_the_phone_tells_how_many_and_who_is_there_and_the_written_report_names_all(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    sent = (story.FIRE_ONE, story.FIRE_TWO, story.SPECIAL, story.MEDICAL, story.GAS, story.POLICE, story.POWER)
    fire = story.take(desk, *sent).incident
    def measures(channel: Channel) -> str:
        drafted = drafting.draft(desk, incident_id=fire.id, from_tier=desk.tier, to_tier=CITY, channel=channel).value
        return drafted.element("measures").text
    assert "7 teams sent, none on scene yet." in measures(PHONE)
    teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.ON_SCENE)
    assert "7 teams sent, 1 on scene: " in measures(PHONE) and "(ordered" not in measures(PHONE)
    assert "(ordered" in measures(WRITTEN)


def test_a_written_report_needs_a_signer_and_a_sent_one_is_never_changed(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    draft = drafting.draft(desk, incident_id=fire, from_tier=STREET_T, to_tier=DISTRICT, channel=WRITTEN).value
    with pytest.raises(SignerMissing):
        reports.sign_and_send(desk, report_id=draft.id)
    changed = reports.change_draft(desk, report_id=draft.id, elements=(Element("loss", "约 50 万元"),), signer="张主任",
                                   version=draft.version).value
    with pytest.raises(Stale):
        reports.change_draft(desk, report_id=draft.id, title="另一个", version=draft.version)
    sent = reports.sign_and_send(desk, report_id=changed.id).value
    assert sent.number == "990101-2026-0001-R01" and sent.signer == "张主任"
    with pytest.raises(ReportNotOpen):
        reports.change_draft(desk, report_id=draft.id, title="另一个")
    with pytest.raises(ReportNotOpen):
        reports.discard_draft(desk, report_id=draft.id)


def test_a_tier_sends_its_own_reports_upward_only(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    with pytest.raises(NotOwnTier):
        drafting.draft(desk, incident_id=fire, from_tier=DISTRICT, to_tier=CITY, channel=PHONE)
    with pytest.raises(FieldUnreadable):
        drafting.draft(acting_as(desk, "leader"), incident_id=fire, from_tier=DISTRICT, to_tier=STREET_T, channel=PHONE)
    with pytest.raises(FieldMissing):
        reports.record_heard_report(desk, incident_id=fire, from_tier=STREET_T, to_tier=DISTRICT, channel=PHONE, heard_from=" ")
    with pytest.raises(RoleMissing):
        drafting.draft(acting_as(desk, "observer"), incident_id=fire, from_tier=DISTRICT, to_tier=CITY, channel=PHONE)


def test_a_report_past_a_tier_copies_that_tier_and_meets_what_it_is_owed(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    acting_as(desk, "leader")
    reports.owe_at_once(desk, incident_id=fire, reason="可能大量人员被困")
    assert dues(desk, fire)[STREET_T, DISTRICT, Channel.ANY] == [(clock_at(19, 31), DueState.OPEN)]
    report = send(desk, fire, CITY, PHONE, who="street")
    assert report.copies_to == (DISTRICT.value,)
    owed = dues(desk, fire)
    assert owed[STREET_T, DISTRICT, Channel.ANY][0][1] is DueState.MET
    assert owed[CITY, PROVINCE, Channel.ANY] == [(clock_at(19, 31), DueState.OPEN)], "the city knows now, and owes the province"


def test_a_due_is_skipped_with_a_reason_only(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    owed = reports.list_due(desk, incident_id=fire)[0]
    with pytest.raises(ReasonMissing):
        reports.skip_due(desk, due_id=owed.due.id, reason=" ")
    assert reports.skip_due(desk, due_id=owed.due.id, reason="区已在现场").value.state is DueState.SKIPPED
    assert any(line.entry.happening is Happening.REPORT_SKIPPED and line.entry.text == "区已在现场"
               for line in incidents.read_log(desk, incident_id=fire))


def test_dues_stand_among_what_the_board_waits_for_until_they_are_met(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    lines = [line for line in boards.what_presses(desk).lines if line.kind == "report"]
    assert [line.due_at for line in lines] == [clock_at(19, 46), clock_at(20, 1)]
    send(desk, fire, DISTRICT, PHONE, who="street")
    assert [line.due_at for line in boards.what_is_due(desk, incident_id=fire) if line.kind == "report"] == [
        clock_at(20, 1), clock_at(20, 1), clock_at(20, 31)]


def test_a_false_alarm_lets_every_due_lapse_and_a_close_owes_the_final_report(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    send(desk, fire, DISTRICT, PHONE, who="street")
    send(desk, fire, DISTRICT, WRITTEN, who="street")
    clock.set(23, 0)
    incidents.close_incident(desk, incident_id=fire)
    left = [(due.kind, due.due_at) for due in (each.due for each in reports.list_due(desk, incident_id=fire)) if due.from_tier is STREET_T]
    assert left == [(ReportKind.FINAL, clock_at(23, 0, day=6))]
    final = drafting.draft(desk, incident_id=fire, from_tier=STREET_T, to_tier=DISTRICT, channel=WRITTEN).value
    assert final.kind is ReportKind.FINAL
    incidents.reopen_incident(desk, incident_id=fire, reason="复燃")
    incidents.close_incident(desk, incident_id=fire, false_alarm=True)
    assert incidents.open_room(desk, incident_id=fire).incident.state is IncidentState.FALSE_ALARM
    assert reports.list_due(desk, incident_id=fire) == ()


def test_the_profile_is_a_setting_and_the_day_goes_on_by_the_clock(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, clock, fire = evening
    acting_as(desk, "administrator")
    report_settings.choose_profiles(desk, profiles=["strict_a", "common"])
    assert report_settings.read_report_settings(desk).name == "strict_a"
    with pytest.raises(FieldUnreadable):
        report_settings.choose_profiles(desk, profiles=["nowhere"])
    acting_as(desk, "leader")
    send(desk, fire, DISTRICT, PHONE, who="street")
    incidents.report_figures(desk, incident_id=fire, figures=Figures(dead=3))

    def follow_ups() -> list[datetime]:
        return [each.due.due_at for each in reports.list_due(desk, incident_id=fire)
                if each.due.kind is ReportKind.FOLLOW_UP and each.due.from_tier is DISTRICT]

    assert follow_ups() == [clock_at(8, 0, day=6), clock_at(17, 0, day=6)]
    clock.set(9, 0, day=date(2026, 11, 6))
    assert reports.renew_dues(desk).value == 1
    assert follow_ups()[-1] == clock_at(8, 0, day=7)
    assert reports.renew_dues(desk).value == 0


def test_all_of_it_is_sound_when_looked_over(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    send(desk, fire, DISTRICT, PHONE, who="street")
    assert integrity.check(desk).is_sound


def test_a_met_due_without_its_report_is_found_when_the_store_is_looked_over(evening: tuple[Desk, SetClock, Id]) -> None:
    desk, _clock, fire = evening
    send(desk, fire, DISTRICT, PHONE, who="street")
    with desk.open_work() as work:
        due = work.report_dues.where("WHERE state = 'met'")[0]
        work.report_dues.put(replace(due, met_at=clock_at(19, 40), report_id=None))
        work.commit("a_slip")
    assert {difference.what for difference in integrity.check(desk).differences} == {"due"}
