"""Could we fight this plan tonight: all levels of all tiers of a shipped plan, held against 10,000 teams, 500 shelters and 300 depots.

Asked as the city's desk, which looks at the city and each district, and as a district's, which looks at itself, its city and each
street, with every other plan as a rival for its teams.
The floor is a bare loop over as many tuples.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_readiness import Tonight, readiness
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_shelters import SheltersTonight, ShelterTonight
from emergency_desk.domain.plan_stock import DepotTonight, Held, StockTonight, code_of
from emergency_desk.domain.roster import Roster
from emergency_desk.domain.shelters import Inspected, Shelter, ShelterTier
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.domain.teams import Equipment, Team
from tests.benchmarks.bench_recommendation import CITY, MAKERS, TODAY, TRAVEL, bare_loop, city_tree
from tests.benchmarks.rows import Row, median_ms
from tests.builders import trade


def run() -> list[Row]:
    """Measure the plan that asks for most, over each register."""
    tree, rows, plans = city_tree(), [], trade().current_plans
    areas = list(tree.by_id)
    random = Random(20261124)
    shelters = SheltersTonight(today=TODAY, shelters=tuple(
        ShelterTonight(area_id=random.choice(areas), shelter=Shelter(Id(f"s{number}"), ShelterTier.TOWNSHIP, inspected=Inspected.FIT,
                                                                     inspected_on=TODAY), capacity=random.choice([None, 100, 400, 2000]))
        for number in range(500)))
    plan = max(plans, key=lambda each: sum(len(rule.needs.teams) for rule in each.levels))
    stock = shelves(random, areas)
    for manner, make in MAKERS:
        random = Random(20261124)
        roster = Roster.of((equipped(make(random, number, areas), plan) for number in range(10_000)), tree, TODAY)
        tuples = [(team.id, team.code, team.name) for team in roster.teams]
        floor = median_ms(lambda tuples=tuples: bare_loop(tuples))
        for desk in (CITY, Id("d3")):
            tonight = Tonight(roster=roster, shelters=shelters, desk_area_id=desk, travel=TRAVEL, stock=stock)
            ours = median_ms(lambda tonight=tonight: readiness(plan, plans, tonight))
            rows.append(Row.within_ms(f"readiness of {plan.code}, 10,000 teams, desk {desk}: {manner}",
                                      floor_name="bare loop over as many tuples", floor_ms=floor, ours_ms=ours, ms=200))
    return rows


def equipped(team: Team, plan: Plan) -> Team:
    """Return a team that keeps one thing of each kind that the plan asks for."""
    return replace(team, equipment=tuple(Equipment(item.name.zh, 1, item.unit.zh, item.code) for item in plan.items))


def shelves(random: Random, areas: list[Id]) -> StockTonight:
    """Return 300 depots, and what any plan asks for in 60 of them."""
    depots = [DepotTonight(id=Id(f"p{number}"), name=f"Depot {number}", area_id=random.choice(areas), loading_minutes=random.choice([0, 20, 45]),
                           place=(36 + random.random(), 120 + random.random())) for number in range(300)]
    wanted = {code_of(item): item for plan in trade().current_plans for item in plan.items}
    items = {code: (SupplyItem(id=Id(code), code=code, name=item.name.zh, unit=item.unit.zh),) for code, item in wanted.items()}
    return StockTonight(items=items, held={Id(code): tuple(
        Held(depot, random.randrange(500), random.randrange(200)) for depot in random.sample(depots, 60)) for code in wanted})
