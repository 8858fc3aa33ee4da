"""People as somebody types them at the counter: a line a person, the name first, everything else in any order.

"王小明 1234 13800001111 八十多 慢病 床A12；李红 5678 79" registers a family of two. What nothing else fits goes to the note: nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import replace

from emergency_desk.domain.ages import read_age
from emergency_desk.domain.shelter_people import AskedPerson
from emergency_desk.domain.shelters import Need

_PEOPLE, _PARTS = re.compile(r"[\n；;]+"), re.compile(r"[\s，,、\t]+")
_NEEDS = {
    Need.CHRONIC: ("慢病", "慢性病", "chronic"), Need.PREGNANT: ("孕", "孕妇", "怀孕", "pregnant"), Need.DISABLED: ("残", "残疾", "disabled"),
    Need.INFANT: ("婴", "婴儿", "婴幼儿", "infant"), Need.ELDERLY: ("老", "老人", "elderly"),
}
_SIGNS = {  # words that say more than the need they show: they stay in the note as well
    Need.CHRONIC: ("高血压", "糖尿病", "冠心病", "心脏病", "哮喘", "癫痫", "透析", "慢阻肺", "长期服药", "每日服药", "diabetes", "dialysis"),
    Need.PREGNANT: ("孕晚期", "孕期", "孕产妇", "产妇", "临产"),
    Need.DISABLED: ("轮椅", "卧床", "失能", "行动不便", "聋", "盲", "拄拐", "wheelchair", "bedridden"),
    Need.INFANT: ("哺乳", "新生儿", "幼儿"), Need.ELDERLY: ("高龄", "独居"),
}
_NOT = frozenset("无没未非不")
_NEED_OF = {word: need for need, words in _NEEDS.items() for word in words}
_SIGN_OF = {word: need for need, words in _SIGNS.items() for word in words}
_ID = re.compile(r"\d{3}[\dXx]|\d{15,}[\dXx]?")  # longer than a phone is a number, mistyped or not; its end is kept
_PHONE = re.compile(r"\+?\d[\d-]{6,}")
_BED = re.compile(r"(?:床位?|宿位|bed)[:：#]?(.+)|([A-Za-z]{1,2}-?\d{1,4})", re.IGNORECASE)
_PETS = re.compile(r"(?:宠物?|pets?)[:：x×]?(\d{0,2})|([猫狗犬])", re.IGNORECASE)


def read_people(typed: str) -> tuple[AskedPerson, ...]:
    """Read what was typed; a line without anything is nobody."""
    return tuple(_person(line) for line in _PEOPLE.split(typed) if line.strip())


def typed_again(person: AskedPerson) -> str:
    """Return a person as they would be typed, so that they can be corrected."""
    words = (person.name, person.id_number, person.phone, person.age, *(_NEEDS[need][0] for need in person.needs),
             f"床{person.bed}" if person.bed else "", f"宠{person.pets}" if person.pets else "", person.note)
    return " ".join(word for word in words if word)


def needs_in(words: str) -> tuple[tuple[Need, ...], str]:
    """Return the needs that some words name, and the words themselves where they say more than that."""
    text = words.strip()
    low = text.lower()
    plain = (need for word, need in _NEED_OF.items() if (_says(low, word) if len(word) > 1 else word == low))
    found = tuple(dict.fromkeys((*plain, *_shown_by(low))))
    says_more = [part for part in _PARTS.split(text.replace("/", " ").replace("；", " ")) if part and part.lower() not in _NEED_OF]
    return found, text if says_more else ""


def _shown_by(low: str) -> tuple[Need, ...]:
    return tuple(dict.fromkeys(need for word, need in _SIGN_OF.items() if _says(low, word)))


def _says(low: str, word: str) -> bool:
    """Say whether a text names something and does not deny it: "无高血压" names nothing."""
    return any(low[:found.start()].rstrip()[-1:] not in _NOT for found in re.finditer(re.escape(word), low))


def _person(line: str) -> AskedPerson:
    name, *parts = _PARTS.split(line.strip(" \t，,、"))
    person = AskedPerson(name=name)
    while parts and not person.id_number and name.isascii() and name.isalpha() and parts[0].isascii() and parts[0].isalpha() \
            and parts[0].lower() not in _NEED_OF:
        person = replace(person, name=f"{person.name} {parts.pop(0)}")  # a name of several Latin words
    for part in parts:
        person = _with(person, part)
    return person


def _with(person: AskedPerson, part: str) -> AskedPerson:
    need = _NEED_OF.get(part.lower())
    if need is not None:
        return replace(person, needs=tuple(dict.fromkeys((*person.needs, need))))
    if _ID.fullmatch(part) and not person.id_number:
        return replace(person, id_number=part)
    if _PHONE.fullmatch(part) and not person.phone:
        return replace(person, phone=part)
    if not person.age and (re.fullmatch(r"\d{1,3}", part) or read_age(part).least is not None):
        return replace(person, age=part)
    if (bed := _BED.fullmatch(part)) and not person.bed:
        return replace(person, bed=bed[1] or bed[2])
    if (pets := _PETS.fullmatch(part)) and not person.pets:
        return replace(person, pets=int(pets[1] or 1))
    needs = tuple(dict.fromkeys((*person.needs, *_shown_by(part.lower()))))
    return replace(person, needs=needs, note=f"{person.note} {part}".strip())
