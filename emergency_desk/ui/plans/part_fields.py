"""Which fields the form of each kind of part has, in which order, and what its choices offer. Words for ids come from the trade and the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import CONDITION_FIGURES, GROUP_FUNCTIONS, Level, Plan, PlanFact, PlanKind, PlanRole
from emergency_desk.domain.trade import Trade
from emergency_desk.ui.plans.part_form import FieldLines, PartField
from emergency_desk.ui.plans.part_values import figure_pairs
from emergency_desk.ui.plans.rows_edit import NONE_CHOSEN, RowField
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.labels import field_label, label

TIERS = (Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE)
MOST_STEPS = 7  # one page, read on the run (domain §3.5)
_MOST_PAIRED = 6  # situations of which every pair is offered
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the choices of a form are made of."""

    plan: Plan
    trade: Trade

    @property
    def clauses(self) -> Choices:
        """The clauses of the plan."""
        return tuple((one.number, f"{one.number} {one.title.in_language(current_language())}") for one in self.plan.clauses)

    @property
    def capabilities(self) -> Choices:
        """The capabilities of the trade."""
        return tuple((one.id, one.name.in_language(current_language())) for one in self.trade.capabilities)

    @property
    def items(self) -> Choices:
        """The items of the plan, with their units."""
        return tuple((one.id, _("{item} ({unit})").format(item=one.name.in_language(current_language()),
                                                          unit=one.unit.in_language(current_language()))) for one in self.plan.items)

    @property
    def types(self) -> Choices:
        """The incident types of the trade."""
        return tuple((one.id, one.name.in_language(current_language())) for one in self.trade.types)

    @property
    def plans(self) -> Choices:
        """The other plans of the desk."""
        return tuple((one.code, one.title.in_language(current_language())) for one in self.trade.shelf.in_force if one.code != self.plan.code)

    @property
    def situations(self) -> Choices:
        """The situations of the plan; where they are few also two at once, and whatever stands in a condition already."""
        names = {one.id: one.name.in_language(current_language()) or one.id for one in self.plan.situations}
        sets: list[tuple[str, ...]] = [(id_,) for id_ in names]
        if len(names) <= _MOST_PAIRED:
            ids = list(names)
            sets += [(one, other) for place, one in enumerate(ids) for other in ids[place + 1:]]
        sets += [condition.situations for rule in self.plan.levels for condition in rule.conditions if len(condition.situations) > 1]
        return tuple((" ".join(ids), _(" and ").join(names.get(id_, id_) for id_ in ids)) for ids in dict.fromkeys(sets))


def fields_for(kind: PartKind, known: Known) -> FieldLines:
    """Return the fields of a kind of part."""
    return _FIELDS[kind](known)


def head_fields(known: Known) -> FieldLines:
    """Return the fields of the head of a plan."""
    return (
        _pair("title", _("Title")),
        (PartField(name="kind", label=_("Kind of plan"), choices=words(PlanKind)), PartField(name="tier", label=_("Tier"), choices=tiers()),
         PartField(name="area_code", label=_("Area code"), hint=_("its beginning, such as 3702; empty: any place of the tier"), share=2)),
        (PartField(name="hazard_types", label=_("Covers these incidents, the main one first"),
                   columns=(RowField(name="type", label=_("Incident type"), choices=known.types),)),
         PartField(name="near_types", label=_("May stand in for these"),
                   columns=(RowField(name="type", label=_("Incident type"), choices=known.types),))),
        (PartField(name="parent", label=_("Plan above it"), choices=(("", NONE_CHOSEN), *known.plans)),
         PartField(name="aligned", label=_("Plans it works beside"), columns=(RowField(name="plan", label=_("Plan"), choices=known.plans),))),
    )


# -- pieces -----------------------------------------------------------------------------------------------------------
def words(kind: Iterable[StrEnum]) -> Choices:
    """Return the members of an enum with their words."""
    return tuple((member.value, label(member)) for member in kind)


def tiers() -> Choices:
    """Return the tiers a plan speaks of."""
    return words(TIERS)


def _pair(name: str, word: str, *, lines: int = 1) -> tuple[PartField, PartField]:
    return (PartField(name=f"{name}.zh", label=_("{field}, Chinese").format(field=word), lines=lines),
            PartField(name=f"{name}.en", label=_("{field}, English").format(field=word), lines=lines))


def _clause(known: Known) -> PartField:
    return PartField(name="clause", label=_("Stands at clause"), choices=(("", NONE_CHOSEN), *known.clauses), share=2)


def _needs(known: Known) -> tuple[tuple[PartField, ...], ...]:
    count = RowField(name="count", label=_("Count"), is_number=True)
    return ((PartField(name="teams", label=_("Teams needed"), columns=(RowField(name="capability", label=_("Able to do"),
                                                                               choices=known.capabilities), count)),
             PartField(name="items", label=_("Things needed"), columns=(RowField(name="item", label=_("Thing"), choices=known.items),
                                                                        count))),
            (PartField(name="places", label=_("Places in shelters"), is_number=True, share=0),))


