"""English sentences become Chinese ones, from any thread and before anything was chosen; and none is forgotten."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from emergency_desk.wording import catalog
from emergency_desk.wording.catalog import N_, _, current_language, language_of, ngettext, pgettext, speaking, use_language

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "resources" / "locale"


def run(code: str) -> str:
    """Run a few lines in a Python of their own, in which nothing was chosen yet."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_before_a_language_is_chosen_the_desk_speaks_english() -> None:
    code = "from emergency_desk.wording.catalog import _, current_language; print(_('just now'), current_language())"
    assert run(code) == "just now en\n"


def test_words_load_neither_qt_nor_babel() -> None:
    code = "import sys; from emergency_desk.wording import catalog, formats; print(sorted({'PySide6', 'babel'} & sys.modules.keys()))"
    assert run(code) == "[]\n"


def test_chinese_is_spoken_once_chosen() -> None:
    assert use_language("zh-CN") == "zh_CN"
    assert (_("just now"), current_language()) == ("刚刚", "zh_CN")
    assert ngettext("{days} day", "{days} days", 2).format(days=2) == "2天"


def test_what_is_not_in_the_catalogue_is_shown_in_english() -> None:
    use_language("zh")
    assert _("No such sentence was ever written.") == "No such sentence was ever written."
    assert pgettext("a place", "No such word") == "No such word"
    assert _("") == ""


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh", "zh_CN"), ("zh-Hans-CN", "zh_CN"), ("zh_CN.UTF-8", "zh_CN"), ("en_GB", "en"), ("C.UTF-8", "en"), ("", "en"), ("fr", "en")],
)
def test_a_tag_comes_down_to_a_language_of_ours(tag: str, language: str) -> None:
    assert language_of(tag) == language


def test_a_paper_in_chinese_leaves_the_screen_english() -> None:
    with speaking("zh_CN"):
        assert _("just now") == "刚刚"
        with speaking("en"):
            assert _("just now") == "just now"
        assert _("just now") == "刚刚"
    assert _("just now") == "just now"


def test_a_paper_on_one_thread_leaves_the_others_alone() -> None:
    heard: list[str] = []
    with speaking("zh_CN"):
        thread = threading.Thread(target=lambda: heard.append(_("just now")))
        thread.start()
        thread.join()
    assert heard == ["just now"]


def test_a_table_of_words_is_translated_when_it_is_shown() -> None:
    table = {"now": N_("just now")}
    use_language("zh_CN")
    assert _(table["now"]) == "刚刚"


def test_a_lost_catalogue_is_told_and_english_is_shown(tmp_path: Path, logged_warnings: list[logging.LogRecord]) -> None:
    use_language("zh_CN", tmp_path)
    assert _("just now") == "just now"
    assert "no catalogue of words for zh_CN" in logged_warnings.pop().getMessage()


def test_every_sentence_has_its_chinese() -> None:
    """Missing, fuzzy, unlike in its places, or not compiled: installer/make_catalog.py says which."""
    command = [sys.executable, "installer/make_catalog.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    faults = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 0, f"{len(faults)} faults, the first: {faults[:10]}"


def test_the_languages_offered_have_their_catalogues() -> None:
    for language in set(catalog.LANGUAGES) - {"en"}:
        assert (LOCALE / language / "LC_MESSAGES" / "emergency_desk.mo").exists()
