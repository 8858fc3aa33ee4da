"""Build the .deb from nothing, then use it where it was never built: install it offline in a fresh Debian 11 and 12, run it, take it off.

    sudo python3 installer/try_deb.py OUT                   builds, tries, prints a table; the package and the pictures lie in OUT
    sudo python3 installer/try_deb.py OUT --package FILE    tries a package that was built before

Each Debian gets what every desktop has (an X server, GTK, the tools of menus and file types) and nothing that Qt or Python want; from then on
it has no network. Root installs; an ordinary user works. Ends with 0 only when every line of the table holds.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_deb import add_common, build, tell, workplace
from chroots import USER, USER_HOME, Chroot, StepFailed, stop
from screen_picture import Picture, colours, read_screen, write_png
from shipment import MOST_INSTALLED_MB, NAME, version

SYSTEMS = {"Debian 11": "bullseye", "Debian 12": "bookworm"}
DESKTOP = ("xvfb", "xserver-xorg-core", "libgtk-3-0", "dbus", "shared-mime-info", "desktop-file-utils", "libglib2.0-bin",
           "hicolor-icon-theme", "man-db")  # fmt: skip
DISPLAY, SCREEN = ":7", "1366x768x24"
STORE = f"{USER_HOME}/.local/share/{NAME}/demo.store"
MOST_SECONDS = 900  # a step that takes longer hangs
FEWEST_COLOURS, SETTLING_SECONDS = 200, 25


@dataclass
class Trial:
    """One Debian in which the package is tried, and what held there."""

    name: str
    debian: Chroot
    out: Path
    held: dict[str, str] = field(default_factory=dict)

    def check(self, what: str, doing: Callable[[], str]) -> None:
        """Do one thing, and note what it told or why it failed."""
        begun = time.monotonic()
        try:
            told = doing()
        except (StepFailed, AssertionError, OSError) as failure:
            self.held[what] = f"FAILED: {failure}"
        else:
            self.held[what] = f"{told} ({time.monotonic() - begun:.0f} s)"
        print(f"  {self.name}: {what}: {self.held[what]}", flush=True)

    @property
    def is_sound(self) -> bool:
        """Whether everything held."""
        return not any(told.startswith("FAILED") for told in self.held.values())

    # -- what is done --------------------------------------------------------------------------------------------------
    def desk(self, *words: str, code: int = 0, lang: str = "C.UTF-8", **more: str) -> str:
        """Call the command as the ordinary user, offline."""
        return self.debian.run("env", f"HOME={USER_HOME}", f"LANG={lang}", *(f"{name}={value}" for name, value in more.items()), NAME, *words,
                               user=USER, offline=True, code=code, seconds=MOST_SECONDS)

    def install(self, package: Path) -> str:
        """Put the package in without a network: whatever it lacked would end this."""
        shutil.copyfile(package, self.debian.root / "srv" / package.name)
        self.debian.run("dpkg", "--install", f"/srv/{package.name}", offline=True)
        told = self.debian.run("dpkg-query", "-W", "-f", "${Version} ${Installed-Size}", NAME)
        megabytes = int(told.split()[1]) * 1024 / 1e6
        assert told.split()[0] == version() and megabytes < MOST_INSTALLED_MB, told
        return f"{megabytes:.0f} MB installed"

    def answers(self) -> str:
        """See that the command answers on this system, by the Python it brought."""
        said = self.desk("version")
        assert version() in said, said
        told = self.debian.run("sh", "-c", "getconf GNU_LIBC_VERSION; which python3 || echo no python3 of the system")
        return ", ".join(told.split("\n")).strip(", ")

    def build_demo(self) -> str:
        """Build the demo city and look it over."""
        self.desk("demo", "--no-window")
        return self.desk("check").strip().splitlines()[-1]

    def print_papers(self) -> str:
        """Print a paper in Chinese, and another one as a workbook."""
        self.desk("report", "plan", "--out", f"{USER_HOME}/plan.pdf", "--lang", "zh")
        self.desk("report", "stock", "--xlsx", "--out", f"{USER_HOME}/stock.xlsx")
        pdf = self.debian.root / USER_HOME.lstrip("/") / "plan.pdf"
        content = pdf.read_bytes()
        fonts = set(re.findall(rb"/BaseFont /[A-Z]{6}\+(Noto[A-Za-z]+)", content + _unpacked(content)))
        assert content.startswith(b"%PDF") and fonts, "no Chinese font is in the PDF"
        shutil.copyfile(pdf, self.out / f"{self.name} plan.pdf")
        return f"{len(content) // 1000} kB, {len(fonts)} fonts embedded"

    def allocate(self) -> str:
        """Solve what is sent from where, which wants the solver in the helper process."""
        return self.desk("allocate", "--need", "1110202=500").strip().splitlines()[0][:80]

    def list_comes_back(self) -> str:
        """Write a list as a workbook and read it again, in the limited child."""
        self.desk("export", "teams", "--out", f"{USER_HOME}/teams.xlsx")
        return self.desk("import", "teams", f"{USER_HOME}/teams.xlsx", "--take", "none").strip().splitlines()[0]

    def open_window(self) -> str:
        """Open the demo city in a window and take its picture."""
        return self._window("board", "demo")

    def open_plan_file(self) -> str:
        """Open a file of plans as a file manager does: by the type the system sees in it, and the command the menu entry names."""
        file = f"{USER_HOME}/fire.edplan"
        self.desk("export", "plans", "--plan", "building_fire", "--out", file)
        kind = self._as_user("gio", "info", "--attributes=standard::content-type", file).split()[-1]
        assert kind == "application/vnd.emergency-desk.plans", kind
        entry, told = f"{NAME}.desktop", self._as_user("gio", "mime", kind)
        assert told.splitlines()[0].endswith(entry), told
        text = (self.debian.root / "usr/share/applications" / entry).read_text(encoding="utf-8")
        command = re.search(r"^Exec=(.*) %f$", text, re.MULTILINE)
        assert command, text
        assert "same" in self.desk("import", "plans", file, "--take", "none").lower()
        return self._window("plans", *command.group(1).split()[1:], file)

    def _as_user(self, *words: str) -> str:
        return self.debian.run("env", f"HOME={USER_HOME}", *words, user=USER, offline=True)

    def _window(self, name: str, *words: str) -> str:
        """Start the desk on a screen of its own; return how many colours the picture has once it stands still."""
        with screen(self.debian) as picture_file:
            window = self.debian.start("env", f"HOME={USER_HOME}", f"DISPLAY={DISPLAY}", "LANG=zh_CN.UTF-8", NAME, *words, "--lang", "zh",
                                       user=USER, offline=True)
            try:
                picture = _settled(picture_file, lambda: window.poll() is not None)
            finally:
                stop(window)
        target = self.out / f"{self.name} {name}.png"
        write_png(picture, target)
        assert colours(picture) >= FEWEST_COLOURS, f"the screen stayed empty: {target}"
        return f"{colours(picture)} colours, {target.name}"

    def manual(self) -> str:
        """Read the manual pages."""
        lines = [self.debian.run("sh", "-c", f"LC_ALL={lang} man {language} {NAME} 2>/dev/null | wc -l").strip() for lang, language in
                 (("C.UTF-8", ""), ("C.UTF-8", "-L zh_CN"))]
        assert all(int(line) > 100 for line in lines), lines
        return f"{lines[0]} lines in English, {lines[1]} in Chinese"

    def menu_entry(self) -> str:
        """Let Debian's own tool look the menu entry over."""
        self.debian.run("desktop-file-validate", f"/usr/share/applications/{NAME}.desktop")
        return "valid"

    def log_is_clean(self) -> str:
        """Look for faults that nobody was told of."""
        logs = sorted((self.debian.root / USER_HOME.lstrip("/") / ".local/state" / NAME / "log").glob("*"))
        faults = [line for path in logs for line in path.read_text(encoding="utf-8").splitlines() if " ERROR " in line]
        assert not faults, f"{len(faults)} faults, such as {faults[:1]}"
        return "no fault"

    def take_off(self) -> str:
        """Take the program off: nothing of it stays, and everything of the user's."""
        before = self._data()
        self.debian.run("dpkg", "--purge", NAME, offline=True)
        left = [path for path in (f"opt/{NAME}", f"usr/bin/{NAME}", f"usr/share/applications/{NAME}.desktop", f"usr/share/doc/{NAME}")
                if (self.debian.root / path).exists()]
        assert not left, f"left behind: {left}"
        assert self._data() == before and STORE.lstrip("/") in before, "data of the user went"
        return f"{len(before)} files of the user untouched"

    def _data(self) -> dict[str, int]:
        home = self.debian.root / USER_HOME.lstrip("/")
        return {str(path.relative_to(self.debian.root)): path.stat().st_size for path in sorted(home.rglob("*")) if path.is_file()}


