"""What a log line about supplies tells."""

from __future__ import annotations

from emergency_desk.domain.incidents import LogEntry
from emergency_desk.domain.stock import MovementKind
from emergency_desk.domain.texts import Text
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.labels import label

_STEPS = {
    "issue": N_("{quantity} {unit} {item} sent from {depot} ({document})."),
    "reserve": N_("{quantity} {unit} {item} kept back at {depot} ({document})."),
    "unreserve": N_("{quantity} {unit} {item} no longer kept back at {depot} ({document})."),
    "return_in": N_("{quantity} {unit} {item} brought back to {depot} ({document})."),
    "called_off": N_("{quantity} {unit} {item} called off from {depot} ({document})."),
    "voided": N_("Document {document} taken back."),
}


def stock_line(entry: LogEntry) -> str:
    """Return the sentence of a stock act."""
    step = entry.value("step")
    item = Text(entry.value("item"), entry.value("item_en")).in_language(current_language())
    values = {"quantity": entry.value("quantity"), "unit": entry.value("unit"), "depot": entry.value("depot"),
              "document": entry.value("document") or "—", "item": item}
    if step in _STEPS:
        return _(_STEPS[step]).format(**values)
    kind = label(MovementKind(step)) if step in set(MovementKind) else step
    return _("{kind}: {quantity} {unit} {item} ({document}).").format(kind=kind, **values)
