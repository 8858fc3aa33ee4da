"""Stock-taking (盘点): what was counted against what the books say of the same moment, and what is booked when they differ.

A line is one lot at one place. Counting goes on while goods move, so a count is held against the books as they were at its moment: what stands
there now, less what came and plus what went since. A document that is taken back counts as if it had never been; a correction of the books is
no movement of goods. A difference is confirmed by another person, approved by a third who counted nothing, and then booked.
Sources: domain §5.3 (账、卡、物三相符; 盘盈、盘亏 need approval), 国粮应急规〔2023〕24号 (数量真实、质量合格、账实相符).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import Holding, StockAccount
from emergency_desk.domain.stock_errors import CountNotApprovable, CountTooLarge
from emergency_desk.domain.supplies import check_count

MOST_LINES = 5_000  # of one count: more are counted zone by zone


class CountState(StrEnum):
    """Where a count stands."""

    OPEN = "count_open"
    POSTED = "count_posted"
    ABANDONED = "count_abandoned"


class LineStand(StrEnum):
    """Where one line of a count stands."""

    TO_COUNT = "line_to_count"
    COUNT_AGAIN = "line_count_again"  # it differs, and nobody else has counted the same
    DIFFERS = "line_differs"  # confirmed, or too small to be counted again
    AGREES = "line_agrees"
    GONE = "line_gone"  # not counted, and by now nothing stands there

    @property
    def is_settled(self) -> bool:
        """Say whether nobody has to count it any more."""
        return self not in (LineStand.TO_COUNT, LineStand.COUNT_AGAIN)


@dataclass(frozen=True, slots=True)
class StockCount:
    """One stock-taking of a depot: whole, or some zones and items of it. `second_beyond` as the desk had it set when the count was opened."""

    id: Id
    number: str
    site_id: Id
    opened_at: datetime
    opened_by: Id
    opened_seq: int  # the last movement before it
    zones: tuple[str, ...] = ()
    item_ids: tuple[Id, ...] = ()
    is_blind: bool = False
    second_beyond: int | None = 0  # a difference beyond so many units is counted again by another person; None: never
    state: CountState = CountState.OPEN
    closed_at: datetime | None = None
    closed_by: Id | None = None
    closed_seq: int | None = None  # the last movement before the differences were booked: what the count found is read as of then
    reason: str = ""
    document: str = ""
    is_demo: bool = False
    version: int = 0

    @property
    def is_whole(self) -> bool:
        """Say whether the whole depot is counted; only then it is no longer overdue."""
        return not self.zones and not self.item_ids


@dataclass(frozen=True, slots=True)
class CountLine:
    """One lot at one place, as the books had it when the count was opened; `is_found`: it stood there and not in the books."""

    id: Id
    count_id: Id
    number: int
    lot_id: Id
    place_id: Id
    item_id: Id
    booked: int
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Somebody counted a line. Appended; the latest one stands. `after_seq`: the last movement in the books when it was entered."""

    id: Id
    count_id: Id
    line_id: Id
    quantity: int
    counted_at: datetime
    recorded_at: datetime
    after_seq: int
    account_id: Id
    counted_by: str
    note: str = ""


class Moved(NamedTuple):
    """What a movement since the opening changed of a lot at a place; a taking back stands at the moment of what it took back."""

    lot_id: Id
    place_id: Id
    change: int
    at: datetime
    seq: int


class TallyWeighed(NamedTuple):
    """A tally beside the books of its moment."""

    tally: Tally
    books: int

    @property
    def difference(self) -> int:
        """More (+) or less (-) than the books of that moment."""
        return self.tally.quantity - self.books


@dataclass(frozen=True, slots=True)
class LineWeighed:
    """A line with everything that was counted of it, the latest last. `on_hand`: what the books say now."""

    line: CountLine
    stand: LineStand
    on_hand: int
    tallies: tuple[TallyWeighed, ...] = ()

    @property
    def counted(self) -> int | None:
        """What was counted last, None while nobody has."""
        return self.tallies[-1].tally.quantity if self.tallies else None

    @property
    def books(self) -> int:
        """The books at the moment of the last tally, or now."""
        return self.tallies[-1].books if self.tallies else self.on_hand

    @property
    def difference(self) -> int:
        """What is to be booked of it."""
        return self.tallies[-1].difference if self.tallies else 0

    @property
    def counters(self) -> tuple[str, ...]:
        """Who counted it."""
        return tuple(dict.fromkeys(one.tally.counted_by for one in self.tallies))


