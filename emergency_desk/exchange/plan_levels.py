"""Response levels of a foreign plan: which there are, on which conditions, who activates them; and its own grading table.

Looked for where plans write them: clauses titled with a level, sentences "Ⅱ级响应由…启动", items "（1）Ⅰ级响应：…", rows of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_proposals import Doubt, GradeRead, Proposed, Source, Sureness
from emergency_desk.domain.plan_records import Condition, Level, LevelRule, PlanRole
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.numerals import half_width, roman_or_chinese, simplified
from emergency_desk.exchange.plan_bodies import BodyLine, ClauseText, below
from emergency_desk.exchange.plan_conditions import GRADE_WORDS, MOST_CONDITIONS, Conditions, figures_in, grade_in
from emergency_desk.exchange.plan_marks import MarkKind, read_mark
from emergency_desk.exchange.plan_tiers import tier_before, tier_of

_LEVELS = tuple(Level)
_NUMERAL = r"(?P<level>Ⅰ|Ⅱ|Ⅲ|Ⅳ|I{1,3}V?|IV|一|二|三|四|[1-4])"
_LEVEL = re.compile(rf"(?<![第\dA-Za-z]){_NUMERAL}\s*级\s*(?:[（(][^）)]{{1,8}}[）)])?\s*(?:应急)?(?:的)?响应")
_LEVEL_ALONE = re.compile(rf"^\s*{_NUMERAL}\s*级\s*(?:[（(][^）)]{{1,8}}[）)])?\s*(?:应急)?(?:响应)?\s*(?:[：:]|$)")
_LEVEL_IN_ROW = re.compile(rf"{_NUMERAL}\s*级")
_OF_CONDITIONS = re.compile(r"条件|标准|情形|分级|启动|级别|响应$|响应[（(]|响应级")
_NOT_OF_CONDITIONS = re.compile(r"行动|措施|处置|程序|终止|结束|调整|解除|预警")
_BEGINS_LIST = re.compile(r"(?:下列|以下|如下)[^。：:]{0,12}(?:情形|情况|条件|标准|之一)|之一(?:的|时|者)?|(?:启动|响应)条件")
_ENDS_LIST = re.compile(r"上述|以上(?:条件|情形|情况)|前款")
_ACTIVATED = (
    re.compile(r"由(?P<who>[^，,；;。：:]{2,40}?)(?:研究)?(?:决定|批准|宣布|签发|签署|下达|下令|同意|负责)[^，,；;。]{0,8}?启动"),
    re.compile(r"由(?P<who>[^，,；;。：:]{2,40}?)后?(?:负责)?(?:启动|批准|宣布)"),
    re.compile(r"(?:经|报)(?P<who>[^，,；;。：:]{2,40}?)(?:批准|同意|审批|研究决定|决定)后?[，,]?[^。；;]{0,12}?(?:启动|宣布|进入)"),
    re.compile(r"(?P<who>[^，,；;。：:（）()]{2,30}?)(?:决定|宣布|批准|签发)[^，,；;。]{0,6}?(?:启动|进入)"),
)
_DECIDES = re.compile(r"[^，,；;]{2,40}启动[。；;]?")
_BY_WHOM = re.compile(r"[，,]\s*(?:经|由|报)[^，,；;。]{2,40}?(?:批准|同意|决定|宣布|研究|启动)")
_COMMANDS = re.compile(r"总?指挥(?!部办|机构办)|指挥长|书记|市长|区长|县长|镇长|(?:办事处|管委会|党工委)主任"
                       r"|政府|党委|市委|区委|县委|防指|指挥部(?!办)"
                       r"|应急委|领导小组")
_OFFICES = re.compile(r"办公室|防办|应急办|局|主管部门|牵头部门|值班")
_MOST_SENTENCE = 300
_Key = tuple[Tier, Level]
_Levels = dict[_Key, "_Found"]


@dataclass(slots=True)
class _Found:
    """What was read of one level so far."""

    clause: str
    line: int
    words: str
    conditions: list[Condition] = field(default_factory=list)
    doubts: set[Doubt] = field(default_factory=set)
    activated_by: str = ""
    who_words: str = ""  # the sentence that names who activates it
    is_titled: bool = False
    is_tier_said: bool = False


def read_levels(texts: Sequence[ClauseText], tier: Tier, conditions: Conditions) -> tuple[Proposed[LevelRule], ...]:
    """Read the levels of every tier that the text names, those of the plan's own first, the highest first; what a tier above does is no level
    of this plan."""
    found: _Levels = {}
    for text in texts:
        here = tier_of(text, own=tier)
        if here.is_above(tier):
            continue
        level = level_of_title(text)
        if level is not None:
            _read_titled(found, (here.tier, level), text, below(texts, text.number), conditions)
        _read_lines(found, text, here.tier, tier, conditions)
        for line in text.lines:
            if line.table:
                _read_table(found, text, line, here.tier, conditions)
        for key, at in found.items():
            at.is_tier_said |= key[0] is not tier or (here.is_said and at.clause == text.number)
    order = sorted(found, key=lambda key: (key[0].rank, _LEVELS.index(key[1])))
    return tuple(_proposed(key, found[key], tier) for key in order)


def _level(found: re.Match[str] | None) -> Level | None:
    number = roman_or_chinese(found["level"]) if found else None
    return _LEVELS[number - 1] if number and number <= len(_LEVELS) else None


def level_of_title(text: ClauseText) -> Level | None:
    """Return the level that a clause is titled with, or None."""
    title = half_width(simplified(text.title))
    level = _level(_LEVEL.search(title))
    if level is None and "响应" in simplified(" ".join(text.above[-1:])):
        level = _level(_LEVEL_ALONE.match(title))
    if level is not None and len(list(_LEVEL.finditer(title))) > 1:
        return None  # "Ⅰ级、Ⅱ级响应" heads no single one
    return level


def _read_titled(found: _Levels, key: _Key, text: ClauseText, parts: Sequence[ClauseText], conditions: Conditions) -> None:
    """Read a clause that a level heads, with everything below it."""
    own = simplified(text.title)
    around = simplified(" ".join(text.above[-1:]))
    is_about_acts = bool(_NOT_OF_CONDITIONS.search(own) or (_NOT_OF_CONDITIONS.search(around) and not re.search("条件|启动", around)))
    level = key[1]
    at = _at(found, key, text)
    for part in parts:
        title = simplified(part.title)
        own_part = part.number != text.number
        if own_part and not re.search("条件|启动|标准|情形|程序|权限|批准", title):
            continue
        if not at.activated_by:
            # Below its own title a sentence need not name the level again; in the clause itself where it says nothing but who decides.
            at.activated_by = next(filter(None, (_activator(line.words, level if own_part or _DECIDES.fullmatch(line.words) else None)
                                                 for line in part.lines)), "")
        if (is_about_acts and not own_part) or (own_part and not re.search("条件|启动|标准|情形", title)):
            continue
        read = list(_conditions_of(part.lines, conditions, is_titled_so=own_part or bool(re.search("条件|标准", own + around))))
        if read and not at.conditions:
            at.clause, at.line, at.is_titled = part.number, part.line, True
            at.words = "\n".join(line.words for line in part.lines if line.words)[:_MOST_SENTENCE]
            _take(at, read)


def _at(found: _Levels, key: _Key, text: ClauseText) -> _Found:
    return found.setdefault(key, _Found(text.number, text.line, text.title))


def _take(at: _Found, read: Sequence[tuple[list[Condition], set[Doubt]]]) -> None:
    for conditions, doubts in read:
        at.conditions += [one for one in conditions if one not in at.conditions]
        at.doubts |= doubts
    if len(at.conditions) > MOST_CONDITIONS:
        del at.conditions[MOST_CONDITIONS:]
        at.doubts.add(Doubt.CONDITION_CUT)


# -- conditions -------------------------------------------------------------------------------------------------------
def _conditions_of(lines: Sequence[BodyLine], conditions: Conditions, *, is_titled_so: bool) -> Iterator[tuple[list[Condition], set[Doubt]]]:
    """Read the items below "下列情形之一", or the items of a clause that is titled so; else a sentence with a figure or a grade."""
    items = list(_items(lines))
    begins = next((at for at, (words, _is_item) in enumerate(items) if _begins_list(words)), None)
    if begins is None and is_titled_so:
        begins = -1
    if begins is not None:
        after = [one for one in items[begins + 1:] if not _ENDS_LIST.search(one[0])]
        listed = [words for words, is_item in after if is_item] or [words for words, _is_item in after]
        told = list(filter(None, map(_without_activation, listed)))
        is_more = len(told) < sum(not _activator(words, None) for words, _is_item in after)
        for words in told:
            read, doubts = conditions.read(words)
            yield read, doubts | ({Doubt.PARTLY_READ} if is_more else set())
        if told:
            return
    yield from _sentences_that_decide(items, conditions)


def _begins_list(words: str) -> bool:
    plain = simplified(words)
    return _BEGINS_LIST.search(plain) is not None and not _ENDS_LIST.search(plain)


def _without_activation(words: str) -> str:
    """Return an item without the sentence that says who activates the level."""
    return "".join(part for part in re.split(r"(?<=。)", words) if not _activator(part, None)).strip()


def _sentences_that_decide(items: Sequence[tuple[str, bool]], conditions: Conditions) -> Iterator[tuple[list[Condition], set[Doubt]]]:
    """Read the sentences with a figure or a grade; where items stand beside them that have neither, say that there is more."""
    sentences = [sentence for words, _is_item in items for sentence in re.split(r"(?<=[。；;])", words)]
    deciding = [sentence for sentence in sentences if figures_in(sentence) or grade_in(sentence) is not None]
    is_more = sum(is_item for _words, is_item in items) > len(deciding)
    for sentence in deciding:
        read, doubts = conditions.read(_before_activation(sentence))
        yield read, doubts | ({Doubt.PARTLY_READ} if is_more else set())


def _items(lines: Sequence[BodyLine]) -> Iterator[tuple[str, bool]]:
    """Give the items of a text without their numbers, and what is none; several items of one line are parted."""
    for line in lines:
        if line.table:
            continue
        for part in re.split(r"(?<=[；;：:。])\s*(?=[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]|\d{1,2}[.．、](?!\d))", line.words):
            mark = read_mark(part)
            is_item = line.is_entry or (mark is not None and mark.kind is not MarkKind.DECIMAL)
            words = mark.rest if mark is not None and is_item else part
            if words.strip():
                yield words.strip(), is_item


def _before_activation(sentence: str) -> str:
    """Leave out the end of a sentence that says what follows: "…，启动Ⅱ级响应"."""
    plain = half_width(simplified(sentence))
    who = _BY_WHOM.search(plain)
    if who:
        return sentence[:who.start()]
    level = _LEVEL.search(plain)
    cut = max(plain.rfind("，", 0, level.start()), plain.rfind(",", 0, level.start())) if level else -1
    return sentence[:cut] if cut > 0 else sentence


# -- sentences that name a level --------------------------------------------------------------------------------------
def _read_lines(found: _Levels, text: ClauseText, here: Tier, own: Tier, conditions: Conditions) -> None:
    """Read sentences and items that name a level: who activates it, and on what."""
    if re.search("终止|结束|调整|预警", simplified(text.title)):
        return
    for line in text.lines:
        if line.table or not line.words:
            continue
        for sentence in re.split(r"(?<=[。；;])", line.words):
            plain = half_width(simplified(sentence))
            levels = {_level(match) for match in _LEVEL.finditer(plain)} - {None}
            if len(levels) != 1:
                _read_several(found, text, line, here, plain, sentence)
                continue
            level = levels.pop()
            assert level is not None
            said = tier_before(plain, _LEVEL)
            if said is not None and said.rank < own.rank:
                continue  # "省启动Ⅱ级响应后": another plan's level
            key = (said or here, level)
            who = _activator(sentence, level)
            if who:
                at = _at(found, key, text)
                if not at.activated_by:
                    at.activated_by, at.who_words = who, sentence.strip()
                    if not at.is_titled:
                        at.clause, at.line = text.number, line.line
            _read_condition_of(found, key, text, line, sentence, conditions)


def _read_several(found: _Levels, text: ClauseText, line: BodyLine, here: Tier, plain: str, sentence: str) -> None:
    """Keep the names of levels that a sentence lists ("分为Ⅰ级、Ⅱ级、Ⅲ级响应"), so that each is asked about."""
    if re.search(r"响应", plain) and re.search(r"分为|划分|设定", plain):
        for match in re.finditer(rf"(?<![第\dA-Za-z]){_NUMERAL}\s*(?=级|[（(、，,和])", plain):
            level = _level(match)
            if level is not None and (here, level) not in found and text.number:
                found[here, level] = _Found(text.number, line.line, sentence.strip()[:_MOST_SENTENCE])


def _read_condition_of(found: _Levels, key: _Key, text: ClauseText, line: BodyLine, sentence: str, conditions: Conditions) -> None:
    if not re.search("启动|进入|响应[：:]", simplified(sentence)):
        return
    before = _before_activation(sentence)
    told = re.split("[：:]", before, maxsplit=1)[-1] if _LEVEL_ALONE.match(half_width(simplified(before))) else before
    if not (figures_in(told) or grade_in(told) is not None) or (key in found and found[key].conditions):
        return
    at = _at(found, key, text)
    at.clause, at.line, at.words = text.number, line.line, sentence.strip()[:_MOST_SENTENCE]
    _take(at, [conditions.read(told.strip())])


def _activator(sentence: str, level: Level | None) -> str:
    """Return who activates a level as a sentence says it, or an empty text."""
    plain = half_width(simplified(sentence))
    if "启动" not in plain and "进入" not in plain and "宣布" not in plain:
        return ""
    if level is None and not _LEVEL.search(plain) and "响应" not in plain:
        return ""
    for pattern in _ACTIVATED:
        found = pattern.search(plain)
        if found:
            who = sentence[found.start("who"):found.end("who")].strip() if len(plain) == len(sentence) else found["who"].strip()
            who = re.sub(r"^(?:应|可|须|立即|及时|并)|(?:后|可以|可|应)$", "", _LEVEL.sub("", who))
            if len(who) >= 2 and not figures_in(who):
                return who
    return ""


def _role(who: str) -> tuple[PlanRole, bool]:
    """Return the post of the desk that activates, and whether it was only guessed."""
    plain = simplified(who)
    if re.search("值班", plain):
        return PlanRole.DUTY_OFFICER, False
    if _COMMANDS.search(plain):
        return PlanRole.COMMANDER, False
    return PlanRole.DUTY_LEADER, not _OFFICES.search(plain)


# -- tables -----------------------------------------------------------------------------------------------------------
def _read_table(found: _Levels, text: ClauseText, line: BodyLine, here: Tier, conditions: Conditions) -> None:
    """Read a table with a level in each row, or in each column of its head."""
    for rows in (line.table, tuple(zip(*line.table, strict=True))):
        head = [simplified(cell) for cell in rows[0]]
        at_conditions = _column(head, "条件|标准|情形|分级")
        at_who = _column(head, "启动权限|启动人|批准|决定|启动主体|权限|宣布")
        if at_conditions is None and at_who is None:
            continue
        for row in rows[1:]:
            level = next((level for cell in row[:2] if (level := _level(_LEVEL_ALONE.match(half_width(simplified(cell))))) is not None), None)
            if level is None or "预警" in head[0]:
                continue
            at = _at(found, (tier_before(half_width(simplified(" ".join(row[:2]))), _LEVEL_IN_ROW) or here, level), text)
            if at_conditions is not None and not at.conditions and row[at_conditions].strip():
                at.clause, at.line, at.words, at.is_titled = text.number, line.line, " · ".join(filter(None, row))[:_MOST_SENTENCE], True
                cell_lines = [BodyLine(line.line, part) for part in row[at_conditions].split("\n") if part.strip()]
                _take(at, [conditions.read(words) for words, _item in _items(cell_lines) if not _BEGINS_LIST.search(words) or figures_in(words)])
            if at_who is not None and not at.activated_by:
                at.activated_by = " ".join(row[at_who].split())
        return


def _column(head: Sequence[str], words: str) -> int | None:
    return next((at for at, cell in enumerate(head) if re.search(words, cell)), None)


# -- what is proposed -------------------------------------------------------------------------------------------------
def _proposed(key: _Key, at: _Found, own: Tier) -> Proposed[LevelRule]:
    tier, level = key
    role, is_guess = _role(at.activated_by)
    doubts = set(at.doubts)
    if not at.conditions:
        doubts.add(Doubt.NO_CONDITION)
    if not at.activated_by:
        doubts.add(Doubt.NO_ACTIVATOR)
    elif is_guess:
        doubts.add(Doubt.ROLE_GUESSED)
    rule = LevelRule(tier=tier, level=level, clause=at.clause, activated_by=Text(at.activated_by), activated_by_role=role,
                     conditions=tuple(at.conditions))
    words = "\n".join(dict.fromkeys(filter(None, (at.words if at.conditions or not at.who_words else "", at.who_words))))
    id_ = f"level {level}" if tier is own else f"level {tier} {level}"
    return Proposed(id=id_, is_tier_said=at.is_tier_said, record=rule, source=Source(line=at.line, clause=at.clause, words=words),
                    sureness=_sureness(doubts), doubts=tuple(doubt for doubt in Doubt if doubt in doubts))


def _sureness(doubts: set[Doubt]) -> Sureness:
    if doubts & {Doubt.NO_CONDITION, Doubt.NO_ACTIVATOR, Doubt.PARTLY_READ, Doubt.CONDITION_CUT, Doubt.FIGURE_WITHOUT_BOUND}:
        return Sureness.DOUBTFUL
    return Sureness.LIKELY if doubts else Sureness.SURE


# -- the plan's own grading -------------------------------------------------------------------------------------------
def read_grades(texts: Sequence[ClauseText], *, is_exclusive: bool) -> tuple[Proposed[GradeRead], ...]:
    """Read what the plan itself says of each grade, from the sentences or the table that do so."""
    found: dict[Grade, tuple[ClauseText, int, str]] = {}
    for text in texts:
        if not re.search("分级|标准|级别", simplified(text.titles)):
            continue
        grade = _grade_of(simplified(text.title))
        if grade is not None and text.words:
            found.setdefault(grade, (text, text.line, text.words))
        for line_no, words in _graded_sentences(text):
            grade = _grade_of(simplified(words))
            if grade is not None and figures_in(words):
                found.setdefault(grade, (text, line_no, words))
    return tuple(_grade_proposed(grade, *found[grade], is_exclusive=is_exclusive) for grade in Grade if grade in found)


def _grade_of(words: str) -> Grade | None:
    found = re.match(r"\s*(?:[（(]?[一二三四\d][）)、.．]\s*)?(特别重大|特大|重大|较大|一般)(?![、，和])", words)
    return dict(GRADE_WORDS)[found[1]] if found else None


def _graded_sentences(text: ClauseText) -> Iterator[tuple[int, str]]:
    for line in text.lines:
        if line.table:
            for rows in (line.table, tuple(zip(*line.table, strict=True))):
                if sum(_grade_of(simplified(row[0])) is not None for row in rows) >= 2:
                    yield from ((line.line, "：".join(cell for cell in row if cell)) for row in rows)
        else:
            mark = read_mark(line.words)
            yield line.line, mark.rest if mark else line.words


def _grade_proposed(grade: Grade, text: ClauseText, line: int, words: str, *, is_exclusive: bool) -> Proposed[GradeRead]:
    figures = tuple((one.name, one.least, one.below) for one in figures_in(words, is_exclusive=is_exclusive))
    sureness = Sureness.SURE if figures else Sureness.LIKELY
    return Proposed(id=f"grade {grade}", record=GradeRead(grade=grade, figures=figures, further=() if figures else (words[:_MOST_SENTENCE],)),
                    source=Source(line=line, clause=text.number, words=words[:_MOST_SENTENCE]), sureness=sureness)


def says_exclusive(texts: Sequence[ClauseText]) -> bool:
    """Say whether the plan writes that 以上 does not include the number, against the habit of law (R-0.1)."""
    return any(re.search(r"[“\"']?以上[”\"']?[^。；]{0,12}不(?:含|包括|包含)本数", simplified(text.words)) and not re.search(
        r"[“\"']?以上[”\"']?[^。；，]{0,8}(?<!不)(?:含|包括|包含)本数", simplified(text.words)) for text in texts)
