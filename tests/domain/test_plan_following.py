"""Bringing over what a newer version changed loses nobody's words, whatever both sides did."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_following import following
from emergency_desk.domain.plan_parts import Part

_sides = st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), st.sampled_from(["甲", "乙", "丙"]))


def parts(of: dict[str, str]) -> list[Part]:
    return [Part(PartKind.CLAUSE, key, content) for key, content in of.items()]


@given(_sides, _sides, _sides)
def test_what_one_side_changed_is_there_and_what_both_changed_is_named(base: dict[str, str], newer: dict[str, str], ours: dict[str, str]) -> None:
    found = following(parts(base), parts(newer), parts(ours))
    after = {**ours, **{part.key: part.content for part in found.taken}}
    for _kind, key in found.gone:
        del after[key]
    for key in {*base, *newer, *ours}:
        if newer.get(key) == base.get(key):
            assert after.get(key) == ours.get(key)
        elif ours.get(key) == base.get(key) or ours.get(key) == newer.get(key):
            assert after.get(key) == newer.get(key)
        else:
            assert after.get(key) == ours.get(key) and (PartKind.CLAUSE, key) in found.clashes


@given(_sides, _sides)
def test_nothing_is_brought_over_twice(base: dict[str, str], newer: dict[str, str]) -> None:
    found = following(parts(base), parts(newer), parts(base))
    assert found.clashes == ()
    assert following(parts(newer), parts(newer), parts(newer)) == following([], [], [])
