"""A disk that is watched and may fail: SQLite's own file calls, passed through this module by its own interface (VFS).

The desk's real driver and real files do the work; every write, cut and sync of a file is told here before it is done, and a fault
may be planted in its place. Nothing of the desk knows of it: the disk is the default one of SQLite in this process while it is on.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import _sqlite3

# SQLite's own result codes (sqlite.org/rescode.html).
FULL, WRITE_ERROR, SYNC_ERROR, TRUNCATE_ERROR = 13, 10 | 3 << 8, 10 | 4 << 8, 10 | 6 << 8

# A name is handed on as the pointer it is: SQLite keeps it, and reads beyond its end.
_Open = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
_Close = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`: what can be done with an open file."""

    _fields_ = [("version", ctypes.c_int), ("close", _Close), ("read", ctypes.c_void_p), ("write", _Write), ("truncate", _Truncate),
                ("sync", _Sync), *((f"rest{number}", ctypes.c_void_p) for number in range(13))]


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`: how files are opened and deleted."""

    _fields_ = [("version", ctypes.c_int), ("file_size", ctypes.c_int), ("longest_name", ctypes.c_int), ("next", ctypes.c_void_p),
                ("name", ctypes.c_char_p), ("data", ctypes.c_void_p), ("open", _Open), ("delete", _Delete),
                *((f"rest{number}", ctypes.c_void_p) for number in range(14))]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done to a file: "open", "write" (`at`, `content`), "truncate" (to `at` bytes), "sync" or "delete"."""

    kind: str
    path: str
    at: int = 0
    content: bytes = b""


Told = Callable[[Step], int]  # 0 lets the step be done; any other number is what SQLite is told instead


class Disk:
    """SQLite's default disk while it stands between `watched`; `told` hears every step."""

    def __init__(self) -> None:
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.c_void_p
        self._register, self._unregister = library.sqlite3_vfs_register, library.sqlite3_vfs_unregister
        self._own = ctypes.cast(library.sqlite3_vfs_find(None), ctypes.POINTER(_Vfs))
        self._vfs = _Vfs.from_buffer_copy(self._own.contents)
        self._vfs.name = b"watched"
        self._vfs.open, self._vfs.delete = _Open(self._open), _Delete(self._delete)
        self._names: dict[int, str] = {}
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}  # of SQLite, by their address: its own, and ours in front of them
        self._of_file: dict[int, _Methods] = {}
        self.told: Told = lambda _step: 0

    @contextmanager
    def watched(self, told: Told) -> Iterator[None]:
        """Tell every step to `told` until the block ends. Only files that are opened inside are watched."""
        self.told = told
        if self._register(ctypes.byref(self._vfs), 1):
            raise RuntimeError("SQLite takes no other disk")
        try:
            yield
        finally:
            self._register(self._own, 1)
            self._unregister(ctypes.byref(self._vfs))
            self.told = lambda _step: 0

    def _open(self, _vfs: Any, name: int | None, file: int, flags: int, flags_out: Any) -> int:
        code = self._own.contents.open(ctypes.cast(self._own, ctypes.c_void_p), name, file, flags, flags_out)
        if code or not name:
            return code
        methods = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
        address = methods[0]
        if address is None:
            return code
        if address not in self._methods:
            own = ctypes.cast(address, ctypes.POINTER(_Methods)).contents
            ours = _Methods.from_buffer_copy(own)
            ours.close, ours.write, ours.truncate, ours.sync = (
                _Close(self._close), _Write(self._write), _Truncate(self._truncate), _Sync(self._sync))
            self._methods[address] = own, ours
        own, ours = self._methods[address]
        self._names[file], self._of_file[file] = ctypes.string_at(name).decode(), own
        methods[0] = ctypes.addressof(ours)
        self.told(Step("open", self._names[file]))
        return 0

    def _delete(self, _vfs: Any, name: bytes, sync: int) -> int:
        code = self.told(Step("delete", name.decode()))
        return code or int(self._own.contents.delete(ctypes.cast(self._own, ctypes.c_void_p), name, sync))

    def _close(self, file: int) -> int:
        self._names.pop(file, None)
        return int(self._of_file.pop(file).close(file))

    def _write(self, file: int, content: int, size: int, at: int) -> int:
        code = self.told(Step("write", self._names[file], at, ctypes.string_at(content, size)))
        return code or int(self._of_file[file].write(file, content, size, at))

    def _truncate(self, file: int, size: int) -> int:
        code = self.told(Step("truncate", self._names[file], size))
        return code or int(self._of_file[file].truncate(file, size))

    def _sync(self, file: int, flags: int) -> int:
        code = self.told(Step("sync", self._names[file]))
        return code or int(self._of_file[file].sync(file, flags))
