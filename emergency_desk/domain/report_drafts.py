"""What a report is drafted from, which report comes next, and what changed against the report before (R-2.1, domain §2.1, §2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.incidents import Call, Incident, IncidentState, Task
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ELEMENTS, Element, Report, ReportFamily, ReportKind
from emergency_desk.domain.responses import Response
from emergency_desk.domain.texts import Text

# The phone message needs only who, where, when and how many (O21 Art. 10); the rest follows in writing.
PHONE_ELEMENTS = ("time", "place", "unit", "nature", "casualties", "measures")
PHONE_IF_KNOWN = ("extent",)  # how many are to be moved decides what the tier above sends; nobody is asked for it on the phone


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBasis:
    """The record of an incident at one moment, as far as a report tells of it."""

    at: datetime
    incident: Incident
    type_name: Text
    place: Text
    desk_name: Text
    desk_phone: str
    officer: Text
    from_tier: Tier
    to_tier: Tier
    channel: Channel
    family: ReportFamily
    kind: ReportKind
    calls: tuple[Call, ...]
    orders: tuple[OrderLine, ...]
    tasks: tuple[Task, ...]
    responses: tuple[Response, ...]
    commander: Tier | None
    previous: Report | None
    serial: int = 0  # of this report, should it be a follow-up
    areas: tuple[tuple[Tier, Text], ...] = ()  # what the tiers are called here

    def area(self, tier: Tier) -> Text:
        """Return the name of the area of a tier, empty where the tree does not reach it."""
        return dict(self.areas).get(tier, Text(""))


def kind_of(family: ReportFamily, before: Sequence[Report], channel: Channel, *, is_over: bool) -> ReportKind:
    """Return which report comes next: the first by a channel, follow-ups after it, and the last when the response is over."""
    if not any(report.channel is channel for report in before) and not (before and is_over):
        return ReportKind.FIRST
    if is_over and not any(report.kind is ReportKind.FINAL for report in before):
        return ReportKind.SETTLED if family is ReportFamily.DISASTER else ReportKind.FINAL
    return ReportKind.SUPPLEMENT if is_over else ReportKind.FOLLOW_UP


def is_over(incident: Incident, responses: Sequence[Response], tier: Tier) -> bool:
    """Say whether a tier's response is over: ended and no other running, or the incident closed."""
    if incident.state is IncidentState.CLOSED:
        return True
    own = [response for response in responses if response.tier is tier]
    return bool(own) and not any(response.is_running for response in own)


def marked(elements: Sequence[Element], before: Report | None) -> tuple[Element, ...]:
    """Return the elements in their order, each marked where it says something else than the report before; an empty one is a gap."""
    by_name = {element.name: element for element in elements}
    found = []
    for name in [*ELEMENTS, *(name for name in by_name if name not in ELEMENTS)]:
        if name in by_name:
            text = by_name[name].text.strip()
            is_changed = before is not None and _tells(before, name) and before.element(name).text.strip() != text
            found.append(replace(by_name[name], text=text, is_changed=is_changed, is_gap=by_name[name].is_gap or not text))
    return tuple(found)


def _tells(report: Report, name: str) -> bool:
    """Say whether a report had the element at all: a phone message has few, and what it left out has not changed."""
    return any(element.name == name for element in report.elements)


def followed(before: Sequence[Report], channel: Channel) -> Report | None:
    """Return the report that the next one by a channel follows: the newest by that channel, else the newest that has text."""
    told = [report for report in before if report.elements]
    return next((report for report in reversed(told) if report.channel is channel), told[-1] if told else None)


def gaps(report: Report) -> tuple[str, ...]:
    """Return the names of the elements that are still to be verified; they are told and never keep a report from going (R-2.1)."""
    asked = PHONE_ELEMENTS if report.channel is Channel.PHONE else ELEMENTS
    return tuple(name for name in asked if report.element(name).is_gap)
