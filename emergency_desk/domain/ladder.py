"""The walk up the ladder: the steps each tier takes, which are done, and why none is skipped in silence.

A step is done by a fact (an order that went out, a response that runs) or ticked by somebody; skipped only with a reason. Both are
appended as `StepMark`s. Source: 突发事件应对法 2024 Art. 61-78, 86-94; 国家突发事件总体应急预案 3.3, 3.4; domain §1.5, §10, §11.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.errors import StepByAct
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, IncidentClass
from emergency_desk.domain.responses import ACTIVATOR_ENDS, ART_72
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text


class Step(StrEnum):
    """The steps of a tier, in their order."""

    RECEIVE = "receive"
    VERIFY = "verify"
    FIRST_RESPONSE = "first_response"
    APPRAISE = "appraise"
    ACTIVATE = "activate"
    FORM_COMMAND = "form_command"
    DISPATCH = "dispatch"
    EVACUATE = "evacuate"
    REPORT = "report"
    EXPAND = "expand"  # expand or step down
    END = "end"
    RECOVER = "recover"
    REVIEW = "review"

    @property
    def rank(self) -> int:
        """1 for the first step."""
        return _RANKS[self]


_RANKS = {step: rank for rank, step in enumerate(Step, start=1)}


BY_ACT = frozenset({Step.ACTIVATE, Step.END})  # skipped with a reason, but never ticked

# What each step rests on; where the plan's own clause says more, it stands beside.
STEP_BASIS: dict[Step, Text] = {
    Step.RECEIVE: Text("青岛市突发事件应对条例第二十八条", "Qingdao Regulations on Responding to Emergency Incidents Art. 28"),
    Step.VERIFY: Text("突发事件应对法第六十一条", "Emergency Response Law Art. 61"),
    Step.FIRST_RESPONSE: Text("国家总体应急预案3.3.1", "National Overall Plan 3.3.1"),
    Step.APPRAISE: Text("青岛市突发事件应对条例第三十三条", "Qingdao Regulations on Responding to Emergency Incidents Art. 33"),
    Step.ACTIVATE: Text("突发事件应对法第七十一、七十二条", "Emergency Response Law Art. 71 and 72"),
    Step.FORM_COMMAND: Text(
        "青岛市突发事件应对条例第三十五条，安委〔2013〕8号三（二）",
        "Qingdao Regulations on Responding to Emergency Incidents Art. 35; State Council Safety Committee [2013] No. 8, 3(2)"),
    Step.DISPATCH: Text("国家总体应急预案3.3.3", "National Overall Plan 3.3.3"),
    Step.EVACUATE: Text("突发事件应对法第七十三条", "Emergency Response Law Art. 73"),
    Step.REPORT: Text("突发事件应对法第六十一条", "Emergency Response Law Art. 61"),
    Step.EXPAND: Text("突发事件应对法第十七条，青岛市突发事件应对条例第三十三条",
                      "Emergency Response Law Art. 17; Qingdao Regulations on Responding to Emergency Incidents Art. 33"),
    Step.END: Text("突发事件应对法第八十六条，国家总体应急预案3.3.6", "Emergency Response Law Art. 86; National Overall Plan 3.3.6"),
    Step.RECOVER: Text("突发事件应对法第八十七条", "Emergency Response Law Art. 87"),
    Step.REVIEW: Text("突发事件应对法第九十二条", "Emergency Response Law Art. 92"),
}


class StepState(StrEnum):
    """Where a step of a tier stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    NOT_ASKED = "not_asked"  # nothing asks for it (yet): nobody is to be evacuated, another tier commands


@dataclass(frozen=True, slots=True)
class StepMark:
    """Somebody's word on a step, appended; the newest of a tier and step holds."""

    id: Id
    incident_id: Id
    tier: Tier
    step: Step
    state: StepState
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    reason: str = ""
    heard_from: str = ""
    heard_how: str = ""
    read_back: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as shown: its state, since when, by what it is known, and the article or clause it rests on."""

    tier: Tier
    step: Step
    state: StepState
    at: datetime | None = None
    reason: str = ""
    is_marked: bool = False  # somebody said so; else a fact of the desk says so


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRules:
    """Who leads which grade, and the waits and defaults of the house; each with what it rests on."""

    answer_minutes: int
    answer_basis: RuleBasis
    soon_minutes: int
    soon_basis: RuleBasis
    expected_hours: int
    expected_basis: RuleBasis
    leads: tuple[tuple[Grade, Tier], ...]
    leads_basis: RuleBasis


def leading_tier(rules: LadderRules, *, grade: Grade | None, incident_class: IncidentClass | None, standing: frozenset[Tier]) -> Tier | None:
    """Return the tier that leads an incident by its grade; None for social incidents and where no grade is known.

    Where a city has no districts, the city leads what a district would. Source: QD17 Art. 33; NMP25 3.3.3; corrections 0.1 item 8.
    """
    if grade is None or incident_class is IncidentClass.SOCIAL:
        return None
    tier = dict(rules.leads)[grade]
    there = [each for each in LADDER if each in standing and each.rank <= tier.rank]
    return there[0] if there else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierFacts:
    """What the desk knows of one tier's part in an incident; moments are None for what has not happened."""

    tier: Tier
    commands: bool = False
    leads: bool = False  # by the grade (QD17 Art. 33), whoever commands now
    is_top: bool = False  # nobody above it on this ladder
    received_at: datetime | None = None
    verified_at: datetime | None = None
    sent_first_at: datetime | None = None
    teams_wanted: bool = False
    level_reached: bool = False  # the plan reaches a level at this tier
    appraised_at: datetime | None = None
    activated_at: datetime | None = None
    post_formed_at: datetime | None = None
    evacuation_asked: bool = False
    evacuated_at: datetime | None = None
    reports_owed: bool = False
    reported_at: datetime | None = None
    should_expand: bool = False  # grade, plan or figures ask for another tier to lead
    expanded_at: datetime | None = None
    is_controlled: bool = False
    ended_at: datetime | None = None
    aftermath_open: int = 0
    aftermath_laid: bool = False
    reviewed_at: datetime | None = None

    @property
    def is_engaged(self) -> bool:
        """Say whether this tier has a part in the incident yet."""
        return self.commands or self.received_at is not None or self.activated_at is not None


