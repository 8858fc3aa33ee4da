"""Where a store may lie: on a disk of this machine. On a network drive SQLite's locks and its write-ahead log cannot be trusted."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PureWindowsPath

_SHARED = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "davfs", "davfs2", "ceph", "glusterfs", "lustre", "beegfs",
    "gfs2", "ocfs2", "coda", "vboxsf", "prl_fs", "virtiofs", "hgfs", "vmhgfs"})
_DISKS_BY_FUSE = frozenset({"fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.lxcfs", "fuse.fuse-overlayfs"})
_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_of(path: Path) -> str:
    """Return what kind of network drive a path lies on, "" for a disk of this machine. Links are followed."""
    folder = path.parent.resolve()
    if sys.platform == "win32":
        import ctypes

        return windows_network(str(path), ctypes.windll.kernel32.GetDriveTypeW) or windows_network(
            str(folder), ctypes.windll.kernel32.GetDriveTypeW)
    mounts = Path("/proc/mounts")
    return network_in(mounts.read_text(encoding="utf-8", errors="replace"), str(folder)) if mounts.exists() else ""


def network_in(mounts: str, folder: str) -> str:
    """Return the kind of the network drive that a table of mounts puts a folder on, "" for none. The deepest mount decides, the later of two."""
    best, kind = "", ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:
            continue
        place = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), words[1])
        if (folder == place or folder.startswith(place.rstrip("/") + "/")) and len(place) >= len(best):
            best, kind = place, words[2]
    is_shared = kind in _SHARED or (kind.startswith("fuse") and kind not in _DISKS_BY_FUSE)
    return kind.removeprefix("fuse.") if is_shared else ""


def windows_network(path: str, drive_type: object) -> str:
    r"""Return "UNC" for \\server\share in any spelling, "mapped drive" for a letter that Windows calls remote, "" for a disk of this machine."""
    plain = path.replace("/", "\\")
    if plain.upper().startswith("\\\\?\\UNC\\"):
        return "UNC"
    plain = plain.removeprefix("\\\\?\\")
    if plain.startswith("\\\\") and not plain.startswith("\\\\."):
        return "UNC"
    root = PureWindowsPath(plain).drive + "\\"
    return "mapped drive" if callable(drive_type) and drive_type(root) == _REMOTE else ""
