"""What leaves the desk comes back alike, in every format and language; no cell becomes a formula; no name is lost."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.teams import Certificate, Equipment, Team, TeamKind, TeamMember
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.errands import exports, imports
from emergency_desk.exchange import kind_words
from emergency_desk.exchange.register_files import Register, read_register_file
from emergency_desk.exchange.table_files import TableFormat
from emergency_desk.services.desk import Desk
from emergency_desk.services.imports import take_rows
from emergency_desk.wording import catalog
from tests.builders import DISTRICT, FAR_STREET, STREET, make_desk
from tests.quickness import examples

SHARED_NAMES = Path(__file__).resolve().parents[3] / "shared" / "data" / "names" / "real_place_names_stress.csv"
LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"
LOOK_ALIKES = ("八五〇农场", "湖㳇镇", "麦㙦镇", "𠀀村", "=1+1队", "+86队", "-队", "@某队", "'=引号队",
              "O'Neil \"A\", B;C队", "东台街道（北）", "ẞ队", "😀队")
_FORMATS = [(TableFormat.XLSX, ".xlsx"), (TableFormat.CSV_UTF8, ".csv"), (TableFormat.CSV_GB18030, ".csv")]
_CHARACTERS = st.characters(whitelist_categories=("L", "N", "S", "Pd", "Ps", "Pe"), blacklist_characters="；;|×[]", max_codepoint=0x2FA1F)
_TEXT = st.text(_CHARACTERS, max_size=20).filter(lambda text: "*" not in text)
_NAME = st.text(_CHARACTERS, min_size=1, max_size=30)
_DAY = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
_COUNT = st.none() | st.integers(0, 5000)


def fresh(folder: Path, name: str = "other.store") -> Desk:
    """Return a desk without teams of its own beside the made-up city."""
    return make_desk(folder, name=name)


def bare(record: Any) -> Any:
    """Return a record without what every store gives anew."""
    changes = {name: value for name, value in (("id", Id("")), ("version", 0), ("search_key", ""), ("source", ""), ("is_demo", False))
               if hasattr(record, name)}
    return replace(record, **changes)


def round_trip(desk: Desk, kind: str, path: Path, as_: TableFormat) -> list[Any]:
    exports.export(desk, kind=kind, path=path, as_=as_)
    read = read_register_file(path, imports.KINDS[kind][0], "", imports.known_to(desk, kind), ImportAnswers())
    assert not read.rows.bad, read.rows.bad[:2]
    return [bare(draft.record) for draft in read.rows.good]


def kept(desk: Desk, kind: str) -> list[Any]:
    return [bare(each) for each in exports.read_list(desk, kind=kind)]


@pytest.mark.parametrize(("as_", "ending"), _FORMATS)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_kind_of_record_comes_back_alike(tmp_path: Path, as_: TableFormat, ending: str, language: str) -> None:
    catalog.use_language(language, LOCALE)
    desk = make_desk(tmp_path)
    with desk.reading() as reading:
        first = reading.teams.where("ORDER BY code")[0]
    drafts = [
        Unit(Id(""), UnitKind.SPECIAL_HQ, "=防汛抗旱指挥部", area_id=DISTRICT, duty_phone="0532-85791119", member_units=("水务局", "气象局"),
             standing_members=("甲", "乙"), hazards=("typhoon", "rainstorm_flood"), lead_unit="水务局", note="一行\n两行"),
        *(Site(Id(""), kind, f"{kind.value} 场所", area_id=STREET, address="南山镇路 3 号", capacity=300, latitude=36.1, longitude=120.4)
          for kind in SiteKind),
        TeamMember(Id(""), first.id, "张三", "队长", "13800001111",
                   (Certificate("潜水救援", "A-1", date(2027, 1, 1)), Certificate("急救", "", None)),
                   date(2026, 12, 31), "备注"),
        Agreement(Id(""), "X-1", AgreementKind.MUTUAL_AID,
                  "甲公司", "排水", 3, "台", 25, "随叫随到", "85791119", date(2026, 1, 1), date(2027, 1, 1),
                  first.id, DISTRICT),
    ]
    for kind in dict.fromkeys(map(type, drafts)):
        take_rows(desk, kind=kind.__name__, source="", drafts=[each for each in drafts if type(each) is kind])
    for kind in ("teams", "units", "sites", "members", "agreements"):
        assert round_trip(desk, kind, tmp_path / f"list{ending}", as_) == [replace_state(each) for each in kept(desk, kind)]


def replace_state(record: Any) -> Any:
    return replace(record, state_since=None) if isinstance(record, Team) else record


@settings(max_examples=examples(25))
@given(teams=st.lists(st.builds(
    Team, id=st.just(Id("")), code=st.just(""), name=_NAME, kind=st.sampled_from(TeamKind),
    area_id=st.sampled_from([DISTRICT, STREET, FAR_STREET]),
    capabilities=st.sampled_from([(), ("fire_fighting", "hazmat"), ("forest_fire",), ("diving", "water_rescue")]), address=_TEXT, unit_name=_TEXT,
    people_total=_COUNT, vehicles=_TEXT, may_cross_area=st.booleans(), insured_until=_DAY, contact_tried_on=_DAY, leader_name=_TEXT,
    rating_level=st.sampled_from([None, 1, 2, 3]), latitude=st.just(36.0625), longitude=st.just(120.375),
    equipment=st.lists(st.builds(Equipment, name=st.sampled_from(["橡皮艇", "水泵"]), count=st.integers(1, 9), unit=st.sampled_from(["", "台"])),
                       max_size=2).map(tuple)), min_size=1, max_size=5, unique_by=lambda team: team.name.casefold()),
    which=st.sampled_from(_FORMATS[:2]))  # GB 18030 carries no mark: a file of nothing but rare signs is not known again
def test_any_team_comes_back_alike(tmp_path_factory: pytest.TempPathFactory, teams: list[Team], which: tuple[TableFormat, str]) -> None:
    folder = tmp_path_factory.mktemp("round")
    desk = make_desk(folder)
    with desk.open_work() as work:
        for team in work.teams.where(""):
            work.teams.put(replace(team, is_retired=True))
        work.commit("emptied")
    take_rows(desk, kind="teams", drafts=teams, source="")
    before = kept(desk, "teams")
    assert round_trip(desk, "teams", folder / f"list{which[1]}", which[0]) == before
    desk.store.close()


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    take_rows(desk, kind="teams", source="", drafts=[
        Team(Id(""), f"F{at}", name, TeamKind.UNIT, DISTRICT) for at, name in enumerate(LOOK_ALIKES)])
    exports.export(desk, kind="teams", path=tmp_path / "list.xlsx")
    with zipfile.ZipFile(tmp_path / "list.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    exports.export(desk, kind="teams", path=tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as text:
        assert not [cell for row in csv.reader(text) for cell in row if cell[:1] in "=+@" and cell]


@pytest.mark.parametrize(("as_", "ending"), _FORMATS)
def test_rare_names_survive_store_search_and_tables(tmp_path: Path, as_: TableFormat, ending: str) -> None:
    survive(tmp_path, LOOK_ALIKES, as_, ending)


if SHARED_NAMES.exists():

    @pytest.mark.parametrize(("as_", "ending"), _FORMATS)
    def test_the_real_names_survive_store_search_and_tables(tmp_path: Path, as_: TableFormat, ending: str) -> None:
        with SHARED_NAMES.open(encoding="utf-8-sig", newline="") as text:
            survive(tmp_path, tuple(dict.fromkeys(row["name"] for row in csv.DictReader(text))), as_, ending)


def survive(folder: Path, names: tuple[str, ...], as_: TableFormat, ending: str) -> None:
    desk = make_desk(folder)
    take_rows(desk, kind="sites", source="", drafts=[Site(Id(""), SiteKind.OTHER, name, area_id=DISTRICT) for name in names])
    with desk.reading() as reading:
        for name in names:
            assert reading.sites.where("WHERE search_key LIKE '%' || ? || '%'", (name.lower(),)), name
    found = {record.name for record in round_trip(desk, "sites", folder / f"names{ending}", as_)}
    assert found == set(names)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_header_of_an_export_is_known_to_the_import(language: str) -> None:
    catalog.use_language(language, LOCALE)
    from emergency_desk.exchange.columns import match
    from emergency_desk.exchange.register_files import NAMES

    for kind in ("teams", "members", "units", "sites", "agreements"):
        assert match(exports.headers(kind), NAMES[Register(kind)]).fields == exports.FIELDS[kind]
    assert kind_words.kind_by_words("national_fire", kind_words.TEAM_WORDS) is TeamKind.NATIONAL_FIRE


def test_what_cannot_be_written_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(BadFile):
        exports.export(desk, kind="teams", path=tmp_path / "nowhere" / "list.csv")
    with pytest.raises(BadFile):
        exports.export(desk, kind="teams", path=tmp_path / "list.docx")
    assert not list(tmp_path.glob("*.csv")) and not list(tmp_path.glob(".list*"))


def test_incidents_leave_as_a_table(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    assert exports.export(desk, kind="incidents", path=tmp_path / "incidents.xlsx").rows == 0
