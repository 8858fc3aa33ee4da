"""What goes wrong, told where it belongs: at the field, in the notice bar, or, for a bug of ours, in the crash dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.titles import titled
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.notices import NoticeBar
from emergency_desk.wording.catalog import _
from emergency_desk.wording.refusals import sentence


def explain(error: DeskError, bar: NoticeBar, fields: Mapping[str, QWidget] | None = None) -> None:
    """Tell a refusal at its field when the form has it, else in the notice bar."""
    field = (fields or {}).get(error.field) if isinstance(error, Refused) and error.field else None
    if field is None or not field.isVisible():
        bar.refuse(sentence(error))
        return
    mark_refused(field, sentence(error))
    field.setFocus()


class CrashDialog(QDialog):
    """A bug of ours: what happened, where it is logged, and that the desk goes on. It stands beside the work, never over it."""

    def __init__(self, parent: QWidget | None, trace: str, log_path: str, *, close_desk: Callable[[], object] | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setWindowTitle(_("An error in the program") if parent is None else titled(parent, _("An error in the program")))
        self._trace = trace
        report = QPlainTextEdit(trace)
        report.setReadOnly(True)
        report.setAccessibleName(_("Report for the developers"))
        go_on = KeyButton(_("Go on"), "Escape", filled=True)
        copy = KeyButton(_("Copy the report"))
        go_on.clicked.connect(self.accept)
        copy.clicked.connect(self.copy_report)
        buttons = across(go_on, copy)
        buttons.addStretch(1)
        if close_desk is not None:
            close = KeyButton(_("Close the desk"))
            close.clicked.connect(close_desk)
            buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD + 4, PAD + 4, PAD + 4, PAD + 4)
        layout.setSpacing(GAP)
        layout.addWidget(text_label(_("Something in the program went wrong"), size="title"))
        layout.addWidget(text_label(_("What was saved is safe, and you can go on working. What you were just doing may have to be done again."),
                               wrap=True))
        layout.addWidget(text_label(_("The report lies in {path}.").format(path=log_path), tone=Tone.SECONDARY, size="small", wrap=True))
        layout.addWidget(report, 1)
        layout.addLayout(buttons)
        self.resize(640, 380)

    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._trace)
