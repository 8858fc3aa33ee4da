"""Try the two commands of the README where they are promised: in a bare Debian 12 that has nothing but python3.

    sudo python3 installer/try_bootstrap.py OUT            opens the demo city (without a display: its pictures come to OUT)
    sudo python3 installer/try_bootstrap.py OUT --test     and passes the tests there; takes as long as they do

How this machine reaches Python packages (pip's configuration and certificates) is taken along; nothing else is.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_deb import add_common, tell, workplace
from chroots import Chroot, StepFailed
from shipment import ROOT

PLACE = "/srv/emergency-desk"
CERTIFICATES = "/srv/certificates.pem"  # where no package of Debian writes
MOST_SECONDS = 3 * 3_600


def main(arguments: list[str] | None = None) -> int:
    """Make the bare Debian, run the commands in it, and say what came of them."""
    parser = argparse.ArgumentParser(prog="try_bootstrap.py", description="Run the README's two commands in a bare Debian 12.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder for the pictures and what was said")
    parser.add_argument("--test", action="store_true", help="run the tests there too")
    add_common(parser)
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    with workplace(asked.work) as work:
        debian = Chroot(work / "bare", asked.out.resolve() / "log.txt")
        try:
            tell("a bare Debian 12 with python3", lambda: _make(debian, asked.mirror))
            tell("python3 installer/bootstrap.py open", lambda: _open(debian, asked.out.resolve()))
            tell("the same again, when everything is there", lambda: _open(debian, asked.out.resolve()))
            if asked.test:
                tell("python3 installer/bootstrap.py test", lambda: _bootstrap(debian, "test"))
        except StepFailed as failure:
            print(f"\n{failure}\nAll that was said: {debian.log}", file=sys.stderr)
            return 1
    return 0


def _make(debian: Chroot, mirror: str) -> None:
    Chroot.make(debian.root, "bookworm", mirror=mirror, log=debian.log)
    debian.install("python3")
    copy_tracked(debian.root / PLACE.lstrip("/"))
    for source, inside in ((Path("/etc/pip.conf"), "etc/pip.conf"), (Path.home() / ".config/pip/pip.conf", "etc/xdg/pip/pip.conf")):
        _take_along(source, debian.root / inside)
    _take_along(Path(os.environ.get("PIP_CERT", "")), debian.root / CERTIFICATES.lstrip("/"))


def _take_along(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def copy_tracked(target: Path) -> None:
    """Copy what is tracked of the repository: what a clone would have."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listing.split("\0")):
        if (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def _bootstrap(debian: Chroot, command: str) -> str:
    reach = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    if "PIP_CERT" in reach:
        reach["PIP_CERT"] = CERTIFICATES
    return debian.run("sh", "-c", f"cd {PLACE} && exec python3 installer/bootstrap.py {command}", environment=reach, seconds=MOST_SECONDS)


def _open(debian: Chroot, out: Path) -> None:
    _bootstrap(debian, "open")
    pictures = sorted((debian.root / PLACE.lstrip("/") / "pictures").glob("*.png"))
    if len(pictures) < 3:
        raise StepFailed(f"only {len(pictures)} pictures of the demo city were made")
    for path in pictures:
        shutil.copyfile(path, out / path.name)


if __name__ == "__main__":
    sys.exit(main())
