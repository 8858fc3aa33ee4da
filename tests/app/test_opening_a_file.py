"""A file of plans that somebody opens from a file manager or a stick comes up in the desk's window, at what it brings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app import command_line, window
from emergency_desk.app.application import Asked, furnish_application
from emergency_desk.app.command_line import PLAN_FILE, parser
from emergency_desk.errands import plan_bundles
from emergency_desk.exchange.plan_bundles import ENDING
from emergency_desk.ui.plans.bundle_page import PlanBundlePage
from emergency_desk.ui.workplace import BOARD
from tests.builders import make_desk
from tests.flows.planning import PlanningDesk


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """Keep what the window is asked for, instead of opening one."""
    kept: list[Asked] = []
    monkeypatch.setattr(window, "run", lambda wanted, *_others: kept.append(wanted) or 0)
    return kept


@pytest.mark.parametrize("words", [
    ["{file}"], ["open", "{file}"], ["--lang", "en", "{file}"], ["--store", "{store}", "--json", "{file}"],
    ["open", "{file}", "--store", "{store}"],
])  # fmt: skip
def test_a_file_of_plans_is_opened_with_and_without_the_word(words: list[str], tmp_path: Path, asked: list[Asked]) -> None:
    file, store = tmp_path / "预案 1.EDPLAN", tmp_path / "my.store"
    assert command_line.run([word.format(file=file, store=store) for word in words]) == 0
    assert [each.file for each in asked] == [file]
    assert (asked[0].store == store) == ("--store" in words)


@pytest.mark.parametrize("words", [[], ["open"], ["--lang", "zh"]])
def test_without_a_file_the_window_opens_alone(words: list[str], asked: list[Asked]) -> None:
    assert command_line.run(words) == 0
    assert [each.file for each in asked] == [None]


def test_a_file_that_is_named_from_where_one_stands_is_found_later_too(
    tmp_path: Path, asked: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command_line.run(["there.edplan"])
    assert [each.file for each in asked] == [tmp_path / "there.edplan"]


@pytest.mark.parametrize("words", [["import", "plans", "in.edplan"], ["export", "plans", "--out", "out.edplan"]])
def test_the_commands_that_take_such_a_file_still_do(words: list[str]) -> None:
    assert parser().parse_args(command_line._with_command(words)).command == words[0]


def test_the_ending_is_the_one_that_is_written() -> None:
    assert PLAN_FILE == ENDING


def planning_desk(qtbot: QtBot, folder: Path, file: Path) -> PlanningDesk:
    return PlanningDesk(qtbot, folder, account="planner", minutes=0, code="990101", name="北河区应急指挥中心", file=file)


def test_who_sits_down_sees_what_the_file_brings_once(qtbot: QtBot, tmp_path: Path) -> None:
    there, file = make_desk(tmp_path, account="planner", name="there.store"), tmp_path / "there.edplan"
    plan_bundles.export_plans(there, path=file, codes=())
    there.store.close()
    desk = planning_desk(qtbot, tmp_path, file)
    page = desk.page
    assert isinstance(page, PlanBundlePage)
    assert page.path.path == file
    assert page.shown is not None and page.shown.arrivals
    desk.session._seat_anew()
    assert desk.window.page_id == BOARD
    desk.window.close()


def test_a_file_that_is_gone_is_told_in_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    desk = planning_desk(qtbot, tmp_path, tmp_path / "gone.edplan")
    page = desk.page
    assert isinstance(page, PlanBundlePage)
    assert page.shown is None and "gone.edplan" in page.told.text()
    desk.window.close()


def test_the_window_bears_the_desks_icon_in_every_size(qapp: QApplication, tmp_path: Path) -> None:
    before = qapp.windowIcon()
    furnish_application(qapp, Asked(store=tmp_path / "desk.store", scheme="light"))
    assert {size.width() for size in qapp.windowIcon().availableSizes()} >= {16, 32, 48, 256}
    qapp.setWindowIcon(before)
