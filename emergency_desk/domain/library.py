"""Texts the store keeps whole: settings, rule tables and plans. Their meaning is read by the rooms that use them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from emergency_desk.domain.ids import Id
from emergency_desk.domain.releases import in_order

SHIPPED, CHANGED = "shipped", "changed"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the desk; the id is its name, the content JSON."""

    id: Id
    content: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One rule table of the trade as loaded from resources/reference; the id is its name, the content its text.

    `source` says "shipped", with the edition of the program it came with where that is known, or "changed", with the mark of the shipped
    table it was changed from.
    """

    id: Id
    content: str
    source: str = ""
    version: int = 0

    @property
    def is_shipped(self) -> bool:
        """Say whether the customer never changed it."""
        return self.source.split(" ")[0] == SHIPPED

    @property
    def base(self) -> str:
        """Return the mark of the shipped table it is, or was changed from; empty where that was not noted."""
        return mark_of(self.content) if self.is_shipped else self.source.partition(" ")[2]

    def is_older_than(self, shipped: str, *, edition: str) -> bool:
        """Say whether an unchanged table gives way to the one that ships now: other words, and not from a later program than this one."""
        own = self.source.partition(" ")[2]
        return self.is_shipped and self.content != shipped and (not own or in_order(own) <= in_order(edition))


def mark_of(content: str) -> str:
    """Return a short mark of a table's text."""
    return blake2b(content.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class PlanText:
    """One version of a contingency plan in the format of `plans/`."""

    id: Id
    code: str
    plan_version: str
    body: str
    source: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One commit: who, at which desk, when, what, which rows with their seals, chained by hashes to the entry before."""

    number: int
    at: int  # microseconds since 1970 UTC, as hashed
    account_id: Id | None
    desk_code: str
    action: str
    values: str
    touched: str
    previous: str
    hash: str
