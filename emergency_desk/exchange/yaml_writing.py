"""Lines of the text format, written so that two versions of a file compare well: one fact a line, no folding, stable quoting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from emergency_desk.domain.texts import Text

_PLAIN_FIRST = re.compile(r"[\w（《“〔【①-⑳]")
_PLAIN_REST = re.compile(r"[\w（）《》〔〕“”‘’【】①-⑳，。；：、！？—…·㎡℃°×≥≤～/+.%$&;()'\" -]*")
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def scalar(text: str, *, within_flow: bool = False) -> str:
    """Return a string as YAML reads it back exactly: plain where that is safe, else in double quotes."""
    rest = text if within_flow else text.replace(",", "").replace(":", "")
    plain = (
        bool(_PLAIN_FIRST.match(text)) and bool(_PLAIN_REST.fullmatch(rest)) and text == text.strip()
        and not re.search(r":(\s|$)| #", text)
    )
    if plain:
        return text
    return _NOT_PRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


def flow_list(texts: Iterable[str]) -> str:
    """Return "[a, b]"."""
    return "[" + ", ".join(scalar(text, within_flow=True) for text in texts) + "]"


def flow_map(pairs: Mapping[str, str]) -> str:
    """Return "{a: 1, b: 2}"; the values must be written already."""
    return "{" + ", ".join(f"{scalar(key, within_flow=True)}: {value}" for key, value in pairs.items()) + "}"


def field(indent: int, key: str, text: str) -> Iterable[str]:
    """Write one key; a text of several lines stands below it, a line each."""
    lines = text.split("\n")
    if len(lines) > 1 and lines[0] and lines[-1] and all(line == line.strip() and not _NOT_PRINTABLE.search(line) for line in lines):
        return [f"{' ' * indent}{key}: |-", *(f"{' ' * (indent + 2)}{line}" if line else "" for line in lines)]
    return [f"{' ' * indent}{key}: {scalar(text)}"]


def bilingual(indent: int, key: str, text: Text) -> list[str]:
    """Write a key with its Chinese and, where given, its English."""
    lines = [f"{' ' * indent}{key}:", *field(indent + 2, "zh", text.zh)]
    return [*lines, *field(indent + 2, "en", text.en)] if text.en else lines
