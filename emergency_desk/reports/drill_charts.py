"""The charts of an evaluation report: the timeline planned against actual, how long acts took against their limits, the share by aspect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_scoring import InjectTimes
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Bar, Bars
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import after_start, clock_time, minutes_told, span

_MINUTE, _NOTHING = timedelta(minutes=1), timedelta(0)


def timeline(board: DrillBoard) -> Iterator[Bars]:
    """Yield each inject from its release to the act upon it by the drill's own clock, with a tick where the script had it."""
    went = {one.inject.id: one.inject.at_minutes * _MINUTE + one.late_by for one in board.times if one.late_by is not None}
    if not went:
        return
    last = max([*(went.get(one.inject.id, _NOTHING) + (one.took or _NOTHING) for one in board.times),
                *(one.inject.at_minutes * _MINUTE for one in board.times), _MINUTE])
    bars = []
    for one in board.times:
        out, start = one.inject.released_at, went.get(one.inject.id, _NOTHING)
        bars.append(Bar(
            label=f"{one.inject.number} {one.inject.to_whom}", value=clock_time(out) if out is not None else _("not released"),
            start=start / last, length=one.took / last if one.took is not None else 0.004 if out else 0,
            tick=one.inject.at_minutes * _MINUTE / last))
    yield Bars(_("From release to act; the tick is the minute of the script"), tuple(bars), after_start(0), after_start(round(last / _MINUTE)))


def latencies(board: DrillBoard) -> Iterator[Bars]:
    """Yield how long acts took, with a tick at the limit; a hollow bar went beyond it."""
    took = [one for one in board.times if one.took is not None]
    if not took:
        return
    most = max([*(one.took or _MINUTE for one in took), *(_limit(one) for one in took), _MINUTE])
    bars = tuple(Bar(label=f"{one.inject.number} {one.inject.to_whom}", value=minutes_told(one.took or timedelta(0)),
                     length=(one.took or _MINUTE) / most, tick=_limit(one) / most if one.inject.limit_minutes is not None else None,
                     is_over=one.is_met is False) for one in took)
    yield Bars(_("How long acts took; the tick is the limit, a hollow bar is late"), bars, "0", span(most))


def aspects(board: DrillBoard, paper: PaperSettings) -> Iterator[Bars]:
    """Yield the share of each aspect that has points."""
    bars = tuple(Bar(label=in_paper(one.name, paper), value=f"{one.points}/{one.most}  {one.share:.0f} %", length=one.share / 100)
                 for one in board.assessment.aspects if one.share is not None)
    if bars:
        yield Bars(_("Share of the points by aspect"), bars, "0", "100 %")


def _limit(one: InjectTimes) -> timedelta:
    return (one.inject.limit_minutes or 0) * _MINUTE
