"""The tables of drills: the drill, its injects and people, what happened in it, and the points of its evaluation."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

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
drill_twins = Table(
    "drill_twins", metadata, id_column(), reference("drill_id", "drills"), text("file"), whole("made_at"), reference("account_id", "accounts"),
    text("state"), whole("teams"), whole("lots"), whole("shelters"), maybe("sealed_number"), text("sealed_hash"), maybe("closed_at"),
    whole("version"), Index("drill_twins_by_drill", "drill_id", "made_at"),
)
drill_paces = Table(
    "drill_paces", metadata, *appended_id(), reference("drill_id", "drills"), whole("changed_at"), reference("account_id", "accounts"),
    whole("percent"), Index("drill_paces_by_drill", "drill_id", "seq"),
)

DRILLS_APPEND_ONLY = ("drill_marks", "drill_paces")
