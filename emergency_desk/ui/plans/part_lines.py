"""The lines of the tables of parts: what a planner looks for first, and the mark of what is not saved yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import (
    Action,
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
from emergency_desk.ui.plans.open_draft import OpenPart
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import plan_words
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language, ngettext, pgettext
from emergency_desk.wording.formats import after_start
from emergency_desk.wording.labels import label, short_label
from emergency_desk.wording.levels import level_word

_MARK = Column(width=24)


def columns_for(kind: PartKind) -> tuple[Column, ...]:
    """Return the columns of the table of a kind."""
    return (_MARK, *_COLUMNS[kind]())


def line_of(part: OpenPart, plan: Plan, namer: Namer, *, unsaved: bool) -> Line:
    """Return the line of a part."""
    mark = Cell(shape=Shape.DUE, shape_tone=Tone.ORANGE, hint=_("not saved yet")) if unsaved else Cell()
    return Line(part.id, (mark, *_CELLS[type(part.record)](part.record, plan, namer)))


def _said(text: Text) -> Cell:
    said = text.in_language(current_language())
    return Cell(said, hint=said) if said else Cell(_("(no words yet)"), Tone.ORANGE)


def _small(words: str) -> Cell:
    return Cell(words, Tone.SECONDARY, size="small", hint=words)


def _clause(plan: Plan, number: str) -> Cell:
    return Cell(number, Tone.SECONDARY) if plan.clause(number) else Cell(number or "—", Tone.RED)


def _level_columns() -> tuple[Column, ...]:
    return (Column(_("Tier")), Column(_("Response level")), Column(_("Starts when"), stretch=3), Column(_("Activated by"), stretch=2),
            Column(_("Clause")))


def _level(rule: LevelRule, plan: Plan, _namer: Namer) -> tuple[Cell, ...]:
    when = _("; or ").join(plan_words.conditions(rule, plan))
    return (Cell(short_label(rule.tier)), Cell(level_word(rule.level), strong=True),
            Cell(when, hint=when) if when else Cell(_("never: no condition"), Tone.ORANGE), _said(rule.activated_by), _clause(plan, rule.clause))


def _action_columns() -> tuple[Column, ...]:
    return (Column(_("Due"), right=True), Column(_("Tier")), Column(_("Owner"), most=120), Column(_("Level from")),
            Column(_("What is to be done"), stretch=3), Column(_("Clause")), Column(_("Needs"), stretch=1))


def _action(action: Action, plan: Plan, namer: Namer) -> tuple[Cell, ...]:
    return (Cell(after_start(action.due_minutes)), Cell(short_label(action.tier)), Cell(label(action.role)), Cell(level_word(action.from_level)),
            _said(action.title), _clause(plan, action.clause), _small(plan_words.needs(action.needs, plan, namer.trade.capabilities)))


def _group(group: WorkGroup, _plan: Plan, _namer: Namer) -> tuple[Cell, ...]:
    members = _(", ").join(member.in_language(current_language()) for member in group.members)
    return Cell(plan_words.group_name(group), hint=label(group.function)), _said(group.lead), _small(members)


def _contact(contact: Contact, _plan: Plan, _namer: Namer) -> tuple[Cell, ...]:
    return _said(contact.role), _said(contact.unit), Cell(contact.phone) if contact.phone else Cell(_("no phone"), Tone.ORANGE)


def _item(item: Item, _plan: Plan, _namer: Namer) -> tuple[Cell, ...]:
    return _said(item.name), _said(item.unit), Cell(item.code, Tone.SECONDARY)


def _situation(situation: Situation, _plan: Plan, _namer: Namer) -> tuple[Cell, ...]:
    return _said(situation.name), _small(_(", ").join(situation.words))


def _card(card: ResponseCard, plan: Plan, _namer: Namer) -> tuple[Cell, ...]:
    steps = len(card.steps)
    told = ngettext("{count} step", "{count} steps", steps).format(count=steps)
    return (_said(card.post), Cell(short_label(card.tier)), Cell(level_word(card.from_level)), _said(card.trigger), _clause(plan, card.clause),
            Cell(told, Tone.SECONDARY if steps else Tone.ORANGE))


def _basis(basis: LegalBasis, _plan: Plan, _namer: Namer) -> tuple[Cell, ...]:
    return _said(basis.title), _small(basis.number), _small(basis.article)


_COLUMNS: dict[PartKind, Callable[[], tuple[Column, ...]]] = {
    PartKind.LEVEL: _level_columns, PartKind.ACTION: _action_columns,
    PartKind.WORK_GROUP: lambda: (Column(_("Work group"), most=170), Column(_("Led by"), stretch=1), Column(_("Member units"), stretch=2)),
    PartKind.CONTACT: lambda: (Column(pgettext("contact", "Who"), stretch=2), Column(_("Unit"), stretch=2), Column(_("Phone"), stretch=1)),
    PartKind.ITEM: lambda: (Column(_("Name"), stretch=2), Column(_("Unit of count"), stretch=1), Column(_("Code"), stretch=1)),
    PartKind.SITUATION: lambda: (Column(_("Name"), stretch=1), Column(_("Words that tell it"), stretch=2)),
    PartKind.CARD: lambda: (Column(_("Post"), stretch=2), Column(_("Tier")), Column(_("Level from")), Column(_("What starts it"), stretch=3),
                            Column(_("Clause")), Column(_("Steps"))),
    PartKind.BASIS: lambda: (Column(_("Law or plan"), stretch=3), Column(_("Number"), stretch=1), Column(_("Articles"), stretch=1)),
}
_CELLS: dict[type[Any], Callable[[Any, Plan, Namer], tuple[Cell, ...]]] = {
    LevelRule: _level, Action: _action, WorkGroup: _group, Contact: _contact, Item: _item, Situation: _situation, ResponseCard: _card,
    LegalBasis: _basis}
