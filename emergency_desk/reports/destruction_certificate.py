"""The certificate of destruction (个人信息销毁证明) as a letter: what was destroyed, when, by whom, what was found afterwards, what stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from emergency_desk.domain.aftermath import ART_85
from emergency_desk.domain.ages import AgeBand
from emergency_desk.domain.purge_sheets import CertificateSheet
from emergency_desk.domain.purging import Certificate, CountedBy, PurgeCheck, PurgeCount, Remnant, RemnantKind
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.shelters import LeftTo, Need
from emergency_desk.domain.texts import Text
from emergency_desk.reports.blocks import known_or_line
from emergency_desk.reports.letter import Grid, LetterText, Part, set_letter
from emergency_desk.reports.letter_docx import set_letter_docx
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import date_time, number, written_date_time
from emergency_desk.wording.labels import label

_MEANING: dict[CountedBy, type[AgeBand] | type[Need] | type[LeftTo]] = {
    CountedBy.AGE: AgeBand, CountedBy.NEED: Need, CountedBy.LEFT_TO: LeftTo}
_MEGABYTE = 1_000_000


def write(sheet: CertificateSheet, path: Path, paper: PaperSettings) -> Printed:
    """Set the certificate as PDF."""
    with worded(paper):
        return set_letter(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: CertificateSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the certificate for those who must edit it."""
    with worded(paper):
        return set_letter_docx(letter_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def letter_of(sheet: CertificateSheet, paper: PaperSettings) -> LetterText:
    """Return what the certificate says."""
    told, made = sheet.told, sheet.told.purge
    facts = tuple(Part(_("{name}: ").format(name=name), text) for name, text in _facts(told, paper) if text)
    return LetterText(
        head=_("Certificate of destruction of personal data"), number=_("No. {number}").format(number=made.number),
        title=_("Personal data of incident {number} are destroyed").format(number=told.incident.number),
        parts=(*facts, *_grids(made.counts)), signature=(in_paper(Text(told.area, told.area_en), paper), written_date_time(made.purged_at)),
        foot=(_("Carried out by (signature): ____________"), _("Witnessed by (signature): ____________"),
              _("Printed sheets and cards with names are shredded with this certificate: ______ sheets.")),
        file_title=_("Certificate of destruction {number}").format(number=made.number), subject=told.incident.title)


def _facts(told: Certificate, paper: PaperSettings) -> Iterator[tuple[str, str]]:
    made, check = told.purge, told.check
    yield _("Incident"), _("{title}, no. {number}").format(title=told.incident.title, number=told.incident.number)
    yield _("Basis"), in_paper(ART_85, paper)
    yield _("Destroyed"), _("{records} records with names, phones, last four of identity numbers, ages and remarks: of {people} people in "
                            "{households} households who were in shelters, of callers, and of owners of property that was taken").format(
        records=number(made.records), people=number(made.people), households=number(made.households))
    yield _("When and by whom"), _("{at}, {account}; decided by {decided_by}").format(
        at=written_date_time(made.purged_at), account=told.account, decided_by=known_or_line(made.decided_by))
    yield _("Put off before"), made.held
    yield _("Remarks"), made.note
    if check is None:
        yield _("Looked over"), _("not yet: the bytes of the store are looked over before this certificate is signed")
        return
    yield _("Looked over"), _looked_over(check)
    yield _("Older backups"), _older(check.left(RemnantKind.BACKUP))
    yield _("Papers in the desk's folder"), _papers(check.left(RemnantKind.PAPER))
    yield _("Forms not yet saved"), _drafts(check.left(RemnantKind.DRAFT))


def _looked_over(check: PurgeCheck) -> str:
    words = _("{at}: {files} files, {size} MB, the store, its write-ahead log, the program's logs and the backup {backup} among them; "
              "{found} of the destroyed records found")
    told = words.format(at=date_time(check.checked_at), files=number(check.files), size=number(check.bytes_read / _MEGABYTE, decimals=1),
                        backup=check.clean_backup, found=number(check.found))
    if check.is_clean:
        return told
    return told + _("; NOT CLEAN: close every other program that has the store open, and look it over again")


def _papers(papers: tuple[Remnant, ...]) -> str:
    if not papers:
        return _("none of them holds a name any more; copies that were saved or sent elsewhere are destroyed by who keeps them")
    names = _("; ").join(_("{name} ({at})").format(name=one.name, at=date_time(one.made_at)) for one in papers)
    return _("these hold names: destroy them with the older backups (page of the aftermath, Alt+B; or purge --destroy-older), or keep them "
             "locked away under a written assessment. {names}").format(names=names)


def _drafts(drafts: tuple[Remnant, ...]) -> str:
    if not drafts:
        return _("none; those that held one of these names went with the records")
    return _("a call form kept at {at} holds none of these names; what stands in it goes when the call is saved or thrown away").format(
        at=date_time(max(one.made_at for one in drafts)))


def _older(older: tuple[Remnant, ...]) -> str:
    if not older:
        return _("none is left in the folder of backups; copies elsewhere are destroyed by who keeps them")
    names = _("; ").join(_("{name} ({at})").format(name=one.name, at=date_time(one.made_at)) for one in older)
    return _("names may still stand in these: destroy them, or keep them locked away under a written assessment. Whoever restores one destroys "
             "the names again. {names}").format(names=names)


def _grids(counts: tuple[PurgeCount, ...]) -> Iterator[Part | Grid]:
    if not counts:
        return
    yield Part(_("{name}: ").format(name=_("What stays, and names nobody")),
               _("people counted by age, need, village, shelter and where they went"))
    yield Grid((pgettext("statistics", "Counted by"), "", _("Persons")), tuple(
        (label(count.by) if is_first else "", _meaning(count), number(count.people))
        for count, is_first in _with_first(counts)), (0.26, 0.56, 0.18))


def _with_first(counts: tuple[PurgeCount, ...]) -> Iterator[tuple[PurgeCount, bool]]:
    before = None
    for count in counts:
        yield count, count.by is not before
        before = count.by


def _meaning(count: PurgeCount) -> str:
    kind = _MEANING.get(count.by)
    return label(kind(count.what)) if kind is not None else count.what or _("not known")
