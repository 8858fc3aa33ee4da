"""The papers of one incident as lines: its orders, its log, the records of its calls."""

from __future__ import annotations

from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.responses import ResponseStep
from emergency_desk.errands import papers as errand
from emergency_desk.errands.papers import PaperAsked
from emergency_desk.services.papers import PaperKind, PaperLine
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.formats import when
from emergency_desk.wording.labels import label

COLUMNS = (Column(), Column(stretch=True), Column(right=True))
NAME_OF = {
    PaperKind.ORDER: errand.ORDER, PaperKind.INCIDENT_LOG: errand.INCIDENT_LOG, PaperKind.CALL_RECORD: errand.CALL_RECORD,
    PaperKind.BRIEF: errand.BRIEF, PaperKind.REPORT: errand.INCIDENT_REPORT, PaperKind.RESPONSE_NOTICE: errand.RESPONSE_NOTICE,
    PaperKind.COMMAND_POST: errand.COMMAND_POST, PaperKind.HAND_OVER: errand.HAND_OVER,
}


def line_of(paper: PaperLine, *, now: datetime) -> Line:
    """Return a paper as a line of the list; its key names the paper and what it is about."""
    time = when(paper.at, now=now)
    about = paper.about.in_language(current_language())
    if paper.kind is PaperKind.ORDER:
        name = _("Order {number}").format(number=paper.number.rpartition("-")[2])
    elif paper.kind is PaperKind.INCIDENT_LOG:
        name, about = _("Incident log"), ""
    elif paper.kind is PaperKind.BRIEF:
        name, about = _("Incident brief"), ""
    elif paper.kind is PaperKind.CALL_RECORD:
        name = _("Call record")
    else:
        name, about = _name_of_ladder(paper), label(Tier(paper.about.zh))
    return Line(key_of(asked_for(paper)), (Cell(name, strong=True), Cell(about, Tone.SECONDARY, size="small", hint=about),
                                           Cell(time, Tone.SECONDARY, size="small")))


def _name_of_ladder(paper: PaperLine) -> str:
    if paper.kind is PaperKind.REPORT:
        return _("Report {number}").format(number=paper.number.rpartition("-")[2] or "—")
    if paper.kind is PaperKind.RESPONSE_NOTICE:
        return _("Response: {step}").format(step=label(ResponseStep(paper.number)))
    return _("Command post") if paper.kind is PaperKind.COMMAND_POST else _("Hand-over of the command")


def asked_for(paper: PaperLine) -> PaperAsked:
    """Return how a paper of the list is asked for."""
    return PaperAsked(NAME_OF[paper.kind], about_id=paper.id)


def key_of(asked: PaperAsked) -> str:
    """Return the key a paper is kept by in the list."""
    return f"{asked.name} {asked.about_id}"


def title_of(name: str, number: str) -> str:
    """Return what the page calls the paper."""
    titles = {errand.ORDER: _("Dispatch order {number}"), errand.INCIDENT_LOG: _("Incident log {number}"),
              errand.CALL_RECORD: _("Call record {number}"), errand.DUTY_LOG: _("Duty log"),
              errand.INCIDENT_REPORT: _("Report {number}"), errand.RESPONSE_NOTICE: _("Notice of an emergency response"),
              errand.COMMAND_POST: _("Order forming a command post"), errand.HAND_OVER: _("Hand-over of the command"),
              errand.BRIEF: _("Incident brief {number}"), errand.TEAM_CARD: _("Team card: {number}"),
              errand.CONTACT_LIST: _("Contact list"), errand.DUE_LIST: _("What expires"),
              errand.SITE_LIST: _("List of sites"), errand.AGREEMENT_LIST: _("List of agreements")}
    return titles[name].format(number=number)
