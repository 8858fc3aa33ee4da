"""The tables of drills: the drill, its injects, files and people, what happened in it, its points, and the objects of the programme."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text

from emergency_desk.store.rows.columns import appended_id, id_column, maybe, metadata, reference, text, whole

drills = Table(
    "drills", metadata, id_column(), Column("number", Text, nullable=False, unique=True), text("title"), text("form"), whole("planned_at"),
    whole("created_at"), reference("account_id", "accounts"), text("plan_code"), text("plan_version"), text("scope"), text("purpose"),
    text("notice"), text("place"), text("aims"), text("scenario"), text("stop_conditions"), maybe("expected_heads"), text("checks"),
    text("state"), maybe("started_at"), maybe("ended_at"), maybe("counted_heads"), text("serious_error"), Column("verdict", Text),
    text("verdict_by"), text("verdict_words"), whole("version"),
    Index("drills_by_time", "planned_at", "id"), Index("drills_by_plan", "plan_code", "planned_at"),
)
drill_injects = Table(
    "drill_injects", metadata, id_column(), reference("drill_id", "drills"), whole("number"), whole("at_minutes"), text("to_whom"),
    text("text"), text("expected"), maybe("limit_minutes"), maybe("released_at"), maybe("answered_at"), whole("is_dropped"), whole("version"),
    Index("injects_by_drill", "drill_id", "number"),
)
drill_people = Table(
    "drill_people", metadata, id_column(), reference("drill_id", "drills"), text("name"), text("role"), text("unit"), maybe("signed_at"),
    whole("version"), Index("drill_people_by_drill", "drill_id", "name"),
)
drill_marks = Table(
    "drill_marks", metadata, *appended_id(), reference("drill_id", "drills"), text("step"), whole("occurred_at"), whole("recorded_at"),
    reference("account_id", "accounts"), Column("about_id", Text), text("text"), text("person"), maybe("heads"),
    Index("drill_marks_by_drill", "drill_id", "seq"), Index("drill_marks_by_subject", "about_id"),
)
drill_scores = Table(
    "drill_scores", metadata, id_column(), reference("drill_id", "drills"), text("item_id"), text("evaluator"), whole("scored_at"),
    reference("account_id", "accounts"), maybe("points"), maybe("is_met"), text("measured"), text("evidence"), text("mark_ids"),
    whole("version"), Index("drill_scores_by_item", "drill_id", "item_id", unique=True),
)
drill_objects = Table(  # what is to be drilled besides plans
    "drill_objects", metadata, id_column(), text("name"), text("kinds"), text("entered_on"), Column("area_id", Text, ForeignKey("areas.id")),
    text("area_code"), text("plan_code"), text("contact"), text("note"), whole("is_retired"), whole("version"),
    Index("drill_objects_by_name", "is_retired", "name"),
)
object_drills = Table(
    "object_drills", metadata, *appended_id(), reference("object_id", "drill_objects"), text("on_date"), whole("recorded_at"),
    reference("account_id", "accounts"), Column("drill_id", Text, ForeignKey("drills.id")), text("note"),
    Index("object_drills_by_object", "object_id", "on_date"),
)
drill_links = Table(
    "drill_links", metadata, id_column(), reference("drill_id", "drills"), reference("object_id", "drill_objects"), whole("is_dropped"),
    whole("version"), Index("drill_links_once", "drill_id", "object_id", unique=True),
)
drill_files = Table(  # what goes out with an inject; what a file holds is kept beside, outside the journal
    "drill_files", metadata, id_column(), reference("drill_id", "drills"), text("name"), text("digest"), whole("size"), whole("added_at"),
    reference("added_by", "accounts"), Column("inject_id", Text, ForeignKey("drill_injects.id")), whole("width"), whole("height"),
    whole("is_retired"), whole("version"), Index("drill_files_by_drill", "drill_id", "added_at"),
)
drill_contents = Table(
    "drill_contents", metadata, Column("file_id", Text, ForeignKey("drill_files.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False, server_default=""),
    CheckConstraint("length(content) <= 1048576", name="drill_files_stay_small"),
)
drill_twins = Table(
    "drill_twins", metadata, id_column(), reference("drill_id", "drills"), text("file"), whole("made_at"), reference("account_id", "accounts"),
    text("state"), whole("teams"), whole("lots"), whole("shelters"), maybe("sealed_number"), text("sealed_hash"), maybe("closed_at"),
    whole("version"), Index("drill_twins_by_drill", "drill_id", "made_at"),
)
drill_paces = Table(
    "drill_paces", metadata, *appended_id(), reference("drill_id", "drills"), whole("changed_at"), reference("account_id", "accounts"),
    whole("percent"), Index("drill_paces_by_drill", "drill_id", "seq"),
)

DRILLS_APPEND_ONLY = ("drill_marks", "object_drills", "drill_paces")
