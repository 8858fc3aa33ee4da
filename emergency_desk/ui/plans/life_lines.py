"""The lines of a plan's life: what may follow, what is owed, drafts, suggestions, what was done. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_clocks import PlanDue
from emergency_desk.domain.plan_life import IN_FORCE, PlanStage
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.plan_suggestions import PlanSuggestion, SuggestionState
from emergency_desk.domain.texts import Text
from emergency_desk.services.plan_dues import LifeView
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, heading, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import plan_life_words as words
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import label

HEAD, MOVE, DUE, DRAFT, BACK, SUGGESTED, DONE = "#head:", "move:", "due:", "draft:", "back:", "suggested:", "done:"
REVISE, SUGGEST, WRITE, FOLLOW = "revise", "suggest", "write", "follow"  # what may be done beside the moves
ENTER = "Enter"  # the key; its name is the same in both languages
_SUGGESTIONS = {SuggestionState.OPEN: (Shape.TO_DO, Tone.ORANGE), SuggestionState.TAKEN: (Shape.DONE, Tone.GREEN),
                SuggestionState.DECLINED: (Shape.SKIPPED, Tone.SECONDARY)}


def life_lines(view: LifeView) -> Iterator[Line]:
    """Return all lines below their headings."""
    yield from _next(view)
    yield from _headed("owed", _("Owed"), [due_line(due, view.today) for due in view.dues])
    yield from _headed("drafts", _("Being written"), list(_drafts(view)))
    yield from _headed("suggested", _("Suggestions"), [_suggested(one, view) for one in view.suggestions])
    yield from _headed("done", _("What was done"), [_done(move, view) for move in reversed(view.life.moves)])


def due_line(due: PlanDue, today: date, *, key: str = "", title: str = "") -> Line:
    """Return one thing owed; with `title` the plan it is about is named first."""
    is_late = due.is_late_on(today)
    tone = Tone.RED if is_late else Tone.ORANGE if due.is_near_on(today) else Tone.SECONDARY
    shape = Shape.LATE if is_late else Shape.DUE if due.is_near_on(today) else Shape.TO_DO
    day = _("about {day}").format(day=calendar_day(due.due_on)) if due.is_provisional else calendar_day(due.due_on)
    told = _("{what}: {title}").format(what=label(due.kind), title=title) if title else label(due.kind)
    return line(key or f"{DUE}{due.kind}", Cell(told, shape=shape, shape_tone=tone, below=words.why_due(due), hint=words.why_due(due)),
                Cell(day, tone, strong=is_late, below=words.days_left(due, today)))


def _next(view: LifeView) -> Iterator[Line]:
    yield _heading("next", _("What may follow"))
    is_model = view.life.stage is PlanStage.MODEL
    if is_model:
        yield from _revision(view)
    if view.overtaken_by and view.may_write:
        yield line(FOLLOW, Cell(_("Bring over what v{version} changed").format(version=view.overtaken_by), Tone.ORANGE, strong=True,
                                shape=Shape.DOUBTFUL, below=_("it was issued since this draft was begun")), Cell(ENTER, Tone.ACT, size="small"))
    for place, kind in enumerate(view.possible):
        mine = kind in view.mine
        told = Cell(words.verb(kind), Tone.TEXT if mine else Tone.SECONDARY, strong=mine and place == 0 and not is_model,
                    below=_reason(view, kind), hint=words.basis(view.path.basis))
        whose = Cell(ENTER, Tone.ACT, size="small") if mine else Cell(words.whose(kind), Tone.SECONDARY, size="small")
        yield line(f"{MOVE}{kind}", told, whose)
    if view.draft is not None and view.may_write and view.life.stage in (PlanStage.DRAFT, PlanStage.CONSULTATION):
        yield line(WRITE, Cell(_("Write on the draft")), Cell(ENTER, Tone.ACT, size="small"))
    if not is_model:
        yield from _revision(view)
    if view.life.stage in IN_FORCE:
        yield line(SUGGEST, Cell(_("Suggest a change to the marked clause")), Cell(ENTER, Tone.ACT, size="small"))
    yield from _ways_back(view)


def _revision(view: LifeView) -> Iterator[Line]:
    """A version in force is revised; for a model that is how it is adopted."""
    if view.may_write and view.life.stage in IN_FORCE:
        is_model = view.life.stage is PlanStage.MODEL
        yield line(REVISE, Cell(_("Adopt it: begin a revision") if is_model else _("Begin a revision"), strong=is_model,
                                below=_("as the next number; this one stays in force")), Cell(ENTER, Tone.ACT, size="small"))


def _ways_back(view: LifeView) -> Iterator[Line]:
    """A draft leads back to the version it began from, a replaced version to the one that stands in its place."""
    if view.life.replaced_by:
        yield line(f"{BACK}{view.life.replaced_by}", Cell(_("Go to version {version}").format(version=view.life.replaced_by), strong=True),
                   Cell(ENTER, Tone.ACT, size="small"))
    begun = view.life.last(MoveKind.DRAFTED)
    if view.draft is not None and begun is not None and begun.base_version and view.life.stage not in IN_FORCE:
        yield line(f"{BACK}{begun.base_version}", Cell(_("Back to version {version}").format(version=begun.base_version)), Cell())


def _reason(view: LifeView, kind: MoveKind) -> str:
    """Say by when a move is owed, or what still stands before it."""
    if kind is MoveKind.SUBMITTED and view.left:
        return _("before it: {steps}").format(steps=_(", ").join(label(step) for step in view.left))
    owed = {MoveKind.FILED: "filing", MoveKind.PUBLISHED: "publication", MoveKind.DRILLED: "drill", MoveKind.EVALUATED: "evaluation",
            MoveKind.OPINIONS_IN: "opinions"}
    due = next((one for one in view.dues if one.kind == owed.get(kind)), None)
    return _("by {day}, {left}").format(day=calendar_day(due.due_on), left=words.days_left(due, view.today)) if due else ""


def _drafts(view: LifeView) -> Iterator[Line]:
    for draft in view.drafts:
        if draft.plan_version != view.life.version:
            told = _("v{version} · {scope} · {state}").format(version=draft.plan_version, scope=label(draft.scope), state=label(draft.state))
            begun = _("begun on {day} by {person}").format(
                day=calendar_day(local_day(draft.started_at)), person=view.people.get(draft.started_by, "—"))
            yield line(f"{DRAFT}{draft.plan_version}", Cell(told, below=begun), Cell(ENTER, Tone.ACT, size="small"))


def _suggested(one: PlanSuggestion, view: LifeView) -> Line:
    shape, tone = _SUGGESTIONS[one.state]
    at = _("cl. {clause}").format(clause=one.clause) if one.clause else ""
    state = label(one.state) if one.state is not SuggestionState.OPEN else label(one.source)
    into = _("into v{version}").format(version=one.taken_into) if one.taken_into else one.reason
    told = words.suggestion(one)
    below = _(" · ").join(part for part in (state, view.sources.get(one.source_id, ""), into) if part)
    words_tone = Tone.TEXT if one.state is SuggestionState.OPEN else Tone.SECONDARY
    return line(f"{SUGGESTED}{one.id}", Cell(told, words_tone, shape=shape, shape_tone=tone, below=below, hint=told),
                Cell(at, Tone.SECONDARY, size="small"))


def suggested_line(one: PlanSuggestion, title: Text) -> Line:
    """Return an open suggestion in a list of those to every plan: what, to which plan and clause, where it comes from, since when."""
    shape, tone = _SUGGESTIONS[one.state]
    plan = _("{title} v{version}").format(title=title.in_language(current_language()), version=one.plan_version)
    at = _("cl. {clause}").format(clause=one.clause) if one.clause else ""
    told = words.suggestion(one)
    return line(f"suggested {one.id} {one.code} {one.plan_version}", Cell(told, shape=shape, shape_tone=tone, hint=told, below=_(" · ").join(
        part for part in (plan, at, label(one.source)) if part)), Cell(calendar_day(local_day(one.made_at)), Tone.SECONDARY, size="small"))


def _done(move: PlanMove, view: LifeView) -> Line:
    told = words.detail(move, view.people)
    return line(f"{DONE}{move.id}", Cell(label(move.kind), shape=Shape.DONE, shape_tone=Tone.GREEN, below=told, hint=told),
                Cell(calendar_day(move.on_date), Tone.SECONDARY, size="small"))


def _headed(key: str, title: str, lines: list[Line]) -> Iterator[Line]:
    if lines:
        count = ngettext("{count} entry", "{count} entries", len(lines)).format(count=len(lines))
        yield _heading(key, title, count)
        yield from lines


def _heading(key: str, title: str, note: str = "") -> Line:
    return heading(HEAD + key, Cell(title, Tone.SECONDARY, strong=True, size="small"), Cell(note, Tone.SECONDARY, size="small"))
