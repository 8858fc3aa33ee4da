"""People who are looked for by name: on a list of who is to be moved, or asked for."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE expected_people (
        id TEXT NOT NULL, incident_id TEXT NOT NULL, personal_id TEXT DEFAULT '' NOT NULL, why TEXT DEFAULT '' NOT NULL, recorded_at
        INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, group_id TEXT, personal_digest TEXT DEFAULT '' NOT NULL, needs TEXT
        DEFAULT '' NOT NULL, source TEXT DEFAULT '' NOT NULL, settled TEXT, settled_at INTEGER, told_by TEXT DEFAULT '' NOT NULL,
        is_exercise INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(incident_id)
        REFERENCES incidents (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(group_id) REFERENCES
        evacuation_groups (id)
    )""",
    "CREATE INDEX expected_people_by_group ON expected_people (incident_id, group_id, settled)",
    "CREATE INDEX expected_people_by_person ON expected_people (personal_id)",
)


def upgrade() -> None:
    """Add the table and its indexes."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """There is no way back: the backup made before the migration is the way back."""
    raise RuntimeError("migrations only go forward; open the backup made before this one")
