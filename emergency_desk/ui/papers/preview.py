"""The page of a paper: which one and in which language at the left, the paper as it will be printed at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QRadioButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sheets import OrderSheet, PaperSettings, Printed
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import StockAsked
from emergency_desk.domain.stock_sheets import StockSheet
from emergency_desk.errands import papers as errand
from emergency_desk.errands.paper_pictures import Preview
from emergency_desk.errands.papers import PaperAsked
from emergency_desk.errands.printing import print_paper
from emergency_desk.services import dispatches, drafts
from emergency_desk.services.papers import Sheet
from emergency_desk.ui.look import NAMES
from emergency_desk.ui.papers import choices, paper_acts
from emergency_desk.ui.papers.order_facts import OrderFacts
from emergency_desk.ui.papers.paper_list import COLUMNS, asked_for, key_of, line_of, line_of_plan, title_of_list
from emergency_desk.ui.papers.paper_making import PaperMaking
from emergency_desk.ui.papers.paper_reading import PaperRead, draft_name, incident_of, is_of_stock, read_paper
from emergency_desk.ui.papers.paper_view import PaperView
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, dress
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import LANGUAGES, _
from emergency_desk.wording.labels import label

_LEFT, _LEFT_LEAST = 408, 330
_TYPING_MS = 350  # a pause in typing; then the preview follows
_Job = Callable[[Sheet, Path, PaperSettings], Printed]


class PaperPage(Screen):
    """Turn it with `show_order`, `show_incident_log`, `show_paper`."""

    subjects = frozenset({Subject.DISPATCH, Subject.INCIDENT, Subject.LOG, Subject.CALL, Subject.PLAN, Subject.STOCK})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self._place = place
        self._asked: PaperAsked | None = None
        self._sheet: Sheet | None = None
        self._language = place.language
        self._shown_mark = ""
        self._offered: dict[str, PaperAsked] = {}  # by the key of its line
        self._was_pending = False
        self._told = ("", Tone.SECONDARY)
        self._is_new = True  # the draft of the order has yet to be read
        self._build_left()
        self._build_right()
        self._lay_out()
        self.making = PaperMaking(place, self.view)
        self.making.busy.connect(self._show_busy)
        self.making.made.connect(self._show_made)
        self.making.refused.connect(self.refused)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self._typed)
        place.window.acts.register(paper_acts.ACTIONS)

    # -- turning to a paper --------------------------------------------------------------------------------------------
    def show_order(self, dispatch_id: Id) -> None:
        """Preview a dispatch order."""
        self.show_paper(PaperAsked(errand.ORDER, about_id=dispatch_id))

    def show_incident_log(self, incident_id: Id) -> None:
        """Preview the log of an incident."""
        self.show_paper(PaperAsked(errand.INCIDENT_LOG, about_id=incident_id))

    def show_paper(self, asked: PaperAsked) -> None:
        """Preview any paper."""
        self._keep_draft()
        self._asked, self._sheet, self._shown_mark, self._is_new = asked, None, "", True
        self._choose_language(choices.language_for(self._place.papers, asked.name, self._place.language))
        self.facts_panel.setVisible(asked.name == errand.ORDER)
        self.choices_panel.setVisible(is_of_stock(asked) and self.choices is not None)
        self.making.stop()
        self._show_busy(True)
        self.forget()
        self.view.setFocus()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], PaperRead] | None:
        desk, asked = self._place.desk, self._asked
        return None if asked is None else lambda: read_paper(desk, asked)

    def show_read(self, answer: PaperRead) -> None:
        self._sheet = answer.sheet
        assert self._asked is not None
        self._offer(self._asked, answer)
        if isinstance(answer.sheet, OrderSheet):
            typed = answer.draft if self._is_new else self.facts.typed
            self.facts.show_order(answer.sheet.dispatch, typed, may_fill=self._may_fill,
                                  serves=answer.sheet.serves.in_language(self._place.language))
        if isinstance(answer.sheet, StockSheet) and self.choices is not None:
            self.choices.show_choice(StockPaper(self._asked.name), self._asked.stock, answer.sheet.choice)
        self._show_facts_state()
        if self._is_new:
            self._is_new = False
            self._place.window.keys.rebuild()
        self.sheet_panel.set_head(title=errand.title_of(answer.sheet))
        self._make()

    def _offer(self, asked: PaperAsked, answer: PaperRead) -> None:
        """List the other papers of the incident or the plan; the papers of all plans leave the list of the plan they were asked from."""
        if answer.of_plan or answer.papers or key_of(asked) not in self._offered:
            offered = answer.of_plan or tuple(asked_for(paper) for paper in answer.papers)
            self._offered = {key_of(each): each for each in offered}
            self.list.show_lines([line_of_plan(each) for each in answer.of_plan] or [line_of(paper, now=answer.now) for paper in answer.papers])
            self.list_panel.set_head(title=title_of_list(asked, is_of_plan=bool(answer.of_plan)))
            self.list.setMinimumHeight(self.list.height_of_lines() + 2 if is_of_stock(asked) or asked.beside else 0)
            self.list_panel.setVisible(bool(offered))
        self.list.choose(key_of(asked))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(min(_LEFT, max(_LEFT_LEAST, self.width() // 3)))  # a small window leaves the paper its room

    def refused(self, error: DeskError) -> None:
        if self._sheet is None:
            self._told = ("", Tone.SECONDARY)
            self.view.clear()
        self._show_busy(False)
        super().refused(error)

    # -- what was typed ------------------------------------------------------------------------------------------------
    def keep_facts(self, then: Callable[[], None] | None = None) -> None:
        """Put what was typed on the order, with a line in the log; then go on."""
        typed = self.facts.typed if isinstance(self._sheet, OrderSheet) else {}
        if not typed or not isinstance(self._sheet, OrderSheet):
            if then is not None:
                then()
            return
        desk, order = self._place.desk, self._sheet.dispatch
        facts = {name: text for name, text in typed.items() if not name.startswith("approved")}
        agreed = "approved_by" in typed or "approved_how" in typed

        def keep() -> Any:
            done = dispatches.detail_order(
                desk, dispatch_id=order.id, facts=facts, version=order.version,
                approved_by=typed.get("approved_by", order.approved_by) if agreed else None,
                approved_how=typed.get("approved_how", order.approved_how))
            drafts.drop_draft(desk, name=draft_name(order.id))
            return done

        def kept(done: Any) -> None:
            assert isinstance(self._sheet, OrderSheet)
            self._sheet = replace(self._sheet, dispatch=done.value)
            self.facts.show_order(done.value, {}, may_fill=self._may_fill, serves=self._sheet.serves.in_language(self._place.language))
            self._show_facts_state()
            self._place.window.notices.done(_("Order {number} was filled in, and the log says so.").format(number=done.value.order_number))
            if then is not None:
                then()

        self._place.ask(keep, then=kept)

    def _edited(self) -> None:
        self._show_facts_state()
        self._pause.start()

    def _typed(self) -> None:
        self._keep_draft()
        self._make()

    def _keep_draft(self) -> None:
        self._pause.stop()
        if not isinstance(self._sheet, OrderSheet) or not self._may_fill:
            return
        desk, name, typed = self._place.desk, draft_name(self._sheet.dispatch.id), self.facts.typed
        self._place.ask(lambda: drafts.keep_draft(desk, name=name, content=typed) if typed else drafts.drop_draft(desk, name=name))

    @property
    def _may_fill(self) -> bool:
        open_order = isinstance(self._sheet, OrderSheet) and self._sheet.dispatch.state in (OrderState.SENT, OrderState.RECEIVED)
        return open_order and self._place.desk.can(Act.SEND_TEAM)

    def _show_facts_state(self) -> None:
        pending = isinstance(self._sheet, OrderSheet) and bool(self.facts.typed)
        self.keep_button.setEnabled(pending)
        self.keep_button.set_filled(pending)
        self.print_button.set_filled(not pending)
        if pending != self._was_pending:
            self._was_pending = pending
            self._place.window.keys.rebuild()
        note = _("not on the order yet") if pending else ""
        if isinstance(self._sheet, OrderSheet) and not self._may_fill:
            note = label(self._sheet.dispatch.state)
        self.facts_panel.set_head(note=note)
        dress(self.facts_panel.note, tone=Tone.ORANGE if pending else Tone.SECONDARY)

    # -- the preview ---------------------------------------------------------------------------------------------------
    def _make(self) -> None:
        """Have the paper made as it would be printed now, with what is being typed."""
        if self._sheet is None:
            return
        sheet, settings = self._with_typed(self._sheet), self._settings()
        mark = errand.mark_of(sheet, settings)
        if mark == self._shown_mark:
            self._show_busy(self.making.is_busy)
            return
        anew, self._shown_mark = not self._shown_mark, mark
        self.making.make(sheet, settings, anew=anew)

    def _with_typed(self, sheet: Sheet) -> Sheet:
        typed = self.facts.typed if isinstance(sheet, OrderSheet) else {}
        return replace(sheet, dispatch=replace(sheet.dispatch, **typed)) if typed and isinstance(sheet, OrderSheet) else sheet  # type: ignore[arg-type]

    def _settings(self) -> PaperSettings:
        return replace(self._place.paper_settings, language=self._language)

    def _show_busy(self, busy: bool, words: str = "") -> None:
        self.progress.setRange(0, 0 if busy else 1)
        self.progress.setVisible(busy)
        if busy:
            self._say(words or _("being made…"))
        else:
            self._say(*self._told)

    def _show_made(self, preview: Preview) -> None:
        self._told = paper_acts.made_words(preview.printed)
        self._say(*self._told)

    def _say(self, words: str, tone: Tone = Tone.SECONDARY) -> None:
        self.sheet_panel.set_head(note=words)
        dress(self.sheet_panel.note, tone=tone)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def print_now(self) -> None:
        """Keep the paper among the papers and send it to the printer."""
        self._do(_("being printed…"), print_paper, self._place.papers, paper_acts.tell_printed)

    def save_as(self) -> None:
        """Ask where the paper is to be saved."""
        if self._sheet is not None:
            paper_acts.ask_where(self, self._sheet, self._language, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the paper at a path; the dialog has asked before something is written over."""
        self._do(_("being saved…"), errand.set_paper, path, paper_acts.tell_saved)

    def open_folder(self) -> None:
        """Keep the paper among the papers and open their folder."""
        self._do(_("being kept…"), errand.keep_paper, self._place.papers, paper_acts.show_kept)

    def other_language(self) -> None:
        """Show and print the paper in the other language, and remember it."""
        self._take_language(LANGUAGES[(LANGUAGES.index(self._language) + 1) % len(LANGUAGES)])

    def whole_or_width(self) -> None:
        """Show the whole page, or its full width."""
        self.view.set_whole(not self.view.is_whole)
        self.whole_button.set_words(_("Full width") if self.view.is_whole else _("Whole page"))

    def leave(self) -> None:
        """Go back to the room; what was typed is kept."""
        self._keep_draft()
        incident = incident_of(self._sheet) if self._sheet is not None else None
        if incident is not None and self._asked is not None and self._asked.name not in errand.AFTERWARDS:
            self._place.open_room(incident.id)
        else:
            self._place.window.show_page_before()

    def can(self, action_id: str) -> bool:
        """Say which of the page's actions make sense now."""
        if action_id == "paper_facts":
            return self.keep_button.isEnabled()
        return self._sheet is not None or action_id == "paper_leave"

    def _do(self, words: str, job: _Job, where: Path, tell: Callable[[Workplace, Printed], None]) -> None:
        """Put on the order what was typed, read the paper once more (its time is the time of printing), and do the job with it."""
        desk, asked, place = self._place.desk, self._asked, self._place

        def end() -> None:
            if isValid(self):  # the window may have gone meanwhile
                self._show_busy(self.making.is_busy)

        def done(printed: Printed) -> None:
            end()
            tell(place, printed)

        def refused(error: DeskError) -> None:
            end()
            paper_acts.tell_refused(place, error)

        def go_on(sheet: Sheet) -> None:
            self._show_busy(True, words)
            place.background.helper(job, sheet, where, self._settings(), then=done, refused=refused)

        if asked is not None:
            self.keep_facts(lambda: place.ask(lambda: errand.read_sheet(desk, asked), then=go_on))

    def _choose(self, stock: StockAsked) -> None:
        """Show the paper of stock as it was chosen."""
        if self._asked is not None and is_of_stock(self._asked):
            self._asked = self._offered[key_of(self._asked)] = replace(self._asked, stock=stock)
            self._show_busy(True)
            self.forget()

    def _take_language(self, language: str) -> None:
        if language == self._language or self._asked is None:
            return
        self._choose_language(language)
        choices.remember(self._place.papers, self._asked.name, language)
        self._make()

    def _choose_language(self, language: str) -> None:
        self._language = language
        self.languages[language].setChecked(True)

    def _open_line(self, key: str) -> None:
        if key in self._offered and self._asked is not None and key != key_of(self._asked):
            self.show_paper(self._offered[key])
            self.list.setFocus()

    # -- building ------------------------------------------------------------------------------------------------------
    def _build_left(self) -> None:
        self.list_panel, self.facts_panel = Panel(_("Papers of the incident")), Panel(_("Still to fill in"))
        self.list = LinesList(COLUMNS, empty=_("An incident's orders, log and calls appear here."))
        self.list.setAccessibleName(_("Papers of the incident"))
        self.list.chosen.connect(self._open_line)
        self.list_panel.add_list(self.list, 1)
        self.languages = {tag: QRadioButton(NAMES[tag]) for tag in reversed(LANGUAGES)}
        for tag, button in self.languages.items():
            button.toggled.connect(lambda checked, chosen=tag: self._take_language(chosen) if checked else None)
        self.choices_panel, self.choices = Panel(_("How it looks")), self._place.stock_choices()
        if self.choices is not None:
            self.choices_panel.body.addWidget(self.choices, 1)
            self.choices.changed.connect(self._choose)
        self.facts = OrderFacts()
        self.facts.edited.connect(self._edited)
        self.keep_button = KeyButton(_("Put on the order"), "Ctrl+Return")
        self.keep_button.clicked.connect(lambda: self.keep_facts())
        self.facts_panel.body.addWidget(self.facts)
        self.facts_panel.body.addWidget(self.keep_button)

    def _build_right(self) -> None:
        self.sheet_panel, self.view, self.progress = Panel(_("Paper")), PaperView(), QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(3)
        self.sheet_panel.body.addWidget(self.view, 1)
        self.print_button = KeyButton(_("Print"), "Ctrl+P", filled=True)
        self.whole_button = KeyButton(_("Whole page"), "Ctrl+0")
        others = ((KeyButton(_("Save as"), "Ctrl+S"), self.save_as), (KeyButton(_("Open folder"), "Ctrl+O"), self.open_folder))
        acts = ((self.print_button, self.print_now), *others, (self.whole_button, self.whole_or_width))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GAP)
        for button, act in acts:
            button.clicked.connect(act)
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self.sheet_panel.body.addWidget(self.progress)
        self.sheet_panel.body.addLayout(self.buttons)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        speech = Panel()
        line = QHBoxLayout()
        line.setSpacing(PAD)
        line.addWidget(ElidedLabel(_("Language of the paper"), tone=Tone.SECONDARY), 1)
        for button in self.languages.values():
            line.addWidget(button)
        speech.body.addLayout(line)
        for panel, share in ((self.list_panel, 1), (speech, 0), (self.choices_panel, 2), (self.facts_panel, 0)):
            left.addWidget(panel, share)
        left.addStretch(0)  # where nothing else fills it, the language stands at the top
        self._left = QWidget()
        left.setContentsMargins(0, 0, 0, 0)
        self._left.setLayout(left)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(PAD)
        whole.addWidget(self._left)
        whole.addWidget(self.sheet_panel, 1)
