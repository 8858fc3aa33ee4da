"""The letters of a shelter: the order that opens it with its facts and checklist, the public notice, and the sheet that closes it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.shelter_sheets import ClosingSheet, NoticeSheet, OpenedShelter, OpeningOrderSheet
from emergency_desk.domain.shelters import SafetyCheck
from emergency_desk.domain.texts import Text
from emergency_desk.reports.blocks import known_or_line
from emergency_desk.reports.letter import Grid, LetterText, Part, set_letter
from emergency_desk.reports.letter_docx import set_letter_docx
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.formats import date_time, number, span, written_date_time
from emergency_desk.wording.labels import field_label, label

_TO_FILL = "____________"
Letter = OpeningOrderSheet | NoticeSheet | ClosingSheet


def write(sheet: Letter, path: Path, paper: PaperSettings) -> Printed:
    """Print the letter."""
    with worded(paper):
        return set_letter(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: Letter, path: Path, paper: PaperSettings) -> Printed:
    """Write the letter for those who must edit it."""
    with worded(paper):
        return set_letter_docx(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def letter_of(sheet: Letter, paper: PaperSettings) -> LetterText:
    """Return what the letter says, in the language being spoken."""
    if isinstance(sheet, OpeningOrderSheet):
        return _order(sheet, paper)
    return _notice(sheet, paper) if isinstance(sheet, NoticeSheet) else _closing(sheet, paper)


def _parts(facts: Iterable[tuple[str, str]]) -> tuple[Part, ...]:
    return tuple(Part(_("{name}: ").format(name=name), text) for name, text in facts if text)


# -- the order ---------------------------------------------------------------------------------------------------------
def _order(sheet: OpeningOrderSheet, paper: PaperSettings) -> LetterText:
    opened, opening = sheet.opened, sheet.opened.opening
    name = in_paper(opened.name, paper)
    facts = [
        (_("Incident"), _("{incident} ({type})").format(
            incident=sheet.incident.title, type=in_paper(sheet.incident_type, paper)) if sheet.incident.title else ""),
        (_("Where it lies"), in_paper(opened.place, paper)),
        (_("Opened at"), written_date_time(opening.opened_at)),
        (_("For a stay of"), _("{stay}, until {time}; {places}").format(
            stay=label(opening.stay), time=written_date_time(opening.expected_until), places=_places(opening.capacity))),
        (field_label("receives"), _all(opened.receives, paper)),
        (field_label("responsible"), _and(opening.responsible, opening.responsible_phone)),
        (field_label("supplies_at"), written_date_time(opening.supplies_at) if opening.supplies_at else _("to be told")),
        (_("Made public"), _("address {address}; way there: {route}").format(address=known_or_line(opening.notice_address),
                                                                        route=known_or_line(opening.notice_route)))]
    if opening.override_reason:
        against = _("; ").join(label(reason) for reason in sheet.against)
        facts.append((_("Opened all the same, because"), _("{reason} (against it: {against})").format(
            reason=opening.override_reason, against=against) if against else opening.override_reason))
    checks = "   ".join(f"{'√' if check in opening.checks else '□'} {label(check)}" for check in SafetyCheck)
    facts += [(_("Looked over before opening"), checks), (_("Looked over by"), _("__________  Time: __________"))]
    return LetterText(
        head=_("Order to open a shelter"), number=_("No. {number}").format(number=opening.number),
        beside_number=_("Approved by: {name}").format(name=opening.approved_by), title=_("Order: open {shelter}").format(shelter=name),
        addressee=_("To the keeper:"), parts=_parts(facts),
        signature=(in_paper(sheet.sender, paper), written_date_time(opening.recorded_at)),
        foot=(_("Duty phone: {phone}").format(phone=known_or_line(sheet.desk_phone)),
              _("Received by the keeper: __________  Time: __________")),
        file_title=_("Opening order {number}").format(number=opening.number), subject=sheet.incident.number)


def _places(places: int | None) -> str:
    if places is None:
        return _("places not known")
    return ngettext("room for {count} person", "room for {count} people", places).format(count=number(places))


def _all(names: Iterable[Text], paper: PaperSettings) -> str:
    return _(", ").join(in_paper(name, paper) for name in names)


def _and(*parts: str) -> str:
    return " ".join(filter(None, parts))


# -- the notice --------------------------------------------------------------------------------------------------------
def _notice(sheet: NoticeSheet, paper: PaperSettings) -> LetterText:
    said = _("These shelters are open, free of charge, to whoever has to leave home. "
             "Bring papers, medicine and warm clothes; help the old, the ill and children on the way. "
             "Anyone who cannot walk should ring the duty phone and will be fetched.")
    rows = tuple(_row_of(place, opened, paper) for place, opened in enumerate(sheet.opened, start=1))
    grid = Grid((_("No."), _("Shelter and address"), _("Way there"), _("Phone")), rows, (0.09, 0.43, 0.25, 0.23))
    return LetterText(
        head=_("Notice to the public"), number=_("Incident no. {number}").format(number=sheet.incident.number),
        title=_("Notice: shelters that are open"), addressee=_("To everybody in the area:"),
        parts=(Part("", said), grid), signature=(in_paper(sheet.sender, paper), written_date_time(sheet.imprint.printed_at)),
        foot=(_("Duty phone: {phone}").format(phone=known_or_line(sheet.desk_phone)),
              _("Basis: the address of a shelter and the way there are made public (Regulations on Natural Disaster Relief, Art. 11).")),
        file_title=_("Notice of open shelters {number}").format(number=sheet.incident.number), subject=sheet.incident.number)


def _row_of(place: int, opened: OpenedShelter, paper: PaperSettings) -> tuple[str, ...]:
    opening = opened.opening
    address = opening.notice_address or opened.site.address or in_paper(opened.place, paper)
    where = _and(in_paper(opened.name, paper), address)
    if opened.receives:
        where = _("{where} (takes people from {areas})").format(where=where, areas=_all(opened.receives, paper))
    return str(place), where, opening.notice_route or _TO_FILL, opening.responsible_phone or opened.site.phone or _TO_FILL


# -- the closing -------------------------------------------------------------------------------------------------------
def _closing(sheet: ClosingSheet, paper: PaperSettings) -> LetterText:
    opened, opening, most = sheet.opened, sheet.opened.opening, sheet.most
    name = in_paper(opened.name, paper)
    closed = opening.closed_at
    used = _("{opened} to {closed} ({span})").format(opened=date_time(opening.opened_at), closed=date_time(closed),
                                                     span=span(closed - opening.opened_at)) if closed else _(
        "since {opened}, still open").format(opened=date_time(opening.opened_at))
    last = sheet.counts[-1].heads if sheet.counts else None
    facts = [
        (_("Incident"), sheet.incident.title), (_("Shelter"), _and(name, in_paper(opened.place, paper))),
        (pgettext("a span of time", "In use"), used),
        (_("Most people at one time"), _("{heads} at {time}").format(heads=number(most.heads), time=date_time(most.counted_at)) if most else ""),
        (_("People in it at the last count"), number(last) if last is not None else ""),
        (_("Meals handed out"), number(sheet.meals) if sheet.meals else ""),
        (_("Cleared and looked over: what was found"), opening.close_note or ("" if closed else _TO_FILL)),
        (_("Damaged or used up"), opening.damage or (_("nothing") if closed else _TO_FILL)),
        (_("Goods that stand there by the ledger"), _("; ").join(
            f"{in_paper(one.item, paper)} {in_units(one.quantity, one.unit)}" for one in sheet.left) or _("nothing")),
        (_("Settlement"), _("meals, goods and damage: ______________"))]
    return LetterText(
        head=_("Closing of a shelter"), number=_("No. {number}").format(number=opening.number),
        title=_("Closing sheet: {shelter}").format(shelter=name), parts=_parts(facts),
        signature=(in_paper(sheet.imprint.desk, paper), written_date_time(closed or sheet.imprint.printed_at)),
        foot=(_("Handed back by: ______ Taken back by: ______ Time: ____"),
              _("A shelter is closed when nobody is in it any more. Registration sheets and cards go to be destroyed with the certificate.")),
        file_title=_("Closing sheet {number}").format(number=opening.number), subject=sheet.incident.number)
