"""Alembic's entry: runs on the connection it is given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context
from alembic.runtime.migration import MigrationInfo

_about = context.config.attributes


def _applied(ctx: object, step: MigrationInfo, heads: object, run_args: object) -> None:
    """Tell of the next migration as soon as one is done."""
    _about["begun"](int(str(step.up_revision_id)) + 1)


context.configure(connection=_about["connection"], transactional_ddl=True, transaction_per_migration=False, on_version_apply=_applied)
context.run_migrations()
