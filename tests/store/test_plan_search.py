"""Words found in plans: the index finds what a plain scan finds, no more and no less, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from emergency_desk.domain.plan_records import Clause, Plan
from emergency_desk.domain.plan_search import Hit, fold, pieces, scan, words_of
from emergency_desk.domain.texts import Text
from emergency_desk.store.opening import open_store
from emergency_desk.store.plan_shelving import mark_of
from emergency_desk.store.store import Store
from tests.builders import trade
from tests.quickness import examples

BASE = trade().plan("building_fire", "1.0")
# Signs that stand beside one another in many ways; rare ones beyond the BMP, marks, wildcards of LIKE and of FTS5, blanks of every kind.
SIGNS = "应急指挥部的一二A aB9 bc%_*\"'()（）、，。-+.:\n\t\u3000１Ａ％éİßς𠮷𡃁😀"
words = st.text(alphabet=SIGNS, min_size=1, max_size=6)
bodies = st.lists(st.text(alphabet=SIGNS, max_size=40), min_size=1, max_size=6)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "search.store")
    yield store
    store.close()


def plan_of(code: str, texts: list[str]) -> Plan:
    """A plan whose clauses say these texts, by turns in Chinese and in English."""
    clauses = tuple(Clause(number=str(number), title=Text("题", "title"), body=Text(text) if number % 2 else Text("", text))
                    for number, text in enumerate(texts, 1))
    return replace(BASE, code=code, clauses=clauses, actions=(), cards=(), work_groups=(), contacts=(), basis=(), levels=())


def put_up(store: Store, *plans: Plan) -> dict[str, tuple[str, str]]:
    with store.shelving() as shelving:
        shelving.clear()
        for plan in plans:
            shelving.index(plan.code, mark=mark_of(plan.code), code=plan.code, version=plan.version, pieces=pieces(plan))
    return {plan.code: (plan.code, plan.version) for plan in plans}


def found(store: Store, owners: dict[str, tuple[str, str]], text: str, limit: int = 100_000) -> list[Hit]:
    with store.reading() as reading:
        return reading.find_pieces(words_of(text), owners=owners, limit=limit) if words_of(text) else []


def alike(hits: list[Hit]) -> list[str]:
    return sorted(map(repr, hits))


@settings(max_examples=examples(250), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=bodies, second=bodies, typed=st.lists(words, min_size=1, max_size=3).map(" ".join))
@example(first=["现场、指挥部"], second=["现场指挥部"], typed="场指")  # a mark between is no neighbour
@example(first=["50%的人"], second=["50人"], typed="%")
@example(first=["a_b"], second=["aXb"], typed="a_b")
@example(first=["𠮷野家应急"], second=["吉野家"], typed="𠮷野")
@example(first=["command post"], second=["commandpost"], typed="dp")
@example(first=["第13级响应"], second=["第3级"], typed="3级")
@example(first=["ab应急cd"], second=["b应急c"], typed="b应急c")
@example(first=["ΟΔΟΣ"], second=["x"], typed="ΟΔΟΣ")
def test_the_index_finds_what_a_plain_scan_finds(store: Store, first: list[str], second: list[str], typed: str) -> None:
    plans = (plan_of("one", first), plan_of("two", second))
    assert alike(found(store, put_up(store, *plans), typed)) == alike(scan(plans, typed))


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=bodies, typed=words.filter(lambda text: len(words_of(text)) == 1))
def test_a_plain_scan_finds_what_like_finds(store: Store, texts: list[str], typed: str) -> None:
    """Held against SQLite's own LIKE over the folded texts."""
    plan, word = plan_of("one", texts), words_of(typed)[0]
    put_up(store, plan)
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    with store.reading() as reading:
        reading._connection.driver.create_function("fold", 1, fold)
        rows = reading._connection.exec_driver_sql(
            "SELECT clause FROM plan_pieces WHERE fold(zh) LIKE ?1 ESCAPE '\\' OR fold(en) LIKE ?1 ESCAPE '\\'", (pattern,)).fetchall()
    assert sorted(row[0] for row in rows) == sorted(hit.piece.clause for hit in scan((plan,), typed))


@pytest.mark.parametrize("typed", [
    "指挥", "应急", "119", "现场指挥部", "消防救援", "command", "omman", "T+", "5.2", "市 应急", "（", "Ⅲ级", "e", "的", "疏散 楼", "％",
    "10人以上"])
def test_the_shipped_plans_are_searched_as_by_a_plain_scan(store: Store, typed: str) -> None:
    plans = trade().current_plans
    assert alike(found(store, put_up(store, *plans), typed)) == alike(scan(plans, typed))


def test_the_newest_plan_comes_first_and_its_places_in_the_order_of_the_text(store: Store) -> None:
    owners = put_up(store, plan_of("old", ["疏散", "无", "疏散"]), plan_of("new", ["疏散", "疏散"]))
    assert [(hit.code, hit.piece.clause) for hit in found(store, owners, "疏散")] == [("new", "1"), ("new", "2"), ("old", "1"), ("old", "3")]
    assert [(hit.code, hit.piece.clause) for hit in found(store, owners, "疏散", limit=3)] == [("new", "1"), ("new", "2"), ("old", "1")]


def test_what_is_taken_out_of_the_index_is_found_no_more(store: Store) -> None:
    owners = put_up(store, plan_of("one", ["疏散"]), plan_of("two", ["疏散"]))
    with store.shelving() as shelving:
        shelving.drop("one")
        shelving.index("two", mark="later", code="two", version="1.0", pieces=pieces(plan_of("two", ["转移"])))
    assert found(store, owners, "疏散") == []
    assert [hit.code for hit in found(store, owners, "转移")] == ["two"]


def test_a_part_that_stands_in_too_many_words_is_looked_for_by_reading(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = trade().current_plans
    owners = put_up(store, *plans)
    monkeypatch.setattr("emergency_desk.store.readings.plan_shelf._MOST_WORDS", 3)
    assert alike(found(store, owners, "an")) == alike(scan(plans, "an"))


def test_a_shelving_that_fails_leaves_what_was(store: Store) -> None:
    owners = put_up(store, plan_of("one", ["疏散"]))
    with pytest.raises(RuntimeError), store.shelving() as shelving:
        shelving.clear()
        raise RuntimeError("the power went")
    assert [hit.code for hit in found(store, owners, "疏散")] == ["one"]
