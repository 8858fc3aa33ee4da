"""The programme of drills in lines: plans and objects alike. Plain values, no widgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from emergency_desk.domain.drill_programme import ProgrammeEntry
from emergency_desk.domain.moments import local_day
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.drill_labels import how_often
from emergency_desk.wording.labels import label


def entry_columns() -> tuple[Column, ...]:
    """Return the columns of the programme."""
    return (Column(_("To be drilled"), stretch=4), Column(_("Last drilled"), width=132), Column(_("To be drilled by"), width=132),
            Column(_("Because"), stretch=4, wrap=True), Column(_("Drill ahead"), stretch=2))


def entry_line(one: ProgrammeEntry, today: date) -> Line:
    """Return a plan or an object with its last drill, the day it is due by the strictest rule, and the drill ahead."""
    language = current_language()
    kinds = _(", ").join(map(label, one.kinds))
    last = Cell(formats.calendar_day(one.last) if one.last is not None else "—", after="" if one.was_drilled or one.last is None else _("issued"))
    if one.due_on is None:
        due = Cell(_("never drilled here") if one.basis is not None else _("no rule binds it"), Tone.ORANGE if one.basis else Tone.SECONDARY)
    elif one.is_late_on(today):
        due = Cell(formats.calendar_day(one.due_on), Tone.RED, strong=True, shape=Shape.LATE)
    else:
        due = Cell(formats.calendar_day(one.due_on), Tone.ORANGE if one.is_near_on(today) else Tone.TEXT)
    because, note = "", ""
    if one.basis is not None:
        because = _("{how_often}: {law} Art. {article}").format(how_often=how_often(one.months), law=one.basis.title.in_language(language),
                                                                article=one.basis.article or "—")
        note = one.basis.note.in_language(language)
    ahead = Cell(_("none"), Tone.SECONDARY)
    if one.planned is not None:
        ahead = Cell(one.planned.title, after=formats.calendar_day(local_day(one.planned.planned_at)), hint=one.planned.number)
    name = Cell(one.name.in_language(language), after=kinds, hint=kinds)
    return line(one.key, name, last, due, Cell(because, Tone.SECONDARY, hint=_(" · ").join(part for part in (because, note) if part)),
                ahead)



def programme_words(entries: Iterable[ProgrammeEntry], today: date) -> str:
    """Return in one line how the programme stands: late, due soon, and never drilled at this desk, of which nobody knows a day."""
    shown = tuple(entries)
    late, near = sum(one.is_late_on(today) for one in shown), sum(one.is_near_on(today) and not one.is_late_on(today) for one in shown)
    never = sum(one.due_on is None and one.basis is not None for one in shown)
    return _("{late} late · {near} within a month · {never} never drilled here").format(late=late, near=near, never=never)