def _unpacked(pdf: bytes) -> bytes:
    """Return what stands in the compressed parts of a PDF."""
    found = b""
    for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found += zlib.decompress(part.strip(b"\r\n"))
        except zlib.error:
            continue
    return found


@contextmanager
def screen(debian: Chroot) -> Iterator[Path]:
    """Give a screen inside, as the file it is drawn into."""
    folder = debian.root / "srv" / "screen"
    folder.mkdir(exist_ok=True)
    server = debian.start("Xvfb", DISPLAY, "-screen", "0", SCREEN, "-fbdir", "/srv/screen", "-ac", "-nolisten", "tcp", offline=True)
    try:
        for _try in range(120):
            if (folder / "Xvfb_screen0").exists() and (debian.root / f"tmp/.X11-unix/X{DISPLAY[1:]}").exists():
                break
            time.sleep(0.5)
        else:
            raise StepFailed("no screen could be made")
        yield folder / "Xvfb_screen0"
    finally:
        stop(server)
        shutil.rmtree(folder)
        for left in (f"tmp/.X{DISPLAY[1:]}-lock", f"tmp/.X11-unix/X{DISPLAY[1:]}"):
            (debian.root / left).unlink(missing_ok=True)


def _settled(file: Path, has_ended: Callable[[], bool]) -> Picture:
    """Return the screen a while after it began to show something; clocks on it never stand still. A program that ended shows nothing."""
    begun, shown_since = time.monotonic(), None
    while time.monotonic() - begun < MOST_SECONDS:
        assert not has_ended(), "the program ended by itself"
        time.sleep(1)
        if colours(read_screen(file)) < FEWEST_COLOURS:
            continue
        shown_since = shown_since or time.monotonic()
        if time.monotonic() - shown_since > SETTLING_SECONDS:
            break
    return read_screen(file)


