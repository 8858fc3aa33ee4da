"""One clear sentence for every refusal of stock keeping; `refusals` takes them into its tables."""

from __future__ import annotations

from emergency_desk.domain import stock_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.wording.catalog import N_

STOCK_SENTENCES: dict[type[DeskError], str] = {
    errors.StockShort: N_("{item}: {wanted} are asked for, and {there} are there ({place}). Take less, or take from another depot."),
    errors.DepotThere: N_("{site} is a depot already. Close the form and open it anew: it then shows what is known of that depot; change it "
                          "there."),
    errors.LotExpired: N_("Lot {lot} expired on {expires_on} and is no longer issued. Choose another lot; this one is written off."),
    errors.PaperTooLong: N_("This paper would have more than {most} lines, and nobody reads so many. Ask for an area, a depot or fewer days."),
    errors.PromiseShort: N_("{partner}: {wanted} are asked for, and {there} are left. Ask for less."),
    errors.PromiseEnded: N_("What {partner} promised does not hold today ({valid_until}). Renew it first, or ask another partner."),
    errors.DecidedTooMuch: N_("{item}: {wanted} are decided, and {there} are left. Take less."),
    errors.RequestNotOpen: N_("Request {number} is over ({state}). Make a new one if something is still needed."),
    errors.OwnStockFirst: N_("{item}: this desk's own depots have {there} more. Grant those first, or write why they stay."),
    errors.OrderNotThere: N_("Release order {order} does not stand where this begins ({state}). Read it again."),
    errors.NothingReleased: N_("Nothing is chosen to be released. Choose at least one line."),
    errors.RequisitionNotAllowed: N_("Nothing is requisitioned for incident {number} while no response of a district or city runs. "
                                     "Activate the response first, or propose it to the tier above."),
    errors.RequisitionSettled: N_("Requisition {number} is past this step. Read it again."),
    errors.CountTooLarge: N_("The count would have {lines} lines, and {most} are the most. Count zone by zone."),
    errors.CountEmpty: N_("Nothing stands there that could be counted ({depot}). Choose other zones or items."),
    errors.CountOverlaps: N_("Some of it is being counted already, under {number} ({place}). Finish that count or give it up first."),
    errors.CountIsClosed: N_("Count {number} is closed. Open another one."),
    errors.CountBoundByClaims: N_("{item}, lot {lot}: {short} are missing, and {reserved} of what the books have are kept back. "
                                  "Free those first, then approve."),
}
STOCK_REASONS: dict[type[DeskError], tuple[dict[str, str], str]] = {
    errors.MovementNotVoidable: ({
        "reversed": N_("Document {document} was taken back already."),
        "is_reversal": N_("Document {document} is itself a taking back. Enter anew what was right."),
        "used": N_("Document {document} cannot be taken back: its goods have been used since. Take those documents back first."),
    }, N_("Document {document} cannot be taken back.")),
    errors.CountNotApprovable: ({
        "not_counted": N_("Count {number} cannot be approved: {left} lines are still to be counted, or counted again by another person."),
        "counted_it": N_("{who} counted for {number} or keyed it in, and so does not approve it. Somebody else approves."),
    }, N_("Count {number} cannot be approved.")),
    errors.LotCodeUnknown: ({
        "code_misread": N_("The label was not read right. Scan it once more."),
        "unknown": N_("No lot here is called “{typed}”. Take its goods in first, or check the number."),
        "not_in_order": N_("The lot “{typed}” is not one of this order. Look at the list, and fetch the lot that stands there."),
        "many": N_("Several lots are called “{typed}”. Scan the label, or choose the line below."),
    }, N_("The lot “{typed}” was not found.")),
}
STOCK_FIELD_REASONS = {
    "quantity": N_("“{field}” cannot be {typed}. It lies within {other}."),
    "choice": N_("“{field}” cannot be “{typed}”. It is one of: {other}."),
    "unit_unknown": N_("“{field}”: the item is not counted in “{typed}”. It is counted in {other}."),
    "pack_changed": N_("“{field}”: a {typed} of this item holds {other}, by lot. Write the number itself, or name the lot."),
    "load_too_much": N_("“{field}”: of lot and number {typed} only {other} stand there for the order."),
    "unit_in_use": N_("“{field}”: goods were moved in {other}, so the unit stays. Add a new item counted in {typed}."),
    "code_unknown": N_("“{field}”: {typed} is no code of the catalogue. Choose one, or begin your own with {other}."),
    "pack": N_("“{field}”: “{typed}” is no pack. Write its name and how many {other} it holds, 2 or more."),
    "unit_twice": N_("“{field}”: every unit has its own name, and here one stands twice: {typed}."),
    "months": N_("“{field}” cannot be {typed}. It lies within {other}, or is empty when it is not known."),
    "target_below_minimum": N_("“{field}”: {typed} is less than the minimum, {other}. Check both numbers."),
    "most_below_target": N_("“{field}”: {typed} is less than the target, {other}. Check both numbers."),
    "goods_are_no_promise": N_("“{field}”: goods in stock are no promise. Choose agreements or production capacity."),
    "ends_before_it_begins": N_("“{field}” is {typed}, before it begins on {other}. Check both days."),
    "account": N_("“{field}”: {other} does not begin there ({typed})."),
    "in_future": N_("“{field}” is {typed}, and today is {other}. Check the day."),
    "expiry_before_production": N_("“{field}” is {typed}, before the goods were produced on {other}. Check both days."),
    "expired_already": N_("“{field}” is {typed}: goods past their date are not taken in. Give them back."),
    "lot_other_dates": N_("“{field}”: this lot stands in the books with {other}, not {typed}. Check the number and the dates on the goods."),
    "inspection_failed": N_("Lot {typed} failed its inspection. Have it inspected again first, or write it off."),
    "same_place": N_("“{field}”: the goods stand there already. Choose another place."),
    "count_agrees": N_("“{field}”: {typed} is what the books say. Nothing is to be corrected."),
    "count_below_bound": N_("“{field}”: {other} are kept back or in quarantine there, and {typed} are fewer. Free those first."),
    "before_the_count": N_("“{field}” is {typed}, before the count was opened at {other}. Check the time."),
    "still_in_stock": N_("{typed} cannot be retired while {other} of it stand on a shelf."),
    "depot_not_empty": N_("{typed} cannot be retired: {other} lots stand there. Move them first, or write them off."),
    "line_twice": N_("“{typed}” is asked for twice. Put both into one line."),
    "picked_too_many": N_("“{field}”: {typed} are more than the {other} that were ordered. A further order takes the rest."),
    "more_than_sent": N_("“{field}”: {typed} are more than the {other} on the road. What came beyond them goes into “Over”."),
    "households_above_heads": N_("“{field}”: {typed} households are more than {other} people. Check both numbers."),
    "place_twice": N_("“{field}”: {typed} is there already."),
    "photos_enough": N_("{typed} has {other} pictures already. Take one off first."),
    "picture": N_("“{field}”: {typed} is too large, or no picture. Keep a JPEG of at most {other}."),
    "drill_file": N_("“{field}”: {typed} is empty or too large. Keep a file of at most {other}."),
    "drill_files_enough": N_("{typed} is one too many: an inject takes {other} files. Take one off first."),
    "place_not_empty": N_("Bin {typed} stays: {other} lots stand there. Move them first, or write them off."),
    "place_is_depot": N_("The depot as a whole is no bin. Retire the depot under Sites."),
    "only_agreements": N_("Only an agreement is called off. Order from {typed} by phone, and take the goods in when they come."),
}
