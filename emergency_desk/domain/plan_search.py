"""Words in plans: what of a plan is searched, piece by piece, what it means that a piece holds the words, and the snippet shown of it.

This is the plain scan. Whatever an index finds must be the same (tests hold one against the other).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.plan_records import Clause, Plan
from emergency_desk.domain.texts import Text

_ROOM = 64  # signs of a snippet; a Latin letter takes half of one
_BEFORE = 14
_WIDE = {**{sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)}, 0x3000: 0x20}  # full-width, as input methods type


class PieceKind(StrEnum):
    """What of a plan a piece is. The order is that of the plan as it is read."""

    CLAUSE = "clause"
    ACTION = "action"
    CARD = "card"
    GROUP = "group"
    CONTACT = "contact"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is found as a whole. `clause` is where it stands; `zh` and `en` are its words, the first line its name."""

    kind: PieceKind
    clause: str
    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One piece of one version that holds every word."""

    code: str
    version: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text with the places of the words in it, as (from, to)."""

    text: str
    lit: tuple[tuple[int, int], ...] = ()


# -- the pieces of a plan ----------------------------------------------------------------------------------------------
def pieces(plan: Plan) -> tuple[Piece, ...]:
    """Return everything of a plan that is searched, each clause followed by its actions and cards."""
    found: list[Piece] = []
    placed = {clause.number for clause in plan.clauses}
    for clause in plan.clauses:
        found.append(_of_clause(clause))
        found += _at(plan, clause.number)
    elsewhere = (*(action.clause for action in plan.actions), *(card.clause for card in plan.cards))  # of a draft that is still being written
    for number in dict.fromkeys(elsewhere):
        if number not in placed:
            found += _at(plan, number)
    return (*found, *_rest(plan))


def _of_clause(clause: Clause) -> Piece:
    return Piece(PieceKind.CLAUSE, clause.number, *(f"{clause.number} {title}\n{body}".rstrip("\n") if title or body else ""
                                                    for title, body in zip(_both(clause.title), _both(clause.body), strict=True)))


def _at(plan: Plan, number: str) -> Iterator[Piece]:
    """Return the actions and cards of a clause."""
    for action in plan.actions:
        if action.clause == number:
            yield Piece(PieceKind.ACTION, number, *_both(action.title))
    for card in plan.cards:
        if card.clause == number:
            told = (card.post, card.trigger, *(step.text for step in card.steps), card.never, card.resources, card.withdraw_when,
                    *(text for contact in card.reports_to for text in (contact.role, contact.unit, Text(contact.phone))))
            yield Piece(PieceKind.CARD, number, *_joined(told))


def _rest(plan: Plan) -> Iterator[Piece]:
    for group in plan.work_groups:
        yield Piece(PieceKind.GROUP, "", *_joined((group.name, group.lead, *group.members, group.duties)))
    for contact in plan.contacts:
        yield Piece(PieceKind.CONTACT, "", *_joined((contact.unit, contact.role, Text(contact.phone))))
    for law in plan.basis:
        yield Piece(PieceKind.BASIS, "", *_joined((law.title, Text(law.number), Text(law.article))))


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _joined(texts: Sequence[Text]) -> tuple[str, str]:
    return "\n".join(text.zh for text in texts if text.zh), "\n".join(text.en for text in texts if text.en)


# -- what it means to hold words ---------------------------------------------------------------------------------------
def fold(text: str) -> str:
    """Return a text as it is compared: small letters, half-width. Sign for sign, so that a place in it is a place in the text."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    return lowered if lowered.isascii() else lowered.translate(_WIDE)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words somebody typed, folded, each once."""
    return tuple(dict.fromkeys(fold(text).split()))


def holds(zh: str, en: str, words: Iterable[str]) -> bool:
    """Say whether every folded word stands in one of two texts."""
    first, second = fold(zh), fold(en)
    return all(word in first or word in second for word in words)


def scan(plans: Iterable[Plan], text: str) -> list[Hit]:
    """Return what holds every word, by looking at everything: the truth an index is held against."""
    words = words_of(text)
    return [Hit(plan.code, plan.version, piece) for plan in plans for piece in pieces(plan) if words and holds(piece.zh, piece.en, words)]


# -- what is shown of a hit --------------------------------------------------------------------------------------------
def snippet(piece: Piece, words: Collection[str], language: str) -> Snippet:
    """Return the part of a piece where the most words stand near one another, in the language asked where it holds as many."""
    sides = (piece.zh, piece.en) if language.startswith("zh") else (piece.en, piece.zh)
    best = max((side for side in sides if side), key=lambda side: sum(word in fold(side) for word in words), default="")
    return lit_part(best, words)


def lit_part(text: str, words: Collection[str], *, room: int = _ROOM) -> Snippet:
    """Return a line of a text that begins a little before the first word, with every word's places."""
    line = " ".join(text.split())
    folded = fold(line)
    first = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    wide = room if _is_chinese(line) else 2 * room
    start = 0 if first <= wide * 2 // 3 else _word_start(line, first - (_BEFORE if _is_chinese(line) else 2 * _BEFORE))
    shown = line[start:start + wide]
    head, tail = "…" if start else "", "…" if start + wide < len(line) else ""
    return Snippet(head + shown + tail, _places(head + shown, words))


def _word_start(line: str, place: int) -> int:
    """Return the place, or the beginning of the Latin word after the one it cuts."""
    while 0 < place < len(line) and line[place - 1].isascii() and line[place - 1].isalnum() and line[place].isascii() and line[place].isalnum():
        place += 1
    return place


def _places(text: str, words: Collection[str]) -> tuple[tuple[int, int], ...]:
    folded, found = fold(text), []
    for word in words:
        place = folded.find(word)
        while place >= 0:
            found.append((place, place + len(word)))
            place = folded.find(word, place + len(word))
    return _merged(sorted(found))


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _is_chinese(line: str) -> bool:
    return any("\u3400" <= sign <= "\u9fff" for sign in line[:40])
