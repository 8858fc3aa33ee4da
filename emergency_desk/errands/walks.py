"""Plays a walk script through the same services as the window: on a scratch copy of a store, or in place on a demo or empty one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from emergency_desk.domain.accounts import Account, Act, Role, is_allowed
from emergency_desk.domain.areas import LADDER, Area
from emergency_desk.domain.errors import BadFile, DeskError, WalkLacks, WalkNotInPlace
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Certificate, Team
from emergency_desk.domain.walks import City, Finding, GivenTeam, Step, Verdict, Walk, holds, written
from emergency_desk.errands.city_areas import city_areas
from emergency_desk.errands.trade import shipped_plans, shipped_rules
from emergency_desk.errands.walk_registry import ACTS, figure_named, read_walk
from emergency_desk.errands.walk_stage import Stage, WalkClock
from emergency_desk.exchange.divisions import read_divisions
from emergency_desk.services import accounts, founding, integrity, library
from emergency_desk.services.desk import Desk, DeskFacts
from emergency_desk.wording.refusals import sentence

Clock = Callable[[], datetime]


class Ground(Protocol):
    """What the wiring room lends: how a desk is opened, how the demo city is built, and where rules and plans lie."""

    reference: Path
    plans: Path

    def open_desk(self, path: Path, clock: Clock, like: Desk | None = None) -> Desk:
        """Open the desk of a store, which is made when it is not there; a copy of an encrypted one with the key of the desk it is `like`."""

    def build_demo(self, path: Path, clock: Clock) -> None:
        """Build the demo city into a store that is not there yet or empty."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a whole walk."""

    walk: Walk
    verdicts: tuple[Verdict, ...]

    @property
    def expected(self) -> int:
        """How many expectations there were."""
        return sum(verdict.expected for verdict in self.verdicts)

    @property
    def held(self) -> int:
        """How many of them held."""
        return sum(verdict.held for verdict in self.verdicts)

    @property
    def is_held(self) -> bool:
        """Say whether every step came as expected."""
        return all(verdict.is_held for verdict in self.verdicts)

    @property
    def last_line(self) -> str:
        """Return the line a walk ends with, the same in every language so that programs can read it."""
        held = f"{self.held} expectations" if self.is_held else f"{self.held} of {self.expected} expectations"
        return f"{len(self.verdicts)} steps, {held} held"


def read_file(path: Path) -> Walk:
    """Read a walk script. Raises BadFile."""
    try:
        return read_walk(path.read_text(encoding="utf-8-sig"), path.name)
    except FileNotFoundError as error:
        raise BadFile(name=str(path), reason="missing") from error
    except (UnicodeDecodeError, OSError) as error:
        raise BadFile(name=str(path), reason="damaged", detail=str(error)) from error


def up_to(walk: Walk, name: str, *, ends_at: datetime) -> Walk:
    """Return a walk as far as the step of a name, moved in time so that this step falls on a moment."""
    steps = walk.steps[:next(step.number for step in walk.steps if step.name == name)]
    by = ends_at - steps[-1].at
    moved = tuple(replace(step, at=step.at + by, moments={name: at + by for name, at in step.moments.items()}) for step in steps)
    return replace(walk, given=replace(walk.given, start=walk.given.start + by), steps=moved)


# -- where it is played -----------------------------------------------------------------------------------------------
def open_scratch(walk: Walk, ground: Ground, folder: Path, *, store: Path | None) -> Stage:
    """Open a scratch copy of a demo store, a demo city of its own where there is none, or an empty store, in a folder.

    Raises what opening and founding raise.
    """
    clock, path, source = WalkClock(walk.given.start), folder / "walk.store", None
    if walk.given.city is City.DEMO and store is None:
        ground.build_demo(path, clock)
    elif walk.given.city is City.DEMO and store is not None:
        source = ground.open_desk(store, clock)
        try:
            path = integrity.copy(source, folder=folder, name=path.name)
        finally:
            source.store.close()
    return _stage(walk, ground, ground.open_desk(path, clock, source), clock)


def open_in_place(walk: Walk, ground: Ground, store: Path) -> Stage:
    """Open a store to play in it. Raises WalkNotInPlace unless it is a demo (or empty, as the walk asks)."""
    clock = WalkClock(walk.given.start)
    if walk.given.city is City.DEMO and not store.exists():
        ground.build_demo(store, clock)
    desk = ground.open_desk(store, clock)
    is_founded = bool(desk.facts.code)
    wrong = "not_empty" if walk.given.city is City.NOTHING and is_founded else ""
    if is_founded and not desk.facts.is_demo:
        wrong = "real"
    if wrong:
        desk.store.close()
        raise WalkNotInPlace(path=str(store), reason=wrong)
    if walk.given.city is City.DEMO and not is_founded:
        desk.store.close()
        ground.build_demo(store, clock)
        desk = ground.open_desk(store, clock)
    return _stage(walk, ground, desk, clock)


def _stage(walk: Walk, ground: Ground, desk: Desk, clock: WalkClock) -> Stage:
    stage = Stage(desk, clock)
    try:
        if walk.given.city is City.NOTHING:
            _found(walk, ground, desk)
        desk.account = _keeper(stage)
        _bring(walk, stage)
        desk.account = None
    except DeskError:
        desk.store.close()
        raise
    return stage


