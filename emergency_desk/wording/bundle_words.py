"""Words for plans between desks: what a file brings, whose words stand in a part, and why a file is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from emergency_desk.domain.plan_merge import MergedPart
from emergency_desk.domain.plan_records import Clause, Condition, LevelRule, Needs
from emergency_desk.domain.plan_references import UnknownReference
from emergency_desk.domain.plan_renumbering import plain
from emergency_desk.domain.plan_sections import PartKey, PlanSection
from emergency_desk.domain.plan_travel import Arrival, Author
from emergency_desk.domain.texts import Text
from emergency_desk.wording import formats, plan_words
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.labels import field_label, has_label, label

_REFUSALS = {
    "not_a_bundle": N_("{name} is no file of plans from another desk (.edplan). Choose the file that the other desk exported."),
    "bundle_damaged": N_("{name} was damaged or altered on its way: its seal does not fit. Nothing was imported; have it sent again."),
    "bundle_newer": N_("{name} was written by a newer program (format {detail}). Nothing was imported; update this desk, then import it."),
    "bundle_too_large": N_("{name} holds more than any set of plans ({most} MB). Nothing was imported; have it exported in several files."),
    "bundle_member": N_("{name} holds something that is no plan ({detail}). Nothing was imported; have it exported again."),
    "bundle_twice": N_("{name} holds {detail} twice. Nothing was imported; have it exported again."),
    "bundle_list": N_("{name} and its list of contents do not agree ({detail}). Nothing was imported; have it exported again."),
    "bundle_digest": N_("{name}: its list of contents is spoilt ({detail}). Nothing was imported; have it exported again."),
    "bundle_encoding": N_("{name} holds a text that is not UTF-8 ({detail}). Nothing was imported; have it exported again."),
    "bundle_circle": N_("{name} says that versions of {detail} grew from one another in a circle. Nothing was imported; have it exported again."),
    "bundle_memory": N_("{name} would need more than {memory_mb} MB to be read, as no file of plans does. Nothing was imported; have it "
                        "exported again, in several files."),
    "bundle_slow": N_("{name} could not be read within {seconds} seconds. Nothing was imported; have it exported again, in several files."),
    "bundle_crashed": N_("{name} brought the reader down ({detail}); the desk goes on. Nothing was imported; have it exported again by the "
                         "other desk and sent anew."),
    "bundle_not_written": N_("{name} cannot be written ({detail}). Choose another folder or name."),
    "plan_circle": N_("{name}: plans stand above one another in a circle ({detail}). Nothing was imported; have the plan above corrected first."),
}


def knows(reason: str) -> bool:
    """Say whether a file is refused for a reason that is told here."""
    return reason in _REFUSALS


def refusal(reason: str, words: Mapping[str, str]) -> str:
    """Return why a file was refused, and what to do."""
    return _(_REFUSALS[reason]).format_map(words)


# -- what a file brings -----------------------------------------------------------------------------------------------
def version(arrival: Arrival) -> str:
    """Return which version came in, and whether it is a draft."""
    told = _("draft {version}") if arrival.head.is_draft else _("v{version}")
    return told.format(version=arrival.head.plan.version)


def version_here(arrival: Arrival) -> str:
    """Return which version this desk has, "" for none."""
    if arrival.here is None:
        return ""
    told = _("draft {version}") if arrival.here.is_draft else _("v{version}")
    return told.format(version=arrival.here.plan.version)


def unknown(one: UnknownReference) -> str:
    """Return a word that this desk does not know, with what it is."""
    return _("{kind} “{word}”").format(kind=label(one.kind), word=one.word)


def author(of: Author) -> str:
    """Return who wrote something, at which desk, when."""
    parts = [of.person, of.desk, formats.date_time(of.at) if of.at else ""]
    return _(" · ").join(part for part in parts if part) or _("author not known")


# -- what a part says -------------------------------------------------------------------------------------------------
def part_name(part: MergedPart) -> str:
    """Return what a part is called: its kind, its number or name, and its title."""
    key = part.key
    if key.section is PlanSection.HEADER:
        return field_label("upper_plan" if key.key == "parent" else key.key)
    if key.section is PlanSection.ORDER:
        return _("Sequence: {what}").format(what=label(PlanSection(key.key)))
    value = next(each for each in (part.mine, part.theirs, part.base) if each is not None)
    return f"{label(key.section)} {_mark(key, value)}".strip()


def _mark(key: PartKey, value: Any) -> str:
    if isinstance(value, LevelRule):
        return f"{label(value.tier)} {label(value.level)}"
    if isinstance(value, Clause):
        words = _said(value.title)
        return words if value.number.endswith(value.title.zh) else f"{value.number} {words}"
    if key.section in (PlanSection.BASIS, PlanSection.CONTACT):
        return _(" · ").join(word for word in key.words if word)
    title = next((getattr(value, name) for name in ("title", "name", "post", "lead") if hasattr(value, name)), None)
    own = label(value.id) if isinstance(value.id, StrEnum) and has_label(value.id) else str(value.id)
    return f"{own} {_said(title)}".strip()


def _said(text: Text | None) -> str:
    return text.in_language(current_language()) if text is not None else ""


def part_lines(key: PartKey, value: Any) -> list[tuple[str, str]]:
    """Return what a part says as (field, words); nothing where it is not there."""
    if value is None:
        return []
    if key.section is PlanSection.ORDER:
        return [("", _("; ").join(" ".join(PartKey(key.section, one).words) for one in value))]
    if not is_dataclass(value) or isinstance(value, Text):
        return [("", _in_words(value))]
    return [(field_name(field.name), told) for field in fields(value) if (told := _in_words(getattr(value, field.name)))]


def part_words(key: PartKey, value: Any) -> str:
    """Return what a part says, a field a line."""
    if value is None:
        return _("(struck out)")
    return "\n".join(_("{field}: {words}").format(field=name, words=told) if name else told for name, told in part_lines(key, value))


def field_name(name: str) -> str:
    """Return the word for a field of a part."""
    return _(_PART_FIELDS[name]) if name in _PART_FIELDS else field_label(name)


def _in_words(value: Any) -> str:
    """Return a value of any part as a reader expects it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Text):
        return "\n".join(each for each in (value.zh, value.en) if each)
    if isinstance(value, StrEnum):
        return label(value) if has_label(value) else value.value
    if isinstance(value, Needs):
        counts = [f"{name} × {count}" for name, count in (*value.teams, *value.items)]
        return _("; ").join([*counts, *([_("places × {count}").format(count=value.places)] if value.places else [])])
    if isinstance(value, Condition):
        return _condition(value)
    if isinstance(value, tuple):
        return _("; ").join(_in_words(each) for each in value)
    if is_dataclass(value):
        return _(" · ").join(told for field in fields(value) if (told := _in_words(getattr(value, field.name))))
    return plain(str(value))


