"""Which item and which depot of the desk a row of a foreign list means: by code, name, English name and specification; never by likeness.

What somebody counts as something else is lost in the books, so a name that fits several comes back with its row.
"""

from __future__ import annotations

from collections.abc import Iterable

from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import RowReason
from emergency_desk.domain.stock_entries import StockKnown
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.exchange.row_reading import RowReading

_ItemKey = tuple[str, str, str]


class StockFinder:
    """Finds items and depots; each way to write one is looked up once."""

    def __init__(self, known: StockKnown) -> None:
        self.known = known
        self._by_item_word: dict[str, dict[Id, SupplyItem]] = {}
        self._by_depot_word: dict[str, set[Id]] = {}
        self._items: dict[_ItemKey, SupplyItem | RowReason] = {}
        for item in known.items:
            for word in _words(item.code, item.name, item.name_en, f"{item.name} {item.specification}"):
                self._by_item_word.setdefault(word, {})[item.id] = item
        for id_, *words in known.depots:
            for word in _words(*words):
                self._by_depot_word.setdefault(word, set()).add(id_)

    def item(self, row: RowReading) -> SupplyItem | None:
        """Return the item of a row; one that is unknown or several is refused."""
        key = (row.text("item_code"), row.text("item"), row.text("specification"))
        found = self._items.get(key)
        if found is None:
            found = self._items[key] = self._look_up(*key)
        if isinstance(found, SupplyItem):
            return found
        field = "item" if key[1] else "item_code"
        row.refuse(found, field, written=" ".join(filter(None, key)))
        return None

    def depot(self, row: RowReading) -> Id | None:
        """Return the depot of a row; one that is unknown or several is refused."""
        code, name = row.text("depot_code"), row.text("depot")
        found = self._by_depot_word.get(code.casefold(), set()) or self._by_depot_word.get(name.casefold(), set())
        if code and name and len(found) > 1:
            found = found & self._by_depot_word.get(name.casefold(), set()) or found
        if len(found) == 1:
            return next(iter(found))
        row.refuse(RowReason.DEPOT_AMBIGUOUS if found else RowReason.DEPOT_UNKNOWN, "depot" if name else "depot_code",
                   written=" ".join(filter(None, (code, name))))
        return None

    def _look_up(self, code: str, name: str, specification: str) -> SupplyItem | RowReason:
        """Return the one item that everything written agrees with."""
        if not code and not name:
            return RowReason.ITEM_MISSING
        by_code, by_name = self._by_item_word.get(code.casefold(), {}), self._by_item_word.get(name.casefold(), {})
        if code and not by_code:  # a code of the desk's own is written without its mark elsewhere
            by_code = self._by_item_word.get(f"x-{code}".casefold(), {})
        found = {id_: item for id_, item in by_code.items() if not by_name or id_ in by_name} if by_code else by_name
        if code and not by_code and not name:
            return RowReason.ITEM_UNKNOWN
        if specification and len(found) > 1:
            found = {id_: item for id_, item in found.items() if item.specification.casefold() == specification.casefold()} or found
        if not specification and len(found) > 1:
            found = {id_: item for id_, item in found.items() if not item.specification} or found
        if len(found) == 1:
            return next(iter(found.values()))
        return RowReason.ITEM_AMBIGUOUS if found else RowReason.ITEM_UNKNOWN


def _words(*written: str) -> Iterable[str]:
    return {word.casefold().strip() for word in written if word.strip()}
