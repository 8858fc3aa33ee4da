"""The commands of an encrypted store: encrypt, decrypt, change-passphrase, recovery-key. Never loads Qt; nothing secret stands in arguments."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable

from emergency_desk.app import paths
from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.commands import open_existing, progress_line, seat
from emergency_desk.domain.backups import BackupState
from emergency_desk.domain.key_sheets import RecoverySheet
from emergency_desk.errands.recovery_paper import write_page
from emergency_desk.services import backups, encryption
from emergency_desk.services.desk import Desk
from emergency_desk.wording import backup_words
from emergency_desk.wording.catalog import _, current_language, ngettext

NEW_KEY_VARIABLE = "EMERGENCY_DESK_NEW_KEY"


def encrypt(asked: argparse.Namespace) -> int:
    """Encrypt the store and its backups, or with --new-key give an encrypted one another key; the recovery key is shown or printed."""
    desk = seat(open_existing(asked), asked)
    progress = progress_line(asked)
    try:
        if asked.new_key:
            done = encryption.renew_key(desk, passphrase=_typed(asked, desk), progress=lambda n, of, _what: progress(n, of)).value
        else:
            encryption.refuse_if_encrypted(desk)
            passphrase, again = _new_passphrase()
            done = encryption.encrypt(desk, passphrase=passphrase, again=again, progress=lambda n, of, _what: progress(n, of)).value
        page, order = _page(asked, done.sheet), backups.order(desk)
    finally:
        progress.end()
        desk.store.close()
    state = backups.carry(order)
    if asked.json:
        print_json({"store": str(asked.store), "backups": done.backups, "key": done.sheet.key_id, **_place(state), **page})
        return DONE
    print(_("{path} is encrypted.").format(path=asked.store))
    if done.backups:
        print(ngettext("{count} backup was encrypted with it.", "{count} backups were encrypted with it.", done.backups).format(
            count=done.backups))
    if state.second.is_set:
        print(backup_words.encrypted_there(state))
    _tell_page(asked, done.sheet)
    print(_("Papers, exported lists and what lay on the disk before are not encrypted by this."))
    return DONE


def decrypt(asked: argparse.Namespace) -> int:
    """Write the store plainly again; its backups stay encrypted."""
    desk = seat(open_existing(asked), asked)
    progress = progress_line(asked)
    try:
        encryption.decrypt(desk, typed=_typed(asked, desk), progress=lambda n, of, _what: progress(n, of))
    finally:
        progress.end()
        desk.store.close()
    if asked.json:
        print_json({"store": str(asked.store), "is_encrypted": False})
    else:
        print(_("{path} is not encrypted any more. Its encrypted backups stay so: keep their passphrase and the recovery page.").format(
            path=asked.store))
    return DONE


def change_passphrase(asked: argparse.Namespace) -> int:
    """Let another passphrase open the store and its backups."""
    desk = seat(open_existing(asked), asked)
    try:
        typed = _typed(asked, desk)
        passphrase, again = _new_passphrase()
        changed = encryption.change_passphrase(desk, typed=typed, passphrase=passphrase, again=again).value
        order = backups.order(desk)
    finally:
        desk.store.close()
    state = backups.carry(order)
    if asked.json:
        print_json({"store": str(asked.store), "backups": changed, **_place(state)})
        return DONE
    print(ngettext("The new passphrase opens {path} and {count} backup. The recovery page stays as it is.",
                   "The new passphrase opens {path} and {count} backups. The recovery page stays as it is.", changed).format(
        path=asked.store, count=changed))
    if state.second.is_set:
        print(backup_words.passphrase_there(state))
    return DONE


def recovery_key(asked: argparse.Namespace) -> int:
    """Show the recovery key once more, or print its page."""
    desk = seat(open_existing(asked), asked)
    try:
        sheet = encryption.recovery_sheet(desk, typed=_typed(asked, desk))
        page = _page(asked, sheet)
    finally:
        desk.store.close()
    if asked.json:
        print_json({"store": str(asked.store), "key": sheet.key_id, **page})
    else:
        _tell_page(asked, sheet)
    return DONE


def _place(state: BackupState) -> dict[str, object]:
    return {"second_place": state.second.folder or None, "second_place_trouble": state.second.trouble.value if state.second.trouble else None}


def _page(asked: argparse.Namespace, sheet: RecoverySheet) -> dict[str, object]:
    if asked.recovery is None:
        return {"recovery_key": list(sheet.rows)}
    printed = write_page(sheet, asked.recovery, language=asked.lang or current_language(), fonts=paths.fonts())
    return {"recovery_page": str(printed.path)}


def _tell_page(asked: argparse.Namespace, sheet: RecoverySheet) -> None:
    if asked.recovery is not None:
        print(_("The recovery page is {path}. Print it, lock it away, and delete the file: whoever has it can read the store.").format(
            path=asked.recovery))
        return
    print(_("The recovery key. Write it down or print its page, and lock it away; whoever has it can read the store:"))
    for row in sheet.rows:
        print(f"    {row}")


def _typed(asked: argparse.Namespace, desk: Desk) -> str:
    """Return what opened the store; of a store that is not encrypted nothing was typed, and the service says so."""
    return str(asked.typed_key) if desk.store.key is not None else ""


def _new_passphrase() -> tuple[str, str]:
    """Return a new passphrase twice: from EMERGENCY_DESK_NEW_KEY, typed at the terminal, or one line of standard input."""
    given = os.environ.pop(NEW_KEY_VARIABLE, None)
    if given is None and sys.stdin.isatty():
        return getpass.getpass(_("New passphrase: ")), getpass.getpass(_("Once more: "))
    if given is None:
        given = sys.stdin.readline().rstrip("\r\n")
    return given, given


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "encrypt": encrypt, "decrypt": decrypt, "change-passphrase": change_passphrase, "recovery-key": recovery_key}
