"""The acts of calls and orders: what each may be told, and the one service it asks. The registry is `walk_registry`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller, IncidentState, Source
from emergency_desk.domain.recommendation import Recommendation
from emergency_desk.domain.teams import HowHeard, TeamState
from emergency_desk.domain.walks import ActShape, ArgumentKind, ArgumentShape, Step
from emergency_desk.errands.walk_stage import WHOLE_FIGURES, Made, Stage
from emergency_desk.services import calls, dispatches, incidents, teams
from emergency_desk.services.steps.sending import Sending

Run = Callable[[Stage, Step], None]
ALL, NOBODY, RECOMMENDED = "all", "none", "recommended"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its shape for the reader, and how it is played."""

    shape: ActShape
    run: Run


# -- shapes -----------------------------------------------------------------------------------------------------------
_TEXT, _TEXTS = ArgumentShape(), ArgumentShape(ArgumentKind.TEXTS)
_MUST, _MUSTS = ArgumentShape(is_required=True), ArgumentShape(ArgumentKind.TEXTS, is_required=True)
_MOMENT, _DECIMAL, _NUMBER = ArgumentShape(ArgumentKind.MOMENT), ArgumentShape(ArgumentKind.DECIMAL), ArgumentShape(ArgumentKind.NUMBER)
_INCIDENT, _CALL = ArgumentShape(ArgumentKind.INCIDENT), ArgumentShape(ArgumentKind.CALL, is_required=True)
_HOW = ArgumentShape(ArgumentKind.CHOICE, choices=tuple(how.value for how in HowHeard))
_FIGURES = {**{name: _NUMBER for name in WHOLE_FIGURES}, "hectares": _DECIMAL}
_DRAFT = {
    "words": _TEXT, "where": _TEXT, "address": _TEXT, "type": _TEXT, "caller": _TEXT, "phone": _TEXT, "note": _TEXT, "situations": _TEXTS,
    "source": ArgumentShape(ArgumentKind.CHOICE, choices=tuple(source.value for source in Source)),
    "occurred": _MOMENT, "received": _MOMENT, "latitude": _DECIMAL, "longitude": _DECIMAL, **_FIGURES,
}
_ORDER = {"override": _TEXT, "approved_by": _TEXT, "approved_how": _TEXT}
_ONE_ORDER = {"incident": _INCIDENT, "team": _MUST}
_INCIDENT_KIND, _CALL_KIND = ArgumentKind.INCIDENT, ArgumentKind.CALL
_NOTHING: frozenset[ArgumentKind] = frozenset()


def _states(kind: type[TeamState] | type[IncidentState]) -> ArgumentShape:
    return ArgumentShape(ArgumentKind.CHOICE, is_required=True, choices=tuple(state.value for state in kind))


# -- calls ------------------------------------------------------------------------------------------------------------
def draft_of(stage: Stage, step: Step) -> CallDraft:
    """Return the call form as a step fills it."""
    area_id, rest = stage.place(stage.text(step, "where")) if "where" in step.arguments else (None, "")
    decimal = {name: float(stage.text(step, name)) for name in ("latitude", "longitude") if name in step.arguments}
    return CallDraft(
        words=stage.text(step, "words"), area_id=area_id, address=stage.text(step, "address") or rest, figures=stage.figures(step),
        type_id=stage.text(step, "type"), source=Source(stage.text(step, "source") or Source.RESIDENT),
        caller=Caller(name=stage.text(step, "caller"), phone=stage.text(step, "phone")), note=stage.text(step, "note"),
        occurred_at=step.moments.get("occurred"), received_at=step.moments.get("received"), situations=stage.texts(step, "situations"), **decimal)


def _advise(stage: Stage, step: Step) -> None:
    stage.advice, stage.is_draft = calls.advise(stage.desk, draft=draft_of(stage, step)), True


def _call(stage: Stage, step: Step) -> None:
    draft = draft_of(stage, step)
    stage.advice = calls.advise(stage.desk, draft=draft)
    send = _sendings(stage, step, "send", stage.advice.recommendation)
    taken = calls.take_call(stage.desk, draft=draft, send=send, **_approval(stage, step)).value
    stage.keep(step, Made(incident=taken.incident.id, call=taken.call.id))


