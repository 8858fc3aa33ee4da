"""The area a foreign list means: what is likest is asked about, and old codes and names lead to what they became."""

from __future__ import annotations

import pytest

from emergency_desk.app import paths
from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import GIVEN_BACK, ImportAnswers, RowNote, RowReason, Sorted, TeamDraft
from emergency_desk.exchange.division_changes import read_division_changes
from emergency_desk.exchange.place_likeness import Likeness, plain_name, stem, steps
from emergency_desk.exchange.row_sorting import Known
from emergency_desk.exchange.team_rows import read_teams
from tests.exchange.lists import CAPABILITIES, table

QINGDAO, SHINAN, SHIBEI = Id("city"), Id("shinan"), Id("shibei")
AREAS = (
    Area(QINGDAO, "青岛市", Tier.CITY, code="370200"), Area(SHINAN, "市南区", Tier.DISTRICT, QINGDAO, code="370202"),
    Area(SHIBEI, "市北区", Tier.DISTRICT, QINGDAO, code="370203"),
    Area(Id("huangdao"), "黄岛区", Tier.DISTRICT, QINGDAO, code="370211", aliases=("西海岸新区",)),
    Area(Id("laoshan"), "崂山区", Tier.DISTRICT, QINGDAO, code="370212"),
    Area(Id("xiangzhong"), "香港中路街道", Tier.STREET, SHINAN, code="370202004"),
    Area(Id("xiangxi"), "香港西路街道", Tier.STREET, SHINAN, code="370202003"),
    Area(Id("badaxia"), "八大峡街道", Tier.STREET, SHINAN, code="370202001"),
    Area(Id("liaoyuan"), "辽源路街道", Tier.STREET, SHIBEI, code="370203018"),
    Area(Id("dengzhou"), "登州路街道", Tier.STREET, SHIBEI, code="370203014"),
    Area(Id("lingshanwei"), "灵山卫街道", Tier.STREET, Id("huangdao"), code="370211009"),
    Area(Id("gone"), "台东街道", Tier.STREET, SHIBEI, code="370203099", is_retired=True, successor_id=Id("dengzhou")),
)


def likeness() -> Likeness:
    living = [area for area in AREAS if not area.is_retired]
    by_id = {area.id: area for area in AREAS}
    above = {area.id: [by_id[one].name for one in (QINGDAO, area.parent_id) if one in by_id and one != area.id] for area in living}
    return Likeness({area.id: (area.name, *area.aliases) for area in living}, above)


@pytest.mark.parametrize(("written", "beside", "meant"), [
    ("香港中璐街道", (), ["xiangzhong"]),  # another sign of the same sound
    ("香港中路", (), ["xiangzhong"]),  # the ending left out
    ("香港中路街道办事处", (), ["xiangzhong"]),  # the office told
    ("香港中路街办", (), ["xiangzhong"]),
    ("香港中路镇", (), ["xiangzhong"]),  # another ending
    ("香江中路街道", (), ["xiangzhong"]),  # a wrong sign
    ("香港路中街道", (), ["xiangzhong"]),  # two exchanged
    ("香中路街道", (), ["xiangzhong"]),  # one left out
    ("八大夏街道", (), ["badaxia"]),
    ("灵山围街道", (), ["lingshanwei"]),
    ("山东省青岛市市南区香港中璐街道", (), ["xiangzhong"]),  # written in one run
    ("劳山区", ("青岛市",), ["laoshan"]),  # two signs, but of the same sound
    ("西海岸薪区", (), ["huangdao"]),  # an alias
    ("登州璐街道", ("市北区",), ["dengzhou"]),
    ("河北新城", (), []), ("市中区", (), []), ("", (), []),
])
def test_a_place_that_is_nearly_written_finds_what_is_meant(written: str, beside: tuple[str, ...], meant: list[str]) -> None:
    found = likeness().nearest(written, beside=beside)
    assert list(found[:1]) == meant


def test_at_most_three_are_asked_about() -> None:
    assert len(likeness().nearest("香港路街道")) <= 3


@pytest.mark.parametrize(("one", "other", "count"), [
    ("", "", 0), ("a", "", 1), ("市南", "市北", 1), ("ab", "ba", 1), ("香港中路", "香港西路", 1), ("abc", "xyz", 3), ("abcd", "acd", 1)])
