"""What the installers ship is what the desk is made of; the scripts that build and try them are run by hand, for they take many minutes."""

from __future__ import annotations

import ast
import configparser
import io
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from emergency_desk.app.command_line import parser
from emergency_desk.exchange import plan_bundles, plan_mark
from emergency_desk.wording import catalog

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
LINUX = INSTALLER / "linux"


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the scripts find one another, as they do when they are run; and whatever language they spoke, give English back."""
    monkeypatch.syspath_prepend(str(INSTALLER))
    yield
    catalog.use_language("en", ROOT / "resources" / "locale")


@pytest.fixture
def shipment() -> ModuleType:
    return import_module("shipment")


# -- what ships -------------------------------------------------------------------------------------------------------
def test_every_file_of_the_desk_ships_migrations_with_it(shipment: ModuleType) -> None:
    shipped = {path.as_posix() for path in shipment.code_files()}
    written = {path.relative_to(ROOT).as_posix() for path in (ROOT / "emergency_desk").rglob("*.py")}
    assert written <= shipped
    assert any("/migrations/versions/" in name for name in shipped)


@pytest.mark.parametrize("path", [
    "plans/README.md", "plans/drills", "plans/walks", "resources/reference/divisions/divisions.csv.xz", "resources/fonts/NotoSansSC-Regular.ttf",
    "resources/locale/zh_CN/LC_MESSAGES/emergency_desk.mo", "resources/help", "resources/icons/emergency-desk-48.png",
    "resources/licences/LGPL-3.0.txt",
])  # fmt: skip
def test_what_lies_beside_the_package_ships_too(shipment: ModuleType, path: str) -> None:
    shipped = [each.as_posix() for each in shipment.data_files()]
    assert any(each == path or each.startswith(f"{path}/") for each in shipped)


def test_what_is_laid_out_is_found_by_the_desk(shipment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipment, "code_files", lambda: [Path("emergency_desk/__init__.py"), Path("emergency_desk/app/paths.py")])
    monkeypatch.setattr(shipment, "data_files", lambda: [Path("plans/README.md"), Path("resources/reference/README.md")])
    shipment.copy_desk(tmp_path)
    from emergency_desk.app import paths

    monkeypatch.setattr(paths, "__file__", str(tmp_path / "emergency_desk" / "app" / "paths.py"))
    assert (paths.plans() / "README.md").exists() and (paths.reference() / "README.md").exists()


def test_of_qt_exactly_what_is_asked_for_ships(shipment: ModuleType) -> None:
    asked = set()
    for path in (ROOT / "emergency_desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                asked.add((node.module or "").split(".")[1])
    assert asked == set(shipment.QT_MODULES)


def test_fonts_under_the_gpl_stay_at_home(shipment: ModuleType) -> None:
    assert shipment.is_left_out("reportlab/fonts/DarkGardenMK.pfb")
    for name in ("lib-dynload/readline.cpython-311-x86_64-linux-gnu.so", "lib-dynload/_gdbm.cpython-311-x86_64-linux-gnu.so", "sqlite3"):
        assert shipment.is_left_out(name, shipment.STDLIB_LEFT_OUT)


@pytest.mark.parametrize("name", [
    "reportlab/pdfgen/canvas.py", "numpy/_core/multiarray.py", "highspy/_core.cpython-311-x86_64-linux-gnu.so", "alembic/command.py",
    "sqlalchemy/dialects/sqlite/base.py", "pypinyin/phrases_dict.json", "numpy-2.4.6.dist-info/licenses/LICENSE.txt",
    "emergency_desk/store/migrations/env.py",
])  # fmt: skip
def test_what_is_left_out_is_nothing_the_desk_wants(shipment: ModuleType, name: str) -> None:
    assert not shipment.is_left_out(name)


def test_whatever_ships_is_named_with_its_licence(shipment: ModuleType) -> None:
    told = (ROOT / "resources" / "licences" / "README.md").read_text(encoding="utf-8").lower()
    assert [name for name in shipment.pins() if name.lower() not in told] == []


# -- pins and digests --------------------------------------------------------------------------------------------------
def test_every_pin_has_its_digests(shipment: ModuleType) -> None:
    text = (INSTALLER / "requirements-hashed.txt").read_text(encoding="utf-8")
    hashed = dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+) \\$", text, re.MULTILINE))
    plain = {name.lower().replace("_", "-"): version for name, version in shipment.pins().items()}
    assert {name.lower().replace("_", "-"): version for name, version in hashed.items()} == plain
    parts = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)[1:]
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}$", part, re.MULTILINE) for part in parts)


# -- Linux -------------------------------------------------------------------------------------------------------------
def test_the_menu_entry_starts_a_command_that_is_there_and_takes_files_of_plans() -> None:
    entry = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / "emergency-desk.desktop", encoding="utf-8")
    assert entry.sections() == ["Desktop Entry"]
    keys = entry["Desktop Entry"]
    assert keys["Type"] == "Application" and keys["Name"] and keys["Name[zh_CN]"] and keys["Categories"].endswith(";")
    program, command, place = keys["Exec"].split()
    assert (LINUX / program).exists() and place == "%f"
    assert parser().parse_args([command, "in.edplan"]).file == Path("in.edplan")
    kinds = ElementTree.parse(LINUX / "emergency-desk.xml").getroot()
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = kinds.find(f"{space}mime-type")
    assert kind is not None and keys["MimeType"] == f"{kind.get('type')};"
    glob, magic = kind.find(f"{space}glob"), kind.find(f"{space}magic/{space}match")
    assert glob is not None and glob.get("pattern") == f"*{plan_bundles.ENDING}"
    assert magic is not None and (magic.get("value") or "").encode() == plan_mark.MAGIC


def test_the_command_is_sound_and_starts_the_python_that_ships() -> None:
    tree = import_module("deb_tree")
    text = (LINUX / "emergency-desk").read_text(encoding="utf-8")
    assert f"exec {tree.PYTHON} -m emergency_desk" in text
    shell = shutil.which("sh")
    if shell:
        assert subprocess.run([shell, "-n", str(LINUX / "emergency-desk")]).returncode == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_manual_page_names_every_command_and_option(language: str) -> None:
    man = import_module("make_man")
    page = man.page(language).replace(r"\-", "-")
    names = [name for name, _command, _told in man._commands(parser(), ())]
    assert len(names) > 15
    assert [name for name in names if f".SS emergency-desk {name}" not in page] == []
    options = {option for _name, command, _told in man._commands(parser(), ()) for action in command._actions for option in action.option_strings}
    assert [option for option in options if rf"\fB{option}\fR" not in page] == []
    assert (re.search("[\u4e00-\u9fff]", page) is not None) == (language == "zh")


def test_the_manual_page_names_every_variable_that_the_desk_reads() -> None:
    read = {name for path in (ROOT / "emergency_desk" / "app").glob("*.py")
            for name in re.findall(r"\bEMERGENCY_DESK_[A-Z_]+", path.read_text(encoding="utf-8"))}
    assert set(import_module("make_man").VARIABLES) == read


def test_the_manual_page_is_taken_by_the_formatter_without_a_word() -> None:
    man, groff = import_module("make_man"), shutil.which("groff")
    page = man.page("en")
    assert not re.search(r"^['.](?![A-Z]{1,2}( |$))", page, re.MULTILINE), "a line of text that the formatter would take as a request"
    if groff:
        done = subprocess.run([groff, "-man", "-Tutf8", "-ww", "-Kutf8"], input=page.encode(), capture_output=True)
        assert done.returncode == 0 and done.stderr == b""


def test_icons_are_there_in_every_size(shipment: ModuleType) -> None:
    icons = ROOT / "resources" / "icons"
    for path in icons.glob(f"{shipment.NAME}-*.png"):
        with Image.open(path) as picture:
            assert picture.size == (int(path.stem.rpartition("-")[2]),) * 2
    with Image.open(icons / f"{shipment.NAME}.ico") as picture:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= set(picture.info["sizes"])


def icu_package(items: dict[str, bytes]) -> bytes:
    """Return a package of data as ICU writes it."""
    head = struct.pack("<HBB", 32, 0xDA, 0x27).ljust(32, b"\0")
    names = b"".join(name.encode() + b"\0" for name in items)
    begin = 4 + 8 * len(items)
    place = begin + len(names) + -(32 + begin + len(names)) % 16
    table, data, name_at = b"", b"", begin
    for name, content in items.items():
        table += struct.pack("<II", name_at, place + len(data))
        name_at += len(name) + 1
        data += content.ljust(-(-len(content) // 16) * 16, b"\0")
    body = struct.pack("<I", len(items)) + table + names
    return head + body.ljust(place, b"\0") + data


def test_icu_keeps_our_languages_and_what_belongs_to_none() -> None:
    icu = import_module("icu_data")
    kept = {"icudt73l/coll/ucadata.icu": b"order" * 9, "icudt73l/coll/zh.res": b"zh", "icudt73l/en_001.res": b"e",
            "icudt73l/pool.res": b"pool" * 5, "icudt73l/res_index.res": b"i", "icudt73l/root.res": b"root",
            "icudt73l/zh_Hant_HK.res": b"hk" * 40, "icudt73l/zoneinfo64.res": b"z"}
    gone = {"icudt73l/brkitr/thaidict.dict": b"t", "icudt73l/coll/de.res": b"d" * 33, "icudt73l/de_AT.res": b"a", "icudt73l/ibm-37.cnv": b"c"}
    package = icu_package(dict(sorted((kept | gone).items())))
    trimmed = icu.trimmed(package)
    assert trimmed == icu_package(dict(sorted(kept.items())))


def test_a_screen_is_read_and_written_as_it_was_drawn() -> None:
    pictures = import_module("screen_picture")
    points = [(255, 0, 0), (0, 128, 0), (1, 2, 3), (255, 255, 255), (0, 0, 0), (9, 8, 7)]
    head = [0] * 25
    head[0], head[4], head[5], head[11], head[12], head[19] = 100, 3, 2, 32, 12, 1
    dump = struct.pack(">25I", *head) + bytes(12) + b"".join(struct.pack("BBBB", blue, green, red, 0) for red, green, blue in points)
    drawn = pictures.picture_of(dump)
    assert pictures.colours(drawn) == 6
    with Image.open(io.BytesIO(pictures.png(drawn))) as picture:
        assert [picture.convert("RGB").getpixel((at % 3, at // 3)) for at in range(6)] == points


# -- Windows -----------------------------------------------------------------------------------------------------------
def test_the_recipe_for_windows_is_python_and_reads_what_ships() -> None:
    text = (INSTALLER / "windows" / "emergency-desk.spec").read_text(encoding="utf-8")
    names = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
    assert {"code_files", "data_files", "is_left_out", "QT_PLUGINS"} <= names


def test_the_installer_of_windows_starts_programs_that_are_frozen_and_leaves_data_alone(shipment: ModuleType) -> None:
    text = (INSTALLER / "windows" / "emergency-desk.nsi").read_text(encoding="utf-8")
    assert f'{shipment.NAME}-window.exe" open "%1"' in text
    assert "APPDATA" not in text.upper().replace("LOCALAPPDATA", "APPDATA")
    removed = re.findall(r"RMDir /r .*", text)
    assert removed and all(r"$INSTDIR\_internal" in line for line in removed)
