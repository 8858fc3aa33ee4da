"""What the acts from request to receipt share: what their forms choose from, how an answer is read and an act is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from emergency_desk.domain.errors import DeskError
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.supplies.stock_acts import StockActs, StockGround
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _


class FlowActs:
    """Asks and does; a refusal stays in the form with what was typed."""

    def __init__(self, place: Workplace, form: WideForm) -> None:
        self.place, self.form = place, form
        self.stock = StockActs(place, form)

    @property
    def ground(self) -> StockGround:
        """What the forms choose from."""
        return self.stock.ground

    @ground.setter
    def ground(self, ground: StockGround) -> None:
        self.stock.ground = ground

    def depots(self) -> list[tuple[str, str]]:
        """Return the depots to choose from."""
        return [(known.site.id, in_words(known.site.name, known.site.name_en)) for known in self.ground.depots]

    def now(self) -> datetime:
        """Return the moment of the desk."""
        return self.place.desk.now()

    def read(self, read: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Read what was typed, and go on with it."""
        try:
            value = read()
        except DeskError as error:
            self.form.refused(error)
            return
        then(value)

    def do(self, act: Callable[[], Done[Any]], told: str) -> None:
        """Do it, and tell what was made by its number."""
        def done(answer: Done[Any]) -> None:
            self.form.put_away()
            made = answer.value if isinstance(answer.value, list | tuple) else [answer.value]
            numbers = _(", ").join(number for one in made if (number := getattr(one, "number", "")))
            self.place.window.notices.done((_("{told}: {numbers}.") if numbers else _("{told}.")).format(told=told, numbers=numbers))

        self.place.ask(act, then=done, refused=self.form.refused)
