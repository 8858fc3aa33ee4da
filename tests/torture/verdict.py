"""What an ordeal found: how often it was done, and every case in which the desk did not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the table. `broken` names each case in which the desk did not hold; `told` says what was seen, in numbers."""

    what: str
    times: int
    told: dict[str, int]
    broken: tuple[str, ...] = ()
    asked: str = "nothing acknowledged is lost"
    seconds: float = 0.0

    @property
    def held(self) -> bool:
        """Say whether the desk held; an ordeal that was never done proves nothing."""
        return not self.broken and self.times > 0

    def and_(self, other: Verdict) -> Verdict:
        """Return two parts of the same ordeal as one."""
        told = {name: self.told.get(name, 0) + other.told.get(name, 0) for name in {**self.told, **other.told}}
        return replace(self, times=self.times + other.times, told=told, broken=self.broken + other.broken, seconds=self.seconds + other.seconds)


def put_together(parts: Iterable[Verdict]) -> list[Verdict]:
    """Add up the parts of each ordeal, in the order of their first part."""
    parts = list(parts)
    order = list(dict.fromkeys(part.what for part in parts))
    ordered = sorted(parts, key=lambda part: order.index(part.what))
    whole: list[Verdict] = []
    for _what, same in groupby(ordered, key=lambda part: part.what):
        first, *rest = same
        for part in rest:
            first = first.and_(part)
        whole.append(first)
    return whole


def _seen(verdict: Verdict) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in verdict.told.items())


def table(verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as text in columns, and below what broke."""
    lines = [("", "what", "times", "seconds", "asked", "seen")]
    for one in verdicts:
        lines.append(("held" if one.held else "BROKEN", one.what, f"{one.times:,}", f"{one.seconds:.0f}", one.asked, _seen(one)))
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    text = ["  ".join(cell.rjust(width) if column in (2, 3) else cell.ljust(width)
                      for column, (cell, width) in enumerate(zip(line, widths, strict=True))).rstrip() for line in lines]
    for one in verdicts:
        text += [f"  {one.what}: {case}" for case in one.broken[:_MOST_TOLD]]
        if len(one.broken) > _MOST_TOLD:
            text.append(f"  {one.what}: and {len(one.broken) - _MOST_TOLD} more")
    return "\n".join(text)


def markdown(verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as a table of Markdown."""
    rows = [f"| {one.what} | {one.times:,} | {one.asked} | {_seen(one)} | {'held' if one.held else '**broken**'} |" for one in verdicts]
    return "\n".join(("| what is done to it | times | what is asked | what was seen | |", "|---|---:|---|---|---|", *rows)) + "\n"
