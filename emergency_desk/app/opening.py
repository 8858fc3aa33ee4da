"""Opens a desk: looks the store over, reads its trade, and puts clock and chance into the Desk."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import PlanText
from emergency_desk.errands.trade import read_trade, shipped_plans, shipped_rules
from emergency_desk.services import library
from emergency_desk.services.desk import Desk, DeskFacts
from emergency_desk.store.opening import open_store

Clock = Callable[[], datetime]
_UNFOUNDED = DeskFacts(code="", area_id=Id(""), name="")


def open_desk(path: Path, *, key: str | None = None, clock: Clock | None = None, create: bool = False) -> Desk:
    """Open the desk of a store; an empty or new store gives a desk that is still to be founded (no code).

    Raises the StoreTrouble family and BadFile.
    """
    store = open_store(path, key=key, backups=paths.backups(path), create=create)
    if library.is_founded(store):
        rules = shipped_rules(paths.reference()) | library.rule_texts(store)  # a table that an older store lacks is read as it ships
        return Desk(store, facts=library.read_facts(store), trade=read_trade(rules, library.plan_texts(store)),
                    clock=clock, random_bits=secrets.randbits)
    plans = [PlanText(id=Id(code), code=code, plan_version=version, body=body) for code, version, body in shipped_plans(paths.plans())]
    return Desk(store, facts=_UNFOUNDED, trade=read_trade(shipped_rules(paths.reference()), plans), clock=clock,
                random_bits=secrets.randbits)
