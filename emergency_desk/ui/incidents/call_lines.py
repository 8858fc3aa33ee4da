"""The lines of the call form's lists, in words: teams with their reasons, incidents that may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from emergency_desk.domain.boards import IncidentLine
from emergency_desk.domain.duplicates import Likeness, LikenessReason
from emergency_desk.domain.reasons import ReasonNot, Warn, WhyChosen, WhyNot
from emergency_desk.domain.recommendation import Choice
from emergency_desk.domain.teams import Team, TeamState
from emergency_desk.ui.incidents.call_thinking import Group, Thought
from emergency_desk.ui.incidents.team_facts import TeamFact
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line, heading, line
from emergency_desk.ui.widgets.pills import Pill, state_look
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer, arrival, caution, chosen_reason, likeness_reason, why_not
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.labels import label

# Keys of lines that are no team.
HEAD, MORE = "#head:", "#more:"
_NOT_CHOSEN = "–"


def team_name(team: Team) -> str:
    """Return what a team is called in the language of the desk."""
    return team.name_en if team.name_en and not current_language().startswith("zh") else team.name


def serial(number: str) -> str:
    """Return the last part of an incident's number, as people say it: "0017"."""
    return number.rpartition("-")[2]


def team_lines(thought: Thought, chosen: Sequence[TeamFact], namer: Namer) -> tuple[Line, ...]:
    """Return every team: those that go with their numbers, those left out of the advice, then everybody else by groups."""
    return (*_going(thought, chosen, namer), *_others(thought, chosen, namer))


def _going(thought: Thought, chosen: Sequence[TeamFact], namer: Namer) -> Iterator[Line]:
    numbers = {fact.id: number for number, fact in enumerate(chosen, start=1)}
    for fact in thought.advised:
        yield advised_line(fact, numbers.get(fact.id), namer)
    for fact in chosen:
        if fact.choice is None:
            yield added_line(fact, numbers[fact.id], namer)


def advised_line(fact: TeamFact, number: int | None, namer: Namer) -> Line:
    """Return a team that is recommended: its number when it goes, what for, when it would be there and how it is."""
    assert fact.choice is not None
    is_going = number is not None
    tone = Tone.ORANGE if fact.choice.warnings else Tone.GREEN
    return line(
        fact.id,
        Cell(team_name(fact.team), Tone.TEXT if is_going else Tone.SECONDARY, strong=is_going, pill=_number(number),
             after=_rank(fact.choice, namer), hint=in_full(fact, namer)),
        Cell(_(" · ").join([arrival(fact.choice), *_condition(fact.team, fact.choice)]), tone if is_going else Tone.SECONDARY, size="small",
             shape=state_look(fact.team.state)[0]),
    )


def _rank(choice: Choice, namer: Namer) -> str:
    """Return what a team is for and its place among those that can go; the line below the list tells it in full."""
    capability = namer.capability(choice.serves)
    if WhyChosen.ONLY_ONES in choice.reasons:
        return _("{capability} · only {count}").format(capability=capability, count=choice.able)
    if choice.nth == 1:
        return _("{capability} #1").format(capability=capability)
    return _("{capability} #{nth}").format(capability=capability, nth=choice.nth)


def _condition(team: Team, choice: Choice) -> list[str]:
    """Return what an officer should know of a team that goes: the first warning, else its state."""
    told = {Warn.RATING_EXPIRED: _("rating expired"), Warn.INSURANCE_EXPIRED: _("uninsured")}  # the others show by themselves
    short = [told[warning.kind] for warning in choice.warnings if warning.kind in told]
    if team.state is TeamState.STANDBY and short:
        return short[:1]
    return [label(team.state), *short[:1]]


def in_full(fact: TeamFact, namer: Namer) -> str:
    """Return a team's name with everything that speaks for or against it."""
    return _("{team}: {told}").format(team=team_name(fact.team), told=reason_in_full(fact, namer))


def reason_in_full(fact: TeamFact, namer: Namer) -> str:
    """Return everything that speaks for or against a team, for the line below the list."""
    if fact.choice is not None:
        parts = [chosen_reason(fact.choice, namer), *(caution(one, namer) for one in fact.choice.warnings)]
    else:
        parts = [why_not(fact.why_not, namer)] if fact.why_not is not None else []
        if fact.serves:
            parts.append(_("would serve {capability}").format(capability=namer.capability(fact.serves)))
    return _("; ").join(parts)


