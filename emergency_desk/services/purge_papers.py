"""Gathers what stands on the certificate of destruction. Reads only."""

from __future__ import annotations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.purge_sheets import CertificateSheet
from emergency_desk.services import purging
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint


def certificate_sheet(desk: Desk, *, purge_id: Id | None = None, number: str = "") -> CertificateSheet:
    """Return a certificate by id, by its own number or its incident's, or the newest one. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    if purge_id is None:
        with desk.reading() as reading:
            named = "WHERE number = ? OR incident_id IN (SELECT id FROM incidents WHERE number = ?) ORDER BY seq DESC"
            found = reading.purges.first(named, (number, number)) if number else reading.purges.first("ORDER BY seq DESC")
        if not found:
            raise NothingToPrint(name="destruction-certificate", number=number)
        purge_id = found[0].id
    return CertificateSheet(imprint(desk), purging.certificate(desk, purge_id=purge_id))
