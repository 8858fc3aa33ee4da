"""HiGHS as this room uses it: on one thread, from one seed, so that the same question has the same answer, and without a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import highspy


def quiet_solver(**options: float | str) -> highspy.Highs:
    """Return a solver with its options set."""
    with _silence():
        solver = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(name, value)
    return solver


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what HiGHS says of itself when the first solver is made out of standard output, where answers may travel."""
    sys.stdout.flush()
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)
