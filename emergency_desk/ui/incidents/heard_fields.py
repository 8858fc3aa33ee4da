"""The fields that say how a tier that does not sit at this desk was heard: who said it, by which channel, whether it was read back."""

from __future__ import annotations

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.domain.teams import HowHeard
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label, label

_HOWS = (HowHeard.PHONE, HowHeard.RADIO, HowHeard.IN_PERSON, HowHeard.MESSAGE, HowHeard.SYSTEM)


def sits_here(ladder: Ladder, tier: Tier) -> bool:
    """Say whether a tier acts for itself at this desk; what any other did is recorded as heard."""
    line = ladder.line(tier)
    return line is not None and line.is_own


def heard_fields(ladder: Ladder, tier: Tier) -> tuple[Ask, ...]:
    """Return the fields for a tier, none for the one that sits at this desk."""
    if sits_here(ladder, tier):
        return ()
    return (
        Ask(name="heard_from", label=field_label("heard_from"), hint=_("name and post"), span=3),
        AskChoice(name="heard_how", label=_("How"), value=HowHeard.PHONE.value, span=2,
                  choices=tuple((how.value, label(how)) for how in _HOWS)),
        AskChoice(name="read_back", label=_("Read back"), value="yes", span=2,
                  choices=(("yes", _("read back")), ("", _("not read back")))))


def heard_of(answers: Answers) -> Heard:
    """Return how it was heard, as typed."""
    if not answers.get("heard_from"):
        return NOT_HEARD
    return Heard(answers["heard_from"], answers["heard_how"], answers["read_back"] == "yes")
