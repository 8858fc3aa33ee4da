"""What changed between two versions of a plan (修订对照表), part by part, the words that went and came set strong; as PDF and as DOCX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from emergency_desk.domain.plan_body_compare import MarkedTable, has_table, marked_body, side_of, text_alone
from emergency_desk.domain.plan_compare import PartChange, PartFate, changes, marked
from emergency_desk.domain.plan_compare import Piece as MarkedPiece
from emergency_desk.domain.plan_markup import Run, Words
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_sheets import CompareSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports.document import Document, Grid, Heading, Piece, prose, setting_for, shortly, words
from emergency_desk.reports.document_docx import set_document_docx
from emergency_desk.reports.document_pdf import set_document
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.reports.plan_document import stands_shortly
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.plan_part_words import bodies, kind_word, name_of, told

_SHARES = (0.2, 0.4, 0.4)


def write(sheet: CompareSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print what changed."""
    with worded(paper):
        return set_document(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: CompareSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write what changed as a DOCX file."""
    with worded(paper):
        return set_document_docx(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def document_of(sheet: CompareSheet, paper: PaperSettings) -> Document:
    """Return what changed in words of the language being spoken."""
    title, plan = _("What changed, part by part"), in_paper(sheet.plan.title, paper)
    versions = _("version {before} → version {after}").format(before=sheet.before.version, after=sheet.plan.version)
    found = changes(sheet.before, sheet.plan)
    return Document(title=title, heading=(plan, versions), pieces=tuple(_pieces(found, sheet, paper)), subject=plan,
                    running=" ".join((shortly(plan), versions)), mark=stands_shortly(sheet.standing),
                    setting=replace(setting_for(paper.language), size=12, leading=19, indent=0, gap=4))


def _pieces(found: Sequence[PartChange], sheet: CompareSheet, paper: PaperSettings) -> Iterator[Piece]:
    if not found:
        yield prose(_("The two versions say the same."))
        return
    yield prose(_("; ").join(_counted(found)))
    yield prose(_("Words that went are strong in the column of the earlier version, words that came in that of the later."), is_note=True)
    heads = (words(pgettext("plan", "Part")), words(_("Version {version}").format(version=sheet.before.version)),
             words(_("Version {version}").format(version=sheet.plan.version)))
    namer = _Namer(sheet)
    for kind, several in groupby(found, key=lambda one: one.kind):
        yield Heading(text=kind_word(kind), in_contents=False)
        of_kind = list(several)
        yield Grid(heads, tuple(_row(one, sheet, namer) for one in of_kind), _SHARES)
        for one in of_kind:
            yield from _tables(one, sheet)


def _tables(one: PartChange, sheet: CompareSheet) -> Iterator[Piece]:
    """Set the changed tables of a clause as tables, the earlier above the later, the words that went and came strong."""
    name = name_of(one.after if one.after is not None else one.before)
    for block in _changed_tables(one):
        for version, without in ((sheet.before.version, PartFate.ADDED), (sheet.plan.version, PartFate.REMOVED)):
            told = side_of((block,), without)
            if told and isinstance(told[0], MarkedTable):
                yield prose(_("Table of {clause}, version {version}").format(clause=name, version=version), is_note=True)
                rows = [tuple(_cell(pieces) for pieces in row.cells) for row in told[0].rows]
                yield Grid(rows[0], tuple(rows[1:]))


def _changed_tables(one: PartChange) -> Iterator[MarkedTable]:
    earlier, later = (bodies(record).get(_("Text"), "") for record in (one.before, one.after))
    return (block for block in marked_body(earlier, later) if isinstance(block, MarkedTable) and block.is_changed)


def _cell(pieces: Sequence[MarkedPiece]) -> Words:
    return tuple(Run(piece.words, piece.change is not PartFate.SAME) for piece in pieces)


def _counted(found: Sequence[PartChange]) -> Iterator[str]:
    count = Counter(one.change for one in found)
    if count[PartFate.CHANGED]:
        yield ngettext("{count} part changed", "{count} parts changed", count[PartFate.CHANGED]).format(count=number(count[PartFate.CHANGED]))
    if count[PartFate.ADDED]:
        yield ngettext("{count} part added", "{count} parts added", count[PartFate.ADDED]).format(count=number(count[PartFate.ADDED]))
    if count[PartFate.REMOVED]:
        yield ngettext("{count} part removed", "{count} parts removed", count[PartFate.REMOVED]).format(count=number(count[PartFate.REMOVED]))
    if count[PartFate.MOVED]:
        yield ngettext("{count} clause renumbered only", "{count} clauses renumbered only", count[PartFate.MOVED]).format(
            count=number(count[PartFate.MOVED]))


def _row(one: PartChange, sheet: CompareSheet, namer: Namer) -> tuple[Words, Words, Words]:
    """Return a part with what it said and what it says; of a changed one only the fields that differ."""
    name = words(name_of(one.after if one.after is not None else one.before))
    before, after = _said(one, one.before, sheet.before, namer), _said(one, one.after, sheet.plan, namer)
    if one.change is PartFate.ADDED:
        return name, words(_("(added)")), _fields(after, strong=True)
    if one.change is PartFate.REMOVED:
        return name, _fields(before, strong=True), words(_("(removed)"))
    earlier, later = dict(before), dict(after)
    went, came = [], []
    for field in dict.fromkeys((*earlier, *later)):
        old, new = earlier.get(field, ""), later.get(field, "")
        if old != new:
            pieces = marked(old, new)
            went.append((field, [Run(piece.words, piece.change is PartFate.REMOVED) for piece in pieces if piece.change is not PartFate.ADDED]))
            came.append((field, [Run(piece.words, piece.change is PartFate.ADDED) for piece in pieces if piece.change is not PartFate.REMOVED]))
    if not went:
        same = words(_("(only in the other language, or in what is not printed)"))
        return name, same, same
    return name, _joined(went), _joined(came)


def _said(one: PartChange, record: Any, plan: Plan, namer: Namer) -> list[tuple[str, str]]:
    """Return a part field by field; a table that changed stands below as a table, and only its place is told here."""
    if record is None:
        return []
    body = bodies(record).get(_("Text"), "")
    lines = told(record, plan, namer)
    if not has_table(body):
        return lines
    below = _("(its table stands below)") if any(_changed_tables(one)) else ""
    return [(field, "\n".join(filter(None, (text_alone(body), below))) if field == _("Text") else said) for field, said in lines]


def _fields(lines: Sequence[tuple[str, str]], *, strong: bool) -> Words:
    return _joined([(field, [Run(said, strong)]) for field, said in lines])


def _joined(fields: Sequence[tuple[str, list[Run]]]) -> Words:
    """Return fields one below the other, each with its name in front."""
    runs: list[Run] = []
    for place, (field, said) in enumerate(fields):
        runs += [Run(("\n" if place else "") + _("{name}: ").format(name=field)), *(said or [Run("—")])]
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class _Type:
    name: Text


class _Known:
    """As much of the trade as the words of parts ask for."""

    def __init__(self, sheet: CompareSheet) -> None:
        self.capabilities = sheet.capabilities
        self._types = sheet.types

    def type(self, type_id: str) -> _Type:
        """Return an incident type by its name."""
        return _Type(self._types.get(type_id, Text(type_id)))


class _Namer(Namer):
    """Gives the ids of a plan their names from what stands on the sheet."""

    def __init__(self, sheet: CompareSheet) -> None:
        self.trade: Any = _Known(sheet)
