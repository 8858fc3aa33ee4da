"""What teams bring along: the key equipment of the teams that a level would send, on the spot when they are (携行装备, domain §4.2, R-4.5).

A team keeps its equipment itself; what a depot issues or holds stands in the ledger and never here, so nothing is counted twice. Of each team
that fills a place of the level its equipment counts once, in the plan's own unit, by the code of the catalogue or else by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from emergency_desk.domain.arrivals import NEVER, Key
from emergency_desk.domain.ids import Id
from emergency_desk.domain.matching import Places
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.plan_stock import Carrier, Goods, Held, Lying, goods_of
from emergency_desk.domain.plan_wants import GoodsBy
from emergency_desk.domain.teams import Equipment, Team

Candidate = tuple[Key, tuple[str, ...]]  # when and who, and what they can do of what is wanted


@dataclass(frozen=True, slots=True)
class Sent:
    """One team that a level sends: for what, the minutes after which it is there (None: its way is not known), and what it brings, by item."""

    team: Team
    work: str
    arrives: int | None
    brings: Mapping[str, int]


class Keeping:
    """What teams keep of the things that a plan asks for. Asked again, it answers from memory."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._by_name: dict[str, list[Item]] = {}
        self._known: dict[Id, Mapping[str, int]] = {}
        for item in items:
            for name in {item.code, item.name.zh, item.name.en} - {""}:
                self._by_name.setdefault(name, []).append(item)

    def of(self, team: Team) -> Mapping[str, int]:
        """Return how many of each item a team keeps, by the item's id."""
        if team.id not in self._known:
            kept = Counter[str]()
            for thing in team.equipment:
                for item in {one.id: one for name in (thing.code, thing.name) for one in self._by_name.get(name, ())}.values():
                    kept[item.id] += thing.count if is_it(thing, item) else 0
            self._known[team.id] = +kept
        return self._known[team.id]


def is_it(thing: Equipment, item: Item) -> bool:
    """Say whether what a team keeps is what a plan asks for, counted alike."""
    same = thing.code == item.code if thing.code and item.code else thing.name in (item.name.zh, item.name.en)
    return same and thing.unit in (item.unit.zh, item.unit.en)


def sent_for(needs: Mapping[str, int], candidates: Iterable[Candidate], teams: Sequence[Team], keeping: Keeping) -> tuple[Sent, ...]:
    """Return the teams that fill the needs, of candidates in the order in which they would be there."""
    places, minutes, full = Places(needs), dict[int, int](), set[str]()  # what is full once stays so
    for (arrives, _km, row), can in candidates:
        if not places.free:
            break
        if full.issuperset(can):
            continue
        if places.take(row, can):
            minutes[row] = arrives
        else:
            full.update(can)
    return tuple(Sent(teams[row], work, minutes[row] if minutes[row] != NEVER else None, keeping.of(teams[row]))
                 for row, work in places.served().items())


def with_carried(goods: Goods | None, item: Item, sent: Iterable[Sent]) -> Goods | None:
    """Return what there is of an item, with what the teams bring; None where neither shelf nor team knows it."""
    carried = [Lying(one.arrives, Held(Carrier(one.team.id, one.team.name), one.brings[item.id], one.brings[item.id]), one.team.id, 1)
               for one in sent if item.id in one.brings]
    return goods_of((*(goods.lying if goods is not None else ()), *carried)) if carried else goods


def when_wanted(one: GoodsBy, sent: Iterable[Sent]) -> GoodsBy:
    """Return by when goods are wanted on this ground: those an order sends along with teams, not before the last of these teams is there."""
    arrivals = [team.arrives for team in sent if team.work in one.goes_with and team.arrives is not None]
    if one.minutes is None or max(arrivals, default=0) <= one.minutes:
        return replace(one, goes_with=())
    return replace(one, minutes=max(arrivals))
