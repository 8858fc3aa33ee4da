"""Is this call about an incident that is already open? Likeness of place, type and time, with the reasons as values.

The points and distances are house settings (`resources/reference/duplicates.yaml`); an officer decides, and may part what was joined.
Who called is not compared: callers lie in an erasable table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incident_types import plain
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.travel import distance_km

_ROAD_ZH = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:大道|大街|胡同|公路|高速|(?<![在马铁道半走迷电线网管条有让过一上])路|街(?!道|办)|[巷弄])")
_ROAD_EN = re.compile(r"[a-z]+(?: [a-z]+)? (?:road|rd|street|st|avenue|ave|lane|ln|drive|dr|highway|hwy|blvd|boulevard)\b")
_NUMBER = re.compile(r"(\d+)\s*(?:号|弄|#)|\b(\d+) (?=[a-z])")
_OUTER = re.compile(r".*(?:省|自治区|市|区|县|街道|镇|乡)")  # 青岛市市北区台东街道…: what the area says already
_AREA_AHEAD = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,6}?市)?(?:[\u4e00-\u9fff]{1,5}?(?<![小园社校库景厂])[区县市])?"
    r"(?:[\u4e00-\u9fff]{1,7}?(?:街道(?:办事处)?|[镇乡]))?")
_SAYS_NO_PLACE = re.compile(
    r"\d+|居民楼|停车场|号楼|单元|小区|社区|附近|门口|路口|对面|旁边|里面|大院|工地|地下|车库|宿舍|[东南西北][侧门边]|[号楼栋层室弄|,，。.#-]")


class LikenessReason(StrEnum):
    """Why a call is like an open incident. The value's meaning stands beside each."""

    DISTANCE = "distance"  # metres
    SAME_ROAD = "same_road"  # the road's name
    SAME_NUMBER = "same_number"  # the house number on that road
    SAME_WORDS = "same_words"  # the characters the two addresses share
    SAME_AREA = "same_area"
    SAME_TYPE = "same_type"  # the type's id
    KIN_TYPE = "kin_type"  # the incident's type id
    MINUTES = "minutes"  # minutes between the two


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason with its value."""

    reason: LikenessReason
    value: str | int = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessSettings:
    """The house's points. A likeness is told from `least_score` on."""

    near_m: int  # full points up to here
    far_m: int  # no points from here, and beyond it is another place
    window_minutes: int
    recent_minutes: int
    least_score: int
    most_shown: int
    least_shared_words: int  # characters in a row that count as the same words
    points: dict[str, int]
    basis: RuleBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a call while it is typed. `kin_types` are types the same event may be told as."""

    words: str = ""
    type_id: str | None = None
    kin_types: tuple[str, ...] = ()
    area_id: Id | None = None
    near_area_ids: frozenset[Id] = frozenset()  # areas that count as the same place: those above and below within a street
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """An open incident that may be the same event."""

    incident_id: Id
    score: int
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    names: str  # names in the address, parted by "|"; not what was said, for people say the same of all fires
    roads: tuple[str, ...]
    numbers: frozenset[str]


def likely_duplicates(draft: Draft, open_incidents: Iterable[Incident], settings: LikenessSettings) -> list[Likeness]:
    """Return the open incidents a call is probably about, the likeliest first. Works without coordinates."""
    here = _place(draft.address or draft.words, draft.words)
    found = []
    for incident in open_incidents:
        reasons = _reasons(draft, here, incident, settings)
        score = sum(points for points, _because in reasons)
        if score >= settings.least_score:
            told = tuple(because for _points, because in reasons if because is not None)
            found.append(Likeness(incident_id=incident.id, score=score, reasons=told))
    found.sort(key=lambda likeness: (-likeness.score, likeness.incident_id))
    return found[:settings.most_shown]


_Scored = list[tuple[int, Because | None]]


def _reasons(draft: Draft, here: _Place, incident: Incident, settings: LikenessSettings) -> _Scored:
    """Weigh one incident. No sign of the same place, or too long ago: nothing."""
    minutes = int(abs((draft.at - incident.occurred_at).total_seconds()) // 60)
    if minutes > settings.window_minutes:
        return []
    place = _same_place(draft, here, incident, settings)
    if not place or sum(points for points, _because in place) <= 0:
        return []
    return place + _same_type(draft, incident, settings) + _same_time(minutes, settings)


def _same_place(draft: Draft, here: _Place, incident: Incident, settings: LikenessSettings) -> _Scored:
    reasons: _Scored = []
    metres = _metres(draft, incident)
    if metres is not None:
        if metres > settings.far_m:
            return []
        share = min(1.0, (settings.far_m - metres) / (settings.far_m - settings.near_m))
        reasons.append((round(settings.points["distance"] * share), Because(reason=LikenessReason.DISTANCE, value=metres)))
    if incident.area_id == draft.area_id or incident.area_id in draft.near_area_ids:
        reasons.append((settings.points["same_area"], Because(reason=LikenessReason.SAME_AREA)))
    return reasons + _same_address(here, _place(incident.address, incident.title), metres, settings)


def _same_address(here: _Place, there: _Place, metres: int | None, settings: LikenessSettings) -> _Scored:
    road = next((_shorter(ours, theirs) for ours in here.roads for theirs in there.roads if _is_same_road(ours, theirs)), None)
    if road:
        reasons: _Scored = [(settings.points["same_road"], Because(reason=LikenessReason.SAME_ROAD, value=road))]
        number = min(here.numbers & there.numbers, default=None)
        if number:
            reasons.append((settings.points["same_number"], Because(reason=LikenessReason.SAME_NUMBER, value=number)))
        return reasons
    shared = _shared_words(here.names, there.names, settings.least_shared_words)
    if shared:
        return [(settings.points["same_words"], Because(reason=LikenessReason.SAME_WORDS, value=shared))]
    if here.roads and there.roads and metres is None:
        return [(settings.points["other_road"], None)]
    return []


def _same_type(draft: Draft, incident: Incident, settings: LikenessSettings) -> _Scored:
    if draft.type_id is None:
        return []
    if draft.type_id == incident.type_id:
        return [(settings.points["same_type"], Because(reason=LikenessReason.SAME_TYPE, value=incident.type_id))]
    if incident.type_id in draft.kin_types:
        return [(settings.points["kin_type"], Because(reason=LikenessReason.KIN_TYPE, value=incident.type_id))]
    return [(settings.points["other_type"], None)]


def _same_time(minutes: int, settings: LikenessSettings) -> _Scored:
    because = Because(reason=LikenessReason.MINUTES, value=minutes)
    if minutes <= settings.recent_minutes:
        return [(settings.points["recent"], because)]
    left = settings.window_minutes - minutes
    return [(round(settings.points["recent"] * left / (settings.window_minutes - settings.recent_minutes)), because)]


def _metres(draft: Draft, incident: Incident) -> int | None:
    if draft.latitude is None or draft.longitude is None or incident.latitude is None or incident.longitude is None:
        return None
    return round(distance_km(draft.latitude, draft.longitude, incident.latitude, incident.longitude) * 1000)


@lru_cache(maxsize=4096)
def _place(address: str, words: str) -> _Place:
    text = plain(f"{address} | {words}")
    roads = [_OUTER.sub("", road) for road in _ROAD_ZH.findall(text)] + _ROAD_EN.findall(text)
    numbers = frozenset(first or second for first, second in _NUMBER.findall(text))
    names = _SAYS_NO_PLACE.sub("|", _AREA_AHEAD.sub("", plain(address)))
    return _Place(names, tuple(dict.fromkeys(road for road in roads if len(road) > 1)), numbers)


def _is_same_road(ours: str, theirs: str) -> bool:
    """Say whether one name ends with the other: "我在台东三路" and "台东三路" are one road."""
    return ours == theirs or (min(len(ours), len(theirs)) > 2 and (ours.endswith(theirs) or theirs.endswith(ours)))


def _shorter(ours: str, theirs: str) -> str:
    return min(ours, theirs, key=len)


def _shared_words(here: str, there: str, least: int) -> str:
    """Return the longest run of characters that both texts hold, if it is long enough to be a name."""
    shared = _pieces(here, least) & _pieces(there, least)
    best = ""
    for start in sorted(here.find(piece) for piece in shared):
        end = start + least
        while end < len(here) and here[end] != "|" and here[start:end + 1] in there:
            end += 1
        best = max(best, here[start:end].strip(), key=len)
    return best if len(best) >= least else ""


@lru_cache(maxsize=4096)
def _pieces(text: str, size: int) -> frozenset[str]:
    runs = (text[start:start + size] for start in range(len(text) - size + 1))
    return frozenset(run for run in runs if "|" not in run)
