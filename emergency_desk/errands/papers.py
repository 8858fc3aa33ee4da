"""Every paper there is, one row each; and the act of printing one: gather its sheet, set it as a file, keep it under its own name.

A paper to come: a row in PAPERS, its sheet in `domain`, its gathering in `services`, its layout in `reports`. The reading runs on the
store thread, the setting in the helper process (or at once, for the command line). A paper of other content that lies there already is
never written over: the new one takes -2, -3 …
"""

from __future__ import annotations

import errno
import importlib
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from emergency_desk.domain import after_sheets as after
from emergency_desk.domain import count_sheets as counts
from emergency_desk.domain import ladder_sheets as ladder
from emergency_desk.domain import plan_sheets as plans
from emergency_desk.domain import register_sheets as register
from emergency_desk.domain import sheets as duty
from emergency_desk.domain import stock_sheets
from emergency_desk.domain.errors import PaperNotWritten, PaperUnknown
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.purge_sheets import CertificateSheet
from emergency_desk.domain.resource_survey import SurveySheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.stock_reports import AS_USUAL, StockAsked
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.domain.texts import Text
from emergency_desk.errands import level_numerals
from emergency_desk.errands.blackout_paper_rows import BLACKOUT_PAPERS
from emergency_desk.errands.drill_paper_rows import DRILL_PAPERS, YEAR_PAPERS
from emergency_desk.errands.paper_rows import About, Paper, PaperAsked
from emergency_desk.errands.shelter_paper_rows import SHELTER_PAPERS
from emergency_desk.errands.stock_paper_rows import STOCK_PAPERS
from emergency_desk.errands.supply_paper_rows import SUPPLY_PAPERS
from emergency_desk.services import (
    after_papers,
    count_papers,
    equipment,
    ladder_papers,
    papers,
    plan_papers,
    purge_papers,
    register_papers,
    survey_papers,
)
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import PaperKind, Sheet
from emergency_desk.wording.catalog import N_, _, current_language, language_of
from emergency_desk.wording.formats import local

PDF, DOCX, XLSX = ".pdf", ".docx", ".xlsx"
_ONE_DUTY = timedelta(hours=24)  # a house setting: what a duty log spans when nobody says from when
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


# -- the table --------------------------------------------------------------------------------------------------------
ORDER, INCIDENT_LOG, DUTY_LOG, CALL_RECORD = PaperKind.ORDER.value, PaperKind.INCIDENT_LOG.value, "duty-log", PaperKind.CALL_RECORD.value
TEAM_CARD, CONTACT_LIST, DUE_LIST, SITE_LIST, AGREEMENT_LIST = "team-card", "contact-list", "due-list", "site-list", "agreement-list"
SUMMARY, FINDING_LIST, AFTERMATH = PaperKind.SUMMARY.value, PaperKind.FINDINGS.value, PaperKind.AFTERMATH.value
AFTERWARDS = frozenset({SUMMARY, FINDING_LIST, AFTERMATH})
PLAN, CARDS, PLAN_CONTACTS, FILING_FORM, SURVEY = "plan", "response-cards", "plan-contacts", "filing-form", "resource-survey"
COMPARE, CERTIFICATE = "plan-compare", PaperKind.CERTIFICATE.value
COUNT_SHEET, COUNT_RESULT, EQUIPMENT = "count-sheet", "count-result", "equipment"


def _incident_id(desk: Desk, asked: PaperAsked) -> Id:
    return asked.about_id or papers.find_incident(desk, number=asked.number).id


def _duty_log(desk: Desk, asked: PaperAsked) -> Sheet:
    until_at = asked.until_at or desk.now()
    return papers.duty_log_sheet(desk, asked.from_at or until_at - _ONE_DUTY, until_at)


def _call_record(desk: Desk, asked: PaperAsked) -> Sheet:
    if asked.about_id:
        return papers.call_record_sheet(desk, call_id=asked.about_id)
    return papers.call_record_sheet(desk, incident_id=_incident_id(desk, asked))


