"""The words of requests for supplies, release orders, requisitions and gifts, and the fields of their forms."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

REQUEST_WORDS: dict[str, dict[str, str]] = {
    "RequestPurpose": {
        "for_incident": N_("For an incident"), "for_replenishment": N_("To fill the store again"), "for_preparation": N_("To be prepared"),
    },
    "RequestPriority": {"urgent": N_("Urgent"), "high": N_("High"), "normal": N_("Normal")},
    "RequestState": {
        "request_asked": N_("to be decided"), "request_waits_above": N_("waits for the tier above"), "request_granted": N_("granted"),
        "request_released": N_("released"), "request_on_the_way": N_("on the way"), "request_received": N_("received"),
        "request_refused": N_("refused"), "request_withdrawn": N_("request withdrawn"),
    },
    "DecisionOn": {
        "granted": N_("Granted"), "decided_refused": N_("Refused"), "passed_up": N_("Passed up"), "line_withdrawn": N_("Taken off"),
    },
    "ReleaseState": {
        "release_ordered": N_("ordered"), "release_picked": N_("picked"), "release_on_the_way": N_("on the way"),
        "release_part_received": N_("received in part"), "release_received": N_("received"), "release_cancelled": N_("cancelled"),
    },
    "ReleaseStep": {
        "step_ordered": N_("Ordered"), "step_picked": N_("Picked"), "step_shipped": N_("Sent on the road"), "step_received": N_("Signed for"),
        "step_explained": N_("Difference explained"), "step_cancelled": N_("Cancelled"),
    },
    "RequisitionState": {
        "requisition_paper_owed": N_("notice owed"), "requisition_in_force": N_("in use"), "requisition_returned": N_("given back"),
        "requisition_settled": N_("settled"),
    },
    "RequisitionStep": {
        "requisition_decided": N_("Decided"), "requisition_notice": N_("Notice handed over"), "requisition_given_back": N_("Given back sound"),
        "requisition_damaged": N_("Given back damaged"), "requisition_lost": N_("Lost"), "requisition_compensated": N_("Compensated"),
    },
    "SupplyAct": {
        "act_decide": N_("Decide the request"), "act_release": N_("Order out"), "act_pick": N_("Pick"), "act_ship": N_("Send on the road"),
        "act_receive": N_("Sign for it"), "act_chase": N_("Ring the driver"), "act_wait_above": N_("Wait for the tier above"),
        "act_nothing": N_("Nothing more"),
    },
}  # fmt: skip
REQUEST_FIELDS = {
    "asked_by": N_("Asked by"), "needed_by": N_("Needed by"), "priority": N_("Priority"), "purpose": N_("Purpose"), "lines": N_("Lines"),
    "grant": N_("Grant"), "pass_up": N_("Pass up"), "refuse": N_("Refuse"), "approved_how": N_("Agreed how"), "picked": N_("Picked"),
    "picked_by": N_("Picked by"), "packages": N_("Packages"), "vehicle": N_("Vehicle"), "driver": N_("Driver"),
    "driver_phone": N_("Driver\u2019s phone"), "carrier": N_("Carrier"), "waybill": N_("Waybill"), "departed_at": N_("Left at"),
    "expected_at": N_("Expected at"), "received": N_("What came"), "good": N_("Good"), "damaged": N_("Damaged"), "short": N_("Too few"),
    "over": N_("Over"), "households": N_("Households"), "heads": N_("People"), "handed_by": N_("Handed out by"),
    "kept_at": N_("Where the signed list lies"), "receiver": N_("Received there by"), "executor": N_("Carried out by"), "model": N_("Model"),
    "from_on": N_("From day"), "until_on": N_("Until day"), "owner_address": N_("Address of the owner"),
    "owner_phone": N_("Phone of the owner"), "compensation": N_("Compensation"), "sound": N_("Sound"), "lost": N_("Lost"),
    "published_at_place": N_("Published at"), "leg_id": N_("Which vehicle"), "load": N_("Loaded"),
}  # fmt: skip
