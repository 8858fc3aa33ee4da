"""Gathers the survey of emergency resources from the registers of the desk's area. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from emergency_desk.domain import resource_survey as survey
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.plan_stock import StockHere
from emergency_desk.domain.plan_wants import PlanWants
from emergency_desk.domain.resource_survey import ListedTeam, PromisedGoods, SurveySheet
from emergency_desk.domain.stock_boards import StockFilter
from emergency_desk.domain.teams import Team, TeamKind
from emergency_desk.domain.texts import Text
from emergency_desk.services import plan_checks, plan_papers, stock_lists, units
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint, place_of
from emergency_desk.services.plan_checks import shelters_tonight, stock_tonight

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
        equipment=survey.equipment_of(own), places=survey.places_of(sites, _registered(desk), plans, desk.tier),
        site_counts=survey.site_counts(sites, lambda area_id: _part_name(desk, area_id)),
        sites=tuple((site, _below(desk, site.area_id) if site.area_id else Text(site.place_path)) for site in sites),
        agreements=tuple(agreements), callable_teams=tuple(_listed(desk, team) for team in outside[:MOST_LISTED]),
        teams=tuple(_listed(desk, team) for team in _ordered(desk, own)[:MOST_LISTED]), teams_in_all=len(own),
        without_phone=sum(not team.duty_phone for team in own), goods=survey.goods_of(plans, desk.tier, _there(desk, plans)),
        stock_lines=stock_lists.count_stock(desk, asked=StockFilter(area_id=desk.area_id)), promises=_promises(desk),
        names={one.id: one.name for one in desk.trade.capabilities}, titles=plan_papers.titles(desk))


def _registered(desk: Desk) -> dict[Id, int | None]:
    return {one.site_id: one.capacity for one in shelters_tonight(desk).shelters if one.site_id is not None}


def _there(desk: Desk, plans: Iterable[PlanWants]) -> Callable[[Item], int | None]:
    """Return what tells how much of a plan's item the depots of the desk's area may issue; None where the stock keeps no such item."""
    stock = stock_tonight(desk, [item for plan in plans for level in plan.of_tier(desk.tier) for item in level.goods])
    here = StockHere(stock, desk.tree, desk.area_id, desk.trade.travel) if stock is not None else None

    def there(item: Item) -> int | None:
        found = here.of(item) if here is not None else None
        return found.all().there if found is not None else None
    return there


def _promises(desk: Desk) -> tuple[PromisedGoods, ...]:
    with desk.reading() as reading:
        kept = reading.supply_promises.where("ORDER BY kind, valid_until IS NULL, valid_until, partner, id")
        items = {item.id: item for item in reading.supply_items.get_many({one.item_id for one in kept})}
    return tuple(PromisedGoods(promise=one, item=Text(items[one.item_id].name, items[one.item_id].name_en), unit=items[one.item_id].unit)
                 for one in kept if one.area_id is None or desk.tree.is_within(one.area_id, desk.area_id))


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
