"""Tells the lines of reports as acts of a walk. Who signed and who received becomes a stand-in; what the record drafts by itself is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import IncidentState, LogEntry
from emergency_desk.domain.reports import Report, ReportDue
from emergency_desk.domain.walks import YES
from emergency_desk.errands.walk_scrubbing import Scrubber
from emergency_desk.wording.labels import label

Arguments = dict[str, str | tuple[str, ...]]
Act = tuple[str, Arguments, dict[str, datetime]]
_TYPED = ("outlook", "requests")  # elements nobody can draw from the record; the others are drafted anew


class ReportTelling:
    """Ask it for the acts of one line."""

    def __init__(self, reports: Iterable[Report], dues: Iterable[ReportDue], scrub: Scrubber, *, person: Callable[[str], str],
                 speaker: Callable[[str], str]) -> None:
        self._reports = {report.id: report for report in reports}
        self._dues = {due.id: due for due in dues}
        self._scrub, self._person, self._speaker = scrub, person, speaker

    def of_report(self, entry: LogEntry) -> Iterator[Act]:
        """Yield the act that wrote a line about a report; that a late change lies outside its window is noted by itself."""
        what, report = entry.value("what"), self._reports.get(entry.about_id or Id(""))
        if what == "may_become_major":
            yield "may_become_major", {"reason": self._scrub(entry.text)}, {}
        elif report is not None and what == "received":
            yield "report_receipt", {**_which(report), **self._taken(entry)}, {"received": entry.occurred_at}
        elif report is not None and what == "heard":
            yield "heard_report", {**_which(report), **self._taken(entry), "signer": self._person(report.signer),
                                   "heard_from": self._speaker(report.heard_from), "how": report.how,
                                   "text": self._scrub(report.element("nature").text)}, {"sent": entry.occurred_at}
        elif report is not None and what == "sent":
            drafted = {label(state) for state in IncidentState}
            typed = {name: self._scrub(text) for name in _TYPED if (text := report.element(name).text) not in drafted}
            yield "report", {**_which(report), **self._taken(entry), "signer": self._person(report.signer),
                             "signer_post": report.signer_post, **typed}, {"sent": entry.occurred_at}

    def of_skip(self, entry: LogEntry) -> Iterator[Act]:
        """Yield the act that said why a report is not sent."""
        due = self._dues.get(entry.about_id or Id(""))
        if due is not None:
            yield "skip_report", {**_which(due), "reason": self._scrub(entry.text)}, {}

    def _taken(self, entry: LogEntry) -> Arguments:
        return {"received_by": self._person(entry.value("received_by")), "read_back": YES if entry.value("read_back") == YES else ""}


def _which(each: Report | ReportDue) -> Arguments:
    return {"from": each.from_tier.value, "to": each.to_tier.value, "channel": each.channel.value, "kind": each.kind.value,
            "family": each.family.value}
