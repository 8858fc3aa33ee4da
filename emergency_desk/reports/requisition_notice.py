"""The notice of a requisition (应急处置征用通知书) as a letter to the owner: who, of what, what for, how long, and what is owed for it."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.requisitions import ART_76
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.supply_sheets import RequisitionNoticeSheet
from emergency_desk.reports.blocks import known_or_line
from emergency_desk.reports.letter import LetterText, Part, set_letter
from emergency_desk.reports.letter_docx import set_letter_docx
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.wording.catalog import _
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.formats import written_date, written_date_time


def write(sheet: RequisitionNoticeSheet, path: Path, paper: PaperSettings) -> Printed:
    """Set the notice as PDF."""
    with worded(paper):
        return set_letter(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: RequisitionNoticeSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the notice for those who must edit it."""
    with worded(paper):
        return set_letter_docx(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def letter_of(sheet: RequisitionNoticeSheet, paper: PaperSettings) -> LetterText:
    """Return what the notice says."""
    one, office = sheet.requisition, in_paper(sheet.imprint.desk, paper)
    until = written_date(one.until_on) if one.until_on else _("until the response ends")
    begins = written_date(one.from_on) if one.from_on else written_date_time(one.decided_at)
    basis = f"{in_paper(sheet.basis, paper)}；{in_paper(ART_76, paper)}" if paper.language.startswith("zh") else \
        f"{in_paper(sheet.basis, paper)}; {in_paper(ART_76, paper)}"
    facts = (
        (_("Requisitioned for"), _("{incident}: {purpose}").format(incident=sheet.incident_title, purpose=one.purpose)),
        (_("Property"), _("{what} {model}, {quantity} {unit}").format(
            what=one.what, model=one.model, quantity=one.quantity, unit=unit_word(one.unit, one.quantity))),
        (_("Where it stands"), one.place), (_("Address and phone of the owner"), f"{sheet.owner_address}  {sheet.owner_phone}".strip()),
        (_("Period"), _("from {begins}, {until}").format(begins=begins, until=until)),
        (_("Decided by"), one.decided_by), (_("Carried out by"), known_or_line(one.executor)), (_("Basis"), basis),
        (_("Issued afterwards"), _("in special urgency the property was taken at {at}; this notice follows").format(
            at=written_date_time(one.decided_at)) if one.is_post_hoc else ""),
        (_("Return and compensation"), _("The property is given back after use or when the response ends. That it was requisitioned, and any "
                                         "damage or loss, is compensated fairly and reasonably.")),
    )
    parts = tuple(Part(_("{name}: ").format(name=name), text) for name, text in facts if text)
    return LetterText(
        head=_("Notice of requisition in an emergency"), number=_("No. {number}").format(number=one.number),
        title=_("Notice: requisition of {what}").format(what=one.what), addressee=_("To {receiver}:").format(receiver=known_or_line(sheet.owner)),
        parts=parts, signature=(office, written_date_time(one.issued_at or one.decided_at)),
        foot=(_("Received by the owner (signature): ____________    Time: ____________"),
              _("In two copies: one for the owner, one for the files. Incident no. {number}").format(number=sheet.incident_number)),
        file_title=_("Requisition notice {number}").format(number=one.number), subject=sheet.incident_number)
