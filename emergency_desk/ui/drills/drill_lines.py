"""Drills in lines: the list, the programme, the script, the log, people, items of the evaluation. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from emergency_desk.domain.drill_boards import DrillBoard, late_acts
from emergency_desk.domain.drill_life import OVER, UNDER_WAY
from emergency_desk.domain.drill_scoring import DrillRules, InjectTimes
from emergency_desk.domain.drills import Drill, DrillMark, DrillPerson, DrillState, DrillStep, Inject, ItemScore, Verdict
from emergency_desk.ui.incidents.after_lines import SUGGESTED, finding_lines
from emergency_desk.ui.incidents.clock_watch import SLACK
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, heading, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, ngettext, pgettext
from emergency_desk.wording.drill_labels import done_words, of_inject
from emergency_desk.wording.labels import label

HEAD = "#aspect:"
_STATES: dict[DrillState, tuple[Shape, Tone]] = {
    DrillState.DRAFTED: (Shape.TO_DO, Tone.SECONDARY), DrillState.CHECKED: (Shape.NEXT, Tone.BLUE),
    DrillState.RUNNING: (Shape.WORKING, Tone.GREEN),
    DrillState.PAUSED: (Shape.PAUSED, Tone.ORANGE), DrillState.STOPPED: (Shape.UNAVAILABLE, Tone.RED), DrillState.ENDED: (Shape.DUE, Tone.BLUE),
    DrillState.EVALUATED: (Shape.DONE, Tone.GREEN),
}
VERDICTS = {Verdict.EXCELLENT: Tone.GREEN, Verdict.GOOD: Tone.GREEN, Verdict.FAIR: Tone.ORANGE, Verdict.POOR: Tone.RED}


def drill_columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (Column(_("Drill"), stretch=5), Column(pgettext("drill", "Form"), width=188), Column(_("Planned for"), width=130),
            Column(_("State"), width=176),
            Column(pgettext("drill", "Heads"), width=96, right=True), Column(pgettext("drill", "Word"), width=120))


def drill_line(drill: Drill, now: datetime) -> Line:
    """Return a drill: what it is called, its form, when, where it stands, how many were counted, the evaluators' word."""
    shape, tone = _STATES[drill.state]
    word = Cell(label(drill.verdict), VERDICTS[drill.verdict], strong=True) if drill.verdict is not None else Cell("")
    return line(drill.id, Cell(drill.title, strong=True, after=drill.number), Cell(_(" · ").join((label(drill.form), label(drill.scope)))),
                Cell(formats.when(drill.planned_at, now=now)), Cell(label(drill.state), tone, shape=shape), Cell(heads_words(drill)), word)


def heads_words(drill: Drill) -> str:
    """Return how many of those who take part are counted: "213 of 214"."""
    if drill.expected_heads is None:
        return "—"
    if drill.counted_heads is None:
        return formats.number(drill.expected_heads)
    return _("{heads} of {wanted}").format(heads=formats.number(drill.counted_heads), wanted=formats.number(drill.expected_heads))


# -- one drill ---------------------------------------------------------------------------------------------------------
def inject_columns() -> tuple[Column, ...]:
    """Return the columns of the script."""
    return (Column(_("No."), width=44, right=True), Column(_("From start"), width=82, right=True),
            Column(pgettext("drill", "To whom"), width=130, wrap=True),
            Column(_("Inject, and the act it asks for"), stretch=4, wrap=True), Column(_("Went out"), width=112),
            Column(pgettext("drill", "Act after"), width=160))


def inject_line(times: InjectTimes, board: DrillBoard, now: datetime) -> Line:
    """Return an inject: when it is planned, to whom, what it says and asks for, when it went out and how long the act took."""
    inject = times.inject
    shape, tone = (Shape.TO_DO, Tone.SECONDARY) if inject.released_at is None else (Shape.DONE, Tone.GREEN)
    enclosed = _(", ").join(file.name for file in board.files_of(inject.id))
    asked = _(" · ").join(part for part in (_("expected: {act}").format(act=inject.expected) if inject.expected else "",
                                            _("enclosed: {files}").format(files=enclosed) if enclosed else "") if part)
    return line(inject.id, Cell(str(inject.number), Tone.SECONDARY), Cell(formats.after_start(inject.at_minutes)), Cell(inject.to_whom),
                Cell(inject.text, below=asked, shape=shape, shape_tone=tone), _went_out(times, board), _act_after(times, board, now))


