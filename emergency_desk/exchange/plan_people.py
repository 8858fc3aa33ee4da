"""Who has a part in a foreign plan: its work groups, its member units with their duties, and whom to ring; and the supplies it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emergency_desk.domain.plan_proposals import Doubt, Proposed, Source, Sureness
from emergency_desk.domain.plan_records import Contact, Item, LegalBasis, PlanRole, WorkGroup
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.numerals import half_width, simplified
from emergency_desk.exchange.plan_bodies import BodyLine, ClauseText
from emergency_desk.exchange.plan_marks import MarkKind, read_mark

_GROUP = re.compile(r"^(?P<name>[一-鿿]{2,12}组)(?:\s*[：:。]\s*|\s+|(?=由|负责|[（(])|$)(?P<told>.*)$", re.DOTALL)
_NO_GROUP = re.compile(r"(?:现场|应急|各|专项|应急处置|[市区县])*工作组|.*领导小组|.*班组")
_ROLE_WORDS: tuple[tuple[PlanRole, str], ...] = (
    (PlanRole.EXPERTS, "专家|技术咨询"), (PlanRole.MEDICAL, "医疗|卫生|防疫|救护|医学|疾控"), (PlanRole.ORDER, "治安|交通管制|交通疏导"
        "|警戒|社会稳定|秩序|保卫|维稳|社会管控"),
    (PlanRole.PUBLIC_INFO, "宣传|舆情|新闻|信息发布|舆论"), (PlanRole.AFTERMATH, "善后|调查|评估|赔付|抚恤|恢复|重建"),
    (PlanRole.MONITORING, "监测|水情|气象|检测|预报|灾情"), (PlanRole.EVACUATION, "转移|疏散|安置|撤离|救助|避险|群众生活"),
    (PlanRole.LOGISTICS, "后勤|物资|保障|通信|电力|财务|资金|供应"), (PlanRole.RESCUE, "抢险|救援|应急队伍|灭火|扑救|搜救|搜索|处置|工程"
        "|抢修|抢通|基础设施"),
    (PlanRole.EXPERTS, "技术"), (PlanRole.ORDER, "交通"), (PlanRole.COORDINATION, "综合|协调|联络|办公|指挥|信息"),
)
_LEAD = (re.compile(r"(?:由|以)([^，,；;。]{2,40}?)(?:牵头|负责|任组长|担任组长|为组长|为主)"),
         re.compile(r"(?:牵头(?:单位|部门)|责任单位|组长(?:单位)?)\s*[：:]\s*([^；;。\n]{2,60})"), re.compile(r"^([^，,；;。：:]{2,30}?)牵头"))
_MEMBERS = (re.compile(r"(?:牵头|负责|组长)[，,；;]?\s*(?:会同|由|组织)?\s*([^。；;]{2,400}?)(?:等)?(?:有关|相关)?(?:单位"
                       r"|部门)?(?:和人员)?\s*(?:组成|参加|参与|配合)"),
            re.compile(r"(?:成员(?:单位)?|参加单位|配合单位|参与单位|组成单位)\s*[：:]\s*([^。；;\n]{2,400})"),
            re.compile(r"由([^。；;]{4,400}?)(?:等)?(?:有关|相关)?(?:单位|部门)?(?:和人员)?组成"))
_DUTIES = (re.compile(r"(?:主要)?职责(?:任务)?\s*[：:]\s*(.+)$", re.DOTALL), re.compile(r"(?:组成|参加|参与"
    r"|配合)[，,。；;]\s*(?:主要)?((?:负责|承担|协助|组织).+)$", re.DOTALL),
           re.compile(r"(?:牵头|负责)[，,]\s*((?:主要)?(?:负责|承担|协调|协助|组织|做好|提供|开展|会商"
                      r"|拟).+)$", re.DOTALL), re.compile(r"((?:主要)?负责.+)$", re.DOTALL))
_UNIT_ENDS = (r"(?:局|委|委员会|办|办公室|厅|部|队|支队|大队|中队|总队|院|站|所|中心|公司|集团|政府|街道|街道办事处|镇|乡|区|县|会|社"
              r"|总社|银行|校|学校|军|警备区|军分区|指挥部|管委会|处|台|协会"
              r"|联合会|人武部|各区|企业|单位|银保监局|铁塔|移动|联通|电信|供电|防指|防办|部门|机构|红十字会|团委|工会|武警[一-鿿]*"
              r"|[一-鿿]*部队)")
_UNIT = re.compile(rf"[一-鿿（）()、A-Za-z·]{{2,40}}?{_UNIT_ENDS}(?:[（(][^）)]{{1,20}}[）)])?$")
_DUTY_LINE = re.compile(r"^(?P<unit>[^：:。；;，,]{2,40})\s*[：:]\s*(?P<duty>(?:主要)?(?:负责|承担|组织|协调|协助|参与|参加|配合|做好"
                        r"|指导|统筹|发挥|牵头|监督|加强|保障|依法|落实|按照|根据|会同|履行|开展|提供"
                        r"|督促|把握|及时|将|在|对|制定|编制|支援|调动|执行|完成|建立|管理).+)$", re.DOTALL)
_LISTED = re.compile(r"成员(?:单位)?(?:包括|有|为|主要包括|由)\s*[：:]?([^。；;]{6,600})")
_PHONE = re.compile(r"(?<![\d.])(?:(?:\+?86[-\s]?)?1[3-9]\d{9}|(?:[（(]?0\d{2,3}[）)]?[-—–\s]?)?[2-8]\d{6,7}(?:[-—转]\d{1,5})?"
                    r"|400[-\s]?\d{3}[-\s]?\d{4}"
                    r"|1(?:10|19|20|22)|12\d{3}|9[56]\d{3,4})(?![\d.])")
_MOBILE = re.compile(r"(?:\+?86[-\s]?)?1[3-9]\d{9}")
_SPLIT_UNITS = re.compile(r"[、，,；;\n]|(?<=[局委办部队司])和|以及")
_MEMBER, _DUTY_ROOM = "成员单位", "值班电话"
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*([一-鿿]{1,3}|[A-Za-z]{1,3}|m[²³23]?)")
_MOST_WORDS = 400
_MOST_DUTIES = 4000


# -- work groups ------------------------------------------------------------------------------------------------------
def read_groups(texts: Sequence[ClauseText]) -> tuple[Proposed[WorkGroup], ...]:
    """Read the work groups: their lead, members and duties."""
    found: list[Proposed[WorkGroup]] = []
    seen: set[str] = set()
    for name, told, text, line in _groups(texts):
        if name in seen or not told.strip() or _NO_GROUP.fullmatch(simplified(name)):
            continue
        made = _group(name, told, text, line, len(found) + 1)
        seen.add(name)
        found.append(made)
    return tuple(found)


def _groups(texts: Sequence[ClauseText]) -> Iterator[tuple[str, str, ClauseText, int]]:
    """Give (name, what is told, clause, line) of everything that reads like a group of the command."""
    for text in texts:
        own = _GROUP.fullmatch(simplified(text.title))
        if own and not own["told"] and text.lines and len(text.title) <= 12 and _speaks_of_group(text.words):
            yield text.title, text.words, text, text.line
        for line, name, told in _group_lines(text):
            yield name, told, text, line.line
        for line in text.lines:
            if line.table:
                yield from ((name, told, text, line.line) for name, told in _group_rows(line))


def _group_lines(text: ClauseText) -> Iterator[tuple[BodyLine, str, str]]:
    lines = [line for line in text.lines if line.words]
    for at, line in enumerate(lines):
        mark = read_mark(line.words)
        words = mark.rest if mark is not None else line.words
        found = _GROUP.match(words)
        if found is None or len(found["name"]) > 14:
            continue
        told = found["told"]
        if not told and at + 1 < len(lines):  # the name stands alone in its line, as a heading of the lines below
            told = "\n".join(_until_next_group(lines[at + 1:]))
        if _speaks_of_group(told):
            yield line, found["name"], told


def _until_next_group(lines: Sequence[BodyLine]) -> Iterator[str]:
    for line in lines:
        mark = read_mark(line.words)
        if _GROUP.match(mark.rest if mark else line.words):
            return
        yield line.words


def _speaks_of_group(told: str) -> bool:
    return bool(re.search(r"牵头|组成|负责|职责|组长|成员", simplified(told)))


def _group_rows(line: BodyLine) -> Iterator[tuple[str, str]]:
    head = [simplified(cell) for cell in line.table[0]]
    names = next((at for at, cell in enumerate(head) if re.search("组别|组名|工作组|应急小组|名称", cell)), None)
    if names is None or len(head) < 2:
        return
    for row in line.table[1:]:
        name = "".join(row[names].split())
        if _GROUP.fullmatch(name):
            yield name, "\n".join(f"{title}：{cell}" for title, cell in zip(line.table[0], row, strict=True) if cell and cell != row[names])


def _group(name: str, told: str, text: ClauseText, line: int, order: int) -> Proposed[WorkGroup]:
    role = role_of_words(name)
    lead = _first(_LEAD, told)
    members = _members(told, lead)
    duties = _first(_DUTIES, told) or told.strip()
    doubts: set[Doubt] = set()
    if role is None:
        role = PlanRole.COORDINATION
        doubts.add(Doubt.ROLE_GUESSED)
    if not lead:
        doubts.add(Doubt.NO_LEAD)
    if not members:
        doubts.add(Doubt.NO_MEMBERS)
    record = WorkGroup(id=f"group{order:02}", role=role, name=Text(name), lead=Text(lead), members=tuple(Text(member) for member in members),
                       duties=Text(duties[:_MOST_DUTIES]))
    sureness = Sureness.DOUBTFUL if doubts & {Doubt.ROLE_GUESSED, Doubt.NO_LEAD} else Sureness.LIKELY
    return Proposed(id=f"group {order}", record=record, source=Source(line=line, clause=text.number, words=f"{name}：{told}"[:_MOST_WORDS]),
                    sureness=sureness, doubts=tuple(doubt for doubt in Doubt if doubt in doubts))


def role_of_words(name: str) -> PlanRole | None:
    """Return the group of the command that words speak of, or None."""
    plain = simplified(name)
    return next((role for role, words in _ROLE_WORDS if re.search(words, plain)), None)


def _first(patterns: Sequence[re.Pattern[str]], told: str) -> str:
    plain = simplified(told)
    for pattern in patterns:
        found = pattern.search(plain)
        if found:
            return told[found.start(1):found.end(1)].strip()
    return ""


def _members(told: str, lead: str) -> list[str]:
    listed = _first(_MEMBERS, told)
    surplus = re.compile(r"等(?:有关|相关)?(?:部门|单位|人员)?.{0,4}$|^(?:由|会同|组织)")
    names = [surplus.sub("", name.strip(" 。")) for name in _SPLIT_UNITS.split(listed)]
    return [name for name in dict.fromkeys(names) if 2 <= len(name) <= 40 and name != lead and "牵头" not in name]


# -- member units and phones ------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Told:
    """What was read of one contact."""

    role: str
    unit: str
    phone: str
    line: int
    clause: str
    words: str
    is_listed: bool = False  # in a list or table made for phones


def read_contacts(texts: Sequence[ClauseText]) -> tuple[Proposed[Contact], ...]:
    """Read member units with their duties, and phone lists; a unit of both is one contact with its number."""
    found: dict[tuple[str, str], _Told] = {}
    for text in texts:
        for one in (*_member_units(text), *_phones(text)):
            key = (_plain_unit(one.unit), one.role if one.is_listed else "")
            member = next((told for told in found.values() if not told.phone and _plain_unit(told.unit) == key[0]), None)
            if one.phone and member is not None:
                member.phone, member.words = one.phone, f"{member.words}\n{one.words}"
                if one.role != _DUTY_ROOM:
                    member.role = one.role
                continue
            found.setdefault(key, one)
    return tuple(_contact(one, order) for order, one in enumerate(found.values(), start=1))


def _plain_unit(unit: str) -> str:
    return re.sub(r"\s|[（(].*?[）)]", "", unit)


def _member_units(text: ClauseText) -> Iterator[_Told]:
    titles = simplified(text.titles)
    if not re.search("成员单位|职责|组织|指挥|分工|机构|部门", titles):
        return
    for line in text.lines:
        mark = read_mark(line.words) if line.words else None
        words = mark.rest if mark is not None and mark.kind is not MarkKind.DECIMAL else line.words
        yield from (_Told(_MEMBER, unit, "", line.line, text.number, words) for unit in _listed_members(words))
        found = _DUTY_LINE.match(words)
        if found and _UNIT.fullmatch(found["unit"].strip()) and not _GROUP.fullmatch(found["unit"].strip()):
            for unit in _units(found["unit"]):
                yield _Told(_MEMBER, unit, "", line.line, text.number, words)
        if line.table:
            yield from _member_rows(line, text)


def _listed_members(words: str) -> list[str]:
    """Return the units that a sentence names as members: "成员单位包括甲局、乙局等"."""
    listed = _LISTED.search(simplified(words))
    if listed is None:
        return []
    names = (re.sub(r"等.{0,6}$|^(?:由|有)", "", name.strip()) for name in _SPLIT_UNITS.split(words[listed.start(1):listed.end(1)]))
    return [name for name in names if _UNIT.fullmatch(name)]


def _units(written: str) -> list[str]:
    parts = [part.strip() for part in re.split("、", written)]
    return parts if len(parts) > 1 and all(_UNIT.fullmatch(part) for part in parts) else [written.strip()]


def _member_rows(line: BodyLine, text: ClauseText) -> Iterator[_Told]:
    head = [simplified(cell) for cell in line.table[0]]
    units = next((at for at, cell in enumerate(head) if re.search("单位|部门|成员", cell)), None)
    duties = next((at for at, cell in enumerate(head) if re.search("职责|任务|分工", cell)), None)
    if units is None or duties is None:
        return
    for row in line.table[1:]:
        unit = "".join(row[units].split())
        if unit and row[duties].strip():
            yield _Told(_MEMBER, unit, "", line.line, text.number, f"{unit}：{row[duties]}")


def _phones(text: ClauseText) -> Iterator[_Told]:
    for line in text.lines:
        if line.table:
            yield from _phone_rows(line, text)
        elif line.words and len(line.words) <= 120:
            yield from _phone_line(line, text)


def _phone_line(line: BodyLine, text: ClauseText) -> Iterator[_Told]:
    """Read "市应急局值班室：0532-85911111", "市水务局 张三 85911111"."""
    plain = half_width(line.words)
    phones = list(_PHONE.finditer(plain))
    if len(phones) != 1 or re.search(r"拨打|报警|级|号令|〔|令第", simplified(plain)):
        return
    mark = read_mark(plain[:phones[0].start()])
    before = (mark.rest if mark is not None else plain[:phones[0].start()]).strip()
    unit = re.sub(r"(?:24小时)?(?:值班|联系|办公|应急|报告)?(?:室)?(?:电话|热线|传真|手机)?\s*[：:]?\s*$", "", before).strip("：: ,，")
    name = re.split(r"[\s　：:，,]+", unit)[0] if unit else ""
    if name and _UNIT.fullmatch(name):
        yield _Told(_DUTY_ROOM, name, phones[0][0].strip(), line.line, text.number, line.words, is_listed=True)


def _phone_rows(line: BodyLine, text: ClauseText) -> Iterator[_Told]:
    head = [simplified(cell) for cell in line.table[0]]
    units = next((at for at, cell in enumerate(head) if re.search("单位|部门|机构|名称", cell)), None)
    phones = [at for at, cell in enumerate(head) if re.search("电话|手机|联系方式|号码|座机", cell)]
    roles = next((at for at, cell in enumerate(head) if re.search("职务|岗位|职责|联系人类别", cell)), None)
    if units is None or not phones:
        return
    phones.sort(key=lambda at: not re.search("值班|办公|座机", head[at]))
    unit = ""
    for row in line.table[1:]:
        unit = "".join(row[units].split()) or unit  # a cell that reaches down over several rows
        phone = next((found[0].strip() for at in phones if (found := _PHONE.search(half_width(row[at])))), "")
        if unit and phone:
            role = "".join(row[roles].split()) if roles is not None else ""
            words = " · ".join(cell for cell in row if cell)
            yield _Told(role or _DUTY_ROOM, unit, phone, line.line, text.number, words, is_listed=True)


def _contact(one: _Told, order: int) -> Proposed[Contact]:
    doubts: set[Doubt] = set()
    if not one.phone:
        doubts.add(Doubt.NO_PHONE)
    elif _MOBILE.fullmatch(one.phone):
        doubts.add(Doubt.PRIVATE_PHONE)
    if not _UNIT.fullmatch(_plain_unit(one.unit)):
        doubts.add(Doubt.UNIT_UNCLEAR)
    sureness = Sureness.DOUBTFUL if doubts & {Doubt.PRIVATE_PHONE, Doubt.UNIT_UNCLEAR} else Sureness.LIKELY if doubts else Sureness.SURE
    return Proposed(id=f"contact {order}", record=Contact(role=Text(one.role), unit=Text(one.unit), phone=one.phone), sureness=sureness,
                    source=Source(line=one.line, clause=one.clause, words=one.words[:_MOST_WORDS]),
                    doubts=tuple(doubt for doubt in Doubt if doubt in doubts))


# -- supplies and law -------------------------------------------------------------------------------------------------
def read_items(texts: Sequence[ClauseText]) -> tuple[Proposed[Item], ...]:
    """Read the tables of supplies: what, and in which unit it is counted."""
    found: dict[str, Proposed[Item]] = {}
    for text in texts:
        for line in text.lines:
            if line.table:
                for name, unit, words in _item_rows(line, simplified(text.titles)):
                    found.setdefault(name, _item(name, unit, words, line, text, len(found) + 1))
    return tuple(found.values())


def _item_rows(line: BodyLine, titles: str) -> Iterator[tuple[str, str, str]]:
    head = [simplified("".join(cell.split())) for cell in line.table[0]]
    names = next((at for at, cell in enumerate(head) if re.search("物资|装备|器材|品名|设备|品种", cell)), None)
    if names is None and re.search("物资|装备|器材|设备", titles):
        names = next((at for at, cell in enumerate(head) if cell == "名称"), None)
    counts = next((at for at, cell in enumerate(head) if re.search("数量|储备量|库存", cell)), None)
    units = next((at for at, cell in enumerate(head) if cell in ("单位", "计量单位", "规格单位")), None)
    if names is None or counts is None:
        return
    for row in line.table[1:]:
        name = "".join(row[names].split())
        quantity = _QUANTITY.search(half_width(row[counts]))
        unit = row[units].strip() if units is not None else quantity[2] if quantity else ""
        if name and not re.search("合计|小计|总计", name):
            yield name, unit, " · ".join(cell for cell in row if cell)


def _item(name: str, unit: str, words: str, line: BodyLine, text: ClauseText, order: int) -> Proposed[Item]:
    return Proposed(id=f"item {order}", record=Item(id=f"item_{order}", name=Text(name), unit=Text(unit or "件")),
                    source=Source(line=line.line, clause=text.number, words=words[:_MOST_WORDS]),
                    sureness=Sureness.SURE if unit else Sureness.LIKELY, doubts=() if unit else (Doubt.UNIT_MADE,))


_LAW = re.compile(r"《([^》]{3,60})》\s*(?:[（(]([^）)《]{2,40}?(?:号|令|\d{4})[^）)]{0,12})[）)])?")


def read_basis(texts: Sequence[ClauseText]) -> tuple[Proposed[LegalBasis], ...]:
    """Read the laws and plans that a plan says it rests on."""
    found: dict[str, Proposed[LegalBasis]] = {}
    for text in texts:
        if not re.search("依据", simplified(text.title)) and not re.search(r"依据.{0,20}《", simplified(text.words[:200])):
            continue
        for line in text.lines:
            for title, number in _LAW.findall(line.words):
                record = LegalBasis(title=Text(title), number=number)
                sureness = Sureness.SURE if "依据" in simplified(text.title) else Sureness.LIKELY
                made = Proposed(id=f"basis {len(found) + 1}", record=record, sureness=sureness,
                                source=Source(line=line.line, clause=text.number, words=line.words[:_MOST_WORDS]))
                found.setdefault(title, made)
    return tuple(found.values())
