"""Whether a contact of a plan answered when somebody tried the number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.ids import Id


@dataclass(frozen=True, slots=True)
class ContactTry:
    """One try of one number. `unit` and `role` are the contact's own words; a unit's duty phone, never a private person's."""

    id: Id
    unit: str
    role: str
    phone: str
    tried_at: datetime
    account_id: Id
    is_answered: bool
    note: str = ""
