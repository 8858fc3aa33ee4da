"""What of a search is shown: a clause's number in the open plan, and the lines of what words found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emergency_desk.domain.plan_search import Hit, Piece, PieceKind, Snippet, fold, lit_part, snippet
from emergency_desk.domain.plan_shelf import ShelvedPlan
from emergency_desk.domain.plans import Clause, Plan
from emergency_desk.services.plan_search import Found, FoundPlan
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label

_NUMBER = re.compile(r"\d+(\.\d+)*\.?")


def numbered(plan: Plan, text: str) -> list[Clause]:
    """Return the clause of a number and those below it; nothing where the text is no number of the plan."""
    if not _NUMBER.fullmatch(text.strip()):
        return []
    wanted = text.strip().rstrip(".")
    return [clause for clause in plan.clauses if clause.number == wanted or clause.number.startswith(wanted + ".")]


def depth(clause: Clause) -> int:
    """Return how deep a clause lies: 1 for a chapter."""
    return clause.number.count(".") + 1


def plan_key(plan: Plan | ShelvedPlan) -> str:
    """Return the key of a line that stands for a version."""
    return f"{plan.code} {plan.version}"


def place_of(piece: Piece) -> str:
    """Return where in the text a piece stands: its clause, or the part at the end that its kind has."""
    return piece.clause or f"~{piece.kind.value}"


def places(found: FoundPlan) -> list[tuple[str, Hit]]:
    """Return each place of a plan where something was found, once, with the first hit there."""
    seen: dict[str, Hit] = {}
    for hit in found.hits:
        seen.setdefault(place_of(hit.piece), hit)
    return list(seen.items())


def outline_lines(found: Found) -> Iterator[Line]:
    """Return the lines of a narrow list: the places of each plan below its title."""
    for one in found.plans:
        key, title = plan_key(one.back), one.back.title.in_language(current_language())
        yield Line(f"{key}|", (Cell(), Cell(title, Tone.SECONDARY, size="small", hint=title)))
        for place, hit in places(one):
            heading, told = words_of(hit.piece, found.words)
            yield Line(f"{key}|{place}", (Cell(hit.piece.clause, Tone.SECONDARY, size="small"),
                                          Cell(heading or told.text, hint=told.text, lit=() if heading else told.lit)))


def wide_lines(found: Found) -> Iterator[Line]:
    """Return the lines of a wide list: every hit with the words around it."""
    for one in found.plans:
        key, back = plan_key(one.back), one.back
        title = lit_part(back.title.in_language(current_language()), found.words)
        yield Line(f"{key}|", (Cell(), Cell(title.text, strong=True, lit=title.lit if one.by_title else ()), _about(back)))
        for number, hit in enumerate(one.hits):
            heading, told = words_of(hit.piece, found.words)
            what = Cell(label(hit.piece.kind), Tone.SECONDARY, size="small") if hit.piece.kind is not PieceKind.CLAUSE else Cell()
            cell = Cell(heading, below=told.text, lit=told.lit) if heading and told.text else Cell(heading or told.text, lit=told.lit)
            yield Line(f"{key}|{place_of(hit.piece)}|{number}", (Cell(hit.piece.clause, Tone.SECONDARY, size="small"), cell, what))


def words_of(piece: Piece, words: tuple[str, ...]) -> tuple[str, Snippet]:
    """Return the heading of a clause, and the words around what was found; the heading alone where they stand in it."""
    if piece.kind is not PieceKind.CLAUSE:
        return "", snippet(piece, words, current_language())
    body = Piece(piece.kind, piece.clause, _body(piece.zh), _body(piece.en))
    own = piece.zh if current_language().startswith("zh") else piece.en
    heading = (own or piece.zh or piece.en).partition("\n")[0].removeprefix(piece.clause).strip()
    if all(word in fold(f"{piece.clause} {heading}") for word in words):
        return "", lit_part(heading, words)
    return heading, snippet(body, words, current_language())


def _body(text: str) -> str:
    return text.partition("\n")[2]


def _about(back: ShelvedPlan) -> Cell:
    told = _("v{version} · {tier} · {standing}").format(version=back.version, tier=label(back.tier), standing=label(back.standing))
    return Cell(told, Tone.SECONDARY, size="small")
