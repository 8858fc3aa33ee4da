"""Torture the desk and print one table: `python -m tests.torture [--short] [--table FILE] [name…]`. Exit 1 when it did not hold.

Each ordeal runs in programs of its own, as many at once as there are processors, and is ended when it takes too long; so it always ends.
The full run takes less than ten minutes on a quiet machine of two processors, the short one half a minute.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.torture.running import ORDEALS, run
from tests.torture.verdict import markdown, table


def main(words: list[str]) -> int:
    """Run what was asked for."""
    asked = _parser().parse_args(words)
    chosen = [one for one in ORDEALS if not asked.names or any(name in one.module for name in asked.names)]
    if not chosen:
        print(f"No ordeal of that name. There are: {', '.join(one.module for one in ORDEALS)}", file=sys.stderr)
        return 2
    began = time.monotonic()
    verdicts = run(chosen, short=asked.short, seed=asked.seed, at_once=asked.at_once)
    print(table(verdicts))
    print(f"{sum(one.held for one in verdicts)} of {len(verdicts)} held, {time.monotonic() - began:.0f} s")
    if asked.table:
        asked.table.write_text(markdown(verdicts), encoding="utf-8")
    return 0 if verdicts and all(one.held for one in verdicts) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(one.module for one in ORDEALS))
    parser.add_argument("--short", action="store_true", help="a thirtieth of everything, in half a minute")
    parser.add_argument("--table", type=Path, help="write the table as Markdown there too")
    parser.add_argument("--seed", type=int, default=20261129, help="another seed tries other cases")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 2, help="how many programs at the same time")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
