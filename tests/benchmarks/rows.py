"""One line of the benchmarks' table: what we took, beside a floor measured in the same run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from gc import collect
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `limit` says what is asked ("≤ 50 ms", "≤ 2.5 ×"), `ok` whether it was met."""

    name: str
    floor_name: str
    floor_ms: float
    ours_ms: float
    ratio: float
    limit: str
    ok: bool

    @classmethod
    def within_times(cls, name: str, *, floor_name: str, floor_ms: float, ours_ms: float, times: float) -> Row:
        """Return a row that must stay within so many times its floor."""
        ratio = ours_ms / floor_ms
        return cls(name, floor_name, floor_ms, ours_ms, ratio, f"≤ {times:g} ×", ratio <= times)

    @classmethod
    def within_ms(cls, name: str, *, floor_name: str, floor_ms: float, ours_ms: float, ms: float) -> Row:
        """Return a row that must stay within milliseconds; its ratio to the floor is told all the same."""
        return cls(name, floor_name, floor_ms, ours_ms, ours_ms / floor_ms, f"≤ {ms:g} ms", ours_ms <= ms)


def median_ms(act: Callable[[], Any], times: int = 9) -> float:
    """Return the median time of an act in milliseconds, after one warm run."""
    act()
    taken = []
    for _ in range(times):
        collect()
        start = perf_counter()
        act()
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


def table(rows: list[Row]) -> str:
    """Return the rows as text in columns."""
    lines = [("", "what", "ours ms", "floor ms", "ratio", "limit", "floor")]
    for row in rows:
        mark = "held" if row.ok else "MISSED"
        lines.append((mark, row.name, f"{row.ours_ms:.2f}", f"{row.floor_ms:.2f}", f"{row.ratio:.2f} ×", row.limit, row.floor_name))
    widths = [max(len(line[column]) for line in lines) for column in range(7)]
    right = {2, 3, 4}
    return "\n".join(
        "  ".join(cell.rjust(width) if column in right else cell.ljust(width) for column, (cell, width) in enumerate(
            zip(line, widths, strict=True))).rstrip()
        for line in lines
    )


def markdown(measured: dict[str, list[Row]]) -> str:
    """Return the rows of each benchmark as one table of Markdown."""
    lines = ["| benchmark | what | ours | floor | ratio | limit | |", "|---|---|---:|---:|---:|---|---|"]
    for name, rows in measured.items():
        lines += [f"| {name.replace('_', ' ')} | {row.name} | {_ms(row.ours_ms)} | {_ms(row.floor_ms)} ({row.floor_name}) | {row.ratio:.2f} × "
                  f"| {row.limit} | {'held' if row.ok else '**missed**'} |" for row in rows]
    return "\n".join(lines) + "\n"


def _ms(ms: float) -> str:
    return f"{ms:,.0f} ms" if ms >= 100 else f"{ms:.2f} ms"


def measure(stem: str) -> list[Row]:
    """Run one benchmark, by the name of its module."""
    rows: list[Row] = import_module(f"tests.benchmarks.{stem}").run()
    return rows
