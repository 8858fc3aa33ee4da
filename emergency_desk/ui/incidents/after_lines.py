"""The lists of the After page in words: what is owed, the plan's actions, punctuality, findings and suggestions. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from emergency_desk.domain.aftermath import basis_text
from emergency_desk.domain.ids import Id
from emergency_desk.domain.mending import UNDER_WAY
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_actual import ActionLine, Outcome
from emergency_desk.domain.plan_suggestions import PlanSuggestion, SuggestionState
from emergency_desk.domain.recovery import AftermathItem, AftermathState, Finding, FindingState
from emergency_desk.domain.review import Proposal, Review
from emergency_desk.domain.texts import Text
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, heading, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import label
from emergency_desk.wording.review_words import told_card, told_latency, told_outcome, told_proposal, told_span

_MINUTE = timedelta(minutes=1)

HEAD, SUGGESTED = "#head:", "#suggested:"
_OUTCOMES: dict[Outcome, tuple[Shape, Tone]] = {
    Outcome.ON_TIME: (Shape.DONE, Tone.GREEN), Outcome.DONE: (Shape.DONE, Tone.GREEN), Outcome.LATE: (Shape.LATE, Tone.ORANGE),
    Outcome.SKIPPED: (Shape.SKIPPED, Tone.SECONDARY), Outcome.OPEN: (Shape.TO_DO, Tone.SECONDARY), Outcome.OVERDUE: (Shape.LATE, Tone.RED),
}
_FINDINGS: dict[FindingState, tuple[Shape, Tone]] = {
    FindingState.OPEN: (Shape.TO_DO, Tone.ORANGE), FindingState.MENDING: (Shape.DUE, Tone.BLUE), FindingState.DONE: (Shape.DUE, Tone.YELLOW),
    FindingState.VERIFIED: (Shape.DONE, Tone.GREEN), FindingState.DROPPED: (Shape.SKIPPED, Tone.SECONDARY),
}


def in_words(zh: str, en: str) -> str:
    """Return a text in the language of the desk."""
    return Text(zh, en).in_language(current_language())


# -- what is owed -----------------------------------------------------------------------------------------------------
def item_lines(review: Review, now: datetime) -> Iterator[Line]:
    """Return what is owed, then what is to be settled, each with its article, owner and due time; what is ended sinks."""
    for key, title, items in (("owed", _("Owed by law or by word"), review.owed), ("settled", _("To be given back, paid, replaced"),
                                                                                  review.settlement)):
        if items:
            opened = sum(item.state is AftermathState.OPEN for item in items)
            yield heading(HEAD + key, Cell(title, Tone.SECONDARY, strong=True, size="small", after=_("{count} open").format(count=opened)), "")
        for item in items:
            yield _item_line(item, review.owner(item).in_language(current_language()), review.whose.get(item.id, ""), now)


def _item_line(item: AftermathItem, owner: str, from_whom: str, now: datetime) -> Line:
    title = in_words(item.title, item.title_en)
    if item.quantity is not None:
        title = _("{title}, {quantity} {unit}").format(
            title=title, quantity=formats.number(item.quantity), unit=unit_word(item.unit, item.quantity)).strip()
    basis = basis_text(item).in_language(current_language())
    whose = _(" · ").join(part for part in (owner, from_whom, basis, item.note) if part)
    if item.state is not AftermathState.OPEN:
        shape = Shape.DONE if item.state is AftermathState.DONE else Shape.SKIPPED
        when = formats.when(item.ended_at, now=now) if item.ended_at else ""
        return line(item.id, Cell(title, Tone.SECONDARY, shape=shape, shape_tone=Tone.GREEN if shape is Shape.DONE else Tone.SECONDARY,
                                  hint=whose, brief=True), Cell(when or label(item.state), Tone.SECONDARY, size="small", hint=item.note))
    is_late = item.due_at is not None and item.due_at < now
    shape, tone = (Shape.LATE, Tone.RED) if is_late else (Shape.TO_DO, Tone.SECONDARY)
    due = formats.time_left(item.due_at, now=now) if item.due_at is not None else _("at once")
    return line(item.id, Cell(title, shape=shape, shape_tone=tone, below=whose, hint=basis),
                Cell(due, tone if is_late else Tone.SECONDARY, strong=is_late, size="small"))


def open_item(review: Review) -> AftermathItem | None:
    """Return what is to be done next: what is owed by law, then the settlement, the archive last of all."""
    opened = [item for item in (*review.owed, *review.settlement) if item.state is AftermathState.OPEN]
    return min(opened, key=lambda item: item.kind == "archive", default=None)


# -- plan against actual ----------------------------------------------------------------------------------------------
def action_lines(review: Review) -> Iterator[Line]:
    """Return each action by clause with what became of it."""
    for each in review.plan.lines:
        yield _action_line(each)


def _action_line(each: ActionLine) -> Line:
    task = each.task
    shape, tone = _OUTCOMES[each.outcome]
    title = in_words(task.title, task.title_en)
    text = f"{task.clause} {title}" if task.clause else _("{task} (added)").format(task=title) if each.is_added else title
    told, short = told_outcome(each), ""
    if each.outcome is Outcome.LATE:
        short = _("{span} late").format(span=told_span(each.late_by)) if each.late_by >= _MINUTE else _("just late")
    elif each.outcome is Outcome.OVERDUE:
        short = _("open, {span} late").format(span=told_span(each.late_by))
    elif each.outcome is Outcome.SKIPPED:
        short = label(each.outcome)
    below = task.reason if each.outcome is Outcome.SKIPPED else ""
    return line(task.id, Cell(text, shape=shape, shape_tone=tone, below=below, hint=told), Cell(short, tone, size="small", hint=told))


# -- punctuality and findings -----------------------------------------------------------------------------------------
def punctuality(review: Review) -> str:
    """Return how punctual it was, in a few sentences."""
    stages = [told_latency(latency) for latency in review.latencies if latency.samples]
    return "\n".join([told_card(review.deadlines), *stages])


def finding_lines(findings: Iterable[Finding], today: date, *, numbers: dict[str, str] | None = None,
                  in_plans: Mapping[Id, PlanSuggestion] | None = None) -> Iterator[Line]:
    """Return the findings with their state, owner, age and due day; `numbers` tells the incident or drill of each where there are several.

    `in_plans`: what became of each in the plan it names.
    """
    for each in findings:
        yield finding_line(each, today, numbers=numbers, suggestion=(in_plans or {}).get(each.id))


def finding_line(each: Finding, today: date, *, numbers: dict[str, str] | None = None, suggestion: PlanSuggestion | None = None) -> Line:
    """Return one finding."""
    shape, tone = _FINDINGS[each.state]
    is_late = each.is_late_on(today)
    where = [] if numbers is None else [numbers.get(str(each.id), label(each.source))]
    serial = f"Z{int(each.number.rpartition('-Z')[2])}"
    below = _(" · ").join(part for part in (
        serial, *where, label(each.kind), each.owner, each.measure, age_words(each, today), plan_words(suggestion)) if part)
    due = Cell(each.due_on.isoformat(), Tone.RED if is_late else Tone.SECONDARY, strong=is_late, size="small",
               shape=Shape.LATE if is_late else Shape.NONE) if each.due_on else Cell(_("no due day"), Tone.SECONDARY, size="small")
    if each.state in (FindingState.VERIFIED, FindingState.DROPPED):
        due = Cell(label(each.state), Tone.SECONDARY, size="small")
    return line(each.id, Cell(each.problem, shape=shape, shape_tone=tone, below=below, hint=_(" · ").join(
        part for part in (each.number, label(each.state), each.evidence, each.note) if part)), due)


def age_words(each: Finding, today: date) -> str:
    """Return how old a finding is that is under way, or within how long it was mended."""
    found = local_day(each.found_at)
    if each.state is FindingState.VERIFIED and each.verified_at is not None:
        return _("within {span}").format(span=formats.span(max(timedelta(days=1), local_day(each.verified_at) - found)))
    return _("{span} old").format(span=formats.span(today - found)) if each.state in UNDER_WAY and today > found else ""


def plan_words(suggestion: PlanSuggestion | None) -> str:
    """Return what became of a finding in the plan it names."""
    if suggestion is None:
        return ""
    if suggestion.state is SuggestionState.TAKEN:
        return _("taken into version {version} of the plan").format(version=suggestion.taken_into)
    if suggestion.state is SuggestionState.DECLINED:
        return _("declined by the planner: {reason}").format(reason=suggestion.reason)
    return _("suggested to clause {clause} of the plan").format(clause=suggestion.clause) if suggestion.clause else _("suggested to the plan")


def suggestion_lines(proposals: Iterable[Proposal]) -> Iterator[Line]:
    """Return what the record suggests; nothing is added by itself."""
    kept = list(proposals)
    if kept:
        told = ngettext("The record suggests {count}", "The record suggests {count}", len(kept)).format(count=len(kept))
        yield heading(HEAD + "suggested", Cell(told, Tone.SECONDARY, strong=True, size="small", after=_("Enter takes it up")), "")
    for each in kept:
        clause = _("clause {clause}").format(clause=each.clause) if each.clause and each.task is not None else ""
        yield line(SUGGESTED + each.about_id, Cell(told_proposal(each), Tone.SECONDARY, shape=Shape.NEXT, hint=label(each.kind)),
                   Cell(clause, Tone.SECONDARY, size="small"))
