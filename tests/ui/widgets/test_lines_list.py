"""Lists keep what was chosen by its id, open by Enter, and say what is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.teams import TeamState
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.cell_painting import whole_lines
from emergency_desk.ui.widgets.lines import Cell, Column, Line, heading, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.pills import Pill, grade_pill, state_look, state_pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.widgets.state_bar import Share, StateBar


@pytest.fixture
def teams(qtbot: QtBot) -> LinesList:
    made = LinesList((Column("Team", stretch=True), Column("State"), Column("Since", right=True)), header=True, empty="No teams yet.")
    qtbot.addWidget(made)
    made.resize(420, 240)
    made.show_lines([_team("a"), _team("b"), _team("c")])
    made.show()
    return made


def _team(key: str, name: str = "") -> Line:
    return line(key, Cell(name or f"Team {key}"), Cell(pill=state_pill(TeamState.WORKING)), "19:33")


def test_the_chosen_line_stays_chosen_when_others_come_before_it(teams: LinesList, qtbot: QtBot) -> None:
    teams.choose("b")
    teams.show_lines([_team("x"), _team("a"), _team("b", "Renamed"), _team("c")])
    assert teams.current_key == "b"


def test_a_refresh_with_the_same_lines_tells_nobody_of_a_choice(teams: LinesList) -> None:
    teams.choose("b")
    heard: list[str] = []
    teams.chosen.connect(heard.append)
    teams.show_lines([_team("a"), _team("b"), _team("c")])
    teams.show_lines([_team("c"), _team("b"), _team("a")])
    assert heard == []


def test_when_the_chosen_line_is_gone_its_neighbour_is_chosen_and_told(teams: LinesList) -> None:
    teams.choose("c")
    heard: list[str] = []
    teams.chosen.connect(heard.append)
    teams.show_lines([_team("a"), _team("b")])
    assert (teams.current_key, heard) == ("b", ["b"])


def test_lines_that_come_after_the_cursor_are_read_from_the_first(qtbot: QtBot) -> None:
    made = LinesList((Column("Team", stretch=True),))
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    heard: list[str] = []
    made.chosen.connect(heard.append)
    made.show_lines([heading("north"), _team("a"), _team("b")])
    assert (made.current_key, heard) == ("a", ["a"])
    made.show_lines([])
    made.show_lines([_team("b")])
    assert made.current_key == "b", "and again after a filter that found nothing"


def test_enter_opens_the_current_line(teams: LinesList, qtbot: QtBot) -> None:
    teams.choose("a")
    QTest.keyClick(teams, Qt.Key.Key_Down)
    with qtbot.waitSignal(teams.opened) as opened:
        QTest.keyClick(teams, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def test_columns_take_what_they_need_and_the_stretching_one_the_rest(teams: LinesList) -> None:
    widths = [teams.columnWidth(column) for column in range(3)]
    assert sum(widths) == teams.viewport().width()
    assert widths[0] > widths[1] > widths[2] > 0


def test_end_and_home_go_to_the_last_and_the_first_line(qtbot: QtBot, teams: LinesList) -> None:
    keys = [line.key for line in teams.lines]
    teams.choose(keys[1])
    for key, wanted in ((Qt.Key.Key_End, keys[-1]), (Qt.Key.Key_Home, keys[0])):
        qtbot.keyClick(teams, key)
        assert teams.current_key == wanted


def test_a_name_that_is_cut_is_told_on_hovering(teams: LinesList) -> None:
    teams.show_lines([_team("a", "A very long name of a team that nobody could ever fit into this column")])
    index = teams.lines_model.index(0, 0)
    assert "nobody could ever fit" in teams._hint_at(index)
    assert teams._hint_at(teams.lines_model.index(0, 2)) == ""


def test_a_long_log_line_is_written_in_several_lines(qtbot: QtBot) -> None:
    log = LinesList((Column(width=52), Column(stretch=True, wrap=True)))
    qtbot.addWidget(log)
    log.resize(240, 200)
    log.show()
    log.show_lines([line("1", "20:30", "短"), line("2", "20:31", "辽源路二站尚未回执，已再呼，电台与电话均无应答，已请邻站代为联络并派人查看")])
    assert log.rowHeight(0) == log.row_height
    assert log.rowHeight(1) > log.row_height


def test_words_that_no_line_holds_are_read_from_their_beginning(qtbot: QtBot) -> None:
    findings = LinesList((Column(stretch=True, wrap=True),))
    qtbot.addWidget(findings)
    findings.resize(240, 400)
    findings.show()
    words = [f"finding {number} of this plan," for number in range(60)]
    spacing = findings.fontMetrics().lineSpacing()

    def first_line(text: str) -> object:
        findings.show_lines([line("1", text)])
        return findings.viewport().grab(QRect(0, 5, 230, spacing - 2)).toImage()

    assert first_line(" ".join(words)) == first_line(" ".join(words[:40]))
    assert findings.rowHeight(0) > 5 * spacing
    assert first_line(" ".join(words)) != first_line(" ".join(words[30:]))


def test_ten_thousand_lines_are_taken_without_measuring_each(qtbot: QtBot) -> None:
    many = LinesList((Column("Team", stretch=True), Column("State")))
    qtbot.addWidget(many)
    many.show()
    many.show_lines([_team(str(number)) for number in range(10_000)])
    many.choose("9999")
    many.grab()
    assert many.current_key == "9999"


def test_every_state_has_a_shape_of_its_own() -> None:
    shapes = [state_look(state)[0] for state in TeamState]
    assert len(set(shapes)) == len(TeamState)
    assert Shape.NONE not in shapes


def test_grades_count_their_dots_from_ordinary_up() -> None:
    ordinary_first = sorted(Grade, key=lambda grade: -grade.rank)
    assert [grade_pill(grade).dots for grade in ordinary_first] == [1, 2, 3, 4]
    assert grade_pill(None).text == "Not yet graded"


def test_the_legend_of_states_takes_a_second_line_where_one_is_too_short(qtbot: QtBot) -> None:
    bar = StateBar()
    qtbot.addWidget(bar)
    bar.show_shares(tuple(Share(f"state {number}", number + 1, Tone.BLUE) for number in range(8)))
    assert bar.heightForWidth(200) > bar.heightForWidth(900)
    bar.resize(300, bar.heightForWidth(300))
    bar.grab()


def test_words_run_over_into_what_the_right_hand_cell_leaves_free(qtbot: QtBot) -> None:
    made = LinesList((Column(stretch=True), Column(right=True, most=300)))
    qtbot.addWidget(made)
    made.resize(420, 240)
    made.show_lines([line("a", "Team", "≈9 min"), line("b", "Team", "≈42 min · in training, recallable, and more besides")])
    made.show()
    assert made.spare_beside(0, 0) > 150
    assert made.spare_beside(1, 0) == 0
    assert made.spare_beside(0, 1) == 0


def test_figures_that_stand_to_the_right_keep_to_their_own_column(qtbot: QtBot) -> None:
    made = LinesList((Column(stretch=2), Column(stretch=1, right=True), Column(stretch=1, right=True)))
    qtbot.addWidget(made)
    made.resize(420, 240)
    made.show_lines([line("a", "Command", "100 %", ""), line("b", "Reporting", "80 %", "60 %")])
    made.show()
    assert made.spare_beside(0, 1) == made.spare_beside(1, 1) == 0


def test_several_lines_take_the_whole_width_where_nothing_stands_beside_them(qtbot: QtBot) -> None:
    words = "辽源路二站尚未回执，已再呼，电台与电话均无应答，已请邻站代为联络并派人查看"
    log = LinesList((Column(width=52), Column(stretch=True, wrap=True), Column(most=160)))
    qtbot.addWidget(log)
    log.resize(380, 300)
    log.show()
    log.show_lines([line("late", "20:30", words, Cell(pill=Pill("+15 min late", Tone.YELLOW))), line("free", "20:31", words, Cell(hint="why"))])
    assert log.spare_beside(0, 1) == 0
    assert log.spare_beside(1, 1) == log.columnWidth(2)
    assert log.rowHeight(1) < log.rowHeight(0)
    log.grab()


def test_a_brief_cell_keeps_to_one_line_where_others_wrap(qtbot: QtBot) -> None:
    tasks = LinesList((Column(stretch=True, wrap=True),))
    qtbot.addWidget(tasks)
    tasks.resize(160, 200)
    tasks.show()
    words = "设现场指挥部，明确火场总指挥和现场指挥员"
    tasks.show_lines([line("open", words), line("done", Cell(words, brief=True))])
    assert tasks.rowHeight(0) > tasks.rowHeight(1) == tasks.row_height


def test_a_second_line_is_measured_spoken_and_told_when_it_is_cut(qtbot: QtBot) -> None:
    made = LinesList((Column(stretch=True),), row_height=46)
    qtbot.addWidget(made)
    made.resize(160, 200)
    made.show_lines([line("a", Cell("Fire", below="105 Yan'an 3rd Road, Taidong Sub-district, Shibei")), line("b", Cell("Fire", below="here"))])
    made.show()
    assert "Taidong" in made._hint_at(made.lines_model.index(0, 0))
    assert made._hint_at(made.lines_model.index(1, 0)) == ""
    assert made.lines_model.data(made.lines_model.index(1, 0)) == "Fire here"
    made.grab()


def test_a_row_that_ends_below_the_list_shows_whole_lines_only() -> None:
    letters, wrapping = QFont().toString(), Column("Log", stretch=True, wrap=True)
    line_height = QFontMetrics(QFont(letters)).lineSpacing()
    tall = QRect(0, 0, 200, 3 * line_height + 10)
    assert whole_lines(Column("State"), tall, 40, letters) == 0, "a line that cannot be read is not begun"
    assert whole_lines(wrapping, tall, 8, letters) == 0
    shown = whole_lines(wrapping, tall, tall.height() - 6, letters)
    assert 0 < shown < tall.height() - 6


def test_the_cursor_passes_over_what_heads_the_lines(qtbot: QtBot) -> None:
    shown = LinesList((Column(stretch=1),))
    qtbot.addWidget(shown)
    shown.show_lines([heading("#a", "应办"), line("1", "归档"), heading("#b", "应还"), line("2", "发电机")])
    shown.resize(300, 200)
    shown.show()
    shown.choose_first()
    assert shown.current_key == "1"
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert shown.current_key == "2"
    QTest.keyClick(shown, Qt.Key.Key_Up)
    QTest.keyClick(shown, Qt.Key.Key_Up)
    assert shown.current_key == "1"
    QTest.keyClick(shown, Qt.Key.Key_End)
    assert shown.current_key == "2"
    QTest.keyClick(shown, Qt.Key.Key_Home)
    assert shown.current_key == "1", "the first line, though a heading stands above it"
    shown.show_lines([heading("#b", "应还"), line("2", "发电机")])
    assert shown.current_key == "2"
