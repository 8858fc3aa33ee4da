"""The head of the room: what and where, the ladder, the figures with the way to the next grade, and the plan it rests on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.grading import NearMissVerdict
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.plans import Level
from emergency_desk.ui.incidents.call_lines import serial
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.theme import GAP, Tone, colours
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.ladder_strip import LadderStrip, Rung
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import Pill, PillLabel, grade_pill
from emergency_desk.wording import formats, plan_words
from emergency_desk.wording.advice import Namer, grade_reason, to_next_grade
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.labels import field_label, label

LADDER_KEYS = {
    Qt.Key.Key_A: "activate", Qt.Key.Key_X: "extend", Qt.Key.Key_P: "pause", Qt.Key.Key_E: "end", Qt.Key.Key_O: "offer", Qt.Key.Key_D: "down",
    Qt.Key.Key_Y: "accept", Qt.Key.Key_N: "refuse", Qt.Key.Key_T: "take",
}
_ALWAYS = ("dead", "badly_hurt", "trapped")
_KNOWN = ("hurt", "missing", "evacuate", "at_risk", "loss_yuan", "hectares")


class LinkButton(KeyButton):
    """Words that open something; reachable by Tab, with a frame while they have the focus."""

    def __init__(self, text: str = "", key: str = "") -> None:
        super().__init__(text, key, bare=True)
        self.marked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.marked:
            painter.fillRect(5, self.height() - 3, self.width() - 10, 2, QColor(colours().act))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours().act), 1.4))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)


class _FigureLabels(QWidget):
    """"Dead 2  Badly hurt 4  Trapped ?" in one line; what is unknown is to be verified, never nought."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)

    def show_figures(self, incident: Incident) -> None:
        """Show the current figures."""
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = [name for name in (*_ALWAYS, *_KNOWN) if name in _ALWAYS or getattr(incident, name) is not None]
        for name in shown:
            value = getattr(incident, name)
            self._line.addWidget(text_label(field_label(name), tone=Tone.SECONDARY, size="small"))
            figure = text_label("?" if value is None else formats.number(value, decimals=2 if isinstance(value, float) else 0), size="large",
                                tone=_tone(name, value))
            self._line.addWidget(figure)
            self._line.addSpacing(6)
        self.updateGeometry()


def _tone(name: str, value: float | None) -> Tone:
    if value is None:
        return Tone.SECONDARY
    return Tone.RED if value and name in ("dead", "trapped", "missing") else Tone.TEXT


