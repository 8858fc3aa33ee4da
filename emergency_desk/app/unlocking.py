"""Whose word opens an encrypted store on the command line: EMERGENCY_DESK_KEY, else what is typed at a terminal.

A backup that is put back over a store of another key has a word of its own: EMERGENCY_DESK_BACKUP_KEY.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from emergency_desk.domain.key_errors import BackupKeyNeeded, KeyNeeded, KeyWrong, StoreKeepsItsKey
from emergency_desk.store.key_file import is_encrypted
from emergency_desk.wording.catalog import _

KEY_VARIABLE, BACKUP_KEY_VARIABLE = "EMERGENCY_DESK_KEY", "EMERGENCY_DESK_BACKUP_KEY"
T = TypeVar("T")


def take_from_environment() -> str:
    """Return what EMERGENCY_DESK_KEY holds and take it out of the environment, so that no child process inherits it."""
    return os.environ.pop(KEY_VARIABLE, "")


def with_key(asked: argparse.Namespace, path: Path, open_it: Callable[[str], T]) -> T:
    """Open something with the passphrase that is known; where none is, ask for it once at the terminal. Raises KeyNeeded, KeyWrong."""
    try:
        return open_it(asked.typed_key)
    except KeyNeeded as error:
        if asked.typed_key or not sys.stdin.isatty():
            raise
        path = Path(str(error.values.get("path") or path))  # of two files, the one that wants it
    asked.typed_key = _ask(path)
    return open_it(asked.typed_key)


class BothKeys:
    """What opens a backup and what opens the store whose place it takes; one word is tried for both until another is known."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._asked = asked
        self._of_backup = os.environ.pop(BACKUP_KEY_VARIABLE, "")

    def open(self, open_it: Callable[[str, str], T]) -> T:
        """Open both; whichever word is missing is asked for at the terminal, each once. Raises KeyNeeded and its kin, KeyWrong."""
        while True:
            try:
                return open_it(self._of_backup or str(self._asked.typed_key), str(self._asked.typed_key))
            except StoreKeepsItsKey as error:
                if self._asked.typed_key or not sys.stdin.isatty():
                    raise
                self._asked.typed_key = _ask(Path(str(error.values["path"])))
            except (KeyNeeded, KeyWrong) as error:
                if self._of_backup:
                    raise
                if not sys.stdin.isatty():
                    raise self._told(error) from error
                self._of_backup = _ask(self._asked.file)

    def _told(self, error: KeyNeeded | KeyWrong) -> KeyNeeded | KeyWrong:
        """Return how a backup of another key than the store is opened, where the word that is known was meant for the store."""
        if isinstance(error, KeyNeeded) or not is_encrypted(self._asked.store):
            return error
        return BackupKeyNeeded(path=str(self._asked.file), store=str(self._asked.store), reason="passphrase", backup=str(self._asked.file))


def _ask(path: Path) -> str:
    return getpass.getpass(_("Passphrase or recovery key of {path}: ").format(path=path))
