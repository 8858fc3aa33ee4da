"""Words that stand on several papers."""

from __future__ import annotations

from emergency_desk.domain.teams import HowHeard
from emergency_desk.wording.catalog import N_, _

_HOW = {
    HowHeard.PHONE: N_("phone"), HowHeard.RADIO: N_("radio"), HowHeard.IN_PERSON: N_("in person"),
    HowHeard.SYSTEM: N_("the system"), HowHeard.MESSAGE: N_("message"),
}


def how_heard(how: str) -> str:
    """Return the word for a channel, or what somebody typed in its place."""
    return _(_HOW[HowHeard(how)]) if how in set(HowHeard) else how
