"""Units, sites and agreements: what an officer must reach, where things are, and what was promised on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import check_agreement, check_site, check_unit
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services.desk import Desk, Done
from emergency_desk.store.search_keys import spoken

MOST = 1_000


def list_units(desk: Desk, *, text: str = "", kind: UnitKind | None = None, is_retired: bool = False, limit: int = MOST) -> list[Unit]:
    """Return units in use (or retired ones) found by name, pinyin, initials or code; special command posts first."""
    where, values = _found(text, kind.value if kind else "", is_retired=is_retired)
    with desk.reading() as reading:
        return reading.units.where(f"{where} ORDER BY kind <> 'special_hq', kind, name, id LIMIT {int(limit)}", values)


def get_unit(desk: Desk, *, unit_id: Id) -> Unit:
    """Return one unit. Raises NotFound."""
    with desk.reading() as reading:
        return reading.units.get(unit_id)


def keep_unit(desk: Desk, *, unit: Unit) -> Done[Unit]:
    """Add a unit, or change one (a unit with an id). Raises FieldMissing, FieldRefused, Stale, NotFound."""
    desk.may(Act.KEEP_REGISTER)
    check_unit(unit)
    with desk.open_work() as work:
        kept = work.units.put(unit) if unit.id else work.units.add(replace(unit, id=desk.new_id()))
        return Done(kept, work.commit("keep_unit", unit=kept.name))


def retire_unit(desk: Desk, *, unit_id: Id) -> Done[Unit]:
    """Take a unit out of use: it leaves lists and pickers and stays in history. Raises NotFound."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        kept = work.units.put(replace(work.units.get(unit_id), is_retired=True))
        return Done(kept, work.commit("retire_unit", unit=kept.name))


def bring_back_unit(desk: Desk, *, unit_id: Id) -> Done[Unit]:
    """Take a retired unit into use again. Raises NotFound."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        kept = work.units.put(replace(work.units.get(unit_id), is_retired=False))
        return Done(kept, work.commit("bring_back_unit", unit=kept.name))


def list_sites(desk: Desk, *, text: str = "", kind: SiteKind | None = None, is_retired: bool = False, limit: int = MOST) -> list[Site]:
    """Return sites in use (or retired ones) found by name, pinyin, initials or code, by kind and name."""
    where, values = _found(text, kind.value if kind else "", is_retired=is_retired)
    with desk.reading() as reading:
        return reading.sites.where(f"{where} ORDER BY kind, name, id LIMIT {int(limit)}", values)


def get_site(desk: Desk, *, site_id: Id) -> Site:
    """Return one site. Raises NotFound."""
    with desk.reading() as reading:
        return reading.sites.get(site_id)


def keep_site(desk: Desk, *, site: Site) -> Done[Site]:
    """Add a site, or change one (a site with an id). Raises FieldMissing, FieldRefused, Stale, NotFound."""
    desk.may(Act.KEEP_REGISTER)
    check_site(site)
    with desk.open_work() as work:
        kept = work.sites.put(site) if site.id else work.sites.add(replace(site, id=desk.new_id()))
        return Done(kept, work.commit("keep_site", site=kept.name))


def retire_site(desk: Desk, *, site_id: Id) -> Done[Site]:
    """Take a site out of use: it leaves lists and pickers and stays in history. Raises NotFound; FieldRefused while goods stand there."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        site = work.sites.get(site_id)
        lots = work.balances.lots_at(site_id)
        if lots:
            raise FieldRefused(name="site", reason="depot_not_empty", typed=site.name, other=str(lots))
        kept = work.sites.put(replace(site, is_retired=True))
        return Done(kept, work.commit("retire_site", site=kept.name))


def bring_back_site(desk: Desk, *, site_id: Id) -> Done[Site]:
    """Take a retired site into use again. Raises NotFound."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        kept = work.sites.put(replace(work.sites.get(site_id), is_retired=False))
        return Done(kept, work.commit("bring_back_site", site=kept.name))


def list_agreements(desk: Desk, *, text: str = "", kind: AgreementKind | None = None, limit: int = MOST) -> list[Agreement]:
    """Return the agreements, those that end first before the others; found by partner, number or terms, pinyin and initials too."""
    with desk.reading() as reading:
        every = reading.agreements.where(f"WHERE partner <> '' ORDER BY valid_until IS NULL, valid_until, number, id LIMIT {int(limit)}")
    words = text.lower().split()
    return [one for one in every if (kind is None or one.kind is kind) and _says(one, words)]


def get_agreement(desk: Desk, *, agreement_id: Id) -> Agreement:
    """Return one agreement. Raises NotFound."""
    with desk.reading() as reading:
        return reading.agreements.get(agreement_id)


def keep_agreement(desk: Desk, *, agreement: Agreement) -> Done[Agreement]:
    """Add an agreement, or change one (an agreement with an id). Raises FieldMissing, FieldRefused, Stale, NotFound."""
    desk.may(Act.KEEP_REGISTER)
    check_agreement(agreement)
    with desk.open_work() as work:
        kept = work.agreements.put(agreement) if agreement.id else work.agreements.add(replace(agreement, id=desk.new_id()))
        return Done(kept, work.commit("keep_agreement", agreement=kept.number or kept.id))


def _says(one: Agreement, words: list[str]) -> bool:
    key = spoken(one.partner, one.number, one.terms, one.phone) if words else ""
    return all(word in key for word in words)


def _found(text: str, kind: str, *, is_retired: bool) -> tuple[str, list[Any]]:
    conditions: list[str] = ["is_retired = ?"]
    values: list[Any] = [int(is_retired)]
    for word in text.lower().split():
        conditions.append("search_key LIKE ? ESCAPE '\\'")
        values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    if kind:
        conditions.append("kind = ?")
        values.append(kind)
    return "WHERE " + " AND ".join(conditions), values
