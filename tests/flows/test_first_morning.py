"""From an empty folder to a staffed Zhongshan and its first orders, by keyboard alone, through the program's own session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.session import Session
from emergency_desk.domain.accounts import Role
from emergency_desk.domain.areas import Tier
from emergency_desk.services import incidents, integrity
from emergency_desk.services.desk import Desk
from emergency_desk.ui import dressing, fonts
from emergency_desk.ui.incidents.call_form import CallForm
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.settings.accounts import ACCOUNTS
from emergency_desk.ui.start.onboarding import ONBOARDING, OnboardingPage
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.workplace import BOARD, CALL, ROOM, TEAMS
from tests.ui.hands import Hands
from tests.ui.officer import ROOT


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """Return a session with real threads at an empty folder, as the program begins it."""
    fonts.apply(qapp, ROOT / "resources" / "fonts")
    dressing.apply(qapp, Scheme.LIGHT)
    window = MainWindow(utc_now)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Session(qapp, Asked(store=tmp_path / "desk.store"), window)
    made.begin()
    yield made
    made.window.close()
    QApplication.processEvents()


class Morning(Hands):
    """The first morning at the keyboard: what is pressed, and waiting for the desk."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session

    @property
    def window(self) -> MainWindow:  # type: ignore[override]
        """The window; another officer gets another one."""
        return self.session.window

    def settle(self) -> None:
        """Nothing is hurried: what a key brings about is waited for."""

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.session.window.page

    @property
    def desk(self) -> Desk:
        """The desk, once it is founded."""
        assert self.session.desk is not None
        return self.session.desk

    def wait(self, until: Callable[[], object]) -> None:
        """Let the desk work until something holds."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=20_000)

    def go(self, title: str, page: str) -> None:
        """Go to a page through the box that finds anything."""
        self.press("Ctrl+K")
        self.words(title)
        self.wait(lambda: any(found.title.startswith(title) for found in self.session.window.top.box.offered))
        self.press("Return")
        self.wait(lambda: self.session.window.page_id == page)

    def choose(self, box: QComboBox, value: str) -> None:
        """Turn a choice with the arrow keys."""
        self.wait(box.hasFocus)
        self.press("Home")
        while box.currentData() != value:
            before = box.currentIndex()
            self.press("Down")
            assert box.currentIndex() > before, f"{value} is not offered"

    # -- the parts of the morning --------------------------------------------------------------------------------------
    def found_zhongshan(self) -> None:
        """Found the desk of a city that has no districts."""
        self.wait(lambda: self.session.window.page_id == ONBOARDING)
        page = self.page
        self.wait(lambda: page._finder is not None)
        self.wait(page.city.hasFocus)
        self.words("zs")
        self.wait(lambda: page.city.is_offering)
        self.press("Down", "Tab", "Return", "Return", "Return")  # 中山市 stands second; its own area, code and name are right
        self.words("wang", "王值班", "correct horse", "correct horse")
        self.press("Ctrl+Return")
        self.wait(lambda: self.session.window.page_id == BOARD)

    def add_zone(self, name: str) -> None:
        """Add a zone that has no code straight below the city."""
        self.go("Edit the areas", "areas")
        areas = self.page.areas
        self.wait(areas.hasFocus)
        assert areas.current_key == self.desk.area_id
        self.press("A")
        self.words(name)
        self.press("Return")
        self.wait(lambda: any(area.name == name for area in self.desk.tree.children(self.desk.area_id)))

    def add_account(self, name: str, full_name: str, role: Role) -> None:
        """Make an account for one role."""
        if self.session.window.page_id != ACCOUNTS:
            self.go("Keep the accounts", ACCOUNTS)
        self.wait(lambda: name not in self.page._accounts and len(self.page._accounts) > 0)
        self.press("Alt+N")
        form = self.page.form
        self.wait(form.name.hasFocus)
        self.words(name, full_name)
        for field, text in ((form.phone, ""), (form.password, f"{name} word"), (form.password_again, f"{name} word")):
            while not field.hasFocus():
                self.press("Tab")
            self.words(text)
        self.press("Tab")
        for each, box in form.roles.items():
            assert box.hasFocus()
            if box.isChecked() != (each is role):
                self.press("Space")
            self.press("Tab")
        self.press("Ctrl+S")
        self.wait(lambda: name in self.page._accounts)

    def import_teams(self, path: Path) -> None:
        """Take the good rows of a messy list from the page of teams, after saying which column holds the names."""
        self.go("Teams", TEAMS)
        self.press("Ctrl+I")
        self.wait(lambda: self.session.window.page_id == "imports" and self.page.path.hasFocus())
        page = self.page
        assert page.kind.currentData() == "teams"
        self.words(str(path))
        if page.path.completer().popup().isVisible():
            self.press("Escape")  # away with the names of files that are offered
        self.press("Ctrl+L")
        self.wait(lambda: page.preview is not None and page.columns.hasFocus())
        while not page.columns.lines[page.columns.currentIndex().row()].cells[0].text.startswith("是谁"):
            self.press("Down")
        self.press("Return")
        self.choose(page.form.editors["field"], "name")
        self.press("Return")
        self.wait(lambda: page.preview is not None and page.preview.good)
        self.press("Ctrl+Return")
        self.wait(lambda: page.preview is None and "taken" in page.told.text())

    def send_first_teams(self, words: str, where: str) -> None:
        """Take the first call and send who is recommended."""
        self.press("F2")
        form = self.session.window.built(CALL)
        assert isinstance(form, CallForm)
        self.wait(lambda: form._tree is not None)
        self.words(words, where)
        self.press("Tab")
        self.wait(lambda: form.fields.place.area_id and form._thought is not None and not form.is_thinking)
        self.press("Ctrl+Return")
        self.wait(lambda: self.session.window.page_id == ROOM)


# The worst list one can think of: titles above the headers, a header nobody knows, counts with their unit, five shapes of dates, degrees,
# a zone that has no code, a phone in words, fewer than nobody, a team twice, a sum at the end.
LIST = """中山市应急救援队伍汇总表（2026年）;;;;;;;;;;
;;;;;;;;;;
所属镇街;是谁;联系电话;人数;队伍类别;负责人;纬度;经度;保险到期;救援专长;备注
小榄镇;小榄消防救援站;0760-88880001;32人;国家综合性消防救援队伍;张三;22°40′00″N;113°14′40″E;2027年3月1日;灭火救援、破拆;
东区街道;东区水上救援队;138 0013 8000;18 人;社会;李四;22.505;113.397;2027/3/1;水上救援;自带艇
翠亨新区;翠亨危化救援队;0760-88880003;25;专业;王五;22.561;113.464;2027.3.1;危化品处置;
三乡镇;三乡急救站;0760-88880005;12;专业;孙七;22.352;113.434;20270301;医疗救护;
南区街道;南区抢险队;问老王;15;专业;周八;22.48;113.36;2027-03-01;排涝;电话写错了
南区街道;南区抢修队;0760-88880007;-3;专业;吴九;22.48;113.36;2027-03-01;电力抢修;人数写错了
三乡镇;三乡急救站;0760-88880005;12;专业;孙七;22.352;113.434;2027-03-01;医疗救护;重复
合计;;;127;;;;;;;
"""


def test_from_an_empty_folder_to_a_staffed_zhongshan_and_its_first_orders(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    morning = Morning(qtbot, session)
    morning.found_zhongshan()
    desk = morning.desk
    assert desk.account is not None
    assert (desk.area.name, desk.tier, desk.facts.code, desk.account.display_name) == ("中山市", Tier.CITY, "442000", "王值班")
    assert len([area for area in desk.tree.children(desk.area_id) if area.tier is Tier.STREET]) == 23

    morning.add_zone("翠亨新区")
    zone = next(area for area in desk.tree.children(desk.area_id) if area.name == "翠亨新区")
    assert (zone.code, zone.tier) == ("", Tier.STREET)  # it stands among the 23, which stand straight below the city

    morning.add_account("li", "李值班", Role.DUTY_OFFICER)
    morning.add_account("zhao", "赵管理", Role.KEEPER)
    with desk.reading() as reading:
        assert [(one.name, len(one.roles)) for one in reading.accounts.where("ORDER BY name")] == [("li", 1), ("wang", 7), ("zhao", 1)]

    (tmp_path / "list.csv").write_bytes(LIST.encode("gb18030"))
    morning.import_teams(tmp_path / "list.csv")
    with desk.reading() as reading:
        teams = {team.name: team for team in reading.teams.where("")}
    assert sorted(teams) == ["三乡急救站", "东区水上救援队", "小榄消防救援站", "翠亨危化救援队"]
    assert desk.tree.by_id[teams["翠亨危化救援队"].area_id] == zone
    assert teams["小榄消防救援站"].people_total == 32 and str(teams["小榄消防救援站"].insured_until) == "2027-03-01"
    assert [path.name for path in tmp_path.glob("list-*.csv")] == ["list-to-mend.csv"]

    morning.send_first_teams("居民楼着火，有人被困", "石岐街道")
    line = incidents.list_open(desk)[0]
    room = incidents.open_room(desk, incident_id=line.id)
    assert (line.number.startswith("442000-"), line.area_name) == (True, "石岐街道")
    assert "小榄消防救援站" in {order.team.name for order in room.orders}
    assert all(order.dispatch.order_number.startswith(line.number) for order in room.orders)
    assert integrity.check(desk).is_sound
    assert sorted(path.suffix for path in tmp_path.glob("desk.store*") if path.is_file())[:2] == [".lock", ".reserve"]


def test_whoever_was_given_an_account_signs_in_with_it(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    morning = Morning(qtbot, session)
    morning.found_zhongshan()
    morning.add_account("li", "李值班", Role.DUTY_OFFICER)
    desk = morning.desk
    morning.go("Change the officer", "officer")
    morning.wait(lambda: QApplication.focusWidget() is not None)
    morning.words("li", "not my word")
    morning.press("Return")
    morning.wait(lambda: session.window.page_id == "officer" and _journalled(desk, "sign_in_refused"))
    assert desk.account is not None and desk.account.name == "wang"
    morning.press("Ctrl+A")
    morning.words("li word")
    morning.press("Return")
    morning.wait(lambda: desk.account is not None and desk.account.name == "li" and session.window.page_id == BOARD)
    assert _journalled(desk, "sign_in")
    assert "open_accounts" not in {action.id for action in session.window.acts.here()}  # a duty officer keeps no accounts


def _journalled(desk: Desk, action: str) -> bool:
    with desk.reading() as reading:
        return any(entry.action == action for entry in reading.journal_after(0))


def test_whoever_only_looks_gets_the_demo_city(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_STORE", str(tmp_path / "demo.store"))
    qtbot.waitUntil(lambda: session.window.page_id == ONBOARDING, timeout=20_000)
    page = session.window.page
    assert isinstance(page, OnboardingPage)
    page.look_at_demo()
    qtbot.waitUntil(lambda: session.window.page_id == BOARD, timeout=60_000)
    assert session.desk is not None and session.desk.facts.is_demo
    assert not (tmp_path / "desk.store").exists()
