"""What can be done at the desk, as data, registered once: the key bar, the Ctrl+K box and the shortcuts are built from it.

An action names the method that does it. The method is looked for in the page that is shown, then in the window, so a
page takes part by having the method; `can(action_id)` on the page says whether it makes sense now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from emergency_desk.ui.widgets.notices import PUT_AWAY_KEY, UNDO_KEY
from emergency_desk.wording.catalog import N_, _

EVERYWHERE = ""
# What a text field keeps for itself on some systems, where Ctrl and a letter moves or deletes: there the desk's own key comes first.
_YIELDED = {getattr(Qt.Key, f"Key_{letter}"): f"Ctrl+{letter}" for letter in "BDEFHIKNPU"}


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `label` is the verb, a source string; `short` stands in the key bar; `pages` empty means everywhere."""

    id: str
    label: str
    run: str
    key: str = ""
    pages: tuple[str, ...] = ()
    short: str = ""
    in_bar: bool = True

    @property
    def words(self) -> str:
        """The verb in the language of the desk."""
        return _(self.label)

    @property
    def bar_words(self) -> str:
        """The word for the key bar."""
        return _(self.short or self.label)


# What every desk has. Pages add theirs with `Actions.register`.
COMMON = (
    Action("take_call", N_("Take a call"), "take_call", "F2", short=N_("call")),
    Action("send", N_("Send the recommended teams"), "send", "F5", ("call", "room", "board"), short=N_("send")),
    Action("join", N_("Join to the same incident"), "join", "F8", ("call",), short=N_("join")),
    Action("print", N_("Print or preview"), "print_paper", "F9", ("room",), short=N_("print")),
    Action("anything", N_("Find or do anything"), "find_anything", "Ctrl+K", short=N_("anything")),
    Action("next_act", N_("Do the next act"), "next_act", "Ctrl+Return", ("call", "room", "board"), short=N_("next act")),
    Action("save", N_("Save without sending"), "save_only", "Ctrl+S", ("call",), short=N_("save only")),
    Action("help", N_("Manual: the page for where you are"), "open_manual", "F1", short=N_("manual")),
    Action("overdue", N_("Go to what is overdue"), "go_overdue", in_bar=False),
    Action("undo", N_("Undo what was just done"), "undo_last", UNDO_KEY, in_bar=False),
    Action("put_away", N_("Put the notice away"), "put_notice_away", PUT_AWAY_KEY, in_bar=False),
    Action("leave", N_("Leave and keep the draft"), "leave", "Escape", ("call", "room"), short=N_("back"), in_bar=False),
    Action("close_desk", N_("Quit the program"), "close_desk", "Ctrl+Q", in_bar=False),
)


class Actions(QObject):
    """The register of actions, and the shortcuts of one window."""

    changed = Signal()

    def __init__(self, window: QWidget, page: Callable[[], tuple[str, QWidget | None]]) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._all: dict[str, Action] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._watch_field)

    def _watch_field(self, _before: QWidget | None, after: QWidget | None) -> None:
        if isinstance(after, QLineEdit | QTextEdit | QPlainTextEdit) and after.window() is self._window:
            after.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a text field from taking a key that does something on this page."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        key = _YIELDED.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.ControlModifier else None
        if key is None or not any(action.key == key and self.can(action.id) for action in self._all.values()):
            return False
        event.ignore()
        return True

    def register(self, actions: Iterable[Action]) -> None:
        """Add actions. An id that stands twice is our mistake and raises ValueError, and so is a key taken twice on a page."""
        for action in actions:
            if action.id in self._all:
                raise ValueError(f"action {action.id} is registered twice")
            clash = [other.id for other in self._all.values() if action.key and other.key == action.key and _overlap(other, action)]
            if clash:
                raise ValueError(f"key {action.key} of {action.id} is taken by {clash[0]}")
            self._all[action.id] = action
            self._bind(action.key)
        self.changed.emit()

    @property
    def all(self) -> tuple[Action, ...]:
        """Every action registered so far, in the order of registration."""
        return tuple(self._all.values())

    def here(self) -> list[Action]:
        """Return the actions that the shown page or the window can do now, in the order of registration."""
        return [action for action in self._all.values() if self.can(action.id)]

    def get(self, action_id: str) -> Action:
        """Return one action. Raises KeyError."""
        return self._all[action_id]

    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense on the shown page now."""
        action = self._all[action_id]
        name, page = self._page()
        if (action.pages and name not in action.pages) or self._method(action) is None:
            return False
        asks = getattr(page if hasattr(page, action.run) else self._window, "can", None)
        return bool(asks(action_id)) if asks is not None else True

    def do(self, action_id: str) -> bool:
        """Do an action; say whether it could be done here."""
        if not self.can(action_id):
            return False
        method = self._method(self._all[action_id])
        if method is not None:
            method()
        return True

    def _method(self, action: Action) -> Callable[[], object] | None:
        for owner in (self._page()[1], self._window):
            method = getattr(owner, action.run, None)
            if callable(method):
                return method
        return None

    def _bind(self, key: str) -> None:
        if not key or key in self._shortcuts:
            return
        # Enter on the number block is the same key to the hand.
        for each in (key, key.replace("Return", "Enter")) if "Return" in key else (key,):
            shortcut = QShortcut(QKeySequence(each), self._window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda pressed=key: self._pressed(pressed))
            self._shortcuts[each] = shortcut

    def _pressed(self, key: str) -> None:
        for action in self._all.values():
            if action.key == key and self.do(action.id):
                return


def _overlap(one: Action, other: Action) -> bool:
    return not one.pages or not other.pages or bool(set(one.pages) & set(other.pages))
