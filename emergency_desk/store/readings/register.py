"""The SELECTs of the register: a page of a long list, what runs out, how the areas stand, where a team was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import Deployment, ExpiryKind, ExpiryLine, TeamFilter, TeamLine, TeamOrder
from emergency_desk.domain.teams import TeamKind, TeamState
from emergency_desk.store.codec import moment_from_column
from emergency_desk.store.repositories.shapes import Repositories

_ENDS = """nullif(min(coalesce(t.insured_until, '9'), coalesce(t.agreement_until, '9'), coalesce((SELECT min(json_extract(c.value,
    '$.valid_until')) FROM json_each(nullif(t.certificates, '')) c), '9')), '9')"""
_LINE = """SELECT t.id, t.code, t.name, t.name_en, t.kind, t.area_id, t.capabilities, t.state, t.state_since, t.people_total, t.people_ready,
    t.muster_minutes, t.duty_phone, t.leader_name, t.unit_name, t.insured_until, t.agreement_until, t.certificates{key}
FROM teams t """
_KEYS = {
    TeamOrder.NAME: "t.name", TeamOrder.CODE: "t.code", TeamOrder.KIND: "t.kind", TeamOrder.STATE: "t.state",
    TeamOrder.PEOPLE: "-coalesce(t.people_ready, -1)", TeamOrder.MUSTER: "coalesce(t.muster_minutes, 99999)",
}
BELOW = """t.area_id IN (WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT a.id FROM areas a JOIN below b ON a.parent_id = b.id)
    SELECT id FROM below)"""
_DEPLOYMENTS = """SELECT d.id, d.order_number, i.id, i.number, i.title, d.sent_at, d.ended_at,
    (SELECT min(m.occurred_at) FROM team_moves m WHERE m.dispatch_id = d.id AND m.to_state IN ('on_scene', 'working'))
FROM dispatches d JOIN incidents i ON i.id = d.incident_id WHERE d.team_id = ? ORDER BY d.sent_at DESC LIMIT ?"""
_EXPIRING = """
SELECT CASE WHEN t.rating_specialty <> '' AND json_extract(c.value, '$.capability') = t.rating_specialty THEN 'rating' ELSE 'certificate' END,
    t.id, t.id, t.name, json_extract(c.value, '$.capability'), json_extract(c.value, '$.valid_until') AS ends, t.duty_phone, t.name_en
FROM teams t, json_each(nullif(t.certificates, '')) c WHERE t.is_retired = 0 AND ends <= :day
UNION ALL SELECT 'insurance', t.id, t.id, t.name, '', t.insured_until, t.duty_phone, t.name_en
FROM teams t WHERE t.is_retired = 0 AND t.insured_until <= :day
UNION ALL SELECT 'agreement', t.id, t.id, t.name, t.agreement_number, t.agreement_until, t.duty_phone, t.name_en
FROM teams t WHERE t.is_retired = 0 AND t.agreement_until <= :day
    AND NOT EXISTS (SELECT 1 FROM agreements g WHERE g.number = t.agreement_number AND g.number <> '')
