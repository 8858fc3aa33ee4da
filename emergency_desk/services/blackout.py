"""Gathers the black-out pack from one moment of the desk, and finds again what a card of it stands for. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from emergency_desk.domain import blackout as pack
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.blackout import CardCode, CardKind, IncidentPack
from emergency_desk.domain.boards import IncidentLine, OrderLine
from emergency_desk.domain.dispatches import Dispatch, OrderState
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident, Task, TaskState
from emergency_desk.domain.moments import local_year
from emergency_desk.domain.register_sheets import ContactRow
from emergency_desk.domain.release_orders import ReleaseOrder, ReleaseState
from emergency_desk.domain.shelters import ShelterOpening
from emergency_desk.domain.teams import Team, TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import Unit
from emergency_desk.services import boards, supply_board
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint, place_of
from emergency_desk.services.steps.heads import Heads, heads_of

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

MOST_CONTACTS, LOG_LINES = 76, 12  # of the contacts two pages hold so many
_KEYED_WITHIN = timedelta(days=400)  # nobody keys paper back that is older; serials come again with each year
_IN_FORCE = frozenset({OrderState.SENT, OrderState.RECEIVED, OrderState.RECALLED})
_OUT = "('mustering','dispatched','en_route','on_scene','working','withdrawing','lost_contact')"


def blackout_sheet(desk: Desk) -> pack.BlackoutSheet:
    """Return the pack of everything that is open now; with nothing open it still holds board, numbers and blank sheets."""
    desk.may(Act.READ)
    board = boards.duty_board(desk, log_limit=1)
    with desk.reading() as reading:
        packs = tuple(_pack(desk, reading, line, board.read_at) for line in board.incidents)
        picks = tuple(_pick(desk, order, _code_of_release(reading, order)) for order in reading.release_orders.where(
            "WHERE incident_id IS NULL AND state = ? ORDER BY id", (ReleaseState.ORDERED.value,)))
        contacts = _contacts(desk, reading)
    return pack.BlackoutSheet(
        imprint=imprint(desk), desk_phone=desk.facts.phone, contacts=tuple(contacts[:MOST_CONTACTS]),
        more_contacts=max(0, len(contacts) - MOST_CONTACTS), packs=packs, picks=picks,
        team_states=tuple((state, board.team_states[state]) for state in TeamState if board.team_states.get(state)))


def _pack(desk: Desk, reading: Reading, line: IncidentLine, at: datetime) -> IncidentPack:
    incident = reading.incidents.get(line.id)
    serial, turn = pack.serial_of(incident.number), _turn_of(reading, incident)
    openings = [(number, one) for number, one in _openings(reading, incident.id) if one.closed_at is None]
    heads = heads_of(reading, [one for _number, one in openings])
    return IncidentPack(
        incident=incident, line=line, code=f"{serial}{turn}", log_code=CardCode(serial, CardKind.LOG, turn=turn),
        incident_type=desk.trade.type(incident.type_id).name, place=place_of(desk, incident.area_id),
        plan_title=desk.trade.plan_title(incident.plan_code, incident.plan_version) if incident.plan_code else Text(""),
        tasks=tuple(_task(task, CardCode(serial, CardKind.TASK, number, turn), at) for number, task in _by_due(_tasks(reading, incident.id))),
        teams=tuple(_team(desk, one) for one in sorted(reading.order_lines(incident.id), key=lambda one: one.dispatch.order_number)
                    if one.dispatch.state in _IN_FORCE),
        picks=tuple(_pick(desk, order, CardCode(serial, CardKind.RELEASE, number, turn)) for number, order in _releases(reading, incident.id)
                    if order.state is ReleaseState.ORDERED),
        heads=tuple(_head(reading, opening, heads, CardCode(serial, CardKind.SHELTER, number, turn)) for number, opening in openings),
        log=tuple(reversed(reading.log_lines(incident_id=incident.id, limit=LOG_LINES))))


def _task(task: Task, code: CardCode, at: datetime) -> pack.TaskCard:
    return pack.TaskCard(code, Text(task.title, task.title_en), task.clause, task.tier, task.due_at, at)


def _team(desk: Desk, one: OrderLine) -> pack.TeamCard:
    order, team = one.dispatch, one.team
    serves = next((each.name for each in desk.trade.capabilities if each.id == order.serves), Text(""))
    return pack.TeamCard(_order_code(order), order.order_number, Text(team.name, team.name_en), team.duty_phone,
                         Text(order.task) if order.task else serves, order.sent_at, team.state, order.receipt_at)


def _pick(desk: Desk, order: ReleaseOrder, code: CardCode) -> pack.PickCard:
    view = supply_board.order_view(desk, order_id=order.id)
    lines = tuple(pack.PickLine(lot.bins, lot.name, lot.number, lot.unit, lot.amounts.reserved) for lot in view.lots if lot.amounts.reserved)
    return pack.PickCard(code, order.number, view.depot, view.depot_phone, view.to, lines)


def _head(reading: Reading, opening: ShelterOpening, heads: Mapping[Id, Heads], code: CardCode) -> pack.HeadCard:
    site, now = reading.sites.get(opening.shelter_id), heads.get(opening.id, Heads())
    return pack.HeadCard(code, Text(site.name, site.name_en), opening.notice_address or site.address, opening.responsible,
                         opening.responsible_phone or site.phone, opening.capacity, now.present, now.counted_at)


def _contacts(desk: Desk, reading: Reading) -> list[ContactRow]:
    """Return whom to ring without a screen: the units of the own area and above, the teams that are out, the units below, who stands by."""
    tree, own = desk.tree, {area.id for area in desk.tree.path(desk.area_id)}
    units = reading.units.where("WHERE is_retired = 0 AND duty_phone <> '' ORDER BY kind, name LIMIT 400")
    near = [unit for unit in units if unit.area_id is None or unit.area_id in own]
    out = reading.teams.where(f"WHERE is_retired = 0 AND state IN {_OUT} ORDER BY name LIMIT 200")
    ready = reading.teams.where("WHERE is_retired = 0 AND state IN ('standby','returned') AND duty_phone <> '' ORDER BY kind, name LIMIT 200")

    def of_unit(unit: Unit) -> ContactRow:
        return ContactRow(Text(""), Text(unit.name, unit.name_en), unit.kind, unit.duty_phone, unit.contact)

    def of_team(team: Team, *, is_out: bool) -> ContactRow:
        area = tree.by_id[team.area_id]
        return ContactRow(pack.TEAMS_OUT if is_out else Text(area.name, area.name_en), Text(team.name, team.name_en), team.kind,
                          team.duty_phone, team.leader_name)

    return [*map(of_unit, near), *(of_team(team, is_out=True) for team in out), *(of_unit(unit) for unit in units if unit not in near),
            *(of_team(team, is_out=False) for team in ready)]


# -- codes ------------------------------------------------------------------------------------------------------------
def _turn_of(reading: Reading, incident: Incident) -> str:
    """Return "" for the first incident of a serial, B, C … for those that came after it with the same one, from other desks or years."""
    ids = _alike(reading, incident.number.split("-")[2], incident)
    return _turn(ids.index(incident.id))


def _turn(place: int) -> str:
    return "" if place == 0 else chr(ord("A") + min(place, 25))


def _alike(reading: Reading, serial: str, near: Incident) -> list[Id]:
    since = near.recorded_at - _KEYED_WITHIN
    rows = reading.incidents.where("WHERE number LIKE ? ORDER BY recorded_at, id", (f"%-{local_year(near.recorded_at)}-{serial}",))
    return [one.id for one in rows if one.recorded_at >= since]


def _tasks(reading: Reading, incident_id: Id) -> list[tuple[int, Task]]:
    return list(enumerate(reading.tasks.where("WHERE incident_id = ? ORDER BY id", (incident_id,)), start=1))


def _by_due(tasks: Iterable[tuple[int, Task]]) -> list[tuple[int, Task]]:
    waiting = [(number, task) for number, task in tasks if task.state is TaskState.OPEN]
    return sorted(waiting, key=lambda one: (one[1].due_at is None, one[1].due_at or one[1].created_at, one[0]))


def _openings(reading: Reading, incident_id: Id) -> list[tuple[int, ShelterOpening]]:
    return list(enumerate(reading.shelter_openings.where("WHERE incident_id = ? ORDER BY id", (incident_id,)), start=1))


def _releases(reading: Reading, incident_id: Id) -> list[tuple[int, ReleaseOrder]]:
    return list(enumerate(reading.release_orders.where("WHERE incident_id = ? ORDER BY id", (incident_id,)), start=1))


def code_of_release(desk: Desk, *, order_id: Id) -> CardCode:
    """Return the code that a paper of a release order bears. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return _code_of_release(reading, reading.release_orders.get(order_id))


