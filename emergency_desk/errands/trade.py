"""Reads the rule tables a store keeps into the frozen Trade that the services ask, and plans' texts for whoever opens one."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_shelf import Shelf
from emergency_desk.domain.reference import Reference
from emergency_desk.domain.trade import Trade
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.exchange.reference_files import read_reference_texts

_log = logging.getLogger(__name__)


def read_trade(rules: Mapping[str, str], shelf: Shelf) -> Trade:
    """Read rule tables (name → text) and put the shelf of plans beside them. Raises BadFile naming the table."""
    reference = _read_rules(tuple(rules.items()))
    return Trade(
        types=reference.types, capabilities=reference.capabilities, grading=reference.grading, near_miss=reference.near_miss,
        clocks=reference.clocks, travel=reference.travel, likeness=reference.likeness, ladder=reference.ladder, added_needs=reference.added_needs,
        plan_life=reference.plan_life, shelf=shelf, working_days=reference.working_days, superseded=reference.superseded,
        outlines=reference.outlines, catalogue=reference.catalogue, stock=reference.stock, allocation=reference.allocation,
        shelters=reference.shelters, assigning=reference.assigning, foresight=reference.foresight,
        drills=reference.drills, drill_terms=reference.drill_terms)


def read_plan_text(text: str, name: str) -> Plan:
    """Read a plan's text, a text that was read before from memory. Raises BadFile under this name."""
    try:
        return _read_once(text)
    except BadFile:
        return read_plan(text, name)


# The same text says the same under any name: what ships is read once, also where it is taken into a store and opened from it.
@lru_cache(maxsize=64)
def _read_once(text: str) -> Plan:
    return read_plan(text, "")


@lru_cache(maxsize=4)
def _read_rules(texts: tuple[tuple[str, str], ...]) -> Reference:
    return read_reference_texts(dict(texts))


def shipped_rules(folder: Path) -> dict[str, str]:
    """Return the rule tables that ship with the desk, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")) if path.stem in RULE_TABLES}


def shipped_plans(folder: Path) -> list[tuple[str, str, str]]:
    """Return the plans that ship with the desk as (code, version, text)."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        plan = read_plan_text(text, path.name)
        found.append((plan.code, plan.version, text))
    return found


def read_plan_texts(texts: Iterable[tuple[str, str]]) -> list[Plan | None]:
    """Read plans in the helper process: (name, text) each; None for one that nobody can read, which `check` tells of."""
    return [_read_or_none(name, text) for name, text in texts]


def _read_or_none(name: str, text: str) -> Plan | None:
    try:
        return read_plan_text(text, name)
    except BadFile as error:
        _log.warning("plan %s cannot be read and stands on no shelf: %s", name, error.values.get("reason"))
        return None


def shipped_versions(folder: Path) -> dict[Path, tuple[str, str]]:
    """Return (code, version) of the plans that ship, from the heads of their files: reading them whole takes a second."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            head = dict(line.rstrip().split(": ", 1) for line in islice(file, _HEAD_LINES) if line.startswith(("code: ", "version: ")))
        if len(head) == 2:
            found[path] = (head["code"], head["version"])
    return found


_HEAD_LINES = 40  # code and version stand at the top, below a few words on the file
RULE_TABLES = frozenset({"capabilities", "incident_types", "grading", "near_miss", "deadlines", "duplicates", "travel", "sources", "ladder",
                         "working_days", "superseded", "plan_life", "supply_catalogue", "stock", "allocation",
                         "plan_outlines", "shelters", "sheltering", "drills", "drill_terms"})
