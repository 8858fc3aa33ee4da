"""The register with 100,000 teams: a page of 200 beside the bare keyset query, a name by pinyin, the list beside a model in memory.

The floor of the page is the same 200 rows read by the bare statement on one open connection; the floor of opening is a plain Qt model of
10,000 rows filled and painted once.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from emergency_desk.domain.register import TeamFilter, TeamOrder
from emergency_desk.domain.teams import TeamKind, TeamState
from emergency_desk.services import founding, register_lists
from emergency_desk.services.desk import Desk
from tests.benchmarks.rows import Row, median_ms
from tests.builders import DISTRICT, OTHER_STREET, STREET, make_desk, team

TEAMS, FLOOR_ROWS = 100_000, 10_000
_BARE = """SELECT id, code, name, name_en, kind, area_id, capabilities, state, state_since, people_total, people_ready, muster_minutes,
    duty_phone, leader_name, unit_name, insured_until, agreement_until, certificates FROM teams
WHERE is_retired = 0 AND (name, id) > (?, ?) ORDER BY name, id LIMIT 200"""


def run() -> list[Row]:
    """Return the rows of the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        random = Random(11)
        founding.fill(desk, teams=(_team(random, number) for number in range(TEAMS)), sites=())
        rows = [*_pages(desk), *_names(desk), *_opening(desk, Path(folder))]
        desk.store.close()
        return rows


def _team(random: Random, number: int) -> Any:
    word = "".join(random.choice("东西南北海山河湖石松林云青白金安平新长大") for _sign in range(3))
    return team(10_000 + number, f"{word}{random.choice(('消防站', '急救站', '救援队', '抢修队'))}{number}", "fire_fighting", "medical",
                area_id=random.choice((DISTRICT, STREET, OTHER_STREET)), kind=random.choice(list(TeamKind)),
                state=TeamState.STANDBY if number % 9 else TeamState.TRAINING)


def _pages(desk: Desk) -> list[Row]:
    places = register_lists.places_of_pages(desk, asked=TeamFilter())
    middle = places[len(places) // 2]
    with desk.reading() as reading:
        connection = reading._connection
        told = _Told(connection)
        reading._connection = told
        lines = median_ms(lambda: reading.team_lines(TeamFilter(), order=TeamOrder.NAME, after=middle, limit=200), 41)
        bare = median_ms(lambda: connection.exec_driver_sql(_BARE, middle).fetchall(), 41)
        query = median_ms(lambda: connection.exec_driver_sql(*told.last).fetchall(), 41)
        reading._connection = connection
    return [Row.within_times("register: the query of a page", floor_name="bare keyset query", floor_ms=bare, ours_ms=query, times=1.2),
            Row.within_ms("register: a page as lines", floor_name="bare keyset query", floor_ms=bare, ours_ms=lines, ms=16)]


class _Told:
    """Remembers the last statement that passed."""

    def __init__(self, connection: Any) -> None:
        self._connection, self.last = connection, ("", ())

    def exec_driver_sql(self, sql: str, values: Any = ()) -> Any:
        self.last = (sql, values)
        return self._connection.exec_driver_sql(sql, values)


def _names(desk: Desk) -> list[Row]:
    asked = TeamFilter(text="dxnxfz")
    register_lists.page_of_teams(desk, asked=asked)  # the first search reads the keys
    rare = median_ms(lambda: register_lists.page_of_teams(desk, asked=TeamFilter(text="xiaofangzhan99999")), 15)
    some = median_ms(lambda: register_lists.page_of_teams(desk, asked=asked), 15)
    with desk.reading() as reading:
        like = median_ms(lambda: reading.teams.where("WHERE search_key LIKE ? LIMIT 200", ("%xiaofangzhan99999%",)), 5)
    many = median_ms(lambda: register_lists.page_of_teams(desk, asked=TeamFilter(text="x")), 15)
    return [Row.within_ms(f"register: {name}", floor_name="LIKE over all", floor_ms=like, ours_ms=took, ms=limit)
            for name, took, limit in (
                ("one name by pinyin", rare, 20), ("some names by initials", some, 50), ("a letter of most names", many, 50))]


def _opening(desk: Desk, folder: Path) -> list[Row]:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    from emergency_desk.app import paths
    from emergency_desk.errands.background import Background
    from emergency_desk.ui.main_window import MainWindow
    from emergency_desk.ui.register_pages import add_register_pages
    from emergency_desk.ui.workplace import TEAMS as PAGE
    from emergency_desk.ui.workplace import Workplace

    application = QApplication.instance() or QApplication([])
    lines = register_lists.page_of_teams(desk, asked=TeamFilter(), limit=FLOOR_ROWS)

    def floor() -> None:
        model, view = QStandardItemModel(0, 6), QTableView()
        for line in lines:
            words = (line.name, line.kind, line.state, line.people_ready, line.duty_phone, line.code)
            model.appendRow([QStandardItem(str(word)) for word in words])
        view.setModel(model)
        view.resize(1100, 700)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.show()
        view.grab()
        view.close()

    window = MainWindow(desk.now)
    place = Workplace(desk, Background(inline=True), window, paths.fonts(), folder, paths.locale())
    add_register_pages(window, place)
    window.resize(1366, 768)
    window.show()
    window.furnish()
    page: Any = window.show_page(PAGE)

    def ours() -> None:
        page.forget()
        page.grab()

    def painted() -> None:
        page._read_page(250)
        page.lines.setCurrentIndex(page.lines.lines_model.index(50_010, 0))
        page.lines.viewport().grab()

    bare, opened, page_painted = median_ms(floor, 5), median_ms(ours, 9), median_ms(painted, 15)
    application.processEvents()
    return [Row.within_times("register: the list opens", floor_name="Qt model of 10,000 rows", floor_ms=bare, ours_ms=opened, times=1.0),
            Row.within_ms("register: any page read and painted", floor_name="Qt model of 10,000 rows", floor_ms=bare, ours_ms=page_painted,
                          ms=17)]
