"""What may go wrong with the key of an encrypted store; their words stand in `wording.key_refusals`."""

from __future__ import annotations

from emergency_desk.domain.errors import Refused, StoreTrouble


class KeyNeeded(StoreTrouble):
    """The store is encrypted and no key was given. Values: path, reason ("passphrase", or "head_lost": only the recovery key helps)."""


class StoreKeepsItsKey(KeyNeeded):
    """What takes the place of an encrypted store is encrypted with its key, which what was typed does not give. Values: path, reason, backup."""


class BackupKeyNeeded(KeyNeeded):
    """What opens a store does not open the backup that is to take its place. Values: path (of the backup), store, reason, backup."""


class KeyWrong(Refused):
    """What was typed does not open the store; nothing was touched. Values: path, reason ("passphrase", "recovery", "head_lost")."""

    field = "passphrase"


class RecoveryKeyMistyped(Refused):
    """A recovery key with a slip in it. Values: reason ("length": count, wanted; "row": line)."""

    field = "passphrase"


class PassphraseTooShort(Refused):
    """Values: count, the fewest signs a passphrase has."""

    field = "new_passphrase"


class PassphrasesDiffer(Refused):
    """The passphrase was typed twice, and not alike."""

    field = "new_passphrase_again"


class StoreIsEncrypted(Refused):
    """The store is encrypted already. Values: path."""


class StoreIsPlain(Refused):
    """The store is not encrypted. Values: path."""


class RecoveryNotPrinted(Refused):
    """No printer took the recovery page, and no file of it was left. Values: detail."""
