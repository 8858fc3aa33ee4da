"""Objects of the drill programme besides plans, when each was drilled, which drill rehearses which, and the files that go out with injects."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

APPEND_ONLY = ("object_drills",)

STATEMENTS = (
    """CREATE TABLE drill_objects (
        id TEXT NOT NULL, name TEXT DEFAULT '' NOT NULL, kinds TEXT DEFAULT '' NOT NULL, entered_on TEXT DEFAULT '' NOT NULL,
        area_id TEXT, area_code TEXT DEFAULT '' NOT NULL, plan_code TEXT DEFAULT '' NOT NULL, contact TEXT DEFAULT '' NOT NULL,
        note TEXT DEFAULT '' NOT NULL, is_retired INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY
        KEY (id), FOREIGN KEY(area_id) REFERENCES areas (id)
    )""",
    "CREATE INDEX drill_objects_by_name ON drill_objects (is_retired, name)",
    """CREATE TABLE object_drills (
        seq INTEGER NOT NULL, id TEXT NOT NULL, object_id TEXT NOT NULL, on_date TEXT DEFAULT '' NOT NULL, recorded_at INTEGER
        DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, drill_id TEXT, note TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE
        (id), FOREIGN KEY(object_id) REFERENCES drill_objects (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN
        KEY(drill_id) REFERENCES drills (id)
    )""",
    "CREATE INDEX object_drills_by_object ON object_drills (object_id, on_date)",
    """CREATE TABLE drill_links (
        id TEXT NOT NULL, drill_id TEXT NOT NULL, object_id TEXT NOT NULL, is_dropped INTEGER DEFAULT '0' NOT NULL, version
        INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(drill_id) REFERENCES drills (id), FOREIGN KEY(object_id)
        REFERENCES drill_objects (id)
    )""",
    "CREATE UNIQUE INDEX drill_links_once ON drill_links (drill_id, object_id)",
    """CREATE TABLE drill_files (
        id TEXT NOT NULL, drill_id TEXT NOT NULL, name TEXT DEFAULT '' NOT NULL, digest TEXT DEFAULT '' NOT NULL, size INTEGER
        DEFAULT '0' NOT NULL, added_at INTEGER DEFAULT '0' NOT NULL, added_by TEXT NOT NULL, inject_id TEXT, width INTEGER
        DEFAULT '0' NOT NULL, height INTEGER DEFAULT '0' NOT NULL, is_retired INTEGER DEFAULT '0' NOT NULL, version INTEGER
        DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(drill_id) REFERENCES drills (id), FOREIGN KEY(added_by) REFERENCES
        accounts (id), FOREIGN KEY(inject_id) REFERENCES drill_injects (id)
    )""",
    "CREATE INDEX drill_files_by_drill ON drill_files (drill_id, added_at)",
    """CREATE TABLE drill_contents (
        file_id TEXT NOT NULL, content BLOB DEFAULT '' NOT NULL, PRIMARY KEY (file_id), CONSTRAINT drill_files_stay_small CHECK
        (length(content) <= 1048576), FOREIGN KEY(file_id) REFERENCES drill_files (id)
    )""",
)


def upgrade() -> None:
    """Add the tables, and the triggers that keep the days of drills append-only."""
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
