"""The words of people who are looked for by name: the sum of a village, what only a number says, where somebody of that name is."""

from __future__ import annotations

from emergency_desk.domain.evacuation import Reconciled
from emergency_desk.domain.expected_people import ExpectedPerson, MissingVillage, WhyExpected
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import label


def sum_words(told: Reconciled) -> str:
    """Return the identity of a village in one line (R-6.4)."""
    words = _("to be moved {to_move} = in shelters {in_shelters} + with relatives {relatives} + away, checked {away} + not reached {missing}")
    return words.format(
        to_move=number(told.to_move), in_shelters=number(told.in_shelters), relatives=number(told.with_relatives), away=number(told.away),
        missing=number(told.unreached))


def beside_words(one: MissingVillage) -> list[str]:
    """Return what the names do not say: who is missing by number alone, names the sum counts somewhere, a sum that names too many."""
    told = []
    if one.by_number:
        words = ngettext("{count} more is not reached: only the number is known, no name.",
                         "{count} more are not reached: only the number is known, no name.", one.by_number)
        told.append(words.format(count=number(one.by_number)))
    if one.beyond and one.unreached >= 0:
        told.append(ngettext(
            "{count} of these names is counted as reached somewhere, without a name or by mistake. Keep looking until it is found.",
            "{count} of these names are counted as reached somewhere, without a name or by mistake. Keep looking until they are found.",
            one.beyond).format(count=number(one.beyond)))
    if one.unreached < 0:
        told.append(ngettext("{count} more is placed than was to be moved: a number is wrong. Look again.",
                             "{count} more are placed than were to be moved: a number is wrong. Look again.", -one.unreached).format(
            count=number(-one.unreached)))
    return told


def why_words(one: ExpectedPerson) -> str:
    """Return why somebody is looked for: on which list, or asked for."""
    return one.source if one.why is WhyExpected.ON_LIST and one.source else label(one.why)
