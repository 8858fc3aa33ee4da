"""The sentences of an allocation, for the page and the command line alike: why something stays unmet, what comes next, what comes later."""

from __future__ import annotations

from emergency_desk.domain.allocation import LaterOption, NextDepot, UnmetReason, WhyUnmet
from emergency_desk.domain.allocation_board import AllocationBoard
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.domain.texts import Text
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.labels import label


def item_name(item: SupplyItem) -> str:
    """Return the name of an item in the language of the desk."""
    return _named((item.name, item.name_en))


def depot_name(board: AllocationBoard, site_id: Id) -> str:
    """Return the name of a depot in the language of the desk."""
    return _named(board.sites[site_id])


def counted(count: int, item: SupplyItem) -> str:
    """Return how many of an item, in its unit."""
    return in_units(count, item.unit)


def _named(names: tuple[str, str]) -> str:
    return Text(*names).in_language(current_language())


def reason_words(board: AllocationBoard, reason: UnmetReason, item: SupplyItem) -> str:
    """Tell why so much of a need stays unmet."""
    depot = _named(board.sites.get(reason.site_id or Id(""), ("", "")))
    count = counted(reason.quantity, item)
    if reason.why is WhyUnmet.OUT_OF_REACH and reason.minutes is not None:
        return _("{count} too far away: the nearest at {depot}, {time}").format(
            count=count, depot=depot, time=formats.about_minutes(reason.minutes))
    if reason.why is WhyUnmet.EXPIRES_BEFORE and reason.expires_on is not None:
        return _("{count} expire before they are wanted, the last at {depot} on {day}").format(
            count=count, depot=depot, day=formats.calendar_day(reason.expires_on))
    if reason.why is WhyUnmet.RESERVED:
        return _("{count} kept back for {claim}").format(count=count, claim=board.numbers.get(reason.claim) or _("no incident"))
    if reason.why is WhyUnmet.OFFICER:
        return _("{count} stay where you said, the most at {depot}").format(count=count, depot=depot)
    if reason.why is WhyUnmet.ALL_SENT:
        return _("{count} are sent to it, and no more is to be had in reach.").format(count=count)
    if reason.why is WhyUnmet.NOT_KEPT:
        return _("No depot has any of it.")
    return _("{count} {why}").format(count=count, why=label(reason.why))


def next_words(board: AllocationBoard, further: NextDepot, item: SupplyItem) -> str:
    """Tell what the next depot would cost."""
    depot = depot_name(board, further.site_id)
    time = formats.about_minutes(further.minutes) if further.is_way_known else _("way unknown")
    if further.minutes > board.question.rules.reach_minutes:
        return _("Next depot, beyond the reach: {depot}, {count}, there in {time}").format(
            depot=depot, count=counted(further.quantity, item), time=time)
    return ngettext("Next depot: {depot}, {count}, there in {time}, {later} minute later",
                    "Next depot: {depot}, {count}, there in {time}, {later} minutes later", further.later_minutes).format(
        depot=depot, count=counted(further.quantity, item), time=time, later=further.later_minutes)


def later_words(board: AllocationBoard, option: LaterOption, item: SupplyItem) -> str:
    """Tell what could be had later, and is not counted."""
    partner = (board.partners or {}).get(option.promise_id, "")
    return _("Not counted: {partner}, {kind}, {count} by +{hours} h").format(
        partner=partner, kind=label(option.kind), count=counted(option.quantity, item), hours=option.hours)
