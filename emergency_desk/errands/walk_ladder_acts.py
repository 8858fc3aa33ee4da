"""The acts of the ladder: responses, command, posts and their people, who is told, decisions, steps, grades. Each by any tier.

What a tier without a seat at this desk did is recorded as heard: `of` names the tier, `from` and `how` who said so and by what channel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandPost, DecisionKind, NamedBy, Notice, NoticeKind, PostRole
from emergency_desk.domain.errors import PostMissing, WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, Production
from emergency_desk.domain.ladder import Step as LadderStep
from emergency_desk.domain.ladder import StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import Heard
from emergency_desk.domain.teams import HowHeard
from emergency_desk.domain.walks import YES, ActShape, ArgumentKind, ArgumentShape, Step
from emergency_desk.errands.walk_acts import Act, Run
from emergency_desk.errands.walk_stage import Made, Stage
from emergency_desk.services import command, grades, ladder, posts, responses
from emergency_desk.services.command import HandOver
from emergency_desk.services.posts import Named

Told = dict[str, Any]
TIERS = (Tier.NATION, Tier.PROVINCE, Tier.CITY, Tier.DISTRICT, Tier.STREET)
_PERSON = re.compile(r"([a-z_]+)\s+(.+)", re.DOTALL)
_COMMA = re.compile(r"\s*[,，]\s*")
EVERYBODY = "all"


def _choice(words: Iterable[str], *, is_required: bool = False) -> ArgumentShape:
    return ArgumentShape(ArgumentKind.CHOICE, is_required=is_required, choices=tuple(str(word) for word in words))


_TEXT, _TEXTS, _DECIMAL = ArgumentShape(), ArgumentShape(ArgumentKind.TEXTS), ArgumentShape(ArgumentKind.DECIMAL)
_INCIDENT, _MOMENT = ArgumentShape(ArgumentKind.INCIDENT), ArgumentShape(ArgumentKind.MOMENT)
_TIER, _LEVEL, _YES_NO = _choice(TIERS), _choice(Level), _choice((YES, "no"))
_HEARD = {"incident": _INCIDENT, "of": _TIER, "from": _TEXT, "how": _choice(HowHeard), "read_back": _YES_NO, "occurred": _MOMENT}
_DECIDED = {**_HEARD, "decided_by": _TEXT, "reason": _TEXT}
_CARRIED = {"situation": _TEXT, "resources": _TEXT, "open_orders": _TEXT}
_NAMED_BY = _choice(NamedBy)
_SEAT = {"person": _TEXT, "office": _TEXT, "unit": _TEXT, "phone": _TEXT, "group": _TEXT, "duties": _TEXT, "named_by": _NAMED_BY}


# -- whose act it is --------------------------------------------------------------------------------------------------
def heard_in(stage: Stage, step: Step) -> Heard:
    """Return who told of the act and how; empty when the tier that acts sits here."""
    return Heard(who=stage.text(step, "from"), how=stage.text(step, "how"), read_back=stage.text(step, "read_back") == YES)


def tier_in(stage: Stage, step: Step) -> Tier | None:
    """Return the tier whose act it is, None for the own."""
    of = stage.text(step, "of")
    return Tier(of) if of else None


def _told(stage: Stage, step: Step) -> Told:
    return {"tier": tier_in(stage, step), "heard": heard_in(stage, step), "occurred_at": step.moments.get("occurred")}


def _on_incident(act: Callable[[Stage, Step, Id, Told], object]) -> Run:
    """Find the step's incident, let the act work on it as whoever acts, and stay with it."""
    def run(stage: Stage, step: Step) -> None:
        incident_id = stage.incident_id(step)
        act(stage, step, incident_id, _told(stage, step))
        stage.keep(step, Made(incident=incident_id))

    return run


# -- responses --------------------------------------------------------------------------------------------------------
def _hours(stage: Stage, step: Step) -> float:
    return float(stage.text(step, "hours") or 0)