def _findings(desk: Desk, asked: PaperAsked) -> Sheet:
    is_of_one = asked.about_id or asked.number
    return after_papers.finding_list_sheet(desk, incident_id=_incident_id(desk, asked) if is_of_one else None)


def _incident_number(sheet: Any) -> str:
    return sheet.incident.number if sheet.incident else ""


def _count_number(sheet: Any) -> str:
    return str(sheet.board.count.number)


def _no_number(_sheet: Any) -> str:
    return ""


def _of_incident(words: str) -> Callable[[Any], str]:
    return lambda sheet: f"{sheet.incident.number}-{words}"


def _of_plan(words: str) -> Callable[[Any], str]:
    return lambda sheet: f"{sheet.plan.code}-{sheet.plan.version}-{words}"


def _plan_title(sheet: Any) -> str:
    return str(sheet.plan.title.in_language(current_language())) if sheet.plan else _("all plans in use")


def _of_stock(read: Callable[..., Sheet], desk: Desk, asked: PaperAsked) -> Sheet:
    return read(desk, asked=asked.stock)


def _item_name(sheet: Any) -> str:
    return str(sheet.item.text.in_language(current_language())) if sheet.item else ""


def _of_day(words: str) -> Callable[[Any], str]:
    return lambda sheet: f"{words}-{local(sheet.imprint.printed_at):%Y%m%d}"


