"""The form a plan is filed with (预案备案表), as PDF and as DOCX.

Routes and term are data (`resources/reference/plan_life.yaml`); source of the materials: 突发事件应急预案管理办法 Art. 26.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from emergency_desk.domain.plan_sheets import FilingSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports.document import Document, Heading, Piece, Setting, grid, shortly
from emergency_desk.reports.document_docx import set_document_docx
from emergency_desk.reports.document_pdf import compose, set_document
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, in_paper, worded
from emergency_desk.reports.plan_document import stands_shortly
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import written_date
from emergency_desk.wording.labels import label

_SETTINGS = tuple(Setting(size=size + 1, leading=leading + 2, indent=0, gap=2, cell=size, cell_leading=leading)
                  for size, leading in ((11.0, 16.0), (10.5, 15.0), (10.0, 14.0), (9.5, 13.0), (9.0, 12.0), (8.5, 11.5)))
_SHARES = (0.22, 0.78)
_BOX = "□ "


def write(sheet: FilingSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the form."""
    with worded(paper):
        return set_document(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: FilingSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the form as a DOCX file."""
    with worded(paper):
        return set_document_docx(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def document_of(sheet: FilingSheet, paper: PaperSettings) -> Document:
    """Return the form in words of the language being spoken, in the largest letters by which it takes one page."""
    forms = (_document(sheet, paper, setting) for setting in _SETTINGS)
    return next((form for form in forms if compose(form, Faces(paper))[0].pages == 1), None) or _document(sheet, paper, _SETTINGS[-1])


def _document(sheet: FilingSheet, paper: PaperSettings, setting: Setting) -> Document:
    title = in_paper(sheet.plan.title, paper)
    number = sheet.standing.filing_number or "____________"
    return Document(title=_("Filing form of a contingency plan"), heading=(_("Filing number: {number}").format(number=number),),
                    pieces=tuple(_pieces(sheet, paper)), subject=title, running=shortly(title), mark=stands_shortly(sheet.standing),
                    setting=setting, layout=FORM)


def _pieces(sheet: FilingSheet, paper: PaperSettings) -> Iterator[Piece]:
    yield _heading(_("The plan"))
    yield grid((), ((name, text or " ") for name, text in _plan(sheet, paper)), _SHARES)
    yield _heading(_("Where it is filed"))
    yield grid((), _route(sheet, paper), _SHARES)
    yield _heading(_("Materials"))
    yield grid((), ((_("Handed in"), "\n".join(_BOX + each for each in (
        _("the plan as issued, on paper"), _("the plan as issued, as an electronic file"), _("the explanation of how it was made (编制说明)")))),
        (_("Filed by"), _signed(_("Seal"), _("Person"), _("Phone"), _("Date")))), _SHARES)
    yield _heading(_("Filled in by the office it is filed with"))
    found = "\u00a0" * 6
    yield grid((), ((_("Materials"), found.join((_BOX + _("complete"), _BOX + _("missing:") + " " + "_" * 32))),
                    (_("Opinion"), "\n\n"), (pgettext("filing", "Received by"), _signed(_("Seal"), _("Person"), _("Date")))), _SHARES)


def _signed(*names: str) -> str:
    """Return names with room behind each for what is written by hand."""
    return "\n" + "".join(_("{name}:").format(name=name) + "\u00a0" * 24 for name in names).rstrip("\u00a0")


def _heading(text: str) -> Heading:
    return Heading(text=text, in_contents=False)


def _plan(sheet: FilingSheet, paper: PaperSettings) -> Iterator[tuple[str, str]]:
    plan, standing = sheet.plan, sheet.standing
    yield _("Name of the plan"), in_paper(plan.title, paper)
    yield _("Code and version"), "    ".join((plan.code, _("v{version}").format(version=plan.version)))
    yield _("Kind and tier"), _("{kind} · {tier}").format(kind=label(plan.kind), tier=label(plan.tier))
    yield _("Kinds of incident"), _(", ").join(in_paper(sheet.types.get(id_, Text(id_)), paper) for id_ in plan.hazard_types) or _("all")
    above = in_paper(sheet.titles.get(plan.parent, Text(plan.parent)), paper) if plan.parent else ""
    yield _("Plan above"), above or "—"
    yield _("Area"), in_paper(sheet.area, paper)
    yield pgettext("plan", "Issued by"), standing.issued_by
    yield _("Document number"), standing.number
    yield _("Approved by"), standing.approved_by
    yield _("Date of issue"), written_date(standing.issued_on) if standing.issued_on else ""


def _route(sheet: FilingSheet, paper: PaperSettings) -> Iterator[tuple[str, str]]:
    rule = sheet.rule
    yield pgettext("filing", "Route"), label(rule.route)
    yield _("Filed with"), in_paper(rule.to, paper)
    yield _("Copy to"), in_paper(rule.copies, paper)
    yield _("Basis"), _("{law} Art. {article}").format(law=in_paper(rule.basis.title, paper), article=rule.basis.article)
    yield _("To be filed by"), _due(sheet)


def _due(sheet: FilingSheet) -> str:
    if sheet.standing.filed_on:
        return _("filed on {day}").format(day=written_date(sheet.standing.filed_on))
    if sheet.due is None:
        return _("within {days} working days of the issue; the plan has not been issued here").format(days=sheet.term.days)
    words = _("{day}: {days} working days after the issue, provisional until the holidays of {years} are announced") \
        if sheet.due.is_provisional else _("{day}: {days} working days after the issue")
    return words.format(day=written_date(sheet.due.day), days=sheet.term.days, years=_(", ").join(map(str, sheet.due.unannounced)))
