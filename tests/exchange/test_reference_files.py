"""The reference files: what ships reads whole, and a slip is named with its file, line and place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.capabilities import read_capabilities
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.rules import HOUSE
from emergency_desk.exchange.plan_files import CAPABILITIES, INCIDENT_TYPES
from emergency_desk.exchange.reference_files import FILES, read_reference, read_reference_texts
from tests.domain.reference_data import FOLDER, shipped, table


def texts() -> dict[str, str]:
    """Return the shipped texts, to be spoiled."""
    return {name: (FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in FILES}


def test_the_types_and_capabilities_are_those_that_plans_use() -> None:
    assert {one.id for one in shipped().types} == INCIDENT_TYPES
    assert {one.id for one in shipped().capabilities} == CAPABILITIES


def test_every_type_asks_for_a_team_and_is_known_by_words() -> None:
    assert [one.id for one in shipped().types if not one.needs or len(one.phrases) < 10] == []


def test_everything_has_a_name_in_both_languages() -> None:
    named = (*shipped().types, *shipped().capabilities, *shipped().grading)
    assert [one.id for one in named if not one.name.zh or not one.name.en] == []


def test_a_receipt_is_awaited_for_five_minutes_by_default() -> None:
    assert (shipped().clocks.receipt_minutes, shipped().clocks.receipt_basis.source) == (5, HOUSE)


def test_what_is_due_at_once_has_an_allowance_of_the_house() -> None:
    clocks = shipped().clocks
    assert clocks.at_once_minutes == 15 and clocks.at_once_basis is not None and clocks.at_once_basis.source == HOUSE


def test_all_rows_of_the_deadline_table_are_there() -> None:
    assert {rule.row for rule in shipped().clocks.rules} == {f"D{number}" for number in range(1, 18)}


def test_the_minutes_of_d11_to_d15_are_internal_limits_and_never_law() -> None:
    internal = [rule for rule in shipped().clocks.rules if rule.row in {"D11", "D12", "D13", "D14", "D15"} and rule.minutes]
    assert internal and not any(rule.is_law for rule in internal)
    assert all("内部时限" in rule.says.zh and "internal limit" in rule.says.en for rule in internal)


def test_the_disaster_return_counts_from_the_disaster_itself() -> None:
    rule = shipped().clocks.rule("D10-first")
    assert rule is not None and (rule.clock_start, rule.minutes) == ("occurrence", 120)


def test_the_forest_fire_table_tells_that_its_text_was_replaced() -> None:
    basis = table("forest_fire").basis
    assert basis.is_in_force_on(date(2025, 12, 31)) and not basis.is_in_force_on(date(2026, 1, 1))


def test_what_was_not_read_in_the_text_is_not_called_verified() -> None:
    verified = {one.id for one in shipped().grading if one.basis.is_verified}
    assert verified == {"production_accident", "forest_fire", "geological", "social", "by_judgement"}


def test_a_capability_is_recognised_by_its_words() -> None:
    assert read_capabilities("市北消防站（云梯）", shipped().capabilities) == ("fire_fighting", "high_reach")


SLIPS: tuple[tuple[str, str, str, str], ...] = (
    ("grading", "source: AR493", "source: AR999", "unknown_word"),
    ("grading", "grade_1: 30, grade_2: 10, grade_3: 3", "grade_1: 30, grade_2: 10, grade_3: 10", "not_falling"),
    ("grading", "grade_1: 30, grade_2: 10, grade_3: 3", "grade_1: 30, grade_2: many, grade_3: 3", "not_a_number"),
    ("grading", "  - id: fire\n", "  - id: production_accident\n", "duplicate"),
    ("grading", "dead: {", "deaths: {", "unknown_key"),
    ("sources", "in_force_from: 2007-06-01", "in_force_from: 2007-06-31", "not_a_date"),
    ("incident_types", "class: accident", "class: accidental", "unknown_word"),
    ("incident_types", "needs: {fire_fighting: 2", "needs: {fire_fightin: 2", "unknown_key"),
    ("incident_types", "kin: [explosion", "kin: [explosions", "unknown_word"),
    ("incident_types", "grading: fire\n", "grading: fires\n", "unknown_word"),
    ("incident_types", "着大火,", "着大火, ..火,", "empty"),
    ("deadlines", "minutes: 5", "minutes: soon", "not_a_number"),
    ("deadlines", 'due_at: ["09:00"]', 'due_at: ["9 Uhr"]', "not_a_clock_time"),
    ("travel", "up_to_road_km: 25", "up_to_road_km: 4", "not_rising"),
    ("travel", "road_factor: 1.4", "road_factor: 0", "not_a_number"),
    ("duplicates", "near_m: 300", "near_m: 3000", "not_rising"),
    ("duplicates", "recent: 15", "latest: 15", "unknown_key"),
    ("near_miss", "figures: [at_risk]", "figures: [risk]", "unknown_word"),
    ("capabilities", "id: diving", "id: fire_fighting", "duplicate"),
    ("working_days", "from: 2026-10-01", "from: 2026-10-32", "not_a_date"),
    ("working_days", "to: 2026-10-07", "to: 2026-09-07", "not_rising"),
    ("working_days", "2026-10-10]", "2026-10-07]", "duplicate"),
    ("working_days", "2026-10-10]", "2027-10-10]", "not_a_date"),
    ("working_days", "year: 2025", "year: 2026", "not_a_date"),
    ("superseded", "until: 2024-10-31", 'until: ""', "empty"),
    ("superseded", "id: erl_2007", "id: overall_plan_2005", "duplicate"),
)


@pytest.mark.parametrize(("name", "before", "after", "reason"), SLIPS)
def test_a_slip_is_named_with_file_and_line(name: str, before: str, after: str, reason: str) -> None:
    spoiled = texts()
    assert before in spoiled[name]
    spoiled[name] = spoiled[name].replace(before, after, 1)
    with pytest.raises(BadFile) as caught:
        read_reference_texts(spoiled)
    assert (caught.value.values["name"], caught.value.values["reason"]) == (f"{name}.yaml", reason)
    assert caught.value.values["line"] > 0


def _leave_out(folder: Path) -> None:
    (folder / "grading.yaml").unlink()


def _write_gbk(folder: Path) -> None:
    (folder / "grading.yaml").write_bytes("tables: 火灾".encode("gbk"))


@pytest.mark.parametrize(("spoil", "reason"), [(_leave_out, "missing"), (_write_gbk, "encoding")])
def test_a_file_that_is_missing_or_not_utf8_is_named(tmp_path: Path, spoil: Callable[[Path], None], reason: str) -> None:
    for name, text in texts().items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    spoil(tmp_path)
    with pytest.raises(BadFile) as caught:
        read_reference(tmp_path)
    assert (caught.value.values["name"], caught.value.values["reason"]) == ("grading.yaml", reason)
