"""Rescue teams: kinds, capabilities, and the machine their state moves by (domain §4).

Source of the machine: domain §4.3 (general team machine beside GA/T 974.39-2011); kinds §4.1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from emergency_desk.domain.errors import FieldMissing, MoveNotAllowed, MoveOutOfOrder
from emergency_desk.domain.ids import Id


class TeamKind(StrEnum):
    NATIONAL_FIRE = "national_fire"
    PROFESSIONAL = "professional"
    NATIONAL_BASE = "national_base"
    EXPERT = "expert"
    GRASSROOTS = "grassroots"
    UNIT = "unit"
    VOLUNTEER = "volunteer"
    SOCIAL = "social"
    MILITARY = "military"
    MILITIA = "militia"
    MUTUAL_AID = "mutual_aid"


BY_REQUEST = frozenset({TeamKind.MILITARY, TeamKind.MILITIA})  # MIL436 Art. 4-5
BY_APPLICATION = frozenset({TeamKind.SOCIAL, TeamKind.VOLUNTEER})  # SDG20 Art. 32


class TeamState(StrEnum):
    STANDBY = "standby"
    TRAINING = "training"
    MUSTERING = "mustering"
    DISPATCHED = "dispatched"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    WORKING = "working"
    WITHDRAWING = "withdrawing"
    RETURNED = "returned"
    RECOVERING = "recovering"
    UNAVAILABLE = "unavailable"
    LOST_CONTACT = "lost_contact"


# The road of a deployment, in order; radio gaps let a report skip forward, the gap is marked.
ROAD = (
    TeamState.MUSTERING, TeamState.DISPATCHED, TeamState.EN_ROUTE, TeamState.ON_SCENE, TeamState.WORKING,
    TeamState.WITHDRAWING, TeamState.RETURNED, TeamState.RECOVERING, TeamState.STANDBY,
)
SENDABLE = frozenset({TeamState.STANDBY, TeamState.RETURNED, TeamState.TRAINING})
SILENT_MINUTES = 30  # a house setting: a team out without a word for so long may be lost (domain §4.3 leaves N to the desk)
OUT = frozenset(ROAD[:6]) | {TeamState.LOST_CONTACT}


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate a capability rests on; valid through its last day."""

    capability: str
    number: str
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Say whether the certificate still holds on a day (no end date means no end)."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Equipment:
    """One kind of key equipment or vehicle a team keeps."""

    name: str
    count: int = 1
    unit: str = ""
    code: str = ""  # GB/T 38565 or the customer's own


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One person of a team: a rescuer's entry in the register, with papers of their own."""

    id: Id
    team_id: Id
    name: str
    post: str = ""
    phone: str = ""
    certificates: tuple[Certificate, ...] = ()
    insured_until: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """One team of the register. Distances in km, times in minutes, position CGCS2000 degrees."""

    id: Id
    code: str
    name: str
    kind: TeamKind
    area_id: Id
    capabilities: tuple[str, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    name_en: str = ""
    unit_name: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    people_total: int | None = None
    people_ready: int | None = None
    vehicles: str = ""
    muster_minutes: int | None = None
    radius_km: float | None = None
    may_cross_area: bool = True
    duty_phone: str = ""
    leader_name: str = ""
    channel: str = ""
    agreement_number: str = ""
    agreement_until: date | None = None
    insured_until: date | None = None
    state: TeamState = TeamState.STANDBY
    state_since: datetime | None = None
    state_note: str = ""
    incident_id: Id | None = None  # the incident it is committed to, while out
    supervisor: str = ""  # the department in charge (主管部门)
    self_sufficiency_hours: int | None = None
    contact_tried_on: date | None = None
    rating_specialty: str = ""  # of a social force
    rating_level: int | None = None  # 1 is the highest
    equipment: tuple[Equipment, ...] = ()
    note: str = ""
    is_retired: bool = False
    source: str = ""  # where an imported team came from
    search_key: str = ""
    is_demo: bool = False
    version: int = 0

    @property
    def is_out(self) -> bool:
        """Say whether the team is committed to an incident and may not be sent again (R-4.4)."""
        return self.state in OUT


class HowHeard(StrEnum):
    """By what channel a fact reached the desk."""

    PHONE = "phone"
    RADIO = "radio"
    IN_PERSON = "in_person"
    SYSTEM = "system"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class TeamMove:
    """One change of a team's state, appended and never changed (R-4.3)."""

    id: Id
    team_id: Id
    from_state: TeamState
    to_state: TeamState
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    incident_id: Id | None = None
    dispatch_id: Id | None = None
    reported_by: str = ""
    how: HowHeard = HowHeard.RADIO
    unreported: tuple[TeamState, ...] = ()  # states skipped by this report
    fills_gap: bool = False  # a late word about a state that an earlier report had skipped
    note: str = ""


def allowed_moves(state: TeamState) -> tuple[TeamState, ...]:
    """Return the states a team may be reported in next, the likeliest first. Source: domain §4.3."""
    if state in (TeamState.STANDBY, TeamState.TRAINING):
        return (TeamState.TRAINING if state is TeamState.STANDBY else TeamState.STANDBY, TeamState.UNAVAILABLE)
    if state is TeamState.UNAVAILABLE:
        return (TeamState.STANDBY,)
    if state is TeamState.LOST_CONTACT:
        return (*ROAD[2:7],)
    place = ROAD.index(state)
    if state in (TeamState.RETURNED, TeamState.RECOVERING):
        return (*ROAD[place + 1:], TeamState.UNAVAILABLE)
    onward = ROAD[place + 1:7]
    if state is TeamState.WORKING:
        onward = (*onward, TeamState.EN_ROUTE)  # redeployed (转场)
    return (*onward, TeamState.LOST_CONTACT)


def skipped_between(from_state: TeamState, to_state: TeamState) -> tuple[TeamState, ...]:
    """Return the road states that a report jumped over; they stay "not reported" until filled."""
    if from_state not in ROAD or to_state not in ROAD:
        return ()
    start, end = ROAD.index(from_state), ROAD.index(to_state)
    return tuple(state for state in ROAD[start + 1:end] if state is not TeamState.RECOVERING)


def move(
    team: Team, *, to: TeamState, occurred_at: datetime, recorded_at: datetime, move_id: Id, account_id: Id,
    dispatch_id: Id | None = None, reported_by: str = "", how: HowHeard = HowHeard.RADIO, note: str = "",
) -> tuple[Team, TeamMove]:
    """Move a team that reports its own state. Raises MoveNotAllowed, MoveOutOfOrder.

    A last report that lies after now was written while the clock was wrong: it holds nobody up.
    """
    allowed = allowed_moves(team.state)
    if to not in allowed:
        raise MoveNotAllowed(team=team.name, from_state=team.state, to_state=to, allowed=allowed)
    if team.state_since is not None and occurred_at < team.state_since <= recorded_at:
        raise MoveOutOfOrder(team=team.name, last_at=team.state_since, typed=occurred_at)
    if team.state in OUT and to is TeamState.LOST_CONTACT and not note:
        note = ""
    return step(team, to=to, occurred_at=occurred_at, recorded_at=recorded_at, move_id=move_id, account_id=account_id,
                dispatch_id=dispatch_id, incident_id=team.incident_id, reported_by=reported_by, how=how, note=note)


def step(
    team: Team, *, to: TeamState, occurred_at: datetime, recorded_at: datetime, move_id: Id, account_id: Id,
    incident_id: Id | None, dispatch_id: Id | None = None, reported_by: str = "", how: HowHeard = HowHeard.SYSTEM, note: str = "",
) -> tuple[Team, TeamMove]:
    """Append a move without asking the machine (orders and recalls do); return the team in its new state and the move."""
    record = TeamMove(
        id=move_id, team_id=team.id, from_state=team.state, to_state=to, occurred_at=occurred_at, recorded_at=recorded_at,
        account_id=account_id, incident_id=incident_id, dispatch_id=dispatch_id, reported_by=reported_by, how=how,
        unreported=skipped_between(team.state, to), note=note,
    )
    held = incident_id if to in OUT else None
    return replace(team, state=to, state_since=occurred_at, state_note=note, incident_id=held), record


def check(team: Team) -> Team:
    """Return the team if it can stand in the register. Raises FieldMissing."""
    if not team.name.strip():
        raise FieldMissing(name="name")
    return team
