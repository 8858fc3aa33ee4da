"""A desk with 5,000 plans of 40 sections: words found in all of them, the shelf, the choice for a call, one plan opened and looked over.

The floor of a search is a LIKE scan over the same pieces by the bare statement; that of the shelf the bare SELECT of its columns; that of
the choice the same choice at a desk with the eleven plans that ship; that of opening a plan its text put into a plain QTextEdit and painted.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.plan_readiness import Tonight, readiness
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plans import matching_on
from emergency_desk.domain.roster import Roster
from emergency_desk.services import plan_checks, plan_search
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps import judging
from emergency_desk.services.stored_plans import StoredPlans
from emergency_desk.store.plan_shelving import BACK_COLUMNS
from tests.benchmarks.bench_recommendation import CITY, MAKERS, TODAY, TRAVEL, city_tree
from tests.benchmarks.many_plans import RARE, TWO, desk_with_plans
from tests.benchmarks.rows import Row, median_ms
from tests.builders import DISTRICT, make_desk, trade

_LIKE = "SELECT owner_id, kind, clause, zh, en FROM plan_pieces WHERE {} ORDER BY place DESC LIMIT 501"
SECTIONS = 300


def run() -> list[Row]:
    """Return the rows of the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_with_plans()
        rows = [*_search(desk), *_shelf(desk), *_choice(desk, Path(folder)), *_looks(desk), *_opening(desk, Path(folder))]
        desk.store.close()
        return rows


# -- words -------------------------------------------------------------------------------------------------------------
def _search(desk: Desk) -> list[Row]:
    rare_pair = _pair_of_common_signs(desk)
    rows = []
    for name, text in (
            ("two signs, some hundred places", RARE), ("two signs, one place", TWO), ("two common signs that seldom meet", rare_pair),
            ("parts of Latin words", "lace 4321"), ("signs and a number", "第96号，湾"), ("nothing", "麒麟"), ("two words", f"{RARE} 12")):
        found = plan_search.find(desk, text=text)
        ours = median_ms(lambda text=text: plan_search.find(desk, text=text), 7)
        like = _like_ms(desk, [f"%{word}%" for word in text.split()])
        rows.append(Row.within_times(f"search: {name} ({text}: {found.hits}{'+' if found.is_more else ''})",
                                     floor_name="LIKE over the same pieces", floor_ms=like, ours_ms=ours, times=0.15))
    for text in ("指挥", "应", "command", "e"):
        ours = median_ms(lambda text=text: plan_search.find(desk, text=text), 5)
        rows.append(Row.within_ms(f"search: the first 500 of very many ({text})", floor_name="LIKE over the same pieces", floor_ms=like,
                                  ours_ms=ours, ms=200))
    return rows


def _like_ms(desk: Desk, patterns: list[str]) -> float:
    scan = _LIKE.format(" AND ".join(f"(zh LIKE ?{place} OR en LIKE ?{place})" for place, _pattern in enumerate(patterns, 1)))
    with desk.reading() as reading:
        connection = reading._connection
        return median_ms(lambda: connection.exec_driver_sql(scan, tuple(patterns)).fetchall(), 3)


def _pair_of_common_signs(desk: Desk) -> str:
    """Return two signs that each stand in very many pieces and seldom beside one another."""
    with desk.reading() as reading:
        connection = reading._connection
        connection.exec_driver_sql("CREATE VIRTUAL TABLE IF NOT EXISTS temp.plan_token_counts USING fts5vocab(main, plan_tokens, row)")
        rows = connection.exec_driver_sql("SELECT term, doc FROM temp.plan_token_counts WHERE doc BETWEEN 20 AND 450 OR doc > 30000").fetchall()
    common = {term: count for term, count in rows if len(term) == 1 and count > 30_000 and "一" <= term <= "鿿"}
    pairs = [(min(common[term[0]], common[term[1]]), term) for term, count in rows
             if len(term) == 2 and count < 450 and term[0] in common and term[1] in common]
    return max(pairs)[1]


# -- the shelf ---------------------------------------------------------------------------------------------------------
def _shelf(desk: Desk) -> list[Row]:
    source = desk.trade.shelf.source
    assert isinstance(source, StoredPlans)
    with desk.reading() as reading:
        connection = reading._connection
        bare = median_ms(lambda: connection.exec_driver_sql(f"SELECT {BACK_COLUMNS} FROM plan_backs").fetchall(), 9)
        backs = median_ms(reading.shelved_plans, 9)
    opened = median_ms(source.shelf, 5)
    listed = median_ms(lambda: plan_search.list_plans(desk, text="松"), 9)
    return [Row.within_ms("shelf: 5,000 backs read", floor_name="bare SELECT", floor_ms=bare, ours_ms=backs, ms=300),
            Row.within_ms("shelf: all that is looked at when a desk opens", floor_name="bare SELECT", floor_ms=bare, ours_ms=opened, ms=600),
            Row.within_ms("shelf: the list filtered and sorted", floor_name="bare SELECT", floor_ms=bare, ours_ms=listed, ms=50)]


# -- a call ------------------------------------------------------------------------------------------------------------
def _choice(desk: Desk, folder: Path) -> list[Row]:
    few = make_desk(folder, name="few.store")
    draft = CallDraft(words="居民楼五楼着火，有三人被困", area_id=DISTRICT)

    def judged(asked: Desk) -> Any:
        return judging.judge(asked, draft, "building_fire")

    bare, ours = median_ms(lambda: judged(few), 31), median_ms(lambda: judged(desk), 31)
    rows = [Row.within_ms("call: judged with 5,000 plans", floor_name="with eleven plans", floor_ms=bare, ours_ms=ours, ms=bare + 2)]
    first = median_ms(lambda: _first_choice(desk), 5)
    few.store.close()
    return [*rows, Row.within_ms("call: the very first, its plan still closed", floor_name="with eleven plans", floor_ms=bare, ours_ms=first,
                                 ms=30)]


