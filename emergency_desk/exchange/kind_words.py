"""By what words foreign lists tell the kind of a team or a site, and what a whole list is about when it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar

from emergency_desk.domain.agreements import AgreementKind
from emergency_desk.domain.sites import SiteKind
from emergency_desk.domain.teams import TeamKind
from emergency_desk.domain.units import UnitKind

_Kind = TypeVar("_Kind", bound=StrEnum)
Words = Sequence[tuple[_Kind, tuple[str, ...]]]

# The first that fits counts: garrison and militia stand first, because they may never be sent by the desk.
TEAM_WORDS: Words[TeamKind] = (
    (TeamKind.MILITIA, ("militia", "民兵")),
    (TeamKind.MILITARY, ("military", "army", "garrison", "armed police", "驻军", "部队", "解放军", "武警")),
    (TeamKind.NATIONAL_BASE, ("national base", "国家级", "国家队", "国家应急救援基地")),
    (TeamKind.SOCIAL, ("social", "ngo", "社会", "蓝天救援", "公羊", "红十字")),
    (TeamKind.VOLUNTEER, ("volunteer", "志愿")),
    (TeamKind.EXPERT, ("expert", "专家")),
    (TeamKind.MUTUAL_AID, ("mutual aid", "互助", "联防")),
    (TeamKind.UNIT, ("unit", "enterprise", "企业", "专职消防", "微型消防", "单位")),
    (TeamKind.GRASSROOTS, ("grassroots", "基层", "镇街", "社区", "村")),
    (TeamKind.NATIONAL_FIRE, ("national fire", "fire station", "fire brigade", "消防救援", "消防站", "消防大队", "消防支队", "综合性消防",
                             "^消防(?:队伍?)?$")),
    (TeamKind.PROFESSIONAL, ("professional", "ambulance", "hospital", "medical", "急救", "医院", "医疗", "专业", "抢险", "矿山", "海上")),
)
SITE_WORDS: Words[SiteKind] = (
    (SiteKind.ISOLATION, ("isolation", "quarantine", "隔离")),
    (SiteKind.FIRE_STATION, ("fire", "消防")),
    (SiteKind.AMBULANCE_POST, ("ambulance", "急救站", "急救点", "急救中心", "120")),
    (SiteKind.HOSPITAL, ("hospital", "clinic", "hastanesi", "医院", "卫生院", "保健院", "门诊", "医疗", "卫生服务")),
    (SiteKind.SHELTER, ("shelter", "避难", "安置")),
    (SiteKind.DEPOT, ("depot", "warehouse", "仓库", "储备库", "物资库")),
    (SiteKind.LOGISTICS, ("logistics", "物流", "中转", "集结点")),
    (SiteKind.PROTECTED, ("protected", "防护目标", "保护目标", "重点目标")),
    (SiteKind.OTHER, ("other", "其他")),
)
UNIT_WORDS: Words[UnitKind] = (
    (UnitKind.SPECIAL_HQ, ("special command post", "command post", "headquarters", "指挥部")),
    (UnitKind.OTHER, ("other", "其他", "公司", "企业", "学校", "医院")),
    (UnitKind.DEPARTMENT, ("department", "bureau", "office", "部门", "局", "委", "办", "厅", "政府", "中心", "支队", "大队", "街道", "镇", "处")),
)
AGREEMENT_WORDS: Words[AgreementKind] = (
    (AgreementKind.MUTUAL_AID, ("mutual aid", "互助")),
    (AgreementKind.COOPERATION, ("cooperation", "合作", "协作", "联动", "服务")),
)
# What a team out of a whole list of such places can do, when the list has no column for it.
CAPABILITIES_OF_LISTS = {"fire_stations": ("fire_fighting",), "ambulance_posts": ("medical",), "hospitals": ("medical",)}
TEAM_KIND_OF_LISTS = {
    "fire_stations": TeamKind.NATIONAL_FIRE, "ambulance_posts": TeamKind.PROFESSIONAL, "hospitals": TeamKind.PROFESSIONAL,
}
SITE_KIND_OF_LISTS = {
    "fire_stations": SiteKind.FIRE_STATION, "ambulance_posts": SiteKind.AMBULANCE_POST, "hospitals": SiteKind.HOSPITAL,
    "depots": SiteKind.DEPOT, "shelters": SiteKind.SHELTER,
}
_LIST_WORDS = (
    ("fire_stations", ("fire_station", "fire station", "消防站", "消防救援站")),
    ("ambulance_posts", ("ambulance", "急救站", "急救点")),
    ("hospitals", ("hospital", "医院", "hastanesi")),
    ("depots", ("warehouse", "depot", "仓库", "储备库")),
    ("shelters", ("shelter", "避难")),
)


@lru_cache(maxsize=16_384)  # a list of 100,000 teams writes a few kinds again and again
def kind_by_words(written: str, words: Words[_Kind]) -> _Kind | None:
    """Return the first kind whose id or word stands in what was written, or None."""
    plain = written.casefold()
    exact = next((kind for kind, _words in words if plain == kind.value), None)
    return exact or next((kind for kind, known in words if _any_of(known).search(plain)), None)


@lru_cache(maxsize=16_384)
def list_by_words(written: str) -> str:
    """Return what a whole list is about (fire_stations, hospitals …) by a word in its name or type, or an empty string."""
    plain = written.casefold()
    return next((about for about, words in _LIST_WORDS if _any_of(words).search(plain)), "")


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of some words; a Latin one counts only as a whole word, for there is a unit in every community."""
    return re.compile("|".join(rf"(?<![a-z0-9]){word}s?(?![a-z0-9])" if word.isascii() else word for word in words))