def _join(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    draft = draft_of(stage, step)
    stage.advice = calls.advise(stage.desk, draft=draft)
    taken = calls.join_call(stage.desk, draft=draft, incident_id=incident_id).value
    stage.keep(step, Made(incident=taken.incident.id, call=taken.call.id))


def _join_incident(stage: Stage, step: Step) -> None:
    into = stage.incident_id(step, "into")
    calls.join_incident(stage.desk, incident_id=stage.incident_id(step), into_id=into)
    stage.keep(step, Made(incident=into))


def _part(stage: Stage, step: Step) -> None:
    call_id = stage.named("call", stage.text(step, "call"))
    parted = calls.part_call(stage.desk, call_id=call_id).value
    stage.keep(step, Made(incident=parted.id, call=call_id))


def _correct(stage: Stage, step: Step) -> None:
    area_id, rest = stage.place(stage.text(step, "where")) if "where" in step.arguments else (None, "")
    given = {key: stage.text(step, name) for name, key in (("title", "title"), ("type", "type_id"), ("address", "address"))
             if name in step.arguments}
    if rest and "address" not in given:
        given["address"] = rest
    incident_id = stage.incident_id(step)
    incidents.correct_incident(stage.desk, incident_id=incident_id, area_id=area_id, **given)  # type: ignore[arg-type]
    stage.keep(step, Made(incident=incident_id))


def _correct_call(stage: Stage, step: Step) -> None:
    is_caller = "caller" in step.arguments or "phone" in step.arguments
    caller = Caller(name=stage.text(step, "caller"), phone=stage.text(step, "phone")) if is_caller else None
    call = calls.correct_call(stage.desk, call_id=stage.named("call", stage.text(step, "call")), caller=caller,
                              note=stage.text(step, "note") if "note" in step.arguments else None).value
    stage.keep(step, Made(incident=call.incident_id, call=call.id))


# -- orders and teams -------------------------------------------------------------------------------------------------
def _sendings(stage: Stage, step: Step, key: str, advice: Recommendation | None) -> tuple[Sending, ...]:
    asked = stage.texts(step, key)
    if not asked or asked == (NOBODY,) or advice is None:
        return ()
    if asked in ((ALL,), (RECOMMENDED,)):
        chosen = [(choice.team_id, choice.serves, choice.minutes) for choice in advice.choices]
    else:
        chosen = [stage.chosen(name, advice) for name in asked]
    words = {name: stage.text(step, key) for name, key in (
        ("task", "task"), ("muster_place", "muster"), ("report_to", "report_to"), ("route", "route"), ("safety", "safety"))}
    serves = stage.text(step, "serves")
    return tuple(Sending(team_id=team_id, serves=serves or served, travel_minutes=minutes, **words) for team_id, served, minutes in chosen)


def _approval(stage: Stage, step: Step) -> dict[str, str]:
    return {"override_reason": stage.text(step, "override"), "approved_by": stage.text(step, "approved_by"),
            "approved_how": stage.text(step, "approved_how")}


def _send(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    advice = dispatches.recommend(stage.desk, incident_id=incident_id)
    dispatches.send_teams(stage.desk, incident_id=incident_id, teams=_sendings(stage, step, "teams", advice), **_approval(stage, step))
    stage.keep(step, Made(incident=incident_id))


def _accept(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step)
    dispatches.accept_application(stage.desk, incident_id=incident_id, team_id=stage.team(stage.text(step, "team")).id,
                                  applied_by=stage.text(step, "applied_by"), serves=stage.text(step, "serves"), task=stage.text(step, "task"))
    stage.keep(step, Made(incident=incident_id))


def _on_order(act: Callable[[Stage, Step, Id], None], of_all: Callable[[OrderLine], bool] | None = None) -> Run:
    """Find the order of the step's team, let the act work on it, and stay with the incident. `of_all`: which orders "all" means."""
    def run(stage: Stage, step: Step) -> None:
        incident_id = stage.incident_id(step)
        name = stage.text(step, "team")
        lines = [stage.order(name, incident_id)] if name != ALL or of_all is None else list(filter(of_all, stage.orders(incident_id)))
        for line in lines:
            act(stage, step, line.dispatch.id)
        stage.keep(step, Made(incident=incident_id))

    return run


def _is_in_force(line: OrderLine) -> bool:
    return line.dispatch.state in (OrderState.SENT, OrderState.RECEIVED)


def _approve(stage: Stage, step: Step, order: Id) -> None:
    dispatches.approve_order(stage.desk, dispatch_id=order, approved_by=stage.text(step, "by"), how=stage.text(step, "how"))


def _receipt(stage: Stage, step: Step, order: Id) -> None:
    dispatches.take_receipt(stage.desk, dispatch_id=order, received_by=stage.text(step, "by"),
                            how=HowHeard(stage.text(step, "how") or HowHeard.PHONE), received_at=step.moments.get("received"))


def _fill_gap(stage: Stage, step: Step, order: Id) -> None:
    teams.fill_gap(stage.desk, dispatch_id=order, state=TeamState(stage.text(step, "state")),
                   occurred_at=step.moments["occurred"], reported_by=stage.text(step, "by"),
                   how=HowHeard(stage.text(step, "how") or HowHeard.RADIO))


def _check_in(stage: Stage, step: Step, order: Id) -> None:
    dispatches.check_in(stage.desk, dispatch_id=order, at_post=stage.text(step, "post"),
                        occurred_at=step.moments.get("occurred"))


def _recall(stage: Stage, step: Step, order: Id) -> None:
    dispatches.recall_team(stage.desk, dispatch_id=order, reason=stage.text(step, "reason"))


def _state(stage: Stage, step: Step) -> None:
    incident_id = stage.incident_id(step) if stage.latest.incident else None
    name = stage.text(step, "team")
    if name == ALL and incident_id:
        chosen = [line.team for line in stage.orders(incident_id) if line.team.is_out and line.team.incident_id == incident_id]
    else:
        chosen = [stage.team(name, incident_id)]
    for team in {team.id: team for team in chosen}.values():
        teams.report_state(stage.desk, team_id=team.id, to=TeamState(stage.text(step, "to")), occurred_at=step.moments.get("occurred"),
                           reported_by=stage.text(step, "by"), how=HowHeard(stage.text(step, "how") or HowHeard.RADIO),
                           note=stage.text(step, "note"))
    if incident_id:
        stage.keep(step, Made(incident=incident_id))


# -- the registry -----------------------------------------------------------------------------------------------------
CALL_ACTS: dict[str, Act] = {
    "advise": Act(ActShape(_DRAFT), _advise),
    "call": Act(ActShape({**_DRAFT, "send": _TEXTS, **_ORDER}, frozenset({_INCIDENT_KIND, _CALL_KIND})), _call),
    "join": Act(ActShape({**_DRAFT, "incident": _INCIDENT}, frozenset({_INCIDENT_KIND, _CALL_KIND})), _join),
    "join_incident": Act(ActShape({"incident": _INCIDENT, "into": ArgumentShape(_INCIDENT_KIND, is_required=True)},
                                  frozenset({_INCIDENT_KIND})), _join_incident),
    "part": Act(ActShape({"call": _CALL}, frozenset({_INCIDENT_KIND, _CALL_KIND})), _part),
    "correct": Act(ActShape({"incident": _INCIDENT, "title": _TEXT, "type": _TEXT, "where": _TEXT, "address": _TEXT}), _correct),
    "correct_call": Act(ActShape({"call": _CALL, "caller": _TEXT, "phone": _TEXT, "note": _TEXT}), _correct_call),
    "send": Act(ActShape({"incident": _INCIDENT, "teams": _MUSTS, "serves": _TEXT, "task": _TEXT, "muster": _TEXT, "report_to": _TEXT,
                          "route": _TEXT, "safety": _TEXT, **_ORDER}), _send),
    "accept": Act(ActShape({**_ONE_ORDER, "applied_by": _TEXT, "serves": _TEXT, "task": _TEXT}), _accept),
    "approve": Act(ActShape({**_ONE_ORDER, "by": _TEXT, "how": _TEXT}), _on_order(_approve)),
    "receipt": Act(ActShape({**_ONE_ORDER, "by": _TEXT, "how": _HOW, "received": _MOMENT}),
                   _on_order(_receipt, lambda line: line.dispatch.awaits_receipt)),
    "state": Act(ActShape({**_ONE_ORDER, "to": _states(TeamState), "by": _TEXT, "how": _HOW, "occurred": _MOMENT, "note": _TEXT}), _state),
    "fill_gap": Act(ActShape({**_ONE_ORDER, "state": _states(TeamState), "by": _TEXT, "how": _HOW,
                              "occurred": ArgumentShape(ArgumentKind.MOMENT, is_required=True)}), _on_order(_fill_gap)),
    "check_in": Act(ActShape({**_ONE_ORDER, "post": _TEXT, "occurred": _MOMENT}), _on_order(_check_in, _is_in_force)),
    "recall": Act(ActShape({**_ONE_ORDER, "reason": _TEXT}), _on_order(_recall, _is_in_force)),
}
