"""From request to receipt: requests and what was decided, release orders on their way, what was handed out, requisitions, published gifts."""

from __future__ import annotations

from alembic import op

from emergency_desk.store.migrations.resealing import reseal

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("distributions", "donation_publications", "release_lines", "release_steps", "requisition_steps", "supply_decisions",
               "supply_request_lines")

STATEMENTS = (
    "ALTER TABLE stock_movements ADD COLUMN order_id TEXT",
    "CREATE INDEX movements_by_order ON stock_movements (order_id, seq) WHERE order_id IS NOT NULL",
    """CREATE TABLE supply_requests (
        id TEXT NOT NULL, number TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, area_id TEXT NOT NULL, to_tier TEXT DEFAULT '' NOT
        NULL, asked_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, purpose
        TEXT DEFAULT '' NOT NULL, incident_id TEXT, site_id TEXT, place TEXT DEFAULT '' NOT NULL, asked_by TEXT DEFAULT '' NOT
        NULL, phone TEXT DEFAULT '' NOT NULL, priority TEXT DEFAULT '' NOT NULL, needed_by INTEGER, note TEXT DEFAULT '' NOT NULL,
        follows_id TEXT, state TEXT DEFAULT '' NOT NULL, heard_from TEXT DEFAULT '' NOT NULL, heard_how TEXT DEFAULT '' NOT NULL,
        read_back INTEGER DEFAULT '0' NOT NULL, is_exercise INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL,
        PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(area_id) REFERENCES areas (id), FOREIGN KEY(account_id) REFERENCES accounts
        (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(site_id) REFERENCES sites (id), FOREIGN
        KEY(follows_id) REFERENCES supply_requests (id)
    )""",
    "CREATE INDEX supply_requests_by_follows ON supply_requests (follows_id)",
    "CREATE INDEX supply_requests_by_incident ON supply_requests (incident_id)",
    "CREATE INDEX supply_requests_by_state ON supply_requests (state, needed_by)",
    """CREATE TABLE supply_request_lines (
        seq INTEGER NOT NULL, id TEXT NOT NULL, request_id TEXT NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL, item_id TEXT,
        capability TEXT DEFAULT '' NOT NULL, unit TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq),
        UNIQUE (id), FOREIGN KEY(request_id) REFERENCES supply_requests (id), FOREIGN KEY(item_id) REFERENCES supply_items (id)
    )""",
    "CREATE INDEX request_lines_by_request ON supply_request_lines (request_id, seq)",
    """CREATE TABLE supply_decisions (
        seq INTEGER NOT NULL, id TEXT NOT NULL, request_id TEXT NOT NULL, line_id TEXT NOT NULL, kind TEXT DEFAULT '' NOT NULL,
        quantity INTEGER DEFAULT '0' NOT NULL, occurred_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL,
        account_id TEXT NOT NULL, decided_by TEXT DEFAULT '' NOT NULL, reason TEXT DEFAULT '' NOT NULL, upward_id TEXT, heard_from
        TEXT DEFAULT '' NOT NULL, heard_how TEXT DEFAULT '' NOT NULL, read_back INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq),
        UNIQUE (id), FOREIGN KEY(request_id) REFERENCES supply_requests (id), FOREIGN KEY(line_id) REFERENCES supply_request_lines
        (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(upward_id) REFERENCES supply_requests (id)
    )""",
    "CREATE INDEX supply_decisions_by_request ON supply_decisions (request_id, seq)",
    """CREATE TABLE release_orders (
        id TEXT NOT NULL, number TEXT NOT NULL, site_id TEXT NOT NULL, ordered_at INTEGER DEFAULT '0' NOT NULL, recorded_at
        INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, approved_by TEXT DEFAULT '' NOT NULL, approved_how TEXT DEFAULT ''
        NOT NULL, request_id TEXT, incident_id TEXT, to_site_id TEXT, place TEXT DEFAULT '' NOT NULL, receiver TEXT DEFAULT '' NOT
        NULL, phone TEXT DEFAULT '' NOT NULL, state TEXT DEFAULT '' NOT NULL, carrier TEXT DEFAULT '' NOT NULL, vehicle TEXT
        DEFAULT '' NOT NULL, driver TEXT DEFAULT '' NOT NULL, driver_phone TEXT DEFAULT '' NOT NULL, waybill TEXT DEFAULT '' NOT
        NULL, departed_at INTEGER, expected_at INTEGER, arrived_at INTEGER, note TEXT DEFAULT '' NOT NULL, is_exercise INTEGER
        DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (number), FOREIGN KEY(site_id)
        REFERENCES sites (id), FOREIGN KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(request_id) REFERENCES
        supply_requests (id), FOREIGN KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(to_site_id) REFERENCES sites (id)
    )""",
    "CREATE INDEX release_orders_by_incident ON release_orders (incident_id)",
    "CREATE INDEX release_orders_by_request ON release_orders (request_id)",
    "CREATE INDEX release_orders_by_state ON release_orders (state, expected_at)",
    """CREATE TABLE release_lines (
        seq INTEGER NOT NULL, id TEXT NOT NULL, order_id TEXT NOT NULL, item_id TEXT NOT NULL, lot_id TEXT NOT NULL, place_id TEXT
        DEFAULT '' NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL, request_line_id TEXT, PRIMARY KEY (seq), UNIQUE (id), FOREIGN
        KEY(order_id) REFERENCES release_orders (id), FOREIGN KEY(item_id) REFERENCES supply_items (id), FOREIGN KEY(lot_id)
        REFERENCES lots (id), FOREIGN KEY(request_line_id) REFERENCES supply_request_lines (id)
    )""",
    "CREATE INDEX release_lines_by_order ON release_lines (order_id, seq)",
    "CREATE INDEX release_lines_by_request_line ON release_lines (request_line_id)",
    """CREATE TABLE release_steps (
        seq INTEGER NOT NULL, id TEXT NOT NULL, order_id TEXT NOT NULL, step TEXT DEFAULT '' NOT NULL, occurred_at INTEGER DEFAULT
        '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, document TEXT DEFAULT '' NOT NULL,
        person TEXT DEFAULT '' NOT NULL, how TEXT DEFAULT '' NOT NULL, packages INTEGER, reason TEXT DEFAULT '' NOT NULL,
        approved_by TEXT DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(order_id) REFERENCES release_orders
        (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX release_steps_by_order ON release_steps (order_id, seq)",
    """CREATE TABLE distributions (
        seq INTEGER NOT NULL, id TEXT NOT NULL, document TEXT DEFAULT '' NOT NULL, item_id TEXT NOT NULL, quantity INTEGER DEFAULT
        '0' NOT NULL, households INTEGER DEFAULT '0' NOT NULL, heads INTEGER DEFAULT '0' NOT NULL, occurred_at INTEGER DEFAULT '0'
        NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, place TEXT DEFAULT '' NOT NULL, handed_by
        TEXT DEFAULT '' NOT NULL, kept_at TEXT DEFAULT '' NOT NULL, incident_id TEXT, note TEXT DEFAULT '' NOT NULL, is_exercise
        INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(item_id) REFERENCES supply_items (id), FOREIGN
        KEY(account_id) REFERENCES accounts (id), FOREIGN KEY(incident_id) REFERENCES incidents (id)
    )""",
    "CREATE INDEX distributions_by_document ON distributions (document)",
    "CREATE INDEX distributions_by_incident ON distributions (incident_id, seq)",
    """CREATE TABLE requisitions (
        id TEXT NOT NULL, number TEXT NOT NULL, incident_id TEXT NOT NULL, tier TEXT DEFAULT '' NOT NULL, area_id TEXT NOT NULL,
        what TEXT DEFAULT '' NOT NULL, quantity INTEGER DEFAULT '0' NOT NULL, unit TEXT DEFAULT '' NOT NULL, decided_at INTEGER
        DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, decided_by TEXT DEFAULT '' NOT
        NULL, purpose TEXT DEFAULT '' NOT NULL, model TEXT DEFAULT '' NOT NULL, place TEXT DEFAULT '' NOT NULL, executor TEXT
        DEFAULT '' NOT NULL, item_id TEXT, from_on TEXT, until_on TEXT, basis TEXT DEFAULT '' NOT NULL, personal_id TEXT,
        personal_digest TEXT DEFAULT '' NOT NULL, is_post_hoc INTEGER DEFAULT '0' NOT NULL, paper_due_at INTEGER, issued_at
        INTEGER, return_item_id TEXT, compensation_item_id TEXT, state TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT NULL,
        is_exercise INTEGER DEFAULT '0' NOT NULL, version INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id), UNIQUE (number), FOREIGN
        KEY(incident_id) REFERENCES incidents (id), FOREIGN KEY(area_id) REFERENCES areas (id), FOREIGN KEY(account_id) REFERENCES
        accounts (id), FOREIGN KEY(item_id) REFERENCES supply_items (id), FOREIGN KEY(return_item_id) REFERENCES aftermath_items
        (id), FOREIGN KEY(compensation_item_id) REFERENCES aftermath_items (id)
    )""",
    "CREATE INDEX requisitions_by_incident ON requisitions (incident_id)",
    "CREATE INDEX requisitions_by_state ON requisitions (state, paper_due_at)",
    """CREATE TABLE requisition_steps (
        seq INTEGER NOT NULL, id TEXT NOT NULL, requisition_id TEXT NOT NULL, step TEXT DEFAULT '' NOT NULL, occurred_at INTEGER
        DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT NULL, account_id TEXT NOT NULL, quantity INTEGER DEFAULT '0' NOT
        NULL, fen INTEGER DEFAULT '0' NOT NULL, document TEXT DEFAULT '' NOT NULL, person TEXT DEFAULT '' NOT NULL, note TEXT
        DEFAULT '' NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(requisition_id) REFERENCES requisitions (id), FOREIGN
        KEY(account_id) REFERENCES accounts (id)
    )""",
    "CREATE INDEX requisition_steps_by_requisition ON requisition_steps (requisition_id, seq)",
    """CREATE TABLE donation_publications (
        seq INTEGER NOT NULL, id TEXT NOT NULL, published_at INTEGER DEFAULT '0' NOT NULL, recorded_at INTEGER DEFAULT '0' NOT
        NULL, account_id TEXT NOT NULL, place TEXT DEFAULT '' NOT NULL, lots INTEGER DEFAULT '0' NOT NULL, note TEXT DEFAULT ''
        NOT NULL, PRIMARY KEY (seq), UNIQUE (id), FOREIGN KEY(account_id) REFERENCES accounts (id)
    )""",
)
_MOVEMENT = ("id", "document", "kind", "lot_id", "item_id", "quantity", "from_account", "to_account", "occurred_at", "recorded_at",
             "account_id", "from_place", "to_place", "incident_id", "counterpart", "reason", "approved_by", "note", "reverses_id",
             "is_exercise")


def upgrade() -> None:
    """Add the tables and the order of a movement, and the triggers that keep the new ledgers append-only."""
    for statement in STATEMENTS:
        op.execute(statement)
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
    reseal(op.get_bind(), revision=revision, tables={"stock_movements": (_MOVEMENT, (*_MOVEMENT, "order_id"))})


def downgrade() -> None:
    """There is no way back: the backup made before the migration is the way back."""
    raise RuntimeError("migrations only go forward; open the backup made before this one")
