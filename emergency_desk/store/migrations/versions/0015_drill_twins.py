"""The twins drills are played on, and how fast the clock of a drill went."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

APPEND_ONLY = ("drill_paces",)

STATEMENTS = (
    """CREATE TABLE drill_twins (
        id TEXT NOT NULL, drill_id TEXT NOT NULL, file TEXT DEFAULT '' NOT NULL, made_at INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, state TEXT DEFAULT '' NOT NULL, teams INTEGER DEFAULT '0' NOT NULL, lots INTEGER
        DEFAULT '0' NOT NULL, shelters INTEGER DEFAULT '0' NOT NULL, sealed_number INTEGER, sealed_hash TEXT DEFAULT ''
        NOT NULL, closed_at INTEGER, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(drill_id)
        REFERENCES drills (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX drill_twins_by_drill ON drill_twins (drill_id, made_at)",
    """CREATE TABLE drill_paces (
        seq INTEGER NOT NULL, id TEXT NOT NULL, drill_id TEXT NOT NULL, changed_at INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, percent INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN
        KEY(drill_id) REFERENCES drills (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX drill_paces_by_drill ON drill_paces (drill_id, seq)",
)


def upgrade() -> None:
    """Add the tables, and the triggers that keep the paces append-only."""
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
