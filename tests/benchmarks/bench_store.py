"""What an act costs in a big store, beside the very same rows written by the bare driver with the same durability.

Two copies of the store stand side by side. Every statement that an act writes on the first is written again on the second by a bare
connection, in one transaction, in the same run: that is the floor. Reading, deciding and sealing are ours.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from gc import collect, freeze
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import boards, calls, dispatches, incidents, teams
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from emergency_desk.store.engine import open_connection
from emergency_desk.store.statements import Statements
from tests.benchmarks import big_store
from tests.benchmarks.rows import Row, median_ms
from tests.builders import STREET

ROUNDS = 25
SENDING, OTHER = 2.5, 5.0
Act = Callable[[], Any]


class SideBySide:
    """A desk and a bare connection on equal stores; what the desk writes, the bare connection writes too."""

    def __init__(self, folder: Path, desk: Desk | None = None) -> None:
        self.desk: Desk = desk or big_store.big_desk(folder)
        twin = folder / "twin.store"
        shutil.copyfile(self.desk.store.path, twin)
        self._bare = open_connection(twin)
        self._written: list[tuple[str, Any]] = []
        self.ours: dict[str, list[float]] = {}
        self.floor: dict[str, list[float]] = {}
        self._run = Statements.exec_driver_sql
        Statements.exec_driver_sql = self._noting()  # type: ignore[method-assign]

    def _noting(self) -> Callable[..., Any]:
        run, written = self._run, self._written

        def note(statements: Statements, sql: str, values: Any = ()) -> Any:
            if not sql.startswith(("SELECT", "PRAGMA")):
                written.append((sql, values))
            return run(statements, sql, values)

        return note

    def do(self, act: Act, name: str = "") -> Any:
        """Do an act on both sides; with a name, both are timed."""
        self._written.clear()
        start = perf_counter()
        answer = act()
        middle = perf_counter()
        self._write_again()
        end = perf_counter()
        if name:
            self.ours.setdefault(name, []).append((middle - start) * 1000)
            self.floor.setdefault(name, []).append((end - middle) * 1000)
        return answer

    def _write_again(self) -> None:
        self._bare.execute("BEGIN IMMEDIATE")
        for sql, values in self._written:
            cursor = self._bare.executemany(sql, values) if isinstance(values, list) else self._bare.execute(sql, values)
            if "RETURNING" in sql:
                cursor.fetchone()
        self._bare.execute("COMMIT")

    def close(self) -> None:
        """Give both back."""
        Statements.exec_driver_sql = self._run  # type: ignore[method-assign]
        self._bare.close()
        self.desk.store.close()


def _evening(both: SideBySide, standing_by: list[Id]) -> None:
    """Play one call from its beginning to its end, every act timed."""
    desk = both.desk
    first, second = standing_by.pop(), standing_by.pop()
    draft = CallDraft(words="居民楼着火，三楼有人被困", area_id=STREET, address="延安三路105号", latitude=36.087, longitude=120.360)
    calls.advise(desk, draft=draft)  # as the form does while somebody types
    taken = both.do(lambda: calls.take_call(desk, draft=draft, send=(Sending(team_id=first, serves="fire_fighting"),), override_reason="近"),
                    "take a call and send a team").value
    incident = taken.incident.id
    more = (Sending(team_id=second, serves="medical"),)
    order = both.do(lambda: dispatches.send_teams(desk, incident_id=incident, teams=more, override_reason="近"), "send a team").value[0]
    line = both.do(lambda: incidents.write_log(desk, incident_id=incident, text="现场浓烟，能见度低"), "write a log line").value
    both.do(lambda: incidents.correct_log(desk, entry_id=line.id, text="现场有烟"), "correct a log line")
    both.do(lambda: dispatches.take_receipt(desk, dispatch_id=order.id, received_by="班长"), "take a receipt")
    both.do(lambda: teams.report_state(desk, team_id=first, to=TeamState.EN_ROUTE), "report a state")
    both.do(lambda: dispatches.check_in(desk, dispatch_id=order.id), "check in")
    both.do(lambda: dispatches.approve_order(desk, dispatch_id=order.id, approved_by="王", how="电话"), "approve an order")
    both.do(lambda: dispatches.detail_order(desk, dispatch_id=order.id, facts={"route": "延安三路"}), "detail an order")
    both.do(lambda: incidents.report_figures(desk, incident_id=incident, figures=Figures(hurt=2)), "report figures")
    task = both.do(lambda: incidents.add_task(desk, incident_id=incident, title="联系物业"), "add a task").value
    both.do(lambda: incidents.end_task(desk, task_id=task.id), "end a task")
    both.do(lambda: incidents.correct_incident(desk, incident_id=incident, address="延安三路107号"), "correct an incident")
    both.do(lambda: dispatches.recall_team(desk, dispatch_id=order.id), "recall a team")
    both.do(lambda: teams.report_state(desk, team_id=first, to=TeamState.RETURNED), "report a team back")
    both.do(lambda: incidents.close_incident(desk, incident_id=incident), "close an incident")
    both.do(lambda: incidents.reopen_incident(desk, incident_id=incident, reason="复燃"), "reopen an incident")
    both.do(lambda: calls.join_call(desk, draft=draft, incident_id=incident), "join a call")
    both.do(lambda: incidents.close_incident(desk, incident_id=incident), "close an incident")


def run() -> list[Row]:
    """Play evenings on both stores, then read board and room."""
    with tempfile.TemporaryDirectory() as folder:
        both = SideBySide(Path(folder))
        try:
            return _measure(both)
        finally:
            both.close()


def _measure(both: SideBySide) -> list[Row]:
    desk = both.desk
    roster = desk.memory.roster(today=local_day(desk.now()))
    standing_by = [team.id for team in roster.teams if team.state is TeamState.STANDBY and team.code.startswith("B")][:2 * ROUNDS + 2]
    _evening(both, standing_by)
    collect()
    freeze()  # the register of 100,000 teams is no rubbish, and looking it through would fall on whoever runs then
    both.ours.clear()
    both.floor.clear()
    for _ in range(ROUNDS):
        _evening(both, standing_by)
    rows = [
        Row.within_times(name, floor_name="the same rows by the bare driver", floor_ms=median(both.floor[name]), ours_ms=median(ours),
                         times=SENDING if "send" in name else OTHER)
        for name, ours in both.ours.items()
    ]
    return rows + _readings(desk)


def _readings(desk: Desk) -> list[Row]:
    """Read what an officer looks at. There is no limit but the eye's: a tenth of a second."""
    newest = incidents.list_open(desk)[0].id
    bare = open_connection(desk.store.path)
    lines = "SELECT * FROM log_entries ORDER BY sequence DESC LIMIT 60"
    floor = median_ms(lambda: bare.execute(lines).fetchall())
    acts: tuple[tuple[str, Act], ...] = (
        ("read the duty board", lambda: boards.duty_board(desk)), ("read a room", lambda: incidents.open_room(desk, incident_id=newest)),
        ("read a page of the log", lambda: incidents.read_log(desk, before=500_000)),
        ("read a page of ended incidents", lambda: incidents.list_ended(desk)),
        ("find an incident by initials", lambda: incidents.find(desk, text="jmlzh")),
        ("ask who should go", lambda: dispatches.recommend(desk, incident_id=newest)),
    )
    rows = [Row.within_ms(name, floor_name="60 bare log lines", floor_ms=floor, ours_ms=median_ms(act), ms=100 if "ask" not in name else 150)
            for name, act in acts]
    bare.close()
    return rows
