"""What the register answers: a page of teams, one team whole, what runs out, how the areas stand, and the views somebody saved."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.register import (
    CONTACT_DAYS,
    AreaStates,
    ExpiryLine,
    TeamDetail,
    TeamFilter,
    TeamLine,
    TeamOrder,
)
from emergency_desk.domain.teams import TeamKind, TeamState
from emergency_desk.services import library
from emergency_desk.services.desk import Desk, Done

PAGE = 200
MOST_FOUND = 4_000  # more hits than this are looked for by the store, which stops after a page
MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter somebody gave a name. `days`: papers that end within so many days; the day is reckoned when the view is opened."""

    name: str
    text: str = ""
    kinds: tuple[TeamKind, ...] = ()
    capability: str = ""
    area_id: Id | None = None
    states: tuple[TeamState, ...] = ()
    days: int | None = None
    is_retired: bool = False
    order: TeamOrder = TeamOrder.NAME
    columns: tuple[str, ...] = ()


# -- the long list ----------------------------------------------------------------------------------------------------
def page_of_teams(
    desk: Desk, *, asked: TeamFilter, order: TeamOrder = TeamOrder.NAME, after: tuple[str | int, str] | None = None, limit: int = PAGE,
) -> list[TeamLine]:
    """Return a page of teams behind a place (`TeamLine.place`), or the first page."""
    only = _found_in_memory(desk, asked)
    with desk.reading() as reading:
        return reading.team_lines(asked, order=order, after=after, limit=limit, only=only)


def count_teams(desk: Desk, *, asked: TeamFilter) -> int:
    """Return how many teams a filter finds."""
    only = _found_in_memory(desk, asked)
    with desk.reading() as reading:
        return reading.team_count(asked, only=only)


def places_of_pages(desk: Desk, *, asked: TeamFilter, order: TeamOrder = TeamOrder.NAME, every: int = PAGE) -> list[tuple[str | int, str]]:
    """Return behind which place each page after the first begins, so that a list can be entered anywhere."""
    only = _found_in_memory(desk, asked)
    with desk.reading() as reading:
        return reading.team_places(asked, order=order, every=every, only=only)


def ids_of_teams(desk: Desk, *, asked: TeamFilter, limit: int = MOST_LINES) -> list[Id]:
    """Return the ids of the teams a filter finds, so many at most."""
    only = _found_in_memory(desk, asked)
    with desk.reading() as reading:
        return reading.team_ids(asked, only=only, limit=limit)


def _found_in_memory(desk: Desk, asked: TeamFilter) -> list[str] | None:
    if asked.is_retired or not asked.text.strip():
        return None
    return desk.memory.find_teams(asked.text, most=MOST_FOUND)


# -- one team, and what is due ----------------------------------------------------------------------------------------
def team_detail(desk: Desk, *, team_id: Id) -> TeamDetail:
    """Return a team with its members, agreements and deployments. Raises NotFound."""
    with desk.reading() as reading:
        team = reading.teams.get(team_id)
        return TeamDetail(
            team=team, members=tuple(reading.members.where("WHERE team_id = ? AND name <> '' ORDER BY post, name", (team_id,))),
            agreements=tuple(reading.agreements.where(
                "WHERE team_id = ? OR (number <> '' AND number = ?) ORDER BY valid_until, id", (team_id, team.agreement_number))),
            deployments=tuple(reading.deployments_of(team_id)))


def what_expires(desk: Desk, *, days: int, limit: int = MOST_LINES) -> list[ExpiryLine]:
    """Return what ends within so many days or has ended: certificates, ratings, insurance, agreements; then contacts to be tried."""
    today = local_day(desk.now())
    with desk.reading() as reading:
        ending = reading.expiring(today + timedelta(days=days), limit=limit)
        return [*ending, *reading.contacts_to_try(today - timedelta(days=CONTACT_DAYS), limit=max(0, limit - len(ending)))]


def states_below(desk: Desk, *, area_id: Id | None = None) -> list[AreaStates]:
    """Return how the teams stand in an area itself and in each area straight below it. `None` is the desk's own area."""
    tree, top = desk.tree, area_id or desk.area_id
    now, silent_after = desk.now(), timedelta(minutes=library.silent_minutes(desk))
    with desk.reading() as reading:
        counted = reading.states_by_area()
        silent = reading.silent_teams(now=now, silent_after=silent_after)
    rows: dict[Id, Counter[TeamState]] = {top: Counter(), **{child.id: Counter() for child in tree.children(top)}}
    lost: Counter[Id] = Counter()
    lines: dict[Id, Id] = {}

    def line_of(area: Id) -> Id | None:
        if area not in lines:
            lines[area] = next((above.id for above in reversed(tree.path(area)) if above.id in rows), Id(""))
        return lines[area] or None

    for area, state, count in counted:
        row = line_of(area)
        if row is not None:
            rows[row][state] += count
    for area in silent:
        row = line_of(area)
        if row is not None:
            lost[row] += 1
    return [AreaStates(id_, dict(counts), lost[id_]) for id_, counts in rows.items()]


# -- saved views ------------------------------------------------------------------------------------------------------
def list_views(desk: Desk) -> list[SavedView]:
    """Return the views that were saved at this desk, in the order they were."""
    kept = json.loads(library.read_setting(desk, name=library.TEAM_VIEWS, default="[]"))
    return [
        SavedView(name=one["name"], text=one["text"], kinds=tuple(map(TeamKind, one["kinds"])), capability=one["capability"],
                  area_id=one["area_id"], states=tuple(map(TeamState, one["states"])), days=one["days"], is_retired=one["is_retired"],
                  order=TeamOrder(one["order"]), columns=tuple(one["columns"]))
        for one in kept
    ]


def keep_view(desk: Desk, *, view: SavedView) -> Done[object]:
    """Save a view; one of the same name is replaced."""
    views = [one for one in list_views(desk) if one.name != view.name]
    return _keep_views(desk, [*views, view])


def drop_view(desk: Desk, *, name: str) -> Done[object]:
    """Drop a saved view."""
    return _keep_views(desk, [one for one in list_views(desk) if one.name != name])


def _keep_views(desk: Desk, views: list[SavedView]) -> Done[object]:
    content = [{"name": one.name, "text": one.text, "kinds": one.kinds, "capability": one.capability, "area_id": one.area_id,
                "states": one.states, "days": one.days, "is_retired": one.is_retired, "order": one.order, "columns": one.columns}
               for one in views]
    kept = library.keep_setting(desk, name=library.TEAM_VIEWS, content=json.dumps(content, ensure_ascii=False))
    return Done(kept.value, kept.changes)
