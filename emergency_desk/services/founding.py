"""Founds a desk in an empty store: the areas it serves, its own place among them, its code, who works it; and fills a demo city."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from emergency_desk.domain.accounts import Account, Act
from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.areas import Area
from emergency_desk.domain.errors import DeskFounded, FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.isolation import IsolationSite
from emergency_desk.domain.library import PlanText, RuleTable, Setting
from emergency_desk.domain.moments import local_year
from emergency_desk.domain.shelters import Shelter
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock import Lot, Movement, play
from emergency_desk.domain.supplies import Depot, StockPlace, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.teams import Team, TeamMember
from emergency_desk.domain.units import Unit
from emergency_desk.services.accounts import hash_password
from emergency_desk.services.desk import Desk, DeskFacts, Done
from emergency_desk.services.library import DESK_SETTING

_SHIPPED = "shipped"


def found(desk: Desk, *, facts: DeskFacts, areas: Iterable[Area]) -> Done[DeskFacts]:
    """Lay the tree of areas and the facts of the desk into an empty store, in one commit."""
    if not facts.code.strip():
        raise FieldMissing(name="code")
    desk.may_lay(Act.KEEP_SETTINGS)
    with desk.open_work() as work:
        count = work.areas.add_many(areas)
        work.areas.get(facts.area_id)
        work.settings.add(_facts_setting(facts))
        desk.facts = facts
        return Done(facts, work.commit("found", code=facts.code, areas=count, is_demo=facts.is_demo))


def found_city(
    desk: Desk, *, facts: DeskFacts, areas: Iterable[Area], account: Account, password: str, rules: Mapping[str, str],
    plans: Iterable[tuple[str, str, str]],
) -> Done[DeskFacts]:
    """Found a real desk: tree, facts, rules, plans and the first account in one commit, so that none is ever founded by halves.

    Raises DeskFounded, FieldMissing.
    """
    if not facts.code.strip():
        raise FieldMissing(name="desk_code")
    kept = hash_password(password)
    with desk.open_work() as work:
        standing = work.settings.where("WHERE id = ?", (DESK_SETTING,))
        if standing:
            raise DeskFounded(path="", desk=json.loads(standing[0].content)["name"])
        count = work.areas.add_many(areas)
        work.areas.get(facts.area_id)
        work.settings.add(_facts_setting(facts))
        for name, content in sorted(rules.items()):
            work.rules.add(RuleTable(id=Id(name), content=content, source=_SHIPPED))
        for code, version, body in plans:
            work.plans.add(PlanText(id=desk.new_id(), code=code, plan_version=version, body=body, source=_SHIPPED))
        work.accounts.add(account)
        work.keep_secret(account.id, kept)
        done = Done(facts, work.commit("found", code=facts.code, areas=count, is_demo=facts.is_demo, account=account.name))
    desk.facts = facts
    return done


def add_areas(desk: Desk, *, areas: Iterable[Area]) -> Done[int]:
    """Add areas to the tree, such as a development zone without a code. Their parents must be there."""
    desk.may_lay(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        count = work.areas.add_many(areas)
        return Done(count, work.commit("add_areas", areas=count))


def add_first_accounts(desk: Desk, *, accounts: Iterable[Account], password: str, salt: bytes | None = None) -> Done[int]:
    """Add accounts that share one password; used for the accounts of a demo city, which gives a salt so that it can be built again alike."""
    desk.may_lay(Act.KEEP_ACCOUNTS)
    kept = hash_password(password, salt=salt)
    with desk.open_work() as work:
        count = 0
        for account in accounts:
            work.accounts.add(account)
            work.keep_secret(account.id, kept)
            count += 1
        return Done(count, work.commit("add_first_accounts", accounts=count))


def fill(
    desk: Desk, *, teams: Iterable[Team], sites: Iterable[Site], members: Iterable[TeamMember] = (), agreements: Iterable[Agreement] = (),
    units: Iterable[Unit] = (), shelters: Iterable[Shelter] = (), isolation: Iterable[IsolationSite] = (),
) -> Done[tuple[int, int]]:
    """Put teams and sites, and what belongs to them, into the register, in one commit."""
    desk.may_lay(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        counts = (work.teams.add_many(teams), work.sites.add_many(sites))
        more = (work.members.add_many(members), work.agreements.add_many(agreements), work.units.add_many(units))
        work.shelters.add_many(shelters)
        work.isolation_sites.add_many(isolation)
        return Done(counts, work.commit("fill", teams=counts[0], sites=counts[1], members=more[0], agreements=more[1], units=more[2]))


@dataclass
class FoundStock:
    """Everything that stands in depots when a desk is filled at once."""

    items: list[SupplyItem] = field(default_factory=list)
    depots: list[Depot] = field(default_factory=list)
    places: list[StockPlace] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    targets: list[StockTarget] = field(default_factory=list)
    promises: list[SupplyPromise] = field(default_factory=list)


def fill_stock(desk: Desk, *, stock: FoundStock) -> Done[int]:
    """Put stock into the depots, with every movement that brought it there, in one commit; the movements are in the order of their moments.

    Raises StockShort where a balance would fall below nothing.
    """
    desk.may_lay(Act.MOVE_STOCK)
    movements = sorted(stock.movements, key=lambda one: (one.recorded_at, one.id))
    play(movements)
    with desk.open_work() as work:
        work.supply_items.add_many(stock.items)
        work.depots.add_many(stock.depots)
        work.stock_places.add_many(stock.places)
        work.lots.add_many(stock.lots)
        work.movements.add_many(movements)
        work.stock_targets.add_many(stock.targets)
        work.supply_promises.add_many(stock.promises)
        work.balances.build_anew()
        for _document in movements:
            work.next_number(f"stock {desk.facts.code} {local_year(desk.now())}")
        return Done(len(movements), work.commit("fill_stock", lots=len(stock.lots), movements=len(movements)))


def _facts_setting(facts: DeskFacts) -> Setting:
    content = {"code": facts.code, "area_id": facts.area_id, "name": facts.name, "name_en": facts.name_en, "is_demo": facts.is_demo,
               "phone": facts.phone}
    return Setting(id=DESK_SETTING, content=json.dumps(content, ensure_ascii=False))
