"""Short forms inside pages: what stands below each other ends below each other, and numbers fill the columns of a wide form."""

from __future__ import annotations

from itertools import pairwise

from pytestqt.qtbot import QtBot

from emergency_desk.ui.incidents.inline_form import Ask, AskNumber, InlineForm
from emergency_desk.ui.incidents.wide_form import WideForm

SHORT, LONG = Ask(name="who", label="Asked of"), Ask(name="answer", label="Answer", is_long=True)


def shown(qtbot: QtBot, form: InlineForm, *fields: Ask) -> InlineForm:
    qtbot.addWidget(form)
    form.resize(900, 300)
    form.ask("Ask", fields, "Do it", lambda _answers: None)
    with qtbot.waitExposed(form):
        form.show()
    return form


def right_edges(form: InlineForm, *names: str) -> list[int]:
    return [form.editors[name].geometry().right() for name in names]


def test_a_long_field_ends_where_the_one_above_it_ends(qtbot: QtBot) -> None:
    for fields in ((SHORT, LONG), (LONG, SHORT)):
        one, other = right_edges(shown(qtbot, InlineForm(in_a_row=2), *fields), "who", "answer")
        assert one == other


def test_a_long_field_is_as_wide_as_all_that_stand_side_by_side(qtbot: QtBot) -> None:
    form = shown(qtbot, InlineForm(in_a_row=2), SHORT, Ask(name="beside", label="Beside"), LONG)
    beside, long = right_edges(form, "beside", "answer")
    assert beside == long > form.editors["who"].geometry().right()


def test_numbers_fill_the_columns_of_a_wide_form(qtbot: QtBot) -> None:
    names = ("free", "occupied", "blocked")
    form = shown(qtbot, WideForm(), *(AskNumber(name=name, label=name, span=2) for name in names), Ask(name="told_by", label="Told by", span=6))
    widths = [form.editors[name].width() for name in names]
    assert max(widths) - min(widths) <= 1 and min(widths) > 100
    gaps = [form.editors[after].geometry().left() - form.editors[one].geometry().right() for one, after in pairwise(names)]
    assert max(gaps) < 20, "no hole is left between two numbers"
