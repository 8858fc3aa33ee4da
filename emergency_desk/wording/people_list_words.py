"""Sentences for a list of people: why a row comes back, how somebody stands in the desk already, what came of the list."""

from __future__ import annotations

from collections import Counter

from emergency_desk.domain.people_lists import HeldList, HeldPerson, ListStanding, PersonProblem
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import label

_PROBLEMS = {
    PersonProblem.SHELTER_UNKNOWN: N_("“{shelter}” is no shelter that is open. Open it first, or write the name of one that is."),
    PersonProblem.VILLAGE_UNKNOWN: N_("“{village}” is no village that is to be moved. Order it to be moved first, or write the name of one "
                                      "that is."),
    PersonProblem.IN_FUTURE: N_("The time they came lies ahead. Correct it."),
    PersonProblem.HAS_LEFT: N_("By this list they have left ({left}). Register them and let them leave by hand, if they are to be kept."),
}
_STANDING = {
    ListStanding.NEW: N_("new"),
    ListStanding.HERE: N_("registered here already; what only the list knows is filled in"),
    ListStanding.HERE_BY_NAME: N_("somebody of that name is here already; both are kept as a possible double"),
    ListStanding.ELSEWHERE: N_("registered in {shelter}; both are kept as a possible double"),
    ListStanding.ELSEWHERE_BY_NAME: N_("somebody of that name is in {shelter}; both are kept as a possible double"),
    ListStanding.LEFT: N_("was in {shelter} before and left"),
    ListStanding.LOOKED_FOR: N_("looked for by name, and found with this list"),
}
_NOWHERE_YET = frozenset({ListStanding.NEW, ListStanding.LOOKED_FOR})
_ON_VILLAGE_LIST = {
    ListStanding.ELSEWHERE: N_("registered in {shelter}: found"),
    ListStanding.ELSEWHERE_BY_NAME: N_("somebody of that name is registered in {shelter}; found where the village is the same, else asked about"),
    ListStanding.LEFT: N_("was in {shelter} and left with where to: found"),
    ListStanding.LOOKED_FOR: N_("on a list already; not added again"),
}


def problem_words(line: HeldPerson) -> str:
    """Return why a row comes back."""
    assert line.problem is not None
    return _(_PROBLEMS[line.problem]).format(shelter=line.row.shelter, village=line.row.village, left=line.row.left)


def standing_words(line: HeldPerson) -> str:
    """Return how somebody on the list stands in the desk already."""
    on_village = _ON_VILLAGE_LIST.get(line.standing) if line.opening_id is None else None
    placed = line.row.person.placed
    if placed is not None and line.opening_id is None and line.standing in _NOWHERE_YET:
        return _("by this list: {where}").format(where=label(placed))
    return _(on_village or _STANDING[line.standing]).format(shelter=line.known_in)


def summary_words(found: HeldList, bad: int) -> list[str]:
    """Return how many rows can be taken, how they stand, and whether the list was taken before."""
    good = ngettext("{count} good row", "{count} good rows", len(found.good)).format(count=number(len(found.good)))
    told = [_("{good}; {bad} to mend.").format(good=good, bad=number(bad))]
    counts = Counter(line.standing for line in found.good)
    here, doubles = counts[ListStanding.HERE], counts[ListStanding.HERE_BY_NAME] + (
        counts[ListStanding.ELSEWHERE] + counts[ListStanding.ELSEWHERE_BY_NAME] if any(line.opening_id for line in found.good) else 0)
    if here:
        told.append(ngettext("{count} is registered here already.", "{count} are registered here already.", here).format(count=number(here)))
    if doubles:
        told.append(ngettext("{count} may be somebody who is registered; kept as a possible duplicate.",
                             "{count} may be people who are registered; kept as possible duplicates.", doubles).format(count=number(doubles)))
    if found.is_known:
        told.append(_("Nobody on it is new: this list seems to have been taken before."))
    return told


def taken_words(place: str, taken: int, *, is_village: bool, found: int = 0, outside: int = 0) -> list[str]:
    """Return what came of a list that was taken: who is registered now, or who of a village is looked for and who was found."""
    if not is_village:
        return [ngettext("{count} person is registered in {place}.", "{count} people are registered in {place}.", taken).format(
            count=number(taken), place=place)]
    told = [ngettext("{count} person is looked for by name now.", "{count} people are looked for by name now.", taken - outside).format(
        count=number(taken - outside))]  # rows of a list may name other villages than the one it was taken for
    if found:
        told.append(ngettext("{count} is registered in a shelter: found.", "{count} are registered in shelters: found.", found).format(
            count=number(found)))
    if outside:
        told.append(ngettext("{count} is with relatives or away by this list.", "{count} are with relatives or away by this list.",
                             outside).format(count=number(outside)))
    return told
