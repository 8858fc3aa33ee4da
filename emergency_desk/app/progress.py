"""How far long work is, on one line of the terminal: rewritten a few times a second, silent where nobody watches."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_SECONDS = 0.15  # between two writings


class ProgressLine:
    """Call it with (done, total, what); it clears its line when done reaches total, and at `end`."""

    def __init__(self, stream: TextIO | None = None, *, is_silent: bool = False) -> None:
        self._stream = stream or sys.stderr
        self._is_silent = is_silent or not self._stream.isatty()
        self._written_at, self._width = -1.0, 0

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Show how far it is."""
        if self._is_silent:
            return
        if done >= total:
            self.end()
            return
        now = time.monotonic()
        if now - self._written_at < _SECONDS:
            return
        self._written_at = now
        line = f"{done * 100 // max(total, 1):3d} %  {what}"
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def end(self) -> None:
        """Leave a clean line behind."""
        if self._width:
            self._stream.write("\r" + " " * self._width * 2 + "\r")  # Chinese characters are twice as wide
            self._stream.flush()
            self._width = 0
