"""Where the program begins: the window, or a command without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 done, 1 a difference or deviation, 2 refused, 3 a fault of ours."""
    from emergency_desk.app.command_line import run

    return run(sys.argv[1:] if argv is None else list(argv))
