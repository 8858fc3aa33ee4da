"""Warns when the clock of this machine stands before the newest line of the log: offline clocks drift or are set back.

Lines stand in the order of their entry, whatever the clock says; only the times told would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _

SLACK = timedelta(seconds=2)  # two desks at one store never agree to the second


def warn_of_clock(place: Workplace, recorded: Iterable[datetime], now: datetime) -> None:
    """Tell it in the notice bar, where it stays until the clock is right or the warning is put away; once for each newest line."""
    newest = max(recorded, default=None)
    is_back = newest is not None and now < newest - SLACK
    if not is_back:
        if place.clock_told is not None and place.window.notices.notice is place.clock_told[1]:
            place.window.notices.clear()
        place.clock_told = None
        return
    assert newest is not None
    if place.clock_told is not None and place.clock_told[0] == newest:
        return
    words = _("The clock of this machine says {now}, but the newest line of the log was written at {newest}. Set the clock right; until then "
              "lines stand in the order they were entered.").format(now=formats.date_time(now), newest=formats.date_time(newest))
    notice = Notice(words, Tone.RED, Shape.LATE, stays=True)
    place.clock_told = (newest, notice)
    place.window.notices.tell(notice)
