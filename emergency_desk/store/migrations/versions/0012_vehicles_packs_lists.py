"""Several vehicles of a release order, packs that changed, the list of an allocation; movements and gifts found by their day."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APPEND_ONLY = ("leg_receipts", "pack_changes", "allocation_lists")

STATEMENTS = (
    "CREATE INDEX movements_by_time ON stock_movements (occurred_at, seq)",
    "CREATE INDEX lots_given ON lots (received_on, id) WHERE source = 'donation'",
    """CREATE TABLE release_legs (
        id TEXT NOT NULL, order_id TEXT NOT NULL, serial INTEGER DEFAULT '0' NOT NULL, document TEXT DEFAULT '' NOT NULL, recorded_at
        INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, vehicle TEXT DEFAULT '' NOT NULL, departed_at INTEGER DEFAULT '0' NOT
        NULL, driver TEXT DEFAULT '' NOT NULL, driver_phone TEXT DEFAULT '' NOT NULL, carrier TEXT DEFAULT '' NOT NULL, waybill TEXT
        DEFAULT '' NOT NULL, expected_at INTEGER, arrived_at INTEGER, note TEXT DEFAULT '' NOT NULL, version INTEGER DEFAULT '0' NOT
        NULL, PRIMARY KEY (id), FOREIGN KEY(order_id) REFERENCES release_orders (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX release_legs_by_order ON release_legs (order_id, serial)",
    """CREATE TABLE leg_receipts (
        seq INTEGER NOT NULL, id TEXT NOT NULL, leg_id TEXT NOT NULL, document TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE
        (id), FOREIGN KEY(leg_id) REFERENCES release_legs (id)
    )""",
    "CREATE INDEX leg_receipts_by_leg ON leg_receipts (leg_id, seq)",
    """CREATE TABLE pack_changes (
        seq INTEGER NOT NULL, id TEXT NOT NULL, item_id TEXT NOT NULL, before TEXT DEFAULT '' NOT NULL, packs TEXT DEFAULT '' NOT NULL,
        recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, reason TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE
        (id), FOREIGN KEY(item_id) REFERENCES supply_items (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX pack_changes_by_item ON pack_changes (item_id, seq)",
    """CREATE TABLE allocation_lists (
        seq INTEGER NOT NULL, id TEXT NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, wanted TEXT DEFAULT
        '' NOT NULL, fixed TEXT DEFAULT '' NOT NULL, reach_minutes INTEGER, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(account_id)
        REFERENCES accounts (id)
    )""",
)


def upgrade() -> None:
    """Add the tables and indexes, and the triggers that keep the new ledgers append-only."""
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
