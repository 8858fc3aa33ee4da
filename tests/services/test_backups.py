"""The desk keeps itself copied: made and told, carried to a second place, put back; and the law's destruction reaches the copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.backup_errors import SecondPlaceRefused
from emergency_desk.domain.backups import PlaceTrouble, Reason
from emergency_desk.domain.errors import RoleMissing, StoreDamaged
from emergency_desk.services import accounts, backups, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import open_store
from tests import story
from tests.builders import SetClock, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    made = make_desk(tmp_path, clock=clock)
    story.opened(made)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def keep(desk: Desk, reason: Reason = Reason.ROUTINE) -> Path:
    order = backups.order(desk, reason=reason)
    backups.make(order)
    state = backups.carry(order)
    assert state.newest is not None
    return state.newest.path


def test_a_backup_is_made_and_carried_and_told_with_its_age(desk: Desk, clock: SetClock, stick: Path) -> None:
    backups.set_second_place(desk, folder=stick)
    kept = keep(desk)
    clock.forward(12)
    state = backups.state_of(desk.store.path, folder_of(desk.store.path))
    assert state.newest is not None and state.newest.path == kept and not state.alarms(desk.now())
    assert state.second.written_at == state.newest.made_at and [one.path for one in state.second.copies] == [stick / kept.name]
    stick.rename(stick.with_name("drawer"))
    clock.forward(30)
    keep(desk)
    state = backups.state_of(desk.store.path, folder_of(desk.store.path))
    assert state.second.trouble is PlaceTrouble.ABSENT and state.alarms(desk.now())
    assert state.newest is not None and state.newest.path != kept, "the first copy never waits for the second place"
    stick.with_name("drawer").rename(stick)
    keep(desk, Reason.ASKED)
    assert not backups.state_of(desk.store.path, folder_of(desk.store.path)).alarms(desk.now())


def test_an_unsound_store_is_copied_told_and_does_not_pass_for_a_good_backup(desk: Desk) -> None:
    kept = keep(desk)
    connection = open_connection(desk.store.path)
    connection.execute("UPDATE incidents SET title = '别的'")
    connection.close()
    with pytest.raises(StoreDamaged) as told:
        backups.make(backups.order(desk))
    assert told.value.values["reason"] == "unsound" and Path(told.value.values["backup"]).exists()
    newest = backups.state_of(desk.store.path, folder_of(desk.store.path)).newest
    assert newest is not None and newest.path == kept


def test_the_folder_of_the_store_is_no_second_place_and_a_duty_officer_names_none(desk: Desk, stick: Path) -> None:
    here, kept = desk.store.path.parent, folder_of(desk.store.path)
    for folder, reason in ((here, "same_folder"), (kept, "same_folder"), (stick / "deep" / "er", "absent")):
        with pytest.raises(SecondPlaceRefused) as refused:
            backups.set_second_place(desk, folder=folder)
        assert refused.value.values["reason"] == reason
    backups.set_second_place(desk, folder=stick)
    assert not backups.set_second_place(desk, folder=None).value.is_set
    accounts.act_as(desk, name="officer")
    assert not desk.can(Act.KEEP_SETTINGS)
    with pytest.raises(RoleMissing):
        backups.set_second_place(desk, folder=stick)
    with pytest.raises(RoleMissing):
        backups.put_back(desk, backup=stick)


def test_a_backup_is_put_back_and_what_is_damaged_is_refused_while_the_desk_goes_on(desk: Desk, clock: SetClock) -> None:
    kept = keep(desk)
    clock.forward(30)
    story.opened(desk)
    spoilt = kept.with_name("spoilt.store")
    spoilt.write_bytes(kept.read_bytes()[:-4096])
    with pytest.raises(StoreDamaged):
        backups.put_back(desk, backup=spoilt)
    incidents.write_log(desk, text="还在用")
    aside = backups.put_back(desk, backup=kept)
    assert aside is not None and aside.exists()
    store = open_store(desk.store.path)
    with store.reading() as reading:
        assert reading.incidents.count() == 1
    store.close()
