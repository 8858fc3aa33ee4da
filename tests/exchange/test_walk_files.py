"""Reading walk scripts: what a script says, and every slip with its line and the nearest right word."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.walks import City, Walk, holds, written
from emergency_desk.errands.walk_registry import ACTS, FIGURES, read_walk, refusals
from emergency_desk.exchange.walk_moments import read_moment

ROOT = Path(__file__).resolve().parents[2]
WALKS = ROOT / "plans" / "walks"
DAY = date(2026, 11, 5)

SMALL = """\
format: 1
title: {zh: 小火, en: A small fire}
given:
  city: demo
  date: 2026-11-05
  clock: "19:30"
steps:
  - at: "19:31"
    tier: tier_district
    act: call
    name: fire
    words: 楼着火了
    where: 北河区东台街道 一路1号
    occurred: "-5"
    send: all
    expect:
      type: building_fire
      orders: ">= 1"
  - at: "+5"
    act: close
    incident: fire
    refused: IncidentHasTeamsOut
"""


def read(text: str) -> Walk:
    return read_walk(text, "small.yaml")


def slip(old: str, new: str) -> BadFile:
    """Return what the reader says of the small walk with one thing written otherwise."""
    assert old in SMALL
    with pytest.raises(BadFile) as raised:
        read(SMALL.replace(old, new))
    return raised.value


def test_a_script_is_read_into_steps_with_moments_and_expectations() -> None:
    walk = read(SMALL)
    first, second = walk.steps
    assert (walk.title, walk.title_en, walk.given.city) == ("小火", "A small fire", City.DEMO)
    assert (first.at, second.at) == (from_local(DAY, 19, 31), from_local(DAY, 19, 36))
    assert first.tier is Tier.DISTRICT and second.tier is None
    assert first.moments == {"occurred": from_local(DAY, 19, 26)}
    assert [(one.figure, one.wanted) for one in first.expectations] == [("type", "building_fire"), ("orders", ">= 1")]
    assert second.refused == "IncidentHasTeamsOut" and second.expected_count == 1


@pytest.mark.parametrize(("old", "new", "reason", "line", "nearest"), [
    ("act: call", "act: cal", "unknown_act", 10, "call"),
    ("send: all", "sends: all", "unknown_argument", 15, "send"),
    ("      orders:", "      order:", "unknown_figure", 18, "orders"),
    ("refused: IncidentHasTeamsOut", "refused: IncidentHasTeamOut", "unknown_refusal", 22, "IncidentHasTeamsOut"),
    ("tier: tier_district", "tier: tier_distict", "unknown_choice", 9, "tier_district"),
    ("city: demo", "city: demos", "unknown_choice", 4, "demo"),
])  # fmt: skip
def test_a_misspelt_word_is_named_with_its_line_and_the_nearest_right_one(old: str, new: str, reason: str, line: int, nearest: str) -> None:
    found = slip(old, new)
    assert (found.values["reason"], found.values["line"], found.values["nearest"]) == (reason, line, nearest)


@pytest.mark.parametrize(("old", "new", "reason"), [
    ('at: "+5"', 'at: "5 past"', "not_a_moment"),
    ('at: "+5"', 'at: "19:30"', "time_goes_back"),
    ("incident: fire", "incident: fyre", "not_made_yet"),
    ("format: 1", "format: 2", "unknown_format"),
    ("date: 2026-11-05", "date: 2026-11-35", "not_a_date"),
    ("    act: call\n", "", "missing_key"),
    ("  city: demo\n", "  city: nothing\n", "missing_key"),
])  # fmt: skip
def test_what_cannot_be_played_is_refused_when_it_is_read(old: str, new: str, reason: str) -> None:
    assert slip(old, new).values["reason"] == reason


@pytest.mark.parametrize(("text", "moment"), [
    ("19:31", from_local(DAY, 19, 31)), ("19:31:30", from_local(DAY, 19, 31, 30)), ("+5", from_local(DAY, 19, 25)),
    ("-0.5", from_local(DAY, 19, 19, 30)), ("2026-11-06 01:30", from_local(date(2026, 11, 6), 1, 30)),
])  # fmt: skip
def test_times_are_clock_times_minutes_or_whole_dates(text: str, moment: datetime) -> None:
    assert read_moment(text, near=from_local(DAY, 19, 20)) == moment


@pytest.mark.parametrize(("wanted", "found"), [
    ("3", 3), (">= 3", 3), ("< 3", 2), ("grade_4", "grade_4"), ("nothing", None), ("nothing", ()), ("yes", True), ("no", False),
    ("not grade_4", "grade_3"), ("contains log", ("a", "log")), ("contains 煤气", "有煤气味"), ("one of a, b", "b"), ("= >= 3", ">= 3"),
    (("dead", "badly_hurt"), ("dead", "badly_hurt")), ("3.5", 3.5), ("a", ("a",)),
])  # fmt: skip
def test_an_expectation_holds(wanted: str | tuple[str, ...], found: object) -> None:
    assert holds(wanted, found)  # type: ignore[arg-type]
    assert not holds(f"not {wanted}", found) if isinstance(wanted, str) else True  # type: ignore[arg-type]


@pytest.mark.parametrize(("wanted", "found"), [
    ("3", 4), (">= 3", None), (">= 3", True), ("nothing", 0), ("yes", "true"), (("a", "b"), ("b", "a")), ("contains x", ()),
])  # fmt: skip
def test_an_expectation_does_not_hold(wanted: str | tuple[str, ...], found: object) -> None:
    assert not holds(wanted, found)  # type: ignore[arg-type]


def test_an_unknown_figure_is_written_as_nothing_and_never_as_zero() -> None:
    assert (written(None), written(0), written(("a", "b"))) == ("nothing", "0", "[a, b]")


def test_the_guide_names_every_act_argument_and_figure() -> None:
    guide = (WALKS / "README.md").read_text(encoding="utf-8")
    missing = [name for name in ACTS if f"`{name}`" not in guide]
    missing += [argument for act in ACTS.values() for argument in act.shape.arguments if f"`{argument}`" not in guide]
    missing += [figure.shape.written for figure in FIGURES if f"`{figure.shape.written}`" not in guide]
    assert sorted(set(missing)) == []


def test_the_examples_of_the_guide_can_be_read() -> None:
    parts = (WALKS / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1:]
    scripts = [part.split("```")[0] for part in parts]
    read_all = [read_walk(script, "README.md") for script in scripts if script.startswith("format: 1")]
    assert len(read_all) >= 2


def test_every_refusal_of_the_desk_may_be_expected() -> None:
    assert {"TeamIsOut", "ReasonMissing", "ApplicationNeeded", "NotFound", "Stale"} <= refusals()
