"""Foreign lists taken into a real store: all the good rows in one commit or none, the others in a file to mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.opening import open_desk
from emergency_desk.domain.accounts import Account, Role
from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.errors import BadFile, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import RowReason
from emergency_desk.errands import imports
from emergency_desk.errands.background import Background
from emergency_desk.exchange.tables import read_table
from emergency_desk.services import integrity
from emergency_desk.services.desk import Desk, DeskFacts
from emergency_desk.services.founding import found
from emergency_desk.store.search_keys import search_key

CITY = Id("c" * 32)
LIST = "队伍名称,区县,人数\n海湾水上救援队,市南区,18\n山地搜救队,市北区,十二\n,市北区,3\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = open_desk(tmp_path / "desk.store", create=True)
    areas = [Area(CITY, "青岛市", Tier.CITY, code="370200"), Area(Id("d" * 32), "市南区", Tier.DISTRICT, CITY, code="370202")]
    found(desk, facts=DeskFacts(code="370200", area_id=CITY, name="青岛市"), areas=areas)
    desk.account = Account(Id("a" * 32), "keeper", "Keeper", (Role.KEEPER,), CITY)
    return desk


@pytest.fixture
def teams_list(tmp_path: Path) -> Path:
    path = tmp_path / "teams.csv"
    path.write_bytes(LIST.encode("gb18030"))
    return path


def team_names(desk: Desk) -> list[str]:
    with desk.reading() as reading:
        return [team.name for team in reading.teams.where()]


def test_the_good_rows_are_taken_and_the_others_come_back_in_a_file_to_mend(desk: Desk, teams_list: Path) -> None:
    preview = imports.preview(desk, kind="teams", path=teams_list)
    taken = imports.take(desk, preview, which="good")
    assert taken.value == 1 and taken.changes is not None
    assert team_names(desk) == ["海湾水上救援队"]
    assert taken.bad_rows_path == teams_list.with_name("teams-to-mend.csv")
    back = read_table(taken.bad_rows_path)
    assert (back.encoding, len(back.rows)) == ("gb18030", 2)
    assert "\"十二\" is no number" in back.rows[0][-1]


def test_a_mended_file_is_imported_like_any_other(desk: Desk, teams_list: Path) -> None:
    first = imports.take(desk, imports.preview(desk, kind="teams", path=teams_list))
    assert first.bad_rows_path is not None
    mended = first.bad_rows_path.read_bytes().decode("gb18030").replace(",十二,", ",12,").replace("\r\n,", "\r\n街道应急队,")
    first.bad_rows_path.write_bytes(mended.encode("gb18030"))
    second = imports.take(desk, imports.preview(desk, kind="teams", path=first.bad_rows_path))
    assert (second.value, second.bad_rows_path) == (2, None)
    assert sorted(team_names(desk)) == sorted(["海湾水上救援队", "山地搜救队", "街道应急队"])


def test_taking_none_changes_nothing_but_still_gives_the_bad_rows_back(desk: Desk, teams_list: Path) -> None:
    taken = imports.take(desk, imports.preview(desk, kind="teams", path=teams_list), which="none")
    assert (taken.value, taken.changes, team_names(desk)) == (0, None, [])
    assert taken.bad_rows_path is not None and taken.bad_rows_path.exists()


def test_a_list_imported_twice_does_not_stand_in_the_register_twice(desk: Desk, teams_list: Path) -> None:
    imports.take(desk, imports.preview(desk, kind="teams", path=teams_list))
    again = imports.preview(desk, kind="teams", path=teams_list)
    assert again.good == ()
    assert [row.reasons[0].id for row in again.bad] == [
        RowReason.ALREADY_REGISTERED, RowReason.NUMBER_UNREADABLE, RowReason.NAME_MISSING]


def test_a_file_to_mend_never_overwrites_another(desk: Desk, teams_list: Path) -> None:
    preview = imports.preview(desk, kind="teams", path=teams_list)
    names = [path.name for _again in range(2) if (path := imports.take(desk, preview, which="none").bad_rows_path)]
    assert names == ["teams-to-mend.csv", "teams-to-mend-2.csv"]


def test_who_may_not_import_leaves_no_file_behind(desk: Desk, teams_list: Path) -> None:
    preview = imports.preview(desk, kind="teams", path=teams_list)
    desk.account = Account(Id("a" * 32), "observer", "Observer", (Role.OBSERVER,), CITY)
    with pytest.raises(RoleMissing):
        imports.take(desk, preview)
    assert not teams_list.with_name("teams-to-mend.csv").exists()


def test_rows_that_cannot_be_written_back_keep_anything_from_being_taken(desk: Desk, teams_list: Path) -> None:
    preview = imports.preview(desk, kind="teams", path=teams_list)
    with pytest.raises(BadFile) as caught:
        imports.take(desk, preview, folder=teams_list.parent / "gone")
    assert caught.value.values["reason"] == "cannot_be_written"
    assert team_names(desk) == []


def test_hospitals_are_taken_as_sites(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "hospitals.csv"
    path.write_text("省,城市代码,城市,医院名称\n福建省,350500,泉州市,海丝医院\n", encoding="utf-8-sig")
    imports.take(desk, imports.preview(desk, kind="hospitals", path=path))
    with desk.reading() as reading:
        site = reading.sites.where()[0]
    assert (site.name, site.place_path, site.area_id, site.source) == ("海丝医院", "福建省 / 泉州市", CITY, "hospitals.csv")


def test_a_kind_nobody_knows_is_refused(desk: Desk, teams_list: Path) -> None:
    with pytest.raises(BadFile) as caught:
        imports.preview(desk, kind="ships", path=teams_list)
    assert caught.value.values["reason"] == "kind_unknown"


def test_a_preview_is_asked_for_through_the_background(desk: Desk, teams_list: Path) -> None:
    heard: list[Any] = []
    background = Background()
    imports.ask_preview(background, desk, kind="teams", path=teams_list, then=heard.append, refused=heard.append)
    imports.ask_preview(background, desk, kind="teams", path=teams_list.with_name("gone.csv"), then=heard.append, refused=heard.append)
    background.close()
    refusal, preview = sorted(heard, key=lambda one: isinstance(one, imports.Preview))
    assert (len(preview.good), len(preview.bad)) == (1, 2)
    assert refusal.values["reason"] == "not_found"


def test_a_great_list_comes_in_parts_that_are_laid_out_ahead_and_taken_in_one_commit(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "great.csv"
    rows = [f"第{number}救援队,市南区,{number % 40},重庆路{number}号" for number in range(10_050)]
    path.write_text("\n".join(["队伍名称,区县,人数,地址", *rows]), encoding="utf-8")
    first = imports.preview(desk, kind="teams", path=path)
    assert [len(part) for part in first.laid_out] == [2_500] * 4 + [50]
    assert imports.take(desk, first).value == 10_050
    with desk.reading() as reading:
        kept = reading.teams.where("ORDER BY id")
        entries = reading.journal_after(reading.journal_number() - 1)
    assert [team.name for team in kept] == [f"第{number}救援队" for number in range(10_050)]
    assert {(team.source, team.version) for team in kept} == {("great.csv", 1)}
    assert kept[10_049].search_key == search_key(kept[10_049])
    assert [entry.action for entry in entries] == ["import"]
    assert integrity.check(desk).is_sound


def test_what_is_registered_already_is_left_out_of_what_was_laid_out(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("队伍名称,区县\n一队,市南区\n二队,市南区\n", encoding="utf-8")
    imports.take(desk, imports.preview(desk, kind="teams", path=path))
    path.write_text("队伍名称,区县\n三队,市南区\n一队,市南区\n四队,市南区\n二队,市南区\n", encoding="utf-8")
    preview = imports.preview(desk, kind="teams", path=path)
    assert ([len(part) for part in preview.laid_out], len(preview.bad)) == ([2], 2)
    assert imports.take(desk, preview).value == 2
    assert sorted(team_names(desk)) == sorted(["一队", "二队", "三队", "四队"])
    assert integrity.check(desk).is_sound


def test_a_list_greater_than_what_is_laid_out_ahead_is_taken_all_the_same(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "_MOST_AHEAD", 1)
    path = tmp_path / "list.csv"
    path.write_text("队伍名称,区县\n一队,市南区\n二队,市南区\n", encoding="utf-8")
    preview = imports.preview(desk, kind="teams", path=path)
    assert preview.laid_out == ()
    assert imports.take(desk, preview).value == 2
    assert integrity.check(desk).is_sound
