"""The catalogue of words: English source strings, translated by gettext where a language is chosen.

Works before any language is chosen (English), from every thread, and without Qt or Babel. The catalogue of a language
is read at its first word. A paper in another language than the screen is written inside `with speaking(tag):`.
"""

from __future__ import annotations

import gettext
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock

ENGLISH = "en"
CHINESE = "zh_CN"
LANGUAGES = (ENGLISH, CHINESE)
DOMAIN = "emergency_desk"

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")

_log = logging.getLogger(__name__)


class _EnglishWords(gettext.NullTranslations):
    """The source strings, with straight marks: screens and papers share one Chinese typeface, which draws curly ones a character wide."""

    def gettext(self, message: str) -> str:
        return message.translate(_STRAIGHT)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return super().ngettext(msgid1, msgid2, n).translate(_STRAIGHT)

    def pgettext(self, context: str, message: str) -> str:
        return message.translate(_STRAIGHT)


class _Shelf:
    """The catalogues read so far, and the language the desk speaks."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.tag = ENGLISH
        self._read: dict[tuple[str, Path | None], gettext.NullTranslations] = {(ENGLISH, None): _EnglishWords()}
        self._lock = Lock()

    def words(self, tag: str) -> gettext.NullTranslations:
        key = (tag, self.folder if tag != ENGLISH else None)
        found = self._read.get(key)
        if found is None:
            with self._lock:
                found = self._read.get(key) or self._read.setdefault(key, _open(tag, key[1]))
        return found


def _open(tag: str, folder: Path | None) -> gettext.NullTranslations:
    try:
        return gettext.translation(DOMAIN, folder, languages=[tag])
    except OSError as error:
        # A desk without its words still has to take calls: English is shown, and the log says why.
        _log.warning("no catalogue of words for %s in %s (%s); English is used", tag, folder, error)
        return _EnglishWords()


_shelf = _Shelf()
_spoken: ContextVar[str | None] = ContextVar("spoken_language", default=None)


def language_of(tag: str) -> str:
    """Return the language of ours that a tag such as "zh-CN", "zh_CN.UTF-8" or "fr" comes down to."""
    return CHINESE if tag.replace("-", "_").split("_")[0].split(".")[0].lower() == "zh" else ENGLISH


def use_language(tag: str, locale_folder: Path | None = None) -> str:
    """Let the whole program speak a language; a folder once given is remembered. Returns the language taken."""
    if locale_folder is not None:
        _shelf.folder = locale_folder
    _shelf.tag = language_of(tag)
    return _shelf.tag


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak another language in this thread only, for one paper or one line of it."""
    token = _spoken.set(language_of(tag))
    try:
        yield
    finally:
        _spoken.reset(token)


def current_language() -> str:
    """Return "en" or "zh_CN"."""
    return _spoken.get() or _shelf.tag


def _(message: str) -> str:
    """Translate one whole sentence or label."""
    return _shelf.words(current_language()).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a sentence whose form hangs on a count."""
    return _shelf.words(current_language()).ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Translate a word that means two things; the context says which, and is never shown."""
    return _shelf.words(current_language()).pgettext(context, message)


def N_(message: str) -> str:
    """Mark a string in a table for the catalogue; it is translated by `_` when it is shown."""
    return message
