"""What is asked about the command, in the head of the room: offer it up or down, accept, refuse, withdraw, offer again, take over.

A hand-over carries situation, resources and open orders, drafted from the room, and the signatures of both sides (R-1.12).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.command import CommandMove, first_made, neighbours
from emergency_desk.services import command
from emergency_desk.services.command import HandOver
from emergency_desk.ui.incidents.heard_fields import heard_fields, heard_of, sits_here
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskText, InlineForm
from emergency_desk.ui.incidents.response_asking import ask_at_span
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.wording import handing_over
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label

_CARRIED = ("situation", "resources", "open_orders")
_MOST_LETTERS = 260
_Go = Callable[[datetime | None], Any]


class CommandAsking:
    """One form, many questions. `view` gives the incident that is shown."""

    def __init__(self, work: RoomWork, form: InlineForm, view: Callable[[], RoomView | None]) -> None:
        self._work, self._form, self._view = work, form, view

    # -- offering ------------------------------------------------------------------------------------------------------
    def offer_up(self) -> None:
        """Ask what is handed to the tier above (F7)."""
        self._offer(up=True)

    @property
    def may_go_up(self) -> bool:
        """Say whether a tier stands above the one that commands, or an offer waits for its answer."""
        view = self._view()
        if view is None:
            return False
        ladder = view.room.ladder
        standing = frozenset(line.tier for line in ladder.tiers)
        return ladder.offer is not None or any(tier.rank < ladder.holder.rank for tier in neighbours(ladder.holder, standing))

    def offer_down(self) -> None:
        """Ask what is handed to the tier below: the mirror of the offer up."""
        self._offer(up=False)

    def _offer(self, *, up: bool) -> None:
        view = self._view()
        if view is None:
            return
        ladder = view.room.ladder
        to = [tier for tier in neighbours(ladder.holder, frozenset(line.tier for line in ladder.tiers))
              if (tier.rank < ladder.holder.rank) is up]
        if ladder.offer is not None:
            self._answer_instead(ladder, ladder.offer)
        elif not to:
            self._work.tell(_("There is no tier above that could take the command here.") if up else _(
                "There is no tier below that could take the command here."))
        else:
            self._ask_offer(view, ladder.holder, to[0])

    def _answer_instead(self, ladder: Ladder, offer: CommandMove) -> None:
        """An offer waits already: what is next of it is its answer."""
        if sits_here(ladder, offer.to_tier) or sits_here(ladder, offer.from_tier):
            self.accept(offer.to_tier)
            return
        self._work.tell(_("The command is offered to {tier} already.").format(tier=self._name(offer.to_tier)))

    def _ask_offer(self, view: RoomView, by: Tier, to: Tier) -> None:
        title = _("{tier} offers the command to {to}; until {to} accepts, {tier} commands").format(tier=self._name(by), to=self._name(to))
        who, *how = (*heard_fields(view.room.ladder, by), self._signature("given_by", by))
        told = (replace(who, span=4), replace(how[-1], span=4), *how[:-1]) if how else (who,)  # who told it and who gave it: one Tab apart
        fields = (*told, Ask(name="reason", label=field_label("reason"), span=10 if how else 7), ask_at_span(), *self._carried(view))
        self._form.ask(title, fields, _("Offer the command"), lambda answers: self._do_offer(view, by, to, answers),
                       focus="given_by" if sits_here(view.room.ladder, by) else "heard_from")

    def _do_offer(self, view: RoomView, by: Tier, to: Tier, answers: Answers) -> None:
        desk = self._work.desk
        self._go(answers, lambda at: command.offer_command(
            desk, incident_id=view.id, to=to, given_by=answers["given_by"], carried=_carried_of(answers), reason=answers["reason"], tier=by,
            occurred_at=at, heard=heard_of(answers)),
            told=_("The command is offered to {tier}. Phone them; an answer is due within {minutes} min.").format(
                tier=self._name(to), minutes=desk.trade.ladder.answer_minutes))

    def repeat(self) -> None:
        """Make the offer again: at once for the own tier, as heard for another."""
        view, desk, offer = self._view(), self._work.desk, self._waiting()
        if view is None or offer is None:
            return
        if sits_here(view.room.ladder, offer.from_tier):
            self._work.do(lambda: command.repeat_offer(desk, incident_id=view.id), told=_("The offer was made again."))
            return
        title = _("{tier} offers the command once more").format(tier=self._name(offer.from_tier))
        self._form.ask(title, (ask_at_span(), *heard_fields(view.room.ladder, offer.from_tier)), _("Record"),
                       lambda answers: self._go(answers, lambda at: command.repeat_offer(
                           desk, incident_id=view.id, tier=offer.from_tier, occurred_at=at, heard=heard_of(answers))), focus="heard_from")

    def withdraw(self) -> None:
        """Ask why the offer is withdrawn."""
        view, desk, offer = self._view(), self._work.desk, self._waiting()
        if view is None or offer is None:
            return
        title = _("{tier} withdraws its offer of the command").format(tier=self._name(offer.from_tier))
        fields = (Ask(name="reason", label=field_label("reason"), span=5), ask_at_span(), *heard_fields(view.room.ladder, offer.from_tier))
        self._form.ask(title, fields, _("Withdraw"), lambda answers: self._go(answers, lambda at: command.withdraw_offer(
            desk, incident_id=view.id, reason=answers["reason"], tier=offer.from_tier, occurred_at=at, heard=heard_of(answers))))

    # -- answering -----------------------------------------------------------------------------------------------------
    def accept(self, tier: Tier | None = None) -> None:
        """Ask who takes the command over; for a tier that does not sit here also who said so."""
        view, offer = self._view(), self._waiting()
        if view is None or offer is None:
            return
        by = tier or offer.to_tier
        made = first_made(view.room.ladder.moves, offer)
        title = _("{tier} accepts the command from {from_tier}").format(tier=self._name(by), from_tier=self._name(offer.from_tier))
        fields = (self._signature("taken_by", by), ask_at_span(), *heard_fields(view.room.ladder, by))
        desk = self._work.desk
        self._form.ask(title, fields, _("Accept the command"), lambda answers: self._go(answers, lambda at: command.accept_command(
            desk, incident_id=view.id, taken_by=answers["taken_by"], tier=by, occurred_at=at, heard=heard_of(answers)),
            told=_("{tier} commands now.").format(tier=self._name(by))), note=_handed(made), focus="heard_from")

    def refuse(self, tier: Tier | None = None) -> None:
        """Ask why the command is not accepted."""
        view, offer = self._view(), self._waiting()
        if view is None or offer is None:
            return
        by, desk = tier or offer.to_tier, self._work.desk
        title = _("{tier} does not accept the command; {from_tier} commands on").format(tier=self._name(by),
                                                                                      from_tier=self._name(offer.from_tier))
        fields = (Ask(name="reason", label=field_label("reason"), span=6), ask_at_span(), *heard_fields(view.room.ladder, by))
        self._form.ask(title, fields, _("Refuse the command"), lambda answers: self._go(answers, lambda at: command.refuse_command(
            desk, incident_id=view.id, reason=answers["reason"], tier=by, occurred_at=at, heard=heard_of(answers))))

    def take(self, tier: Tier) -> None:
        """Ask what an upper command that is set up takes over from below."""
        view, desk = self._view(), self._work.desk
        if view is None:
            return
        holder = view.room.ladder.holder
        if tier.rank >= holder.rank:
            self._work.tell(_("{tier} cannot take the command: it is held by {holder}.").format(tier=self._name(tier),
                                                                                             holder=self._name(holder)))
            return
        title = _("{tier} sets up its command and takes it over from {holder} at once").format(tier=self._name(tier),
                                                                                             holder=self._name(holder))
        signed = (replace(self._signature(name, of), span=5) for name, of in (("given_by", holder), ("taken_by", tier)))
        fields = (*signed, ask_at_span(), *self._carried(view), *heard_fields(view.room.ladder, tier))
        self._form.ask(title, fields, _("Take the command"), lambda answers: self._go(answers, lambda at: command.take_command(
            desk, incident_id=view.id, given_by=answers["given_by"], taken_by=answers["taken_by"], carried=_carried_of(answers), tier=tier,
            occurred_at=at, heard=heard_of(answers)), told=_("{tier} commands now.").format(tier=self._name(tier))))

    # -- inside --------------------------------------------------------------------------------------------------------
    def _go(self, answers: Answers, act: _Go, *, told: str = "") -> None:
        self._work.asked_moment(answers, self._form, lambda at: self._work.do(lambda: act(at), form=self._form, told=told))

    def _waiting(self) -> CommandMove | None:
        view = self._view()
        offer = view.room.ladder.offer if view is not None else None
        if view is not None and offer is None:
            self._work.tell(_("No offer of the command is waiting."))
        return offer

    def _carried(self, view: RoomView) -> tuple[Ask, ...]:
        """Return what a hand-over carries, drafted from the room."""
        room = view.room
        drafts = (handing_over.situation(room, self._work.place.namer()), handing_over.resources(room.orders, room.incident),
                  handing_over.open_orders(room.orders, room.tasks))
        return tuple(AskText(name=name, label=field_label(name), value=text, span=4) for name, text in zip(_CARRIED, drafts, strict=True))

    def _signature(self, name: str, tier: Tier) -> Ask:
        """Return the field for a signature; the own side begins with whoever sits at this desk."""
        view, account, value = self._view(), self._work.desk.account, ""
        if view is not None and account is not None and sits_here(view.room.ladder, tier):
            english = account.display_name_en and not current_language().startswith("zh")
            value = account.display_name_en if english else account.display_name
        return Ask(name=name, label=field_label(name), value=value, hint=_("name and post"), span=3)

    def _name(self, tier: Tier) -> str:
        view = self._view()
        line = view.room.ladder.line(tier) if view is not None else None
        return self._work.place.namer().area(line.area_id) if line is not None else label(tier).lower()


def _carried_of(answers: Answers) -> HandOver:
    return HandOver(*(answers[name] for name in _CARRIED))


def _handed(offer: CommandMove) -> str:
    """Tell what the tier that offers hands over, and who signed."""
    told = [_("{what}: {text}").format(what=field_label(name), text=_short(getattr(offer, name))) for name in _CARRIED if getattr(offer, name)]
    return "\n".join([*told, _("{what}: {text}").format(what=field_label("given_by"), text=offer.given_by)])


def _short(text: str) -> str:
    """Return a text that leaves room for the fields below it; the record keeps the whole."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _MOST_LETTERS else flat[:_MOST_LETTERS - 1].rstrip() + "…"
