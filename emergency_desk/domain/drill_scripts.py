"""A drill as a file: its design and script in two languages, and how long scripted participants need, so that it can run by itself."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.drills import DrillForm, DrillPurpose, DrillScope
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedInject:
    """One inject of a file. `takes_minutes`: when scripted participants act after its release; None when they do not."""

    at_minutes: int
    to_whom: Text
    text: Text
    expected: Text
    limit_minutes: int | None = None
    takes_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillScript:
    """A drill whole, before anybody has planned it. `plan_code` names the plan it is for; `hazard` the type of incident."""

    id: str
    title: Text
    plan_code: str
    form: DrillForm
    scope: DrillScope
    purpose: DrillPurpose
    heads: int
    scenario: Text
    aims: tuple[Text, ...]
    stop_conditions: tuple[Text, ...]
    injects: tuple[ScriptedInject, ...]
