"""Response cards proposed from a foreign plan: one for each work group from its duties, one for each post of a desk from its actions.

Source: 生产安全事故应急预案管理办法 Art. 19 (a card for each key post); domain §3.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_proposals import UNTIMED, Doubt, Proposed, Source, Sureness
from emergency_desk.domain.plan_records import (
    MOST_CARD_STEPS,
    Action,
    CardStep,
    Contact,
    Level,
    LevelRule,
    PlanRole,
    ResponseCard,
    WorkGroup,
)
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.numerals import simplified

_POSTS = {PlanRole.DUTY_OFFICER: "值班员", PlanRole.DUTY_LEADER: "带班领导", PlanRole.COMMANDER: "现场指挥长"}
_ROMAN = {Level.I: "Ⅰ", Level.II: "Ⅱ", Level.III: "Ⅲ", Level.IV: "Ⅳ"}
_NEVER = re.compile(r"严禁|禁止|不得|切勿")
_BEGINS = re.compile(r"^(?:主要)?负责|^(?:主要)?承担")
_VERBS = ("负责|组织|协调|协助|指导|开展|做好|提供|提出|保障|承担|收集|发布|引导|调|抢|救|搜|转移|帮助|参与|配合|统计|核|监测|落实|维护"
          "|实施|把握|疏散|安置|封控|设立"
          "|汇总|起草|联系|筹集|供应|排查|修复|处置|控制|扑救|扑灭|评估|研判|报告|通知")
_VERB = re.compile(_VERBS)
_FEWEST_SIGNS, _MOST_STEP = 2, 120


def read_cards(
    own: Tier, levels: Sequence[Proposed[LevelRule]], groups: Sequence[Proposed[WorkGroup]], actions: Sequence[Proposed[Action]],
    contacts: Sequence[Proposed[Contact]],
) -> tuple[Proposed[ResponseCard], ...]:
    """Propose a card for each post that has actions and for each work group that has duties."""
    made = [*_of_posts(own, levels, actions, groups), *_of_groups(own, levels, groups, contacts)]
    return tuple(replace(one, id=f"card {at}", record=replace(one.record, id=f"card_{at:02}")) for at, one in enumerate(made, start=1))


def _lowest(levels: Sequence[Proposed[LevelRule]], tier: Tier) -> Level:
    return max((one.record.level for one in levels if one.record.tier is tier), key=lambda level: level.rank, default=Level.IV)


# -- posts ------------------------------------------------------------------------------------------------------------
def _of_posts(
    own: Tier, levels: Sequence[Proposed[LevelRule]], actions: Sequence[Proposed[Action]], groups: Sequence[Proposed[WorkGroup]],
) -> Iterator[Proposed[ResponseCard]]:
    """Give the card of each post of the desk: its actions word for word, by level, so that the check can hold them together."""
    for role, post in _POSTS.items():
        own_ones = [one for one in actions if one.record.role is role and one.record.tier is own and Doubt.ONLY_IN_A_CASE not in one.doubts]
        if not own_ones:
            continue
        first = max((one.record.from_level for one in own_ones), key=lambda level: level.rank)
        ordered = sorted(own_ones, key=lambda one: (-one.record.from_level.rank, one.record.due_minutes == UNTIMED, one.record.due_minutes))
        steps = tuple(_step_of(one.record, first) for one in ordered[:MOST_CARD_STEPS])
        doubts = _doubts(steps, is_cut=len(ordered) > MOST_CARD_STEPS)
        reports_to = _coordinator(groups, ()) if role is PlanRole.DUTY_OFFICER else ()
        yield _card(post, own, own_ones[0].source, first, steps, doubts, reports_to=reports_to)


def _step_of(action: Action, first: Level) -> CardStep:
    before = "" if action.from_level is first else f"{_ROMAN[action.from_level]}级以上："
    return CardStep(due_minutes=action.due_minutes, text=Text(before + action.title.zh))


# -- groups -----------------------------------------------------------------------------------------------------------
def _of_groups(
    own: Tier, levels: Sequence[Proposed[LevelRule]], groups: Sequence[Proposed[WorkGroup]], contacts: Sequence[Proposed[Contact]],
) -> Iterator[Proposed[ResponseCard]]:
    for group in groups:
        name = group.source.words.partition("：")[0] or group.record.lead.zh
        duties = list(_duties(group.record.duties.zh))
        never = "；".join(words for words in duties if _NEVER.search(simplified(words)))
        told = [words for words in duties if not _NEVER.search(simplified(words))]
        if not told:
            continue
        steps = tuple(CardStep(due_minutes=UNTIMED, text=Text(words)) for words in told[:MOST_CARD_STEPS])
        reports_to = () if group.record.function is PlanRole.COORDINATION else _coordinator(groups, contacts)
        doubts = _doubts(steps, is_cut=len(told) > MOST_CARD_STEPS)
        yield _card(name, own, group.source, _lowest(levels, own), steps, doubts, reports_to=reports_to, never=never)


def _duties(words: str) -> Iterator[str]:
    """Part duties into what can be done one after another: by semicolons and full stops, and by commas where there is but one sentence."""
    parts = [part for part in re.split(r"[；;。\n]", words) if part.strip()]
    if len(parts) == 1:
        parts = re.split(rf"(?<!需要)(?<!视情)[，,](?=(?:并)?(?:{_VERBS}))", parts[0])
    for part in parts:
        plain = re.sub(r"^\s*(?:[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]|\d{1,2}[.、．)）])\s*", "", part).strip("，, 、：:")
        plain = re.sub(r"^(?:主要)?职责(?:任务)?[：:]", "", plain)
        without = _BEGINS.sub("", plain).strip()
        plain = without if _VERB.match(simplified(without)) else plain
        if len(plain) >= _FEWEST_SIGNS:
            yield plain[:_MOST_STEP]


def _coordinator(groups: Sequence[Proposed[WorkGroup]], contacts: Sequence[Proposed[Contact]]) -> tuple[Contact, ...]:
    """Return whom groups report to: who leads the coordination, with the number that the plan gives."""
    lead = next((one.record.lead.zh for one in groups if one.record.function is PlanRole.COORDINATION and one.record.lead), "")
    phone = next((one.record.phone for one in contacts if lead and one.record.unit.zh == lead and one.record.phone), "")
    return (Contact(role=Text("综合协调组"), unit=Text(lead), phone=phone),) if lead else ()


def _doubts(steps: Sequence[CardStep], *, is_cut: bool) -> set[Doubt]:
    return ({Doubt.NO_TIME} if any(step.due_minutes == UNTIMED for step in steps) else set()) | ({Doubt.STEPS_CUT} if is_cut else set())


def _card(
    post: str, tier: Tier, source: Source, level: Level, steps: tuple[CardStep, ...], doubts: set[Doubt], *, reports_to: tuple[Contact, ...] = (),
    never: str = "",
) -> Proposed[ResponseCard]:
    trigger = f"{_ROMAN[level]}级以上应急响应启动" if level is not Level.I else "Ⅰ级应急响应启动"
    record = ResponseCard(id="", post=Text(post), tier=tier, clause=source.clause, from_level=level, trigger=Text(trigger), steps=steps,
                          reports_to=reports_to, never=Text(never))
    sureness = Sureness.DOUBTFUL if Doubt.STEPS_CUT in doubts else Sureness.LIKELY
    return Proposed(id="", record=record, source=source, sureness=sureness, doubts=tuple(doubt for doubt in Doubt if doubt in doubts))
