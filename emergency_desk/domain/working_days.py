"""Working days: the clocks that count in them (filing, publication) reckoned by the announced calendar. R-3.4.

Each year's holidays and the days worked instead (调休) are data, from the State Council's notice. A year that was not announced yet
counts Mondays to Fridays, and every day reckoned through it is provisional.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from emergency_desk.domain.rules import RuleBasis

_FRIDAY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedYear:
    """What one notice says: the days off, and the Saturdays and Sundays worked instead."""

    year: int
    basis: RuleBasis
    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """The last day of a term. `unannounced` names the years that the reckoning passed without a notice."""

    day: date
    unannounced: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        """Say whether a notice still to come may move the day."""
        return bool(self.unannounced)


class WorkingDays:
    """The calendar of all announced years."""

    def __init__(self, years: Iterable[AnnouncedYear] = ()) -> None:
        self.years = tuple(sorted(years, key=lambda year: year.year))
        self._announced = frozenset(year.year for year in self.years)
        self._off = frozenset(day for year in self.years for day in year.off)
        self._worked = frozenset(day for year in self.years for day in year.worked)

    def is_announced(self, year: int) -> bool:
        """Say whether a year's notice is known."""
        return year in self._announced

    def is_worked(self, day: date) -> bool:
        """Say whether a day is a working day."""
        if day in self._worked:
            return True
        return day not in self._off and day.weekday() <= _FRIDAY

    def after(self, start: date, days: int) -> DueDay:
        """Return the last day of a term of so many working days; the day it starts from is not counted.

        Source: 民法典 Art. 201 (the day of beginning is not counted); 突发事件应急预案管理办法 Art. 26, 28 (20 working days).
        """
        day, left, unannounced = start, days, set[int]()
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_worked(day)
            if day.year not in self._announced:
                unannounced.add(day.year)
        return DueDay(day=day, unannounced=tuple(sorted(unannounced)))
