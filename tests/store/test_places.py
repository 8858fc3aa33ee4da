"""Which places are network drives, told from the table of mounts and from what Windows says of a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.store import places
from emergency_desk.store.places import network_in, network_of, windows_network

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/share /srv/share nfs4 rw 0 0
//server/duty /mnt/duty\\040office cifs rw 0 0
/dev/sdb1 /srv/share/local ext4 rw 0 0
user@host: /mnt/remote fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdc1 /media/usb fuseblk rw 0 0
tmpfs /run tmpfs rw 0 0
vmshared /mnt/host vboxsf rw 0 0
half a line
"""


@pytest.mark.parametrize(("folder", "kind"), [
    ("/srv/duty", ""), ("/srv/share", "nfs4"), ("/srv/share/desk", "nfs4"), ("/srv/shared", ""), ("/srv/share/local/desk", ""),
    ("/mnt/duty office/desk", "cifs"), ("/mnt/remote", "sshfs"), ("/run/user/1000/gvfs/smb", "gvfsd-fuse"), ("/media/usb", ""),
    ("/mnt/host", "vboxsf"),
])
def test_the_deepest_mount_says_what_a_folder_lies_on(folder: str, kind: str) -> None:
    assert network_in(MOUNTS, folder) == kind


def test_of_two_mounts_at_one_place_the_later_counts() -> None:
    assert network_in("/dev/sda1 / ext4 rw 0 0\nserver:/ / nfs rw 0 0\n", "/srv") == "nfs"
    assert network_in("server:/ / nfs rw 0 0\n/dev/sda1 / ext4 rw 0 0\n", "/srv") == ""


@pytest.mark.parametrize(("path", "kind"), [
    (r"C:\Users\duty\desk.store", ""), (r"Z:\duty\desk.store", "mapped drive"), (r"\\server\share\desk.store", "UNC"),
    ("//server/share/desk.store", "UNC"), (r"\\?\UNC\server\share\desk.store", "UNC"), (r"\\?\C:\duty\desk.store", ""),
    (r"\\?\Z:\duty\desk.store", "mapped drive"), (r"\\wsl$\Debian\home\desk.store", "UNC"),
])
def test_windows_paths(path: str, kind: str) -> None:
    assert windows_network(path, {"C:\\": 3, "Z:\\": 4}.get) == kind


def test_a_link_to_a_share_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "here").symlink_to(share)
    asked: list[str] = []
    monkeypatch.setattr(places, "network_in", lambda _mounts, folder: asked.append(folder) or "nfs")
    assert network_of(tmp_path / "here" / "desk.store") == "nfs" and asked == [str(share.resolve())]
