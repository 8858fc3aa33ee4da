"""Who sits at the desk: changing officers, keeping the accounts, and the password after a rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.founding import found_store
from emergency_desk.app.session import Session
from emergency_desk.domain.accounts import Role
from emergency_desk.errands.founding_city import Wanted
from emergency_desk.services import accounts, incidents
from emergency_desk.ui.incidents.board import DutyBoardPage
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.settings.accounts import ACCOUNTS, AccountsPage
from emergency_desk.ui.start.change_officer import OFFICER, DemoOfficersPage, points_of
from emergency_desk.ui.start.rest import RestWatch
from emergency_desk.ui.widgets.lines import line
from emergency_desk.ui.workplace import BOARD
from tests.builders import make_desk


def begun(qtbot: QtBot, qapp: QApplication, asked: Asked) -> Session:
    window = MainWindow(utc_now)
    qtbot.addWidget(window)
    window.show()
    made = Session(qapp, asked, window, inline=True)
    made.begin()
    return made


@pytest.fixture
def real(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """Return a session at a founded Zhongshan, with its first account signed in."""
    store = tmp_path / "own.store"
    found_store(store, Wanted(area="4420", account="wang", password="horse", display_name="王值班"))
    session = begun(qtbot, qapp, Asked(store=store, account="wang", password="horse"))
    yield session
    session.window.close()


@pytest.fixture
def demo(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """Return a session at a demo desk."""
    desk = make_desk(tmp_path)
    desk.store.close()
    session = begun(qtbot, qapp, Asked(store=tmp_path / "test.store", account="leader"))
    yield session
    session.window.close()


def test_at_a_demo_desk_any_officer_sits_down_without_a_password(demo: Session) -> None:
    assert demo.window.acts.do("change_officer")
    page = demo.window.page
    assert isinstance(page, DemoOfficersPage) and demo.window.page_id == OFFICER
    page.filter.setText("city")
    assert [line.key for line in page.lines.lines] == ["city"]
    before = demo.window
    page._seat("city")
    assert demo.window is not before and demo.window.page_id == BOARD
    assert demo.desk is not None and demo.desk.account is not None and demo.desk.account.name == "city"
    assert demo.window.top.officer.text() == "city"


def test_an_officer_is_found_within_a_column_and_never_over_the_edge_of_two() -> None:
    huangdao = line("huangdao_leader", "赵海涛", "带班领导", "黄岛区", "区市", "huangdao_leader")
    taidong = line("taidong_officer", "韩思源", "值班员", "台东街道", "镇街", "taidong_officer")
    assert points_of("td", huangdao) == 0, "the end of 海涛 and the beginning of 带班 are no word"
    assert points_of("td", taidong) and points_of("台东 值班", taidong) and points_of("", huangdao)


def test_a_real_desk_asks_the_next_officer_for_a_password(real: Session) -> None:
    assert real.desk is not None
    accounts.add_account(real.desk, name="li", display_name="李", roles=(Role.OBSERVER,), area_id=real.desk.area_id, password="moon")
    real.window.acts.do("change_officer")
    page = real.window.page
    page.name.setText("li")  # type: ignore[union-attr]
    page.password.setText("moon")  # type: ignore[union-attr]
    page.sign_in()  # type: ignore[union-attr]
    assert real.window.page_id == BOARD and real.window.top.officer.text() == "李"
    assert not real.window.acts.can("open_accounts")


def test_esc_leaves_the_officer_where_he_sits(real: Session) -> None:
    real.window.acts.do("change_officer")
    assert real.window.acts.do("officer_back")
    assert real.window.page_id == BOARD


def test_the_administrator_makes_changes_and_retires_an_account(real: Session) -> None:
    assert real.desk is not None
    assert real.window.acts.do("open_accounts") and real.window.page_id == ACCOUNTS
    page = real.window.page
    assert isinstance(page, AccountsPage)
    form = page.form
    form.name.setText("li")
    form.display_name.setText("李四")
    form.password.setText("moon")
    form.password_again.setText("sun")
    form.roles[Role.KEEPER].setChecked(True)
    page.save_account()
    assert form.password_again.property("refused") and len(page.lines.lines) == 1
    form.password_again.setText("moon")
    page.save_account()
    kept = {account.name: account for account in accounts.list_accounts(real.desk)}["li"]
    assert kept.roles == (Role.DUTY_OFFICER, Role.KEEPER)
    page._open("li")
    form.roles[Role.DUTY_OFFICER].setChecked(False)
    page.save_account()
    assert accounts.list_accounts(real.desk)[0].roles == (Role.KEEPER,)
    page.lines.choose("li")
    page.retire_account()
    assert accounts.list_accounts(real.desk)[0].is_retired
    real.window.notices.do_act()
    assert not accounts.list_accounts(real.desk)[0].is_retired


def test_after_a_rest_the_board_is_read_and_the_next_act_asks_for_the_password_in_place(real: Session) -> None:
    assert real.desk is not None
    watch = real._watch
    watch._touched_at -= 16 * 60
    watch.look()
    assert not watch.line.isHidden()
    board = real.window.page
    assert isinstance(board, DutyBoardPage)
    board.composer.setText("hello")
    board.composer.commit()
    assert board.composer.text() == "hello" and incidents.read_log(real.desk) == []
    watch.line.password.setText("guess")
    watch.line.wake()
    assert watch.line.password.property("refused")
    watch.line.password.setText("horse")
    watch.line.wake()
    assert watch.line.isHidden()
    board.composer.commit()
    assert [line.entry.text for line in incidents.read_log(real.desk)] == ["hello"]


def test_the_first_touch_after_each_look_is_heard_and_the_rest_costs_nothing(real: Session) -> None:
    watch, moments = real._watch, iter(range(100))
    watch._clock = lambda: next(moments)
    for _look in range(2):
        before = watch._touched_at
        QTest.keyClicks(real.window, "ab")
        touched = watch._touched_at
        assert touched != before
        QTest.keyClicks(real.window, "cd")
        assert watch._touched_at == touched, "nothing is listened for until the next look"
        watch.look()


def test_a_closed_desk_asks_nothing_more(demo: Session) -> None:
    watch = demo.window.findChild(RestWatch)
    assert watch is not None and watch.findChild(QTimer).isActive()
    demo.window.close()
    assert not watch.findChild(QTimer).isActive()
