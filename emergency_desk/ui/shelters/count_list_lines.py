"""A list of head counts in lines: those that come back first, then the good ones with their places and what is to be known of them."""

from __future__ import annotations

from emergency_desk.domain.shelter_counting import CountLine, CountProblem
from emergency_desk.errands.head_counts import CountPreview, names_of
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.count_list_words import good_words, problem_words, sum_words
from emergency_desk.wording.import_reasons import row_reasons

MOST = 300  # lines of each kind that are shown


def columns() -> tuple[Column, ...]:
    """Return the columns of the rows."""
    return (Column(_("Line"), width=48, right=True), Column(_("As the list writes it"), width=250), Column(_("Shelter"), width=390),
            Column(_("People"), width=76, right=True), Column(_("Places"), width=76, right=True),
            Column(_("What about it"), stretch=True, wrap=True))


def key_of(one: CountLine) -> str:
    """Return the key a row is kept by."""
    return f"row {one.row.line}"


def lines_of(preview: CountPreview) -> list[Line]:
    """Return the rows: to mend, then good ones with more people than places, then the others."""
    shown = [line(f"bad {row.line}", _number(row.line), Cell(" · ".join(filter(None, row.cells))[:60]), Cell(), Cell(), Cell(),
                  Cell(row_reasons(row.reasons), Tone.RED, shape=Shape.LATE, shape_tone=Tone.RED)) for row in preview.file.bad[:MOST]]
    bad = [_line(one) for one in preview.found.bad[:MOST]]
    good = sorted(preview.found.good, key=lambda one: (not one.above, one.row.line))
    same = [one for one in preview.found.lines if one.problem is CountProblem.SAME]
    return [*shown, *bad, *(_line(one) for one in (*good, *same)[:MOST])]


def _line(one: CountLine) -> Line:
    shelter = Cell(in_words(one.shelter.name, one.shelter.name_en), strong=True) if one.shelter is not None else Cell(
        f"{one.likest[0].name}?" if one.likest else "—", Tone.ORANGE)
    places = one.opening.places if one.opening is not None else None
    return line(key_of(one), _number(one.row.line), Cell(one.row.name, hint=one.row.name), shelter,
                Cell(formats.number(one.row.heads), Tone.RED if one.above else Tone.TEXT, strong=True),
                Cell(formats.number(places) if places is not None else "", Tone.SECONDARY), _about(one))


def _about(one: CountLine) -> Cell:
    if one.problem is CountProblem.SAME:
        return Cell(problem_words(one), Tone.SECONDARY)
    if one.problem is not None:
        return Cell(problem_words(one), Tone.RED, shape=Shape.LATE, shape_tone=Tone.RED)
    told = good_words(one)
    tone = Tone.ORANGE if told else Tone.SECONDARY
    return Cell(told, tone, shape=Shape.DOUBTFUL if told else Shape.DONE, shape_tone=Tone.ORANGE if told else Tone.GREEN)


def _number(number: int) -> Cell:
    return Cell(str(number), Tone.SECONDARY, size="small")


def summary(preview: CountPreview) -> str:
    """Return how many rows can be recorded, of what time, and what somebody should look at before."""
    found = preview.found
    good = ngettext("{count} good row", "{count} good rows", len(found.good)).format(count=len(found.good))
    told = [_("{good}, {heads} people, counted {time}; {bad} to mend.").format(
        good=good, heads=formats.number(sum(one.row.heads for one in found.good)), time=formats.date_time(found.at) if found.at else "—",
        bad=preview.bad)]
    if found.same:
        told.append(ngettext("{count} stands in the desk already.", "{count} stand in the desk already.", found.same).format(count=found.same))
    if found.absent:
        words = _("Open and not in the list: {names}; they will count as empty.") if preview.answers.is_whole else _(
            "Open and not in the list: {names}; their last counts stand.")
        told.append(words.format(names=names_of([one for one, _time in found.absent])))
    return " ".join(filter(None, (*told, sum_words(preview.file.stated_sum, found.heads))))
