"""Whose word opens an encrypted store on the command line: EMERGENCY_DESK_KEY, else what is typed at a terminal."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from emergency_desk.domain.key_errors import KeyNeeded
from emergency_desk.wording.catalog import _

KEY_VARIABLE = "EMERGENCY_DESK_KEY"
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
    asked.typed_key = getpass.getpass(_("Passphrase or recovery key of {path}: ").format(path=path))
    return open_it(asked.typed_key)
