"""Which tier a clause or a sentence of a foreign plan speaks of: "区级响应", "5.1 市级层面应对工作", "启动街道四级响应"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.exchange.numerals import half_width, simplified
from emergency_desk.exchange.plan_bodies import ClauseText

_NAMES: tuple[tuple[str, Tier], ...] = (
    ("国家", Tier.NATION), ("省", Tier.PROVINCE), ("自治区", Tier.PROVINCE), ("街道", Tier.STREET), ("镇街", Tier.STREET), ("乡镇", Tier.STREET),
    ("镇", Tier.STREET), ("乡", Tier.STREET), ("社区", Tier.VILLAGE), ("村居", Tier.VILLAGE), ("村", Tier.VILLAGE), ("区县", Tier.DISTRICT),
    ("区市", Tier.DISTRICT), ("县区", Tier.DISTRICT), ("市", Tier.CITY), ("区", Tier.DISTRICT), ("县", Tier.DISTRICT), ("旗", Tier.DISTRICT),
)
_NAME = "|".join(sorted((name for name, _tier in _NAMES), key=len, reverse=True))
_TIERS = dict(_NAMES)
# "全市", "我区" mean the plan's own, "灾区" and "事发地区" no tier of government.
_ALONE = rf"(?<![全我本该灾社地山库院城景园])(?P<tier>{_NAME})(?:[（(][^）)]{{1,8}}[）)])?"
_IN_TITLE = re.compile(rf"{_ALONE}(?:级|层面|一级|级层面)(?!别)(?:的)?|{_ALONE.replace('tier>', 'other>')}(?:应急)?响应")
_BEFORE = re.compile(rf"{_ALONE}(?:级|层面|级层面)?(?:的)?(?:应急响应)?\s*$")
_ACTOR = re.compile(rf"^(?:各|由|各级|所在|相关|有关)?(?P<tier>{_NAME})(?:[（(][^）)]{{1,8}}[）)])?"
                    r"(?=[级委人政府防应指办党突属分相有公消水卫教民财交住城农文气宣发自生工商市监森抗安武]|气象|联防|领导)")
_BELOW = re.compile(r"^(?:事发地|属地|当地|受灾地|灾害发生地|主要影响|受影响|影响)")
_LADDER = (Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE)


@dataclass(frozen=True, slots=True)
class SpokenTier:
    """The tier a clause speaks of, and whether it says so itself."""

    tier: Tier
    is_said: bool

    def is_above(self, own: Tier) -> bool:
        """Say whether a clause tells what a tier above the plan's own does."""
        return self.is_said and self.tier.rank < own.rank


def tier_of(text: ClauseText, *, own: Tier) -> SpokenTier:
    """Return the tier that a clause's title, or the nearest one above it, names; else the plan's own."""
    for title in (text.title, *reversed(text.above)):
        found = _IN_TITLE.search(half_width(simplified(title)))
        if found:
            return SpokenTier(_TIERS[found["tier"] or found["other"]], True)
    return SpokenTier(own, False)


def tier_before(words: str, level: re.Pattern[str]) -> Tier | None:
    """Return the tier that stands right before the first level of a sentence ("启动区Ⅲ级响应"), or None."""
    found = level.search(words)
    before = _BEFORE.search(words[:found.start()]) if found else None
    return _TIERS[before["tier"]] if before else None


def tier_of_actor(actor: str, *, own: Tier) -> tuple[Tier, bool]:
    """Return the tier of who acts ("区防指", "事发地政府") and whether the words name it outright."""
    words = simplified(actor)
    found = _ACTOR.match(words)
    if found:
        return _TIERS[found["tier"]], True
    if _BELOW.match(words) and own in _LADDER[:-1]:
        return _LADDER[_LADDER.index(own) + 1], False
    return own, False
