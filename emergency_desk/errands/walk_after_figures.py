"""The figures of the aftermath: what is owed, how the plan was carried out, how punctual it was, and the findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from emergency_desk.domain.mending import closure
from emergency_desk.domain.moments import CHINA, local_day
from emergency_desk.domain.plan_actual import Outcome
from emergency_desk.domain.recovery import SETTLEMENT, AftermathItem, AftermathKind, AftermathState, Finding, FindingState
from emergency_desk.domain.review import Review
from emergency_desk.domain.scorecard import Latency
from emergency_desk.domain.scorecard import Stage as OrderStage
from emergency_desk.domain.walks import Found
from emergency_desk.errands.walk_after_acts import finding_of
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.services import findings, review


def _review(stage: Stage) -> Review:
    return stage.once("review", lambda: review.review(stage.desk, incident_id=stage.incident_id()))


def _items(stage: Stage, kind: str) -> list[AftermathItem]:
    return [item for item in _review(stage).items if item.kind == AftermathKind(kind)]


def _of_kind(read: Callable[[AftermathItem], str | int | None]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, kind: str) -> Found:
        told = tuple(str(value) for item in _items(stage, kind) if (value := read(item)) not in (None, ""))
        return told[0] if len(told) == 1 else told

    return found


def _open_settlement(stage: Stage) -> Found:
    return sum(item.state is AftermathState.OPEN for item in _review(stage).items if item.kind in SETTLEMENT)


def _archived(stage: Stage) -> Found:
    return any(item.state is AftermathState.DONE for item in _items(stage, AftermathKind.ARCHIVE))


def _came_to(outcome: Outcome) -> Callable[[Stage], Found]:
    return lambda stage: _review(stage).plan.count(outcome)


def _latency(stage: Stage, name: str) -> Latency:
    return next(one for one in _review(stage).latencies if one.stage is OrderStage(name))


def _percentile(share: float) -> Callable[[Stage, str], Found]:
    def read(stage: Stage, name: str) -> Found:
        took = _latency(stage, name).percentile(share)
        return None if took is None else round(took / timedelta(minutes=1), 2)

    return read


def _list(stage: Stage) -> list[Finding]:
    return stage.once("findings", lambda: findings.list_findings(stage.desk))


def _count(*states: FindingState) -> Callable[[Stage], Found]:
    return lambda stage: sum(one.state in states for one in _list(stage))


def _closure(stage: Stage) -> Found:
    share = closure(_list(stage), today=local_day(stage.clock.at)).share
    return None if share is None else round(100 * share, 1)


def _of_finding(read: Callable[[Finding], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: read(finding_of(stage, name))


def _raised_to(stage: Stage, name: str) -> Found:
    finding = finding_of(stage, name)
    tier = findings.raised(stage.desk, found=[finding]).get(finding.id)
    return tier.value if tier is not None else None


AFTER_FIGURES: tuple[Figure, ...] = (
    plain("aftermath", lambda stage: len(_review(stage).items)),
    plain("aftermath.open", lambda stage: _review(stage).open_items),
    plain("aftermath.kinds", lambda stage: tuple(item.kind.value for item in _review(stage).items)),
    asked_of("aftermath.", ".state", "kind", _of_kind(lambda item: item.state.value)),
    asked_of("aftermath.", ".tier", "kind", _of_kind(lambda item: item.tier.value)),
    asked_of("aftermath.", ".owner", "kind", _of_kind(lambda item: item.owner)),
    asked_of("aftermath.", ".due", "kind", _of_kind(lambda item: f"{item.due_at.astimezone(CHINA):%Y-%m-%d %H:%M}" if item.due_at else "")),
    plain("settlement.open", _open_settlement),
    plain("archived", _archived),
    *(plain(f"plan_actual.{outcome.value}", _came_to(outcome)) for outcome in Outcome),
    plain("plan_actual.added", lambda stage: _review(stage).plan.added),
    plain("scorecard.due", lambda stage: _review(stage).deadlines.due),
    plain("scorecard.on_time", lambda stage: len(_review(stage).deadlines.on_time)),
    plain("scorecard.late", lambda stage: len(_review(stage).deadlines.late)),
    plain("scorecard.skipped", lambda stage: len(_review(stage).deadlines.skipped)),
    asked_of("latency.", ".p50", "stage", _percentile(0.5)),
    asked_of("latency.", ".p90", "stage", _percentile(0.9)),
    asked_of("latency.", ".no_data", "stage", lambda stage, name: _latency(stage, name).unknown),
    plain("proposals", lambda stage: tuple(one.kind.value for one in _review(stage).proposals)),
    plain("findings", lambda stage: len(_list(stage))),
    plain("findings.open", _count(FindingState.OPEN, FindingState.MENDING, FindingState.DONE)),
    plain("findings.verified", _count(FindingState.VERIFIED)),
    plain("findings.late", lambda stage: closure(_list(stage), today=local_day(stage.clock.at)).late),
    plain("findings.closure", _closure),
    asked_of("finding.", ".state", "number", _of_finding(lambda one: one.state.value)),
    asked_of("finding.", ".raised_to", "number", _raised_to),
    asked_of("finding.", ".owner", "number", _of_finding(lambda one: one.owner)),
    asked_of("finding.", ".class", "number", _of_finding(lambda one: one.kind.value)),
    asked_of("finding.", ".due", "number", _of_finding(lambda one: one.due_on.isoformat() if one.due_on else None)),
)
