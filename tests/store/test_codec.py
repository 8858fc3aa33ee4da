"""Every record goes into its table and comes back as it was, whatever people typed."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlcipher3 import dbapi2

from emergency_desk.domain.incidents import Figures
from emergency_desk.store.codec import Codec, digest_of, moment_from_column, moment_to_column
from emergency_desk.store.repositories.repository import Repository, Shape
from emergency_desk.store.repositories.shapes import JOURNALED
from emergency_desk.store.rows.tables import metadata

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS, int: st.integers(-(2**63), 2**63 - 1), float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(), datetime: MOMENTS, date: st.dates(),
}


@cache
def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return what a field of this type may hold."""
    if isinstance(hint, typing.NewType):
        return st.uuids().map(lambda value: value.hex)
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return st.one_of([st.none() if arm is type(None) else values_of(arm) for arm in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        arms = [values_of(arm) for arm in typing.get_args(hint) if arm is not ...]
        return st.tuples(*arms) if len(arms) > 1 else st.lists(arms[0], max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return records_of(hint) if dataclasses.is_dataclass(hint) else PLAIN[hint]


@cache
def records_of(record: Any) -> st.SearchStrategy[Any]:
    """Return records of a class with every field filled by chance."""
    hints = typing.get_type_hints(record)
    return st.builds(record, **{field.name: values_of(hints[field.name]) for field in dataclasses.fields(record)})


@pytest.fixture(scope="module")
def connection() -> typing.Iterator[Any]:
    engine = create_engine("sqlite://", module=dbapi2)
    metadata.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize("shape", JOURNALED, ids=lambda shape: shape.table)
@given(data=st.data())
def test_a_record_comes_back_from_its_table_as_it_went_in(shape: Shape[Any], connection: Any, data: st.DataObject) -> None:
    record = data.draw(records_of(shape.codec.record))
    seals: list[str] = []
    repository = Repository(shape, connection, lambda _table, _subject, _ids, _version, written: seals.extend(written))
    connection.exec_driver_sql(f"DELETE FROM {shape.table}")
    stored = repository.add(record)
    assert repository.get(record.id) == stored
    filled = {name: getattr(stored, name) for name in ("version", "search_key") if name in shape.codec.names}
    assert dataclasses.replace(record, **filled) == stored
    row = connection.exec_driver_sql(shape.by_id, (record.id,)).one()
    assert seals == [digest_of(tuple(row))]  # the seal is made of what the table gives back, not of what was meant


@pytest.mark.parametrize("shape", JOURNALED, ids=lambda shape: shape.table)
def test_a_table_has_the_fields_of_its_record_and_no_other(shape: Shape[Any]) -> None:
    columns = {column.name for column in metadata.tables[shape.table].columns}
    assert columns - {"seq"} == set(shape.codec.names)


@given(MOMENTS)
def test_moments_keep_their_microseconds(moment: datetime) -> None:
    assert moment_from_column(moment_to_column(moment)) == moment


def test_a_moment_of_another_zone_is_kept_as_utc() -> None:
    there = datetime(2026, 11, 5, 19, 31, tzinfo=timezone(timedelta(hours=8)))
    assert moment_from_column(moment_to_column(there)) == datetime(2026, 11, 5, 11, 31, tzinfo=UTC)


def test_a_moment_without_a_zone_is_our_mistake() -> None:
    with pytest.raises(TypeError):
        moment_to_column(datetime(2026, 11, 5, 19, 31))


def test_an_unknown_word_in_an_enum_column_is_not_swallowed() -> None:
    @dataclasses.dataclass(frozen=True)
    class Bed:
        id: str
        state: Light

    with pytest.raises(KeyError):
        Codec(Bed).decode(("1", "purple"))


class Light(StrEnum):
    ON = "on"


def test_a_whole_number_of_hectares_is_sealed_as_the_table_gives_it_back() -> None:
    encode = Codec(Figures).encode
    assert [repr(encode(Figures(hectares=value))[-1]) for value in (2, -0.0, float("nan"))] == ["2.0", "0.0", "None"]


def test_half_a_person_is_our_mistake() -> None:
    with pytest.raises(TypeError):
        Codec(Figures).encode(Figures(dead=1.5))  # type: ignore[arg-type]