def _first_choice(desk: Desk) -> Any:
    shelf = replace(desk.trade.shelf, source=StoredPlans(desk.store, lambda text, name: trade().current_plans[0]))
    from emergency_desk.domain.areas import Tier
    from emergency_desk.domain.incidents import Figures

    return matching_on(shelf, incident_type="building_fire", tier=Tier.DISTRICT, figures=Figures(trapped=3), area_code="990101")


# -- looked over -------------------------------------------------------------------------------------------------------
def _looks(desk: Desk) -> list[Row]:
    back = desk.trade.shelf.in_force[7]
    plan = desk.trade.plan(back.code, back.version)
    tree, rows = city_tree(), []
    areas, random = list(tree.by_id), Random(20261124)
    wants = plan_checks.wants_in_force(desk.trade.shelf).rivals
    for manner, make in MAKERS:
        roster = Roster.of((make(random, number, areas) for number in range(10_000)), tree, TODAY)
        for where in (CITY, "d3"):
            tonight = Tonight(roster=roster, desk_area_id=where, travel=TRAVEL)  # type: ignore[arg-type]
            alone = median_ms(lambda tonight=tonight: readiness(plan, (), tonight), 5)
            ours = median_ms(lambda tonight=tonight: readiness(plan, wants, tonight), 5)
            rows.append(Row.within_ms(f"readiness beside 5,000 plans, 10,000 teams, desk {where}: {manner}", floor_name="no other plan",
                                      floor_ms=alone, ours_ms=ours, ms=200))
    look = median_ms(lambda: plan_checks.look_over(desk, plan=plan), 5)
    return [*rows, Row.within_ms("a plan looked over beside 5,000", floor_name="no other plan", floor_ms=alone, ours_ms=look, ms=400)]


# -- a plan of 300 sections --------------------------------------------------------------------------------------------
def long_plan() -> Plan:
    """Return a plan of 300 sections."""
    pool = [clause for plan in trade().current_plans for clause in plan.clauses]
    base = trade().plan("building_fire", "1.0")
    more = (replace(pool[number % len(pool)], number=f"{20 + number // 12}.{number % 12 + 1}") for number in range(SECTIONS - len(base.clauses)))
    return replace(base, code="long", version="1.0", clauses=(*base.clauses, *more))


def _opening(desk: Desk, folder: Path) -> list[Row]:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QTextEdit

    from emergency_desk.app import paths
    from emergency_desk.errands.background import Background
    from emergency_desk.exchange.plan_files import write_plan
    from emergency_desk.services import library
    from emergency_desk.ui.main_window import MainWindow
    from emergency_desk.ui.plans.reader import PlansPage
    from emergency_desk.ui.plans.shelf_page import PlanShelfPage
    from emergency_desk.ui.workplace import PLAN_SHELF, PLANS, Workplace
    from tests.builders import acting_as

    application = QApplication.instance() or QApplication([])
    plan = long_plan()
    library.take_plans(acting_as(desk, "planner"), texts=[(plan.code, plan.version, write_plan(plan))], source="bench")
    window = MainWindow(desk.now)
    place = Workplace(desk, Background(inline=True), window, paths.fonts(), folder, paths.locale())
    window.add_page(PLANS, lambda: PlansPage(place))
    window.add_page(PLAN_SHELF, lambda: PlanShelfPage(place))
    window.resize(1366, 768)
    window.show()
    window.furnish()
    page: Any = window.show_page(PLANS)
    others = [back for back in desk.trade.shelf.in_force if back.code != "long"][:40]
    told = "\n".join(f"{clause.number} {clause.title.en}\n{clause.body.en}" for clause in plan.clauses)
    page.reader = lambda: None  # what is looked over comes after the painting, in jobs of its own

    def floor() -> None:
        edit = QTextEdit()
        edit.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        edit.resize(620, 700)
        edit.setPlainText(told)
        edit.show()
        edit.grab()
        edit.close()

    turns = iter(others * 3)

    def ours() -> None:
        desk.trade.shelf.source._kept.pop(("long", "1.0"), None)  # type: ignore[attr-defined]
        place.open_plan("long", "1.0", "30.5")
        page.grab()

    def away() -> None:
        back = next(turns)
        place.open_plan(back.code, back.version)
        page.grab()

    bare = median_ms(floor, 9)
    opened = _median_between(ours, away)
    page.search.setText("")
    shelf: Any = window.show_page(PLAN_SHELF)

    def typed() -> None:
        for text in ("疏", "疏散", "疏散转", "疏散转移", ""):
            shelf.filter.text.setText(text)
            shelf.filter.tell_now()
            shelf.grab()

    five = median_ms(typed, 5)
    application.processEvents()
    return [Row.within_ms("a plan of 300 sections opened and painted", floor_name="its words in a plain QTextEdit", floor_ms=bare, ours_ms=opened,
                          ms=150),
            Row.within_ms("shelf page: four letters typed and taken away, each answered and painted, a fifth of it",
                          floor_name="its words in a plain QTextEdit", floor_ms=bare, ours_ms=five / 5, ms=150)]


def _median_between(act: Any, between: Any) -> float:
    """Return the median of an act that only counts when something else came before."""
    from statistics import median
    from time import perf_counter

    taken = []
    for _ in range(9):
        between()
        start = perf_counter()
        act()
        taken.append((perf_counter() - start) * 1000)
    return median(taken)
