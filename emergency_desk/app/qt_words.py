"""Qt's own words, such as those of a file dialog or of a text field's menu, in the language of the desk."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

_NAME = "qt_words"


def speak(language: str) -> None:
    """Let Qt speak a language: English is in it, Chinese comes with it."""
    application = QCoreApplication.instance()
    assert application is not None
    before = application.findChild(QTranslator, _NAME)
    if isinstance(before, QTranslator):
        application.removeTranslator(before)
        before.setObjectName("")
        before.deleteLater()
    if not language.startswith("zh"):
        return
    words = QTranslator(application)
    words.setObjectName(_NAME)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
