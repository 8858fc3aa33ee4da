"""The labels of people in shelters: ages, oddities, what stays counted."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

PEOPLE_WORDS: dict[str, dict[str, str]] = {
    "AgeBand": {
        "age_0_2": N_("0 to 2 years"), "age_3_17": N_("3 to 17 years"), "age_18_59": N_("18 to 59 years"), "age_60_79": N_("60 to 79 years"),
        "age_80_on": N_("80 years and over"), "age_unknown": N_("age not known"),
    },
    "Oddity": {
        "odd_age_as_said": N_("age as said"), "odd_age_unread": N_("age that cannot be read"), "odd_id_unread": N_("no identity number"),
        "odd_phone_short": N_("short phone"), "odd_may_be_twice": N_("possible double"), "odd_came_back": N_("came back"),
        "odd_over_capacity": N_("more than places"), "odd_twice_on_list": N_("twice on the list"), "odd_was_missing": N_("was looked for"),
        "odd_here_already": N_("registered here already"),
    },
    "RemnantKind": {"remnant_backup": N_("Older backup"), "remnant_paper": N_("Paper with names"), "remnant_draft": N_("Form not yet saved")},
    "PersonProblem": {
        "person_shelter_unknown": N_("Unknown shelter"), "person_village_unknown": N_("unknown village"),
        "person_in_future": N_("Time ahead"), "person_has_left": N_("has left"),
    },
    "ListStanding": {
        "standing_new": N_("new"), "standing_here": N_("registered here already"), "standing_here_by_name": N_("of that name, here"),
        "standing_elsewhere": N_("registered elsewhere"), "standing_elsewhere_by_name": N_("of that name, elsewhere"),
        "standing_left": N_("left before"), "standing_looked_for": N_("looked for"),
    },
    "Way": {
        "way_ask": N_("look first whether they are elsewhere"), "way_transfer": N_("they came over from there"),
        "way_keep_both": N_("another person"),
    },
    "Alike": {"alike_same": N_("the same person"), "alike_maybe": N_("maybe the same person"), "alike_other": N_("two people")},
    "CountedBy": {
        "counted_by_age": N_("By age"), "counted_by_need": N_("By need"), "counted_by_village": N_("By village"),
        "counted_by_shelter": N_("By shelter"), "counted_by_left_to": N_("By where they went"),
    },
}
PEOPLE_FIELDS = {
    "people": N_("People, one a line"), "id_tail": N_("Last four"), "age": N_("Age as said"), "needs": N_("Needs"),
    "pets": N_("Pets"), "bed": N_("Bed"),
    "group_id": N_("Village"), "assessment": N_("Assessment"),
}
