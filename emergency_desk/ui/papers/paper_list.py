"""The papers of one incident as lines, its orders, its log, the records of its calls, what went up and down the ladder; and those of a plan."""

from __future__ import annotations

from datetime import datetime

from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.errands import papers as errand
from emergency_desk.errands import shelter_paper_rows as shelters
from emergency_desk.errands.papers import About, PaperAsked, paper_of
from emergency_desk.services import drill_papers as drills
from emergency_desk.services.papers import PaperLine
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.formats import when
from emergency_desk.wording.labels import label

COLUMNS = (Column(), Column(stretch=True), Column(right=True))


def line_of(paper: PaperLine, *, now: datetime) -> Line:
    """Return a paper as a line of the list; its key names the paper and what it is about."""
    name = _(paper_of(paper.kind.value).line).format(number=paper.number.rpartition("-")[2] or "—", step=label(paper.step) if paper.step else "")
    about = label(paper.tier) if paper.tier else paper.about.in_language(current_language())
    return Line(key_of(asked_for(paper)), (Cell(name, strong=True), Cell(about, Tone.SECONDARY, size="small", hint=about),
                                           Cell(when(paper.at, now=now), Tone.SECONDARY, size="small")))


_OF_PLANS = {errand.PLAN: N_("The plan"), errand.CARDS: N_("Response cards"), errand.PLAN_CONTACTS: N_("Whom to ring"),
             errand.FILING_FORM: N_("Filing form"), errand.COMPARE: N_("What changed"), errand.SURVEY: N_("Survey of emergency resources")}

_OF_SHELTERS = {
    shelters.OPENING_ORDER: N_("Opening order"), shelters.REGISTRATION: N_("Registration sheet"), shelters.CARDS: N_("Cards for people"),
    shelters.BLANK_SHEET: N_("Registration sheet, blank"), shelters.BLANK_CARDS: N_("Cards, blank"),
    shelters.CLOSING: N_("Closing sheet"), shelters.NOTICE: N_("Notice to the public"), shelters.TRANSFER: N_("Transfer list"),
    shelters.MISSING: N_("Not reached yet, by name"),
    shelters.DAILY_RETURN: N_("Daily return"), shelters.SUPPLIES_NEED: N_("Supplies needed"), shelters.PUBLIC_LIST: N_("Shelters for the public")}

_OF_DRILLS = {
    drills.PLAN: N_("Work plan of a drill"), drills.SCRIPT: N_("Script"), drills.CARDS: N_("Inject cards"),
    drills.SIGN_IN: N_("Sheet to sign in on"), drills.OBSERVERS: N_("Observers' sheet"), drills.BOOK: N_("Visitors' book"),
    drills.SUPPORT: N_("Support plan of a drill"), drills.FORM: N_("Evaluation form"), drills.REPORT: N_("Evaluation report of a drill"),
    drills.LETTER: N_("Summary letter"), drills.LEDGER: N_("Rectification ledger of a drill"),
    drills.YEARS: N_("The same drill over the years")}


def line_of_plan(asked: PaperAsked) -> Line:
    """Return a paper of a plan, of all plans, of stock, of shelters or of a drill as a line of the list."""
    if asked.name in _OF_SHELTERS:
        return Line(key_of(asked), (Cell(_(_OF_SHELTERS[asked.name]), strong=True), Cell(), Cell()))
    if asked.name in _OF_DRILLS:
        return Line(key_of(asked), (Cell(_(_OF_DRILLS[asked.name]), strong=True), Cell(), Cell()))
    if asked.name not in _OF_PLANS:
        return Line(key_of(asked), (Cell(label(StockPaper(asked.name)), strong=True), Cell(), Cell()))
    about = "" if asked.number or asked.name == errand.SURVEY else _("of all plans")
    return Line(key_of(asked), (Cell(_(_OF_PLANS[asked.name]), strong=True), Cell(about, Tone.SECONDARY, size="small", hint=about), Cell()))


def title_of_list(asked: PaperAsked, *, is_of_plan: bool) -> str:
    """Return what the list of the other papers is called."""
    if asked.name in _OF_SHELTERS:
        return _("Papers of the shelters")
    if asked.name in _OF_DRILLS:
        return _("Papers of the drill")
    if paper_of(asked.name).about is About.STOCK:
        return _("Papers of the stock")
    return _("Papers of the plan") if is_of_plan else _("Papers of the incident")


def asked_for(paper: PaperLine) -> PaperAsked:
    """Return how a paper of the list is asked for."""
    return PaperAsked(paper.kind.value, about_id=paper.id)


def key_of(asked: PaperAsked) -> str:
    """Return the key a paper is kept by in the list."""
    return f"{asked.name} {asked.about_id or asked.number}"
