"""Families on transfer lists and where they were sent; isolation sites opened and closed."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

APPEND_ONLY = ("evacuation_families", "family_transfers", "isolation_moves")

STATEMENTS = (
    """CREATE TABLE evacuation_families (
        seq INTEGER NOT NULL, id TEXT NOT NULL, list_id TEXT DEFAULT '' NOT NULL, group_id TEXT NOT NULL, incident_id TEXT NOT
        NULL, people INTEGER DEFAULT '0' NOT NULL, families INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT
        NULL, account_id TEXT NOT NULL, vulnerable INTEGER DEFAULT '0' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY
        KEY (seq), UNIQUE (id), FOREIGN KEY(group_id) REFERENCES evacuation_groups (id), FOREIGN KEY(incident_id) REFERENCES
        incidents (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX evacuation_families_by_incident ON evacuation_families (incident_id, seq)",
    """CREATE TABLE family_transfers (
        seq INTEGER NOT NULL, id TEXT NOT NULL, document TEXT DEFAULT '' NOT NULL, incident_id TEXT NOT NULL, group_id TEXT NOT
        NULL, shelter_id TEXT NOT NULL, people INTEGER DEFAULT '0' NOT NULL, families INTEGER DEFAULT '0' NOT NULL, occurred_at
        INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, vulnerable INTEGER
        DEFAULT '0' NOT NULL, minutes INTEGER, decided_by TEXT DEFAULT '' NOT NULL, is_by_hand INTEGER DEFAULT '0' NOT NULL,
        takes_back_id TEXT, reason TEXT DEFAULT '' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE
        (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(group_id) REFERENCES evacuation_groups (id), FOREIGN
        KEY(shelter_id) REFERENCES shelters (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX family_transfers_by_incident ON family_transfers (incident_id, seq)",
    """CREATE TABLE isolation_moves (
        seq INTEGER NOT NULL, id TEXT NOT NULL, site_id TEXT NOT NULL, state TEXT DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT
        '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, incident_id TEXT, decided_by TEXT
        DEFAULT '' NOT NULL, responsible TEXT DEFAULT '' NOT NULL, responsible_phone TEXT DEFAULT '' NOT NULL, reason TEXT DEFAULT
        '' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(site_id) REFERENCES
        isolation_sites (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX isolation_moves_by_site ON isolation_moves (site_id, seq)",
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
