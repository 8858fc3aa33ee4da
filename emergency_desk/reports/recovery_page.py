"""The page of a recovery key: four rows to type, one code to scan, and what to do with the page."""

from __future__ import annotations

from pathlib import Path

from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm

from emergency_desk.domain.key_sheets import RecoverySheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, broken, facts, set_line
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.lot_labels import draw_code
from emergency_desk.reports.page import FORM, Booklet, in_paper, worded
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import written_date_time

_KEY, _STEP = 19.0, 36.0
_CODE = 34 * mm
_VERSION = 4  # 90 letters and digits at medium correction


def write(sheet: RecoverySheet, path: Path, paper: PaperSettings) -> Printed:
    """Set the page as PDF."""
    with worded(paper):
        book = Booklet(FORM, Faces(paper))
        desk, title = in_paper(sheet.imprint.desk, paper), _("Recovery key")
        logs.heading(book, title, desk, [_("Opens the encrypted store of this desk and its backups when the passphrase is lost.")])
        _key(book, sheet)
        _about(book, sheet)
        _what_to_do(book)
        _kept_by(book)
        return book.save(path, paper, sheet.imprint, title=title, subject=desk,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=False))


def _key(book: Booklet, sheet: RecoverySheet) -> None:
    """Set the rows in a frame, each with its number, and the code beside them."""
    edges, faces, height = book.layout, book.faces, 4 * _STEP + 8 * mm
    book.y -= 6 * mm
    top, bottom = book.y, book.y - height
    book.put(lambda canvas: canvas.rect(edges.left, bottom, edges.measure, height, stroke=1, fill=0))
    for number, row in enumerate(sheet.rows, start=1):
        y = top - 4 * mm - number * _STEP + 11
        book.line(edges.left + 6 * mm, y, str(number), faces.label, 11)
        for place, group in enumerate(row.split()):
            for sign_place, sign in enumerate(group):  # every sign in its own cell: nothing to confuse, and easy to tick off
                x = edges.left + 14 * mm + place * 28 * mm + sign_place * 5.9 * mm
                book.line(x + 3 * mm, y, sign, faces.label, _KEY, align="middle")
    code = QRCode(_VERSION, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum("".join(sheet.rows).replace(" ", "")))
    code.makeImpl(False, 3)
    modules = [[bool(dark) for dark in row] for row in code.modules]
    x, y = edges.right - _CODE - 5 * mm, bottom + (height - _CODE) / 2
    book.put(lambda canvas: draw_code(canvas, x, y, _CODE, modules))
    book.y = bottom - 8 * mm


def _about(book: Booklet, sheet: RecoverySheet) -> None:
    label, value = Type(book.faces.label, 10, 17), Type(book.faces.text, 11, 17)
    rows = [(_("Store"), sheet.store), (_("Sign of the key"), sheet.key_id), (_("Printed"), written_date_time(sheet.imprint.printed_at))]
    facts(book, rows, label, value, label_width=32 * mm)
    book.y -= 4 * mm


def _what_to_do(book: Booklet) -> None:
    faces, edges = book.faces, book.layout
    head, text = Type(faces.title, 12, 19), Type(faces.text, 11, 17)
    for title, lines in (
        (_("Keep it"), (
            _("Lock this page away, apart from the machine: a safe, a sealed envelope with two signatures. Who holds it can read the store."),
            _("Do not photograph it, do not send it, do not leave the file it was printed from on the machine."))),
        (_("Use it"), (
            _("The desk asks for the passphrase: type the four rows there instead, or scan the code. Small letters, blanks and dashes do not "
              "matter; 0 and O, 1 and I and L are read alike. Each row checks itself."),
            _("It opens the store and every backup that bears the same sign of the key, even where the file of keys beside them is lost. "
              "Afterwards set a new passphrase."))),
        (_("When it is lost or was seen"), (
            _("Have the store encrypted with a new key, print the new page and destroy this one: from then on it opens only older backups."),
            _("Nobody can make a key for you: who loses the passphrase and this page has lost the store."))),
    ):
        book.y -= 2 * mm
        for line in broken(title, head.face, head.size, edges.measure):
            set_line(book, edges.left, line, head, edges.measure)
        for each in lines:
            for line in broken(each, text.face, text.size, edges.measure):
                set_line(book, edges.left, line, text, edges.measure)


def _kept_by(book: Booklet) -> None:
    for text in (_("Kept at: ________________________________________"),
                 _("Handed to (signature): ____________________    Date: ____________")):
        book.y -= 10 * mm
        book.line(book.layout.left, book.y, text, book.faces.text, 10.5)
