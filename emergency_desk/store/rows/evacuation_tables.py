"""The tables of families on transfer lists, of where they were sent, and of isolation sites opened and closed."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from emergency_desk.store.rows.columns import appended_id, maybe, metadata, reference, text, whole

evacuation_families = Table(
    "evacuation_families", metadata, *appended_id(), text("list_id"), reference("group_id", "evacuation_groups"),
    reference("incident_id", "incidents"), whole("people"), whole("families"), whole("recorded_at"), reference("account_id", "accounts"),
    whole("vulnerable"), whole("is_exercise"), Index("evacuation_families_by_incident", "incident_id", "seq"),
)
family_transfers = Table(
    "family_transfers", metadata, *appended_id(), text("document"), reference("incident_id", "incidents"),
    reference("group_id", "evacuation_groups"), reference("shelter_id", "shelters"), whole("people"), whole("families"), whole("occurred_at"),
    whole("recorded_at"), reference("account_id", "accounts"), whole("vulnerable"), maybe("minutes"), text("decided_by"), whole("is_by_hand"),
    Column("takes_back_id", Text), text("reason"), whole("is_exercise"), Index("family_transfers_by_incident", "incident_id", "seq"),
)
isolation_moves = Table(
    "isolation_moves", metadata, *appended_id(), reference("site_id", "isolation_sites"), text("state"), whole("occurred_at"),
    whole("recorded_at"), reference("account_id", "accounts"), reference("incident_id", "incidents", optional=True), text("decided_by"),
    text("responsible"), text("responsible_phone"), text("reason"), whole("is_exercise"),
    Index("isolation_moves_by_site", "site_id", "seq"),
)

EVACUATION_APPEND_ONLY = ("evacuation_families", "family_transfers", "isolation_moves")
