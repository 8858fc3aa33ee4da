"""Words for an upgrade while it goes on: which store, from where to where, the step, and what happens if the power goes."""

from __future__ import annotations

from emergency_desk.domain.upgrades import Upgrade, UpgradeStep
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

_BROUGHT = {
    2: N_("units and sites that are no longer in use"), 3: N_("the ladder of tiers, reports upward, findings"),
    4: N_("the life of contingency plans, drafts and contacts"), 5: N_("stockpiles: depots, lots and their ledger"),
    6: N_("requests for supplies, from asking to the receipt"), 7: N_("stock-takes, pictures of items"),
    8: N_("shelters: openings, head counts, evacuation"), 9: N_("families on transfer lists, isolation sites"),
    10: N_("people in shelters by name"), 11: N_("drills"), 12: N_("several lorries of a release order, packs, the list of an allocation"),
    13: N_("people who are looked for by name"), 14: N_("what else is drilled, files of injects"), 15: N_("the twins that drills are played on"),
}  # what each version of the file brought


def knows(version: int) -> bool:
    """Say whether it is told what a version of the file brought."""
    return version in _BROUGHT


def whole(upgrade: Upgrade) -> str:
    """Return from which version the store is brought to which."""
    return _("From version {before} of the file to version {after}").format(before=upgrade.before, after=upgrade.after)


def step(upgrade: Upgrade) -> str:
    """Return what is being done now."""
    if upgrade.step is UpgradeStep.CHANGING and knows(upgrade.version):
        return _("Version {version}: {brought}").format(version=upgrade.version, brought=_(_BROUGHT[upgrade.version]))
    return label(upgrade.step)


def counted(upgrade: Upgrade) -> str:
    """Return which step of how many it is."""
    return _("Step {number} of {count}").format(number=upgrade.number, count=upgrade.count)


def safety(upgrade: Upgrade) -> str:
    """Return what happens if the power goes meanwhile."""
    return _("If the power goes meanwhile, the store stays whole as it was, and the next start begins anew: all of this is done on a copy, which "
             "takes the store’s place only once it has been checked. The store as it was is kept in {folder}.").format(folder=upgrade.backups)


def opening_line(upgrade: Upgrade) -> str:
    """Return the first line of a terminal."""
    return _("{store} is brought from version {before} of the file to version {after}; as it was it is kept in {folder}.").format(
        store=upgrade.store, before=upgrade.before, after=upgrade.after, folder=upgrade.backups)


def line(upgrade: Upgrade) -> str:
    """Return one line of a terminal for a step."""
    return _("{number}/{count}  {step}").format(number=upgrade.number, count=upgrade.count, step=step(upgrade))
