"""The words of the register's lists: one team as a line of chosen columns, and all that belongs to it as lines of the detail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from emergency_desk.domain.agreements import OWN_WITHIN_MINUTES, Agreement, counts_as_own
from emergency_desk.domain.register import Deployment, TeamDetail, TeamLine, contact_is_due
from emergency_desk.domain.teams import Certificate, Team, TeamMember
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.pills import state_pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import N_, _, current_language, pgettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.labels import field_label, label

SOON_DAYS = 30
COLUMNS: dict[str, tuple[str, Column]] = {
    "name": (N_("Team"), Column(stretch=True)),
    "code": (N_("Code"), Column(width=96)),
    "kind": (N_("Kind"), Column(width=132)),
    "area": (N_("Area"), Column(width=112)),
    "can": (N_("Capabilities"), Column(width=190)),
    "state": (N_("State"), Column(width=124)),
    "ready": (N_("Ready"), Column(width=64, right=True)),
    "muster": (N_("Muster"), Column(width=72, right=True)),
    "phone": (N_("Duty phone"), Column(width=124)),
    "leader": (N_("In charge"), Column(width=90)),
    "unit": (N_("Belongs to"), Column(width=160)),
    "ends": (N_("Ends first"), Column(width=104, right=True)),
}
USUAL = ("name", "area", "state", "ready", "phone", "ends")


def in_words(name: str, name_en: str) -> str:
    """Return a name in the language of the desk."""
    return name_en if name_en and not current_language().startswith("zh") else name


def columns(chosen: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a list: the mark, then those chosen."""
    made = [Column(width=26)]
    for name in chosen:
        title, column = COLUMNS[name]
        made.append(Column(_(title), column.width, column.stretch, column.right))
    return tuple(made)


def team_line(each: TeamLine, chosen: tuple[str, ...], namer: Namer, *, today: date, is_marked: bool, any_marked: bool) -> Line:
    """Return one team of the list."""
    mark = Cell(shape=Shape.DONE if is_marked else Shape.TO_DO if any_marked else Shape.NONE, shape_tone=Tone.ACT)
    return line(each.id, mark, *(_CELLS[name](each, namer, today) for name in chosen))


def ends_cell(day: date | None, today: date) -> Cell:
    """Return the day a paper ends, red when it has and orange when it soon does."""
    if day is None:
        return Cell("—", Tone.SECONDARY, size="small")
    if day < today:
        return Cell(formats.calendar_day(day), Tone.RED, shape=Shape.LATE, size="small", hint=pgettext("validity", "ended"))
    if day - today <= timedelta(days=SOON_DAYS):
        return Cell(formats.calendar_day(day), Tone.ORANGE, shape=Shape.DUE, size="small")
    return Cell(formats.calendar_day(day), Tone.SECONDARY, size="small")


def _count(number: int | None) -> str:
    return "—" if number is None else formats.number(number)


_CELLS: dict[str, Callable[[TeamLine, Namer, date], Cell]] = {
    "name": lambda each, namer, today: Cell(in_words(each.name, each.name_en), strong=True),
    "code": lambda each, namer, today: Cell(each.code, Tone.SECONDARY, size="small"),
    "kind": lambda each, namer, today: Cell(label(each.kind)),
    "area": lambda each, namer, today: Cell(namer.area(each.area_id)),
    "can": lambda each, namer, today: Cell(_(", ").join(namer.capability(one) for one in each.capabilities), size="small"),
    "state": lambda each, namer, today: Cell(pill=state_pill(each.state)),
    "ready": lambda each, namer, today: Cell(_count(each.people_ready), hint=_("of {total}").format(total=_count(each.people_total))),
    "muster": lambda each, namer, today: Cell(
        _("{minutes} min").format(minutes=each.muster_minutes) if each.muster_minutes is not None else "—", Tone.SECONDARY),
    "phone": lambda each, namer, today: Cell(each.duty_phone or "—"),
    "leader": lambda each, namer, today: Cell(each.leader_name or "—"),
    "unit": lambda each, namer, today: Cell(each.unit_name, Tone.SECONDARY, size="small"),
    "ends": lambda each, namer, today: ends_cell(each.ends_on, today),
}

# -- the detail -------------------------------------------------------------------------------------------------------
DETAIL = (Column(width=136), Column(stretch=True, wrap=True))


def detail_lines(detail: TeamDetail, namer: Namer, *, now: datetime, today: date) -> list[Line]:
    """Return all that is known of a team: facts, members, certificates, equipment, agreements, deployments."""
    return [*_facts(detail.team, namer, today), *_members(detail.members, today), *_papers(detail.team, detail.agreements, namer, today),
            *_equipment(detail.team), *_agreements(detail.agreements, namer, today), *_deployments(detail.deployments, now)]


def _fact(name: str, words: str, tone: Tone = Tone.TEXT, *, key: str = "", shape: Shape = Shape.NONE) -> Line:
    return line(key or f"fact:{name}", Cell(name, Tone.SECONDARY, size="small"), Cell(words, tone, shape=shape, hint=words))


def _band(title: str) -> Line:
    return line(f"band:{title}", Cell(title, strong=True))


