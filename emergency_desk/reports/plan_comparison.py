"""What changed between two versions of a plan (修订对照表), part by part, the words that went and came set strong; as PDF and as DOCX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from emergency_desk.domain.plan_compare import PartChange, PartFate, changes, marked
from emergency_desk.domain.plan_markup import Run, Words
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
from emergency_desk.wording.plan_part_words import kind_word, name_of, told

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
        yield Grid(heads, tuple(_row(one, sheet, namer) for one in several), _SHARES)


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
    before = told(one.before, sheet.before, namer) if one.before is not None else []
    after = told(one.after, sheet.plan, namer) if one.after is not None else []
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
