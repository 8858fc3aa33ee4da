"""The report of the resource survey (应急资源调查报告), as PDF and as DOCX: what the registers tell, and in plain words what they do not.

Its parts are those of 突发事件应急预案管理办法 Art. 21, its end the gap analysis of GB/T 29639-2020.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.resource_survey import ListedTeam, PromisedGoods, SurveySheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.sites import SiteKind
from emergency_desk.domain.supplies import ReserveKind
from emergency_desk.domain.teams import BY_APPLICATION, BY_REQUEST, TeamKind
from emergency_desk.domain.texts import Text
from emergency_desk.reports.document import Cover, Document, Heading, Piece, ToWrite, grid, prose, setting_for
from emergency_desk.reports.document_docx import set_document_docx
from emergency_desk.reports.document_pdf import set_document
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.reports.survey_gaps import gaps
from emergency_desk.wording.catalog import CHINESE, _, current_language, ngettext, pgettext
from emergency_desk.wording.counting import in_units, unit_word
from emergency_desk.wording.formats import calendar_day, number, written_date
from emergency_desk.wording.labels import label

_COUNTED = "〇一二三四五六七八九十"
_SHORT = 14  # rows of a table that is not torn
_SHELTERS, _CURE = (SiteKind.SHELTER,), (SiteKind.HOSPITAL, SiteKind.AMBULANCE_POST)
_OTHERS = (SiteKind.FIRE_STATION, SiteKind.LOGISTICS, SiteKind.PROTECTED, SiteKind.OTHER)


def write(sheet: SurveySheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the report."""
    with worded(paper):
        return set_document(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: SurveySheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the report as a DOCX file, for those who must complete it."""
    with worded(paper):
        return set_document_docx(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def document_of(sheet: SurveySheet, paper: PaperSettings) -> Document:
    """Return the report in words of the language being spoken."""
    title, area = _("Survey of emergency resources"), in_paper(sheet.area, paper)
    cover = Cover(title=title, below=(area, _("as of {day}").format(day=written_date(sheet.today))),
                  facts=((_("Surveyed by"), ""), (_("Checked by"), ""), (_("Approved by"), "")),
                  ends=(in_paper(sheet.imprint.desk, paper), written_date(sheet.today)))
    return Document(title=title, cover=cover, pieces=tuple(_pieces(sheet, paper)), subject=area, contents=_("Contents"),
                    running=f"{title} {calendar_day(sheet.today)}",
                    setting=replace(setting_for(paper.language), cell=9.5, cell_leading=13))


def _pieces(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    parts = (
        (_("The survey"), _survey(sheet, paper)), (_("Resources of the area itself"), _own(sheet, paper)),
        (_("Resources that can be used after conversion"),
         _to_write(_("The desk keeps no register of places and things that can be converted."))),
        (_("Resources that can be asked for in the cooperation area"), _cooperation(sheet, paper)),
        (_("Stand-by of important infrastructure"),
         _to_write(_("The desk keeps no register of the stand-by of water, power, gas, communications and roads."))),
        (_("Resources by conversion of production"),
         _converted(sheet, paper)),
        (_("Gaps"), gaps(sheet, paper)),
        (_("Conclusions and advice"), iter((ToWrite(6),))),
    )
    for place, (title, pieces) in enumerate(parts, start=1):
        yield Heading(text=chapter(place, title))
        yield from pieces
    yield Heading(text=_("List of teams"), above=_("Annex {number}").format(number=1), starts_page=True)
    yield from _team_list(sheet, paper)
    yield Heading(text=_("List of sites"), above=_("Annex {number}").format(number=2), starts_page=True)
    yield from _site_list(sheet, paper)
    yield Heading(text=_("List of agreements"), above=_("Annex {number}").format(number=3), starts_page=True)
    yield from _agreement_list(sheet, paper)


def chapter(place: int, title: str) -> str:
    """Return the heading of a part, numbered as GB/T 9704-2012 numbers (一、 and （一）) where the paper speaks Chinese."""
    return f"{_COUNTED[place]}、{title}" if current_language() == CHINESE else f"{place}\u3000{title}"


def _section(place: int, title: str) -> Heading:
    return Heading(text=f"（{_COUNTED[place]}）{title}" if current_language() == CHINESE else f"({place})  {title}", depth=2)


def _to_write(told: str) -> Iterator[Piece]:
    yield prose(" ".join((told, _("To be surveyed and written in:"))))
    yield ToWrite(3)


def _survey(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    told = _("Surveyed is what stands in the registers of {desk} for {area} on {date}. Basis: Measures for the Management of Contingency "
             "Plans (2024) Art. 21; GB/T 29639-2020.")
    yield prose(told.format(desk=in_paper(sheet.imprint.desk, paper), area=in_paper(sheet.area, paper), date=written_date(sheet.today)))
    agreements = len(sheet.agreements)
    yield grid((_("Register"), _("Entries")), (
        (_("Teams"), number(sheet.teams_in_all)), (_("Sites"), number(len(sheet.sites))), (_("Agreements"), number(agreements)),
        (_("Lots in stock"), number(sheet.stock_lines) if sheet.stock_lines else _("none was entered"))), (0.6, 0.4))
    yield prose(_("A resource that is in no register does not stand here. What the registers do not hold is said in its place and written "
                  "in by hand."))


# -- the area's own ---------------------------------------------------------------------------------------------------
def _own(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    yield _section(1, _("Teams"))
    if sheet.kinds:
        yield grid((_("Kind"), _("Teams"), _("People"), _("People ready"), _("People not told"), _("How they are called")), (
            (label(one.kind), number(one.teams), number(one.people), number(one.ready), _teams(one.untold) if one.untold else "—",
             _called(one.kind)) for one in sheet.kinds), (0.26, 0.1, 0.12, 0.14, 0.16, 0.22))
    else:
        yield prose(_("No team of the area stands in the register."))
    yield _section(2, _("Capabilities"))
    yield prose(_("Counted are teams that are ordered, not those that are asked for or must apply. Asked for is the most that one plan in "
                  "use wants at this tier."), is_note=True)
    yield grid((_("Capability"), _("Teams"), _("Asked for"), pgettext("survey", "Missing"), _("By the plan")), (
        (in_paper(sheet.names.get(one.capability, Text(one.capability)), paper), number(one.teams), number(one.wanted) if one.wanted else "—",
         number(one.gap) if one.gap else "—", in_paper(sheet.titles.get(one.plan, Text(one.plan)), paper) or "—") for one in sheet.capacities),
        (0.3, 0.1, 0.13, 0.12, 0.35))
    yield _section(3, _("Equipment of the teams"))
    if sheet.equipment:
        yield grid((_("Equipment"), pgettext("survey", "Number"), pgettext("measure", "Unit"), _("Teams that keep it")), (
            (one.name, number(one.count), unit_word(one.unit) or "—", number(one.teams)) for one in sheet.equipment), (0.46, 0.16, 0.14, 0.24))
    else:
        yield prose(_("No team has told its equipment."))
    yield _section(4, _("Goods and depots"))
    yield from _goods(sheet, paper)
    yield from _sites((SiteKind.DEPOT,), sheet, paper)
    yield _section(5, pgettext("register", "Shelters"))
    yield from _sites(_SHELTERS, sheet, paper)
    yield _section(6, _("Isolation sites"))
    yield from _sites((SiteKind.ISOLATION,), sheet, paper)
    yield _section(7, _("Medical sites"))
    yield from _sites(_CURE, sheet, paper)
    yield _section(8, _("Fire stations and other sites"))
    yield from _sites(_OTHERS, sheet, paper)


def _goods(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    if not sheet.stock_lines:
        yield prose(_("No stock was entered: the survey says where depots are and nothing of what lies in them. Quantities are to be asked of "
                      "the keepers."))
        return
    if sheet.goods:
        yield prose(_("There is what may be issued from the shelves of the area; agreements and production are not counted. Asked for is "
                      "the most that one plan in use wants at this tier."), is_note=True)
        yield grid((_("Goods"), pgettext("measure", "Unit"), _("There"), _("Asked for"), pgettext("survey", "Missing"), _("By the plan")), (
            (in_paper(one.name, paper), in_paper(one.unit, paper), number(one.there) if one.there is not None else _("not kept"),
             number(one.wanted), number(one.gap) if one.gap else "—", in_paper(sheet.titles.get(one.plan, Text(one.plan)), paper))
            for one in sheet.goods), (0.27, 0.09, 0.12, 0.12, 0.11, 0.29))


def _promised(kind: ReserveKind, sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    found = [one for one in sheet.promises if one.promise.kind is kind]
    if not found:
        yield prose(_("None stands in the register."))
        return
    yield grid((_("Partner"), _("Goods"), _how_much(kind), _("Valid until"), _("Phone")), (
        (one.promise.partner, in_paper(one.item, paper), _amount(one), _until(one.promise.valid_until, sheet), one.promise.phone or "—")
        for one in found), (0.24, 0.2, 0.24, 0.14, 0.18))


def _how_much(kind: ReserveKind) -> str:
    return _("How much, and when") if kind is ReserveKind.CONTRACT else _("How much a day, and from when")


def _amount(one: PromisedGoods) -> str:
    promise = one.promise
    if promise.kind is ReserveKind.CONTRACT:
        return _("{count} {unit}, {hours} h after the call").format(
            count=number(promise.quantity), unit=unit_word(one.unit, promise.quantity), hours=promise.call_off_hours)
    return _("{count} {unit} a day, {days} days after the start").format(
        count=number(promise.units_a_day), unit=unit_word(one.unit, promise.units_a_day), days=promise.start_up_days)


def _converted(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    if sheet.promises:
        yield from _promised(ReserveKind.CAPACITY, sheet, paper)
    else:
        yield from _to_write(_("No production line was entered."))


def _teams(count: int) -> str:
    return ngettext("{count} team", "{count} teams", count).format(count=number(count))


def _called(kind: TeamKind) -> str:
    if kind in BY_REQUEST:
        return _("by request (Art. 4 of the regulations on the armed forces)")
    return _("they apply and are accepted") if kind in BY_APPLICATION else _("by order")


def _sites(kinds: tuple[SiteKind, ...], sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    found = [one for one in sheet.site_counts if one.kind in kinds]
    if not found:
        yield prose(_("None stands in the register."))
        return
    several = len(kinds) > 1
    heads = [_("Area"), *([_("Kind")] if several else []), pgettext("survey", "Number"), _capacity_head(kinds), _("Capacity not known")]
    rows = [[_area(one.area, paper), *([label(one.kind)] if several else []), number(one.sites), number(one.capacity) if one.capacity else "—",
             number(one.unknown) if one.unknown else "—"] for one in found]
    if len(found) > 1:
        capacity = sum(one.capacity for one in found)
        rows.append([_("In all"), *([""] if several else []), number(sum(one.sites for one in found)), number(capacity) if capacity else "—",
                     number(sum(one.unknown for one in found))])
    yield grid(heads, rows, (0.34, 0.2, 0.12, 0.16, 0.18) if several else (0.4, 0.16, 0.22, 0.22), whole=len(rows) <= _SHORT)


def _area(area: Text, paper: PaperSettings) -> str:
    return in_paper(area, paper) or _("area not known")


def _capacity_head(kinds: tuple[SiteKind, ...]) -> str:
    return _("Square metres") if kinds == (SiteKind.DEPOT,) else _("Places")


def _site_list(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    if not sheet.sites:
        yield prose(_("None stands in the register."))
    for kind in SiteKind:
        found = [(site, area) for site, area in sheet.sites if site.kind is kind]
        if found:
            yield Heading(text=label(kind), depth=2)
            yield grid((_("Area"), _("Name"), _capacity_head((kind,)), _("Phone")), (
                (_area(area, paper), in_paper(Text(site.name, site.name_en), paper), number(site.capacity) if site.capacity is not None else "—",
                 site.phone or "—") for site, area in found), (0.27, 0.37, 0.14, 0.22))


# -- the cooperation area ---------------------------------------------------------------------------------------------
def _cooperation(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    yield _section(1, _("Agreements"))
    if sheet.agreements:
        yield grid((_("Kind"), _("Capability"), _("Agreements"), _("In force"), _("Counts as own (there within 5 min)")), (
            (label(one.kind), in_paper(sheet.names.get(one.capability, Text(one.capability)), paper) or "—", number(one.agreements),
             number(one.in_force), number(one.as_own) if one.as_own else "—") for one in sheet.agreed), (0.23, 0.25, 0.16, 0.12, 0.24))
    else:
        yield prose(_("No agreement stands in the register."))
    yield _section(2, _("Agreements about goods"))
    yield from _promised(ReserveKind.CONTRACT, sheet, paper)
    yield _section(3, _("Forces that are asked for or apply"))
    asked = [one for one in sheet.kinds if one.kind in BY_REQUEST | BY_APPLICATION]
    if asked:
        yield grid((_("Kind"), _("Teams"), _("People"), _("How they are called")), (
            (label(one.kind), number(one.teams), number(one.people), _called(one.kind)) for one in asked), (0.3, 0.14, 0.14, 0.42))
    else:
        yield prose(_("None stands in the register."))
    yield _section(4, _("Fire and rescue of the city outside the area"))
    if sheet.callable_teams:
        yield _listed(sheet.callable_teams, sheet, paper)
    else:
        yield prose(_("None stands in the register."))


def _agreement(one: Agreement, sheet: SurveySheet, paper: PaperSettings) -> tuple[str, ...]:
    capability = in_paper(sheet.names.get(one.capability, Text(one.capability)), paper)
    amount = in_units(one.quantity, one.unit) if one.quantity is not None else ""
    what = " · ".join(part for part in (capability, amount, one.terms) if part)
    soon = _("{minutes} min").format(minutes=one.arrival_minutes) if one.arrival_minutes is not None else "—"
    return one.partner, label(one.kind), what or "—", soon, _until(one.valid_until, sheet), one.phone or "—"


def _until(end: date | None, sheet: SurveySheet) -> str:
    if end is None:
        return _("no end")
    return _("ended {day}").format(day=calendar_day(end)) if end < sheet.today else calendar_day(end)


def _agreement_list(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    if sheet.agreements:
        yield grid((_("Partner"), _("Kind"), pgettext("column", "What"), _("There within"), _("Valid until"), _("Phone")), (
            _agreement(one, sheet, paper) for one in sheet.agreements), (0.2, 0.13, 0.2, 0.11, 0.14, 0.22))
    else:
        yield prose(_("No agreement stands in the register."))


# -- the list ---------------------------------------------------------------------------------------------------------
def _team_list(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    if not sheet.teams:
        yield prose(_("No team of the area stands in the register."))
        return
    if len(sheet.teams) < sheet.teams_in_all:
        yield prose(_("The first {shown} of {count} teams; the whole list is given by the export.").format(
            shown=number(len(sheet.teams)), count=number(sheet.teams_in_all)), is_note=True)
    yield _listed(sheet.teams, sheet, paper)


def _listed(teams: Iterable[ListedTeam], sheet: SurveySheet, paper: PaperSettings) -> Piece:
    return grid((_("Area"), _("Name"), _("Kind"), _("Capabilities"), _("Ready / in all"), _("Phone")), (
        (in_paper(team.area, paper), in_paper(team.name, paper), label(team.kind),
         _(", ").join(in_paper(sheet.names.get(name, Text(name)), paper) for name in team.capabilities),
         f"{_count(team.ready)} / {_count(team.people)}", team.phone or "—") for team in teams), (0.16, 0.22, 0.12, 0.19, 0.1, 0.21))


def _count(count: int | None) -> str:
    return "—" if count is None else number(count)
