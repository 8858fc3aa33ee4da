"""Builds the demo city: Qingdao's real districts, streets and communities, with invented teams, places and people in them.

Everything invented is marked as demo. The same day gives the same bytes: ids and numbers come from a seed, dates from the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from emergency_desk.domain.accounts import Role
from emergency_desk.domain.areas import Area
from emergency_desk.domain.moments import from_local, local_day
from emergency_desk.errands.city_areas import Place, city_areas
from emergency_desk.errands.demo_accounts import demo_accounts
from emergency_desk.errands.demo_dice import Dice, read_material
from emergency_desk.errands.demo_ground import City, known_positions, read_places, village_positions
from emergency_desk.errands.demo_register import demo_agreements, demo_members, demo_units, district_units, equipped
from emergency_desk.errands.demo_shelters import demo_isolation, demo_shelters
from emergency_desk.errands.demo_sites import demo_sites
from emergency_desk.errands.demo_stock import demo_stock
from emergency_desk.errands.demo_teams import demo_teams
from emergency_desk.exchange.divisions import Divisions, read_divisions
from emergency_desk.services import founding, library
from emergency_desk.services.desk import Desk, DeskFacts
from emergency_desk.wording.catalog import N_, _

DEMO_ACCOUNT = "city_leader"  # whom a demo store acts as unless told otherwise
DEMO_PASSWORD = "demo"  # of every account; nothing in a demo city is worth hiding
DESK_CODE = "370200"
CITY_CODE = "3702"
DESK_PHONE = "0532-8000-0000"  # of the same invented block as every number of the demo
_SEED = 3702_2026
_SALT = b"the demo city"  # fixed, so that two demo cities of one day are alike
_STEPS = (N_("Laying out districts, streets and communities"), N_("Opening accounts"), N_("Filling the register"), N_("Taking the rules"),
          N_("Taking the plans"), N_("Filling the depots"))
_MATERIAL = ("names", "streets", "teams", "sites", "accounts", "register", "stock")
Progress = Callable[[int, int, str], None]


def build_demo(
    desk: Desk, *, divisions_folder: Path, places_file: Path, rules: Mapping[str, str], plans: Iterable[tuple[str, str, str]],
    progress: Progress | None = None,
) -> DeskFacts:
    """Found an unfounded desk as the operations centre of the demo city and fill it. Raises BadFile, StoreTrouble.

    The invented material lies in the folder `demo` beside the file of places. The founding is entered at the day's midnight, by a founder with
    dice of its own.
    """
    material = {name: read_material(places_file.with_name("demo"), name) for name in _MATERIAL}
    dice, today = Dice(_SEED, material["names"]), local_day(desk.now())
    founder = Desk(desk.store, facts=desk.facts, trade=desk.trade, clock=lambda: from_local(today, 0, 0), random_bits=dice.bits)

    _tell(progress, 0)
    places = read_places(places_file)
    known = known_positions(places, material["streets"])
    areas = _areas(read_divisions(divisions_folder), known, material["streets"], dice)
    by_code = {area.code: area for area in areas}
    by_id = {area.id: area for area in areas}
    facts = DeskFacts(code=DESK_CODE, area_id=by_code[CITY_CODE].id, name="青岛市应急指挥中心", name_en="Qingdao City Operations Centre",
                      is_demo=True, phone=DESK_PHONE)
    founding.found(founder, facts=facts, areas=areas)

    _tell(progress, 1)
    city = City.of(areas, places)
    accounts = list(demo_accounts(city, material["accounts"], dice, by_code=by_code))

    _tell(progress, 2)
    teams = demo_teams(city, material["teams"], dice, today=today, known=known)
    more, own_dice = material["register"], Dice(_SEED + 1, material["names"])  # dice of its own: the teams stay who they were
    teams = equipped(teams, more, today=today)
    sites = demo_sites(city, material["sites"], dice, known=known)
    units = demo_units(more, own_dice, city_id=city.area.id)
    founding.fill(
        founder, teams=teams, sites=sites,
        members=demo_members(teams, more, own_dice, today=today), agreements=demo_agreements(teams, own_dice),
        units=[*units, *district_units(more, Dice(_SEED + 3, material["names"]), districts=[each.area for each in city.districts])],
        shelters=demo_shelters(sites, Dice(_SEED + 4, material["names"]), today=today, tree_of=by_id),
        isolation=demo_isolation(sites, Dice(_SEED + 5, material["names"])))

    _tell(progress, 3)
    library.take_rules(founder, texts=dict(rules), source="shipped")
    _tell(progress, 4)
    library.take_plans(founder, texts=plans, source="shipped")
    founding.add_first_accounts(founder, accounts=accounts, password=DEMO_PASSWORD, salt=_SALT)

    _tell(progress, 5)
    founder.account = next(account for account in accounts if Role.KEEPER in account.roles)
    founding.fill_stock(founder, stock=demo_stock(
        sites, material["stock"], Dice(_SEED + 2, material["names"]), today=today, account_id=founder.account.id, desk_code=DESK_CODE,
        tree=founder.memory.tree(), city_id=city.area.id))
    desk.facts = facts
    desk.memory.forget()
    _tell(progress, len(_STEPS))
    return facts


def _areas(divisions: Divisions, known: Mapping[str, Place], streets: Any, dice: Dice) -> list[Area]:
    positions = {**known, **village_positions(divisions.villages(CITY_CODE), known)}
    return city_areas(divisions, CITY_CODE, dice.new_id, positions, english=streets["english"], aliases=streets["aliases"], is_demo=True)


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done, len(_STEPS), _(_STEPS[done]) if done < len(_STEPS) else "")
