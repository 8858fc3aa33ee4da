"""Who should go now, why, and why every other team stays. Space chooses or leaves out, F5 sends the numbers shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from emergency_desk.domain.errors import DeskError, ReasonMissing
from emergency_desk.services import dispatches
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents.call_lines import reason_in_full, serial, team_name
from emergency_desk.ui.incidents.inline_form import Answers, Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.incidents.room_lines import MORE, candidate_lines, needs_told
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.incidents.team_facts import TeamFact
from emergency_desk.ui.theme import PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.advice import Namer, why_not
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.refusals import sentence


class RecommendedPanel(Panel):
    """`going_changed` when other teams are chosen; `more_wanted` when the end of the list is opened."""

    going_changed = Signal()
    more_wanted = Signal()

    def __init__(self, work: RoomWork) -> None:
        super().__init__(_("Recommended"))
        self._work = work
        self._view: RoomView | None = None
        self._left_out: set[str] = set()
        self._added: list[TeamFact] = []
        self.needs = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.unmet = ElidedLabel(tone=Tone.ORANGE, size="small", strong=True)
        self.body.addWidget(self.needs)
        self.body.addWidget(self.unmet)
        self.lines = KeyedList((Column(stretch=True), Column(right=True, most=176)), {Qt.Key.Key_Space: "turn"}, row_height=26)
        self.lines.setAccessibleName(_("Recommended teams: Space chooses or leaves out"))
        self.lines.opened.connect(self.turn)
        self.lines.key_pressed.connect(lambda _name, key: self.turn(key))
        self.lines.chosen.connect(self._tell_why)
        self.add_list(self.lines, 1)
        self.why = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.form = InlineForm()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Reason for the log: why against the advice"))
        self.reason.setAccessibleName(_("Reason for the log: why against the advice"))
        self.reason.returnPressed.connect(self.send)
        self.send_button = KeyButton(_("Send"), "F5")
        self.send_button.clicked.connect(self.send)
        below = across(self.send_button, self.why, shares=(0, 1))
        self.body.addWidget(self.form)
        self.body.addWidget(self.reason)
        self.body.addLayout(below)

    # -- showing -------------------------------------------------------------------------------------------------------
    def forget(self) -> None:
        """Follow the advice again: another incident is shown, or the teams were sent."""
        self._left_out.clear()
        self._added.clear()
        self.reason.clear()
        self.form.put_away()

    def show_view(self, view: RoomView) -> None:
        """Show who should go to an incident."""
        self._view = view
        advised = view.advised
        self.setVisible(advised is not None)
        if advised is None:
            return
        advised_ids = {each.id for each in advised.chosen}
        found = [advised.find(each.id) or each for each in self._added]
        self._added = [each for each in found if each.may_be_chosen and each.id not in advised_ids]
        can = len(advised.chosen) + advised.could_total
        self.set_head(note=_("{can} can go · {cannot} cannot").format(can=can, cannot=advised.barred_total + advised.request_total))
        self.unmet.setVisible(bool(advised.unmet))
        self._tell_needs()
        self._show_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_needs()

    def _tell_needs(self) -> None:
        """Name as many needs as the line has room for, and how many more there are."""
        advised, namer = self._view.advised if self._view is not None else None, self._namer()
        if advised is None:
            return
        for words, sentence_of, needs in ((self.needs, _("needed: {needs}"), advised.needs),
                                          (self.unmet, _("nobody found for: {needs}"), advised.unmet)):
            whole = sentence_of.format(needs=needs_told(needs, namer)) if needs else _("all that is needed is sent")
            words.setText(whole)
            room = self.width() - 2 * PAD
            most = len(needs)
            while most > 1 and words.fontMetrics().horizontalAdvance(words.text()) > room:
                most -= 1
                words.setText(sentence_of.format(needs=needs_told(needs, namer, most=most)))
            words.setToolTip(needs_told(needs, namer))

    @property
    def going(self) -> tuple[TeamFact, ...]:
        """The teams that would be sent, in the order of their numbers."""
        advised = self._view.advised if self._view is not None else None
        if advised is None:
            return ()
        return (*(each for each in advised.chosen if each.id not in self._left_out), *self._added)

    @property
    def is_nobody_left(self) -> bool:
        """Say whether teams are needed and nobody is recommended or chosen."""
        advised = self._view.advised if self._view is not None else None
        return advised is not None and bool(advised.needs) and not advised.chosen and not self._added

    @property
    def needs_in_words(self) -> str:
        """What is still needed."""
        advised = self._view.advised if self._view is not None else None
        return needs_told(advised.needs, self._namer(), most=4) if advised is not None else ""

    def enter(self) -> None:
        """Go into the list by keyboard."""
        self.lines.choose_first()
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_lines(self) -> None:
        advised = self._view.advised if self._view is not None else None
        if advised is None:
            return
        going = self.going
        self.lines.show_lines(list(candidate_lines(advised, going, self._namer())))
        self._tell_why(self.lines.current_key)
        self.send_button.set_words(ngettext("Send {count}", "Send {count}", len(going)).format(count=len(going)) if going else _("Send"))
        self.send_button.setEnabled(bool(going))
        self.reason.setVisible(any(each.needs_reason for each in going))

    def _tell_why(self, key: str) -> None:
        """Tell the whole reason of the current line, which the column may have cut."""
        advised, namer = self._view.advised if self._view is not None else None, self._namer()
        each = advised.find(key) if advised is not None else None
        self.why.setText(reason_in_full(each, namer) if each is not None else "")

    # -- choosing ------------------------------------------------------------------------------------------------------
    def turn(self, key: str) -> None:
        """Choose a team or leave it out; a social force is asked who applied, a force of others is never sent."""
        if key == MORE:
            self.more_wanted.emit()
            return
        each = self._view.advised.find(key) if self._view is not None and self._view.advised is not None else None
        each = next((one for one in self._added if one.id == key), each)
        if each is None:
            return
        if each.must_apply:
            self.ask_applicant(each)
            return
        if not each.may_be_chosen:
            self._tell_barred(each)
            return
        self._turn(each)
        self._show_lines()
        self.going_changed.emit()

    def ask_applicant(self, each: TeamFact) -> None:
        """Ask who applied for a social force: it is accepted and sent with that (SDG20 Art. 32)."""
        self.form.ask(_("{team} applies; accept it and send").format(team=team_name(each.team)),
                      (Ask(name="applied_by", label=_("Applied by"), is_long=True),), _("Accept and send"),
                      lambda answers: self._accept(each, answers))

    def send(self) -> None:
        """Send the teams shown with numbers."""
        view, going, reason = self._view, self.going, self.reason.text().strip()
        if view is None or not going:
            self.enter()
            return
        if any(each.needs_reason for each in going) and not reason:
            self._refused(ReasonMissing(act="send_team"))
            return
        desk, sendings = self._work.desk, tuple(each.sending() for each in going)
        told = ngettext("{count} team is ordered to go.", "{count} teams are ordered to go.", len(going)).format(count=len(going))
        self._work.do(lambda: dispatches.send_teams(desk, incident_id=view.id, teams=sendings, override_reason=reason), told=told,
                      then=self._sent, refused=self._refused)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _namer(self) -> Namer:
        """Name incidents as people say them: a narrow column has no room for whole numbers."""
        place = self._work.place
        return Namer(place.desk.trade, place.desk.tree, lambda id_: serial(place.numbers.get(id_, "")))

    def _turn(self, each: TeamFact) -> None:
        if each.choice is not None:
            self._left_out ^= {each.id}
        elif any(one.id == each.id for one in self._added):
            self._added = [one for one in self._added if one.id != each.id]
        else:
            self._added.append(each)

    def _tell_barred(self, each: TeamFact) -> None:
        assert each.why_not is not None
        self._work.tell(_("{team} cannot be sent: {reason}.").format(team=team_name(each.team),
                                                                     reason=why_not(each.why_not, self._work.place.namer())))

    def _accept(self, each: TeamFact, answers: Answers) -> None:
        view, desk = self._view, self._work.desk
        if view is None:
            return
        self._work.do(lambda: dispatches.accept_application(desk, incident_id=view.id, team_id=each.id, applied_by=answers["applied_by"],
                                                            serves=each.serves), form=self.form,
                      told=_("{team} is accepted and ordered to go.").format(team=team_name(each.team)))

    def _sent(self, _done: Done[object]) -> None:
        self.forget()

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, ReasonMissing):
            self.reason.show()
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            mark_refused(self.reason, sentence(error))
            return
        self._work.place.window.explain(error)
