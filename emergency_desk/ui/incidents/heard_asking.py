"""Recording what a tier did that does not sit at this desk: first which tier and what, then the same form its own desk would fill in."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.areas import Tier
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.wording.catalog import N_, _

_ACTS = (
    ("activate", N_("activated or adjusted its response")), ("accept", N_("accepted the command")), ("refuse", N_("refused the command")),
    ("take", N_("set up its command and took over")), ("offer", N_("offers the command up")), ("down", N_("offers the command down")),
    ("pause", N_("suspended or resumed its response")), ("extend", N_("extended its response")), ("end", N_("ended its response")),
    ("steps", N_("took a step of the ladder")),
)


class HeardAsking:
    """`act(name, tier)` goes on to the form of the act, `steps(tier)` to the steps of the tier."""

    def __init__(
        self, work: RoomWork, form: InlineForm, view: Callable[[], RoomView | None], act: Callable[[str, Tier], object],
        steps: Callable[[Tier], object],
    ) -> None:
        self._work, self._form, self._view, self._act, self._steps = work, form, view, act, steps

    def ask(self) -> None:
        """Ask which tier did what; the likeliest stands first."""
        view, namer = self._view(), self._work.place.namer()
        if view is None:
            return
        ladder = view.room.ladder
        others = [line for line in ladder.tiers if not line.is_own]
        if not others:
            self._work.tell(_("This place has no other tier."))
            return
        awaited = ladder.offer.to_tier.value if ladder.offer is not None else others[-1].tier.value
        fields = (AskChoice(name="tier", label=_("Tier"), value=awaited, span=4,
                            choices=tuple((line.tier.value, namer.area(line.area_id)) for line in others)),
                  AskChoice(name="act", label=_("What it did"), value="accept" if ladder.offer is not None else "activate", span=5,
                            choices=tuple((name, _(words)) for name, words in _ACTS)))
        self._form.ask(_("What another tier did, as heard"), fields, _("Go on"), self._go_on)

    def _go_on(self, answers: Answers) -> None:
        self._form.put_away()
        tier = Tier(answers["tier"])
        if answers["act"] == "steps":
            self._steps(tier)
        else:
            self._act(answers["act"], tier)
