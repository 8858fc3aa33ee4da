"""Saves the call form's answers: one save at a time, a notice with what was done, and the way back where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from emergency_desk.domain.accounts import Act, require
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.services import calls
from emergency_desk.services.calls import TakenCall
from emergency_desk.services.desk import Done
from emergency_desk.services.steps.sending import Sending
from emergency_desk.ui.workplace import CALL, Workplace
from emergency_desk.wording.catalog import _, ngettext


class _Attempt:
    """One save on its way. It is over when the job ended without saving, be it by a refusal or by a bug of ours."""

    def __init__(self, job: Callable[[], Done[TakenCall]]) -> None:
        self._job = job
        self.is_over = False

    def run(self) -> Done[TakenCall]:
        is_saved = False
        try:
            done = self._job()
            is_saved = True
            return done
        finally:
            self.is_over = not is_saved


class CallSaving(QObject):
    """`began` and then `saved` or `refused(error)`; `broke` when a bug of ours, told elsewhere, ended it without an answer.

    The room of the incident is opened after a save.
    """

    began = Signal()
    saved = Signal()
    refused = Signal(object)
    broke = Signal()
    LOOK_AGAIN_MS = 300

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._attempt: _Attempt | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(self.LOOK_AGAIN_MS)
        self._watch.timeout.connect(self._look)

    @property
    def is_under_way(self) -> bool:
        """Say whether a save is on its way, so that a second press of the key does nothing."""
        return self._attempt is not None and not self._attempt.is_over

    def say_who_may(self) -> None:
        """Tell somebody who may not save a call who may, before it is written down; what is typed is kept until one of them signs in."""
        desk = self._workplace.desk
        try:
            if desk.account is not None:
                require(desk.account, Act.TAKE_CALL, desk.tier)
        except Refused as error:
            self._workplace.window.explain(error)

    def take(self, draft: CallDraft, *, sendings: tuple[Sending, ...], reason: str, approval: tuple[str, str]) -> None:
        """Save the call as a new incident and send the teams with it."""
        desk = self._workplace.desk
        self._do(lambda: calls.take_call(desk, draft=draft, send=sendings, override_reason=reason, approved_by=approval[0],
                                         approved_how=approval[1]), self._tell_taken)

    def join(self, draft: CallDraft, *, incident_id: Id) -> None:
        """Save the call as a further one about an open incident."""
        desk = self._workplace.desk
        self._do(lambda: calls.join_call(desk, draft=draft, incident_id=incident_id), self._tell_joined)

    def _do(self, job: Callable[[], Done[TakenCall]], tell: Callable[[TakenCall], None]) -> None:
        self._attempt = attempt = _Attempt(job)
        self.began.emit()
        self._watch.start()
        self._workplace.ask(attempt.run, then=lambda done: self._take(done.value, tell), refused=self._refuse)

    def _take(self, taken: TakenCall, tell: Callable[[TakenCall], None]) -> None:
        self._end()
        self.saved.emit()
        self._show(taken.incident)
        tell(taken)

    def _refuse(self, error: DeskError) -> None:
        self._end()
        self.refused.emit(error)

    def _look(self) -> None:
        if not self.is_under_way:
            self._end()
            self.broke.emit()

    def _end(self) -> None:
        self._attempt = None
        self._watch.stop()

    def _show(self, incident: Incident) -> None:
        self._workplace.numbers[incident.id] = incident.number
        self._workplace.open_room(incident.id)
        self._workplace.window.forget_way_over(CALL)  # Esc in the room leads to where the call was taken, not to an empty form

    def _tell_taken(self, taken: TakenCall) -> None:
        count = len(taken.orders)
        told = ngettext("{number} saved; {count} order sent.", "{number} saved; {count} orders sent.", count)
        if not count:
            told = _("{number} saved; no order was sent.")
        self._workplace.window.notices.done(told.format(number=taken.incident.number, count=count))

    def _tell_joined(self, taken: TakenCall) -> None:
        self._workplace.window.notices.done(
            _("The call was joined to {number}.").format(number=taken.incident.number), lambda: self._part(taken.call.id))

    def _part(self, call_id: Id) -> None:
        desk = self._workplace.desk
        self._workplace.ask(lambda: calls.part_call(desk, call_id=call_id), then=lambda done: self._tell_parted(done.value))

    def _tell_parted(self, incident: Incident) -> None:
        self._show(incident)
        self._workplace.window.notices.done(_("The call was parted again and is now {number}.").format(number=incident.number))