def step_lines(facts: TierFacts, marks: Iterable[StepMark] = ()) -> tuple[StepLine, ...]:
    """Return every step of a tier with its state: by somebody's mark where there is one (the newest holds), else by the facts.

    What happened after a step was skipped or opened again counts as done: a skipped activation that came all the same was no skip.
    """
    marked = {mark.step: mark for mark in marks if mark.tier is facts.tier}
    return tuple(_line(facts, step, marked.get(step)) for step in Step)


def check_tick(step: Step, tier: Tier) -> None:
    """Refuse to tick what only its own act does: a response begins with the four facts of Art. 72 and ends by Art. 86. Raises StepByAct."""
    if step in BY_ACT:
        raise StepByAct(step=step, tier=tier, basis=ART_72 if step is Step.ACTIVATE else ACTIVATOR_ENDS)


def next_step(lines: Iterable[StepLine]) -> StepLine | None:
    """Return the first open step of a tier, or None."""
    return next((line for line in lines if line.state is StepState.OPEN), None)


def _line(facts: TierFacts, step: Step, mark: StepMark | None) -> StepLine:
    asked, at = _known(facts, step)
    if mark is not None and mark.state is not StepState.DONE and at is not None and at > mark.occurred_at:
        mark = None
    if mark is not None and mark.state is not StepState.OPEN:
        return StepLine(facts.tier, step, mark.state, mark.occurred_at, mark.reason, is_marked=True)
    if at is not None and mark is None:
        return StepLine(facts.tier, step, StepState.DONE, at)
    state = StepState.OPEN if asked or mark is not None else StepState.NOT_ASKED
    return StepLine(facts.tier, step, state, reason=mark.reason if mark else "", is_marked=mark is not None)


def _known(facts: TierFacts, step: Step) -> tuple[bool, datetime | None]:
    """Return whether a step is asked for, and since when a fact says it is done.

    Where the plan reaches a level, activating it is the appraisal; where it reaches none, somebody says what the matter comes to. A command
    post under a commander is set up by the district or the city (QD17 Art. 35), never asked of a street: by the one that commands, or by the
    one that is to lead by the grade, which takes the command with it.
    """
    engaged, running = facts.is_engaged, facts.activated_at is not None and facts.ended_at is None
    answers: dict[Step, tuple[bool, datetime | None]] = {
        Step.RECEIVE: (engaged, facts.received_at),
        Step.VERIFY: (engaged, facts.verified_at),
        Step.FIRST_RESPONSE: (facts.commands, facts.sent_first_at),
        Step.APPRAISE: (engaged and not facts.level_reached, facts.appraised_at or facts.activated_at),
        Step.ACTIVATE: (engaged and facts.level_reached, facts.activated_at),
        Step.FORM_COMMAND: ((facts.commands or facts.leads) and running and facts.tier is not Tier.STREET, facts.post_formed_at),
        Step.DISPATCH: (facts.commands and facts.teams_wanted, None if facts.teams_wanted else facts.sent_first_at),
        Step.EVACUATE: (facts.evacuation_asked, facts.evacuated_at),
        Step.REPORT: (facts.reports_owed, None if facts.reports_owed else facts.reported_at),
        Step.EXPAND: (facts.commands and facts.should_expand, facts.expanded_at),
        Step.END: (running and facts.is_controlled, facts.ended_at),
        Step.RECOVER: (facts.aftermath_open > 0, facts.ended_at if facts.aftermath_laid and not facts.aftermath_open else None),
        Step.REVIEW: (facts.ended_at is not None, facts.reviewed_at),
    }
    return answers[step]
