"""The words a report is drafted with, from what the desk has on record. What people typed is carried over as typed.

The order and the names of the elements are those of the national minimum with Shandong's (domain §2.2). What nobody knows is left
empty and marked as a gap, never guessed (R-2.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.incidents import Figures, Incident, IncidentState, TaskState
from emergency_desk.domain.report_drafts import DraftBasis
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ELEMENTS, Element, ReportFamily, ReportKind
from emergency_desk.domain.responses import Response
from emergency_desk.domain.teams import TeamMove, TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.domain.trade import OTHER
from emergency_desk.wording.catalog import N_, _, current_language, ngettext, pgettext
from emergency_desk.wording.formats import clock_time, local, number, written_date_time
from emergency_desk.wording.labels import field_label, label

CASUALTIES = ("dead", "badly_hurt", "hurt", "trapped", "missing")
EXTENT = ("evacuate", "at_risk")
_MOST_TASKS = 8
_READ_OUT_TEAMS, _READ_OUT_TASKS = 6, 3  # on the phone, a house setting: what an ear keeps; everybody stands in the written report
_NAMES = {
    "time": N_("Time"), "place": N_("Place"), "source": N_("Source of the information"), "unit": N_("Unit concerned"),
    "nature": N_("What happened"), "casualties": N_("Casualties"), "loss": N_("Direct loss (first estimate)"), "extent": N_("Extent"),
    "outlook": N_("Outlook"), "measures": N_("Measures taken"), "requests": N_("Requests"), "contact": N_("Contact"),
}


def element_label(name: str) -> str:
    """Return the name of an element of a report."""
    return _(_NAMES[name]) if name in _NAMES else name


def report_name(kind: ReportKind, family: ReportFamily, serial: int = 0) -> str:
    """Return what a report is called: "First report", "Follow-up report 2", "Settled return"; disaster returns have names of their own."""
    if family is ReportFamily.DISASTER:
        if kind is ReportKind.FOLLOW_UP:
            return _("Follow-up return {serial}").format(serial=serial) if serial else _("Follow-up return")
        return {ReportKind.FIRST: _("First return"), ReportKind.SETTLED: _("Settled return")}.get(kind, label(kind))
    if kind is ReportKind.FOLLOW_UP and serial:
        return _("Follow-up report {serial}").format(serial=serial)
    return label(kind)


def drafted(basis: DraftBasis) -> tuple[Element, ...]:
    """Return the elements of a report, each from the record or left as a gap; what the report before said by hand is carried over."""
    return tuple(_element(name, basis) for name in ELEMENTS)


def _element(name: str, basis: DraftBasis) -> Element:
    text = _WRITE[name](basis) if name in _WRITE else ""
    if not text and basis.previous is not None:
        text = basis.previous.element(name).text
    return Element(name, text, is_gap=not text and name != "requests")


def owed_words(kind: ReportKind, family: ReportFamily, channel: Channel, from_tier: Tier, to_tier: Tier) -> str:
    """Return a report that is owed in one line: "First report by phone, district → city"."""
    return _("{kind} {channel}, {sender} → {receiver}").format(
        kind=report_name(kind, family), channel=label(channel), sender=label(from_tier), receiver=label(to_tier))


def title_of(basis: DraftBasis) -> str:
    """Return the title of a report as a leader signs it: what happened and where, not the words of the call."""
    if basis.incident.type_id == OTHER:  # the words of the call say more than "other"
        return _("On {incident}").format(incident=basis.incident.title)
    return _("{type} in {place}").format(type=_said(basis.type_name), place=_said(basis.place))


def matter_of(incident: Incident, *, type_name: Text, place: Text, has_address: bool = True) -> str:
    """Return what an incident is as notices name it: where, and what kind of event; not the words of a caller."""
    if incident.type_id == OTHER or not _said(type_name):
        return incident.title
    where = " ".join(part for part in (_said(place), incident.address if has_address else "") if part)
    return _("{type}, {place}").format(type=_said(type_name), place=where)


# -- the elements -----------------------------------------------------------------------------------------------------
def _time(basis: DraftBasis) -> str:
    happened = _("Occurred {time}").format(time=written_date_time(basis.incident.occurred_at))
    received = min((call.received_at for call in basis.calls), default=None)
    if received is None:
        return happened
    told = _clock_of_day(received, local(basis.incident.occurred_at).date())
    return _("{happened}; received {time}").format(happened=happened, time=told)


def _place(basis: DraftBasis) -> str:
    return " ".join(part for part in (_said(basis.place), basis.incident.address) if part)


def _source(basis: DraftBasis) -> str:
    if not basis.calls:
        return ""
    first = basis.calls[0]
    told = _("{source}, {time}").format(source=label(first.source), time=_clock(first.received_at, basis))
    more = len(basis.calls) - 1
    return ngettext("{told}, and {count} more call", "{told}, and {count} more calls", more).format(told=told, count=more) if more else told


def _nature(basis: DraftBasis) -> str:
    words = basis.calls[0].words if basis.calls else basis.incident.title
    if basis.incident.grade is None:
        return _("{type} (grade not yet judged). {words}").format(type=_said(basis.type_name), words=words)
    grade = label(basis.incident.grade)
    return _("{type} ({grade}, first judgement). {words}").format(type=_said(basis.type_name), grade=grade, words=words)


def casualties_told(figures: Figures) -> str:
    """Return the known figures of people in one line, and by name what is still to be verified; "" when nothing is known."""
    known = _people(figures, CASUALTIES)
    open_ones = [field_label(name) for name in CASUALTIES if getattr(figures, name) is None]
    if not known:
        return ""
    if not open_ones:
        return known
    return _("{known}. To be verified: {open}").format(known=known, open=_(", ").join(open_ones))


def _people(figures: Figures, names: Iterable[str]) -> str:
    return _(", ").join(pgettext("people in a report", "{figure} {count}").format(figure=field_label(name), count=number(count))
                        for name in names if (count := getattr(figures, name)) is not None)


def _loss(basis: DraftBasis) -> str:
    loss = basis.incident.loss_yuan
    return "" if loss is None else _("{count} yuan").format(count=number(loss))


def _extent(basis: DraftBasis) -> str:
    told = [_people(basis.incident.figures, EXTENT)]
    if basis.incident.hectares is not None:
        told.append(_("{figure} {count}").format(figure=field_label("hectares"), count=number(basis.incident.hectares, decimals=2)))
    return _("; ").join(part for part in told if part)


def _outlook(basis: DraftBasis) -> str:
    return label(basis.incident.state) if basis.incident.state in (IncidentState.CONTROLLED, IncidentState.CLOSED) else ""


def _measures(basis: DraftBasis) -> str:
    told = [_response(response, basis) for response in basis.responses]
    if basis.commander is not None:
        told.append(_("In command: {tier}.").format(tier=_tier(basis.commander, basis)))
    if basis.orders:
        told.append(_sent(basis))
    done = [task for task in basis.tasks if task.state is TaskState.DONE and not task.meets]  # who reported or took command is told above
    if done:
        most = _READ_OUT_TASKS if basis.channel is Channel.PHONE else _MOST_TASKS
        said = _("; ").join(_said(Text(task.title, task.title_en)).rstrip(".。") for task in done[-most:])
        told.append(_("Done: {tasks}.").format(tasks=said))
    return "\n".join(told)


def _response(response: Response, basis: DraftBasis) -> str:
    if response.ended_at is not None:
        return _("{tier}: {level} from {time} to {end}.").format(tier=_tier(response.tier, basis), level=label(response.level),
                                                                 time=_clock(response.activated_at, basis), end=_clock(response.ended_at, basis))
    return _("{tier}: {level} since {time}.").format(tier=_tier(response.tier, basis), level=label(response.level),
                                                     time=_clock(response.activated_at, basis))


def _tier(tier: Tier, basis: DraftBasis) -> str:
    """Name a tier as it is called here: nobody says "the street tier" on the phone."""
    return _said(basis.area(tier)) or label(tier)


def _sent(basis: DraftBasis) -> str:
    """Tell who was sent; on the phone of many only how many, and by name who is on the scene."""
    count = len(basis.orders)
    if basis.channel is not Channel.PHONE or count <= _READ_OUT_TEAMS:
        return ngettext("{count} team sent: {teams}.", "{count} teams sent: {teams}.", count).format(
            count=count, teams=_teams(basis.orders, basis))
    there = [line for line in basis.orders if _arrived(line.moves) is not None]
    if not there:
        return _("{count} teams sent, none on scene yet.").format(count=count)
    if len(there) > _READ_OUT_TEAMS:
        return _("{count} teams sent, {there} on scene.").format(count=count, there=len(there))
    return _("{count} teams sent, {there} on scene: {teams}.").format(count=count, there=len(there), teams=_teams(there, basis))


def _teams(orders: Iterable[OrderLine], basis: DraftBasis) -> str:
    """Return teams in the order of their orders; those of which the same is to be said stand together, so that it can be read out."""
    together: dict[str, list[str]] = {}
    for line in sorted(orders, key=lambda line: line.dispatch.sent_at):
        together.setdefault(_stand(line, basis), []).append(_said(Text(line.team.name, line.team.name_en)))
    said = [stand.format(team=_(", ").join(names)) for stand, names in together.items()]
    return (_("; ") if any(len(names) > 1 for names in together.values()) else _(", ")).join(said)


def _stand(line: OrderLine, basis: DraftBasis) -> str:
    """Return what is said of a team that was sent, with its own place left open."""
    arrived = _arrived(line.moves)
    if arrived is not None:
        return _("{team} (on scene {time})").format(team="{team}", time=_clock(arrived.occurred_at, basis))
    return _("{team} (ordered {time})").format(team="{team}", time=_clock(line.dispatch.sent_at, basis))


def _arrived(moves: Iterable[TeamMove]) -> TeamMove | None:
    return next((move for move in moves if move.to_state in (TeamState.ON_SCENE, TeamState.WORKING)), None)


def _contact(basis: DraftBasis) -> str:
    parts = (_said(basis.desk_name), _said(basis.officer), basis.desk_phone)
    return _(", ").join(part for part in parts if part)


_WRITE: dict[str, Callable[[DraftBasis], str]] = {
    "time": _time, "place": _place, "source": _source, "nature": _nature,
    "casualties": lambda basis: casualties_told(basis.incident.figures), "loss": _loss, "extent": _extent, "outlook": _outlook,
    "measures": _measures, "contact": _contact,
}


def _said(text: Text) -> str:
    return text.in_language(current_language())


def _clock(moment: datetime, basis: DraftBasis) -> str:
    """Return a clock time, with the day where it is not the day the desk took the call, which the report names first of all.

    What happens at 23:58 is dealt with after midnight: a day on every time of the night would bury the times.
    """
    received = min((call.received_at for call in basis.calls), default=basis.incident.occurred_at)
    return _clock_of_day(moment, local(received).date())


def _clock_of_day(moment: datetime, day: date) -> str:
    return clock_time(moment) if local(moment).date() == day else f"{local(moment):%m-%d} {clock_time(moment)}"


# -- the phone --------------------------------------------------------------------------------------------------------
def script(elements: Iterable[Element], *, sender: str, receiver: str, kind: str) -> str:
    """Return what is read out on the phone: short, one element a line, gaps named as such."""
    lines = [_("{receiver}, this is {sender}. {kind}.").format(receiver=receiver, sender=sender, kind=kind)]
    for element in elements:
        text = element.text.strip() or _("to be verified")
        lines.append(_("{name}: {text}").format(name=element_label(element.name), text=text))
    lines.append(_("Please read that back to me. Whom am I speaking to?"))
    return "\n".join(lines)


def channel_act(channel: Channel) -> str:
    """Return the act of sending by a channel, as a button says it."""
    return _("Phone it through") if channel is Channel.PHONE else _("Sign and send")
