"""Where a store's backups and printed papers lie. It stands alone, for whoever only asks where needs no database."""

from __future__ import annotations

from pathlib import Path


def folder_of(store_path: Path) -> Path:
    """Return the folder of a store's backups; it lies beside the store."""
    return store_path.parent / f"{store_path.stem}-backups"


def papers_of(store_path: Path) -> Path:
    """Return the folder where a store's printed papers are kept by default; it lies beside the store."""
    return store_path.parent / f"{store_path.stem}-papers"
