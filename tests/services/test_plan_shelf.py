"""The shelf of plans: opened one by one, brought up to date by commits, made anew from the texts, and searched."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.plan_life import in_force, lives
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.plan_parts import PartKind
from emergency_desk.domain.plan_records import Clause, Plan
from emergency_desk.domain.plan_search import scan, snippet, words_of
from emergency_desk.domain.plan_shelf import HeldPlans, ShelfStanding, standings
from emergency_desk.domain.plans import PlanMatch, matching, matching_on
from emergency_desk.domain.texts import Text
from emergency_desk.errands import plan_texts
from emergency_desk.errands.trade import read_plan_text
from emergency_desk.exchange.plan_files import write_plan
from emergency_desk.services import integrity, library, plan_checks, plan_drafts, plan_editing, plan_search, stored_plans
from emergency_desk.services.desk import Desk
from emergency_desk.services.plan_search import PlanFilter
from emergency_desk.services.stored_plans import StoredPlans
from emergency_desk.store.backups import back_up
from emergency_desk.store.opening import open_store
from emergency_desk.store.restoring import restore
from tests.builders import START, SetClock, acting_as, later, make_desk, trade, trade_of

FIRE = "building_fire"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, account="planner", clock=SetClock(later(START, 24 * 60)))


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    """A desk with two plans: looking over what is derived reads every word of every plan, and again for each way to alter it."""
    return make_desk(tmp_path, account="planner", clock=SetClock(later(START, 24 * 60)), plans=frozenset({"hazmat", "epidemic"}))


def quiet(_done: int, _total: int, _what: str) -> None:
    """Tell nobody how far it is."""


def take(desk: Desk, *plans: Plan) -> None:
    library.take_plans(desk, texts=[(plan.code, plan.version, write_plan(plan)) for plan in plans], source="test")


def fire(**other: Any) -> Plan:
    return replace(trade().plan(FIRE, "1.0"), **other)


def alter(desk: Desk, sql: str) -> None:
    """Write into the file with a foreign hand."""
    from emergency_desk.store.engine import open_connection

    connection = open_connection(desk.store.path)
    connection.executescript(sql)
    connection.close()


# -- opening -----------------------------------------------------------------------------------------------------------
def test_a_plan_is_opened_from_its_records_as_it_is_read_from_its_text(desk: Desk) -> None:
    assert desk.trade.current_plans == trade().current_plans
    assert desk.trade.plan(FIRE, "1.0") is desk.trade.plan(FIRE, "1.0")


def test_opening_a_desk_opens_no_plan(desk: Desk) -> None:
    def never(_text: str, name: str) -> Plan:
        raise AssertionError(f"{name} was read")

    shelf = StoredPlans(desk.store, never).shelf()
    assert len(shelf.in_force) == len(trade().current_plans) and shelf.source._kept == {}  # type: ignore[attr-defined]


def test_the_plans_remembered_are_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_plans, "MOST_KEPT", 3)
    source = StoredPlans(desk.store, read_plan_text)
    plans = [source.plan(back.code, back.version) for back in source.shelf().in_force]
    assert len(source._kept) == 3 and plans == list(trade().current_plans)


def test_a_version_that_is_not_here_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.trade.plan(FIRE, "9.9")
    with pytest.raises(NotFound):
        desk.trade.plan_title("nothing", "1.0")


@pytest.mark.parametrize("tier", [Tier.CITY, Tier.DISTRICT, Tier.STREET])
@pytest.mark.parametrize("hazard", ["building_fire", "hazmat", "landslide", "mine", "typhoon", "other"])
def test_the_shelf_chooses_the_plan_that_whole_plans_would(desk: Desk, hazard: str, tier: Tier) -> None:
    asked: Any = {"incident_type": hazard, "tier": tier, "figures": Figures(trapped=12), "words": "三层以上有人被困", "area_code": "990101"}
    whole, by_back = matching(trade().current_plans, **asked), matching_on(desk.trade.shelf, **asked)
    if isinstance(whole, PlanMatch):
        assert isinstance(by_back, PlanMatch)
        assert replace(by_back, others=()) == replace(whole, others=())
        assert [plan.code for plan in by_back.others] == [plan.code for plan in whole.others]
    else:
        assert not isinstance(by_back, PlanMatch)
        assert [(one.kind, one.plan.code) for one in by_back.borrowed] == [(one.kind, one.plan.code) for one in whole.borrowed]


# -- following ---------------------------------------------------------------------------------------------------------
def test_a_plan_that_is_taken_stands_on_the_shelf_and_its_words_are_found_at_once(desk: Desk) -> None:
    take(desk, fire(version="1.1", title=Text("榫卯古建火灾预案", "Timber frame plan")))
    current = desk.trade.shelf.current(FIRE)
    assert current is not None and (current.version, desk.trade.shelf.back(FIRE, "1.0").standing) == ("1.1", ShelfStanding.SUPERSEDED)
    assert {found.back.version for found in plan_search.find(desk, text="消防").plans if found.back.code == FIRE} == {"1.1"}
    assert plan_search.find(desk, text="榫卯").plans[0].by_title


def test_what_another_program_takes_is_seen_too(desk: Desk) -> None:
    desk.memory.tree()
    store = open_store(desk.store.path)
    other = Desk(store, facts=desk.facts, trade=trade_of(store), account=desk.account, clock=desk._clock,
                 random_bits=lambda bits: (1 << bits) - 7)
    take(other, fire(code="made_elsewhere"))
    store.close()
    assert desk.memory.foreign_changes() is not None
    assert desk.trade.shelf.has("made_elsewhere", "1.0")


def test_a_text_that_nobody_can_read_keeps_no_desk_from_opening_and_check_tells_of_it(
    desk: Desk, logged_warnings: list[logging.LogRecord],
) -> None:
    library.take_plans(desk, texts=[("broken", "1.0", "format: nonsense")], source="test")
    assert not trade_of(desk.store).shelf.has("broken", "1.0")
    assert [(one.what, one.where) for one in plan_texts.differences(desk, progress=quiet)] == [("plan_text", "plans broken 1.0")]
    assert {record.getMessage() for record in logged_warnings} == {"plan broken 1.0 cannot be read and stands on no shelf: missing_key"}
    logged_warnings.clear()


# -- derived, and made anew --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("sql", "what"), [
    ("UPDATE plan_backs SET title = 'x' WHERE code = 'hazmat'", "plan_back"),
    ("UPDATE plan_backs SET mark = 'x' WHERE code = 'hazmat'", "plan_back"),
    ("UPDATE plan_pieces SET zh = zh || '外' WHERE place = 5", "plan_index"),
    ("DELETE FROM plan_pieces WHERE place = 5", "plan_index"),
    ("DELETE FROM plan_tokens WHERE rowid = 5", "plan_index"),
    ("UPDATE plan_pieces SET place = CASE place WHEN 5 THEN -1 WHEN 6 THEN 5 ELSE 6 END WHERE place IN (5, 6); "
     "UPDATE plan_pieces SET place = 6 WHERE place = -1", "plan_index"),  # the tokens are all there, but stand for one another's piece
    ("INSERT INTO plan_tokens (rowid, tokens) VALUES (999999, 'astray')", "plan_index"),
    ("DELETE FROM plan_words WHERE word = 'command'", "plan_index"),
    ("UPDATE plan_contents SET content = CAST(x'789c00' || content AS BLOB) "
     "WHERE plan_id = (SELECT id FROM plans WHERE code = 'hazmat')", "plan_back"),
    ("UPDATE plan_contents SET wants = '[]' WHERE plan_id = (SELECT id FROM plans WHERE code = 'hazmat')", "plan_back"),
])
def test_check_tells_what_is_not_what_the_texts_give_and_it_is_made_anew(small: Desk, sql: str, what: str) -> None:
    assert integrity.check(small).is_sound
    alter(small, sql)
    assert what in {one.what for one in integrity.check(small).differences}
    assert plan_texts.rebuild(small, progress=quiet) == 2
    assert integrity.check(small).is_sound and list(plan_texts.differences(small, progress=quiet)) == []


def test_records_that_are_another_texts_are_told(small: Desk) -> None:
    alter(small, "UPDATE plan_contents SET content = "
                "(SELECT content FROM plan_contents c JOIN plans p ON p.id = c.plan_id WHERE p.code = 'hazmat') "
                "WHERE plan_id = (SELECT id FROM plans WHERE code = 'epidemic')")
    assert [(one.what, one.where) for one in plan_texts.differences(small, progress=quiet)] == [("plan_back", "plans epidemic 1.0")]


def test_records_that_cannot_be_read_are_told_and_the_plan_is_opened_from_its_text(small: Desk) -> None:
    whole = trade_of(small.store).shelf.plan("hazmat", "1.0")
    alter(small, "UPDATE plan_contents SET content = CAST(substr(content, 1, 40) || x'ff' || substr(content, 42) AS BLOB)")
    assert {one.what for one in integrity.check(small).differences} == {"plan_back"}
    assert trade_of(small.store).shelf.plan("hazmat", "1.0") == whole


def test_what_is_missing_is_made_when_a_desk_is_opened(small: Desk) -> None:
    alter(small, "DELETE FROM plan_backs WHERE code = 'hazmat'")
    alter(small, "DELETE FROM plan_contents WHERE plan_id = (SELECT id FROM plans WHERE code = 'epidemic')")
    assert trade_of(small.store).shelf.plans == small.trade.shelf.plans
    assert integrity.check(small).is_sound


def test_wants_that_an_older_program_kept_learn_by_when_goods_are_wanted_when_a_desk_is_opened(desk: Desk) -> None:
    plain = "(SELECT json_group_array(json_remove(value, '$.goods_by')) FROM json_each(wants))"
    alter(desk, f"UPDATE plan_contents SET wants = {plain}")
    assert "plan_back" in {one.what for one in integrity.check(desk).differences}
    trade_of(desk.store)
    assert integrity.check(desk).is_sound


def test_a_backup_brings_its_shelf_and_index_back(desk: Desk, tmp_path: Path) -> None:
    kept = back_up(desk.store.path, tmp_path / "backups", at=START, reason="routine")
    take(desk, fire(code="later", title=Text("榫卯", "")))
    desk.store.close()
    restore(kept, desk.store.path, tmp_path / "backups", at=START)
    store = open_store(desk.store.path)
    again = Desk(store, facts=desk.facts, trade=trade_of(store), account=desk.account, clock=desk._clock, random_bits=lambda bits: 5)
    assert not again.trade.shelf.has("later", "1.0") and plan_search.find(again, text="榫卯").plans == ()
    assert plan_search.find(again, text="指挥").hits == len(scan(trade().current_plans, "指挥")) and integrity.check(again).is_sound
    store.close()


def test_the_index_is_brought_up_in_bites(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    alter(desk, "DELETE FROM plan_indexed")
    monkeypatch.setattr(stored_plans, "BITE", 4)
    source = StoredPlans(desk.store, read_plan_text)
    shelf = source.shelf()
    left = [source.index_some(shelf, 4) for _turn in range(3)]
    assert left == [len(shelf.in_force) - 8, 0, 0]
    assert integrity.check(desk).is_sound


# -- drafts ------------------------------------------------------------------------------------------------------------
def test_a_draft_is_found_as_it_is_written_now_and_opened(desk: Desk) -> None:
    draft = plan_drafts.start_draft(desk, plan=fire(code="new_one", title=Text("榫卯古建火灾预案", ""))).value
    assert [found.back.standing for found in plan_search.find(desk, text="榫卯").plans] == [ShelfStanding.DRAFT]
    view = plan_drafts.open_draft(desk, draft_id=draft.id)
    part = view.part(PartKind.CLAUSE, "1.1")
    assert part is not None
    said = Clause(number="1.1", title=Text("目的"), body=Text("斗拱起火先断电"))
    plan_editing.save_part(desk, part_id=part.id, version=part.version, record=said)
    found = plan_search.find(desk, text="斗拱").plans
    assert [(one.back.code, one.hits[0].piece.clause) for one in found] == [("new_one", "1.1")]
    clause = desk.trade.shelf.plan_or_draft("new_one", "1.0").clause("1.1")
    assert clause is not None and clause.body.zh == "斗拱起火先断电"
    with pytest.raises(NotFound):  # where an issued version is wanted a draft is none
        desk.trade.plan("new_one", "1.0")
    assert desk.trade.shelf.current("new_one") is None  # a draft never answers a call


# -- searching ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["指挥", "消防 119", "omman", "5.2.3", "%", "高层 疏散"])
def test_everything_that_a_plain_scan_finds_is_found(desk: Desk, text: str) -> None:
    found = plan_search.find(desk, text=text, most=100_000)
    assert sorted(repr(hit) for one in found.plans for hit in one.hits) == sorted(map(repr, scan(trade().current_plans, text)))
    assert (found.is_more, found.unindexed) == (False, 0)


def test_titles_come_first_and_the_open_plan_before_all(desk: Desk) -> None:
    found = plan_search.find(desk, text="火灾")
    titled = [one.by_title for one in found.plans]
    assert titled == sorted(titled, reverse=True) and titled[0]
    assert plan_search.find(desk, text="火灾", first=("epidemic", "1.0")).plans[0].back.code != "epidemic"  # nothing of it is found
    assert plan_search.find(desk, text="指挥", first=("epidemic", "1.0")).plans[0].back.code == "epidemic"


def test_of_many_the_first_are_told_and_that_there_are_more(desk: Desk) -> None:
    found = plan_search.find(desk, text="应急", most=20)
    assert (found.hits, found.is_more) == (20, True)


def test_a_filter_narrows_list_and_search(desk: Desk) -> None:
    take(desk, fire(code="street_fire", tier=Tier.STREET, title=Text("街道火灾预案", "Street fire plan")))
    asked = PlanFilter(tier=Tier.STREET, hazard="building_fire", standing=ShelfStanding.IN_FORCE)
    assert [back.code for back in plan_search.list_plans(desk, asked=asked)] == ["street_fire"]
    assert {one.back.code for one in plan_search.find(desk, text="消防", asked=asked).plans} == {"street_fire"}
    assert [back.code for back in plan_search.list_plans(desk, text="street FIRE")] == ["street_fire"]


def test_a_snippet_shows_the_words_with_their_places() -> None:
    hit = next(hit for hit in scan([fire()], "拨打119"))
    shown = snippet(hit.piece, words_of("拨打119"), "zh_CN")
    assert [shown.text[start:end] for start, end in shown.lit] and {shown.text[start:end] for start, end in shown.lit} == {"拨打119"}


# -- beside many -------------------------------------------------------------------------------------------------------
def test_a_plan_is_held_against_the_nearest_of_very_many_and_the_number_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_checks, "MOST_LINKED", 3)
    take(desk, *(fire(code=f"fire_{number}") for number in range(6)), fire(code="above", hazard_types=("hazmat",)))
    plan = fire(parent="above")
    look, linked = plan_checks.look_over(desk, plan=plan), plan_checks.linked_plans(desk.trade.shelf, plan)
    shipped = [other for other in trade().current_plans
               if other.code != FIRE and FIRE in (*other.hazard_types, other.parent, *other.aligned)]
    assert look.linked == len(linked) == 7 + len(shipped)
    assert look.compared == len(plan_checks.nearest(plan, linked)) < look.linked
    assert linked[0].code == "above" and plan_checks.nearest(plan, linked)[:3] == linked[:3]


def test_the_colour_of_a_plan_is_told_without_opening_one(desk: Desk) -> None:
    acting_as(desk, "leader")
    source = StoredPlans(desk.store, read_plan_text)
    desk.trade = replace(desk.trade, shelf=source.shelf())
    assert set(plan_checks.colours(desk, codes=[FIRE, "hazmat"])) == {FIRE, "hazmat"} and source._kept == {}


# -- where a version stands --------------------------------------------------------------------------------------------
_KINDS = st.sampled_from([MoveKind.DRAFTED, MoveKind.SUBMITTED, MoveKind.REVIEWED, MoveKind.APPROVED, MoveKind.ISSUED, MoveKind.FILED,
                          MoveKind.WITHDRAWN, MoveKind.EVALUATED])


@given(st.lists(st.tuples(st.sampled_from(["1.0", "1.1", "1.10", "2.0"]), _KINDS), max_size=12))
def test_the_shelf_has_in_force_what_the_life_of_the_versions_says(moved: list[tuple[str, MoveKind]]) -> None:
    names = [("one", version) for version in ("1.0", "1.1", "1.10", "2.0")]
    moves = [PlanMove(id=f"{number:032x}", code="one", plan_version=version, kind=kind, on_date=START.date(), recorded_at=START,  # type: ignore[arg-type]
                      account_id="a" * 32) for number, (version, kind) in enumerate(moved)]  # type: ignore[arg-type]
    where = standings(names, ((("one", version), kind) for version, kind in moved))
    last = {version: kind for version, kind in moved if kind in _STAGED}
    if _ON_ITS_WAY.isdisjoint(last.values()):  # a version that is being reviewed has no text yet
        assert {name for name, standing in where.items() if standing is ShelfStanding.IN_FORCE} == in_force(lives(names, moves).values())


_ON_ITS_WAY = frozenset({MoveKind.SUBMITTED, MoveKind.REVIEWED, MoveKind.APPROVED})
_STAGED = _ON_ITS_WAY | {MoveKind.DRAFTED, MoveKind.ISSUED, MoveKind.WITHDRAWN}


def test_plans_held_whole_stand_as_those_of_a_store() -> None:
    shelf = HeldPlans([fire(), fire(version="1.10"), fire(version="1.9")]).shelf()
    assert [(back.version, back.standing) for back in shelf.plans] == [
        ("1.0", ShelfStanding.SUPERSEDED), ("1.9", ShelfStanding.SUPERSEDED), ("1.10", ShelfStanding.IN_FORCE)]
