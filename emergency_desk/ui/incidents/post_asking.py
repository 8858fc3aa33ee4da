"""What is asked at the command post: form it, give somebody a place, record a meeting or a decision, add who must be told, dissolve it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import IncidentRoom
from emergency_desk.domain.command import CommandPost, DecisionKind, NamedBy, NoticeKind, PostMember, PostRole
from emergency_desk.domain.incident_types import has_fire_ground
from emergency_desk.domain.plans import Plan
from emergency_desk.services import command, posts
from emergency_desk.services.posts import Named
from emergency_desk.ui.incidents.heard_fields import heard_fields, heard_of
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskText, InlineForm
from emergency_desk.ui.incidents.response_asking import ask_at_span
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label

_NAMED_BY = (NamedBy.PLAN, NamedBy.COMMITTEE)
_SEATS = (PostRole.DEPUTY, PostRole.RECORDER, PostRole.COMMANDER, PostRole.FIRE_COMMANDER, PostRole.GROUP_LEAD, PostRole.GROUP_MEMBER,
          PostRole.GARRISON, PostRole.WORKING_GROUP)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AtPost:
    """What a form is about: the incident, the tier whose post is shown, and the post if it stands."""

    room: IncidentRoom
    tier: Tier
    post: CommandPost | None


class PostAsking:
    """One form, many questions. `at` gives what is shown."""

    def __init__(self, work: RoomWork, form: InlineForm, at: Callable[[], AtPost | None]) -> None:
        self._work, self._form, self._at = work, form, at

    # -- forming -------------------------------------------------------------------------------------------------------
    def form_post(self) -> None:
        """Ask where the post stands and who commands, by the plan's rule or the committee; at a fire also who commands the fire ground."""
        at = self._at()
        if at is None:
            return
        if at.post is not None:
            self._work.tell(_("The command post stands already at {place}.").format(place=at.post.place))
            return
        desk, incident = self._work.desk, at.room.incident
        place = " ".join(part for part in (self._work.place.namer().area(incident.area_id), incident.address) if part)
        fields: tuple[Ask, ...] = (
            Ask(name="place", label=field_label("place"), value=place, span=4), Ask(name="post_phone", label=_("Phone of the post"), span=2),
            Ask(name="radio", label=field_label("channel"), span=2), ask_at_span(), *self._commander(at.room.plan))
        if has_fire_ground(desk.trade.type(incident.type_id)):
            fields += self._fire_commander(at.room.plan)
        title = _("Form the command post of {area}: its place and who commands").format(area=self._area(at))
        note = _("The work groups of the plan are copied with it.") if at.room.plan is not None else ""
        self._form.ask(title, (*fields, *heard_fields(at.room.ladder, at.tier)), _("Form the post"), lambda answers: self._form_post(at, answers),
                       note=note, focus="commander")

    def _commander(self, plan: Plan | None) -> tuple[Ask, ...]:
        unit = plan.work_groups[0].lead.in_language(current_language()) if plan is not None and plan.work_groups else ""
        return (
            Ask(name="commander", label=label(PostRole.COMMANDER), hint=_("name"), span=3),
            Ask(name="commander_post", label=_("Office held"), span=2), Ask(name="commander_unit", label=_("Unit"), value=unit, span=3),
            Ask(name="commander_phone", label=field_label("phone"), span=2),
            AskChoice(name="named_by", label=_("By which rule"), value=NamedBy.PLAN.value, span=2,
                      choices=tuple((one.value, label(one)) for one in _NAMED_BY)))

    def _fire_commander(self, plan: Plan | None) -> tuple[Ask, ...]:
        contact = next((one for one in plan.contacts if one.role.zh == "火场总指挥"), None) if plan is not None else None
        unit = contact.unit.in_language(current_language()) if contact is not None else ""
        return (Ask(name="fire_commander", label=label(PostRole.FIRE_COMMANDER), hint=_("name"), span=3),
                Ask(name="fire_unit", label=_("Fire and rescue unit"), value=unit, span=5),
                Ask(name="fire_phone", label=field_label("phone"), value=contact.phone if contact is not None else "", span=2))

    def _form_post(self, at: AtPost, answers: Answers) -> None:
        desk = self._work.desk
        people = [Named(PostRole.COMMANDER, answers["commander"], answers["commander_post"], answers["commander_unit"],
                        answers["commander_phone"], named_by=NamedBy(answers["named_by"]))]
        if "fire_commander" in answers:
            people.append(Named(PostRole.FIRE_COMMANDER, answers["fire_commander"], unit=answers["fire_unit"], phone=answers["fire_phone"],
                                named_by=NamedBy.LAW))
        self._work.asked_moment(answers, self._form, lambda moment: self._work.do(lambda: posts.form_post(
            desk, incident_id=at.room.incident.id, place=answers["place"], people=people, phone=answers["post_phone"],
            channel=answers["radio"], tier=at.tier, occurred_at=moment, heard=heard_of(answers)), form=self._form,
            told=_("The command post stands.")))

    # -- places --------------------------------------------------------------------------------------------------------
    def seat(self, member: PostMember | None = None) -> None:
        """Ask who has which place at the post; a line that names only a unit gets its person."""
        at = self._standing()
        if at is None or at.post is None:
            return
        post = at.post
        role = member.role if member is not None else PostRole.DEPUTY
        fields = (AskChoice(name="role", label=_("Place"), value=role.value, choices=tuple((one.value, label(one)) for one in _SEATS), span=3),
                  Ask(name="name", label=field_label("name"), value=member.name if member else "", span=2),
                  Ask(name="post_name", label=_("Office held"), value=member.post_name if member else "", span=2),
                  Ask(name="unit", label=_("Unit"), value=member.unit if member else "", span=3),
                  Ask(name="phone", label=field_label("phone"), value=member.phone if member else "", span=2),
                  *heard_fields(at.room.ladder, at.tier))
        self._form.ask(_("A place at the command post"), fields, _("Seat"), lambda answers: self._seat(post, member, answers), focus="name")

    def _seat(self, post: CommandPost, member: PostMember | None, answers: Answers) -> None:
        desk, role = self._work.desk, PostRole(answers["role"])
        named_by = NamedBy.LAW if role is PostRole.FIRE_COMMANDER else member.named_by if member is not None else NamedBy.PLAN
        named = Named(role, answers["name"], answers["post_name"], answers["unit"], answers["phone"],
                      group_id=member.group_id if member else "", duties=member.duties if member else "", named_by=named_by)

        def seat() -> Any:
            done = posts.seat_member(desk, post_id=post.id, member=named, heard=heard_of(answers))
            if member is not None and role not in (PostRole.COMMANDER, PostRole.FIRE_COMMANDER):  # a commander follows by itself
                posts.release_member(desk, member_id=member.id, heard=heard_of(answers))
            return done

        self._work.do(seat, form=self._form)

    def leave(self, member: PostMember) -> None:
        """Let somebody leave the post: at once for the own tier, as heard for another."""
        at = self._standing()
        if at is None:
            return
        fields = heard_fields(at.room.ladder, at.tier)
        if not fields:
            self._leave(member, {})
            return
        self._form.ask(_("{name} leaves the command post").format(name=member.name or member.unit), fields, _("Record"),
                       lambda answers: self._leave(member, answers))

    def _leave(self, member: PostMember, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: posts.release_member(desk, member_id=member.id, heard=heard_of(answers)), form=self._form,
                      told=_("{name} has left the command post.").format(name=member.name or member.unit))

    # -- decisions, notices, the end -----------------------------------------------------------------------------------
    def decide(self) -> None:
        """Ask what was decided, by whom, and who was there (AW8 三(三))."""
        at, desk = self._at(), self._work.desk
        if at is None:
            return
        fields = (AskChoice(name="kind", label=_("What"), value=DecisionKind.DECISION.value, span=3,
                            choices=tuple((one.value, label(one)) for one in DecisionKind)),
                  Ask(name="decided_by", label=field_label("decided_by"), span=3), Ask(name="present", label=_("Present"), span=4),
                  ask_at_span(), AskText(name="text", label=field_label("text"), is_long=True), *heard_fields(at.room.ladder, at.tier))
        self._form.ask(_("Record a meeting, a decision or an instruction"), fields, _("Record"), lambda answers: self._work.asked_moment(
            answers, self._form, lambda moment: self._work.do(lambda: posts.record_decision(
                desk, incident_id=at.room.incident.id, kind=DecisionKind(answers["kind"]), text=answers["text"],
                decided_by=answers["decided_by"], present=answers["present"], tier=at.tier, occurred_at=moment, heard=heard_of(answers)),
                form=self._form)), focus="text")

    def add_notice(self) -> None:
        """Ask who else must be told."""
        at, desk = self._at(), self._work.desk
        if at is None:
            return
        fields = (Ask(name="name", label=field_label("name"), span=4),
                  AskChoice(name="kind", label=field_label("kind"), value=NoticeKind.OTHER.value, span=3,
                            choices=tuple((one.value, label(one)) for one in NoticeKind)),
                  Ask(name="phone", label=field_label("duty_phone"), span=2), Ask(name="why", label=_("Why"), span=3))
        self._form.ask(_("Somebody who must be told"), fields, _("Add"), lambda answers: self._work.do(lambda: command.add_notice(
            desk, incident_id=at.room.incident.id, name=answers["name"], phone=answers["phone"], kind=NoticeKind(answers["kind"]),
            why=answers["why"]), form=self._form))

    def dissolve(self) -> None:
        """Ask once more before a post is dissolved: it cannot be taken back."""
        at, desk = self._standing(), self._work.desk
        if at is None or at.post is None:
            return
        title = _("Dissolve the command post at {place}").format(place=at.post.place)
        self._form.ask(title, heard_fields(at.room.ladder, at.tier), _("Dissolve the post"), lambda answers: self._work.do(
            lambda: posts.dissolve_post(desk, incident_id=at.room.incident.id, tier=at.tier, heard=heard_of(answers)), form=self._form),
            note=_("Whoever has a place there leaves it. A new post can be formed afterwards."))

    # -- inside --------------------------------------------------------------------------------------------------------
    def _standing(self) -> AtPost | None:
        at = self._at()
        if at is not None and at.post is None:
            self._work.tell(_("No command post stands yet. Form it first."))
            return None
        return at

    def _area(self, at: AtPost) -> str:
        line = at.room.ladder.line(at.tier)
        return self._work.place.namer().area(line.area_id) if line is not None else label(at.tier).lower()
