"""What follows an incident: what is owed and settled, how the plan was carried out, how punctual it was, and its findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.after_sheets import SummaryPart
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.purging import PurgeCheck
from emergency_desk.domain.recovery import AftermathItem, AftermathState, Finding
from emergency_desk.domain.review import Review
from emergency_desk.errands.papers import AFTERMATH, FINDING_LIST, SUMMARY
from emergency_desk.services import after_papers, purging
from emergency_desk.services.desk import Desk
from emergency_desk.services.review import review
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.after_asking import AfterAsking
from emergency_desk.ui.incidents.after_erasing import ERASING, Erasing
from emergency_desk.ui.incidents.after_lines import (
    SUGGESTED,
    action_lines,
    finding_lines,
    in_words,
    item_lines,
    open_item,
    punctuality,
    suggestion_lines,
)
from emergency_desk.ui.incidents.finding_steps import FindingSteps
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import AFTER, FINDINGS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.labels import label
from emergency_desk.wording.review_words import told_plan

_HERE = (AFTER,)
_Read = tuple[Review, dict[SummaryPart, str], tuple[Id, PurgeCheck | None] | None]
_SUBJECTS = frozenset({Subject.INCIDENT, Subject.AFTERMATH, Subject.FINDING, Subject.TASK, Subject.DISPATCH, Subject.REPORT_DUE})
ACTIONS = (
    Action("after_next", N_("Do the next thing owed"), "next_act", "Ctrl+Return", _HERE, short=N_("next act")),
    Action("after_owed", N_("Go to what is owed"), "go_owed", "Alt+O", _HERE, short=N_("owed")),
    Action("after_plan", N_("Go to the plan's actions"), "go_plan", "Alt+P", _HERE, short=N_("plan")),
    Action("after_findings", N_("Go to the findings"), "go_findings", "Alt+F", _HERE, short=N_("findings")),
    Action("after_add_finding", N_("Add a finding"), "add_finding", "Alt+N", _HERE, short=N_("new finding")),
    Action("after_add", N_("Add something owed or to be settled"), "add_item", "Alt+A", _HERE, short=N_("add")),
    Action("after_requisition", N_("Record what was requisitioned"), "add_requisition", "Alt+Q", _HERE, in_bar=False),
    Action("after_assign", N_("Say who owes the chosen thing"), "assign_item", "", _HERE, in_bar=False),
    Action("after_drop", N_("Say that the chosen thing is not owed"), "drop_item", "", _HERE, in_bar=False),
    Action("after_archive", N_("Archive the incident"), "archive", "", _HERE, in_bar=False),
    Action("after_words", N_("Write the summary's own words"), "write_words", "Alt+W", _HERE, short=N_("words")),
    Action("after_summary", N_("Preview the summary of the rescue"), "print_paper", "F9", _HERE, short=N_("print")),
    Action("after_print_list", N_("Preview aftermath and settlement"), "print_list", "", _HERE, in_bar=False),
    Action("after_print_findings", N_("Preview the rectification list of the incident"), "print_findings", "", _HERE, in_bar=False),
    Action("after_all_findings", N_("All findings of the desk"), "all_findings", "Alt+L", _HERE, in_bar=False),
    Action("after_replay", N_("Replay the incident"), "replay", "Alt+R", _HERE, short=N_("replay")),
    Action("after_leave", N_("Back to the room"), "leave", "Escape", _HERE, short=N_("back"), in_bar=False),
)


class AfterPage(LivePage, Erasing):
    """Turn it with `show_incident`."""

    subjects = _SUBJECTS

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register((*ACTIONS, *ERASING))
        self._incident_id: Id | None = None
        self._seen: Review | None = None
        self._words: dict[SummaryPart, str] = {}
        work = RoomWork(place)
        self._build_lists()
        self.item_form, self.finding_form = InlineForm(), InlineForm()
        self.asking, self.steps = AfterAsking(work, self.item_form), FindingSteps(work, self.finding_form)
        self._lay_out()

    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident; forms of the one before are put away."""
        if incident_id != self._incident_id:
            self._incident_id, self._seen = incident_id, None
            self.item_form.put_away()
            self.finding_form.put_away()
        self.forget()
        self.owed.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def incident_id(self) -> Id | None:
        """The incident that is shown."""
        return self._incident_id

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], _Read] | None:
        desk, incident_id = self.place.desk, self._incident_id
        return None if incident_id is None else lambda: _read(desk, incident_id)

    def show_read(self, answer: _Read) -> None:
        self._seen, self._words, proved = answer
        now = self.now()
        self.show_erasing(tuple(self._seen.items), proved, now)
        self._show_head(self._seen, now)
        self.owed.show_lines(list(item_lines(self._seen, now)))
        self.owed_panel.set_head(note=_("{open} of {all} open").format(open=self._seen.open_items, all=len(self._seen.items)))
        self.plan_lines.show_lines(list(action_lines(self._seen)))
        self.plan_told.setText(told_plan(self._seen.plan))
        self.punctual.setText(punctuality(self._seen))
        today = local_day(now)
        self.findings.show_lines([*finding_lines(self._seen.findings, today), *suggestion_lines(self._seen.proposals)])
        self.findings_panel.set_head(note=_("{count} · suggested {more}").format(count=len(self._seen.findings), more=len(self._seen.proposals)))
        self._choose_open_item()
        self.place.window.keys.rebuild()

    def _choose_open_item(self) -> None:
        """Let the cursor begin at what is to be done next, never at a heading."""
        item = open_item(self._seen) if self._seen is not None else None
        if item is not None and self._chosen_item is None:
            self.owed.choose(item.id)

    def refused(self, error: DeskError) -> None:
        super().refused(error)
        if isinstance(error, NotFound):
            self.place.window.show_page_before()

    def tick(self) -> None:
        if self._seen is not None:
            now = self.now()
            self._show_head(self._seen, now)
            self.owed.show_lines(list(item_lines(self._seen, now)))

    def _show_head(self, seen: Review, now: datetime) -> None:
        incident = seen.incident
        self.title.setText(incident.title)
        closed = formats.age(incident.closed_at, now=now) if incident.closed_at is not None else _("still running")
        self.number.setText(_("{number} · {state} · {closed}").format(number=incident.number, state=label(incident.state), closed=closed))
        item = open_item(seen)
        if item is not None:
            owner = seen.owner(item).in_language(current_language())
            self.next_words.setText(_("Next: {title}, {owner}").format(title=in_words(item.title, item.title_en), owner=owner or "—"))
        elif seen.items:
            self.next_words.setText(_("Nothing is owed any more."))
        else:
            self.next_words.setText(_("What is owed is listed when the incident closes."))
        self.act.setVisible(item is not None)
        self.act.set_words(_("Archive…") if item is not None and item.kind == "archive" else _("Done…"))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        if self._seen is None:
            return action_id == "after_leave"
        if action_id == "after_next":
            return open_item(self._seen) is not None or self._open_form is not None
        if action_id in ("after_assign", "after_drop"):
            return self._chosen_item is not None
        return True

    def next_act(self) -> None:
        """End the next thing that is owed, or do what the open form asks."""
        form = self._open_form
        if form is not None:
            form.submit()
        elif self._seen is not None and (item := open_item(self._seen)) is not None:
            self.owed.choose(item.id)
            self.asking.end(item)

    def go_owed(self) -> None:
        """Go to what is owed."""
        self.owed.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_plan(self) -> None:
        """Go to the plan's actions."""
        self.plan_lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_findings(self) -> None:
        """Go to the findings."""
        self.findings.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_finding(self) -> None:
        """Ask for a new finding."""
        if self._incident_id is not None:
            self.steps.add(incident_id=self._incident_id)

    def add_item(self) -> None:
        """Ask for something owed or to be settled."""
        if self._incident_id is not None:
            self.asking.add(self._incident_id)

    def add_requisition(self) -> None:
        """Ask what was requisitioned."""
        if self._incident_id is not None:
            self.asking.requisition(self._incident_id)

    def assign_item(self) -> None:
        """Ask who owes the chosen thing."""
        if self._chosen_item is not None:
            self.asking.assign(self._chosen_item)

    def drop_item(self) -> None:
        """Ask why the chosen thing is not owed."""
        if self._chosen_item is not None:
            self.asking.drop(self._chosen_item)

    def archive(self) -> None:
        """Archive the incident."""
        if self._incident_id is not None:
            self.asking.archive(self._incident_id)

    def write_words(self) -> None:
        """Ask for what the summary says besides the record."""
        if self._incident_id is not None:
            self.asking.words(self._incident_id, self._words)

    def print_paper(self) -> None:
        """Preview the summary of the rescue."""
        self._print(SUMMARY)

    def print_list(self) -> None:
        """Preview what is owed and settled."""
        self._print(AFTERMATH)

    def print_findings(self) -> None:
        """Preview the findings of the incident."""
        self._print(FINDING_LIST)

    def all_findings(self) -> None:
        """Open the findings of the whole desk."""
        self.place.window.show_page(FINDINGS)

    def replay(self) -> None:
        """Replay the incident."""
        if self._incident_id is not None:
            self.place.open_replay(self._incident_id)

    def leave(self) -> None:
        """Go back to the room."""
        if self._incident_id is not None:
            self.place.open_room(self._incident_id)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _print(self, name: str) -> None:
        if self._incident_id is not None:
            self.place.print_register(name, self._incident_id)

    @property
    def _open_form(self) -> InlineForm | None:
        return next((form for form in (self.item_form, self.finding_form) if form.isVisible()), None)

    @property
    def _chosen_item(self) -> AftermathItem | None:
        return self._item(self.owed.current_key)

    def _item(self, key: str) -> AftermathItem | None:
        return next((item for item in self._seen.items if item.id == key), None) if self._seen is not None else None

    def _finding(self, key: str) -> Finding | None:
        return next((finding for finding in self._seen.findings if finding.id == key), None) if self._seen is not None else None

    def _item_key(self, name: str, key: str) -> None:
        item = self._item(key)
        if item is None:
            return
        if name == "end":
            self.asking.end(item)
        elif item.state is not AftermathState.OPEN:
            self.asking.reopen(item)
        elif name == "assign":
            self.asking.assign(item)
        else:
            self.asking.drop(item)

    def _finding_opened(self, key: str) -> None:
        finding = self._finding(key)
        if finding is not None:
            self.steps.go_on(finding)
        elif key.startswith(SUGGESTED) and self._seen is not None and self._incident_id is not None:
            about = key.removeprefix(SUGGESTED)
            found = next((each for each in self._seen.proposals if each.about_id == about), None)
            if found is not None:
                self.steps.add(incident_id=self._incident_id, proposal=found)

    def _finding_key(self, name: str, key: str) -> None:
        finding = self._finding(key)
        if finding is not None:
            {"edit": self.steps.edit, "back": self.steps.send_back, "drop": self.steps.drop}[name](finding)

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _build_lists(self) -> None:
        two = (Column(stretch=True, wrap=True), Column(most=120, right=True))
        keys = {Qt.Key.Key_Space: "end", Qt.Key.Key_A: "assign", Qt.Key.Key_D: "drop"}
        self.owed = KeyedList(two, keys, row_height=28, ruled=True, empty=_(
            "Loss survey, recovery plan, lessons, relief, settlement, archive: laid when the incident closes. Alt+A adds one now."))
        self.owed.setAccessibleName(_("Owed: Space done, A assign, D not owed"))
        self.owed.opened.connect(lambda key: self._item_key("end", key))
        self.owed.key_pressed.connect(self._item_key)
        self.plan_lines = KeyedList((Column(stretch=True, wrap=True), Column(most=150, right=True)), {}, row_height=26, ruled=True, empty=_(
            "The plan's actions appear here with what became of them; this incident was worked without a plan."))
        self.plan_lines.setAccessibleName(_("Plan against actual"))
        marks = {Qt.Key.Key_E: "edit", Qt.Key.Key_B: "back", Qt.Key.Key_D: "drop"}
        self.findings = KeyedList((Column(stretch=True, wrap=True), Column(most=110, right=True)), marks, row_height=28, ruled=True, empty=_(
            "What is to be put right stays here until somebody else has verified it. Alt+N adds the first."))
        self.findings.setAccessibleName(_("Findings: Enter goes on, E edit, B send back, D drop"))
        self.findings.opened.connect(self._finding_opened)
        self.findings.key_pressed.connect(self._finding_key)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self._head())
        self.owed_panel, self.plan_panel = Panel(_("Owed afterwards")), Panel(_("Plan against actual"))
        self.findings_panel, self.punctual_panel = Panel(_("Findings")), Panel(_("Punctuality"))
        self.owed_panel.add_list(self.owed, 1)
        self.owed_panel.body.addWidget(self.erasing_buttons())
        self.owed_panel.body.addWidget(self.item_form)
        self.plan_told = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.plan_panel.body.addWidget(self.plan_told)
        self.plan_panel.add_list(self.plan_lines, 1)
        self.punctual = text_label(tone=Tone.TEXT, size="small", wrap=True)
        self.punctual_panel.body.addWidget(self.punctual)
        self.findings_panel.add_list(self.findings, 1)
        self.findings_panel.body.addWidget(self.finding_form)
        columns = across(self.owed_panel, self.plan_panel, shares=(36, 30))
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.punctual_panel)
        right.addWidget(self.findings_panel, 1)
        holder = QWidget()
        right.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(right)
        columns.addWidget(holder, 34)
        whole.addLayout(columns, 1)

    def _head(self) -> Panel:
        head = Panel()
        self.title, self.number = ElidedLabel("", size="title", strong=True), ElidedLabel("", tone=Tone.SECONDARY)
        self.next_words = ElidedLabel("", tone=Tone.SECONDARY)
        self.act = KeyButton(_("Done…"), "Ctrl+Return", filled=True)
        self.act.clicked.connect(self.next_act)
        replay = KeyButton(_("Replay"), "Alt+R")
        replay.clicked.connect(self.replay)
        summary = KeyButton(_("Summary"), "F9")
        summary.clicked.connect(self.print_paper)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.title, 3)
        top.addWidget(self.number, 2)
        for part in (replay, summary):
            top.addWidget(part)
        below.addWidget(self.next_words, 1)
        below.addWidget(self.act)
        head.body.addLayout(top)
        head.body.addLayout(below)
        return head


def _read(desk: Desk, incident_id: Id) -> _Read:
    return (review(desk, incident_id=incident_id), dict(after_papers.summary_words(desk, incident_id=incident_id)),
            purging.newest_check(desk, incident_id=incident_id))
