"""The acts and figures of who goes to which shelter: lists by families, the better answer taken, lines taken back."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.evacuation_lists import FamilyTransfer, read_families
from emergency_desk.domain.shelter_assignment import FixedFamilies
from emergency_desk.domain.shelter_assignment_board import AssignmentBoard, MovingVillage
from emergency_desk.domain.shelters import Stay
from emergency_desk.domain.walks import ActShape, Found, Step
from emergency_desk.errands.assigning import better_answer
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_shelter_acts import shelter_of
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walk_stock_acts import INCIDENT, MOMENT, MUST, NUMBER, TEXT, TEXTS, choice
from emergency_desk.services import shelter_assignment as assigning


def _board(stage: Stage, step: Step | None = None) -> AssignmentBoard:
    return assigning.read_board(stage.desk, incident_id=stage.incident_id(step) if step is not None else stage.incident_id())


def _village(board: AssignmentBoard, name: str) -> MovingVillage:
    for village in board.villages:
        if village.group.name == name:
            return village
    raise WalkLacks(what="group", name=name)


def _families(stage: Stage, step: Step) -> None:
    village = _village(_board(stage, step), stage.text(step, "group"))
    assigning.list_families(stage.desk, group_id=village.group.id, families=read_families(" ".join(stage.texts(step, "families"))))


def _assign(stage: Stage, step: Step) -> None:
    """Take the better answer; `fixed`: "village: 4/1×2 → shelter" lines that stay."""
    incident_id, stay = stage.incident_id(step), Stay(stage.text(step, "stay") or assigning.FIRST_STAY)
    reach = int(stage.text(step, "reach_minutes")) if "reach_minutes" in step.arguments else None
    first = assigning.read_board(stage.desk, incident_id=incident_id, stay=stay, reach_minutes=reach)
    fixed = [one for text in stage.texts(step, "fixed") for one in _fixed(stage, first, text)]
    board = assigning.read_board(stage.desk, incident_id=incident_id, stay=stay, reach_minutes=reach, fixed=fixed)
    assigning.send_families(stage.desk, incident_id=incident_id, lines=better_answer(board.question, board.quick).lines, stay=stay,
                            decided_by=stage.text(step, "decided_by"), occurred_at=step.moments.get("occurred"))


def _fixed(stage: Stage, board: AssignmentBoard, text: str) -> list[FixedFamilies]:
    """Read "village: 4/1×2 → shelter"."""
    name, _colon, rest = text.replace("：", ":").partition(":")
    families, arrow, shelter = rest.partition("→")
    if not arrow:
        raise WalkLacks(what="shelter", name=text)
    village, shelter_id = _village(board, name.strip()), shelter_of(stage, shelter.strip()).site.id
    return [FixedFamilies(f"{village.group.id}:{one.people}:{one.vulnerable}", shelter_id, one.families) for one in read_families(families)]


def _take_back(stage: Stage, step: Step) -> None:
    board = _board(stage, step)
    wanted = stage.text(step, "group")
    sent = [one.id for village in board.villages if not wanted or village.group.name == wanted for one in village.sent]
    assigning.take_back(stage.desk, transfer_ids=sent, reason=stage.text(step, "reason"))


PLACING_ACTS: dict[str, Act] = {
    "families": Act(ActShape({"incident": INCIDENT, "group": MUST, "families": TEXTS}), _families),
    "send_families": Act(ActShape({"incident": INCIDENT, "stay": choice(Stay), "reach_minutes": NUMBER, "fixed": TEXTS, "decided_by": TEXT,
                                   "occurred": MOMENT}), _assign),
    "take_back_families": Act(ActShape({"incident": INCIDENT, "group": TEXT, "reason": TEXT}), _take_back),
}


def _sent(board: AssignmentBoard) -> list[FamilyTransfer]:
    return [one for village in board.villages for one in village.sent]


def _of_board(read: Callable[[AssignmentBoard], Found]) -> Callable[[Stage], Found]:
    return lambda stage: read(_board(stage))


def _of_shelter(stage: Stage, name: str) -> Found:
    id_ = shelter_of(stage, name).site.id
    return sum(one.heads for one in _sent(_board(stage)) if one.shelter_id == id_)


def _of_group(stage: Stage, name: str) -> Found:
    return next((village.heads_sent for village in _board(stage).villages if village.group.name == name), None)


PLACING_FIGURES: tuple[Figure, ...] = (
    plain("families.people_sent", _of_board(lambda board: sum(one.heads for one in _sent(board)))),
    plain("families.people_waiting", _of_board(lambda board: sum(kind.heads for kind in board.question.kinds))),
    plain("families.shelters", _of_board(lambda board: len({one.shelter_id for one in _sent(board)}))),
    plain("families.offered", _of_board(lambda board: len(board.shelters))),
    asked_of("families.", ".sent_to", "shelter", _of_shelter), asked_of("families.", ".people_sent", "group", _of_group),
)
