"""Words for what a plan says in numbers: its levels' conditions, what a level asks for, where a plan belongs."""

from __future__ import annotations

from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.plan_shelf import PlanBack
from emergency_desk.domain.plans import Condition, LevelRule, Needs, Plan, PlanKind, WorkGroup
from emergency_desk.wording.catalog import _, current_language, ngettext, pgettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import field_label, label

MONEY = "loss_yuan"


def conditions(rule: LevelRule, plan: Plan) -> list[str]:
    """Return the conditions of a level, each a line of its own; one of them suffices."""
    return [condition(each, plan) for each in rule.conditions]


def condition(of: Condition, plan: Plan) -> str:
    """Return one condition; all its parts must hold."""
    parts = [figure(name, least) for name, least in of.figures]
    if of.grade is not None:
        parts.append(_("Graded {grade} or worse").format(grade=label(of.grade)))
    for id_ in of.situations:
        situation = plan.situation(id_)
        parts.append(situation.name.in_language(current_language()) if situation else id_)
    return _(" and ").join(parts) or _("Any such event")


def figure(name: str, least: int, below: int | None = None) -> str:
    """Return a figure with the number it reaches and, where it has one, the number it stays below; people and money in the words of papers."""
    told = field_label(name)
    if below is not None:
        if name == MONEY:
            return _("Direct loss: {count} yuan or more, below {below} yuan").format(count=number(least), below=number(below))
        return pgettext("people", "{figure}: {count} or more, below {below}").format(figure=told, count=number(least), below=number(below))
    if name == MONEY:
        return _("Direct loss: {count} yuan or more").format(count=number(least))
    return pgettext("people", "{figure}: {count} or more").format(figure=told, count=number(least))


def needs(of: Needs, plan: Plan, capabilities: tuple[Capability, ...]) -> str:
    """Return what a level asks for: teams by capability, items, places in shelters; "" when it asks for nothing."""
    language = current_language()
    names = {one.id: one.name.in_language(language) for one in capabilities}
    parts = [ngettext("{capability}: {count} team", "{capability}: {count} teams", count).format(
        capability=names.get(id_, id_), count=number(count)) for id_, count in of.teams]
    for id_, count in of.items:
        item = plan.item(id_)
        parts.append(_("{item}: {count} {unit}").format(item=item.name.in_language(language) if item else id_, count=number(count),
                                                        unit=item.unit.in_language(language) if item else ""))
    if of.places:
        parts.append(ngettext("{count} place in a shelter", "{count} places in shelters", of.places).format(count=number(of.places)))
    return _("; ").join(parts)


def group_name(group: WorkGroup) -> str:
    """Return the plan's own name of a work group, else what it is for."""
    return group.name.in_language(current_language()) or label(group.function)


def about(plan: PlanBack) -> str:
    """Return version, kind and tier of a plan in one line."""
    return _("v{version} · {kind} · {tier}").format(version=plan.version, kind=label(plan.kind), tier=label(plan.tier))


def short_title(plan: PlanBack) -> str:
    """Return what a plan is for, without the word that every plan's title has, for a line that names many plans."""
    language = current_language()
    title = plan.title.in_language(language)
    if plan.kind is PlanKind.OVERALL:
        return title
    short = title.removesuffix("应急预案") if language.startswith("zh") else title.removeprefix("Contingency Plan for ")
    return short or title
