"""The guide to walks names every act, argument and figure, in its Chinese part as in its English one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from emergency_desk.errands.walk_registry import ACTS, FIGURES

GUIDE = (Path(__file__).resolve().parents[2] / "plans" / "walks" / "README.md").read_text(encoding="utf-8")
CHINESE, ENGLISH = GUIDE.split("\n# How to write a walk\n")
PARTS = pytest.mark.parametrize("part", [CHINESE, ENGLISH], ids=["zh", "en"])


def coded(part: str) -> set[str]:
    """Return what stands in code type; ".since" after "response.<tier>.level" stands for the whole name."""
    found: set[str] = set()
    for line in part.splitlines():
        stem = ""
        for name in re.findall(r"`([^`]+)`", line):
            if name.startswith(".") and stem:
                found.add(stem + name)
            else:
                found.add(name)
                stem = name.rpartition(".")[0]
    return found


@PARTS
def test_every_act_stands_in_the_guide_with_its_arguments(part: str) -> None:
    known = coded(part)
    lacks = {f"{act}: {name}" for act, one in ACTS.items() for name in (act, *one.shape.arguments) if name not in known}
    assert not lacks


@PARTS
def test_every_figure_stands_in_the_guide(part: str) -> None:
    known = {re.sub(r"<[^>]+>", "*", name) for name in coded(part)}
    lacks = set()
    for figure in FIGURES:
        shape = figure.shape
        if not shape.is_asked_of:
            lacks |= {shape.head} - known
        elif not any(name.startswith(shape.head) and name.endswith(shape.tail) and "*" in name for name in known):
            lacks.add(f"{shape.head}*{shape.tail}")
    assert not lacks
