"""Who should go, over 10,000 teams with every reason and over 100,000 with the first ten and the counts.

Three registers: as a city has them (few unlike teams), at random (no two alike), and one where nearly everybody could go.
The floor is a bare loop over as many tuples, which a rule that looked at each team in turn could not undercut.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from emergency_desk.domain.areas import Area, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.recommendation import Recommendation, recommend
from emergency_desk.domain.roster import Roster
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.teams import Certificate, Team, TeamKind, TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import SpeedBand, TravelSettings
from tests.benchmarks.rows import Row, median_ms

TODAY = date(2026, 11, 24)
TRAVEL = TravelSettings(
    road_factor=1.3, least_minutes=1, basis=RuleBasis(source="benchmark", title=Text("", "")),
    bands=(SpeedBand(up_to_road_km=10, km_per_hour=30), SpeedBand(up_to_road_km=None, km_per_hour=50)),
)
CAPABILITIES = (
    "fire_fighting", "high_reach", "hazmat", "collapse_rescue", "water_rescue", "diving", "mountain_rescue", "forest_fire", "flood_control",
    "drainage", "medical", "burn_care", "epidemic_control", "gas_repair", "power_repair", "water_repair", "comms_repair", "road_rescue",
    "engineering", "traffic_control", "cordon", "evacuation", "monitoring", "geology", "structure_safety", "mine_rescue", "marine_rescue",
    "oil_spill", "aviation", "psychology", "volunteer_support",
)
NEEDS = {"fire_fighting": 3, "medical": 2, "hazmat": 2, "cordon": 1, "drainage": 2}
CITY = Id("city")


def city_tree(districts: int = 10, streets: int = 14) -> AreaTree:
    """Return a made-up city."""
    areas = [Area(CITY, "City", Tier.CITY, latitude=36.1, longitude=120.4)]
    for d in range(districts):
        areas.append(Area(Id(f"d{d}"), f"District {d}", Tier.DISTRICT, CITY))
        areas += [Area(Id(f"d{d}s{s}"), f"Street {d}.{s}", Tier.STREET, Id(f"d{d}")) for s in range(streets)]
    return AreaTree(areas)


def random_team(random: Random, number: int, areas: list[Id]) -> Team:
    """Return a team like no other: every attribute at random."""
    able = tuple(random.sample(CAPABILITIES, random.randint(1, 6)))
    papers = tuple(
        Certificate(name, f"C{number}", TODAY + timedelta(days=random.randint(-300, 900))) for name in able if random.random() < 0.4
    )
    return Team(
        id=Id(f"{number:032x}"), code=f"T{number:06}", name=f"Team {number}", kind=random.choice(list(TeamKind)),
        area_id=random.choice(areas),
        capabilities=able, certificates=papers, latitude=random.uniform(35.6, 37.1), longitude=random.uniform(119.5, 121.0),
        muster_minutes=random.randint(1, 60), radius_km=random.choice([None, 5.0, 20.0, 60.0, random.uniform(1, 100)]),
        may_cross_area=random.random() < 0.8, agreement_until=TODAY + timedelta(days=random.randint(-300, 900)),
        state=random.choice([TeamState.STANDBY] * 8 + list(TeamState)), incident_id=Id("i"),
    )


def city_team(random: Random, number: int, areas: list[Id]) -> Team:
    """Return a team as registers have them: one of few kinds of team, mostly at rest."""
    kind, able = random.choice([
        (TeamKind.NATIONAL_FIRE, ("fire_fighting", "hazmat", "collapse_rescue")), (TeamKind.PROFESSIONAL, ("medical",)),
        (TeamKind.PROFESSIONAL, ("drainage", "flood_control")), (TeamKind.GRASSROOTS, ("cordon", "evacuation")),
        (TeamKind.SOCIAL, ("water_rescue", "diving")), (TeamKind.MILITIA, ("flood_control",)), (TeamKind.UNIT, ("hazmat",)),
    ])
    return Team(
        id=Id(f"{number:032x}"), code=f"T{number:06}", name=f"Team {number}", kind=kind, area_id=random.choice(areas), capabilities=able,
        latitude=random.uniform(35.6, 37.1), longitude=random.uniform(119.5, 121.0), muster_minutes=random.choice([1, 2, 5, 15, 30]),
        state=random.choice([TeamState.STANDBY] * 30 + list(TeamState)),
    )


def everybody_can_go(random: Random, number: int, areas: list[Id]) -> Team:
    """Return a team that passes every check but the last."""
    team = random_team(random, number, areas)
    return replace(team, kind=TeamKind.PROFESSIONAL, state=TeamState.STANDBY, certificates=(), agreement_until=None, radius_km=None,
                   may_cross_area=True, capabilities=(*team.capabilities, random.choice(list(NEEDS))))


MAKERS = (("as a city has them", city_team), ("all unlike", random_team), ("all could go", everybody_can_go))


def ask(roster: Roster) -> Recommendation:
    """Ask as the city's desk about a scene in the middle."""
    return recommend(roster, needs=NEEDS, place=(36.1, 120.4), area_id=Id("d3s3"), desk_area_id=CITY, today=TODAY, travel=TRAVEL)


def every_reason(roster: Roster) -> int:
    """Build every reason for every team."""
    answer = ask(roster)
    return len(answer.choices) + len(list(answer.others)) + len(list(answer.by_request))


def first_ten_and_counts(roster: Roster) -> int:
    """Read what the call form shows first."""
    answer = ask(roster)
    return len((answer.choices + answer.spare)[:10]) + sum(answer.counts.values())


def bare_loop(teams: list[tuple[str, ...]]) -> int:
    """Touch every tuple once."""
    seen = 0
    for team in teams:
        if team[0]:
            seen += 1
    return seen


def run() -> list[Row]:
    """Measure all registers."""
    tree, rows = city_tree(), []
    areas = list(tree.by_id)
    cases = ((10_000, "every reason", every_reason, 50), (100_000, "first ten and counts", first_ten_and_counts, 150))
    for count, what, act, limit in cases:
        for manner, make in MAKERS:
            random = Random(20261124)
            roster = Roster.of((make(random, number, areas) for number in range(count)), tree, TODAY)
            tuples = [(team.id, team.code, team.name) for team in roster.teams]
            floor = median_ms(lambda tuples=tuples: bare_loop(tuples))
            ours = median_ms(lambda roster=roster, act=act: act(roster))
            rows.append(Row.within_ms(f"recommend {count:,}, {what}: {manner}", floor_name="bare loop over as many tuples", floor_ms=floor,
                                      ours_ms=ours, ms=limit))
        changed = replace(roster.teams[count // 2], state=TeamState.WORKING)
        refresh = median_ms(lambda roster=roster, changed=changed: roster.with_teams([changed]))
        rows.append(Row.within_ms(f"one team of {count:,} changed", floor_name="bare loop over as many tuples", floor_ms=floor,
                                  ours_ms=refresh, ms=10))
    return rows
