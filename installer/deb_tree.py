"""The tree that the .deb puts onto a machine: a Python of its own, the packages, the desk, and what a desktop wants to know of it.

Everything lies in /opt/emergency-desk; outside of it only the command, the menu entry, the file type, icons, manual pages and the licences.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import icu_data
import shipment
from chroots import Chroot, StepFailed
from shipment import NAME, QT_MODULES, QT_PLUGINS, QT_WORDS, ROOT, STDLIB_LEFT_OUT, version

HOME = f"/opt/{NAME}"
PYTHON = f"{HOME}/bin/python3.11"
LIBRARIES = f"{HOME}/lib"
STDLIB = f"{LIBRARIES}/python3.11"
SITE = f"{STDLIB}/dist-packages"  # where a Python with Debian's mending looks
LINUX = ROOT / "installer" / "linux"

# Libraries that desktops lack, or have in another version at each release: they come along, from the builder's packages.
BUNDLED_FROM = {
    "libcrypto.so.1.1": "libssl1.1", "libffi.so.7": "libffi7", "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-util.so.1": "libxcb-util1", "libxcb-xkb.so.1": "libxcb-xkb1", "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxkbcommon.so.0": "libxkbcommon0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}  # fmt: skip
# What every desktop has: the builder needs it to find the names and versions of the packages that the .deb depends on.
SYSTEM = (
    "libegl1", "libgl1", "libx11-6", "libx11-xcb1", "libdbus-1-3", "libfontconfig1", "libfreetype6", "libglib2.0-0", "libxcb1",
    "libxcb-glx0", "libxcb-render0", "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0", "libexpat1",
    "zlib1g", "libbz2-1.0", "liblzma5", "libzstd1", "libstdc++6",
)  # fmt: skip
ALSO_NEEDED = ("fontconfig-config", "xkb-data")  # data that no library names: without it no font is found and no key is known
DESCRIPTION = """desk of a duty office: contingency plans, teams, stockpiles, shelters
 The desk a duty office answers the phone at: a call is taken, the right team
 goes out with a written order, and the right contingency plan is open at the
 right clause. One local file, no server and no network; Chinese and English."""


def lay_out(debian: Chroot, tree: Path) -> None:
    """Trim Python and the packages, and put the desk and what the desktop wants beside them."""
    site = tree / SITE.lstrip("/")
    _leave_out(tree / STDLIB.lstrip("/"), STDLIB_LEFT_OUT)
    for name in ("include", "share", "lib/pkgconfig", "lib/libpython3.11.a", "bin/python3.11-config"):
        _remove(tree / HOME.lstrip("/") / name)
    for path in [path for path in site.rglob("*") if path.is_file() and shipment.is_left_out(path.relative_to(site).as_posix())]:
        path.unlink()
    shipment.copy_desk(site)
    keep_of_qt(debian, site / "PySide6")
    _trim_icu(debian, site / "PySide6" / "Qt" / "lib")
    _bundle(debian, tree)
    _strip(debian, tree)
    _drop_empty(tree / HOME.lstrip("/"))
    for folder, files in _desktop_files().items():
        for target, source in files.items():
            _put(source, tree / folder / target)
    (tree / "usr/bin" / NAME).chmod(0o755)
    _licences(debian, tree)
    inside = "/" + tree.relative_to(debian.root).as_posix()
    compile_all = [f"{inside}{PYTHON}", "-m", "compileall", "-q", "-j", "2", "--invalidation-mode", "unchecked-hash", "-s", inside, "-p", "/"]
    debian.run(*compile_all, f"{inside}{SITE}/{shipment.PACKAGE}")
    debian.run(*compile_all, "-b", "-x", f"dist-packages/{shipment.PACKAGE}", f"{inside}{STDLIB}", code=None)  # 2to3's own tests of bad code
    _drop_sources(tree / STDLIB.lstrip("/"))


def keep_of_qt(debian: Chroot, qt: Path) -> None:
    """Keep of Qt the modules and plugins that are named, and the libraries that these need; everything else goes."""
    kept = {path for name in QT_MODULES for path in qt.glob(f"{name}.abi3.so")}
    kept |= {path for pattern in QT_PLUGINS for path in (qt / "Qt" / "plugins").glob(pattern)}
    kept |= {qt / "Qt" / "translations" / name for name in QT_WORDS}
    found, libraries = set(kept), {path.name: path for path in [*(qt / "Qt" / "lib").iterdir(), *qt.glob("lib*.so*")]}
    while found:
        found = {libraries[name] for path in found if ".so" in path.name for name in _needed(debian, path) if name in libraries} - kept
        kept |= found
    for path in [path for path in qt.rglob("*") if path.is_file() and path.suffix != ".py" and path not in kept]:
        path.unlink()
    for name in ("scripts", "support/generate_pyi.py", "glue", "typesystems", "doc", "include"):
        _remove(qt / name)


def _trim_icu(debian: Chroot, libraries: Path) -> None:
    """Link ICU's data anew with the languages of the desk alone."""
    library = next(libraries.glob("libicudata.so.*"))
    symbol = re.search(r"([0-9a-f]+) (\S+) OBJECT .* (icudt\d+_dat)", debian.run("readelf", "-sW", _path(debian, library)))
    assert symbol, "the data stands under one name"
    begin, size, name = int(symbol[1], 16), int(symbol[2], 0), symbol[3]
    work = debian.root / "build" / "icu"
    work.mkdir(exist_ok=True)
    work.joinpath("data").write_bytes(icu_data.trimmed(library.read_bytes()[begin : begin + size]))
    work.joinpath("data.s").write_text(f".section .rodata\n.balign 16\n.globl {name}\n.type {name}, %object\n{name}:\n.incbin \"data\"\n"
                                       f".size {name}, . - {name}\n.section .note.GNU-stack, \"\", %progbits\n")
    debian.run("sh", "-c", f"cd /build/icu && gcc -shared -nostdlib -Wl,-soname,{library.name} -o {_path(debian, library)} data.s")


