"""A walk written as a text file, one step after the other, so that the reader of `walk_files` gives the same walk again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from emergency_desk.domain.moments import CHINA
from emergency_desk.domain.texts import Text
from emergency_desk.domain.walks import City, Given, GivenArea, GivenTeam, Step, Walk
from emergency_desk.exchange.walk_files import FORMAT
from emergency_desk.exchange.yaml_writing import bilingual, field, flow_list, scalar


def write_walk(walk: Walk, *, remarks: Sequence[str] = ()) -> str:
    """Write a walk. `remarks` stand above it, each on a line of its own."""
    lines = [*(f"# {remark}" for remark in remarks), *field(0, "format", FORMAT), *bilingual(0, "title", Text(walk.title, walk.title_en)),
             *_given(walk.given), "steps:"]
    for step in walk.steps:
        lines += _step(step)
    return "\n".join(lines) + "\n"


def moment_text(moment: datetime) -> str:
    """Return a moment as a walk reads it back, to the second."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _given(given: Given) -> Iterable[str]:
    start = given.start.astimezone(CHINA)
    yield from ("given:", *field(2, "city", given.city.value), *field(2, "date", f"{start:%Y-%m-%d}"), f'  clock: "{start:%H:%M:%S}"')
    if given.account:
        yield from field(2, "account", given.account)
    if given.city is City.NOTHING:
        yield from (*field(2, "area", given.area_code), *field(2, "desk", given.desk_code))
    yield from _listed("areas", (_area(one) for one in given.areas))
    yield from _listed("teams", (_team(one) for one in given.teams))


def _listed(key: str, entries: Iterable[Mapping[str, str | tuple[str, ...]]]) -> Iterable[str]:
    for number, entry in enumerate(entries):
        if not number:
            yield f"  {key}:"
        yield from _entry(4, entry)


def _area(one: GivenArea) -> dict[str, str | tuple[str, ...]]:
    return _without_blanks({"name": one.name, "parent": one.parent, "tier": one.tier.value, "code": one.code, "name_en": one.name_en,
                            "latitude": _number(one.latitude), "longitude": _number(one.longitude)})


def _team(one: GivenTeam) -> dict[str, str | tuple[str, ...]]:
    muster = "" if one.muster_minutes is None else str(one.muster_minutes)
    return _without_blanks({
        "name": one.name, "kind": one.kind.value, "area": one.area, "capabilities": one.capabilities, "name_en": one.name_en,
        "latitude": _number(one.latitude), "longitude": _number(one.longitude), "vehicles": one.vehicles, "channel": one.channel,
        "muster_minutes": muster, "radius_km": _number(one.radius_km), "may_cross_area": "" if one.may_cross_area else "no"})


def _step(step: Step) -> Iterable[str]:
    head: dict[str, str | tuple[str, ...]] = {"at": moment_text(step.at)}
    if step.tier is not None:
        head["tier"] = step.tier.value
    head |= _without_blanks({"as": step.account, "act": step.act, "name": step.name, "why": step.why})
    yield ""
    yield from _entry(2, {**head, **step.arguments, **{key: moment_text(moment) for key, moment in step.moments.items()}})
    if step.refused:
        yield from field(4, "refused", step.refused)
    if step.expectations:
        yield "    expect:"
        for one in step.expectations:
            wanted = flow_list(one.wanted) if isinstance(one.wanted, tuple) else scalar(one.wanted)
            yield f"      {scalar(one.figure)}: {wanted}"


def _entry(indent: int, pairs: Mapping[str, str | tuple[str, ...]]) -> Iterable[str]:
    """Write one entry of a list, a fact a line."""
    lines: list[str] = []
    for key, value in pairs.items():
        lines += [f"{' ' * (indent + 2)}{key}: {flow_list(value)}"] if isinstance(value, tuple) else list(field(indent + 2, key, value))
    lines[0] = f"{' ' * indent}- {lines[0].lstrip()}"
    return lines


def _without_blanks(pairs: Mapping[str, str | tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
    return {key: value for key, value in pairs.items() if value}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
