"""Shelters and their openings, head counts and stays, evacuation by village, isolation and medical sites."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APPEND_ONLY = ("shelter_moves", "head_counts", "evacuation_marks", "bed_counts")

STATEMENTS = (
    """CREATE TABLE shelters (
        id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, space TEXT DEFAULT '' NOT NULL, function TEXT DEFAULT '' NOT NULL,
        duration TEXT, class_51143 TEXT, hazards TEXT DEFAULT '' NOT NULL, unfit_hazards TEXT DEFAULT '' NOT NULL, facilities TEXT
        DEFAULT '' NOT NULL, stated_capacity INTEGER, keeper TEXT DEFAULT '' NOT NULL, keeper_phone TEXT DEFAULT '' NOT NULL,
        keys_at TEXT DEFAULT '' NOT NULL, catchment TEXT DEFAULT '' NOT NULL, inspected TEXT DEFAULT '' NOT NULL, inspected_on
        TEXT, repair TEXT DEFAULT '' NOT NULL, signs_published INTEGER DEFAULT '0' NOT NULL, vulnerable_fit INTEGER DEFAULT '0'
        NOT NULL, state TEXT DEFAULT '' NOT NULL, state_since INTEGER, opening_id TEXT, note TEXT DEFAULT '' NOT NULL, is_demo
        INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES sites
        (id)
    )""",
    "CREATE INDEX shelters_by_state ON shelters (state)",
    """CREATE TABLE shelter_moves (
        seq INTEGER NOT NULL, id TEXT NOT NULL, shelter_id TEXT NOT NULL, from_state TEXT DEFAULT '' NOT NULL, to_state TEXT
        DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT
        NOT NULL, incident_id TEXT, opening_id TEXT, reason TEXT DEFAULT '' NOT NULL, decided_by TEXT DEFAULT '' NOT NULL,
        is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(shelter_id) REFERENCES shelters
        (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX shelter_moves_by_shelter ON shelter_moves (shelter_id, seq)",
    """CREATE TABLE shelter_openings (
        id TEXT NOT NULL, number TEXT NOT NULL, shelter_id TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT
        NULL, approved_by TEXT DEFAULT '' NOT NULL, opened_at INTEGER DEFAULT '0' NOT NULL, stay TEXT DEFAULT '' NOT NULL,
        expected_until INTEGER DEFAULT '0' NOT NULL, responsible TEXT DEFAULT '' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT
        NULL, account_id TEXT NOT NULL, receives TEXT DEFAULT '' NOT NULL, responsible_phone TEXT DEFAULT '' NOT NULL, supplies_at
        INTEGER, notice_address TEXT DEFAULT '' NOT NULL, notice_route TEXT DEFAULT '' NOT NULL, checks TEXT DEFAULT '' NOT NULL,
        capacity INTEGER, override_reason TEXT DEFAULT '' NOT NULL, closed_at INTEGER, close_note TEXT DEFAULT '' NOT NULL, damage
        TEXT DEFAULT '' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY
        (id), UNIQUE (number), FOREIGN KEY(shelter_id) REFERENCES shelters (id), FOREIGN KEY(incident_id) REFERENCES incidents
        (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX openings_by_incident ON shelter_openings (incident_id, opened_at)",
    "CREATE INDEX openings_by_shelter ON shelter_openings (shelter_id, opened_at)",
    """CREATE TABLE head_counts (
        seq INTEGER NOT NULL, id TEXT NOT NULL, opening_id TEXT NOT NULL, shelter_id TEXT NOT NULL, incident_id TEXT NOT NULL,
        counted_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, heads INTEGER
        DEFAULT '0' NOT NULL, arrived INTEGER, "left" INTEGER, vulnerable INTEGER, meals INTEGER, counted_by TEXT DEFAULT '' NOT
        NULL, source TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, corrects_id TEXT, is_exercise INTEGER DEFAULT '0'
        NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(opening_id) REFERENCES shelter_openings (id), FOREIGN
        KEY(shelter_id) REFERENCES shelters (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id)
        REFERENCES accounts (id)
    )""",
    "CREATE INDEX head_counts_by_incident ON head_counts (incident_id, counted_at)",
    "CREATE INDEX head_counts_by_opening ON head_counts (opening_id, counted_at)",
    """CREATE TABLE shelter_stays (
        id TEXT NOT NULL, opening_id TEXT NOT NULL, shelter_id TEXT NOT NULL, incident_id TEXT NOT NULL, household_id TEXT DEFAULT
        '' NOT NULL, personal_id TEXT DEFAULT '' NOT NULL, arrived_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT
        '0' NOT NULL, account_id TEXT NOT NULL, personal_digest TEXT DEFAULT '' NOT NULL, origin_area_id TEXT, needs TEXT DEFAULT
        '' NOT NULL, pets INTEGER DEFAULT '0' NOT NULL, bed TEXT DEFAULT '' NOT NULL, left_at INTEGER, left_to TEXT, moved_from_id
        TEXT, is_exercise INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN
        KEY(opening_id) REFERENCES shelter_openings (id), FOREIGN KEY(shelter_id) REFERENCES shelters (id), FOREIGN
        KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(origin_area_id)
        REFERENCES areas (id)
    )""",
    "CREATE INDEX stays_by_household ON shelter_stays (household_id)",
    "CREATE INDEX stays_by_opening ON shelter_stays (opening_id, left_at)",
    "CREATE INDEX stays_by_origin ON shelter_stays (incident_id, origin_area_id, left_at)",
    "CREATE INDEX stays_by_person ON shelter_stays (personal_id)",
    """CREATE TABLE people_keys (
        personal_id TEXT NOT NULL, incident_id TEXT DEFAULT '' NOT NULL, search_key TEXT DEFAULT '' NOT NULL, phone_tail TEXT
        DEFAULT '' NOT NULL, PRIMARY KEY (personal_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX people_keys_by_incident ON people_keys (incident_id)",
    "CREATE INDEX people_keys_by_phone ON people_keys (phone_tail)",
    """CREATE TABLE evacuation_groups (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, area_id TEXT NOT NULL, name TEXT DEFAULT '' NOT NULL, to_move INTEGER DEFAULT
        '0' NOT NULL, ordered_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL,
        vulnerable INTEGER DEFAULT '0' NOT NULL, ordered_by TEXT DEFAULT '' NOT NULL, lead TEXT DEFAULT '' NOT NULL, lead_phone
        TEXT DEFAULT '' NOT NULL, shelter_id TEXT, reason TEXT DEFAULT '' NOT NULL, is_called_off INTEGER DEFAULT '0' NOT NULL,
        is_exercise INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id)
        REFERENCES incidents (id), FOREIGN KEY(area_id) REFERENCES areas (id), FOREIGN KEY(account_id) REFERENCES accounts (id),
        FOREIGN KEY(shelter_id) REFERENCES shelters (id)
    )""",
    "CREATE INDEX evacuation_groups_by_incident ON evacuation_groups (incident_id, ordered_at)",
    """CREATE TABLE evacuation_marks (
        seq INTEGER NOT NULL, id TEXT NOT NULL, group_id TEXT NOT NULL, incident_id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL,
        people INTEGER DEFAULT '0' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, told_by TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, is_exercise INTEGER DEFAULT '0'
        NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(group_id) REFERENCES evacuation_groups (id), FOREIGN
        KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX evacuation_marks_by_group ON evacuation_marks (group_id, seq)",
    "CREATE INDEX evacuation_marks_by_incident ON evacuation_marks (incident_id, seq)",
    """CREATE TABLE isolation_sites (
        id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, single_rooms INTEGER, beds INTEGER, private_bathrooms INTEGER DEFAULT '0'
        NOT NULL, three_zones INTEGER DEFAULT '0' NOT NULL, negative_pressure INTEGER DEFAULT '0' NOT NULL, medical_staff INTEGER,
        sewage TEXT DEFAULT '' NOT NULL, waste TEXT DEFAULT '' NOT NULL, route TEXT DEFAULT '' NOT NULL, keeper TEXT DEFAULT ''
        NOT NULL, keeper_phone TEXT DEFAULT '' NOT NULL, is_ready INTEGER DEFAULT '0' NOT NULL, note TEXT DEFAULT '' NOT NULL,
        is_demo INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES
        sites (id)
    )""",
    """CREATE TABLE bed_counts (
        seq INTEGER NOT NULL, id TEXT NOT NULL, site_id TEXT NOT NULL, counted_at INTEGER DEFAULT '0' NOT NULL, recorded_at
        INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, free INTEGER DEFAULT '0' NOT NULL, occupied INTEGER DEFAULT '0'
        NOT NULL, cleaning INTEGER DEFAULT '0' NOT NULL, blocked INTEGER DEFAULT '0' NOT NULL, staff INTEGER, incident_id TEXT,
        told_by TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY
        (seq), UNIQUE (id), FOREIGN KEY(site_id) REFERENCES isolation_sites (id), FOREIGN KEY(account_id) REFERENCES accounts
        (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX bed_counts_by_site ON bed_counts (site_id, seq)",
)


def upgrade() -> None:
    """Add the tables, and the triggers that keep the new ledgers append-only."""
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
