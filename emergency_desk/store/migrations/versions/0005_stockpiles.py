"""Stockpiles: items, depots, lots and the ledger of their movements, targets, and what others promised to give or to make."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("promise_draws", "stock_movements")

STATEMENTS = (
    """CREATE TABLE supply_items (
        id TEXT NOT NULL, code TEXT DEFAULT '' NOT NULL, name TEXT DEFAULT '' NOT NULL, unit TEXT DEFAULT '' NOT NULL, name_en
        TEXT DEFAULT '' NOT NULL, specification TEXT DEFAULT '' NOT NULL, packs TEXT DEFAULT '' NOT NULL, shelf_months INTEGER,
        note TEXT DEFAULT '' NOT NULL, is_retired INTEGER DEFAULT '0' NOT NULL, search_key TEXT DEFAULT '' NOT NULL, is_demo
        INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id)
    )""",
    "CREATE INDEX supply_items_by_code ON supply_items (code, name)",
    """CREATE TABLE depots (
        id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, owner TEXT DEFAULT '' NOT NULL, keeper TEXT DEFAULT '' NOT NULL, phone
        TEXT DEFAULT '' NOT NULL, kept_for TEXT DEFAULT '' NOT NULL, docks INTEGER, forklifts INTEGER, largest_truck_tonnes
        INTEGER, loading_minutes INTEGER, loading_note TEXT DEFAULT '' NOT NULL, counted_on TEXT, is_demo INTEGER DEFAULT '0' NOT
        NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES sites (id)
    )""",
    """CREATE TABLE stock_places (
        id TEXT NOT NULL, site_id TEXT NOT NULL, zone TEXT DEFAULT '' NOT NULL, bin TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT ''
        NOT NULL, is_retired INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN
        KEY(site_id) REFERENCES sites (id)
    )""",
    "CREATE UNIQUE INDEX stock_places_by_site ON stock_places (site_id, zone, bin)",
    """CREATE TABLE stock_targets (
        id TEXT NOT NULL, item_id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, minimum INTEGER DEFAULT '0' NOT NULL, target
        INTEGER DEFAULT '0' NOT NULL, area_id TEXT, site_id TEXT, most INTEGER, basis TEXT DEFAULT '' NOT NULL, is_demo INTEGER
        DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(item_id) REFERENCES supply_items
        (id), FOREIGN KEY(area_id) REFERENCES areas (id), FOREIGN KEY(site_id) REFERENCES sites (id)
    )""",
    "CREATE INDEX stock_targets_by_item ON stock_targets (item_id, kind)",
    """CREATE TABLE supply_promises (
        id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL, item_id TEXT NOT NULL, partner TEXT DEFAULT '' NOT NULL, number TEXT
        DEFAULT '' NOT NULL, owner TEXT DEFAULT '' NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL, call_off_hours INTEGER DEFAULT
        '0' NOT NULL, start_up_days INTEGER DEFAULT '0' NOT NULL, units_a_day INTEGER DEFAULT '0' NOT NULL, contact TEXT DEFAULT
        '' NOT NULL, phone TEXT DEFAULT '' NOT NULL, terms TEXT DEFAULT '' NOT NULL, signed_on TEXT, valid_until TEXT, area_id
        TEXT, is_demo INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), FOREIGN KEY(item_id)
        REFERENCES supply_items (id), FOREIGN KEY(area_id) REFERENCES areas (id)
    )""",
    "CREATE INDEX supply_promises_by_item ON supply_promises (item_id, kind)",
    """CREATE TABLE promise_draws (
        seq INTEGER NOT NULL, id TEXT NOT NULL, promise_id TEXT NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL, occurred_at
        INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, incident_id TEXT,
        told_to TEXT DEFAULT '' NOT NULL, reason TEXT DEFAULT '' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY
        (seq), UNIQUE (id), FOREIGN KEY(promise_id) REFERENCES supply_promises (id), FOREIGN KEY(account_id) REFERENCES accounts
        (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX promise_draws_by_promise ON promise_draws (promise_id, seq)",
    """CREATE TABLE lots (
        id TEXT NOT NULL, item_id TEXT NOT NULL, number TEXT DEFAULT '' NOT NULL, received_on TEXT DEFAULT '' NOT NULL, source
        TEXT DEFAULT '' NOT NULL, produced_on TEXT, expires_on TEXT, supplier TEXT DEFAULT '' NOT NULL, origin TEXT DEFAULT '' NOT
        NULL, price_fen INTEGER, inspection TEXT DEFAULT '' NOT NULL, inspected_on TEXT, responsible TEXT DEFAULT '' NOT NULL,
        note TEXT DEFAULT '' NOT NULL, is_demo INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY
        (id), FOREIGN KEY(item_id) REFERENCES supply_items (id)
    )""",
    "CREATE INDEX lots_by_item ON lots (item_id, number)",
    "CREATE INDEX lots_by_number ON lots (number)",
    """CREATE TABLE stock_movements (
        seq INTEGER NOT NULL, id TEXT NOT NULL, document TEXT DEFAULT '' NOT NULL, kind TEXT DEFAULT '' NOT NULL, lot_id TEXT NOT
        NULL, item_id TEXT NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL, from_account TEXT DEFAULT '' NOT NULL, to_account TEXT
        DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT
        NOT NULL, from_place TEXT DEFAULT '' NOT NULL, to_place TEXT DEFAULT '' NOT NULL, incident_id TEXT, counterpart TEXT
        DEFAULT '' NOT NULL, reason TEXT DEFAULT '' NOT NULL, approved_by TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL,
        reverses_id TEXT, is_exercise INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(lot_id)
        REFERENCES lots (id), FOREIGN KEY(item_id) REFERENCES supply_items (id), FOREIGN
        KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX movements_by_document ON stock_movements (document)",
    "CREATE INDEX movements_by_incident ON stock_movements (incident_id, seq) WHERE incident_id IS NOT NULL",
    "CREATE INDEX movements_by_item ON stock_movements (item_id, seq)",
    "CREATE INDEX movements_by_lot ON stock_movements (lot_id, seq)",
    "CREATE UNIQUE INDEX movements_reversed_once ON stock_movements (reverses_id) WHERE reverses_id IS NOT NULL",
    """CREATE TABLE stock_balances (
        lot_id TEXT NOT NULL, place_id TEXT NOT NULL, item_id TEXT DEFAULT '' NOT NULL, site_id TEXT DEFAULT '' NOT NULL,
        expires_on TEXT DEFAULT '' NOT NULL, stands INTEGER DEFAULT '0' NOT NULL, on_hand INTEGER DEFAULT '0' NOT NULL, free INTEGER
        DEFAULT '0' NOT NULL, reserved INTEGER DEFAULT '0' NOT NULL, quarantined INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (lot_id,
        place_id), CONSTRAINT never_below_nothing CHECK (free >= 0 AND reserved >= 0 AND quarantined >= 0 AND on_hand = free + reserved
        + quarantined AND stands = (on_hand > 0))
    ) WITHOUT ROWID""",
    "CREATE INDEX balances_by_expiry ON stock_balances (stands, expires_on, lot_id, place_id)",
    "CREATE INDEX balances_by_item ON stock_balances (stands, item_id, expires_on, lot_id, place_id)",
    "CREATE INDEX balances_of_item_at ON stock_balances (stands, item_id, site_id, expires_on, lot_id, place_id)",
    "CREATE INDEX balances_by_site ON stock_balances (stands, site_id, expires_on, lot_id, place_id)",
    """CREATE TABLE stock_claims (
        lot_id TEXT NOT NULL, kind TEXT NOT NULL, place_id TEXT NOT NULL, claim TEXT NOT NULL, quantity INTEGER DEFAULT '0' NOT
        NULL, PRIMARY KEY (lot_id, kind, place_id, claim), CONSTRAINT no_claim_below_nothing CHECK (quantity >= 0)
    ) WITHOUT ROWID""",
    "CREATE INDEX claims_by_claim ON stock_claims (claim, kind, lot_id)",
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
