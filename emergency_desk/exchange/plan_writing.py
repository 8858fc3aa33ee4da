"""Contingency plans written as text files, so that a diff of two versions shows what a planner changed.

Keys keep one order, each fact stands on its own line. Comments of a file that was read are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from emergency_desk.domain.plan_records import (
    Action,
    Clause,
    Condition,
    Contact,
    Item,
    LegalBasis,
    LevelRule,
    Needs,
    Plan,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.exchange.yaml_writing import bilingual, field, flow_list, flow_map, scalar

FORMAT = "1"
Record = TypeVar("Record")


def write_plan(plan: Plan) -> str:
    """Write a plan; reading the text gives the same plan again."""
    lines = [
        *field(0, "format", FORMAT),
        *field(0, "code", plan.code),
        *field(0, "version", plan.version),
        *bilingual(0, "title", plan.title),
        *field(0, "kind", plan.kind.value),
        f"hazard_types: {flow_list(plan.hazard_types)}",
        *([f"near_types: {flow_list(plan.near_types)}"] if plan.near_types else []),
        *field(0, "tier", plan.tier.value),
        *(field(0, "area_code", plan.area_code) if plan.area_code else []),
        *(field(0, "parent", plan.parent) if plan.parent else []),
        *([f"aligned: {flow_list(plan.aligned)}"] if plan.aligned else []),
        *_section("basis", plan.basis, _basis),
        *_section("clauses", plan.clauses, _clause),
        *_section("situations", plan.situations, _situation),
        *_section("items", plan.items, _item),
        *_section("levels", plan.levels, _level),
        *_section("work_groups", plan.work_groups, _work_group),
        *_section("actions", plan.actions, _action),
        *_section("contacts", plan.contacts, _contact),
        *_section("cards", plan.cards, _card),
    ]
    return "\n".join(lines) + "\n"


def _section(key: str, records: Iterable[Record], write: Callable[[Record], Iterable[str]]) -> list[str]:
    """Write a list, one empty line before each entry. A required list stands even when empty."""
    lines: list[str] = []
    for record in records:
        first, *rest = write(record)
        lines += ["", f"  - {first.strip()}", *rest]
    if not lines:
        return ["", f"{key}: []"] if key in ("clauses", "levels", "actions") else []
    return ["", f"{key}:", *lines[1:]]


def _basis(basis: LegalBasis) -> list[str]:
    number = field(4, "number", basis.number) if basis.number else []
    article = field(4, "article", basis.article) if basis.article else []
    return [*bilingual(4, "title", basis.title), *number, *article]


def _clause(clause: Clause) -> list[str]:
    tier = field(4, "tier", clause.tier.value) if clause.tier else []
    body = bilingual(4, "body", clause.body) if clause.body else []
    return [*field(4, "number", clause.number), *tier, *bilingual(4, "title", clause.title), *body]


def _situation(situation: Situation) -> list[str]:
    words = ["    words:", *(f"      - {scalar(word)}" for word in situation.words)] if situation.words else []
    return [*field(4, "id", situation.id), *bilingual(4, "name", situation.name), *words]


def _item(item: Item) -> list[str]:
    code = field(4, "code", item.code) if item.code else []
    return [*field(4, "id", item.id), *code, *bilingual(4, "name", item.name), *bilingual(4, "unit", item.unit)]


def _level(rule: LevelRule) -> list[str]:
    return [
        *field(4, "tier", rule.tier.value),
        *field(4, "level", rule.level.value),
        *field(4, "clause", rule.clause),
        "    activated_by:",
        *field(6, "role", rule.activated_by_role.value),
        *field(6, "zh", rule.activated_by.zh),
        *(field(6, "en", rule.activated_by.en) if rule.activated_by.en else []),
        "    when:",
        *(f"      - {_condition(condition)}" for condition in rule.conditions),
        *_needs(rule.needs),
    ]


def _condition(condition: Condition) -> str:
    pairs = {name: str(at_least) for name, at_least in condition.figures}
    if condition.grade:
        pairs["grade"] = condition.grade.value
    if len(condition.situations) == 1:
        pairs["situation"] = scalar(condition.situations[0], within_flow=True)
    elif condition.situations:
        pairs["situation"] = flow_list(condition.situations)
    return flow_map(pairs or {"always": "yes"})


def _needs(needs: Needs) -> list[str]:
    if not needs:
        return []
    lines = ["    needs:"]
    for key, counts in (("teams", needs.teams), ("items", needs.items)):
        if counts:
            lines += [f"      {key}:", *(f"        {name}: {count}" for name, count in counts)]
    return [*lines, f"      places: {needs.places}"] if needs.places else lines


def _work_group(group: WorkGroup) -> list[str]:
    members = [line for member in group.members for line in _entry(member.zh, member.en)]
    return [*field(4, "id", group.id), *(field(4, "role", group.role.value) if group.role else []),
            *(bilingual(4, "name", group.name) if group.name else []), *bilingual(4, "lead", group.lead),
            *(["    members:", *members] if members else []),
            *bilingual(4, "duties", group.duties)]


def _entry(zh: str, en: str) -> list[str]:
    return [f"      - zh: {scalar(zh)}", *([f"        en: {scalar(en)}"] if en else [])]


def _action(action: Action) -> list[str]:
    return [
        *field(4, "id", action.id),
        *field(4, "clause", action.clause),
        *field(4, "tier", action.tier.value),
        *field(4, "role", action.role.value),
        *field(4, "due", f"T+{action.due_minutes}"),
        *field(4, "from_level", action.from_level.value),
        *(field(4, "meets", action.meets.value) if action.meets else []),
        *bilingual(4, "title", action.title),
        *_needs(action.needs),
    ]


def _contact(contact: Contact) -> list[str]:
    return [*bilingual(4, "role", contact.role), *bilingual(4, "unit", contact.unit), *field(4, "phone", contact.phone)]


def _card(card: ResponseCard) -> list[str]:
    said = (("never", card.never), ("resources", card.resources), ("withdraw_when", card.withdraw_when))
    return [
        *field(4, "id", card.id),
        *bilingual(4, "post", card.post),
        *field(4, "tier", card.tier.value),
        *field(4, "clause", card.clause),
        *field(4, "from_level", card.from_level.value),
        *bilingual(4, "trigger", card.trigger),
        "    steps:",
        *(line for step in card.steps for line in (f"      - due: T+{step.due_minutes}", *bilingual(8, "text", step.text))),
        *(["    reports_to:", *(line for one in card.reports_to for line in _nested(_contact(one)))] if card.reports_to else []),
        *(line for key, text in said if text for line in bilingual(4, key, text)),
    ]


def _nested(lines: list[str]) -> list[str]:
    """Move an entry's lines one list deeper."""
    return [f"      - {lines[0].strip()}", *(f"    {line}" for line in lines[1:])]
