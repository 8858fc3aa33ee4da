"""What the system says when it refuses a file, in words that go into brackets or behind a colon."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

SYSTEM_WORDS: dict[str, dict[str, str]] = {
    "SystemFault": {
        "fault_nothing_there": N_("no such file or folder"), "fault_no_folder": N_("a part of the path is a file and no folder"),
        "fault_is_folder": N_("it is a folder and no file"), "fault_no_rights": N_("the rights for it are missing"),
        "fault_disk_full": N_("no room is left on the disk"), "fault_quota": N_("your share of the disk is used up"),
        "fault_read_only": N_("the disk can only be read"), "fault_there_already": N_("something of this name is there already"),
        "fault_not_empty": N_("the folder is not empty"), "fault_disk_error": N_("the disk reads or writes with errors"),
        "fault_name_too_long": N_("the name is too long"), "fault_name_impossible": N_("the system takes no such name"),
        "fault_in_use": N_("another program is using it"), "fault_too_many_open": N_("too many files are open"),
        "fault_too_large": N_("the file is larger than the disk takes"), "fault_device_gone": N_("the disk or share is not there any more"),
        "fault_no_answer": N_("the network or the share does not answer"), "fault_links_in_circle": N_("the links of the path run in a circle"),
    },
}
