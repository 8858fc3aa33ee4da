"""People in shelters by name: the village of a stay, names that are found, the certificates of destruction and what was looked over after."""

from __future__ import annotations

from alembic import op

from emergency_desk.store.migrations.resealing import reseal

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

APPEND_ONLY = ("purges", "purge_checks")
_STAY = ("id", "opening_id", "shelter_id", "incident_id", "household_id", "personal_id", "arrived_at", "recorded_at", "account_id",
         "personal_digest", "origin_area_id", "needs", "pets", "bed", "left_at", "left_to", "moved_from_id", "is_exercise", "version")

STATEMENTS = (
    "ALTER TABLE shelter_stays ADD COLUMN group_id TEXT REFERENCES evacuation_groups (id)",
    "DROP INDEX stays_by_opening",
    "CREATE INDEX stays_by_opening ON shelter_stays (opening_id, left_at, arrived_at)",
    "CREATE INDEX stays_by_group ON shelter_stays (incident_id, group_id, left_at, left_to, arrived_at)",
    "CREATE INDEX stays_going_on ON shelter_stays (moved_from_id) WHERE moved_from_id IS NOT NULL",
    "ALTER TABLE people_keys ADD COLUMN name_key TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX people_keys_by_name ON people_keys (name_key)",
    """CREATE TABLE purges (
        seq INTEGER NOT NULL, id TEXT NOT NULL, number TEXT NOT NULL, incident_id TEXT NOT NULL, purged_at INTEGER DEFAULT '0' NOT
        NULL, account_id TEXT NOT NULL, area_id TEXT NOT NULL, records INTEGER DEFAULT '0' NOT NULL, people INTEGER DEFAULT '0'
        NOT NULL, households INTEGER DEFAULT '0' NOT NULL, counts TEXT DEFAULT '' NOT NULL, decided_by TEXT DEFAULT '' NOT NULL,
        note TEXT DEFAULT '' NOT NULL, held TEXT DEFAULT '' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq),
        UNIQUE (id), UNIQUE (number), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(account_id) REFERENCES
        accounts (id), FOREIGN KEY(area_id) REFERENCES areas (id)
    )""",
    "CREATE INDEX purges_by_incident ON purges (incident_id, seq)",
    """CREATE TABLE purge_checks (
        seq INTEGER NOT NULL, id TEXT NOT NULL, purge_id TEXT NOT NULL, checked_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT
        NOT NULL, files INTEGER DEFAULT '0' NOT NULL, bytes_read INTEGER DEFAULT '0' NOT NULL, found INTEGER DEFAULT '0' NOT NULL,
        is_log_empty INTEGER DEFAULT '0' NOT NULL, clean_backup TEXT DEFAULT '' NOT NULL, older TEXT DEFAULT '' NOT NULL, PRIMARY
        KEY (seq), UNIQUE (id), FOREIGN KEY(purge_id) REFERENCES purges (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX purge_checks_by_purge ON purge_checks (purge_id, seq)",
)


def upgrade() -> None:
    """Add columns and tables, the triggers that keep the ledgers append-only, and the new seals of the widened table."""
    for statement in STATEMENTS:
        op.execute(statement)
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
    reseal(op.get_bind(), revision=revision, tables={"shelter_stays": (_STAY, (*_STAY, "group_id"))})


def downgrade() -> None:
    """There is no way back: the backup made before the migration is the way back."""
    raise RuntimeError("migrations only go forward; open the backup made before this one")
