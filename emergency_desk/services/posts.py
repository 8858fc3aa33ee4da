"""The on-site command post: formed with the plan's work groups, its people, its meetings and decisions, dissolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandPost, Decision, DecisionKind, NamedBy, PostMember, PostRole
from emergency_desk.domain.errors import FieldMissing, MemberLeft, PostMissing, PostStands
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.plan_records import PlanFact
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.domain.units import find_unit
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import ending, hearing, judging, logbook, meeting
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named to a place at the post."""

    role: PostRole
    name: str
    post_name: str = ""
    unit: str = ""
    phone: str = ""
    group_id: str = ""
    duties: str = ""
    named_by: NamedBy = NamedBy.PLAN


def form_post(
    desk: Desk, *, incident_id: Id, place: str, people: Iterable[Named], phone: str = "", channel: str = "", tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[CommandPost]:
    """Form a tier's command post: its place, its commander, and the plan's work groups (R-11.1), copied with lead and members.

    Raises FieldMissing (place, commander), PostStands, NotOwnTier, IncidentIsClosed. Source: QD17 Art. 35; FIRE21 Art. 45.
    """
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    named = [one for one in people if one.name.strip() or one.unit.strip()]
    if not place.strip():
        raise FieldMissing(name="place")
    if not any(one.role is PostRole.COMMANDER for one in named):
        raise FieldMissing(name="commander")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        standing = _posts(work, incident, acting)
        if standing:
            raise PostStands(tier=acting, place=standing[0].place)
        post = work.command_posts.add(CommandPost(id=desk.new_id(), incident_id=incident.id, tier=acting, place=place.strip(),
                                                  formed_at=occurred_at or at, phone=phone.strip(), channel=channel.strip()))
        for one in (*named, *_groups(desk, work, incident)):
            _seat(desk, work, post, one, since=post.formed_at)
        commanders = [one for one in named if one.role in (PostRole.COMMANDER, PostRole.FIRE_COMMANDER)]
        logbook.write(desk, work, Happening.POST, at=at, incident_id=incident.id, occurred_at=post.formed_at, about_id=post.id,
                      step="formed", tier=acting.value, place=post.place,
                      people="; ".join(f"{one.role.value}:{one.name or one.unit}" for one in commanders), **hearing.as_values(heard))
        meeting.by_fact(desk, work, incident.id, acting, (PlanFact.FORM_COMMAND,), at=at, occurred_at=post.formed_at)
        return Done(post, work.commit("form_post", incident=incident.number, tier=acting.value))


def seat_member(
    desk: Desk, *, post_id: Id, member: Named, occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[PostMember]:
    """Give somebody a place at a post. A new commander takes the place of the one before.

    Raises FieldMissing, PostMissing, NotOwnTier, NotOwnArea.
    """
    desk.may(Act.MOVE_COMMAND)
    if not (member.name.strip() or member.unit.strip()):
        raise FieldMissing(name="name")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        post = _standing(desk, work, post_id, heard)
        if member.role in (PostRole.COMMANDER, PostRole.FIRE_COMMANDER):
            for before in work.post_members.where("WHERE post_id = ? AND role = ? AND until IS NULL", (post.id, member.role.value)):
                work.post_members.put(replace(before, until=occurred_at or at))
        seated = _seat(desk, work, post, member, since=occurred_at or at)
        logbook.write(desk, work, Happening.POST, at=at, incident_id=post.incident_id, occurred_at=seated.since, about_id=seated.id,
                      step="seated", tier=post.tier.value, role=seated.role.value, name=seated.name, unit=seated.unit,
                      **hearing.as_values(heard))
        return Done(seated, work.commit("seat_member", post=post.id, member=seated.id))


def release_member(
    desk: Desk, *, member_id: Id, occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[PostMember]:
    """Let somebody leave the post; the record stays. Raises MemberLeft, PostMissing, NotOwnTier, NotOwnArea."""
    desk.may(Act.MOVE_COMMAND)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        member = work.post_members.get(member_id)
        post = _standing(desk, work, member.post_id, heard)
        if member.until is not None:
            raise MemberLeft(name=member.name or member.unit, at=member.until)
        member = work.post_members.put(replace(member, until=occurred_at or at))
        logbook.write(desk, work, Happening.POST, at=at, incident_id=member.incident_id, occurred_at=member.until, about_id=member.id,
                      step="released", tier=post.tier.value, role=member.role.value, name=member.name, unit=member.unit,
                      **hearing.as_values(heard))
        return Done(member, work.commit("release_member", member=member.id))


def dissolve_post(desk: Desk, *, incident_id: Id, tier: Tier | None = None, occurred_at: datetime | None = None,
                  heard: Heard = NOT_HEARD) -> Done[int]:
    """Dissolve a tier's command post. Raises PostMissing."""
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        standing = _posts(work, incident, acting)
        if not standing:
            raise PostMissing(tier=acting)
        ending.dissolve_posts(desk, work, incident, acting, at=at, occurred_at=occurred_at or at)
        return Done(len(standing), work.commit("dissolve_post", incident=incident.number, tier=acting.value))


def record_decision(
    desk: Desk, *, incident_id: Id, kind: DecisionKind, text: str, decided_by: str, present: str = "", tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[Decision]:
    """Record a meeting, a decision or a leader's instruction: what, by whom, when (AW8 三(三)). Raises FieldMissing."""
    desk.may(Act.MOVE_COMMAND)
    acting = hearing.acting_tier(desk, tier, heard)
    for name, typed in (("text", text), ("decided_by", decided_by)):
        if not typed.strip():
            raise FieldMissing(name=name)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        standing = _posts(work, incident, acting)
        decision = work.decisions.add(Decision(
            id=desk.new_id(), incident_id=incident.id, tier=acting, kind=kind, text=text.strip(), decided_by=decided_by.strip(),
            occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who, post_id=standing[0].id if standing else None,
            present=present.strip()))
        logbook.write(desk, work, Happening.DECISION, at=at, incident_id=incident.id, occurred_at=decision.occurred_at, about_id=decision.id,
                      text=decision.text, kind=kind.value, tier=acting.value, decided_by=decision.decided_by, present=decision.present,
                      **hearing.as_values(heard))
        return Done(decision, work.commit("record_decision", incident=incident.number, kind=kind.value))


def _posts(work: UnitOfWork, incident: Incident, tier: Tier) -> list[CommandPost]:
    return work.command_posts.where("WHERE incident_id = ? AND tier = ? AND dissolved_at IS NULL", (incident.id, tier.value))


def _standing(desk: Desk, work: UnitOfWork, post_id: Id, heard: Heard) -> CommandPost:
    """Return a post that stands and is the desk's own, or was heard of."""
    post = work.command_posts.get(post_id)
    hearing.acting_tier(desk, post.tier, heard)
    hearing.refuse_elsewhere(desk, work.incidents.get(post.incident_id), heard)
    if post.dissolved_at is not None:
        raise PostMissing(tier=post.tier)
    return post


def _groups(desk: Desk, work: UnitOfWork, incident: Incident) -> Iterator[Named]:
    """Return the work groups of the incident's plan as places at the post: lead unit, members, duties, and the phones the register has."""
    plan = judging.pinned_plan(desk, incident.plan_code, incident.plan_version)
    units, place = work.units.where("WHERE is_retired = 0 ORDER BY name, id"), desk.tree.path(incident.area_id)
    for group in plan.work_groups if plan is not None else ():
        for number, name in enumerate((group.lead.zh, *(member.zh for member in group.members))):
            unit = find_unit(name, units, place)
            yield Named(PostRole.GROUP_MEMBER if number else PostRole.GROUP_LEAD, "", unit=name, group_id=group.name.zh or group.function.value,
                        phone=unit.duty_phone if unit is not None else "", duties="" if number else group.duties.zh)


def _seat(desk: Desk, work: UnitOfWork, post: CommandPost, named: Named, *, since: datetime) -> PostMember:
    return work.post_members.add(PostMember(
        id=desk.new_id(), post_id=post.id, incident_id=post.incident_id, role=named.role, since=since, name=named.name.strip(),
        post_name=named.post_name.strip(), unit=named.unit.strip(), phone=named.phone.strip(), group_id=named.group_id,
        duties=named.duties, named_by=named.named_by))