def _facts(team: Team, namer: Namer, today: date) -> list[Line]:
    place = " · ".join(part for part in (namer.area(team.area_id), team.address) if part)
    people = _("{ready} ready of {total}").format(ready=_count(team.people_ready), total=_count(team.people_total))
    facts = [
        (field_label("kind"), label(team.kind)), (field_label("duty_phone"), team.duty_phone), (field_label("leader_name"), team.leader_name),
        (field_label("channel"), team.channel), (_("Base"), place), (field_label("unit_name"), team.unit_name),
        (field_label("supervisor"), team.supervisor),
        (field_label("capabilities"), _(", ").join(namer.capability(one) for one in team.capabilities)),
        (_("People"), people if team.people_total is not None or team.people_ready is not None else ""),
        (field_label("vehicles"), team.vehicles),
        (_("Muster"), _("{minutes} min").format(minutes=team.muster_minutes) if team.muster_minutes is not None else ""),
        (field_label("radius_km"), f"{team.radius_km:g}" if team.radius_km is not None else ""),
        (field_label("may_cross_area"), "" if team.may_cross_area else _("no")),
        (field_label("self_sufficiency_hours"), _count(team.self_sufficiency_hours) if team.self_sufficiency_hours is not None else ""),
        (_("Rating"), _rated(team, namer)), (field_label("state_note"), team.state_note),
        (field_label("note"), team.note), (field_label("source"), team.source),
    ]
    lines = [_fact(name, words) for name, words in facts if words]
    if contact_is_due(team.contact_tried_on, today):
        tried = formats.calendar_day(team.contact_tried_on) if team.contact_tried_on else _("never")
        return [*lines, _fact(field_label("contact_tried_on"), tried, Tone.ORANGE, shape=Shape.DUE)]
    return [*lines, _fact(field_label("contact_tried_on"), formats.calendar_day(team.contact_tried_on or today))]


def _until(name: str, words: str, day: date | None, today: date, *, key: str) -> Line:
    cell = ends_cell(day, today)
    end = _("until {day}").format(day=cell.text) if day else _("no end")
    return _fact(name, " · ".join(part for part in (words, end) if part), Tone.TEXT if cell.tone is Tone.SECONDARY else cell.tone, key=key,
                 shape=cell.shape)


def _members(members: tuple[TeamMember, ...], today: date) -> list[Line]:
    if not members:
        return []
    made = [_band(_("Members ({count})").format(count=len(members)))]
    for one in members:
        ended = [day for day in (one.insured_until, *(paper.valid_until for paper in one.certificates)) if day and day < today]
        words = " · ".join(part for part in (one.name, one.phone, *(paper.number for paper in one.certificates)) if part)
        made.append(_fact(one.post or _("member"), words, Tone.RED if ended else Tone.TEXT, key=f"member:{one.id}",
                          shape=Shape.LATE if ended else Shape.NONE))
    return made


def _papers(team: Team, agreements: tuple[Agreement, ...], namer: Namer, today: date) -> list[Line]:
    made = [_until(_rating(paper, team, namer), paper.number, paper.valid_until, today, key=f"paper:{number}")
            for number, paper in enumerate(team.certificates)]
    if team.insured_until:
        made.append(_until(_("Insurance"), "", team.insured_until, today, key="paper:insurance"))
    if (team.agreement_number or team.agreement_until) and not any(one.number == team.agreement_number for one in agreements):
        made.append(_until(_("Agreement"), team.agreement_number, team.agreement_until, today, key="paper:agreement"))
    return [_band(_("Papers")), *made] if made else []


def _rating(paper: Certificate, team: Team, namer: Namer) -> str:
    name = namer.capability(paper.capability)
    if team.rating_level and paper.capability == team.rating_specialty:
        return _("{capability}, level {level}").format(capability=name, level=team.rating_level)
    return name


def _rated(team: Team, namer: Namer) -> str:
    """Return the rating of a social force that no certificate tells already."""
    if team.rating_level is None or any(paper.capability == team.rating_specialty for paper in team.certificates):
        return ""
    return _("{capability}, level {level}").format(capability=namer.capability(team.rating_specialty), level=team.rating_level)


def _equipment(team: Team) -> list[Line]:
    made = [_fact(in_units(thing.count, thing.unit), thing.name, key=f"thing:{number}") for number, thing in enumerate(team.equipment)]
    return [_band(_("Equipment")), *made] if made else []


def _agreements(agreements: tuple[Agreement, ...], namer: Namer, today: date) -> list[Line]:
    made = []
    for one in agreements:
        own = _("counts as own, there within {minutes} min").format(minutes=OWN_WITHIN_MINUTES) if counts_as_own(one, today) else ""
        words = " · ".join(part for part in (one.partner, namer.capability(one.capability) if one.capability else "", own) if part)
        made.append(_until(one.number or label(one.kind), words, one.valid_until, today, key=f"agreement:{one.id}"))
    return [_band(_("Agreements")), *made] if made else []


def _deployments(deployments: tuple[Deployment, ...], now: datetime) -> list[Line]:
    made = []
    for one in deployments:
        ended = formats.span(one.ended_at - one.sent_at) if one.ended_at else _("still out")
        made.append(_fact(formats.when(one.sent_at, now=now), f"{one.incident_title} · {one.incident_number} · {ended}",
                          key=f"incident:{one.incident_id}:{one.dispatch_id}"))
    if not made:
        return [_band(_("Deployments")), _fact("—", _("Never sent out from this desk"), Tone.SECONDARY)]
    return [_band(_("Deployments ({count})").format(count=len(made))), *made]
