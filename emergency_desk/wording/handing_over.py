"""Drafts in words for the ladder: what a hand-over says of situation, resources and open orders, and the measures of an activation.

They are drafts: whoever signs reads and changes them. Nothing here guesses; what is not known is to be verified (R-2.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import IncidentRoom, OrderLine
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.incidents import Incident, Task, TaskState
from emergency_desk.domain.plans import Level, Plan, actions_for
from emergency_desk.domain.teams import OUT, Team
from emergency_desk.wording.advice import Namer, grade_word
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label

_ALWAYS = ("dead", "badly_hurt", "trapped", "missing")
_KNOWN = ("hurt", "evacuate", "at_risk")
_MOST = 8  # things named one by one; what goes beyond is counted


def situation(room: IncidentRoom, namer: Namer) -> str:
    """Tell what happened, where, how bad it is and how it stands."""
    incident = room.incident
    place = " ".join(part for part in (namer.area(incident.area_id), incident.address) if part)
    return _("{title}, {place}. {figures}. Grade: {grade}. {state}.").format(
        title=incident.title, place=place, figures=figures(incident), grade=grade_word(incident.grade), state=label(incident.state))


def figures(incident: Incident) -> str:
    """Tell the figures; those that matter in every report are named also where they are to be verified."""
    known = [name for name in (*_ALWAYS, *_KNOWN) if getattr(incident, name) is not None]
    unknown = [name for name in _ALWAYS if getattr(incident, name) is None]
    parts = [_("{figure} {count}").format(figure=field_label(name), count=getattr(incident, name)) for name in known]
    if unknown:
        parts.append(_("to be verified: {figures}").format(figures=_(", ").join(field_label(name) for name in unknown)))
    return _(", ").join(parts)


def resources(orders: Sequence[OrderLine], incident: Incident) -> str:
    """Tell which teams are out on an incident, and in which state."""
    out = {line.team.id: line.team for line in orders if line.team.incident_id == incident.id and line.team.state in OUT}
    told = [_("{team} ({state})").format(team=_team(team), state=label(team.state)) for team in out.values()]
    return _("{count} teams out: {teams}").format(count=len(told), teams=_listed(told)) if told else _("no team is out")


def open_orders(orders: Sequence[OrderLine], tasks: Iterable[Task]) -> str:
    """Tell the orders that run, those without a receipt first, and what the plan still asks for."""
    running = [line for line in orders if line.dispatch.state in (OrderState.SENT, OrderState.RECEIVED)]
    silent = [_("{order} {team}: no receipt yet").format(order=line.dispatch.order_number, team=_team(line.team))
              for line in running if line.dispatch.awaits_receipt]
    given = [_("{order} {team}").format(order=line.dispatch.order_number, team=_team(line.team))
             for line in running if not line.dispatch.awaits_receipt]
    todo = [f"{task.clause} {_task(task)}".strip() for task in tasks if task.state is TaskState.OPEN]
    parts = [_("orders: {orders}").format(orders=_listed([*silent, *given]))] if running else []
    parts += [_("still to do: {tasks}").format(tasks=_listed(todo))] if todo else []
    return _("; ").join(parts) or _("nothing open")


def measures(plan: Plan | None, *, tier: Tier, level: Level | None, tasks: Iterable[Task] = ()) -> str:
    """Tell what a tier does at a level by its plan; without a plan, what is laid on the incident for that tier.

    What the desk asks for by itself (reports, the activation, command) is no measure of the response.
    """
    if plan is not None and level is not None:
        language = current_language()
        told = [action.title.in_language(language) for action in actions_for(plan, tier, level) if action.meets is None]
    else:
        told = [_task(task) for task in tasks if task.tier == tier.value and task.state is TaskState.OPEN and not task.meets]
    return _("; ").join(dict.fromkeys(told))


def _listed(parts: Sequence[str]) -> str:
    if len(parts) <= _MOST:
        return _(", ").join(parts)
    return _("{things} and {count} more").format(things=_(", ").join(parts[:_MOST]), count=len(parts) - _MOST)


def _team(team: Team) -> str:
    return team.name_en if team.name_en and not current_language().startswith("zh") else team.name


def _task(task: Task) -> str:
    return task.title_en if task.title_en and not current_language().startswith("zh") else task.title
