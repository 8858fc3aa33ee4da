"""Which incident the shown page is about: the room's own, or the chosen line of a list of incidents."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from emergency_desk.domain.ids import Id


def chosen_incident(page: QWidget | None) -> Id | None:
    """Return the incident a page shows or has chosen, the first of its list where none is chosen, None where there is none."""
    shown = getattr(page, "incident_id", None)
    if shown:
        return Id(shown)
    lines: Any = getattr(page, "incidents", None) or getattr(page, "lines", None)
    if lines is None or not getattr(lines, "lines", ()):
        return None
    return Id(lines.current_key or lines.lines[0].key)
