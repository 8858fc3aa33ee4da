"""How the parts of a room get things done: ask the store, tell the notice bar, put the form away or tell the refusal in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from emergency_desk.domain.errors import DeskError, FieldUnreadable
from emergency_desk.domain.moments import at_clock
from emergency_desk.domain.teams import HowHeard
from emergency_desk.services.desk import Desk
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, InlineForm
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label


class RoomWork:
    """Given to every part of the room."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    @property
    def desk(self) -> Desk:
        """The desk that is asked."""
        return self.place.desk

    def do(
        self, job: Callable[[], Any], *, told: str = "", undo: Callable[[], object] | None = None, form: InlineForm | None = None,
        then: Callable[[Any], object] | None = None, refused: Callable[[DeskError], object] | None = None,
    ) -> None:
        """Do an act; afterwards its form goes and the notice bar tells it. A refusal stands in the form, with what was typed."""
        def done(answer: Any) -> None:
            if form is not None:
                form.put_away()
            if told:
                self.place.window.notices.done(told, undo)
            if then is not None:
                then(answer)

        self.place.ask(job, then=done, refused=refused or (form.refused if form is not None else None))

    def tell(self, words: str) -> None:
        """Tell that something cannot be done here."""
        self.place.window.notices.refuse(words)

    def moment(self, answers: Answers) -> datetime | None:
        """Return the moment typed under "at", None for now. Raises FieldUnreadable."""
        typed = answers.get("at", "").lstrip("@＠")
        if not typed:
            return None
        try:
            return at_clock(typed, near=self.desk.now())
        except ValueError:
            raise FieldUnreadable(name="at", typed=typed, expected=_("a time such as 20:05")) from None

    def asked_moment(self, answers: Answers, form: InlineForm, go_on: Callable[[datetime | None], object]) -> None:
        """Read the moment typed and go on with it, or tell in the form that it cannot be read."""
        try:
            moment = self.moment(answers)
        except FieldUnreadable as error:
            form.refused(error)
            return
        go_on(moment)


def ask_at(value: str = "") -> Ask:
    """Return the field for the moment something was so."""
    return Ask(name="at", label=_("At"), value=value, hint=_("now, or 20:05"))


def ask_how(value: HowHeard = HowHeard.RADIO) -> AskChoice:
    """Return the field for how a word reached the desk."""
    hows = (HowHeard.RADIO, HowHeard.PHONE, HowHeard.IN_PERSON, HowHeard.MESSAGE)
    return AskChoice(name="how", label=_("How"), value=value.value, choices=tuple((how.value, label(how)) for how in hows))