def _code_of_release(reading: Reading, order: ReleaseOrder) -> CardCode:
    if order.incident_id is None:
        ordinal = int(order.number.rsplit("-L", 1)[1])
        place = [one.id for one in _without_incident(reading, ordinal, local_year(order.recorded_at))].index(order.id)
        return CardCode(0, CardKind.RELEASE, ordinal, _turn(place))
    incident = reading.incidents.get(order.incident_id)
    place = next(number for number, one in _releases(reading, incident.id) if one.id == order.id)
    return CardCode(pack.serial_of(incident.number), CardKind.RELEASE, place, _turn_of(reading, incident))


def _without_incident(reading: Reading, ordinal: int, year: int) -> list[ReleaseOrder]:
    """Return the release orders of a year that bear one number, here and at other desks."""
    return reading.release_orders.where("WHERE incident_id IS NULL AND number LIKE ? ORDER BY recorded_at, id",
                                        (f"%-{year}-L{ordinal:04d}",))


def _order_code(order: Dispatch) -> CardCode:
    """An order keeps the number of the incident it was given for, also after that was joined to another."""
    return CardCode(pack.serial_of(order.order_number), CardKind.TEAM, int(order.order_number.rsplit("-D", 1)[1]))


# -- finding a card again ---------------------------------------------------------------------------------------------
def find_card(desk: Desk, *, code: str) -> pack.Card:
    """Return what a code stands for. Raises CardCodeUnread, CardUnknown."""
    desk.may(Act.READ)
    read = pack.read_code(code)
    with desk.reading() as reading:
        if read.serial == 0 and read.kind is CardKind.RELEASE:
            return _loose_card(desk, reading, read)
        return _team_card(desk, reading, read) if read.kind is CardKind.TEAM else _other_card(desk, reading, read)


