"""What is asked about a tier's response, in the head of the room: activate, adjust, extend, suspend, resume, end.

For a tier that does not sit at this desk the same forms ask who said it, how, and whether it was read back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QComboBox

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import DeskError, StillOpen
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import Response, ResponseState
from emergency_desk.services import responses
from emergency_desk.services.papers import place_of
from emergency_desk.services.responses import ActivationOffer
from emergency_desk.services.steps.ending import OpenThings
from emergency_desk.ui.incidents.heard_fields import heard_fields, heard_of, sits_here
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskText, InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at
from emergency_desk.wording import drafting, handing_over
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.levels import level_said, level_word
from emergency_desk.wording.refusals import sentence

_Go = Callable[[datetime | None], Any]


class ResponseAsking:
    """One form, many questions. `view` gives the incident that is shown."""

    def __init__(self, work: RoomWork, form: InlineForm, view: Callable[[], RoomView | None]) -> None:
        self._work, self._form, self._view = work, form, view

    def running(self, tier: Tier) -> Response | None:
        """Return the running response of a tier."""
        view = self._view()
        line = view.room.ladder.line(tier) if view is not None else None
        return line.response if line is not None and line.response is not None and line.response.is_running else None

    # -- activate ------------------------------------------------------------------------------------------------------
    def activate_or_adjust(self, tier: Tier) -> None:
        """Ask for the four facts of an activation, or for another level where a response runs."""
        running = self.running(tier)
        if running is not None:
            self.adjust(tier, running)
        else:
            self.activate(tier)

    def activate(self, tier: Tier) -> None:
        """Ask for the four facts of Art. 72, drafted from the plan as far as it knows them."""
        view, desk = self._view(), self._work.desk
        if view is None:
            return
        self._work.place.ask(lambda: responses.offer_activation(desk, incident_id=view.id, tier=tier),
                             then=lambda offer: self._ask_activation(view, offer))

    def _ask_activation(self, view: RoomView, offer: ActivationOffer) -> None:
        activated_by = offer.activated_by_en if offer.activated_by_en and not current_language().startswith("zh") else offer.activated_by
        fields = (
            self._level(offer.level), AskNumber(name="expected_hours", label=_("Hours"), value=str(offer.expected_hours), span=1),
            Ask(name="matter", label=field_label("matter"), value=self._matter(view), span=4),
            Ask(name="decided_by", label=field_label("decided_by"), value=activated_by, span=3), ask_at_span(),
            AskText(name="measures", label=field_label("measures"), value=self._measures(view, offer, offer.level), is_long=True),
            *heard_fields(view.room.ladder, offer.tier))
        title = _("Activate the response of {tier}: matter, level, duration and measures (Art. 72)").format(tier=self._tier(offer.tier))
        clause = _("The plan's clause {clause} reaches level {level}.").format(
            clause=offer.clause, level=level_said(offer.level)) if offer.level is not None else _(
            "No clause of the plan reaches a level here; whoever decides names it.")
        self._form.ask(title, fields, _("Activate"), lambda answers: self._activate(view, offer.tier, answers), note=clause,
                       focus="decided_by" if sits_here(view.room.ladder, offer.tier) else "heard_from")
        self._follow_level(view, offer)

    def _matter(self, view: RoomView) -> str:
        desk, incident = self._work.desk, view.room.incident
        return drafting.matter_of(incident, type_name=desk.trade.type(incident.type_id).name, place=place_of(desk, incident.area_id))

    def _follow_level(self, view: RoomView, offer: ActivationOffer) -> None:
        """Draft the measures anew when another level is chosen, unless somebody has changed them."""
        box, drafted = self._form.editors["level"], [self._form.answers["measures"]]
        assert isinstance(box, QComboBox)

        def follow() -> None:
            if self._form.editors.get("level") is box and self._form.answers["measures"] == drafted[0]:
                drafted[0] = self._measures(view, offer, _level_of(str(box.currentData() or "")))
                self._form.set_answer("measures", drafted[0])

        box.currentIndexChanged.connect(lambda _row: follow())

    def _measures(self, view: RoomView, offer: ActivationOffer, level: Level | None) -> str:
        return handing_over.measures(offer.plan, tier=offer.tier, level=level, tasks=view.room.tasks)

    def _activate(self, view: RoomView, tier: Tier, answers: Answers) -> None:
        desk = self._work.desk
        hours = answers["expected_hours"]
        self._go(answers, lambda at: responses.activate_response(
            desk, incident_id=view.id, tier=tier, level=_level_of(answers["level"]), matter=answers["matter"],
            expected_hours=float(hours) if hours else None, measures=answers["measures"], decided_by=answers["decided_by"], occurred_at=at,
            heard=heard_of(answers)), told=_("The response of {tier} is activated.").format(tier=self._tier(tier)))

    # -- while it runs -------------------------------------------------------------------------------------------------
    def adjust(self, tier: Tier, running: Response) -> None:
        """Ask for another level, who decided it and why."""
        view, desk = self._view(), self._work.desk
        if view is None:
            return
        line = view.room.ladder.line(tier)
        wanted = line.suggested if line is not None and line.suggested is not None else running.level
        fields = (self._level(wanted), *self._decided(running.decided_by), *self._reason(4), ask_at_span(), *heard_fields(view.room.ladder, tier))
        title = _("Adjust the response of {tier}, now at level {level}").format(
            tier=self._tier(tier), level=level_said(running.level))
        self._form.ask(title, fields, _("Adjust"), lambda answers: self._go(answers, lambda at: responses.adjust_response(
            desk, incident_id=view.id, tier=tier, level=Level(answers["level"]), decided_by=answers["decided_by"], reason=answers["reason"],
            occurred_at=at, heard=heard_of(answers))))

    def extend(self, tier: Tier) -> None:
        """Ask for another expected end."""
        view, desk, running = self._view(), self._work.desk, self._must_run(tier)
        if view is None or running is None:
            return
        hours = AskNumber(name="expected_hours", label=_("Hours from now"), value=str(desk.trade.ladder.expected_hours), span=2)
        fields = (hours, *self._decided(running.decided_by), *self._reason(4), *heard_fields(view.room.ladder, tier))
        self._form.ask(_("Extend the response of {tier}").format(tier=self._tier(tier)), fields, _("Extend"),
                       lambda answers: self._go(answers, lambda at: responses.extend_response(
                           desk, incident_id=view.id, tier=tier, expected_hours=float(answers["expected_hours"] or 0),
                           decided_by=answers["decided_by"], reason=answers["reason"], occurred_at=at, heard=heard_of(answers))))

    def pause_or_resume(self, tier: Tier) -> None:
        """Ask why a response is suspended for safety, or resumed."""
        view, desk, running = self._view(), self._work.desk, self._must_run(tier)
        if view is None or running is None:
            return
        pauses = running.state is ResponseState.ACTIVE
        act = responses.suspend_response if pauses else responses.resume_response
        title = _("Suspend the response of {tier}: the rescue endangers the rescuers") if pauses else _(
            "Resume the response of {tier}: it is safe again")
        fields = (*self._decided(running.decided_by), *self._reason(5), ask_at_span(), *heard_fields(view.room.ladder, tier))
        self._form.ask(title.format(tier=self._tier(tier)), fields, _("Suspend") if pauses else _("Resume"),
                       lambda answers: self._go(answers, lambda at: act(
                           desk, incident_id=view.id, tier=tier, reason=answers["reason"], decided_by=answers["decided_by"], occurred_at=at,
                           heard=heard_of(answers))), focus="reason")

    # -- the end -------------------------------------------------------------------------------------------------------
    def end(self, tier: Tier) -> None:
        """Name what is still open, then ask who ends the response, and, where the law allows it, why all the same."""
        view, desk = self._view(), self._work.desk
        if view is None or self._must_run(tier) is None:
            return
        self._work.place.ask(lambda: responses.what_is_open(desk, incident_id=view.id, tier=tier),
                             then=lambda still: self._ask_end(view, tier, still))

    def _ask_end(self, view: RoomView, tier: Tier, still: OpenThings) -> None:
        running = self.running(tier)
        if running is None:
            return
        desk = self._work.desk
        stands = sentence(StillOpen(tier=tier, **still.as_values())) if still else _("Nothing of this tier is open.")
        override = (Ask(name="override_reason", label=field_label("override_reason"), span=5),) if still and not still.commands else ()
        fields = (*self._decided(running.decided_by), *self._reason(4), *override, ask_at_span(), *heard_fields(view.room.ladder, tier))
        title = _("End the response of {tier}: whoever activated it ends it").format(tier=self._tier(tier))
        self._form.ask(title, fields, _("End the response"), lambda answers: self._go(answers, lambda at: responses.end_response(
            desk, incident_id=view.id, tier=tier, decided_by=answers["decided_by"], reason=answers["reason"],
            override_reason=answers.get("override_reason", ""), occurred_at=at, heard=heard_of(answers)),
            told=_("The response of {tier} is ended.").format(tier=self._tier(tier))), note=stands)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _go(self, answers: Answers, act: _Go, *, told: str = "") -> None:
        """Do it at the moment typed. A refusal stays in the form, with everything that was typed."""
        self._work.asked_moment(answers, self._form, lambda at: self._work.do(lambda: act(at), form=self._form, told=told,
                                                                              refused=self._refused))

    def _refused(self, error: DeskError) -> None:
        self._form.refused(error)

    def _must_run(self, tier: Tier) -> Response | None:
        running = self.running(tier)
        if running is None:
            self._work.tell(_("No response of {tier} is running.").format(tier=self._tier(tier)))
        return running

    def _tier(self, tier: Tier) -> str:
        view = self._view()
        line = view.room.ladder.line(tier) if view is not None else None
        return self._work.place.namer().area(line.area_id) if line is not None else label(tier).lower()

    def _level(self, value: Level | None) -> AskChoice:
        choices = (("", "—"), *((level.value, level_word(level)) for level in Level))
        return AskChoice(name="level", label=field_label("level"), value=value.value if value else "", choices=choices, span=2)

    @staticmethod
    def _decided(value: str) -> tuple[Ask, ...]:
        return (Ask(name="decided_by", label=field_label("decided_by"), value=value, span=3),)

    @staticmethod
    def _reason(span: int) -> tuple[Ask, ...]:
        return (Ask(name="reason", label=field_label("reason"), span=span),)


def ask_at_span() -> Ask:
    """Return the field for the moment, as wide as a time is."""
    asked = ask_at()
    return Ask(name=asked.name, label=asked.label, hint=asked.hint, span=2)


def _level_of(value: str) -> Level | None:
    return Level(value) if value in set(Level) else None
