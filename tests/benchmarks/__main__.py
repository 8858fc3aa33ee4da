"""Run the benchmarks and print one table: `python -m tests.benchmarks [--table FILE] [name…]`, where a name is `recommendation` or part of it.

Every `bench_*.py` beside this file is found by itself; its `run()` returns rows. Exit 1 when a limit was missed or a benchmark broke down.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from tests.benchmarks.rows import Row, markdown, measure, table


def main(words: list[str]) -> int:
    """Run the benchmarks whose names contain one of the words given, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--table", type=Path, help="write the table as Markdown there too")
    wanted = parser.parse_args(words)
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    asked = [stem for stem in found if not wanted.names or any(name in stem for name in wanted.names)]
    if not asked:
        print(f"No benchmark of that name. There are: {', '.join(stem.removeprefix('bench_') for stem in found)}", file=sys.stderr)
        return 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that keeps no compiled files starts slower than any office's
    measured = {stem.removeprefix("bench_"): _run(stem) for stem in asked}
    rows = [row for some in measured.values() for row in some]
    print(table(rows))
    print(f"{sum(row.ok for row in rows)} of {len(rows)} held")
    if wanted.table:
        wanted.table.write_text(markdown(measured), encoding="utf-8")
    return 0 if all(row.ok for row in rows) else 1


def _run(stem: str) -> list[Row]:
    """Run one benchmark in a program of its own, which bears nothing of the others; when it breaks down they go on, and the table says so."""
    began = perf_counter()
    print(f"{stem.removeprefix('bench_')} …", end=" ", file=sys.stderr, flush=True)
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as programs:
            rows = programs.submit(measure, stem).result()
        print(f"{perf_counter() - began:.0f} s, {sum(row.ok for row in rows)} of {len(rows)} held", file=sys.stderr, flush=True)
        return rows
    except Exception as error:
        traceback.print_exc()
        return [Row(f"{stem} broke down: {type(error).__name__}", "", 0, 0, 0, "runs to its end", ok=False)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
