"""What is done about the destruction of names beside destroying: a hold is lifted, older backups and papers go, the bytes are looked over again.

The page of the aftermath mixes it in; the buttons are there while there is something for them to do.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.purging import Certificate, PurgeCheck, RemnantKind
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState
from emergency_desk.errands import purging
from emergency_desk.errands.papers import CERTIFICATE
from emergency_desk.services import purging as service
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Ask, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.workplace import AFTER, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext

_HERE = (AFTER,)
ERASING = (
    Action("after_lift", N_("Lift the hold on personal data"), "lift_hold", "Alt+H", _HERE, in_bar=False),
    Action("after_destroy_older", N_("Destroy older backups and papers with names"), "destroy_older", "Alt+B", _HERE, in_bar=False),
    Action("after_look_over", N_("Look the bytes over once more"), "look_over_again", "Alt+Y", _HERE, in_bar=False),
    Action("after_certificate", N_("Preview the certificate of destruction"), "print_certificate", "Alt+C", _HERE, in_bar=False),
)
_MOST_NAMED = 6


class Erasing:
    """Mixed into the page of the aftermath, which names its place, its incident and the form below what is owed."""

    place: Workplace
    item_form: InlineForm
    _incident_id: Id | None
    _proved: tuple[Id, PurgeCheck] | None = None
    _held: AftermathItem | None = None

    def erasing_buttons(self) -> QWidget:
        """Return the buttons, for the foot of what is owed."""
        self.erasing = QWidget()
        across = QHBoxLayout(self.erasing)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        self.lift, self.older = KeyButton(_("Lift the hold"), "Alt+H"), KeyButton(_("Destroy older copies"), "Alt+B")
        self.again, self.certificate = KeyButton(_("Look over again"), "Alt+Y"), KeyButton(_("Destruction certificate"), "Alt+C")
        for button, act in ((self.lift, self.lift_hold), (self.older, self.destroy_older), (self.again, self.look_over_again),
                            (self.certificate, self.print_certificate)):
            button.clicked.connect(act)
            across.addWidget(button)
        across.addStretch(1)
        self.erasing.hide()
        return self.erasing

    def show_erasing(self, items: tuple[AftermathItem, ...], proved: tuple[Id, PurgeCheck] | None, now: datetime) -> None:
        """Show what can be done: to a hold that stands, to copies that are left, to a store that is not clean."""
        self._proved = proved
        self._held = next((item for item in items if item.kind is AftermathKind.PERSONAL_ERASURE and item.state is AftermathState.OPEN
                           and item.note and item.due_at is not None and item.due_at > now), None)
        can = self.place.desk.can(Act.ERASE_PERSONAL)
        shown = {self.lift: self._held is not None and can, self.older: can and proved is not None and proved[1].may_be_destroyed,
                 self.again: can and proved is not None, self.certificate: proved is not None}
        for button, is_shown in shown.items():
            button.setVisible(is_shown)
        self.erasing.setVisible(any(shown.values()))

    # -- acts ----------------------------------------------------------------------------------------------------------
    def lift_hold(self) -> None:
        """Ask why the names are no longer kept."""
        work, held, incident_id = RoomWork(self.place), self._held, self._incident_id
        if held is None or incident_id is None:
            work.tell(_("No hold on personal data stands."))
            return
        note = _("Kept until {until}: {why}").format(until=formats.date_time(held.due_at) if held.due_at else "—", why=held.note)
        self.item_form.ask(_("Why are the names no longer kept?"), (Ask(name="reason", label=_("Reason"), is_long=True),), _("Lift the hold"),
                           lambda answers: work.do(
                               lambda: service.lift_hold(self.place.desk, incident_id=incident_id, reason=answers["reason"]),
                               form=self.item_form, told=_("The hold is lifted: the destruction is due now.")), note=note)

    def destroy_older(self) -> None:
        """Name what would go, and destroy it when that is confirmed."""
        work, proved = RoomWork(self.place), self._proved
        if proved is None or not proved[1].may_be_destroyed:
            work.tell(_("No older backup and no paper with names is left."))
            return
        purge_id, check = proved
        going = [one for one in check.older if one.kind is not RemnantKind.DRAFT]
        names = ", ".join(one.name for one in going[:_MOST_NAMED])
        more = _("{names} and {count} more").format(names=names, count=len(going) - _MOST_NAMED) if len(going) > _MOST_NAMED else names
        self.item_form.ask(
            _("Destroy older backups and papers with names?"), (), _("Destroy them"), lambda _answers: work.do(
                lambda: purging.destroy_older(self.place.desk, purge_id=purge_id), form=self.item_form, then=self._told),
            note=_("They are overwritten and deleted, for good: {names}.").format(names=more))

    def look_over_again(self) -> None:
        """Look every byte over once more, such as after another program was closed."""
        work, proved = RoomWork(self.place), self._proved
        if proved is None:
            work.tell(_("Nothing was destroyed yet."))
            return
        work.do(lambda: purging.look_again(self.place.desk, purge_id=proved[0]), then=self._told)

    def print_certificate(self) -> None:
        """Preview the certificate."""
        if self._proved is not None:
            self.place.preview(CERTIFICATE, self._proved[0])
        else:
            RoomWork(self.place).tell(_("Nothing was destroyed yet."))

    def _told(self, done: Done[Certificate]) -> None:
        check = done.value.check
        if check is None:
            return
        left = sum(one.kind is not RemnantKind.DRAFT for one in check.older)
        words = _("Clean: none of the destroyed records is in {files} files.").format(files=formats.number(check.files)) if check.is_clean else _(
            "NOT CLEAN: close every other program that has the store open, and look it over again.")
        more = ngettext("{count} older copy may hold names.", "{count} older copies may hold names.", left).format(
            count=formats.number(left)) if left else _("No older copy is left.")
        (self.place.window.notices.done if check.is_clean else self.place.window.notices.refuse)(f"{words} {more}")
