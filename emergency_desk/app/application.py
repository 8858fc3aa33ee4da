"""The application itself: what the command line asked of the window, and how the program is dressed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from emergency_desk.app import paths
from emergency_desk.ui import input_method, preferences, theme
from emergency_desk.ui.theme import Scheme
from emergency_desk.wording import catalog


@dataclass(frozen=True)
class Asked:
    """What the command line asked of the window. Empty: as the person likes it, or the store's own way."""

    store: Path
    language: str = ""
    account: str = ""
    password: str = field(default="", repr=False)
    scheme: str = ""
    typed_key: str = field(default="", repr=False)  # the passphrase or the recovery key of an encrypted store
    file: Path | None = None  # of plans of another desk, to be looked at as soon as somebody sits at the desk


def utc_now() -> datetime:
    """Return the machine's clock."""
    return datetime.now(UTC)


def make_application(asked: Asked) -> QApplication:
    """Make the QApplication with the language, size and colours that the first paint needs."""
    kept = preferences.read(paths.settings_file().parent)
    os.environ.update(input_method.environment(os.environ))
    for name, value in theme.scale_environment(kept.scale_percent).items():
        os.environ.setdefault(name, value)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([paths.APP_NAME])
    application.setApplicationName("Emergency Desk")
    application.setDesktopFileName(paths.APP_NAME)  # by it, desktops find the menu entry and its icon
    own = QLocale.system().name() if kept.language == preferences.SYSTEM_LANGUAGE else kept.language
    catalog.use_language(asked.language or own, paths.locale())
    theme.show(theme.resolve(_scheme(asked)))
    return application


def furnish_application(application: QApplication, asked: Asked) -> None:
    """Give the program its icon, typeface, style, stylesheet and Qt's words: after the first paint."""
    from emergency_desk.app import qt_words
    from emergency_desk.ui import dressing, fonts

    application.setWindowIcon(_icon())
    fonts.apply(application, paths.fonts())
    dressing.apply(application, _scheme(asked))
    qt_words.speak(catalog.current_language())


def _icon() -> QIcon:
    icon = QIcon()
    for path in sorted(paths.icons().glob(f"{paths.APP_NAME}-*.png")):
        icon.addFile(str(path))
    return icon


def _scheme(asked: Asked) -> Scheme:
    return Scheme(asked.scheme) if asked.scheme else preferences.read(paths.settings_file().parent).scheme
