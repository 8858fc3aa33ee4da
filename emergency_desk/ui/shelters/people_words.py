"""People in shelters in lines: who, what they need, where they lie, from which village; pairs that may be one person. Plain values."""

from __future__ import annotations

from datetime import datetime

from emergency_desk.domain.shelter_people import PersonLine, PossibleDouble
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.labels import label


def people_columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (Column(pgettext("person", "Name"), stretch=3), Column(_("Last four"), width=92), Column(_("Phone"), width=136),
            Column(pgettext("person", "Age"), width=92),
            Column(_("Needs"), stretch=2), Column(_("Bed"), width=88), Column(_("Village"), stretch=2),
            Column(pgettext("person", "Shelter"), stretch=5))


def person_line(one: PersonLine, now: datetime) -> Line:
    """Return a stay; of who was destroyed only what names nobody."""
    stay, person = one.stay, one.person
    name = Cell(person.name, strong=True, below=person.note, hint=person.note) if person else Cell(_("destroyed"), Tone.SECONDARY)
    needs = _(", ").join(label(need) for need in stay.needs)
    pets = _("pets {count}").format(count=stay.pets) if stay.pets else ""
    return line(stay.id, name, person.id_tail if person else "", person.phone if person else "", _age(one),
                Cell(needs, Tone.ORANGE if needs else Tone.TEXT, below=pets), stay.bed, one.village, _where(one, now))


def _age(one: PersonLine) -> Cell:
    if one.person is None or not one.person.age:
        return Cell("")
    age = one.person.read_age
    return Cell(age.said, Tone.TEXT if age.is_exact else Tone.ORANGE, hint="" if age.is_exact else label(age.band))


def _where(one: PersonLine, now: datetime) -> Cell:
    shelter = in_words(one.shelter, one.shelter_en)
    if one.stay.left_at is None or one.stay.left_to is None:
        return Cell(shelter, below=formats.age(one.stay.arrived_at, now=now))
    return Cell(label(one.stay.left_to), Tone.SECONDARY, below=_("{shelter}, {age}").format(
        shelter=shelter, age=formats.age(one.stay.left_at, now=now)))


def double_line(pair: PossibleDouble, now: datetime) -> Line:
    """Return a pair that may be one person: both places, and how sure it is."""
    one, other = pair.one, pair.other
    words = (one.person, other.person)
    tails, phones, ages = ([getattr(person, name) if person else "" for person in words] for name in ("id_tail", "phone", "age"))
    sure = Cell(_("the same numbers") if pair.is_sure else _("the same name"), Tone.RED if pair.is_sure else Tone.ORANGE,
                shape=Shape.LATE if pair.is_sure else Shape.NONE)
    return line(f"{one.stay.id} {other.stay.id}", Cell(one.person.name if one.person else "", strong=True), _both(tails), _both(phones),
                _both(ages), sure, _both([one.stay.bed, other.stay.bed]), _both([one.village, other.village]),
                Cell(in_words(one.shelter, one.shelter_en), below=in_words(other.shelter, other.shelter_en)))


def _both(values: list[str]) -> str:
    return " / ".join(value or "—" for value in values) if any(values) else ""
