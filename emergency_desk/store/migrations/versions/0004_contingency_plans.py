"""Contingency plans: the moves of a version's life, drafts kept by part, suggestions from use, contacts that were tried."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = ("plan_moves", "plan_edits", "contact_tries")

STATEMENTS = (
    """CREATE TABLE plan_moves (
        seq INTEGER NOT NULL, id TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, kind TEXT
        DEFAULT '' NOT NULL, on_date TEXT DEFAULT '' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL,
        person TEXT DEFAULT '' NOT NULL, unit TEXT DEFAULT '' NOT NULL, number TEXT DEFAULT '' NOT NULL, route TEXT, result TEXT,
        "trigger" TEXT, scope TEXT, matters TEXT DEFAULT '' NOT NULL, due_on TEXT, base_version TEXT DEFAULT '' NOT NULL,
        replaced_by TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN
        KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX plan_moves_by_plan ON plan_moves (code, plan_version, seq)",
    """CREATE TABLE plan_drafts (
        id TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL,
        tier TEXT DEFAULT '' NOT NULL, started_at INTEGER DEFAULT '0' NOT NULL, started_by TEXT NOT NULL, title TEXT DEFAULT ''
        NOT NULL, title_en TEXT DEFAULT '' NOT NULL, hazard_types TEXT DEFAULT '' NOT NULL, near_types TEXT DEFAULT '' NOT NULL,
        area_code TEXT DEFAULT '' NOT NULL, parent TEXT DEFAULT '' NOT NULL, aligned TEXT DEFAULT '' NOT NULL, base_version TEXT
        DEFAULT '' NOT NULL, scope TEXT DEFAULT '' NOT NULL, "trigger" TEXT, source TEXT DEFAULT '' NOT NULL, state TEXT DEFAULT
        '' NOT NULL, changed_at INTEGER, changed_by TEXT, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN
        KEY(started_by) REFERENCES accounts (id), FOREIGN KEY(changed_by) REFERENCES accounts (id)
    )""",
    "CREATE INDEX plan_drafts_by_plan ON plan_drafts (code, plan_version)",
    "CREATE INDEX plan_drafts_by_state ON plan_drafts (state, started_at)",
    """CREATE TABLE plan_parts (
        id TEXT NOT NULL, draft_id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, "key" TEXT DEFAULT '' NOT NULL, position INTEGER
        DEFAULT '0' NOT NULL, content TEXT DEFAULT '' NOT NULL, changed_at INTEGER DEFAULT '0' NOT NULL, changed_by TEXT NOT NULL,
        is_removed INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(draft_id)
        REFERENCES plan_drafts (id), FOREIGN KEY(changed_by) REFERENCES accounts (id)
    )""",
    "CREATE INDEX plan_parts_by_draft ON plan_parts (draft_id, kind, position)",
    """CREATE TABLE plan_edits (
        seq INTEGER NOT NULL, id TEXT NOT NULL, draft_id TEXT NOT NULL, act_id TEXT DEFAULT '' NOT NULL, act TEXT DEFAULT '' NOT
        NULL, part_id TEXT DEFAULT '' NOT NULL, at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, part_version INTEGER
        DEFAULT '0' NOT NULL, "before" TEXT DEFAULT '' NOT NULL, undoes_id TEXT, PRIMARY KEY (seq), UNIQUE (id), FOREIGN
        KEY(draft_id) REFERENCES plan_drafts (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX plan_edits_by_draft ON plan_edits (draft_id, seq)",
    "CREATE INDEX plan_edits_by_part ON plan_edits (part_id, seq)",
    """CREATE TABLE plan_suggestions (
        id TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, clause TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL, source TEXT DEFAULT '' NOT NULL, made_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT
        NULL, source_id TEXT DEFAULT '' NOT NULL, source_key TEXT DEFAULT '' NOT NULL, state TEXT DEFAULT '' NOT NULL, reason TEXT
        DEFAULT '' NOT NULL, decided_at INTEGER, decided_by TEXT, taken_into TEXT DEFAULT '' NOT NULL, version INTEGER DEFAULT '0'
        NOT NULL, PRIMARY KEY (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(decided_by) REFERENCES accounts
        (id)
    )""",
    "CREATE INDEX plan_suggestions_by_plan ON plan_suggestions (code, state, made_at)",
    "CREATE INDEX plan_suggestions_by_source ON plan_suggestions (source_id, source_key)",
    """CREATE TABLE contact_tries (
        seq INTEGER NOT NULL, id TEXT NOT NULL, unit TEXT DEFAULT '' NOT NULL, role TEXT DEFAULT '' NOT NULL, phone TEXT DEFAULT
        '' NOT NULL, tried_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, is_answered INTEGER DEFAULT '0' NOT NULL,
        note TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX contact_tries_by_unit ON contact_tries (unit, role, seq)",
)

# Derived from the plans' texts and outside the journal: what a shelf of thousands of plans is listed and searched by. Built anew whenever
# it is missing, so that it is no record of anything. The index keeps no text and no places: what it finds is looked over again.
DERIVED = (
    """CREATE TABLE plan_backs (
        plan_id TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL, title TEXT DEFAULT '' NOT NULL,
        title_en TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL, tier TEXT DEFAULT '' NOT NULL, area_code TEXT DEFAULT ''
        NOT NULL, hazard_types TEXT DEFAULT '' NOT NULL, near_types TEXT DEFAULT '' NOT NULL, parent TEXT DEFAULT '' NOT NULL,
        aligned TEXT DEFAULT '' NOT NULL, tiers TEXT DEFAULT '' NOT NULL, clauses INTEGER DEFAULT '0' NOT NULL, mark TEXT DEFAULT ''
        NOT NULL, PRIMARY KEY (plan_id)
    )""",
    """CREATE TABLE plan_contents (
        plan_id TEXT NOT NULL, wants TEXT DEFAULT '' NOT NULL, content BLOB DEFAULT '' NOT NULL, PRIMARY KEY (plan_id)
    )""",
    """CREATE TABLE plan_indexed (
        owner_id TEXT NOT NULL, mark TEXT DEFAULT '' NOT NULL, code TEXT DEFAULT '' NOT NULL, plan_version TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (owner_id)
    )""",
    """CREATE TABLE plan_pieces (
        place INTEGER NOT NULL, owner_id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, clause TEXT DEFAULT '' NOT NULL, zh TEXT
        DEFAULT '' NOT NULL, en TEXT DEFAULT '' NOT NULL, PRIMARY KEY (place)
    )""",
    "CREATE INDEX plan_pieces_by_owner ON plan_pieces (owner_id)",
    "CREATE TABLE plan_words (word TEXT NOT NULL, PRIMARY KEY (word)) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE plan_tokens USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
)


def upgrade() -> None:
    """Add the tables, and the triggers that keep the new ledgers append-only."""
    for statement in (*STATEMENTS, *DERIVED):
        op.execute(statement)
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")


def downgrade() -> None:
    """There is no way back: the backup made before the migration is the way back."""
    raise RuntimeError("migrations only go forward; open the backup made before this one")
