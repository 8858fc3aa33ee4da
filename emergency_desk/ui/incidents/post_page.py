"""The command post of an incident: who commands (at a fire two roles side by side), the work groups, who must be told, what was decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import IncidentRoom
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.command import PostMember, PostRole
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incident_types import has_fire_ground
from emergency_desk.services import incidents
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents import post_lines
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.post_asking import AtPost, PostAsking
from emergency_desk.ui.incidents.room_head import LinkButton
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.incidents.step_asking import StepAsking
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import ElidedLabel, dress, text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import INCIDENTS, POST, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

_HERE = (POST,)
ACTIONS = (
    Action("post_form", N_("Form the command post"), "form_post", "Alt+F", _HERE, N_("form the post")),
    Action("post_tell", N_("Go to who must be told"), "go_notices", "Alt+T", _HERE, N_("told")),
    Action("post_seat", N_("Give somebody a place at the command post"), "seat", "Alt+N", _HERE, N_("place")),
    Action("post_decide", N_("Record a meeting, a decision or an instruction"), "decide", "Alt+D", _HERE, N_("decision")),
    Action("post_notice", N_("Add somebody who must be told"), "add_notice", "", _HERE),
    Action("post_dissolve", N_("Dissolve the command post"), "dissolve", "", _HERE),
    Action("post_confirm", N_("Do what the open form asks"), "next_act", "Ctrl+Return", _HERE, N_("next act")),
    Action("post_back", N_("Back to the room"), "leave", "Escape", _HERE, N_("back"), in_bar=False),
)
_SUBJECTS = frozenset({Subject.INCIDENT, Subject.COMMAND, Subject.NOTICE, Subject.RESPONSE, Subject.AREA})


class _Commander(Panel):
    """One of the two roles: the office, who holds it, by which rule."""

    def __init__(self, role: PostRole) -> None:
        super().__init__(label(role))
        dress(self.title, tone=Tone.ACT)
        self.name = ElidedLabel(size="title")
        self.rest = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.body.addWidget(self.name)
        self.body.addWidget(self.rest)

    def show_member(self, member: PostMember | None) -> None:
        """Show who holds the role."""
        name, rest = post_lines.commander_words(member)
        self.name.setText(name)
        dress(self.name, tone=Tone.TEXT if member is not None else Tone.ORANGE)
        self.rest.setText(rest)


class CommandPostPage(LivePage):
    """`show_incident` turns it to an incident, `begin_forming` opens the form as soon as it is read."""

    subjects = _SUBJECTS

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._incident_id: Id | None = None
        self._room: IncidentRoom | None = None
        self._tier: Tier | None = None
        self._begins = False
        work = RoomWork(place)
        self.form = WideForm()
        self.asking, self.telling = PostAsking(work, self.form, self._at), StepAsking(work, lambda: None)
        self.commander, self.fire_commander = _Commander(PostRole.COMMANDER), _Commander(PostRole.FIRE_COMMANDER)
        self.what, self.where = ElidedLabel(size="title"), ElidedLabel(tone=Tone.SECONDARY)
        self.begin = KeyButton(_("Form the command post"), "Alt+F", filled=True)
        self.begin.clicked.connect(self.form_post)
        self.members = KeyedList((Column(stretch=3), Column(stretch=2, right=True)), {Qt.Key.Key_X: "release"}, ruled=True)
        self.members.setAccessibleName(_("Places: Enter changes one, X leaves the post"))
        self.members.opened.connect(self._open_member)
        self.members.key_pressed.connect(self._release)
        self.notices = KeyedList((Column(stretch=True), Column(right=True, most=190)), {Qt.Key.Key_Space: "tell"}, row_height=44, ruled=True,
                                 empty=_("Nobody is listed yet. Activating a response lists those whom the hazard calls in."))
        self.notices.setAccessibleName(_("Who must be told: Enter or Space records that they were told"))
        self.notices.opened.connect(self._tell)
        self.notices.key_pressed.connect(lambda _name, key: self._tell(key))
        self.decisions = KeyedList((Column(most=100), Column(stretch=True, wrap=True)), {}, ruled=True,
                                   empty=_("Meetings, decisions and leaders' instructions appear here; Alt+D records one."))
        self.decisions.setAccessibleName(_("Meetings and decisions"))
        self._links: dict[Tier, LinkButton] = {}
        self._lay_out()
        place.window.acts.register(ACTIONS)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(INCIDENTS)

    # -- turning and reading -------------------------------------------------------------------------------------------
    def show_incident(self, incident_id: Id) -> None:
        """Turn to the post of an incident."""
        if incident_id != self._incident_id:
            self._incident_id, self._room, self._tier = incident_id, None, None
            self.form.put_away()
        self._begins = False
        self.forget()

    def begin_forming(self) -> None:
        """Open the form as soon as the post is read."""
        if self._room is not None:
            self.form_post()
        else:
            self._begins = True

    def reader(self) -> Callable[[], IncidentRoom] | None:
        desk, incident_id = self.place.desk, self._incident_id
        return (lambda: incidents.open_room(desk, incident_id=incident_id, log_limit=1)) if incident_id is not None else None

    def show_read(self, answer: IncidentRoom) -> None:
        is_first = self._room is None
        self._room = answer
        own = answer.ladder.own
        self._tier = self._tier or (own.tier if own is not None else answer.ladder.holder)
        self.tick()
        self.place.window.keys.rebuild()
        if self._begins:
            self._begins = False
            self.form_post()
        elif is_first:
            self.go_notices()

    def tick(self) -> None:
        at = self._at()
        if at is None:
            return
        now, ladder = self.now(), at.room.ladder
        post = post_lines.last_post(ladder, at.tier)
        members = post_lines.members_of(ladder, post) if post is not None else []
        self._show_head(at)
        self._show_links()
        by_role = {member.role: member for member in members}
        self.commander.show_member(by_role.get(PostRole.COMMANDER))
        self.fire_commander.show_member(by_role.get(PostRole.FIRE_COMMANDER))
        is_fire = has_fire_ground(self.place.desk.trade.type(at.room.incident.type_id))
        self.fire_commander.setVisible(is_fire or PostRole.FIRE_COMMANDER in by_role)
        self.members.set_empty(_("The work groups of the plan are copied here when the post is formed.") if at.post is None else
                               _("The plan names no work groups. Alt+N gives somebody a place."))
        self.members.show_lines(list(post_lines.member_lines(members)))
        notices = [notice for notice in ladder.notices if notice.tier is at.tier]
        told = _("{told} of {count} told").format(told=sum(notice.is_told for notice in notices), count=len(notices))
        self._notice_panel.set_head(note=told if notices else "")
        self.notices.show_lines(list(post_lines.notice_lines(notices, now)))
        self.decisions.show_lines(list(post_lines.decision_lines([one for one in ladder.decisions if one.tier is at.tier], now)))
        for lines, keys in self._keys:  # a key that finds nothing to act on is not offered
            keys.setVisible(bool(lines.lines))

    def _show_head(self, at: AtPost) -> None:
        incident, post, now = at.room.incident, at.post, self.now()
        self.what.setText(_("Command post · {title}").format(title=incident.title))
        self.begin.setVisible(post is None and incident.is_open and not self.form.isVisible())
        post = post or post_lines.last_post(at.room.ladder, at.tier)
        if post is None:
            self.where.setText(_("There is no command post yet."))
            return
        parts = (post.place, _("phone {phone}").format(phone=post.phone) if post.phone else "",
                 _("channel {channel}").format(channel=post.channel) if post.channel else "",
                 _("formed {age}").format(age=formats.age(post.formed_at, now=now)),
                 _("post dissolved {age}").format(age=formats.age(post.dissolved_at, now=now)) if post.dissolved_at is not None else "")
        self.where.setText(_(" · ").join(part for part in parts if part))

    def _show_links(self) -> None:
        assert self._room is not None
        namer, tiers = self.place.namer(), self._room.ladder.tiers
        if set(self._links) != {each.tier for each in tiers}:
            for link in self._links.values():
                link.hide()
                link.deleteLater()
            self._links = {each.tier: self._link(each.tier, namer.area(each.area_id)) for each in tiers}
        for tier, link in self._links.items():
            link.marked = tier is self._tier
            link.update()

    def _link(self, tier: Tier, name: str) -> LinkButton:
        made = LinkButton(name)
        made.clicked.connect(lambda: self._show_tier(tier))
        self._tier_line.addWidget(made)
        return made

    def _show_tier(self, tier: Tier) -> None:
        self._tier = tier
        self.form.put_away()
        self.tick()

    def _at(self) -> AtPost | None:
        if self._room is None or self._tier is None:
            return None
        return AtPost(self._room, self._tier, post_lines.standing_post(self._room.ladder, self._tier))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        at = self._at()
        if at is None or action_id == "post_back":
            return action_id == "post_back"
        if action_id == "post_form":
            return at.post is None and at.room.incident.is_open
        return at.post is not None or action_id not in ("post_seat", "post_dissolve")

    def form_post(self) -> None:
        """Form the post."""
        self.asking.form_post()
        self.begin.hide()

    def seat(self) -> None:
        """Give somebody a place."""
        self.asking.seat()

    def decide(self) -> None:
        """Record a meeting or a decision."""
        self.asking.decide()

    def add_notice(self) -> None:
        """Add somebody who must be told."""
        self.asking.add_notice()

    def dissolve(self) -> None:
        """Dissolve the post."""
        self.asking.dissolve()

    def go_notices(self) -> None:
        """Go to who must be told, the first who waits."""
        self.notices.choose_first()
        self.notices.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_act(self) -> None:
        """Do what the open form asks; without one, form the post, then tell the next who must be told."""
        at = self._at()
        if self.form.isVisible():
            self.form.submit()
        elif at is not None and at.post is None and at.room.incident.is_open:
            self.form_post()
        elif self.notices.lines:
            self._tell(self.notices.lines[0].key)

    def leave(self) -> None:
        """Go back to the room."""
        if self._incident_id is not None:
            self.place.open_room(self._incident_id)

    def _tell(self, key: str) -> None:
        notice = next((one for one in self._room.ladder.notices if one.id == key), None) if self._room is not None else None
        if notice is not None and not notice.is_told and self._room is not None:
            self.telling.tell(notice, self.form, self._room.ladder)

    def _member(self, key: str) -> PostMember | None:
        return next((one for one in self._room.ladder.members if one.id == key), None) if self._room is not None else None

    def _open_member(self, key: str) -> None:
        member = self._member(key)
        if member is not None:
            self.asking.seat(member)

    def _release(self, _name: str, key: str) -> None:
        member = self._member(key)
        if member is not None:
            self.asking.leave(member)

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self._build_head())
        pair = across(self.commander, self.fire_commander, shares=(1, 1))
        whole.addLayout(pair)
        self._keys = tuple((lines, text_label(words, tone=Tone.SECONDARY, size="small")) for lines, words in (
            (self.members, _("⏎ change · X leaves the post")), (self.notices, _("⏎ record that they were told"))))
        columns = across(_list_panel(_("Work groups and places"), self.members, self._keys[0][1]), shares=(36,))
        self._notice_panel = _list_panel(_("Who must be told"), self.notices, self._keys[1][1])
        columns.addWidget(self._notice_panel, 32)
        columns.addWidget(_list_panel(_("Meetings and decisions"), self.decisions, None), 32)
        whole.addLayout(columns, 1)
        self.form.closed.connect(self.tick)
        QWidget.setTabOrder(self.members, self.notices)
        QWidget.setTabOrder(self.notices, self.decisions)

    def _build_head(self) -> Panel:
        made = Panel()
        top, self._tier_line = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(GAP)
        self._tier_line.setSpacing(2)
        top.addWidget(self.what, 1)
        top.addLayout(self._tier_line)
        back = KeyButton(_("Room"), "Escape", bare=True)
        back.clicked.connect(self.leave)
        top.addWidget(back)
        made.body.addLayout(top)
        made.body.addWidget(self.where)
        made.body.addWidget(row(self.begin))
        made.body.addWidget(self.form)
        return made


def _list_panel(title: str, lines: QWidget, keys: QWidget | None) -> Panel:
    made = Panel(title)
    made.add_list(lines, 1)
    if keys is not None:
        made.body.addWidget(keys)
    return made
