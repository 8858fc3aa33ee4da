"""The words of who goes to which shelter, of what shelters foresee, and of isolation, observation and medical sites."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

PLACING_WORDS: dict[str, dict[str, str]] = {
    "WhyUnplaced": {
        "unplaced_no_shelter": N_("no shelter is ready, stands by or is open that fits the incident"),
        "unplaced_none_fit": N_("what has places in reach is not fit for vulnerable people"),
        "unplaced_out_of_reach": N_("the nearest shelter with places is too far away"),
        "unplaced_full": N_("no shelter in reach has places left for a whole family"),
        "unplaced_officer": N_("as you said"),
    },
    "UseKind": {"use_water": N_("Water"), "use_food": N_("Food"), "use_blanket": N_("Blankets")},
    "IsolationState": {"isolation_open": N_("takes people"), "isolation_closed": N_("not in use")},
}
PLACING_FIELDS = {"families": N_("Families"), "per_head": N_("One person uses"), "free": N_("Free beds"), "occupied": N_("Occupied beds")}
