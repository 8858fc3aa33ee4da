"""Two texts that grew from one are made one again: sentence by sentence where that is clear, else both of them, one after the other.

The answer is the same whichever text is called mine, merging it with either text again changes nothing, and no sentence that
somebody wrote is left out.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_AFTER_A_SENTENCE = re.compile(r"(?<=[。；！？\n])|(?<=[.;!?] )")


def merge_texts(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    """Return one text of two, and whether it is clear that both meant it so."""
    if mine == theirs or theirs == base:
        return mine, True
    if mine == base:
        return theirs, True
    if _is_joined_of(mine, theirs) or _is_joined_of(theirs, mine):
        return max(mine, theirs, key=len), False
    merged = _by_sentences(base, mine, theirs)
    if merged is not None and _by_sentences(base, merged, theirs) == _by_sentences(base, mine, merged) == merged:
        return merged, True
    return _joined(base, mine, theirs), False


def _joined(base: str, mine: str, theirs: str) -> str:
    """Return both texts, one after the other; never the base itself, which would count as a side that changed nothing."""
    short, long = sorted((mine, theirs), key=lambda text: (len(text), text))
    if short in long:
        return long
    joined = "\n".join(sorted((mine, theirs)))
    return joined if joined != base else "\n".join(sorted((mine, theirs), reverse=True))


def _is_joined_of(whole: str, part: str) -> bool:
    """Say whether one text is the other with a further one beside it, as joining makes it."""
    return whole.startswith(f"{part}\n") or whole.endswith(f"\n{part}")


def _by_sentences(base: str, mine: str, theirs: str) -> str | None:
    """Return the text with the changes of both where they touch different sentences, else None."""
    whole, one, other = (_sentences(text) for text in (base, mine, theirs))
    in_one, in_other = _where(whole, one), _where(whole, other)
    merged: list[str] = []
    at = at_one = at_other = 0
    for place in (*(place for place in range(len(whole)) if place in in_one and place in in_other), len(whole)):
        is_end = place == len(whole)
        until_one, until_other = (len(one), len(other)) if is_end else (in_one[place], in_other[place])
        chunk = _chosen(whole[at:place], one[at_one:until_one], other[at_other:until_other])
        if chunk is None:
            return None
        merged += chunk if is_end else [*chunk, whole[place]]
        at, at_one, at_other = place + 1, until_one + 1, until_other + 1
    return "".join(merged)


def _sentences(text: str) -> list[str]:
    return [part for part in _AFTER_A_SENTENCE.split(text) if part]


def _where(base: list[str], side: list[str]) -> dict[int, int]:
    """Return where the sentences of the base that were left as they are stand in a side."""
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _chosen(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else None
