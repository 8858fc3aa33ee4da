"""Any walk at all up and down the ladder, played by chance: one commander, no end by another tier, refusals that change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emergency_desk.domain import command as moves_of
from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.command import CommandMove, PostRole
from emergency_desk.domain.errors import Refused
from emergency_desk.domain.incidents import Grade, Happening, LogEntry
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import NOT_HEARD, Heard, ResponseStep
from emergency_desk.services import command, grades, incidents, ladder, posts, responses
from emergency_desk.services.command import HandOver
from emergency_desk.services.desk import Desk
from emergency_desk.services.posts import Named
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.quickness import examples

TIERS, TEXTS = st.sampled_from(LADDER), st.sampled_from(["", *["市带班领导"] * 4])
WHO = st.sampled_from(["street", "officer", "leader", "city"])
HEARD = st.sampled_from([NOT_HEARD, NOT_HEARD, Heard("区值班员", "phone", True), Heard("区值班员", "")])
LEVELS, HOURS = st.none() | st.sampled_from(Level), st.none() | st.sampled_from([0.0, 1.0, 24.0])
ACTIVATION = st.fixed_dictionaries({"level": LEVELS, "expected_hours": HOURS, "matter": TEXTS, "measures": TEXTS, "decided_by": TEXTS})
PASSING = {"begun", "accepted", "taken"}


class AnyLadder(RuleBasedStateMachine):
    """One incident of the small city; street, district and city act on it, for themselves or as heard, rightly or not."""

    def __init__(self) -> None:
        super().__init__()
        self.folder, self.clock = TemporaryDirectory(), SetClock()
        self.desk = make_desk(Path(self.folder.name), clock=self.clock, account="street", plans=story.FIRE_PLANS)
        self.incident = story.opened(self.desk)

    def teardown(self) -> None:
        story.assert_sound(self.desk)
        self.desk.store.close()
        self.folder.cleanup()

    def play(self, who: str, act: Callable[..., object], *, tier: Tier | None = None, heard: Heard = NOT_HEARD, **more: Any) -> None:
        """Let somebody act; a refusal leaves every table as it was, but for the journal's note of what a role may not do."""
        self.clock.forward(1)
        acting_as(self.desk, who)
        before = kept(self.desk)
        try:
            act(self.desk, incident_id=self.incident.id, tier=tier, heard=heard, **more)
        except Refused:
            assert kept(self.desk) == before

    # -- responses --
    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, facts=ACTIVATION)
    def activate(self, who: str, tier: Tier | None, heard: Heard, facts: dict[str, Any]) -> None:
        self.play(who, responses.activate_response, tier=tier, heard=heard, **facts)

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, level=st.sampled_from(Level))
    def activate_with_all_facts(self, who: str, tier: Tier | None, heard: Heard, level: Level) -> None:
        self.play(who, responses.activate_response, tier=tier, heard=heard, level=level, expected_hours=24, matter="火灾", measures="搜救",
                  decided_by="局长")

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, level=st.sampled_from(Level), reason=TEXTS)
    def adjust(self, who: str, tier: Tier | None, heard: Heard, level: Level, reason: str) -> None:
        self.play(who, responses.adjust_response, tier=tier, heard=heard, level=level, decided_by="局长", reason=reason)

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, pauses=st.booleans(), reason=TEXTS)
    def pause(self, who: str, tier: Tier | None, heard: Heard, pauses: bool, reason: str) -> None:
        act = responses.suspend_response if pauses else responses.resume_response
        self.play(who, act, tier=tier, heard=heard, reason=reason, decided_by="局长")

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, decided_by=TEXTS, override=TEXTS)
    def end(self, who: str, tier: Tier | None, heard: Heard, decided_by: str, override: str) -> None:
        self.play(who, responses.end_response, tier=tier, heard=heard, decided_by=decided_by, override_reason=override)

    @rule(who=st.sampled_from(["street", "leader", "city"]), tier=TIERS)
    def end_with_a_reason_for_everything(self, who: str, tier: Tier) -> None:
        self.play(who, responses.end_response, tier=tier, decided_by="局长", override_reason="指挥部决定")

    # -- command --
    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, to=st.sampled_from([*Tier, *LADDER, *LADDER]), given_by=TEXTS)
    def offer(self, who: str, tier: Tier | None, heard: Heard, to: Tier, given_by: str) -> None:
        self.play(who, command.offer_command, tier=tier, heard=heard, to=to, given_by=given_by, carried=HandOver(situation="明火"))

    @rule(to=st.sampled_from(LADDER))
    def offer_by_who_commands(self, to: Tier) -> None:
        held = ladder.read_ladder(self.desk, incident_id=self.incident.id).holder
        who = {Tier.STREET: "street", Tier.DISTRICT: "leader", Tier.CITY: "city"}.get(held, "city")
        self.play(who, command.offer_command, to=to, given_by="主任", carried=HandOver(situation="明火"))

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, repeats=st.booleans())
    def after_offer(self, who: str, tier: Tier | None, heard: Heard, repeats: bool) -> None:
        self.play(who, command.repeat_offer if repeats else command.withdraw_offer, tier=tier, heard=heard, reason="未答复")

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, taken_by=TEXTS)
    def accept(self, who: str, tier: Tier | None, heard: Heard, taken_by: str) -> None:
        self.play(who, command.accept_command, tier=tier, heard=heard, taken_by=taken_by)

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, reason=TEXTS)
    def refuse(self, who: str, tier: Tier | None, heard: Heard, reason: str) -> None:
        self.play(who, command.refuse_command, tier=tier, heard=heard, reason=reason)

    @rule(who=WHO, tier=st.none() | st.sampled_from(Tier), heard=HEARD, signed=TEXTS)
    def take(self, who: str, tier: Tier | None, heard: Heard, signed: str) -> None:
        self.play(who, command.take_command, tier=tier, heard=heard, given_by="主任", taken_by=signed, carried=HandOver())

    # -- the rest of the ladder --
    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, place=TEXTS)
    def form_post(self, who: str, tier: Tier | None, heard: Heard, place: str) -> None:
        self.play(who, posts.form_post, tier=tier, heard=heard, place=place, people=(Named(PostRole.COMMANDER, "局长"),))

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD)
    def dissolve_post(self, who: str, tier: Tier | None, heard: Heard) -> None:
        self.play(who, posts.dissolve_post, tier=tier, heard=heard)

    @rule(who=WHO, tier=st.none() | TIERS, heard=HEARD, step=st.sampled_from(Step), state=st.sampled_from(StepState), reason=TEXTS)
    def mark(self, who: str, tier: Tier | None, heard: Heard, step: Step, state: StepState, reason: str) -> None:
        self.play(who, ladder.mark_step, tier=tier, heard=heard, step=step, state=state, reason=reason)

    @rule(who=WHO, grade=st.sampled_from(Grade), reason=TEXTS)
    def judge(self, who: str, grade: Grade, reason: str) -> None:
        self.play(who, lambda desk, tier, heard, **more: grades.judge_grade(desk, **more), grade=grade, decided_by="局长", reason=reason)

    @rule(who=WHO, dead=st.integers(0, 12))
    def count(self, who: str, dead: int) -> None:
        self.play(who, lambda desk, tier, heard, **more: incidents.report_figures(desk, **more), figures=story.figures(dead=dead))

    @rule(who=WHO, closes=st.sampled_from([True, *[False] * 5]))
    def close_or_reopen(self, who: str, closes: bool) -> None:
        def act(desk: Desk, tier: Tier | None, heard: Heard, **more: Any) -> object:
            return incidents.close_incident(desk, **more) if closes else incidents.reopen_incident(desk, **more, reason="复燃")

        self.play(who, act)

    # -- what holds at every moment --
    @invariant()
    def exactly_one_tier_commands_at_every_position_of_the_log(self) -> None:
        log, moves = lines(self.desk, Happening.COMMAND), command_moves(self.desk)
        told, held = Tier.STREET, Tier.STREET
        by_move = {move.id: move for move in moves}
        assert [move.step for move in moves if move.step == "begun"] == ["begun"] and moves[0].to_tier is Tier.STREET
        assert [entry.about_id for entry in log] == [move.id for move in moves[1:]]
        for length, entry in enumerate(log, start=2):
            if entry.value("step") in PASSING:
                assert entry.value("from_tier") == told
                told = Tier(entry.value("to_tier"))
            assert entry.about_id in by_move
            held = moves_of.holder(moves[:length]) or held
            assert held is told
        assert ladder.read_ladder(self.desk, incident_id=self.incident.id).holder is told

    @invariant()
    def a_hand_over_answers_an_offer_or_comes_from_above_and_both_signed(self) -> None:
        moves = command_moves(self.desk)
        for place, move in enumerate(moves):
            before = moves[:place]
            if move.step == "accepted":
                waiting = moves_of.open_offer(before)
                assert waiting is not None and (waiting.from_tier, waiting.to_tier) == (move.from_tier, move.to_tier)
            if move.step == "taken":
                assert move.to_tier.rank < move.from_tier.rank
            if move.step in ("accepted", "taken"):
                assert move.from_tier is moves_of.holder(before) and move.given_by and move.taken_by

    @invariant()
    def nobody_ends_the_response_of_another_tier_and_none_runs_twice(self) -> None:
        with self.desk.reading() as reading:
            kept_responses = reading.responses.where("")
            changes = reading.response_changes.where("ORDER BY seq")
            tier_of = {account.id: self.desk.tree.by_id[account.area_id].tier for account in reading.accounts.where("")}
        by_id = {response.id: response for response in kept_responses}
        running = [response.tier for response in kept_responses if response.is_running]
        assert len(running) == len(set(running))
        for change in changes:
            assert change.heard_from or tier_of[change.account_id] is by_id[change.response_id].tier
        ended = [change.response_id for change in changes if change.step is ResponseStep.ENDED]
        assert len(ended) == len(set(ended)) == sum(not response.is_running for response in kept_responses)
        assert [entry.about_id for entry in lines(self.desk, Happening.RESPONSE)] == [change.id for change in changes]

    @invariant()
    def a_closed_incident_has_neither_response_nor_post(self) -> None:
        with self.desk.reading() as reading:
            if reading.incidents.get(self.incident.id).is_open:
                return
            assert not [each for each in reading.responses.where("") if each.is_running]
            assert not reading.command_posts.where("WHERE dissolved_at IS NULL")


def kept(desk: Desk) -> dict[str, list[Any]]:
    """Return every row that the ladder writes; the journal counts the commits, without the notes of what a role may not do."""
    tables = ("incidents", "responses", "response_changes", "command_moves", "command_posts", "post_members", "notices", "step_marks", "grades",
              "figures", "tasks", "report_dues", "log")
    with desk.reading() as reading:
        rows: dict[str, list[Any]] = {name: getattr(reading, name).where("") for name in tables}
        rows["journal"] = list(reading._connection.exec_driver_sql("SELECT hash FROM journal WHERE action <> 'act_refused' ORDER BY number"))
    return rows


def lines(desk: Desk, happening: Happening) -> list[LogEntry]:
    """Return the log lines of one kind, in the order of entry."""
    with desk.reading() as reading:
        return reading.log.where("WHERE happening = ? ORDER BY sequence", (happening.value,))


def command_moves(desk: Desk) -> list[CommandMove]:
    """Return the moves of the command, in the order of entry."""
    with desk.reading() as reading:
        return reading.command_moves.where("ORDER BY seq")


TestAnyLadder = AnyLadder.TestCase
TestAnyLadder.settings = settings(max_examples=examples(20), stateful_step_count=25)