UNION ALL SELECT 'agreement', g.id, g.team_id, coalesce(t.name, g.partner), g.number, g.valid_until, g.phone, coalesce(t.name_en, '')
FROM agreements g LEFT JOIN teams t ON t.id = g.team_id
WHERE g.partner <> '' AND g.valid_until <= :day AND coalesce(t.is_retired, 0) = 0
UNION ALL SELECT 'insurance', m.id, t.id, t.name, m.name, m.insured_until, t.duty_phone, t.name_en
FROM team_members m JOIN teams t ON t.id = m.team_id WHERE t.is_retired = 0 AND m.name <> '' AND m.insured_until <= :day
UNION ALL SELECT 'certificate', m.id, t.id, t.name, m.name, json_extract(c.value, '$.valid_until') AS ends, t.duty_phone, t.name_en
FROM team_members m JOIN teams t ON t.id = m.team_id, json_each(nullif(m.certificates, '')) c
WHERE t.is_retired = 0 AND m.name <> '' AND ends <= :day
ORDER BY 6, 4, 1 LIMIT :limit"""
_CONTACTS = """SELECT 'contact', t.id, t.id, t.name, t.leader_name, t.contact_tried_on, t.duty_phone, t.name_en
FROM teams t WHERE t.is_retired = 0 AND (t.contact_tried_on IS NULL OR t.contact_tried_on <= ?)
ORDER BY t.contact_tried_on IS NOT NULL, t.contact_tried_on, t.name LIMIT ?"""
_KINDS, _STATES = {one.value: one for one in TeamKind}, {one.value: one for one in TeamState}


class RegisterReading(Repositories):
    """What the screens of the register ask."""

    def team_lines(
        self, asked: TeamFilter, *, order: TeamOrder, after: tuple[str | int, str] | None, limit: int, only: Iterable[str] | None = None,
    ) -> list[TeamLine]:
        """Return a page of teams in their order, behind a place. `only`: the ids a search in memory found."""
        key = _KEYS[order]
        where, values = _conditions(asked, only)
        if after is not None:
            where += f" AND ({key}, t.id) > (?, ?)"
            values += after
        told = "" if order is TeamOrder.NAME else f", {key}"  # the name is there already
        sql = f"{_LINE.format(key=told)}{where} ORDER BY {key}, t.id LIMIT {int(limit)}"
        return list(map(_line, self._connection.exec_driver_sql(sql, tuple(values)).fetchall()))

    def team_count(self, asked: TeamFilter, *, only: Iterable[str] | None = None) -> int:
        """Return how many teams a filter finds."""
        where, values = _conditions(asked, only)
        return int(self._connection.exec_driver_sql(f"SELECT count(*) FROM teams t {where}", tuple(values)).scalar_one())

    def team_places(
        self, asked: TeamFilter, *, order: TeamOrder, every: int, only: Iterable[str] | None = None,
    ) -> list[tuple[str | int, str]]:
        """Return the place behind which each further page begins."""
        key = _KEYS[order]
        where, values = _conditions(asked, only)
        sql = (f"SELECT k, id FROM (SELECT {key} AS k, t.id AS id, row_number() OVER (ORDER BY {key}, t.id) AS n FROM teams t {where}) "
               "WHERE n % ? = 0 ORDER BY n")
        return [(row[0], row[1]) for row in self._connection.exec_driver_sql(sql, (*values, every))]

    def team_ids(self, asked: TeamFilter, *, only: Iterable[str] | None = None, limit: int) -> list[Id]:
        """Return the ids of the teams a filter finds."""
        where, values = _conditions(asked, only)
        return [Id(row[0]) for row in self._connection.exec_driver_sql(f"SELECT t.id FROM teams t {where} LIMIT ?", (*values, limit))]

    def team_search_keys(self) -> list[tuple[str, str]]:
        """Return (id, search key) of every team in use."""
        return [(row[0], row[1]) for row in self._connection.exec_driver_sql("SELECT id, search_key FROM teams WHERE is_retired = 0")]

    def deployments_of(self, team_id: Id, *, limit: int = 50) -> list[Deployment]:
        """Return when a team was sent out, the newest first."""
        return [
            Deployment(dispatch_id=Id(row[0]), order_number=row[1], incident_id=Id(row[2]), incident_number=row[3], incident_title=row[4],
                       sent_at=_moment(row[5]), ended_at=moment_from_column(row[6]), on_scene_at=moment_from_column(row[7]))
            for row in self._connection.exec_driver_sql(_DEPLOYMENTS, (team_id, limit))
        ]

    def expiring(self, day: date, *, limit: int) -> list[ExpiryLine]:
        """Return what ends by a day, the earliest first."""
        rows = self._connection.exec_driver_sql(_EXPIRING, {"day": day.isoformat(), "limit": limit})
        return [_expiry(row) for row in rows]

    def contacts_to_try(self, day: date, *, limit: int) -> list[ExpiryLine]:
        """Return teams whose contact was never tried, or last on or before a day."""
        return [_expiry(row) for row in self._connection.exec_driver_sql(_CONTACTS, (day.isoformat(), limit))]

    def states_by_area(self) -> list[tuple[Id, TeamState, int]]:
        """Return how many teams in use stand in each area and state."""
        rows = self._connection.exec_driver_sql("SELECT area_id, state, count(*) FROM teams WHERE is_retired = 0 GROUP BY area_id, state")
        return [(Id(row[0]), TeamState(row[1]), row[2]) for row in rows]


def _conditions(asked: TeamFilter, only: Iterable[str] | None) -> tuple[str, list[Any]]:
    conditions: list[str] = ["t.is_retired = ?"]
    values: list[Any] = [int(asked.is_retired)]
    if only is not None:
        conditions.append("t.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(only)))
    else:
        for word in asked.text.lower().split():
            conditions.append("t.search_key LIKE ? ESCAPE '\\'")
            values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    for name, chosen in (("kind", asked.kinds), ("state", asked.states)):
        if chosen:
            conditions.append(f"t.{name} IN ({', '.join('?' * len(chosen))})")
            values += [one.value for one in chosen]
    if asked.capability:
        conditions.append("instr(t.capabilities, ?) > 0")
        values.append(json.dumps(asked.capability))
    if asked.area_id is not None:
        conditions.append(BELOW)
        values.append(asked.area_id)
    if asked.ends_by is not None:
        conditions.append(f"{_ENDS} <= ?")
        values.append(asked.ends_by.isoformat())
    return "WHERE " + " AND ".join(conditions), values


def _line(row: Sequence[Any]) -> TeamLine:
    # Positions, not names, and remembered words: 200 of these are made for every page somebody scrolls to.
    (id_, code, name, name_en, kind, area_id, capabilities, state, since, total, ready, muster, phone, leader, unit, insured, agreed, papers,
     *key) = row
    return TeamLine(
        id_, code, name, name_en, _KINDS[kind], area_id, _names_of(capabilities), _STATES[state], since if since is None else
        moment_from_column(since), total, ready, muster, phone, leader, unit, _first_end(insured, agreed, papers), (key[0] if key else name, id_))


@lru_cache(maxsize=4_096)
def _names_of(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text or "[]"))


@lru_cache(maxsize=16_384)
def _first_end(insured: str | None, agreed: str | None, papers: str) -> date | None:
    ends = [day for day in (insured, agreed, *(paper.get("valid_until") for paper in json.loads(papers or "[]"))) if day]
    return date.fromisoformat(min(ends)) if ends else None


def _expiry(row: Sequence[Any]) -> ExpiryLine:
    return ExpiryLine(kind=ExpiryKind(row[0]), id=Id(row[1]), team_id=Id(row[2]) if row[2] else None, name=row[3], what=row[4] or "",
                      ends_on=date.fromisoformat(row[5]) if row[5] else None, phone=row[6], name_en=row[7])


def _moment(value: int) -> datetime:
    moment = moment_from_column(value)
    assert moment is not None
    return moment
