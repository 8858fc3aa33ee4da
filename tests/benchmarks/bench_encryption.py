"""What encryption costs: a call taken and a team sent, a board read, a backup and an opening, beside the same on a plain store."""

from __future__ import annotations

import tempfile
from pathlib import Path

from emergency_desk.app.opening import open_desk
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.incidents import Figures
from emergency_desk.services import backups, boards, calls
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from emergency_desk.store import encrypting, key_file
from emergency_desk.store.opening import open_store
from tests.benchmarks.rows import Row, median_ms
from tests.builders import STREET, acting_as, make_desk

WORDS = "four words put together"


def run() -> list[Row]:
    """Do the same at a plain store and at an encrypted one."""
    with tempfile.TemporaryDirectory() as folder:
        plain, locked = _desk(Path(folder), "plain"), _encrypted(Path(folder))
        try:
            return _measure(plain, locked)
        finally:
            for desk in (plain, locked):
                desk.store.close()


def _measure(plain: Desk, locked: Desk) -> list[Row]:
    path, key = locked.store.path, locked.store.key

    def both(name: str, act: str, times: float) -> Row:
        acts = {"call": _take_and_send, "board": lambda desk: boards.duty_board(desk), "backup": lambda desk: backups.make(backups.order(desk))}
        return Row.within_times(f"{name}, encrypted", floor_name="the same at a plain store", floor_ms=median_ms(lambda: acts[act](plain)),
                                ours_ms=median_ms(lambda: acts[act](locked)), times=times)

    unlocking = median_ms(lambda: key_file.unlock(path, WORDS))
    return [
        both("a call taken, a team sent", "call", 1.5),
        both("the board read", "board", 1.5),
        both("a backup made and looked over", "backup", 3),
        Row.within_times("a store opened and looked over, encrypted", floor_name="the same store, plain",
                         floor_ms=median_ms(lambda: open_store(plain.store.path).close()),
                         ours_ms=median_ms(lambda: open_store(path, key=key).close()), times=3),
        Row.within_ms("the passphrase tried (argon2id, 64 MB)", floor_name="a plain store opened",
                      floor_ms=median_ms(lambda: open_store(plain.store.path).close()), ours_ms=unlocking, ms=2_000),
    ]


def _desk(folder: Path, name: str) -> Desk:
    return make_desk(folder, name=f"{name}.store")


def _encrypted(folder: Path) -> Desk:
    desk = _desk(folder, "locked")
    desk.store.close()
    encrypting.encrypt(desk.store.path, old=None, new=encrypting.new_key(), passphrase=WORDS)
    return acting_as(open_desk(desk.store.path, typed=WORDS), "leader")


def _take_and_send(desk: Desk) -> object:
    draft = CallDraft(words="延安三路18层商住楼起火，有人被困", area_id=STREET, address="延安三路 105 号", figures=Figures())
    found = calls.recommendation_for(desk, draft=draft)
    chosen = tuple(Sending(team_id=each.team_id, serves=each.serves, travel_minutes=each.minutes) for each in found.choices[:1])
    return calls.take_call(desk, draft=draft, send=chosen)
