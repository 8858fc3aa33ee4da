"""What dialogs and further windows are called: on a drill's twin they say so as the window does that they belong to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget


def titled(widget: QWidget, words: str) -> str:
    """Return a title as the window of a widget gives it."""
    give: Callable[[str], str] | None = getattr(widget.window(), "titled", None)
    return give(words) if give is not None else words
