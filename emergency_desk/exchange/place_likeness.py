"""Which areas somebody may have meant by a place that no area is called: one sign typed wrongly, an ending left out, a sound written otherwise.

Names are compared without their endings (街道, 镇, 区 …), once by their signs and once by their syllables, because most slips are made
while typing pinyin. Nothing is decided here: what is found is asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from emergency_desk.domain.ids import Id

ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "街道", "地区", "新区", "社区", "省", "市", "区", "县", "镇", "乡", "盟", "旗", "村", "街")
OFFICES = ("街道办事处", "街道办", "街办", "办事处")  # all of them say 街道
MOST = 3
_FAR = 0.34  # house setting: one sign of three may be wrong, two of six, none of two unless it sounds alike
_SAME_SOUND = 0.05  # a name that sounds alike is nearly the name


def stem(written: str) -> str:
    """Return a name without its ending: 市南 for 市南区, 香港中路 for 香港中路街道办事处. At least two signs are left."""
    plain = plain_name(written)
    ending = next((one for one in ENDINGS if plain.endswith(one) and len(plain) - len(one) >= 2), "")
    return plain.removesuffix(ending)


def plain_name(written: str) -> str:
    """Return a name in lower case, the office of a street told as the street."""
    plain = "".join(written.split()).casefold() if not written.isascii() else " ".join(written.split()).casefold()
    office = next((one for one in OFFICES if plain.endswith(one) and len(plain) - len(one) >= 2), "")
    return plain.removesuffix(office) + "街道" if office and not plain.removesuffix(office).endswith("街道") else plain


class Likeness:
    """Every name of every area, ready to be compared. `names` holds what each area is called, `above` the names of what it lies in."""

    def __init__(self, names: Mapping[Id, Iterable[str]], above: Mapping[Id, Sequence[str]]) -> None:
        self._above = above
        self._stems = [(id_, stem(name)) for id_, known in names.items() for name in known if name]
        self._sounds = [_syllables(known) for _id, known in self._stems]
        self._with: dict[str, list[int]] = {}
        for at, (_id, known) in enumerate(self._stems):
            for piece in {*known, *self._sounds[at]}:
                self._with.setdefault(piece, []).append(at)

    def nearest(self, written: str, *, beside: Iterable[str] = ()) -> tuple[Id, ...]:
        """Return the areas that a written place is likest to, at most three. `beside` are places that the row writes too."""
        told = [plain_name(one) for one in beside]
        best: dict[Id, tuple[float, bool]] = {}
        for at in self._worth_comparing(written):
            id_, known = self._stems[at]
            far = self._distance(self._without_above(written, id_), known, self._sounds[at])
            agrees = any(name and name in other for name in map(stem, self._above[id_]) for other in (*told, plain_name(written)))
            if far <= _FAR:
                best[id_] = min(best.get(id_, (far, not agrees)), (far, not agrees))
        ranked = sorted(best, key=lambda id_: (best[id_][1], best[id_][0]) if told else best[id_])
        return tuple(ranked[:MOST])

    def _worth_comparing(self, written: str) -> list[int]:
        """Return the names that share half of their signs or syllables with what was written; the others are never near enough."""
        plain = plain_name(written)
        shared = Counter(at for piece in {*plain, *_syllables(plain)} for at in self._with.get(piece, ()))
        return [at for at, count in shared.items() if 2 * count >= len(set(self._stems[at][1]))]

    def _without_above(self, written: str, id_: Id) -> str:
        """Return what was written without the greater areas before it (山东省青岛市市南区香港中璐街道)."""
        plain = plain_name(written)
        for name in map(plain_name, self._above[id_]):
            known = name if name in plain else stem(name)
            rest = plain.rpartition(known)[2]
            plain = rest if len(rest) >= 2 else plain
        return stem(plain)

    @staticmethod
    def _distance(written: str, known: str, sounds: Sequence[str]) -> float:
        """Return how far two names are apart, from 0 to 1: the share of wrong signs, or of wrong syllables where that is less."""
        longest = max(len(written), len(known), 1)
        heard = _syllables(written)
        by_sign = steps(written, known) / longest
        if not heard or not sounds:
            return by_sign
        return min(by_sign, _SAME_SOUND + steps(heard, sounds) / max(len(heard), len(sounds)))


def steps(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many pieces must be put in, taken out, changed or exchanged with their neighbour to make one of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, piece in enumerate(one, start=1):
        above_that, before, row = before, row, [at]
        for place, wanted in enumerate(other, start=1):
            step = min(before[place] + 1, row[-1] + 1, before[place - 1] + (piece != wanted))
            if at > 1 and place > 1 and piece == other[place - 2] and one[at - 2] == wanted:
                step = min(step, above_that[place - 2] + 1)
            row.append(step)
    return row[-1]


def _syllables(text: str) -> tuple[str, ...]:
    """Return the syllables of a Chinese text; those that many confuse (zh and z, ang and an) are one."""
    if text.isascii():
        return ()
    from pypinyin import Style, lazy_pinyin  # imported late: its dictionary costs tens of milliseconds

    return tuple(_merged(syllable) for syllable in lazy_pinyin(text, style=Style.NORMAL, errors="ignore"))


def _merged(syllable: str) -> str:
    for sharp, flat in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        syllable = flat + syllable[2:] if syllable.startswith(sharp) else syllable
    return syllable.removesuffix("g") if syllable.endswith(("ing", "eng", "ang")) else syllable
