"""The page of a report that goes up: what it says at the left, as it will be printed or read out at the right; Ctrl+Enter sends it.

Drafted from the record, changed by hand where somebody knows better, sent with its gaps named and never stopped by them (R-2.1).
A report of a tier that does not sit at this desk is recorded as heard on the same page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.ladder_sheets import ReportSheet
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import Report, ReportFamily, ReportKind
from emergency_desk.errands import drafting as errand
from emergency_desk.services import drafts, reports
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents import report_lines
from emergency_desk.ui.incidents.call_parts import ChoiceBox
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.incidents.report_fields import Endings, ReportFields
from emergency_desk.ui.incidents.report_keys import ACTIONS
from emergency_desk.ui.incidents.report_reading import ReportAsked, ReportRead, read_due, read_report
from emergency_desk.ui.papers.paper_making import PaperMaking
from emergency_desk.ui.papers.paper_view import PaperView
from emergency_desk.ui.theme import PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import INCIDENTS, Workplace
from emergency_desk.wording import drafting
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.labels import label

_LEFT, _TYPING_MS = 470, 350


class ReportPage(LivePage):
    """Turn it with `show_due` or `show_incident`."""

    subjects = frozenset({Subject.REPORT, Subject.REPORT_DUE, Subject.INCIDENT, Subject.RESPONSE})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._read: Callable[[], ReportRead] | None = None
        self._shown: ReportRead | None = None
        self._is_new, self._has_sent = True, False
        self._build()
        self._lay_out()
        self.making = PaperMaking(place, self.view)
        self.making.made.connect(lambda preview: self._say_pages(preview.printed.pages))
        self.making.refused.connect(self.refused)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self._typed)
        place.window.acts.register(ACTIONS)

    # -- turning to a report -------------------------------------------------------------------------------------------
    def show_due(self, due_id: Id) -> None:
        """Turn to the report that a due asks for."""
        desk = self.place.desk
        self._turn_to(lambda: read_due(desk, due_id))

    def show_incident(self, incident_id: Id) -> None:
        """Turn to what an incident owes first, else to a new report about it."""
        self._ask(ReportAsked(incident_id))

    @property
    def incident_id(self) -> Id | None:
        """The incident the report is about."""
        return self._shown.asked.incident_id if self._shown else None

    def _ask(self, asked: ReportAsked) -> None:
        desk = self.place.desk
        self._turn_to(lambda: read_report(desk, asked))

    def _turn_to(self, read: Callable[[], ReportRead], *, is_sent: bool = False) -> None:
        self._keep_draft()
        self._read, self._is_new, self._has_sent = read, True, is_sent
        self.making.stop()
        self.forget()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], ReportRead] | None:
        return self._read

    def show_read(self, answer: ReportRead) -> None:
        if not self._is_new and self._shown is not None:  # an open form is never written over: only what stands around it
            self._shown = replace(self._shown, dues=answer.dues, sent=answer.sent, owed=answer.owed, now=answer.now)
            self._show_around()
            return
        if self._has_sent and (answer.owed is None or answer.owed.due.from_tier is not answer.own_tier):
            self._read, self._has_sent = None, False
            self.place.window.show_page_before()
            return
        self._shown, self._is_new, self._has_sent = answer, False, False
        self._fill(answer)
        self._show_around()
        self._show_paper()
        self.place.window.rail.mark(INCIDENTS)
        self.place.window.keys.rebuild()
        self._begin()

    def _begin(self) -> None:
        """Put the cursor where only a person can answer: who takes it, who signs it, who told it; when that is known, in the report."""
        name = "heard_from" if self.is_heard else "received_by" if self.is_phone else "signer"
        self.fields.focus_first() if self.endings.text(name) else self.endings.fields[name].setFocus()

    def _fill(self, answer: ReportRead) -> None:
        report = answer.sheet.report
        self.to_tier.offer([(tier.value, label(tier)) for tier in answer.upward], report.to_tier.value)
        self.kind.offer([(kind.value, drafting.report_name(kind, report.family)) for kind in _KINDS[report.family]], report.kind.value)
        self.title.setText(answer.typed.get("title", report.title))
        self.fields.show_elements(report.elements, answer.typed)
        for name in ("signer", "signer_post"):
            self.endings.fields[name].setText(answer.typed.get(name) or getattr(report, name))
        for name in ("heard_from", "received_by"):
            self.endings.fields[name].setText(answer.typed.get(name, ""))
        self.endings.read_back.setChecked(False)
        self.endings.show_for(is_phone=self.is_phone, is_heard=self.is_heard)
        self.title.setVisible(not self.is_phone)
        words = _("Record as heard") if self.is_heard else drafting.channel_act(report.channel)
        self.send_button.set_words(words, "Ctrl+Return")
        self.channel_button.set_words(_("In writing instead") if self.is_phone else _("By phone instead"), "Ctrl+T")

    def _show_around(self) -> None:
        """Show what is owed and what went, and how the clock of this report stands."""
        assert self._shown is not None
        now, report = self.now(), self._shown.sheet.report
        self.list.show_lines(report_lines.lines_of(self._shown.dues, self._shown.sent, now))
        name = drafting.owed_words(report.kind, report.family, report.channel, report.from_tier, report.to_tier)
        self.form_panel.set_head(title=name)
        owed = self._shown.owed
        self.clock.setText(_("Due {due}").format(due=report_lines.by_when(owed, now)) if owed else _("Not owed by a clock"))
        late = owed is not None and owed.late_from < now
        dress(self.clock, tone=Tone.RED if late else Tone.ORANGE if owed else Tone.SECONDARY, strong=bool(owed))
        self.clock.setToolTip(report_lines.basis_of(owed) if owed else "")
        self.basis.setText(report_lines.basis_of(owed) if owed else "")
        gaps = len(self.fields.gaps)
        self.form_panel.set_head(note=ngettext("{count} gap; it can be sent all the same", "{count} gaps; it can be sent all the same",
                                                gaps).format(count=gaps) if gaps else _("no gaps"))

    def tick(self) -> None:
        if self._shown is not None:
            self._show_around()

    # -- what is shown at the right ------------------------------------------------------------------------------------
    @property
    def is_phone(self) -> bool:
        """Say whether the report is told on the phone."""
        return self._shown is not None and self._shown.sheet.report.channel is Channel.PHONE

    @property
    def is_heard(self) -> bool:
        """Say whether the tier that reports does not sit here."""
        return self._shown is not None and self._shown.sheet.report.from_tier is not self._shown.own_tier

    def _report(self) -> Report:
        assert self._shown is not None
        return replace(
            self._shown.sheet.report, elements=reports.marked(self.fields.elements, self._shown.basis.previous), title=self.title.text().strip(),
            signer=self.endings.text("signer"), signer_post=self.endings.text("signer_post"))

    def _show_paper(self) -> None:
        assert self._shown is not None
        sheet = replace(self._shown.sheet, report=self._report())
        self.right.setCurrentWidget(self.script if self.is_phone else self.view)
        self.paper_panel.set_head(title=_("To read out") if self.is_phone else _("Paper"))
        if self.is_phone:
            self.script.setPlainText(self._script(sheet))
            self.paper_panel.set_head(note=_("the number is given when it is sent"))
        else:
            self.making.make(sheet, self.place.paper_settings, anew=not self.view.pages)

    def _script(self, sheet: ReportSheet) -> str:
        report = sheet.report
        language = self.place.language
        return drafting.script(
            report.elements, sender=sheet.imprint.desk.in_language(language) or label(report.from_tier),
            receiver=sheet.receiver.in_language(language) or label(report.to_tier),
            kind=drafting.report_name(report.kind, report.family, report.serial))

    def _say_pages(self, pages: int) -> None:
        self.paper_panel.set_head(note=ngettext("{count} page", "{count} pages", pages).format(count=pages))

    # -- typing --------------------------------------------------------------------------------------------------------
    def _edited(self) -> None:
        self._pause.start()

    def _typed(self) -> None:
        if self._shown is not None:
            self._keep_draft()
            self._show_around()
            self._show_paper()

    def _keep_draft(self) -> None:
        self._pause.stop()
        if self._shown is None or self._is_new:
            return
        typed = self.fields.typed | {name: self.endings.text(name) for name in self.endings.fields if self.endings.text(name)}
        if self.title.text() != self._shown.sheet.report.title:
            typed["title"] = self.title.text()
        desk, name = self.place.desk, self._shown.asked.draft_name
        if typed != self._shown.typed:
            self._shown = replace(self._shown, typed=typed)
            self.place.ask(lambda: drafts.keep_draft(desk, name=name, content=typed) if typed else drafts.drop_draft(desk, name=name))

    def _chosen(self) -> None:
        if self._shown is not None:
            asked = self._shown.asked
            self._ask(replace(asked, due_id=None, to_tier=Tier(self.to_tier.value), kind=ReportKind(self.kind.value)))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def send_report(self) -> None:
        """Sign and send, or record as heard."""
        if self._shown is None:
            return
        lacks = [name for name, is_asked in (("heard_from", self.is_heard), ("signer", not self.is_phone and not self.is_heard))
                 if is_asked and not self.endings.text(name)]
        if lacks:
            told = {"heard_from": _("Say who told it."), "signer": _("A written report goes out signed. Fill in who signs it.")}
            mark_refused(self.endings.fields[lacks[0]], told[lacks[0]])
            self.endings.fields[lacks[0]].setFocus()
            return
        desk, report, shown = self.place.desk, self._report(), self._shown
        text, read_back, heard = self.endings.text, self.endings.read_back.isChecked(), self.is_heard
        received_by, heard_from = text("received_by"), text("heard_from")

        def send() -> Done[Report]:
            if heard:
                done = reports.record_heard_report(
                    desk, incident_id=report.incident_id, from_tier=report.from_tier, to_tier=report.to_tier, channel=report.channel,
                    kind=report.kind, family=report.family, heard_from=heard_from, received_by=received_by, read_back=read_back,
                    signer=report.signer, text=report.element("nature").text)
            else:
                done = errand.send(desk, report, received_by=received_by, read_back=read_back,
                                   follows_id=shown.basis.previous.id if shown.basis.previous else None)
            drafts.drop_draft(desk, name=shown.asked.draft_name)
            return done

        self.place.ask(send, then=self._sent, refused=self.place.window.explain)

    def _sent(self, done: Done[Report]) -> None:
        report = done.value
        self.place.window.notices.done(_("{report} is on record.").format(report=report.number or drafting.report_name(
            report.kind, report.family, report.serial)))
        self._go_on(report.incident_id)

    def _go_on(self, incident_id: Id) -> None:
        """Turn to what this desk owes next, or go back: a report nobody asks for must not lie under the key that sends."""
        desk = self.place.desk
        self._shown = None
        self._turn_to(lambda: read_report(desk, ReportAsked(incident_id)), is_sent=True)


    def other_channel(self) -> None:
        """Turn from the phone to writing, or back."""
        if self._shown is not None:
            channel = Channel.WRITTEN if self.is_phone else Channel.PHONE
            same = [each.due for each in self._shown.dues if each.due.channel is channel
                    and (each.due.from_tier, each.due.to_tier) == (self._shown.asked.from_tier, self._shown.asked.to_tier)]
            self.making.stop()
            if same:
                self.show_due(same[0].id)
            else:
                self._ask(replace(self._shown.asked, due_id=None, channel=channel, kind=None))

    def skip(self) -> None:
        """Say why the report is not sent."""
        self.reason.setVisible(True)
        self.reason.clear()
        self.reason.setFocus()

    def skip_with(self, reason: str) -> None:
        """Skip the due with a reason."""
        self.reason.setVisible(False)
        if self._shown is not None and self._shown.owed is not None:
            desk, due_id, incident_id = self.place.desk, self._shown.owed.due.id, self._shown.asked.incident_id
            self.place.ask(lambda: reports.skip_due(desk, due_id=due_id, reason=reason), then=lambda _done: self._go_on(incident_id))

    def go_list(self) -> None:
        """Go to the reports of the incident."""
        self.list.choose_first()
        self.list.setFocus()

    def leave(self) -> None:
        """Go back; what was typed is kept."""
        self._keep_draft()
        self.place.window.show_page_before()

    def can(self, action_id: str) -> bool:
        """Say which of the page's actions make sense now."""
        if action_id == "report_skip":
            return self._shown is not None and self._shown.owed is not None
        return self._shown is not None or action_id == "report_leave"

    def _open_line(self, key: str) -> None:
        what, _space, id_ = key.partition(" ")
        if what == report_lines.DUE:
            self.show_due(Id(id_))
        elif what == report_lines.SENT:
            self.place.preview_report(Id(id_))

    # -- building ------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.list_panel, self.form_panel, self.paper_panel = Panel(_("Reports of the incident")), Panel(_("Report")), Panel(_("Paper"))
        self.list = LinesList(report_lines.COLUMNS, row_height=40, empty=_("Nothing is owed, and nothing went yet."))
        self.list.setAccessibleName(_("Reports of the incident"))
        self.list.opened.connect(self._open_line)
        self.list_panel.add_list(self.list, 1)
        self.clock, self.basis = text_label("", strong=True, wrap=True), text_label("", tone=Tone.SECONDARY, size="small", wrap=True)
        self.to_tier, self.kind = ChoiceBox(_("To"), ()), ChoiceBox(_("Which report"), ())
        self.kind.setMinimumContentsLength(6 if current_language().startswith("zh") else 16)
        for box in (self.to_tier, self.kind):
            box.activated.connect(lambda _place: self._chosen())
        self.title = QLineEdit()
        self.title.setAccessibleName(_("Title"))
        self.title.textEdited.connect(lambda _text: self._edited())
        self.fields, self.endings = ReportFields(), Endings()
        self.fields.edited.connect(self._edited)
        self.endings.edited.connect(self._edited)
        self.reason = QLineEdit()
        self.reason.setVisible(False)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why is it not sent? Enter keeps the reason in the log."))
        self.reason.returnPressed.connect(lambda: self.skip_with(self.reason.text()))
        self.send_button = KeyButton(_("Sign and send"), "Ctrl+Return", filled=True)
        self.send_button.clicked.connect(self.send_report)
        self.channel_button = KeyButton(_("In writing instead"), "Ctrl+T")
        self.channel_button.clicked.connect(self.other_channel)
        self.view, self.script, self.right = PaperView(), QPlainTextEdit(), QStackedWidget()
        self.script.setReadOnly(True)
        self.script.setTabChangesFocus(True)
        self.script.setAccessibleName(_("To read out"))
        self.script.setStyleSheet("QPlainTextEdit { font-size: 17px; }")
        for widget in (self.view, self.script):
            self.right.addWidget(widget)

    def _lay_out(self) -> None:
        head = across()
        head.addWidget(self.clock, 1)
        head.addWidget(self.to_tier)
        head.addWidget(self.kind)
        buttons = across(self.send_button, self.channel_button)
        buttons.addStretch(1)
        body = self.form_panel.body
        body.addLayout(head)
        body.addWidget(self.basis)
        body.addWidget(self.title)
        body.addWidget(self.fields, 1)
        body.addWidget(self.endings)
        body.addWidget(self.reason)
        body.addLayout(buttons)
        self.paper_panel.body.addWidget(self.right, 1)
        right = QVBoxLayout()
        right.setSpacing(PAD)
        right.addWidget(self.paper_panel, 3)
        right.addWidget(self.list_panel, 1)
        self.form_panel.setFixedWidth(_LEFT)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(PAD)
        whole.addWidget(self.form_panel)
        beside = QWidget()
        right.setContentsMargins(0, 0, 0, 0)
        beside.setLayout(right)
        whole.addWidget(beside, 1)


_KINDS: dict[Any, tuple[ReportKind, ...]] = {
    ReportFamily.INCIDENT: (ReportKind.FIRST, ReportKind.FOLLOW_UP, ReportKind.FINAL, ReportKind.SUPPLEMENT),
    ReportFamily.DISASTER: (ReportKind.FIRST, ReportKind.FOLLOW_UP, ReportKind.SETTLED),
}
