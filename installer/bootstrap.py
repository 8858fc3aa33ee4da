"""Set everything up on a machine that has nothing but Python, then open the desk or pass the tests.

    python3 installer/bootstrap.py open     system libraries, .venv, the desk; opens it on the demo city
    python3 installer/bootstrap.py test     the same and the test tools; runs every check (offscreen)

Standard library only, and no pip needed beforehand. With apt, what is missing is installed as root or through sudo;
elsewhere it is named. What is there already is left alone, so a second run starts at once.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bootstrap_words import say, text

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PICTURES = ROOT / "pictures"

# What the wheels of Qt 6.8 load and do not bring: read from the NEEDED entries of Core, Gui, Widgets, DBus, Svg and the
# xcb, wayland and offscreen plugins. Library -> Debian package.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


class SetUpFailed(Exception):
    """A step did not succeed; its sentence is ready for the user."""


def main(arguments: list[str] | None = None) -> int:
    """Run one of the two commands and return an honest exit code."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=text("about"))
    parser.add_argument("command", choices=["open", "test"], help=text("commands"))
    parser.add_argument("more", nargs="*", help=text("more"))
    asked, unknown = parser.parse_known_args(arguments)
    try:
        set_up(with_tests=asked.command == "test")
        return run_checks(asked.more + unknown) if asked.command == "test" else open_desk(asked.more + unknown)
    except SetUpFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def set_up(*, with_tests: bool) -> None:
    """Bring system libraries, the virtual environment and the pinned packages to where they must be."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):  # the wheels of the pinned Qt end there
        raise SetUpFailed(text("python_unfit", version=sys.version.split()[0]))
    if sys.platform.startswith("linux"):
        provide_system_packages()
    make_venv()
    install_packages(with_tests=with_tests)


# -- the system -------------------------------------------------------------------------------------------------------
def provide_system_packages() -> None:
    """Install what is missing with apt, or say what is missing where there is no apt."""
    missing = missing_packages()
    if not missing:
        return
    names = " ".join(missing)
    if not on_path("apt-get"):
        raise SetUpFailed(text("no_apt", packages=names))
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and not on_path("sudo"):
        raise SetUpFailed(text("no_sudo", packages=names))
    say("apt", packages=names)
    patience = ["-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300"]
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q", *patience]
    twice([*apt, "update"], failed=text("apt_update_failed"))
    twice([*apt, "install", "--no-install-recommends", *missing], failed=text("apt_failed", packages=names))
    left = missing_packages()
    if left:
        raise SetUpFailed(text("apt_left", packages=" ".join(left)))


def missing_packages() -> list[str]:
    """Return the Debian packages to install, in a fixed order."""
    missing = {package for library, package in LIBRARIES.items() if not can_load(library)}
    if not has_fontconfig():
        missing.add("fontconfig")
    if not has_keyboard_tables():
        missing.add("xkb-data")
    if not PYTHON.exists() and not can_make_venv():
        missing.add("python3-venv")
    return sorted(missing)


def can_load(library: str) -> bool:
    """Ask the loader itself, which knows every distribution's folders."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fontconfig() -> bool:
    """Tell whether fonts can be configured; without its files Qt finds none at all."""
    return Path("/etc/fonts/fonts.conf").exists()


def has_keyboard_tables() -> bool:
    """Tell whether the tables of keyboards are there, which xkbcommon reads and the wheels do not bring."""
    return Path("/usr/share/X11/xkb/rules/evdev").exists()


def can_make_venv() -> bool:
    """Debian splits ensurepip off Python; without it no virtual environment gets its pip."""
    probe = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], stdin=subprocess.DEVNULL, capture_output=True)
    return probe.returncode == 0


