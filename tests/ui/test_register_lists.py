"""The lists of units, sites and agreements: retired and brought back, and at one place imported, exported and printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import units
from emergency_desk.services.desk import Desk
from emergency_desk.ui.units.agreements_page import own_words
from emergency_desk.ui.workplace import AGREEMENT_FORM, AGREEMENTS, SITES, TEAMS, UNITS
from tests.builders import STREET, make_desk
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = make_desk(tmp_path, account="leader")
    units.keep_unit(desk, unit=Unit(Id(""), UnitKind.DEPARTMENT, "气象局", duty_phone="0532-80000001"))
    units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.HOSPITAL, name="市立医院", area_id=STREET, capacity=900))
    units.keep_agreement(desk, agreement=Agreement(Id(""), "协 1", AgreementKind.MUTUAL_AID, "邻厂消防队", arrival_minutes=5,
                                                   signed_on=date(2026, 1, 1), phone="0532-80000002"))
    return desk


@pytest.fixture
def keeper(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    return Keeper(qtbot, desk, tmp_path)


@pytest.mark.parametrize(("page", "name"), [(UNITS, "气象局"), (SITES, "市立医院")])
def test_a_retired_entry_leaves_the_list_and_comes_back(keeper: Keeper, page: str, name: str) -> None:
    shown = keeper.show(page)
    assert name in " ".join(texts(shown.lines))
    shown.lines.setFocus()
    keeper.press("R")
    assert texts(shown.lines) == []
    keeper.press("Alt+R")
    keeper.wait(lambda: name in " ".join(texts(shown.lines)))
    assert shown.retire_button.text() == "Bring back"
    shown.lines.setFocus()
    keeper.press("R", "Alt+R")
    keeper.wait(lambda: name in " ".join(texts(shown.lines)))
    assert shown.retire_button.text() == "Retire"


def test_a_unit_s_duty_phone_that_was_rung_is_kept_with_one_letter(keeper: Keeper) -> None:
    shown = keeper.show(UNITS)
    assert "never" in " ".join(texts(shown.facts)) and shown.tried_buttons.isVisible()
    shown.lines.setFocus()
    keeper.press("N")
    assert "no answer on 2026-11-05" in " ".join(texts(shown.facts))
    keeper.press("A")
    assert "answered on 2026-11-05" in " ".join(texts(shown.facts))
    assert "气象局" in " ".join(texts(shown.lines))


def test_retiring_is_undone_from_the_notice(keeper: Keeper, desk: Desk) -> None:
    keeper.show(UNITS).lines.setFocus()
    keeper.press("R")
    assert units.list_units(desk) == []
    keeper.window.notices.do_act()
    keeper.settle()
    assert [unit.name for unit in units.list_units(desk)] == ["气象局"]


def test_an_agreement_says_whether_it_counts_as_own_and_why_not(keeper: Keeper) -> None:
    page = keeper.show(AGREEMENTS)
    assert any("yes: signed, in force" in words for words in texts(page.facts))
    one = Agreement(Id(""), "", AgreementKind.MUTUAL_AID, "甲", arrival_minutes=6, signed_on=date(2026, 1, 1))
    assert "6 min is more than 5" in own_words(one, date(2026, 5, 1))
    assert "not signed" in own_words(one, date(2025, 5, 1))


def test_an_agreement_is_found_by_initials_changed_and_kept(keeper: Keeper, desk: Desk) -> None:
    keeper.show(AGREEMENTS)
    keeper.words("lcxf")
    keeper.wait(lambda: len(keeper.page.lines.lines) == 1)
    keeper.press("Down", "Return")
    assert keeper.window.page_id == AGREEMENT_FORM
    keeper.type_into("arrival_minutes", "x")
    keeper.press("Ctrl+S")
    assert keeper.window.page_id == AGREEMENT_FORM
    keeper.type_into("arrival_minutes", "12")
    keeper.press("Ctrl+S")
    assert [one.arrival_minutes for one in units.list_agreements(desk)] == [12]


@pytest.mark.parametrize(("page", "kind"), [(TEAMS, "teams"), (UNITS, "units"), (SITES, "sites"), (AGREEMENTS, "agreements")])
def test_every_list_is_exported_with_the_same_key(
    keeper: Keeper, tmp_path: Path, page: str, kind: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / f"{kind}.xlsx"), ""))
    keeper.show(page)
    keeper.press("Ctrl+E")
    if page == TEAMS:
        keeper.press("Return")
    keeper.wait(lambda: (tmp_path / f"{kind}.xlsx").exists())


@pytest.mark.parametrize(("page", "kind"), [(TEAMS, "teams"), (UNITS, "units"), (SITES, "sites"), (AGREEMENTS, "agreements")])
def test_every_list_opens_the_import_for_its_own_kind(keeper: Keeper, page: str, kind: str) -> None:
    begun: list[str] = []

    class Imports(QWidget):
        def begin(self, kind: str) -> None:
            begun.append(kind)

    keeper.window.add_page("imports", Imports)
    keeper.show(page)
    keeper.press("Ctrl+I")
    assert begun == [kind]


@pytest.mark.parametrize(("page", "key", "paper"), [
    (TEAMS, "Shift+F9", "contact-list"), (UNITS, "F9", "contact-list"), (SITES, "F9", "site-list"), (AGREEMENTS, "F9", "agreement-list")])
def test_every_list_is_printed_as_its_paper(keeper: Keeper, page: str, key: str, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(type(keeper.place), "print_register", lambda _self, name, about_id=None: asked.append(name))
    keeper.show(page)
    keeper.press(key)
    assert asked == [paper]
