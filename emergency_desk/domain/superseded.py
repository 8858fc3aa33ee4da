"""Texts that were replaced, as data by date: a plan that still cites one rests on law that no longer holds. Domain §16, R-0.4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emergency_desk.domain.plan_records import LegalBasis
from emergency_desk.domain.rules import NO_NOTE
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersededText:
    """One replaced text: how it is cited, until when it held, and what holds since."""

    id: str
    title: Text
    until: date  # the last day in force
    by: Text
    by_number: str = ""
    numbers: tuple[str, ...] = ()  # what tells it from a newer text of the same title
    words: tuple[str, ...] = ()  # how a clause cites it
    unless: tuple[str, ...] = ()  # standing right before a word, these mean another text
    is_verified: bool = False
    note: Text = NO_NOTE

    def holds_on(self, day: date) -> bool:
        """Say whether the old text is still in force on a day."""
        return day <= self.until

    def is_named_by(self, basis: LegalBasis) -> bool:
        """Say whether an entry of a plan's legal basis is this text."""
        if any(number in basis.title.zh or number in basis.number for number in self.numbers):
            return basis.title.zh == self.title.zh or any(number in basis.title.zh for number in self.numbers)
        return not self.numbers and self.is_cited_in(basis.title.zh)

    def is_cited_in(self, words: str) -> bool:
        """Say whether running words cite this text."""
        return any(self._stands(word, words) for word in self.words)

    def _stands(self, word: str, words: str) -> bool:
        place = words.find(word)
        while place >= 0:
            if not words[:place].endswith(self.unless or ("\0",)):
                return True
            place = words.find(word, place + 1)
        return False
