"""One clear sentence for every refusal of shelters and evacuation; `refusals` takes them into its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emergency_desk.domain import shelter_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.shelter_acts import Unfit
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

SHELTER_SENTENCES: dict[type[DeskError], str] = {
    errors.ShelterStateWrong: N_("{name} is {state}, so it cannot become: {wanted}. Look at it again."),
    errors.ShelterOccupied: N_("{name} is not closed while people are in it: {heads}. See them home or to another shelter, and count again."),
    errors.ShelterNotOwn: N_("{name} ({tier}) is opened by the district or the city. Ask the tier above."),
    errors.CountNotWhole: N_("“{name}”: {typed} does not fit to {other} people in the shelter. Check both numbers."),
}


def tell_unfit(words: Mapping[str, str], error: Any) -> str:
    """Tell what speaks against opening a shelter."""
    against = tuple(error.values.get("reasons", ()))
    reasons = _("; ").join(label(reason) for reason in against)
    if against == (Unfit.CHECKS,):
        return _("{name} should not be opened: {reasons}. Have it looked over and tick what is safe, choose another shelter, or write why it is "
                 "opened all the same.").format(name=words["name"], reasons=reasons)
    return _("{name} should not be opened: {reasons}. Choose another shelter, or write why it is opened all the same.").format(
        name=words["name"], reasons=reasons)
