"""The outline of a draft: its clauses beside the standard outline, what is empty or missing, then what the desk runs, with counts and marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_faults import PlanFault, Severity
from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_outline import Place
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.word_count import word_count
from emergency_desk.ui.plans.open_draft import OpenDraft
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.formats import number
from emergency_desk.wording.plan_part_words import kind_word

COLUMNS = (Column(width=26), Column(most=64), Column(stretch=1), Column(right=True, most=58))
HEAD, TEXT, RUNS = "head", "text", "runs"
TABLES = (PartKind.LEVEL, PartKind.SITUATION, PartKind.ACTION, PartKind.WORK_GROUP, PartKind.CARD, PartKind.CONTACT, PartKind.ITEM,
          PartKind.BASIS)


def clause_key(part_id: str) -> str:
    """Return the key of a clause's line."""
    return f"part {part_id}"


def table_key(kind: PartKind) -> str:
    """Return the key of the line of a kind of parts."""
    return f"kind {kind.value}"


def missing_key(section: str) -> str:
    """Return the key of a section of the standard outline that the plan does not have."""
    return f"missing {section}"


def outline_lines(draft: OpenDraft, places: Sequence[Place], faults: Iterable[PlanFault]) -> list[Line]:
    """Return the outline; `places` are the plan's clauses with what the standard outline says of them."""
    wrong = _weights(faults)
    ids = {part.record.number: str(part.id) for part in draft.parts(PartKind.CLAUSE)}
    lines = [Line(HEAD, (Cell(), Cell(), Cell(kind_word(None), strong=True), Cell()))]
    for place in places:
        if place.clause is not None:
            part_id = ids.get(place.clause.number, "")
            lines.append(_clause_line(part_id, place, place.clause, draft, wrong.get(place.clause.number)))
        elif place.section is not None:
            title = place.section.title.in_language(current_language())
            hint = _("Not in this plan. Enter adds it. {hint}").format(hint=place.section.hint.in_language(current_language()))
            lines.append(Line(missing_key(place.section.number), (
                Cell(), Cell("+", Tone.SECONDARY), Cell(title, Tone.SECONDARY, size="small", hint=hint), Cell())))
    lines.append(Line(RUNS, (Cell(), Cell(), Cell(_("What the desk runs"), Tone.SECONDARY, size="small"), Cell())))
    return [*lines, *(_table_line(kind, draft) for kind in TABLES)]


def _clause_line(part_id: str, place: Place, clause: Clause, draft: OpenDraft, weight: Severity | None) -> Line:
    title = clause.title.in_language(current_language()) or _("(no title yet)")
    is_chapter = place.depth == 1
    body = clause.body.in_language(current_language())
    count = _counted(body)
    tone = Tone.TEXT if is_chapter else Tone.SECONDARY
    return Line(clause_key(part_id), (
        _mark(draft.is_unsaved(part_id), weight, place.is_empty),
        Cell(clause.number, tone, strong=is_chapter, size="" if is_chapter else "small"),
        Cell(title, strong=is_chapter), Cell(number(count) if count else "", Tone.SECONDARY, size="small")))


def _mark(is_unsaved: bool, weight: Severity | None, is_empty: bool) -> Cell:
    if is_unsaved:
        return Cell(shape=Shape.DUE, shape_tone=Tone.ORANGE, hint=_("not saved yet"))
    if weight is Severity.WRONG:
        return Cell(shape=Shape.UNAVAILABLE, shape_tone=Tone.RED, hint=_("The check found something wrong here"))
    if weight is Severity.GAP:
        return Cell(shape=Shape.DOUBTFUL, shape_tone=Tone.ORANGE, hint=_("The check found a gap here"))
    return Cell(shape=Shape.STANDBY, shape_tone=Tone.SECONDARY, hint=_("nothing is written here")) if is_empty else Cell()


def _table_line(kind: PartKind, draft: OpenDraft) -> Line:
    parts = draft.parts(kind)
    unsaved = any(draft.is_unsaved(part.id) for part in parts)
    return Line(table_key(kind), (
        _mark(unsaved, None, not parts), Cell(), Cell(kind_word(kind)), Cell(number(len(parts)) if parts else "", Tone.SECONDARY, size="small")))


def _weights(faults: Iterable[PlanFault]) -> dict[str, Severity]:
    """Return the worst finding of each clause."""
    worst: dict[str, Severity] = {}
    for fault in faults:
        at = fault.at.clause
        if at and (at not in worst or fault.severity.rank < worst[at].rank):
            worst[at] = fault.severity
    return worst


def words_of(draft: OpenDraft) -> Counter[str]:
    """Return how many characters and words the clauses have in each language."""
    counts: Counter[str] = Counter()
    for part in draft.parts(PartKind.CLAUSE):
        counts["zh"] += _counted(part.record.body.zh) + _counted(part.record.title.zh)
        counts["en"] += _counted(part.record.body.en) + _counted(part.record.title.en)
    return counts


@lru_cache(maxsize=4096)
def _counted(text: str) -> int:
    return word_count(plain(text)) if text else 0
