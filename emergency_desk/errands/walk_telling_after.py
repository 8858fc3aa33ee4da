"""Tells the lines of aftermath and findings as acts of a walk. Owners and verifiers are people: they become their part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from emergency_desk.domain import aftermath
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, LogEntry
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, Finding
from emergency_desk.errands.walk_scrubbing import SOMEBODY, Scrubber
from emergency_desk.errands.walk_telling_supplies import SupplyTelling

_OWNER, _VERIFIER = "责任人", "验收人"
Arguments = dict[str, str | tuple[str, ...]]
Act = tuple[str, Arguments, dict[str, datetime]]


class AfterTelling:
    """Ask it for the acts of one line."""

    def __init__(
        self, items: Iterable[AftermathItem], findings: Iterable[Finding], scrub: Scrubber, supplies: SupplyTelling | None = None,
    ) -> None:
        self._items = {item.id: item for item in items}
        self._supplies = supplies
        self._findings = {finding.id: finding for finding in findings}
        self._scrub = scrub
        self._early = ""  # the reason of an archive while things were open; its line stands before the archive's own

    def acts(self, entry: LogEntry) -> list[Act] | None:
        """Return the acts that wrote a line: none for what another act brings about, None where no act says it."""
        if entry.happening is Happening.STOCK:
            return self._supplies.acts(entry) if self._supplies is not None else None
        if self._supplies is not None and entry.about_id in self._supplies.settled_by_itself:
            return []
        return list(self.of_item(entry) if entry.happening is Happening.AFTERMATH else self.of_finding(entry))

    def of_item(self, entry: LogEntry) -> Iterator[Act]:
        """Yield the act that wrote a line of the aftermath."""
        item = self._items.get(entry.about_id or Id(""))
        step, text = entry.value("step"), self._scrub(entry.text)
        if item is None:
            return
        about: Arguments = {"kind": item.kind.value, "title": self._scrub(item.title)}
        if step == "added":
            yield from self._added(item, about)
        elif step in ("assigned", "delayed"):
            due = {} if item.due_at is None else {"due": item.due_at}
            yield "aftermath_assign", {**about, "owner": SOMEBODY, "note": text}, due
        elif step == "archived_early":
            self._early = text
        elif step == "done" and item.kind is AftermathKind.ARCHIVE:
            yield "archive", {"note": text, "override": self._early}, {}
        elif step == "reopened":
            yield "aftermath_reopen", {**about, "reason": text}, {}
        elif step == "dropped":
            yield "aftermath_drop", {**about, "reason": text}, {}
        else:
            yield "aftermath_done", {**about, "note": text}, {}

    def of_finding(self, entry: LogEntry) -> Iterator[Act]:
        """Yield the act that wrote a line about a finding; it is named by its problem, because numbers go on counting."""
        finding = self._findings.get(entry.about_id or Id(""))
        if finding is None:
            return
        problem, text = self._scrub(finding.problem), self._scrub(entry.text)
        about: Arguments = {"finding": problem}
        acts: dict[str, tuple[str, Arguments]] = {
            "added": ("finding_add", self._whole(finding, problem)), "mending": ("finding_begin", about),
            "done": ("finding_done", {**about, "evidence": text}), "verified": ("finding_verify", {**about, "verifier": _VERIFIER, "note": text}),
            "returned": ("finding_back", {**about, "reason": text}), "dropped": ("finding_drop", {**about, "reason": text}),
            "reopened": ("finding_reopen", {**about, "reason": text}),
        }
        if entry.value("step") in acts:
            yield (*acts[entry.value("step")], {})

    def _added(self, item: AftermathItem, about: Arguments) -> Iterator[Act]:
        owed = next((one for one in aftermath.REQUISITIONED if one.kind is item.kind and item.title.startswith(f"{one.title.zh}：")), None)
        counted: Arguments = {"quantity": "" if item.quantity is None else str(item.quantity), "unit": item.unit}
        if owed is None:
            due = {} if item.due_at is None else {"due": item.due_at}
            yield "aftermath_add", {**about, **counted, "owner": SOMEBODY if item.owner else ""}, due
        elif item.kind is AftermathKind.RETURN:  # it brings the compensation with it
            what = self._scrub(item.title.removeprefix(f"{owed.title.zh}："))
            yield "requisition", {"what": what, "from_whom": SOMEBODY, **counted}, {}

    def _whole(self, finding: Finding, problem: str) -> Arguments:
        return {"problem": problem, "class": finding.kind.value, "clause": finding.clause, "owner": _OWNER if finding.owner else "",
                "measure": self._scrub(finding.measure), "funds": "" if finding.funds_yuan is None else str(finding.funds_yuan),
                "due": finding.due_on.isoformat() if finding.due_on else "", "interim": self._scrub(finding.interim)}
