"""The reader's cards, its numbers to ring and its ways to linked plans: read, walked and rung from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_cards import cards_of
from emergency_desk.domain.plan_shelf import HeldPlans
from emergency_desk.domain.plans import Level, Plan
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import units
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.plans.side import View
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import catalog
from tests.builders import acting_as, trade
from tests.ui.fitting import cut_labels
from tests.ui.test_plan_reader import FIRE, Seat

PHONE = "0532-88880001"


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path)
    yield seat
    seat.window.close()
    seat.desk.store.close()


def fire() -> Plan:
    return trade().plan(FIRE, "1.0")


def use(seat: Seat, plan: Plan) -> None:
    """Let the desk know another fire plan."""
    plans = tuple(plan if one.code == plan.code else one for one in trade().current_plans)
    seat.desk.trade = replace(seat.desk.trade, shelf=HeldPlans(plans).shelf())


def with_numbers(seat: Seat) -> None:
    """Fill in the numbers of the first two contacts."""
    first, second, *rest = fire().contacts
    use(seat, replace(fire(), contacts=(replace(first, phone=PHONE), replace(second, phone="0532-88880002"), *rest)))


def words(page: PlansPage) -> list[str]:
    return [line.cells[1].text for line in page.side.cards.card.lines]


def contact(page: PlansPage, number: int) -> tuple[str, Shape]:
    """Return what is told of a contact, and its shape."""
    cells = page.side.contacts.list.lines[number].cells
    return cells[0].below, cells[1].shape


# -- cards ------------------------------------------------------------------------------------------------------------
def test_the_cards_open_at_the_duty_officer_of_the_desk_s_tier(seat: Seat) -> None:
    page = seat.open()
    seat.window.acts.do("plans_cards")
    assert (page.side.view, page.side.cards.tier, page.side.cards.card.hasFocus()) == (View.CARDS, Tier.DISTRICT, True)
    card = cards_of(fire(), Tier.DISTRICT)[0]
    assert next(line.cells[0].text for line in page.side.cards.posts.lines) == "District duty officer"
    assert words(page)[0] == card.trigger.en
    assert [step.text.en for step in card.steps] == words(page)[1:1 + len(card.steps)]
    assert words(page)[-3:] == [card.never.en, card.resources.en, card.withdraw_when.en]
    never = next(line for line in page.side.cards.card.lines if line.key == "never")
    assert (never.cells[0].text, never.cells[1].tone) == ("Never do", Tone.RED)


def test_a_step_leads_to_the_clause_of_its_action(seat: Seat) -> None:
    page = seat.open()
    page.side.cards.card.opened.emit("step 3")
    assert page.text.marked == "5.1.3"


def test_another_tier_and_another_post_show_their_own_card(seat: Seat) -> None:
    page = seat.open()
    page.side.cards.tiers[Tier.STREET].setChecked(True)
    assert page.side.cards.shown == cards_of(fire(), Tier.STREET)[0]
    page.side.cards.posts.choose("s_leader")
    assert page.side.cards.shown is not None and page.side.cards.shown.id == "s_leader"
    assert words(page)[0] == page.side.cards.shown.trigger.en


def test_from_an_incident_the_steps_of_higher_levels_step_back(seat: Seat) -> None:
    seat.place.open_card(FIRE, "1.0", Tier.DISTRICT, Level.IV)
    page = seat.window.page
    assert isinstance(page, PlansPage) and page.side.view is View.CARDS

    def tones() -> list[Tone]:
        return [line.cells[1].tone for line in page.side.cards.card.lines if line.key.startswith("step")]

    assert tones() == [*[Tone.TEXT] * 6, Tone.SECONDARY]
    seat.place.open_card(FIRE, "1.0", Tier.DISTRICT, Level.III)
    assert tones() == [Tone.TEXT] * 7


def test_a_card_shows_the_number_the_register_knows(seat: Seat) -> None:
    page = seat.open()
    assert any(told == "Duty desk, City emergency management: ________" for told in words(page))
    done = units.keep_unit(acting_as(seat.desk, "keeper"), unit=Unit(Id(""), UnitKind.DEPARTMENT, "市应急管理部门", duty_phone=PHONE))
    seat.place.background.announce(done.changes)
    assert any(told == f"Duty desk, City emergency management: {PHONE}" for told in words(page))


def test_a_plan_without_cards_says_so(seat: Seat) -> None:
    use(seat, replace(fire(), cards=()))
    page = seat.open()
    seat.window.acts.do("plans_cards")
    assert page.side.cards.posts.lines == () and page.side.cards.shown is None


# -- numbers ----------------------------------------------------------------------------------------------------------
def test_a_number_that_was_rung_is_kept_with_one_letter(seat: Seat, qtbot: QtBot) -> None:
    with_numbers(seat)
    page = seat.open()
    seat.window.acts.do("plans_contacts")
    assert page.side.contacts.list.hasFocus()
    assert contact(page, 0) == ("never tried", Shape.DUE)
    qtbot.keyClick(page.side.contacts.list, Qt.Key.Key_N)
    assert contact(page, 0) == ("no answer on 2026-11-05", Shape.DOUBTFUL)
    qtbot.keyClick(page.side.contacts.list, Qt.Key.Key_A)
    assert contact(page, 0) == ("answered on 2026-11-05", Shape.DONE)
    assert contact(page, 1) == ("never tried", Shape.DUE)


def test_a_contact_without_a_number_cannot_be_rung(seat: Seat, qtbot: QtBot) -> None:
    with_numbers(seat)
    page = seat.open()
    seat.window.acts.do("plans_contacts")
    page.side.contacts.list.choose(page.side.contacts.list.lines[2].key)
    assert not page.side.contacts.buttons.isVisible()
    qtbot.keyClick(page.side.contacts.list, Qt.Key.Key_A)
    assert contact(page, 2)[0] == "to be filled in"


def test_the_finding_that_asks_for_a_try_takes_it(seat: Seat) -> None:
    with_numbers(seat)
    page = seat.open()
    seat.window.acts.do("plans_check")
    asked = [line for line in page.side.check.list.lines if "never tried" in line.cells[0].text]
    assert len(asked) == 2
    page.side.check.list.choose(asked[0].key)
    assert page.side.check.buttons.isVisible() and page.text.marked == "10.5"
    page.side.check.buttons.answered.click()
    assert sum("never tried" in line.cells[0].text for line in page.side.check.list.lines) == 1


def test_who_may_not_try_is_offered_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    seat = Seat(qtbot, tmp_path)
    acting_as(seat.desk, "observer")
    with_numbers(seat)
    page = seat.open()
    seat.window.acts.do("plans_contacts")
    page.side.contacts.list.choose_first()
    assert not page.side.contacts.buttons.isVisible()
    seat.window.close()
    seat.desk.store.close()


# -- links ------------------------------------------------------------------------------------------------------------
def test_the_plans_above_and_beside_are_a_way_there(seat: Seat) -> None:
    page = seat.open()
    assert page.links.codes[0] == "overall" and set(page.links.codes[1:]) == set(fire().aligned)
    page.links.linkActivated.emit("hazmat")
    assert page.text_panel.title.text() == "Contingency Plan for Hazardous Chemicals Accidents"
    seat.window.acts.do("plans_above")
    assert page.text_panel.title.text() == "Overall Contingency Plan"
    assert len(page.links.codes) == len(trade().current_plans) - 1
    assert page.plans.current_key == "overall 1.0"


def test_a_link_to_a_plan_nobody_has_is_told_and_leads_nowhere(seat: Seat) -> None:
    use(seat, replace(fire(), parent="gone", aligned=()))
    page = seat.open()
    assert "Not known here: gone" in page.links.text() and "gone" not in page.links.codes
    seat.window.acts.do("plans_above")
    assert page.text_panel.title.text() == "Contingency Plan for Building Fires"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("code", [FIRE, "overall", "typhoon_flood"])
def test_cards_and_numbers_fit_the_small_screen(qtbot: QtBot, tmp_path: Path, language: str, code: str) -> None:
    catalog.use_language(language)
    seat = Seat(qtbot, tmp_path)
    with_numbers(seat)
    seat.window.resize(1366, 768)
    page = seat.open("", code=code)
    for act in ("plans_cards", "plans_contacts", "plans_check"):
        seat.window.acts.do(act)
        qtbot.wait(20)
        assert cut_labels(page) == [], act
    seat.window.close()
    seat.desk.store.close()
