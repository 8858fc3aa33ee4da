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


class PersonInShelter(Refused):
    """Somebody is registered in a shelter already: let them come over from there, or keep both. Values: shelter, since, stay_id."""

    field = "people"


class PeopleElsewhere(Refused):
    """Somebody who was registered there has left or gone to another shelter since. Values: shelter."""


class LeftBeforeArrived(Refused):
    """Nobody leaves before they came. Values: typed, arrived."""

    field = "at"


class ShelterNotRunning(Refused):
    """People are registered in shelters that are open. Values: name, state."""


class PurgeTooEarly(Refused):
    """Personal data is destroyed when the response has ended and its shelters are cleared. Values: number, shelters (still open)."""


class PurgeHeld(Refused):
    """A written assessment keeps the personal data until a day. Values: number, until, reason."""


class NothingToPurge(Refused):
    """No personal data of an incident is kept. Values: number."""
