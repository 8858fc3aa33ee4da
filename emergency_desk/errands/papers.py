"""Print a paper: gather its sheet from the store, set it as a PDF, and keep it under its own name.

The reading runs on the store thread, the setting in the helper process (or at once, for the command line). A paper of other
content that lies there already is never written over: the new one takes -2, -3 …
"""

from __future__ import annotations

import errno
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from emergency_desk.domain.after_sheets import AftermathSheet, FindingListSheet, SummarySheet
from emergency_desk.domain.errors import PaperNotWritten, PaperUnknown
from emergency_desk.domain.ids import Id
from emergency_desk.domain.ladder_sheets import LETTERS, BriefSheet, CommandPostSheet, HandOverSheet, ReportSheet, ResponseNoticeSheet
from emergency_desk.domain.register_sheets import AgreementListSheet, ContactListSheet, DueListSheet, SiteListSheet, TeamCardSheet
from emergency_desk.domain.sheets import CallRecordSheet, IncidentLogSheet, OrderSheet, PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.domain.timeline import NO_FILTER, LogFilter
from emergency_desk.errands import level_numerals
from emergency_desk.services import after_papers, ladder_papers, papers, register_papers
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import Sheet
from emergency_desk.wording.catalog import language_of
from emergency_desk.wording.formats import local

ORDER, INCIDENT_LOG, DUTY_LOG, CALL_RECORD = "order", "incident-log", "duty-log", "call-record"
TEAM_CARD, CONTACT_LIST, DUE_LIST, SITE_LIST, AGREEMENT_LIST = "team-card", "contact-list", "due-list", "site-list", "agreement-list"
REGISTER = (TEAM_CARD, CONTACT_LIST, DUE_LIST, SITE_LIST, AGREEMENT_LIST)
OF_DUTY = (ORDER, INCIDENT_LOG, DUTY_LOG, CALL_RECORD)
SUMMARY, FINDING_LIST, AFTERMATH = "rescue-summary", "findings", "aftermath"
OF_AFTER = (SUMMARY, FINDING_LIST, AFTERMATH)
INCIDENT_REPORT, RESPONSE_NOTICE, COMMAND_POST, HAND_OVER = "incident-report", "response-notice", "command-post", "hand-over"
BRIEF = "incident-brief"
OF_LADDER = (INCIDENT_REPORT, RESPONSE_NOTICE, COMMAND_POST, HAND_OVER, BRIEF)
NAMES = (*OF_DUTY, *OF_LADDER, *REGISTER, *OF_AFTER)
DOCX = ".docx"
_ONE_DUTY = timedelta(hours=24)  # a house setting: what a duty log spans when nobody says from when
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """Which paper: by its name and the id of its order, incident or call, or by a number; a duty log by its two moments."""

    name: str
    about_id: Id | None = None
    number: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None
    only: LogFilter = NO_FILTER  # of an incident's log


