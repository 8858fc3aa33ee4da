"""The page of who is missing by name, by the keyboard: a village reads its list out, a daughter asks, somebody is with relatives or found."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.errands import shelter_paper_rows as rows
from emergency_desk.services import evacuation, missing_people
from emergency_desk.services.desk import Desk
from emergency_desk.ui.papers.preview import PaperPage
from emergency_desk.ui.shelters.missing_page import MissingPage
from emergency_desk.ui.shelters.shelters_page import SheltersPage
from emergency_desk.ui.workplace import PAPER, SHELTER_MISSING, SHELTERS
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.shelters import open_it, person, register, sheltering_desk
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return sheltering_desk(tmp_path, clock)


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident


@pytest.fixture
def village(desk: Desk, incident: Incident) -> Id:
    return evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="张家河", to_move=6, vulnerable=2).value.id


@pytest.fixture
def gym(desk: Desk, incident: Incident, village: Id) -> Id:
    return open_it(desk, incident)


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, gym: Id, tmp_path: Path) -> Keeper:
    made = Keeper(qtbot, desk, tmp_path)
    made.show(SHELTER_MISSING)
    made.settle()
    return made


def missing(desk: Desk, incident: Incident) -> list[str]:
    return [one.person.name for village in missing_people.list_missing(desk, incident_id=incident.id) for one in village.people if one.person]


def take(seat: Keeper, words: str = "王小明 123X 八十多 慢病；李红 5678；赵一") -> None:
    seat.press("Alt+N")
    seat.words(words)
    seat.page.form.set_answer("source", "村主任名单")
    seat.press("Return")


def test_a_village_reads_its_names_out_and_the_sum_stands_below(seat: Keeper, desk: Desk, incident: Incident) -> None:
    take(seat)
    assert "3 people are looked for." in seat.notice
    assert texts(seat.page.lines)[0].strip().startswith("王小明")
    told = texts(seat.page.villages)[0]
    assert "张家河" in told and "only the number is known" in told
    assert "3 by name · 3 more by number alone" in seat.page.panel.note.text()


def test_somebody_is_with_relatives_and_that_is_taken_back(seat: Keeper, desk: Desk, incident: Incident) -> None:
    take(seat)
    seat.press("R")
    seat.words("网格员")
    seat.press("Return")
    assert missing(desk, incident) == ["李红", "赵一"]
    assert evacuation.reconcile(desk, incident_id=incident.id)[0].sum.with_relatives == 1
    seat.press("Alt+U")
    assert missing(desk, incident)[0] == "王小明"
    seat.press("A", "Return")
    assert evacuation.reconcile(desk, incident_id=incident.id)[0].sum.away == 1


def test_who_bears_the_name_is_shown_and_recognised_or_told_apart(seat: Keeper, desk: Desk, incident: Incident, gym: Id) -> None:
    take(seat, "赵一；李红")
    register(desk, gym, person("赵一"))
    register(desk, gym, person("李红"))
    seat.page.forget()
    seat.settle()
    assert all("中学体育馆" in line for line in texts(seat.page.lines))
    first = seat.page.chosen.person.name
    seat.press("J", "Return")
    assert first not in missing(desk, incident) and len(missing(desk, incident)) == 1
    seat.press("K", "Return")
    assert len(missing(desk, incident)) == 1 and "中学体育馆" not in texts(seat.page.lines)[0]
    seat.press("J")
    assert "Nobody of that name" in seat.notice


def test_somebody_asked_for_who_is_registered_is_told_at_once(seat: Keeper, desk: Desk, incident: Incident, gym: Id) -> None:
    register(desk, gym, person("周强", phone="13700003333"))
    seat.press("Ctrl+N")
    seat.words("周强 13700003333")
    seat.page.form.set_answer("asked_by", "女儿 13600004444")
    seat.press("Return")
    assert "周强 is registered: 中学体育馆" in seat.notice and not missing(desk, incident)
    seat.press("Ctrl+N")
    seat.words("孙一")
    seat.press("Return")
    assert missing(desk, incident) == ["孙一"] and "not known" in texts(seat.page.lines)[0]
    seat.press("Ctrl+N", "Return")
    assert seat.page.form.refusal.isVisible(), "nobody is looked for without a name"


def test_the_list_is_printed_and_the_page_of_shelters_leads_here_and_back(seat: Keeper, incident: Incident) -> None:
    seat.window.add_page(PAPER, lambda: PaperPage(seat.place))
    take(seat)
    seat.press("F9")
    page = seat.window.page
    assert isinstance(page, PaperPage) and [line.key.split(" ") for line in page.list.lines] == [
        [rows.MISSING, incident.id], [rows.TRANSFER, incident.id]]
    seat.show(SHELTERS)
    seat.press("Alt+W")
    assert isinstance(seat.page, MissingPage)
    seat.press("Escape")
    assert isinstance(seat.page, SheltersPage)


def test_with_nothing_to_be_moved_the_page_says_what_to_do(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    acting_as(desk, "officer")
    seat = Keeper(qtbot, desk, tmp_path)
    seat.show(SHELTER_MISSING)
    seat.press("Alt+N")
    assert "No village is to be moved" in seat.notice
    seat.press("Ctrl+N")
    assert "Take the call first" in seat.notice
