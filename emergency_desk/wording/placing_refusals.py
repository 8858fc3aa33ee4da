"""One clear sentence for every refusal of who goes to which shelter, and of isolation, observation and medical sites."""

from __future__ import annotations

from emergency_desk.domain import placing_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.wording.catalog import N_

PLACING_SENTENCES: dict[type[DeskError], str] = {
    errors.PlacesTaken: N_("{name} has {there} places left, not {wanted}: they were given away meanwhile. Look at the proposal again."),
    errors.FamiliesTaken: N_("Of {name} {there} such families still wait for a place, not {wanted}. Look at the proposal again."),
    errors.TransferGone: N_("That line of {document} was taken back already."),
    errors.SiteOfOtherKind: N_("{name} is in the register as: {kind}. Shelters and isolation, observation or medical sites are never the same "
                               "site (Emergency Response Law Art. 30). Make a site of its own."),
    errors.IsolationStateWrong: N_("{name} is: {state}. Look at it again."),
    errors.IsolationOccupied: N_("{name} is not closed while beds are occupied: {heads}. See the people on, and count again."),
    errors.BedsNotWhole: N_("{wanted} beds were counted in {name}, which has {there}. Check the numbers, or the register."),
}
