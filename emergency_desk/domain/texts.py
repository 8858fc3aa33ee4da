"""One plan, one name, two languages: text that was written in Chinese and, where given, in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Chinese and English; a side that was not written falls back to the other."""

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """Return the text for a language tag such as "zh_CN" or "en"."""
        if language.startswith("zh"):
            return self.zh or self.en
        return self.en or self.zh

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