PAPERS: tuple[Paper, ...] = (
    Paper(name=ORDER, sheet=duty.OrderSheet, about=About.ORDER, drawn_by="order",
          read=lambda desk, asked: papers.order_sheet(desk, asked.about_id or papers.find_order(desk, number=asked.number).id),
          stem=lambda sheet: sheet.dispatch.order_number,
          title=N_("Dispatch order {number}"), number=lambda sheet: sheet.dispatch.order_number, line=N_("Order {number}")),
    Paper(name=INCIDENT_LOG, sheet=duty.IncidentLogSheet, about=About.INCIDENT, drawn_by="incident_log",
          read=lambda desk, asked: papers.incident_log_sheet(desk, _incident_id(desk, asked), asked.only), stem=_of_incident("log"),
          title=N_("Incident log {number}"), number=_incident_number, line=N_("Incident log")),
    Paper(name=DUTY_LOG, sheet=duty.DutyLogSheet, about=About.DESK, drawn_by="duty_log", read=_duty_log,
          stem=lambda sheet: f"duty-log-{local(sheet.from_at):%Y%m%d-%H%M}-{local(sheet.until_at):%Y%m%d-%H%M}",
          title=N_("Duty log"), number=_no_number),
    Paper(name=CALL_RECORD, sheet=duty.CallRecordSheet, about=About.INCIDENT, drawn_by="call_record", read=_call_record,
          stem=lambda sheet: f"{sheet.incident.number}-call-{local(sheet.call.received_at):%H%M}",
          title=N_("Call record {number}"), number=_incident_number, line=N_("Call record")),
    Paper(name=PaperKind.REPORT.value, sheet=ladder.ReportSheet, about=About.INCIDENT, drawn_by="ladder_letters", has_docx=True,
          read=lambda desk, asked: ladder_papers.report_sheet(
              desk, report_id=asked.about_id or ladder_papers.find_report(desk, number=asked.number)),
          stem=lambda sheet: sheet.report.number or f"{sheet.incident.number}-report-draft",
          title=N_("Report {number}"), number=lambda sheet: sheet.report.number or sheet.incident.number, line=N_("Report {number}")),
    Paper(name=PaperKind.RESPONSE_NOTICE.value, sheet=ladder.ResponseNoticeSheet, about=About.INCIDENT, drawn_by="ladder_letters", has_docx=True,
          read=lambda desk, asked: ladder_papers.response_sheet(
              desk, change_id=asked.about_id or ladder_papers.find_response_change(desk, number=asked.number)),
          stem=lambda sheet: (f"{sheet.incident.number}-{sheet.response.tier.value}-{sheet.change.step.value}-"
                              f"{local(sheet.change.occurred_at):%H%M}"),
          title=N_("Notice of an emergency response"), number=_incident_number, line=N_("Response: {step}")),
    Paper(name=PaperKind.COMMAND_POST.value, sheet=ladder.CommandPostSheet, about=About.INCIDENT, drawn_by="ladder_letters", has_docx=True,
          read=lambda desk, asked: ladder_papers.command_post_sheet(
              desk, post_id=asked.about_id or ladder_papers.find_command_post(desk, number=asked.number)),
          stem=_of_incident("command-post"), title=N_("Order forming a command post"), number=_incident_number, line=N_("Command post")),
    Paper(name=PaperKind.HAND_OVER.value, sheet=ladder.HandOverSheet, about=About.INCIDENT, drawn_by="ladder_letters", has_docx=True,
          read=lambda desk, asked: ladder_papers.hand_over_sheet(
              desk, move_id=asked.about_id or ladder_papers.find_hand_over(desk, number=asked.number)),
          stem=lambda sheet: f"{sheet.incident.number}-hand-over-{local(sheet.move.occurred_at):%H%M}",
          title=N_("Hand-over of the command"), number=_incident_number, line=N_("Hand-over of the command")),
    Paper(name=PaperKind.BRIEF.value, sheet=ladder.BriefSheet, about=About.INCIDENT, drawn_by="brief",
          read=lambda desk, asked: ladder_papers.brief_sheet(desk, incident_id=_incident_id(desk, asked)), stem=_of_incident("brief"),
          title=N_("Incident brief {number}"), number=_incident_number, line=N_("Incident brief")),
    Paper(name=TEAM_CARD, sheet=register.TeamCardSheet, about=About.TEAM, drawn_by="team_card",
          read=lambda desk, asked: register_papers.team_card_sheet(desk, team_id=asked.about_id, code=asked.number),
          stem=lambda sheet: f"team-{sheet.detail.team.code or sheet.detail.team.id}", title=N_("Team card: {number}"),
          number=lambda sheet: Text(sheet.detail.team.name, sheet.detail.team.name_en).in_language(current_language())),
    Paper(name=CONTACT_LIST, sheet=register.ContactListSheet, about=About.DESK, drawn_by="contact_list", has_xlsx=True,
          stem=_of_day(CONTACT_LIST), read=lambda desk, _asked: register_papers.contact_list_sheet(desk),
          title=N_("Contact list"), number=_no_number),
    Paper(name=DUE_LIST, sheet=register.DueListSheet, about=About.DESK, drawn_by="due_list", has_xlsx=True, stem=_of_day(DUE_LIST),
          read=lambda desk, _asked: register_papers.due_list_sheet(desk), title=N_("What expires"), number=_no_number),
    Paper(name=SITE_LIST, sheet=register.SiteListSheet, about=About.DESK, drawn_by="site_list", has_xlsx=True, stem=_of_day(SITE_LIST),
          read=lambda desk, _asked: register_papers.site_list_sheet(desk), title=N_("List of sites"), number=_no_number),
    Paper(name=AGREEMENT_LIST, sheet=register.AgreementListSheet, about=About.DESK, drawn_by="agreement_list", has_xlsx=True,
          stem=_of_day(AGREEMENT_LIST), read=lambda desk, _asked: register_papers.agreement_list_sheet(desk),
          title=N_("List of agreements"), number=_no_number),
    Paper(name=SUMMARY, sheet=after.SummarySheet, about=About.INCIDENT, drawn_by="rescue_summary", has_docx=True,
          read=lambda desk, asked: after_papers.summary_sheet(desk, incident_id=_incident_id(desk, asked)), stem=_of_incident("summary"),
          title=N_("Summary of the rescue {number}"), number=_incident_number, line=N_("Summary of the rescue")),
    Paper(name=FINDING_LIST, sheet=after.FindingListSheet, about=About.INCIDENT, drawn_by="finding_list", read=_findings,
          stem=lambda sheet: (_of_incident if sheet.incident else _of_day)("findings")(sheet),
          title=N_("Rectification list"), number=_incident_number, line=N_("Rectification list")),
    Paper(name=AFTERMATH, sheet=after.AftermathSheet, about=About.INCIDENT, drawn_by="aftermath_list",
          read=lambda desk, asked: after_papers.aftermath_sheet(desk, incident_id=_incident_id(desk, asked)), stem=_of_incident("aftermath"),
          title=N_("Aftermath {number}"), number=_incident_number, line=N_("What is owed afterwards")),
    Paper(name=PLAN, sheet=plans.PlanSheet, about=About.PLAN, drawn_by="plan_document", has_docx=True, stem=_of_plan("plan"),
          read=lambda desk, asked: plan_papers.plan_sheet(desk, code=asked.number, version=asked.version),
          title=N_("Plan: {number}"), number=_plan_title),
    Paper(name=CARDS, sheet=plans.CardsSheet, about=About.PLAN, drawn_by="response_cards", has_docx=True, stem=_of_plan("cards"),
          read=lambda desk, asked: plan_papers.cards_sheet(desk, code=asked.number, version=asked.version),
          title=N_("Response cards: {number}"), number=_plan_title),
    Paper(name=PLAN_CONTACTS, sheet=plans.PlanContactsSheet, about=About.PLAN, drawn_by="plan_contacts", has_docx=True,
          stem=lambda sheet: (_of_plan if sheet.plan else _of_day)(PLAN_CONTACTS if not sheet.plan else "contacts")(sheet),
          read=lambda desk, asked: plan_papers.contacts_sheet(desk, code=asked.number, version=asked.version),
          title=N_("Whom to ring: {number}"), number=_plan_title),
    Paper(name=FILING_FORM, sheet=plans.FilingSheet, about=About.PLAN, drawn_by="filing_form", has_docx=True, stem=_of_plan("filing"),
          read=lambda desk, asked: plan_papers.filing_sheet(desk, code=asked.number, version=asked.version),
          title=N_("Filing form: {number}"), number=_plan_title),
    Paper(name=COMPARE, sheet=plans.CompareSheet, about=About.PLAN, drawn_by="plan_comparison", has_docx=True,
          stem=lambda sheet: f"{sheet.plan.code}-{sheet.before.version}-{sheet.plan.version}-compare",
          read=lambda desk, asked: plan_papers.compare_sheet(desk, code=asked.number, version=asked.version, against=asked.against),
          title=N_("What changed: {number}"), number=_plan_title),
    Paper(name=CERTIFICATE, sheet=CertificateSheet, about=About.INCIDENT, drawn_by="destruction_certificate", has_docx=True,
          read=lambda desk, asked: purge_papers.certificate_sheet(desk, purge_id=asked.about_id, number=asked.number),
          stem=lambda sheet: f"{sheet.told.purge.number}-certificate", title=N_("Certificate of destruction {number}"),
          line=N_("Certificate of destruction"),
          number=lambda sheet: sheet.told.purge.number),
    *SUPPLY_PAPERS, *SHELTER_PAPERS, *DRILL_PAPERS, *YEAR_PAPERS, *BLACKOUT_PAPERS,
    *(Paper(name=one.value, sheet=stock_sheets.SHEETS[one], about=About.STOCK, drawn_by="stock_papers", has_xlsx=True, stem=_of_day(stem),
            read=partial(_of_stock, read), title=title, number=_item_name)
      for one, read, stem, title in STOCK_PAPERS),
    Paper(name=SURVEY, sheet=SurveySheet, about=About.DESK, drawn_by="resource_survey", has_docx=True, stem=_of_day(SURVEY),
          read=lambda desk, _asked: survey_papers.survey_sheet(desk), title=N_("Resource survey report"), number=_no_number),
    Paper(name=COUNT_SHEET, sheet=counts.CountSheet, about=About.STOCK_COUNT, drawn_by="count_sheet",
          read=lambda desk, asked: count_papers.count_sheet(desk, count_id=asked.about_id, number=asked.number),
          stem=lambda sheet: f"{sheet.board.count.number}-sheet", title=N_("Stock-take sheet {number}"), number=_count_number),
    Paper(name=COUNT_RESULT, sheet=counts.CountResultSheet, about=About.STOCK_COUNT, drawn_by="count_result", has_xlsx=True,
          read=lambda desk, asked: count_papers.count_result_sheet(desk, count_id=asked.about_id, number=asked.number),
          stem=lambda sheet: f"{sheet.board.count.number}-result", title=N_("Stock-take result {number}"), number=_count_number),
    Paper(name=EQUIPMENT, sheet=counts.EquipmentSheet, about=About.STANDARD, drawn_by="equipment_list", has_xlsx=True,
          read=lambda desk, asked: equipment.equipment_sheet(desk, standard_id=asked.number, holder_id=asked.about_id),
          stem=_of_day(EQUIPMENT), title=N_("Required and held: {number}"),
          number=lambda sheet: sheet.board.holder.in_language(current_language())),
)
_BY_NAME = {paper.name: paper for paper in PAPERS}
_BY_SHEET = {paper.sheet: paper for paper in PAPERS}
NAMES = tuple(_BY_NAME)