def try_out(trial: Trial, package: Path) -> None:
    """Do everything a user does, from the installation to the end."""
    trial.check("installs offline", lambda: trial.install(package))
    trial.check("answers", trial.answers)
    trial.check("menu entry", trial.menu_entry)
    trial.check("manual pages", trial.manual)
    trial.check("demo city, looked over", trial.build_demo)
    trial.check("papers", trial.print_papers)
    trial.check("list out and in", trial.list_comes_back)
    trial.check("allocation", trial.allocate)
    trial.check("window", trial.open_window)
    trial.check("file of plans", trial.open_plan_file)
    trial.check("log", trial.log_is_clean)
    trial.check("taken off, data stays", trial.take_off)


def main(arguments: list[str] | None = None) -> int:
    """Build, try and print the table."""
    parser = argparse.ArgumentParser(prog="try_deb.py", description="Build the .deb from nothing and try it offline in Debian 11 and 12.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder for the package and the pictures")
    parser.add_argument("--package", type=Path, metavar="FILE", help="a package that was built before; else it is built first")
    parser.add_argument("--on", action="append", choices=[*SYSTEMS], help="only this system; may be repeated")
    add_common(parser)
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    with workplace(asked.work) as work:
        try:
            package = asked.package or build(asked.out, work, mirror=asked.mirror, tell=tell)
            trials = [_prepare(name, work, asked) for name in asked.on or SYSTEMS]
        except StepFailed as failure:
            print(f"\n{failure}\nAll that was said: {work / 'log.txt'}", file=sys.stderr)
            return 1
        for trial in trials:
            try_out(trial, package)
    _print_table(trials, package)
    return 0 if all(trial.is_sound for trial in trials) else 1


def _prepare(name: str, work: Path, asked: argparse.Namespace) -> Trial:
    debian = Chroot(work / SYSTEMS[name], work / "log.txt")
    tell(f"a fresh {name} as desktops have it", lambda: Chroot.make(debian.root, SYSTEMS[name], mirror=asked.mirror, log=debian.log))
    debian.install(*DESKTOP)
    debian.add_user()
    return Trial(name, debian, asked.out.resolve())


def _print_table(trials: list[Trial], package: Path) -> None:
    print(f"\n{package.name}, {package.stat().st_size / 1e6:.1f} MB\n")
    print("| | " + " | ".join(trial.name for trial in trials) + " |")
    print("|---|" + "---|" * len(trials))
    for what in trials[0].held:
        print(f"| {what} | " + " | ".join(trial.held[what].partition("\n")[0] for trial in trials) + " |")


if __name__ == "__main__":
    sys.exit(main())
