"""The command `allocate`: what is sent from where, by the quick answer and the best, how far they are apart, what stays unmet and why."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.typed_areas import area_of
from emergency_desk.domain.allocation import Allocation
from emergency_desk.domain.allocation_board import AllocationBoard, WantedGoods
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.errands.allocating import best_answer
from emergency_desk.services import papers, stock_allocation, stock_papers, supplies
from emergency_desk.services.desk import Desk
from emergency_desk.wording import allocation_lines as words
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext


def show_allocation(asked: argparse.Namespace, *, open_desk: Callable[[], Desk]) -> int:
    """Print both answers to what is asked for, or to the list as the officers left it."""
    desk = open_desk()
    try:
        wanted, fixed, reach = _asked(desk, asked)
        board = stock_allocation.read_board(desk, wanted=wanted, fixed=fixed, reach_minutes=reach)
    finally:
        desk.store.close()
    best = best_answer(board.question, board.quick)
    if asked.json:
        print_json({"needs": [_need_record(board, one) for one in board.wanted], "quick": _record(board, board.quick, best),
                    "best": _record(board, best, best)})
    elif not board.wanted:
        print(_("Nothing is needed. Name goods with --need ITEM=COUNT, or an incident whose plan asks for some with --incident."))
    else:
        for title, answer in ((_("Quick answer"), board.quick), (_("Best answer"), best)):
            print(f"{title}: {_worth_words(answer, best)}")
            for told in (*_sent(board, answer), *_why(board, answer)):
                print(f"  {told}")
        for option in board.later:
            item = board.items[board.wanted_of(option.need_id).item_id]
            print(f"{words.item_name(item)}: {words.later_words(board, option, item)}")
    return DONE


def _asked(desk: Desk, asked: argparse.Namespace) -> tuple[tuple[WantedGoods, ...], tuple[stock_allocation.FixedLine, ...], int | None]:
    """Return what is wanted: what was typed, what an incident's plan asks for, else the list as it was left."""
    incident_id = papers.find_incident(desk, number=asked.incident).id if asked.incident else None
    if asked.need:
        area_id = None if incident_id else area_of(desk, asked.area) if asked.area else desk.area_id
        return tuple(_wanted(desk, typed, number, asked, incident_id, area_id) for number, typed in enumerate(asked.need)), (), asked.reach
    if incident_id is not None:
        return stock_allocation.wanted_by_plan(desk, incident_id=incident_id).wanted, (), asked.reach
    newest = stock_allocation.newest_list(desk)
    return (newest.wanted, newest.fixed, asked.reach or newest.reach_minutes) if newest else ((), (), asked.reach)


def _wanted(
    desk: Desk, typed: str, number: int, asked: argparse.Namespace, incident_id: Id | None, area_id: Id | None,
) -> WantedGoods:
    name, equals, amount = typed.rpartition("=")
    digits = amount.strip().rstrip("".join(sign for sign in amount if not sign.isdigit()))
    if not equals or not digits.isdigit():
        raise FieldUnreadable(name="quantity", typed=typed, expected=_("an item and how many, such as 毛毯=300 or 1110202=3箱"))
    item = _item(desk, name.strip())
    quantity = item.in_units(int(digits), amount.strip()[len(digits):].strip())
    return WantedGoods(key=f"typed:{number + 1}", item_id=item.id, quantity=quantity, incident_id=incident_id, area_id=area_id,
                       priority=asked.priority, within_minutes=asked.within)


def _item(desk: Desk, name: str) -> SupplyItem:
    if not name:
        raise FieldMissing(name="item_id")
    id_ = stock_papers.find_item(desk, code=name)
    return next(one for one in supplies.list_items(desk) if one.id == id_)


# -- in words ---------------------------------------------------------------------------------------------------------
def _worth_words(answer: Allocation, best: Allocation) -> str:
    """Return how good an answer is, and how far it may be from the best."""
    missing, trips = sum(answer.worth.unmet), answer.worth.trips
    told = [_("{count} not met").format(count=formats.number(missing)) if missing else _("all of it is met"),
            ngettext("{count} lorry", "{count} lorries", trips).format(count=formats.number(trips))]
    gap = _gap(answer, best)
    if gap == 0:
        told.append(_("the best there is, proved"))
    elif gap is not None:
        told.append(_("may be better by {count} weighted minutes").format(count=formats.number(gap)))
    elif best.bound is not None:
        told.append(_("{count} more could be met").format(count=formats.number(missing - sum(best.bound[0]))))
    return _("; ").join(told)


def _gap(answer: Allocation, best: Allocation) -> int | None:
    """Return how many weighted minutes there may be to win, by what is proved of the best; None where more could be met."""
    if best.bound is None or answer.worth.unmet != best.bound[0]:
        return None
    return answer.worth.minutes - best.bound[1]


def _sent(board: AllocationBoard, answer: Allocation) -> Iterator[str]:
    for each in answer.lines:
        if each.quantity:
            item = board.items[board.wanted_of(each.need_id).item_id]
            minutes = formats.about_minutes(each.minutes) if each.is_way_known else _("way unknown")
            yield _("{depot}: {item} {count}, there in {time}").format(
                depot=words.depot_name(board, each.site_id), item=words.item_name(item), count=words.counted(each.quantity, item), time=minutes)


def _why(board: AllocationBoard, answer: Allocation) -> Iterator[str]:
    for short in answer.shortfalls:
        item = board.items[board.wanted_of(short.need_id).item_id]
        why = _("; ").join(words.reason_words(board, reason, item) for reason in short.reasons)
        yield _("Not met: {item} {count}. {why}").format(item=words.item_name(item), count=words.counted(short.quantity, item), why=why)
    for further in answer.next_depots:
        item = board.items[board.wanted_of(further.need_id).item_id]
        yield f"{words.item_name(item)}: {words.next_words(board, further, item)}"


# -- as a record ------------------------------------------------------------------------------------------------------
def _need_record(board: AllocationBoard, one: WantedGoods) -> dict[str, object]:
    item = board.items[one.item_id]
    return {"key": one.key, "item": item.code, "name": item.name, "unit": item.unit, "quantity": one.quantity, "priority": one.priority,
            "within_minutes": one.within_minutes, "incident": board.numbers.get(one.incident_id or ""), "area": one.area_id}


def _record(board: AllocationBoard, answer: Allocation, best: Allocation) -> dict[str, object]:
    return {
        "unmet": sum(answer.worth.unmet), "unmet_by_priority": list(answer.worth.unmet), "weighted_minutes": answer.worth.minutes,
        "lorries": answer.worth.trips, "gap": _gap(answer, best), "is_proved": _gap(answer, best) == 0,
        "sent": [{"need": each.need_id, "depot": board.sites[each.site_id][0], "quantity": each.quantity, "minutes": each.minutes,
                  "is_way_known": each.is_way_known, "is_fixed": each.is_fixed} for each in answer.lines],
        "not_met": [{"need": short.need_id, "quantity": short.quantity, "why": [
            {"why": reason.why.value, "quantity": reason.quantity} for reason in short.reasons]} for short in answer.shortfalls],
        "next": [{"need": each.need_id, "depot": board.sites[each.site_id][0], "quantity": each.quantity, "minutes": each.minutes,
                  "later_minutes": each.later_minutes} for each in answer.next_depots]}
