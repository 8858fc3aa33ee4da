"""The key of an encrypted store on paper: it comes back however it was typed, and a slip is found in its row."""

from __future__ import annotations

import copy
import pickle
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.key_errors import PassphrasesDiffer, PassphraseTooShort, RecoveryKeyMistyped
from emergency_desk.domain.store_keys import StoreKey, looks_like_recovery, read_recovery, recovery_rows, settled_passphrase

KEY = StoreKey(bytes(range(32)))


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["", " ", "-", "\n", "　", " – "]), st.booleans())
def test_a_recovery_key_comes_back_however_it_was_grouped(raw: bytes, between: str, is_lower: bool) -> None:
    groups = " ".join(recovery_rows(StoreKey(raw))).split()
    typed = between.join(groups)
    assert looks_like_recovery(typed)
    assert read_recovery(typed.lower() if is_lower else typed) == StoreKey(raw)


def test_letters_that_look_like_digits_are_read_as_digits_and_full_width_as_half() -> None:
    typed = "\n".join(recovery_rows(KEY))
    as_seen = typed.replace("0", "O").replace("1", "l")
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in typed)
    assert read_recovery(as_seen) == read_recovery(wide) == KEY


def test_a_slip_is_found_in_its_row() -> None:
    dice = random.Random(7)
    for _round in range(400):
        rows = [row.replace(" ", "") for row in recovery_rows(StoreKey(dice.randbytes(32)))]
        row, place = dice.randrange(4), dice.randrange(16)
        other = dice.choice([sign for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if sign != rows[row][place]])
        rows[row] = rows[row][:place] + other + rows[row][place + 1:]
        with pytest.raises(RecoveryKeyMistyped) as refusal:
            read_recovery("".join(rows))
        assert refusal.value.values == {"reason": "row", "line": row + 1}


def test_rows_that_changed_places_are_a_slip() -> None:
    rows = recovery_rows(KEY)
    with pytest.raises(RecoveryKeyMistyped):
        read_recovery("".join((rows[1], rows[0], *rows[2:])))


def test_a_key_that_is_not_whole_says_how_much_there_is() -> None:
    with pytest.raises(RecoveryKeyMistyped) as refusal:
        read_recovery("".join(recovery_rows(KEY)[:3]))
    assert refusal.value.values == {"reason": "length", "count": 48, "wanted": 64}
    assert not looks_like_recovery("correct horse battery staple, 64 signs are not enough to be a key")


def test_a_key_shows_itself_nowhere_and_does_not_travel() -> None:
    for told in (repr(KEY), str(KEY), f"{KEY}", repr({"key": KEY}), KEY.id):
        assert KEY.raw.hex() not in told and "\\x01\\x02" not in told
    for act in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            act(KEY)


def test_a_new_passphrase_is_long_enough_and_typed_twice_alike() -> None:
    assert settled_passphrase("七个字的口令吗？", " 七个字的口令吗? ") == "七个字的口令吗？"
    with pytest.raises(PassphraseTooShort):
        settled_passphrase("  short  ", "  short  ")
    with pytest.raises(PassphrasesDiffer):
        settled_passphrase("correct horse", "correct house")
