"""What the desk says while a call is being written: type, grade, plan, duplicates, and who should go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.duplicates import Likeness
from emergency_desk.domain.grading import GradeSuggestion
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incident_types import TypeReading
from emergency_desk.domain.incidents import Caller, Figures, Source
from emergency_desk.domain.plans import NoMatch, PlanMatch
from emergency_desk.domain.recommendation import Recommendation

NO_FIGURES = Figures()
NOBODY = Caller()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDraft:
    """The call form as typed so far. Three answers are enough: words, area, figures (and figures may stay unknown)."""

    words: str = ""
    area_id: Id | None = None
    address: str = ""
    figures: Figures = NO_FIGURES
    type_id: str = ""  # chosen by the officer; empty: read from the words
    source: Source = Source.RESIDENT
    caller: Caller = NOBODY
    occurred_at: datetime | None = None
    received_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    note: str = ""
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAdvice:
    """The answer to a draft. `needs` are what was asked of the recommendation: capability and number of teams."""

    type_id: str
    reading: TypeReading
    grade: GradeSuggestion
    plan: PlanMatch | NoMatch
    acting_tier: Tier
    needs: tuple[tuple[str, int], ...]
    duplicates: tuple[Likeness, ...]
    recommendation: Recommendation | None
    is_outside: bool = False  # the place does not lie in the desk's own area
