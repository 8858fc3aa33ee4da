"""What a stock-taking is of, and what a standard of equipment rests on, in words."""

from __future__ import annotations

from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.stock_counts import StockCount
from emergency_desk.wording.catalog import _, current_language, ngettext


def scope_words(count: StockCount) -> str:
    """Return what a count is of: the whole depot, or which zones and how many items; and whether it is blind."""
    zones = _("zones {zones}").format(zones=", ".join(zone or _("without zone") for zone in count.zones)) if count.zones else ""
    items = ngettext("{count} item", "{count} items", len(count.item_ids)).format(count=len(count.item_ids)) if count.item_ids else ""
    whole = _("the whole depot") if count.is_whole else ""
    return " · ".join(part for part in (whole, zones, items, _("blind") if count.is_blind else "") if part)


def standard_words(basis: RuleBasis) -> str:
    """Return the text a standard of equipment rests on: its name and number."""
    return f"{basis.title.in_language(current_language())} {basis.number}".strip()
