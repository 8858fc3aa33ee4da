"""The words of shelters, evacuation and isolation sites, and the fields of their forms."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

SHELTER_WORDS: dict[str, dict[str, str]] = {
    "ShelterTier": {
        "shelter_province": N_("Province shelter"), "shelter_city": N_("City shelter"), "shelter_county": N_("District shelter"),
        "shelter_township": N_("Street shelter"), "shelter_village": N_("Village shelter"),
    },
    "ShelterSpace": {"indoor": N_("Indoor"), "outdoor": N_("Outdoor")},
    "ShelterFunction": {"comprehensive": N_("Comprehensive shelter"), "single": N_("Single-purpose shelter")},
    "ShelterDuration": {"dur_emergency": N_("Emergency shelter"), "dur_short": N_("Short-term shelter"), "dur_long": N_("Long-term shelter")},
    "Class51143": {
        "class_emergency": N_("Emergency site (GB 51143)"), "class_fixed_short": N_("Fixed site, short (GB 51143)"),
        "class_fixed_medium": N_("Fixed site, medium (GB 51143)"), "class_fixed_long": N_("Fixed site, long (GB 51143)"),
        "class_centre": N_("Central site (GB 51143)"),
    },
    "Stay": {
        "stay_1_day": N_("one day"), "stay_3_days": N_("up to 3 days"), "stay_15_days": N_("up to 15 days"),
        "stay_30_days": N_("up to 30 days"), "stay_100_days": N_("up to 100 days"),
    },
    "ShelterState": {
        "shelter_planned": N_("planned shelter"), "shelter_ready": N_("ready for use"), "shelter_maintenance": N_("in repair"),
        "shelter_standby": N_("standing by to open"), "shelter_open": N_("open to people"), "shelter_full": N_("full up"),
        "shelter_closing": N_("being cleared"), "shelter_closed": N_("closed after use"), "shelter_unsafe": N_("unsafe, not to be used"),
    },
    "Inspected": {
        "shelter_not_inspected": N_("never inspected"), "shelter_fit": N_("inspected, fit"), "shelter_unfit": N_("inspected, unfit"),
    },
    "SafetyCheck": {
        "check_structure": N_("Structure"), "check_utilities": N_("Water, power and gas"), "check_fire": N_("Fire safety"),
        "check_secondary_hazard": N_("Secondary hazards around"),
    },
    "Unfit": {
        "unfit_state": N_("it is in repair or unsafe"), "unfit_hazard": N_("it is named unfit for this kind of incident"),
        "unfit_hazard_unknown": N_("nobody has said it is fit for this kind of incident"),
        "unfit_inspection": N_("the last inspection found it unfit"), "unfit_not_inspected": N_("it was never inspected"),
        "unfit_inspection_old": N_("the last inspection is too long ago"), "unfit_checks": N_("the safety checklist is not complete"),
    },
    "WhyExpected": {"expected_on_list": N_("on a list"), "expected_asked_for": N_("somebody asks for them")},
    "LeftTo": {
        "left_home": N_("went home"), "left_relatives": N_("went to relatives"), "left_rented": N_("went to a rented home"),
        "left_hospital": N_("went to hospital"), "left_other_shelter": N_("went to another shelter"), "left_elsewhere": N_("went elsewhere"),
    },
    "Need": {
        "need_chronic": N_("Chronic illness"), "need_pregnant": N_("Pregnant"), "need_disabled": N_("Disabled"), "need_infant": N_("Infant"),
        "need_elderly": N_("Elderly"),
    },
    "Placed": {
        "placed_collective": N_("In shelters"), "placed_dispersed": N_("Dispersed, with relatives"), "away_checked": N_("Away, checked"),
    },
    "CountProblem": {
        "count_shelter_unknown": N_("Unknown shelter"), "count_shelter_ambiguous": N_("Several shelters of the name"),
        "count_left_out": N_("Left out"), "count_not_open": N_("Not open then"), "count_no_time": N_("No time of the count"),
        "count_in_future": N_("Time ahead"), "count_twice": N_("Twice in the list"), "count_more_than_there": N_("More than are there"),
        "count_same": N_("Recorded already"),
    },
    "IsolationKind": {
        "site_isolation": N_("Isolation"), "site_observation": N_("Observation"), "site_emergency_medical": N_("Emergency treatment"),
    },
    "BedState": {
        "bed_free": N_("Free beds"), "bed_occupied": N_("Occupied beds"), "bed_cleaning": N_("Being cleaned"), "bed_blocked": N_("Blocked beds"),
    },
}
SHELTER_FIELDS = {
    "responsible": N_("Who is in charge"), "receives": N_("Takes people from"), "expected_until": N_("Expected until"),
    "supplies_at": N_("Supplies there at"), "notice_address": N_("Address in the notice"), "notice_route": N_("Way there"),
    "override_reason": N_("Reason to open all the same"), "vulnerable": N_("Vulnerable people"), "meals": N_("Meals"),
    "arrived": N_("Newly arrived"), "left": N_("Left the shelter"), "counted_by": N_("Counted by"), "to_move": N_("To be moved"),
    "order_number": N_("Opening order"), "shelter": N_("Shelter"), "places": N_("Places"), "share": N_("Per cent full"),
    "is_corrected": N_("Corrected by a later count"), "in_shelters": N_("In shelters"), "with_relatives": N_("With relatives"),
    "away": N_("Away, checked"), "unreached": N_("Not reached"), "lead": N_("Who goes from door to door"), "lead_phone": N_("Their phone"),
    "ordered_at": N_("Ordered at"), "ordered_by": N_("Ordered by"),
}  # fmt: skip
