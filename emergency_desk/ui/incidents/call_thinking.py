"""What the call form asks on the store thread while somebody types, and the frozen answer it shows.

Nothing here touches a widget: `think` runs beside the store, the form shows its answer when it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.advice import CallAdvice, CallDraft
from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.boards import IncidentLine
from emergency_desk.domain.duplicates import Likeness
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plans import NoMatch, PlanMatch
from emergency_desk.domain.recommendation import Recommendation
from emergency_desk.services import calls, incidents, report_settings
from emergency_desk.services.desk import Desk
from emergency_desk.ui.incidents.team_facts import TeamFact, TeamFacts


class Group(StrEnum):
    """The groups the form lists teams in that were not recommended, in their order on the screen."""

    COULD_GO = "could_go"
    BY_REQUEST = "by_request"
    BARRED = "barred"


FIRST_PAGE: Mapping[Group, int] = {Group.COULD_GO: 40, Group.BY_REQUEST: 40, Group.BARRED: 200}
NEXT_PAGE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """What the desk makes of one state of the form. `added` are the teams the officer chose besides, `asked_for` their ids."""

    question: CallDraft
    asked_for: tuple[Id, ...] = ()
    advice: CallAdvice
    alike: tuple[tuple[Likeness, IncidentLine], ...]
    open_numbers: Mapping[Id, str]
    tree: AreaTree
    advised: tuple[TeamFact, ...] = ()
    added: tuple[TeamFact, ...] = ()
    others: Mapping[Group, tuple[TeamFact, ...]]
    totals: Mapping[Group, int]
    profiles: tuple[str, ...] = ()  # the sets of reporting limits the desk follows besides the law

    def fact(self, team_id: str) -> TeamFact | None:
        """Return what is known of a team that is listed, or None."""
        listed = (*self.advised, *self.added, *(fact for facts in self.others.values() for fact in facts))
        return next((fact for fact in listed if fact.id == team_id), None)


def think(desk: Desk, question: CallDraft, *, added: tuple[Id, ...], pages: Mapping[Group, int]) -> Thought:
    """Ask the desk what it makes of a call, and gather the records its answer names. Runs on the store thread."""
    advice = calls.advise(desk, draft=question)
    lines = {line.id: line for line in incidents.list_open(desk)}
    listing = _Listing(desk, advice) if advice.recommendation is not None else None
    return Thought(
        question=question, asked_for=added, advice=advice, tree=desk.tree, open_numbers={line.id: line.number for line in lines.values()},
        alike=tuple((likeness, lines[likeness.incident_id]) for likeness in advice.duplicates if likeness.incident_id in lines),
        advised=listing.advised() if listing else (),
        added=listing.facts(added) if listing else (),
        others=listing.others(pages) if listing else {},
        totals=listing.totals() if listing else {}, profiles=report_settings.read_report_settings(desk).profiles,
    )


class _Listing:
    """Turns a recommendation into lines with the teams' records."""

    def __init__(self, desk: Desk, advice: CallAdvice) -> None:
        assert advice.recommendation is not None
        self._found = advice.recommendation
        wanted = [*self._found.unmet, *(name for name, _count in advice.needs)]  # a need that is still open before one that is met
        self._facts = TeamFacts(desk.memory.roster(today=local_day(desk.now())), self._found, desk.trade.travel, wanted)

    def advised(self) -> tuple[TeamFact, ...]:
        return self._facts.advised()

    def facts(self, ids: Iterable[Id]) -> tuple[TeamFact, ...]:
        return self._facts.known(ids)

    def others(self, pages: Mapping[Group, int]) -> dict[Group, tuple[TeamFact, ...]]:
        totals, others = self.totals(), self._found.others
        could = totals[Group.COULD_GO]
        shown = {
            Group.COULD_GO: others[:min(could, pages[Group.COULD_GO])],
            Group.BY_REQUEST: self._found.by_request[:pages[Group.BY_REQUEST]],
            Group.BARRED: others[could:could + pages[Group.BARRED]],
        }
        return {group: self._facts.of(page) for group, page in shown.items()}

    def totals(self) -> dict[Group, int]:
        could = sum(count for reason, count in self._found.counts.items() if reason.could_go)
        return {Group.COULD_GO: could, Group.BY_REQUEST: len(self._found.by_request), Group.BARRED: len(self._found.others) - could}


def unmet_of(found: Recommendation | None) -> tuple[tuple[str, int], ...]:
    """Return the needs for which no team was found."""
    return tuple(found.unmet.items()) if found is not None else ()


def clause_of(thought: Thought | None) -> tuple[str, str, str] | None:
    """Return code, version and clause of the plan that fits, or of the one that may be borrowed; None when there is none to open."""
    match = thought.advice.plan if thought is not None else None
    if isinstance(match, PlanMatch):
        return match.plan.code, match.plan.version, match.rule.clause if match.rule is not None else ""
    if isinstance(match, NoMatch) and match.borrowed:
        return match.borrowed[0].plan.code, match.borrowed[0].plan.version, ""
    return None
