"""People in shelters by name: what is asked, what is kept where it can be destroyed, and when two entries may be one person.

Source: domain §6.3 (GB/T 33744: 安置登记表); only the last four of an identity number are kept. Who somebody is lies in erasable rows
(ERL24 Art. 85); the stay itself carries none of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ages import Age, read_age
from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelters import Need, ShelterStay

MOST_IN_A_HOUSEHOLD, MOST_PETS = 60, 99


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is. `age` as it was said; `not_same` are persons of the same name of whom somebody said that they are others."""

    name: str
    id_tail: str = ""
    phone: str = ""
    age: str = ""
    note: str = ""
    not_same: tuple[Id, ...] = ()

    @property
    def read_age(self) -> Age:
        """The age as far as it can be read."""
        return read_age(self.age)


class Oddity(StrEnum):
    """What is odd about an entry: named, and kept as it was said."""

    AGE_AS_SAID = "odd_age_as_said"  # such as "八十多": the band is known, the year is not
    AGE_UNREAD = "odd_age_unread"
    ID_UNREAD = "odd_id_unread"
    PHONE_SHORT = "odd_phone_short"
    MAY_BE_TWICE = "odd_may_be_twice"  # somebody of that name is registered already
    CAME_BACK = "odd_came_back"  # left a shelter of this incident before
    OVER_CAPACITY = "odd_over_capacity"
    TWICE_ON_LIST = "odd_twice_on_list"  # by the same number: one person, kept once with what both rows say
    HERE_ALREADY = "odd_here_already"  # on a list and in that shelter, by the same number: kept once
    WAS_MISSING = "odd_was_missing"  # looked for by name, and found


@dataclass(frozen=True, slots=True)
class Odd:
    """One oddity: whose entry, and what was said."""

    kind: Oddity
    name: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPerson:
    """Somebody to be registered, as it was typed."""

    name: str
    id_number: str = ""  # the last four, or the whole number, of which only they are kept
    phone: str = ""
    age: str = ""
    needs: tuple[Need, ...] = ()
    bed: str = ""
    pets: int = 0
    note: str = ""
    placed: Placed | None = None  # outside of shelters, as a village's list says


class Way(StrEnum):
    """What is done with somebody who is registered in another shelter already."""

    ASK = "way_ask"  # refuse and name the shelter
    TRANSFER = "way_transfer"  # they came over from there
    KEEP_BOTH = "way_keep_both"  # another person, or nobody knows yet: kept as a possible double


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedHousehold:
    """People who came together, registered by one act."""

    people: tuple[AskedPerson, ...]
    group_id: Id | None = None  # the village they were to be moved from
    origin_area_id: Id | None = None
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The stays that were begun, and what was odd."""

    stays: tuple[ShelterStay, ...]
    odd: tuple[Odd, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A stay with who it is. `person` is None once it was destroyed."""

    stay: ShelterStay
    shelter: str
    shelter_en: str = ""
    person: Person | None = None
    village: str = ""


@dataclass(frozen=True, slots=True)
class PossibleDouble:
    """Two stays that have not ended and may be one person; `is_sure` when the identity number or the phone is the same too."""

    one: PersonLine
    other: PersonLine
    is_sure: bool = False


# -- reading what was typed -------------------------------------------------------------------------------------------
_ID = re.compile(r"(?:\d{6}[\d*]{8}|[\d*]{11})?(\d{3}[\dXx])")  # 18 or 15 signs, hidden ones too, or the last four alone
_NO_DIGIT, _TAIL = re.compile(r"\D"), re.compile(r"\d{3}[\dx]")
SHORTEST_PHONE, _SHOWN_OF_ID = 7, 4


def check_household(asked: AskedHousehold) -> None:
    """Refuse an act without anybody, a person without a name, numbers that cannot be. Raises FieldMissing, FieldRefused."""
    if not asked.people or not all(person.name.strip() for person in asked.people):
        raise FieldMissing(name="people")
    if len(asked.people) > MOST_IN_A_HOUSEHOLD:
        raise FieldRefused(name="people", reason="quantity", typed=len(asked.people), other=f"1…{MOST_IN_A_HOUSEHOLD}")
    for person in asked.people:
        if not 0 <= person.pets <= MOST_PETS:
            raise FieldRefused(name="pets", reason="quantity", typed=person.pets, other=f"0…{MOST_PETS}")


