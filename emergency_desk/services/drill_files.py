"""The files of a drill: kept with the inject they go out with, read back, put away. The record is sealed and names the digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from emergency_desk.domain import drill_files, drill_life
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_files import DrillFile, KeptFile, ReadFile
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk, Done


def add_file(desk: Desk, *, inject_id: Id, read: ReadFile) -> Done[DrillFile]:
    """Keep a file that goes out with an inject. Raises FieldRefused, NotFound, DrillStateWrong once the drill has begun."""
    desk.may(Act.PLAN_DRILL)
    at = desk.now()
    with desk.open_work() as work:
        inject = work.injects.get(inject_id)
        drill = work.drills.get(inject.drill_id)
        drill_life.require_drafted(drill)
        there = work.drill_files.count("WHERE inject_id = ? AND is_retired = 0", (inject_id,))
        drill_files.check_file(read, there=there)
        kept = work.drill_files.add(DrillFile(
            id=desk.new_id(), drill_id=drill.id, name=read.name, digest=read.digest, size=len(read.content), added_at=at, added_by=desk.who,
            inject_id=inject.id, width=read.width, height=read.height))
        work.drill_contents.add(kept.id, read.content)
        return Done(kept, work.commit("add_drill_file", drill=drill.number, inject=inject.number))


def set_file_retired(desk: Desk, *, file_id: Id, is_retired: bool) -> Done[DrillFile]:
    """Take a file off its inject, or put it back. Raises NotFound, DrillStateWrong."""
    desk.may(Act.PLAN_DRILL)
    with desk.open_work() as work:
        file = work.drill_files.get(file_id)
        drill = work.drills.get(file.drill_id)
        drill_life.require_drafted(drill)
        kept = work.drill_files.put(replace(file, is_retired=is_retired))
        return Done(kept, work.commit("retire_drill_file" if is_retired else "bring_back_drill_file", drill=drill.number))


def files_of(desk: Desk, *, drill_id: Id) -> Mapping[Id, tuple[KeptFile, ...]]:
    """Return the files of a drill by their inject, with what they hold; what was deleted outside is marked."""
    desk.may(Act.READ)
    found: dict[Id, list[KeptFile]] = {}
    with desk.reading() as reading:
        for file in reading.drill_files.where("WHERE drill_id = ? AND is_retired = 0 ORDER BY added_at, id", (drill_id,)):
            if file.inject_id is not None:
                found.setdefault(file.inject_id, []).append(drill_files.kept_file(file, reading.drill_contents.content(file.id)))
    return {inject_id: tuple(files) for inject_id, files in found.items()}
