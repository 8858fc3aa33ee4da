"""Where the desk finds what ships with it and where it keeps what is the user's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from emergency_desk.app import paths


def test_the_source_tree_holds_resources_and_plans() -> None:
    assert paths.shipped() == Path(__file__).resolve().parents[2]
    assert paths.reference().is_dir()
    assert paths.walks().is_dir()
    assert paths.locale().parent == paths.resources()


def test_a_frozen_program_looks_into_its_bundle_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "emergency_desk" / "_shipped"
    (inside / "resources" / "reference").mkdir(parents=True)
    (inside / "plans").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.shipped() == inside


def test_a_named_store_wins_over_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.default_store() == paths.user_data() / "desk.store"
    monkeypatch.setenv("EMERGENCY_DESK_STORE", str(tmp_path / "mine.store"))
    assert paths.default_store() == paths.demo_store() == tmp_path / "mine.store"


def test_what_belongs_to_a_store_lies_beside_it() -> None:
    store = Path("somewhere") / "desk.store"
    for folder in (paths.backups(store), paths.drafts(store), paths.papers(store)):
        assert folder.parent == store.parent
        assert folder.name.startswith("desk-")
