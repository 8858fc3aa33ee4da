"""The line at the bottom of a log: plain words make a note, a slash offers commands. Enter commits.

It refuses nothing by itself and decides nothing: it reads the line with `wording.composing` and hands the meaning on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from emergency_desk.domain.errors import DeskError
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.popup import Choice, ChoicePopup
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.composing import Command, NamedTeam, compose, offers, team_offers, with_command, with_team
from emergency_desk.wording.refusals import sentence

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Composer(QLineEdit):
    """`composed(Composed)` when Enter is pressed on a line that can be read; the line stays until `done` is called."""

    composed = Signal(object)

    def __init__(self, now: Callable[[], datetime], *, placeholder: str, commands: bool = True) -> None:
        super().__init__()
        self._now, self._commands = now, commands
        self.teams: Sequence[NamedTeam] = ()
        self._offered: list[Command | NamedTeam] = []
        self._popup: ChoicePopup | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.textEdited.connect(lambda _text: self.offer())

    def begin(self, text: str = "") -> None:
        """Take the cursor, with a beginning such as "/dead " when the line is empty."""
        if text and not self.text().strip():
            self.setText(text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.offer()

    def commit(self) -> None:
        """Read the line and hand on what it says; a line that cannot be read is refused right here and stays."""
        try:
            said = compose(self.text(), now=self._now(), teams=self.teams)
        except DeskError as error:
            self.refused(error)
            return
        self.composed.emit(said)

    def done(self) -> None:
        """Empty the line: what it said is committed."""
        mark_refused(self, "")
        self.clear()
        self._show(())

    def refused(self, error: DeskError) -> None:
        """Hang a refusal on the line, which stays as typed."""
        self._show(())
        mark_refused(self, sentence(error))

    # -- what is offered -----------------------------------------------------------------------------------------------
    def offer(self) -> None:
        """Offer commands, or teams after a command that takes one."""
        if not self._commands:
            return
        teams = team_offers(self.text(), self.teams)
        self._show(teams or offers(self.text()))

    @property
    def offered(self) -> list[str]:
        """The words offered now."""
        return [each.word if isinstance(each, Command) else _name(each) for each in self._offered]

    def _show(self, found: Sequence[Command | NamedTeam]) -> None:
        self._offered = list(found)
        if not found and self._popup is None:
            return
        self._shown_popup().offer(tuple(_choice(each) for each in found))

    def _shown_popup(self) -> ChoicePopup:
        if self._popup is None:
            self._popup = ChoicePopup(self)
            self._popup.picked.connect(self._take)
        return self._popup

    def _take(self, place: int) -> bool:
        """Write out what is marked; say whether the line is complete with it."""
        if not 0 <= place < len(self._offered):
            return False
        each = self._offered[place]
        self.setText(with_command(self.text(), each) if isinstance(each, Command) else with_team(self.text(), _name(each)))
        self.offer() if isinstance(each, Command) else self._show(())
        return isinstance(each, NamedTeam)

    # -- Qt ------------------------------------------------------------------------------------------------------------
    @property
    def is_offering(self) -> bool:
        """Say whether something is offered."""
        return self._popup is not None and self._popup.isVisible()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self.is_offering:
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
                self._take(self._shown_popup().marked)
                return True
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self.is_offering and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._shown_popup().step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif self.is_offering and event.key() == Qt.Key.Key_Escape:
            self._show(())
        elif event.key() in _ENTER and plain:
            if not self.is_offering or self._take(self._shown_popup().marked):
                self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._show(())


def _choice(each: Command | NamedTeam) -> Choice:
    if isinstance(each, Command):
        return Choice(f"/{each.word}", _(each.tells))
    return Choice(_name(each), _("team"))


def _name(team: NamedTeam) -> str:
    return team.name_en if team.name_en and not current_language().startswith("zh") else team.name
