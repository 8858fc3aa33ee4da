"""A migration that widens a table seals its rows anew, and never covers up what a foreign hand altered before."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from emergency_desk.store.engine import open_connection
from emergency_desk.store.integrity import check_store
from emergency_desk.store.opening import open_store

FIRST = Path(__file__).parents[1] / "frozen" / "0001-first.store.xz"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A store of the first schema."""
    path = tmp_path / "first.store"
    path.write_bytes(lzma.decompress(FIRST.read_bytes()))
    return path


def test_the_sites_of_an_older_store_are_in_use_and_sealed_anew(first: Path) -> None:
    store = open_store(first)
    with store.reading() as reading:
        assert [(site.name, site.is_retired) for site in reading.sites.where("")] == [("东台小学", False)]
        migrated = [entry for entry in reading.journal_after(0) if entry.action == "migrate"]
    assert migrated[0].touched.startswith("sites ") and migrated[-1].touched.startswith("incidents ")
    assert check_store(store).is_sound
    store.close()


def test_a_row_that_was_altered_by_a_foreign_hand_is_found_after_the_migration_too(first: Path) -> None:
    connection = open_connection(first)
    connection.execute("UPDATE sites SET capacity = capacity + 1")
    connection.close()
    store = open_store(first)
    assert [difference.what for difference in check_store(store).differences] == ["seal"]
    store.close()


def test_a_new_store_has_an_empty_journal(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new.store")
    with store.reading() as reading:
        assert reading.journal_number() == 0
    store.close()