def _condition(of: Condition) -> str:
    parts = [plan_words.figure(name, least) for name, least in of.figures]
    parts += [_("Graded {grade} or worse").format(grade=label(of.grade))] if of.grade else []
    return _(" and ").join([*parts, *of.situations]) or _("Any such event")


def title_of(arrival: Arrival) -> str:
    """Return the title of a plan that came in."""
    return str(arrival.head.plan.title.in_language(current_language()))


_PART_FIELDS = {
    "number": N_("Number"), "title": N_("Title"), "body": N_("Text"), "article": N_("Article"), "words": N_("Known by the words"),
    "id": N_("Id"), "clause": N_("Clause"), "tier": N_("Tier"), "level": N_("Level"), "activated_by": N_("Activated by"),
    "activated_by_role": N_("Activator's role"), "conditions": N_("Conditions"), "needs": N_("Needs"), "lead": N_("Lead"),
    "members": N_("Member units"), "duties": N_("Duties"), "role": N_("Role"), "due_minutes": N_("Due after minutes"),
    "from_level": N_("From level"), "meets": N_("Met by"), "trigger": N_("Begins when"), "steps": N_("Steps"),
    "reports_to": N_("Reports to"), "never": N_("Never"), "resources": N_("Resources"), "withdraw_when": N_("Withdraw when"),
    "unit": N_("Unit"), "name": N_("Name"), "code": N_("Code"), "phone": N_("Phone"), "post": N_("Post"),
}  # fmt: skip
