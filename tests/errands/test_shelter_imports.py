"""A list of shelters comes in once, and goes out as a table that comes back alike; the desk's own words are known again."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.errors import RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, RowReason
from emergency_desk.domain.shelters import Shelter, ShelterState, ShelterTier
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.errands import exports, imports
from emergency_desk.exchange.workbooks import read_rows
from emergency_desk.services import founding, integrity, shelters
from emergency_desk.services.desk import Desk
from tests.builders import STREET, acting_as, make_desk
from tests.exchange.lists import SHARED

NOTO = SHARED / "shelters" / "noto2024"
LIST = ("编号,避难场所名称,级别,适用灾种,不适用灾种,可容纳人数,管理员,钥匙存放处,设施设备,备注\n"
        "B-1,=中学体育馆,街道级,地震、洪涝,森林火灾,800人,王五,传达室,厕所、应急照明,东门进\n"
        "B-2,文体中心,村级,,,\"屋内480人／屋外3,350人\",,,,\n")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return acting_as(make_desk(tmp_path), "keeper")


def take(desk: Desk, path: Path) -> tuple[int, int]:
    """Take a list; returns how many were taken and how many came back."""
    preview = imports.preview(desk, kind="shelters", path=path)
    return imports.take(desk, preview, folder=path.parent).value, len(preview.bad)


def listed(folder: Path, text: str, name: str = "list.csv", encoding: str = "gb18030") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def kept(desk: Desk) -> dict[str, tuple[Site, Shelter]]:
    return {one.site.name: (one.site, one.shelter) for one in shelters.list_shelters(desk)}


def bare(found: dict[str, tuple[Site, Shelter]]) -> dict[str, tuple[Site, Shelter]]:
    """Return what was read without what a store gives it."""
    return {name: (replace(site, id=Id(""), version=0, source="", search_key=""), replace(shelter, id=Id(""), version=0))
            for name, (site, shelter) in found.items()}


def test_a_list_makes_shelters_with_their_sites_and_the_second_time_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = listed(tmp_path, LIST)
    assert take(desk, path) == (2, 0)
    site, shelter = kept(desk)["=中学体育馆"]
    assert (site.kind, site.capacity, shelter.stated_capacity, shelter.state) == (SiteKind.SHELTER, 800, 800, ShelterState.READY)
    assert (shelter.hazards, shelter.unfit_hazards) == (("earthquake", "rainstorm_flood"), ("forest_fire",))
    before = kept(desk)
    preview = imports.preview(desk, kind="shelters", path=path)
    assert not preview.good and {row.reasons[0].id for row in preview.bad} == {RowReason.ALREADY_REGISTERED}
    assert take(desk, path) == (0, 2) and kept(desk) == before
    assert integrity.check(desk).is_sound


def test_a_site_that_stands_in_the_register_becomes_the_shelter_and_is_not_written_twice(desk: Desk, tmp_path: Path) -> None:
    founding.fill(acting_as(desk, "leader"), teams=(), sites=[
        Site(id=Id("9" * 32), kind=SiteKind.SHELTER, name="文体中心", area_id=desk.area_id, phone="0532-1")])
    acting_as(desk, "keeper")
    assert take(desk, listed(tmp_path, "名称,容纳人数\n文体中心,350\n")) == (1, 0)
    site, shelter = kept(desk)["文体中心"]
    assert (site.id, site.phone, shelter.stated_capacity) == (Id("9" * 32), "0532-1", 350)


def test_an_isolation_site_of_that_name_never_becomes_a_shelter(desk: Desk, tmp_path: Path) -> None:
    founding.fill(acting_as(desk, "leader"), teams=(), sites=[
        Site(id=Id("9" * 32), kind=SiteKind.ISOLATION, name="集中隔离点", area_id=desk.area_id)])
    acting_as(desk, "keeper")
    assert take(desk, listed(tmp_path, "名称,容纳人数\n集中隔离点,350\n")) == (0, 1) and not kept(desk)


def test_what_leaves_as_a_table_comes_back_alike_and_holds_no_formula(desk: Desk, tmp_path: Path) -> None:
    take(desk, listed(tmp_path, LIST))
    one = kept(desk)["文体中心"][1]
    shelters.keep_shelter(desk, shelter=replace(one, hazards=("typhoon", "gas_leak"), catchment=(STREET,), vulnerable_fit=True,
                                                tier=ShelterTier.CITY))
    for ending in (".csv", ".xlsx"):
        out = tmp_path / f"out{ending}"
        assert exports.export(desk, kind="shelters", path=out).rows == 2
        other = acting_as(make_desk(tmp_path, name=f"other{ending}.store"), "keeper")
        assert take(other, out) == (2, 0)
        assert bare(kept(other)) == bare(kept(desk))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as text:
        assert "'=中学体育馆" in {row[1] for row in csv.reader(text)}
    _sheet, rows = read_rows((tmp_path / "out.xlsx").read_bytes(), "out.xlsx")
    assert "=中学体育馆" in {row[1] for _line, row in rows}, "words, and no cell that reckons"


def test_the_answer_about_a_column_is_remembered(desk: Desk, tmp_path: Path) -> None:
    path = listed(tmp_path, "所,坑位\n一馆,20\n")
    answers = ImportAnswers(fields=((0, "name"), (1, "places")))
    first = imports.preview(desk, kind="shelters", path=path, answers=answers)
    imports.remember(desk, first)
    imports.take(desk, first)
    again = imports.preview(desk, kind="shelters", path=listed(tmp_path, "所,坑位\n二馆,30\n", "next.csv"),
                            answers=ImportAnswers(may_lack_name=True))
    found = imports.remembered(desk, again)
    assert found is not None and dict(found.fields) == {0: "name", 1: "places"}


def test_who_may_not_keep_shelters_takes_none(desk: Desk, tmp_path: Path) -> None:
    preview = imports.preview(desk, kind="shelters", path=listed(tmp_path, LIST))
    acting_as(desk, "officer")
    with pytest.raises(RoleMissing):
        imports.take(desk, preview)


if NOTO.exists():  # the real lists lie outside the repository
    def test_the_112_shelters_of_nanao_and_those_that_opened_besides_stand_once(desk: Desk, tmp_path: Path) -> None:
        taken = []
        for path in (NOTO / "reference_data.csv", *sorted((NOTO / "history").glob("*.csv"))):
            copy = tmp_path / path.name
            copy.write_bytes(path.read_bytes())
            taken.append(take(desk, copy)[0])
        codes = [site.code for site, _shelter in kept(desk).values() if site.code]
        assert taken[0] == 112 and len(codes) == len(set(codes))
        assert sum(taken) == len(kept(desk)) == len(shelters.list_shelters(desk))
