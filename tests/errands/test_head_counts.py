"""A list of head counts: every number at its shelter or back with a reason, nothing taken for nobody, and the real lists of a real winter."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.shelter_acts import AskedOpening, HeadsByTime
from emergency_desk.domain.shelter_counting import LEFT_OUT, CountProblem
from emergency_desk.domain.shelters import HeadCount, Inspected, SafetyCheck, Shelter, ShelterOpening, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.errands import head_counts, imports
from emergency_desk.errands.head_counts import CountAnswers, CountPreview
from emergency_desk.exchange.written_moments import read_moment
from emergency_desk.services import founding, incidents, integrity, shelters
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk
from tests.exchange.lists import SHARED

NOTO = SHARED / "shelters" / "noto2024" / "history"
GYM, HALL = Id("1" * 31 + "a"), Id("1" * 31 + "b")


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    desk = make_desk(tmp_path, clock=clock)
    founding.fill(desk, teams=(), sites=[
        Site(id=GYM, kind=SiteKind.SHELTER, name="中学体育馆", code="S1", area_id=STREET, effective_area_m2=1600),
        Site(id=HALL, kind=SiteKind.SHELTER, name="文体中心", code="S2", area_id=STREET, effective_area_m2=700)])
    for site in (GYM, HALL):
        shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(site, ShelterTier.TOWNSHIP, inspected=Inspected.FIT))
    return acting_as(desk, "officer")


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(desk, story.FIRE_ONE).incident


def open_it(desk: Desk, incident: Incident, shelter: Id, at: datetime | None = None) -> ShelterOpening:
    return shelters.open_shelter(desk, asked=AskedOpening(
        shelter_id=shelter, incident_id=incident.id, approved_by="区长", stay=Stay.FIFTEEN_DAYS, expected_until=desk.now() + timedelta(days=60),
        responsible="馆长", receives=(STREET,), checks=tuple(SafetyCheck), override_reason="现场查验合格", occurred_at=at)).value


def look(desk: Desk, folder: Path, text: str, **answers: object) -> CountPreview:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return head_counts.preview(desk, path=path, answers=CountAnswers(**answers))  # type: ignore[arg-type]


def heads(desk: Desk, opening: ShelterOpening) -> list[tuple[int, str]]:
    return [(count.heads, count.source) for count in shelters.list_counts(desk, opening_id=opening.id)]


def test_every_row_is_recorded_or_comes_back_with_its_reason(desk: Desk, incident: Incident, clock: SetClock, tmp_path: Path) -> None:
    gym = open_it(desk, incident, GYM)
    clock.forward(90)
    at = desk.now() - timedelta(minutes=10)
    preview = look(desk, tmp_path, (
        "编号,名称,人数,特殊人群,备注\nS1,体育馆（新名）,903,41,已满\n,文体中心,20,,\n,中学体肓馆,7,,\n"
        ",,3,,\n,中学体育馆,八十多,,\n"), at=at)
    assert [line.problem for line in preview.found.lines] == [None, CountProblem.NOT_OPEN, CountProblem.SHELTER_UNKNOWN]
    assert preview.found.lines[0].above == 103 and preview.found.lines[2].likest[0].id == GYM and preview.bad == 4
    taken = head_counts.take(desk, preview)
    assert taken.value == 1 and heads(desk, gym) == [(903, "counts.csv")]
    kept = shelters.list_counts(desk, opening_id=gym.id)[0]
    assert (kept.counted_at, kept.vulnerable, kept.note) == (at, 41, "已满")
    assert taken.bad_rows_path is not None
    back = list(csv.reader(taken.bad_rows_path.read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in back[1:]] == ["文体中心", "中学体肓馆", "", "中学体育馆"] and "中学体育馆" in back[2][-1]
    told = [entry.entry for entry in incidents.open_room(desk, incident_id=incident.id).log if entry.entry.value("step") == "listed"]
    assert [(one.happening, one.value("heads"), one.value("told_by")) for one in told] == [(Happening.SHELTER, "903", "counts.csv")]
    assert integrity.check(desk).is_sound


def test_the_second_time_changes_nothing_and_another_number_takes_the_place_of_the_first(
    desk: Desk, incident: Incident, clock: SetClock, tmp_path: Path,
) -> None:
    gym = open_it(desk, incident, GYM)
    clock.forward(60)
    at = desk.now()
    head_counts.take(desk, look(desk, tmp_path, "名称,人数\n中学体育馆,180\n", at=at))
    again = look(desk, tmp_path, "名称,人数\n中学体育馆,180\n", at=at)
    assert (again.found.same, again.bad, head_counts.take(desk, again).value) == (1, 0, 0)
    other = look(desk, tmp_path, "名称,人数\n中学体育馆,175\n", at=at)
    assert other.found.good[0].before == 180
    head_counts.take(desk, other)
    first, second = shelters.list_counts(desk, opening_id=gym.id)
    assert second.corrects_id == first.id and shelters.get_shelter(desk, shelter_id=GYM).occupancy.heads == 175  # type: ignore[union-attr]


def test_an_unknown_name_is_matched_once_somebody_says_which_shelter_it_is(
    desk: Desk, incident: Incident, clock: SetClock, tmp_path: Path,
) -> None:
    gym = open_it(desk, incident, GYM)
    clock.forward(60)
    text, at = "名称,人数\n老体育馆,12\n王哥庄小学,5\n", desk.now()
    answers = head_counts.answers_of(desk, ["老体育馆=S1", "王哥庄小学="], at=at, is_whole=False)
    assert answers.shelters == (("老体育馆", GYM), ("王哥庄小学", LEFT_OUT))
    preview = look(desk, tmp_path, text, at=at, shelters=answers.shelters)
    assert [line.problem for line in preview.found.lines] == [None, CountProblem.LEFT_OUT]
    head_counts.take(desk, preview)
    assert heads(desk, gym) == [(12, "counts.csv")]


def test_no_word_is_not_nobody_unless_the_list_is_whole(desk: Desk, incident: Incident, clock: SetClock, tmp_path: Path) -> None:
    open_it(desk, incident, GYM)
    hall = open_it(desk, incident, HALL)
    clock.forward(60)
    at, text = desk.now(), "名称,人数\n中学体育馆,180\n"
    preview = look(desk, tmp_path, text, at=at)
    assert [one.name for one, _time in preview.found.absent] == ["文体中心"]
    assert head_counts.take(desk, preview).value == 1 and not heads(desk, hall)
    assert head_counts.take(desk, look(desk, tmp_path, text, at=at, is_whole=True)).value == 1
    assert heads(desk, hall) == [(0, "counts.csv")]


def test_times_that_cannot_be(desk: Desk, incident: Incident, clock: SetClock, tmp_path: Path) -> None:
    open_it(desk, incident, GYM)
    clock.forward(60)
    for at, problem in ((None, CountProblem.NO_TIME), (desk.now() + timedelta(hours=1), CountProblem.IN_FUTURE),
                        (desk.now() - timedelta(days=1), CountProblem.NOT_OPEN)):
        assert [line.problem for line in look(desk, tmp_path, "名称,人数\n中学体育馆,1\n", at=at).found.lines] == [problem]
    twice = look(desk, tmp_path, "名称,人数,新增\n中学体育馆,1,\n中学体育馆,2,\n文体中心,1,4\n", at=desk.now())
    assert [line.problem for line in twice.found.lines] == [None, CountProblem.TWICE, CountProblem.NOT_OPEN]


def test_who_may_not_run_shelters_records_nothing(desk: Desk, incident: Incident, clock: SetClock, tmp_path: Path) -> None:
    open_it(desk, incident, GYM)
    clock.forward(60)
    preview = look(desk, tmp_path, "名称,人数\n中学体育馆,1\n", at=desk.now())
    acting_as(desk, "planner")
    with pytest.raises(RoleMissing):
        head_counts.take(desk, preview)


if NOTO.exists():  # the real lists lie outside the repository

    def test_the_twenty_lists_of_nanao_replay_with_each_total_and_each_site(tmp_path: Path) -> None:
        """The shelters come from the city's own list and from those that name new ones; then every list is taken at its own time."""
        clock = SetClock(datetime(2024, 1, 9, 8, tzinfo=UTC))
        desk = acting_as(make_desk(tmp_path, clock=clock), "keeper")
        lists = sorted(NOTO.glob("*.csv"))
        for path in (NOTO.parent / "reference_data.csv", *lists):
            imports.take(desk, imports.preview(desk, kind="shelters", path=path), folder=tmp_path)
        incident = story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident
        known = {one.site.code or one.site.name: one for one in shelters.list_shelters(desk)}
        truth = [_truth(path) for path in lists]
        openings = {code: open_it(desk, incident, known[code].site.id) for code in sorted({code for one in truth for code in one})}
        for path, told in zip(lists, truth, strict=True):
            at = _moment_of(path)
            clock.at = max(clock.at, at + timedelta(hours=1))
            preview = head_counts.preview(desk, path=path, answers=CountAnswers(is_whole=True))
            assert preview.found.at == at and not preview.bad and preview.file.stated_sum is None
            head_counts.take(desk, preview)
            by_time = HeadsByTime(_counts(desk, incident))
            assert by_time.total_at(at) == sum(told.values()), path.name
            for code, opening in openings.items():
                counts = shelters.list_counts(desk, opening_id=opening.id)
                assert counts[-1].heads == told.get(code, 0) and counts[-1].counted_at == at, (path.name, code)
        first, last = sum(truth[0].values()), sum(truth[-1].values())
        assert HeadsByTime(_counts(desk, incident)).total_at(_moment_of(lists[0])) == first > last > 0
        before = len(_counts(desk, incident))
        again = head_counts.preview(desk, path=lists[5], answers=CountAnswers(is_whole=True))
        assert not again.found.good and head_counts.take(desk, again).value == 0 and len(_counts(desk, incident)) == before

    def _truth(path: Path) -> dict[str, int]:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
        column = next(name for name in rows[0] if name.startswith("人数"))
        return {row["ID"] or row["名称"]: int(row[column].removesuffix("人").replace(",", "")) for row in rows if row["名称"]}

    def _moment_of(path: Path) -> datetime:
        day, clock = path.stem[-15:-5], path.stem[-4:]
        moment = read_moment(f"{day} {clock[:2]}:{clock[2:]}")
        assert moment is not None
        return moment

    def _counts(desk: Desk, incident: Incident) -> tuple[HeadCount, ...]:
        with desk.reading() as reading:
            return tuple(reading.head_counts.where("WHERE incident_id = ? ORDER BY seq", (incident.id,)))
