"""The rooms keep to their contracts, and each contract would notice a breach.

One run of import-linter over the real tree, one over a copy with a breach of every contract planted in it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract["name"] for contract in LINTER["contracts"]}

# Contract -> the planted module (in a room, under a name nobody uses) and its forbidden import.
PLANTS = {
    "layers": {"domain/planted_upward.py": "import emergency_desk.services"},
    "qt": {"services/planted_window.py": "import PySide6.QtCore"},
    "sql": {"errands/planted_select.py": "import sqlalchemy"},
    "pdf": {"ui/planted_paper.py": "import reportlab"},
    "edges": {"ui/planted_peek.py": "import emergency_desk.store"},
    "words": {"exchange/planted_sentence.py": "import emergency_desk.wording"},
    "acyclic": {
        "domain/planted_hen.py": "import emergency_desk.domain.planted_egg",
        "domain/planted_egg.py": "import emergency_desk.domain.planted_hen",
    },
}


def lint(tree: Path) -> tuple[int, str]:
    """Run import-linter over the package in a folder and return its exit code and what it said."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "NO_COLOR": "1", "COLUMNS": "300"}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", str(ROOT / "pyproject.toml")]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def told_about(name: str, said: str) -> str:
    """Return the part of the report in which a broken contract is explained."""
    parts = re.split(r"\n(.+)\n-{4,}\n", said)
    return "".join(parts[place + 1] for place in range(1, len(parts), 2) if parts[place].strip() == name)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str]:
    tree = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "emergency_desk", tree / "emergency_desk", ignore=shutil.ignore_patterns("__pycache__", "_shipped"))
    for modules in PLANTS.values():
        for place, line in modules.items():
            (tree / "emergency_desk" / place).write_text(f"{line}\n", encoding="utf-8")
    return lint(tree)


def test_the_rooms_keep_every_contract() -> None:
    code, said = lint(ROOT)
    assert code == 0, said
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said


def test_every_contract_has_its_planted_breach() -> None:
    assert PLANTS.keys() == CONTRACTS.keys()


@pytest.mark.parametrize("contract", PLANTS)
def test_a_planted_breach_is_noticed_by_its_contract(contract: str, planted: tuple[int, str]) -> None:
    code, said = planted
    assert code != 0
    assert f"{CONTRACTS[contract]} BROKEN" in said
    explained = told_about(CONTRACTS[contract], said)
    for place in PLANTS[contract]:
        assert Path(place).stem in explained, explained