def person_of(asked: AskedPerson) -> tuple[Person, tuple[Odd, ...]]:
    """Return who it is as it is kept, and what was odd; what cannot be read stands in the note."""
    name, odd, notes = " ".join(asked.name.split()), [], [asked.note.strip()]
    typed = cut_id(asked.id_number)
    tail = typed.upper() if _ID.fullmatch(typed) else ""
    if typed and not tail:
        odd.append(Odd(Oddity.ID_UNREAD, name, typed))
        notes.append(typed)
    phone = asked.phone.strip()
    if phone and len(_NO_DIGIT.sub("", phone)) < SHORTEST_PHONE:
        odd.append(Odd(Oddity.PHONE_SHORT, name, phone))
    age = read_age(asked.age)
    if age.said and not age.is_exact:
        odd.append(Odd(Oddity.AGE_UNREAD if age.least is None else Oddity.AGE_AS_SAID, name, age.said))
    return Person(name, tail, phone, age.said, "；".join(note for note in notes if note)), tuple(odd)


def cut_id(written: str) -> str:
    """Return the last four of an identity number; of what is none nothing but the end, so that no whole number is ever kept."""
    text = re.sub(r"[\s-]", "", written).replace("＊", "*")
    found = _ID.fullmatch(text)
    if found:
        return found[1]
    return text if len(text) <= _SHOWN_OF_ID else f"…{text[-_SHOWN_OF_ID:]}"


def digits(phone: str) -> str:
    """Return the digits of a phone."""
    return _NO_DIGIT.sub("", phone)


def name_key(name: str) -> str:
    """Return what two writings of one name have in common."""
    return "".join(name.split()).replace("·", "").casefold()


def filled(person: Person, other: Person) -> Person:
    """Return a person with what only another entry of theirs knew."""
    notes = dict.fromkeys(note for note in (*person.note.split("；"), *other.note.split("；")) if note)
    return replace(person, id_tail=person.id_tail or other.id_tail, phone=person.phone or other.phone, age=person.age or other.age,
                   note="；".join(notes), not_same=tuple(dict.fromkeys((*person.not_same, *other.not_same))))


# -- content of the erasable row --------------------------------------------------------------------------------------
_FIELDS = ("name", "id_tail", "phone", "age", "note")


def content_of(person: Person) -> dict[str, str]:
    """Return what is kept of a person in the erasable row; what is empty is left out."""
    kept = {name: getattr(person, name) for name in _FIELDS} | {"not_same": " ".join(person.not_same)}
    return {name: value for name, value in kept.items() if value}


def person_from(content: Mapping[str, str]) -> Person:
    """Return a person from the erasable row."""
    name, id_tail, phone, age, note = (content.get(each, "") for each in _FIELDS)
    return Person(name, id_tail, phone, age, note, tuple(Id(one) for one in content.get("not_same", "").split()))


# -- one person or two ------------------------------------------------------------------------------------------------
class Alike(StrEnum):
    """How two entries of the same name stand to each other."""

    SAME = "alike_same"
    MAYBE = "alike_maybe"
    OTHER = "alike_other"


def alike(one: Person, other: Person) -> Alike:
    """Judge two entries: the same by identity number or phone, others by the identity number, else nobody knows."""
    if name_key(one.name) != name_key(other.name) or (one.id_tail and other.id_tail and one.id_tail != other.id_tail):
        return Alike.OTHER
    same_phone = bool(digits(one.phone)) and digits(one.phone) == digits(other.phone)
    return Alike.SAME if (one.id_tail and one.id_tail == other.id_tail) or same_phone else Alike.MAYBE


_MOST_ALIKE = 5  # of one name and without numbers: more of them tell nobody anything


def most_alike(person: Person, others: Iterable[tuple[str, Collection[str]]]) -> list[tuple[Alike, str]]:
    """Return the likest of persons of the same name, the surest first. `others` come with their numbers among other words."""
    same: list[tuple[Alike, str]] = []
    maybe: list[tuple[Alike, str]] = []
    for id_, words in others:
        tails = [word for word in words if _TAIL.fullmatch(word)]
        has_tail, has_phone = person.id_tail.lower() in tails, bool(digits(person.phone)) and digits(person.phone) in words
        if person.id_tail and tails and not has_tail:
            continue
        if (person.id_tail and has_tail) or has_phone:
            same.append((Alike.SAME, id_))
        elif len(maybe) < _MOST_ALIKE:
            maybe.append((Alike.MAYBE, id_))
    return [*same, *maybe]
