"""What a foreign plan is, told by its title and first words: kind, tier, area, hazards. All of it is a guess that is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_proposals import PlanFacts
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.exchange.numerals import bare, simplified
from emergency_desk.exchange.plan_outline import tidy_title
from emergency_desk.exchange.written_lines import Written

TITLE = re.compile(r"(?:预\s*案|方\s*案|工作手册|应急手册|操作规程|contingency plan|emergency plan|response plan)$", re.IGNORECASE)
_QUOTED = re.compile(r"《([^》]{2,60}(?:预案|預案|方案|手册|手冊))》")
_PLACE_ALONE = re.compile(r"[一-鿿]{2,20}(?:市|区|县|镇|乡|街道|街道办事处|人民政府|政府|办公室|委员会|局|公司|集团|医院|学校|大学)$")
_VERSION = re.compile(r"[（(〔【]?(?:试行|暂行|修订|征求意见稿|送审稿|草案|\d{4}\s*年?\s*(?:版|修订|修订版)?)[）)〕】]?\s*$")
_HAZARDS: tuple[tuple[str, str], ...] = (
    ("typhoon", "台风|防台|热带气旋"), ("rainstorm_flood", "防汛|洪涝|洪水|暴雨|内涝|水旱|山洪"), ("earthquake", "地震"
        "|抗震"), ("forest_fire", "森林|草原火灾|林火"),
    ("gas_leak", "燃气|天然气|煤气"), ("hazmat", "危险化学品|危化品|化学品|剧毒"), ("landslide", "地质灾害|滑坡|泥石流"), ("road_tunnel", "隧道"),
    ("mine", "矿山|矿井|煤矿|尾矿"), ("construction_accident", "建筑施工|建设工程"
        "|施工"), ("building_fire", "(?<!森林)(?<!草原)(?<!森林草原)(?<!车辆)火灾|消防"), ("explosion", "爆炸|烟花爆竹|民用爆炸"),
    ("epidemic", "疫情|传染病|公共卫生|卫生事件"), ("food_poisoning", "食品安全|食物中毒|食品"), ("animal_epidemic", "动物疫|畜禽|口蹄疫"
        "|禽流感|猪瘟"),
    ("crowd_crush", "踩踏|大型(?:群众性)?活动|人员密集|重大活动"), ("power_outage", "停电|电网|电力突发"), ("water_outage", "供水"
        "|停水"), ("oil_spill", "溢油"),
    ("environmental", "环境|重污染|大气污染|水污染|辐射|核"), ("marine", "海上|水上|海难|船舶|海洋|风暴潮|海浪|渔业"), ("snow_ice", "低温"
        "|雨雪|冰冻|雪灾|冰雪|寒潮|暴雪|扫雪"),
    ("traffic", "交通事故|道路交通|公路|轨道交通|地铁|铁路|公交"), ("elevator", "电梯|特种设备"), ("collapse", "坍塌|房屋|建筑物倒塌|人防工程"),
    ("public_order", "群体性|恐怖|治安|社会安全|劫持"), ("lost_person", "走失|失踪人员"), ("drowning", "溺水"), ("vehicle_fire", "车辆火灾"),
)
_PLACE_FIRST = re.compile(r"(?:[一-鿿]{2,8}?(?:省|自治区|市|自治州|盟))?(?:[一-鿿]{1,8}?(?:市|区|县|旗))?(?:[一-鿿]{1,8}?(?:街道|镇"
                          r"|乡))?(?<=[省区市州盟县旗道镇乡])")
_CODES = {PlanKind.OVERALL: "overall"}
_MOST_LINES = 40
_SURPLUS = re.compile(r"(?:[_\-—\s]*(?:\d{4}年?版?|[市区县镇省]级|街道级|定稿|终稿|最终))+$")


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area that a plan's title may name."""

    name: str
    code: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class KnownToDesk:
    """What the desk knows when it reads a plan: its areas, its own code and tier, its types of incidents."""

    areas: tuple[KnownArea, ...] = ()
    own_code: str = ""
    own_tier: Tier = Tier.CITY
    incident_types: frozenset[str] = frozenset()


