"""The types of incident, and reading one from the words of a call, in Chinese, English or both.

A phrase "车..着火" means both parts with a few characters between. The best phrase wins, the longer before the shorter, and a
phrase inside a longer one that matched too says nothing ("燃气" inside "燃气爆炸"). A denied phrase ("没有着火", "no fire") is not said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from emergency_desk.domain.incidents import IncidentClass, Production
from emergency_desk.domain.spoken import is_said
from emergency_desk.domain.texts import Text

WIDEST_GAP = 12  # characters between the parts of a Chinese phrase: about one clause of speech
WIDEST_ENGLISH_GAP = 30
_GAP_MARK = ".."
_ENDS_SENTENCE = re.compile(r"[。！？!?;；]|\. ")
_DENIED = re.compile(
    r"(?:没有?|未|无|不是|并非|不)(?:会|发生|发现|看到|看见|见到|闻到|听到|听说|出现|任何|明显|什么|再|是|在|被)*$"
    r"|(?:\b(?:no|not|never|without|nothing|false)|n't|n’t)"
    r"(?: (?:a|an|any|the|on|in|been|be|is|have|had|has|real|actual|visible|see|seen|smell|hear|feel|more|longer|sign|signs|of))*\s?$"
)
_ONLY_ASKS = re.compile(r"(?:是不是|有没有|会不会|不知道是|不排除)(?:发生|发现|看到|出现|在|被)*$")
_BETWEEN_CJK = re.compile(r"(?<=[\u3000-\u9fff]) | (?=[\u3000-\u9fff])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words by which a type is known, and how strongly they point to it."""

    say: str
    weight: int
    parts: tuple[str, ...]
    is_english: bool


def phrase(say: str, weight: int) -> Phrase:
    """Prepare a phrase of the reference data for matching."""
    parts = tuple(plain(part) for part in say.split(_GAP_MARK))
    return Phrase(say=say, weight=weight, parts=parts, is_english=say.isascii())


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentType:
    """One type of incident. `needs` are teams by capability for when no plan applies; `kin` are types one call may tell another as."""

    id: str
    name: Text
    incident_class: IncidentClass
    grading_table: str
    production: Production
    needs: tuple[tuple[str, int], ...] = ()
    phrases: tuple[Phrase, ...] = ()
    kin: tuple[str, ...] = ()


_FIRE_FIGHTERS = frozenset({"fire_fighting", "forest_fire"})


def has_fire_ground(kind: IncidentType) -> bool:
    """Say whether fire-fighters are what a type asks for first: then the fire service commands the fire ground (FIRE21 Art. 45)."""
    return bool(kind.needs) and kind.needs[0][0] in _FIRE_FIGHTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedNeed:
    """A capability asked for besides when a call of one of the types also says one of the words."""

    capability: str
    teams: int
    types: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeReading:
    """What the words were read as: the type or None, the phrases that say so, the next best type, and what was denied."""

    type_id: str | None = None
    matched: tuple[str, ...] = ()
    runner_up: str | None = None
    denied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    order: int  # place of the type in the list
    phrase: Phrase
    covers: int  # a bit for every character matched
    gap: int

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.phrase.weight, self.covers.bit_count(), -self.gap


def plain(words: str) -> str:
    """Return words in the form in which they are compared: lower case, half width, no space beside a Chinese character."""
    folded = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    return _BETWEEN_CJK.sub("", folded)


def read_type(words: str, types: Iterable[IncidentType]) -> TypeReading:
    """Read the type of an incident from the words of a call. The same words always give the same answer."""
    known = tuple(types)
    text = plain(words)
    hits: list[_Hit] = []
    denied: list[str] = []
    for order, type_ in enumerate(known):
        for candidate in type_.phrases:
            if candidate.parts[-1] in text and candidate.parts[0] in text:
                found = _find(text, candidate, order)
                if isinstance(found, _Hit):
                    hits.append(found)
                elif found:
                    denied.append(candidate.say)
    return _judge([hit for hit in hits if not _is_shadowed(hit, hits)], known, tuple(dict.fromkeys(denied)))


def default_needs(type_: IncidentType, words: str, added: Iterable[AddedNeed]) -> tuple[tuple[str, int], ...]:
    """Return the teams by capability for when no plan applies: the type's own, and what the words ask for besides."""
    needs = dict(type_.needs)
    for more in added:
        if type_.id in more.types and any(is_said(word, words) for word in more.words):
            needs[more.capability] = max(more.teams, needs.get(more.capability, 0))
    return tuple(needs.items())


def _judge(hits: list[_Hit], known: tuple[IncidentType, ...], denied: tuple[str, ...]) -> TypeReading:
    by_type: dict[int, list[_Hit]] = {}
    for hit in sorted(hits, key=lambda hit: (*(-part for part in hit.rank), hit.order, hit.phrase.say)):
        by_type.setdefault(hit.order, []).append(hit)
    ranked = sorted(by_type, key=lambda order: (*(-part for part in by_type[order][0].rank), -len(by_type[order]), order))
    if not ranked:
        return TypeReading(denied=denied)
    return TypeReading(
        type_id=known[ranked[0]].id, matched=tuple(hit.phrase.say.replace(_GAP_MARK, "…") for hit in by_type[ranked[0]]),
        runner_up=known[ranked[1]].id if len(ranked) > 1 else None, denied=denied,
    )


def _is_shadowed(hit: _Hit, hits: list[_Hit]) -> bool:
    return any(hit.covers != other.covers and hit.covers & ~other.covers == 0 and other.phrase.weight >= hit.phrase.weight
               for other in hits)


def _find(text: str, phrase_: Phrase, order: int) -> _Hit | bool:
    """Return where a phrase is said; True when it is there but denied, False when it is not there."""
    was_denied = False
    for spans in _places(text, phrase_):
        if any(_is_denied(text, start) for start, _end in spans):
            was_denied = True
            continue
        covers = 0
        for start, end in spans:
            covers |= ((1 << (end - start)) - 1) << start
        return _Hit(order, phrase_, covers, spans[-1][1] - spans[0][0] - covers.bit_count())
    return was_denied


def _places(text: str, phrase_: Phrase) -> Iterator[tuple[tuple[int, int], ...]]:
    """Find the phrase from its last part backwards, the parts as near to one another as they stand."""
    *before, last = phrase_.parts
    widest = WIDEST_ENGLISH_GAP if phrase_.is_english else WIDEST_GAP
    for end_part in _occurrences(text, last, phrase_.is_english):
        spans = [end_part]
        for part in reversed(before):
            here = spans[0][0]
            near = [span for span in _occurrences(text, part, phrase_.is_english) if span[1] <= here <= span[1] + widest]
            if not near or _ENDS_SENTENCE.search(text, near[-1][1], here):
                break
            spans.insert(0, near[-1])
        else:
            yield tuple(spans)


def _occurrences(text: str, part: str, is_english: bool) -> Iterator[tuple[int, int]]:
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        if not is_english or _is_word(text, start, end):
            yield start, end
        start = text.find(part, start + 1)


def _is_word(text: str, start: int, end: int) -> bool:
    """Say whether an English part stands as a word of its own, a plural s allowed."""
    if start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    if text[end:end + 1] == "s":
        end += 1
    return not (text[end:end + 1].isascii() and text[end:end + 1].isalnum())


def _is_denied(text: str, start: int) -> bool:
    ahead = text[max(0, start - 30):start]
    return bool(_DENIED.search(ahead)) and not _ONLY_ASKS.search(ahead)
