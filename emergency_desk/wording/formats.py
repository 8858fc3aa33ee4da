"""How moments, durations and numbers are written. Moments come in as UTC and leave in local time, here and nowhere else.

China keeps one time, UTC+8 without summer time since 1992, so the offset is fixed and needs no time zone database.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from emergency_desk.wording.catalog import _, ngettext

LOCAL = timezone(timedelta(hours=8), "UTC+8")
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def local(moment: datetime) -> datetime:
    """Return a moment in local time; a moment without a zone is our mistake and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment!r}")
    return moment.astimezone(LOCAL)


def clock_time(moment: datetime, *, seconds: bool = False) -> str:
    """Return "08:12", or "08:12:05"."""
    return local(moment).strftime("%H:%M:%S" if seconds else "%H:%M")


def calendar_day(day: date) -> str:
    """Return "2026-11-24", which nobody reads the wrong way round in either language."""
    return day.isoformat()


def date_time(moment: datetime, *, seconds: bool = False) -> str:
    """Return "2026-11-24 08:12"."""
    return f"{local(moment).date().isoformat()} {clock_time(moment, seconds=seconds)}"


def written_date(day: date) -> str:
    """Return the date as a letter writes it: "24 November 2026", "2026年11月24日"."""
    return _("{day} {month} {year}").format(day=day.day, month=_month(day.month), year=day.year)


def written_month(day: date) -> str:
    """Return the month of a day as a letter writes it: "November 2026", "2026年11月"."""
    return _("{month} {year}").format(month=_month(day.month), year=day.year)


def written_date_time(moment: datetime) -> str:
    """Return moment as a letter writes it: "24 November 2026, 08:12", "2026年11月24日08:12"."""
    return _("{date}, {time}").format(date=written_date(local(moment).date()), time=clock_time(moment))


def when(moment: datetime, *, now: datetime) -> str:
    """Return the shortest unmistakable form: "08:12" today, "11-23 08:12" this year, else with the year."""
    there, here = local(moment), local(now)
    if there.date() == here.date():
        return there.strftime("%H:%M")
    return there.strftime("%m-%d %H:%M" if there.year == here.year else "%Y-%m-%d %H:%M")


def ago(moment: datetime, *, now: datetime) -> str:
    """Return "just now", "6 min ago", "3 h ago", "2 days ago"; a moment ahead of now is "in 6 min"."""
    passed = now - moment
    if passed <= -_MINUTE:
        return _("in {span}").format(span=span(-passed))
    if passed < _MINUTE:
        return _("just now")
    return _("{span} ago").format(span=span(passed))


def age(moment: datetime, *, now: datetime) -> str:
    """Return a moment with its age: "08:12, 6 min ago"."""
    return _("{time}, {ago}").format(time=when(moment, now=now), ago=ago(moment, now=now))


def span(length: timedelta) -> str:
    """Return a length of time in its largest fitting unit, rounded down: "6 min", "3 h 20 min", "2 days"."""
    length = abs(length)
    if length < _HOUR:
        return _("{minutes} min").format(minutes=length // _MINUTE)
    if length < _DAY:
        hours, minutes = divmod(length // _MINUTE, 60)
        if minutes:
            return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
        return _("{hours} h").format(hours=hours)
    days = length // _DAY
    return ngettext("{days} day", "{days} days", days).format(days=days)


def span_in_full(length: timedelta) -> str:
    """Return a length of time for a paper, beyond a day to the hour: "2 days 23 h"."""
    days, rest = divmod(abs(length), _DAY)
    hours = rest // _HOUR
    if not days or not hours:
        return span(length)
    return ngettext("{days} day {hours} h", "{days} days {hours} h", days).format(days=days, hours=hours)


def minutes_told(length: timedelta) -> str:
    """Return a length of time as it was measured, to half a minute below an hour: "2.5 min", "9 min", "1 h 4 min"."""
    halves = round(abs(length) / (_MINUTE / 2))
    if length >= _HOUR or halves % 2 == 0:
        return span(_MINUTE * (halves // 2)) if length < _HOUR else span(length)
    return _("{minutes} min").format(minutes=f"{halves / 2:.1f}")


def is_late(due: datetime, *, now: datetime) -> bool:
    """Tell whether a due moment has passed."""
    return now > due


def time_left(due: datetime, *, now: datetime) -> str:
    """Return what is left until a due moment ("6 min"), or by how much it is missed ("2 min late")."""
    left = due - now
    if left < timedelta(0):
        return _("{span} late").format(span=span(left)) if -left >= _MINUTE else _("just late")
    return span(left) if left >= _MINUTE else _("under 1 min")


def due(moment: datetime, *, now: datetime) -> str:
    """Return a due moment with what is left: "20:36, 6 min"."""
    return _("{time}, {left}").format(time=when(moment, now=now), left=time_left(moment, now=now))


def at_once(since: datetime, *, now: datetime) -> str:
    """Return how a report stands that the law wants at once: it names no minutes, so none are counted down."""
    return _("at once, since {time}").format(time=when(since, now=now))


def duration(length: timedelta) -> str:
    """Return hours and minutes as a stop-watch shows them: "0:22", "1:03", "26:10"; days from four on, where nobody counts hours."""
    if length >= 4 * _DAY:
        return span(length)
    hours, minutes = divmod(max(length, timedelta(0)) // _MINUTE, 60)
    return f"{hours}:{minutes:02d}"


def stop_watch(length: timedelta) -> str:
    """Return minutes and seconds that run, minutes as a script counts them: "3:12", "61:05"; hours from four on, days from one on."""
    if length >= _DAY:
        return span_in_full(length)
    minutes, seconds = divmod(int(max(length, timedelta(0)).total_seconds()), 60)
    if length < 4 * _HOUR:
        return f"{minutes}:{seconds:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def after_start(minutes: int) -> str:
    """Return minutes after the start of a response as the plans write them: "T+12"."""
    return f"T+{minutes}"


def number(value: float, *, decimals: int = 0) -> str:
    """Return a number with groups of three: "1,234"; both languages write it so in tables."""
    return f"{value:,.{decimals}f}"


def signed(value: int) -> str:
    """Return a difference with its sign: +3, −2, 0."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


def people(count: int) -> str:
    """Return "1 person", "512 people"."""
    return ngettext("{count} person", "{count} people", count).format(count=number(count))


def distance(kilometres: float) -> str:
    """Return "3.4 km", "38 km", "320 m"."""
    if kilometres < 0.95:
        return _("{metres} m").format(metres=number(round(kilometres * 1000, -1)))
    return _("{kilometres} km").format(kilometres=number(kilometres, decimals=1 if kilometres < 10 else 0))


def about_minutes(minutes: float) -> str:
    """Return an estimated travel time, marked as an estimate: "≈9 min"."""
    whole = round(minutes)
    return _("≈{minutes} min").format(minutes=whole) if 0 < whole < 60 else _("≈{span}").format(span=span(timedelta(minutes=whole)))


def _month(month: int) -> str:
    # Whole names, so that the catalogue can give a month its own word or a number.
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )[month - 1]  # fmt: skip
