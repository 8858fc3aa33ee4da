"""Finding names by their characters, their pinyin or its initials: `sn`, `shinan` and 市南 all find 市南区.

The dictionary of sounds costs tens of milliseconds, so it is read at the first Chinese name; `warm` does it ahead of time.
"""

from __future__ import annotations

from functools import lru_cache

NO_MATCH = 0


@lru_cache(maxsize=16_384)
def keys(text: str) -> tuple[str, ...]:
    """Return what a name is found by, in lower case: itself and, when Chinese, its pinyin and its initials."""
    lowered = text.lower()
    if text.isascii():
        return (lowered, "".join(part[0] for part in lowered.split()))
    from pypinyin import Style, lazy_pinyin

    sounded = lazy_pinyin(text, style=Style.NORMAL, errors=_letters_only)
    syllables = [word for part in sounded for word in part.lower().split()]
    return (lowered, "".join(syllables), "".join(part if part.isdigit() else part[0] for part in syllables))


def score(query: str, text: str, search_key: str = "") -> int:
    """Return how well a query finds a text: 0 not at all, 100 from its beginning on. Every word of the query must be found.

    `search_key` is a ready line of words (characters, pinyin, initials), as records carry it; without one the text is sounded out.
    """
    words = query.lower().split()
    if not words:
        return NO_MATCH
    found = [_one(part, keys(text) if not search_key else (text.lower(), *search_key.split())) for part in words]
    return min(found)


def warm() -> None:
    """Read the dictionary of sounds now; call it away from the window's thread."""
    keys("应急")


def _one(part: str, candidates: tuple[str, ...]) -> int:
    best = NO_MATCH
    for place, candidate in enumerate(candidates):
        if candidate == part:
            return 100
        at = candidate.find(part)
        if at == 0:
            best = max(best, 90 - place)
        elif at > 0 and (candidate[at - 1] == " " or not part.isascii()):
            best = max(best, 70 - place)
        elif at > 0 and len(part) >= 2:
            best = max(best, 40 - place)
    return best


def _letters_only(rest: str) -> str:
    return "".join(sign if sign.isalnum() else " " for sign in rest)
