"""The rest of the demo city's register: units, what teams keep and who is in them, and agreements. It throws its own dice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.areas import Area
from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import Equipment, Team, TeamKind, TeamMember
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.errands.demo_dice import Dice

_SIGNED_BEFORE = timedelta(days=3 * 365)
_EVERY = 5  # every fifth team has its members in the register
_UNTRIED, _TRIED_UP_TO = 40, 88  # of so many teams one was never tried, the others within so many days, one in twenty longer ago
_KINDS = (("command_posts", UnitKind.SPECIAL_HQ), ("departments", UnitKind.DEPARTMENT), ("others", UnitKind.OTHER))


def demo_units(material: Any, dice: Dice, *, city_id: Id) -> list[Unit]:
    """Return the units an officer of the city must reach."""
    return [_unit(entry, kind, dice, area_id=city_id) for part, kind in _KINDS for entry in material[part]]


def district_units(material: Any, dice: Dice, *, districts: Sequence[Area]) -> Iterator[Unit]:
    """Return the same departments and command posts of every district, each named after it, with phones of its own."""
    for number, district in enumerate(districts):
        for part, kind in _KINDS:
            for entry in material[part]:
                own = {**entry, "zh": _of_district(entry["zh"], district), "en": f"{district.name_en} {entry['en']}",
                       "phone": f"{entry['phone'][:-4]}7{number:1d}{entry['phone'][-2:]}",
                       "members": [_of_district(name, district) for name in entry.get("members", ())],
                       **{key: _of_district(entry[key], district) for key in ("lead", "office") if key in entry}}
                yield _unit(own, kind, dice, area_id=district.id)


def _of_district(name: str, district: Area) -> str:
    return f"{district.name}{name.removeprefix('市')}"


def _unit(entry: Any, kind: UnitKind, dice: Dice, *, area_id: Id) -> Unit:
    return Unit(id=dice.new_id(), kind=kind, name=entry["zh"], name_en=entry["en"], area_id=area_id, duty_phone=entry["phone"],
                contact=dice.person()[0], lead_unit=entry.get("lead", ""), member_units=tuple(entry.get("members", ())),
                office=entry.get("office", ""), standing_members=tuple(dice.person()[0] for _one in range(3 if "lead" in entry else 0)),
                hazards=tuple(entry.get("hazards", ())), is_demo=True)


def equipped(teams: Sequence[Team], material: Any, *, today: date) -> list[Team]:
    """Return the teams with what the register knows of them besides: equipment, supervisor, rating, when the contact was tried."""
    return [_equipped(team, number, material, today) for number, team in enumerate(teams)]


def _equipped(team: Team, number: int, material: Any, today: date) -> Team:
    kept, departments = material["equipment"], material["supervisors"]
    things = {name: Equipment(name, int(count), unit, code) for one in team.capabilities for name, count, unit, code in kept.get(one, ())}
    days = 120 if number % 20 == 7 else 3 + number * 11 % (_TRIED_UP_TO - 3)
    rated = team.certificates[0].capability if team.kind is TeamKind.SOCIAL and team.certificates else ""
    return replace(
        team, equipment=tuple(things.values()), supervisor=next((departments[one] for one in team.capabilities if one in departments), ""),
        contact_tried_on=None if number % _UNTRIED == 13 else today - timedelta(days=days), rating_specialty=rated,
        rating_level=2 if rated else None, self_sufficiency_hours=72 if team.kind is TeamKind.NATIONAL_BASE else None)


def demo_members(teams: Sequence[Team], material: Any, dice: Dice, *, today: date) -> Iterator[TeamMember]:
    """Return who is in some of the teams."""
    for number, team in enumerate(teams[::_EVERY]):
        for place, post in enumerate(material["posts"]):
            serial = number * len(material["posts"]) + place
            yield TeamMember(
                id=dice.new_id(), team_id=team.id, name=dice.person()[0], post=post, phone=f"0532-8000-{9100 + serial:04d}",
                insured_until=today + timedelta(days=-6 if serial % 50 == 20 else dice.between(40, 360)))


def demo_agreements(teams: Sequence[Team], dice: Dice) -> Iterator[Agreement]:
    """Return the agreements behind the numbers that teams bear; a neighbour's team is there within a few minutes."""
    for team in teams:
        if not team.agreement_number:
            continue
        is_mutual = team.kind is TeamKind.MUTUAL_AID
        yield Agreement(
            id=dice.new_id(), number=team.agreement_number, kind=AgreementKind.MUTUAL_AID if is_mutual else AgreementKind.COOPERATION,
            partner=team.unit_name, capability=team.capabilities[0] if team.capabilities else "", quantity=1, unit="队",
            arrival_minutes=dice.between(4, 6) if is_mutual else dice.between(15, 40), phone=team.duty_phone,
            signed_on=team.agreement_until - _SIGNED_BEFORE if team.agreement_until else None, valid_until=team.agreement_until,
            team_id=team.id, area_id=team.area_id, is_demo=True)
