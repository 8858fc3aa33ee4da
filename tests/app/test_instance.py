"""One window at one store: the lock of the system decides, the note tells who, and a second start reaches the first."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emergency_desk.app import handing, instance
from emergency_desk.app.handing import ELSEWHERE, LEAVING, NO_ANSWER, NOBODY, SHOWN, Message, hand_over
from emergency_desk.app.holding import Holding, first_comes_forward
from emergency_desk.app.instance import Holder, InstanceLock, is_running, start_in, started_at

AT = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
HOLDS = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from emergency_desk.app.holding import Holding
holding = Holding()
holding.listen(lambda message: print("heard", message.file, flush=True))
print("took" if holding.take(Path(sys.argv[1]), at=datetime.now(UTC)) else "refused", flush=True)
sys.stdin.read()
holding.give_back()
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    path = tmp_path / "desk.store"
    path.write_bytes(b"x")
    return path


@pytest.fixture
def other(store: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the store."""
    made = program(store)
    yield made
    made.kill()
    for pipe in (made.stdin, made.stdout):
        if pipe is not None:
            pipe.close()
    made.wait()


def program(store: Path) -> subprocess.Popen[str]:
    made = subprocess.Popen([sys.executable, "-c", HOLDS, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
                            env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert made.stdout is not None and made.stdout.readline() == "took\n"
    return made


# -- the lock ---------------------------------------------------------------------------------------------------------
def test_a_second_program_is_told_who_has_the_store(store: Path, other: subprocess.Popen[str]) -> None:
    lock = InstanceLock(store)
    assert not lock.take(at=AT)
    assert lock.holder.pid == other.pid and lock.holder.is_own_users and lock.holder.since_moment is not None and is_running(lock.holder)


def test_the_lock_of_a_dead_program_is_taken_over(store: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    lock = InstanceLock(store)
    assert lock.take(at=AT)
    assert lock.holder.pid == other.pid and not is_running(lock.holder)  # it left without closing
    assert json.loads(lock.path.read_text())["pid"] == os.getpid()
    lock.give_back()
    assert lock.path.read_text() == ""


def test_a_closed_desk_leaves_the_store_to_the_next(store: Path, other: subprocess.Popen[str]) -> None:
    other.communicate("")
    lock = InstanceLock(store)
    assert lock.take(at=AT) and lock.holder == Holder()
    lock.give_back()


def test_where_a_disk_has_no_true_locks_a_running_program_is_believed(
    store: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(instance, "_lock", lambda _file: True)
    assert not InstanceLock(store).take(at=AT)
    other.kill()
    other.wait()
    lock = InstanceLock(store)
    assert lock.take(at=AT)
    lock.give_back()


@pytest.mark.parametrize("note", ["", "{", "[]", "7", '{"pid": "7"}', '{"pid": 1, "started": 2, "user": "a", "host": "b", "since": "c"}',
                                  "\0" * 5000])
def test_a_note_that_is_none_keeps_nobody_out(store: Path, note: str) -> None:
    lock = InstanceLock(store)
    lock.path.write_text(note)
    assert lock.take(at=AT) and lock.holder == Holder()
    lock.give_back()


def test_a_number_that_was_given_anew_is_another_program() -> None:
    own = Holder(os.getpid(), started_at(os.getpid()), "duty", "", "")
    assert is_running(own)
    assert not is_running(Holder(os.getpid(), "another-boot/1", "duty", "", ""))
    assert not is_running(Holder(os.getpid(), "", "duty", "", "")) and not is_running(Holder())


def test_the_start_is_read_behind_a_name_with_brackets_and_blanks() -> None:
    fields = " ".join(str(number) for number in range(4, 53))
    assert start_in(f"77 (a) b (c) S {fields}") == "22"
    assert start_in(f"77 (desk) Z {fields}") == "" and start_in("77 (desk) S 1") == "" and start_in("") == ""


# -- the door ---------------------------------------------------------------------------------------------------------
def test_a_second_start_hands_its_file_to_the_first(store: Path, other: subprocess.Popen[str], tmp_path: Path) -> None:
    assert first_comes_forward(store, tmp_path / "a plan 预案.edplan")
    assert other.stdout is not None and other.stdout.readline() == f"heard {tmp_path / 'a plan 预案.edplan'}\n"
    assert first_comes_forward(store, None)
    assert other.stdout.readline() == "heard \n"


def test_what_comes_before_the_window_stands_is_told_then(store: Path) -> None:
    holding, heard = Holding(), list[Message]()
    assert holding.take(store, at=AT)
    assert hand_over(store, None) == SHOWN
    holding.listen(heard.append)
    assert len(heard) == 1
    holding.give_back()
    assert hand_over(store, None) == NOBODY


def test_a_window_that_is_leaving_is_waited_for_and_not_called_forward(store: Path) -> None:
    holding, heard = Holding(), list[Message]()
    holding.listen(heard.append)
    assert holding.take(store, at=AT)
    holding.leave()
    assert hand_over(store, None) == LEAVING and heard == []
    waiting = threading.Timer(0.3, holding.give_back)
    waiting.start()
    assert not first_comes_forward(store, None, patience=0.0), "the window that is closed does not come back"
    waiting.join()
    second = Holding()
    assert second.take(store, at=AT) and second.read_only is None, "the store was free once it had left"
    second.give_back()


def test_a_window_on_another_screen_says_so(store: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "session_now", lambda: "another screen")
    assert hand_over(store, None) == ELSEWHERE
    assert not first_comes_forward(store, None)


def test_a_window_that_hangs_is_not_waited_for(store: Path, other: subprocess.Popen[str]) -> None:
    os.kill(other.pid, 19)
    assert hand_over(store, None, seconds=0.3) == NO_ANSWER
    os.kill(other.pid, 18)


def test_whoever_does_not_know_the_secret_is_not_heard(store: Path) -> None:
    holding, heard = Holding(), list[Message]()
    holding.listen(heard.append)
    assert holding.take(store, at=AT)
    note = next((store.parent / "run").rglob("*.door"))
    assert note.stat().st_mode & 0o077 == 0 and note.parent.stat().st_mode & 0o077 == 0
    note.write_text(json.dumps(json.loads(note.read_text()) | {"secret": "00" * 32}))
    assert hand_over(store, None) == NOBODY and heard == []
    holding.give_back()


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"session": 1}', b"\xff\xfe", b'{"session": "", "file": "x"}' + b" " * 9000])
def test_a_message_that_is_none_is_not_obeyed(store: Path, raw: bytes) -> None:
    from multiprocessing.connection import Client

    holding, heard = Holding(), list[Message]()
    holding.listen(heard.append)
    assert holding.take(store, at=AT)
    note = json.loads(next((store.parent / "run").rglob("*.door")).read_text())
    with Client(note["address"], authkey=bytes.fromhex(note["secret"])) as door:
        door.send_bytes(raw)
        with pytest.raises((EOFError, OSError)):
            door.recv_bytes()
    assert heard == [] and hand_over(store, None) == SHOWN and len(heard) == 1
    holding.give_back()


# -- what a window holds ----------------------------------------------------------------------------------------------
def test_the_second_opens_to_read_only_and_writes_once_the_first_is_gone(store: Path, other: subprocess.Popen[str]) -> None:
    holding = Holding()
    assert not holding.take(store, at=AT)
    assert holding.read_only is not None and holding.read_only.values["reason"] == "held" and holding.may_come_forward
    other.communicate("")
    assert holding.take(store, at=AT) and holding.read_only is None
    holding.give_back()


def test_two_windows_of_one_program_both_write(store: Path) -> None:
    one, two = Holding(), Holding()
    assert one.take(store, at=AT) and two.take(store, at=AT)
    two.give_back()
    one.give_back()


def test_another_store_is_another_desk(store: Path, other: subprocess.Popen[str]) -> None:
    holding = Holding()
    second = store.with_name("second.store")
    second.write_bytes(b"x")
    assert holding.take(second, at=AT)
    assert not holding.take(store, at=AT)
    again = InstanceLock(second)
    assert again.take(at=AT)  # it was given back
    again.give_back()


def test_a_store_that_may_not_be_written_is_open_to_read_only(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != store)
    holding = Holding()
    assert not holding.take(store, at=AT)
    assert holding.read_only is not None and holding.read_only.values["reason"] == "rights"
    holding.give_back()


def test_starting_twice_at_one_instant_opens_one_window(store: Path) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", HOLDS, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
                                  env={**os.environ, "PYTHONPATH": str(ROOT)}) for _each in range(4)]
    said = [process.stdout.readline().strip() for process in processes if process.stdout is not None]
    for process in processes:
        process.communicate("")
    assert sorted(said) == ["refused", "refused", "refused", "took"]
