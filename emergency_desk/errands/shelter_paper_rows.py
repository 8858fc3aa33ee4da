"""The rows of the papers of shelters and of evacuation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from emergency_desk.domain import shelter_sheets as sheets
from emergency_desk.errands.paper_rows import About, Paper, PaperAsked
from emergency_desk.services import papers, people_papers, shelter_papers
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import Sheet
from emergency_desk.wording.catalog import N_
from emergency_desk.wording.formats import local

OPENING_ORDER, REGISTRATION, CARDS, CLOSING = "opening-order", "registration-sheet", "stay-cards", "closing-sheet"
BLANK_SHEET, BLANK_CARDS = "registration-form", "card-form"
NOTICE, TRANSFER, MISSING = "shelter-notice", "transfer-list", "missing-list"
DAILY_RETURN, SUPPLIES_NEED, PUBLIC_LIST = "daily-return", "supplies-need", "shelter-list"
OF_PEOPLE = (REGISTRATION, CARDS, BLANK_SHEET, BLANK_CARDS)
OF_OPENING = (OPENING_ORDER, *OF_PEOPLE, CLOSING)
OF_INCIDENT = (NOTICE, TRANSFER, MISSING)
OF_DESK = (DAILY_RETURN, SUPPLIES_NEED, PUBLIC_LIST)


def _of_opening(name: str, sheet: type, read: Callable[..., Sheet], title: str, drawn_by: str, **more: Any) -> Paper:
    return Paper(name=name, sheet=sheet, about=About.SHELTER, drawn_by=drawn_by, title=title,
                 read=lambda desk, asked: read(desk, opening_id=asked.about_id, number=asked.number),
                 stem=lambda made: f"{made.opened.opening.number}-{name}", number=lambda made: made.opened.opening.number, **more)


def _of_incident(name: str, sheet: type, read: Callable[..., Sheet], title: str, drawn_by: str, **more: Any) -> Paper:
    def gather(desk: Desk, asked: PaperAsked) -> Sheet:
        return read(desk, incident_id=asked.about_id or papers.find_incident(desk, number=asked.number).id)

    return Paper(name=name, sheet=sheet, about=About.INCIDENT, drawn_by=drawn_by, title=title, read=gather,
                 stem=lambda made: f"{made.incident.number}-{name}", number=lambda made: made.incident.number, **more)


def _of_moment(read: Callable[..., Sheet], desk: Desk, asked: PaperAsked) -> Sheet:
    return read(desk, at=asked.until_at, area_id=asked.area_id)


def _stem(name: str) -> Callable[[Any], str]:
    return lambda made: f"{name}-{local(made.at):%Y%m%d-%H%M}"


SHELTER_PAPERS: tuple[Paper, ...] = (
    _of_opening(OPENING_ORDER, sheets.OpeningOrderSheet, shelter_papers.opening_order_sheet, N_("Opening order {number}"), "shelter_letters",
                has_docx=True),
    _of_opening(REGISTRATION, sheets.RegistrationSheet, people_papers.registration_sheet, N_("Registration sheet {number}"), "shelter_forms"),
    _of_opening(CARDS, sheets.StayCardsSheet, people_papers.stay_cards_sheet, N_("Cards for people in a shelter {number}"), "shelter_forms"),
    _of_opening(BLANK_SHEET, sheets.BlankRegistrationSheet, people_papers.blank_registration_sheet, N_("Blank registration sheet {number}"),
                "shelter_forms"),
    _of_opening(BLANK_CARDS, sheets.BlankStayCardsSheet, people_papers.blank_stay_cards_sheet, N_("Blank cards for people {number}"),
                "shelter_forms"),
    _of_opening(CLOSING, sheets.ClosingSheet, shelter_papers.closing_sheet, N_("Closing sheet {number}"), "shelter_letters", has_docx=True),
    _of_incident(NOTICE, sheets.NoticeSheet, shelter_papers.notice_sheet, N_("Notice of open shelters {number}"), "shelter_letters",
                 has_docx=True),
    _of_incident(TRANSFER, sheets.TransferListSheet, shelter_papers.transfer_list_sheet, N_("Transfer list {number}"), "shelter_lists",
                 has_xlsx=True),
    _of_incident(MISSING, sheets.MissingListSheet, people_papers.missing_list_sheet, N_("Not reached yet {number}"), "missing_list"),
    Paper(name=DAILY_RETURN, sheet=sheets.DailyReturnSheet, about=About.SHELTERS, drawn_by="shelter_lists", has_xlsx=True,
          read=partial(_of_moment, shelter_papers.daily_return_sheet), stem=_stem(DAILY_RETURN),
          title=N_("Daily return of shelters"), number=lambda _made: ""),
    Paper(name=SUPPLIES_NEED, sheet=sheets.SupplyNeedSheet, about=About.SHELTERS, drawn_by="shelter_lists", has_xlsx=True,
          read=partial(_of_moment, shelter_papers.supply_need_sheet), stem=_stem(SUPPLIES_NEED),
          title=N_("Supplies needed in shelters"), number=lambda _made: ""),
    Paper(name=PUBLIC_LIST, sheet=sheets.PublicListSheet, about=About.SHELTERS, drawn_by="shelter_lists", has_xlsx=True,
          read=lambda desk, asked: shelter_papers.public_list_sheet(desk, area_id=asked.area_id),
          stem=lambda made: f"{PUBLIC_LIST}-{local(made.imprint.printed_at):%Y%m%d}", title=N_("Shelters for the public"),
          number=lambda _made: ""),
)
