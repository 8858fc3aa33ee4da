"""How many a site holds, in the measure of its kind: beds, square metres or people."""

from __future__ import annotations

from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import number

_BEDS = frozenset({SiteKind.HOSPITAL})
_METRES = frozenset({SiteKind.DEPOT, SiteKind.LOGISTICS})


def capacity_words(site: Site) -> str:
    """Return the capacity of a site, "" when it is not known."""
    if site.capacity is None:
        return ""
    count = number(site.capacity)
    if site.kind in _BEDS:
        return ngettext("{count} bed", "{count} beds", site.capacity).format(count=count)
    return _("{count} m²").format(count=count) if site.kind in _METRES else _("for {count}").format(count=count)
