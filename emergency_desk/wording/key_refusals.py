"""The refusals of an encrypted store: its passphrase, its recovery key."""

from __future__ import annotations

from emergency_desk.domain import key_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.wording.catalog import N_
from emergency_desk.wording.refusal_telling import Telling, by_reason

_LOST = N_("The file of keys that belongs beside {path} is missing, so no passphrase opens it. Type the recovery key from its printed page, "
           "or lay the file back from a backup.")
_NEEDED = N_("{path} is encrypted. Type its passphrase or its recovery key; a program reads it from EMERGENCY_DESK_KEY.")

KEY_SENTENCES: dict[type[DeskError], str | Telling] = {
    errors.KeyNeeded: by_reason({"head_lost": _LOST}, _NEEDED),
    errors.StoreKeepsItsKey: N_(
        "{path} is encrypted, and what takes its place is encrypted with its key, so that nothing is left open by mistake. Nothing was changed. "
        "Type its passphrase or its recovery key; a program reads it from EMERGENCY_DESK_KEY. Where both are lost, restore into a new store, or "
        "move this one aside first, with the file of keys beside it."),
    errors.BackupKeyNeeded: N_(
        "What EMERGENCY_DESK_KEY holds does not open {path}, and nothing was changed. A backup of another key than that of {store} opens by the "
        "passphrase or recovery key of its own: a program reads it from EMERGENCY_DESK_BACKUP_KEY, and that of the store from "
        "EMERGENCY_DESK_KEY."),
    errors.KeyWrong: by_reason({
        "head_lost": _LOST,
        "recovery": N_("This recovery key belongs to another store than {path}. Nothing was changed. Take the page that was printed for "
                       "this one."),
    }, N_("This is not the passphrase of {path}. Nothing was changed. Try again, or type the recovery key from its printed page.")),
    errors.RecoveryKeyMistyped: by_reason({
        "row": N_("There is a slip in row {line} of the recovery key. Compare that row with the page, sign by sign."),
    }, N_("A recovery key has {wanted} characters in four rows; there are {count}. Type all four rows.")),
    errors.PassphraseTooShort: N_("A passphrase has at least {count} characters. Four or five words that only you would put together are good."),
    errors.PassphrasesDiffer: N_("The two passphrases differ. Type the second one again."),
    errors.RecoveryNotPrinted: N_("No printer took the page ({detail}), and no file of it was left behind. Save it as PDF and print it "
                                  "elsewhere, or write the four rows down."),
    errors.StoreIsEncrypted: N_("{path} is encrypted already. To use another passphrase, change it."),
    errors.StoreIsPlain: N_("{path} is not encrypted. Encrypt it first."),
}
