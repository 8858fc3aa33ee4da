"""The limited child: what bursts it is told, and the desk lives on."""

from __future__ import annotations

import io
import logging
import pickle
import time
import zipfile
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.errors import BadFile, TeamIsOut
from emergency_desk.errands import limited_child
from emergency_desk.exchange.tables import read_table
from tests.errands import child_jobs


def test_an_answer_comes_back() -> None:
    assert limited_child.run(child_jobs.add, 2, 3) == 5


def test_it_is_another_process_without_qt_and_without_sql() -> None:
    modules = limited_child.run(child_jobs.loaded_modules)
    assert not {"PySide6", "shiboken6", "sqlalchemy", "alembic", "pytest"} & set(modules)


def test_a_refusal_comes_through_as_it_is() -> None:
    with pytest.raises(TeamIsOut) as caught:
        limited_child.run(child_jobs.refuse, "Shinan 1")
    assert caught.value.values["team"] == "Shinan 1"


def test_printing_in_the_child_does_not_spoil_its_answer() -> None:
    assert limited_child.run(child_jobs.chatter, "word") == "word"


def test_too_much_memory_is_told_as_too_large() -> None:
    with pytest.raises(BadFile) as caught:
        limited_child.run(child_jobs.take_memory, 600, memory_mb=512, name="teams.xlsx")
    assert caught.value.values == {"name": "teams.xlsx", "reason": "too_large", "memory_mb": 512}


def test_too_much_work_is_told_as_too_slow() -> None:
    with pytest.raises(BadFile) as caught:
        limited_child.run(child_jobs.spin, seconds=1, name="teams.csv")
    assert caught.value.values["reason"] == "too_slow"


def test_waiting_for_ever_is_told_as_too_slow_by_the_wall_clock() -> None:
    with pytest.raises(BadFile) as caught:
        limited_child.run(child_jobs.sleep, 60, seconds=0.2, name="teams.csv")
    assert caught.value.values["reason"] == "too_slow"


def test_a_crash_is_told_and_logged(logged_warnings: list[logging.LogRecord]) -> None:
    with pytest.raises(BadFile) as caught:
        limited_child.run(child_jobs.divide, 1, name="teams.csv")
    assert caught.value.values["reason"] == "crashed"
    assert "ZeroDivisionError" in logged_warnings[0].getMessage()
    logged_warnings.clear()


def test_a_workbook_with_one_far_cell_is_refused_in_two_seconds(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    _far_cell_workbook(path)
    assert path.stat().st_size < 2000
    started = time.monotonic()
    with pytest.raises(BadFile) as caught:
        limited_child.run(read_table, path)
    assert caught.value.values["reason"] == "too_large"
    assert caught.value.values["name"] == "far.xlsx"
    assert time.monotonic() - started < 10  # two seconds on an idle machine; a busy one must not fail the test


def _far_cell_workbook(path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets>'
                           "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                                      f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_child_that_waits_serves_one_file_and_the_next_gets_another() -> None:
    waiting = limited_child.ChildInWaiting()
    waiting.get_ready()
    first = limited_child.run(child_jobs.own_process, waiting=waiting)
    assert first != limited_child.run(child_jobs.own_process, waiting=waiting)
    waiting.close()


def test_a_child_that_nobody_needs_ends_with_the_desk() -> None:
    waiting = limited_child.ChildInWaiting()
    waiting.get_ready()
    process = waiting._process
    assert process is not None
    waiting.close()
    assert process.poll() is not None


def test_the_limits_hold_for_a_child_that_waited() -> None:
    waiting = limited_child.ChildInWaiting()
    waiting.get_ready()
    with pytest.raises(BadFile) as caught:
        limited_child.run(child_jobs.take_memory, 600, memory_mb=512, name="teams.xlsx", waiting=waiting)
    assert caught.value.values["reason"] == "too_large"


def test_parts_are_heard_in_order_before_the_answer() -> None:
    heard: list[str] = []
    assert limited_child.run(child_jobs.tell_parts, [3, 0, 2_000_000, 1], "done", heard=heard.append) == "done"
    assert list(map(len, heard)) == [3, 0, 2_000_000, 1]


@pytest.mark.parametrize(("end", "reason"), [("refused", "html"), ("crashed", "crashed")])
def test_parts_do_not_make_an_answer(end: str, reason: str, logged_warnings: list[logging.LogRecord]) -> None:
    with pytest.raises(BadFile) as caught:
        limited_child.run(child_jobs.tell_parts, [1], end, heard=len, name="list.csv")
    assert caught.value.values["reason"] == reason
    logged_warnings.clear()


def test_a_child_that_says_more_than_it_may_hold_is_ended(logged_warnings: list[logging.LogRecord]) -> None:
    heard: list[int] = []
    with pytest.raises(BadFile):
        limited_child.run(child_jobs.tell_parts, [60 << 20] * 6, "done", memory_mb=256, heard=lambda part: heard.append(len(part)))
    assert len(heard) < 6
    logged_warnings.clear()


def test_who_hears_may_give_up_and_the_child_ends() -> None:
    def give_up(_part: object) -> None:
        raise BadFile(name="list.csv", reason="html")

    with pytest.raises(BadFile) as caught:
        limited_child.run(child_jobs.tell_parts, [1, 5_000_000], "done", heard=give_up)
    assert caught.value.values["reason"] == "html"


def test_a_child_that_was_taken_over_makes_the_desk_call_nothing(tmp_path: Path, logged_warnings: list[logging.LogRecord]) -> None:
    with pytest.raises(BadFile) as refused:
        limited_child.run(child_jobs.cast, str(tmp_path / "made"), name="list.csv")
    assert refused.value.values["reason"] == "crashed"
    assert not (tmp_path / "made").exists()
    assert "no answer" in logged_warnings[0].getMessage()
    logged_warnings.clear()


class ToldByGetattr:
    """Anything, told as Python up to 3.11.3 tells the member of an enumeration: by getattr."""

    def __init__(self, kind: type, name: str) -> None:
        self.kind, self.name = kind, name

    def __reduce__(self) -> tuple[object, tuple[type, str]]:
        return getattr, (self.kind, self.name)


def heard_of(kind: type, name: str) -> object:
    return limited_child._Ears(io.BytesIO(pickle.dumps(ToldByGetattr(kind, name)))).load()


def test_the_member_of_an_enumeration_is_heard_as_an_older_python_tells_it() -> None:
    assert heard_of(Tier, "CITY") is Tier.CITY


@pytest.mark.parametrize(("kind", "name"), [(Tier, "__class__"), (Tier, "mro"), (Area, "__init__"), (Area, "__subclasses__")])
def test_nothing_else_is_got_by_it(kind: type, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError, match="no answer"):
        heard_of(kind, name)
