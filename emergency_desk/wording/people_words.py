"""The words of people in shelters and of the destruction of their data: labels, oddities, refusals, log lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emergency_desk.domain import shelter_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.shelter_people import Odd
from emergency_desk.wording.catalog import N_, _

PEOPLE_SENTENCES: dict[type[DeskError], str] = {
    errors.PeopleElsewhere: N_("They have left {shelter} already. Look at the list again."),
    errors.ShelterNotRunning: N_("{name} is {state}, so nobody is registered there. Open it first, or choose another shelter."),
    errors.NothingToPurge: N_("No personal data of incident {number} are kept, so there is nothing to destroy or to hold."),
    errors.PersonInShelter: N_("Registered already in {shelter}, since {since}. Say whether they came over from there, or whether it is another "
                               "person of that name, and register again."),
    errors.LeftBeforeArrived: N_("They came at {arrived}, so they cannot leave at {typed}. Check the time."),
    errors.PurgeHeld: N_("The personal data of incident {number} are kept until {until} by a written assessment: {reason}. "
                         "Lift the hold with a reason, or wait."),
}


def tell_too_early(words: Mapping[str, str], error: Any) -> str:
    """Tell what has to end before names are destroyed."""
    if error.values.get("shelters"):
        return _("Names are destroyed when everybody is home: {shelters} still run for incident {number}. Clear and close them first.").format(
            shelters=words["shelters"], number=words["number"])
    return _("Names are destroyed when the response has ended: incident {number} is still open. Close it first.").format(number=words["number"])


_ODD = {
    "odd_age_as_said": N_("{name}: the age is kept as said, “{said}”."),
    "odd_age_unread": N_("{name}: nobody can read the age “{said}”; it is kept as said."),
    "odd_id_unread": N_("{name}: “{said}” is no identity number; it stands in the note."),
    "odd_phone_short": N_("{name}: the phone “{said}” is short; it is kept as said."),
    "odd_may_be_twice": N_("{name}: somebody of that name is registered already; both are kept as a possible double."),
    "odd_came_back": N_("{name} was in a shelter of this incident before and came back."),
    "odd_twice_on_list": N_("{name} stands on the list twice with the same number; kept once, with what both rows say."),
    "odd_here_already": N_("{name} is registered here already, by the same number; kept once."),
    "odd_was_missing": N_("{name} was looked for by name and is found."),
    "odd_over_capacity": N_("More than there are places: {said}. It is kept; open another shelter."),
}


def tell_odd(odd: Odd) -> str:
    """Return the sentence of an oddity."""
    return _(_ODD[odd.kind.value]).format(name=odd.name, said=odd.said)

