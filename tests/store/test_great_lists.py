"""A great list is written by columns and its indexes afterwards: the same rows, the same indexes, or nothing at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.record_columns import RecordColumns, Same
from emergency_desk.services import integrity
from emergency_desk.services.desk import Desk
from emergency_desk.store import great_lists
from emergency_desk.store.engine import open_connection
from emergency_desk.store.great_lists import insert_columns
from emergency_desk.store.statements import Statements
from tests.builders import make_desk, team

VALUES = st.one_of(st.none(), st.integers(-(1 << 63), (1 << 63) - 1), st.floats(allow_nan=False), st.text(max_size=6), st.sampled_from(
    ["", "it's", "a'); DROP TABLE kept; --", "?", ":x", "\0", "1", "2.0", "list.csv", "列表.csv", "a\nb"]))


@settings(max_examples=60)
@given(st.integers(1, 4).flatmap(lambda count: st.lists(
    st.one_of(VALUES.map(lambda value: Same(value, count)), st.lists(VALUES, min_size=count, max_size=count)), min_size=2, max_size=2)))
def test_what_all_rows_say_is_written_as_if_each_row_said_it(tmp_path_factory: pytest.TempPathFactory, columns: list[Any]) -> None:
    connection = open_connection(tmp_path_factory.mktemp("rows") / "rows.store")
    connection.execute("CREATE TABLE kept (a TEXT, b INTEGER)")
    connection.execute("CREATE TABLE told (a TEXT, b INTEGER)")
    insert_columns(Statements(connection), "kept", ("a", "b"), columns)
    connection.executemany("INSERT INTO told VALUES (?, ?)", list(zip(*columns, strict=True)))
    told = [connection.execute(f"SELECT a, typeof(a), b, typeof(b) FROM {table} ORDER BY rowid").fetchall() for table in ("kept", "told")]
    connection.close()
    assert told[0] == told[1]


def _indexes(desk: Desk) -> list[tuple[str, str]]:
    connection = open_connection(desk.store.path)
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name").fetchall()
    connection.close()
    return list(found)


def test_a_great_list_leaves_every_index_as_it_was_and_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(great_lists, "GREAT", 20)
    desk = make_desk(tmp_path)
    before = _indexes(desk)
    with desk.open_work() as work:
        work.teams.add_many(RecordColumns.of([team(500 + number, f"{number}队", "medical") for number in range(30)]), source="list.csv")
        work.commit("import")
    assert _indexes(desk) == before
    assert integrity.check(desk).is_sound
    connection = open_connection(desk.store.path)
    plan = connection.execute("EXPLAIN QUERY PLAN SELECT id FROM teams INDEXED BY teams_by_name WHERE name = '7队'").fetchall()
    found = connection.execute("SELECT count(*) FROM teams INDEXED BY teams_by_name WHERE name LIKE '%队' AND source = 'list.csv'").fetchone()
    connection.close()
    assert "teams_by_name" in plan[0][-1] and found == (30,)


def test_a_great_list_that_fails_leaves_rows_and_indexes_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(great_lists, "GREAT", 20)
    desk = make_desk(tmp_path)
    before = _indexes(desk)
    one = team(500, "一队", "medical")
    with pytest.raises(Exception, match="UNIQUE"), desk.open_work() as work:
        work.teams.add_many(RecordColumns.of([one] * 30))
    assert _indexes(desk) == before
    with desk.reading() as reading:
        assert reading.teams.count("WHERE name = '一队'") == 0
