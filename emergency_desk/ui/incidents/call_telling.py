"""What the call form says on its buttons and in its notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from emergency_desk.domain.areas import Area, AreaTree, Tier
from emergency_desk.domain.errors import DeskError, TeamIsOut, TeamNotSendable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.services.areas import FoundArea
from emergency_desk.ui.incidents.call_lines import team_name
from emergency_desk.ui.incidents.call_thinking import Thought
from emergency_desk.ui.incidents.team_facts import TeamFact
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.refusals import sentence

_MOST_NUMBERS, _MOST_COUNTED_OUT = 4, 9


def act_words(count: int, *, is_saving: bool, is_thinking: bool, follows_advice: bool = True) -> str:
    """Return what the filled button will do: it names the teams by the numbers they carry in the list, many by their count."""
    if is_saving:
        return _("Saving…")
    if is_thinking:
        return _("Save and send as recommended") if follows_advice else _("Save and send as chosen")
    if not count:
        return _("Save")
    if count > _MOST_COUNTED_OUT:
        return ngettext("Save and send {count} team", "Save and send {count} teams", count).format(count=count)
    if count > _MOST_NUMBERS:
        return _("Save and send 1 to {last}").format(last=count)
    return _("Save and send {numbers}").format(numbers=_(", ").join(str(number) for number in range(1, count + 1)))


def why_barred(fact: TeamFact, numbers: Mapping[Id, str]) -> str:
    """Return why a team cannot be chosen whatever an officer says, and what to do instead."""
    assert fact.why_not is not None
    name, reason = team_name(fact.team), fact.why_not.reason
    if reason is ReasonNot.APPLICATION_NEEDED:
        return _("{team} applies first and is accepted in the incident's room, once the call is saved "
                 "(Shandong Regulations on Emergency Support, Art. 32).").format(team=name)
    error: DeskError = TeamNotSendable(team=name, reason=reason)
    if reason is ReasonNot.COMMITTED:
        error = TeamIsOut(team=name, state=fact.team.state, incident=numbers.get(fact.team.incident_id or Id(""), ""))
    return sentence(error)


def name_of(thought: Thought | None, team_id: str) -> str:
    """Return a team's name, or its id when the register no longer knows it."""
    fact = thought.fact(team_id) if thought is not None else None
    return team_name(fact.team) if fact is not None else team_id


def candidates(found: Sequence[FoundArea], typed: str, language: str) -> list[Candidate]:
    """Return areas as the picker offers them."""
    return [(each.area.id, area_name(each.area, typed, language), _where(each)) for each in found]


def _where(found: FoundArea) -> str:
    """Return what lies above an area, and what it was called when it was found by a name that has ended."""
    path = " › ".join(found.path)
    return _("{path}, formerly {name}").format(path=path, name=found.was) if found.was else path


def area_name(area: Area, typed: str, language: str) -> str:
    """Return an area's name: in Chinese for who types Chinese, else as the desk speaks."""
    return area.name_en if area.name_en and typed.isascii() and not language.startswith("zh") else area.name


def example(tree: AreaTree, language: str) -> dict[str, str]:
    """Return the answers of a call that shows what the form does, in the first street of a tree, for a picture."""
    streets = sorted((area for area in tree.by_id.values() if area.tier is Tier.STREET), key=lambda area: (area.code, area.id))
    place = {"area_id": streets[0].id, "area_name": area_name(streets[0], "", language), "address": _("Building 12")} if streets else {}
    return {"words": _("Fire on the 12th floor of a residential block, people trapped"), "badly_hurt": "2", "trapped": "3",
            **place}
