"""The lines of a comparison and the two texts of one change, field by field, with the changed words marked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from emergency_desk.domain.plan_compare import Change, PartChange, Piece, marked
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import Plan
from emergency_desk.ui.plans.marked_text import Marked
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import N_, _, speaking
from emergency_desk.wording.formats import number
from emergency_desk.wording.plan_part_words import kind_word, name_of, told

LINES = (Column(most=74), Column(stretch=1), Column(right=True, most=40))
_WORDS = {Change.ADDED: N_("added"), Change.REMOVED: N_("removed"), Change.CHANGED: N_("changed"), Change.MOVED: N_("renumbered"),
          Change.SAME: N_("same")}
_TONES = {Change.ADDED: Tone.GREEN, Change.REMOVED: Tone.RED, Change.CHANGED: Tone.ORANGE, Change.MOVED: Tone.BLUE,
          Change.SAME: Tone.SECONDARY}


def change_lines(changes: Iterable[PartChange]) -> tuple[list[Line], dict[str, PartChange]]:
    """Return the lines of changes below a line for each kind, and what each line stands for."""
    lines: list[Line] = []
    by_key: dict[str, PartChange] = {}
    for kind, group in groupby(changes, key=lambda one: one.kind):
        found = list(group)
        lines.append(Line(f"kind {kind}", (Cell(), Cell(kind_word(kind), strong=True), Cell(number(len(found)), Tone.SECONDARY, size="small"))))
        for place, one in enumerate(found):
            key = f"{kind} {place}"
            by_key[key] = one
            lines.append(Line(key, (Cell(_(_WORDS[one.change]), _TONES[one.change], size="small"), Cell(_name(one)), Cell())))
    return lines, by_key


def _name(one: PartChange) -> str:
    if one.kind is PartKind.CLAUSE and one.before is not None and one.after is not None and one.before.number != one.after.number:  # type: ignore[union-attr]
        return _("{before} → {after}").format(before=one.before.number, after=name_of(one.after))  # type: ignore[union-attr]
    return name_of(one.after if one.after is not None else one.before)


def sides_of(change: PartChange, before: Plan, after: Plan, namer: Namer, language: str) -> tuple[Marked, Marked]:
    """Return both sides of a change in a language: each field with its words, what went marked left and what came right."""
    with speaking(language):
        left = dict(told(change.before, before, namer)) if change.before is not None else {}
        right = dict(told(change.after, after, namer)) if change.after is not None else {}
    fields = list(dict.fromkeys((*right, *left)))
    pieces = {field: marked(left.get(field, ""), right.get(field, "")) for field in fields}
    return _side(pieces, left, Change.ADDED), _side(pieces, right, Change.REMOVED)


def _side(pieces: dict[str, tuple[Piece, ...]], fields: dict[str, str], without: Change) -> Marked:
    return [(field, [piece for piece in found if piece.change is not without]) for field, found in pieces.items() if field in fields]
