"""The tree as it is tracked: its top level, its rooms, and what no file may hold."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "emergency_desk"
TOP = {"pyproject.toml", "emergency_desk", "resources", "plans", "tests", "installer", "README.md", "README.zh.md", "LICENSE"}
ROOMS = {"app", "assignment", "domain", "errands", "exchange", "reports", "services", "store", "ui", "wording"}
TEXT = {".py", ".md", ".txt", ".toml", ".yaml", ".po", ".pot", ".css", ".svg", ".sh", ""}

# Put together here, so that this file does not hold what it looks for.
REGISTRY_WORDS = ["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "npm" + "mirror", "index-" + "url"]
REGISTRIES = re.compile("|".join(REGISTRY_WORDS))
MACHINE = re.compile(r"(?<![A-Za-z0-9_.<])/(?:work|farm|root|home/[a-z]+|" + "tmp/[a-z]" + r")(?![A-Za-z])[A-Za-z0-9_./-]*")
LEFT_OPEN = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error"]) + r")\b")
SKIPPED = re.compile(r"pytest\.mark\.(?:" + "skip|" + "xfail)")


@cache
def tracked() -> tuple[Path, ...]:
    """Return every tracked file that is there; an archive without a history gives every file of the agreed places."""
    git = shutil.which("git")
    listing = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True).stdout.decode() if git else ""
    if listing:
        return tuple(path for name in listing.split("\0") if name and (path := ROOT / name).exists())
    inside = [path for name in sorted(TOP) for path in [ROOT / name, *sorted((ROOT / name).rglob("*"))]]
    return tuple(path for path in inside if path.is_file() and "__pycache__" not in path.parts)


def lines_that_match(pattern: re.Pattern[str], *, suffixes: set[str] = TEXT) -> list[str]:
    hits = []
    for path in tracked():
        if path.suffix in suffixes:
            text = path.read_text(encoding="utf-8")
            hits += [f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}" for hit in pattern.finditer(text)]
    return hits


def test_the_top_level_holds_what_was_agreed() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} <= TOP


def test_the_rooms_are_the_agreed_ones() -> None:
    assert {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()} == ROOMS


DOORS = sorted(path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)


@pytest.mark.parametrize("door", DOORS, ids=lambda path: path.parent.name)
def test_a_rooms_door_says_briefly_what_lives_there(door: Path) -> None:
    module = ast.parse(door.read_text(encoding="utf-8"))
    said = ast.get_docstring(module) or ""
    assert said, "a room says what lives in it"
    assert len(said.splitlines()) <= 12
    if door.parent.parent == PACKAGE:
        assert len(module.body) == 1, "a room's door is a docstring and nothing else"


def test_no_file_names_a_registry() -> None:
    assert lines_that_match(REGISTRIES) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_that_match(MACHINE) == []


def test_nothing_is_left_open() -> None:
    assert lines_that_match(LEFT_OPEN, suffixes={".py"}) == []
    assert lines_that_match(SKIPPED, suffixes={".py"}) == []


# The background, the helper process, the command line's outermost frame and the crash hook.
MAY_CATCH_ALL = {"ui/background.py", "errands/background.py", "errands/helper_process.py", "app/command_line.py", "app/crash.py"}


@cache
def handlers_and_calls() -> tuple[tuple[Path, ast.ExceptHandler | ast.Call], ...]:
    """Return what the tests below look at, of every file of the package, each read once; whole trees would fill 200 MB."""
    def is_looked_at(node: ast.AST) -> bool:
        return isinstance(node, ast.ExceptHandler) or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "breakpoint"})

    return tuple((path, node) for path in sorted(PACKAGE.rglob("*.py"))  # type: ignore[misc]
                 for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if is_looked_at(node))


def test_broad_handlers_stand_in_four_places_only() -> None:
    broad = [f"{path.relative_to(ROOT)}:{node.lineno}" for path, node in handlers_and_calls()
             if isinstance(node, ast.ExceptHandler) and catches_all(node) and path.relative_to(PACKAGE).as_posix() not in MAY_CATCH_ALL]
    assert broad == []


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler takes every error; one that raises again at its end only tidies up."""
    if isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None:
        return False
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else {"Exception"}
    return bool(names & {"Exception", "BaseException"})


def test_files_stay_short_enough_to_read() -> None:
    code = [path for path in tracked() if path.suffix == ".py" and ROOT / "tests" not in path.parents]
    assert {path.relative_to(ROOT).as_posix(): count for path in code if (count := line_count(path)) > 400} == {}


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_dead_print_is_left_in_the_rooms() -> None:
    calls = [f"{path.relative_to(ROOT)}:{node.lineno}" for path, node in handlers_and_calls()
             if isinstance(node, ast.Call) and path.parent.name != "app"]
    assert calls == []
