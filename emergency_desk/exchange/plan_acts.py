"""What a foreign plan asks somebody to do: who, at which tier and from which level, within how many minutes where the text says so.

Read from the clauses that tell measures; each sentence of an item is one action. Nothing is made up: a sentence without a time gets none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_proposals import UNTIMED, Doubt, Proposed, Source, Sureness
from emergency_desk.domain.plan_records import Action, Level, LevelRule, PlanFact, PlanRole, WorkGroup
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.numerals import half_width, simplified, value_of
from emergency_desk.exchange.plan_bodies import BodyLine, ClauseText
from emergency_desk.exchange.plan_conditions import figures_in, grade_in
from emergency_desk.exchange.plan_levels import level_of_title
from emergency_desk.exchange.plan_marks import MarkKind, read_mark
from emergency_desk.exchange.plan_people import role_of_words
from emergency_desk.exchange.plan_tiers import tier_of, tier_of_actor

_OF_MEASURES = re.compile(r"响应行动|响应措施|处置措施|应急处置|先期处置|应急措施|救援措施|处置行动|处置程序|现场处置|信息报告|报告程序|响应程序"
                          r"|分级响应|指挥(?:和|与)?协调|应对措施|行动$|措施$")
_NOT_OF_MEASURES = re.compile(r"预警|保障|恢复|善后|后期|终止|结束|解除|职责|演练|培训|总则|附则|原则|条件|标准|启动程序|预防|准备|奖|管理|发布")
_NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+|半)"
_WITHIN = re.compile(rf"(?<!每)(?<!每隔)(?<!未来)(?<!近)(?P<number>{_NUMBER})\s*个?(?P<half>半)?\s*(?P<unit>小时|分钟|钟头|时"
                     rf"|分)(?:之)?(?:以)?内")
_AT_ONCE = re.compile(r"立即|第一时间|马上|即刻")
_BY_TWO_WAYS = re.compile(rf"(?P<first>{_NUMBER}个?半?(?:小时|分钟)(?:之|以)?内)(?P<how>口头|电话)(?:报告)?[、，,和]?\s*"
                          rf"(?P<second>{_NUMBER}个?半?(?:小时|分钟)(?:之|以)?内)书面(?P<rest>[^。；;，,]*)")
_IN_A_CASE = re.compile(r"^(?:[当如若遇]|一旦|必要时|根据需要|需要时|在[^，,]{2,40}(?:时|后)[，,]|视情|[^，,]{2,40}(?:时|后)[，,])"
                        r"|^视[^，,]{4,}[，,]|^[^，,]{2,20}情况[，,]|(?:^|[，,])(?:必要时|一旦)")
_VERB = re.compile(r"主持|组织|负责|报告|通报|发布|启动|设立|成立|派|调|开展|实施|部署|会商|转移|疏散|救治|抢险|抢修|监测|巡查|关注|监视"
                   r"|做好|落实|协调|指导"
                   r"|赶赴|封|警戒|管制|通知|带班|进驻|投入|待命|采取|加强|排出|抽排|提供|核实|收集|控制|保障|拨|搜救|安置|召开|指挥|请求"
                   r"|补报|续报|报省|报市|报区|宣布|发出")
_ACTOR = re.compile(rf"^(?P<who>[^，,；;：:]{{2,120}}?)(?:(?:在|于)?{_NUMBER}个?半?(?:小时|分钟)内|应当|应该|应|须|要|将|可|负责(?!人)"
                    rf"|主持|组织|立即|及时|迅速|第一时间|派(?:员|出)"
                    r"|做好|启动|根据|按照?|视情|每日|每天|每\d|每小时"
                    r"|带班|坐镇|密切|全力|加强|开展|实施|设立|成立|发布|报告|会商|协调|赶赴|参加|随时|接报|在|对|向|会同|牵头|承担|提供"
                    r"|采取|调度|通知|核实|落实|参与|协助|配合|指导|召开|抢修|疏散|转移|救治|封锁|发出|宣布)")
_ACTIVATES = re.compile(r"(?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|I{1,3}V?|IV|[一二三四1-4])\s*级(?:[（(][^）)]{1,8}[）)])?(?:应急)?(?:的)?响应[^，,]{0,40}启动"
                        r"|由[^，,]{2,30}(?:决定|批准|同意|宣布)[^，,]{0,6}启动$|(?:启动|进入)[^，,。]{0,8}(?:Ⅰ|Ⅱ|Ⅲ|Ⅳ|I{1,3}V?|IV"
                        r"|[一二三四1-4])\s*级")
_GIVEN_TO = re.compile(r"由(?P<who>[^，,；;：:]{2,40}?)(?:负责|牵头|组织|决定)")
_WHO = re.compile(r"(?:局|委|办|部|队|院|站|所|中心|公司|集团|政府|街道|镇|乡|区|县|会|组|员|人|长|军|警|指挥|防指|单位|部门|机构|消防"
                  r"|队伍|力量|社区|村|领导|水文|气象|供电"
                  r"|主任|书记|室|企业|医|班)(?:[（(][^）)]*[）)])?(?:等|等部门|等单位)?$")
_POSTS: tuple[tuple[PlanRole, str], ...] = (
    (PlanRole.DUTY_OFFICER, r"值班员|值班人员|值班室|接警"),
    (PlanRole.DUTY_LEADER, r"带班|办公室|防办|应急办|指挥部办|总值班"),
    (PlanRole.COMMANDER, r"指挥长|总指挥|副?指挥(?!中心)$|指挥部|防指|(?:市|区|县|镇)?(?:政府|市长|区长|县长|镇长)|书记|主要负责人|应急委"
                         r"|领导小组|街道办"),
)
_UNIT_ROLES: tuple[tuple[PlanRole, str], ...] = (
    (PlanRole.ORDER, r"公安|交警|交通管理"), (PlanRole.RESCUE, r"消防|武警|解放军|军|队伍|抢险|民兵|救援"), (PlanRole.MEDICAL, r"卫健|卫生"
                                                            r"|医|疾控"),
    (PlanRole.MONITORING, r"气象|水文|监测|地震局|自然资源"), (PlanRole.PUBLIC_INFO, r"宣传|新闻|网信|融媒"), (PlanRole.EVACUATION, r"民政"
                                                            r"|教育|社区"),
    (PlanRole.LOGISTICS, r"发展和?改革|发改|财政|工信|通信|供电|电力|商务|交通运输|物资|水务集团"), (PlanRole.COORDINATION, r"成员单位"
                                                            r"|有关部门|各部门|有关单位|各单位"),
)
_MOST_TITLE, _MOST_WORDS, _FEWEST_SIGNS, _MOST_PARTS = 160, 400, 6, 3
_LONGEST_OF_ONE, _SEVERAL = 24, 3
_ALIKE = 0.45  # of the pairs of signs; 4.3.1 and 4.3.2 of real plans differ by a word or two


@dataclass(slots=True)
class _Reading:
    """What is known while the sentences are read: whose plan, which levels, who leads which group; and what was read."""

    own: Tier
    lowest: dict[Tier, Level]
    leads: dict[str, PlanRole]
    found: list[Proposed[Action]] = field(default_factory=list)
    said: dict[tuple[Tier, str], Level] = field(default_factory=dict)


def read_actions(
    texts: Sequence[ClauseText], own: Tier, levels: Sequence[Proposed[LevelRule]], groups: Sequence[Proposed[WorkGroup]],
) -> tuple[Proposed[Action], ...]:
    """Read the actions of the chapters that tell measures, those of the lowest level first where a chapter tells several."""
    lowest: dict[Tier, Level] = {}
    for rule in (one.record for one in levels):
        lowest[rule.tier] = max(lowest.get(rule.tier, rule.level), rule.level, key=lambda level: level.rank)
    reading = _Reading(own, lowest, _leads(groups))
    told = [(text, _level_above(texts, text)) for text in texts if _tells_measures(texts, text)]
    for text, level in sorted(told, key=lambda one: -(one[1].rank if one[1] else 5)):
        here = tier_of(text, own=own)
        if not here.is_above(own):
            _read_clause(reading, text, level, here.tier, is_tier_said=here.is_said)
    ordered = sorted(reading.found, key=lambda one: one.source.line)
    return tuple(_numbered(one, at) for at, one in enumerate(ordered, start=1))


def _numbered(one: Proposed[Action], at: int) -> Proposed[Action]:
    return replace(one, id=f"action {at}", record=replace(one.record, id=f"a{at:02}"))


def _leads(groups: Sequence[Proposed[WorkGroup]]) -> dict[str, PlanRole]:
    """Return the group a unit leads, for units that lead only one; a group is also known by its own name."""
    leads: dict[str, set[PlanRole]] = {}
    for one in groups:
        name = one.source.words.partition("：")[0]
        leads.setdefault(name, set()).add(one.record.function)
        if one.record.lead:
            leads.setdefault(one.record.lead.zh, set()).add(one.record.function)
    return {unit: next(iter(roles)) for unit, roles in leads.items() if len(roles) == 1}


# -- which clauses ----------------------------------------------------------------------------------------------------
def _tells_measures(texts: Sequence[ClauseText], text: ClauseText) -> bool:
    title = simplified(text.title)
    if _NOT_OF_MEASURES.search(title):
        return False
    if _OF_MEASURES.search(title):
        return True
    around = simplified(" ".join(text.above[-2:]))
    if level_of_title(text) is not None or _level_above(texts, text) is not None:
        return not re.search(r"条件|标准|启动程序", around) and (bool(_OF_MEASURES.search(around)) or not _has_measures_below(texts, text))
    return bool(_OF_MEASURES.search(around)) and not _NOT_OF_MEASURES.search(around)


def _has_measures_below(texts: Sequence[ClauseText], text: ClauseText) -> bool:
    return any(one.number.startswith(f"{text.number}.") for one in texts)


def _level_above(texts: Sequence[ClauseText], text: ClauseText) -> Level | None:
    """Return the level that heads a clause, itself or one above it."""
    by_number = {one.number: one for one in texts}
    parts = text.number.split(".")
    for depth in range(len(parts), 0, -1):
        one = by_number.get(".".join(parts[:depth]))
        level = level_of_title(one) if one is not None else None
        if level is not None:
            return level
    return None


# -- sentences --------------------------------------------------------------------------------------------------------
def _read_clause(reading: _Reading, text: ClauseText, level: Level | None, tier: Tier, *, is_tier_said: bool) -> None:
    for line in text.lines:
        if line.table or not line.words:
            continue
        actor = ""
        for sentence in _sentences(line):
            told = _actor(sentence)
            actor = told or actor
            for words in _one_by_one(sentence):
                _read_sentence(reading, text, line, words, actor, level, tier, is_tier_said=is_tier_said)


def _sentences(line: BodyLine) -> Iterator[str]:
    mark = read_mark(line.words)
    words = mark.rest if mark is not None and mark.kind is not MarkKind.DECIMAL else line.words
    for part in re.split(r"[。；;]", words):
        part = re.sub(r"^\s*(?:[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]|\d{1,2}[.、．)）])\s*", "", part).strip("，, 、")
        head, colon, rest = part.partition("：")
        if colon and len(head) <= 20 and _VERB.search(simplified(rest)) and not _WHO.search(simplified(head)):
            part = rest.strip()  # "（1）先期处置：…" is headed, "市公安局：…" is said of somebody
        if len(part) >= _FEWEST_SIGNS and not part.endswith(("：", ":")):
            yield part


def _one_by_one(sentence: str) -> Iterator[str]:
    """Part "半小时内口头、1小时内书面报告市政府" into its two reports."""
    found = _BY_TWO_WAYS.search(sentence)
    if found is None:
        yield sentence
        return
    before, rest = sentence[:found.start()], re.sub("^报告?", "", found["rest"])
    yield f"{before}{found['first']}{found['how']}报告{rest}"
    yield f"{before}{found['second']}书面报告{rest}"


def _actor(sentence: str) -> str:
    """Return who acts in a sentence, or nothing where it does not begin with somebody."""
    words = re.sub(r"^(?:由|请|要求|责成)", "", sentence)
    head, colon, _rest = words.partition("：")
    if colon and len(head) <= 30 and _WHO.search(simplified(head)):
        return head
    parts = list(re.finditer(r"[^，,]+", words))[:_MOST_PARTS]  # "当…时，市水务局应…": who acts stands behind the case
    for part in parts if _IN_A_CASE.search(simplified(words)) else parts[:1]:
        found = _ACTOR.match(simplified(part[0]))
        who = part[0][found.start("who"):found.end("who")].strip() if found else ""
        if _WHO.search(simplified(who)):
            return who
    given = _GIVEN_TO.search(simplified(words))
    return words[given.start("who"):given.end("who")] if given and _WHO.search(given["who"]) else ""


def _read_sentence(
    reading: _Reading, text: ClauseText, line: BodyLine, words: str, actor: str, level: Level | None, tier: Tier, *, is_tier_said: bool,
) -> None:
    plain = half_width(simplified(words))
    if not _VERB.search(plain) or _ACTIVATES.search(plain) or (level is not None and (figures_in(words) or grade_in(words) is not None)):
        return  # who activates a level, and on what, is read with the levels
    of_actor, is_said = tier_of_actor(actor, own=tier)
    if of_actor.rank < reading.own.rank or of_actor not in (Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE, reading.own):
        return  # what a tier above does is no action of this plan
    from_level = level or reading.lowest.get(tier, Level.IV)
    known = reading.said.get((of_actor, plain))
    if known is not None and known.rank >= from_level.rank:
        return  # asked for already from a lower level upward
    minutes = _minutes(plain)
    role, doubts = _role(actor, plain, reading.leads)
    if minutes == UNTIMED:
        doubts.add(Doubt.NO_TIME)
    if _IN_A_CASE.search(plain):
        doubts.add(Doubt.ONLY_IN_A_CASE)
    if level is not None and _is_like_lower(reading, of_actor, from_level, plain):
        doubts.add(Doubt.LIKE_LOWER)
    reading.said[of_actor, plain] = from_level
    title = words if (actor and actor in words) or not actor else f"{actor}{words}"
    record = Action(id="", clause=text.number, tier=of_actor, role=role, due_minutes=minutes, from_level=from_level, meets=_meets(plain),
                    title=Text(title[:_MOST_TITLE]))
    reading.found.append(Proposed(
        id="", record=record, source=Source(line=line.line, clause=text.number, words=line.words[:_MOST_WORDS]), sureness=_sureness(doubts),
        doubts=tuple(doubt for doubt in Doubt if doubt in doubts), is_tier_said=is_said or is_tier_said))


def _sureness(doubts: set[Doubt]) -> Sureness:
    if doubts & {Doubt.NO_OWNER, Doubt.ONLY_IN_A_CASE, Doubt.LIKE_LOWER}:
        return Sureness.DOUBTFUL
    return Sureness.LIKELY  # whose task it is at this desk is never said in so many words


def _is_like_lower(reading: _Reading, tier: Tier, level: Level, plain: str) -> bool:
    own = _pairs(plain)
    return any(at.rank > level.rank and where is tier and len(own & _pairs(said)) >= _ALIKE * len(own | _pairs(said))
               for (where, said), at in reading.said.items())


def _pairs(words: str) -> set[str]:
    return {words[at:at + 2] for at in range(len(words) - 1)}


def _minutes(plain: str) -> int:
    """Return within how many minutes, 0 for at once; UNTIMED where the text says nothing."""
    found = _WITHIN.search(plain)
    if found is None:
        return 0 if _AT_ONCE.search(plain) else UNTIMED
    number = 0.5 if found["number"] == "半" else float(found["number"]) if re.fullmatch(r"[\d.]+", found["number"]) else value_of(found["number"])
    if number is None:
        return UNTIMED
    minutes = number + (0.5 if found["half"] else 0)
    return round(minutes * (60 if found["unit"] in ("小时", "钟头", "时") else 1))


def _role(actor: str, plain: str, leads: dict[str, PlanRole]) -> tuple[PlanRole, set[Doubt]]:
    """Return who carries it at this desk: the post or group that the words name, the group a unit leads, else a guess."""
    who = simplified(actor)
    if not who:
        reports = PlanRole.DUTY_OFFICER if _meets(plain) else None  # who reports at a desk is who has the phone
        return reports or role_of_words(plain) or PlanRole.COORDINATION, {Doubt.NO_OWNER}
    if who in leads:
        return leads[who], set()
    if re.search("成员单位|各部门|有关部门", who):
        return PlanRole.COORDINATION, {Doubt.ROLE_GUESSED}
    first = re.split(r"[、和及或，,]|委托|授权", who)[0] or who
    for role, words in _POSTS:
        if re.search(words, first) or (len(who) <= _LONGEST_OF_ONE and re.search(words, who)):
            return role, set()
    if who.count("、") >= _SEVERAL:
        return PlanRole.COORDINATION, {Doubt.ROLE_GUESSED}
    for role, words in _UNIT_ROLES:
        if re.search(words, first):
            return role, {Doubt.ROLE_GUESSED}
    return leads.get(first) or role_of_words(who) or role_of_words(plain) or PlanRole.COORDINATION, {Doubt.ROLE_GUESSED}


def _meets(plain: str) -> PlanFact | None:
    """Return the act of the desk that does it, where the sentence asks for that and for nothing else."""
    if "报告" in plain and not re.search("通报|，并|，同时", plain):
        if re.search("口头|电话", plain) and "书面" not in plain:
            return PlanFact.REPORT_PHONE
        if "书面" in plain:
            return PlanFact.REPORT_WRITTEN
        if "续报" in plain:
            return PlanFact.REPORT_FOLLOW_UP
    if re.search(r"(?:成立|设立|组建)现场(?:应急)?指挥部[^，,]{0,6}$", plain):
        return PlanFact.FORM_COMMAND
    return None
