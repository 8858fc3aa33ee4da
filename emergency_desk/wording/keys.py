"""How a key is printed on a button: short, and as it stands on the keyboard."""

from __future__ import annotations

_PRINTED = {"Return": "⏎", "Enter": "⏎", "Escape": "Esc", "Backspace": "⌫"}


def key_text(key: str) -> str:
    """Return "Ctrl+⏎" for "Ctrl+Return"; a key that is printed as its name stays as it is."""
    return "+".join(_PRINTED.get(part, part) for part in key.split("+"))