def inject_words(inject: Inject) -> str:
    """Return what an inject asks for, whole."""
    return _("Inject {number} expects: {act}").format(number=inject.number, act=inject.expected)


def _went_out(times: InjectTimes, board: DrillBoard) -> Cell:
    inject = times.inject
    if inject.released_at is None:
        return Cell("")
    late = times.late_by or timedelta(0)
    if late <= -timedelta(minutes=1):
        after = _("{span} early").format(span=formats.span(late))
    else:
        after = _("{span} late").format(span=formats.span(late)) if late >= timedelta(minutes=1) else _("as planned")
    minute = formats.after_start(inject.at_minutes + late // timedelta(minutes=1)) if board.paces else ""  # its clock is not the wall's
    return Cell(formats.clock_time(inject.released_at), after=minute, below=after)


def _act_after(times: InjectTimes, board: DrillBoard, now: datetime) -> Cell:
    inject = times.inject
    limit = _("limit {minutes} min").format(minutes=inject.limit_minutes) if inject.limit_minutes is not None else ""
    if inject.released_at is None:
        return Cell(limit, Tone.SECONDARY, size="small")
    if times.took is None:
        waits = board.waited(inject, now)
        is_late = inject.limit_minutes is not None and waits > timedelta(minutes=inject.limit_minutes)
        return Cell(_("awaited, {span}").format(span=formats.span(waits)), Tone.RED if is_late else Tone.BLUE, below=limit,
                    shape=Shape.LATE if is_late else Shape.DUE)
    tone, shape = (Tone.RED, Shape.LATE) if times.is_met is False else (Tone.GREEN, Shape.DONE) if times.is_met else (Tone.TEXT, Shape.NONE)
    return Cell(formats.span(times.took), tone, strong=True, below=limit, shape=shape)


def mark_line(mark: DrillMark, board: DrillBoard, now: datetime) -> Line:
    """Return one line of the drill's log."""
    if mark.step is DrillStep.MEASURED:  # what was measured is what is looked for, so it is never cut
        return line(mark.id, Cell(formats.when(mark.occurred_at, now=now), Tone.SECONDARY), Cell(mark.text, below=done_words(mark.step)))
    inject = next((one for one in board.injects if one.id == mark.about_id), None)
    done = done_words(mark.step)
    what = done if inject is None else of_inject(done, inject.number, went_out=mark.step is DrillStep.RELEASED)
    if mark.heads is not None:
        what = _("{step}: {heads}").format(step=what, heads=formats.people(mark.heads))
    said, who = _(" · ").join(part for part in (mark.person, mark.text) if part), board.names.get(mark.account_id, "")
    at = Cell(formats.when(mark.occurred_at, now=now), Tone.SECONDARY)
    return line(mark.id, at, Cell(said, below=what, hint=who) if mark.text else Cell(what, below=mark.person, hint=who))


def person_line(person: DrillPerson) -> Line:
    """Return somebody in the drill."""
    signed = Cell(_("not signed in"), Tone.SECONDARY)
    if person.signed_at is not None:
        signed = Cell(formats.clock_time(person.signed_at), Tone.GREEN, shape=Shape.DONE)
    return line(person.id, Cell(person.name, strong=True, after=person.unit), Cell(label(person.role)), signed)


def item_lines(board: DrillBoard, rules: DrillRules) -> Iterator[Line]:
    """Return the items of the form by aspect, with what each was given and rests on."""
    language = current_language()
    by_aspect = {one.id: one for one in board.assessment.aspects}
    shown = ""
    for item in rules.items_for(board.drill.form):
        if item.aspect_id != shown:
            shown, aspect = item.aspect_id, by_aspect[item.aspect_id]
            told = _("{points} of {most}").format(points=aspect.points, most=aspect.most) if aspect.most else ""
            yield heading(HEAD + shown, Cell(aspect.id, Tone.SECONDARY, size="small"), Cell(aspect.name.in_language(language), strong=True),
                       Cell(told, strong=True), "")
        score = board.score(item.id)
        is_gone = item.id in board.assessment.without_evidence
        yield line(item.id, Cell(item.id.partition("-")[2], Tone.SECONDARY), Cell(item.text.in_language(language)),
                   Cell(_("evidence missing"), Tone.RED, shape=Shape.LATE) if is_gone else Cell(given_words(score), strong=score is not None),
                   Cell(evidence_words(score, board), Tone.SECONDARY, hint=score.evaluator if score else ""))


def given_words(score: ItemScore | None) -> str:
    """Return what an item was given, "" when it is empty."""
    if score is None:
        return ""
    if score.points is not None:
        return str(score.points)
    if score.is_met is not None:
        return pgettext("item of an evaluation", "yes") if score.is_met else pgettext("item of an evaluation", "no")
    return score.measured


def evidence_words(score: ItemScore | None, board: DrillBoard) -> str:
    """Return what an item rests on: words, and the times of the entries."""
    if score is None:
        return ""
    times = [formats.clock_time(mark.occurred_at) for mark in board.marks if mark.id in score.mark_ids]
    entries = _("entries {times}").format(times=_(", ").join(times)) if times else ""
    return _(" · ").join(part for part in (score.evidence, entries) if part)


def found_lines(board: DrillBoard, today: date) -> Iterator[Line]:
    """Return the findings of a drill, and below them the late acts its record suggests as findings; nothing is added by itself."""
    yield from finding_lines(board.findings, today, in_plans=board.in_plans)
    late = late_acts(board)
    if late:
        told = ngettext("The record suggests {count}", "The record suggests {count}", len(late)).format(count=len(late))
        yield heading(HEAD + "suggested", Cell(told, Tone.SECONDARY, strong=True, size="small", after=_("Enter takes it up")), "")
    for one in late:
        yield line(SUGGESTED + one.inject.id, Cell(late_words(one), Tone.SECONDARY, shape=Shape.NEXT), "")


def late_words(one: InjectTimes) -> str:
    """Return what is to be said of an act that came late or never."""
    inject = one.inject
    if one.took is None:
        return _("Inject {number} to {whom} ({text}): no act, limit {limit} min").format(
            number=inject.number, whom=inject.to_whom, text=inject.text, limit=inject.limit_minutes)
    return _("Inject {number} to {whom} ({text}): act after {took}, limit {limit} min").format(
        number=inject.number, whom=inject.to_whom, text=inject.text, took=formats.minutes_told(one.took), limit=inject.limit_minutes)


def assessment_words(board: DrillBoard) -> str:
    """Return what the points come to: "112 of 140 · 80.0 % · advice: Good drill · 73 items empty"."""
    found = board.assessment
    if found.share is None or found.advice is None:
        return _("no points yet · {empty} items empty").format(empty=found.empty)
    return _("{points} of {most} · {share} % · advice: {word} · {empty} items empty").format(
        points=found.points, most=found.most, share=f"{found.share:.1f}", word=label(found.advice), empty=found.empty)


def set_back(board: DrillBoard, now: datetime) -> timedelta:
    """Return by how much the clock of this computer stands before the last entry of a drill that is under way; nothing of a few seconds."""
    newest = max((mark.recorded_at for mark in board.marks), default=now)
    return newest - now if board.drill.state in UNDER_WAY and newest - now > SLACK else timedelta(0)


def standing_words(board: DrillBoard, ran: str, now: datetime, *, by_clock: bool) -> str:
    """Return in one line how a drill stands: what it lacks, how it runs, or what the points come to."""
    drill = board.drill
    if drill.state in OVER:
        word = _("verdict: {word}").format(word=label(drill.verdict)) if drill.verdict is not None else ""
        heads = _("heads {heads}").format(heads=heads_words(drill)) if drill.counted_heads != drill.expected_heads else ""
        lost = len(board.assessment.without_evidence)
        gone = ngettext("the evidence of {count} item is gone", "the evidence of {count} items is gone", lost).format(count=lost) if lost else ""
        return _(" · ").join(part for part in (heads, gone, assessment_words(board), word) if part)
    if drill.state in UNDER_WAY:
        late, out = len(board.late_answers(now)), sum(one.released_at is not None for one in board.injects)
        back = set_back(board, now)
        told = _("running for {time} · {out} of {all} injects out · heads {heads}").format(
            time="—" if back else ran, out=out, all=len(board.injects), heads=heads_words(drill))
        acts = ngettext("{count} act late", "{count} acts late", late).format(count=late) if late else ""
        clock = _("this computer's clock stands {span} before the last entry: set it right").format(span=formats.span(back)) if back else ""
        return _(" · ").join(part for part in (clock, told, acts, _("injects go out by the clock") if by_clock else "") if part)
    lacking = [label(one) for one in board.lacking]
    return _("still to come: {what}").format(what=_(", ").join(lacking)) if lacking else _("everything is there")
