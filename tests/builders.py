"""Builders: a small made-up city, a desk over a real store, a clock that is set by hand."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from emergency_desk.app import paths
from emergency_desk.domain.accounts import Account, Role
from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_shelf import HeldPlans
from emergency_desk.domain.teams import Certificate, Team, TeamKind
from emergency_desk.domain.trade import Trade
from emergency_desk.errands.trade import read_plan_text, read_trade, shipped_plans, shipped_rules
from emergency_desk.services import founding, library
from emergency_desk.services.accounts import act_as
from emergency_desk.services.desk import Desk, DeskFacts
from emergency_desk.services.stored_plans import StoredPlans
from emergency_desk.store.opening import open_store
from emergency_desk.store.store import Store

START = from_local(date(2026, 11, 5), 19, 31)
PASSWORD = "a-made-up-password"


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, minutes: float) -> datetime:
        """Move on and return the new moment."""
        self.at += timedelta(minutes=minutes)
        return self.at

    def set(self, hour: int, minute: int, second: int = 0, *, day: date | None = None) -> datetime:
        """Set the local clock time of the same day, or of another one."""
        self.at = from_local(day or (self.at + timedelta(hours=8)).date(), hour, minute, second)
        return self.at


def counting_bits() -> Callable[[int], int]:
    """Return a source of "random" bits that counts, so that tests repeat exactly."""
    counter = itertools.count(1)
    return lambda bits: next(counter) * 0x9E3779B97F4A7C15 % (1 << bits)


CITY, DISTRICT, OTHER_DISTRICT = Id("a" * 32), Id("b" * 32), Id("c" * 32)
STREET, OTHER_STREET, FAR_STREET = Id("d" * 32), Id("e" * 32), Id("f" * 32)


def areas() -> list[Area]:
    """Return one city, two districts, three streets."""
    def area(id_: Id, name: str, tier: Tier, code: str, parent: Id | None, latitude: float, longitude: float) -> Area:
        return Area(id=id_, name=name, tier=tier, code=code, parent_id=parent, latitude=latitude, longitude=longitude, is_demo=True)

    return [
        area(CITY, "试城市", Tier.CITY, "9901", None, 36.07, 120.38),
        area(DISTRICT, "北河区", Tier.DISTRICT, "990101", CITY, 36.088, 120.375),
        area(OTHER_DISTRICT, "南山区", Tier.DISTRICT, "990102", CITY, 36.30, 120.40),
        area(STREET, "东台街道", Tier.STREET, "990101001", DISTRICT, 36.087, 120.360),
        area(OTHER_STREET, "合肥路街道", Tier.STREET, "990101002", DISTRICT, 36.095, 120.390),
        area(FAR_STREET, "南山镇", Tier.STREET, "990102100", OTHER_DISTRICT, 36.31, 120.41),
    ]


def accounts() -> list[Account]:
    """Return an officer at each tier, a leader in the district, an observer."""
    def account(number: int, name: str, role: Role, area: Id) -> Account:
        return Account(id=Id(f"{number:032x}"), name=name, display_name=name, roles=(role,), area_id=area, is_demo=True)

    return [
        account(1, "leader", Role.DUTY_LEADER, DISTRICT), account(2, "officer", Role.DUTY_OFFICER, DISTRICT),
        account(3, "street", Role.DUTY_OFFICER, STREET), account(4, "city", Role.DUTY_LEADER, CITY),
        account(5, "observer", Role.OBSERVER, DISTRICT), account(6, "keeper", Role.KEEPER, DISTRICT),
        account(7, "administrator", Role.ADMINISTRATOR, DISTRICT), account(8, "planner", Role.PLANNER, DISTRICT),
        account(9, "second_planner", Role.PLANNER, DISTRICT),
    ]


def team(number: int, name: str, *capabilities: str, **more: Any) -> Team:
    """Return a professional team of the district, standing by, a little further away with each number."""
    given = {"kind": TeamKind.PROFESSIONAL, "area_id": DISTRICT, "latitude": 36.087 + number / 1000, "longitude": 120.36,
             "muster_minutes": 1, "duty_phone": f"0532-0000{number:04d}", "vehicles": "2 车", "state_since": None} | more
    return Team(id=Id(f"{number:032x}"), code=f"T{number:03d}", name=name, capabilities=tuple(capabilities), is_demo=True, **given)


def teams() -> list[Team]:
    """Return a dozen teams: enough of each kind for the rules to speak."""
    return [
        team(101, "消防一站", "fire_fighting", "collapse_rescue", kind=TeamKind.NATIONAL_FIRE),
        team(102, "消防二站", "fire_fighting", kind=TeamKind.NATIONAL_FIRE),
        team(103, "消防特勤站", "fire_fighting", "high_reach", "hazmat", kind=TeamKind.NATIONAL_FIRE),
        team(104, "急救一组", "medical"), team(105, "急救二组", "medical"), team(106, "急救三组", "medical"),
        team(107, "燃气抢修班", "gas_repair", certificates=(Certificate("gas_repair", "R-1", date(2026, 10, 1)),)),
        team(108, "街道应急队", "cordon", "evacuation", kind=TeamKind.GRASSROOTS, area_id=STREET),
        team(109, "海波志愿队", "water_rescue", kind=TeamKind.SOCIAL),
        team(110, "驻军某部", "flood_control", kind=TeamKind.MILITARY),
        team(111, "南山消防站", "fire_fighting", area_id=OTHER_DISTRICT, latitude=36.30, longitude=120.40),
        team(112, "派出所警戒组", "cordon", "traffic_control"), team(113, "供电抢修队", "power_repair"),
    ]


@cache
def first_edition() -> list[tuple[str, str, str]]:
    """Return the plans that ship under the number of their first edition: what a test issues goes on from there, whatever ships by now."""
    return [(code, "1.0", body.replace(f"\nversion: {version}\n", "\nversion: 1.0\n", 1))
            for code, version, body in shipped_plans(paths.plans())]


@cache
def trade() -> Trade:
    """Return the rules and plans that ship with the desk."""
    plans = HeldPlans(read_plan_text(body, code) for code, _version, body in first_edition())
    return read_trade(shipped_rules(paths.reference()), plans.shelf())


def trade_of(store: Store) -> Trade:
    """Return the shipped rules beside the shelf of a store."""
    return replace(trade(), shelf=StoredPlans(store, read_plan_text).shelf())


def with_plans(desk: Desk, *plans: Plan) -> None:
    """Let a desk have these plans and no others."""
    desk.trade = replace(desk.trade, shelf=HeldPlans(plans).shelf())


_lasting = TemporaryDirectory(prefix="desk-template-", ignore_cleanup_errors=True)


def lasting_folder() -> Path:
    """Return a folder that stays until the last test is over, for what is made once and copied by each test."""
    return Path(mkdtemp(dir=_lasting.name))


@cache
def _template(plans: frozenset[str] | None) -> Path:
    """Make the founded city once; each test copies the file (1 ms)."""
    assert not plans or plans <= {code for code, _version, _body in first_edition()}, plans
    path = lasting_folder() / "template.store"
    store = open_store(path)
    facts = DeskFacts(code="990101", area_id=DISTRICT, name="北河区应急指挥中心", name_en="Beihe District Operations Centre", is_demo=True)
    desk = Desk(store, facts=facts, trade=trade_of(store), clock=SetClock(), random_bits=counting_bits())
    founding.found(desk, facts=facts, areas=areas())
    founding.fill(desk, teams=teams(), sites=())
    library.take_rules(desk, texts=shipped_rules(paths.reference()), source="shipped")
    library.take_plans(desk, texts=[text for text in first_edition() if plans is None or text[0] in plans], source="first edition")
    founding.add_first_accounts(desk, accounts=accounts(), password=PASSWORD)
    store.close()
    return path


def make_desk(
    folder: Path, *, account: str | None = "leader", clock: SetClock | None = None, name: str = "test.store",
    plans: frozenset[str] | None = None,
) -> Desk:
    """Return a desk over a fresh copy of the made-up city, acting as one of its accounts (None: nobody signed in).

    `plans`: the shipped ones it has, None for all. Looking a store over reads every word of every plan, so who does that often names few.
    """
    return desk_of_copy(_template(plans), folder / name, account=account, clock=clock)


def desk_of_copy(template: Path, path: Path, *, account: str | None = "leader", clock: SetClock | None = None) -> Desk:
    """Return a desk over a copy of a store that was made, looked over and closed before."""
    shutil.copyfile(template, path)
    store = Store(path)
    desk = Desk(store, facts=library.read_facts(store), trade=trade_of(store), clock=clock or SetClock(), random_bits=counting_bits())
    if account is not None:
        act_as(desk, name=account)
    return desk


def acting_as(desk: Desk, name: str) -> Desk:
    """Return the same desk with another account in the chair."""
    act_as(desk, name=name)
    return desk


def later(moment: datetime, minutes: float) -> datetime:
    """Return a moment some minutes later."""
    return moment + timedelta(minutes=minutes)


