"""A contingency plan on paper, as PDF and as DOCX: cover with the lines that are signed, contents, text, and the annexes that are run.

The layout is that of GB/T 9704-2012; what an annex holds is written in `plan_annexes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from emergency_desk.domain.plan_life import PlanStage
from emergency_desk.domain.plan_records import Clause, Plan
from emergency_desk.domain.plan_sheets import PlanSheet, PlanStanding
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports.document import Cover, Document, Heading, Piece, body_pieces, setting_for, shortly
from emergency_desk.reports.document_docx import set_document_docx
from emergency_desk.reports.document_pdf import set_document
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.reports.plan_annexes import annexes
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import written_date
from emergency_desk.wording.labels import label


def write(sheet: PlanSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the plan."""
    with worded(paper):
        return set_document(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: PlanSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the plan as a DOCX file, for those who must edit it."""
    with worded(paper):
        return set_document_docx(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def document_of(sheet: PlanSheet, paper: PaperSettings) -> Document:
    """Return the plan in words of the language being spoken."""
    plan, title = sheet.plan, in_paper(sheet.plan.title, paper)
    version = _("Version {version}").format(version=plan.version)
    return Document(
        title=title, cover=_cover(sheet, paper), contents=_("Contents"), mark=stands_shortly(sheet.standing),
        running=_("{title}, {version}").format(title=shortly(title), version=version), subject=f"{plan.code} {plan.version}",
        setting=setting_for(paper.language), pieces=(*_text(plan, paper), *annexes(sheet, paper)))


def stands_as(standing: PlanStanding) -> str:
    """Return what must be said of a plan that is not in force; "" for one that is."""
    if standing.is_in_force:
        return ""
    if standing.stage is PlanStage.WITHDRAWN:
        return _("Withdrawn on {day}. Nobody rests on it any more.").format(
            day=written_date(standing.withdrawn_on) if standing.withdrawn_on else "____")
    if standing.stage is PlanStage.REPLACED:
        return _("Replaced by version {version}. It stands only for incidents that began with it.").format(version=standing.replaced_by)
    if standing.stage is PlanStage.MODEL:
        return _("Model plan, not adopted here. It must be reviewed, approved and filed before anybody may rest on it.")
    return _("Draft. It was not issued, and nobody may rest on it.")


def stands_shortly(standing: PlanStanding) -> str:
    """Return the same in a word or two, for the head of every page."""
    if standing.is_in_force:
        return ""
    words = {PlanStage.MODEL: _("Model plan, not adopted here"), PlanStage.WITHDRAWN: _("Withdrawn"),
             PlanStage.REPLACED: _("Replaced by version {version}").format(version=standing.replaced_by)}
    return words.get(standing.stage) or _("Draft, not issued")


def _cover(sheet: PlanSheet, paper: PaperSettings) -> Cover:
    plan, standing = sheet.plan, sheet.standing
    number = _("No. {number}").format(number=standing.number) if standing.number else ""
    issued_on = written_date(standing.issued_on) if standing.issued_on else ""
    filed = "    ".join(part for part in (written_date(standing.filed_on) if standing.filed_on else "", standing.filing_number) if part)
    return Cover(
        title=in_paper(plan.title, paper),
        above=tuple(filter(None, (_("Plan code: {code}").format(code=plan.code), number))),
        below=(_("Version {version}").format(version=plan.version),
               _("{kind} · {tier}").format(kind=label(plan.kind), tier=label(plan.tier))),
        warning=stands_as(standing),
        facts=((_("Drawn up by"), in_paper(standing.drawn_up_by, paper)), (_("Reviewed by"), standing.reviewed_by),
               (_("Approved by"), standing.approved_by),
               (pgettext("plan", "Issued by"), standing.issued_by), (_("Date of issue"), issued_on), (_("Filed on, filing number"), filed)),
        ends=(standing.issued_by or _("(issuing authority)"), issued_on or _("(date of issue)")))


def _text(plan: Plan, paper: PaperSettings) -> Iterator[Piece]:
    for clause in plan.clauses:
        yield Heading(text=f"{clause.number}\u3000{in_paper(clause.title, paper)}", depth=_depth(clause), tag=_tag(clause))
        yield from body_pieces(in_paper(clause.body, paper))


def _depth(clause: Clause) -> int:
    return min(3, len([part for part in clause.number.split(".") if part]))


def _tag(clause: Clause) -> str:
    return _("({tier} only)").format(tier=label(clause.tier)) if clause.tier is not None else ""
