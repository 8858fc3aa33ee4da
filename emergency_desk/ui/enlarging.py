"""Shows every open window larger or smaller at once, by what Qt itself does with QT_SCALE_FACTOR at the start of a program.

Qt has no public way to change that factor in a running program. Its own `QHighDpiScaling::setGlobalFactor` is exported for its own tests and
does it, as long as no window of the system stands; so each window gives its one back first, and takes a new one afterwards with all that is in
it. May go when Qt makes a public one. Where a Qt has none of that name the size is taken at the next start, as before.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from emergency_desk.ui.theme import SCALES, is_scaled_by

_LIBRARY, _NAME = ("Qt6Gui.dll", "?setGlobalFactor@QHighDpiScaling@@SAXN@Z") if sys.platform == "win32" else (
    "libQt6Gui.so.6", "_ZN15QHighDpiScaling15setGlobalFactorEd")
_SHOWN_AT = "shown_at_percent"
_WHOLE = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMinimized


@dataclass(frozen=True, slots=True)
class _Stood:
    """A window as it stood on the screen."""

    window: QWidget
    box: QRect
    state: Qt.WindowState
    screen: QScreen
    was_visible: bool


def enlarge(application: QApplication, percent: int) -> bool:
    """Show every window of the program at a size, now; False when this Qt cannot. Never call it from within an event of a window."""
    set_factor = _find()
    if set_factor is None:
        return False
    focus, active = application.focusWidget(), application.activeWindow()
    stood = [_give_back(window) for window in application.topLevelWidgets() if window.windowHandle() is not None]
    quits, before = application.quitOnLastWindowClosed(), stood[0].screen.size() if stood else QSize()
    application.setQuitOnLastWindowClosed(False)
    is_free = not QGuiApplication.allWindows()
    if is_free:
        set_factor(percent / 100)
        application.setProperty(_SHOWN_AT, percent)
    for one in stood:
        if one.was_visible:
            _stand_again(one, one.screen.size().width() / before.width())
    application.setQuitOnLastWindowClosed(quits)
    if active is not None:
        active.activateWindow()
    if focus is not None:
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
    return is_free


def shown_at(application: QApplication) -> int:
    """Return the size everything is shown at, in per cent."""
    kept = application.property(_SHOWN_AT)
    return kept if isinstance(kept, int) else is_scaled_by(os.environ)


def most(application: QApplication, window: QWidget) -> int:
    """Return the largest size, in per cent, at which the least of a window has room on its screen; 100 where it never has."""
    room, least = room_of(window.screen()) * (shown_at(application) / 100), window.minimumSize()
    return max((size for size in SCALES if least.width() * size <= room.width() * 100 and least.height() * size <= room.height() * 100),
               default=SCALES[0])


def room_of(screen: QScreen) -> QSize:
    """Return what a screen leaves to windows, as large as it seems now."""
    return screen.availableGeometry().size()


def _find() -> Callable[[float], None] | None:
    """Return Qt's own function, None where this Qt has none of that name."""
    try:
        function = getattr(ctypes.CDLL(_LIBRARY), _NAME)  # the library that is loaded already
    except (OSError, AttributeError):
        return None
    function.argtypes, function.restype = [ctypes.c_double], None
    found: Callable[[float], None] = function
    return found


def _give_back(window: QWidget) -> _Stood:
    stood = _Stood(window, window.geometry(), window.windowState(), window.screen(), window.isVisible())
    window.hide()
    window.destroy()
    return stood


def _stand_again(one: _Stood, shrunk: float) -> None:
    """Let a window stand where it stood, as large as it was on the glass; one that no longer fits takes the whole screen."""
    window, screen, room = one.window, one.screen.geometry(), one.screen.availableGeometry()
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    size = QSize(round(one.box.width() * shrunk), round(one.box.height() * shrunk)).expandedTo(least).boundedTo(room.size())
    fits = least.width() <= room.width() and least.height() <= room.height()
    window.setScreen(one.screen)
    window.setWindowState(Qt.WindowState.WindowNoState)  # a window of the system that is made anew takes a state it is given, not one it has
    window.setGeometry(QRect((one.box.topLeft() - screen.topLeft()) * shrunk + screen.topLeft(), size))
    window.setWindowState(one.state if fits or one.state & _WHOLE else Qt.WindowState.WindowMaximized)
    window.setVisible(True)
