"""Build the .deb of this machine's architecture, from nothing, in a fresh Debian 11: it then runs on whatever has glibc 2.31 or newer.

    sudo python3 installer/build_deb.py OUT      makes OUT/emergency-desk_VERSION_ARCHITECTURE.deb

Debian 11's own Python is too old, so Python 3.11 is compiled there from Debian 12's source package. It lies with every package in
/opt/emergency-desk and touches no Python of the system. Needs root, debootstrap and a Python with pip or venv; Debian and the Python
packages are reached by the ordinary clients, as this machine has set them up. Nothing is kept from one run to the next.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import deb_tree
from chroots import MIRROR, Chroot, StepFailed
from shipment import NAME, ROOT, version

WHEEL_ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}
BUILDER, PYTHON_SUITE = "bullseye", "bookworm"
NEWEST_GLIBC = 31  # of Debian 11: no wheel that wants a newer one is taken
TOOLS = ("build-essential", "dpkg-dev", "patchelf", "xz-utils", "libssl-dev", "libffi-dev", "libexpat1-dev", "zlib1g-dev", "libbz2-dev",
         "liblzma-dev")  # fmt: skip
CONFIGURE = ("--prefix=" + deb_tree.HOME, "--without-ensurepip", "--disable-test-modules", "--with-system-expat",
             f"LDFLAGS=-Wl,-rpath,{deb_tree.HOME}/lib")  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Build the package and say where it lies."""
    parser = argparse.ArgumentParser(prog="build_deb.py", description="Build the .deb in a fresh Debian 11.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder the package is put into")
    add_common(parser)
    asked = parser.parse_args(arguments)
    with workplace(asked.work) as work:
        try:
            package = build(asked.out, work, mirror=asked.mirror, tell=tell)
        except StepFailed as failure:
            print(f"\n{failure}\nAll that was said: {work / 'log.txt'}", file=sys.stderr)
            return 1
    print(f"{package}  {package.stat().st_size / 1e6:.1f} MB")
    return 0


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add what the build and its trial are asked alike."""
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="where the Debians are made, and stay; else in a temporary folder that goes")
    parser.add_argument("--mirror", default=MIRROR, help="where Debian is reached (%(default)s)")


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    """Give a folder for the Debians; one that nobody named goes at the end."""
    if os.geteuid() != 0:
        raise SystemExit("Only root can make a Debian in a folder: run it with sudo.")
    if shutil.which("debootstrap") is None:
        raise SystemExit("debootstrap is not here: apt-get install debootstrap")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix=NAME) as made:
        yield Path(made)


def tell(step: str, doing: Callable[[], object]) -> None:
    """Do a step and say how long it took."""
    print(f"{step:<58}", end="", flush=True)
    begun = time.monotonic()
    doing()
    print(f"{time.monotonic() - begun:6.0f} s", flush=True)


def build(out: Path, work: Path, *, mirror: str, tell: Callable[[str, Callable[[], object]], None]) -> Path:
    """Build the package into a folder and return its file."""
    debian = Chroot(work / "builder", work / "log.txt")
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()
    tree = debian.root / "build" / "package"
    site = tree / deb_tree.SITE.lstrip("/")
    package = out.resolve() / f"{NAME}_{version()}_{architecture}.deb"
    out.mkdir(parents=True, exist_ok=True)
    tell("a fresh Debian 11", lambda: Chroot.make(debian.root, BUILDER, mirror=mirror, log=debian.log))
    tell("compiler and what Qt and Python stand on", lambda: debian.install(*TOOLS, *deb_tree.BUNDLED_FROM.values(), *deb_tree.SYSTEM))
    tell("Python 3.11 from Debian 12's source", lambda: compile_python(debian, mirror))
    tell("the packages it runs on", lambda: install_packages(site, WHEEL_ARCHITECTURES[architecture], work))
    tell("what ships, laid out and trimmed", lambda: deb_tree.lay_out(debian, tree))
    tell("manual pages", lambda: deb_tree.write_manual(debian, tree))
    tell("package, compressed by xz", lambda: shutil.copyfile(deb_tree.pack(debian, tree, architecture), package))
    return package


def compile_python(debian: Chroot, mirror: str) -> None:
    """Compile Python in the builder from the source package of the newer Debian, with Debian's own mending, and put it into the tree."""
    (debian.root / "etc/apt/sources.list.d/python.list").write_text(f"deb-src {mirror} {PYTHON_SUITE} main\n")
    debian.run("apt-get", "update", "-q")
    script = f"""set -e
        mkdir -p /build && cd /build
        apt-get source -q -y python3.11
        cd python3.11-*/
        echo 'pyexpat pyexpat.c -lexpat' > Modules/Setup.local # as Debian builds it: one of its fixes compiles only within Python itself
        ./configure -q {" ".join(CONFIGURE)}
        make -s -j"$(nproc)"
        make -s altinstall DESTDIR=/build/package"""
    debian.run("sh", "-c", script)
    debian.run(f"/build/package{deb_tree.PYTHON}", "-c", "import ctypes, bz2, hashlib, lzma, zlib, xml.parsers.expat, unicodedata, _hashlib",
               environment={"LD_LIBRARY_PATH": f"/build/package{deb_tree.HOME}/lib"})


def install_packages(site: Path, machine: str, work: Path) -> None:
    """Install the pinned packages, each checked against its digest, as wheels that Debian 11 can load."""
    pip = [*_pip(work), "install", "--no-compile", "--no-deps", "--only-binary", ":all:", "--implementation", "cp", "--python-version", "3.11",
           "--disable-pip-version-check", "--root-user-action", "ignore", "--quiet", "--progress-bar", "off"]
    for minor in range(NEWEST_GLIBC, 16, -1):
        pip += ["--platform", f"manylinux_2_{minor}_{machine}"]
    pip += ["--platform", f"manylinux2014_{machine}", "--target", str(site)]
    pip += ["--require-hashes", "-r", str(ROOT / "installer" / "requirements-hashed.txt")]
    done = subprocess.run(pip, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    with (work / "log.txt").open("a") as log:
        log.write(done.stdout)
    if done.returncode != 0:
        raise StepFailed("pip ended with an error\n" + "\n".join(done.stdout.splitlines()[-15:]))


def _pip(work: Path) -> list[str]:
    if subprocess.run([sys.executable, "-c", "import pip"], stderr=subprocess.DEVNULL).returncode == 0:
        return [sys.executable, "-m", "pip"]
    subprocess.run([sys.executable, "-m", "venv", str(work / "pip")], check=True)
    return [str(work / "pip" / "bin" / "python"), "-m", "pip"]


if __name__ == "__main__":
    sys.exit(main())
