"""The tables of shelters, openings, head counts and stays, of evacuation by village, and of isolation and medical sites."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from emergency_desk.store.rows.columns import appended_id, id_column, maybe, metadata, reference, text, whole

shelters = Table(  # what a site is as a shelter; the id is the site's
    "shelters", metadata, Column("id", Text, ForeignKey("sites.id"), primary_key=True), text("tier"), text("space"), text("function"),
    Column("duration", Text), Column("class_51143", Text), text("hazards"), text("unfit_hazards"), text("facilities"),
    maybe("stated_capacity"), text("keeper"), text("keeper_phone"), text("keys_at"), text("catchment"), text("inspected"),
    Column("inspected_on", Text), text("repair"), whole("signs_published"), whole("vulnerable_fit"), text("state"),
    maybe("state_since"), Column("opening_id", Text), text("note"), whole("is_demo"), whole("version"),
    Index("shelters_by_state", "state"),
)
shelter_moves = Table(
    "shelter_moves", metadata, *appended_id(), reference("shelter_id", "shelters"), text("from_state"), text("to_state"),
    whole("occurred_at"), whole("recorded_at"), reference("account_id", "accounts"), reference("incident_id", "incidents", optional=True),
    Column("opening_id", Text), text("reason"), text("decided_by"), whole("is_exercise"),
    Index("shelter_moves_by_shelter", "shelter_id", "seq"),
)
shelter_openings = Table(
    "shelter_openings", metadata, id_column(), Column("number", Text, nullable=False, unique=True), reference("shelter_id", "shelters"),
    reference("incident_id", "incidents"), text("tier"), text("approved_by"), whole("opened_at"), text("stay"), whole("expected_until"),
    text("responsible"), whole("recorded_at"), reference("account_id", "accounts"), text("receives"), text("responsible_phone"),
    maybe("supplies_at"), text("notice_address"), text("notice_route"), text("checks"), maybe("capacity"), text("override_reason"),
    maybe("closed_at"), text("close_note"), text("damage"), whole("is_exercise"), whole("version"),
    Index("openings_by_incident", "incident_id", "opened_at"), Index("openings_by_shelter", "shelter_id", "opened_at"),
)
head_counts = Table(
    "head_counts", metadata, *appended_id(), reference("opening_id", "shelter_openings"), reference("shelter_id", "shelters"),
    reference("incident_id", "incidents"), whole("counted_at"), whole("recorded_at"), reference("account_id", "accounts"),
    whole("heads"), maybe("arrived"), maybe("left"), maybe("vulnerable"), maybe("meals"), text("counted_by"), text("source"),
    text("note"), Column("corrects_id", Text), whole("is_exercise"),
    Index("head_counts_by_opening", "opening_id", "counted_at"), Index("head_counts_by_incident", "incident_id", "counted_at"),
)
shelter_stays = Table(  # who it is lies in `personal`
    "shelter_stays", metadata, id_column(), reference("opening_id", "shelter_openings"), reference("shelter_id", "shelters"),
    reference("incident_id", "incidents"), text("household_id"), text("personal_id"), whole("arrived_at"), whole("recorded_at"),
    reference("account_id", "accounts"), text("personal_digest"), reference("origin_area_id", "areas", optional=True), text("needs"),
    whole("pets"), text("bed"), maybe("left_at"), Column("left_to", Text), Column("moved_from_id", Text), whole("is_exercise"),
    whole("version"), reference("group_id", "evacuation_groups", optional=True),
    Index("stays_by_opening", "opening_id", "left_at", "arrived_at"),
    Index("stays_by_origin", "incident_id", "origin_area_id", "left_at"),
    Index("stays_by_group", "incident_id", "group_id", "left_at", "left_to", "arrived_at"),
    Index("stays_by_household", "household_id"), Index("stays_by_person", "personal_id"),
)
Index("stays_going_on", shelter_stays.c.moved_from_id, sqlite_where=shelter_stays.c.moved_from_id.is_not(None))
people_keys = Table(  # erasable, outside the journal: by which words a person in `personal` is found
    "people_keys", metadata, Column("personal_id", Text, primary_key=True), text("incident_id"), text("search_key"), text("phone_tail"),
    text("name_key"), Index("people_keys_by_incident", "incident_id"), Index("people_keys_by_phone", "phone_tail"),
    Index("people_keys_by_name", "name_key"), sqlite_with_rowid=False,
)
purges = Table(  # the personal data of an incident were destroyed: what was, in counts
    "purges", metadata, *appended_id(), Column("number", Text, nullable=False, unique=True), reference("incident_id", "incidents"),
    whole("purged_at"), reference("account_id", "accounts"), reference("area_id", "areas"), whole("records"), whole("people"),
    whole("households"), text("counts"), text("decided_by"), text("note"), text("held"), whole("is_exercise"),
    Index("purges_by_incident", "incident_id", "seq"),
)
purge_checks = Table(  # what was found when the bytes were looked over afterwards
    "purge_checks", metadata, *appended_id(), reference("purge_id", "purges"), whole("checked_at"), reference("account_id", "accounts"),
    whole("files"), whole("bytes_read"), whole("found"), whole("is_log_empty"), text("clean_backup"), text("older"),
    Index("purge_checks_by_purge", "purge_id", "seq"),
)
evacuation_groups = Table(
    "evacuation_groups", metadata, id_column(), reference("incident_id", "incidents"), reference("area_id", "areas"), text("name"),
    whole("to_move"), whole("ordered_at"), whole("recorded_at"), reference("account_id", "accounts"), whole("vulnerable"),
    text("ordered_by"), text("lead"), text("lead_phone"), reference("shelter_id", "shelters", optional=True), text("reason"),
    whole("is_called_off"), whole("is_exercise"), whole("version"), Index("evacuation_groups_by_incident", "incident_id", "ordered_at"),
)
evacuation_marks = Table(
    "evacuation_marks", metadata, *appended_id(), reference("group_id", "evacuation_groups"), reference("incident_id", "incidents"),
    text("kind"), whole("people"), whole("occurred_at"), whole("recorded_at"), reference("account_id", "accounts"), text("told_by"),
    text("note"), whole("is_exercise"), Index("evacuation_marks_by_group", "group_id", "seq"),
    Index("evacuation_marks_by_incident", "incident_id", "seq"),
)
expected_people = Table(  # looked for by name; who it is lies in `personal`
    "expected_people", metadata, id_column(), reference("incident_id", "incidents"), text("personal_id"), text("why"), whole("recorded_at"),
    reference("account_id", "accounts"), reference("group_id", "evacuation_groups", optional=True), text("personal_digest"), text("needs"),
    text("source"), Column("settled", Text), maybe("settled_at"), text("told_by"), whole("is_exercise"), whole("version"),
    Index("expected_people_by_group", "incident_id", "group_id", "settled"), Index("expected_people_by_person", "personal_id"),
)
isolation_sites = Table(  # what a site is for isolation or cure; the id is the site's
    "isolation_sites", metadata, Column("id", Text, ForeignKey("sites.id"), primary_key=True), text("kind"), maybe("single_rooms"),
    maybe("beds"), whole("private_bathrooms"), whole("three_zones"), whole("negative_pressure"), maybe("medical_staff"), text("sewage"),
    text("waste"), text("route"), text("keeper"), text("keeper_phone"), whole("is_ready"), text("note"), whole("is_demo"),
    whole("version"),
)
bed_counts = Table(
    "bed_counts", metadata, *appended_id(), reference("site_id", "isolation_sites"), whole("counted_at"), whole("recorded_at"),
    reference("account_id", "accounts"), whole("free"), whole("occupied"), whole("cleaning"), whole("blocked"), maybe("staff"),
    reference("incident_id", "incidents", optional=True), text("told_by"), text("note"), whole("is_exercise"),
    Index("bed_counts_by_site", "site_id", "seq"),
)

SHELTERS_APPEND_ONLY = ("shelter_moves", "head_counts", "evacuation_marks", "bed_counts", "purges", "purge_checks")
