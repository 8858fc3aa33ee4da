"""Has papers made in the helper process, one after the other: the newest wish counts, the ones between are left out."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.errands.paper_pictures import PagePicture, Preview, draw_pages, preview_paper
from emergency_desk.services.papers import Sheet
from emergency_desk.ui.papers.paper_view import PaperView
from emergency_desk.ui.workplace import Workplace

_FIRST_PAGES = 2


class PaperMaking(QObject):
    """`made(preview)` when the wished paper stands in the view; `busy(bool)` while it is being made; `refused(error)`."""

    made = Signal(object)
    busy = Signal(bool)
    refused = Signal(object)

    def __init__(self, place: Workplace, view: PaperView) -> None:
        super().__init__(view)
        self._place, self._view = place, view
        folder = tempfile.mkdtemp(prefix="emergency-desk-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)  # with this page, or at the end of the program
        self.path = Path(folder) / "preview.pdf"
        self._turn = 0  # counts papers: an answer about another one is dropped
        self._is_making, self._is_anew = False, False
        self._next: Callable[[], None] | None = None
        view.wanted.connect(self._draw)

    @property
    def is_busy(self) -> bool:
        """Say whether a paper is being made."""
        return self._is_making

    def make(self, sheet: Sheet, settings: PaperSettings, *, anew: bool) -> None:
        """Make a paper and show it; `anew` when it is another one than is shown."""
        self._is_anew = self._is_anew or anew
        if self._is_making:
            self._next = lambda: self.make(sheet, settings, anew=False)
            return
        self._is_making = True
        turn = self._turn
        self.busy.emit(True)
        pages = tuple(range(_FIRST_PAGES)) if self._is_anew else self._view.pages_in_sight
        self._place.background.helper(preview_paper, sheet, self.path, settings, pages, self._view.picture_width,
                                      then=lambda preview: self._show(turn, preview), refused=lambda error: self._refuse(turn, error))

    def stop(self) -> None:
        """Forget what is on its way: another paper will be asked for."""
        self._turn += 1
        self._next = None

    def _show(self, turn: int, preview: Preview) -> None:
        if isValid(self) and not self._go_on(turn):
            anew, self._is_anew = self._is_anew, False
            self._view.show_paper(preview.sizes, preview.pictures, anew=anew)
            self.made.emit(preview)

    def _refuse(self, turn: int, error: DeskError) -> None:
        if isValid(self) and not self._go_on(turn):
            self.refused.emit(error)

    def _go_on(self, turn: int) -> bool:
        """Note the end of a making; say whether its answer is to be dropped, for a newer wish or for another paper."""
        self._is_making = False
        wish, self._next = self._next, None
        if wish is not None:
            wish()
            return True
        if turn == self._turn:
            self.busy.emit(False)
        return turn != self._turn

    def _draw(self, pages: tuple[int, ...], width: int) -> None:
        turn = self._turn

        def take(pictures: tuple[PagePicture, ...]) -> None:
            if isValid(self) and turn == self._turn:
                self._view.take(pictures)

        self._place.background.helper(draw_pages, self.path, pages, width, then=take)