def paper_of(named: str | Sheet) -> Paper:
    """Return the row of a paper by its name or by what stands on it. Raises PaperUnknown."""
    found = _BY_NAME.get(named) if isinstance(named, str) else _BY_SHEET[type(named)]
    if found is None:
        raise PaperUnknown(name=named, known=NAMES)
    return found


def papers_of_plan(desk: Desk, plan: Plan) -> tuple[PaperAsked, ...]:
    """Return the papers that can be made of a plan, and behind them those of all plans. Reads no plan but this one."""
    names = (PLAN, *((CARDS,) if plan.cards else ()), *((PLAN_CONTACTS,) if plan.contacts or plan.cards else ()), FILING_FORM,
             *((COMPARE,) if plan_papers.has_earlier(desk, plan) else ()))
    return *(PaperAsked(name, number=plan.code, version=plan.version) for name in names), PaperAsked(PLAN_CONTACTS), PaperAsked(SURVEY)


def title_of(sheet: Sheet) -> str:
    """Return what a page that shows the paper is called."""
    paper = paper_of(sheet)
    return _(paper.title).format(number=paper.number(sheet)).rstrip()


# -- the act, whole ---------------------------------------------------------------------------------------------------
def write_paper(
    desk: Desk, name: str, *, out: Path, language: str, fonts: Path, number: str = "", version: str = "", against: str = "",
    from_at: datetime | None = None, until_at: datetime | None = None, stock: StockAsked = AS_USUAL, ending: str = PDF,
    area_id: Id | None = None,
) -> Printed:
    """Write a paper to a file at once, or into a folder under its own name. Without a number the newest is meant.

    `number` names what the paper is about; a file's own ending says how it is written. A file that was named is written over; in a folder
    nothing is.
    Raises PaperUnknown, NothingToPrint, PaperNotWritten, RoleMissing, SignInNeeded.
    """
    sheet = read_sheet(desk, PaperAsked(name, number=number, version=version, against=against, from_at=from_at,
                                        until_at=until_at, stock=stock, area_id=area_id))
    settings = PaperSettings(language_of(language), fonts, numerals=level_numerals.read(desk))
    return keep_paper(sheet, out, settings, ending=ending) if out.is_dir() else set_paper(sheet, out, settings)


