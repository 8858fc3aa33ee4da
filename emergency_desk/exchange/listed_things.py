"""Several things in one cell: equipment (橡皮艇×3艘；水泵×2台) and certificates (潜水救援|QD-1|2027-01-01), read and written alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from emergency_desk.domain.imports import RowReason
from emergency_desk.domain.teams import Certificate, Equipment
from emergency_desk.exchange import written_values
from emergency_desk.exchange.row_reading import RowReading, asked_once

MARK = "；"
_BETWEEN = re.compile(r"[；;\n]")
_COUNTED = re.compile(r"(.+?)\s*[×✕xX*]\s*(\d{1,6})\s*([^\d\[\]]{0,12}?)\s*(?:\[([^\[\]]*)\])?")
_COUNT_FIRST = re.compile(r"(\d{1,6})\s*(台|辆|艘|条|套|个|只|架|顶|具|把)\s*(.+)")


@asked_once
def equipment(row: RowReading, field: str) -> tuple[Equipment, ...]:
    """Return the things a row lists; one without a count is there once."""
    return tuple(_thing(part.strip()) for part in _BETWEEN.split(row.long_text(field)) if part.strip())


def equipment_text(things: Iterable[Equipment]) -> str:
    """Write things as `equipment` reads them."""
    return MARK.join(f"{thing.name}×{thing.count}{thing.unit}" + (f"[{thing.code}]" if thing.code else "") for thing in things)


@asked_once
def certificates(row: RowReading, field: str) -> tuple[Certificate, ...]:
    """Return the certificates a row lists: what it is for, its number, its last day."""
    found: list[Certificate] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(row.long_text(field)))):
        capability, number, until = ([*map(str.strip, part.split("|")), "", ""])[:3]
        day = written_values.read_day(until)
        if until and day is None:
            row.refuse(RowReason.DATE_UNREADABLE, field, written=until)
        found.append(Certificate(capability, number, day))
    return tuple(found)


def certificates_text(papers: Iterable[Certificate]) -> str:
    """Write certificates as `certificates` reads them."""
    return MARK.join(f"{paper.capability}|{paper.number}|{paper.valid_until.isoformat() if paper.valid_until else ''}" for paper in papers)


def _thing(written: str) -> Equipment:
    if found := _COUNTED.fullmatch(written):
        return Equipment(found[1], int(found[2]), found[3], found[4] or "")
    if found := _COUNT_FIRST.fullmatch(written):
        return Equipment(found[3], int(found[1]), found[2])
    return Equipment(written)
