"""Drills: what was planned, the injects of the script, who takes part, what happened, and the points of the evaluation."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

APPEND_ONLY = ("drill_marks",)

STATEMENTS = (
    """CREATE TABLE drills (
        id TEXT NOT NULL, number TEXT NOT NULL, title TEXT DEFAULT '' NOT NULL, form TEXT DEFAULT '' NOT NULL,
        planned_at INTEGER DEFAULT '0' NOT NULL, created_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL,
        plan_code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, scope TEXT DEFAULT '' NOT NULL,
        purpose TEXT DEFAULT '' NOT NULL, notice TEXT DEFAULT '' NOT NULL, place TEXT DEFAULT '' NOT NULL, aims TEXT
        DEFAULT '' NOT NULL, scenario TEXT DEFAULT '' NOT NULL, stop_conditions TEXT DEFAULT '' NOT NULL, expected_heads
        INTEGER, checks TEXT DEFAULT '' NOT NULL, state TEXT DEFAULT '' NOT NULL, started_at INTEGER, ended_at INTEGER,
        counted_heads INTEGER, serious_error TEXT DEFAULT '' NOT NULL, verdict TEXT, verdict_by TEXT DEFAULT '' NOT
        NULL, verdict_words TEXT DEFAULT '' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE
        (number), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX drills_by_plan ON drills (plan_code, planned_at)",
    "CREATE INDEX drills_by_time ON drills (planned_at, id)",
    """CREATE TABLE drill_injects (
        id TEXT NOT NULL, drill_id TEXT NOT NULL, number INTEGER DEFAULT '0' NOT NULL, at_minutes INTEGER DEFAULT '0'
        NOT NULL, to_whom TEXT DEFAULT '' NOT NULL, text TEXT DEFAULT '' NOT NULL, expected TEXT DEFAULT '' NOT NULL,
        limit_minutes INTEGER, released_at INTEGER, answered_at INTEGER, is_dropped INTEGER DEFAULT '0' NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(drill_id) REFERENCES drills (id)
    )""",
    "CREATE INDEX injects_by_drill ON drill_injects (drill_id, number)",
    """CREATE TABLE drill_people (
        id TEXT NOT NULL, drill_id TEXT NOT NULL, name TEXT DEFAULT '' NOT NULL, role TEXT DEFAULT '' NOT NULL, unit
        TEXT DEFAULT '' NOT NULL, signed_at INTEGER, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN
        KEY(drill_id) REFERENCES drills (id)
    )""",
    "CREATE INDEX drill_people_by_drill ON drill_people (drill_id, name)",
    """CREATE TABLE drill_marks (
        seq INTEGER NOT NULL, id TEXT NOT NULL, drill_id TEXT NOT NULL, step TEXT DEFAULT '' NOT NULL, occurred_at
        INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, about_id TEXT,
        text TEXT DEFAULT '' NOT NULL, person TEXT DEFAULT '' NOT NULL, heads INTEGER, PRIMARY KEY (seq), UNIQUE (id),
        FOREIGN KEY(drill_id) REFERENCES drills (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX drill_marks_by_drill ON drill_marks (drill_id, seq)",
    "CREATE INDEX drill_marks_by_subject ON drill_marks (about_id)",
    """CREATE TABLE drill_scores (
        id TEXT NOT NULL, drill_id TEXT NOT NULL, item_id TEXT DEFAULT '' NOT NULL, evaluator TEXT DEFAULT '' NOT NULL,
        scored_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, points INTEGER, is_met INTEGER, measured TEXT
        DEFAULT '' NOT NULL, evidence TEXT DEFAULT '' NOT NULL, mark_ids TEXT DEFAULT '' NOT NULL, version INTEGER
        DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(drill_id) REFERENCES drills (id), FOREIGN KEY(account_id)
        REFERENCES accounts (id)
    )""",
    "CREATE UNIQUE INDEX drill_scores_by_item ON drill_scores (drill_id, item_id)",
)


def upgrade() -> None:
    """Add the tables, and the triggers that keep what happened append-only."""
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
