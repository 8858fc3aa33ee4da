"""Every reason of an import has its sentence, and every sentence can be filled."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import emergency_desk.exchange
from emergency_desk.domain.imports import Note, Reason, RowNote, RowReason
from emergency_desk.wording.file_reasons import file_reason, knows_file_reason
from emergency_desk.wording.import_reasons import row_note, row_reason, row_reasons

TABLE_READERS = ("tables", "csv_text", "workbooks", "row_sorting")


@pytest.mark.parametrize("reason", list(RowReason))
def test_every_reason_of_a_row_has_a_sentence(reason: RowReason) -> None:
    assert row_reason(Reason(reason, "people_total", "人数", (("written", "十二"),))).endswith(".")


@pytest.mark.parametrize("note", list(RowNote))
def test_every_note_has_a_sentence(note: RowNote) -> None:
    assert row_note(Note(note, (("place", "US / Washington"),))).endswith(".")


@pytest.mark.parametrize("module", TABLE_READERS)
def test_every_reason_of_a_file_has_a_sentence(module: str) -> None:
    source = (Path(emergency_desk.exchange.__file__).parent / f"{module}.py").read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BadFile"]
    reasons = {keyword.value.value for call in calls for keyword in call.keywords
               if keyword.arg == "reason" and isinstance(keyword.value, ast.Constant)}
    assert calls and all(knows_file_reason(str(reason)) for reason in reasons)


def test_a_row_names_column_value_and_remedy() -> None:
    reasons = (Reason(RowReason.NAME_MISSING, "name"), Reason(RowReason.NUMBER_UNREADABLE, "people_total", "人数", (("written", "十二"),)))
    assert row_reasons(reasons) == "The name is missing. Fill it in. 人数: \"十二\" is no number. Write digits, such as 12."


def test_a_file_is_named_in_its_sentence() -> None:
    said = file_reason({"name": "teams.xlsx", "reason": "too_large", "memory_mb": 1024})
    assert said == "teams.xlsx would need more than 1024 MB to be read. Save only the needed rows and columns in a new file."
