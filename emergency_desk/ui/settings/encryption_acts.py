"""The acts of the page of encryption, apart from it so that a window that is just opening need not bring the page."""

from __future__ import annotations

from emergency_desk.ui.actions import Action
from emergency_desk.wording.catalog import N_

ENCRYPTION = "encryption"
_PAGE = (ENCRYPTION,)
OPEN = (Action("open_encryption", N_("Encryption of the store, its passphrase and recovery key…"), "open_encryption", in_bar=False),)
ACTIONS = (
    Action("encrypt_store", N_("Encrypt the store"), "encrypt", "Ctrl+Return", _PAGE, N_("encrypt")),
    Action("change_passphrase", N_("Change the passphrase"), "change_passphrase", "Ctrl+S", _PAGE, N_("change passphrase")),
    Action("show_recovery", N_("Show the recovery key"), "show_recovery", "Alt+R", _PAGE, N_("recovery key")),
    Action("print_recovery", N_("Print the recovery page"), "print_recovery", "Ctrl+P", _PAGE, N_("print")),
    Action("save_recovery", N_("Save the recovery page as PDF…"), "save_recovery", "Alt+S", _PAGE, N_("save as PDF")),
    Action("renew_key", N_("Encrypt with a new key"), "renew_key", "Alt+N", _PAGE, N_("new key")),
    Action("decrypt_store", N_("Write the store without encryption"), "decrypt", "Alt+D", _PAGE, N_("decrypt")),
    Action("encryption_back", N_("Leave the encryption"), "leave", "Escape", _PAGE, N_("back")),
)
