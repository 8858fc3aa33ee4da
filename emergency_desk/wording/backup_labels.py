"""The labels of backups: why one was made, what is wrong with the second place, how a copy stands to the present store."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

BACKUP_WORDS: dict[str, dict[str, str]] = {
    "Reason": {
        "routine": N_("automatic"), "asked": N_("made by hand"), "purged": N_("after names were destroyed"), "migration": N_("before an update"),
        "replaced": N_("replaced by a backup"), "unsound": N_("unsound"), "other": N_("another copy"),
    },
    "UpgradeStep": {
        "keeping": N_("Keeping a copy of the store as it was"), "copying": N_("Making the copy that is worked on"),
        "changing": N_("Bringing the copy to the next version"), "checking": N_("Checking that nothing is missing and all of it can be read"),
        "swapping": N_("Putting it in the place of the older store"),
    },
    "PlaceTrouble": {
        "place_absent": N_("not there"), "place_full": N_("full"), "place_refused": N_("may not be written"),
        "place_unreadable": N_("does not read back"), "place_slow": N_("does not answer"),
    },
    "Kinship": {
        "nothing_there": N_("There is no store at this place yet."),
        "same_state": N_("It holds exactly what the present store holds."),
        "older_state": N_("It is an earlier state of the present store."),
        "newer_state": N_("It is a later state of the present store: nothing would be missing."),
        "parted": N_("It went another way than the present store since they were one."),
        "another_desk": N_("It is the store of another desk."),
        "present_unreadable": N_("The present store cannot be read, so nobody can say what would be missing."),
    },
    "Lock": {
        "lock_none": N_("It is not encrypted, and no encrypted store stands there."),
        "lock_alike": N_("It is encrypted with the key of the present store."),
        "lock_to_be_locked": N_("It is not encrypted. The present store is: put back, the copy is encrypted with the key of the present store."),
        "lock_another_key": N_("It is encrypted with another key. Put back, it gets the key of the present store."),
        "lock_its_own": N_("It is encrypted: once it is put back, the passphrase or the recovery key of this backup opens the store."),
    },
}
