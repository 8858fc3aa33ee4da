"""Every public function of the services that writes asks a right first, or stands below with the reason why not."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SERVICES = Path(__file__).resolve().parents[2] / "emergency_desk" / "services"
ASKS = {"may", "may_lay"}
WRITES = {"open_work"}
# Who may write without a right, and why.
WITHOUT = {
    "accounts.sign_in": "nobody sits at the desk yet; the password is the right",
    "accounts.wake": "the password is the right",
    "accounts.change_officer": "only invented accounts of a demo city; any other is refused",
    "reports.renew_dues": "nobody acts: the clock of an open desk lays what is owed by the rows alone",
    "library.renew_rules": "nobody acts: at its opening the desk takes newer shipped tables for those nobody changed",
    "library.renew_plans": "nobody acts: at its opening the desk lays newer versions of shipped plans beside the old ones",
    "founding.found_city": "refused as soon as a desk is founded; before that there is nobody to ask",
}


class Module:
    """The functions of one file: what each calls, by the names it is written with."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name = name
        self.functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
        self.calls = {name: _calls(one) for name, one in self.functions.items()}


def _calls(function: ast.FunctionDef) -> set[tuple[str, str]]:
    """Return (owner, name) of each call: ("desk", "may"), ("library", "keep_setting"), ("", "_set_retired")."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add(("", node.func.id))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            found.add((owner.id if isinstance(owner, ast.Name) else "?", node.func.attr))
    return found


def modules(folder: Path = SERVICES) -> dict[str, Module]:
    return {path.stem: Module(path.stem, ast.parse(path.read_text(encoding="utf-8"))) for path in folder.glob("*.py")
            if path.stem not in ("__init__", "desk")}


def reaches(every: dict[str, Module], module: str, function: str, wanted: set[str], seen: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Say whether a function calls a wanted method of the desk, itself or through functions of the services."""
    if (module, function) in seen or function not in every[module].functions:
        return False
    seen |= {(module, function)}
    for owner, name in every[module].calls[function]:
        if owner == "desk" and name in wanted:
            return True
        there = owner if owner else module
        if there in every and reaches(every, there, name, wanted, seen):
            return True
    return False


def writers(every: dict[str, Module]) -> list[str]:
    return [f"{module}.{name}" for module in sorted(every) for name in every[module].functions
            if not name.startswith("_") and reaches(every, module, name, WRITES)]


def without_right(every: dict[str, Module]) -> set[str]:
    return {each for each in writers(every) if not reaches(every, *each.split("."), ASKS)}


EVERY = modules()


def test_the_walk_finds_the_writing_functions() -> None:
    some = {"calls.take_call", "units.retire_site", "library.keep_setting", "register_lists.keep_view", "founding.add_areas"}
    assert some <= set(writers(EVERY))
    assert "units.list_units" not in writers(EVERY)
    assert len(writers(EVERY)) > 50


@pytest.mark.parametrize("function", writers(EVERY))
def test_a_writing_function_asks_a_right_or_says_why_not(function: str) -> None:
    assert (function in WITHOUT) == (function in without_right(EVERY))


def test_nobody_is_excused_who_is_not_there() -> None:
    assert set(WITHOUT) <= set(writers(EVERY))


def test_a_function_that_forgets_to_ask_is_found(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(
        "def keep_it(desk):\n    _keep(desk)\n\n\ndef _keep(desk):\n    with desk.open_work() as work:\n        work.commit('x')\n\n\n"
        "def asked(desk):\n    desk.may(1)\n    _keep(desk)\n", encoding="utf-8")
    assert without_right(modules(tmp_path)) == {"planted.keep_it"}
