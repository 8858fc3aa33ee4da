"""The first schema: areas, accounts, teams, sites, plans, calls, incidents, dispatches, log and journal.

Tables are spelled out and never imported from `rows`, so that this file means the same for ever.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("journal", "log_entries", "team_moves", "figures_reports", "grade_changes", "area_changes")

STATEMENTS = (
    """CREATE TABLE areas (
        id TEXT NOT NULL, name TEXT DEFAULT '' NOT NULL, tier TEXT DEFAULT '' NOT NULL, parent_id TEXT, code TEXT DEFAULT '' NOT
        NULL, name_en TEXT DEFAULT '' NOT NULL, aliases TEXT DEFAULT '' NOT NULL, latitude FLOAT, longitude FLOAT,
        position_is_estimated INTEGER DEFAULT '0' NOT NULL, search_key TEXT DEFAULT '' NOT NULL, is_retired INTEGER DEFAULT '0'
        NOT NULL, successor_id TEXT, is_demo INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(parent_id) REFERENCES areas (id), FOREIGN KEY(successor_id) REFERENCES areas (id)
    )""",
    "CREATE INDEX areas_by_code ON areas (code)",
    "CREATE INDEX areas_by_parent ON areas (parent_id)",
    """CREATE TABLE accounts (
        id TEXT NOT NULL, name TEXT NOT NULL, display_name TEXT DEFAULT '' NOT NULL, roles TEXT DEFAULT '' NOT NULL, area_id TEXT
        NOT NULL, display_name_en TEXT DEFAULT '' NOT NULL, phone TEXT DEFAULT '' NOT NULL, is_retired INTEGER DEFAULT '0' NOT
        NULL, is_demo INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (name), FOREIGN
        KEY(area_id) REFERENCES areas (id)
    )""",
    """CREATE TABLE account_secrets (
        account_id TEXT NOT NULL, password_hash TEXT DEFAULT '' NOT NULL, PRIMARY KEY (account_id), FOREIGN KEY(account_id)
        REFERENCES accounts (id)
    )""",
    """CREATE TABLE teams (
        id TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, name TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL, area_id
        TEXT NOT NULL, capabilities TEXT DEFAULT '' NOT NULL, certificates TEXT DEFAULT '' NOT NULL, name_en TEXT DEFAULT '' NOT
        NULL, unit_name TEXT DEFAULT '' NOT NULL, address TEXT DEFAULT '' NOT NULL, latitude FLOAT, longitude FLOAT, people_total
        INTEGER, people_ready INTEGER, vehicles TEXT DEFAULT '' NOT NULL, muster_minutes INTEGER, radius_km FLOAT, may_cross_area
        INTEGER DEFAULT '0' NOT NULL, duty_phone TEXT DEFAULT '' NOT NULL, leader_name TEXT DEFAULT '' NOT NULL, channel TEXT
        DEFAULT '' NOT NULL, agreement_number TEXT DEFAULT '' NOT NULL, agreement_until TEXT, insured_until TEXT, state TEXT
        DEFAULT '' NOT NULL, state_since INTEGER, state_note TEXT DEFAULT '' NOT NULL, incident_id TEXT, supervisor TEXT DEFAULT
        '' NOT NULL, self_sufficiency_hours INTEGER, contact_tried_on TEXT, rating_specialty TEXT DEFAULT '' NOT NULL,
        rating_level INTEGER, equipment TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, is_retired INTEGER DEFAULT '0'
        NOT NULL, source TEXT DEFAULT '' NOT NULL, search_key TEXT DEFAULT '' NOT NULL, is_demo INTEGER DEFAULT '0' NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(area_id) REFERENCES areas (id), FOREIGN
        KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX teams_by_incident ON teams (incident_id)",
    "CREATE INDEX teams_by_name ON teams (name, id)",
    "CREATE INDEX teams_by_state ON teams (state)",
    """CREATE TABLE team_moves (
        seq INTEGER NOT NULL, id TEXT NOT NULL, team_id TEXT NOT NULL, from_state TEXT DEFAULT '' NOT NULL, to_state TEXT DEFAULT
        '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL,
        incident_id TEXT, dispatch_id TEXT, reported_by TEXT DEFAULT '' NOT NULL, how TEXT DEFAULT '' NOT NULL, unreported TEXT
        DEFAULT '' NOT NULL, fills_gap INTEGER DEFAULT '0' NOT NULL, note TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE
        (id), FOREIGN KEY(team_id) REFERENCES teams (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN
        KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(dispatch_id) REFERENCES dispatches (id)
    )""",
    "CREATE INDEX team_moves_by_incident ON team_moves (incident_id, seq)",
    "CREATE INDEX team_moves_by_team ON team_moves (team_id, seq)",
    """CREATE TABLE team_members (
        id TEXT NOT NULL, team_id TEXT NOT NULL, name TEXT DEFAULT '' NOT NULL, post TEXT DEFAULT '' NOT NULL, phone TEXT DEFAULT
        '' NOT NULL, certificates TEXT DEFAULT '' NOT NULL, insured_until TEXT, note TEXT DEFAULT '' NOT NULL, version INTEGER
        DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(team_id) REFERENCES teams (id)
    )""",
    "CREATE INDEX members_by_team ON team_members (team_id, name)",
    """CREATE TABLE agreements (
        id TEXT NOT NULL, number TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL, partner TEXT DEFAULT '' NOT NULL,
        capability TEXT DEFAULT '' NOT NULL, quantity INTEGER, unit TEXT DEFAULT '' NOT NULL, arrival_minutes INTEGER, terms TEXT
        DEFAULT '' NOT NULL, phone TEXT DEFAULT '' NOT NULL, signed_on TEXT, valid_until TEXT, team_id TEXT, area_id TEXT, is_demo
        INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(team_id) REFERENCES
        teams (id), FOREIGN KEY(area_id) REFERENCES areas (id)
    )""",
    "CREATE INDEX agreements_by_end ON agreements (valid_until)",
    """CREATE TABLE units (
        id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, name TEXT DEFAULT '' NOT NULL, name_en TEXT DEFAULT '' NOT NULL, code
        TEXT DEFAULT '' NOT NULL, area_id TEXT, duty_phone TEXT DEFAULT '' NOT NULL, fax TEXT DEFAULT '' NOT NULL, address TEXT
        DEFAULT '' NOT NULL, contact TEXT DEFAULT '' NOT NULL, lead_unit TEXT DEFAULT '' NOT NULL, member_units TEXT DEFAULT ''
        NOT NULL, office TEXT DEFAULT '' NOT NULL, standing_members TEXT DEFAULT '' NOT NULL, hazards TEXT DEFAULT '' NOT NULL,
        note TEXT DEFAULT '' NOT NULL, source TEXT DEFAULT '' NOT NULL, search_key TEXT DEFAULT '' NOT NULL, is_demo INTEGER
        DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(area_id) REFERENCES areas (id)
    )""",
    "CREATE INDEX units_by_kind ON units (kind, name)",
    """CREATE TABLE area_changes (
        seq INTEGER NOT NULL, id TEXT NOT NULL, area_id TEXT NOT NULL, changed_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT
        NOT NULL, what TEXT DEFAULT '' NOT NULL, "before" TEXT DEFAULT '' NOT NULL, "after" TEXT DEFAULT '' NOT NULL, PRIMARY KEY
        (seq), UNIQUE (id), FOREIGN KEY(area_id) REFERENCES areas (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX area_changes_by_area ON area_changes (area_id, seq)",
    """CREATE TABLE sites (
        id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, name TEXT DEFAULT '' NOT NULL, area_id TEXT, code TEXT DEFAULT '' NOT
        NULL, name_en TEXT DEFAULT '' NOT NULL, address TEXT DEFAULT '' NOT NULL, place_path TEXT DEFAULT '' NOT NULL, latitude
        FLOAT, longitude FLOAT, phone TEXT DEFAULT '' NOT NULL, unit_name TEXT DEFAULT '' NOT NULL, capacity INTEGER,
        effective_area_m2 INTEGER, note TEXT DEFAULT '' NOT NULL, source TEXT DEFAULT '' NOT NULL, search_key TEXT DEFAULT '' NOT
        NULL, is_demo INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(area_id)
        REFERENCES areas (id)
    )""",
    "CREATE INDEX sites_by_kind ON sites (kind, name)",
    """CREATE TABLE plans (
        id TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, body TEXT DEFAULT '' NOT NULL,
        source TEXT DEFAULT '' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id)
    )""",
    "CREATE UNIQUE INDEX plans_by_code ON plans (code, plan_version)",
    """CREATE TABLE incidents (
        id TEXT NOT NULL, number TEXT NOT NULL, title TEXT DEFAULT '' NOT NULL, type_id TEXT DEFAULT '' NOT NULL, area_id TEXT NOT
        NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, address TEXT DEFAULT '' NOT
        NULL, latitude FLOAT, longitude FLOAT, state TEXT DEFAULT '' NOT NULL, incident_class TEXT, dead INTEGER, badly_hurt
        INTEGER, hurt INTEGER, trapped INTEGER, missing INTEGER, evacuate INTEGER, loss_yuan INTEGER, at_risk INTEGER, hectares
        FLOAT, grade TEXT, plan_code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, plan_tier TEXT DEFAULT ''
        NOT NULL, plan_level TEXT DEFAULT '' NOT NULL, joined_to_id TEXT, parent_id TEXT, closed_at INTEGER, close_note TEXT
        DEFAULT '' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, search_key TEXT DEFAULT '' NOT NULL, version INTEGER
        DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(area_id) REFERENCES areas (id), FOREIGN
        KEY(joined_to_id) REFERENCES incidents (id), FOREIGN KEY(parent_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX incidents_by_state ON incidents (state, recorded_at)",
    "CREATE INDEX incidents_by_time ON incidents (recorded_at, id)",
    """CREATE TABLE calls (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, words TEXT DEFAULT '' NOT NULL, area_id TEXT NOT NULL, source TEXT DEFAULT ''
        NOT NULL, received_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL,
        occurred_at INTEGER, address TEXT DEFAULT '' NOT NULL, latitude FLOAT, longitude FLOAT, note TEXT DEFAULT '' NOT NULL,
        personal_id TEXT, personal_digest TEXT DEFAULT '' NOT NULL, joined INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT
        '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(area_id) REFERENCES areas
        (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX calls_by_incident ON calls (incident_id, received_at)",
    """CREATE TABLE personal (
        id TEXT NOT NULL, incident_id TEXT, salt TEXT DEFAULT '' NOT NULL, content TEXT DEFAULT '' NOT NULL, PRIMARY KEY (id)
    )""",
    "CREATE INDEX personal_by_incident ON personal (incident_id)",
    """CREATE TABLE figures_reports (
        seq INTEGER NOT NULL, id TEXT NOT NULL, incident_id TEXT NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at
        INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, dead INTEGER, badly_hurt INTEGER, hurt INTEGER, trapped INTEGER,
        missing INTEGER, evacuate INTEGER, loss_yuan INTEGER, at_risk INTEGER, hectares FLOAT, reported_by TEXT DEFAULT '' NOT
        NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id)
        REFERENCES accounts (id)
    )""",
    "CREATE INDEX figures_by_incident ON figures_reports (incident_id, seq)",
    """CREATE TABLE grade_changes (
        seq INTEGER NOT NULL, id TEXT NOT NULL, incident_id TEXT NOT NULL, grade TEXT, judged_at INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, is_suggestion INTEGER DEFAULT '0' NOT NULL, basis TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq),
        UNIQUE (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX grades_by_incident ON grade_changes (incident_id, seq)",
    """CREATE TABLE log_entries (
        id TEXT NOT NULL, sequence INTEGER NOT NULL, happening TEXT DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL,
        recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, incident_id TEXT, text TEXT DEFAULT '' NOT NULL,
        "values" TEXT DEFAULT '' NOT NULL, corrects_id TEXT, about_id TEXT, PRIMARY KEY (sequence), UNIQUE (id), FOREIGN
        KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX log_by_incident ON log_entries (incident_id, sequence)",
    """CREATE TABLE tasks (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, title TEXT DEFAULT '' NOT NULL, created_at INTEGER DEFAULT '0' NOT NULL,
        title_en TEXT DEFAULT '' NOT NULL, clause TEXT DEFAULT '' NOT NULL, tier TEXT DEFAULT '' NOT NULL, role TEXT DEFAULT ''
        NOT NULL, action_id TEXT DEFAULT '' NOT NULL, due_at INTEGER, state TEXT DEFAULT '' NOT NULL, ended_at INTEGER, reason
        TEXT DEFAULT '' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id) REFERENCES
        incidents (id)
    )""",
    "CREATE INDEX tasks_by_incident ON tasks (incident_id, due_at)",
    "CREATE INDEX tasks_by_state ON tasks (state, due_at)",
    """CREATE TABLE dispatches (
        id TEXT NOT NULL, order_number TEXT NOT NULL, incident_id TEXT NOT NULL, team_id TEXT NOT NULL, task TEXT DEFAULT '' NOT
        NULL, sent_at INTEGER DEFAULT '0' NOT NULL, receipt_due_at INTEGER DEFAULT '0' NOT NULL, sent_by_id TEXT NOT NULL, state
        TEXT DEFAULT '' NOT NULL, serves TEXT DEFAULT '' NOT NULL, travel_minutes INTEGER, muster_place TEXT DEFAULT '' NOT NULL,
        report_to TEXT DEFAULT '' NOT NULL, route TEXT DEFAULT '' NOT NULL, equipment TEXT DEFAULT '' NOT NULL, channel TEXT
        DEFAULT '' NOT NULL, safety TEXT DEFAULT '' NOT NULL, approved_by TEXT DEFAULT '' NOT NULL, approved_how TEXT DEFAULT ''
        NOT NULL, approved_at INTEGER, override_reason TEXT DEFAULT '' NOT NULL, application_by TEXT DEFAULT '' NOT NULL,
        receipt_at INTEGER, receipt_recorded_at INTEGER, receipt_by TEXT DEFAULT '' NOT NULL, receipt_how TEXT DEFAULT '' NOT
        NULL, checked_in_at INTEGER, ended_at INTEGER, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE
        (order_number), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(team_id) REFERENCES teams (id), FOREIGN
        KEY(sent_by_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX dispatches_by_incident ON dispatches (incident_id, sent_at)",
    "CREATE INDEX dispatches_by_state ON dispatches (state, receipt_due_at)",
    "CREATE INDEX dispatches_by_team ON dispatches (team_id, sent_at)",
    """CREATE TABLE settings (
        id TEXT NOT NULL, content TEXT DEFAULT '' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id)
    )""",
    """CREATE TABLE rules (
        id TEXT NOT NULL, content TEXT DEFAULT '' NOT NULL, source TEXT DEFAULT '' NOT NULL, version INTEGER DEFAULT '0' NOT NULL,
        PRIMARY KEY (id)
    )""",
    """CREATE TABLE counters (
        name TEXT NOT NULL, last INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (name)
    )""",
    """CREATE TABLE drafts (
        name TEXT NOT NULL, account_id TEXT DEFAULT '' NOT NULL, content TEXT DEFAULT '' NOT NULL, kept_at INTEGER DEFAULT '0' NOT
        NULL, PRIMARY KEY (name)
    )""",
    """CREATE TABLE journal (
        number INTEGER NOT NULL, at INTEGER DEFAULT '0' NOT NULL, account_id TEXT, desk_code TEXT DEFAULT '' NOT NULL, action TEXT
        DEFAULT '' NOT NULL, "values" TEXT DEFAULT '' NOT NULL, touched TEXT DEFAULT '' NOT NULL, previous TEXT DEFAULT '' NOT
        NULL, hash TEXT DEFAULT '' NOT NULL, PRIMARY KEY (number)
    )""",
)


def upgrade() -> None:
    """Make every table, and the triggers that keep the ledgers append-only."""
    for statement in STATEMENTS:
        op.execute(statement)
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")


def downgrade() -> None:
    """There is no way back: the backup made before the migration is the way back."""
    raise RuntimeError("migrations only go forward; open the backup made before this one")
