"""The crash hook: whatever nobody expected is logged with its trace and told in one sentence, and the program goes on where it can."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from emergency_desk.wording.catalog import _

_log = logging.getLogger(__name__)


def sentence(log: Path) -> str:
    """Return the one sentence that tells of a fault of ours."""
    return _("The desk met a fault of its own. What was saved is safe. Please send {log} to whoever looks after the desk.").format(log=log)


class Telling:
    """Where a fault of ours is told: on stderr, and in the windows once they stand. Called from any thread."""

    def __init__(self) -> None:
        self._also: list[Callable[[str], object]] = []

    def also(self, tell: Callable[[str], object]) -> None:
        """Tell it there too."""
        self._also.append(tell)

    def __call__(self, told: str) -> None:
        print(told, file=sys.stderr)
        for tell in self._also:
            tell(told)


def install(log: Path, *, told: Callable[[str], None] | None = None) -> None:
    """Let uncaught errors of every thread be logged and told (to stderr, or as the window wants it)."""
    tell = told or Telling()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("uncaught", exc_info=(kind, error, trace))
        tell(sentence(log))

    def thread_hook(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
            hook(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = hook
    threading.excepthook = thread_hook

