"""The manual from its files: one folder a language, one file a page, in the order of their numbers; and its printing as one PDF.

What a script makes (the list of keys, what was measured) lies in the folder `made`, in words of a language in a folder below it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from emergency_desk.domain.manual import Manual, Place, places, read_page
from emergency_desk.domain.plan_search import fold, words_of
from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.wording import sounds

_MADE = "made"
_LEAST_SOUNDED = 3  # letters; fewer stand in too many sounds


def read_manual(folder: Path, language: str) -> Manual:
    """Read the manual of a language."""
    own = folder_of(folder, language)
    made = {file.stem: file.read_text(encoding="utf-8")
            for place in (folder / _MADE, folder / _MADE / own.name) for file in sorted(place.glob("*.md"))}
    return Manual(language, tuple(read_page(file.stem.partition("_")[2], file.read_text(encoding="utf-8"), made)
                                  for file in sorted(own.glob("*.md"))))


def folder_of(folder: Path, language: str) -> Path:
    """Return where the pages and pictures of a language lie."""
    return folder / ("zh" if language.startswith("zh") else "en")


def find(manual: Manual, text: str) -> list[Place]:
    """Return where every word stands, headings first; a word of Latin letters may also be pinyin or initials."""
    words = words_of(text)
    if not words:
        return []
    ranked = [(rank, number, place) for number, place in enumerate(places(manual)) if (rank := _rank(place, words)) is not None]
    return [place for _rank_of, _number, place in sorted(ranked, key=lambda each: each[:2])]


def _rank(place: Place, words: tuple[str, ...]) -> int | None:
    """Return 0 for words in the heading, 1 for words in the text, 2 for sounds of the heading, 3 for sounds of the text; None for none."""
    title, text = fold(place.title), fold(f"{place.page_title} {place.title}\n{place.text}")
    if all(word in title for word in words):
        return 0
    if all(word in text for word in words):
        return 1
    if all(word in text or sounds.score(word, place.title) for word in words):
        return 2
    return 3 if all(word in text or _sounds_in(word, place) for word in words) else None


def _sounds_in(word: str, place: Place) -> bool:
    if not word.isascii() or not word.isalpha() or len(word) < _LEAST_SOUNDED:
        return False
    return any(sounds.score(word, line) > 0 for line in place.text.split("\n"))


def print_manual(folder: Path, path: Path, paper: PaperSettings, printed_at: datetime) -> Printed:
    """Set the whole manual as one PDF, with contents and numbered pages."""
    from emergency_desk.reports import manual as setting  # brings the setter of papers

    return setting.write(read_manual(folder, paper.language), folder_of(folder, paper.language), path, paper,
                         Imprint(Text("应急值班台", "Emergency Desk"), printed_at))
