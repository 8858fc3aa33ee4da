"""The questions that the page of plans in words asks: a fact of the plan, or a proposal field by field."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incident_types import IncidentType
from emergency_desk.domain.plan_proposals import AnyRecord, PlanFacts
from emergency_desk.domain.plan_records import (
    GROUP_FUNCTIONS,
    Action,
    Level,
    LevelRule,
    PlanFact,
    PlanKind,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.errands import plan_correcting
from emergency_desk.errands.plan_import import TIERS
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskPlace, AskText
from emergency_desk.ui.widgets.area_picker import Candidates
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.labels import field_label, label

_DECIDERS = (PlanRole.COMMANDER, PlanRole.DUTY_LEADER, PlanRole.DUTY_OFFICER)
_LONG = {"duties": 3, "conditions": 5, "members": 2, "steps": 5, "reports_to": 2}
DUE = "due"
_MOST_KINDS = 3


def fact_fields(name: str, facts: PlanFacts, types: Collection[IncidentType], areas: Candidates) -> Sequence[Ask]:
    """Return the field, or the few fields, of one fact."""
    word = field_label(name)
    if name == "kind":
        return [AskChoice(name=name, label=word, value=facts.kind.value, choices=[(kind.value, label(kind)) for kind in PlanKind])]
    if name == "tier":
        return [AskChoice(name=name, label=word, value=facts.tier.value, choices=[(tier.value, label(tier)) for tier in TIERS])]
    if name == "area_id":
        return [AskPlace(name=name, label=word, candidates=areas)]
    if name == "hazard_types":
        kinds = [("", _("none")), *((one.id, one.name.in_language(current_language())) for one in types)]
        held = [*facts.hazard_types, *[""] * _MOST_KINDS][:_MOST_KINDS]
        return [AskChoice(name=f"{name}_{at}", label=word if at == 0 else _("and"), value=id_, choices=kinds) for at, id_ in enumerate(held)]
    return [Ask(name=name, label=word, value=getattr(facts, name), is_long=name == "title")]


def with_fact(name: str, facts: PlanFacts, answers: Answers, code_of: Mapping[Id, str]) -> PlanFacts:
    """Return the facts with what was answered; `code_of` gives the code of an area."""
    sure = facts.is_sure | {name}
    if name == "kind":
        return replace(facts, kind=PlanKind(answers[name]), is_sure=sure)
    if name == "tier":
        return replace(facts, tier=next(tier for tier in TIERS if tier.value == answers[name]), is_sure=sure)
    if name == "area_id":
        return replace(facts, area_code=code_of.get(Id(answers[name]), ""), is_sure=sure)
    if name == "hazard_types":
        chosen = tuple(dict.fromkeys(filter(None, (answers[f"{name}_{at}"] for at in range(_MOST_KINDS)))))
        return replace(facts, hazard_types=(*chosen, *facts.hazard_types[_MOST_KINDS:]), is_sure=sure)
    return replace(facts, title=answers[name]) if name == "title" else replace(facts, code=answers[name])


def record_fields(record: AnyRecord, situations: Sequence[Situation]) -> Sequence[Ask]:
    """Return the fields of a proposal."""
    return [_field(record, name, value) for name, value in plan_correcting.fields_of(record, situations).items()]


def _field(record: AnyRecord, name: str, value: str) -> Ask:
    word = _card_word(name) if isinstance(record, ResponseCard) else field_label(name)
    if name == "level":
        return AskChoice(name=name, label=word, value=value, choices=[(level.value, label(level)) for level in Level])
    if name == "from_level":
        return AskChoice(name=name, label=_("From level upward"), value=value, choices=[(level.value, label(level)) for level in Level])
    if name == "tier":
        return AskChoice(name=name, label=word, value=value, choices=[(tier.value, label(tier)) for tier in TIERS])
    if name == "meets":
        met = [("", _("none")), *((fact.value, label(fact)) for fact in PlanFact)]
        return AskChoice(name=name, label=_("Done by itself once this happens"), value=value, choices=met)
    if name == DUE:
        return AskNumber(name=name, label=word, value=value)
    if name == "role" and isinstance(record, LevelRule | WorkGroup | Action):
        roles = _DECIDERS if isinstance(record, LevelRule) else tuple(PlanRole) if isinstance(record, Action) else GROUP_FUNCTIONS
        word = _("Post") if isinstance(record, LevelRule) else _("Owner") if isinstance(record, Action) else _("Function")
        return AskChoice(name=name, label=word, value=value, choices=[(role.value, label(role)) for role in roles])
    if name in _LONG:
        return AskText(name=name, label=word, value=value, lines=_LONG[name], is_long=True)
    return Ask(name=name, label=word, value=value, is_long=name == "title")


def _card_word(name: str) -> str:
    """Return the word for a field of a response card, as the plan editor has it."""
    words = {"post": pgettext("card", "Post"), "trigger": _("What starts it"), "steps": _("Steps"), "reports_to": _("Reports to"),
             "never": _("Never"), "resources": _("Where things are"), "withdraw_when": _("Withdraw when")}
    return words.get(name) or field_label(name)


def minutes_field() -> Ask:
    """Return the question for what has no time in the text."""
    return AskNumber(name=DUE, label=_("Minutes for what the text gives no time"), span=6)


def note_of(record: AnyRecord) -> str:
    """Return what is to be known of a form's fields."""
    if isinstance(record, LevelRule):
        return _("One condition a line, as a plan writes it, such as “死亡3人以上” or “发生较大突发事件”; one of them suffices. "
                 "Other words are a circumstance that an officer says holds; behind it in 【】 the words of a call that tell it.")
    if isinstance(record, ResponseCard):
        return _("One step a line with its minutes, such as “T+30 通知抢险队伍”; whom it reports to as “post, unit, phone”, one a line.")
    return ""
