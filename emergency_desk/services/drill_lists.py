"""Reading drills: the list, one drill whole, and the programme of what is to be drilled by when (R-0.3: the stricter wins)."""

from __future__ import annotations

from collections.abc import Iterable

from emergency_desk.domain import drill_life, drill_programme, drill_scoring
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_life import OVER, Lack
from emergency_desk.domain.drill_programme import ProgrammeLine
from emergency_desk.domain.drills import Drill, DrillPerson, DrillState, DrillStep, Inject
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_life import lives
from emergency_desk.domain.plan_parts import header_of
from emergency_desk.services import drill_twins
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps import drilling, suggesting

_MOST_EARLIER = 5


def list_drills(desk: Desk) -> list[Drill]:
    """Return every drill, those under way first, then the newest first."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        found = reading.drills.where("ORDER BY planned_at DESC, id DESC")
    return sorted(found, key=lambda drill: drill.state not in drill_life.UNDER_WAY)


def find_drill(desk: Desk, *, number: str = "") -> Drill:
    """Return a drill by its number or the end of it ("E2"), or the newest one. Raises NotFound."""
    serial = number.upper().removeprefix("E")
    for drill in list_drills(desk):
        if number in ("", drill.number) or (serial.isdigit() and drill.number.endswith(f"-E{int(serial):04d}")):
            return drill
    raise NotFound(kind="drills", key=number)


def drill_board(desk: Desk, *, drill_id: Id) -> DrillBoard:
    """Return one drill whole. Raises NotFound."""
    desk.may(Act.READ)
    rules = desk.trade.drills
    with desk.reading() as reading:
        drill = reading.drills.get(drill_id)
        about = (drill.id,)
        injects = tuple(reading.injects.where("WHERE drill_id = ? AND is_dropped = 0 ORDER BY at_minutes, number", about))
        people = tuple(reading.drill_people.where("WHERE drill_id = ? ORDER BY role, name, id", about))
        marks = tuple(reading.drill_marks.where("WHERE drill_id = ? ORDER BY seq", about))
        scores = tuple(reading.drill_scores.where("WHERE drill_id = ? ORDER BY item_id", about))
        files = tuple(reading.drill_files.where("WHERE drill_id = ? AND is_retired = 0 ORDER BY added_at, id", about))
        paces = tuple(reading.drill_paces.where("WHERE drill_id = ? ORDER BY seq", about))
        twin = drill_twins.standing(reading, drill, any_state=True)
        links = reading.drill_links.where("WHERE drill_id = ? AND is_dropped = 0", about)
        objects = tuple(sorted(one.name for one in reading.drill_objects.get_many({link.object_id for link in links})))
        found = [mark.about_id for mark in marks if mark.step is DrillStep.FOUND and mark.about_id is not None]
        findings = tuple(sorted(reading.findings.get_many(found), key=lambda one: one.number))
        in_plans = suggesting.laid_down(reading, findings)
        names = {account.id: account.display_name for account in reading.accounts.get_many({mark.account_id for mark in marks})}
    return DrillBoard(
        drill=drill, injects=injects, people=people, marks=marks, scores=scores, findings=findings, names=names,
        plan_title=drilling.plan_title(desk, drill.plan_code, drill.plan_version),
        in_plans=in_plans, files=files, objects=objects, paces=paces, twin=twin,
        is_twin_there=twin is not None and drill_twins.is_as_sealed(desk, twin),
        assessment=drill_scoring.assess(drill, scores, rules, marks=marks), times=drill_scoring.measure(drill, injects, marks, paces),
        lacking=_lacks(desk, drill, injects, people), possible=drill_life.possible(drill))


def _lacks(desk: Desk, drill: Drill, injects: Iterable[Inject], people: Iterable[DrillPerson]) -> tuple[Lack, ...]:
    """Return what is lacking, a plan that is in force first: without one nothing else helps."""
    plan = () if drilling.has_plan_in_force(desk, drill) else (Lack.PLAN,)
    return *plan, *drill_life.lacks(drill, injects, people, drill.checks)


def programme(desk: Desk) -> tuple[ProgrammeLine, ...]:
    """Return which plan is to be drilled by when, the earliest first, each with the drill that is planned for it."""
    coming = {drill.plan_code: drill for drill in list_drills(desk) if drill.state not in OVER}
    with desk.reading() as reading:
        moves = reading.plan_moves.where("ORDER BY seq")
    issued = {(back.code, back.version): back for back in desk.trade.shelf.issued}
    return drill_programme.programme([header_of(back) for back in desk.trade.shelf.in_force], lives(issued, moves), desk.trade.plan_life,
                                     area_code=desk.area.code or desk.facts.code, planned=coming)


def earlier(desk: Desk, drill: Drill) -> list[DrillBoard]:
    """Return the evaluated drills of the same plan before this one, the newest first: the same drill over the years."""
    if not drill.plan_code:
        return []
    with desk.reading() as reading:
        found = reading.drills.where("WHERE plan_code = ? AND state = ? ORDER BY planned_at DESC",
                                     (drill.plan_code, DrillState.EVALUATED.value))
    ids = [one.id for one in found if one.planned_at < drill.planned_at][:_MOST_EARLIER]
    return [drill_board(desk, drill_id=id_) for id_ in ids]
