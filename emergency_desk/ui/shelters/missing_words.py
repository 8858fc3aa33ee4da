"""Who is missing in lines: who, what they need, from which village, why they are looked for, and who of that name is registered. Plain values."""

from __future__ import annotations

from datetime import datetime

from emergency_desk.domain.expected_people import MissingPerson, MissingVillage
from emergency_desk.ui.shelters.shelter_lines import unreached
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.labels import label
from emergency_desk.wording.missing_words import beside_words, why_words


def missing_columns() -> tuple[Column, ...]:
    """Return the columns of the names."""
    return (Column(pgettext("person", "Name"), stretch=3), Column(_("Last four"), width=92), Column(_("Phone"), width=136),
            Column(pgettext("person", "Age"), width=84), Column(_("Needs"), stretch=2), Column(_("Village"), stretch=2),
            Column(_("Why looked for"), stretch=3), Column(_("Same name, perhaps them"), stretch=4))


def missing_line(one: MissingPerson, now: datetime) -> Line:
    """Return somebody who is missing; of who was destroyed only what names nobody."""
    person, expected = one.person, one.expected
    name = Cell(person.name, Tone.RED, strong=True, shape=Shape.LATE, below=person.note, hint=person.note) if person else Cell(
        _("destroyed"), Tone.SECONDARY)
    needs = _(", ").join(label(need) for need in expected.needs)
    why = Cell(why_words(expected), Tone.SECONDARY, below=formats.age(expected.recorded_at, now=now), hint=why_words(expected))
    return line(expected.id, name, person.id_tail if person else "", person.phone if person else "", person.age if person else "",
                Cell(needs, Tone.ORANGE), one.village or _("not known"), why, _perhaps(one, now))


def _perhaps(one: MissingPerson, now: datetime) -> Cell:
    if not one.perhaps:
        return Cell("")
    first = one.perhaps[0]
    where = in_words(first.shelter, first.shelter_en) if first.stay.left_to is None else label(first.stay.left_to)
    more = _("and {count} more of that name").format(count=len(one.perhaps) - 1) if len(one.perhaps) > 1 else formats.age(
        first.stay.arrived_at, now=now)
    return Cell(where, Tone.ORANGE, shape=Shape.DOUBTFUL, below=more)


def village_columns() -> tuple[Column, ...]:
    """Return the columns of the villages."""
    figures = (_("To be moved"), _("In shelters"), _("With relatives"), _("Away, checked"), _("Not reached"))
    return (Column(_("Village"), stretch=3), *(Column(words, width=112, right=True) for words in figures),
            Column(_("Missing by name"), width=110, right=True), Column(_("Worth knowing"), stretch=6, wrap=True))


def village_line(one: MissingVillage) -> Line:
    """Return a village with its sum, how many of it are missing by name, and what the names do not say."""
    names = Cell(formats.number(len(one.people)), Tone.RED if one.people else Tone.TEXT, strong=bool(one.people))
    if one.group is None or one.sum is None:
        return line("", Cell(_("Of no village, or of one nobody knows"), strong=True), *(Cell("") for _number in range(5)), names, "")
    told = one.sum
    beside = " ".join(beside_words(one))
    return line(one.group.id, Cell(one.group.name, strong=True, hint=one.group.lead_phone),
                *(Cell(formats.number(count)) for count in (told.to_move, told.in_shelters, told.with_relatives, told.away)), unreached(told),
                names, Cell(beside, Tone.ORANGE if one.beyond or one.unreached < 0 else Tone.SECONDARY, hint=beside))
