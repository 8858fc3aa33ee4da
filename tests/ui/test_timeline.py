"""The timeline: both times of every line, by kind and words; a correction and what it corrects lead to each other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.incidents import Figures, Happening, Incident
from emergency_desk.domain.timeline import HAPPENINGS, LogFilter, TimelineKind
from emergency_desk.errands import papers
from emergency_desk.errands.papers import INCIDENT_LOG, PaperAsked
from emergency_desk.services import incidents
from emergency_desk.services.timeline import timeline
from emergency_desk.ui.incidents.room_lines import MORE
from emergency_desk.ui.incidents.timeline_page import TimelinePage
from emergency_desk.ui.workplace import AFTER, ROOM, TIMELINE
from emergency_desk.wording.catalog import use_language
from tests import story
from tests.builders import SetClock, make_desk
from tests.reports.sheets import FONTS, closed_up, text_of
from tests.ui.fitting import cut_labels
from tests.ui.seat import Seat, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


@pytest.fixture
def fire(seat: Seat, clock: SetClock) -> Incident:
    desk = seat.desk
    incident = story.take(desk, story.FIRE_ONE).incident
    clock.forward(12)
    line = incidents.write_log(desk, incident_id=incident.id, text="two people on the roof", occurred_at=clock.at - timedelta(minutes=9)).value
    incidents.report_figures(desk, incident_id=incident.id, figures=Figures(trapped=2))
    incidents.correct_log(desk, entry_id=line.id, text="three people on the roof")
    return incident


def opened(seat: Seat, incident: Incident) -> TimelinePage:
    seat.place.open_timeline(incident.id)
    seat.settle()
    page = seat.window.page
    assert isinstance(page, TimelinePage)
    return page


def searched(page: TimelinePage, seat: Seat, text: str) -> None:
    page.search.setText(text)
    page._pause.stop()
    page._ask_anew()
    seat.settle()


# -- the reading ------------------------------------------------------------------------------------------------------
def test_every_happening_but_the_corrections_of_others_has_one_kind() -> None:
    kinds = [happening for kind in TimelineKind for happening in HAPPENINGS[kind]]
    assert sorted(kinds) == sorted(Happening), "each line is found under exactly one kind besides all"


def test_kinds_and_words_let_lines_through(seat: Seat, fire: Incident) -> None:
    def found(kind: TimelineKind = TimelineKind.ALL, text: str = "") -> list[Happening]:
        return [line.entry.happening for line in timeline(seat.desk, incident_id=fire.id, only=LogFilter(kind, text)).lines]

    assert Happening.FIGURES in found(TimelineKind.FIGURES) and set(found(TimelineKind.FIGURES)) <= HAPPENINGS[TimelineKind.FIGURES]
    assert set(found(TimelineKind.ORDERS)) <= HAPPENINGS[TimelineKind.ORDERS]
    assert found(text="roof people") == [Happening.CORRECTED, Happening.NOTE]
    assert Happening.TEAM_SENT in found(text="消防一站")
    assert found(TimelineKind.ORDERS, "roof") == []
    assert found(text="100%") == [], "a sign of the search language is only a sign"
    assert found(text="leader"), "who wrote it is found too"


def test_counts_are_of_the_filter_and_of_all(seat: Seat, fire: Incident) -> None:
    seen = timeline(seat.desk, incident_id=fire.id, only=LogFilter(text="roof"), limit=1)
    assert (len(seen.lines), seen.found) == (1, 2) and seen.total > 4


# -- the page ---------------------------------------------------------------------------------------------------------
def test_a_late_line_says_by_how_much_and_both_times_stand(seat: Seat, fire: Incident) -> None:
    page = opened(seat, fire)
    told = next(line for line in texts(page.lines) if "two people" in line)
    assert "+9 min late" in told and "19:34" in told and "19:43" in told


def test_a_correction_leads_to_what_it_corrects_and_back(seat: Seat, fire: Incident) -> None:
    page = opened(seat, fire)
    correction = next(line for line in page.lines.lines if "three people" in line.cells[3].text)
    first = next(line for line in page.lines.lines if line.cells[3].text == "two people on the roof")
    assert "two people on the roof" in correction.cells[3].below and "three people on the roof" in first.cells[3].below
    page.lines.choose(correction.key)
    seat.press("Return")
    assert page.lines.current_key == first.key
    seat.press("Alt+J")
    assert page.lines.current_key == correction.key


def test_a_jump_lifts_the_filter_that_hides_the_other_end(seat: Seat, fire: Incident) -> None:
    page = opened(seat, fire)
    page.choose(TimelineKind.CORRECTIONS)
    seat.settle()
    assert len(page.lines.lines) == 1
    page.lines.choose(page.lines.lines[0].key)
    seat.press("Alt+J")
    assert page.kind is TimelineKind.ALL
    found = next(line for line in page.lines.lines if line.key == page.lines.current_key)
    assert found.cells[3].text == "two people on the roof"


def test_a_jump_reads_on_as_far_as_the_other_end(seat: Seat, fire: Incident) -> None:
    desk = seat.desk
    first = incidents.write_log(desk, incident_id=fire.id, text="the first word").value
    for number in range(260):
        incidents.write_log(desk, incident_id=fire.id, text=f"word {number}")
    incidents.correct_log(desk, entry_id=first.id, text="mended")
    page = opened(seat, fire)
    assert len(page.lines.lines) == 201 and page.lines.lines[-1].key == MORE
    page.lines.choose(page.lines.lines[0].key)
    seat.press("Alt+J")
    assert page.lines.current_key == first.id


def test_older_lines_come_page_by_page(seat: Seat, fire: Incident) -> None:
    for number in range(230):
        incidents.write_log(seat.desk, incident_id=fire.id, text=f"word {number}")
    page = opened(seat, fire)
    page.lines.choose(MORE)
    seat.press("Return")
    assert page.lines.lines[-1].key != MORE and len(page.lines.lines) == incidents.open_room(seat.desk, incident_id=fire.id).log_total


def test_search_while_typing_and_escape_clears_it_first(seat: Seat, fire: Incident, qtbot: QtBot) -> None:
    page = opened(seat, fire)
    everything = len(page.lines.lines)
    seat.press("Ctrl+F")
    seat.words("roof")
    qtbot.waitUntil(lambda: len(page.lines.lines) == 2)
    seat.press("Escape")
    qtbot.waitUntil(lambda: len(page.lines.lines) == everything)
    assert seat.window.page_id == TIMELINE


def test_the_kinds_turn_by_the_keyboard(seat: Seat, fire: Incident) -> None:
    page = opened(seat, fire)
    seat.press("Alt+Right")
    assert page.kind is TimelineKind.ORDERS
    seat.press("Alt+Left", "Alt+Left")
    assert page.kind is TimelineKind.AFTERMATH
    assert page.lines.lines == () and "No line" in page.lines._empty


def test_a_line_is_corrected_in_place(seat: Seat, fire: Incident) -> None:
    page = opened(seat, fire)
    page.choose(TimelineKind.WORDS)
    seat.settle()
    page.lines.choose(page.lines.lines[0].key)
    seat.press("C")
    page.form.editors["text"].setText("four people")  # type: ignore[attr-defined]
    seat.press("Return")
    assert incidents.read_log(seat.desk, incident_id=fire.id)[0].entry.text == "four people"


def test_it_is_reached_from_room_and_aftermath(seat: Seat, fire: Incident) -> None:
    seat.open_room(fire.id)
    seat.press("Alt+M")
    assert seat.window.page_id == TIMELINE
    seat.press("Escape")
    assert seat.window.page_id == ROOM
    seat.place.open_after(fire.id)
    seat.settle()
    seat.press("Alt+M")
    assert seat.window.page_id == TIMELINE
    seat.press("Escape")
    assert seat.window.page_id == AFTER


def test_only_the_chosen_lines_are_printed_and_the_paper_says_so(seat: Seat, fire: Incident, tmp_path: Path) -> None:
    page = opened(seat, fire)
    searched(page, seat, "roof")
    seat.press("F9")
    assert seat.papers.shown[-1] == (INCIDENT_LOG, fire.id)
    sheet = papers.read_sheet(seat.desk, PaperAsked(INCIDENT_LOG, about_id=fire.id, only=page.only))
    done = papers.set_paper(sheet, tmp_path / "log.pdf", papers.PaperSettings("en", FONTS))
    text = closed_up("".join(text_of(done.path)))
    assert "withthewords\"roof\"" in text and "twopeopleontheroof" in text and "消防一站" not in text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut(seat: Seat, fire: Incident, language: str) -> None:
    use_language(language)
    opened(seat, fire)
    assert cut_labels(seat.window) == []
