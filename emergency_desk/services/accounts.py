"""Accounts: signing in with argon2, and keeping who may sign in, as what, for which area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Account, Act, Role
from emergency_desk.domain.changes import NOTHING_CHANGED
from emergency_desk.domain.errors import (
    AccountRetired,
    FieldMissing,
    FieldUnreadable,
    LastAdministrator,
    NameTaken,
    NotFound,
    SignInNeeded,
    WrongPassword,
)
from emergency_desk.domain.ids import Id
from emergency_desk.services import library
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.library import IDLE_SETTING
from emergency_desk.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from argon2 import PasswordHasher

IDLE_MINUTES = 15  # [house] of a desk that nobody set otherwise
_LONGEST_IDLE = 24 * 60


# -- who sits at the desk ---------------------------------------------------------------------------------------------
def sign_in(desk: Desk, *, name: str, password: str) -> Done[Account]:
    """Sign somebody in at this desk. Raises WrongPassword, also for an unknown name, and AccountRetired; all are journalled."""
    with desk.reading() as reading:
        found = reading.accounts.where("WHERE name = ?", (name.strip(),))
        kept = reading.password_hash(found[0].id) if found else ""
    if not found or not _matches(kept, password):
        _journal_refusal(desk, name)
        raise WrongPassword(name=name.strip())
    if found[0].is_retired:
        _journal_refusal(desk, name)
        raise AccountRetired(account=found[0].display_name)
    return _seat(desk, found[0])


def wake(desk: Desk, *, password: str) -> Done[Account]:
    """Let the account at the desk go on after a rest. Raises WrongPassword, SignInNeeded; both ways are journalled."""
    account = desk.account
    if account is None:
        raise SignInNeeded(act="wake")
    with desk.reading() as reading:
        kept = reading.password_hash(account.id)
    if not _matches(kept, password):
        _journal_refusal(desk, account.name)
        raise WrongPassword(name=account.name)
    desk.rested_minutes = 0
    if desk.store.is_read_only:
        return Done(account, NOTHING_CHANGED)
    with desk.open_work() as work:
        return Done(account, work.commit("wake", account=account.name))


def rest(desk: Desk, *, quiet_minutes: int) -> bool:
    """Let the next act ask for the password when the desk was quiet long enough; never while an incident is open. Says whether it rests."""
    longest = idle_minutes(desk)
    with desk.reading() as reading:
        is_open = bool(reading.open_incident_lines())
    is_due = bool(desk.rested_minutes) or 0 < longest <= quiet_minutes
    desk.rested_minutes = max(quiet_minutes, desk.rested_minutes) if is_due and desk.account is not None and not is_open else 0
    return desk.rested_minutes > 0


def act_as(desk: Desk, *, name: str) -> Account:
    """Let a demo desk act as one of its demo accounts without a password. Raises NotFound for any other account."""
    with desk.reading() as reading:
        found = reading.accounts.where("WHERE name = ?", (name,))
    if not found or not (found[0].is_demo and desk.facts.is_demo) or found[0].is_retired:
        raise NotFound(kind="accounts", key=name)
    desk.account = found[0]
    return found[0]


def change_officer(desk: Desk, *, name: str) -> Done[Account]:
    """Let another demo account sit down at a demo desk, journalled like a sign-in. Raises NotFound."""
    return _seat(desk, act_as(desk, name=name))


def _seat(desk: Desk, account: Account) -> Done[Account]:
    desk.account, desk.rested_minutes = account, 0
    if desk.store.is_read_only or desk.is_closed:  # another program has the journal; and whoever looks at a sealed twin leaves no trace in it
        return Done(account, NOTHING_CHANGED)
    with desk.open_work() as work:
        return Done(account, work.commit("sign_in", account=account.name))


def _journal_refusal(desk: Desk, name: str) -> None:
    if desk.store.is_read_only:
        return
    with desk.open_work() as work:
        work.commit("sign_in_refused", name=name.strip()[:80])


# -- the accounts of the desk -----------------------------------------------------------------------------------------
def list_accounts(desk: Desk) -> list[Account]:
    """Return every account, by name, the retired ones too."""
    with desk.reading() as reading:
        return reading.accounts.where("ORDER BY name")


def add_account(
    desk: Desk, *, name: str, display_name: str, roles: tuple[Role, ...], area_id: Id, password: str, display_name_en: str = "",
    phone: str = "", is_demo: bool = False,
) -> Done[Account]:
    """Make an account. Raises FieldMissing, NameTaken, NotFound, RoleMissing."""
    desk.may(Act.KEEP_ACCOUNTS)
    account = new_account(desk, name=name, display_name=display_name, roles=roles, area_id=area_id, password=password,
                          display_name_en=display_name_en, phone=phone, is_demo=is_demo)
    with desk.open_work() as work:
        work.areas.get(area_id)
        if work.accounts.where("WHERE name = ?", (account.name,)):
            raise NameTaken(account=account.name)
        account = work.accounts.add(account)
        work.keep_secret(account.id, hash_password(password))
        return Done(account, work.commit("add_account", account=account.name, roles=[role.value for role in account.roles]))


def change_account(
    desk: Desk, *, account_id: Id, display_name: str, roles: tuple[Role, ...], area_id: Id, display_name_en: str = "", phone: str = "",
    version: int | None = None,
) -> Done[Account]:
    """Change who an account is, what it may do and where. `version`: the one the form was read at.

    Raises FieldMissing, LastAdministrator, NotFound, RoleMissing, Stale.
    """
    desk.may(Act.KEEP_ACCOUNTS)
    _check(display_name=display_name, roles=roles)
    with desk.open_work() as work:
        work.areas.get(area_id)
        account = work.accounts.get(account_id)
        changed = replace(account, display_name=display_name.strip(), roles=_ordered(roles), area_id=area_id, phone=phone.strip(),
                          display_name_en=display_name_en.strip(), version=account.version if version is None else version)
        _keep_an_administrator(work, changed)
        changed = work.accounts.put(changed)
        done = Done(changed, work.commit("change_account", account=changed.name, roles=[role.value for role in changed.roles]))
    if desk.account is not None and desk.account.id == changed.id:
        desk.account = changed
    return done


def retire_account(desk: Desk, *, account_id: Id) -> Done[Account]:
    """Retire an account: what it did keeps its name, but it signs in no more. Raises LastAdministrator, NotFound, RoleMissing."""
    return _set_retired(desk, account_id, is_retired=True)


def bring_back_account(desk: Desk, *, account_id: Id) -> Done[Account]:
    """Let a retired account sign in again. Raises NotFound, RoleMissing."""
    return _set_retired(desk, account_id, is_retired=False)


def change_password(desk: Desk, *, account_id: Id, password: str) -> Done[Account]:
    """Set a new password: one's own, or as an administrator anybody's. Raises FieldMissing, NotFound, RoleMissing."""
    if desk.account is None or desk.account.id != account_id:
        desk.may(Act.KEEP_ACCOUNTS)
    if not password.strip():
        raise FieldMissing(name="password")
    with desk.open_work() as work:
        account = work.accounts.get(account_id)
        account = work.accounts.put(replace(account))
        work.keep_secret(account.id, hash_password(password))
        done = Done(account, work.commit("change_password", account=account.name))
    if desk.account is not None and desk.account.id == account.id:
        desk.account = account
    return done


def idle_minutes(desk: Desk) -> int:
    """Return after how many quiet minutes the desk asks for the password again; 0 for never. A demo desk never asks."""
    if desk.facts.is_demo:
        return 0
    return int(library.read_setting(desk, name=IDLE_SETTING, default=str(IDLE_MINUTES)))


def set_idle_minutes(desk: Desk, *, minutes: int) -> Done[int]:
    """Set after how many quiet minutes the desk asks for the password; 0 for never. Raises FieldUnreadable, RoleMissing."""
    desk.may(Act.KEEP_ACCOUNTS)
    if not 0 <= minutes <= _LONGEST_IDLE:
        raise FieldUnreadable(name="idle_minutes", typed=str(minutes), expected=f"0-{_LONGEST_IDLE}")
    return Done(minutes, library.keep_setting(desk, name=IDLE_SETTING, content=str(minutes)).changes)


def new_account(
    desk: Desk, *, name: str, display_name: str, roles: tuple[Role, ...], area_id: Id, password: str, display_name_en: str = "",
    phone: str = "", is_demo: bool = False,
) -> Account:
    """Return an account that is not kept yet. Raises FieldMissing."""
    _check(name=name, display_name=display_name, password=password, roles=roles)
    return Account(id=desk.new_id(), name=name.strip(), display_name=display_name.strip(), roles=_ordered(roles), area_id=area_id,
                   display_name_en=display_name_en.strip(), phone=phone.strip(), is_demo=is_demo)


def hash_password(password: str, *, salt: bytes | None = None) -> str:
    """Return the argon2 hash of a password; the salt is random unless given."""
    return _hasher().hash(password, salt=salt)


# -- the pieces -------------------------------------------------------------------------------------------------------
def _set_retired(desk: Desk, account_id: Id, *, is_retired: bool) -> Done[Account]:
    desk.may(Act.KEEP_ACCOUNTS)
    with desk.open_work() as work:
        changed = replace(work.accounts.get(account_id), is_retired=is_retired)
        _keep_an_administrator(work, changed)
        changed = work.accounts.put(changed)
        return Done(changed, work.commit("retire_account" if is_retired else "bring_back_account", account=changed.name))


def _keep_an_administrator(work: UnitOfWork, changed: Account) -> None:
    """Refuse a change after which nobody could keep the accounts."""
    others = work.accounts.where("WHERE is_retired = 0 AND id <> ?", (changed.id,))
    if not any(Role.ADMINISTRATOR in each.roles and not each.is_retired for each in (*others, changed)):
        raise LastAdministrator(account=changed.display_name)


def _check(*, roles: tuple[Role, ...], **given: str) -> None:
    for field, value in given.items():
        if not value.strip():
            raise FieldMissing(name=field)
    if not roles:
        raise FieldMissing(name="roles")


def _ordered(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)


def _matches(kept: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(kept) and _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()
