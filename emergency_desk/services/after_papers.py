"""Gathers what stands on the papers of the aftermath, and keeps the words that people add to the summary."""

from __future__ import annotations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.after_sheets import AftermathSheet, FindingListSheet, SummaryPart, SummarySheet
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.mending import closure
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.texts import Text
from emergency_desk.services import drafts, findings
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint, place_of
from emergency_desk.services.review import review

_OF = "WHERE incident_id = ? "


def summary_sheet(desk: Desk, *, incident_id: Id) -> SummarySheet:
    """Return the summary of a rescue as the record tells it, with the words that were typed for it. Raises NotFound."""
    desk.may(Act.READ)
    seen = review(desk, incident_id=incident_id)
    incident = seen.incident
    with desk.reading() as reading:
        figures = [report.figures for report in reading.figures.where(_OF + "ORDER BY seq", (incident_id,))]
        return SummarySheet(
            imprint=imprint(desk), incident=incident, incident_type=desk.trade.type(incident.type_id).name,
            place=place_of(desk, incident.area_id), plan_title=_plan_title(desk, incident.plan_code, incident.plan_version), review=seen,
            calls=tuple(reading.calls.where(_OF + "ORDER BY received_at, id", (incident_id,))),
            orders=tuple(reversed(reading.order_lines(incident_id))),
            responses=tuple(reading.responses.where(_OF + "ORDER BY activated_at, id", (incident_id,))),
            command_moves=tuple(reading.command_moves.where(_OF + "ORDER BY seq", (incident_id,))),
            members=tuple(reading.post_members.where(_OF + "ORDER BY since, id", (incident_id,))),
            decisions=tuple(reading.decisions.where(_OF + "ORDER BY seq", (incident_id,))),
            first_figures=figures[0] if figures else Figures(), typed=summary_words(desk, incident_id=incident_id))


def summary_words(desk: Desk, *, incident_id: Id) -> tuple[tuple[SummaryPart, str], ...]:
    """Return the words typed for the parts of a summary, in their order."""
    kept = drafts.get_draft(desk, name=_draft(incident_id))
    return tuple((part, kept[part.value]) for part in SummaryPart if kept.get(part.value))


def keep_summary_words(desk: Desk, *, incident_id: Id, words: dict[SummaryPart, str]) -> None:
    """Keep the words typed for the parts of a summary, over what was kept before. Raises NotFound."""
    desk.may(Act.RECOVER)
    with desk.reading() as reading:
        reading.incidents.get(incident_id)
    drafts.keep_draft(desk, name=_draft(incident_id), content={part.value: text.strip() for part, text in words.items() if text.strip()})


def finding_list_sheet(desk: Desk, *, incident_id: Id | None = None) -> FindingListSheet:
    """Return the rectification list of an incident, or of the whole desk. An empty list is worth a paper too."""
    kept = tuple(findings.list_findings(desk, incident_id=incident_id, limit=100_000))
    today = local_day(desk.now())
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id) if incident_id is not None else None
    numbers = tuple(findings.source_numbers(desk, findings=kept).items())
    return FindingListSheet(imprint=imprint(desk), findings=kept, today=today, counted=closure(kept, today=today), numbers=numbers,
                            incident=incident)


def aftermath_sheet(desk: Desk, *, incident_id: Id) -> AftermathSheet:
    """Return what is owed and settled after an incident. Raises NotFound."""
    seen = review(desk, incident_id=incident_id)
    incident = seen.incident
    return AftermathSheet(imprint=imprint(desk), incident=incident, incident_type=desk.trade.type(incident.type_id).name,
                          place=place_of(desk, incident.area_id), review=seen)


def _plan_title(desk: Desk, code: str, version: str) -> Text:
    return desk.trade.plan_title(code, version) if code else Text("")


def _draft(incident_id: Id) -> str:
    return f"summary {incident_id}"
