"""What is wrong with the stock, the most pressing first. Enter opens the item, or the depot that is to be counted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock_alarms import StockAlarm, StockAlarmKind
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import AS_USUAL
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.services import stock_lists, supplies
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.stock_words import alarm_line
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import STOCK_ALARMS, Workplace
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label
from emergency_desk.wording.refusals import word

_HERE = (STOCK_ALARMS,)
_GROUPS: tuple[tuple[str, tuple[StockAlarmKind, ...]], ...] = (
    ("amounts", (StockAlarmKind.BELOW_MINIMUM, StockAlarmKind.BELOW_TARGET, StockAlarmKind.ABOVE_MOST)),
    ("dates", (StockAlarmKind.EXPIRED, StockAlarmKind.EXPIRING)), ("counts", (StockAlarmKind.COUNT_OVERDUE,)),
    ("promises", (StockAlarmKind.PROMISE_ENDED, StockAlarmKind.PROMISE_ENDING)),
)
ACTIONS = (
    Action("alarms_last_day", N_("May a lot be issued on the day it expires?"), "ask_last_day", "Alt+L", _HERE, short=N_("last day")),
    Action("alarms_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
Read = tuple[list[StockAlarm], dict[Id, tuple[str, str]]]


def read_alarms(desk: Desk) -> Read:
    """Read the alarms with their names. Runs on the store thread."""
    found = stock_lists.stock_alarms(desk)
    return found, stock_lists.names_of_alarms(desk, found=found)


class AlarmsPage(LivePage):
    """The alarms of the stock."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.PROMISE, Subject.SETTING})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.group = ""
        self._found: Read = ([], {})
        self._shown: list[StockAlarm] = []
        self.lines = KeyedList((Column(_("Alarm"), width=150), Column(_("Item"), stretch=2), Column(_("Where"), stretch=3),
                                Column(_("How many, until when"), width=260), Column(_("Reserve"), width=120)),
                               {Qt.Key.Key_T: "counted"}, row_height=28, header=True, empty=_("Nothing is wrong with the stock."))
        self.lines.setAccessibleName(_("Alarms of the stock: Enter opens the item, T counted"))
        self.lines.opened.connect(self._opened)
        self.lines.key_pressed.connect(lambda _name, key: self._counted(key))
        words = {"": _("All"), "amounts": _("Amounts"), "dates": _("Expiry"), "counts": _("Counts"), "promises": _("Promises")}
        self.chips: dict[str, KeyButton] = {}
        chips = QHBoxLayout()
        chips.setSpacing(GAP)
        for name, told in words.items():
            chip = self.chips[name] = KeyButton(told)
            chip.clicked.connect(lambda _checked=False, chosen=name: self.choose(chosen))
            chips.addWidget(chip)
        chips.addStretch(1)
        self.panel = Panel(_("Stock alarms"))
        self.panel.body.addLayout(chips)
        self.panel.add_list(self.lines, 1)
        self.form = InlineForm(in_a_row=1)
        self.panel.body.addWidget(self.form)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    def choose(self, group: str) -> None:
        """Show one group of alarms, or all."""
        self.group = group
        self.show_read(self._found)

    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk
        return lambda: read_alarms(desk)

    def show_read(self, answer: Read) -> None:
        self._found = answer
        found, names = answer
        kinds = dict(_GROUPS).get(self.group, tuple(StockAlarmKind))
        self._shown = [one for one in found if one.kind in kinds]
        today, namer = local_day(self.now()), self.place.namer()
        for name, chip in self.chips.items():
            chip.set_filled(name == self.group)
        self.lines.show_lines([alarm_line(each, number, names, namer, today) for number, each in enumerate(self._shown)])
        told = [f"{label(kind)} {count}" for kind in StockAlarmKind if (count := sum(1 for one in found if one.kind is kind))]
        self.panel.set_head(note=" · ".join((*told, _("T counted today"))))
        if not self.lines.hasFocus() and not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _alarm(self, key: str) -> StockAlarm | None:
        return self._shown[int(key.split(":")[0])] if key else None

    def _opened(self, key: str) -> None:
        alarm = self._alarm(key)
        if alarm is None:
            return
        if alarm.item_id is not None:
            self.place.open_item(alarm.item_id)
        elif alarm.site_id is not None:
            self.place.open_stock_of(alarm.site_id)

    def _counted(self, key: str) -> None:
        """The depot was counted today and the books agree."""
        alarm, desk = self._alarm(key), self.place.desk
        if alarm is None or alarm.kind is not StockAlarmKind.COUNT_OVERDUE or alarm.site_id is None:
            return
        site_id, before = alarm.site_id, alarm.ends_on
        name = in_words(*self._found[1].get(site_id, ("", "")))
        self.place.ask(lambda: supplies.note_count(desk, site_id=site_id), then=lambda _done: self.place.window.notices.done(
            _("{depot}: counted today.").format(depot=name),
            (lambda: self.place.ask(lambda: supplies.note_count(desk, site_id=site_id, counted_on=before))) if before else None))

    def ask_last_day(self) -> None:
        """Ask whether a lot may still be issued on the day it expires."""
        desk = self.place.desk

        def ask(rules: StockRules) -> None:
            choices = (("", _("No: it is expired at its date")), ("yes", _("Yes: through the date")))
            basis = rules.expiry_basis
            told = word(basis) if basis is not None else ""
            self.form.ask(_("May a lot be issued on the day it expires?"), (
                AskChoice(name="allowed", label=_("On the last day"), choices=choices, value="yes" if rules.usable_on_the_day else ""),),
                _("Keep"), self._keep_last_day, note=_("The table ships with no: {basis}.").format(basis=told))

        self.place.ask(lambda: supplies.stock_rules(desk), then=ask)

    def _keep_last_day(self, answers: Answers) -> None:
        desk, allowed = self.place.desk, bool(answers["allowed"])
        self.place.ask(lambda: supplies.let_use_on_the_day(desk, allowed=allowed), then=lambda _done: self.form.put_away(),
                       refused=self.form.refused)

    def open_stock_papers(self) -> None:
        """Open where there is too little; what expires stands beside it."""
        self.place.preview_stock(StockPaper.SHORTFALL, AS_USUAL)