def _activate(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    level = stage.text(step, "level")
    responses.activate_response(
        stage.desk, incident_id=incident_id, level=Level(level) if level else None, matter=stage.text(step, "matter"),
        expected_hours=_hours(stage, step) if "hours" in step.arguments else None, measures=stage.text(step, "measures"),
        decided_by=stage.text(step, "decided_by"), **told)


def _adjust(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    responses.adjust_response(stage.desk, incident_id=incident_id, level=Level(stage.text(step, "level")),
                              decided_by=stage.text(step, "decided_by"), reason=stage.text(step, "reason"), **told)


def _extend(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    responses.extend_response(stage.desk, incident_id=incident_id, expected_hours=_hours(stage, step),
                              decided_by=stage.text(step, "decided_by"), reason=stage.text(step, "reason"), **told)


def _suspend(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    responses.suspend_response(stage.desk, incident_id=incident_id, reason=stage.text(step, "reason"),
                               decided_by=stage.text(step, "decided_by"), **told)


def _resume(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    responses.resume_response(stage.desk, incident_id=incident_id, reason=stage.text(step, "reason"),
                              decided_by=stage.text(step, "decided_by"), **told)


def _end(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    responses.end_response(stage.desk, incident_id=incident_id, decided_by=stage.text(step, "decided_by"),
                           reason=stage.text(step, "reason"), override_reason=stage.text(step, "override"), **told)


# -- command ----------------------------------------------------------------------------------------------------------
def _carried(stage: Stage, step: Step) -> HandOver:
    return HandOver(situation=stage.text(step, "situation"), resources=stage.text(step, "resources"),
                    open_orders=stage.text(step, "open_orders"))


def _offer(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    command.offer_command(stage.desk, incident_id=incident_id, to=Tier(stage.text(step, "to")), given_by=stage.text(step, "given_by"),
                          carried=_carried(stage, step), reason=stage.text(step, "reason"), **told)


def _repeat(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    command.repeat_offer(stage.desk, incident_id=incident_id, reason=stage.text(step, "reason"), **told)


def _withdraw(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    command.withdraw_offer(stage.desk, incident_id=incident_id, reason=stage.text(step, "reason"), **told)


def _accept(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    command.accept_command(stage.desk, incident_id=incident_id, taken_by=stage.text(step, "taken_by"), **told)


def _refuse(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    command.refuse_command(stage.desk, incident_id=incident_id, reason=stage.text(step, "reason"), **told)


def _take(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    command.take_command(stage.desk, incident_id=incident_id, given_by=stage.text(step, "given_by"), taken_by=stage.text(step, "taken_by"),
                         carried=_carried(stage, step), reason=stage.text(step, "reason"), **told)


# -- the command post -------------------------------------------------------------------------------------------------
def _form_post(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    by = NamedBy(stage.text(step, "named_by") or NamedBy.PLAN)
    people = [Named(PostRole.COMMANDER, stage.text(step, "commander"), post_name=stage.text(step, "commander_office"),
                    unit=stage.text(step, "commander_unit"), phone=stage.text(step, "commander_phone"), named_by=by),
              Named(PostRole.FIRE_COMMANDER, stage.text(step, "fire_commander"), unit=stage.text(step, "fire_commander_unit"),
                    phone=stage.text(step, "fire_commander_phone"), named_by=NamedBy.LAW),
              *(_person(one) for one in stage.texts(step, "people"))]
    posts.form_post(stage.desk, incident_id=incident_id, place=stage.text(step, "place"), people=people, phone=stage.text(step, "phone"),
                    channel=stage.text(step, "channel"), **told)


def _person(text: str) -> Named:
    """Read "recorder 周某, 区应急管理局, 0532-55550130": the role, a blank, then name, unit and phone. Raises WalkLacks."""
    found = _PERSON.fullmatch(text.strip())
    if found is None or found[1] not in set(PostRole):
        raise WalkLacks(what="role", name=text)
    name, unit, phone, *_rest = [*_COMMA.split(found[2].strip()), "", ""]
    return Named(PostRole(found[1]), name, unit=unit, phone=phone)


def post_of(stage: Stage, incident_id: Id, tier: Tier) -> CommandPost:
    """Return the post of a tier that stands, else its last one. Raises PostMissing."""
    own = [post for post in ladder.read_ladder(stage.desk, incident_id=incident_id).posts if post.tier is tier]
    if not own:
        raise PostMissing(tier=tier)
    return next((post for post in own if post.dissolved_at is None), own[-1])


def _seat(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    post = post_of(stage, incident_id, told["tier"] or stage.desk.tier)
    member = Named(
        PostRole(stage.text(step, "role")), stage.text(step, "person"), post_name=stage.text(step, "office"), unit=stage.text(step, "unit"),
        phone=stage.text(step, "phone"), group_id=stage.text(step, "group"), duties=stage.text(step, "duties"),
        named_by=NamedBy(stage.text(step, "named_by") or NamedBy.PLAN))
    posts.seat_member(stage.desk, post_id=post.id, member=member, occurred_at=told["occurred_at"], heard=told["heard"])


def _release(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
    post = post_of(stage, incident_id, told["tier"] or stage.desk.tier)
    name, role = stage.text(step, "person"), stage.text(step, "role")
    members = [each for each in ladder.read_ladder(stage.desk, incident_id=incident_id).members
               if each.post_id == post.id and (not role or each.role == role) and (not name or name in (each.name, each.unit))]
    if not members:
        raise WalkLacks(what="member", name=name or role)
    member = next((each for each in members if each.until is None), members[-1])
    posts.release_member(stage.desk, member_id=member.id, occurred_at=told["occurred_at"], heard=told["heard"])


def _dissolve(stage: Stage, _step: Step, incident_id: Id, told: Told) -> None:
    posts.dissolve_post(stage.desk, incident_id=incident_id, **told)


def _record(kind: DecisionKind) -> Run:
    def act(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
        posts.record_decision(stage.desk, incident_id=incident_id, kind=kind, text=stage.text(step, "text"),
                              decided_by=stage.text(step, "decided_by"), present=stage.text(step, "present"), **told)

    return _on_incident(act)


# -- who is told ------------------------------------------------------------------------------------------------------
def _add_notice(stage: Stage, step: Step, incident_id: Id, _told: Told) -> None:
    command.add_notice(stage.desk, incident_id=incident_id, name=stage.text(step, "who"), phone=stage.text(step, "phone"),
                       kind=NoticeKind(stage.text(step, "kind") or NoticeKind.OTHER), why=stage.text(step, "clause"))


def _tell(stage: Stage, step: Step) -> None:
    """Tell one, or all who are not told yet, of the acting tier's own list, or of that of the tier `of` names."""
    incident_id, who = stage.incident_id(step), stage.text(step, "who")
    tier = tier_in(stage, step) or stage.desk.tier
    for notice in _notices(stage, incident_id, tier, who):
        command.tell(stage.desk, notice_id=notice.id, told_to=stage.text(step, "to"), how=stage.text(step, "how") or HowHeard.PHONE,
                     read_back=stage.text(step, "read_back") == YES, occurred_at=step.moments.get("occurred"), heard=heard_in(stage, step))
    stage.keep(step, Made(incident=incident_id))


def _notices(stage: Stage, incident_id: Id, tier: Tier, who: str) -> list[Notice]:
    own = [notice for notice in ladder.read_ladder(stage.desk, incident_id=incident_id).notices if notice.tier is tier]
    if who == EVERYBODY:
        return [notice for notice in own if not notice.is_told]
    found = [notice for notice in own if who in (notice.name, notice.name_en)]
    if not found:
        raise WalkLacks(what="notice", name=who)
    return found[:1]


# -- steps and grades -------------------------------------------------------------------------------------------------
def _mark(state: StepState) -> Run:
    def act(stage: Stage, step: Step, incident_id: Id, told: Told) -> None:
        for name in stage.texts(step, "step"):
            ladder.mark_step(stage.desk, incident_id=incident_id, step=_ladder_step(name), state=state, reason=stage.text(step, "reason"),
                             **told)

    return _on_incident(act)


def _ladder_step(name: str) -> LadderStep:
    if name not in set(LadderStep):
        raise WalkLacks(what="step", name=name)
    return LadderStep(name)


def _judge(stage: Stage, step: Step, incident_id: Id, _told: Told) -> None:
    grades.judge_grade(stage.desk, incident_id=incident_id, grade=Grade(stage.text(step, "grade")), decided_by=stage.text(step, "decided_by"),
                       reason=stage.text(step, "reason"))


def _production(stage: Stage, step: Step, incident_id: Id, _told: Told) -> None:
    grades.say_production(stage.desk, incident_id=incident_id, production=Production(stage.text(step, "production")),
                          circumstances=stage.texts(step, "circumstances"))


def _parent(stage: Stage, step: Step, incident_id: Id, _told: Told) -> None:
    parent = stage.incident_id(step, "parent") if "parent" in step.arguments else None
    grades.set_parent(stage.desk, incident_id=incident_id, parent_id=parent)


def _secondary(stage: Stage, step: Step, incident_id: Id, _told: Told) -> None:
    grades.set_secondary_types(stage.desk, incident_id=incident_id, types=stage.texts(step, "types"))


# -- the registry -----------------------------------------------------------------------------------------------------
def _shape(*parts: dict[str, ArgumentShape]) -> ActShape:
    return ActShape({name: shape for part in parts for name, shape in part.items()})


_MARKED = {**_HEARD, "step": ArgumentShape(ArgumentKind.TEXTS, is_required=True)}
_WORDS = {**_HEARD, "text": _TEXT, "decided_by": _TEXT, "present": _TEXT}

LADDER_ACTS: dict[str, Act] = {
    "activate": Act(_shape(_HEARD, {"level": _LEVEL, "matter": _TEXT, "hours": _DECIMAL, "measures": _TEXT, "decided_by": _TEXT}),
                    _on_incident(_activate)),
    "adjust": Act(_shape(_DECIDED, {"level": _choice(Level, is_required=True)}), _on_incident(_adjust)),
    "extend": Act(_shape(_DECIDED, {"hours": _DECIMAL}), _on_incident(_extend)),
    "suspend": Act(_shape(_DECIDED), _on_incident(_suspend)),
    "resume": Act(_shape(_DECIDED), _on_incident(_resume)),
    "end_response": Act(_shape(_DECIDED, {"override": _TEXT}), _on_incident(_end)),
    "offer_command": Act(_shape(_HEARD, _CARRIED, {"to": _choice(TIERS, is_required=True), "given_by": _TEXT, "reason": _TEXT}),
                         _on_incident(_offer)),
    "repeat_offer": Act(_shape(_HEARD, {"reason": _TEXT}), _on_incident(_repeat)),
    "withdraw_offer": Act(_shape(_HEARD, {"reason": _TEXT}), _on_incident(_withdraw)),
    "accept_command": Act(_shape(_HEARD, {"taken_by": _TEXT}), _on_incident(_accept)),
    "refuse_command": Act(_shape(_HEARD, {"reason": _TEXT}), _on_incident(_refuse)),
    "take_command": Act(_shape(_HEARD, _CARRIED, {"given_by": _TEXT, "taken_by": _TEXT, "reason": _TEXT}), _on_incident(_take)),
    "form_post": Act(_shape(_HEARD, {
        "place": _TEXT, "phone": _TEXT, "channel": _TEXT, "commander": _TEXT, "commander_office": _TEXT, "commander_unit": _TEXT,
        "commander_phone": _TEXT, "named_by": _NAMED_BY, "fire_commander": _TEXT, "fire_commander_unit": _TEXT,
        "fire_commander_phone": _TEXT, "people": _TEXTS}), _on_incident(_form_post)),
    "seat": Act(_shape(_HEARD, {"role": _choice(PostRole, is_required=True)}, _SEAT), _on_incident(_seat)),
    "release": Act(_shape(_HEARD, {"role": _choice(PostRole), "person": _TEXT}), _on_incident(_release)),
    "dissolve_post": Act(_shape(_HEARD), _on_incident(_dissolve)),
    "decision": Act(_shape(_WORDS), _record(DecisionKind.DECISION)),
    "meeting": Act(_shape(_WORDS), _record(DecisionKind.MEETING)),
    "instruction": Act(_shape(_WORDS), _record(DecisionKind.INSTRUCTION)),
    "add_notice": Act(_shape({"incident": _INCIDENT, "who": _TEXT, "phone": _TEXT, "kind": _choice(NoticeKind), "clause": _TEXT}),
                      _on_incident(_add_notice)),
    "tell": Act(_shape(_HEARD, {"who": ArgumentShape(is_required=True), "to": _TEXT}), _tell),
    "step_done": Act(_shape(_MARKED), _mark(StepState.DONE)),
    "step_skip": Act(_shape(_MARKED, {"reason": _TEXT}), _mark(StepState.SKIPPED)),
    "step_open": Act(_shape(_MARKED, {"reason": _TEXT}), _mark(StepState.OPEN)),
    "judge_grade": Act(_shape({"incident": _INCIDENT, "grade": _choice(Grade, is_required=True), "decided_by": _TEXT, "reason": _TEXT}),
                       _on_incident(_judge)),
    "say_production": Act(_shape({"incident": _INCIDENT, "production": _choice(Production, is_required=True), "circumstances": _TEXTS}),
                          _on_incident(_production)),
    "set_parent": Act(_shape({"incident": _INCIDENT, "parent": _INCIDENT}), _on_incident(_parent)),
    "secondary_types": Act(_shape({"incident": _INCIDENT, "types": _TEXTS}), _on_incident(_secondary)),
}
