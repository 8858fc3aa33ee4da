"""The words for readings of plans that come in as Word or text; `labels` takes them into its tables."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

IMPORT_LABELS: dict[str, dict[str, str]] = {
    "Sureness": {"sure": N_("said outright"), "likely": N_("likely"), "doubtful": N_("doubtful")},
    "LeftOutWhy": {
        "page_number": N_("page number"), "running_head": N_("running head"), "contents": N_("table of contents"),
        "web_residue": N_("scrap of a web page"),
    },
    "FileNoteKind": {
        "pictures": N_("pictures"), "deleted": N_("tracked deletions"), "inserted": N_("tracked insertions"), "comments": N_("comments"),
        "outside": N_("parts elsewhere"), "embedded": N_("embedded files"), "hidden": N_("hidden words"), "encoding": N_("encoding"),
        "unreadable_signs": N_("destroyed characters"),
    },
    "Doubt": {
        "number_made": N_("the heading has no number in the file; it was numbered here"),
        "number_repeats": N_("its number stands twice in the file; it got the next free one"),
        "number_jumps": N_("a number before it is missing in the file"),
        "dot_lost": N_("the full stops of its number were lost in the file"),
        "title_made": N_("it has no title in the file; its first words stand for one"),
        "before_chapters": N_("this stands before the first chapter"),
        "residue": N_("scraps of a web page stood before its number and were cut off"),
        "no_chapters": N_("no heading was recognised; the whole text is one clause"),
        "no_condition": N_("its conditions were not found"),
        "no_activator": N_("nobody is named who activates it"),
        "role_guessed": N_("which post that is was guessed"),
        "condition_in_words": N_("holds when an officer says so: the words are no figure of the desk"),
        "partly_read": N_("the sentence says more than its figures"),
        "figure_without_bound": N_("a bare number was taken for “or more”"),
        "missing_counted": N_("the plan counts the missing as dead; the desk's figure counts the dead alone"),
        "condition_cut": N_("there are more conditions than a level can hold"),
        "no_lead": N_("nobody is named who leads it"),
        "no_members": N_("no members are named"),
        "no_phone": N_("no phone number was found"),
        "private_phone": N_("a mobile number, perhaps a private one"),
        "unit_unclear": N_("the name does not read like a unit's"),
        "no_time": N_("the text gives no time"),
        "no_owner": N_("the sentence names nobody who does it"),
        "only_in_a_case": N_("asked for only in a case, not whenever the level runs"),
        "like_lower": N_("a lower level asks for nearly the same, and goes on asking at this one"),
        "steps_cut": N_("there is more to do than a card can hold"),
        "unit_made": N_("its unit of measure is not written; “件” was taken"),
    },
}  # fmt: skip

IMPORT_FIELDS = {
    "activated_by": N_("Activated by"), "conditions": N_("Conditions"), "lead": N_("Led by"), "duties": N_("Duties"),
    "members": N_("Member units"),
    "role": N_("Role"), "hazard_types": N_("Kinds of incident"), "tier": N_("Tier"), "due": N_("Within minutes"),
    "from_level": N_("From level upward"), "steps": N_("Steps"),
    "reports_to": N_("Reports to"),
}  # fmt: skip
