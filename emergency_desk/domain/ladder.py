"""The walk up the ladder: the steps each tier takes, which are done, and why none is skipped in silence.

A step is done by a fact (an order that went out, a response that runs) or ticked by somebody; skipped only with a reason. Both are
appended as `StepMark`s. Source: 突发事件应对法 2024 Art. 61-78, 86-94; 国家突发事件总体应急预案 3.3, 3.4; domain §1.5, §10, §11.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id


class Step(StrEnum):
    """The steps of a tier, in their order."""

    RECEIVE = "receive"
    VERIFY = "verify"
    FIRST_RESPONSE = "first_response"
    APPRAISE = "appraise"
    ACTIVATE = "activate"
    FORM_COMMAND = "form_command"
    DISPATCH = "dispatch"
    EVACUATE = "evacuate"
    REPORT = "report"
    EXPAND = "expand"  # expand or step down
    END = "end"
    RECOVER = "recover"
    REVIEW = "review"

    @property
    def rank(self) -> int:
        """1 for the first step."""
        return _RANKS[self]


_RANKS = {step: rank for rank, step in enumerate(Step, start=1)}


class StepState(StrEnum):
    """Where a step of a tier stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    NOT_ASKED = "not_asked"  # nothing asks for it (yet): nobody is to be evacuated, another tier commands


@dataclass(frozen=True, slots=True)
class StepMark:
    """Somebody's word on a step, appended; the newest of a tier and step holds."""

    id: Id
    incident_id: Id
    tier: Tier
    step: Step
    state: StepState
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    reason: str = ""
    heard_from: str = ""
    heard_how: str = ""
    read_back: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as shown: its state, since when, by what it is known, and the article or clause it rests on."""

    tier: Tier
    step: Step
    state: StepState
    at: datetime | None = None
    reason: str = ""
    is_marked: bool = False  # somebody said so; else a fact of the desk says so
