"""Lines of the page on which plans of another desk come in: what came, and the parts that are not as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from emergency_desk.domain.plan_merge import Decision, MergeChoice, MergedPart, MergeOutcome, PlanMerge
from emergency_desk.domain.plan_sections import PartKey
from emergency_desk.domain.plan_travel import Arrival, PlanVerdict
from emergency_desk.errands.plan_bundles import BundlePreview
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import bundle_words, formats
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import label

Looks = Mapping[PlanVerdict, tuple[Shape, Tone]]
_VERDICTS: Looks = {
    PlanVerdict.NEW: (Shape.NEXT, Tone.GREEN), PlanVerdict.NEWER: (Shape.NEXT, Tone.GREEN), PlanVerdict.SAME: (Shape.DONE, Tone.SECONDARY),
    PlanVerdict.OLDER: (Shape.DONE, Tone.SECONDARY), PlanVerdict.DIVERGED: (Shape.DOUBTFUL, Tone.ORANGE)}
_OUTCOMES = {MergeOutcome.CLASH: (Shape.TO_DO, Tone.ORANGE), MergeOutcome.COMBINED: (Shape.DOUBTFUL, Tone.BLUE)}


def arrival_lines(shown: BundlePreview) -> list[Line]:
    """Return one line for each plan that came in, those that want somebody first."""
    order = (PlanVerdict.DIVERGED, PlanVerdict.NEW, PlanVerdict.NEWER, PlanVerdict.OLDER, PlanVerdict.SAME)
    numbered = sorted(enumerate(shown.arrivals), key=lambda pair: order.index(pair[1].verdict))
    return [Line(str(number), _arrival(shown, arrival)) for number, arrival in numbered]


def _arrival(shown: BundlePreview, arrival: Arrival) -> tuple[Cell, ...]:
    shape, tone = _VERDICTS[arrival.verdict]
    here, came = bundle_words.version_here(arrival), bundle_words.version(arrival)
    below = _("{came} came in; here {here}").format(came=came, here=here) if here else _("{came} came in").format(came=came)
    lacking = shown.lacking(arrival)
    word = Cell(_("words lacking"), Tone.RED, size="small", shape=Shape.UNAVAILABLE) if lacking else Cell(
        label(arrival.verdict), tone, size="small", shape=shape)
    return Cell(bundle_words.title_of(arrival), below=below), word


def word_lines(shown: BundlePreview) -> list[Line]:
    """Return the words that this desk does not know, each once, and those that were matched."""
    lines = []
    for one in dict.fromkeys((each.kind, each.word) for each in shown.unknown):
        first = next(each for each in shown.unknown if (each.kind, each.word) == one)
        tone = Tone.RED if first.is_needed else Tone.SECONDARY
        note = _("the plan waits for it") if first.is_needed else _("kept as it is")
        lines.append(Line(first.word, (Cell(bundle_words.unknown(first)), Cell(note, tone, size="small"))))
    return lines


def part_lines(parts: Iterable[MergedPart], decisions: Mapping[PartKey, Decision]) -> list[Line]:
    """Return one line for each part that a side changed, with what becomes of it."""
    return [Line(part_id(part), (Cell(bundle_words.part_name(part)), _outcome(part), _decided(part, decisions.get(part.key)))) for part in parts]


def part_id(part: MergedPart) -> str:
    """Return the key of a part's line."""
    return f"{part.key.section}|{part.key.key}"


def _outcome(part: MergedPart) -> Cell:
    shape, tone = _OUTCOMES.get(part.outcome, (Shape.NONE, Tone.SECONDARY))
    words = _("changed by both") if part.outcome is MergeOutcome.CLASH else label(part.outcome)
    return Cell(words, tone, size="small", shape=shape)


def _decided(part: MergedPart, decision: Decision | None) -> Cell:
    if decision is not None:
        return Cell(label(decision.choice), Tone.GREEN, strong=True, size="small", shape=Shape.DONE)
    if part.outcome is MergeOutcome.CLASH:
        return Cell(_("to decide"), Tone.RED, strong=True, size="small")
    taken = {MergeOutcome.THEIRS: MergeChoice.THEIRS, MergeOutcome.COMBINED: MergeChoice.BOTH}.get(part.outcome, MergeChoice.MINE)
    return Cell(label(taken), Tone.SECONDARY, size="small")


def summary(shown: BundlePreview) -> str:
    """Return whose file it is and what it brings."""
    counts = [_("{count} {verdict}").format(count=len(of), verdict=label(verdict)) for verdict in PlanVerdict if (of := shown.of(verdict))]
    return _("From {desk}, written by {person} at {at}: {counts}").format(
        desk=shown.sender.words, person=shown.sender.person or "—", at=formats.date_time(shown.bundle.written_at), counts=_(", ").join(counts))


def progress(merged: PlanMerge, decisions: Mapping[PartKey, Decision]) -> str:
    """Return how many parts differ, and how many of them wait."""
    left = sum(part.key not in decisions for part in merged.clashes)
    count = ngettext("{count} part differs", "{count} parts differ", len(merged.parts)).format(count=len(merged.parts))
    told = _("{parts}, {left} to decide").format(parts=count, left=left)
    return _("{parts}; clauses were renumbered").format(parts=told) if merged.renumbered else told
