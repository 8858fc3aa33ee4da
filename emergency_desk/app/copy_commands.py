"""The commands about copies of the store: one is kept, one is looked into, one is put back. Never loads Qt."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.commands import open_existing
from emergency_desk.app.unlocking import BothKeys
from emergency_desk.domain.backups import Preview, Reason
from emergency_desk.services import backups
from emergency_desk.store import restoring
from emergency_desk.wording import backup_words


def backup(asked: argparse.Namespace) -> int:
    """Keep a sealed copy of the store beside it, or in a folder of its own; carry it to the second place where one is set."""
    folder = asked.out or paths.backups(asked.store)
    desk = open_existing(asked)
    try:
        order = backups.order(desk, folder=folder, reason=Reason.ASKED)
    finally:
        desk.store.close()
    state = backups.make(order)
    if asked.out is None:
        state = backups.carry(order)
    assert state.newest is not None
    if asked.json:
        print_json({"backup": str(state.newest.path), "bytes": state.newest.size, "second_place": state.second.folder or None,
                    "second_place_trouble": state.second.trouble.value if state.second.trouble else None})
        return DONE
    print(state.newest.path)
    if state.second.is_set:
        print(backup_words.place_line(state, order.at))
    return DONE


def restore(asked: argparse.Namespace) -> int:
    """Put a backup in the place of the store, or only say what is in it; what it replaces is kept."""
    keys = BothKeys(asked)
    told = keys.open(lambda typed, own: restoring.preview(asked.file, asked.store, typed=typed, typed_own=own))
    if asked.look:
        return _tell(asked, told, None)
    at, folder = datetime.now(UTC), paths.backups(asked.store)
    return _tell(asked, told, keys.open(
        lambda typed, own: restoring.restore(asked.file, asked.store, folder, at=at, typed=typed, typed_own=own)))


def _tell(asked: argparse.Namespace, told: Preview, kept: Path | None) -> int:
    if asked.json:
        copy = told.copy
        print_json({"store": str(asked.store), "replaced": str(kept) if kept else None, "desk": copy.desk_code, "schema": copy.schema,
                    "last_entry": copy.last_entry, "last_at": copy.last_at.isoformat() if copy.last_at else None, "counts": dict(copy.counts),
                    "kinship": told.kinship.value, "missing_entries": told.missing_entries,
                    "missing_incidents": [number for number, _title in told.missing_incidents], "sealed": told.is_sealed,
                    "only_looked": asked.look})
        return DONE
    for line in backup_words.preview_lines(told):
        print(line)
    if not asked.look:
        print(backup_words.restored(asked.store, kept))
    return DONE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"backup": backup, "restore": restore}
