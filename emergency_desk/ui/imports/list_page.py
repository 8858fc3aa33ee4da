"""What every page of a foreign list shares: the file and what is asked about it on top, its rows below, the act that takes them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.errands.rows_to_mend import Taken, Which
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.laying_out import Part, across, put_into
from emergency_desk.ui.widgets.lines import Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.refusals import sentence

P = TypeVar("P")  # what a list says, before anything is taken
T = TypeVar("T", bound=Taken)


class ListPage(QWidget, Generic[P, T]):
    """A subclass names its actions, its columns and its words, asks for the preview, and takes the rows."""

    keys: Sequence[Action] = ()
    take_action = ""
    refusal = Signal(object)

    def __init__(self, place: Workplace, *, hint: str, columns: Sequence[Column], empty: str) -> None:
        super().__init__()
        self.place = place
        self.preview: P | None = None
        self._looked_at: Path | None = None
        self._busy_since, self._busy_with = 0.0, ""
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(self._tell_progress)
        self.path = FileField(hint)
        self.path.returnPressed.connect(self.look)
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.lines = LinesList(columns, header=True, empty=empty)
        self.lines.setAccessibleName(_("Rows of the list"))
        self.form = InlineForm(in_a_row=1)
        self.good = KeyButton(self.take_words(0), "Ctrl+Return", filled=True)
        self.good.clicked.connect(self.take_good)
        self.good.setEnabled(False)
        place.window.acts.register(self.keys)

    # -- what a kind of list says --------------------------------------------------------------------------------------
    @abstractmethod
    def ask_preview(self, path: Path) -> None:
        """Ask for what the list says; the answer goes to `show_preview` or `show_refusal`."""

    @abstractmethod
    def rows_of(self, preview: P) -> Sequence[Line]:
        """Return the rows as they are shown."""

    @abstractmethod
    def summary(self, preview: P) -> tuple[str, Tone]:
        """Return how many rows may be taken and how many come back, and what somebody should look at before."""

    @abstractmethod
    def count_good(self, preview: P) -> int:
        """Return how many rows would be taken."""

    @abstractmethod
    def take_words(self, count: int) -> str:
        """Return the words of the button that takes so many rows; of none yet for 0."""

    @abstractmethod
    def taking_words(self, which: Which) -> str:
        """Return what is told while the rows are taken."""

    @abstractmethod
    def take(self, preview: P, which: Which) -> T:
        """Take the rows, on the store's thread."""

    @abstractmethod
    def taken_words(self, preview: P, taken: T) -> Sequence[str]:
        """Return what came of it."""

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        return action_id != self.take_action or self.good.isEnabled() or self._is_unread

    @property
    def _is_unread(self) -> bool:
        """Say whether another file is named than the one that was looked at last."""
        return self.path.path not in (None, self._looked_at) and not self._busy_with

    def look(self) -> None:
        """Read the list anew, with nothing answered yet."""
        if self.path.path is None:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
        self.read()

    def choose_file(self) -> None:
        """Ask for the file in the system's own dialog."""
        if self.path.choose(_("Choose a list")):
            self.look()

    def leave(self) -> None:
        """Go back; what was read stays here until another list is looked at."""
        self.place.window.show_page_before()

    def take_good(self) -> None:
        """Take the good rows, all of them in one commit; of a file that is only named yet nothing is taken: it is looked at."""
        if self._is_unread:
            self.look()
        else:
            self.take_rows("good")

    # -- reading -------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read the list as it is answered now, once it is named."""
        path = self.path.path
        if path is not None and not self._busy_with:
            self._looked_at = path
            self._begin_work(_("Reading {name}…").format(name=path.name))
            self.ask_preview(path)

    def show_preview(self, preview: P) -> None:
        """Show what the list says."""
        self._end_work()
        self.preview = preview
        self.lines.show_lines(self.rows_of(preview))
        self.tell(*self.summary(preview))
        self.show_state()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines.choose_first()

    def show_refusal(self, error: DeskError) -> None:
        """Tell why the list cannot be read."""
        self.put_away()
        self.tell(sentence(error), Tone.RED)
        self.show_state()

    def put_away(self) -> None:
        """Show nothing more of the list that was read."""
        self._end_work()
        self.preview = None
        self.lines.show_lines([])

    # -- taking --------------------------------------------------------------------------------------------------------
    def take_rows(self, which: Which) -> None:
        """Take the good rows or none, and write those to mend."""
        preview = self.preview
        if preview is None or self._busy_with:
            return
        self._begin_work(self.taking_words(which))
        self.place.ask(lambda: self.take(preview, which), then=lambda taken: self._taken(preview, taken), refused=self._not_taken)

    def _taken(self, preview: P, taken: T) -> None:
        self.put_away()
        mend = _("The rows to mend lie in {path}, each with its reason.").format(path=taken.bad_rows_path) if taken.bad_rows_path else ""
        self.tell("  ".join(filter(None, (*self.taken_words(preview, taken), mend))), Tone.GREEN if taken.value else Tone.TEXT)
        self.show_state()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_taken(self, error: DeskError) -> None:
        self._end_work()
        self.tell(sentence(error), Tone.RED)
        self.show_state()

    @property
    def is_busy(self) -> bool:
        """Say whether a list is being read or taken."""
        return bool(self._busy_with)

    # -- telling -------------------------------------------------------------------------------------------------------
    def _begin_work(self, what: str) -> None:
        self._busy_with, self._busy_since = what, monotonic()
        self._ticking.start()
        self._tell_progress()
        self.show_state()

    def _end_work(self) -> None:
        self.path.hide_offers()
        self._busy_with = ""
        self._ticking.stop()
        self.place.background.expect_file()

    def _tell_progress(self) -> None:
        seconds = int(monotonic() - self._busy_since)
        self.tell(_("{what} {seconds} s").format(what=self._busy_with, seconds=seconds) if seconds else self._busy_with, Tone.ACT)

    def tell(self, words: str, tone: Tone) -> None:
        """Say what is to be known of the list now, below its file."""
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone in (Tone.RED, Tone.GREEN))

    def show_state(self) -> None:
        """Show what can be done now."""
        count = self.count_good(self.preview) if self.preview is not None else 0
        self.good.setEnabled(bool(count) and not self._busy_with)
        self.good.set_words(self.take_words(count))
        self.place.window.keys.rebuild()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.background.expect_file()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.form.put_away()

    def head(self, title: str, subtitle: str, asked: QWidget, *below: Part, shares: tuple[int, int] = (3, 2)) -> Panel:
        """Return the panel of the file with what is asked beside it and below it, and what is told."""
        choose, look = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        choose.clicked.connect(self.choose_file)
        look.clicked.connect(self.look)
        panel = Panel(title, subtitle)
        put_into(panel.body, across(self.path, asked, choose, look, shares=shares), *below, self.told)
        return panel

    def rows(self, subtitle: str, *below: QWidget, beside: Sequence[QWidget] = ()) -> Panel:
        """Return the panel of the rows, with what is asked about one below, then the act that takes them."""
        panel = Panel(_("Rows"), subtitle)
        panel.add_list(self.lines, 1)
        put_into(panel.body, *below, across(self.good, *beside, QWidget(), shares=(0, *(0 for _each in beside), 1)))
        return panel
