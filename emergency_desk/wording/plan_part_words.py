"""Words for the parts of a plan as editor and comparison show them: what a kind is called, and each part in a line or in its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_parts import PlanHeader
from emergency_desk.domain.plan_records import (
    Action,
    Clause,
    Contact,
    Item,
    LegalBasis,
    LevelRule,
    Plan,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text
from emergency_desk.wording import plan_words
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import CHINESE, ENGLISH, N_, _, current_language, pgettext, speaking
from emergency_desk.wording.formats import after_start
from emergency_desk.wording.labels import label

HEADER_FIELDS_AS_TOLD = ("title", "kind", "tier", "area_code", "hazard_types", "near_types", "parent", "aligned")  # as `told` orders them
Lines = list[tuple[str, str]]  # the word of a field, and what it says
_KINDS = {
    PartKind.BASIS: N_("Legal basis"), PartKind.CLAUSE: N_("Clauses"), PartKind.SITUATION: N_("Situations"), PartKind.ITEM: N_("Things needed"),
    PartKind.LEVEL: N_("Levels and conditions"), PartKind.WORK_GROUP: N_("Work groups"), PartKind.ACTION: N_("Actions and owners"),
    PartKind.CONTACT: N_("Contacts"), PartKind.CARD: N_("Response cards"),
}

# Fields whose words the desk chooses by an id: in another language they say nothing else.
_WORDS_OF_IDS = (N_("Tier"), N_("Level"), N_("Owner"), N_("From level"), N_("Met by"), N_("Needs"), N_("Starts when"), N_("Kind of plan"),
                 N_("Covers"), N_("May stand in for"), N_("Work group"), N_("Binds only"))


def kind_word(kind: PartKind | None) -> str:
    """Return what the parts of a kind are called together; None is the head of the plan."""
    return _("Head of the plan") if kind is None else _(_KINDS[kind])


def name_of(record: Any) -> str:
    """Return a part by its name, as a list shows it."""
    said = _NAMES[type(record)](record)
    return said or _("(no words yet)")


def told(record: Any, plan: Plan, namer: Namer) -> Lines:
    """Return a part field by field in the language of the desk; `plan` gives items and situations their names."""
    return _TOLD[type(record)](record, plan, namer)


def told_in_both(record: Any, plan: Plan, namer: Namer) -> Lines:
    """Return a part field by field in the language of the desk, then what it says otherwise in the other one."""
    own = told(record, plan, namer)
    other, name = (ENGLISH, _("English")) if current_language() == CHINESE else (CHINESE, _("Chinese"))
    with speaking(other):
        others = [said for _word, said in told(record, plan, namer)]
    ids = {_(word) for word in _WORDS_OF_IDS}
    return [*own, *((_("{field}, {language}").format(field=word, language=name), said) for (word, mine), said in zip(own, others, strict=True)
                    if said != mine and word not in ids)]


def bodies(record: Any) -> dict[str, str]:
    """Return the bodies of a clause with their marks, by the words of their fields; of any other part nothing."""
    if not isinstance(record, Clause):
        return {}
    own = _said(record.body)
    other, name = (record.body.en, _("English")) if current_language() == CHINESE else (record.body.zh, _("Chinese"))
    return {_("Text"): own, _("{field}, {language}").format(field=_("Text"), language=name): other or own}


def _said(text: Text) -> str:
    return text.in_language(current_language())


def _clause(clause: Clause, _plan: Plan, _namer: Namer) -> Lines:
    return [(_("Number"), clause.number), (_("Title"), _said(clause.title)), (_("Text"), plain(_said(clause.body))),
            (_("Binds only"), label(clause.tier) if clause.tier else "")]


def _level(rule: LevelRule, plan: Plan, namer: Namer) -> Lines:
    return [(_("Level"), _("{tier}, {level}").format(tier=label(rule.tier), level=label(rule.level))), (_("Clause"), rule.clause),
            (_("Activated by"), _("{name} ({role})").format(name=_said(rule.activated_by), role=label(rule.activated_by_role))),
            (_("Starts when"), _("; or ").join(plan_words.conditions(rule, plan))),
            (_("Needs"), plan_words.needs(rule.needs, plan, namer.trade.capabilities))]


def _action(action: Action, plan: Plan, namer: Namer) -> Lines:
    return [(_("What"), _said(action.title)), (_("Tier"), label(action.tier)), (_("Owner"), label(action.role)),
            (_("Due"), after_start(action.due_minutes)), (_("From level"), label(action.from_level)), (_("Clause"), action.clause),
            (_("Met by"), label(action.meets) if action.meets else ""),
            (_("Needs"), plan_words.needs(action.needs, plan, namer.trade.capabilities))]


def _group(group: WorkGroup, _plan: Plan, _namer: Namer) -> Lines:
    return [(_("Work group"), _said(group.name)), (_("Function"), label(group.function)), (_("Led by"), _said(group.lead)),
            (_("Duties"), _said(group.duties)), (_("Member units"), _(", ").join(_said(member) for member in group.members))]


def _contact(contact: Contact, _plan: Plan, _namer: Namer) -> Lines:
    return [(pgettext("contact", "Who"), _said(contact.role)), (_("Unit"), _said(contact.unit)), (_("Phone"), contact.phone)]


def _item(item: Item, _plan: Plan, _namer: Namer) -> Lines:
    return [(_("Name"), _said(item.name)), (_("Unit of count"), _said(item.unit)), (_("Code"), item.code)]


def _situation(situation: Situation, _plan: Plan, _namer: Namer) -> Lines:
    return [(_("Name"), _said(situation.name)), (_("Words"), _(", ").join(situation.words))]


def _card(card: ResponseCard, _plan: Plan, _namer: Namer) -> Lines:
    steps = "\n".join(_("{due}  {step}").format(due=after_start(step.due_minutes), step=_said(step.text)) for step in card.steps)
    reports = _("; ").join(" ".join(part for part in (_said(one.role), _said(one.unit), one.phone) if part) for one in card.reports_to)
    return [(pgettext("card", "Post"), _said(card.post)), (_("Tier"), label(card.tier)), (_("From level"), label(card.from_level)),
            (_("Clause"), card.clause),
            (_("What starts it"), _said(card.trigger)), (_("Steps"), steps), (_("Reports to"), reports), (_("Never"), _said(card.never)),
            (_("Where things are"), _said(card.resources)), (_("Withdraw when"), _said(card.withdraw_when))]


def _basis(basis: LegalBasis, _plan: Plan, _namer: Namer) -> Lines:
    return [(_("Law or plan"), _said(basis.title)), (_("Number"), basis.number), (_("Articles"), basis.article)]


def _head(plan: Plan | PlanHeader, _plan: Plan, namer: Namer) -> Lines:
    def types(ids: tuple[str, ...]) -> str:
        return _(", ").join(namer.trade.type(id_).name.in_language(current_language()) for id_ in ids)

    return [(_("Title"), _said(plan.title)), (_("Kind of plan"), label(plan.kind)), (_("Tier"), label(plan.tier)),
            (_("Area code"), plan.area_code), (_("Covers"), types(plan.hazard_types)), (_("May stand in for"), types(plan.near_types)),
            (_("Plan above it"), plan.parent), (_("Works beside"), _(", ").join(plan.aligned))]


def _level_name(rule: LevelRule) -> str:
    return _("{tier}, {level}").format(tier=label(rule.tier), level=label(rule.level))


_TOLD: dict[type[Any], Callable[[Any, Plan, Namer], Lines]] = {
    Clause: _clause, LevelRule: _level, Action: _action, WorkGroup: _group, Contact: _contact, Item: _item, Situation: _situation,
    ResponseCard: _card, LegalBasis: _basis, Plan: _head, PlanHeader: _head}
_NAMES: dict[type[Any], Callable[[Any], str]] = {
    Clause: lambda one: f"{one.number} {_said(one.title)}", LevelRule: _level_name, Action: lambda one: _said(one.title),
    WorkGroup: plan_words.group_name, Contact: lambda one: _said(one.unit) or _said(one.role), Item: lambda one: _said(one.name),
    Situation: lambda one: _said(one.name), ResponseCard: lambda one: _said(one.post), LegalBasis: lambda one: _said(one.title),
    Plan: lambda one: _said(one.title), PlanHeader: lambda one: _said(one.title)}

