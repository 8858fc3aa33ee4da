"""Who acts in an exported walk where a desk is founded anew."""

from __future__ import annotations

from emergency_desk.domain.accounts import Account, Role
from emergency_desk.domain.areas import LADDER
from emergency_desk.services.desk import Desk


def founded_account(desk: Desk, account: Account | None) -> str:
    """Return the account that a founded desk has in the place of a real one: its area's leader or officer."""
    area = desk.tree.by_id[account.area_id] if account is not None else desk.area
    if area.tier not in LADDER or not area.code or not desk.tree.is_within(area.id, desk.facts.area_id):
        area = next((each for each in reversed(desk.tree.path(desk.facts.area_id)) if each.code), desk.area)
    leads = account is None or bool({Role.DUTY_LEADER, Role.ADMINISTRATOR}.intersection(account.roles))
    return f"{'leader' if leads else 'officer'}_{area.code}"
