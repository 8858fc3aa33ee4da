"""The card of a team (队伍信息卡): what an officer or a neighbour must know of it, on one sheet where it fits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.register_sheets import TeamCardSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, facts
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, Booklet, in_paper, worded
from emergency_desk.wording.catalog import _
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.formats import calendar_day, date_time, number
from emergency_desk.wording.labels import field_label, label


def write(sheet: TeamCardSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the card."""
    with worded(paper):
        book, team = Booklet(FORM, Faces(paper)), sheet.detail.team
        name = in_paper(Text(team.name, team.name_en), paper)
        title = _("Team card: {team}").format(team=name)
        logs.heading(book, name, in_paper(sheet.imprint.desk, paper), [_about(sheet)])
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        label_type, value = Type(book.faces.label, 10, 17), Type(book.faces.text, 11, 17)
        rows = [row for row in _facts(sheet, paper) if row[1]]
        names = max(label_type.face.width(row[0], label_type.size) for row in rows)
        facts(book, rows, label_type, value, label_width=min(names, 48 * mm) + 4 * mm)
        return book.save(path, paper, sheet.imprint, title=title, subject=name,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


def _about(sheet: TeamCardSheet) -> str:
    team = sheet.detail.team
    state = _("retired") if team.is_retired else label(team.state)
    return "    ".join(part for part in (team.code, label(team.kind), state) if part)


def _facts(sheet: TeamCardSheet, paper: PaperSettings) -> list[tuple[str, str]]:
    team = sheet.detail.team
    where = " ".join(part for part in (in_paper(sheet.place, paper), team.address) if part)
    position = f"{team.latitude:.6f}, {team.longitude:.6f}" if team.latitude is not None and team.longitude is not None else ""
    people = _("{ready} ready of {total}").format(ready=_count(team.people_ready), total=_count(team.people_total))
    return [
        (field_label("duty_phone"), team.duty_phone), (field_label("leader_name"), team.leader_name), (field_label("channel"), team.channel),
        (_("Base"), where), (_("Position"), position), (field_label("unit_name"), team.unit_name),
        (field_label("supervisor"), team.supervisor),
        (field_label("capabilities"), _capabilities(sheet, team.capabilities, paper)), (_("People"), people),
        (field_label("vehicles"), team.vehicles),
        (_("Vehicles and equipment"), "\n".join(f"{one.name} {in_units(one.count, one.unit)}" for one in team.equipment)),
        (_("Muster"), _("{minutes} min").format(minutes=team.muster_minutes) if team.muster_minutes is not None else ""),
        (field_label("radius_km"), f"{team.radius_km:g}" if team.radius_km is not None else ""),
        (field_label("may_cross_area"), _("yes") if team.may_cross_area else _("no")),
        (field_label("self_sufficiency_hours"), str(team.self_sufficiency_hours or "")),
        (field_label("certificates"), "\n".join(
            _paper_line(_capabilities(sheet, (one.capability,), paper), one.number, one.valid_until, sheet.today) for one in team.certificates)),
        (_("Insurance"), _paper_line("", "", team.insured_until, sheet.today) if team.insured_until else ""),
        (_("Agreements"), "\n".join(_agreements(sheet))),
        (_("Members"), "\n".join(" · ".join(part for part in (one.post, one.name, one.phone) if part) for one in sheet.detail.members)),
        (field_label("contact_tried_on"), calendar_day(team.contact_tried_on) if team.contact_tried_on else _("never")),
        (_("Deployments"), "\n".join(f"{date_time(one.sent_at)}  {one.incident_number}  {one.incident_title}"
                                     for one in sheet.detail.deployments[:10])),
        (field_label("note"), team.note),
    ]


def _agreements(sheet: TeamCardSheet) -> list[str]:
    team = sheet.detail.team
    made = [_paper_line(one.partner, one.number, one.valid_until, sheet.today) for one in sheet.detail.agreements]
    if not made and (team.agreement_number or team.agreement_until):
        made = [_paper_line("", team.agreement_number, team.agreement_until, sheet.today)]
    return made


def _capabilities(sheet: TeamCardSheet, ids: Iterable[str], paper: PaperSettings) -> str:
    return _(", ").join(in_paper(sheet.names.get(one, Text(one)), paper) for one in ids)


def _paper_line(name: str, number_: str, until: date | None, today: date) -> str:
    end = _("no end")
    if until is not None:
        end = (_("ended on {day}") if until < today else _("until {day}")).format(day=calendar_day(until))
    return " · ".join(part for part in (name, number_, end) if part)


def _count(count: int | None) -> str:
    return "—" if count is None else number(count)
