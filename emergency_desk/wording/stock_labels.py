"""The words of stock keeping: kinds of reserve, depots, lots, accounts, movements, alarms, and the fields of its forms."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

STOCK_WORDS: dict[str, dict[str, str]] = {
    "ReserveKind": {
        "reserve_physical": N_("Goods in stock"), "reserve_contract": N_("Agreed deliveries"), "reserve_capacity": N_("Production capacity"),
    },
    "ReserveOwner": {
        "owner_government": N_("Government"), "owner_enterprise": N_("Enterprise"), "owner_society": N_("Society"),
    },
    "DepotKind": {
        "warehouse": N_("Reserve warehouse"), "consigned": N_("Consigned stock"), "logistics": N_("Logistics point"),
        "street_point": N_("Street reserve point"), "village_room": N_("Village reserve room"),
    },
    "PackColour": {
        "pack_red": N_("Red, medical"), "pack_orange": N_("Orange, equipment"), "pack_yellow": N_("Yellow, food and drink"),
        "pack_green": N_("Green, cold protection"), "pack_blue": N_("Blue, other"),
    },
    "LotSource": {
        "purchase": N_("Bought"), "donation": N_("Donated"), "transfer": N_("Transferred in"), "requisition": N_("Requisitioned"),
        "opening": N_("Found when the books were opened"),
    },
    "Inspection": {"not_inspected": N_("Not inspected yet"), "passed": N_("Passed"), "failed": N_("Failed")},
    "StockAccount": {
        "free": N_("In stock, free"), "reserved": N_("In stock, reserved"), "quarantined": N_("In stock, quarantined"),
        "in_use": N_("Out in use"), "in_transit": N_("On the road"), "lost": N_("Lost on the road"),
        "supplier": N_("Supplier"), "donor": N_("Donor"), "other_store": N_("Another store"), "property_owner": N_("Owner of the property"),
        "before_the_books": N_("Before the books"), "people": N_("People"), "consumed": N_("Used up"), "market": N_("Rotated out"),
        "scrap": N_("Scrapped"), "count": N_("Difference of a count"),
    },
    "MovementKind": {
        "opening_entry": N_("Opening entry"), "purchase_in": N_("Receipt, bought"), "donation_in": N_("Receipt, donated"),
        "transfer_in": N_("Receipt, transferred in"), "return_in": N_("Brought back"), "requisition_in": N_("Receipt, requisitioned"),
        "issue": N_("Issue for use"), "allocate_out": N_("Allocated to another store"), "distribute": N_("Distributed to people"),
        "consume": N_("Used up on scene"), "rotate_out": N_("Issue for rotation"), "write_off": N_("Written off"), "overage": N_("Overage"),
        "shortage": N_("Shortage"), "relocate": N_("Moved"), "reserve": N_("Kept back"), "unreserve": N_("No longer kept back"),
        "quarantine": N_("Put in quarantine"), "release": N_("Released from quarantine"),
        "ship": N_("Sent on the road"), "arrive": N_("Received from the road"), "arrive_in_use": N_("Received for use"),
        "transit_damage": N_("Damaged on the road"), "transit_loss": N_("Lost on the road"), "over_in_use": N_("More than was sent"),
        "give_back": N_("Given back to the owner"),
    },
    "ClaimKind": {"claim_reserved": N_("Kept back"), "claim_in_use": N_("Out in use"), "claim_in_transit": N_("On the road")},
    "StockAlarmKind": {
        "below_minimum": N_("Below minimum"), "lot_is_expired": N_("Expired lot"), "lot_expiring": N_("Expires soon"),
        "count_overdue": N_("Count overdue"), "promise_has_ended": N_("Promise has ended"), "promise_ending": N_("Promise ends soon"),
        "below_target": N_("Below target"), "above_most": N_("Above the most"),
    },
    "CountState": {"count_open": N_("Open"), "count_posted": N_("Booked"), "count_abandoned": N_("Given up")},
    "LineStand": {
        "line_to_count": N_("to count"), "line_count_again": N_("another counts again"), "line_differs": N_("differs"),
        "line_agrees": N_("agrees"), "line_gone": N_("gone meanwhile"),
    },
    "HeldStand": {
        "held_enough": N_("enough"), "held_too_few": N_("too few"), "held_in_other_unit": N_("counted in another unit"),
        "held_nothing": N_("none"),
    },
    "SupplyRisk": {
        "way_unknown": N_("way unknown"), "not_called": N_("not called off yet"), "ends_soon": N_("ends soon"),
        "must_start": N_("must start up first"),
    },
    "Surety": {
        "nothing_there": N_("nothing to be had"), "on_the_shelf": N_("on the shelf; the way is not counted in"),
        "way_estimated": N_("on the shelf; way estimated without traffic and weather"),
        "way_partly_unknown": N_("on the shelf; the way from some depots is unknown"), "count_is_old": N_("some not counted for too long"),
        "partner_must_deliver": N_("as sure as the partner's word; nothing comes before it is called off"),
        "line_must_start": N_("as sure as the works start up in time"), "promise_ends": N_("some of it ends soon"),
    },
    "BoundBy": {"bound_reserved": N_("Kept back"), "bound_quarantined": N_("In quarantine")},
    "WhyUnmet": {
        "unmet_not_kept": N_("no depot has any"), "unmet_given_elsewhere": N_("sent to other needs"),
        "unmet_out_of_reach": N_("too far away"), "unmet_expires_before": N_("expires before it is wanted"),
        "unmet_reserved": N_("kept back for others"), "unmet_quarantined": N_("in quarantine"),
        "unmet_officer": N_("not from there, as you said"), "unmet_all_sent": N_("all there is goes to it"),
    },
    "LeftOutReason": {
        "lot_expires": N_("the lot expires before"), "promise_ended": N_("the promise has ended by then"),
        "promise_not_begun": N_("the promise does not hold yet"), "promise_used_up": N_("the agreement is used up"),
    },
}  # fmt: skip

STOCK_FIELDS = {
    "item": N_("Item"), "item_id": N_("Item"), "site_id": N_("Depot"), "depot": N_("Depot"), "lot": N_("Lot"), "lot_number": N_("Lot number"),
    "to_site_id": N_("To depot"), "to_place": N_("To place"), "bin": N_("Bin"), "zone": N_("Zone"), "produced_on": N_("Produced on"),
    "expires_on": N_("Expires on"), "received_on": N_("Received on"), "supplier": N_("Supplier"), "origin": N_("Origin"),
    "price": N_("Price"), "responsible": N_("Responsible"), "counted": N_("Counted"), "counted_on": N_("Counted on"), "minimum": N_("Minimum"),
    "target": N_("Target"), "most": N_("Most"), "packs": N_("Packs"), "shelf_months": N_("Shelf life in months"),
    "specification": N_("Specification"), "call_off_hours": N_("Delivers within hours"), "start_up_days": N_("Days to start up"),
    "units_a_day": N_("Units a day"), "promise": N_("Promise"), "told_to": N_("Told to"), "keeper": N_("Storekeeper"), "kept_for": N_("Kept for"),
    "docks": N_("Loading docks"), "forklifts": N_("Forklifts"), "largest_truck_tonnes": N_("Largest lorry in tonnes"),
    "loading_minutes": N_("Minutes to load a lorry"), "loading_note": N_("Loading"), "counterpart": N_("From or to whom"),
    "photo": N_("Picture"), "caption": N_("What it shows"), "path": N_("File"),
    "from_account": N_("Taken from"), "to_account": N_("Taken to"), "document": N_("Document"), "from_depot": N_("From depot"),
    "to_depot": N_("To depot"), "counted_by": N_("Counted by"), "counted_at": N_("Counted at"), "zones": N_("Zones"),
    "beyond": N_("Beyond so many units"), "incident_id": N_("Incident"),
    "within_minutes": N_("Wanted within minutes"), "good_days": N_("Still in date for days"),
    "reach_minutes": N_("Depots within minutes"), "grams": N_("Grams of one unit"), "wanted_for": N_("Wanted for"),
}  # fmt: skip
