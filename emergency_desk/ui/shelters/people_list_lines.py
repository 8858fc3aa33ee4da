"""A list of people in lines: those that come back first, then who is known already, then the others."""

from __future__ import annotations

from emergency_desk.domain.people_lists import HeldPerson, ListStanding
from emergency_desk.errands.people_lists import PeoplePreview
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.import_reasons import row_reasons
from emergency_desk.wording.labels import label
from emergency_desk.wording.people_list_words import problem_words, standing_words

MOST = 300  # lines of each kind that are shown
_FOUND = frozenset({ListStanding.HERE, ListStanding.ELSEWHERE, ListStanding.LEFT})  # a village's list looks for people
_QUIET = frozenset({ListStanding.NEW, ListStanding.HERE, ListStanding.LOOKED_FOR})


def list_columns() -> tuple[Column, ...]:
    """Return the columns of the rows."""
    return (Column(_("Line"), width=48, right=True), Column(pgettext("person", "Name"), width=150), Column(_("Last four"), width=84),
            Column(_("Phone"), width=124), Column(pgettext("person", "Age"), width=92), Column(_("Needs"), width=120),
            Column(pgettext("of a listed person", "Village, shelter"), width=230), Column(_("What about it"), stretch=True, wrap=True))


def lines_of(preview: PeoplePreview) -> list[Line]:
    """Return the rows: to mend, then known already, then new."""
    shown = [line(f"bad {row.line}", _number(row.line), Cell(" · ".join(filter(None, row.cells))[:40]), "", "", "", "", "",
                  Cell(row_reasons(row.reasons), Tone.RED, shape=Shape.LATE, shape_tone=Tone.RED)) for row in preview.file.bad[:MOST]]
    bad = [_line(one) for one in preview.found.bad[:MOST]]
    good = sorted(preview.found.good, key=lambda one: (one.standing in _QUIET, one.standing is ListStanding.NEW, one.row.line))
    return [*shown, *bad, *(_line(one) for one in good[:MOST])]


def _line(one: HeldPerson) -> Line:
    person = one.row.person
    needs = _(", ").join(label(need) for need in person.needs)
    place = " · ".join(part for part in (one.village, one.shelter) if part)
    belongs = Cell(place, hint=place)
    return line(f"row {one.row.line}", _number(one.row.line), Cell(person.name, strong=True, hint=person.note), person.id_number, person.phone,
                person.age, Cell(needs, Tone.ORANGE), belongs, _about(one))


def _about(one: HeldPerson) -> Cell:
    if one.problem is not None:
        return Cell(problem_words(one), Tone.RED, shape=Shape.LATE, shape_tone=Tone.RED)
    if one.opening_id is None and (one.row.person.placed is not None or one.standing in _FOUND):
        return Cell(standing_words(one), Tone.GREEN, shape=Shape.DONE, shape_tone=Tone.GREEN)
    if one.standing in _QUIET:
        return Cell(standing_words(one), Tone.SECONDARY, shape=Shape.DONE, shape_tone=Tone.GREEN)
    return Cell(standing_words(one), Tone.ORANGE, shape=Shape.DOUBTFUL, shape_tone=Tone.ORANGE)


def _number(number: int) -> Cell:
    return Cell(str(number), Tone.SECONDARY, size="small")
