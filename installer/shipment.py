"""What ships: of the desk, of Qt, of other packages. Every installer reads it, and a test holds it to the tree.

Whatever is not named for Qt stays at home; of other packages everything comes but what is named as left out.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME, TITLE, TITLE_ZH = "emergency-desk", "Emergency Desk", "应急值班台"
PACKAGE = "emergency_desk"
SHIPPED = "_shipped"  # the folder inside the package where `app/paths.py` looks for what lies beside it in the source tree
DATA = ("resources", "plans")
MOST_INSTALLED_MB = 250

# What is asked of Qt; the libraries behind it are found from what these need.
QT_MODULES = ("QtCore", "QtGui", "QtWidgets")
# No plugin for Wayland: the one in the wheels wants a newer libwayland than Debian 11 has. Every Wayland desktop shows X11 windows too.
QT_PLUGINS = (
    "platforms/*xcb*", "platforms/*offscreen*", "platforms/qwindows.dll", "styles/*", "imageformats/*jpeg*", "imageformats/*ico*",
    "platforminputcontexts/*ibus*", "platforminputcontexts/*compose*", "platformthemes/*xdgdesktopportal*", "xcbglintegrations/*",
)  # fmt: skip
QT_WORDS = ("qtbase_zh_CN.qm",)

# Left out of other packages. The fonts of reportlab are under licences of their own, one of them the GPL; the desk embeds its own fonts.
LEFT_OUT = (
    "*.pyi", "*/py.typed", "*/tests/*", "bin/*", "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED",
    "reportlab/fonts/*", "numpy/f2py/*", "numpy/*/include/*", "numpy/*.pxd", "numpy/*/lib/*.a", "sqlalchemy/*.pyx", "sqlalchemy/testing/*",
    "alembic/templates/*", "alembic/testing/*", "pypdfium2_cli/*", "PIL/_imagingtk*", "highspy/include/*", "highspy/bin/*", "highspy/lib/*",
    "numpy/_core/_simd*", "numpy/_core/_*_tests.*", "numpy/random/*", "numpy/fft/*", "numpy/polynomial/*", "numpy/ma/*", "numpy/testing/*",
    "numpy/ctypeslib/*", "numpy/distutils/*", "PIL/_avif*", "pillow.libs/libavif*", "PIL/_imagingft*",
    "pillow.libs/libharfbuzz*", "pillow.libs/libfreetype*", "pillow.libs/libbrotli*", "pillow.libs/libpng*",
    "shiboken6/docs/*",
)  # fmt: skip
# Python's own: nothing that draws windows of its own, installs, speaks with a network, or is under the GPL (readline, gdbm); no second SQLite.
STDLIB_LEFT_OUT = (
    "test", "idlelib", "tkinter", "turtledemo", "turtle.py", "lib2to3", "ensurepip", "distutils", "venv", "pydoc_data", "sqlite3", "dbm",
    "curses", "config-3.11*", "lib-dynload/*_failed*", "lib-dynload/ossaudiodev*", "lib-dynload/nis*", "lib-dynload/_ssl*",
    "lib-dynload/_crypt*", "lib-dynload/xxlimited*", "lib-dynload/_test*", "lib-dynload/readline*", "lib-dynload/_sqlite3*",
    "lib-dynload/_gdbm*", "lib-dynload/_dbm*",
)  # fmt: skip


def version() -> str:
    """Return the version of the desk, as its package says it."""
    text = (ROOT / PACKAGE / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    assert found, "the package names its version"
    return found.group(1)


def pins() -> dict[str, str]:
    """Return package -> version of what the desk runs on."""
    listing = (ROOT / "installer" / "requirements.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([0-9][0-9a-z.+]*)", listing, re.MULTILINE))


def code_files() -> list[Path]:
    """Return every file of the package that ships, below the root: code, and the migrations that alembic finds by their place."""
    return sorted(path.relative_to(ROOT) for path in (ROOT / PACKAGE).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def data_files() -> list[Path]:
    """Return every file beside the package that ships, below the root."""
    return sorted(path.relative_to(ROOT) for folder in DATA for path in (ROOT / folder).rglob("*")
                  if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".po", ".pot"))


def is_left_out(name: str, patterns: Iterable[str] = LEFT_OUT) -> bool:
    """Tell whether a file of the installed packages, named below their folder, stays at home."""
    return any(fnmatch(name, pattern) for pattern in patterns)


def copy_desk(site: Path) -> None:
    """Copy package, resources and plans to where Python finds packages."""
    for path in code_files():
        _copy(ROOT / path, site / path)
    for path in data_files():
        _copy(ROOT / path, site / PACKAGE / SHIPPED / path)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
