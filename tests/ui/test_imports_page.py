"""Somebody brings a list: looks at it, points at a column, takes the good rows, and finds the others in a file to mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.ui.imports.page import PAGE, ImportsPage
from emergency_desk.ui.widgets.area_picker import AreaPicker
from tests.builders import make_desk
from tests.ui.seat import Seat, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    made = Seat(qtbot, make_desk(tmp_path), tmp_path)
    made.window.add_page(PAGE, lambda: ImportsPage(made.place))
    made.window.show_page(PAGE)
    return made


def open_list(seat: Seat, path: Path, text: str) -> ImportsPage:
    path.write_text(text, encoding="utf-8")
    page = seat.window.built(PAGE)
    assert isinstance(page, ImportsPage)
    page.path.setText(str(path))
    page.look()
    seat.settle()
    return page


def names(seat: Seat) -> set[str]:
    with seat.desk.reading() as reading:
        return {team.name for team in reading.teams.where()}


def test_good_rows_are_taken_and_the_others_lie_in_a_file_with_reasons(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "list.csv", "队伍名称,区县,人数\n新队,北河区,12人\n另一队,北河区,很多\n")
    assert "1 good row, 1 to mend." in page.told.text()
    assert "很多" in texts(page.lines)[0] and "新队" in texts(page.lines)[1]
    seat.press("Ctrl+Return")
    assert "新队" in names(seat) and "另一队" not in names(seat)
    assert "很多" in (tmp_path / "list-to-mend.csv").read_text(encoding="utf-8-sig")
    assert "list-to-mend.csv" in page.told.text()


def test_of_a_file_that_is_only_named_nothing_is_taken_it_is_looked_at(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "list.csv", "队伍名称,区县,人数\n新队,北河区,12人\n")
    other = tmp_path / "other.csv"
    other.write_text("队伍名称,区县,人数\n别的队,北河区,9人\n", encoding="utf-8")
    page.path.setFocus()
    page.path.selectAll()
    seat.words(str(other))
    seat.press("Ctrl+Return")
    assert not names(seat) & {"新队", "别的队"}, "the rows that stand below are of another file"
    assert "别的队" in texts(page.lines)[0]
    seat.press("Ctrl+Return", "Ctrl+Return")
    assert "别的队" in names(seat) and "新队" not in names(seat)


def test_a_column_is_pointed_at_and_the_next_list_of_the_sender_is_read_so(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "a.csv", "谁,多少\n新队,12\n")
    assert "No column holds the name" in page.told.text()
    page.columns.opened.emit("0")
    page.form.editors["field"].setCurrentIndex(page.form.editors["field"].findData("name"))  # type: ignore[attr-defined]
    page.form.submit()
    seat.settle()
    assert "1 good row, " in page.told.text()
    page.take_good()
    seat.settle()
    page = open_list(seat, tmp_path / "b.csv", "谁,多少\n别的队,12\n")
    assert "1 good row, 0 to mend." in page.told.text()


def test_a_place_nobody_knows_is_asked_about(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "a.csv", "队伍名称,所属区划\n新队,河北新城\n")
    assert any("河北新城" in each and "which area?" in each for each in texts(page.columns))
    page.columns.opened.emit("place:河北新城")
    picker = page.form.editors["area"]
    assert isinstance(picker, AreaPicker)
    picker.setText("东台街道")
    page.form.submit()
    seat.settle()
    page.take_good()
    seat.settle()
    with seat.desk.reading() as reading:
        assert reading.areas.get(reading.teams.where("WHERE name = '新队'")[0].area_id).name == "东台街道"


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "web.xls", "<html><table><tr><td>x</td></tr></table></html>")
    assert "web page" in page.told.text() and not page.good.isEnabled()


def test_taking_none_takes_nothing(seat: Seat, tmp_path: Path) -> None:
    before = names(seat)
    page = open_list(seat, tmp_path / "list.csv", "队伍名称,区县\n新队,北河区\n")
    page.take_none()
    seat.settle()
    assert names(seat) == before and "Nothing was taken" in page.told.text()


def test_the_likest_area_is_offered_and_one_answer_serves_all_its_rows(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "a.csv", "队伍名称,所属区划\n新队,合肥璐街道\n别的队,合肥璐街道\n")
    assert "合肥路街道?" in texts(page.columns)[0] and "2 rows from 2" in texts(page.columns)[0]
    page.columns.opened.emit("place:合肥璐街道")
    assert page.form.title.text() == "Row 2: \"合肥璐街道\" – did you mean 合肥路街道, 北河区?"
    page.form.submit()
    seat.settle()
    assert not any("合肥路街道?" in each for each in texts(page.columns))
    page.take_good()
    seat.settle()
    with seat.desk.reading() as reading:
        taken = reading.teams.where("WHERE name IN ('新队', '别的队')")
        assert {reading.areas.get(team.area_id).name for team in taken} == {"合肥路街道"}


def test_rows_of_a_place_may_be_given_back(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "a.csv", "队伍名称,所属区划\n新队,合肥璐街道\n别的队,东台街道\n")
    page.columns.opened.emit("place:合肥璐街道")
    meant = page.form.editors["meant"]
    meant.setCurrentIndex(meant.findData("none"))  # type: ignore[attr-defined]
    page.form.submit()
    seat.settle()
    assert "1 good row, 1 to mend." in page.told.text()
    assert "is no area of this desk" in texts(page.lines)[0]


def test_another_area_must_be_named(seat: Seat, tmp_path: Path) -> None:
    page = open_list(seat, tmp_path / "a.csv", "队伍名称,所属区划\n新队,河北新城\n")
    page.columns.opened.emit("place:河北新城")
    page.form.submit()
    assert not page.form.isHidden() and "Area" in page.form.refusal.text()