def read_sheet(desk: Desk, asked: PaperAsked) -> Sheet:
    """Return what stands on the paper. Reads the store. Raises PaperUnknown, NothingToPrint, NotFound, RoleMissing."""
    return paper_of(asked.name).read(desk, asked)


# -- the setting: picklable, for the helper process -------------------------------------------------------------------
def set_paper(sheet: Sheet, path: Path, settings: PaperSettings) -> Printed:
    """Set a sheet as a PDF at a path, or as a DOCX or XLSX where the path ends so and the paper has one, over what lies there.

    Raises PaperNotWritten.
    """
    ending = path.suffix.lower()
    if (ending == DOCX and not has_docx(sheet)) or (ending == XLSX and not has_xlsx(sheet)):
        raise PaperNotWritten(name=path.name, path=str(path), reason=f"no_{ending[1:]}", detail="")
    settings = replace(settings, mark=mark_of(sheet, settings))
    try:
        return _setter(sheet, ending)(sheet, path, settings)
    except OSError as error:
        raise _not_written(error, path) from error


def keep_paper(sheet: Sheet, folder: Path, settings: PaperSettings, *, ending: str = PDF) -> Printed:
    """Set a sheet in a folder under its own name; one of the same content is set anew, one of other content stays. Raises PaperNotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free_path(folder, file_stem(sheet, settings.language), mark_of(sheet, settings), ending)
    except OSError as error:
        raise _not_written(error, folder) from error
    return set_paper(sheet, path, settings)


def file_stem(sheet: Sheet, language: str) -> str:
    """Return the name a paper's file bears: 370200-2026-0017-D03, in English 370200-2026-0017-D03-en."""
    stem = re.sub(r"[^\w.-]", "_", paper_of(sheet).stem(sheet))
    return stem if language_of(language).startswith("zh") else f"{stem}-en"


