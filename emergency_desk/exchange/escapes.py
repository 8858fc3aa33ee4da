"""Cells that a spreadsheet would run as a formula: escaped on the way out, and taken back on the way in.

A cell beginning with = + - @ becomes a live formula in LibreOffice and others; an apostrophe before it keeps it text.
Numbers such as -122.3 stay numbers.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_LIVE = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def escaped(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _LIVE.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unescaped(cell: str) -> str:
    """Return the cell as it was before `escaped`."""
    return cell[1:] if _ESCAPED.match(cell) else cell
