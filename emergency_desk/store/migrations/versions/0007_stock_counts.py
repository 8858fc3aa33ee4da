"""Stock-taking: counts, what they are about, what was counted; and the pictures of items."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("stock_count_lines", "stock_tallies")

STATEMENTS = (
    """CREATE TABLE stock_counts (
        id TEXT NOT NULL, number TEXT NOT NULL, site_id TEXT NOT NULL, opened_at INTEGER DEFAULT '0' NOT NULL, opened_by TEXT NOT NULL,
        opened_seq INTEGER DEFAULT '0' NOT NULL, zones TEXT DEFAULT '' NOT NULL, item_ids TEXT DEFAULT '' NOT NULL, is_blind INTEGER
        DEFAULT '0' NOT NULL, second_beyond INTEGER, state TEXT DEFAULT '' NOT NULL, closed_at INTEGER, closed_by TEXT,
        closed_seq INTEGER, reason TEXT DEFAULT '' NOT NULL, document TEXT DEFAULT '' NOT NULL, is_demo INTEGER DEFAULT '0' NOT NULL,
        version INTEGER DEFAULT '0' NOT
        NULL, PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(site_id) REFERENCES sites (id), FOREIGN KEY(opened_by) REFERENCES accounts
        (id), FOREIGN KEY(closed_by) REFERENCES accounts (id)
    )""",
    "CREATE INDEX counts_by_state ON stock_counts (state, opened_at)",
    "CREATE INDEX counts_by_site ON stock_counts (site_id, opened_at)",
    """CREATE TABLE stock_count_lines (
        seq INTEGER NOT NULL, id TEXT NOT NULL, count_id TEXT NOT NULL, number INTEGER DEFAULT '0' NOT NULL, lot_id TEXT NOT NULL,
        place_id TEXT NOT NULL, item_id TEXT NOT NULL, booked INTEGER DEFAULT '0' NOT NULL, is_found INTEGER DEFAULT '0' NOT NULL,
        PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(count_id) REFERENCES stock_counts (id), FOREIGN KEY(lot_id) REFERENCES lots (id),
        FOREIGN KEY(place_id) REFERENCES stock_places (id), FOREIGN KEY(item_id) REFERENCES supply_items (id)
    )""",
    "CREATE UNIQUE INDEX count_lines_once ON stock_count_lines (count_id, lot_id, place_id)",
    "CREATE INDEX count_lines_by_lot ON stock_count_lines (lot_id, place_id)",
    """CREATE TABLE stock_tallies (
        seq INTEGER NOT NULL, id TEXT NOT NULL, count_id TEXT NOT NULL, line_id TEXT NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL,
        counted_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, after_seq INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, counted_by TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE (id),
        FOREIGN KEY(count_id) REFERENCES stock_counts (id), FOREIGN KEY(line_id) REFERENCES stock_count_lines (id), FOREIGN
        KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX tallies_by_count ON stock_tallies (count_id, seq)",
    """CREATE TABLE item_photos (
        id TEXT NOT NULL, item_id TEXT NOT NULL, caption TEXT DEFAULT '' NOT NULL, digest TEXT DEFAULT '' NOT NULL, width INTEGER
        DEFAULT '0' NOT NULL, height INTEGER DEFAULT '0' NOT NULL, added_at INTEGER DEFAULT '0' NOT NULL, added_by TEXT NOT NULL,
        is_retired INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(item_id)
        REFERENCES supply_items (id), FOREIGN KEY(added_by) REFERENCES accounts (id)
    )""",
    "CREATE INDEX photos_by_item ON item_photos (item_id, added_at)",
    """CREATE TABLE item_pictures (
        photo_id TEXT NOT NULL, content BLOB DEFAULT '' NOT NULL, PRIMARY KEY (photo_id), CONSTRAINT pictures_stay_small CHECK
        (length(content) <= 262144), FOREIGN KEY(photo_id) REFERENCES item_photos (id)
    )""",
)


def upgrade() -> None:
    """Add the tables, and the triggers that keep what was counted append-only."""
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
