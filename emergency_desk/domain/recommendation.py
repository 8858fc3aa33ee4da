"""Who should go: the nearest teams that together meet all needs, and for every other team the first reason why not.

**The order of the checks** is that of `ReasonNot`, fixed: by request only → committed → recovering or unavailable → capability →
certificate → agreement → application → this tier's to order → may leave its area → radius → farther than those who suffice. A team
gets the first reason that holds; teams that could go and are not needed come first among the others, the nearest first.

**Whose a team is to order.** A team belongs to the area it is registered in. The law gives command of rescue teams to the
government that leads or organises the response (ERL24 Art. 72; AR708 Art. 18 (5)), grassroots teams to the township or street that
formed them (ERL24 Art. 39; SDG20 Art. 30), events across areas to the common upper tier (ERL24 Art. 18; QD17 Art. 5), and support from
above is applied for (NMP25 3.3.3; QD17 Art. 33). House rule drawn from these: a desk orders the teams of its own area and of those
below; it asks for those of a neighbour or of an upper tier (NOT_THIS_TIER, which an officer may override with a reason). The
fire and rescue service answers 119, whoever calls (FIRE21 Art. 44-45), and one control room sends it in a whole city (house rule):
`national_fire` teams may be called by every desk of the city they stand in.

**Arrival** is muster time plus estimated travel time. Teams are ranked by minutes, then by distance, then by code and id; where no
position is known they stand last, by muster time, and are never dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import dist
from types import MappingProxyType
from typing import overload

from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.arrivals import NEVER, Key
from emergency_desk.domain.ids import Id
from emergency_desk.domain.judgement import Judgement, Question, Reach
from emergency_desk.domain.reasons import Caution, ReasonNot, WhyChosen, WhyNot, agreement_expired, standing_reason, warnings_for
from emergency_desk.domain.roster import CAN, Roster, counts_for, ground_of, km_of_half_chord, point
from emergency_desk.domain.teams import BY_APPLICATION, Team
from emergency_desk.domain.travel import TravelSettings


@dataclass(frozen=True, slots=True)
class Choice:
    """A team recommended for one capability. `minutes` and `km` are estimates, None when a position is missing.

    It is the `nth` nearest of `able` teams that can do it and may be sent.
    """

    team_id: Id
    serves: str
    minutes: int | None
    km: float | None
    nth: int
    able: int
    reasons: tuple[WhyChosen, ...] = ()
    warnings: tuple[Caution, ...] = ()


class Others(Sequence[tuple[Id, WhyNot]]):
    """Teams with their reasons, made page by page: `others[0:50]` builds fifty."""

    def __init__(self, judged: Judgement, rows: Sequence[int]) -> None:
        self._judged, self._rows = judged, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> tuple[Id, WhyNot]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[Id, WhyNot]]: ...

    def __getitem__(self, place: int | slice) -> tuple[Id, WhyNot] | Sequence[tuple[Id, WhyNot]]:
        if isinstance(place, slice):
            return self._judged.lines(self._rows[place])
        return self._judged.lines([self._rows[place]])[0]

    def __iter__(self) -> Iterator[tuple[Id, WhyNot]]:
        return iter(self._judged.lines(self._rows))


class Recommendation:
    """The answer: who should go, what stays unmet, who could be asked for, and why everybody else stays."""

    def __init__(self, judged: Judgement, choices: tuple[Choice, ...], unmet: Mapping[str, int], spare: tuple[Choice, ...]) -> None:
        self._judged = judged
        self.choices = choices  # by arrival; all of them
        self.unmet = unmet  # capability → teams not found, in the order of the needs
        self.spare = spare  # the next that could go, by arrival, each for the first need it could serve
        self.counts: Mapping[ReasonNot, int] = MappingProxyType(judged.counts)

    @property
    def place(self) -> tuple[float, float] | None:
        """The scene the arrivals were reckoned to: as asked, else the middle of the area; None when neither is known."""
        return self._judged.place

    @property
    def others(self) -> Others:
        """Everybody neither chosen nor by request: who could go first, by arrival; then by reason, code and id."""
        return Others(self._judged, self._judged.rows_of_others)

    @property
    def by_request(self) -> Others:
        """Forces to be asked for through 人武部: those with a needed capability first, by arrival; then by code and id."""
        return Others(self._judged, self._judged.rows_by_request)

    def others_because(self, reason: ReasonNot) -> Others:
        """Return the teams that stay for one reason."""
        return Others(self._judged, self._judged.rows_because(reason))

    def why_not(self, team_id: Id) -> WhyNot | None:
        """Return the first reason against a team; None for a team that is recommended. Raises KeyError for an unknown team."""
        return self._judged.why_not(self._judged.roster.index[team_id])


def recommend(
    roster: Roster, *, needs: Mapping[str, int], place: tuple[float, float] | None, area_id: Id, desk_area_id: Id, today: date,
    travel: TravelSettings, accepted: frozenset[Id] = frozenset(), limit: int = 10,
) -> Recommendation:
    """Recommend teams for the needs of a plan's level at a scene.

    `needs` are what is still wanted: the caller takes off what is already there or on its way. One that is down to 0 is met: nobody is
    recommended for it, and a further team that can do it could go all the same, as long as anything is wanted. `limit`: how many spare
    teams to name. A roster of another day is judged anew each time; keep `roster.on_day(today)`.
    """
    wanted = {name: needs[name] for name in sorted(needs) if needs[name] > 0}
    met = {name: 0 for name in sorted(needs) if wanted and needs[name] <= 0}
    question = Question(needs=wanted | met, place=place, area_id=area_id, desk_area_id=desk_area_id, travel=travel, accepted=accepted)
    judged = Judgement(roster.on_day(today), question)
    candidates, serves = judged.choose(limit)
    judged.close(serves.keys())
    choices, spare = _lines(judged, candidates, serves, limit)
    served = Counter(serves.values())
    unmet = {name: count - served[name] for name, count in wanted.items() if served[name] < count}
    return Recommendation(judged, choices, MappingProxyType(unmet), spare)


def speaks_against(
    team: Team, tree: AreaTree, *, needs: Mapping[str, int], place: tuple[float, float] | None, area_id: Id, desk_area_id: Id, today: date,
) -> ReasonNot | None:
    """Return the first reason against sending one team, whoever else could go; None when only nearer ones could be preferred.

    The checks of `Judgement` in the same order, for one team: a whole roster is judged by columns, one order needs no columns.
    """
    needs = needs if any(needs.values()) else {}  # all of them met: as if nothing had been asked for
    able = [name for name in needs if name in team.capabilities]
    if (standing := standing_reason(team.kind, team.state)) is not None:
        return standing
    if needs and not able:
        return ReasonNot.MISSING_CAPABILITY
    if needs and not any(counts_for(team, name, today) == CAN for name in able):
        return ReasonNot.CERTIFICATE_EXPIRED
    if agreement_expired(team, today):
        return ReasonNot.AGREEMENT_EXPIRED
    if team.kind in BY_APPLICATION:
        return ReasonNot.APPLICATION_NEEDED
    whose = Reach.of(tree, area_id=area_id, desk_area_id=desk_area_id).bar(ground_of(team, tree))
    return whose or _bar_of_radius(team, place or tree.position(area_id))


def _bar_of_radius(team: Team, place: tuple[float, float] | None) -> ReasonNot | None:
    if team.radius_km is None or place is None or team.latitude is None or team.longitude is None:
        return None
    km = km_of_half_chord(dist(point(team.latitude, team.longitude), point(*place)))
    return ReasonNot.BEYOND_RADIUS if km > team.radius_km else None


def _lines(
    judged: Judgement, candidates: Sequence[tuple[Key, tuple[str, ...]]], serves: Mapping[int, str], limit: int,
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return the chosen and the spare teams. Whoever is nearer than a chosen one and can do its work is chosen too (see `matching`)."""
    before: Counter[str] = Counter()
    choices: list[Choice] = []
    spare: list[Choice] = []
    for key, can in candidates:
        name = serves.get(key[2])
        if name is not None:
            choices.append(_choice(judged, key, name, before[name], is_chosen=True))
        elif len(spare) < limit:
            spare.append(_choice(judged, key, can[0] if can else "", before[can[0]] if can else len(spare), is_chosen=False))
        before.update(can)
    return tuple(choices), tuple(spare)


def _choice(judged: Judgement, key: Key, serves: str, before: int, *, is_chosen: bool) -> Choice:
    minutes, km, row = key
    team, able = judged.roster.teams[row], judged.count_able(serves)
    why: list[WhyChosen] = []
    if is_chosen and able <= judged.question.needs[serves]:
        why.append(WhyChosen.ONLY_ONES)
    elif is_chosen:
        why.append(WhyChosen.NEXT_NEAREST if before else WhyChosen.NEAREST)
    if team.kind in BY_APPLICATION:
        why.append(WhyChosen.APPLICATION_ACCEPTED)
    known = minutes < NEVER
    return Choice(team.id, serves, minutes if known else None, km if known else None, before + 1, able, tuple(why),
                  warnings_for(team, serves, judged.roster.today))
