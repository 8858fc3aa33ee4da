"""The objects of the drill programme besides plans: entered, changed, put away; when each was drilled, and by which drill.

Source: 青岛市突发事件应对条例 Art. 12; 生产安全事故应急条例 Art. 8; 生产安全事故应急预案管理办法 Art. 32, 33; domain §3.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from emergency_desk.domain import drill_programme
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_life import OVER
from emergency_desk.domain.drill_objects import DrillLink, DrillObject, ObjectDrilled, ObjectLine, check_object, programme_of_objects
from emergency_desk.domain.drill_programme import ProgrammeEntry
from emergency_desk.domain.errors import FieldUnreadable, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.services import drill_lists
from emergency_desk.services.desk import Desk, Done
from emergency_desk.store.unit_of_work import UnitOfWork


def keep_object(desk: Desk, *, one: DrillObject) -> Done[DrillObject]:
    """Enter an object (empty id) or change one. Raises FieldMissing, NotFound, Stale."""
    desk.may(Act.PLAN_DRILL)
    at = desk.now()
    one = check_object(replace(one, name=one.name.strip(), contact=one.contact.strip(), note=one.note.strip(),
                               area_code=_code_of(desk, one.area_id) or one.area_code))
    with desk.open_work() as work:
        if one.id:
            kept = work.drill_objects.put(replace(one, entered_on=work.drill_objects.get(one.id).entered_on))
        else:
            kept = work.drill_objects.add(replace(one, id=desk.new_id(), entered_on=local_day(at)))
        return Done(kept, work.commit("keep_drill_object", object=kept.name))


def set_object_retired(desk: Desk, *, object_id: Id, is_retired: bool) -> Done[DrillObject]:
    """Put an object away, or bring it back. Raises NotFound."""
    desk.may(Act.PLAN_DRILL)
    with desk.open_work() as work:
        kept = work.drill_objects.put(replace(work.drill_objects.get(object_id), is_retired=is_retired))
        return Done(kept, work.commit("retire_drill_object" if is_retired else "bring_back_drill_object", object=kept.name))


def note_object_drilled(desk: Desk, *, object_id: Id, on_date: date, note: str = "") -> Done[ObjectDrilled]:
    """Write down a drill an object held by itself and reported. Raises NotFound, FieldUnreadable for a day to come."""
    desk.may(Act.PLAN_DRILL)
    at = desk.now()
    if on_date > local_day(at):
        raise FieldUnreadable(name="on_date", typed=on_date.isoformat(), expected=f"… {local_day(at).isoformat()}")
    with desk.open_work() as work:
        one = work.drill_objects.get(object_id)
        made = work.object_drills.add(ObjectDrilled(id=desk.new_id(), object_id=one.id, on_date=on_date, recorded_at=at, account_id=desk.who,
                                                    note=note.strip()))
        return Done(made, work.commit("note_object_drilled", object=one.name, on_date=on_date.isoformat()))


def link_objects(desk: Desk, *, drill_id: Id, object_ids: Iterable[Id]) -> Done[tuple[Id, ...]]:
    """Say which objects a drill rehearses; those that were named before and are not any more leave it. Raises NotFound, DrillStateWrong."""
    desk.may(Act.PLAN_DRILL)
    wanted = tuple(dict.fromkeys(object_ids))
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        there = {link.object_id: link for link in work.drill_links.where("WHERE drill_id = ?", (drill_id,))}
        for object_id in wanted:
            work.drill_objects.get(object_id)
            _link(desk, work, drill_id, object_id, there)
        for link in there.values():
            if link.object_id not in wanted and not link.is_dropped:
                work.drill_links.put(replace(link, is_dropped=True))
        return Done(wanted, work.commit("link_drill_objects", drill=drill.number, count=len(wanted)))


def programme(desk: Desk) -> tuple[ObjectLine, ...]:
    """Return which object is to be drilled by when, the earliest first, each with the drill that is planned for it."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        objects = reading.drill_objects.where("WHERE is_retired = 0")
        drilled = reading.object_drills.where("ORDER BY seq")
        links = reading.drill_links.where("WHERE is_dropped = 0")
        drills = {drill.id: drill for drill in reading.drills.get_many({link.drill_id for link in links})}
    ahead = {link.object_id: drills[link.drill_id] for link in links if drills[link.drill_id].state not in OVER}
    return programme_of_objects(objects, drilled, ahead, desk.trade.drill_terms, area_code=desk.area.code or desk.facts.code)


def entries(desk: Desk) -> tuple[ProgrammeEntry, ...]:
    """Return the whole programme: plans and objects in one list, the earliest due first."""
    return drill_programme.entries(drill_lists.programme(desk), programme(desk))


def objects_of(desk: Desk, *, drill_id: Id) -> tuple[DrillObject, ...]:
    """Return the objects a drill rehearses, by name."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        links = reading.drill_links.where("WHERE drill_id = ? AND is_dropped = 0", (drill_id,))
        return tuple(sorted(reading.drill_objects.get_many({link.object_id for link in links}), key=lambda one: (one.name, one.id)))


def find_object(desk: Desk, *, name: str) -> DrillObject:
    """Return an object by its name. Raises NotFound."""
    for line in programme(desk):
        if line.object.name == name.strip():
            return line.object
    raise NotFound(kind="drill_objects", key=name)


def _link(desk: Desk, work: UnitOfWork, drill_id: Id, object_id: Id, there: dict[Id, DrillLink]) -> None:
    if object_id not in there:
        work.drill_links.add(DrillLink(id=desk.new_id(), drill_id=drill_id, object_id=object_id))
    elif there[object_id].is_dropped:
        work.drill_links.put(replace(there[object_id], is_dropped=False))


def _code_of(desk: Desk, area_id: Id | None) -> str:
    area = desk.tree.by_id.get(area_id) if area_id is not None else None
    return area.code or "" if area is not None else ""