# -- the virtual environment ------------------------------------------------------------------------------------------
def make_venv() -> None:
    """Make .venv, or make it anew when the Python it was made with is gone."""
    if PYTHON.exists() and run([str(PYTHON), "-c", "import pip"], quiet=True) == 0:
        return
    say("venv", folder=VENV.name)
    if run([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise SetUpFailed(text("venv_failed", folder=VENV))


def install_packages(*, with_tests: bool) -> None:
    """Install the pinned packages and the desk itself, unless exactly these are there."""
    listing = ROOT / "installer" / ("requirements-tests.txt" if with_tests else "requirements.txt")
    stamp = VENV / f"installed-{listing.stem}"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("pip", listing=listing.name)
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-warn-script-location"]
    if not sys.stdout.isatty():
        pip += ["--quiet", "--progress-bar", "off"]
    pip += ["--root-user-action", "ignore"]  # a virtual environment of our own: root harms nothing in it
    twice([*pip, "-r", str(listing)], failed=text("pip_failed", listing=listing.name), as_user=True)
    twice([*pip, "--no-deps", "--editable", str(ROOT)], failed=text("package_failed"), as_user=True)
    run([str(PYTHON), "-c", "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])", str(stamp), wanted])


def fingerprint() -> str:
    """Return a digest of everything that decides what is installed."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (ROOT / "installer" / "requirements.txt", ROOT / "installer" / "requirements-tests.txt", ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


# -- the two commands -------------------------------------------------------------------------------------------------
def open_desk(more: list[str]) -> int:
    """Open the demo city, or where there is no display play a walk on it and save pictures."""
    desk = [str(PYTHON), "-m", "emergency_desk", "demo", *more]
    if has_display():
        say("opening")
        return run(desk)
    say("no_display", folder=PICTURES)
    code = run([*desk, "--pictures", str(PICTURES)], extra={"QT_QPA_PLATFORM": "offscreen"})
    if code == 0:
        say("pictures", names="\n".join(f"  {path}" for path in sorted(PICTURES.glob("*.png"))))
    return code


def has_display() -> bool:
    """Let Qt try; a variable that names a display is no proof that one answers."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    return run([str(PYTHON), "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"], quiet=True) == 0


def run_checks(more: list[str]) -> int:
    """Run ruff, mypy and pytest; all of them, so that one run shows everything. pytest has the last word."""
    # What Python compiled is kept, whatever the shell says: hundreds of files are compiled by two workers and every child they start.
    offscreen = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
    failed = []
    for name, command in (("ruff", ["-m", "ruff", "check", "."]), ("mypy", ["-m", "mypy"])):
        print(f"== {name}", flush=True)
        if run([str(PYTHON), *command]) != 0:
            failed.append(name)
    if failed:
        say("checks_failed", names=", ".join(failed))
    print("== pytest", flush=True)
    tested = run([str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "worksteal", *more], extra=offscreen)
    return tested or (1 if failed else 0)


# -- running things ---------------------------------------------------------------------------------------------------
def run(command: list[str], *, extra: dict[str, str] | None = None, quiet: bool = False, as_user: bool = True) -> int:
    """Run a command in the repository and return its exit code."""
    sys.stdout.flush()
    environment = {**os.environ, **(extra or {})}
    user = group = None
    if as_user and (behind := user_behind_sudo()):
        user, group = behind
        environment["HOME"] = home_of(user)
    output = subprocess.DEVNULL if quiet else None
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, user=user, group=group
    )
    return done.returncode


def twice(command: list[str], *, failed: str, as_user: bool = False) -> None:
    """Run a command, and once more when it fails: networks have bad moments."""
    if run(command, as_user=as_user) == 0:
        return
    say("again")
    if run(command, as_user=as_user) != 0:
        raise SetUpFailed(failed)


def user_behind_sudo() -> tuple[int, int] | None:
    """Return who called sudo when the repository is theirs: files made here shall be theirs too."""
    behind = os.environ.get("SUDO_UID", "")
    if not behind or not hasattr(os, "geteuid") or os.geteuid() != 0 or ROOT.stat().st_uid != int(behind):
        return None
    return int(behind), int(os.environ.get("SUDO_GID", behind))


def home_of(uid: int) -> str:
    """Return the home folder of a user by number."""
    import pwd

    return pwd.getpwuid(uid).pw_dir


def on_path(program: str) -> bool:
    """Tell whether a program can be called."""
    from shutil import which

    return which(program) is not None


if __name__ == "__main__":
    sys.exit(main())