def mark_of(sheet: Sheet, settings: PaperSettings) -> str:
    """Return what tells two papers of different content apart; when and by whom they were printed makes no difference."""
    told = replace(sheet, imprint=replace(sheet.imprint, printed_at=_BEFORE_ALL, printed_by=Text("")))
    return blake2b(f"{settings.language} {settings.numerals}\n{told!r}".encode(), digest_size=16).hexdigest()


def has_docx(sheet: Sheet) -> bool:
    """Say whether a paper can be written for those who must edit it."""
    return paper_of(sheet).has_docx


def has_xlsx(sheet: Sheet) -> bool:
    """Say whether a paper can be written as a workbook, for those who reckon on with it."""
    return paper_of(sheet).has_xlsx


def _setter(sheet: Sheet, ending: str) -> Callable[[Sheet, Path, PaperSettings], Printed]:
    # Looked up by name, and only now: the window asks for papers and must not carry what draws them.
    drawing = importlib.import_module(f"emergency_desk.reports.{paper_of(sheet).drawn_by}")
    setter: Callable[[Sheet, Path, PaperSettings], Printed] = getattr(drawing, _SETTERS.get(ending, "write"))
    return setter


_SETTERS = {DOCX: "write_docx", XLSX: "write_xlsx"}


def _free_path(folder: Path, stem: str, mark: str, ending: str) -> Path:
    path = folder / f"{stem}{ending}"
    for number in itertools.count(2):
        if not path.exists() or _mark_in(path) == mark:
            break
        path = folder / f"{stem}-{number}{ending}"
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
    return PaperNotWritten(name=path.name, path=str(path), reason=reason, detail=fault_of(error))


_REASONS = {
    errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EACCES: "no_permission", errno.EPERM: "no_permission",
    errno.EROFS: "no_permission", errno.ENOENT: "no_folder", errno.ENOTDIR: "no_folder", errno.EISDIR: "no_folder",
    errno.EEXIST: "no_folder", errno.EBUSY: "in_use",
}
