"""What a team can do: the capabilities that plans and incident types ask for and teams offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One capability. `words` are short words by which imported team lists name it."""

    id: str
    name: Text
    words: tuple[str, ...] = ()


def read_capabilities(text: str, capabilities: Iterable[Capability]) -> tuple[str, ...]:
    """Return the ids of the capabilities that a text names by id, name or word, in the order of the list."""
    low = text.lower()
    return tuple(capability.id for capability in capabilities if any(word.lower() in low for word in _names(capability)))


def _names(capability: Capability) -> tuple[str, ...]:
    return tuple(name for name in (capability.id, capability.name.zh, capability.name.en, *capability.words) if name)
