"""What the tests of screens share: the desk's own dress, a fixed clock, and a way to type Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from emergency_desk.ui import dressing, fonts, theme
from emergency_desk.ui.stylesheet import stylesheet
from emergency_desk.ui.theme import Scheme

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
TAKEN_AT = datetime(2026, 11, 24, 12, 30, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """Show everything as the desk shows it, in the light colours."""
    fonts.apply(qapp, FONTS)
    if theme.colours() is not theme.resolve(Scheme.LIGHT) or qapp.styleSheet() != stylesheet(theme.resolve(Scheme.LIGHT)):
        dressing.apply(qapp, Scheme.LIGHT)  # dressing polishes every living widget anew: only where a test before changed the dress
    yield qapp


@pytest.fixture
def type_chinese() -> Callable[[QWidget, str], None]:
    """Type by the input method; QTest.keyClicks with Chinese aborts the interpreter."""
    def type_(widget: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    return type_
