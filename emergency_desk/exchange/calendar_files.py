"""Reads `working_days.yaml` (holidays and days worked instead, by year) and `superseded.yaml` (texts that were replaced).

Both name what they rest on themselves, so that a desk with an older table of sources reads them as they ship.
"""

from __future__ import annotations

from datetime import date, timedelta

from emergency_desk.domain.rules import NO_NOTE, RuleBasis
from emergency_desk.domain.superseded import SupersededText
from emergency_desk.domain.working_days import AnnouncedYear, WorkingDays
from emergency_desk.exchange.reference_parts import read_day, read_names, read_text, read_yes, refuse_twice
from emergency_desk.exchange.yaml_places import Place

_LONGEST_DAYS = 31  # a holiday that lasts longer is a slip of the pen
_ID = r"[a-z][a-z0-9_]{0,39}"


def read_working_days(file: Place) -> WorkingDays:
    """Return the calendar. Raises BadFile."""
    places = list(file.only(required=("years",)).each("years"))
    years = tuple(_year(place) for place in places)
    refuse_twice([(str(one.year), place) for one, place in zip(years, places, strict=True)])
    return WorkingDays(years)


def _year(place: Place) -> AnnouncedYear:
    place.only("worked", required=("year", "basis", "holidays"))
    year = int(place.at("year").matching("[12][0-9]{3}", "not_a_number"))
    off = {day for holiday in place.each("holidays") for day in _days_off(holiday, year)}
    worked = frozenset(_day(one, year) for one in place.each("worked"))
    if worked & off:
        place.at("worked").wrong("duplicate", str(min(worked & off)))
    return AnnouncedYear(year=year, basis=_notice(place.at("basis")), off=frozenset(off), worked=worked)


def _days_off(place: Place, year: int) -> list[date]:
    place.only(required=("zh", "en", "from", "to"))
    first, last = _day(place.at("from"), year), _day(place.at("to"), year)
    if not 0 <= (last - first).days < _LONGEST_DAYS:
        place.at("to").wrong("not_rising", "to")
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def _day(place: Place, year: int) -> date:
    """Return a day of the year, or of the December before it."""
    day = read_day(place)
    if day is None or not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
        place.wrong("not_a_date", place.string(may_be_empty=True))
    return day


def _notice(place: Place) -> RuleBasis:
    place.only("note_zh", "note_en", required=("zh", "en", "number", "verified"))
    return RuleBasis(source="notice", title=read_text(place), number=place.at("number").string(), is_verified=read_yes(place.at("verified")),
                     note=read_text(place, "note_zh", "note_en") if place.has("note_zh") else NO_NOTE)


def read_superseded(file: Place) -> tuple[SupersededText, ...]:
    """Return the texts that were replaced. Raises BadFile."""
    places = list(file.only(required=("texts",)).each("texts"))
    read = tuple(_superseded(place) for place in places)
    refuse_twice([(one.id, place) for one, place in zip(read, places, strict=True)])
    return read


def _superseded(place: Place) -> SupersededText:
    place.only("unless", required=("id", "zh", "en", "numbers", "words", "until", "by", "basis"))
    by = place.at("by").only("number", required=("zh", "en"))
    basis = place.at("basis").only("note_zh", "note_en", required=("verified",))
    until = read_day(place.at("until"))
    if until is None:
        place.at("until").wrong("empty")
    return SupersededText(
        id=place.at("id").matching(_ID, "not_an_id"), title=read_text(place), until=until, by=read_text(by),
        by_number=by.at("number").string() if by.has("number") else "", numbers=read_names(place, "numbers"),
        words=read_names(place, "words"), unless=read_names(place, "unless"), is_verified=read_yes(basis.at("verified")),
        note=read_text(basis, "note_zh", "note_en") if basis.has("note_zh") else NO_NOTE)
