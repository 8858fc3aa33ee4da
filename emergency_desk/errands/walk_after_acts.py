"""The acts of the aftermath: what is owed, settled, archived; and the findings until somebody else has verified them."""

from __future__ import annotations

from datetime import date

from emergency_desk.domain.errors import FieldUnreadable, WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState, Finding, FindingClass, FindingSource
from emergency_desk.domain.walks import ActShape, ArgumentKind, ArgumentShape, Step
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_room_acts import on_incident
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.services import drill_lists, findings, recovery

_TEXT, _MUST, _MOMENT = ArgumentShape(), ArgumentShape(is_required=True), ArgumentShape(ArgumentKind.MOMENT)
_INCIDENT, _NUMBER = ArgumentShape(ArgumentKind.INCIDENT), ArgumentShape(ArgumentKind.NUMBER)
_KIND = ArgumentShape(ArgumentKind.CHOICE, is_required=True, choices=tuple(kind.value for kind in AftermathKind))
_ANY_KIND = ArgumentShape(ArgumentKind.CHOICE, choices=tuple(kind.value for kind in AftermathKind))
_CLASS = ArgumentShape(ArgumentKind.CHOICE, choices=tuple(kind.value for kind in FindingClass))
_SOURCE = ArgumentShape(ArgumentKind.CHOICE, choices=tuple(source.value for source in FindingSource))
_ITEM = {"incident": _INCIDENT, "kind": _ANY_KIND, "title": _TEXT}
_COUNTED = {"quantity": _NUMBER, "unit": _TEXT, "from_whom": _TEXT}
_FINDING = {"finding": _MUST}


# -- what is owed -----------------------------------------------------------------------------------------------------
def item_of(stage: Stage, incident_id: Id, step: Step, *, state: AftermathState | None = AftermathState.OPEN) -> AftermathItem:
    """Return the first item of the step's kind or title, one in the state before others. Raises WalkLacks."""
    kind, title = stage.text(step, "kind"), stage.text(step, "title")
    items = [item for item in recovery.list_items(stage.desk, incident_id=incident_id)
             if (not kind or item.kind == kind) and (not title or title in (item.title, item.title_en))]
    if not items or not (kind or title):
        raise WalkLacks(what="aftermath", name=title or kind)
    return next((item for item in items if item.state is state), items[0])


def _add(stage: Stage, step: Step, incident_id: Id) -> None:
    recovery.add_item(stage.desk, incident_id=incident_id, kind=AftermathKind(stage.text(step, "kind")), title=stage.text(step, "title"),
                      owner=stage.text(step, "owner"), due_at=step.moments.get("due"), quantity=_count(stage, step, "quantity"),
                      unit=stage.text(step, "unit"), from_whom=stage.text(step, "from_whom"), note=stage.text(step, "note"))


def _requisition(stage: Stage, step: Step, incident_id: Id) -> None:
    recovery.record_requisition(stage.desk, incident_id=incident_id, what=stage.text(step, "what"), from_whom=stage.text(step, "from_whom"),
                                quantity=_count(stage, step, "quantity"), unit=stage.text(step, "unit"))


def _assign(stage: Stage, step: Step, incident_id: Id) -> None:
    recovery.assign_item(stage.desk, item_id=item_of(stage, incident_id, step).id, owner=stage.text(step, "owner"),
                         due_at=step.moments.get("due"), note=stage.text(step, "note"))


def _done(stage: Stage, step: Step, incident_id: Id) -> None:
    recovery.end_item(stage.desk, item_id=item_of(stage, incident_id, step).id, note=stage.text(step, "note"))


def _drop(stage: Stage, step: Step, incident_id: Id) -> None:
    recovery.drop_item(stage.desk, item_id=item_of(stage, incident_id, step).id, reason=stage.text(step, "reason"))


def _reopen(stage: Stage, step: Step, incident_id: Id) -> None:
    item = item_of(stage, incident_id, step, state=None)
    recovery.reopen_item(stage.desk, item_id=item.id, reason=stage.text(step, "reason"))


def _archive(stage: Stage, step: Step, incident_id: Id) -> None:
    recovery.archive(stage.desk, incident_id=incident_id, note=stage.text(step, "note"), override_reason=stage.text(step, "override"))


# -- findings ---------------------------------------------------------------------------------------------------------
def finding_of(stage: Stage, name: str) -> Finding:
    """Return a finding by the end of its number ("Z2", "Z0002") or by its problem. Raises WalkLacks."""
    kept = findings.list_findings(stage.desk)
    for one in kept:
        serial = one.number.rpartition("-Z")[2]
        if name in (one.number, one.problem, f"Z{serial}", f"Z{int(serial)}"):
            return one
    raise WalkLacks(what="finding", name=name)