# -- what is given ----------------------------------------------------------------------------------------------------
def _found(walk: Walk, ground: Ground, desk: Desk) -> None:
    """Found a desk for an area and what lies below it to the street, with a leader and an officer for each of its areas, and a planner."""
    divisions = read_divisions(ground.reference / "divisions")
    areas = city_areas(divisions, walk.given.area_code, desk.new_id, {}, is_demo=True)
    own = next(area for area in areas if area.code == walk.given.area_code)
    facts = DeskFacts(code=walk.given.desk_code, area_id=own.id, name=own.name, name_en=own.name_en, is_demo=True)
    founding.found(desk, facts=facts, areas=areas)
    library.take_rules(desk, texts=shipped_rules(ground.reference), source="shipped")
    library.take_plans(desk, texts=shipped_plans(ground.plans), source="shipped")
    founding.add_first_accounts(desk, accounts=_accounts_of(desk, areas, own), password=secrets.token_hex(16))


def _accounts_of(desk: Desk, areas: Iterable[Area], own: Area) -> Iterable[Account]:
    yield Account(id=desk.new_id(), name=f"planner_{own.code}", display_name=f"{own.name} planner", roles=(Role.PLANNER,), area_id=own.id,
                  is_demo=True)
    for area in areas:
        if area.tier in LADDER:
            for word, role in (("leader", Role.DUTY_LEADER), ("officer", Role.DUTY_OFFICER)):
                yield Account(id=desk.new_id(), name=f"{word}_{area.code}", display_name=f"{area.name} {word}", roles=(role,),
                              area_id=area.id, is_demo=True)


def _keeper(stage: Stage) -> Account:
    """Return an account that may lay down what the walk brings with it."""
    return next(one for one in stage.accounts if is_allowed(one.roles, Act.KEEP_REGISTER, stage.desk.tree.by_id[one.area_id].tier))


def _bring(walk: Walk, stage: Stage) -> None:
    """Add what the walk brings with it: areas first, because teams and sites lie in them."""
    desk, given = stage.desk, walk.given
    for one in given.areas:
        parent = _area_id(stage, one.parent)
        founding.add_areas(desk, areas=[Area(id=desk.new_id(), name=one.name, tier=one.tier, parent_id=parent, code=one.code, name_en=one.name_en,
                                             latitude=one.latitude, longitude=one.longitude, is_demo=True)])
    teams = [_team(stage, number, one) for number, one in enumerate(given.teams, start=1)]
    sites = [Site(id=desk.new_id(), kind=one.kind, name=one.name, area_id=_area_id(stage, one.area), capacity=one.capacity,
                  latitude=one.latitude, longitude=one.longitude, source="walk", is_demo=True) for one in given.sites]
    if teams or sites:
        founding.fill(desk, teams=teams, sites=sites)


def _team(stage: Stage, number: int, one: GivenTeam) -> Team:
    papers = tuple(Certificate(capability, paper, _day(until)) for capability, paper, until in one.certificates)
    return Team(
        id=stage.desk.new_id(), code=f"W{number:03d}", name=one.name, name_en=one.name_en, kind=one.kind, area_id=_area_id(stage, one.area),
        capabilities=one.capabilities, certificates=papers, latitude=one.latitude, longitude=one.longitude, duty_phone=one.phone,
        vehicles=one.vehicles, channel=one.channel, muster_minutes=one.muster_minutes, radius_km=one.radius_km,
        may_cross_area=one.may_cross_area, agreement_until=_day(one.agreement_until), insured_until=_day(one.insured_until),
        source="walk", is_demo=True)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _area_id(stage: Stage, text: str) -> Id:
    found, rest = stage.place(text)
    if found is None or rest:
        raise WalkLacks(what="area", name=text)
    return found


# -- playing ----------------------------------------------------------------------------------------------------------
def play(walk: Walk, stage: Stage, *, told: Callable[[Verdict], None] | None = None) -> Played:
    """Play every step, each told when it is done; a step that goes wrong does not stop the walk."""
    verdicts = []
    for step in walk.steps:
        verdict = _play_step(stage, step, walk.given.account)
        verdicts.append(verdict)
        if told is not None:
            told(verdict)
    return Played(walk, tuple(verdicts))


def _play_step(stage: Stage, step: Step, account: str) -> Verdict:
    stage.begin(step)
    trouble: DeskError | None = None
    try:
        accounts.act_as(stage.desk, name=stage.account_for(step, account))
        ACTS[step.act].run(stage, step)
    except DeskError as error:
        stage.refusal = trouble = error
    stage.forget()
    who = stage.desk.account.name if stage.desk.account else ""
    if trouble is not None and type(trouble).__name__ != step.refused:
        return Verdict(step, stage.desk.tier, who, trouble=f"{type(trouble).__name__}: {sentence(trouble)}")
    findings = [_find(stage, expectation.figure, expectation.wanted) for expectation in step.expectations]
    if step.refused:
        found = type(trouble).__name__ if trouble else None
        findings.insert(0, Finding("refused", step.refused, written(found), found == step.refused))
    return Verdict(step, stage.desk.tier, who, tuple(findings))


def _find(stage: Stage, name: str, wanted: str | tuple[str, ...]) -> Finding:
    figure, subject = figure_named(name)
    try:
        found = figure.read(stage, subject)
    except DeskError as error:
        return Finding(name, written(wanted), sentence(error), False)
    return Finding(name, written(wanted), written(found), holds(wanted, found))
