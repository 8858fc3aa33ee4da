"""Where no plan was made: one key lays the actions of the plan that may stand in; where several may, it asks which."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.borrowing import Borrowed
from emergency_desk.domain.plans import BorrowedPlan
from emergency_desk.services import borrowing
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents.inline_form import AskChoice, InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.wording.advice import borrowed_told
from emergency_desk.wording.catalog import _, current_language, ngettext


class BorrowAsking:
    """`view` gives the incident that is shown."""

    def __init__(self, work: RoomWork, form: InlineForm, view: Callable[[], RoomView | None]) -> None:
        self._work, self._form, self._view = work, form, view

    def borrow(self) -> None:
        """Borrow the plan that may stand in; of several ask which."""
        view = self._view()
        if view is None:
            return
        desk = self._work.desk
        self._work.do(lambda: borrowing.that_may_stand_in(desk, incident_id=view.id), then=lambda found: self._choose(view, found))

    def _choose(self, view: RoomView, found: tuple[BorrowedPlan, ...]) -> None:
        if len(found) < 2:
            self._borrow(view, "")  # with none the desk says why
            return
        fields = (AskChoice(name="plan", label=_("Plan"), value=found[0].plan.code, span=8,
                            choices=tuple((one.plan.code, borrowed_told(one)) for one in found)),)
        self._form.ask(_("No plan was made for this: whose actions are laid?"), fields, _("Lay its actions"),
                       lambda answers: self._borrow(view, answers["plan"], self._form))

    def _borrow(self, view: RoomView, code: str, form: InlineForm | None = None) -> None:
        desk = self._work.desk
        self._work.do(lambda: borrowing.borrow_plan(desk, incident_id=view.id, code=code), form=form, then=self._tell)

    def _tell(self, answer: Done[tuple[Borrowed, int]]) -> None:
        borrowed, laid = answer.value
        self._work.place.window.notices.done(
            ngettext("{count} action of the {plan} laid, marked as borrowed.", "{count} actions of the {plan} laid, marked as borrowed.",
                     laid).format(count=laid, plan=borrowed.plan.title.in_language(current_language())))
