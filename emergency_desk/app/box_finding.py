"""What the Ctrl+K box finds besides actions and pages: the look of the program, incidents, teams, areas, plans."""

from __future__ import annotations

from functools import partial
from typing import Any

from emergency_desk.domain.plan_search import holds, words_of
from emergency_desk.services import areas, incidents, teams
from emergency_desk.services.desk import Desk
from emergency_desk.ui import workplace
from emergency_desk.ui.look import Look
from emergency_desk.ui.palette_box import Answer, Found
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import catalog
from emergency_desk.wording.catalog import _

_MOST_SOUNDED = 200  # plans that the box may look through by pinyin at each letter


def offer(place: Workplace, look: Look) -> None:
    """Let the box of a window find all of it."""
    box = place.window.top.box
    box.add_provider("look", lambda _text, answer: answer(look.found()))
    box.add_provider("incidents", partial(_find_incidents, place))
    box.add_provider("teams", partial(_find_teams, place))
    box.add_provider("areas", partial(_find_areas, place))
    box.add_provider("plans", partial(_find_plans, place))


def _find_incidents(place: Workplace, text: str, answer: Answer) -> None:
    def read() -> list[tuple[Any, str, str]]:
        return [(line.id, line.number, line.title) for line in incidents_found(place.desk, text)]

    place.ask(read, then=lambda found: answer([
        Found(title, number, partial(place.open_room, id_), is_match=True) for id_, number, title in found]))


def incidents_found(desk: Desk, text: str) -> list[Any]:
    """Return incidents whose number, title or pinyin holds the text, the newest first."""
    return incidents.find(desk, text=text, limit=8)


def _find_teams(place: Workplace, text: str, answer: Answer) -> None:
    def show(found: list[Any]) -> None:
        from emergency_desk.ui.incidents.call_lines import team_name  # pages bring it anyhow; the first paint need not wait for it

        answer([Found(team_name(team), _("team · {phone}").format(phone=team.duty_phone or "—"), partial(_open_team, place, team), is_match=True)
                for team in found])

    if text.strip():
        place.ask(lambda: teams.list_teams(place.desk, text=text, limit=8), then=show)
    else:
        answer([])


def _open_team(place: Workplace, team: Any) -> None:
    """Go where the team is at work, or to its entry in the register."""
    if team.incident_id:
        place.open_room(team.incident_id)
    else:
        place.open_team(team.id)


def _find_areas(place: Workplace, text: str, answer: Answer) -> None:
    def show(found: list[Any]) -> None:
        answer([Found(one.area.name, _("take a call from here"), partial(_call_from, place, one)) for one in found])

    if text.strip():
        place.ask(lambda: areas.find_areas(place.desk, text=text, limit=5), then=show)
    else:
        answer([])


def _call_from(place: Workplace, found: Any) -> None:
    page: Any = place.window.show_page(workplace.CALL)
    page.start()
    page.take_area(found)


def _find_plans(place: Workplace, text: str, answer: Answer) -> None:
    language = catalog.current_language()
    plans, words = place.desk.trade.shelf.in_force, words_of(text)
    if len(plans) > _MOST_SOUNDED:  # by sound only where they are few; of thousands those whose title holds the words
        plans = tuple(plan for plan in plans if words and holds(plan.title.zh, plan.title.en, words))[:_MOST_SOUNDED]
    answer([Found(plan.title.in_language(language), _("plan v{version}").format(version=plan.version),
                  partial(place.open_plan, plan.code, plan.version)) for plan in plans])
