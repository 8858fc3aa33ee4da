"""What a person can change about the looks at once: language, light or dark, size. Offered in the Ctrl+K box."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from emergency_desk.ui import dressing, enlarging, preferences
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.palette_box import Found
from emergency_desk.ui.preferences import Preferences
from emergency_desk.ui.theme import SCALES, Scheme
from emergency_desk.wording.catalog import LANGUAGES, _, current_language

# A language is called by its own name, whatever the desk speaks.
NAMES = {"en": "English", "zh_CN": "中文"}


class Look:
    """Applies and keeps the preferences. `speak(tag)` is the wiring room's: it changes the language and builds the window anew."""

    def __init__(self, application: QApplication, folder: Path, speak: Callable[[str], object], window: MainWindow) -> None:
        self._application, self._folder, self._speak, self._window = application, folder, speak, window

    @property
    def kept(self) -> Preferences:
        """The preferences as kept."""
        return preferences.read(self._folder)

    def set_scheme(self, scheme: Scheme) -> None:
        """Switch the colours now and keep the choice."""
        preferences.change(self._folder, scheme=scheme)
        dressing.apply(self._application, scheme)

    def set_language(self, tag: str) -> None:
        """Switch the language now and keep the choice."""
        preferences.change(self._folder, language=tag)
        self._speak(tag)

    def set_scale(self, percent: int) -> None:
        """Keep the size and show every window at it, as soon as the key that asked for it is let go. A window never outgrows its screen."""
        most = enlarging.most(self._application, self._window)
        if percent > most:
            self._window.notices.refuse(_("At {percent} % the window would be larger than this screen. Choose {most} % or less.").format(
                percent=percent, most=most))
            return
        preferences.change(self._folder, scale_percent=percent)
        QTimer.singleShot(0, partial(self._enlarge, percent))

    def _enlarge(self, percent: int) -> None:
        if enlarging.enlarge(self._application, percent):
            self._window.notices.done(_("Everything is shown at {percent} %.").format(percent=percent))
        else:
            self._window.notices.done(_("From the next start everything is shown at {percent} %.").format(percent=percent))

    def tell_if_smaller(self) -> None:
        """Say why everything is shown smaller than the person likes it: the screen has no room for more."""
        shown = enlarging.shown_at(self._application)
        if shown < self.kept.scale_percent:
            self._window.notices.done(_("Everything is shown at {shown} %: this screen has no room for the {kept} % you chose.").format(
                shown=shown, kept=self.kept.scale_percent))

    def found(self) -> list[Found]:
        """Return what the box offers."""
        note = _("looks")
        schemes = ((Scheme.LIGHT, _("Light colours")), (Scheme.DARK, _("Dark colours")), (Scheme.SYSTEM, _("Colours of the system")))
        offers = [Found(words, note, partial(self.set_scheme, scheme)) for scheme, words in schemes]
        offers += [Found(NAMES[tag], _("language"), partial(self.set_language, tag)) for tag in LANGUAGES if tag != current_language()]
        offers += [
            Found(_("Show everything at {percent} %").format(percent=percent), note, partial(self.set_scale, percent))
            for percent in SCALES
        ]
        return offers
