"""What the system says when it refuses a file, as a value: the words for it are chosen where the reader's language is known."""

from __future__ import annotations

import errno
from enum import StrEnum


class SystemFault(StrEnum):
    """Why the system refused, as far as it happens in offices."""

    NOTHING_THERE = "fault_nothing_there"
    NO_FOLDER = "fault_no_folder"  # a part of the path is a file
    IS_FOLDER = "fault_is_folder"
    NO_RIGHTS = "fault_no_rights"
    DISK_FULL = "fault_disk_full"
    QUOTA = "fault_quota"
    READ_ONLY = "fault_read_only"
    THERE_ALREADY = "fault_there_already"
    NOT_EMPTY = "fault_not_empty"
    DISK_ERROR = "fault_disk_error"
    NAME_TOO_LONG = "fault_name_too_long"
    NAME_IMPOSSIBLE = "fault_name_impossible"
    IN_USE = "fault_in_use"
    TOO_MANY_OPEN = "fault_too_many_open"
    TOO_LARGE = "fault_too_large"
    DEVICE_GONE = "fault_device_gone"
    NO_ANSWER = "fault_no_answer"
    LINKS_IN_CIRCLE = "fault_links_in_circle"


_BY_NAME = {
    SystemFault.NOTHING_THERE: ("ENOENT",), SystemFault.NO_FOLDER: ("ENOTDIR",), SystemFault.IS_FOLDER: ("EISDIR",),
    SystemFault.NO_RIGHTS: ("EACCES", "EPERM"), SystemFault.DISK_FULL: ("ENOSPC",), SystemFault.QUOTA: ("EDQUOT",),
    SystemFault.READ_ONLY: ("EROFS",), SystemFault.THERE_ALREADY: ("EEXIST",), SystemFault.NOT_EMPTY: ("ENOTEMPTY",),
    SystemFault.DISK_ERROR: ("EIO",), SystemFault.NAME_TOO_LONG: ("ENAMETOOLONG",), SystemFault.NAME_IMPOSSIBLE: ("EINVAL", "EILSEQ"),
    SystemFault.IN_USE: ("EBUSY", "ETXTBSY"), SystemFault.TOO_MANY_OPEN: ("EMFILE", "ENFILE"), SystemFault.TOO_LARGE: ("EFBIG",),
    SystemFault.DEVICE_GONE: ("ENODEV", "ENXIO", "ESTALE"),
    SystemFault.NO_ANSWER: ("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENOTCONN"),
    SystemFault.LINKS_IN_CIRCLE: ("ELOOP",),
}
_BY_NUMBER = {getattr(errno, name): fault for fault, names in _BY_NAME.items() for name in names if hasattr(errno, name)}
_HELD_ON_WINDOWS = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


def fault_of(error: OSError) -> str:
    """Return what the system said: a SystemFault, or its own words where it is none of them."""
    if getattr(error, "winerror", 0) in _HELD_ON_WINDOWS:
        return SystemFault.IN_USE
    return _BY_NUMBER.get(error.errno or 0, error.strerror or str(error))
