"""The words of the papers of stock: their names, their columns and groups, and the fields that choose among them."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

STOCK_PAPER_WORDS: dict[str, dict[str, str]] = {
    "StockPaper": {
        "stock": N_("Stock report"), "expiring": N_("Stock that expires"), "shortfall": N_("Shortfall against targets"),
        "rotation": N_("Rotation plan"), "movements": N_("Stock movements"), "stock-card": N_("Stock card"),
    },
    "StockColumn": {
        "area": N_("Area"), "category": N_("Class"), "depot": N_("Depot"), "kind": N_("Kind of reserve"), "code": N_("Code"),
        "item": N_("Item"), "specification": N_("Specification"), "lot": N_("Lot"), "bin": N_("Bin"), "place": N_("Of which place"),
        "level": N_("Tier"), "span": N_("Days to expiry"), "month": N_("Month"), "day": N_("Day"), "when": N_("When"),
        "document": N_("Document"), "movement": N_("Movement"), "produced": N_("Produced on"), "expires": N_("Expires on"),
        "days_left": N_("Days left"), "rotate_by": N_("Swap by"), "life_left": N_("Life left"), "inspection": N_("Inspection"),
        "source": N_("Source"), "supplier": N_("Supplier"), "partner": N_("Swapping with"), "from": N_("From where"), "to": N_("To where"),
        "incident": N_("Incident"), "counterpart": N_("From or to whom"), "reason": N_("Reason"), "who": N_("Entered by"),
        "basis": N_("Basis"), "met": N_("Met"), "unit": N_("Unit"), "on_hand": N_("On hand"), "available": N_("Available"),
        "reserved": N_("Reserved"), "quarantined": N_("Quarantined"), "expired": N_("Expired"), "agreed": N_("Left to call off"),
        "a_day": N_("Units a day"), "minimum": N_("Minimum"), "target": N_("Target"), "held": N_("Held"),
        "below_minimum": N_("Below minimum by"), "short": N_("Short of target"), "to_rotate": N_("To be swapped"), "comes": N_("Came"),
        "goes": N_("Went"), "within": N_("Moved within"), "outside": N_("Outside depots"), "balance": N_("Balance"),
        "value": N_("Value in yuan"),
    },
    "StockGroup": {
        "none": N_("no groups"), "area": N_("area"), "category": N_("class"), "depot": N_("depot"), "kind": N_("kind of reserve"),
        "item": N_("item"), "span": N_("days to expiry"), "month": N_("month"), "day": N_("day"), "movement": N_("movement"),
        "document": N_("document"),
    },
    "CardLine": {"brought_forward": N_("Brought forward")},
}  # fmt: skip

STOCK_PAPER_FIELDS = {
    "columns": N_("Columns"), "group": N_("Grouped by"), "order": N_("Sorted by"), "days": N_("Days"), "from_on": N_("From"),
    "until_on": N_("Until"),
}  # fmt: skip
