"""The invented teams of the demo city: all kinds, with papers of which some have run out, standing by or with a note why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from emergency_desk.domain.teams import Certificate, Team, TeamKind, TeamState
from emergency_desk.errands.city_areas import Place
from emergency_desk.errands.demo_dice import Dice
from emergency_desk.errands.demo_ground import City, place_near, reaches
from emergency_desk.errands.demo_stands import Stand, stands

# Kinds of which every team counts as a spare: no district depends on one of them.
_SPARE_KINDS = frozenset({TeamKind.GRASSROOTS, TeamKind.UNIT, TeamKind.VOLUNTEER, TeamKind.SOCIAL, TeamKind.MUTUAL_AID, TeamKind.MILITIA})
_RESTING = (TeamState.TRAINING, TeamState.UNAVAILABLE, TeamState.RECOVERING)  # taken in turn; nobody is out, nothing invented is running


@dataclass
class _Turns:
    """Whose turn it is: every so many spares one trains, one has a certificate that ran out, and so on."""

    counts: dict[str, int] = field(default_factory=dict)

    def next(self, what: str, of: int) -> int:
        """Return 0 … of-1, one after the other."""
        self.counts[what] = self.counts.get(what, -1) + 1
        return self.counts[what] % of


class TeamMaker:
    """Makes teams one after the other, so that their numbers follow."""

    def __init__(self, dice: Dice, today: date, known: Mapping[str, Place]) -> None:
        self._dice, self._today, self._known = dice, today, known
        self._reach = reaches(known)
        self._turns = _Turns()

    def make(self, stand: Stand, sort: Any) -> Team:
        """Return one team."""
        dice, kind = self._dice, TeamKind(sort["kind"])
        is_spare = kind in _SPARE_KINDS or stand.nth > 0
        people = dice.about(int(sort["people"]))
        state, note = self._state(is_spare)
        latitude, longitude = place_near(stand.street, dice, self._known, self._reach)
        code = f"{stand.area.code[:6].ljust(6, '0')}-{sort['id']}"
        serial = self._turns.next(code, 1000) + 1
        leader, _leader_en = dice.person()
        can = self._capabilities(stand, sort)
        return Team(
            id=dice.new_id(), code=f"{code}{serial:02d}", name=stand.zh, name_en=stand.en, kind=kind, area_id=stand.area.id,
            capabilities=can, certificates=tuple(self._certificates(sort, f"{code}{serial:02d}", is_spare)),
            unit_name=sort["unit"].format(place=stand.street.name), address=f"{stand.street.name}示例路 {dice.between(1, 180)} 号",
            latitude=latitude, longitude=longitude, people_total=people, people_ready=people - dice.between(0, people // 3),
            vehicles=sort.get("vehicles", ""), muster_minutes=int(sort["muster"]),
            radius_km=float(sort["radius"]) if "radius" in sort else None,
            may_cross_area=kind is not TeamKind.GRASSROOTS or stand.nth % 2 == 0,
            duty_phone=dice.phone(), leader_name=leader, channel=f"CH {dice.between(1, 40)}",
            state=state, state_note=note, insured_until=self._insured(kind, is_spare), is_demo=True, **self._agreement(sort, is_spare))

    def _capabilities(self, stand: Stand, sort: Any) -> tuple[str, ...]:
        more = sort["also"][stand.nth % len(sort["also"])] if "also" in sort else []
        return (*sort["can"], *more)

    def _state(self, is_spare: bool) -> tuple[TeamState, str]:
        if not is_spare or self._turns.next("state", 8) != 5:
            return TeamState.STANDBY, ""
        state = _RESTING[self._turns.next("resting", len(_RESTING))]
        return state, self._dice.note(state.value)

    def _certificates(self, sort: Any, code: str, is_spare: bool) -> Iterator[Certificate]:
        if "rated" in sort:
            ends = -45 if self._turns.next("rated", 5) == 2 else self._dice.between(200, 900)
            yield Certificate(sort["rated"], f"示例测评 2 级 {code}", self._day(ends))
        for capability in sort.get("certified", ()):
            yield Certificate(capability, f"示例证书 {code}", self._day(self._days_left("certificate", 6 if is_spare else 0)))

    def _days_left(self, what: str, turns: int) -> int:
        """Return for how many days a paper holds: of `turns` spares one has run out and one will soon; 0 turns: it holds."""
        turn = self._turns.next(what, turns) if turns else -1
        if turn == 2:
            return -self._dice.between(4, 120)
        return self._dice.between(5, 25) if turn == 4 else self._dice.between(120, 900)

    def _agreement(self, sort: Any, is_spare: bool) -> dict[str, Any]:
        if "paper" not in sort:
            return {}
        until = self._day(self._days_left("agreement", 5 if is_spare else 0))
        return {"agreement_number": f"示例协议 {self._turns.next('number', 10_000) + 1:03d}", "agreement_until": until}

    def _insured(self, kind: TeamKind, is_spare: bool) -> date | None:
        if kind in (TeamKind.MILITARY, TeamKind.MILITIA, TeamKind.EXPERT):
            return None
        return self._day(-12 if is_spare and self._turns.next("insured", 11) == 7 else self._dice.between(60, 360))

    def _day(self, days: int) -> date:
        return self._today + timedelta(days=days)


def demo_teams(city: City, material: Any, dice: Dice, *, today: date, known: Mapping[str, Place]) -> list[Team]:
    """Return the teams: every sort as laid out, and grassroots teams up to the total."""
    maker = TeamMaker(dice, today, known)
    teams = [maker.make(stand, sort) for sort in material["sorts"] if sort["in"] != "street" for stand in stands(city, sort, dice)]
    for sort in material["sorts"]:
        if sort["in"] == "street":
            teams += [maker.make(stand, sort) for stand in stands(city, sort, dice, count=int(material["total"]) - len(teams))]
    return teams
