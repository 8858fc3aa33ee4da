"""The tables of requests for supplies, release orders, requisitions, what was handed out and published."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from emergency_desk.store.rows.columns import appended_id, id_column, maybe, metadata, reference, text, whole

supply_requests = Table(
    "supply_requests", metadata, id_column(), Column("number", Text, nullable=False, unique=True), text("tier"), reference("area_id", "areas"),
    text("to_tier"), whole("asked_at"), whole("recorded_at"), reference("account_id", "accounts"), text("purpose"),
    reference("incident_id", "incidents", optional=True), reference("site_id", "sites", optional=True), text("place"), text("asked_by"),
    text("phone"), text("priority"), maybe("needed_by"), text("note"), reference("follows_id", "supply_requests", optional=True),
    text("state"), text("heard_from"), text("heard_how"), whole("read_back"), whole("is_exercise"), whole("version"),
    Index("supply_requests_by_state", "state", "needed_by"), Index("supply_requests_by_incident", "incident_id"),
    Index("supply_requests_by_follows", "follows_id"),
)
supply_request_lines = Table(
    "supply_request_lines", metadata, *appended_id(), reference("request_id", "supply_requests"), whole("quantity"),
    reference("item_id", "supply_items", optional=True), text("capability"), text("unit"), text("note"),
    Index("request_lines_by_request", "request_id", "seq"),
)
supply_decisions = Table(
    "supply_decisions", metadata, *appended_id(), reference("request_id", "supply_requests"), reference("line_id", "supply_request_lines"),
    text("kind"), whole("quantity"), whole("occurred_at"), whole("recorded_at"), reference("account_id", "accounts"), text("decided_by"),
    text("reason"), reference("upward_id", "supply_requests", optional=True), text("heard_from"), text("heard_how"), whole("read_back"),
    Index("supply_decisions_by_request", "request_id", "seq"),
)
release_orders = Table(
    "release_orders", metadata, id_column(), Column("number", Text, nullable=False, unique=True), reference("site_id", "sites"),
    whole("ordered_at"), whole("recorded_at"), reference("account_id", "accounts"), text("approved_by"), text("approved_how"),
    reference("request_id", "supply_requests", optional=True), reference("incident_id", "incidents", optional=True),
    reference("to_site_id", "sites", optional=True), text("place"), text("receiver"), text("phone"), text("state"), text("carrier"),
    text("vehicle"), text("driver"), text("driver_phone"), text("waybill"), maybe("departed_at"), maybe("expected_at"),
    maybe("arrived_at"), text("note"), whole("is_exercise"), whole("version"),
    Index("release_orders_by_state", "state", "expected_at"), Index("release_orders_by_incident", "incident_id"),
    Index("release_orders_by_request", "request_id"),
)
release_lines = Table(
    "release_lines", metadata, *appended_id(), reference("order_id", "release_orders"), reference("item_id", "supply_items"),
    reference("lot_id", "lots"), text("place_id"), whole("quantity"), reference("request_line_id", "supply_request_lines", optional=True),
    Index("release_lines_by_order", "order_id", "seq"), Index("release_lines_by_request_line", "request_line_id"),
)
release_steps = Table(
    "release_steps", metadata, *appended_id(), reference("order_id", "release_orders"), text("step"), whole("occurred_at"),
    whole("recorded_at"), reference("account_id", "accounts"), text("document"), text("person"), text("how"), maybe("packages"),
    text("reason"), text("approved_by"), Index("release_steps_by_order", "order_id", "seq"),
)
release_legs = Table(
    "release_legs", metadata, id_column(), reference("order_id", "release_orders"), whole("serial"), text("document"), whole("recorded_at"),
    reference("account_id", "accounts"), text("vehicle"), whole("departed_at"), text("driver"), text("driver_phone"), text("carrier"),
    text("waybill"), maybe("expected_at"), maybe("arrived_at"), text("note"), whole("version"),
    Index("release_legs_by_order", "order_id", "serial"),
)
leg_receipts = Table(
    "leg_receipts", metadata, *appended_id(), reference("leg_id", "release_legs"), text("document"),
    Index("leg_receipts_by_leg", "leg_id", "seq"),
)
distributions = Table(
    "distributions", metadata, *appended_id(), text("document"), reference("item_id", "supply_items"), whole("quantity"),
    whole("households"), whole("heads"), whole("occurred_at"), whole("recorded_at"), reference("account_id", "accounts"), text("place"),
    text("handed_by"), text("kept_at"), reference("incident_id", "incidents", optional=True), text("note"), whole("is_exercise"),
    Index("distributions_by_incident", "incident_id", "seq"), Index("distributions_by_document", "document"),
)
requisitions = Table(
    "requisitions", metadata, id_column(), Column("number", Text, nullable=False, unique=True), reference("incident_id", "incidents"),
    text("tier"), reference("area_id", "areas"), text("what"), whole("quantity"), text("unit"), whole("decided_at"),
    whole("recorded_at"), reference("account_id", "accounts"), text("decided_by"), text("purpose"), text("model"), text("place"),
    text("executor"), reference("item_id", "supply_items", optional=True), Column("from_on", Text), Column("until_on", Text),
    text("basis"), Column("personal_id", Text), text("personal_digest"), whole("is_post_hoc"), maybe("paper_due_at"),
    maybe("issued_at"), reference("return_item_id", "aftermath_items", optional=True),
    reference("compensation_item_id", "aftermath_items", optional=True), text("state"), text("note"), whole("is_exercise"),
    whole("version"), Index("requisitions_by_incident", "incident_id"), Index("requisitions_by_state", "state", "paper_due_at"),
)
requisition_steps = Table(
    "requisition_steps", metadata, *appended_id(), reference("requisition_id", "requisitions"), text("step"), whole("occurred_at"),
    whole("recorded_at"), reference("account_id", "accounts"), whole("quantity"), whole("fen"), text("document"), text("person"),
    text("note"), Index("requisition_steps_by_requisition", "requisition_id", "seq"),
)
pack_changes = Table(
    "pack_changes", metadata, *appended_id(), reference("item_id", "supply_items"), text("before"), text("packs"), whole("recorded_at"),
    reference("account_id", "accounts"), text("reason"), Index("pack_changes_by_item", "item_id", "seq"),
)
allocation_lists = Table(
    "allocation_lists", metadata, *appended_id(), whole("recorded_at"), reference("account_id", "accounts"), text("wanted"), text("fixed"),
    maybe("reach_minutes"),
)
donation_publications = Table(
    "donation_publications", metadata, *appended_id(), whole("published_at"), whole("recorded_at"), reference("account_id", "accounts"),
    text("place"), whole("lots"), text("note"),
)

REQUESTS_APPEND_ONLY = ("supply_request_lines", "supply_decisions", "release_lines", "release_steps", "distributions", "requisition_steps",
                        "donation_publications", "leg_receipts", "pack_changes", "allocation_lists")