def _loose_card(desk: Desk, reading: Reading, code: CardCode) -> pack.Card:
    """Find a release order without an incident: of the newest year that has one of this number."""
    now, place = desk.now(), ord(code.turn) - ord("A") if code.turn else 0
    year = local_year(now)
    found = _without_incident(reading, code.ordinal, year) or _without_incident(reading, code.ordinal, year - 1)
    if place >= len(found) or found[place].recorded_at < now - _KEYED_WITHIN:
        raise pack.CardUnknown(code=str(code))
    return pack.Card(code, None, "", "", found[place].id, Text(found[place].number))


def _team_card(desk: Desk, reading: Reading, code: CardCode) -> pack.Card:
    since = desk.now() - _KEYED_WITHIN
    found = [order for order in reading.dispatches.where("WHERE order_number LIKE ? ORDER BY sent_at DESC, order_number",
                                                         (f"%-{code.serial:04d}-D{code.ordinal:02d}",)) if order.sent_at >= since]
    if not found:
        raise pack.CardUnknown(code=str(code))
    order = found[0]
    team, incident = reading.teams.get(order.team_id), reading.incidents.get(order.incident_id)
    return pack.Card(code, incident.id, incident.number, incident.title, order.id, Text(team.name, team.name_en), team_id=team.id)


def _other_card(desk: Desk, reading: Reading, code: CardCode) -> pack.Card:
    incident = _incident_of(desk, reading, code)
    about = _about(reading, incident, code)
    if about is None:
        raise pack.CardUnknown(code=str(code))
    return pack.Card(code, incident.id, incident.number, incident.title, *about)


def _incident_of(desk: Desk, reading: Reading, code: CardCode) -> Incident:
    """Return the incident of a serial: of the newest year that has one, the first or the B-th of that year."""
    since = desk.now() - _KEYED_WITHIN
    found = [one for one in reading.incidents.where("WHERE number LIKE ? ORDER BY recorded_at, id", (f"%-{code.serial:04d}",))
             if one.recorded_at >= since and one.number.rsplit("-", 1)[1] == f"{code.serial:04d}"]
    years = sorted({local_year(one.recorded_at) for one in found}, reverse=True)
    of_year = [one for one in found if years and local_year(one.recorded_at) == years[0]]
    place = ord(code.turn) - ord("A") if code.turn else 0
    if place >= len(of_year):
        raise pack.CardUnknown(code=str(code))
    return of_year[place]


def _about(reading: Reading, incident: Incident, code: CardCode) -> tuple[Id, Text] | None:
    if code.kind is CardKind.LOG:
        return incident.id, Text(incident.title)
    if code.kind is CardKind.TASK:
        return next(((one.id, Text(one.title, one.title_en)) for number, one in _tasks(reading, incident.id) if number == code.ordinal), None)
    if code.kind is CardKind.SHELTER:
        opening = next((one for number, one in _openings(reading, incident.id) if number == code.ordinal), None)
        site = reading.sites.get(opening.shelter_id) if opening else None
        return (opening.id, Text(site.name, site.name_en)) if opening and site else None
    order = next((one for number, one in _releases(reading, incident.id) if number == code.ordinal), None)
    return (order.id, Text(order.number)) if order else None
