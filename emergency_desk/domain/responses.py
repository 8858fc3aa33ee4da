"""The response of one tier to one incident: its own level, the four facts of its activation, its history, its end.

Each tier has a response of its own (R-0.2): a street, its district and its city may stand at three different levels.
Source: 突发事件应对法 2024 Art. 71, 72, 86; 国家突发事件总体应急预案 3.3.2, 3.3.6; R-1.11 to R-1.14.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, LevelUnchanged, NotTheActivator, ResponseNotActive
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Task
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.texts import Text

ART_72 = Text("突发事件应对法第七十二条", "Emergency Response Law Art. 72")
ACTIVATOR_ENDS = Text("突发事件应对法第八十六条；国家总体应急预案3.3.6：谁启动、谁终止",
                      "Emergency Response Law Art. 86; National Overall Plan 3.3.6: whoever activates a response ends it")
LONGEST_HOURS = 24 * 365  # a response beyond a year is a typing mistake


class ResponseState(StrEnum):
    """Where a response stands. Source: domain §1.5, the state machine of a response."""

    ACTIVE = "active"
    SUSPENDED = "suspended"  # the rescue pauses because it endangers the rescuers (R-1.14, AW8 三(五))
    ENDED = "ended"


class ResponseStep(StrEnum):
    """What was done to a response; each step is appended and never changed."""

    ACTIVATED = "activated"
    ADJUSTED = "adjusted"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Heard:
    """How a tier that does not sit at this desk was heard: who said it, by which channel, and whether it was read back."""

    who: str = ""
    how: str = ""
    read_back: bool = False

    def __bool__(self) -> bool:
        return bool(self.who)


NOT_HEARD = Heard()


@dataclass(frozen=True, slots=True)
class Response:
    """One tier's response as it stands now; derived from its appended `ResponseChange`s."""

    id: Id
    incident_id: Id
    tier: Tier
    area_id: Id
    level: Level
    matter: str
    measures: str
    activated_at: datetime
    expected_until: datetime
    state: ResponseState = ResponseState.ACTIVE
    decided_by: str = ""
    plan_code: str = ""
    plan_version: str = ""
    clause: str = ""
    ended_at: datetime | None = None
    version: int = 0

    @property
    def is_running(self) -> bool:
        """Say whether the response has not ended (a suspended one runs on)."""
        return self.state is not ResponseState.ENDED


def left_open_at(task: Task, responses: Iterable[Response]) -> datetime | None:
    """Return when an open task of the plan was left: the end of its tier's last response, if it was laid before. None: it is still asked for."""
    own = [response for response in responses if response.tier == task.tier]
    ends = [response.ended_at for response in own if response.ended_at is not None and response.ended_at >= task.created_at]
    return None if not task.action_id or not ends or any(response.is_running for response in own) else max(ends)


@dataclass(frozen=True, slots=True)
class ResponseChange:
    """One step of a response, appended: who decided it, why, and how it was heard when the tier does not sit here."""

    id: Id
    response_id: Id
    incident_id: Id
    step: ResponseStep
    level: Level
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    level_before: Level | None = None
    expected_until: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    override_reason: str = ""
    heard_from: str = ""
    heard_how: str = ""
    read_back: bool = False


def activate(
    *, response_id: Id, incident_id: Id, tier: Tier, area_id: Id, level: Level | None, matter: str, expected_hours: float | None,
    measures: str, decided_by: str, at: datetime, plan_code: str = "", plan_version: str = "", clause: str = "",
) -> Response:
    """Return a response that begins now. Raises FieldMissing naming the first of the four facts of Art. 72 that is lacking (R-1.11)."""
    facts = {"matter": matter.strip(), "level": level, "expected_hours": expected_hours, "measures": measures.strip(),
             "decided_by": decided_by.strip()}
    for name, fact in facts.items():
        if not fact:
            raise FieldMissing(name=name, basis=ART_72)
    assert level is not None and expected_hours is not None
    return Response(
        id=response_id, incident_id=incident_id, tier=tier, area_id=area_id, level=level, matter=matter.strip(), measures=measures.strip(),
        activated_at=at, expected_until=until(at, expected_hours), decided_by=decided_by.strip(), plan_code=plan_code,
        plan_version=plan_version, clause=clause)


def until(at: datetime, hours: float) -> datetime:
    """Return the moment so many hours later. Raises FieldMissing for a duration nobody can mean (0 or less, beyond a year)."""
    if not 0 < hours <= LONGEST_HOURS:
        raise FieldMissing(name="expected_hours", basis=ART_72)
    return at + timedelta(hours=hours)


def adjust(response: Response, *, level: Level) -> Response:
    """Return the response at another level (NMP25 3.3.2). Raises ResponseNotActive, LevelUnchanged."""
    _running(response)
    if level is response.level:
        raise LevelUnchanged(tier=response.tier, level=level)
    return replace(response, level=level)


def extend(response: Response, *, expected_until: datetime) -> Response:
    """Return the response with another expected end. Raises ResponseNotActive."""
    _running(response)
    return replace(response, expected_until=expected_until)


def suspend(response: Response) -> Response:
    """Return the response paused for the safety of the rescuers. Raises ResponseNotActive."""
    if response.state is not ResponseState.ACTIVE:
        raise ResponseNotActive(tier=response.tier, state=response.state)
    return replace(response, state=ResponseState.SUSPENDED)


def resume(response: Response) -> Response:
    """Return the paused response at work again. Raises ResponseNotActive."""
    if response.state is not ResponseState.SUSPENDED:
        raise ResponseNotActive(tier=response.tier, state=response.state)
    return replace(response, state=ResponseState.ACTIVE)


def end(response: Response, *, by: Tier, at: datetime) -> Response:
    """Return the ended response. Only the tier that activated it ends it (R-1.13). Raises NotTheActivator, ResponseNotActive."""
    if by is not response.tier:
        raise NotTheActivator(tier=by, activator=response.tier, basis=ACTIVATOR_ENDS)
    _running(response)
    return replace(response, state=ResponseState.ENDED, ended_at=at)


def of_tier(responses: Iterable[Response], tier: Tier | str) -> Response | None:
    """Return the running response of a tier, else its newest ended one, else None."""
    own = sorted((each for each in responses if each.tier == tier), key=lambda each: each.activated_at)
    running = [each for each in own if each.is_running]
    return running[-1] if running else own[-1] if own else None


def _running(response: Response) -> None:
    if not response.is_running:
        raise ResponseNotActive(tier=response.tier, state=response.state)