def _needed(debian: Chroot, path: Path) -> list[str]:
    told = debian.run("readelf", "-d", "/" + path.relative_to(debian.root).as_posix())
    return re.findall(r"\(NEEDED\).*\[(.+?)\]", told)


def _bundle(debian: Chroot, tree: Path) -> None:
    """Put the libraries that come along to where Qt and Python look first."""
    for name in BUNDLED_FROM:
        source = next(path for folder in ("usr/lib", "lib") for path in sorted((debian.root / folder).glob(f"*-linux-gnu*/{name}")))
        place = LIBRARIES if name.startswith(("libcrypto", "libffi")) else f"{SITE}/PySide6/Qt/lib"
        target = tree / place.lstrip("/") / name
        _put(debian.root / _inside(debian, source), target)
        debian.run("patchelf", "--set-rpath", "$ORIGIN", "/" + target.relative_to(debian.root).as_posix())


def _inside(debian: Chroot, path: Path) -> str:
    """Return where a link inside really leads."""
    return debian.run("readlink", "-f", "/" + path.relative_to(debian.root).as_posix()).strip().lstrip("/")


def _strip(debian: Chroot, tree: Path) -> None:
    """Take the tables for debuggers out of programs and libraries, and see that each can be loaded beside the others.

    Libraries that wheels bring along (NAME.libs) were given new names in place; the tool of Debian 11 would break them.
    """
    programs = list(_programs(tree))
    for path in programs:
        path.chmod(0o755)
        if path.parent.suffix != ".libs":
            debian.run("strip", "--strip-unneeded", _path(debian, path))
    names = "\n".join(_path(debian, path) for path in programs if path.suffix != ".11")
    (debian.root / "build" / "loaded").write_text(names, encoding="utf-8")
    load = "import ctypes, sys\nfor name in open('/build/loaded').read().split('\\n'): ctypes.CDLL(name)"
    debian.run(_path(debian, tree) + PYTHON, "-c", load, environment={"LD_LIBRARY_PATH": _path(debian, tree) + LIBRARIES})


def _drop_sources(stdlib: Path) -> None:
    """Take out the sources of what others wrote, which stand beside as compiled; the desk's own stay, for whoever reads a fault in the log."""
    for path in stdlib.rglob("*.py"):
        if shipment.PACKAGE not in path.relative_to(stdlib).parts and path.with_suffix(".pyc").exists():
            path.unlink()


def _programs(tree: Path) -> Iterator[Path]:
    """Give every program and library of the tree."""
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _desktop_files() -> dict[str, dict[str, Path]]:
    """Return folder -> name there -> file here."""
    icons = ROOT / "resources" / "icons"
    files: dict[str, dict[str, Path]] = {
        "usr/bin": {NAME: LINUX / NAME},
        "usr/share/applications": {f"{NAME}.desktop": LINUX / f"{NAME}.desktop"},
        "usr/share/mime/packages": {f"{NAME}.xml": LINUX / f"{NAME}.xml"},
        "usr/share/icons/hicolor/scalable/apps": {f"{NAME}.svg": icons / f"{NAME}.svg"},
    }
    for path in icons.glob(f"{NAME}-*.png"):
        size = path.stem.rpartition("-")[2]
        files[f"usr/share/icons/hicolor/{size}x{size}/apps"] = {f"{NAME}.png": path}
    return files


