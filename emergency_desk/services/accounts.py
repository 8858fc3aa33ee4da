"""Accounts: signing in with argon2, and making accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Account, Role
from emergency_desk.domain.errors import FieldMissing, NotFound, WrongPassword
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk, Done

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def sign_in(desk: Desk, *, name: str, password: str) -> Done[Account]:
    """Sign somebody in at this desk. Raises WrongPassword, also for an unknown name; both are journalled."""
    with desk.reading() as reading:
        found = reading.accounts.where("WHERE name = ?", (name.strip(),))
        kept = reading.password_hash(found[0].id) if found else ""
    if not found or not _matches(kept, password):
        with desk.open_work() as work:
            work.commit("sign_in_refused", name=name.strip()[:80])
        raise WrongPassword(name=name.strip())
    desk.account = found[0]
    with desk.open_work() as work:
        return Done(found[0], work.commit("sign_in", account=found[0].name))


def act_as(desk: Desk, *, name: str) -> Account:
    """Let a demo desk act as one of its demo accounts without a password. Raises NotFound for any other account."""
    with desk.reading() as reading:
        found = reading.accounts.where("WHERE name = ?", (name,))
    if not found or not (found[0].is_demo and desk.facts.is_demo):
        raise NotFound(kind="accounts", key=name)
    desk.account = found[0]
    return found[0]


def list_accounts(desk: Desk) -> list[Account]:
    """Return every account, by name."""
    with desk.reading() as reading:
        return reading.accounts.where("ORDER BY name")


def add_account(
    desk: Desk, *, name: str, display_name: str, roles: tuple[Role, ...], area_id: Id, password: str, display_name_en: str = "",
    is_demo: bool = False,
) -> Done[Account]:
    """Make an account. Raises FieldMissing."""
    for field, value in (("name", name), ("display_name", display_name), ("password", password)):
        if not value.strip():
            raise FieldMissing(name=field)
    account = Account(id=desk.new_id(), name=name.strip(), display_name=display_name.strip(), roles=roles, area_id=area_id,
                      display_name_en=display_name_en, is_demo=is_demo)
    with desk.open_work() as work:
        account = work.accounts.add(account)
        work.keep_secret(account.id, hash_password(password))
        return Done(account, work.commit("add_account", account=account.name, roles=[role.value for role in roles]))


def change_password(desk: Desk, *, account_id: Id, password: str) -> Done[Account]:
    """Set a new password. Raises FieldMissing."""
    if not password.strip():
        raise FieldMissing(name="password")
    with desk.open_work() as work:
        account = work.accounts.get(account_id)
        account = work.accounts.put(replace(account))
        work.keep_secret(account.id, hash_password(password))
        return Done(account, work.commit("change_password", account=account.name))


def hash_password(password: str, *, salt: bytes | None = None) -> str:
    """Return the argon2 hash of a password; the salt is random unless given."""
    return _hasher().hash(password, salt=salt)


def _matches(kept: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(kept) and _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()
