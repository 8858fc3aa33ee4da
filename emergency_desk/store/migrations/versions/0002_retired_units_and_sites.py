"""Units and sites can be retired: out of every list, kept with their history, brought back when wanted."""

from __future__ import annotations

from alembic import op

from emergency_desk.store.migrations.resealing import reseal

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE units ADD COLUMN is_retired INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE sites ADD COLUMN is_retired INTEGER DEFAULT '0' NOT NULL",
)
_UNIT = ("id", "kind", "name", "name_en", "code", "area_id", "duty_phone", "fax", "address", "contact", "lead_unit", "member_units", "office",
         "standing_members", "hazards", "note", "source")
_SITE = ("id", "kind", "name", "area_id", "code", "name_en", "address", "place_path", "latitude", "longitude", "phone", "unit_name", "capacity",
         "effective_area_m2", "note", "source")
_LAST = ("search_key", "is_demo", "version")


def upgrade() -> None:
    """Add the columns; what stands in the register is in use."""
    for statement in STATEMENTS:
        op.execute(statement)
    reseal(op.get_bind(), revision=revision, tables={
        "units": ((*_UNIT, *_LAST), (*_UNIT, "is_retired", *_LAST)), "sites": ((*_SITE, *_LAST), (*_SITE, "is_retired", *_LAST))})


def downgrade() -> None:
    """There is no way back: the backup made before the migration is the way back."""
    raise RuntimeError("migrations only go forward; open the backup made before this one")
