"""The ladder: a response for each tier, command and its hand-overs, reports owed and sent, the aftermath, findings."""

from __future__ import annotations

from alembic import op

from emergency_desk.store.migrations.resealing import reseal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("response_changes", "command_moves", "decisions", "step_marks")

STATEMENTS = (
    "ALTER TABLE incidents ADD COLUMN secondary_types TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE incidents ADD COLUMN production TEXT",
    "ALTER TABLE incidents ADD COLUMN circumstances TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX incidents_by_parent ON incidents (parent_id)",
    "CREATE INDEX incidents_by_joined ON incidents (joined_to_id)",
    "ALTER TABLE grade_changes ADD COLUMN decided_by TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE grade_changes ADD COLUMN reason TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tasks ADD COLUMN meets TEXT DEFAULT '' NOT NULL",
    """CREATE TABLE responses (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, area_id TEXT NOT NULL, level TEXT DEFAULT ''
        NOT NULL, matter TEXT DEFAULT '' NOT NULL, measures TEXT DEFAULT '' NOT NULL, activated_at INTEGER DEFAULT '0' NOT NULL,
        expected_until INTEGER DEFAULT '0' NOT NULL, state TEXT DEFAULT '' NOT NULL, decided_by TEXT DEFAULT '' NOT NULL,
        plan_code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, clause TEXT DEFAULT '' NOT NULL, ended_at
        INTEGER, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id) REFERENCES incidents (id),
        FOREIGN KEY(area_id) REFERENCES areas (id)
    )""",
    "CREATE INDEX responses_by_incident ON responses (incident_id, activated_at)",
    "CREATE INDEX responses_by_state ON responses (state)",
    """CREATE TABLE response_changes (
        seq INTEGER NOT NULL, id TEXT NOT NULL, response_id TEXT NOT NULL, incident_id TEXT NOT NULL, step TEXT DEFAULT '' NOT
        NULL, level TEXT DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, level_before TEXT, expected_until INTEGER, decided_by TEXT DEFAULT '' NOT NULL, reason TEXT
        DEFAULT '' NOT NULL, override_reason TEXT DEFAULT '' NOT NULL, heard_from TEXT DEFAULT '' NOT NULL, heard_how TEXT DEFAULT
        '' NOT NULL, read_back INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(response_id) REFERENCES
        responses (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX response_changes_by_incident ON response_changes (incident_id, seq)",
    """CREATE TABLE command_moves (
        seq INTEGER NOT NULL, id TEXT NOT NULL, incident_id TEXT NOT NULL, step TEXT DEFAULT '' NOT NULL, from_tier TEXT DEFAULT
        '' NOT NULL, to_tier TEXT DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0'
        NOT NULL, account_id TEXT NOT NULL, offer_id TEXT, answer_due_at INTEGER, situation TEXT DEFAULT '' NOT NULL, resources
        TEXT DEFAULT '' NOT NULL, open_orders TEXT DEFAULT '' NOT NULL, given_by TEXT DEFAULT '' NOT NULL, taken_by TEXT DEFAULT
        '' NOT NULL, reason TEXT DEFAULT '' NOT NULL, heard_from TEXT DEFAULT '' NOT NULL, heard_how TEXT DEFAULT '' NOT NULL,
        read_back INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(incident_id) REFERENCES incidents
        (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX command_moves_by_incident ON command_moves (incident_id, seq)",
    """CREATE TABLE command_posts (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, place TEXT DEFAULT '' NOT NULL, formed_at
        INTEGER DEFAULT '0' NOT NULL, phone TEXT DEFAULT '' NOT NULL, channel TEXT DEFAULT '' NOT NULL, dissolved_at INTEGER,
        version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX command_posts_by_incident ON command_posts (incident_id)",
    """CREATE TABLE post_members (
        id TEXT NOT NULL, post_id TEXT NOT NULL, incident_id TEXT NOT NULL, role TEXT DEFAULT '' NOT NULL, since INTEGER DEFAULT
        '0' NOT NULL, name TEXT DEFAULT '' NOT NULL, post_name TEXT DEFAULT '' NOT NULL, unit TEXT DEFAULT '' NOT NULL, phone TEXT
        DEFAULT '' NOT NULL, group_id TEXT DEFAULT '' NOT NULL, duties TEXT DEFAULT '' NOT NULL, named_by TEXT DEFAULT '' NOT
        NULL, until INTEGER, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(post_id) REFERENCES command_posts
        (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX post_members_by_incident ON post_members (incident_id)",
    """CREATE TABLE notices (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL, name TEXT
        DEFAULT '' NOT NULL, created_at INTEGER DEFAULT '0' NOT NULL, name_en TEXT DEFAULT '' NOT NULL, unit_id TEXT, phone TEXT
        DEFAULT '' NOT NULL, why TEXT DEFAULT '' NOT NULL, told_at INTEGER, told_to TEXT DEFAULT '' NOT NULL, how TEXT DEFAULT ''
        NOT NULL, read_back INTEGER DEFAULT '0' NOT NULL, told_by_id TEXT, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(unit_id) REFERENCES units (id), FOREIGN KEY(told_by_id)
        REFERENCES accounts (id)
    )""",
    "CREATE INDEX notices_by_incident ON notices (incident_id, created_at)",
    """CREATE TABLE decisions (
        seq INTEGER NOT NULL, id TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT
        NULL, text TEXT DEFAULT '' NOT NULL, decided_by TEXT DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL,
        recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, post_id TEXT, present TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id) REFERENCES
        accounts (id), FOREIGN KEY(post_id) REFERENCES command_posts (id)
    )""",
    "CREATE INDEX decisions_by_incident ON decisions (incident_id, seq)",
    """CREATE TABLE step_marks (
        seq INTEGER NOT NULL, id TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, step TEXT DEFAULT '' NOT
        NULL, state TEXT DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, reason TEXT DEFAULT '' NOT NULL, heard_from TEXT DEFAULT '' NOT NULL, heard_how TEXT DEFAULT ''
        NOT NULL, read_back INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(incident_id) REFERENCES
        incidents (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX step_marks_by_incident ON step_marks (incident_id, seq)",
    """CREATE TABLE reports (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, from_tier TEXT DEFAULT '' NOT NULL, to_tier TEXT DEFAULT '' NOT NULL, channel
        TEXT DEFAULT '' NOT NULL, family TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL, drafted_at INTEGER DEFAULT '0'
        NOT NULL, account_id TEXT NOT NULL, number TEXT DEFAULT '' NOT NULL, serial INTEGER DEFAULT '0' NOT NULL, elements TEXT
        DEFAULT '' NOT NULL, title TEXT DEFAULT '' NOT NULL, state TEXT DEFAULT '' NOT NULL, secrecy TEXT DEFAULT '' NOT NULL,
        urgency TEXT DEFAULT '' NOT NULL, signer TEXT DEFAULT '' NOT NULL, signer_post TEXT DEFAULT '' NOT NULL, copies_to TEXT
        DEFAULT '' NOT NULL, sent_at INTEGER, sent_by_id TEXT, received_at INTEGER, received_by TEXT DEFAULT '' NOT NULL,
        read_back INTEGER DEFAULT '0' NOT NULL, how TEXT DEFAULT '' NOT NULL, heard_from TEXT DEFAULT '' NOT NULL, follows_id
        TEXT, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN
        KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(sent_by_id) REFERENCES accounts (id), FOREIGN KEY(follows_id)
        REFERENCES reports (id)
    )""",
    "CREATE INDEX reports_by_incident ON reports (incident_id, drafted_at)",
    """CREATE TABLE report_dues (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, rule_id TEXT DEFAULT '' NOT NULL, from_tier TEXT DEFAULT '' NOT NULL, to_tier
        TEXT DEFAULT '' NOT NULL, channel TEXT DEFAULT '' NOT NULL, family TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT
        NULL, clock_at INTEGER DEFAULT '0' NOT NULL, due_at INTEGER DEFAULT '0' NOT NULL, created_at INTEGER DEFAULT '0' NOT NULL,
        grade TEXT, state TEXT DEFAULT '' NOT NULL, met_at INTEGER, report_id TEXT, reason TEXT DEFAULT '' NOT NULL, version
        INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(report_id)
        REFERENCES reports (id)
    )""",
    "CREATE INDEX report_dues_by_incident ON report_dues (incident_id, due_at)",
    "CREATE INDEX report_dues_by_state ON report_dues (state, due_at)",
    """CREATE TABLE aftermath_items (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL, title TEXT
        DEFAULT '' NOT NULL, created_at INTEGER DEFAULT '0' NOT NULL, title_en TEXT DEFAULT '' NOT NULL, owner TEXT DEFAULT '' NOT
        NULL, quantity INTEGER, unit TEXT DEFAULT '' NOT NULL, personal_id TEXT, personal_digest TEXT DEFAULT '' NOT NULL, due_at
        INTEGER, basis TEXT DEFAULT '' NOT NULL, state TEXT DEFAULT '' NOT NULL, ended_at INTEGER, note TEXT DEFAULT '' NOT NULL, version INTEGER
        DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX aftermath_by_incident ON aftermath_items (incident_id, created_at)",
    "CREATE INDEX aftermath_by_state ON aftermath_items (state, due_at)",
    """CREATE TABLE findings (
        id TEXT NOT NULL, number TEXT NOT NULL, source TEXT DEFAULT '' NOT NULL, problem TEXT DEFAULT '' NOT NULL, found_at
        INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, incident_id TEXT, kind TEXT DEFAULT '' NOT NULL, clause TEXT
        DEFAULT '' NOT NULL, unit TEXT DEFAULT '' NOT NULL, owner TEXT DEFAULT '' NOT NULL, measure TEXT DEFAULT '' NOT NULL,
        funds_yuan INTEGER, due_on TEXT, interim TEXT DEFAULT '' NOT NULL, verifier TEXT DEFAULT '' NOT NULL, evidence TEXT
        DEFAULT '' NOT NULL, state TEXT DEFAULT '' NOT NULL, done_at INTEGER, verified_at INTEGER, note TEXT DEFAULT '' NOT NULL,
        is_exercise INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (number), FOREIGN
        KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX findings_by_incident ON findings (incident_id)",
    "CREATE INDEX findings_by_state ON findings (state, due_on)",
)
_INCIDENT = ("id", "number", "title", "type_id", "area_id", "occurred_at", "recorded_at", "address", "latitude", "longitude", "state",
             "incident_class", "dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate", "loss_yuan", "at_risk", "hectares",
             "grade", "plan_code", "plan_version", "plan_tier", "plan_level", "joined_to_id", "parent_id", "closed_at",
             "close_note", "is_exercise")
_LAST = ("search_key", "version")
_TASK = ("id", "incident_id", "title", "created_at", "title_en", "clause", "tier", "role", "action_id", "due_at", "state", "ended_at",
         "reason")
_GRADE = ("id", "incident_id", "grade", "judged_at", "account_id", "is_suggestion", "basis")


def upgrade() -> None:
    """Add the tables and columns, and the triggers that keep the new ledgers append-only."""
    for statement in STATEMENTS:
        op.execute(statement)
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
    reseal(op.get_bind(), revision=revision, tables={
        "incidents": ((*_INCIDENT, *_LAST), (*_INCIDENT, "secondary_types", "production", "circumstances", *_LAST)),
        "tasks": ((*_TASK, "version"), (*_TASK, "meets", "version")),
        "grade_changes": (_GRADE, (*_GRADE, "decided_by", "reason")),
    })


def downgrade() -> None:
    """There is no way back: the backup made before the migration is the way back."""
    raise RuntimeError("migrations only go forward; open the backup made before this one")