def _find(stage: Stage, step: Step) -> None:
    source = FindingSource(stage.text(step, "source") or FindingSource.INCIDENT)
    about = stage.incident_id(step) if source is FindingSource.INCIDENT else None
    drill = drill_lists.find_drill(stage.desk, number=stage.text(step, "drill")) if "drill" in step.arguments else None
    findings.add_finding(
        stage.desk, problem=stage.text(step, "problem"), source=source, incident_id=about, drill_id=drill.id if drill is not None else None,
        kind=FindingClass(stage.text(step, "class") or FindingClass.MECHANISM), clause=stage.text(step, "clause"),
        unit=stage.text(step, "unit"), owner=stage.text(step, "owner"), measure=stage.text(step, "measure"),
        funds_yuan=_count(stage, step, "funds"), due_on=_day(stage, step), interim=stage.text(step, "interim"),
        verifier=stage.text(step, "verifier"))


def _change(stage: Stage, step: Step) -> None:
    names = {"problem": "problem", "clause": "clause", "unit": "unit", "owner": "owner", "measure": "measure", "interim": "interim",
             "verifier": "verifier"}
    changes: dict[str, object] = {field: stage.text(step, key) for key, field in names.items() if key in step.arguments}
    changes |= {"kind": FindingClass(stage.text(step, "class"))} if "class" in step.arguments else {}
    changes |= {"funds_yuan": _count(stage, step, "funds")} if "funds" in step.arguments else {}
    changes |= {"due_on": _day(stage, step)} if "due" in step.arguments else {}
    findings.change_finding(stage.desk, finding_id=finding_of(stage, stage.text(step, "finding")).id, changes=changes)


def _begin(stage: Stage, step: Step) -> None:
    findings.begin_mending(stage.desk, finding_id=finding_of(stage, stage.text(step, "finding")).id)


def _finish(stage: Stage, step: Step) -> None:
    findings.finish_mending(stage.desk, finding_id=finding_of(stage, stage.text(step, "finding")).id, evidence=stage.text(step, "evidence"))


def _verify(stage: Stage, step: Step) -> None:
    findings.verify_finding(stage.desk, finding_id=finding_of(stage, stage.text(step, "finding")).id, verifier=stage.text(step, "verifier"),
                            note=stage.text(step, "note"))


def _send_back(stage: Stage, step: Step) -> None:
    findings.send_back(stage.desk, finding_id=finding_of(stage, stage.text(step, "finding")).id, reason=stage.text(step, "reason"))


def _drop_finding(stage: Stage, step: Step) -> None:
    findings.drop_finding(stage.desk, finding_id=finding_of(stage, stage.text(step, "finding")).id, reason=stage.text(step, "reason"))


def _reopen_finding(stage: Stage, step: Step) -> None:
    findings.reopen_finding(stage.desk, finding_id=finding_of(stage, stage.text(step, "finding")).id, reason=stage.text(step, "reason"))


def _count(stage: Stage, step: Step, key: str) -> int | None:
    return int(stage.text(step, key)) if key in step.arguments else None


def _day(stage: Stage, step: Step) -> date | None:
    text = stage.text(step, "due")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise FieldUnreadable(name="due_on", typed=text, expected="2026-12-31") from error


_WORDS = {"clause": _TEXT, "unit": _TEXT, "owner": _TEXT, "measure": _TEXT, "funds": _NUMBER, "due": _TEXT, "interim": _TEXT,
          "verifier": _TEXT, "class": _CLASS}

AFTER_ACTS: dict[str, Act] = {
    "aftermath_add": Act(ActShape({"incident": _INCIDENT, "kind": _KIND, "title": _MUST, "owner": _TEXT, "due": _MOMENT, "note": _TEXT,
                                   **_COUNTED}), on_incident(_add)),
    "requisition": Act(ActShape({"incident": _INCIDENT, "what": _MUST, **_COUNTED}), on_incident(_requisition)),
    "aftermath_assign": Act(ActShape({**_ITEM, "owner": _MUST, "due": _MOMENT, "note": _TEXT}), on_incident(_assign)),
    "aftermath_done": Act(ActShape({**_ITEM, "note": _TEXT}), on_incident(_done)),
    "aftermath_drop": Act(ActShape({**_ITEM, "reason": _TEXT}), on_incident(_drop)),
    "aftermath_reopen": Act(ActShape({**_ITEM, "reason": _TEXT}), on_incident(_reopen)),
    "archive": Act(ActShape({"incident": _INCIDENT, "note": _TEXT, "override": _TEXT}), on_incident(_archive)),
    "finding_add": Act(ActShape({"incident": _INCIDENT, "drill": _TEXT, "problem": _MUST, "source": _SOURCE, **_WORDS}), _find),
    "finding_change": Act(ActShape({**_FINDING, "problem": _TEXT, **_WORDS}), _change),
    "finding_begin": Act(ActShape(_FINDING), _begin),
    "finding_done": Act(ActShape({**_FINDING, "evidence": _TEXT}), _finish),
    "finding_verify": Act(ActShape({**_FINDING, "verifier": _TEXT, "note": _TEXT}), _verify),
    "finding_back": Act(ActShape({**_FINDING, "reason": _TEXT}), _send_back),
    "finding_drop": Act(ActShape({**_FINDING, "reason": _TEXT}), _drop_finding),
    "finding_reopen": Act(ActShape({**_FINDING, "reason": _TEXT}), _reopen_finding),
}
