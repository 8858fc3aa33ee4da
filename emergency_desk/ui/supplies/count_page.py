"""One stock-taking: a label is scanned or a lot typed, then how many; line by line, bin by bin. What is settled is approved in one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.count_boards import CountBoard
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.lot_codes import is_lot_code
from emergency_desk.domain.stock import Lot
from emergency_desk.domain.stock_counts import CountState, LineWeighed
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import StockPlace
from emergency_desk.services import stock_counts, supplies
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import ENTER, Answers, Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.count_words import count_columns, count_line, is_hidden, summary_words
from emergency_desk.ui.supplies.lot_field import AskLot, LotEdit
from emergency_desk.ui.supplies.reading_amounts import as_amount
from emergency_desk.ui.supplies.stock_acts import NarrowChoice
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import STOCK_COUNT, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.count_lines import scope_words
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import field_label, label

_HERE = (STOCK_COUNT,)
ACTIONS = (
    Action("count_sheet", N_("Print the sheets of the stock-take"), "print_sheet", "F9", _HERE, short=N_("sheets")),
    Action("count_result", N_("Print what the stock-take found"), "print_result", "Alt+R", _HERE, short=N_("result")),
    Action("count_approve", N_("Approve and book what differs"), "approve", "Alt+A", _HERE, short=N_("approve")),
    Action("count_abandon", N_("Give the stock-take up"), "abandon", "Alt+G", _HERE, short=N_("give up")),
    Action("count_scan", N_("Scan or type a lot"), "focus_scan", "Ctrl+F", _HERE, short=N_("lot")),
    Action("count_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class ReadCount:
    """A count as it was read, with the rules its lots are shown by and the places of its depot."""

    board: CountBoard
    rules: StockRules
    places: tuple[StockPlace, ...]


def read_count(desk: Desk, count_id: Id) -> ReadCount:
    """Read one count. Runs on the store thread."""
    board = stock_counts.count_board(desk, count_id=count_id)
    places = next((one.places for one in supplies.list_depots(desk, with_places=True) if one.site.id == board.count.site_id), ())
    return ReadCount(board, supplies.stock_rules(desk), places)


class CountPage(LivePage):
    """The lines of one stock-taking."""

    subjects = frozenset({Subject.STOCK_COUNT, Subject.STOCK})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.count_id = Id("")
        self._shown: ReadCount | None = None
        self._counter = ""  # who counted last: the next line is theirs too
        self.scan = LotEdit()
        self.scan.setPlaceholderText(_("Scan a label, or type a lot number and Enter"))
        self.scan.setAccessibleName(_("Scan or type a lot"))
        self.scan.setClearButtonEnabled(True)
        self.scan.installEventFilter(self)
        self.about = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.lines = KeyedList(count_columns(), {}, row_height=26, header=True, empty=_("Nothing is counted here."))
        self.lines.setAccessibleName(_("Lines of the stock-take"))
        self.lines.opened.connect(self._ask_line)
        self.form = InlineForm(in_a_row=3)
        self.form.closed.connect(self.focus_scan)
        self.panel = Panel(_("Stock-take"))
        across, down = QHBoxLayout(), QVBoxLayout(self)
        across.setSpacing(GAP)
        across.addWidget(self.scan, 1)
        across.addWidget(self.about, 1)
        self.panel.body.addLayout(across)
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    def show_count(self, count_id: Id) -> None:
        """Turn to a count."""
        if count_id != self.count_id:
            self._shown, self._counter = None, ""
        self.count_id = count_id
        self.form.put_away()
        self.forget()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], ReadCount | None]:
        desk, count_id = self.place.desk, self.count_id
        return lambda: read_count(desk, count_id) if count_id else None

    def show_read(self, answer: ReadCount | None) -> None:
        is_first = self._shown is None
        self._shown = answer
        if answer is None:
            return
        board, now = answer.board, self.now()
        self.lines.show_lines([count_line(board, one, answer.rules, now) for one in board.lines])
        self.panel.set_head(f"{board.count.number} · {in_words(board.depot.zh, board.depot.en)}", self._told(board))
        self.about.setText(" · ".join(part for part in (
            scope_words(board.count), _("keeper {name}").format(name=board.keeper) if board.keeper else "", board.phone,
            _("opened {when} by {name}").format(when=formats.when(board.count.opened_at, now=now), name=board.opened_by)) if part))
        self.scan.setEnabled(board.count.state is CountState.OPEN)
        if is_first and not self.form.isVisible():
            self.focus_scan()

    def _told(self, board: CountBoard) -> str:
        if board.count.state is CountState.OPEN:
            return summary_words(board)
        closed = formats.when(board.count.closed_at, now=self.now()) if board.count.closed_at else ""
        return " · ".join(part for part in (label(board.count.state), closed, board.closed_by, board.count.document, board.count.reason) if part)

    # -- scanning ------------------------------------------------------------------------------------------------------
    def focus_scan(self) -> None:
        """Put the cursor where a label is scanned."""
        if self.scan.isEnabled():
            self.scan.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scan.selectAll()
        else:
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.scan and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in ENTER:
                self._find(self.scan.text())
                return True
            if event.key() == Qt.Key.Key_Down:
                self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        desk = self.place.desk
        if typed.strip():
            self.place.ask(lambda: stock_counts.find_lot(desk, typed=typed), then=self._found)

    def _found(self, lot: Lot) -> None:
        """A lot was scanned: ask for the first of its lines that still has to be counted, or for a new place of it."""
        shown = self._shown
        if shown is None:
            return
        here = [one for one in shown.board.lines if one.line.lot_id == lot.id]
        line = next((one for one in here if not one.stand.is_settled), here[0] if here else None)
        self.scan.clear()
        if line is None:
            self._ask_found(lot)
            return
        row = next(number for number, one in enumerate(shown.board.lines) if one is line)
        self.lines.setCurrentIndex(self.lines.lines_model.index(row, 0))
        self._ask(line)

    # -- entering ------------------------------------------------------------------------------------------------------
    def _ask_line(self, key: str) -> None:
        shown = self._shown
        line = next((one for one in shown.board.lines if one.line.id == key), None) if shown else None
        if line is not None and shown is not None and shown.board.count.state is CountState.OPEN:
            self._ask(line)

    def _ask(self, one: LineWeighed) -> None:
        """Ask how many stand there, and who counted them."""
        shown = self._shown
        if shown is None:
            return
        names = shown.board.names[one.line.id]
        title = _("{number}: {item}, lot {lot} at {place}").format(
            number=one.line.number, item=in_words(names.item, names.item_en), lot=names.lot, place=names.place or _("depot as a whole"))
        others = _("counted by {names}; another person counts again").format(names=_("; ").join(one.counters)) if one.tallies else ""
        self.form.ask(title, self._fields(names.unit), _("Enter"),
                      lambda answers: self._tally(one.line.lot_id, one.line.place_id, answers), focus="quantity",
                      note=others or _("What stands there, kept back and in quarantine too."))

    def _ask_found(self, lot: Lot) -> None:
        """Ask for a lot that stands where the books have none."""
        shown = self._shown
        if shown is None:
            return
        choices = [(place.id, place.words or _("depot as a whole")) for place in shown.places]
        fields = (NarrowChoice(name="place_id", label=field_label("bin"), choices=choices), *self._fields(""))
        self.form.ask(_("Lot {number} is not on the sheets of this count: where was it found?").format(number=lot.number), fields, _("Enter"),
                      lambda answers: self._tally(lot.id, Id(answers["place_id"]), answers), focus="quantity")

    def _fields(self, unit: str) -> tuple[Ask, ...]:
        account = self.place.desk.account
        who = self._counter or (account.display_name if account else "")
        hint = _("in {unit}, or packs: 3 箱").format(unit=unit_word(unit)) if unit else _("12, or packs: 3 箱")
        return (AskLot(name="quantity", label=_("Counted"), hint=hint, scanned=lambda _edit, code: self._scanned_instead(code)),
                Ask(name="counted_by", label=field_label("counted_by"), value=who), Ask(name="note", label=field_label("note")))

    def _scanned_instead(self, code: str) -> None:
        """A label was scanned where a number belongs: that lot is meant."""
        self.form.put_away()
        self._find(code)

    def _tally(self, lot_id: Id, place_id: Id, answers: Answers) -> None:
        desk, count_id = self.place.desk, self.count_id
        if is_lot_code(answers["quantity"]):
            return
        try:
            quantity, unit = as_amount("quantity", answers["quantity"])
        except DeskError as error:
            self.form.refused(error)
            return

        def done(_answer: Done[object]) -> None:
            self._counter = answers["counted_by"]
            self.form.put_away()
            self.focus_scan()

        self.place.ask(lambda: stock_counts.tally(desk, count_id=count_id, lot_id=lot_id, place_id=place_id, quantity=quantity, unit=unit,
                                                  counted_by=answers["counted_by"], note=answers["note"]),
                       then=done, refused=self.form.refused)

    # -- closing -------------------------------------------------------------------------------------------------------
    def approve(self) -> None:
        """Ask for the reason, and book what differs."""
        shown = self._shown
        if shown is None or shown.board.count.state is not CountState.OPEN:
            return
        board = shown.board
        differing = () if is_hidden(board) else board.differing
        told = ngettext("{count} line differs and is booked as overage or shortage in one document.",
                        "{count} lines differ and are booked as overage or shortage in one document.", len(differing))
        self.form.ask(_("Approve {number}").format(number=board.count.number),
                      (Ask(name="reason", label=field_label("reason"), is_long=True, hint=_("why books and goods differ") if differing else ""),),
                      _("Approve and book"), self._approve,
                      note=told.format(count=len(differing)) if differing else _("Nothing differs: the count is closed."))

    def _approve(self, answers: Answers) -> None:
        desk, count_id = self.place.desk, self.count_id
        self.place.ask(lambda: stock_counts.approve_count(desk, count_id=count_id, reason=answers["reason"]),
                       then=lambda answer: self._closed(_("{number} is closed; books and goods agree. {document}").format(
                           number=answer.value.number, document=answer.value.document)), refused=self.form.refused)

    def abandon(self) -> None:
        """Ask why the count is given up."""
        shown, desk, count_id = self._shown, self.place.desk, self.count_id
        if shown is None or shown.board.count.state is not CountState.OPEN:
            return

        def do(answers: Answers) -> None:
            self.place.ask(lambda: stock_counts.abandon_count(desk, count_id=count_id, reason=answers["reason"]),
                           then=lambda answer: self._closed(_("{number} is given up; nothing was booked.").format(number=answer.value.number)),
                           refused=self.form.refused)

        self.form.ask(_("Give {number} up").format(number=shown.board.count.number), (
            Ask(name="reason", label=field_label("reason"), is_long=True),), _("Give up"), do,
            note=_("Nothing is booked; what was counted stays readable."))

    def _closed(self, words: str) -> None:
        self.form.put_away()
        self.place.window.notices.done(words.strip())

    # -- papers --------------------------------------------------------------------------------------------------------
    def print_sheet(self) -> None:
        """Preview the sheets that are counted on."""
        self.place.print_register("count-sheet", self.count_id)

    def print_result(self) -> None:
        """Preview what was found."""
        self.place.print_register("count-result", self.count_id)
