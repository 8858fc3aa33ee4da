"""The acts and figures of drills: planned, scripted, checked, run, counted, evaluated. The newest drill is meant unless one is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from emergency_desk.domain.drill_boards import DrillBoard, late_acts
from emergency_desk.domain.drill_life import possible
from emergency_desk.domain.drill_objects import DrillObject, ObjectKind, ObjectLine
from emergency_desk.domain.drill_programme import ProgrammeLine
from emergency_desk.domain.drill_scoring import InjectTimes, middle
from emergency_desk.domain.drills import (
    Drill,
    DrillForm,
    DrillNotice,
    DrillPurpose,
    DrillRole,
    DrillScope,
    Inject,
    ReadyCheck,
    Verdict,
)
from emergency_desk.domain.errors import FieldUnreadable, NotFound, WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.walks import NO, YES, ActShape, Found, Step
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walk_stock_acts import COUNT, MOMENT, MUST, NUMBER, TEXT, TEXTS, choice
from emergency_desk.services import drill_evaluation, drill_lists, drill_objects, drills, plan_life
from emergency_desk.services.drills import AskedDrill, AskedInject


# -- what a step names -------------------------------------------------------------------------------------------------
def drill_named(stage: Stage, name: str = "") -> Drill:
    """Return the newest drill, or the one whose number ends so ("E2"). Raises WalkLacks."""
    try:
        return drill_lists.find_drill(stage.desk, number=name)
    except NotFound as error:
        raise WalkLacks(what="drill", name=name) from error


def _drill(stage: Stage, step: Step) -> Drill:
    return drill_named(stage, stage.text(step, "drill"))


def _inject(stage: Stage, step: Step) -> Inject:
    written = stage.text(step, "inject")
    for one in drill_lists.drill_board(stage.desk, drill_id=_drill(stage, step).id).injects:
        if str(one.number) == written:
            return one
    raise WalkLacks(what="inject", name=written)


def _number(stage: Stage, step: Step, key: str) -> int | None:
    return int(stage.text(step, key)) if key in step.arguments else None


# -- the design --------------------------------------------------------------------------------------------------------
def _plan(stage: Stage, step: Step) -> None:
    drills.plan_drill(stage.desk, asked=AskedDrill(
        title=stage.text(step, "title"), planned_at=step.moments.get("planned") or stage.clock.at,
        form=DrillForm(stage.text(step, "form") or DrillForm.TABLETOP), scope=DrillScope(stage.text(step, "scope") or DrillScope.FULL),
        purpose=DrillPurpose(stage.text(step, "purpose") or DrillPurpose.TEST),
        notice=DrillNotice(stage.text(step, "notice") or DrillNotice.ANNOUNCED), plan_code=stage.text(step, "plan"),
        place=stage.text(step, "place"), aims=stage.texts(step, "aims"), scenario=stage.text(step, "scenario"),
        stop_conditions=stage.texts(step, "stop_conditions"), expected_heads=_number(stage, step, "heads")))


def _plan_drilled(stage: Stage, step: Step) -> None:
    code = stage.text(step, "plan")
    back = next((one for one in stage.desk.trade.shelf.in_force if one.code == code), None)
    if back is None:
        raise WalkLacks(what="plan", name=code)
    written = stage.text(step, "on")
    try:
        on_date = date.fromisoformat(written)
    except ValueError as error:
        raise FieldUnreadable(name="on", typed=written, expected="2025-11-30") from error
    plan_life.drill(stage.desk, code=code, version=back.version, note=stage.text(step, "note"), on_date=on_date)


def _write_inject(stage: Stage, step: Step) -> None:
    drills.add_inject(stage.desk, drill_id=_drill(stage, step).id, asked=AskedInject(
        at_minutes=int(stage.text(step, "minutes")), to_whom=stage.text(step, "to"), text=stage.text(step, "text"),
        expected=stage.text(step, "expected"), limit_minutes=_number(stage, step, "limit")))


def _person(stage: Stage, step: Step) -> None:
    drills.add_person(stage.desk, drill_id=_drill(stage, step).id, name=stage.text(step, "name"), role=DrillRole(stage.text(step, "role")),
                      unit=stage.text(step, "unit"))


# -- the run -----------------------------------------------------------------------------------------------------------
def _check(stage: Stage, step: Step) -> None:
    checks = [ReadyCheck(one) for one in stage.texts(step, "checks")] if "checks" in step.arguments else list(ReadyCheck)
    drills.check_drill(stage.desk, drill_id=_drill(stage, step).id, checks=checks)


def _start(stage: Stage, step: Step) -> None:
    drills.start_drill(stage.desk, drill_id=_drill(stage, step).id, words=stage.text(step, "text"))


def _release(stage: Stage, step: Step) -> None:
    drills.release_inject(stage.desk, inject_id=_inject(stage, step).id)


def _answer(stage: Stage, step: Step) -> None:
    drills.answer_inject(stage.desk, inject_id=_inject(stage, step).id, text=stage.text(step, "text"), person=stage.text(step, "by"),
                         occurred_at=step.moments.get("occurred"))


def _observe(stage: Stage, step: Step) -> None:
    about = _inject(stage, step).id if "inject" in step.arguments else None
    drills.observe(stage.desk, drill_id=_drill(stage, step).id, text=stage.text(step, "text"), person=stage.text(step, "by"), inject_id=about,
                   occurred_at=step.moments.get("occurred"))


def _pause(stage: Stage, step: Step) -> None:
    drills.pause_drill(stage.desk, drill_id=_drill(stage, step).id, reason=stage.text(step, "reason"))


def _resume(stage: Stage, step: Step) -> None:
    drills.resume_drill(stage.desk, drill_id=_drill(stage, step).id)


def _stop(stage: Stage, step: Step) -> None:
    drills.stop_drill(stage.desk, drill_id=_drill(stage, step).id, reason=stage.text(step, "reason"))


def _heads(stage: Stage, step: Step) -> None:
    drills.count_heads(stage.desk, drill_id=_drill(stage, step).id, heads=int(stage.text(step, "heads")), person=stage.text(step, "by"))


def _end(stage: Stage, step: Step) -> None:
    drills.end_drill(stage.desk, drill_id=_drill(stage, step).id, heads=int(stage.text(step, "heads")), words=stage.text(step, "text"))


# -- the evaluation ----------------------------------------------------------------------------------------------------
def _score(stage: Stage, step: Step) -> None:
    met = stage.text(step, "met")
    drill_evaluation.score_item(
        stage.desk, drill_id=_drill(stage, step).id, item_id=stage.text(step, "item"), evaluator=stage.text(step, "evaluator"),
        points=_number(stage, step, "points"), is_met=met == YES if met else None, measured=stage.text(step, "measured"),
        evidence=stage.text(step, "evidence"), mark_ids=_marks(stage, step))


def _marks(stage: Stage, step: Step) -> tuple[Id, ...]:
    """Return the entries of the inject a score rests on."""
    if "inject" not in step.arguments:
        return ()
    wanted = _inject(stage, step).id
    times = drill_lists.drill_board(stage.desk, drill_id=_drill(stage, step).id).times
    return next(one.marks for one in times if one.inject.id == wanted)


def _conclude(stage: Stage, step: Step) -> None:
    drill_evaluation.conclude(stage.desk, drill_id=_drill(stage, step).id, verdict=Verdict(stage.text(step, "verdict")),
                              person=stage.text(step, "evaluator"), words=stage.text(step, "words"),
                              serious_error=stage.text(step, "serious_error"))


def _object(stage: Stage, step: Step) -> None:
    drill_objects.keep_object(stage.desk, one=DrillObject(
        id=Id(""), name=stage.text(step, "name"), kinds=tuple(map(ObjectKind, stage.texts(step, "kinds"))),
        entered_on=local_day(stage.desk.now()), area_id=stage.desk.area_id, note=stage.text(step, "note")))


def _rehearses(stage: Stage, step: Step) -> None:
    drill_objects.link_objects(stage.desk, drill_id=_drill(stage, step).id, object_ids=[
        drill_objects.find_object(stage.desk, name=name).id for name in stage.texts(step, "objects")])


def _object_drilled(stage: Stage, step: Step) -> None:
    one = drill_objects.find_object(stage.desk, name=stage.text(step, "name"))
    drill_objects.note_object_drilled(stage.desk, object_id=one.id, on_date=date.fromisoformat(stage.text(step, "on")),
                                      note=stage.text(step, "note"))


# -- figures -----------------------------------------------------------------------------------------------------------
def _of_board(read: Callable[[DrillBoard], Found]) -> Callable[[Stage], Found]:
    return lambda stage: read(stage.once("drill", lambda: drill_lists.drill_board(stage.desk, drill_id=drill_named(stage).id)))


def _of_inject(read: Callable[[InjectTimes], Found]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, name: str) -> Found:
        times = drill_lists.drill_board(stage.desk, drill_id=drill_named(stage).id).times
        for one in times:
            if str(one.inject.number) == name:
                return read(one)
        raise WalkLacks(what="inject", name=name)

    return found


def _of_programme(read: Callable[[ProgrammeLine], Found]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, code: str) -> Found:
        for line in drill_lists.programme(stage.desk):
            if line.header.code == code:
                return read(line)
        raise WalkLacks(what="plan", name=code)

    return found


def _of_object(read: Callable[[ObjectLine], Found]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, name: str) -> Found:
        for line in drill_objects.programme(stage.desk):
            if line.object.name == name:
                return read(line)
        raise WalkLacks(what="object", name=name)

    return found


def _aspect(stage: Stage, name: str) -> Found:
    board = drill_lists.drill_board(stage.desk, drill_id=drill_named(stage).id)
    return next((f"{one.points} of {one.most}" for one in board.assessment.aspects if one.id == name), None)


def _middle_of(stage: Stage, expected: str) -> Found:
    """Return the median of the acts of those injects alone that expect this: of receipts, say."""
    times = drill_lists.drill_board(stage.desk, drill_id=drill_named(stage).id).times
    return _minutes(middle(one for one in times if one.inject.expected == expected))


def _minutes(length: timedelta | None) -> Found:
    return None if length is None else round(length / timedelta(minutes=1), 2)


_OF = {"drill": TEXT}
DRILL_ACTS: dict[str, Act] = {
    "drill_plan": Act(ActShape({
        "title": MUST, "planned": MOMENT, "form": choice(tuple(DrillForm)), "scope": choice(tuple(DrillScope)),
        "purpose": choice(tuple(DrillPurpose)), "notice": choice(tuple(DrillNotice)), "plan": TEXT, "place": TEXT, "aims": TEXTS,
        "scenario": TEXT, "stop_conditions": TEXTS, "heads": NUMBER}), _plan),
    "plan_drilled": Act(ActShape({"plan": MUST, "on": MUST, "note": MUST}), _plan_drilled),
    "drill_object": Act(ActShape({"name": MUST, "kinds": TEXTS, "note": TEXT}), _object),
    "drill_rehearses": Act(ActShape({**_OF, "objects": TEXTS}), _rehearses),
    "object_drilled": Act(ActShape({"name": MUST, "on": MUST, "note": TEXT}), _object_drilled),
    "drill_inject": Act(ActShape({**_OF, "minutes": COUNT, "to": TEXT, "text": MUST, "expected": TEXT, "limit": NUMBER}), _write_inject),
    "drill_person": Act(ActShape({**_OF, "name": MUST, "role": choice(tuple(DrillRole)), "unit": TEXT}), _person),
    "drill_check": Act(ActShape({**_OF, "checks": TEXTS}), _check),
    "drill_start": Act(ActShape({**_OF, "text": TEXT}), _start),
    "drill_release": Act(ActShape({**_OF, "inject": MUST}), _release),
    "drill_answer": Act(ActShape({**_OF, "inject": MUST, "text": MUST, "by": TEXT, "occurred": MOMENT}), _answer),
    "drill_observe": Act(ActShape({**_OF, "inject": TEXT, "text": MUST, "by": TEXT, "occurred": MOMENT}), _observe),
    "drill_pause": Act(ActShape({**_OF, "reason": TEXT}), _pause),
    "drill_resume": Act(ActShape(_OF), _resume),
    "drill_stop": Act(ActShape({**_OF, "reason": TEXT}), _stop),
    "drill_heads": Act(ActShape({**_OF, "heads": COUNT, "by": TEXT}), _heads),
    "drill_end": Act(ActShape({**_OF, "heads": COUNT, "text": TEXT}), _end),
    "drill_score": Act(ActShape({**_OF, "item": MUST, "points": NUMBER, "met": choice((YES, NO)), "measured": TEXT, "evaluator": MUST,
                                 "evidence": TEXT, "inject": TEXT}), _score),
    "drill_conclude": Act(ActShape({**_OF, "verdict": choice(tuple(Verdict)), "evaluator": MUST, "words": MUST, "serious_error": TEXT}),
                          _conclude),
}
DRILL_FIGURES: tuple[Figure, ...] = (
    plain("drill.state", _of_board(lambda board: board.drill.state.value)),
    plain("drill.possible", _of_board(lambda board: tuple(step.value for step in possible(board.drill)))),
    plain("drill.lacking", _of_board(lambda board: tuple(lack.value for lack in board.lacking))),
    plain("drill.heads", _of_board(lambda board: board.drill.counted_heads)),
    plain("drill.injects", _of_board(lambda board: len(board.injects))),
    plain("drill.released", _of_board(lambda board: sum(one.released_at is not None for one in board.injects))),
    plain("drill.points", _of_board(lambda board: board.assessment.points)),
    plain("drill.most", _of_board(lambda board: board.assessment.most)),
    plain("drill.share", _of_board(lambda board: None if board.assessment.share is None else round(board.assessment.share, 1))),
    plain("drill.scored", _of_board(lambda board: sum(one.scored for one in board.assessment.aspects))),
    plain("drill.empty", _of_board(lambda board: board.assessment.empty)),
    plain("drill.advice", _of_board(lambda board: board.assessment.advice.value if board.assessment.advice else None)),
    plain("drill.verdict", _of_board(lambda board: board.drill.verdict.value if board.drill.verdict else None)),
    plain("drill.findings", _of_board(lambda board: len(board.findings))),
    plain("drill.middle", _of_board(lambda board: _minutes(middle(board.times)))),
    plain("drill.suggested", _of_board(lambda board: len(late_acts(board)))),
    asked_of("drill.middle_of.", "", "act", _middle_of),
    asked_of("drill.aspect.", "", "aspect", _aspect),
    asked_of("inject.", ".took", "number", _of_inject(lambda one: _minutes(one.took))),
    asked_of("inject.", ".late_by", "number", _of_inject(lambda one: _minutes(one.late_by))),
    asked_of("inject.", ".kept", "number", _of_inject(lambda one: one.is_met)),
    asked_of("object.", ".due", "object", _of_object(lambda one: one.due_on.isoformat() if one.due_on else None)),
    asked_of("object.", ".last", "object", _of_object(lambda one: one.last.on_date.isoformat() if one.last else None)),
    asked_of("object.", ".term", "object", _of_object(lambda one: one.term.id if one.term else None)),
    asked_of("programme.", ".last", "plan", _of_programme(lambda one: one.since.isoformat() if one.since else None)),
    asked_of("programme.", ".due", "plan", _of_programme(lambda one: one.due_on.isoformat() if one.due_on else None)),
)
