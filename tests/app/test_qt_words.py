"""What Qt itself says, in a file dialog or in a field's menu, is in the language of the desk too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from emergency_desk.app import qt_words


def test_qt_speaks_the_language_of_the_desk_and_back(qapp: QApplication) -> None:
    def said() -> list[str]:
        return [QCoreApplication.translate(*each) for each in (("QFileDialog", "Look in:"), ("QWidgetTextControl", "&Paste"))]

    english = said()
    qt_words.speak("zh_CN")
    try:
        assert all(not words.isascii() for words in said())
        qt_words.speak("zh_CN")
        assert all(not words.isascii() for words in said())
    finally:
        qt_words.speak("en")
    assert said() == english