def added_line(fact: TeamFact, number: int, namer: Namer) -> Line:
    """Return a team the officer chose against or beyond the advice, with what speaks against it."""
    told = _("your choice: {reason}").format(reason=_against(fact.why_not, fact, namer)) if fact.why_not is not None else _("your choice")
    return line(
        fact.id,
        Cell(team_name(fact.team), strong=True, pill=_number(number), after=told, hint=in_full(fact, namer)),
        Cell(when_and_how(fact), Tone.ORANGE, size="small", shape=state_look(fact.team.state)[0]),
    )


def _number(number: int | None) -> Pill:
    return Pill(str(number), Tone.ACT, filled=True) if number is not None else Pill(_NOT_CHOSEN, Tone.SECONDARY)


def _others(thought: Thought, chosen: Sequence[TeamFact], namer: Namer) -> Iterator[Line]:
    going = {fact.id for fact in chosen}
    for group in Group:
        facts, total = thought.others.get(group, ()), thought.totals.get(group, 0)
        left = [fact for fact in facts if fact.id not in going]
        if not left:
            continue
        yield heading(f"{HEAD}{group}", Cell(_group_title(group), Tone.SECONDARY, strong=True, size="small"),
                   Cell(formats.number(total), Tone.SECONDARY, size="small"))
        for fact in left:
            yield _other_line(fact, group, namer)
        if total > len(facts):
            yield line(f"{MORE}{group}", Cell(_("Show more: {count} teams").format(count=formats.number(total - len(facts))), Tone.ACT,
                                              size="small", shape=Shape.NEXT), "")


def _other_line(fact: TeamFact, group: Group, namer: Namer) -> Line:
    shape, tone = state_look(fact.team.state)
    could_go = group is Group.COULD_GO
    return line(
        fact.id,
        Cell(team_name(fact.team), Tone.TEXT if could_go else Tone.SECONDARY, shape=shape, shape_tone=tone if could_go else Tone.SECONDARY,
             after=_reason(fact, group, namer), hint=in_full(fact, namer)),
        Cell(when_and_how(fact) if could_go else "", Tone.SECONDARY, size="small"),
    )


def when_and_how(fact: TeamFact) -> str:
    """Return when a team would be there and how it is."""
    minutes = formats.about_minutes(fact.minutes) if fact.minutes is not None else _("arrival unknown")
    return _(" · ").join([minutes, label(fact.team.state)])


def _reason(fact: TeamFact, group: Group, namer: Namer) -> str:
    if fact.why_not is None:
        return ""
    if group is Group.BY_REQUEST:  # the group's title says how it is asked for
        return _("{kind}: ask, never send").format(kind=label(fact.team.kind))
    if fact.why_not.reason is ReasonNot.APPLICATION_NEEDED:
        return _("applies, is accepted in the incident's room")
    return _against(fact.why_not, fact, namer)


def _against(reason: WhyNot, fact: TeamFact, namer: Namer) -> str:
    """Return what speaks against a team; of one that is only farther, what it could do, since its arrival stands at the right."""
    return namer.capability(fact.serves) if reason.reason is ReasonNot.NEARER_SUFFICE and fact.serves else why_not(reason, namer)


def _group_title(group: Group) -> str:
    return {
        Group.COULD_GO: _("Could go too"),
        Group.BY_REQUEST: _("By request through the People's Armed Forces Department"),
        Group.BARRED: _("Cannot go now, each with the first reason"),
    }[group]


# -- what a notice or a label tells -----------------------------------------------------------------------------------
def alike_lines(alike: Sequence[tuple[Likeness, IncidentLine]], now: datetime) -> tuple[Line, ...]:
    """Return the incidents a call may be about, each with what speaks for it."""
    return tuple(_alike_line(likeness, incident, now) for likeness, incident in alike)


def _alike_line(likeness: Likeness, incident: IncidentLine, now: datetime) -> Line:
    return line(
        incident.id, Cell(_("{serial} {title}").format(serial=serial(incident.number), title=incident.title), strong=True),
        Cell(formats.ago(incident.recorded_at, now=now), size="small"),
    )


def alike_reasons(likeness: Likeness) -> str:
    """Return what speaks for two calls being about the same; their age stands in the line."""
    return _(" · ").join(likeness_reason(because) for because in likeness.reasons if because.reason is not LikenessReason.MINUTES)


def needs_told(needs: Sequence[tuple[str, int]], namer: Namer, *, most: int = 99) -> str:
    """Return "fire fighting 4, medical 3", and how many more there are beyond the most to be named."""
    named = _(", ").join(_("{capability} {count}").format(capability=namer.capability(name), count=count) for name, count in needs[:most])
    if len(needs) <= most:
        return named
    return ngettext("{named} and {count} more", "{named} and {count} more", len(needs) - most).format(named=named, count=len(needs) - most)
