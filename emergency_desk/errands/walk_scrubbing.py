"""Takes personal data out of texts before they leave the desk: known names and phones, and what looks like a phone or an identity number."""

from __future__ import annotations

import re
from collections.abc import Iterable

SOMEBODY = "有关人员"  # in the place of whoever reported, approved or was rung up
_PERSON, _PHONE, _IDENTITY = "某人", "〔电话〕", "〔证件号〕"
_IDENTITIES = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_PHONES = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)")


class Scrubber:
    """Call it with a text."""

    def __init__(self, known: Iterable[str]) -> None:
        words = sorted({word.strip() for word in known if len(word.strip()) > 1}, key=len, reverse=True)
        self._known = re.compile("|".join(re.escape(word) for word in words)) if words else None

    def __call__(self, text: str) -> str:
        """Return the text without personal data."""
        if self._known is not None:
            text = self._known.sub(lambda found: _PHONE if found.group().strip("+- ")[:1].isdigit() else _PERSON, text)
        return _PHONES.sub(_PHONE, _IDENTITIES.sub(_IDENTITY, text))


class StandIns:
    """Call it with a person's name: the same person becomes the same stand-in, nobody stays nobody."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Return who stands in for somebody."""
        name = name.strip()
        return self._known.setdefault(name, f"{SOMEBODY}{len(self._known) + 1}") if name else ""
