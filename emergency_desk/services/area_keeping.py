"""Keeps the tree of areas: zones without a code, new names, aliases, other parents, mergers, ends. Each act appends to the area's history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Area, AreaChange, Tier, check_merge, check_place
from emergency_desk.domain.errors import AreaCodeTaken, AreaHasBelongings, AreaNotMoved, FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk, Done

if TYPE_CHECKING:
    from emergency_desk.store.unit_of_work import UnitOfWork

_TIERS = list(Tier)
_OPEN = "WHERE area_id = ? AND closed_at IS NULL"


def add_area(
    desk: Desk, *, name: str, parent_id: Id, tier: Tier | None = None, code: str = "", name_en: str = "", aliases: Sequence[str] = (),
) -> Done[Area]:
    """Add an area below another, with or without a code. Without a tier it takes that of the areas beside it, else the next.

    Raises FieldMissing, AreaCodeTaken, AreaNotMoved, RoleMissing.
    """
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        parent = work.areas.get(parent_id)
        below = tier or _tier_below(desk, parent)
        area = Area(id=desk.new_id(), name=_named(name), tier=below, parent_id=parent_id, code=_free_code(work, code), name_en=name_en.strip(),
                    aliases=_plain(aliases), latitude=parent.latitude, longitude=parent.longitude, is_demo=parent.is_demo)
        check_place(desk.tree, area, parent)
        kept = work.areas.add(area)
        _tell(desk, work, kept, "added", "", kept.name)
        return Done(kept, work.commit("add_area", name=kept.name, code=kept.code))


def rename_area(desk: Desk, *, area_id: Id, name: str, name_en: str | None = None, code: str | None = None) -> Done[Area]:
    """Give an area another name or code; the old name stays as an alias, so that it is still found. Raises as `add_area`."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        area = work.areas.get(area_id)
        new = replace(area, name=_named(name), name_en=area.name_en if name_en is None else name_en.strip(),
                      code=area.code if code is None or code.strip() == area.code else _free_code(work, code))
        if new.name != area.name:
            new = replace(new, aliases=_plain([*(one for one in area.aliases if one != new.name), area.name]))
        kept = work.areas.put(new)
        _tell(desk, work, kept, "renamed", _title(area), _title(kept))
        return Done(kept, work.commit("rename_area", before=area.name, after=kept.name))


def alias_area(desk: Desk, *, area_id: Id, aliases: Sequence[str]) -> Done[Area]:
    """Say by what other names an area is known, such as the name its government signs with. Raises NotFound, RoleMissing."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        area = work.areas.get(area_id)
        kept = work.areas.put(replace(area, aliases=_plain(aliases)))
        _tell(desk, work, kept, "aliased", "、".join(area.aliases), "、".join(kept.aliases))
        return Done(kept, work.commit("alias_area", area=kept.name, aliases=list(kept.aliases)))


def move_area(desk: Desk, *, area_id: Id, parent_id: Id) -> Done[Area]:
    """Lay an area below another parent. Raises AreaNotMoved, NotFound, RoleMissing."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        area, parent = work.areas.get(area_id), work.areas.get(parent_id)
        check_place(desk.tree, area, parent)
        kept = _lay_below(desk, work, area, parent)
        return Done(kept, work.commit("move_area", area=area.name, to=parent.name))


def merge_areas(desk: Desk, *, area_id: Id, into_id: Id) -> Done[Area]:
    """Let an area go up in another of its tier: what lies in it and every open incident move along. Raises AreaNotMoved, RoleMissing."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        area, into = work.areas.get(area_id), work.areas.get(into_id)
        _not_own(desk, area, into)
        check_merge(desk.tree, area, into)
        for child in work.areas.where("WHERE parent_id = ?", (area_id,)):
            _lay_below(desk, work, child, into)
        for table, rest in _belongings(work):
            for record in table.where(rest, (area_id,)):
                table.put(replace(record, area_id=into_id))
        _add_targets(work, area_id, into_id)
        kept = work.areas.put(replace(area, is_retired=True, successor_id=into_id))
        _tell(desk, work, kept, "merged", area.name, into.name)
        _tell(desk, work, into, "merged", area.name, into.name)
        return Done(kept, work.commit("merge_areas", area=area.name, into=into.name))


def retire_area(desk: Desk, *, area_id: Id, successor_id: Id | None = None) -> Done[Area]:
    """End an area in which nothing lies any more; its successor is found in its place. Raises AreaHasBelongings, AreaNotMoved."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        area = work.areas.get(area_id)
        after = work.areas.get(successor_id) if successor_id else None
        _not_own(desk, area, after or area)
        if after is not None and (after.is_retired or desk.tree.is_within(after.id, area.id)):
            raise AreaNotMoved(area=area.name, target=after.name, reason="retired" if after.is_retired else "circle")
        _refuse_belongings(work, area)
        kept = work.areas.put(replace(area, is_retired=True, successor_id=successor_id))
        _tell(desk, work, kept, "retired", area.name, after.name if after else "")
        return Done(kept, work.commit("retire_area", area=area.name, successor=after.name if after else ""))


