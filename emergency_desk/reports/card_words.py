"""The words that stand on a response card beside its own: the names of its parts, minutes, whose it is, its foot."""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.plan_records import CardStep, ResponseCard
from emergency_desk.domain.plan_sheets import CardsSheet
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_said


def part_names() -> dict[str, str]:
    """Return what the parts of a card are called."""
    return {"trigger": pgettext("card", "Trigger"), "report": pgettext("card", "Report to"), "never": _("Never"),
            "resources": pgettext("card", "Resources"), "withdraw": _("Withdraw when")}


def minutes_said(step: CardStep) -> str:
    """Return within which time a step is done."""
    if step.due_minutes >= 120 and step.due_minutes % 60 == 0:
        return _("≤ {hours} h").format(hours=step.due_minutes // 60)
    return _("≤ {minutes} min").format(minutes=step.due_minutes)


def whose(card: ResponseCard) -> str:
    """Return of which tier a card is, and from which level upward."""
    return _("{tier}, from level {level}").format(tier=label(card.tier), level=level_said(card.from_level))


def foot(card: ResponseCard, sheet: CardsSheet) -> str:
    """Return version, clause, and who issued the plan when; what is not known is left to be filled in."""
    return "  ·  ".join(_foot(card, sheet))


def _foot(card: ResponseCard, sheet: CardsSheet) -> Iterator[str]:
    standing = sheet.standing
    yield _("v{version}").format(version=sheet.plan.version)
    yield _("cl. {clause}").format(clause=card.clause)
    yield _("issued {day} by {name}").format(day=calendar_day(standing.issued_on) if standing.issued_on else "____________",
                                             name=standing.issued_by or "____________")


def counted(place: int, count: int) -> str:
    """Return which card of how many it is."""
    return _("Card {number} of {count}").format(number=place + 1, count=count)
