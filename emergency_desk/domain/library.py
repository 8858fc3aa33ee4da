"""Texts the store keeps whole: settings, rule tables and plans. Their meaning is read by the rooms that use them."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.ids import Id


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the desk; the id is its name, the content JSON."""

    id: Id
    content: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One rule table of the trade as loaded from resources/reference; the id is its name, the content its text."""

    id: Id
    content: str
    source: str = ""
    version: int = 0


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
