"""The command post in words: its members by role and group, who must be told, meetings and decisions. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.command import CommandPost, Decision, NamedBy, Notice, PostMember, PostRole
from emergency_desk.domain.plans import PlanRole
from emergency_desk.domain.teams import HowHeard
from emergency_desk.domain.texts import Text
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label

COMMANDERS = (PostRole.COMMANDER, PostRole.FIRE_COMMANDER)
_BY: dict[NamedBy, Text] = {
    NamedBy.PLAN: Text("青岛市突发事件应对条例第三十五条：由预案确定", "Qingdao Regulations Art. 35: as the plan names"),
    NamedBy.COMMITTEE: Text("青岛市突发事件应对条例第三十五条：由应急委指定", "Qingdao Regulations Art. 35: named by the committee"),
    NamedBy.LAW: Text("消防法第四十五条：火灾扑救由消防救援机构统一指挥", "Fire Protection Law Art. 45: the fire service commands fire-fighting"),
}


def standing_post(ladder: Ladder, tier: Tier | None) -> CommandPost | None:
    """Return the post that stands at a tier."""
    return next((post for post in ladder.posts if post.dissolved_at is None and post.tier is tier), None)


def last_post(ladder: Ladder, tier: Tier | None) -> CommandPost | None:
    """Return the post that stands at a tier, else the one that stood there last."""
    own = [post for post in ladder.posts if post.tier is tier]
    return max(own, key=lambda post: (post.dissolved_at is None, post.formed_at), default=None)


def members_of(ladder: Ladder, post: CommandPost) -> list[PostMember]:
    """Return who has a place at a post now; of one that was dissolved, who had one to the end."""
    return [member for member in ladder.members if member.post_id == post.id and member.until is None]


def commander_words(member: PostMember | None) -> tuple[str, str]:
    """Return who commands and by which rule; nobody yet says so."""
    if member is None:
        return _("nobody named yet"), ""
    rest = _(" · ").join(part for part in (member.post_name, member.unit if member.name else "", member.phone) if part)
    basis = _BY[member.named_by].in_language(current_language())
    return member.name or member.unit, _(" · ").join(part for part in (rest, basis) if part)


def member_lines(members: Sequence[PostMember]) -> Iterator[Line]:
    """Return deputies and the like first, then each work group with its lead and its members."""
    alone = [member for member in members if not member.group_id and member.role not in COMMANDERS]
    yield from (_member(member, indent="") for member in alone)
    groups = list(dict.fromkeys(member.group_id for member in members if member.group_id))
    for group in groups:
        own = [member for member in members if member.group_id == group]
        leads = [member for member in own if member.role is PostRole.GROUP_LEAD]
        duties = next((lead.duties for lead in leads if lead.duties), "")
        name = label(PlanRole(group)) if group in set(PlanRole) else group
        yield line(f"#{group}", Cell(name, strong=True, after=duties, hint=duties), "")  # its duties run over the whole line
        yield from (_member(member, indent="    ") for member in (*leads, *(one for one in own if one not in leads)))


def _member(member: PostMember, *, indent: str) -> Line:
    name = _("{name}, {unit}").format(name=member.name, unit=member.unit) if member.name and member.unit else member.name or member.unit
    role = "" if member.role is PostRole.GROUP_MEMBER else label(member.role)
    after = _(" · ").join(part for part in (role, member.post_name) if part)
    return line(member.id, Cell(f"{indent}{name}", after=after), Cell(member.phone or _("no phone"), Tone.SECONDARY, size="small"))


def notice_lines(notices: Sequence[Notice], now: datetime) -> Iterator[Line]:
    """Return who must be told: those who wait first, with the number to ring; the others with when and whom."""
    for notice in sorted(notices, key=lambda each: each.is_told):
        name = notice.name_en if notice.name_en and not current_language().startswith("zh") else notice.name
        why = _(" · ").join(part for part in (label(notice.kind), notice.why) if part)
        if not notice.is_told:
            yield line(notice.id, Cell(name, strong=True, shape=Shape.TO_DO, shape_tone=Tone.ORANGE, below=why),
                       Cell(_("phone {phone}").format(phone=notice.phone or "—"), Tone.ORANGE, strong=True, size="small"))
            continue
        how = label(HowHeard(notice.how)) if notice.how in set(HowHeard) else notice.how
        told = _(" · ").join(part for part in (notice.told_to, how, _("read back") if notice.read_back else _("not read back")) if part)
        assert notice.told_at is not None
        yield line(notice.id, Cell(name, Tone.SECONDARY, shape=Shape.DONE, shape_tone=Tone.GREEN, below=told),
                   Cell(formats.age(notice.told_at, now=now), Tone.SECONDARY, size="small"))


def decision_lines(decisions: Sequence[Decision], now: datetime) -> Iterator[Line]:
    """Return meetings, decisions and instructions, the newest first."""
    for decision in reversed(decisions):
        after = _(" · ").join(part for part in (label(decision.kind), decision.decided_by, decision.present) if part)
        yield line(decision.id, Cell(formats.when(decision.occurred_at, now=now), Tone.SECONDARY, strong=True),
                   Cell(decision.text, hint=after, after=after))
