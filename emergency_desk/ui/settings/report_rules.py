"""How soon this desk reports: which sets of rows it follows, every row with its source, and the limits the office sets itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.reporting import LAW, PROFILES, Channel, ReportRule
from emergency_desk.errands import report_rules
from emergency_desk.services import report_settings
from emergency_desk.services.desk import Done
from emergency_desk.services.steps.reporting import ReportSettings
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.call_parts import ChoiceBox
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import NumberEdit
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import across, fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.labels import label

REPORT_RULES = "report_rules"
_PAGE = (REPORT_RULES,)
ACTIONS = (
    Action("rules_keep", N_("Change the minutes of the row"), "keep_minutes", "Ctrl+S", _PAGE, short=N_("change minutes")),
    Action("rules_add", N_("Add a row for this office"), "add_row", "Alt+N", _PAGE, short=N_("add a row")),
    Action("rules_restore", N_("Restore the table as it ships"), "restore", "Alt+R", _PAGE, short=N_("restore")),
    Action("rules_back", N_("Leave the reporting limits"), "leave", "Escape", _PAGE, short=N_("back")),
)
_MANY_MINUTES = report_rules.LONGEST_MINUTES


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows."""

    settings: ReportSettings
    rules: tuple[ReportRule, ...]
    at_once_minutes: int
    is_newer_shipped: bool = False


