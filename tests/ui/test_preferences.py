"""What one person likes is kept, and a broken file costs nobody the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.ui import preferences
from emergency_desk.ui.preferences import NAME, Preferences
from emergency_desk.ui.theme import Scheme


def test_preferences_come_back_as_they_were_kept(tmp_path: Path) -> None:
    preferences.change(tmp_path / "new", language="zh_CN", scheme=Scheme.DARK)
    preferences.change(tmp_path / "new", scale_percent=150)
    assert preferences.read(tmp_path / "new") == Preferences("zh_CN", Scheme.DARK, 150)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"language": 7, "scheme": "pink", "scale_percent": 99999}'])
def test_a_broken_file_gives_the_defaults(tmp_path: Path, kept: str) -> None:
    (tmp_path / NAME).write_text(kept, encoding="utf-8")
    assert preferences.read(tmp_path) == Preferences()


def test_nothing_kept_gives_the_defaults(tmp_path: Path) -> None:
    assert preferences.read(tmp_path) == Preferences()
