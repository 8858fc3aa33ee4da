"""Words that stand on several papers."""

from __future__ import annotations

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.incidents import Figures, LogEntry
from emergency_desk.domain.teams import HowHeard
from emergency_desk.domain.texts import Text
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.log_lines import told

PEOPLE = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate", "at_risk")


def known_figures(figures: Figures) -> str:
    """Return the figures that are known, each with its name; an unknown one is left out, never 0 (R-2.1)."""
    known = [_figure(name, number(count)) for name in PEOPLE if (count := getattr(figures, name)) is not None]
    if figures.loss_yuan is not None:
        known.append(_figure("loss_yuan", number(figures.loss_yuan)))
    if figures.hectares is not None:
        known.append(_figure("hectares", number(figures.hectares, decimals=1)))
    return "    ".join(known)


def _figure(name: str, count: str) -> str:
    return _("{figure}: {count}").format(figure=field_label(name), count=count)


def how_heard(how: str) -> str:
    """Return the words for a channel, or what somebody typed in its place."""
    return label(HowHeard(how)) if how in set(HowHeard) else how


def writer(line: LogLine) -> Text:
    """Return who wrote a log line."""
    return Text(line.account_name, line.account_name_en)


def said(entry: LogEntry, numbers: dict[str, int]) -> str:
    """Return what a log line tells; a correction begins with the number of the line it corrects."""
    if entry.corrects_id is None:
        return told(entry)
    if entry.corrects_id in numbers:
        return _("Corrects no. {number}: {text}").format(number=numbers[entry.corrects_id], text=entry.text)
    return _("Corrects an earlier line: {text}").format(text=entry.text)
