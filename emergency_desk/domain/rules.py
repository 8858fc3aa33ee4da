"""What a rule of the trade rests on: the text, the article, from when to when, and whether the text itself was read.

Numbers are data (`resources/reference`); here are the frozen records they are read into. R-0.3, R-0.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emergency_desk.domain.texts import Text

NO_NOTE = Text("")
HOUSE = "HOUSE"  # the source code of a number that nobody but this project answers for


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBasis:
    """One article a number rests on. `is_verified` says the article was read; otherwise it is from knowledge and to be checked."""

    source: str
    title: Text
    number: str = ""
    article: str = ""
    effective_from: date | None = None
    effective_to: date | None = None  # the last day
    is_verified: bool = False
    note: Text = NO_NOTE

    @property
    def is_house_estimate(self) -> bool:
        """Say whether no law or standard stands behind the number."""
        return self.source == HOUSE

    def is_in_force_on(self, day: date) -> bool:
        """Say whether the text is in force on a day (no date means no limit)."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day <= self.effective_to)
