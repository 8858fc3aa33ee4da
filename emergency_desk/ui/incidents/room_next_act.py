"""The next act: the one thing to do now, why, by when, and the one filled button that does it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from emergency_desk.domain.boards import NextAct, NextActKind
from emergency_desk.ui.incidents.board_lines import due_tone
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.room_lines import label_of_role, needs_told
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import Pill, PillLabel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.labels import label


class NextActPanel(Panel):
    """`act_pressed` for the filled button, `skip_pressed` for the other."""

    act_pressed = Signal()
    skip_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Next"), chosen=True)
        dress(self.title, tone=Tone.ACT)
        self.due = PillLabel()
        self.head.addWidget(self.due)
        self.what = text_label(size="large", wrap=True)
        self.why = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.act = KeyButton("", "Ctrl+Return", filled=True)
        self.skip = KeyButton(_("Skip, with a reason…"))
        self.act.clicked.connect(self.act_pressed)
        self.skip.clicked.connect(self.skip_pressed)
        self.form = InlineForm()
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.act, self.skip):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for words in (self.what, self.why):
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.body.addWidget(words)
        self.body.addLayout(buttons)
        self.body.addWidget(self.form)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.form.closed.connect(lambda: self._show_buttons(True))
        self._can_skip = False

    def show_view(self, view: RoomView, namer: Namer, going: int, now: datetime) -> None:
        """Show the next act of an incident; `going` teams are chosen to be sent."""
        act = view.room.next_act
        what, why, verb = _told(act, view, namer, going)
        self.what.setText(what)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.act.set_words(verb)
        self._can_skip = act.kind is NextActKind.TASK
        self._show_buttons(not self.form.isVisible())
        self.show_due(act, now)

    def show_due(self, act: NextAct, now: datetime) -> None:
        """Tell what is left."""
        self.due.setVisible(act.due_at is not None)
        if act.due_at is not None:
            is_late = act.due_at < now
            words = formats.time_left(act.due_at, now=now) if is_late else _("within {left}").format(
                left=formats.time_left(act.due_at, now=now))
            tone = due_tone(act.due_at, now)
            self.due.show_pill(Pill(words, Tone.BLUE if tone is Tone.SECONDARY else tone, Shape.LATE if is_late else Shape.NONE,
                                    filled=is_late))

    def _show_buttons(self, shown: bool) -> None:
        self.act.setVisible(shown and bool(self.act.text()))
        self.skip.setVisible(shown and self._can_skip)


def _told(act: NextAct, view: RoomView, namer: Namer, going: int) -> tuple[str, str, str]:
    """Return what to do, why, and the verb on the button ("" for none)."""
    title = act.title_en if act.title_en and not current_language().startswith("zh") else act.title
    values = dict(act.values)
    if act.kind is NextActKind.SEND:
        return _send(view, namer, going)
    if act.kind is NextActKind.CHASE_RECEIPT:
        why = _("Order {order} has no receipt yet. Phone {phone}; when they confirm, record it.").format(
            order=values.get("order", ""), phone=values.get("phone") or "—")
        return _("Ask {team} for the receipt").format(team=title), why, _("Record the receipt")
    if act.kind is NextActKind.TASK:
        return title, _task_why(act, view), _("Done")
    if act.kind is NextActKind.FILL_FIGURES:
        return _("Ask the scene for the figures"), _("Nobody has told the dead, the hurt or the trapped; grade and level rest on them."), \
            _("Fill in the figures")
    if act.kind is NextActKind.CLOSE:
        return _("Close the incident"), _("Every task is ended and every team is back."), _("Close…")
    if not view.room.incident.is_open:
        follows = _("What is owed by law, what is to be settled, how the plan was carried out, what is to be mended.")
        return label(view.room.incident.state), view.room.incident.close_note or follows, _("Work on the aftermath")
    return _("Keep watch"), _("Nothing is due. What comes in is written into the log."), ""


def _send(view: RoomView, namer: Namer, going: int) -> tuple[str, str, str]:
    advised = view.advised
    needs = needs_told(advised.needs, namer, most=4) if advised is not None else ""
    if advised is not None and not advised.chosen and not going:
        why = _("Nobody of this desk is left for {needs}. A team from the list can be chosen with a reason.").format(needs=needs)
        return _("Ask a neighbour or the tier above for teams"), why, _("Choose teams")
    why = _("Still needed: {needs}.").format(needs=needs)
    verb = ngettext("Send {count} team", "Send {count} teams", going).format(count=going) if going else _("Choose teams")
    return _("Send the teams that are still needed"), why, verb


def _task_why(act: NextAct, view: RoomView) -> str:
    task = next((each for each in view.room.tasks if each.id == act.about_id), None)
    parts = [_("clause {clause}").format(clause=act.clause)] if act.clause else []
    if task is not None and task.role:
        parts.append(label_of_role(task.role))
    if act.due_at is not None:
        parts.insert(0, _("Due {time}").format(time=formats.clock_time(act.due_at)))
    return _(" · ").join(parts)
