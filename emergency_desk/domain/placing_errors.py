"""The refusals of who goes to which shelter, and of isolation, observation and medical sites. `wording.placing_refusals` chooses the words."""

from __future__ import annotations

from emergency_desk.domain.errors import Refused


class PlacesTaken(Refused):
    """A shelter has fewer places left than were to be given. Values: name, wanted, there."""

    field = "families"


class FamiliesTaken(Refused):
    """Fewer families of a village wait for a place than were to be sent. Values: name, wanted, there."""

    field = "families"


class TransferGone(Refused):
    """A line of a transfer list was taken back already. Values: document."""


class SiteOfOtherKind(Refused):
    """Isolation, observation and medical sites are never shelters, and the reverse (ERL24 Art. 30). Values: name, kind."""

    field = "site"


class IsolationStateWrong(Refused):
    """A site is open already, or closed already, or is not ready for use. Values: name, state."""


class IsolationOccupied(Refused):
    """A site is not closed while beds are occupied. Values: name, heads."""


class BedsNotWhole(Refused):
    """More beds are counted than a site has. Values: name, wanted (counted), there."""

    field = "free"
