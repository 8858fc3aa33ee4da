"""What a plan does at a tier: its levels with their conditions, who may activate them, what they ask for, and the actions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plans import Level, Plan, actions_for, needs_for
from emergency_desk.domain.trade import Trade
from emergency_desk.ui.theme import PAD, Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import after_start
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_said, level_word

_LEVEL_COLUMNS = (Column(width=34), Column(stretch=True, wrap=True), Column(right=True, width=72))
_ACTION_COLUMNS = (Column(right=True, width=58), Column(stretch=True, wrap=True))
_LEAST_ACTIONS = 130
_TIERS = (Tier.STREET, Tier.DISTRICT, Tier.CITY)


class LevelPanel(QWidget):
    """`clause_wanted(number)` when a level or an action is opened: where it stands in the text."""

    clause_wanted = Signal(str)

    def __init__(self, trade: Trade) -> None:
        super().__init__()
        self._trade = trade
        self._plan: Plan | None = None
        self._tier, self._level = Tier.DISTRICT, Level.IV
        self.levels = LinesList(_LEVEL_COLUMNS, ruled=True, empty=_("The plan sets no levels for this tier."))
        self.levels.setAccessibleName(_("Levels"))
        self.action_list = LinesList(_ACTION_COLUMNS, ruled=True, empty=_("No action of this tier at this level."))
        self.action_list.setAccessibleName(_("Actions"))
        self.when = text_label(size="small", wrap=True)
        self.asks = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.level_panel, self.action_panel = Panel(_("Levels and who may activate them")), Panel(_("Actions"))
        self.tiers = {tier: QRadioButton(label(tier)) for tier in _TIERS}
        self._lay_out()
        self.levels.chosen.connect(self._choose_level)
        self.levels.opened.connect(self._open_level)
        self.levels.rows_sized.connect(self._show_all_levels)
        self.action_list.opened.connect(self._open_action)

    # -- what is shown -------------------------------------------------------------------------------------------------
    def show_plan(self, plan: Plan, *, tier: Tier) -> None:
        """Show a plan at a tier; where the plan has no levels for it, at the nearest that has."""
        self._plan = plan
        with_levels = [each for each in _TIERS if plan.levels_of(each)]
        for each, button in self.tiers.items():
            button.setEnabled(each in with_levels)
        nearest = min(with_levels or [tier], key=lambda each: abs(each.rank - tier.rank))
        self.tiers[nearest if nearest in self.tiers else Tier.DISTRICT].setChecked(True)
        self._show_tier(nearest)

    def show_clause(self, clause: str) -> None:
        """Mark the level or the action that a clause sets, if it sets one."""
        if self._plan is None:
            return
        rule = next((rule for rule in self._plan.levels if rule.clause == clause), None)
        if rule is not None and rule.tier in self.tiers:
            self.tiers[rule.tier].setChecked(True)
            self._show_tier(rule.tier)
            self.levels.choose(rule.level.value)
            return
        here = next((action for action in self._plan.actions if action.clause == clause and action.tier in self.tiers), None)
        if here is not None:
            self.tiers[here.tier].setChecked(True)
            self._show_tier(here.tier)
            if here.id not in {line.key for line in self.action_list.lines}:
                self.levels.choose(here.from_level.value)
            self.action_list.choose(here.id)

    @property
    def tier(self) -> Tier:
        """The tier that is shown."""
        return self._tier

    @property
    def level(self) -> Level:
        """The level whose actions are shown."""
        return self._level

    # -- inside --------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(PAD)
        for tier, button in self.tiers.items():
            row.addWidget(button)
            button.toggled.connect(lambda checked, chosen=tier: self._show_tier(chosen) if checked and chosen is not self._tier else None)
        row.addStretch(1)
        self.level_panel.body.addLayout(row)
        self.level_panel.add_list(self.levels)
        for told in (self.when, self.asks):
            told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self.level_panel.body.addWidget(told)
        self.action_panel.add_list(self.action_list, 1)
        fill_page(self, self.level_panel, self.action_panel)

    def _show_tier(self, tier: Tier) -> None:
        if self._plan is None:
            return
        plan, self._tier = self._plan, tier
        language = current_language()
        self.levels.show_lines([
            Line(rule.level.value, (
                Cell(level_word(rule.level), strong=True, size="large"),
                Cell(rule.activated_by.in_language(language), size="small",
                     hint=plan_words.needs(needs_for(plan, tier, rule.level), plan, self._trade.capabilities)),
                Cell(_("cl. {clause}").format(clause=rule.clause), Tone.SECONDARY, size="small")))
            for rule in plan.levels_of(tier)])
        self._show_all_levels()
        if self.levels.lines and not self.levels.choose(self._level.value):
            self.levels.choose(self.levels.lines[-1].key)
        self._show_level()

    def _show_all_levels(self) -> None:
        """Let every level be seen without scrolling, the chosen one above all: their words take another height as the panel is narrower."""
        self.levels.setFixedHeight(max(self.levels.row_height, self.levels.height_of_lines()))
        self._fit()

    def _choose_level(self, key: str) -> None:
        if key:
            self._level = Level(key)
            self._show_level()

    def _show_level(self) -> None:
        assert self._plan is not None
        plan, language = self._plan, current_language()
        actions = actions_for(plan, self._tier, self._level) if self.levels.lines else ()
        self.action_list.show_lines([
            Line(action.id, (
                Cell(after_start(action.due_minutes), Tone.ACT, strong=True),
                Cell(_("{title} ({role}, cl. {clause})").format(
                    title=action.title.in_language(language), role=label(action.role), clause=action.clause), size="small",
                    hint=plan_words.needs(action.needs, plan, self._trade.capabilities))))
            for action in actions])
        self._show_conditions(plan)
        asked = plan_words.needs(needs_for(plan, self._tier, self._level), plan, self._trade.capabilities) if self.levels.lines else ""
        self.asks.setText(_("Level {level} asks for: {needs}").format(level=level_said(self._level), needs=asked) if asked else "")
        self.asks.setToolTip(asked)
        self._fit()
        self.action_panel.set_head(
            title=_("Actions of the {tier} at level {level}").format(tier=label(self._tier), level=level_said(self._level)),
            note=ngettext("{count} action", "{count} actions", len(actions)).format(count=len(actions)))

    def _show_conditions(self, plan: Plan) -> None:
        rule = plan.level_rule(self._tier, self._level)
        lines = plan_words.conditions(rule, plan) if rule is not None and self.levels.lines else []
        self.when.setVisible(bool(lines))
        head = _("Level {level} when this is so:") if len(lines) == 1 else _("Level {level} when one of these is so:")
        told = (_("•  {condition}").format(condition=line) for line in lines)
        self.when.setText("\n".join((head.format(level=level_said(self._level)), *told)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the wrapped words their height; on a small screen the actions come before what a level asks for."""
        wide = self.width() - 2 * PAD - 4
        for told in (self.when, self.asks):
            told.setMinimumHeight(0)  # a label never asks for less than its least height
            told.setFixedHeight(max(0, told.heightForWidth(wide)))
        above = 100 + self.levels.height() + self.when.height()
        self.asks.setVisible(bool(self.asks.text()) and self.height() - above - self.asks.height() > _LEAST_ACTIONS)

    def _open_level(self, key: str) -> None:
        assert self._plan is not None
        rule = self._plan.level_rule(self._tier, Level(key))
        if rule is not None:
            self.clause_wanted.emit(rule.clause)

    def _open_action(self, key: str) -> None:
        assert self._plan is not None
        action = next((action for action in self._plan.actions if action.id == key), None)
        if action is not None:
            self.clause_wanted.emit(action.clause)
