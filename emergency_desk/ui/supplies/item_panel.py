"""The panel beside the list of lots: the item of the chosen lot, how many by when, and the acts with their keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_boards import ItemPage, StockLine
from emergency_desk.ui.supplies.stock_words import band_columns, band_lines, colour_pill, depot_words, target_line
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import PillLabel
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.counting import unit_word

WIDTH = 430
_HOURS = (2, 6, 24, 72)


class ItemPanel(Panel):
    """`act(name)` when a button is pressed."""

    act = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.name = ElidedLabel(size="large")
        self.code = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.depot = text_label(size="small", strong=True, wrap=True)
        self.colour = PillLabel()
        self.available = text_label(size="figure")
        self.made_of = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.buttons = {name: KeyButton(words, key) for name, words, key in (
            ("issue", _("Issue goods"), "I"), ("receive", _("Take in"), "R"), ("bring_back", _("Return to stock"), "B"),
            ("move", _("Relocate"), "M"), ("keep_back", _("Keep back"), "K"), ("count", _("Stock-take"), "C"),
            ("quarantine", _("Quarantine"), "Q"), ("release", _("Release"), "L"),
            ("write_off", _("Write off"), "W"), ("open", _("Item card"), "Return"))}
        self.bands = LinesList(band_columns(_HOURS), row_height=26, header=True, marks_current=False)
        self.bands.setAccessibleName(_("How many by when"))
        self.facts = LinesList((Column(stretch=1), Column(width=150, right=True), Column(width=56, right=True)), row_height=24)
        self.facts.setAccessibleName(_("Targets"))
        self.body.addLayout(across(self.name, self.colour, shares=(1,)))
        self.body.addWidget(self.code)
        self.body.addLayout(across(self.available, self.made_of, shares=(0, 1)))
        self.body.addWidget(self.depot)
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, (name, button) in enumerate(self.buttons.items()):
            button.clicked.connect(lambda _checked=False, which=name: self.act.emit(which))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, *divmod(number, _in_a_row()))
        self.body.addLayout(grid)
        self.add_list(self.bands)
        self.add_list(self.facts, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what belongs here."""
        for part in (self.name, self.code, self.available, self.made_of, self.depot):
            part.setText("")
        for button in self.buttons.values():
            button.hide()
        self.bands.hide()
        self.colour.hide()
        self.facts.set_empty(_("Choose a lot at the left: its item appears here, with what can be had by when."))
        self.facts.show_lines(())

    def show_item(self, page: ItemPage, namer: Namer, lot: StockLine | None = None) -> None:
        """Show an item, and the depot its chosen lot stands in with who keeps it; the list may have cut the name."""
        item = page.item
        self.name.setText(in_words(item.name, item.name_en))
        path = " › ".join(in_words(each.name.zh, each.name.en) for each in page.classes)
        self.code.setText(" · ".join(part for part in (item.code, item.specification, path) if part))
        self.available.setText(formats.number(page.available))
        self.made_of.setText(made_of_words(page))
        depot = page.depots.get(lot.site_id) if lot is not None else None
        self.depot.setText(f"{in_words(lot.site, lot.site_en)} · {depot_words(depot)}" if lot is not None and depot is not None else "")
        self.colour.show_pill(colour_pill(page.colour))
        self.colour.show()
        for button in self.buttons.values():
            button.show()
        self.bands.show()
        self.bands.show_lines(band_lines(page))
        self.bands.setFixedHeight(self.bands.height_of_lines() + 2)
        self.facts.set_empty(_("No target is set for this item."))
        self.facts.show_lines([self._target(page, number, namer) for number in range(len(page.targets))])

    def _target(self, page: ItemPage, number: int, namer: Namer) -> Line:
        target = page.targets[number]
        whole = target_line(target, page.held.get(target.id, 0), namer, in_words(*page.site_names.get(target.site_id or Id(""), ("", ""))), "")
        place, held, _wanted, share = whole.cells
        words = _("{held} of {target}").format(held=held.text, target=formats.number(target.target))
        return line(target.id, place, Cell(words, held.tone, shape=held.shape), share)


def _in_a_row() -> int:
    """Return how many acts stand side by side: Chinese words are short."""
    return 5 if current_language().startswith("zh") else 3


def made_of_words(page: ItemPage) -> str:
    """Return what the available amount is of: "of 120 on hand · 10 reserved · 4 quarantined · 6 expired"."""
    parts = [_("{unit} available of {count} on hand").format(unit=unit_word(page.item.unit, page.available), count=formats.number(page.on_hand))]
    others = ((page.reserved, _("{count} reserved")), (page.quarantined, _("{count} quarantined")), (page.expired, _("{count} expired")))
    for count, words in others:
        if count:
            parts.append(words.format(count=formats.number(count)))
    return " · ".join(parts)
