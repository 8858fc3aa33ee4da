"""Founds a desk in an empty store: the areas it serves, its own place among them, its code; and fills a demo city."""

from __future__ import annotations

import json
from collections.abc import Iterable

from emergency_desk.domain.accounts import Account
from emergency_desk.domain.areas import Area
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.library import Setting
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team
from emergency_desk.services.accounts import hash_password
from emergency_desk.services.desk import Desk, DeskFacts, Done
from emergency_desk.services.library import DESK_SETTING


def found(desk: Desk, *, facts: DeskFacts, areas: Iterable[Area]) -> Done[DeskFacts]:
    """Lay the tree of areas and the facts of the desk into an empty store, in one commit."""
    if not facts.code.strip():
        raise FieldMissing(name="code")
    with desk.open_work() as work:
        count = work.areas.add_many(areas)
        work.areas.get(facts.area_id)
        content = json.dumps({"code": facts.code, "area_id": facts.area_id, "name": facts.name, "name_en": facts.name_en,
                              "is_demo": facts.is_demo, "phone": facts.phone}, ensure_ascii=False)
        work.settings.add(Setting(id=DESK_SETTING, content=content))
        desk.facts = facts
        return Done(facts, work.commit("found", code=facts.code, areas=count, is_demo=facts.is_demo))


def add_areas(desk: Desk, *, areas: Iterable[Area]) -> Done[int]:
    """Add areas to the tree, such as a development zone without a code. Their parents must be there."""
    with desk.open_work() as work:
        count = work.areas.add_many(areas)
        return Done(count, work.commit("add_areas", areas=count))


def add_first_accounts(desk: Desk, *, accounts: Iterable[Account], password: str, salt: bytes | None = None) -> Done[int]:
    """Add accounts that share one password; used for the accounts of a demo city, which gives a salt so that it can be built again alike."""
    kept = hash_password(password, salt=salt)
    with desk.open_work() as work:
        count = 0
        for account in accounts:
            work.accounts.add(account)
            work.keep_secret(account.id, kept)
            count += 1
        return Done(count, work.commit("add_first_accounts", accounts=count))


def fill(desk: Desk, *, teams: Iterable[Team], sites: Iterable[Site]) -> Done[tuple[int, int]]:
    """Put teams and sites into the register, in one commit."""
    with desk.open_work() as work:
        counts = (work.teams.add_many(teams), work.sites.add_many(sites))
        return Done(counts, work.commit("fill", teams=counts[0], sites=counts[1]))
