"""All findings of the desk, of incidents and drills alike, the earliest due first. Enter goes on with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.mending import UNDER_WAY, closure
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.domain.recovery import Finding, FindingState
from emergency_desk.errands.papers import FINDING_LIST
from emergency_desk.services import findings
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.after_lines import finding_lines
from emergency_desk.ui.incidents.finding_steps import FindingSteps
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import FINDINGS, INCIDENTS, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext, pgettext
from emergency_desk.wording.labels import label

_HERE = (FINDINGS,)
UNDER, LATE, VERIFIED, ALL = "under", "late", "verified", "all"
ACTIONS = (
    Action("findings_add", N_("Add a finding"), "add_finding", "Alt+N", _HERE, short=N_("new finding")),
    Action("findings_filter", N_("Filter the findings"), "go_filter", "Ctrl+F", _HERE, short=N_("filter")),
    Action("findings_incident", N_("Open the incident of the chosen finding"), "open_incident", "Alt+I", _HERE, short=N_("incident")),
    Action("findings_print", N_("Preview the rectification list"), "print_list", "F9", _HERE, short=N_("print")),
    Action("findings_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class FindingsRead:
    """What one reading found: the findings, the number of the incident or drill of each, what became of it in its plan, what goes up a tier."""

    findings: tuple[Finding, ...]
    numbers: dict[str, str]
    in_plans: dict[Id, PlanSuggestion]  # what became of it in its plan
    raised: dict[Id, Tier]  # where what is overdue goes up to, as it was read


class FindingsPage(LivePage):
    """The list with its filter, chips and form."""

    subjects = frozenset({Subject.FINDING})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._read: FindingsRead | None = None
        self.which = UNDER
        keys = {Qt.Key.Key_E: "edit", Qt.Key.Key_B: "back", Qt.Key.Key_D: "drop"}
        self.lines = KeyedList((Column(_("Finding"), stretch=True, wrap=True), Column(_("State"), width=190),
                                Column(_("Due"), width=130, right=True)), keys, row_height=30, ruled=True, header=True, empty=_(
                                    "Nothing is to be mended here. Findings come from what follows an incident, from drills, and by Alt+N."))
        self.lines.setAccessibleName(_("Findings: Enter goes on, E edit, B send back, D drop"))
        self.lines.opened.connect(lambda key: self._on(key, "go_on"))
        self.lines.key_pressed.connect(lambda name, key: self._on(key, name))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by words, number, owner or unit"))
        self.filter.setAccessibleName(_("Filter"))
        self.filter.textChanged.connect(lambda _text: self._show())
        self.filter.returnPressed.connect(lambda: self.lines.setFocus(Qt.FocusReason.OtherFocusReason))
        self.form = InlineForm()
        self.steps = FindingSteps(RoomWork(place), self.form)
        self._lay_out()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], FindingsRead]:
        desk = self.place.desk
        return lambda: _read(desk)

    def show_read(self, answer: FindingsRead) -> None:
        self._read = answer
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place.window.rail.mark(INCIDENTS)

    def tick(self) -> None:
        self._show()

    def choose(self, which: str) -> None:
        """Show those under way, the late ones, the verified ones, or all."""
        self.which = which
        self._show()

    def _show(self) -> None:
        if self._read is None:
            return
        today, raised = local_day(self.now()), self._read.raised
        shown = [finding for finding in self._read.findings if self._is_wanted(finding, today) and self._is_found(finding)]
        plain = list(finding_lines(shown, today, numbers=self._read.numbers, in_plans=self._read.in_plans))
        self.lines.show_lines([Line(each.key, (each.cells[0], _state(finding, raised), each.cells[1])) for each, finding in
                               zip(plain, shown, strict=True)])
        self.lines.choose_first()
        counted = closure(self._read.findings, today=today)
        share = "—" if counted.share is None else f"{100 * counted.share:.1f} %"
        told = ngettext("{total} finding · {closed} verified ({share}) · {late} late",
                        "{total} findings · {closed} verified ({share}) · {late} late", counted.total).format(
                            total=counted.total, closed=counted.closed, share=share, late=counted.late)
        mean = _("put right in {days} days on average").format(days=f"{counted.mean_days:.1f}") if counted.mean_days is not None else ""
        self.panel.set_head(note=_(" · ").join(part for part in (told, mean) if part))
        for name, chip in self.chips.items():
            chip.set_filled(name == self.which)
        self.place.window.keys.rebuild()

    def _is_wanted(self, finding: Finding, today: date) -> bool:
        if self.which == LATE:
            return finding.is_late_on(today)
        if self.which == VERIFIED:
            return finding.state is FindingState.VERIFIED
        return self.which == ALL or finding.state in UNDER_WAY

    def _is_found(self, finding: Finding) -> bool:
        number = self._read.numbers.get(str(finding.id), "") if self._read is not None else ""
        told = " ".join((finding.number, finding.problem, finding.owner, finding.unit, finding.measure, number)).casefold()
        return all(word in told for word in self.filter.text().casefold().split())

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        if action_id == "findings_incident":
            finding = self._finding(self.lines.current_key)
            return finding is not None and finding.incident_id is not None
        return True

    def add_finding(self) -> None:
        """Ask for a finding that no incident of this desk stands behind."""
        self.steps.add(incident_id=None)

    def go_filter(self) -> None:
        """Go to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_incident(self) -> None:
        """Open what follows the incident of the chosen finding."""
        finding = self._finding(self.lines.current_key)
        if finding is not None and finding.incident_id is not None:
            self.place.open_after(finding.incident_id)

    def print_list(self) -> None:
        """Preview the list of the whole desk."""
        self.place.print_register(FINDING_LIST)

    def leave(self) -> None:
        """Go back; a filter goes first."""
        if self.filter.text():
            self.filter.clear()
        else:
            self.place.window.show_page_before()

    def _finding(self, key: str) -> Finding | None:
        return next((finding for finding in self._read.findings if finding.id == key), None) if self._read is not None else None

    def _on(self, key: str, name: str) -> None:
        finding = self._finding(key)
        if finding is not None:
            {"go_on": self.steps.go_on, "edit": self.steps.edit, "back": self.steps.send_back, "drop": self.steps.drop}[name](finding)

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.panel = Panel(_("Findings"))
        words = {UNDER: _("Under way"), LATE: _("Late"), VERIFIED: pgettext("finding", "Verified"), ALL: _("All")}
        self.chips = {name: KeyButton(text) for name, text in words.items()}
        line = across(self.filter, shares=(1,))
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, chosen=name: self.choose(chosen))
            line.addWidget(chip)
        self.panel.body.addLayout(line)
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        self.panel.body.addWidget(ElidedLabel(_("⏎ go on · E edit · B send back · D drop"), tone=Tone.SECONDARY, size="small"))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)


def _read(desk: Desk) -> FindingsRead:
    kept = tuple(findings.list_findings(desk, limit=10_000))
    return FindingsRead(kept, findings.source_numbers(desk, findings=kept),
                        findings.in_plans(desk, findings=kept), findings.raised(desk, found=kept))


def _state(finding: Finding, raised: Mapping[Id, Tier]) -> Cell:
    """Return the state; of one that is overdue, which tier it goes up to."""
    tier = raised.get(finding.id)
    if tier is not None:
        return Cell(_("overdue, up to: {tier}").format(tier=label(tier)), Tone.RED, size="small", hint=label(finding.state))
    return Cell(label(finding.state), Tone.SECONDARY, size="small")