def _contact_columns() -> tuple[RowField, ...]:
    return (RowField(name="role.zh", label=_("Who, Chinese")), RowField(name="role.en", label=_("English")),
            RowField(name="unit.zh", label=_("Unit, Chinese")), RowField(name="unit.en", label=_("English")),
            RowField(name="phone", label=_("Phone"), width=112))


# -- kinds ------------------------------------------------------------------------------------------------------------
def _level(known: Known) -> FieldLines:
    figures = tuple((name, field_label(name)) for name in CONDITION_FIGURES)
    pairs = tuple(column for number in range(figure_pairs(known.plan.levels)) for column in (
        RowField(name=f"figure {number}", label=_("and figure") if number else _("Figure"), choices=figures),
        RowField(name=f"least {number}", label=_("at least"), is_number=True, width=78, largest=999_999_999_999)))
    when = (*pairs, RowField(name="grade", label=_("Grade, or worse"), choices=words(Grade)),
            RowField(name="situations", label=_("Named situation"), choices=known.situations))
    return (
        (PartField(name="tier", label=_("Tier"), choices=tiers()), PartField(name="level", label=_("Response level"), choices=words(Level)),
         _clause(known)),
        (*_pair("activated_by", _("Activated by")), PartField(name="activated_by_role", label=_("Post that activates"), choices=words(PlanRole))),
        (PartField(name="when", label=_("Starts when one of these lines holds"),
                   columns=when),),
        (PartField(name="always", label=_("Starts at every incident of this plan"), is_tick=True),),
        *_needs(known),
    )


def _action(known: Known) -> FieldLines:
    return (
        _pair("title", _("What is to be done")),
        (PartField(name="tier", label=_("Tier"), choices=tiers()), PartField(name="role", label=_("Owner"), choices=words(PlanRole)),
         PartField(name="due", label=_("Within minutes"), is_number=True, share=0),
         PartField(name="from_level", label=_("From level upward"), choices=words(Level))),
        (_clause(known), PartField(name="meets", label=_("Done by itself once this happens"), choices=(("", NONE_CHOSEN), *words(PlanFact)),
                                   share=2)),
        *_needs(known),
    )


def _group(_known: Known) -> FieldLines:
    return (
        (PartField(name="role", label=_("Function"), choices=words(GROUP_FUNCTIONS)), *_pair("name", _("Its name in the plan"))),
        _pair("lead", _("Led by")),
        _pair("duties", _("Duties"), lines=4),
        (PartField(name="members", label=_("Member units"), columns=(RowField(name="zh", label=_("Unit, Chinese")),
                                                                RowField(name="en", label=_("English")))),),
    )


def _contact(_known: Known) -> FieldLines:
    return (_pair("role", pgettext("contact", "Who")), (*_pair("unit", _("Unit")), PartField(name="phone", label=_("Duty phone"))))


def _item(_known: Known) -> FieldLines:
    return (_pair("name", _("Name")), (*_pair("unit", _("Unit of count")), PartField(name="code", label=_("Code of GB/T 38565-2020"),
                                                                                   hint=_("seven digits, or empty"))))


def _situation(_known: Known) -> FieldLines:
    return (_pair("name", _("Name")),
            (PartField(name="words", label=_("Words of a call that tell it; “10+层” is a number from 10 up before the word"),
                       columns=(RowField(name="word", label=_("Word")),)),))


def _card(known: Known) -> FieldLines:
    steps = (RowField(name="due", label=_("Minutes"), is_number=True, width=62), RowField(name="zh", label=_("Step, Chinese")),
             RowField(name="en", label=_("English")))
    return (
        (*_pair("post", pgettext("card", "Post")), PartField(name="tier", label=_("Tier"), choices=tiers())),
        (PartField(name="from_level", label=_("From level upward"), choices=words(Level)), _clause(known)),
        _pair("trigger", _("What starts it")),
        (PartField(name="steps", label=_("Steps, at most {count}").format(count=MOST_STEPS), columns=steps, most=MOST_STEPS),),
        (PartField(name="reports_to", label=_("Reports to"), columns=_contact_columns()),),
        _pair("never", _("Never"), lines=2), _pair("resources", _("Where things are"), lines=2),
        _pair("withdraw_when", _("Withdraw when"), lines=2),
    )


def _basis(_known: Known) -> FieldLines:
    return (_pair("title", _("Law or plan")), (PartField(name="number", label=_("Number, or day in force")),
                                               PartField(name="article", label=_("Articles"))))


_FIELDS: dict[PartKind, Callable[[Known], FieldLines]] = {
    PartKind.LEVEL: _level, PartKind.ACTION: _action, PartKind.WORK_GROUP: _group, PartKind.CONTACT: _contact, PartKind.ITEM: _item,
    PartKind.SITUATION: _situation, PartKind.CARD: _card, PartKind.BASIS: _basis}
