"""Rows of foreign lists as members of teams, as units with their duty phones, and as agreements; and rows given back."""

from __future__ import annotations

import re

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import AgreementDraft, ImportAnswers, MemberDraft, Note, RowNote, RowReason, Sorted, UnitDraft
from emergency_desk.domain.teams import Certificate, TeamMember
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.exchange import kind_words, listed_things, row_sorting
from emergency_desk.exchange.columns import AGREEMENT_NAMES, MEMBER_NAMES, UNIT_NAMES
from emergency_desk.exchange.row_reading import RowReading
from emergency_desk.exchange.row_sorting import Known, Reading
from emergency_desk.exchange.tables import Table
from emergency_desk.exchange.team_rows import noted

_BETWEEN = re.compile(r"[、,，;；|\n]")
_NO_TEAM = Id("")


def read_members(table: Table, known: Known, *, answers: ImportAnswers | None = None) -> Sorted[MemberDraft]:
    """Sort the rows of a table into members and rows given back. Raises BadFile when no column holds the name."""
    by_code = {code.casefold(): id_ for id_, code, _name in known.teams if code}
    by_name: dict[str, list[Id]] = {}
    for id_, _code, name in known.teams:
        by_name.setdefault(name.casefold(), []).append(id_)

    def read(reading: Reading, row: RowReading, line: int) -> MemberDraft:
        name, team_id = row.name(), _team(row, by_code, by_name, needed=True)
        phone = row.phone("phone")
        _refuse_twice(reading, row, f"{team_id} {name} {phone}", line)
        member = TeamMember(
            id=Id(""), team_id=team_id, name=name, post=row.text("post"), phone=phone, insured_until=row.day("insured_until"),
            certificates=_papers(row), note=row.long_text("note"))
        return MemberDraft(line, member, row.text("team"), notes=tuple(row.notes))

    return row_sorting.sort_rows(row_sorting.begin(table, known, MEMBER_NAMES, answers=answers), read)


def read_units(table: Table, known: Known, *, answers: ImportAnswers | None = None) -> Sorted[UnitDraft]:
    """Sort the rows of a table into units and rows given back; a duty list gives each unit its person. Raises BadFile."""
    return row_sorting.sort_rows(row_sorting.begin(table, known, UNIT_NAMES, answers=answers), _unit)


def read_agreements(table: Table, known: Known, *, answers: ImportAnswers | None = None) -> Sorted[AgreementDraft]:
    """Sort the rows of a table into agreements and rows given back. Raises BadFile when no column holds the partner."""
    by_code = {code.casefold(): id_ for id_, code, _name in known.teams if code}
    by_name: dict[str, list[Id]] = {}
    for id_, _code, name in known.teams:
        by_name.setdefault(name.casefold(), []).append(id_)

    def read(reading: Reading, row: RowReading, line: int) -> AgreementDraft:
        partner = row.name()
        has_place = any(row.text(field) for field in ("area_path", "area_code", "area", "district", "street", "city"))
        found = reading.places.find(row) if has_place else None
        signed, until = row.day("signed_on"), row.day("valid_until")
        if signed is not None and until is not None and until < signed:
            row.refuse(RowReason.ENDS_BEFORE_BEGINNING, "valid_until", until=until.isoformat(), since=signed.isoformat())
        number, terms = row.text("number"), row.long_text("terms")
        _refuse_twice(reading, row, f"{number} {partner} {terms} {row.text('capability')}", line)
        agreement = Agreement(
            id=Id(""), number=number, kind=_agreement_kind(row), partner=partner, capability=row.text("capability"),
            quantity=row.count("quantity"), unit=row.text("unit"), arrival_minutes=row.count("arrival_minutes"), terms=terms,
            phone=row.phone("phone"), signed_on=signed, valid_until=until, team_id=_team(row, by_code, by_name, needed=False) or None,
            area_id=found.area_id if found else None)
        return AgreementDraft(line, agreement, bool(found and found.is_default), tuple(row.notes))

    return row_sorting.sort_rows(row_sorting.begin(table, known, AGREEMENT_NAMES, answers=answers), read)


def _unit(reading: Reading, row: RowReading, line: int) -> UnitDraft:
    name = row.name()
    found = reading.places.find(row)
    phone, contact = row.phone("duty_phone"), row.text("contact")
    _refuse_twice(reading, row, f"{name} {found.area_id} {contact} {phone}", line)
    unit = Unit(
        id=Id(""), kind=_unit_kind(row, name), name=name, name_en=row.text("name_en"), code=row.text("code"), area_id=found.area_id,
        duty_phone=phone, fax=row.phone("fax"), address=row.text("address"), contact=contact, lead_unit=row.text("lead_unit"),
        member_units=_several(row, "member_units"), office=row.text("office"), standing_members=_several(row, "standing_members"),
        hazards=_several(row, "hazards"), note=noted(row))
    return UnitDraft(line, unit, found.is_default, tuple(row.notes))


def _unit_kind(row: RowReading, name: str) -> UnitKind:
    written = row.text("kind")
    kind = kind_words.kind_by_words(written or name, kind_words.UNIT_WORDS)
    if written and kind is None:
        row.refuse(RowReason.KIND_UNKNOWN, "kind", written=written)
    return kind or UnitKind.OTHER


def _agreement_kind(row: RowReading) -> AgreementKind:
    written = row.text("kind")
    kind = kind_words.kind_by_words(written, kind_words.AGREEMENT_WORDS) if written else AgreementKind.COOPERATION
    if kind is None:
        row.refuse(RowReason.KIND_UNKNOWN, "kind", written=written)
    if not written:
        row.notes.append(Note(RowNote.KIND_GUESSED))
    return kind or AgreementKind.COOPERATION


def _team(row: RowReading, by_code: dict[str, Id], by_name: dict[str, list[Id]], *, needed: bool) -> Id:
    code, name = row.text("team_code"), row.text("team")
    if not (code or name) and not needed:
        return _NO_TEAM
    found = by_code.get(code.casefold()) or by_code.get(name.casefold())
    if found:
        return found
    named = by_name.get(name.casefold(), [])
    if len(named) == 1:
        return named[0]
    row.refuse(RowReason.TEAM_AMBIGUOUS if named else RowReason.TEAM_UNKNOWN, "team", written=name or code)
    return _NO_TEAM


def _papers(row: RowReading) -> tuple[Certificate, ...]:
    """Return the certificates of a member: several in one cell, or one over several columns."""
    listed = listed_things.certificates(row, "certificates")
    name, number = row.text("certificate"), row.text("certificate_number")
    since, until = row.day("certificate_since"), row.day("certificate_until")
    if since is not None and until is not None and until < since:
        row.refuse(RowReason.ENDS_BEFORE_BEGINNING, "certificate_until", until=until.isoformat(), since=since.isoformat())
    return (*listed, Certificate(name or number, number, until)) if name or number else listed


def _several(row: RowReading, field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _BETWEEN.split(row.long_text(field)) if part.strip())


def _refuse_twice(reading: Reading, row: RowReading, key: str, line: int) -> None:
    first = reading.codes.setdefault(f"row {key}".casefold(), line)
    if first != line:
        row.refuse(RowReason.DUPLICATE_IN_FILE, "name", name=row.text("name"), first_line=str(first))
