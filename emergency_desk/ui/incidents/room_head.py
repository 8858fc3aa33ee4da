"""The head of the room: what and where, the ladder, the figures with the way to the next grade, and the plan it rests on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.plans import Level
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.theme import GAP, Tone, colours
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.panel import LadderStrip, Panel, Rung
from emergency_desk.ui.widgets.pills import Pill, PillLabel, grade_pill
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer, grade_reason, to_next_grade
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label

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
    """What, where, how bad, who acts, on what it rests. `form` asks about the incident itself, in place."""

    def __init__(self) -> None:
        super().__init__()
        self.grade = PillLabel()
        self.state = PillLabel()
        self.what = ElidedLabel(size="title")
        self.number = text_label(tone=Tone.SECONDARY, size="small")
        self.elapsed = text_label(strong=True)
        self.ladder = LadderStrip()
        self.figures = _FigureLabels()
        self.to_next = ElidedLabel(tone=Tone.ORANGE, size="small", strong=True)
        self.plan = LinkButton("", "Alt+P")
        self.form = InlineForm(in_a_row=8)
        top, below = QHBoxLayout(), QHBoxLayout()
        for line in (top, below):
            line.setSpacing(GAP)
            self.body.addLayout(line)
            if line is top:
                self.body.addWidget(self.ladder)
        for part in (self.grade, self.state, self.what, self.number, self.elapsed):
            top.addWidget(part, int(part is self.what))
        for each in (self.figures, self.to_next, self.plan):
            below.addWidget(each, int(each is self.to_next))
        self.body.addWidget(self.form)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_view(self, view: RoomView, namer: Namer, own_tier: Tier, now: datetime) -> None:
        """Show an incident."""
        incident = view.room.incident
        self.grade.show_pill(grade_pill(incident.grade))
        self.grade.setToolTip(grade_reason(view.grade))
        self.state.show_pill(Pill(label(incident.state), Tone.BLUE if incident.is_open else Tone.SECONDARY))
        place = " ".join(part for part in (_area_below(incident, namer, own_tier), incident.address) if part)
        self.what.setText(_("{place} · {title}").format(place=place, title=incident.title))
        self.number.setText(incident.number)
        self.figures.show_figures(incident)
        self.to_next.setText(to_next_grade(view.grade) if incident.is_open else "")
        self.ladder.show_rungs(self._rungs(view, namer, own_tier, now))
        self._show_plan(view, namer)
        self.show_age(view, now)

    def show_age(self, view: RoomView, now: datetime) -> None:
        """Tell how long it has been running, or ran."""
        incident = view.room.incident
        if incident.closed_at is not None:
            self.elapsed.setText(_("ended {age}").format(age=formats.age(incident.closed_at, now=now)))
            return
        self.elapsed.setText(_("{duration} elapsed").format(duration=formats.duration(now - incident.occurred_at)))

    def _rungs(self, view: RoomView, namer: Namer, own_tier: Tier, now: datetime) -> tuple[Rung, ...]:
        incident = view.room.incident
        made = []
        for tier in LADDER:
            area = namer.tree.at_tier(incident.area_id, tier)
            if area is None:
                continue
            acts = tier.value == incident.plan_tier
            name = _("{area} ({tier})").format(area=namer.area(area.id), tier=label(tier).lower())
            note = self._acting_note(view, now) if acts else _("this desk") if tier is own_tier else ""
            made.append(Rung(name, note, incident.plan_level if acts else "", in_command=acts))
        return tuple(made)

    def _acting_note(self, view: RoomView, now: datetime) -> str:
        since = view.plan_since
        if since is None:
            return _("acts by the plan")
        return _("acts by the plan since {time}").format(time=formats.when(since.entry.recorded_at, now=now))

    def _show_plan(self, view: RoomView, namer: Namer) -> None:
        told = plan_of(view, namer)
        self.plan.setEnabled(told is not None)
        if told is None:
            self.plan.set_words(_("No plan was made for this"), "")
            return
        _code, version, clause, title = told
        words = _("Plan: {plan} v{version} · cl. {clause}") if clause else _("Plan: {plan} v{version}")
        self.plan.set_words(words.format(plan=title, version=version, clause=clause), "Alt+P")


def _area_below(incident: Incident, namer: Namer, own_tier: Tier) -> str:
    """Name the area from below the desk's own tier down: a city desk says the district too."""
    below = [area.id for area in namer.tree.path(incident.area_id) if area.tier.rank > own_tier.rank]
    names = [namer.area(id_) for id_ in below or [incident.area_id]]
    return " ".join(names if current_language().startswith("zh") else reversed(names))


def plan_of(view: RoomView, namer: Namer) -> tuple[str, str, str, str] | None:
    """Return code, version, the clause of the level, and the title of the plan an incident runs by; None without one."""
    incident = view.room.incident
    found = [plan for plan in namer.trade.plans if (plan.code, plan.version) == (incident.plan_code, incident.plan_version)]
    if not found:
        return None
    rule = found[0].level_rule(Tier(incident.plan_tier), Level(incident.plan_level)) if incident.plan_level else None
    return incident.plan_code, incident.plan_version, rule.clause if rule else "", found[0].title.in_language(current_language())
