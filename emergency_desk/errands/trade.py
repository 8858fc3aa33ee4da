"""Reads the texts a store keeps (rule tables, plans) into the frozen Trade that the services ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_life import current_of
from emergency_desk.domain.plan_moves import PlanMove
from emergency_desk.domain.reference import Reference
from emergency_desk.domain.trade import Trade
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.exchange.reference_files import read_reference_texts
from emergency_desk.services import library
from emergency_desk.services.desk import Desk


def read_trade(rules: Mapping[str, str], plans: Iterable[PlanText], moves: Iterable[PlanMove] = ()) -> Trade:
    """Read rule tables (name → text) and plan texts; the moves say which plans are in force. Raises BadFile naming table or plan."""
    reference = _read_rules(tuple(rules.items()))
    versions = tuple(_read_plan(plan.body, f"{plan.code} {plan.plan_version}") for plan in plans)
    return Trade(
        types=reference.types, capabilities=reference.capabilities, grading=reference.grading, near_miss=reference.near_miss,
        clocks=reference.clocks, travel=reference.travel, likeness=reference.likeness, ladder=reference.ladder, added_needs=reference.added_needs,
        plan_life=reference.plan_life, plans=versions, current_plans=current_of(versions, moves),
        working_days=reference.working_days, superseded=reference.superseded,
        catalogue=reference.catalogue, stock=reference.stock)


def renew_plans(desk: Desk) -> None:
    """Let the desk know the plans that were issued or taken since it was opened, and which are in force now; only what is new is read.

    Raises BadFile naming the plan.
    """
    known = {(plan.code, plan.version): plan for plan in desk.trade.plans}
    keys = library.plan_keys(desk.store)
    for code, version in keys:
        if (code, version) not in known:
            known[code, version] = _read_plan(library.plan_body(desk.store, code=code, version=version), f"{code} {version}")
    plans = tuple(known[key] for key in keys)
    desk.trade = replace(desk.trade, plans=plans, current_plans=current_of(plans, library.plan_moves(desk.store)))


# The same text says the same: a desk that is founded and opened, or opened again for another officer, reads it once. Records are frozen.
_read_plan = lru_cache(maxsize=64)(read_plan)


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
        plan = _read_plan(text, path.name)
        found.append((plan.code, plan.version, text))
    return found


RULE_TABLES = frozenset({"capabilities", "incident_types", "grading", "near_miss", "deadlines", "duplicates", "travel", "sources", "ladder",
                         "working_days", "superseded", "supply_catalogue", "stock", "plan_life"})
