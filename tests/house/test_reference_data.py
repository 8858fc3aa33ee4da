"""A number in the reference data names the text it comes from: a rule without a source is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.exchange import yaml_text

ROOT = Path(__file__).resolve().parents[2]
RULE_FILES = sorted((ROOT / "resources" / "reference").rglob("*.yaml"))
SOURCES = {"source", "sources", "basis"}
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?%?")


def numbers_without_source(part: Any, place: str = "", covered: bool = False) -> Iterator[str]:
    """Yield the place of every number that has no source beside or above it."""
    if isinstance(part, dict):
        covered = covered or any(part.get(name) for name in SOURCES)
        for name, value in part.items():
            yield from numbers_without_source(value, f"{place}/{name}", covered)
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from numbers_without_source(value, f"{place}/{index}", covered)
    elif not covered and NUMBER.fullmatch(str(part)):
        yield f"{place}: {part}"


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_every_number_of_a_rule_file_has_a_source(path: Path) -> None:
    content = yaml_text.load(path.read_text(encoding="utf-8"), path.name)
    assert list(numbers_without_source(content))[:10] == []


def test_a_number_without_a_source_is_noticed() -> None:
    rules = {"rules": [{"limit": "3", "source": "AR493 Art. 3"}, {"limit": "10"}], "note": "counts from 3"}
    assert list(numbers_without_source(rules)) == ["/rules/1/limit: 10"]
