"""Run the benchmarks and print one table: `python -m tests.benchmarks [name…]`, where a name is `recommendation` or part of it.

Every `bench_*.py` beside this file is found by itself; its `run()` returns rows. Exit 1 when a limit was missed.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.rows import Row, table


def main(names: list[str]) -> int:
    """Run the benchmarks whose names contain one of the words given, or all."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    asked = [stem for stem in found if not names or any(name in stem for name in names)]
    if not asked:
        print(f"No benchmark of that name. There are: {', '.join(stem.removeprefix('bench_') for stem in found)}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for stem in asked:
        print(f"{stem.removeprefix('bench_')} …", file=sys.stderr, flush=True)
        rows += import_module(f"tests.benchmarks.{stem}").run()
    print(table(rows))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
