"""The lines of a comparison and the two texts of one change, field by field, with the changed words marked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from emergency_desk.domain.plan_body_compare import MarkedBlock, has_table, marked_body, side_of
from emergency_desk.domain.plan_compare import PartChange, PartFate, marked
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import Plan
from emergency_desk.ui.plans.marked_text import Marked
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import label
from emergency_desk.wording.plan_part_words import bodies as bodies_of
from emergency_desk.wording.plan_part_words import kind_word, name_of, told, told_in_both

LINES = (Column(most=74), Column(stretch=1), Column(right=True, most=40))
_TONES = {PartFate.ADDED: Tone.GREEN, PartFate.REMOVED: Tone.RED, PartFate.CHANGED: Tone.ORANGE, PartFate.MOVED: Tone.BLUE,
          PartFate.SAME: Tone.SECONDARY}


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
            lines.append(Line(key, (Cell(label(one.change), _TONES[one.change], size="small"), Cell(_name(one)), Cell())))
    return lines, by_key


def _name(one: PartChange) -> str:
    if one.kind is PartKind.CLAUSE and one.before is not None and one.after is not None and one.before.number != one.after.number:  # type: ignore[union-attr]
        return _("{before} → {after}").format(before=one.before.number, after=name_of(one.after))  # type: ignore[union-attr]
    return name_of(one.after if one.after is not None else one.before)


def sides_of(
    before: Any, after: Any, plans: tuple[Plan, Plan], namer: Namer, *, only_changed: bool = False, whole: bool = False,
) -> tuple[Marked, Marked]:
    """Return both sides of a part, field by field: what went is marked left, what came right.

    What it says in the other language stands there only where that changed; with `only_changed` every field does. `whole` shows all of it.
    """
    left = dict(told_in_both(before, plans[0], namer)) if before is not None else {}
    right = dict(told_in_both(after, plans[1], namer)) if after is not None else {}
    own = {word for record, plan in zip((before, after), plans, strict=True) if record is not None for word, _said in told(record, plan, namer)}
    fields = [field for field in dict.fromkeys((*right, *left)) if left.get(field, "") != right.get(field, "")
              or (not only_changed and (whole or field in own) and right.get(field, ""))]
    bodies = bodies_of(before), bodies_of(after)
    found = {field: _blocks(left.get(field, ""), right.get(field, ""), *(side.get(field, "") for side in bodies)) for field in fields}
    return _side(found, PartFate.ADDED), _side(found, PartFate.REMOVED)


def _side(found: dict[str, tuple[MarkedBlock, ...]], without: PartFate) -> Marked:
    return [(field, side_of(blocks, without)) for field, blocks in found.items()]


def _blocks(old: str, new: str, old_body: str, new_body: str) -> tuple[MarkedBlock, ...]:
    """Hold a field together; a body with a table keeps it as one."""
    return marked_body(old_body if old else "", new_body if new else "") if has_table(old_body) or has_table(new_body) else (marked(old, new),)
