"""Gathers the survey of emergency resources from the registers of the desk's area. Reads only."""

from __future__ import annotations

from collections.abc import Iterable

from emergency_desk.domain import resource_survey as survey
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_wants import PlanWants
from emergency_desk.domain.resource_survey import ListedTeam, SurveySheet
from emergency_desk.domain.teams import Team, TeamKind
from emergency_desk.domain.texts import Text
from emergency_desk.services import plan_checks, plan_papers, units
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint, place_of

MOST_LISTED = 1_000  # a longer list is given as a table by the export


def survey_sheet(desk: Desk) -> SurveySheet:
    """Return what the registers hold of the desk's area; a register that is empty is worth a report too."""
    desk.may(Act.READ)
    today, known = local_day(desk.now()), [one.id for one in desk.trade.capabilities]
    plans = tuple(plan_checks.wants_in_force(desk.trade.shelf).by_code.values())
    every = desk.memory.roster(today=today).teams
    tree, below = desk.tree, desk.tree.living_children(desk.area_id)
    own = [team for team in every if tree.is_within(team.area_id, desk.area_id)]
    city = tree.at_tier(desk.area_id, Tier.CITY)
    outside = [team for team in every if team.kind is TeamKind.NATIONAL_FIRE and city is not None
               and tree.is_within(team.area_id, city.id) and not tree.is_within(team.area_id, desk.area_id)]
    sites = sorted((site for site in units.list_sites(desk, limit=MOST_LISTED) if site.area_id is None
                    or tree.is_within(site.area_id, desk.area_id)), key=lambda site: _code(desk, site.area_id))
    agreements = [one for one in units.list_agreements(desk) if one.area_id is None or tree.is_within(one.area_id, desk.area_id)]
    return SurveySheet(
        imprint=imprint(desk), area=place_of(desk, desk.area_id), today=today, kinds=survey.kinds_of(own),
        capacities=survey.capacities(own, plans, desk.tier, known),
        holes=survey.holes(own, below, plans, lambda area_id: _part(desk, area_id), known),
        equipment=survey.equipment_of(own), places=survey.places_of(sites, plans, desk.tier),
        site_counts=survey.site_counts(sites, lambda area_id: _part_name(desk, area_id)),
        sites=tuple((site, _below(desk, site.area_id) if site.area_id else Text(site.place_path)) for site in sites),
        agreements=tuple(agreements), callable_teams=tuple(_listed(desk, team) for team in outside[:MOST_LISTED]),
        teams=tuple(_listed(desk, team) for team in _ordered(desk, own)[:MOST_LISTED]), teams_in_all=len(own),
        without_phone=sum(not team.duty_phone for team in own), asked_items=len(_asked(plans, desk.tier)),
        names={one.id: one.name for one in desk.trade.capabilities}, titles=plan_papers.titles(desk))


def _asked(plans: Iterable[PlanWants], tier: Tier) -> set[str]:
    """Return the goods that plans in use ask for at a tier."""
    return {id_ for plan in plans for level in plan.of_tier(tier) for id_, _count in level.needs.items}


def _ordered(desk: Desk, teams: list[Team]) -> list[Team]:
    kinds = list(TeamKind)
    return sorted(teams, key=lambda team: (desk.tree.by_id[team.area_id].code, kinds.index(team.kind), team.code, team.id))


def _part(desk: Desk, area_id: Id) -> Id | None:
    """Return the area straight below the desk's own in which an area lies, or None for its own."""
    path = [area.id for area in desk.tree.path(area_id)]
    after = path[path.index(desk.area_id) + 1:] if desk.area_id in path else []
    return after[0] if after else None


def _code(desk: Desk, area_id: Id | None) -> str:
    return desk.tree.by_id[area_id].code if area_id else "~"


def _part_name(desk: Desk, area_id: Id | None) -> Text:
    """Return the name of the area straight below the desk's own in which an area lies, or of its own; "" for one that is not known."""
    if area_id is None:
        return Text("")
    part = desk.tree.by_id[_part(desk, area_id) or desk.area_id]
    return Text(part.name, part.name_en)


def _below(desk: Desk, area_id: Id) -> Text:
    """Return an area with those above it up to the desk's own, which every line of the report has in common."""
    path = desk.tree.path(area_id)
    own = [area.id for area in path].index(desk.area_id)
    shown = path[own + 1:] or path[own:]
    return Text("".join(area.name for area in shown), ", ".join(area.name_en or area.name for area in reversed(shown)))


def _listed(desk: Desk, team: Team) -> ListedTeam:
    area = _below(desk, team.area_id) if desk.tree.is_within(team.area_id, desk.area_id) else place_of(desk, team.area_id)
    return ListedTeam(name=Text(team.name, team.name_en), code=team.code, area=area, kind=team.kind,
                      capabilities=team.capabilities, people=team.people_total, ready=team.people_ready, vehicles=team.vehicles,
                      phone=team.duty_phone)
