"""What is told of a store's encryption, and what stands on the page of its recovery key."""

from __future__ import annotations

from dataclasses import dataclass, field

from emergency_desk.domain.sheets import Imprint


@dataclass(frozen=True, slots=True)
class Encryption:
    """How a store is kept. `key_id` tells keys apart without telling one; `plain_backups` still lie there unencrypted."""

    is_encrypted: bool
    key_id: str = ""
    plain_backups: int = 0
    backups: int = 0


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The page that is printed and locked away. It opens the store and its backups, whatever becomes of passphrase and file of keys."""

    imprint: Imprint
    store: str
    key_id: str
    rows: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Encrypted:
    """A store that was encrypted: the page to print, and how many backups were encrypted with it."""

    sheet: RecoverySheet
    backups: int