# -- weighing ---------------------------------------------------------------------------------------------------------
def books_at(on_hand: int, moves: Iterable[Moved], *, counted_at: datetime, after_seq: int) -> int:
    """Return what the books say stood there at a moment, from what they say now and what moved since."""
    return on_hand - sum(one.change for one in moves if (one.at, one.seq) > (counted_at, after_seq))


def weigh(
    count: StockCount, lines: Sequence[CountLine], tallies: Iterable[Tally], *, on_hand: Mapping[tuple[Id, Id], int], moves: Iterable[Moved],
) -> list[LineWeighed]:
    """Return each line beside the books."""
    by_line: dict[Id, list[Tally]] = {}
    for tally in tallies:
        by_line.setdefault(tally.line_id, []).append(tally)
    moved: dict[tuple[Id, Id], list[Moved]] = {}
    for move in moves:
        moved.setdefault((move.lot_id, move.place_id), []).append(move)
    found = []
    for line in lines:
        where = (line.lot_id, line.place_id)
        now = on_hand.get(where, 0)
        weighed = tuple(TallyWeighed(one, books_at(now, moved.get(where, ()), counted_at=one.counted_at, after_seq=one.after_seq))
                        for one in by_line.get(line.id, ()))
        found.append(LineWeighed(line, _stand(weighed, now, count.second_beyond), now, weighed))
    return found


def _stand(weighed: Sequence[TallyWeighed], on_hand: int, second_beyond: int | None) -> LineStand:
    if not weighed:
        return LineStand.TO_COUNT if on_hand else LineStand.GONE
    last = weighed[-1]
    if not last.difference:
        return LineStand.AGREES
    if second_beyond is None or abs(last.difference) <= second_beyond:
        return LineStand.DIFFERS
    confirmed = any(one.difference == last.difference and same_name(one.tally.counted_by) != same_name(last.tally.counted_by)
                    for one in weighed[:-1])
    return LineStand.DIFFERS if confirmed else LineStand.COUNT_AGAIN


def same_name(name: str) -> str:
    """Return a name as it is compared with another: 张 三 and 张三 are one person."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


# -- checks -----------------------------------------------------------------------------------------------------------
def check_tally(tally: Tally) -> Tally:
    """Return the tally if it can be entered. Raises FieldMissing, FieldRefused."""
    if not tally.counted_by.strip():
        raise FieldMissing(name="counted_by")
    check_count("quantity", tally.quantity, least=0)
    return tally


def check_size(lines: int) -> None:
    """Refuse a count of too many lines. Raises CountTooLarge."""
    if lines > MOST_LINES:
        raise CountTooLarge(lines=lines, most=MOST_LINES)


def check_approvable(count: StockCount, weighed: Sequence[LineWeighed], *, approver_id: Id, approver: str) -> list[LineWeighed]:
    """Return the lines to be booked. Raises CountNotApprovable: lines left to count, or the approver counted some of it or keyed it in."""
    open_ = [one for one in weighed if not one.stand.is_settled]
    if open_:
        raise CountNotApprovable(number=count.number, reason="not_counted", left=len(open_), who="")
    differing = [one for one in weighed if one.difference]
    keyed = {one.tally.account_id for line in weighed for one in line.tallies}
    counted = {same_name(one.tally.counted_by) for line in weighed for one in line.tallies}
    if differing and (approver_id in keyed or same_name(approver) in counted):
        raise CountNotApprovable(number=count.number, reason="counted_it", left=0, who=approver)
    return differing


def shortage_parts(holding: Holding, missing: int) -> list[tuple[StockAccount, int]]:
    """Return from which accounts a shortage is taken: what is free first, then what is in quarantine; fewer when the rest is kept back."""
    parts = []
    for account, there in ((StockAccount.FREE, holding.free), (StockAccount.QUARANTINED, holding.quarantined)):
        part = min(missing, there)
        if part:
            parts.append((account, part))
            missing -= part
    return parts
