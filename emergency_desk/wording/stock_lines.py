"""What a log line about supplies tells."""

from __future__ import annotations

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import LogEntry
from emergency_desk.domain.stock import MovementKind
from emergency_desk.domain.texts import Text
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.counting import unit_word, units_said
from emergency_desk.wording.labels import label

_STEPS = {
    "issue": N_("{quantity} {unit} {item} sent from {depot} ({document})."),
    "reserve": N_("{quantity} {unit} {item} kept back at {depot} ({document})."),
    "unreserve": N_("{quantity} {unit} {item} no longer kept back at {depot} ({document})."),
    "return_in": N_("{quantity} {unit} {item} brought back to {depot} ({document})."),
    "called_off": N_("{quantity} {unit} {item} called off from {depot} ({document})."),
    "voided": N_("Document {document} taken back."),
    "supplies_asked": N_("The {tier} asks the {to_tier} for {items} (request {document})."),
    "supplies_passed_up": N_("The shortfall goes up: the {tier} asks the {to_tier} for {items} (request {document})."),
    "supplies_decided": N_("Request {document} decided by {person}."),
    "supplies_rest_refused": N_("The rest of request {document} will not come, decided by {person}."),
    "supplies_withdrawn": N_("Request {document} withdrawn."),
    "step_ordered": N_("{items} released from {depot}, agreed by {person} (order {document})."),
    "step_picked": N_("{items} picked at {depot} by {person} (order {document})."),
    "step_shipped": N_("{items} left {depot} on {vehicle} (order {document})."),
    "step_received": N_("{items} received by {person} (order {document})."),
    "step_explained": N_("Differences of order {document} explained by {person}."),
    "step_cancelled": N_("Order {document} cancelled; its goods are free again."),
    "requisition_decided": N_("{items} requisitioned ({document})."),
    "requisition_notice": N_("The notice of requisition {document} was handed over."),
    "requisition_given_back": N_("{items} given back sound ({document})."),
    "requisition_damaged": N_("{items} given back damaged ({document})."),
    "requisition_lost": N_("{items} lost ({document})."),
    "requisition_compensated": N_("Compensation paid for requisition {document}."),
}


def stock_line(entry: LogEntry) -> str:
    """Return the sentence of a stock act."""
    step = entry.value("step")
    item = Text(entry.value("item"), entry.value("item_en")).in_language(current_language())
    items = units_said(Text(entry.value("items"), entry.value("items_en")).in_language(current_language()))
    tiers = {name: label(Tier(entry.value(name))) if entry.value(name) else "" for name in ("tier", "to_tier")}
    names = ("quantity", "unit", "depot", "vehicle")
    values = {**tiers, **{name: entry.value(name) for name in names}, "unit": unit_word(entry.value("unit")), "items": items,
              "person": entry.value("person") or "—", "item": item, "document": entry.value("document") or "—"}
    if step == "called_off" and not entry.value("document"):  # an agreement may have no number
        return _("{quantity} {unit} {item} called off from {depot}.").format(**values)
    if step in _STEPS:
        return _(_STEPS[step]).format(**values)
    kind = label(MovementKind(step)) if step in set(MovementKind) else step
    return _("{kind}: {quantity} {unit} {item} ({document}).").format(kind=kind, **values)