def _licences(debian: Chroot, tree: Path) -> None:
    """Write who made what and under which terms; the texts of Python and of each package lie beside them."""
    notes = tree / "usr/share/doc" / NAME
    _put(ROOT / "resources" / "licences" / "README.md", notes / "others.md")
    head = (f"{shipment.TITLE}\n\nWhat others made, and under which terms: others.md beside this file, libraries/ here, {STDLIB}/LICENSE.txt\n"
            f"and {SITE}/*.dist-info. Qt is under the LGPL 3 (/usr/share/common-licenses/LGPL-3): its libraries in\n"
            f"{SITE}/PySide6 may be exchanged for others of your own making.\n")
    (notes / "copyright").write_text(head + "\n" + (ROOT / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    for package in sorted({*BUNDLED_FROM.values()}):
        _put(debian.root / "usr/share/doc" / package / "copyright", notes / "libraries" / f"{package}.copyright")


def write_manual(debian: Chroot, tree: Path) -> None:
    """Write the manual pages with the very program that ships."""
    inside = "/" + tree.relative_to(debian.root).as_posix()
    shutil.copyfile(ROOT / "installer" / "make_man.py", debian.root / "build" / "make_man.py")
    debian.run(f"{inside}{PYTHON}", "-B", "/build/make_man.py", f"{inside}/usr/share/man",
               environment={"LD_LIBRARY_PATH": f"{inside}{LIBRARIES}", "XDG_DATA_HOME": "/build/home"})
    for path in list((tree / "usr/share/man").rglob("*.1")):
        path.with_suffix(".1.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        path.unlink()


def pack(debian: Chroot, tree: Path, architecture: str) -> Path:
    """Make the package, and hold its size to what was promised."""
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    if size > shipment.MOST_INSTALLED_MB * 1_000_000:
        raise StepFailed(f"{size / 1e6:.0f} MB are more than the {shipment.MOST_INSTALLED_MB} that were promised")
    control = tree / "DEBIAN"
    control.mkdir(exist_ok=True)
    depends = ", ".join([*_depends(debian, tree), *ALSO_NEEDED])
    control.joinpath("control").write_text(
        f"Package: {NAME}\nVersion: {version()}\nArchitecture: {architecture}\nSection: misc\nPriority: optional\n"
        f"Maintainer: {shipment.TITLE} <maintainers@{NAME}.invalid>\nInstalled-Size: {size // 1024}\nDepends: {depends}\n"
        f"Recommends: fontconfig, shared-mime-info, desktop-file-utils\nDescription: {DESCRIPTION}\n", encoding="utf-8")
    target = debian.root / "build" / f"{NAME}.deb"
    debian.run("sh", "-c", f"cd {_path(debian, tree)} && find opt usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums")
    debian.run("sh", "-c", f"chmod -R u=rwX,go=rX {_path(debian, tree)}")
    debian.run("dpkg-deb", "-Zxz", "-z1", "--root-owner-group", "--build", _path(debian, tree), _path(debian, target))
    return target


def _path(debian: Chroot, path: Path) -> str:
    return "/" + path.relative_to(debian.root).as_posix()


def _depends(debian: Chroot, tree: Path) -> list[str]:
    """Return the packages of the system that what ships is linked to, with the versions it needs, as Debian's own tool reads them."""
    notes = debian.root / "build" / "depends" / "debian"
    notes.mkdir(parents=True, exist_ok=True)
    notes.joinpath("control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
    own = " ".join(f"-l{_path(debian, folder)}" for folder in sorted({path.parent for path in _programs(tree)}))
    programs = " ".join(f"'-e{_path(debian, path)}'" for path in _programs(tree))
    told = debian.run("sh", "-c", f"cd /build/depends && dpkg-shlibdeps -O --ignore-missing-info --warnings=0 {own} {programs} 2>/dev/null")
    needs = told.partition("shlibs:Depends=")[2].strip().split(", ")
    bundled = set(BUNDLED_FROM.values())
    return [need for need in needs if need.split()[0] not in bundled]


def _leave_out(folder: Path, patterns: tuple[str, ...]) -> None:
    for path in sorted(folder.rglob("*")):
        if any(fnmatch(path.relative_to(folder).as_posix(), pattern) for pattern in patterns):
            _remove(path)
    for path in list(folder.rglob("__pycache__")):
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _drop_empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
