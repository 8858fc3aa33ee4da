"""Sentences for a list of head counts: why a row comes back, and what is to be known of the good ones."""

from __future__ import annotations

from emergency_desk.domain.shelter_counting import CountLine, CountProblem
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.formats import date_time, number

_PROBLEMS = {
    CountProblem.SHELTER_UNKNOWN: N_("“{name}” is no shelter of this desk. Say which one it is, or take it into the register first."),
    CountProblem.SHELTER_AMBIGUOUS: N_("Several shelters are called “{name}”. Write the code of the right one."),
    CountProblem.LEFT_OUT: N_("“{name}” was left out, as it was answered."),
    CountProblem.NOT_OPEN: N_("“{name}” was not open at {time}. Open it by its order, with the time since when, and take the list again."),
    CountProblem.NO_TIME: N_("Neither the row nor the list says when “{name}” was counted. Say the time."),
    CountProblem.IN_FUTURE: N_("“{name}”: {time} lies ahead. Correct the time."),
    CountProblem.TWICE: N_("“{name}” stands in the list before, for the same time. Delete one of the two rows."),
    CountProblem.MORE_THAN_THERE: N_("“{name}”: more arrived or vulnerable people than {heads} people. Correct one of the numbers."),
    CountProblem.SAME: N_("It stands in the desk already."),
}


def problem_words(line: CountLine) -> str:
    """Return why a row comes back, with the shelter it is likest to."""
    assert line.problem is not None
    words = _(_PROBLEMS[line.problem]).format(name=line.row.name, time=date_time(line.at) if line.at else "—", heads=number(line.row.heads))
    if line.problem is CountProblem.SHELTER_UNKNOWN and line.likest:
        words += " " + _("Perhaps {name} is meant.").format(name=line.likest[0].name)
    return words


def good_words(line: CountLine) -> str:
    """Return what is to be known of a row that is recorded."""
    told = []
    if line.above:
        told.append(ngettext("{more} person more than it has places: another shelter is needed.",
                             "{more} people more than it has places: another shelter is needed.", line.above).format(more=number(line.above)))
    if line.before is not None:
        told.append(_("It takes the place of {before} counted at the same time.").format(before=number(line.before)))
    return " ".join(told)


def sum_words(stated: int | None, found: int) -> str:
    """Return that a list's own sum is another than its rows make, or an empty string."""
    if stated is None or stated == found:
        return ""
    return _("The list gives {stated} as its sum; its rows make {found}. Look which row is missing.").format(
        stated=number(stated), found=number(found))
