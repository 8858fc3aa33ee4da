"""Twenty real counts of the shelters of Nanao after the Noto earthquake, replayed: totals, each shelter, how good the foresight was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening, HeadsByTime
from emergency_desk.domain.shelter_foresight import forecast, past_error, valid_counts
from emergency_desk.domain.shelters import Inspected, SafetyCheck, Shelter, ShelterOpening, ShelterState, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.exchange.head_count_files import read_count_file
from emergency_desk.services import founding, shelter_foresight, shelters
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk
from tests.exchange.lists import SHARED

HISTORY = SHARED / "shelters" / "noto2024" / "history"
FILES = sorted(HISTORY.glob("*.csv"))
TOTALS: dict[str, int] = {
    "2024-01-09 18:00": 1886, "2024-01-11 18:00": 1888, "2024-01-13 06:00": 1933, "2024-01-13 18:00": 1864,
    "2024-01-14 18:00": 1736, "2024-01-15 06:00": 1718, "2024-01-15 18:00": 1767, "2024-01-16 18:00": 1570,
    "2024-01-17 06:00": 1537, "2024-01-18 06:00": 1565, "2024-01-20 06:00": 1377, "2024-01-21 06:00": 1417,
    "2024-01-23 06:00": 1318, "2024-01-25 06:00": 1249, "2024-01-26 06:00": 1256, "2024-01-29 06:00": 1070,
    "2024-01-30 06:00": 1060, "2024-01-31 06:00": 1065, "2024-02-01 06:00": 1031, "2024-02-02 06:00": 977,
}
JAPAN = timedelta(hours=9)


def snapshots() -> Iterator[tuple[datetime, dict[str, int]]]:
    """Return moment and heads by shelter of each file, as the desk reads it."""
    for path in FILES:
        read = read_count_file(path)
        assert not read.bad
        moment = datetime.strptime(path.stem[-15:], "%Y-%m-%d-%H%M").replace(tzinfo=UTC) - JAPAN
        yield moment, {row.code: row.heads for row in read.rows}


def site_id(number: str) -> Id:
    return Id(f"{int.from_bytes(number.encode()[-14:], 'big'):032x}")


def open_one(desk: Desk, shelter_id: Id, incident_id: Id, at: datetime) -> ShelterOpening:
    if shelters.get_shelter(desk, shelter_id=shelter_id).shelter.state is ShelterState.CLOSED:
        shelters.move_shelter(desk, shelter_id=shelter_id, to=ShelterState.READY)
    return shelters.open_shelter(desk, asked=AskedOpening(
        shelter_id=shelter_id, incident_id=incident_id, approved_by="市长", stay=Stay.THIRTY_DAYS, expected_until=at + timedelta(days=30),
        responsible="馆长", receives=(STREET,), checks=tuple(SafetyCheck), occurred_at=at)).value


def close(desk: Desk, opening: ShelterOpening, at: datetime) -> None:
    shelters.count_heads(desk, asked=AskedCount(opening_id=opening.id, heads=0, counted_at=at))
    shelters.close_shelter(desk, opening_id=opening.id, note="已清空", occurred_at=at)


def tell_errors(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Print how far off the foresight was on each shelter that still runs, and hold it against saying that nothing changes."""
    found = shelter_foresight.look_ahead(desk)
    lines, line_off, unchanged_off, nearer_off, checks = list[str](), 0.0, 0.0, 0.0, 0
    for one in found.shelters:
        assert one.forecast is not None and one.forecast.error is not None and len(one.counts) >= 4
        error = one.forecast.error
        again = past_error(valid_counts(one.counts), desk.trade.foresight)
        assert again == error and error.checks == len(one.counts) - desk.trade.foresight.least_counts
        lines.append(f"{one.site.name}: {one.heads} heads, off by {error.mean:.1f} on average (worst {error.worst}, "
                     f"unchanged {error.mean_unchanged:.1f}) over {error.checks} counts")
        line_off, checks = line_off + error.mean * error.checks, checks + error.checks
        unchanged_off += error.mean_unchanged * error.checks
        nearer_off += error.mean_nearer * error.checks
    with capsys.disabled():
        print(f"\n{len(lines)} shelters, {checks} counts foreseen: off by {line_off / checks:.2f} people on average "
              f"(saying that nothing changes: {unchanged_off / checks:.2f}; what was nearer until then: {nearer_off / checks:.2f})")
        print("\n".join(lines))
    assert len(found.shelters) == 23 and line_off / checks < 12, "of some fifty people a shelter"
    assert nearer_off < line_off, "taking what was nearer until then does better than the line alone"
    assert sum(one.forecast is not None and one.forecast.is_line_nearer for one in found.shelters) < len(found.shelters) / 2
    assert forecast([], desk.trade.foresight) is None


if FILES:  # the real counts lie beside the tree, not in it

    def test_the_twenty_counts_replay_with_every_total_and_every_shelter(
        tmp_path: Path, clock: SetClock, capsys: pytest.CaptureFixture[str],
    ) -> None:
        some = list(snapshots())
        assert len(some) == len(FILES) == 20
        clock.at = some[0][0] - timedelta(hours=1)
        desk = make_desk(tmp_path, clock=clock)
        numbers = sorted({number for _moment, heads in some for number in heads})
        founding.fill(desk, teams=(), sites=[Site(id=site_id(number), kind=SiteKind.SHELTER, name=number, area_id=STREET) for number in numbers])
        for number in numbers:
            shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(
                site_id(number), ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=clock.at.date(), stated_capacity=300))
        incident = story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident
        openings: dict[str, ShelterOpening] = {}
        for moment, heads in some:
            clock.at = moment + timedelta(minutes=5)
            for number in set(openings) - set(heads):  # no longer on the list: the last have gone
                close(desk, openings.pop(number), moment)
            for number, count in heads.items():
                if number not in openings:
                    openings[number] = open_one(desk, site_id(number), incident.id, moment)
                shelters.count_heads(desk, asked=AskedCount(opening_id=openings[number].id, heads=count, counted_at=moment))
            known = {one.site.name: one.occupancy.heads for one in shelters.list_shelters(desk) if one.occupancy is not None}
            assert known == heads, f"each shelter at {moment}"
            assert sum(known.values()) == TOTALS[(moment + JAPAN).strftime("%Y-%m-%d %H:%M")]
        every = [count for opening in shelters.list_openings(desk, incident_id=incident.id)
                 for count in shelters.list_counts(desk, opening_id=opening.id)]
        for moment, heads in some:
            assert HeadsByTime(tuple(every)).total_at(moment) == sum(heads.values()), "the past stays what it was"
        tell_errors(desk, capsys)
        story.assert_sound(desk)
