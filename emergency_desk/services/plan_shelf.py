"""What the desk asks of its shelf of plans between other work: index and wants caught up, plans opened ahead, everything derived made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_records import Plan
from emergency_desk.services.desk import Desk
from emergency_desk.services.stored_plans import BITE, StoredPlans, renewed


def catch_up(desk: Desk, *, most: int = BITE) -> int:
    """Index some of the plans that are not yet; return how many are still missing. Called between other work until nothing is left."""
    source = desk.trade.shelf.source
    return source.index_some(desk.trade.shelf, most) if isinstance(source, StoredPlans) else 0


def learn_wants(desk: Desk, *, most: int) -> int:
    """Read what some of the plans in force ask for, so that the first look at one needs not wait for all; return how many are left."""
    source = desk.trade.shelf.source
    return source.read_wants(desk.trade.shelf, most) if isinstance(source, StoredPlans) else 0


def text_ids(desk: Desk) -> list[Id]:
    """Return the ids of the texts of all versions, the oldest first."""
    with desk.reading() as reading:
        return reading.plan_text_ids()


def text_and_records(desk: Desk, *, text_id: Id) -> tuple[PlanText, Plan | None]:
    """Return a text and the records that were derived from it, None where there are none. Raises NotFound."""
    with desk.reading() as reading:
        return reading.plans.get(text_id), reading.plan_content(text_id)


def rebuild(desk: Desk, *, progress: Callable[[int, int, str], None]) -> int:
    """Make everything that is derived from plans anew; return how many versions there are. Changes no record of anything."""
    source = desk.trade.shelf.source
    made = source.rebuild(progress) if isinstance(source, StoredPlans) else 0
    desk.trade = replace(desk.trade, shelf=renewed(desk.trade.shelf))
    return made


def read_beside(desk: Desk) -> None:
    """Leave the texts of a commit that brings many to who asks for them with `unread`: reading one takes a tenth of a second."""
    source = desk.trade.shelf.source
    if isinstance(source, StoredPlans):
        source.is_read_beside = True


def unread(desk: Desk, *, after: str, most: int) -> list[PlanText]:
    """Return the next texts that stand on no shelf yet, after the one of an id."""
    source = desk.trade.shelf.source
    return source.unread(after, most) if isinstance(source, StoredPlans) else []


def put_up(desk: Desk, *, read: Iterable[tuple[PlanText, Plan]]) -> None:
    """Put plans on the shelf that were read elsewhere. Changes no record of anything."""
    source = desk.trade.shelf.source
    if isinstance(source, StoredPlans):
        source.put_up(read)
        desk.trade = replace(desk.trade, shelf=renewed(desk.trade.shelf))


def likely(desk: Desk, *, most: int) -> list[tuple[str, str]]:
    """Return (code, version) of the plans in force that a call at this desk may want, the own tier's and area's first."""
    area = desk.area
    here = [back for back in desk.trade.shelf.in_force if back.hazard_types and (not back.area_code or area.code.startswith(back.area_code))
            and back.acts_at(desk.tier)]
    here.sort(key=lambda back: (abs(back.tier.rank - desk.tier.rank), -len(back.area_code), back.code))
    return [(back.code, back.version) for back in here[:most]]


def open_ahead(desk: Desk, *, names: Iterable[tuple[str, str]]) -> None:
    """Open plans before they are wanted, so that the first call of the night finds them open. A plan that is gone is passed over."""
    for code, version in names:
        if desk.trade.shelf.has(code, version):
            desk.trade.plan(code, version)
