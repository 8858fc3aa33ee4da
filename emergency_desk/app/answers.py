"""How a command answers: its exit code, and one JSON value where a program asked."""

from __future__ import annotations

import json

DONE, DIFFERS, REFUSED, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def print_json(value: object) -> None:
    """Print one JSON value."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
