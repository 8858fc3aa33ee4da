"""Records of the runnable part as the values of their forms, and back. What a form does not show stays as the record has it.

An answer that cannot be a value yet (no minutes, no choice) leaves what was there before: a draft may be unfinished, never spoilt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_parts import PartRecord, PlanHeader
from emergency_desk.domain.plan_records import (
    Action,
    CardStep,
    Condition,
    Contact,
    Item,
    LegalBasis,
    Level,
    LevelRule,
    Needs,
    PlanFact,
    PlanKind,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text

Values = dict[str, Any]


def values_of(record: PartRecord | PlanHeader, *, pairs: int = 2) -> Values:
    """Return what the form of a record shows; a line of conditions has room for so many figures."""
    return _level_out(record, pairs) if isinstance(record, LevelRule) else _OUT[type(record)](record)


def record_from(before: Any, values: Values) -> Any:
    """Return the record with what the form says now."""
    return _IN[type(before)](before, values)


def _text(name: str, text: Text) -> Values:
    return {f"{name}.zh": text.zh, f"{name}.en": text.en}


def _as_text(values: Values, name: str) -> Text:
    return Text(values[f"{name}.zh"], values[f"{name}.en"])


def _texts(rows: Iterable[tuple[str, ...]]) -> tuple[Text, ...]:
    return tuple(Text(zh, en) for zh, en in rows)


def _counts(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, int], ...]:
    counts = {name: int(count or 1) for name, count in rows if name}
    return tuple(counts.items())


def _needs_out(needs: Needs) -> Values:
    return {"teams": [(name, str(count)) for name, count in needs.teams], "items": [(name, str(count)) for name, count in needs.items],
            "places": str(needs.places) if needs.places else ""}


def _needs_in(values: Values) -> Needs:
    return Needs(teams=_counts(values["teams"]), items=_counts(values["items"]), places=int(values["places"] or 0))


def _contacts_out(contacts: Iterable[Contact]) -> list[tuple[str, ...]]:
    return [(one.role.zh, one.role.en, one.unit.zh, one.unit.en, one.phone) for one in contacts]


def _contacts_in(rows: Iterable[tuple[str, ...]]) -> tuple[Contact, ...]:
    return tuple(Contact(role=Text(row[0], row[1]), unit=Text(row[2], row[3]), phone=row[4]) for row in rows)


# -- levels -----------------------------------------------------------------------------------------------------------
def figure_pairs(rules: Iterable[LevelRule]) -> int:
    """Return for how many figures a line of conditions has room: two, or as many as a condition of the plan has."""
    return max((2, *(len(condition.figures) for rule in rules for condition in rule.conditions)))


def _condition_out(condition: Condition, pairs: int) -> tuple[str, ...]:
    figures = [part for name, least in condition.figures for part in (name, str(least))]
    return (*figures, *("",) * (2 * pairs - len(figures)), condition.grade.value if condition.grade else "", " ".join(condition.situations))


def _condition_in(row: tuple[str, ...]) -> Condition:
    *figures, grade, situations = row
    counts = {name: int(least or 1) for name, least in zip(figures[::2], figures[1::2], strict=True) if name}
    return Condition(figures=tuple(counts.items()), grade=Grade(grade) if grade else None, situations=tuple(situations.split()))


def _level_out(rule: LevelRule, pairs: int) -> Values:
    held = [condition for condition in rule.conditions if condition != Condition()]
    return {"tier": rule.tier.value, "level": rule.level.value, "clause": rule.clause, **_text("activated_by", rule.activated_by),
            "activated_by_role": rule.activated_by_role.value, "always": "yes" if len(held) < len(rule.conditions) else "",
            "when": [_condition_out(condition, pairs) for condition in held], **_needs_out(rule.needs)}


def _level_in(before: LevelRule, values: Values) -> LevelRule:
    conditions = tuple(_condition_in(row) for row in values["when"])
    return replace(
        before, tier=Tier(values["tier"]), level=Level(values["level"]), clause=values["clause"], activated_by=_as_text(values, "activated_by"),
        activated_by_role=PlanRole(values["activated_by_role"]), needs=_needs_in(values),
        conditions=(*conditions, *((Condition(),) if values["always"] else ())))


# -- the others -------------------------------------------------------------------------------------------------------
def _action_out(action: Action) -> Values:
    return {**_text("title", action.title), "tier": action.tier.value, "role": action.role.value, "due": str(action.due_minutes),
            "from_level": action.from_level.value, "clause": action.clause, "meets": action.meets.value if action.meets else "",
            **_needs_out(action.needs)}


def _action_in(before: Action, values: Values) -> Action:
    return replace(
        before, title=_as_text(values, "title"), tier=Tier(values["tier"]), role=PlanRole(values["role"]),
        due_minutes=int(values["due"]) if values["due"] else before.due_minutes, from_level=Level(values["from_level"]),
        clause=values["clause"], meets=PlanFact(values["meets"]) if values["meets"] else None, needs=_needs_in(values))


def _group_out(group: WorkGroup) -> Values:
    return {"role": group.function.value, **_text("name", group.name), **_text("lead", group.lead),
            "members": [(member.zh, member.en) for member in group.members],
            **_text("duties", group.duties)}


def _group_in(before: WorkGroup, values: Values) -> WorkGroup:
    role = PlanRole(values["role"])
    return replace(before, role=None if role.value == before.id else role, name=_as_text(values, "name"), lead=_as_text(values, "lead"),
                   members=_texts(values["members"]),
                   duties=_as_text(values, "duties"))


def _contact_out(contact: Contact) -> Values:
    return {**_text("role", contact.role), **_text("unit", contact.unit), "phone": contact.phone}


def _contact_in(before: Contact, values: Values) -> Contact:
    return replace(before, role=_as_text(values, "role"), unit=_as_text(values, "unit"), phone=values["phone"])


def _item_out(item: Item) -> Values:
    return {**_text("name", item.name), **_text("unit", item.unit), "code": item.code}


def _item_in(before: Item, values: Values) -> Item:
    return replace(before, name=_as_text(values, "name"), unit=_as_text(values, "unit"), code=values["code"])


def _situation_out(situation: Situation) -> Values:
    return {**_text("name", situation.name), "words": [(word,) for word in situation.words]}


def _situation_in(before: Situation, values: Values) -> Situation:
    return replace(before, name=_as_text(values, "name"), words=tuple(word for (word,) in values["words"]))


def _card_out(card: ResponseCard) -> Values:
    return {**_text("post", card.post), "tier": card.tier.value, "clause": card.clause, "from_level": card.from_level.value,
            **_text("trigger", card.trigger), "steps": [(str(step.due_minutes), step.text.zh, step.text.en) for step in card.steps],
            "reports_to": _contacts_out(card.reports_to), **_text("never", card.never), **_text("resources", card.resources),
            **_text("withdraw_when", card.withdraw_when)}


def _card_in(before: ResponseCard, values: Values) -> ResponseCard:
    steps = tuple(CardStep(due_minutes=int(due or 0), text=Text(zh, en)) for due, zh, en in values["steps"])
    said: Values = {name: _as_text(values, name) for name in ("post", "trigger", "never", "resources", "withdraw_when")}
    return replace(before, tier=Tier(values["tier"]), clause=values["clause"], from_level=Level(values["from_level"]), steps=steps,
                   reports_to=_contacts_in(values["reports_to"]), **said)


def _basis_out(basis: LegalBasis) -> Values:
    return {**_text("title", basis.title), "number": basis.number, "article": basis.article}


def _basis_in(before: LegalBasis, values: Values) -> LegalBasis:
    return replace(before, title=_as_text(values, "title"), number=values["number"], article=values["article"])


def _header_out(header: PlanHeader) -> Values:
    return {**_text("title", header.title), "kind": header.kind.value, "tier": header.tier.value, "area_code": header.area_code,
            "hazard_types": [(one,) for one in header.hazard_types], "near_types": [(one,) for one in header.near_types],
            "parent": header.parent, "aligned": [(one,) for one in header.aligned]}


def _header_in(before: PlanHeader, values: Values) -> PlanHeader:
    lists: Values = {name: tuple(dict.fromkeys(one for (one,) in values[name])) for name in ("hazard_types", "near_types", "aligned")}
    return replace(before, title=_as_text(values, "title"), kind=PlanKind(values["kind"]), tier=Tier(values["tier"]),
                   area_code=values["area_code"], parent=values["parent"], **lists)


_OUT: dict[type[Any], Callable[[Any], Values]] = {
    Action: _action_out, WorkGroup: _group_out, Contact: _contact_out, Item: _item_out, Situation: _situation_out,
    ResponseCard: _card_out, LegalBasis: _basis_out, PlanHeader: _header_out}
_IN: dict[type[Any], Callable[[Any, Values], Any]] = {
    LevelRule: _level_in, Action: _action_in, WorkGroup: _group_in, Contact: _contact_in, Item: _item_in, Situation: _situation_in,
    ResponseCard: _card_in, LegalBasis: _basis_in, PlanHeader: _header_in}
