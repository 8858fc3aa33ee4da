"""Opens a desk: looks the store over, reads its trade, and puts clock and chance into the Desk."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from emergency_desk import __version__
from emergency_desk.app import paths
from emergency_desk.domain.errors import BadFile, StoreReadOnly, StoreTrouble
from emergency_desk.domain.ids import Id
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.domain.upgrades import Told, to_nobody
from emergency_desk.errands.trade import read_plan_text, read_trade, shipped_rules, shipped_versions
from emergency_desk.services import library
from emergency_desk.services.desk import Desk, DeskFacts
from emergency_desk.services.stored_plans import StoredPlans
from emergency_desk.store import key_file
from emergency_desk.store.backups import keys_made
from emergency_desk.store.opening import open_store
from emergency_desk.store.store import Store

Clock = Callable[[], datetime]
_log = logging.getLogger(__name__)
_UNFOUNDED = DeskFacts(code="", area_id=Id(""), name="")


def open_desk(
    path: Path, *, key: StoreKey | None = None, typed: str = "", clock: Clock | None = None, create: bool = False,
    read_only: StoreReadOnly | None = None, told: Told = to_nobody,
) -> Desk:
    """Open the desk of a store; an empty or new store gives a desk that is still to be founded (no code).

    `typed` is the passphrase or the recovery key of an encrypted store; `told` hears how far an older store is brought up to date.
    Raises the StoreTrouble family, KeyWrong, RecoveryKeyMistyped, BadFile.
    """
    if key is None and typed and key_file.is_encrypted(path):
        key = key_file.unlock(path, typed, others=keys_made(path, paths.backups(path)))
    store = open_store(path, key=key, backups=paths.backups(path), create=create, read_only=read_only, told=told)
    if library.is_founded(store):
        desk = _open_founded(store, clock)
        return desk if desk.facts.twin is not None else _with_newer_plans(desk)  # a twin stays by the plans it was made with
    trade = read_trade(shipped_rules(paths.reference()), StoredPlans(store, read_plan_text).shelf())
    return Desk(store, facts=_UNFOUNDED, trade=trade, clock=clock, random_bits=secrets.randbits)


def _with_newer_plans(desk: Desk) -> Desk:
    """Lay the newer versions of shipped plans that the store has beside the older ones; when they cannot be kept now the desk opens without."""
    shipped = shipped_versions(paths.plans())
    newer = set(library.newer_plans(desk.store, shipped=shipped.values()))
    if newer:
        try:
            library.renew_plans(desk, texts=[(*name, path.read_text(encoding="utf-8")) for path, name in shipped.items() if name in newer])
        except StoreTrouble as error:
            _log.info("the newer plans that ship were not taken: %s %s", type(error).__name__, sorted(newer))
    return desk


def _open_founded(store: Store, clock: Clock | None) -> Desk:
    """Open a desk on its own tables; those nobody changed give way to newer ones that ship, as a commit of the desk itself.

    When the newer ones do not fit the customer's own tables, or cannot be kept now, the desk opens on what it has.
    """
    shipped, kept = shipped_rules(paths.reference()), library.rule_tables(store)
    shelf = StoredPlans(store, read_plan_text).shelf()
    own = shipped | {rule.id: rule.content for rule in kept}  # a table that an older store lacks is read as it ships
    newer: dict[str, str] = {
        rule.id: shipped[rule.id] for rule in kept
        if rule.id in shipped and rule.is_older_than(shipped[rule.id], edition=__version__)}
    facts = library.read_facts(store)
    if newer and facts.twin is None:
        try:
            desk = Desk(store, facts=facts, trade=read_trade(own | newer, shelf), clock=clock, random_bits=secrets.randbits)
            library.renew_rules(desk, texts=newer, edition=__version__)
            return desk
        except (BadFile, StoreTrouble) as error:
            _log.info("the newer tables that ship were not taken: %s %s", type(error).__name__, sorted(newer))
    return Desk(store, facts=facts, trade=read_trade(own, shelf), clock=clock, random_bits=secrets.randbits)
