"""One act, one commit, one journal entry, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import NotFound, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import Setting
from emergency_desk.services.desk import Desk
from emergency_desk.store import journal
from emergency_desk.store.repositories.repository import CHUNK
from tests import story
from tests.builders import make_desk, team


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def test_leaving_without_a_commit_rolls_everything_back(desk: Desk) -> None:
    with desk.reading() as reading:
        before = reading.journal_number()
    with desk.open_work() as work:
        work.settings.add(Setting(id=Id("lost"), content="1"))
        work.next_number("lost counter")
    with desk.reading() as reading:
        assert reading.settings.where("WHERE id = 'lost'") == []
        assert reading.journal_number() == before
    with desk.open_work() as work:
        assert work.next_number("lost counter") == 1


def test_a_mistake_half_way_rolls_everything_back_and_is_passed_on(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        with desk.open_work() as work:
            work.settings.add(Setting(id=Id("half"), content="1"))
            raise ZeroDivisionError
    with desk.open_work() as work:  # and the next one is not kept waiting
        assert work.settings.where("WHERE id = 'half'") == []


def test_a_commit_tells_what_it_touched(desk: Desk) -> None:
    with desk.open_work() as work:
        setting = work.settings.add(Setting(id=Id("s"), content="1"))
        work.settings.put(replace(setting, content="2"))
        changes = work.commit("keep", name="s")
    assert changes.ids(Subject.SETTING) == {"s"} and not changes.everything
    assert changes.about(Subject.SETTING) and not changes.about(Subject.TEAM)


def test_a_bulk_commit_says_that_everything_changed(desk: Desk) -> None:
    with desk.open_work() as work:
        assert work.teams.add_many(team(1000 + number, f"队{number}") for number in range(CHUNK + 1)) == CHUNK + 1
        assert work.commit("fill").everything
    story.assert_sound(desk)


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.reading() as reading:
        with pytest.raises(NotFound) as refusal:
            reading.teams.get("0" * 32)
        assert refusal.value.values == {"kind": "teams", "key": "0" * 32}
        with pytest.raises(NotFound):
            reading.teams.get_many([story.FIRE_ONE, "0" * 32])


def test_an_older_version_does_not_overwrite_a_newer_one(desk: Desk) -> None:
    with desk.open_work() as work:
        read = work.teams.get(story.FIRE_ONE)
        theirs = work.teams.put(replace(read, channel="频道一"))
        with pytest.raises(Stale) as refusal:
            work.teams.put(replace(read, channel="频道二"))
    assert refusal.value.values["theirs"] == theirs
    assert refusal.value.values["ours"].channel == "频道二"
    assert theirs.version == read.version + 1


def test_changing_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.open_work() as work:
        with pytest.raises(NotFound):
            work.teams.put(replace(work.teams.get(story.FIRE_ONE), id=Id("0" * 32)))


def test_the_journal_is_a_chain(desk: Desk) -> None:
    story.take(desk, story.FIRE_ONE)
    with desk.reading() as reading:
        entries = reading.journal_after(0)
    previous = journal.FIRST
    for number, entry in enumerate(entries, start=1):
        assert entry.number == number and journal.is_sound(entry, previous)
        previous = entry.hash
    assert (entries[-1].action, entries[-1].account_id, entries[-1].desk_code) == ("take_call", desk.who, "990101")


def test_counters_count_each_for_itself(desk: Desk) -> None:
    with desk.open_work() as work:
        assert [work.next_number("a"), work.next_number("a"), work.next_number("b")] == [1, 2, 1]


def test_two_desks_in_one_program_know_nothing_of_each_other(tmp_path: Path) -> None:
    real, drill = make_desk(tmp_path, name="real.store"), make_desk(tmp_path, name="drill.store")
    drill.is_exercise = True
    incident = story.take(drill, story.FIRE_ONE).incident
    with real.reading() as reading:
        assert reading.incidents.where("") == [] and not reading.teams.get(story.FIRE_ONE).is_out
    assert incident.is_exercise
    assert story.opened(real).number == incident.number
    for desk in (real, drill):
        story.assert_sound(desk)