def test_steps_between_two_names(one: str, other: str, count: int) -> None:
    assert steps(one, other) == count == steps(other, one)


@pytest.mark.parametrize(("written", "plain", "bare"), [
    ("市南区", "市南区", "市南"), ("八大关街道办事处", "八大关街道", "八大关"), ("八大关街办", "八大关街道", "八大关"), ("南区", "南区", "南区"),
    ("Shinan District", "shinan district", "shinan district")])
def test_a_name_without_its_ending(written: str, plain: str, bare: str) -> None:
    assert (plain_name(written), stem(written)) == (plain, bare)


def read(headers: str, *rows: str, answers: ImportAnswers | None = None) -> Sorted[TeamDraft]:
    changes = read_division_changes(paths.reference() / "divisions")
    return read_teams(table(headers, *rows), Known(AREAS, QINGDAO, CAPABILITIES, changes=changes), answers=answers)


def test_one_question_stands_for_all_the_rows_that_write_a_place_alike() -> None:
    rows = read("队伍名称|所属街道", "一队|香港中璐街道", "二队|八大峡街道", "三队|香港中璐街道")
    asked, = rows.places_asked
    assert (asked.written, asked.line, asked.rows, asked.suggested[0]) == ("香港中璐街道", 2, 2, "xiangzhong")


def test_one_answer_serves_all_the_rows_that_write_a_place_alike() -> None:
    rows = read("队伍名称|所属街道", "一队|香港中璐街道", "三队|香港中璐街道",
                answers=ImportAnswers(places=(("香港中璐街道", Id("xiangzhong")),)))
    assert [draft.team.area_id for draft in rows.good] == ["xiangzhong", "xiangzhong"]
    assert rows.places_asked == ()


def test_rows_of_a_place_that_is_none_come_back() -> None:
    rows = read("队伍名称|所属街道", "一队|河北新城", "二队|八大峡街道", answers=ImportAnswers(places=(("河北新城", GIVEN_BACK),)))
    assert [row.reasons[0].id for row in rows.bad] == [RowReason.PLACE_UNKNOWN]
    assert rows.bad[0].reasons[0].column == "所属街道" and len(rows.good) == 1


@pytest.mark.parametrize(("headers", "row", "area", "was"), [
    ("队伍名称|行政区划代码", "一队|370205", SHIBEI, "370205 四方区"),  # an old code
    ("队伍名称|行政区划代码", "一队|370205000000", SHIBEI, "370205 四方区"),
    ("队伍名称|区县", "一队|四方区", SHIBEI, "370205 四方区"),  # an old name
    ("队伍名称|市|区县", "一队|青岛市|四方", SHIBEI, "370205 四方区"),
    ("队伍名称|所属区划", "一队|山东省青岛市四方区", SHIBEI, "370205 四方区"),
    ("队伍名称|行政区划代码|区县", "一队|370205|四方区", SHIBEI, "370205 四方区"),
    ("队伍名称|街道", "一队|370205000000", SHIBEI, "370205 四方区"),  # a code where a name is expected
    ("队伍名称|区县", "一队|胶南市", Id("huangdao"), "370284 胶南市"),
    ("队伍名称|街道", "一队|台东街道", Id("dengzhou"), "370203099 台东街道"),  # what this desk merged itself
    ("队伍名称|行政区划代码", "一队|370203099", Id("dengzhou"), "370203099 台东街道"),
])
def test_an_old_code_or_name_leads_to_what_it_became_and_the_note_is_kept(headers: str, row: str, area: Id, was: str) -> None:
    draft, = read(headers, row).good
    assert draft.team.area_id == area
    assert draft.team.note.startswith(f"{was} → ")
    followed, = (note for note in draft.notes if note.id is RowNote.AREA_FOLLOWED)
    assert dict(followed.values)["was"] == was


def test_an_old_code_of_a_street_leads_to_the_district_and_is_asked_about() -> None:
    rows = read("队伍名称|行政区划代码", "一队|370205003000")
    assert rows.good[0].team.area_id == SHIBEI
    assert rows.places_asked[0].written == "370205003000"


def test_a_name_of_today_is_never_taken_for_an_old_one() -> None:
    draft, = read("队伍名称|区县", "一队|市北区").good
    assert draft.team.area_id == SHIBEI and not draft.team.note and RowNote.AREA_FOLLOWED not in [note.id for note in draft.notes]
