"""Figures that change after the close: a supplement on the day it is known, within 7 days for a fire; later only a note (domain D8, §15 (c))."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import IncidentIsClosed, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, Grade, Happening, IncidentState
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.next_acts import NextActKind
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportDue, ReportKind
from emergency_desk.errands import drafting
from emergency_desk.services import incidents, integrity, reports
from emergency_desk.services.desk import Desk
from emergency_desk.wording.log_lines import told
from tests import story
from tests.builders import SetClock, make_desk

NO_GRACE = timedelta(0)


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, account="leader", clock=clock)


@pytest.fixture
def closed(desk: Desk, clock: SetClock) -> Id:
    """A fire of 5 November with two dead, closed the same night."""
    incident = story.opened(desk)
    incidents.report_figures(desk, incident_id=incident.id, figures=Figures(dead=2, trapped=0))
    clock.forward(60)
    return incidents.close_incident(desk, incident_id=incident.id).value.id


def supplements(desk: Desk, incident_id: Id) -> list[ReportDue]:
    owed = (each.due for each in reports.list_due(desk, incident_id=incident_id, with_ended=True))
    return [due for due in owed if due.kind is ReportKind.SUPPLEMENT]


def day(number: int, hour: int = 9) -> datetime:
    return from_local(date(2026, 11, number), hour, 0)


def last_words(desk: Desk, incident_id: Id, happening: Happening) -> list[str]:
    log = incidents.read_log(desk, incident_id=incident_id)
    return [told(line.entry) for line in log if line.entry.happening is happening]


def test_a_death_within_the_window_is_owed_the_same_day_and_judged_anew_upward(desk: Desk, clock: SetClock, closed: Id) -> None:
    clock.at = day(11)
    before = incidents.open_room(desk, incident_id=closed)
    now = incidents.report_figures(desk, incident_id=closed, figures=Figures(dead=3), reported_by="市北区医院").value
    assert (now.state, now.dead, now.grade) == (IncidentState.CLOSED, 3, Grade.RELATIVELY_MAJOR)
    assert [(due.clock_at, due.due_at) for due in supplements(desk, closed)] == [(day(11), from_local(date(2026, 11, 11), 23, 59, 59))]
    after = incidents.open_room(desk, incident_id=closed)
    assert (after.tasks, after.incident.plan_level) == (before.tasks, before.incident.plan_level)
    assert after.next_act.kind is NextActKind.REPORT
    assert "supplement after the close" in last_words(desk, closed, Happening.FIGURES)[0]
    assert integrity.check(desk).is_sound


def test_the_supplement_is_sent_from_the_closed_incident(desk: Desk, clock: SetClock, closed: Id) -> None:
    clock.at = day(11)
    incidents.report_figures(desk, incident_id=closed, figures=Figures(dead=3))
    due = supplements(desk, closed)[0]
    clock.forward(60)
    draft = drafting.draft(desk, incident_id=closed, from_tier=due.from_tier, to_tier=due.to_tier, channel=Channel.PHONE,
                           kind=ReportKind.SUPPLEMENT).value
    reports.sign_and_send(desk, report_id=draft.id, received_by="市值班员", read_back=True)
    assert [one.was_on_time(NO_GRACE) for one in supplements(desk, closed)] == [True]
    assert incidents.open_room(desk, incident_id=closed).next_act.kind is not NextActKind.REPORT


def test_outside_the_window_it_is_an_information_note_and_the_grade_stays(desk: Desk, clock: SetClock, closed: Id) -> None:
    clock.at = day(13)
    now = incidents.report_figures(desk, incident_id=closed, figures=Figures(dead=3)).value
    assert (now.dead, now.grade) == (3, Grade.ORDINARY)
    assert supplements(desk, closed) == []
    assert "information note only" in last_words(desk, closed, Happening.REPORT)[0]


def test_fewer_dead_asks_for_a_reason_and_never_lowers_the_grade(desk: Desk, clock: SetClock, closed: Id) -> None:
    clock.at = day(11)
    incidents.report_figures(desk, incident_id=closed, figures=Figures(dead=3))
    with pytest.raises(ReasonMissing):
        incidents.report_figures(desk, incident_id=closed, figures=Figures(dead=2))
    now = incidents.report_figures(desk, incident_id=closed, figures=Figures(dead=2), reason="重复统计").value
    assert (now.dead, now.grade) == (2, Grade.RELATIVELY_MAJOR)


def test_everything_else_is_still_refused(desk: Desk, closed: Id) -> None:
    for act in (lambda: incidents.add_task(desk, incident_id=closed, title="回访"),
                lambda: incidents.correct_incident(desk, incident_id=closed, title="x"),
                lambda: incidents.set_state(desk, incident_id=closed, state=IncidentState.RESPONDING)):
        with pytest.raises(IncidentIsClosed):
            act()


def test_a_false_alarm_takes_no_figures(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.close_incident(desk, incident_id=incident.id, false_alarm=True)
    with pytest.raises(IncidentIsClosed):
        incidents.report_figures(desk, incident_id=incident.id, figures=Figures(dead=1))
