"""The refusals of shelters and evacuation. `wording.shelter_refusals` chooses the words."""

from __future__ import annotations

from emergency_desk.domain.errors import Refused


class ShelterStateWrong(Refused):
    """A shelter does not go from where it stands to there. Values: name, state, wanted."""


class ShelterUnfit(Refused):
    """Something speaks against opening a shelter; a written reason overrides it. Values: name, reasons."""

    field = "override_reason"


class ShelterOccupied(Refused):
    """A shelter is not closed while people are in it. Values: name, heads."""


class ShelterNotOwn(Refused):
    """A street opens the shelters of its own villages and its own; others are opened by the district or the city. Values: name, tier."""


class CountNotWhole(Refused):
    """More left than were there, or fewer heads than vulnerable among them. Values: name, typed, other."""

    field = "heads"
