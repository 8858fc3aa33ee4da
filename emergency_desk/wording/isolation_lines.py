"""What a log line about an isolation, observation or medical site tells."""

from __future__ import annotations

from emergency_desk.domain.incidents import LogEntry
from emergency_desk.domain.isolation import IsolationKind, IsolationState
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label


def isolation_line(entry: LogEntry) -> str:
    """Return the sentence of a site opened, counted or closed."""
    site, kind = entry.value("site") or "—", entry.value("kind")
    named = _("{site} ({kind})").format(site=site, kind=label(IsolationKind(kind))) if kind in set(IsolationKind) else site
    if entry.value("step") == "counted":
        return _("{site}: {occupied} beds occupied, {free} free.").format(site=named, occupied=entry.value("occupied"), free=entry.value("free"))
    state = label(IsolationState(entry.value("to"))) if entry.value("to") in set(IsolationState) else "—"
    return _("{site}: {state}.").format(site=named, state=state)
