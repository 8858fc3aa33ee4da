"""A fresh Debian in a folder: made, entered, left. Needs root, debootstrap and unshare.

What runs inside has processes and mounts of its own that end with it, so nothing is left mounted; offline it has no network at all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MIRROR = "http://deb.debian.org/debian"
USER = "officer"
USER_HOME = "/srv/officer"  # where the ordinary user of a trial lives
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_ENTER = 'mount -t proc proc "$0/proc" && mkdir -p "$0/dev/shm" && mount -t tmpfs shm "$0/dev/shm" && exec chroot "$0" "$@"'


class StepFailed(Exception):
    """A command ended with another code than 0; what it said last is in the text."""


@dataclass(frozen=True)
class Chroot:
    """One Debian in a folder, and the file that everything said inside is written to."""

    root: Path
    log: Path

    @classmethod
    def make(cls, root: Path, suite: str, *, mirror: str = MIRROR, log: Path) -> Chroot:
        """Make a fresh minimal Debian of a suite, with its security updates, and take over how this machine reaches packages."""
        shutil.rmtree(root, ignore_errors=True)
        made = cls(root, log)
        made._call(["debootstrap", "--variant=minbase", suite, str(root), mirror])
        security = mirror.rstrip("/") + "-security"
        (root / "etc/apt/sources.list").write_text(f"deb {mirror} {suite} main\ndeb {security} {suite}-security main\n")
        for path in sorted(Path("/etc/apt/apt.conf.d").glob("*")):
            if "Acquire::" in (text := path.read_text(errors="replace")) and "GzipIndexes" not in text:
                shutil.copyfile(path, root / "etc/apt/apt.conf.d" / path.name)
        for path in (Path("/etc/resolv.conf"), Path("/etc/hosts")):
            if path.exists():
                shutil.copyfile(path, root / str(path).lstrip("/"))
        made.run("apt-get", "update", "-q")
        return made

    def install(self, *packages: str) -> None:
        """Install packages of this Debian."""
        self.run("apt-get", "install", "-y", "-q", "--no-install-recommends", *packages, environment={"DEBIAN_FRONTEND": "noninteractive"})
        self.run("apt-get", "clean")

    def add_user(self) -> None:
        """Make the ordinary user of a trial."""
        self.run("useradd", "--create-home", "--home-dir", USER_HOME, "--shell", "/bin/sh", USER)

    def run(self, *command: str, user: str = "", offline: bool = False, environment: dict[str, str] | None = None, code: int | None = 0,
            seconds: float = 3_600) -> str:
        """Run a command inside and return what it printed. Raises StepFailed when it ends with another code than the one that is wanted."""
        return self._call(self._inside(command, user, offline), environment=environment or {}, code=code, seconds=seconds)

    def start(self, *command: str, user: str = "", offline: bool = False, environment: dict[str, str] | None = None) -> subprocess.Popen[Any]:
        """Start a program inside; `stop` ends it with everything it started."""
        with self.log.open("ab") as log:
            return subprocess.Popen(self._inside(command, user, offline), env=_environment(environment or {}), stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log)

    def _inside(self, command: tuple[str, ...], user: str, offline: bool) -> list[str]:
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *(["--net"] if offline else [])]
        as_user = ["runuser", "-u", user, "--"] if user else []
        return [*apart, "sh", "-c", _ENTER, str(self.root), *as_user, *command]

    def _call(self, command: list[str], *, environment: dict[str, str] | None = None, code: int | None = 0, seconds: float = 3_600) -> str:
        try:
            done = subprocess.run(command, env=_environment(environment or {}), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise StepFailed(f"{' '.join(command[-6:])}: no end after {seconds:.0f} s") from error
        said = done.stdout.decode(errors="replace")
        with self.log.open("a") as log:
            log.write(f"$ {' '.join(command)}\n{said}\n")
        if code is not None and done.returncode != code:
            raise StepFailed(f"{' '.join(command[-6:])}: ended with {done.returncode}\n" + "\n".join(said.splitlines()[-15:]))
        return said


def stop(process: subprocess.Popen[Any]) -> None:
    """End a program that `start` began, as a power cut would: whatever runs in its place of its own ends with it."""
    process.kill()
    process.wait()


def _environment(more: dict[str, str]) -> dict[str, str]:
    """Return a plain environment; how this machine reaches a network is kept."""
    kept = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    return {"PATH": _PATH, "LANG": "C.UTF-8", **kept, **more}
