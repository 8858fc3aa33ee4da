"""Build the installer for Windows: freeze the program, then pack it with NSIS.

    py -3.11 installer\\build_windows.py OUT      makes OUT\\emergency-desk-VERSION-windows-ARCHITECTURE.exe

Run on Windows with Python 3.11 (64 bits) and NSIS 3 (makensis on the path, or where its own installer puts it). On Linux it freezes for Linux and
packs that, which proves the recipe as far as one can without Windows: the program starts, the installer is of no use.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from shipment import MOST_INSTALLED_MB, NAME, ROOT, version

WINDOWS = ROOT / "installer" / "windows"
ARCHITECTURES = {"amd64": "amd64", "x86_64": "amd64", "arm64": "arm64", "aarch64": "arm64"}


def main(arguments: list[str] | None = None) -> int:
    """Freeze, pack, and say where the installer lies."""
    parser = argparse.ArgumentParser(prog="build_windows.py", description="Freeze the desk and make its installer for Windows.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder the installer is put into")
    parser.add_argument("--python", metavar="FILE", default="", help="a Python that has PyInstaller and the packages; else one is made")
    asked = parser.parse_args(arguments)
    out = asked.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    frozen = freeze(out, asked.python or make_python(out / "python"))
    size = sum(path.stat().st_size for path in frozen.rglob("*") if path.is_file()) / 1e6
    print(f"frozen: {frozen}, {size:.0f} MB")
    if size > MOST_INSTALLED_MB and os.name == "nt":  # elsewhere half the desktop's own libraries are frozen too
        print(f"More than the {MOST_INSTALLED_MB} MB that were promised.", file=sys.stderr)
        return 1
    print(pack(out, frozen))
    return 0


def make_python(folder: Path) -> str:
    """Make an environment with what the program runs on and what freezes it."""
    venv.create(folder, with_pip=True, clear=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    packages = ["install", "--disable-pip-version-check"]
    run(python, "-m", "pip", *packages, "--require-hashes", "-r", str(ROOT / "installer" / "requirements-hashed.txt"))
    run(python, "-m", "pip", *packages, "-r", str(ROOT / "installer" / "requirements-windows.txt"))
    return python


def freeze(out: Path, python: str) -> Path:
    """Freeze the program into a folder."""
    run(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(out), "--workpath", str(out / "work"),
        str(WINDOWS / f"{NAME}.spec"))  # fmt: skip
    return out / NAME


def pack(out: Path, frozen: Path) -> Path:
    """Pack the folder into an installer."""
    architecture = ARCHITECTURES[platform.machine().lower()]
    target = out / f"{NAME}-{version()}-windows-{architecture}.exe"
    icon = ROOT / "resources" / "icons" / f"{NAME}.ico"
    sign = "/D" if os.name == "nt" else "-D"
    values = {"VERSION": version(), "ARCHITECTURE": architecture, "FOLDER": str(frozen), "OUT": str(target), "ICON": str(icon)}
    run(_makensis(), *(f"{sign}{name}={value}" for name, value in values.items()), str(WINDOWS / f"{NAME}.nsi"))
    return target


def _makensis() -> str:
    found = shutil.which("makensis")
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    if found is None and not usual.exists():
        raise SystemExit("NSIS is not here: https://nsis.sourceforge.io, or apt-get install nsis")
    return found or str(usual)


def run(*command: str) -> None:
    """Run a step; a failure ends everything with what it said."""
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        raise SystemExit(f"{Path(command[0]).name} ended with an error.")


if __name__ == "__main__":
    sys.exit(main())
