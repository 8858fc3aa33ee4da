"""Opens what an ordeal left behind as the desk opens it at its next start, and says what is not as it must be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store.integrity import check_store
from emergency_desk.store.opening import open_store
from tests.torture.office import Fact


def faults(path: Path, facts: Iterable[Fact], *, key: StoreKey | None = None, looks_over: bool = True) -> list[str]:
    """Return what is wrong with a store that must know these facts; empty when all is well. Looking it over is `emergency-desk check`."""
    try:
        store = open_store(path, key=key)
    except StoreTrouble as error:
        return [f"does not open: {error!r}"]
    try:
        with store.reading() as reading:
            connection = reading._connection.driver
            found = [f"lost: {fact.what} {fact.values}" for fact in facts if not fact.stands(connection)]
        if looks_over:
            found += [f"not sound: {difference}" for difference in check_store(store).differences]
    except StoreTrouble as error:
        return [f"cannot be read: {error!r}"]
    finally:
        store.close()
    return found
