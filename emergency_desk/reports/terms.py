"""Words that stand on several papers."""

from __future__ import annotations

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.incidents import LogEntry
from emergency_desk.domain.teams import HowHeard
from emergency_desk.domain.texts import Text
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label
from emergency_desk.wording.log_lines import told


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
