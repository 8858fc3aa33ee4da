"""The manual on paper: every page a chapter that begins on a page of its own, with contents and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from reportlab.lib.utils import ImageReader

from emergency_desk import __version__
from emergency_desk.domain import plan_markup
from emergency_desk.domain.manual import Manual, Part, column_shares
from emergency_desk.domain.manual import Picture as Shown
from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.reports.document import Cover, Document, Entries, Grid, Heading, Picture, Piece, Prose, Setting, prose
from emergency_desk.reports.document_pdf import set_document
from emergency_desk.reports.page import FORM, worded
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import written_date

_MOST_HIGH = 330  # points
_CHINESE = Setting(size=11, leading=18, indent=0, gap=4, cell=9.5, cell_leading=13.5)
_ENGLISH = Setting(size=10.5, leading=15.5, indent=0, gap=4, cell=9, cell_leading=12.5)

_FEW = 3  # columns that stand on paper as they do on the screen


def write(manual: Manual, pictures: Path, path: Path, paper: PaperSettings, imprint: Imprint) -> Printed:
    """Print the manual; `pictures` is where the pictures of its language lie."""
    with worded(paper):
        return set_document(document_of(manual, pictures, paper, imprint), path, paper, imprint, is_exercise=False)


def document_of(manual: Manual, pictures: Path, paper: PaperSettings, imprint: Imprint) -> Document:
    """Return the manual in words of its language."""
    title = _("Emergency Desk: the manual")
    facts = ((_("Version of the program"), __version__), (_("Printed on"), written_date(imprint.printed_at)))
    return Document(
        title=title, cover=Cover(title=title, facts=facts), contents=_("Contents"), running=title, subject=title, layout=FORM,
        setting=_CHINESE if paper.language.startswith("zh") else _ENGLISH, pieces=tuple(_pieces(manual, pictures)))


def _pieces(manual: Manual, pictures: Path) -> Iterator[Piece]:
    for page in manual.pages:
        for section in page.sections:
            yield Heading(text=section.title, depth=section.level, starts_page=section.level == 1, in_contents=section.level < 3)
            for part in section.parts:
                yield _piece(part, pictures)


def _piece(part: Part, pictures: Path) -> Piece:
    if isinstance(part, Shown):
        return _picture(part, pictures)
    if isinstance(part, plan_markup.Paragraph):
        return Prose(part.words)
    if isinstance(part, plan_markup.Entries):
        return Entries(part.entries)
    if len(part.rows[0]) > _FEW:  # figures: a short column stands whole, the long ones break
        return Grid(part.rows[0], part.rows[1:])
    return Grid(part.rows[0], part.rows[1:], tuple(map(float, column_shares(part))))


def _picture(part: Shown, pictures: Path) -> Piece:
    """Return a picture as wide as the text; of one that was not made yet the words."""
    file = pictures / part.file
    if not file.exists():
        return prose(part.caption, is_note=True)
    content = file.read_bytes()
    width, height = ImageReader(BytesIO(content)).getSize()
    return Picture(content=content, width=width, height=height, caption=part.caption, most_high=_MOST_HIGH)