# -- the act, whole ---------------------------------------------------------------------------------------------------
def write_paper(
    desk: Desk, name: str, *, out: Path, language: str, fonts: Path, number: str = "", from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> Printed:
    """Write a paper to a file at once, or into a folder under its own name. Without a number the newest is meant.

    `number` is an order's for `order`, else an incident's. A file that was named is written over; in a folder nothing is.
    Raises PaperUnknown, NothingToPrint, PaperNotWritten, RoleMissing, SignInNeeded.
    """
    sheet = read_sheet(desk, PaperAsked(name, number=number, from_at=from_at, until_at=until_at))
    settings = PaperSettings(language_of(language), fonts, numerals=level_numerals.read(desk))
    return keep_paper(sheet, out, settings) if out.is_dir() else set_paper(sheet, out, settings)


def read_sheet(desk: Desk, asked: PaperAsked) -> Sheet:
    """Return what stands on the paper. Reads the store. Raises PaperUnknown, NothingToPrint, NotFound, RoleMissing."""
    if asked.name not in NAMES:
        raise PaperUnknown(name=asked.name, known=NAMES)
    if asked.name == TEAM_CARD:
        return register_papers.team_card_sheet(desk, team_id=asked.about_id, code=asked.number)
    if asked.name in REGISTER:
        return _LISTS[asked.name](desk)
    if asked.name in OF_LADDER:
        return _read_of_ladder(desk, asked)
    if asked.name == DUTY_LOG:
        until_at = asked.until_at or desk.now()
        return papers.duty_log_sheet(desk, asked.from_at or until_at - _ONE_DUTY, until_at)
    if asked.name == ORDER:
        return papers.order_sheet(desk, asked.about_id or papers.find_order(desk, number=asked.number).id)
    if asked.name == CALL_RECORD and asked.about_id:
        return papers.call_record_sheet(desk, call_id=asked.about_id)
    if asked.name == FINDING_LIST and not (asked.about_id or asked.number):
        return after_papers.finding_list_sheet(desk)
    incident_id = asked.about_id or papers.find_incident(desk, number=asked.number).id
    if asked.name in OF_AFTER:
        return _read_after(desk, asked.name, incident_id)
    if asked.name == CALL_RECORD:
        return papers.call_record_sheet(desk, incident_id=incident_id)
    return papers.incident_log_sheet(desk, incident_id, asked.only)


def _read_after(desk: Desk, name: str, incident_id: Id) -> Sheet:
    if name == FINDING_LIST:
        return after_papers.finding_list_sheet(desk, incident_id=incident_id)
    gather = after_papers.summary_sheet if name == SUMMARY else after_papers.aftermath_sheet
    return gather(desk, incident_id=incident_id)


def _read_of_ladder(desk: Desk, asked: PaperAsked) -> Sheet:
    number, about = asked.number, asked.about_id
    if asked.name == INCIDENT_REPORT:
        return ladder_papers.report_sheet(desk, report_id=about or ladder_papers.find_report(desk, number=number))
    if asked.name == RESPONSE_NOTICE:
        return ladder_papers.response_sheet(desk, change_id=about or ladder_papers.find_response_change(desk, number=number))
    if asked.name == COMMAND_POST:
        return ladder_papers.command_post_sheet(desk, post_id=about or ladder_papers.find_command_post(desk, number=number))
    if asked.name == HAND_OVER:
        return ladder_papers.hand_over_sheet(desk, move_id=about or ladder_papers.find_hand_over(desk, number=number))
    return ladder_papers.brief_sheet(desk, incident_id=about or papers.find_incident(desk, number=number).id)


# -- the setting: picklable, for the helper process -------------------------------------------------------------------
def set_paper(sheet: Sheet, path: Path, settings: PaperSettings) -> Printed:
    """Set a sheet as a PDF at a path, or as a DOCX where the path ends so and the paper has one, over what lies there.

    Raises PaperNotWritten.
    """
    if path.suffix.lower() == DOCX and not has_docx(sheet):
        raise PaperNotWritten(name=path.name, path=str(path), reason="no_docx", detail="")
    settings = replace(settings, mark=mark_of(sheet, settings))
    try:
        return _setter(sheet, as_docx=path.suffix.lower() == DOCX)(sheet, path, settings)
    except OSError as error:
        raise _not_written(error, path) from error


def keep_paper(sheet: Sheet, folder: Path, settings: PaperSettings) -> Printed:
    """Set a sheet in a folder under its own name; one of the same content is set anew, one of other content stays. Raises PaperNotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free_path(folder, file_stem(sheet, settings.language), mark_of(sheet, settings))
    except OSError as error:
        raise _not_written(error, folder) from error
    return set_paper(sheet, path, settings)


def file_stem(sheet: Sheet, language: str) -> str:
    """Return the name a paper's file bears: 370200-2026-0017-D03, in English 370200-2026-0017-D03-en."""
    if isinstance(sheet, OrderSheet):
        stem = sheet.dispatch.order_number
    elif isinstance(sheet, IncidentLogSheet):
        stem = f"{sheet.incident.number}-log"
    elif isinstance(sheet, CallRecordSheet):
        stem = f"{sheet.incident.number}-call-{local(sheet.call.received_at):%H%M}"
    elif isinstance(sheet, ReportSheet):
        stem = sheet.report.number or f"{sheet.incident.number}-report-draft"
    elif isinstance(sheet, ResponseNoticeSheet):
        stem = f"{sheet.incident.number}-{sheet.response.tier.value}-{sheet.change.step.value}-{local(sheet.change.occurred_at):%H%M}"
    elif isinstance(sheet, CommandPostSheet):
        stem = f"{sheet.incident.number}-command-post"
    elif isinstance(sheet, HandOverSheet):
        stem = f"{sheet.incident.number}-hand-over-{local(sheet.move.occurred_at):%H%M}"
    elif isinstance(sheet, BriefSheet):
        stem = f"{sheet.incident.number}-brief"
    elif isinstance(sheet, TeamCardSheet):
        stem = f"team-{sheet.detail.team.code or sheet.detail.team.id}"
    elif isinstance(sheet, ContactListSheet | DueListSheet | SiteListSheet | AgreementListSheet):
        stem = f"{_LIST_NAMES[type(sheet)]}-{local(sheet.imprint.printed_at):%Y%m%d}"
    elif isinstance(sheet, SummarySheet | AftermathSheet):
        stem = f"{sheet.incident.number}-{'summary' if isinstance(sheet, SummarySheet) else 'aftermath'}"
    elif isinstance(sheet, FindingListSheet):
        stem = f"{sheet.incident.number}-findings" if sheet.incident else f"findings-{local(sheet.imprint.printed_at):%Y%m%d}"
    else:
        stem = f"duty-log-{local(sheet.from_at):%Y%m%d-%H%M}-{local(sheet.until_at):%Y%m%d-%H%M}"
    stem = re.sub(r"[^\w.-]", "_", stem)
    return stem if language_of(language).startswith("zh") else f"{stem}-en"


def mark_of(sheet: Sheet, settings: PaperSettings) -> str:
    """Return what tells two papers of different content apart; when and by whom they were printed makes no difference."""
    told = replace(sheet, imprint=replace(sheet.imprint, printed_at=_BEFORE_ALL, printed_by=Text("")))
    return blake2b(f"{settings.language} {settings.numerals}\n{told!r}".encode(), digest_size=16).hexdigest()


def has_docx(sheet: Sheet) -> bool:
    """Say whether a paper can be written for those who must edit it."""
    return isinstance(sheet, (SummarySheet, *LETTERS))


def _setter(sheet: Sheet, *, as_docx: bool) -> Callable[..., Printed]:
    # Imported here: the window asks for papers and must not carry what draws them.
    if as_docx and isinstance(sheet, SummarySheet):
        from emergency_desk.reports.rescue_summary import write_docx as write
    elif isinstance(sheet, SummarySheet | FindingListSheet | AftermathSheet):
        return _after_setter(sheet)
    elif isinstance(sheet, OrderSheet):
        from emergency_desk.reports.order import write  # type: ignore[assignment]
    elif isinstance(sheet, IncidentLogSheet):
        from emergency_desk.reports.incident_log import write  # type: ignore[assignment]
    elif isinstance(sheet, CallRecordSheet):
        from emergency_desk.reports.call_record import write  # type: ignore[assignment]
    elif isinstance(sheet, LETTERS):
        from emergency_desk.reports.ladder_letters import write  # type: ignore[assignment]
    elif isinstance(sheet, BriefSheet):
        from emergency_desk.reports.brief import write  # type: ignore[assignment]
    elif isinstance(sheet, TeamCardSheet):
        from emergency_desk.reports.team_card import write  # type: ignore[assignment]
    elif isinstance(sheet, ContactListSheet):
        from emergency_desk.reports.contact_list import write  # type: ignore[assignment]
    elif isinstance(sheet, DueListSheet):
        from emergency_desk.reports.due_list import write  # type: ignore[assignment]
    elif isinstance(sheet, SiteListSheet):
        from emergency_desk.reports.site_list import write  # type: ignore[assignment]
    elif isinstance(sheet, AgreementListSheet):
        from emergency_desk.reports.agreement_list import write  # type: ignore[assignment]
    else:
        from emergency_desk.reports.duty_log import write  # type: ignore[assignment]
    return write


def _after_setter(sheet: SummarySheet | FindingListSheet | AftermathSheet) -> Callable[..., Printed]:
    if isinstance(sheet, SummarySheet):
        from emergency_desk.reports.rescue_summary import write
    elif isinstance(sheet, FindingListSheet):
        from emergency_desk.reports.finding_list import write  # type: ignore[assignment]
    else:
        from emergency_desk.reports.aftermath_list import write  # type: ignore[assignment]
    return write


def _free_path(folder: Path, stem: str, mark: str) -> Path:
    path = folder / f"{stem}.pdf"
    for number in itertools.count(2):
        if not path.exists() or _mark_in(path) == mark:
            break
        path = folder / f"{stem}-{number}.pdf"
    return path


def _mark_in(path: Path) -> str:
    """Return the mark a file carries, "" for a file that is none of ours."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ""
    try:
        return str(document.get_metadata_value("Keywords"))
    finally:
        document.close()


def _not_written(error: OSError, path: Path) -> PaperNotWritten:
    reason = _REASONS.get(error.errno or 0, "other")
    if getattr(error, "winerror", 0) == 32:  # ERROR_SHARING_VIOLATION
        reason = "in_use"
    return PaperNotWritten(name=path.name, path=str(path), reason=reason, detail=error.strerror or str(error))


_LISTS: dict[str, Callable[[Desk], Sheet]] = {
    CONTACT_LIST: register_papers.contact_list_sheet, DUE_LIST: register_papers.due_list_sheet,
    SITE_LIST: register_papers.site_list_sheet, AGREEMENT_LIST: register_papers.agreement_list_sheet,
}
_LIST_NAMES: dict[type, str] = {ContactListSheet: CONTACT_LIST, DueListSheet: DUE_LIST, SiteListSheet: SITE_LIST,
                                AgreementListSheet: AGREEMENT_LIST}
_REASONS = {
    errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EACCES: "no_permission", errno.EPERM: "no_permission",
    errno.EROFS: "no_permission", errno.ENOENT: "no_folder", errno.ENOTDIR: "no_folder", errno.EISDIR: "no_folder",
    errno.EEXIST: "no_folder", errno.EBUSY: "in_use",
}
