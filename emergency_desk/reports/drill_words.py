"""What the papers of a drill share: its facts, chapters, and the script and what happened as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_scoring import InjectTimes
from emergency_desk.domain.drills import DrillForm, DrillStep
from emergency_desk.domain.mending import Closure
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import CHINESE, _, current_language, ngettext, pgettext
from emergency_desk.wording.drill_labels import done_words, of_inject
from emergency_desk.wording.formats import after_start, clock_time, date_time, minutes_told, number
from emergency_desk.wording.labels import field_label, label

_COUNTED = "〇一二三四五六七八九十"
BLANK = "________"


def chapter(place: int, title: str) -> str:
    """Return the heading of a chapter as the language numbers it."""
    return f"{_COUNTED[place]}、{title}" if current_language() == CHINESE else f"{place}. {title}"


def form_letter(form: DrillForm) -> str:
    """Return which form of AQ/T 9009-2015 a drill is evaluated by."""
    return "B" if form is DrillForm.TABLETOP else "A"


def heading_lines(board: DrillBoard) -> tuple[str, ...]:
    """Return what stands below the title of a paper: the drill, its number and when it is held."""
    drill = board.drill
    return drill.title, _("{number} · {when}").format(number=drill.number, when=date_time(drill.started_at or drill.planned_at))


def closure_words(counted: Closure) -> str:
    """Return how far findings are mended: "6 findings, 4 verified (66.7 %), 0 late; mended within 12 days in the mean"."""
    share = "—" if counted.share is None else f"{100 * counted.share:.1f} %"
    told = ngettext("{total} finding, {closed} verified ({share}), {late} late.", "{total} findings, {closed} verified ({share}), {late} late.",
                    counted.total).format(total=counted.total, closed=counted.closed, share=share, late=counted.late)
    if counted.mean_days is None:
        return told
    days = ngettext("Put right in {days} day on average.", "Put right in {days} days on average.", round(counted.mean_days)).format(
        days=f"{counted.mean_days:.1f}")
    return sentences((told, days))


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one after another, as the language sets them."""
    return ("" if current_language() == CHINESE else " ").join(parts)


def facts(board: DrillBoard, paper: PaperSettings) -> Iterator[tuple[str, str]]:
    """Yield what a drill is, as (name, value)."""
    drill = board.drill
    yield _("Drill"), f"{drill.title} {drill.number}"
    yield field_label("plan_code"), f"{in_paper(board.plan_title, paper)} {drill.plan_version}".strip() or _("none")
    if board.objects:
        yield _("Rehearsed besides the plan"), _(", ").join(board.objects)
    yield _("Kind of drill"), _(", ").join(label(one) for one in (drill.form, drill.scope, drill.purpose, drill.notice))
    yield field_label("planned_at"), date_time(drill.planned_at)
    if drill.started_at is not None:
        ended = date_time(drill.ended_at) if drill.ended_at is not None else BLANK
        yield pgettext("drill", "Held"), f"{date_time(drill.started_at)} – {ended}"
    yield field_label("place"), drill.place or BLANK
    yield field_label("expected_heads"), number(drill.expected_heads) if drill.expected_heads is not None else BLANK
    if drill.counted_heads is not None:
        yield _("Counted at the end"), number(drill.counted_heads)


def script_rows(board: DrillBoard) -> Iterator[tuple[str, ...]]:
    """Yield the script: number, time, to whom, text, expected act, limit."""
    for inject in board.injects:
        limit = _("{minutes} min").format(minutes=inject.limit_minutes) if inject.limit_minutes is not None else "—"
        yield str(inject.number), after_start(inject.at_minutes), inject.to_whom, inject.text, inject.expected or "—", limit


def log_rows(board: DrillBoard) -> Iterator[tuple[str, ...]]:
    """Yield what happened: time, with the day where it is not the drill's, what, who, words."""
    injects = {inject.id: inject for inject in board.injects}
    day = local_day(board.drill.started_at or board.drill.planned_at)
    for mark in board.marks:
        inject = injects.get(mark.about_id) if mark.about_id is not None else None
        done = done_words(mark.step)
        what = done if inject is None else of_inject(done, inject.number, went_out=mark.step is DrillStep.RELEASED)
        heads = _("{count} heads").format(count=number(mark.heads)) if mark.heads is not None else ""
        at = clock_time(mark.occurred_at) if local_day(mark.occurred_at) == day else date_time(mark.occurred_at)
        who, said = ("", f"{mark.person.rpartition('-')[2]} {mark.text}") if mark.step is DrillStep.FOUND else (mark.person, mark.text)
        yield at, what, who or "—", _("; ").join(part for part in (said, heads) if part) or "—"


def times_row(times: InjectTimes) -> tuple[str, ...]:
    """Return what was measured of one inject: planned, went out, late by, act after, limit, kept or not."""
    inject = times.inject
    met = "—" if times.is_met is None else pgettext("limit", "kept") if times.is_met else pgettext("limit", "not kept")
    return (
        str(inject.number), inject.to_whom, after_start(inject.at_minutes), _went_out(times),
        minutes_told(times.took) if times.took is not None else "—",
        _("{minutes} min").format(minutes=inject.limit_minutes) if inject.limit_minutes is not None else "—", met)


def _went_out(times: InjectTimes) -> str:
    """Return when an inject went out, by the clock on the wall and by the minutes the drill had run."""
    out, late = times.inject.released_at, times.late_by
    if out is None or late is None:
        return _("not released")
    return _("{time} ({minute})").format(time=clock_time(out), minute=after_start(times.inject.at_minutes + late // timedelta(minutes=1)))