def title_of(head: Sequence[Written], file: str) -> tuple[str, frozenset[int]]:
    """Return the title, and which of the first lines it fills; none of them where it is taken from a letter or the file's name."""
    lines = head[:_MOST_LINES]
    for at, line in enumerate(lines):
        words = _VERSION.sub("", line.said.strip().strip("《》"))
        if not line.table and TITLE.search(simplified(words)) and len(words) <= 60 and not re.search(r"[。；：]|关于|印发", words):
            above = lines[at - 1].said.strip() if at else ""
            joins = bool(at and _PLACE_ALONE.fullmatch(above) and not re.match(r".{2,6}[市区县镇]", words))
            own = frozenset({at - 1, at} if joins else {at})
            return tidy_title(above + words if joins else words), own if bare(line.said) == bare(words) else frozenset()
    for at in range(len(lines)):
        quoted = _QUOTED.search("".join(one.said for one in lines[at:at + 3]))
        if quoted and re.search("印发|通知|主要内容|如下", simplified("".join(one.said for one in lines[:at + 3]))):
            return tidy_title(quoted[1]), frozenset()
    return _SURPLUS.sub("", file.rpartition(".")[0] or file).strip("《》 "), frozenset()


def with_place(title: str, file: str) -> str:
    """Return the title with the place that the file's own name puts before a plan's, where the title in the text names none."""
    name = _SURPLUS.sub("", file.rpartition(".")[0] or file).strip("《》 ")
    place = _PLACE_FIRST.match(simplified(name))
    if place is None or not TITLE.search(simplified(name)) or _PLACE_FIRST.match(simplified(title)) or re.match("国家|全国", simplified(title)):
        return title
    return name[:place.end()] + title


def facts_of(title: str, first_words: str, known: KnownToDesk) -> PlanFacts:
    """Guess what a plan is."""
    plain = simplified(title)
    sure: set[str] = set()
    kind, is_told = _kind(plain)
    sure |= {"kind"} if is_told else set()
    tier, area, is_told = _tier(plain, simplified(first_words), known)
    sure |= {"tier"} if is_told else set()
    hazards = tuple(id_ for id_, words in _HAZARDS if re.search(words, plain) and (not known.incident_types or id_ in known.incident_types))
    if kind is PlanKind.OVERALL:
        hazards = ()
    sure |= {"hazard_types"} if hazards or kind is PlanKind.OVERALL else set()
    code = _CODES.get(kind, hazards[0] if hazards else "")
    return PlanFacts(title=title, kind=kind, tier=tier, hazard_types=hazards, area_code=area, code=code, is_sure=frozenset(sure))


def _kind(title: str) -> tuple[PlanKind, bool]:
    for kind, words in (
        (PlanKind.OVERALL, "总体(?:应急)?预案|综合应急预案"), (PlanKind.CATASTROPHE, "巨灾"), (PlanKind.JOINT, "联合"
            "|联防联控"), (PlanKind.VILLAGE, "村|社区"),
        (PlanKind.UNIT, "公司|集团|工厂|有限|医院|学校|大学|中学|小学|酒店|商场|站场|现场处置方案"), (PlanKind.TOWNSHIP, "街道|[镇乡](?!级)"),
        (PlanKind.EVENT, "活动|赛事|博览会|节庆|马拉松"), (PlanKind.SUPPORT, "保障(?:应急)?预案|保障行动"), (PlanKind.DEPARTMENT, "(?:局"
            "|委|厅|部门)(?:[一-鿿]{0,20})预案"),
    ):
        if re.search(words, title):
            return kind, True
    return PlanKind.SPECIAL, bool(re.search("专项", title))


def _tier(title: str, first_words: str, known: KnownToDesk) -> tuple[Tier, str, bool]:
    """Return tier, code of the area, and whether the title says it."""
    named = [area for area in known.areas if len(area.name) >= 2 and area.name in title]
    if named:
        best = max(named, key=lambda area: (area.tier.rank, len(area.name)))
        return best.tier, best.code, True
    for tier, words in ((Tier.VILLAGE, "村|社区"), (Tier.STREET, "街道|[镇乡](?!级)"), (Tier.DISTRICT, "[一-鿿](?:区"
        "|县)(?!域)"), (Tier.CITY, "[一-鿿]市"),
                        (Tier.PROVINCE, "省|自治区"), (Tier.NATION, "国家|全国")):
        if re.search(words, title):
            return tier, "", True
    for tier, words in ((Tier.STREET, "本街道|我街道|本镇|我镇"), (Tier.DISTRICT, "本区|我区|全区|本县|我县"), (Tier.CITY, "本市|我市|全市")):
        if re.search(words, first_words):
            return tier, "", True
    return known.own_tier, known.own_code, False
