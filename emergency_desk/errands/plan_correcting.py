"""What was proposed of a foreign plan, as fields somebody can correct, and back again.

Conditions are typed as a plan writes them, one a line, the words that tell a circumstance behind it in 【】; the steps of a card as "T+30 通知…",
one a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_proposals import UNTIMED, AnyRecord
from emergency_desk.domain.plan_records import (
    Action,
    CardStep,
    Contact,
    Item,
    LegalBasis,
    Level,
    LevelRule,
    PlanFact,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.plan_conditions import Conditions, written

_BETWEEN = re.compile(r"[、，,；;\n]")
_STEP = re.compile(r"\s*(?:[TtＴ]\s*[+＋])?\s*(?P<due>\d{1,5}|[?？])?\s*(?:min|分钟|分)?[\s：:　]*(?P<text>.*\S)\s*")
_CARD_TEXTS = ("post", "trigger", "never", "resources", "withdraw_when")


def fields_of(record: AnyRecord, situations: Sequence[Situation]) -> dict[str, str]:
    """Return what a record says, by the names of its fields."""
    if isinstance(record, LevelRule):
        return {"tier": record.tier.value, "level": record.level.value, "role": record.activated_by_role.value,
                "activated_by": record.activated_by.zh,
                "conditions": "\n".join(written(one, situations) for one in record.conditions)}
    if isinstance(record, WorkGroup):
        return {"name": record.name.zh, "role": record.function.value, "lead": record.lead.zh,
                "members": "、".join(member.zh for member in record.members), "duties": record.duties.zh}
    if isinstance(record, Action):
        return {"title": record.title.zh, "tier": record.tier.value, "role": record.role.value, "due": _due(record.due_minutes),
                "from_level": record.from_level.value, "meets": record.meets.value if record.meets else ""}
    if isinstance(record, ResponseCard):
        texts = {name: getattr(record, name).zh for name in _CARD_TEXTS}
        return {"post": texts.pop("post"), "tier": record.tier.value, "from_level": record.from_level.value, "trigger": texts.pop("trigger"),
                "steps": "\n".join(f"T+{_due(step.due_minutes) or '?'} {step.text.zh}" for step in record.steps),
                "reports_to": "\n".join("，".join((one.role.zh, one.unit.zh, one.phone)) for one in record.reports_to), **texts}
    if isinstance(record, Contact):
        return {"unit": record.unit.zh, "role": record.role.zh, "phone": record.phone}
    if isinstance(record, Item):
        return {"name": record.name.zh, "unit": record.unit.zh}
    return {"title": record.title.zh, "number": record.number} if isinstance(record, LegalBasis) else {}


def corrected(record: AnyRecord, answers: Mapping[str, str], situations: Sequence[Situation]) -> tuple[AnyRecord, tuple[Situation, ...]]:
    """Return the record as it was corrected, and every circumstance known now. What was not touched stays as it was read."""
    if answers == fields_of(record, situations):
        return record, tuple(situations)
    if isinstance(record, LevelRule):
        return _level(record, answers, situations)
    if isinstance(record, WorkGroup):
        members = tuple(Text(name.strip()) for name in _BETWEEN.split(answers["members"]) if name.strip())
        return replace(record, name=Text(answers["name"]), role=PlanRole(answers["role"]), lead=Text(answers["lead"]), members=members,
                       duties=Text(answers["duties"])), tuple(situations)
    if isinstance(record, Action):
        return _action(record, answers), tuple(situations)
    if isinstance(record, ResponseCard):
        return _card(record, answers), tuple(situations)
    if isinstance(record, Contact):
        return Contact(role=Text(answers["role"]), unit=Text(answers["unit"]), phone=answers["phone"]), tuple(situations)
    if isinstance(record, Item):
        return replace(record, name=Text(answers["name"]), unit=Text(answers["unit"])), tuple(situations)
    if isinstance(record, LegalBasis):
        return replace(record, title=Text(answers["title"]), number=answers["number"]), tuple(situations)
    return record, tuple(situations)


def _level(rule: LevelRule, answers: Mapping[str, str], situations: Sequence[Situation]) -> tuple[LevelRule, tuple[Situation, ...]]:
    rule = replace(rule, tier=Tier(answers["tier"]), level=Level(answers["level"]),
                   activated_by=Text(answers["activated_by"]), activated_by_role=PlanRole(answers["role"]))
    if answers["conditions"] == "\n".join(written(one, situations) for one in rule.conditions):
        return rule, tuple(situations)
    reading = Conditions(situations=list(situations))
    lines = [line.strip() for line in answers["conditions"].splitlines() if line.strip()]
    conditions = tuple(dict.fromkeys(one for line in lines for one in reading.read(line)[0]))
    return replace(rule, conditions=conditions), tuple(reading.situations)


def _due(minutes: int) -> str:
    return "" if minutes == UNTIMED else str(minutes)


def _minutes(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() else UNTIMED


def _action(action: Action, answers: Mapping[str, str]) -> Action:
    return replace(
        action, title=Text(answers["title"]), tier=Tier(answers["tier"]), role=PlanRole(answers["role"]), due_minutes=_minutes(answers["due"]),
        from_level=Level(answers["from_level"]), meets=PlanFact(answers["meets"]) if answers["meets"] else None)


def _card(card: ResponseCard, answers: Mapping[str, str]) -> ResponseCard:
    steps = tuple(CardStep(due_minutes=_minutes(found["due"]), text=Text(found["text"]))
                  for line in answers["steps"].splitlines() if (found := _STEP.fullmatch(line)))
    told = [_three(line) for line in answers["reports_to"].splitlines()]
    reports_to = tuple(Contact(role=Text(role), unit=Text(unit), phone=phone) for role, unit, phone in told if role or unit)
    return replace(
        card, post=Text(answers["post"]), tier=Tier(answers["tier"]), from_level=Level(answers["from_level"]), trigger=Text(answers["trigger"]),
        steps=steps, reports_to=reports_to, never=Text(answers["never"]), resources=Text(answers["resources"]),
        withdraw_when=Text(answers["withdraw_when"]))


def _three(line: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in re.split("[，,]", line)]
    role, unit, phone = [*parts, "", "", ""][:3]
    return role, unit, phone
