"""Why a team is recommended, what only warns, and the first reason why a team is not recommended.

Values only, no sentences: `wording` chooses the words. The order of the members of `ReasonNot` is the order of the checks:
what the law forbids, what the team is doing, what it can do, what its papers allow, whose it is, how far it is.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import BY_APPLICATION, BY_REQUEST, SENDABLE, Team, TeamKind, TeamState


class ReasonNot(StrEnum):
    """The first thing that keeps a team from being recommended, in the order in which the desk asks."""

    BY_REQUEST = "by_request"  # garrison, armed police, militia: asked for through 人武部, never sent
    COMMITTED = "committed"  # out on an incident, or lost from contact there
    STATE = "state"  # recovering or unavailable
    MISSING_CAPABILITY = "missing_capability"
    CERTIFICATE_EXPIRED = "certificate_expired"  # could do it, but the certificate behind the capability has run out
    AGREEMENT_EXPIRED = "agreement_expired"
    APPLICATION_NEEDED = "application_needed"  # applies first, is accepted, then is sent (SDG20 Art. 32)
    NOT_THIS_TIER = "not_this_tier"  # another desk's to order; ask for it
    MAY_NOT_CROSS = "may_not_cross"  # the team may not leave its area
    BEYOND_RADIUS = "beyond_radius"
    NOTHING_NEEDED = "nothing_needed"  # no need was given (no plan matches, R-1.10): it could go
    PLACE_UNKNOWN = "place_unknown"  # it could go; nobody knows where to
    NO_POSITION = "no_position"  # it could go; ranked after those whose position is known
    NEARER_SUFFICE = "nearer_suffice"  # it could go; nearer teams already meet the need

    @property
    def could_go(self) -> bool:
        """Say whether the team could be sent at once, and only others were preferred."""
        return self in _COULD_GO

    @property
    def may_be_overridden(self) -> bool:
        """Say whether an officer may send the team all the same, with a reason for the log.

        Never a force that another commands (MIL436 Art. 4-5), a team that is out (R-4.4), or a social force that has not been
        accepted (SDG20 Art. 32). Everything else is the desk's advice, and advice never locks dispatch out.
        """
        return self not in _FINAL


_COULD_GO = frozenset({ReasonNot.NOTHING_NEEDED, ReasonNot.PLACE_UNKNOWN, ReasonNot.NO_POSITION, ReasonNot.NEARER_SUFFICE})
_FINAL = frozenset({ReasonNot.BY_REQUEST, ReasonNot.COMMITTED, ReasonNot.APPLICATION_NEEDED})

# The kinds whose service rests on a paper that can run out: neighbours by agreement (AR708 Art. 10, 19), units, and professional
# teams built on social force, which must have an agreement (SD12 Art. 23). Others may note a date; it does not bar them.
BY_AGREEMENT = frozenset({TeamKind.MUTUAL_AID, TeamKind.UNIT, TeamKind.PROFESSIONAL})


class WhyNot(NamedTuple):
    """The first reason against a team with the values that tell it. A tuple, because a desk may list 100,000 of them.

    Only the values that belong to the reason are set: `state` (STATE, COMMITTED), `incident_id` (COMMITTED), `capabilities` (the needed
    ones that are missing or whose certificate expired), `expired_on` (the last valid day), `area_id` (whose team it is, or the area it may
    not leave), `km` and `radius_km` (BEYOND_RADIUS), `km`, `minutes` and `nearer` (NEARER_SUFFICE: how many nearer teams
    meet the need; 0 where those that were sent meet it).
    """

    reason: ReasonNot
    state: TeamState | None = None
    incident_id: Id | None = None
    capabilities: tuple[str, ...] = ()
    expired_on: date | None = None
    area_id: Id | None = None
    km: float | None = None
    radius_km: float | None = None
    minutes: int | None = None
    nearer: int = 0


class WhyChosen(StrEnum):
    """Why a team is recommended for the capability it serves."""

    NEAREST = "nearest"  # nobody who can do it and may be sent is nearer
    NEXT_NEAREST = "next_nearest"  # those nearer are recommended too
    ONLY_ONES = "only_ones"  # no more teams can do it than are needed
    APPLICATION_ACCEPTED = "application_accepted"


class Warn(StrEnum):
    """What an officer must know before sending a team, and what does not keep it from going."""

    RATING_EXPIRED = "rating_expired"  # a warning at dispatch, not a block
    INSURANCE_EXPIRED = "insurance_expired"  # ERL24 Art. 40 asks for accident insurance of rescuers
    IN_TRAINING = "in_training"  # recallable
    POSITION_UNKNOWN = "position_unknown"  # no arrival could be estimated


class Caution(NamedTuple):
    """One warning with its date and capability where it has them."""

    kind: Warn
    expired_on: date | None = None
    capability: str = ""


def expired_on(team: Team, capability: str, today: date) -> date | None:
    """Return the last valid day of the certificate behind a capability when none behind it is valid today, else None.

    House rule: several certificates for one capability are alternatives; the one that lasted longest speaks. A capability
    without a certificate rests on the register alone and counts.
    """
    ends = [paper.valid_until for paper in team.certificates if paper.capability == capability]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends) or max(known) >= today:
        return None
    return max(known)


def warnings_for(team: Team, capability: str, today: date) -> tuple[Caution, ...]:
    """Return what an officer must know before sending a team for a capability. Source: R-4.1, R-4.4, ERL24 Art. 40."""
    found = []
    if team.state is TeamState.TRAINING:
        found.append(Caution(Warn.IN_TRAINING))
    rating = expired_on(team, capability, today) if team.kind is TeamKind.SOCIAL else None
    if rating is not None:
        found.append(Caution(Warn.RATING_EXPIRED, rating, capability))
    if team.insured_until is not None and team.insured_until < today:
        found.append(Caution(Warn.INSURANCE_EXPIRED, team.insured_until))
    if team.latitude is None or team.longitude is None:
        found.append(Caution(Warn.POSITION_UNKNOWN))
    return tuple(found)


def agreement_expired(team: Team, today: date) -> bool:
    """Say whether the agreement a team serves by has run out; it holds through its last day."""
    return team.kind in BY_AGREEMENT and team.agreement_until is not None and team.agreement_until < today


def bar_to_sending(team: Team, *, accepted: bool = False) -> WhyNot | None:
    """Return what forbids sending a team whatever an officer says, or None: the check at the moment of the order.

    Sources: R-4.2 (by request), R-4.4 (out), SDG20 Art. 32 (application).
    """
    if team.kind in BY_REQUEST:
        return WhyNot(ReasonNot.BY_REQUEST)
    if team.is_out:
        return WhyNot(ReasonNot.COMMITTED, state=team.state, incident_id=team.incident_id)
    if team.kind in BY_APPLICATION and not accepted:
        return WhyNot(ReasonNot.APPLICATION_NEEDED)
    return None


def standing_reason(kind: TeamKind, state: TeamState) -> ReasonNot | None:
    """Return the reason that a team's kind and state alone give, or None."""
    if kind in BY_REQUEST:
        return ReasonNot.BY_REQUEST
    if state in SENDABLE:
        return None
    return ReasonNot.STATE if state in (TeamState.RECOVERING, TeamState.UNAVAILABLE) else ReasonNot.COMMITTED
