"""The program's own log: small, rotating, and without personal data.

What an exception says may hold what somebody typed; only the messages that Python itself makes are written, of the others the kind
and the place in the code.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

NAME = "emergency-desk.log"
_BYTES, _KEPT = 1_000_000, 5
_LONG_NUMBER = re.compile(r"\d{7,}")  # a phone, an identity number
_MADE_BY_PYTHON = (OSError, ImportError, AttributeError, TypeError, NameError, RecursionError, MemoryError)
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _PlainFormatter(logging.Formatter):
    """Writes UTC times, hides long numbers, and tells of an exception only what no person said."""

    def formatException(self, ei: _ExcInfo) -> str:
        kind, error, trace = ei
        if kind is None or error is None:
            return ""
        frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
        said = f": {error}" if isinstance(error, _MADE_BY_PYTHON) else ""
        return f"Traceback (most recent call last):\n{frames}{kind.__name__}{said}"

    def format(self, record: logging.LogRecord) -> str:
        kept, record.exc_text = record.exc_text, None  # another handler may have written the whole message there
        try:
            return _LONG_NUMBER.sub("…", super().format(record))
        finally:
            record.exc_text = kept


def start(folder: Path, *, level: int = logging.INFO) -> Path:
    """Begin to write the log in a folder; returns its file. Where it cannot be written the program goes on and says so once."""
    path = folder / NAME
    root = logging.getLogger()
    if any(getattr(handler, "baseFilename", "") == str(path) for handler in root.handlers):
        return path
    formatter = _PlainFormatter("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    try:
        handler: logging.Handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root.addHandler(handler)
    root.setLevel(min(root.level or level, level))
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every plugin it has
    return path


def stop(folder: Path) -> None:
    """Give the log's file back."""
    path = str(folder / NAME)
    root = logging.getLogger()
    for handler in list(root.handlers):
        if getattr(handler, "baseFilename", "") == path:
            root.removeHandler(handler)
            handler.close()
