"""Undo belongs to the editor, which reaches over what was saved: fields with a history of their own hand the keys on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_OURS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_history_key(event: QKeyEvent) -> bool:
    """Say whether a key means undo or redo."""
    return any(event.matches(key) for key in _OURS)


class _HandsOn(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_history_key(event):
            event.ignore()
            return True
        return False


def hand_history_on(field: QWidget) -> None:
    """Let the keys of undo and redo pass a field by."""
    field.installEventFilter(_HandsOn(field))
