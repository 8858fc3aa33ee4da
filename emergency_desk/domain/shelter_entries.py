"""Shelters as lists from elsewhere tell them: a site, what it is as a shelter, and head counts of one moment."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.shelters import Shelter
from emergency_desk.domain.sites import Site


@dataclass(frozen=True, slots=True)
class ShelterEntry:
    """A site and what it is as a shelter. Both ids are empty."""

    site: Site
    shelter: Shelter
