"""Many rows at once get the very seals that each row gets by itself, and many new ids are ids like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.record_columns import RecordColumns, Same, laid_out
from emergency_desk.services import integrity
from emergency_desk.services.imports import take_rows
from emergency_desk.store.codec import digest_of
from emergency_desk.store.seals import seals_of
from tests.builders import make_desk, team

VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(
    ['"', "\\", "\n", "\x7f", "\u2028", "", 0.0, -0.0]))
COLUMNS = st.integers(1, 5).flatmap(lambda count: st.lists(
    st.one_of(VALUES.map(lambda value: Same(value, count)), st.lists(VALUES, min_size=count, max_size=count),
              st.lists(st.text(max_size=4), min_size=count, max_size=count), st.lists(st.floats(), min_size=count, max_size=count)),
    min_size=1, max_size=6))


@given(COLUMNS)
def test_rows_of_columns_are_sealed_like_single_rows(columns: list[Any]) -> None:
    assert seals_of(columns) == [digest_of(row) for row in zip(*columns, strict=True)]


@given(st.lists(st.one_of(st.none(), st.integers(0, 2), st.booleans()), min_size=1, max_size=6))
def test_a_column_is_laid_out_without_changing_what_it_says(values: list[Any]) -> None:
    column = laid_out(values)
    assert [(type(value), value) for value in column] == [(type(value), value) for value in values]
    assert [list(column[start:]) for start in range(3)] == [values[start:] for start in range(3)]


def test_a_list_that_is_taken_by_columns_is_sound(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="keeper")
    drafts = [team(500 + number, f"重庆路{number}队", "medical", people_total=number or None, latitude=36.0 + number) for number in range(7)]
    take_rows(desk, kind="teams", drafts=RecordColumns.of(drafts), source="list.csv")
    with desk.reading() as reading:
        kept = reading.teams.where("WHERE source = 'list.csv' ORDER BY id")
    assert [(one.name, one.people_total, one.latitude) for one in kept] == [(one.name, one.people_total, one.latitude) for one in drafts]
    assert integrity.check(desk).differences == ()


def test_many_new_ids_sort_after_one_another_and_after_the_last(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    ids = [desk.new_id(), *desk.new_ids(1), *desk.new_ids(500), desk.new_id()]
    assert ids == sorted(set(ids)) and {len(one) for one in ids} == {32} and {one[12] for one in ids} == {"7"}
