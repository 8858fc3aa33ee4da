"""Fields for writing a part anew while two versions are merged: its texts, numbers and words.

Needs, conditions and steps keep what the part began with; they are edited in the draft itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.texts import Text
from emergency_desk.ui.incidents.inline_form import Ask, AskText
from emergency_desk.wording.bundle_words import field_name
from emergency_desk.wording.catalog import _

_KEYS = ("number", "id", "clause", "code")  # what other parts know it by
_WHOLE = "words"  # the name of the field of a part that is one text


def asked(value: Any) -> list[Ask]:
    """Return the fields of a part; none where it can only be edited in the draft."""
    if isinstance(value, Text):
        return _text_fields(_WHOLE, _("Text"), value)
    if not is_dataclass(value):
        return []
    found: list[Ask] = []
    for field in fields(value):
        own = getattr(value, field.name)
        if isinstance(own, Text):
            found += _text_fields(field.name, field_name(field.name), own)
        elif field.name not in _KEYS and type(own) in (str, int):
            found.append(Ask(name=field.name, label=field_name(field.name), value=str(own)))
    return found


def first_that_differs(mine: Any, theirs: Any) -> str:
    """Return the name of the first field that two sides wrote differently, "" where that is no field of words."""
    if not is_dataclass(mine) or not is_dataclass(theirs):
        return ""
    differs = next((field.name for field in fields(mine) if getattr(mine, field.name) != getattr(theirs, field.name)), "")
    return f"{differs}.zh" if isinstance(getattr(mine, differs, None), Text) else differs


def edited(value: Any, answers: Mapping[str, str]) -> Any:
    """Return the part as it was written. Raises FieldUnreadable for a number that is none."""
    if isinstance(value, Text):
        return _text(_WHOLE, answers)
    changes: dict[str, Any] = {}
    for field in fields(value):
        own = getattr(value, field.name)
        if isinstance(own, Text):
            changes[field.name] = _text(field.name, answers)
        elif field.name in answers:
            changes[field.name] = _number(field.name, answers[field.name]) if isinstance(own, int) else answers[field.name]
    return replace(value, **changes)


def _text_fields(name: str, label: str, text: Text) -> list[Ask]:
    chinese, english = _("{field}, Chinese").format(field=label), _("{field}, English").format(field=label)
    pairs = ((f"{name}.zh", chinese, text.zh), (f"{name}.en", english, text.en))
    if name == "body" or "\n" in text.zh + text.en:
        return [AskText(name=id_, label=words, value=value, lines=4, is_long=True) for id_, words, value in pairs]
    return [Ask(name=id_, label=words, value=value, is_long=True) for id_, words, value in pairs]


def _text(name: str, answers: Mapping[str, str]) -> Text:
    return Text(answers[f"{name}.zh"], answers[f"{name}.en"])


def _number(name: str, typed: str) -> int:
    if not typed.isdecimal():
        raise FieldUnreadable(name=name, typed=typed, expected="15")
    return int(typed)
