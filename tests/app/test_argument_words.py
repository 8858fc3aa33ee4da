"""What argparse says by itself is in the language of the desk, and every sentence listed is one of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from emergency_desk.app import argument_words
from emergency_desk.app.main import main


@pytest.mark.parametrize(("language", "said"), [("zh", "不能用 'nothing'"), ("en", "invalid choice: 'nothing'")])
def test_a_command_there_is_none_of_is_told_in_the_language_asked_for(
    language: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "")  # set anew by the command, put back after the test
    assert main(["--lang", language, "nothing"]) == 2
    assert said in capsys.readouterr().err


def test_every_sentence_listed_is_one_of_argparse() -> None:
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    assert [sentence for sentence in argument_words.SAID if sentence.split(" (choices")[0] not in source] == []
