"""What was proposed of a foreign plan, as fields somebody can correct, and back again.

Conditions are typed as a plan writes them, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from emergency_desk.domain.plan_proposals import AnyRecord
from emergency_desk.domain.plan_records import Contact, Item, LegalBasis, Level, LevelRule, PlanRole, Situation, WorkGroup
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.plan_conditions import Conditions, written

_BETWEEN = re.compile(r"[、，,；;\n]")


def fields_of(record: AnyRecord, situations: Sequence[Situation]) -> dict[str, str]:
    """Return what a record says, by the names of its fields."""
    if isinstance(record, LevelRule):
        return {"level": record.level.value, "role": record.activated_by_role.value, "activated_by": record.activated_by.zh,
                "conditions": "\n".join(written(one, situations) for one in record.conditions)}
    if isinstance(record, WorkGroup):
        return {"role": record.id.value, "lead": record.lead.zh, "members": "、".join(member.zh for member in record.members),
                "duties": record.duties.zh}
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
        group = WorkGroup(id=PlanRole(answers["role"]), lead=Text(answers["lead"]), members=members, duties=Text(answers["duties"]))
        return group, tuple(situations)
    if isinstance(record, Contact):
        return Contact(role=Text(answers["role"]), unit=Text(answers["unit"]), phone=answers["phone"]), tuple(situations)
    if isinstance(record, Item):
        return replace(record, name=Text(answers["name"]), unit=Text(answers["unit"])), tuple(situations)
    if isinstance(record, LegalBasis):
        return replace(record, title=Text(answers["title"]), number=answers["number"]), tuple(situations)
    return record, tuple(situations)


def _level(rule: LevelRule, answers: Mapping[str, str], situations: Sequence[Situation]) -> tuple[LevelRule, tuple[Situation, ...]]:
    rule = replace(rule, level=Level(answers["level"]), activated_by=Text(answers["activated_by"]), activated_by_role=PlanRole(answers["role"]))
    if answers["conditions"] == "\n".join(written(one, situations) for one in rule.conditions):
        return rule, tuple(situations)
    reading = Conditions(situations=list(situations))
    lines = [line.strip() for line in answers["conditions"].splitlines() if line.strip()]
    conditions = tuple(dict.fromkeys(one for line in lines for one in reading.read(line)[0]))
    return replace(rule, conditions=conditions), tuple(reading.situations)
