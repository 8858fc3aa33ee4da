"""What can be done with a paper by key, and what is told when it was done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from emergency_desk.domain.errors import DeskError, PaperNotPrinted
from emergency_desk.domain.sheets import Printed
from emergency_desk.errands import papers as errand
from emergency_desk.services.papers import Sheet
from emergency_desk.ui.actions import Action
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.titles import titled
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import PAPER, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.refusals import sentence

_PAGE = (PAPER,)
ACTIONS = (
    Action("paper_print", N_("Print the paper"), "print_now", "Ctrl+P", _PAGE, short=N_("print")),
    Action("paper_save_as", N_("Save the paper as a file"), "save_as", "Ctrl+S", _PAGE, short=N_("save as")),
    Action("paper_folder", N_("Open the folder of papers"), "open_folder", "Ctrl+O", _PAGE, short=N_("folder")),
    Action("paper_facts", N_("Put what was typed on the order"), "keep_facts", "Ctrl+Return", _PAGE, short=N_("put on the order")),
    Action("paper_language", N_("The paper in the other language"), "other_language", "Ctrl+L", _PAGE, short=N_("language")),
    Action("paper_whole", N_("Whole page or full width"), "whole_or_width", "Ctrl+0", _PAGE, short=N_("whole page")),
    Action("paper_leave", N_("Back to the room"), "leave", "Escape", _PAGE, short=N_("back")),
)


def ask_where(parent: QWidget, sheet: Sheet, language: str, then: Callable[[Path], object]) -> None:
    """Ask where a paper is to be saved, in one of the forms it has."""
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = [_("PDF files (*.pdf)"), *((_("Word files (*.docx)"),) if errand.has_docx(sheet) else ()),
             *((_("Workbooks (*.xlsx)"),) if errand.has_xlsx(sheet) else ())]
    name = str(Path(home) / f"{errand.file_stem(sheet, language)}.pdf")
    dialog = QFileDialog(parent, titled(parent, _("Save the paper as")), name, ";;".join(kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(
        next(ending for ending in ("docx", "xlsx", "pdf") if ending in chosen)))
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def made_words(printed: Printed) -> tuple[str, Tone]:
    """Return how many pages a paper has, and which of its characters no font has."""
    told = ngettext("{count} page", "{count} pages", printed.pages).format(count=printed.pages)
    if not printed.missing_characters:
        return told, Tone.SECONDARY
    missing = " ".join(printed.missing_characters)
    return _("{pages}; no font has {characters}, they stand as 〓").format(pages=told, characters=missing), Tone.ORANGE


def tell_printed(place: Workplace, printed: Printed) -> None:
    """Tell that a paper went to the printer."""
    place.window.notices.done(_("{name} went to the printer and is kept among the papers.").format(name=printed.path.name))


def tell_refused(place: Workplace, error: DeskError) -> None:
    """Tell why a paper was not written; when it was only not printed, offer the file that was kept."""
    if not isinstance(error, PaperNotPrinted):
        place.window.explain(error)
        return
    path = str(error.values["path"])
    place.window.notices.tell(Notice(sentence(error), Tone.RED, Shape.LATE, _("Open the paper"), lambda: open_outside(path), stays=True))


def tell_saved(place: Workplace, printed: Printed) -> None:
    """Tell where a paper was saved, and offer to open it."""
    path = str(printed.path)
    place.window.notices.tell(Notice(_("Saved as {path}.").format(path=path), act_text=_("Open the paper"), act=lambda: open_outside(path)))


def show_kept(place: Workplace, printed: Printed) -> None:
    """Tell that a paper is kept, and open its folder."""
    place.window.notices.done(_("{name} is kept among the papers.").format(name=printed.path.name))
    open_outside(str(printed.path.parent))


def open_outside(path: str) -> None:
    """Open a file or a folder with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