def history(desk: Desk, *, area_id: Id) -> list[AreaChange]:
    """Return what became of an area, the newest first."""
    with desk.reading() as reading:
        return list(reading.area_changes.where("WHERE area_id = ? ORDER BY changed_at DESC, id DESC", (area_id,)))


def _tier_below(desk: Desk, parent: Area) -> Tier:
    """Return the tier of most areas below a parent: in a city without districts a zone stands among the streets."""
    beside = Counter(area.tier for area in desk.tree.children(parent.id) if not area.is_retired)
    return beside.most_common(1)[0][0] if beside else _TIERS[min(parent.tier.rank + 1, len(_TIERS) - 1)]


def _lay_below(desk: Desk, work: UnitOfWork, area: Area, parent: Area) -> Area:
    before = desk.tree.by_id.get(area.parent_id) if area.parent_id else None
    kept = work.areas.put(replace(area, parent_id=parent.id))
    _tell(desk, work, kept, "moved", before.name if before else "", parent.name)
    return kept


def _tell(desk: Desk, work: UnitOfWork, area: Area, what: str, before: str, after: str) -> None:
    work.area_changes.add(AreaChange(id=desk.new_id(), area_id=area.id, changed_at=desk.now(), account_id=desk.who, what=what, before=before,
                                     after=after))


def _belongings(work: UnitOfWork) -> tuple[tuple[Any, str], ...]:
    """Return what lies in areas. An ended incident stays where it happened."""
    here = "WHERE area_id = ?"
    return ((work.teams, here), (work.sites, here), (work.units, here), (work.agreements, here), (work.accounts, here), (work.incidents, _OPEN),
            (work.supply_promises, here))


def _add_targets(work: UnitOfWork, area_id: Id, into_id: Id) -> None:
    """Bring what an area should have in stock to what another should have; where both say something of an item, the numbers add up."""
    for target in work.stock_targets.where("WHERE area_id = ? AND target > 0", (area_id,)):
        same = work.stock_targets.where("WHERE item_id = ? AND kind = ? AND area_id = ?", (target.item_id, target.kind.value, into_id))
        if not same:
            work.stock_targets.put(replace(target, area_id=into_id))
            continue
        most = None if target.most is None or same[0].most is None else target.most + same[0].most
        work.stock_targets.put(replace(same[0], minimum=same[0].minimum + target.minimum, target=same[0].target + target.target, most=most))
        work.stock_targets.put(replace(target, minimum=0, target=0, most=None))


def _refuse_belongings(work: UnitOfWork, area: Area) -> None:
    children = work.areas.count("WHERE parent_id = ? AND is_retired = 0", (area.id,))
    teams = work.teams.count("WHERE area_id = ? AND is_retired = 0", (area.id,))
    incidents = work.incidents.count(_OPEN, (area.id,))
    others = sum(table.count("WHERE area_id = ? AND is_retired = 0", (area.id,)) for table in (work.sites, work.units, work.accounts))
    others += work.agreements.count("WHERE area_id = ?", (area.id,)) + work.supply_promises.count("WHERE area_id = ?", (area.id,))
    others += work.stock_targets.count("WHERE area_id = ? AND target > 0", (area.id,))
    if children or teams or incidents or others:
        raise AreaHasBelongings(area=area.name, areas=children, teams=teams, incidents=incidents, others=others)


def _not_own(desk: Desk, area: Area, target: Area) -> None:
    """Refuse to end the area that the desk itself sits in, or one above it."""
    if desk.facts.area_id and desk.tree.is_within(desk.facts.area_id, area.id):
        raise AreaNotMoved(area=area.name, target=target.name, reason="own")


def _free_code(work: UnitOfWork, code: str) -> str:
    plain = code.strip()
    if plain:
        for other in work.areas.where("WHERE code = ?", (plain,)):
            raise AreaCodeTaken(code=plain, area=other.name)
    return plain


def _named(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise FieldMissing(name="name")
    return plain


def _plain(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))


def _title(area: Area) -> str:
    return f"{area.name} {area.code}".strip()
