"""What stands on the certificate of destruction."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.purging import Certificate
from emergency_desk.domain.sheets import Imprint


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """The certificate of destruction (销毁证明) of one incident (ERL24 Art. 85)."""

    imprint: Imprint
    told: Certificate

    @property
    def incident(self) -> Incident:
        """The incident it is about."""
        return self.told.incident

    @property
    def incident_id(self) -> Id:
        """The incident among whose papers it stands."""
        return self.told.incident.id

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.told.purge.is_exercise
