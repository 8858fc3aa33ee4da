"""Every table of the store. Column names are the field names of the domain records; see `codec` for how values are kept.

Append-only tables carry a `seq` that orders them; triggers in the migrations guard them.
"""

from __future__ import annotations

from sqlalchemy import DDL, CheckConstraint, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text, event, text

from emergency_desk.store.rows.columns import appended_id as _appended_id
from emergency_desk.store.rows.columns import figures_columns as _figures
from emergency_desk.store.rows.columns import id_column as _id
from emergency_desk.store.rows.columns import maybe as _maybe
from emergency_desk.store.rows.columns import metadata
from emergency_desk.store.rows.columns import reference as _reference
from emergency_desk.store.rows.columns import text as _text
from emergency_desk.store.rows.columns import whole as _whole
from emergency_desk.store.rows.drill_tables import DRILLS_APPEND_ONLY
from emergency_desk.store.rows.evacuation_tables import EVACUATION_APPEND_ONLY
from emergency_desk.store.rows.request_tables import REQUESTS_APPEND_ONLY
from emergency_desk.store.rows.shelter_tables import SHELTERS_APPEND_ONLY

areas = Table(
    "areas", metadata, _id(), _text("name"), _text("tier"), _reference("parent_id", "areas", optional=True), _text("code"),
    _text("name_en"), _text("aliases"), Column("latitude", Float), Column("longitude", Float), _whole("position_is_estimated"),
    _text("search_key"), _whole("is_retired"), _reference("successor_id", "areas", optional=True), _whole("is_demo"), _whole("version"),
    Index("areas_by_parent", "parent_id"), Index("areas_by_code", "code"),
)
accounts = Table(
    "accounts", metadata, _id(), Column("name", Text, nullable=False, unique=True), _text("display_name"), _text("roles"),
    _reference("area_id", "areas"), _text("display_name_en"), _text("phone"), _whole("is_retired"), _whole("is_demo"), _whole("version"),
)
account_secrets = Table(  # beside the account, outside the journal
    "account_secrets", metadata, Column("account_id", Text, ForeignKey("accounts.id"), primary_key=True), _text("password_hash"),
)
teams = Table(
    "teams", metadata, _id(), _text("code"), _text("name"), _text("kind"), _reference("area_id", "areas"), _text("capabilities"),
    _text("certificates"), _text("name_en"), _text("unit_name"), _text("address"), Column("latitude", Float), Column("longitude", Float),
    _maybe("people_total"), _maybe("people_ready"), _text("vehicles"), _maybe("muster_minutes"), Column("radius_km", Float),
    _whole("may_cross_area"), _text("duty_phone"), _text("leader_name"), _text("channel"), _text("agreement_number"),
    Column("agreement_until", Text), Column("insured_until", Text), _text("state"), _maybe("state_since"), _text("state_note"),
    _reference("incident_id", "incidents", optional=True), _text("supervisor"), _maybe("self_sufficiency_hours"),
    Column("contact_tried_on", Text), _text("rating_specialty"), _maybe("rating_level"), _text("equipment"), _text("note"),
    _whole("is_retired"), _text("source"), _text("search_key"), _whole("is_demo"), _whole("version"),
    Index("teams_by_state", "state"), Index("teams_by_incident", "incident_id"), Index("teams_by_name", "name", "id"),
)
team_moves = Table(
    "team_moves", metadata, *_appended_id(), _reference("team_id", "teams"), _text("from_state"), _text("to_state"), _whole("occurred_at"),
    _whole("recorded_at"), _reference("account_id", "accounts"), _reference("incident_id", "incidents", optional=True),
    _reference("dispatch_id", "dispatches", optional=True), _text("reported_by"), _text("how"), _text("unreported"), _whole("fills_gap"),
    _text("note"), Index("team_moves_by_team", "team_id", "seq"), Index("team_moves_by_incident", "incident_id", "seq"),
)
team_members = Table(
    "team_members", metadata, _id(), _reference("team_id", "teams"), _text("name"), _text("post"), _text("phone"), _text("certificates"),
    Column("insured_until", Text), _text("note"), _whole("version"), Index("members_by_team", "team_id", "name"),
)
agreements = Table(
    "agreements", metadata, _id(), _text("number"), _text("kind"), _text("partner"), _text("capability"), _maybe("quantity"), _text("unit"),
    _maybe("arrival_minutes"), _text("terms"), _text("phone"), Column("signed_on", Text), Column("valid_until", Text),
    _reference("team_id", "teams", optional=True), _reference("area_id", "areas", optional=True), _whole("is_demo"), _whole("version"),
    Index("agreements_by_end", "valid_until"),
)
units = Table(
    "units", metadata, _id(), _text("kind"), _text("name"), _text("name_en"), _text("code"), _reference("area_id", "areas", optional=True),
    _text("duty_phone"), _text("fax"), _text("address"), _text("contact"), _text("lead_unit"), _text("member_units"), _text("office"),
    _text("standing_members"), _text("hazards"), _text("note"), _text("source"), _text("search_key"), _whole("is_demo"), _whole("version"),
    _whole("is_retired"), Index("units_by_kind", "kind", "name"),
)
area_changes = Table(
    "area_changes", metadata, *_appended_id(), _reference("area_id", "areas"), _whole("changed_at"), _reference("account_id", "accounts"),
    _text("what"), _text("before"), _text("after"), Index("area_changes_by_area", "area_id", "seq"),
)
sites = Table(
    "sites", metadata, _id(), _text("kind"), _text("name"), _reference("area_id", "areas", optional=True), _text("code"), _text("name_en"),
    _text("address"), _text("place_path"), Column("latitude", Float), Column("longitude", Float), _text("phone"), _text("unit_name"),
    _maybe("capacity"), _maybe("effective_area_m2"), _text("note"), _text("source"), _text("search_key"), _whole("is_demo"),
    _whole("version"), _whole("is_retired"), Index("sites_by_kind", "kind", "name"),
)
plans = Table(
    "plans", metadata, _id(), _text("code"), _text("plan_version"), _text("body"), _text("source"), _whole("version"),
    Index("plans_by_code", "code", "plan_version", unique=True),
)
incidents = Table(
    "incidents", metadata, _id(), Column("number", Text, nullable=False, unique=True), _text("title"), _text("type_id"),
    _reference("area_id", "areas"), _whole("occurred_at"), _whole("recorded_at"), _text("address"), Column("latitude", Float),
    Column("longitude", Float), _text("state"), Column("incident_class", Text), *_figures(), Column("grade", Text), _text("plan_code"),
    _text("plan_version"), _text("plan_tier"), _text("plan_level"), _reference("joined_to_id", "incidents", optional=True),
    _reference("parent_id", "incidents", optional=True), _maybe("closed_at"), _text("close_note"), _whole("is_exercise"),
    _text("search_key"), _whole("version"), _text("secondary_types"), Column("production", Text), _text("circumstances"),
    Index("incidents_by_state", "state", "recorded_at"), Index("incidents_by_time", "recorded_at", "id"),
    Index("incidents_by_parent", "parent_id"), Index("incidents_by_joined", "joined_to_id"),
)
calls = Table(
    "calls", metadata, _id(), _reference("incident_id", "incidents"), _text("words"), _reference("area_id", "areas"), _text("source"),
    _whole("received_at"), _whole("recorded_at"), _reference("account_id", "accounts"), _maybe("occurred_at"), _text("address"),
    Column("latitude", Float), Column("longitude", Float), _text("note"), Column("personal_id", Text), _text("personal_digest"),
    _whole("joined"), _whole("version"), Index("calls_by_incident", "incident_id", "received_at"),
)
personal = Table(  # erasable, outside the journal: names and phones of the public (ERL24 Art. 85)
    "personal", metadata, _id(), Column("incident_id", Text), _text("salt"), _text("content"), Index("personal_by_incident", "incident_id"),
)
figures_reports = Table(
    "figures_reports", metadata, *_appended_id(), _reference("incident_id", "incidents"), _whole("occurred_at"), _whole("recorded_at"),
    _reference("account_id", "accounts"), *_figures(), _text("reported_by"), Index("figures_by_incident", "incident_id", "seq"),
)
grade_changes = Table(
    "grade_changes", metadata, *_appended_id(), _reference("incident_id", "incidents"), Column("grade", Text), _whole("judged_at"),
    _reference("account_id", "accounts"), _whole("is_suggestion"), _text("basis"), _text("decided_by"), _text("reason"),
    Index("grades_by_incident", "incident_id", "seq"),
)
log_entries = Table(
    "log_entries", metadata, Column("id", Text, nullable=False, unique=True), Column("sequence", Integer, primary_key=True),
    _text("happening"),
    _whole("occurred_at"), _whole("recorded_at"), _reference("account_id", "accounts"),
    _reference("incident_id", "incidents", optional=True),
    _text("text"), _text("values"), Column("corrects_id", Text), Column("about_id", Text),
    Index("log_by_incident", "incident_id", "sequence"),
)
tasks = Table(
    "tasks", metadata, _id(), _reference("incident_id", "incidents"), _text("title"), _whole("created_at"),
    _text("title_en"), _text("clause"),
    _text("tier"), _text("role"), _text("action_id"), _maybe("due_at"), _text("state"), _maybe("ended_at"), _text("reason"),
    _whole("version"), _text("meets"), Index("tasks_by_incident", "incident_id", "due_at"), Index("tasks_by_state", "state", "due_at"),
)
dispatches = Table(
    "dispatches", metadata, _id(), Column("order_number", Text, nullable=False, unique=True), _reference("incident_id", "incidents"),
    _reference("team_id", "teams"), _text("task"), _whole("sent_at"), _whole("receipt_due_at"), _reference("sent_by_id", "accounts"),
    _text("state"), _text("serves"), _maybe("travel_minutes"), _text("muster_place"), _text("report_to"), _text("route"),
    _text("equipment"), _text("channel"), _text("safety"), _text("approved_by"), _text("approved_how"), _maybe("approved_at"),
    _text("override_reason"), _text("application_by"), _maybe("receipt_at"), _maybe("receipt_recorded_at"), _text("receipt_by"),
    _text("receipt_how"), _maybe("checked_in_at"), _maybe("ended_at"), _whole("version"),
    Index("dispatches_by_incident", "incident_id", "sent_at"), Index("dispatches_by_state", "state", "receipt_due_at"),
    Index("dispatches_by_team", "team_id", "sent_at"),
)
responses = Table(
    "responses", metadata, _id(), _reference("incident_id", "incidents"), _text("tier"), _reference("area_id", "areas"), _text("level"),
    _text("matter"), _text("measures"), _whole("activated_at"), _whole("expected_until"), _text("state"), _text("decided_by"),
    _text("plan_code"), _text("plan_version"), _text("clause"), _maybe("ended_at"), _whole("version"),
    Index("responses_by_incident", "incident_id", "activated_at"), Index("responses_by_state", "state"),
)
response_changes = Table(
    "response_changes", metadata, *_appended_id(), _reference("response_id", "responses"), _reference("incident_id", "incidents"),
    _text("step"), _text("level"), _whole("occurred_at"), _whole("recorded_at"), _reference("account_id", "accounts"),
    Column("level_before", Text), _maybe("expected_until"), _text("decided_by"), _text("reason"), _text("override_reason"),
    _text("heard_from"), _text("heard_how"), _whole("read_back"), Index("response_changes_by_incident", "incident_id", "seq"),
)
command_moves = Table(
    "command_moves", metadata, *_appended_id(), _reference("incident_id", "incidents"), _text("step"), _text("from_tier"), _text("to_tier"),
    _whole("occurred_at"), _whole("recorded_at"), _reference("account_id", "accounts"), Column("offer_id", Text), _maybe("answer_due_at"),
    _text("situation"), _text("resources"), _text("open_orders"), _text("given_by"), _text("taken_by"), _text("reason"),
    _text("heard_from"), _text("heard_how"), _whole("read_back"), Index("command_moves_by_incident", "incident_id", "seq"),
)
command_posts = Table(
    "command_posts", metadata, _id(), _reference("incident_id", "incidents"), _text("tier"), _text("place"), _whole("formed_at"),
    _text("phone"), _text("channel"), _maybe("dissolved_at"), _whole("version"), Index("command_posts_by_incident", "incident_id"),
)
post_members = Table(
    "post_members", metadata, _id(), _reference("post_id", "command_posts"), _reference("incident_id", "incidents"), _text("role"),
    _whole("since"), _text("name"), _text("post_name"), _text("unit"), _text("phone"), _text("group_id"), _text("duties"),
    _text("named_by"), _maybe("until"), _whole("version"), Index("post_members_by_incident", "incident_id"),
)
notices = Table(
    "notices", metadata, _id(), _reference("incident_id", "incidents"), _text("tier"), _text("kind"), _text("name"), _whole("created_at"),
    _text("name_en"), _reference("unit_id", "units", optional=True), _text("phone"), _text("why"), _maybe("told_at"), _text("told_to"),
    _text("how"), _whole("read_back"), _reference("told_by_id", "accounts", optional=True), _whole("version"),
    Index("notices_by_incident", "incident_id", "created_at"),
)
decisions = Table(
    "decisions", metadata, *_appended_id(), _reference("incident_id", "incidents"), _text("tier"), _text("kind"), _text("text"),
    _text("decided_by"), _whole("occurred_at"), _whole("recorded_at"), _reference("account_id", "accounts"),
    _reference("post_id", "command_posts", optional=True), _text("present"), Index("decisions_by_incident", "incident_id", "seq"),
)
step_marks = Table(
    "step_marks", metadata, *_appended_id(), _reference("incident_id", "incidents"), _text("tier"), _text("step"), _text("state"),
    _whole("occurred_at"), _whole("recorded_at"), _reference("account_id", "accounts"), _text("reason"), _text("heard_from"),
    _text("heard_how"), _whole("read_back"), Index("step_marks_by_incident", "incident_id", "seq"),
)
report_dues = Table(
    "report_dues", metadata, _id(), _reference("incident_id", "incidents"), _text("rule_id"), _text("from_tier"), _text("to_tier"),
    _text("channel"), _text("family"), _text("kind"), _whole("clock_at"), _whole("due_at"), _whole("created_at"), Column("grade", Text),
    _text("state"), _maybe("met_at"), _reference("report_id", "reports", optional=True), _text("reason"), _whole("version"),
    Index("report_dues_by_incident", "incident_id", "due_at"), Index("report_dues_by_state", "state", "due_at"),
)
reports = Table(
    "reports", metadata, _id(), _reference("incident_id", "incidents"), _text("from_tier"), _text("to_tier"), _text("channel"),
    _text("family"), _text("kind"), _whole("drafted_at"), _reference("account_id", "accounts"), _text("number"), _whole("serial"),
    _text("elements"), _text("title"), _text("state"), _text("secrecy"), _text("urgency"), _text("signer"), _text("signer_post"),
    _text("copies_to"), _maybe("sent_at"), _reference("sent_by_id", "accounts", optional=True), _maybe("received_at"), _text("received_by"),
    _whole("read_back"), _text("how"), _text("heard_from"), _reference("follows_id", "reports", optional=True), _whole("version"),
    Index("reports_by_incident", "incident_id", "drafted_at"),
)
aftermath_items = Table(
    "aftermath_items", metadata, _id(), _reference("incident_id", "incidents"), _text("tier"), _text("kind"), _text("title"),
    _whole("created_at"), _text("title_en"), _text("owner"), _maybe("quantity"), _text("unit"), Column("personal_id", Text),
    _text("personal_digest"), _maybe("due_at"), _text("basis"), _text("state"), _maybe("ended_at"), _text("note"), _whole("version"),
    Index("aftermath_by_incident", "incident_id", "created_at"), Index("aftermath_by_state", "state", "due_at"),
)
findings = Table(
    "findings", metadata, _id(), Column("number", Text, nullable=False, unique=True), _text("source"), _text("problem"), _whole("found_at"),
    _reference("account_id", "accounts"), _reference("incident_id", "incidents", optional=True), _text("kind"), _text("clause"),
    _text("unit"), _text("owner"), _text("measure"), _maybe("funds_yuan"), Column("due_on", Text), _text("interim"), _text("verifier"),
    _text("evidence"), _text("state"), _maybe("done_at"), _maybe("verified_at"), _text("note"), _whole("is_exercise"), _whole("version"),
    Index("findings_by_state", "state", "due_on"), Index("findings_by_incident", "incident_id"),
)
plan_moves = Table(
    "plan_moves", metadata, *_appended_id(), _text("code"), _text("plan_version"), _text("kind"), _text("on_date"), _whole("recorded_at"),
    _reference("account_id", "accounts"), _text("person"), _text("unit"), _text("number"), Column("route", Text), Column("result", Text),
    Column("trigger", Text), Column("scope", Text), _text("matters"), Column("due_on", Text), _text("base_version"), _text("replaced_by"),
    _text("note"), Index("plan_moves_by_plan", "code", "plan_version", "seq"),
)
plan_drafts = Table(
    "plan_drafts", metadata, _id(), _text("code"), _text("plan_version"), _text("kind"), _text("tier"), _whole("started_at"),
    _reference("started_by", "accounts"), _text("title"), _text("title_en"), _text("hazard_types"), _text("near_types"), _text("area_code"),
    _text("parent"), _text("aligned"), _text("base_version"), _text("scope"), Column("trigger", Text), _text("source"), _text("state"),
    _maybe("changed_at"), _reference("changed_by", "accounts", optional=True), _whole("version"),
    Index("plan_drafts_by_plan", "code", "plan_version"), Index("plan_drafts_by_state", "state", "started_at"),
)
plan_parts = Table(
    "plan_parts", metadata, _id(), _reference("draft_id", "plan_drafts"), _text("kind"), _text("key"), _whole("position"), _text("content"),
    _whole("changed_at"), _reference("changed_by", "accounts"), _whole("is_removed"), _whole("version"),
    Index("plan_parts_by_draft", "draft_id", "kind", "position"),
)
plan_edits = Table(
    "plan_edits", metadata, *_appended_id(), _reference("draft_id", "plan_drafts"), _text("act_id"), _text("act"), _text("part_id"),
    _whole("at"), _reference("account_id", "accounts"), _whole("part_version"), _text("before"), Column("undoes_id", Text),
    Index("plan_edits_by_draft", "draft_id", "seq"), Index("plan_edits_by_part", "part_id", "seq"),
)
plan_suggestions = Table(
    "plan_suggestions", metadata, _id(), _text("code"), _text("plan_version"), _text("clause"), _text("text"), _text("source"),
    _whole("made_at"), _reference("account_id", "accounts"), _text("source_id"), _text("source_key"), _text("state"), _text("reason"),
    _maybe("decided_at"), _reference("decided_by", "accounts", optional=True), _text("taken_into"), _whole("version"),
    Index("plan_suggestions_by_plan", "code", "state", "made_at"), Index("plan_suggestions_by_source", "source_id", "source_key"),
)
plan_travels = Table(
    "plan_travels", metadata, *_appended_id(), _text("code"), _text("plan_version"), _text("digest"), _text("parents"), _whole("is_outgoing"),
    _text("desk"), _text("person"), _whole("at"), _reference("account_id", "accounts"), _reference("draft_id", "plan_drafts", optional=True),
    _text("content"), _text("authors"), Index("plan_travels_by_plan", "code", "seq"),
)
contact_tries = Table(
    "contact_tries", metadata, *_appended_id(), _text("unit"), _text("role"), _text("phone"), _whole("tried_at"),
    _reference("account_id", "accounts"), _whole("is_answered"), _text("note"), Index("contact_tries_by_unit", "unit", "role", "seq"),
)
supply_items = Table(
    "supply_items", metadata, _id(), _text("code"), _text("name"), _text("unit"), _text("name_en"), _text("specification"), _text("packs"),
    _maybe("shelf_months"), _text("note"), _whole("is_retired"), _text("search_key"), _whole("is_demo"), _whole("version"),
    Index("supply_items_by_code", "code", "name"),
)
depots = Table(  # what a site is as a store of goods; the id is the site's
    "depots", metadata, Column("id", Text, ForeignKey("sites.id"), primary_key=True), _text("kind"), _text("owner"), _text("keeper"),
    _text("phone"), _text("kept_for"), _maybe("docks"), _maybe("forklifts"), _maybe("largest_truck_tonnes"), _maybe("loading_minutes"),
    _text("loading_note"), Column("counted_on", Text), _whole("is_demo"), _whole("version"),
)
stock_places = Table(
    "stock_places", metadata, _id(), _reference("site_id", "sites"), _text("zone"), _text("bin"), _text("note"), _whole("is_retired"),
    _whole("version"), Index("stock_places_by_site", "site_id", "zone", "bin", unique=True),
)
stock_targets = Table(
    "stock_targets", metadata, _id(), _reference("item_id", "supply_items"), _text("kind"), _whole("minimum"), _whole("target"),
    _reference("area_id", "areas", optional=True), _reference("site_id", "sites", optional=True), _maybe("most"), _text("basis"),
    _whole("is_demo"), _whole("version"), Index("stock_targets_by_item", "item_id", "kind"),
)
supply_promises = Table(
    "supply_promises", metadata, _id(), _text("kind"), _reference("item_id", "supply_items"), _text("partner"), _text("number"),
    _text("owner"), _whole("quantity"), _whole("call_off_hours"), _whole("start_up_days"), _whole("units_a_day"), _text("contact"),
    _text("phone"), _text("terms"), Column("signed_on", Text), Column("valid_until", Text), _reference("area_id", "areas", optional=True),
    _whole("is_demo"), _whole("version"), Index("supply_promises_by_item", "item_id", "kind"),
)
promise_draws = Table(
    "promise_draws", metadata, *_appended_id(), _reference("promise_id", "supply_promises"), _whole("quantity"), _whole("occurred_at"),
    _whole("recorded_at"), _reference("account_id", "accounts"), _reference("incident_id", "incidents", optional=True), _text("told_to"),
    _text("reason"), _whole("is_exercise"), Index("promise_draws_by_promise", "promise_id", "seq"),
)
lots = Table(
    "lots", metadata, _id(), _reference("item_id", "supply_items"), _text("number"), _text("received_on"), _text("source"),
    Column("produced_on", Text), Column("expires_on", Text), _text("supplier"), _text("origin"), _maybe("price_fen"), _text("inspection"),
    Column("inspected_on", Text), _text("responsible"), _text("note"), _whole("is_demo"), _whole("version"),
    Index("lots_by_item", "item_id", "number"), Index("lots_by_number", "number"),
    Index("lots_given", "received_on", "id", sqlite_where=text("source = 'donation'")),
)
stock_movements = Table(
    "stock_movements", metadata, *_appended_id(), _text("document"), _text("kind"), _reference("lot_id", "lots"),
    _reference("item_id", "supply_items"), _whole("quantity"), _text("from_account"), _text("to_account"), _whole("occurred_at"),
    _whole("recorded_at"), _reference("account_id", "accounts"), _text("from_place"), _text("to_place"),
    _reference("incident_id", "incidents", optional=True), _text("counterpart"), _text("reason"), _text("approved_by"), _text("note"),
    Column("reverses_id", Text), _whole("is_exercise"), Column("order_id", Text),
    Index("movements_by_order", "order_id", "seq", sqlite_where=text("order_id IS NOT NULL")),
    Index("movements_by_time", "occurred_at", "seq"), Index("movements_by_lot", "lot_id", "seq"), Index("movements_by_item", "item_id", "seq"),
    Index("movements_by_document", "document"),
    Index("movements_by_incident", "incident_id", "seq", sqlite_where=text("incident_id IS NOT NULL")),
    Index("movements_reversed_once", "reverses_id", unique=True, sqlite_where=text("reverses_id IS NOT NULL")),
)
stock_counts = Table(
    "stock_counts", metadata, _id(), Column("number", Text, nullable=False, unique=True), _reference("site_id", "sites"), _whole("opened_at"),
    _reference("opened_by", "accounts"), _whole("opened_seq"), _text("zones"), _text("item_ids"), _whole("is_blind"), _maybe("second_beyond"),
    _text("state"), _maybe("closed_at"), _reference("closed_by", "accounts", optional=True), _maybe("closed_seq"),
    _text("reason"), _text("document"), _whole("is_demo"), _whole("version"), Index("counts_by_state", "state", "opened_at"),
    Index("counts_by_site", "site_id", "opened_at"),
)
stock_count_lines = Table(  # what a count is about, as the books had it when it was opened
    "stock_count_lines", metadata, *_appended_id(), _reference("count_id", "stock_counts"), _whole("number"), _reference("lot_id", "lots"),
    _reference("place_id", "stock_places"), _reference("item_id", "supply_items"), _whole("booked"), _whole("is_found"),
    Index("count_lines_once", "count_id", "lot_id", "place_id", unique=True), Index("count_lines_by_lot", "lot_id", "place_id"),
)
stock_tallies = Table(
    "stock_tallies", metadata, *_appended_id(), _reference("count_id", "stock_counts"), _reference("line_id", "stock_count_lines"),
    _whole("quantity"), _whole("counted_at"), _whole("recorded_at"), _whole("after_seq"), _reference("account_id", "accounts"),
    _text("counted_by"), _text("note"), Index("tallies_by_count", "count_id", "seq"),
)
item_photos = Table(  # the pictures of an item; what they show is kept beside, small and outside the journal
    "item_photos", metadata, _id(), _reference("item_id", "supply_items"), _text("caption"), _text("digest"), _whole("width"),
    _whole("height"), _whole("added_at"), _reference("added_by", "accounts"), _whole("is_retired"), _whole("version"),
    Index("photos_by_item", "item_id", "added_at"),
)
item_pictures = Table(
    "item_pictures", metadata, Column("photo_id", Text, ForeignKey("item_photos.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False, server_default=""),
    CheckConstraint("length(content) <= 262144", name="pictures_stay_small"),
)
stock_balances = Table(  # derived from the movements, so that a balance is read and not added up; `check` adds it up again
    "stock_balances", metadata, Column("lot_id", Text, primary_key=True), Column("place_id", Text, primary_key=True), _text("item_id"),
    _text("site_id"), _text("expires_on"), _whole("stands"), _whole("on_hand"), _whole("free"), _whole("reserved"), _whole("quarantined"),
    CheckConstraint("free >= 0 AND reserved >= 0 AND quarantined >= 0 AND on_hand = free + reserved + quarantined AND stands = (on_hand > 0)",
                    name="never_below_nothing"),
    Index("balances_by_expiry", "stands", "expires_on", "lot_id", "place_id"),
    Index("balances_by_item", "stands", "item_id", "expires_on", "lot_id", "place_id"),
    Index("balances_by_site", "stands", "site_id", "expires_on", "lot_id", "place_id"),
    Index("balances_of_item_at", "stands", "item_id", "site_id", "expires_on", "lot_id", "place_id"), sqlite_with_rowid=False,
)
stock_claims = Table(  # derived: what is kept back for whom, and what is out in use
    "stock_claims", metadata, Column("lot_id", Text, primary_key=True), Column("kind", Text, primary_key=True),
    Column("place_id", Text, primary_key=True), Column("claim", Text, primary_key=True), _whole("quantity"),
    CheckConstraint("quantity >= 0", name="no_claim_below_nothing"), Index("claims_by_claim", "claim", "kind", "lot_id"),
    sqlite_with_rowid=False,
)
settings = Table("settings", metadata, _id(), _text("content"), _whole("version"))  # id is the setting's name
rules = Table("rules", metadata, _id(), _text("content"), _text("source"), _whole("version"))  # id is the rule table's name
counters = Table("counters", metadata, Column("name", Text, primary_key=True), _whole("last"))
drafts = Table(  # forms that are open, outside the journal
    "drafts", metadata, Column("name", Text, primary_key=True), _text("account_id"), _text("content"), _whole("kept_at"),
)
journal = Table(
    "journal", metadata, Column("number", Integer, primary_key=True), _whole("at"), Column("account_id", Text), _text("desk_code"),
    _text("action"), _text("values"), _text("touched"), _text("previous"), _text("hash"),
)
# -- derived from the texts of plans, outside the journal, built anew whenever missing; beside them stands the index `plan_tokens` (FTS5)
plan_backs = Table(
    "plan_backs", metadata, Column("plan_id", Text, primary_key=True), _text("code"), _text("plan_version"), _text("title"), _text("title_en"),
    _text("kind"), _text("tier"), _text("area_code"), _text("hazard_types"), _text("near_types"), _text("parent"), _text("aligned"),
    _text("tiers"), _whole("clauses"), _text("mark"),
)
plan_contents = Table(
    "plan_contents", metadata, Column("plan_id", Text, primary_key=True), _text("wants"),
    Column("content", LargeBinary, nullable=False, server_default=""),
)
plan_indexed = Table(
    "plan_indexed", metadata, Column("owner_id", Text, primary_key=True), _text("mark"), _text("code"), _text("plan_version"),
)
plan_pieces = Table(
    "plan_pieces", metadata, Column("place", Integer, primary_key=True), Column("owner_id", Text, nullable=False), _text("kind"),
    _text("clause"), _text("zh"), _text("en"), Index("plan_pieces_by_owner", "owner_id"),
)
plan_words = Table("plan_words", metadata, Column("word", Text, primary_key=True), sqlite_with_rowid=False)
event.listen(metadata, "after_create", DDL(
    "CREATE VIRTUAL TABLE plan_tokens USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')"))

APPEND_ONLY = ("journal", "log_entries", "team_moves", "figures_reports", "grade_changes", "area_changes", "response_changes",
               "command_moves", "decisions", "step_marks", "plan_moves", "plan_edits", "contact_tries", "plan_travels", "promise_draws",
               "stock_movements", *REQUESTS_APPEND_ONLY, "stock_count_lines", "stock_tallies",
               *SHELTERS_APPEND_ONLY, *EVACUATION_APPEND_ONLY, *DRILLS_APPEND_ONLY)
# Tables derived from others (a search index, a list of headers) stand here too: built anew when missing, sealed nowhere.
DERIVED = ("plan_backs", "plan_contents", "plan_indexed", "plan_pieces", "plan_words")
OUTSIDE_JOURNAL = ("journal", "account_secrets", "personal", "people_keys", "drafts", "counters", "stock_balances", "stock_claims",
                   "item_pictures", "drill_contents", *DERIVED)