class ReportRulesPage(Screen):
    """Choose a profile at the top; a chosen row's minutes are changed below."""

    subjects = frozenset({Subject.SETTING, Subject.RULE})

    def __init__(self, place: Workplace, shipped: Path) -> None:
        super().__init__(place.background)
        self.place, self._shipped = place, shipped
        self._rules: dict[str, ReportRule] = {}
        self._settings = ReportSettings()
        self.profile = ChoiceBox(_("Profile"), tuple((name, _profile_word(name)) for name in (*PROFILES, "")))
        self.profile.activated.connect(lambda _place: self._choose())
        self.first_day = TickBox(_("The day of the event is the first of the 7 or 30 days"))
        self.first_day.clicked.connect(lambda _checked: self._choose())
        self.lines = KeyedList((Column(_("Rule"), width=62), Column(_("What it says"), stretch=2, wrap=True), Column(_("Set of rows"), width=104),
                                Column(_("Minutes"), width=74, right=True), Column(_("Rests on"), stretch=1, wrap=True)), {}, row_height=30,
                               header=True, ruled=True)
        self.lines.setAccessibleName(_("Reporting limits"))
        self.lines.chosen.connect(self._show_row)
        self.minutes = NumberEdit(name=_("Minutes"), largest=_MANY_MINUTES)
        self.minutes.returnPressed.connect(self.keep_minutes)
        self.at_once = NumberEdit(name=_("Minutes for what is due at once"), largest=_MANY_MINUTES)
        self.at_once.returnPressed.connect(self.keep_at_once)
        self.at_once.setToolTip(_("The law says “at once” and names no minutes; only the office's own count of punctuality uses this."))
        self.from_tier = ChoiceBox(_("From"), tuple((tier.value, label(tier)) for tier in (Tier.STREET, Tier.DISTRICT, Tier.CITY)))
        self.to_tier = ChoiceBox(_("To"), tuple((tier.value, label(tier)) for tier in (Tier.DISTRICT, Tier.CITY, Tier.PROVINCE)))
        self.channel = ChoiceBox(_("By"), tuple((channel.value, label(channel)) for channel in (Channel.PHONE, Channel.WRITTEN)))
        self.new_minutes = NumberEdit(name=_("Minutes of the new row"), largest=_MANY_MINUTES)
        self.newer = text_label(_("A newer table ships with this program; this office's own stays until it is restored."), tone=Tone.ORANGE)
        self._lay_out()
        place.window.acts.register(ACTIONS)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read]:
        desk, folder = self.place.desk, self._shipped
        return lambda: Read(report_settings.read_report_settings(desk), desk.trade.clocks.rules, desk.trade.clocks.at_once_minutes,
                            report_rules.newer_ships(desk, folder=folder))

    def show_read(self, answer: Read) -> None:
        is_first = not self._rules
        self._settings = answer.settings
        self._rules = {rule.id: rule for rule in answer.rules}
        shown = sorted(answer.rules, key=lambda rule: (rule.profile != LAW and rule.profile not in answer.settings.profiles,))
        self.lines.show_lines([_line(rule, answer.settings) for rule in shown])
        self.profile.choose(answer.settings.name)
        if self.profile.value != answer.settings.name:
            self.profile.setCurrentIndex(self.profile.count() - 1)
        self.first_day.setChecked(answer.settings.counts_first_day)
        self.at_once.set_value(answer.at_once_minutes)
        self.newer.setVisible(answer.is_newer_shipped)
        if is_first:
            self.lines.choose_first()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_row(self, rule_id: str) -> None:
        rule = self._rules.get(rule_id)
        may = rule is not None and report_rules.editable(rule)
        self.minutes.setEnabled(may)
        self.minutes.set_value(rule.minutes if rule is not None else None)
        self.keep_button.setEnabled(may)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def _choose(self) -> None:
        desk, first = self.place.desk, self.first_day.isChecked()
        own = tuple(name for name in self._settings.profiles if name == report_rules.OWN)
        profiles = (*PROFILES[self.profile.value], *own) if self.profile.value else self._settings.profiles
        self.place.ask(lambda: report_settings.choose_profiles(desk, profiles=profiles, counts_first_day=first), then=self._kept)

    def keep_minutes(self) -> None:
        """Change the minutes of the chosen row."""
        desk, rule_id, minutes = self.place.desk, self.lines.current_key, self.minutes.value or 0
        if rule_id:
            self.place.ask(lambda: report_rules.change_minutes(desk, rule_id=rule_id, minutes=minutes), then=self._kept)

    def keep_at_once(self) -> None:
        """Change after how many minutes a report due at once counts as late."""
        desk, minutes = self.place.desk, self.at_once.value or 0
        self.place.ask(lambda: report_rules.change_at_once(desk, minutes=minutes), then=self._kept)

    def add_row(self) -> None:
        """Add a row from what stands below; without minutes, go there first."""
        if self.new_minutes.value is None:
            self.new_minutes.setFocus()
            return
        desk, minutes = self.place.desk, self.new_minutes.value
        sender, receiver, channel = Tier(self.from_tier.value), Tier(self.to_tier.value), Channel(self.channel.value)
        self.place.ask(lambda: report_rules.add_row(desk, from_tier=sender, to_tier=receiver, channel=channel, minutes=minutes), then=self._kept)

    def restore(self) -> None:
        """Take the table as it ships."""
        desk, folder = self.place.desk, self._shipped
        self.place.ask(lambda: report_rules.restore(desk, folder=folder), then=self._kept)

    def leave(self) -> None:
        """Go back."""
        self.place.window.show_page_before()

    def _kept(self, _done: Done[object]) -> None:
        self.place.window.notices.done(_("The reporting limits are changed; what was owed before keeps its time."))
        self.refresh()

    # -- building ------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.profile.setMinimumContentsLength(26)
        top, table, own = Panel(_("How soon this desk reports")), Panel(_("Rows of the table")), Panel(_("A row for this office"))
        asked = across(text_label(_("What this desk follows besides the law"), tone=Tone.SECONDARY), self.profile, self.first_day,
                       text_label(_("“At once” is late after minutes"), tone=Tone.SECONDARY), self.at_once)
        asked.addStretch(1)
        top.body.addLayout(asked)
        table.add_list(self.lines, 1)
        self.keep_button = KeyButton(_("Change the minutes"), "Ctrl+S")
        self.keep_button.clicked.connect(self.keep_minutes)
        row = across(text_label(_("Minutes of the chosen row"), tone=Tone.SECONDARY), self.minutes, self.keep_button)
        row.addStretch(1)
        table.body.addLayout(row)
        adding = QHBoxLayout()
        adding.setSpacing(GAP)
        for box in (self.from_tier, self.to_tier, self.channel):
            box.setMinimumContentsLength(10)
            adding.addWidget(box)
        adding.addWidget(text_label(_("within minutes"), tone=Tone.SECONDARY))
        adding.addWidget(self.new_minutes)
        for words, key, act in ((_("Add the row"), "Alt+N", self.add_row), (_("Restore the table as it ships"), "Alt+R", self.restore)):
            button = KeyButton(words, key)
            button.clicked.connect(act)
            adding.addWidget(button)
        adding.addStretch(1)
        own.body.addLayout(adding)
        own.body.addWidget(self.newer)
        fill_page(self, top, table, own, shares=(0, 1))


def _profile_word(name: str) -> str:
    return {"national": _("National minimum: the law alone"), "qingdao": _("Qingdao, and common practice"),
            "strict_a": _("Strict pattern A, and common practice"), "strict_b": _("Strict pattern B, and common practice"),
            "": _("A choice of one's own")}[name]


def _set_word(profile: str) -> str:
    words = {LAW: _("law"), "qingdao_2009": _("Qingdao 2009"), "common": _("common"), "strict_a": _("strict A"), "strict_b": _("strict B"),
             report_rules.OWN: _("this office")}
    return words.get(profile, profile)


def _line(rule: ReportRule, settings: ReportSettings) -> Line:
    """Return a row; those that are not followed stand back."""
    language = current_language()
    tone = Tone.TEXT if rule.profile == LAW or rule.profile in settings.profiles else Tone.SECONDARY
    says, rests = rule.says.in_language(language), rule.basis.title.in_language(language)
    minutes = "—" if rule.minutes is None else _("at once") if rule.minutes == 0 else str(rule.minutes)
    return line(rule.id, Cell(rule.row, tone), Cell(says, tone, hint=says), Cell(_set_word(rule.profile), tone), Cell(minutes, tone),
                Cell(rests, Tone.SECONDARY, size="small", hint=rests))
