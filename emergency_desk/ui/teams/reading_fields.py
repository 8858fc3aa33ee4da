"""Typed words as values of a record: numbers, days, lists. What cannot be read is refused at its field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.teams import Certificate, Equipment
from emergency_desk.wording.catalog import _, current_language

_FULL = str.maketrans("０１２３４５６７８９，．－；", "0123456789,.-;")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_BETWEEN = re.compile(r"[、,，;；\n]")
_PARTS = re.compile(r"[;；]")
DEGREES = {"latitude": "36.0671", "longitude": "120.3826"}  # examples; where it lies in Qingdao


def as_number(name: str, typed: str) -> int | None:
    """Read a whole number; empty is unknown. Raises FieldUnreadable."""
    text = typed.translate(_FULL).replace(",", "").strip()
    if not text or text == "?":
        return None
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise FieldUnreadable(name=name, typed=typed, expected=_("a whole number such as 12"))
    return int(text)


def as_decimal(name: str, typed: str) -> float | None:
    """Read a number; empty is unknown. Raises FieldUnreadable."""
    text = typed.translate(_FULL).replace(",", "").strip()
    if not text or text == "?":
        return None
    if not re.fullmatch(r"-?\d{1,9}(\.\d+)?", text):
        raise FieldUnreadable(name=name, typed=typed, expected=_("a number such as {number}").format(number=DEGREES.get(name, "36.0671")))
    return float(text)


def as_date(name: str, typed: str) -> date | None:
    """Read a day; empty is none. Raises FieldUnreadable."""
    text = typed.translate(_FULL).strip()
    if not text:
        return None
    found = _DATE.fullmatch(text)
    parts = [int(part) for part in found.groups() if part] if found else []
    try:
        return date(*parts)
    except (TypeError, ValueError):
        raise FieldUnreadable(name=name, typed=typed, expected=_("a day such as 2027-01-31")) from None


def worded_date(day: date | None) -> str:
    """Return a day as it is typed."""
    return day.isoformat() if day else ""


def as_list(typed: str) -> tuple[str, ...]:
    """Read words with 、 or commas or lines between them."""
    return tuple(part.strip() for part in _BETWEEN.split(typed) if part.strip())


def as_capabilities(name: str, typed: str, known: Sequence[Capability]) -> tuple[str, ...]:
    """Read capabilities by name in either language, or by id. Raises FieldUnreadable."""
    by_word = {word.lower(): one.id for one in known for word in (one.id, one.name.zh, one.name.en)}
    found = []
    for part in as_list(typed):
        if part.lower() not in by_word:
            like = [one for one in known if part.lower() in f"{one.name.zh} {one.name.en.lower()} {' '.join(one.words)}"] or known
            names = _(", ").join(one.name.in_language(current_language()) for one in like[:8])
            raise FieldUnreadable(name=name, typed=part, expected=_("one of these: {names}").format(names=names))
        found.append(by_word[part.lower()])
    return tuple(dict.fromkeys(found))


def as_certificates(typed: str, known: Sequence[Capability]) -> tuple[Certificate, ...]:
    """Read "capability; number; valid until", one a line. Raises FieldUnreadable."""
    made = []
    for written in filter(None, (line.strip() for line in typed.splitlines())):
        capability, number, until = (*(part.strip() for part in _PARTS.split(written)), "", "")[:3]
        able = as_capabilities("certificates", capability, known)
        made.append(Certificate(able[0] if able else "", number, as_date("certificates", until)))
    return tuple(made)


def as_member_papers(typed: str, known: Sequence[Capability]) -> tuple[Certificate, ...]:
    """Read the certificates of a person, with a bar between two; what is no capability of the desk (driver's licence) stays as it is written."""
    by_word = {word.lower(): one.id for one in known for word in (one.id, one.name.zh, one.name.en)}
    made = []
    for written in filter(None, (part.strip() for part in re.split(r"[|｜\n]", typed))):
        name, number, until = (*(part.strip() for part in _PARTS.split(written)), "", "")[:3]
        made.append(Certificate(by_word.get(name.lower(), name), number, as_date("certificates", until)))
    return tuple(made)


def as_equipment(typed: str) -> tuple[Equipment, ...]:
    """Read "name; count; unit", one a line. Raises FieldUnreadable."""
    made = []
    for written in filter(None, (line.strip() for line in typed.splitlines())):
        name, count, unit = (*(part.strip() for part in _PARTS.split(written)), "", "")[:3]
        number = as_number("equipment", count)
        made.append(Equipment(name, 1 if number is None else number, unit))
    return tuple(made)
