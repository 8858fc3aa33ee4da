"""Tells the lines of the ladder as acts of a walk: responses, command, posts and their people, notices, decisions, steps, grades.

Whoever decided, signed or sat at a post becomes a stand-in, the same one wherever the person is named; units and tiers stay.
What a tier without a seat did is told as heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.command import CommandStep, Notice, NoticeKind, PostMember, PostRole
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import GradeChange, Happening, LogEntry
from emergency_desk.domain.replay import History
from emergency_desk.domain.responses import ResponseStep
from emergency_desk.domain.teams import HowHeard
from emergency_desk.domain.walks import YES
from emergency_desk.errands.walk_scrubbing import SOMEBODY, Scrubber, StandIns

Arguments = dict[str, str | tuple[str, ...]]
Act = tuple[str, Arguments]
_RESPONSE_ACTS = {ResponseStep.ACTIVATED: "activate", ResponseStep.ADJUSTED: "adjust", ResponseStep.EXTENDED: "extend",
                  ResponseStep.SUSPENDED: "suspend", ResponseStep.RESUMED: "resume", ResponseStep.ENDED: "end_response"}
_COMMAND_ACTS = {CommandStep.OFFERED: "offer_command", CommandStep.REPEATED: "repeat_offer", CommandStep.WITHDRAWN: "withdraw_offer",
                 CommandStep.ACCEPTED: "accept_command", CommandStep.REFUSED: "refuse_command", CommandStep.TAKEN: "take_command"}
_BY_GIVER = frozenset({CommandStep.OFFERED, CommandStep.REPEATED, CommandStep.WITHDRAWN})
_STEP_ACTS = {"done": "step_done", "skipped": "step_skip", "open": "step_open"}
_CALLED_IN = frozenset({NoticeKind.SPECIAL_HQ, NoticeKind.LEAD_UNIT, NoticeKind.MEMBER_UNIT})
_PLANS_OWN = frozenset({PostRole.GROUP_LEAD, PostRole.GROUP_MEMBER})  # a plan's work groups come with the post by themselves
_COMMANDERS = frozenset({PostRole.COMMANDER, PostRole.FIRE_COMMANDER})


class LadderTelling:
    """Ask it for the acts of one line; no act means that no walk can say it, and it is told in its own words."""

    def __init__(self, kept: History, ladder: Ladder, scrub: Scrubber, *, tier_of: Callable[[Id], Tier], speaker: Callable[[str], str]) -> None:
        self._kept, self._scrub, self._tier_of, self._speaker = kept, scrub, tier_of, speaker
        self._stand_ins = StandIns()
        self._responses = {response.id: response for response in kept.responses}
        self._changes = {change.id: change for change in kept.response_changes}
        self._moves = {move.id: move for move in kept.command_moves}
        self._grades = {change.id: change for change in kept.grades}
        self._posts = {post.id: post for post in ladder.posts}
        self._members = {member.id: member for member in ladder.members}
        self._notices = {notice.id: notice for notice in ladder.notices}
        self._seated = {line.entry.about_id for line in kept.lines if line.entry.value("step") == "seated"}
        self._called_in = {(Tier(line.entry.value("tier")), line.entry.recorded_at) for line in kept.lines
                           if line.entry.happening is Happening.RESPONSE and line.entry.value("step") == ResponseStep.ACTIVATED}
        self._writers: dict[Happening, Callable[[LogEntry], Iterator[Act]]] = {
            Happening.RESPONSE: self._response, Happening.COMMAND: self._command, Happening.POST: self._post,
            Happening.NOTICE: self._notice, Happening.DECISION: self._decision, Happening.STEP: self._step}

    def acts(self, entry: LogEntry) -> Iterator[Act]:
        """Yield the act that wrote a line of the ladder."""
        yield from self._writers[entry.happening](entry)

    def tells(self, happening: Happening) -> bool:
        """Say whether lines of a kind are the ladder's."""
        return happening in self._writers

    def person(self, name: str) -> str:
        """Return the stand-in of a person, "" for nobody."""
        return self._stand_ins(name)

    def whose(self, entry: LogEntry, tier: Tier | str) -> Arguments:
        """Return how the act of another tier was heard; nothing for the own tier's."""
        who = entry.value("heard_from")
        if not who and tier == self._tier_of(entry.account_id):
            return {}
        how = entry.value("how")
        return {"of": str(tier), "from": self._speaker(who) if who else SOMEBODY, "how": how if how in set(HowHeard) else HowHeard.PHONE.value,
                "read_back": YES if entry.value("read_back") == YES else ""}

    # -- responses and command --
    def _response(self, entry: LogEntry) -> Iterator[Act]:
        change = self._changes.get(entry.about_id or Id(""))
        response = self._responses.get(change.response_id) if change else None
        if change is None or response is None:
            return
        told: Arguments = {"decided_by": self.person(change.decided_by), **self.whose(entry, response.tier)}
        if change.step is ResponseStep.ACTIVATED:
            told |= {"level": change.level.value, "matter": self._scrub(response.matter), "measures": self._scrub(response.measures)}
        else:
            told |= {"reason": self._scrub(change.reason)}
        if change.step in (ResponseStep.ACTIVATED, ResponseStep.EXTENDED) and change.expected_until is not None:
            told["hours"] = _hours(change.occurred_at, change.expected_until)
        if change.step is ResponseStep.ADJUSTED:
            told["level"] = change.level.value
        if change.step is ResponseStep.ENDED:
            told["override"] = self._scrub(change.override_reason)
        yield _RESPONSE_ACTS[change.step], told

    def _command(self, entry: LogEntry) -> Iterator[Act]:
        move = self._moves.get(entry.about_id or Id(""))
        if move is None or move.step not in _COMMAND_ACTS:
            return
        told = self.whose(entry, move.from_tier if move.step in _BY_GIVER else move.to_tier)
        if move.step is not CommandStep.ACCEPTED:
            told["reason"] = self._scrub(move.reason)
        if move.step in (CommandStep.OFFERED, CommandStep.TAKEN):
            told |= {"given_by": self.person(move.given_by), "situation": self._scrub(move.situation),
                     "resources": self._scrub(move.resources), "open_orders": self._scrub(move.open_orders)}
        if move.step is CommandStep.OFFERED:
            told["to"] = move.to_tier.value
        if move.step in (CommandStep.ACCEPTED, CommandStep.TAKEN):
            told["taken_by"] = self.person(move.taken_by)
        yield _COMMAND_ACTS[move.step], told

    # -- the post --
    def _post(self, entry: LogEntry) -> Iterator[Act]:
        step, told = entry.value("step"), self.whose(entry, entry.value("tier"))
        member = self._members.get(entry.about_id or Id(""))
        if step == "formed":
            yield from self._formed(entry, told)
        elif step == "dissolved":
            yield "dissolve_post", told
        elif member is not None and step == "seated":
            yield "seat", {**told, **self._place_of(member)}
        elif member is not None:
            yield "release", {**told, "role": member.role.value, "person": self.person(member.name) or member.unit}

    def _formed(self, entry: LogEntry, told: Arguments) -> Iterator[Act]:
        post = self._posts.get(entry.about_id or Id(""))
        if post is None:
            return
        first = [each for each in self._members.values() if each.post_id == post.id and each.id not in self._seated
                 and not (each.role in _PLANS_OWN and each.group_id and not each.name)]
        told |= {"place": self._scrub(post.place), "channel": post.channel}
        for member in first:
            if member.role in _COMMANDERS and member.role.value not in told:
                told |= {member.role.value: self.person(member.name), f"{member.role.value}_unit": member.unit}
            if member.role is PostRole.COMMANDER:
                told |= {"commander_office": member.post_name, "named_by": member.named_by.value}
        yield "form_post", {**told, "people": tuple(self._line_of(each) for each in first if each.role not in _COMMANDERS)}

    def _line_of(self, member: PostMember) -> str:
        return f"{member.role.value} {self.person(member.name)}, {_one_part(member.unit)}"

    def _place_of(self, member: PostMember) -> Arguments:
        return {"role": member.role.value, "person": self.person(member.name), "office": member.post_name, "unit": member.unit,
                "group": member.group_id, "duties": self._scrub(member.duties), "named_by": member.named_by.value}

    def follows_by_itself(self, entry: LogEntry) -> bool:
        """Say whether a line is told by another act: somebody put on a list, or a post dissolved by the end of its response or incident."""
        if entry.happening is Happening.NOTICE and entry.value("step") == "added":
            return True
        return entry.happening is Happening.POST and entry.value("step") == "dissolved" and any(
            other.recorded_at == entry.recorded_at and other.account_id == entry.account_id and _ends(other, entry.value("tier"))
            for other in (line.entry for line in self._kept.lines))

    # -- who is told, what is decided --
    def added_notices(self, *, lays_them: bool) -> list[Notice]:
        """Return who was put on a list by hand, the earliest first. `lays_them`: where the walk plays, an activation lists who is called in."""
        return sorted((notice for notice in self._notices.values() if not (lays_them and notice.kind in _CALLED_IN and
                      (notice.tier, notice.created_at) in self._called_in)), key=lambda notice: notice.created_at)

    def add_notice(self, notice: Notice) -> Act:
        """Return the act that puts somebody on a list."""
        return "add_notice", {"who": self._name_of(notice), "kind": notice.kind.value, "clause": self._scrub(notice.why)}

    def _name_of(self, notice: Notice) -> str:
        return self.person(notice.name) if notice.kind is NoticeKind.LEADER else self._scrub(notice.name)

    def _notice(self, entry: LogEntry) -> Iterator[Act]:
        notice = self._notices.get(entry.about_id or Id(""))
        if notice is None:
            return
        how = entry.value("how")
        yield "tell", {"who": self._name_of(notice), "to": self.person(entry.value("told_to")),
                       "how": how if how in set(HowHeard) else HowHeard.PHONE.value,
                       "read_back": YES if entry.value("read_back") == YES else "", **self.whose(entry, notice.tier)}

    def _decision(self, entry: LogEntry) -> Iterator[Act]:
        yield entry.value("kind"), {"text": self._scrub(entry.text), "decided_by": self.person(entry.value("decided_by")),
                                    "present": SOMEBODY if entry.value("present") else "", **self.whose(entry, entry.value("tier"))}

    def _step(self, entry: LogEntry) -> Iterator[Act]:
        act = _STEP_ACTS.get(entry.value("state"))
        if act is None:
            return
        reason = {} if act == "step_done" else {"reason": self._scrub(entry.text)}
        yield act, {"step": (entry.value("step"),), **reason, **self.whose(entry, entry.value("tier"))}

    # -- what it is judged to be --
    def judged(self, entry: LogEntry) -> Iterator[Act]:
        """Yield the act of somebody's decision on the grade; what the figures brought about needs none."""
        change: GradeChange | None = self._grades.get(entry.about_id or Id(""))
        if change is not None and not change.is_suggestion:
            yield "judge_grade", {"grade": entry.value("grade"), "decided_by": self.person(change.decided_by),
                                  "reason": self._scrub(change.reason)}


def _hours(begun: datetime, until: datetime) -> str:
    return f"{(until - begun).total_seconds() / 3600:.6f}".rstrip("0").rstrip(".")


def _one_part(text: str) -> str:
    """Return a text without the commas that part the facts of a person at a post."""
    return text.replace("，", "、").replace(",", "、")


def _ends(entry: LogEntry, tier: str) -> bool:
    if entry.happening is Happening.RESPONSE:
        return entry.value("step") == ResponseStep.ENDED and entry.value("tier") == tier
    return entry.happening is Happening.CLOSED