class RoomHead(Panel):
    """What, where, how bad, who acts, on what it rests. `form` asks about the incident itself, `wide` about the ladder, in place.

    `waiting` is sent each second while an offer of the command waits for its answer.
    """

    waiting = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.grade = PillLabel()
        self.state = PillLabel()
        self.what = ElidedLabel(size="title")
        self.number = text_label(tone=Tone.SECONDARY, size="small")
        self.elapsed = text_label(strong=True)
        self.near_miss = PillLabel()
        self.question = LinkButton(_("Was it production work?"))
        self.question.marked = True
        self.question.setToolTip("Alt+K")
        self.kin = text_label(tone=Tone.SECONDARY, size="small")
        self.ladder = LadderStrip(LADDER_KEYS)
        self.letters = ElidedLabel(_("← → tier · ⏎ steps · A activate, adjust · X extend · P pause · E end · O offer up · D down · Y accept · "
                                     "N refuse · T take over"), tone=Tone.SECONDARY, size="small")
        self.letters.hide()
        self.ladder.setAccessibleDescription(self.letters.text())
        self.ladder.focused.connect(self.letters.setVisible)
        self.figures = _FigureLabels()
        self.to_next = ElidedLabel(tone=Tone.ORANGE, size="small", strong=True)
        self.plan, self.card = LinkButton("", "Alt+P"), LinkButton(_("Card"), "Alt+D")
        self.card.setToolTip(_("Open the response card of the duty officer"))
        self.form, self.wide = InlineForm(in_a_row=8), WideForm()
        self.form.asked.connect(self.wide.put_away)
        self.wide.asked.connect(self.form.put_away)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tell_waiting)
        top, below = QHBoxLayout(), QHBoxLayout()
        for line in (top, below):
            line.setSpacing(GAP)
            self.body.addLayout(line)
            if line is top:
                self.body.addWidget(self.ladder)
                self.body.addWidget(self.letters)
        for part in (self.grade, self.near_miss, self.state, self.what, self.kin, self.number, self.elapsed):
            top.addWidget(part, int(part is self.what))
        for each in (self.figures, self.question, self.to_next, self.plan, self.card):
            below.addWidget(each, int(each is self.to_next))
        self.body.addWidget(self.form)
        self.body.addWidget(self.wide)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_view(self, view: RoomView, namer: Namer, now: datetime) -> None:
        """Show an incident."""
        incident = view.room.incident
        self.grade.show_pill(grade_pill(incident.grade))
        self.grade.setToolTip(grade_reason(view.grade))
        self.state.show_pill(Pill(label(incident.state), Tone.BLUE if incident.is_open else Tone.SECONDARY))
        place = (" " if current_language().startswith("zh") else ", ").join(
            part for part in (namer.area(incident.area_id), incident.address) if part)
        self.what.setText(_("{place} · {title}").format(place=place, title=incident.title))
        self.number.setText(incident.number)
        self.figures.show_figures(incident)
        self.to_next.setText(_grading_words(view) if incident.is_open else "")
        self._show_gravity(view)
        self._show_plan(view)
        self.show_age(view, now)

    def _show_gravity(self, view: RoomView) -> None:
        """Show what stands beside the grade: the near-miss flag or its question, and incidents that hang together with this one."""
        verdict, is_open = view.near_miss.verdict, view.room.incident.is_open
        self.near_miss.setVisible(verdict is NearMissVerdict.YES)
        self.near_miss.show_pill(Pill(_("Major near-miss"), Tone.ORANGE))
        self.question.setVisible(verdict is NearMissVerdict.ASK_PRODUCTION and is_open)
        above, below = view.family.parent, len(view.family.children)
        words = [_("from {serial}").format(serial=serial(above.number))] if above is not None else []
        words += [ngettext("{count} secondary incident", "{count} secondary incidents", below).format(count=below)] if below else []
        self.kin.setText(_(" · ").join(words))
        self.kin.setVisible(bool(words))

    def show_age(self, view: RoomView, now: datetime) -> None:
        """Tell how long it has been running, or ran."""
        incident = view.room.incident
        if incident.closed_at is not None:
            self.elapsed.setText(_("ended {age}").format(age=formats.age(incident.closed_at, now=now)))
            return
        self.elapsed.setText(_("{duration} elapsed").format(duration=formats.duration(now - incident.occurred_at)))

    def show_rungs(self, rungs: tuple[Rung, ...], *, is_waiting: bool) -> None:
        """Show the ladder; while an offer of the command waits, `waiting` is sent each second."""
        self.ladder.show_rungs(rungs)
        if is_waiting and not self._second.isActive():
            self._second.start()
        elif not is_waiting:
            self._second.stop()

    def _tell_waiting(self) -> None:
        if self.isVisible():
            self.waiting.emit()

    def _show_plan(self, view: RoomView) -> None:
        told = plan_of(view)
        self.plan.setEnabled(told is not None)
        self.card.setVisible(told is not None)
        if told is None:
            self.plan.set_words(_("No plan was made for this"), "")
            return
        _code, version, clause, title = told
        words = _("Plan: {plan} v{version} · cl. {clause}") if clause else _("Plan: {plan} v{version}")
        self.plan.set_words(words.format(plan=title, version=version, clause=clause), "Alt+P")


def _grading_words(view: RoomView) -> str:
    """Tell the way to the next grade, and what other tables say where they say something else."""
    told = [to_next_grade(view.grade)] if to_next_grade(view.grade) else []
    for grading in view.gradings:
        grade = grading.suggestion.grade
        if grade is not None and grade is not view.grade.grade and grading.table.id != view.grade.table_id:
            told.append(_("by “{table}”: {grade}").format(table=grading.table.name.in_language(current_language()), grade=label(grade)))
    return _(" · ").join(told)


def plan_of(view: RoomView) -> tuple[str, str, str, str] | None:
    """Return code, version, the clause of the level, and what the plan an incident runs by is for; None without one."""
    incident, plan = view.room.incident, view.room.plan
    if plan is None:
        return None
    rule = plan.level_rule(Tier(incident.plan_tier), Level(incident.plan_level)) if incident.plan_level else None
    return plan.code, plan.version, rule.clause if rule else "", plan_words.short_title(plan)
