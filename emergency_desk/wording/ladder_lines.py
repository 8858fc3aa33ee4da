"""What log lines of the ladder tell: responses, command, command posts, who was told, decisions, steps."""

from __future__ import annotations

from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandStep, DecisionKind, PostRole
from emergency_desk.domain.incidents import LogEntry
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import ResponseStep
from emergency_desk.domain.teams import HowHeard
from emergency_desk.domain.texts import Text
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.labels import label

_RESPONSES = {
    "activated": N_("{tier} response activated: {level}. Decided by {name}."),
    "adjusted": N_("{tier} response adjusted: {before} → {level}. Decided by {name}."),
    "extended": N_("{tier} response: another expected end. Decided by {name}."),
    "suspended": N_("{tier} response suspended for safety. Decided by {name}."),
    "resumed": N_("{tier} response resumed. Decided by {name}."),
    "ended": N_("{tier} response ended. Decided by {name}."),
}
_COMMANDS = {
    "begun": N_("The {to} commands."),
    "offered": N_("The {from_tier} offers the command to the {to}; signed by {given_by}."),
    "repeated": N_("The {from_tier} offers the command to the {to} once more."),
    "accepted": N_("The {to} accepts the command from the {from_tier}; signed by {given_by} and {taken_by}."),
    "refused": N_("The {to} does not accept the command; the {from_tier} commands on."),
    "withdrawn": N_("The {from_tier} withdraws its offer of the command."),
    "taken": N_("The {to} takes the command from the {from_tier}; signed by {given_by} and {taken_by}."),
}
_POSTS = {
    "formed": N_("{tier} command post formed: {place}."),
    "dissolved": N_("{tier} command post dissolved: {place}."),
    "seated": N_("{role}: {name}."),
    "released": N_("{role} leaves the command post: {name}."),
}


def response(entry: LogEntry) -> str:
    """Tell a step of a response."""
    told = _(_RESPONSES[entry.value("step")]).format(
        tier=_word(Tier, entry.value("tier")), level=_word(Level, entry.value("level")), before=_word(Level, entry.value("level_before")),
        name=entry.value("decided_by")) if entry.value("step") in set(ResponseStep) else ""
    if entry.value("override"):
        told = _("{sentence} Ended although things were open: {reason}.").format(sentence=told, reason=entry.value("override"))
    owed = int(entry.value("owed") or 0)
    if owed:
        told = ngettext("{sentence} {count} thing is owed afterwards.", "{sentence} {count} things are owed afterwards.", owed).format(
            sentence=told, count=owed)
    return _with_source(told, entry)


def command(entry: LogEntry) -> str:
    """Tell a move of the command."""
    if entry.value("step") not in set(CommandStep):
        return ""
    return _with_source(_(_COMMANDS[entry.value("step")]).format(
        from_tier=_word(Tier, entry.value("from_tier")), to=_word(Tier, entry.value("to_tier")), given_by=entry.value("given_by"),
        taken_by=entry.value("taken_by")), entry)


def post(entry: LogEntry) -> str:
    """Tell what happened to a command post."""
    if entry.value("step") not in _POSTS:
        return ""
    told = _(_POSTS[entry.value("step")]).format(
        tier=_word(Tier, entry.value("tier")), place=entry.value("place"), role=_word(PostRole, entry.value("role")),
        name=entry.value("name") or entry.value("unit"))
    people = [one.partition(":") for one in entry.value("people").split("; ") if ":" in one]
    named = _("; ").join(_("{role} {name}").format(role=_word(PostRole, role), name=name) for role, _colon, name in people)
    return _with_source(_("{sentence} {people}").format(sentence=told, people=named) if named else told, entry)


def notice(entry: LogEntry) -> str:
    """Tell who is to be told, who was told, and who was told once more."""
    name = Text(entry.value("name"), entry.value("name_en")).in_language(current_language())
    if entry.value("step") == "added":
        return _("To be told: {unit}.").format(unit=name)
    told = _told(entry, name)
    return _("Once more: {sentence}").format(sentence=told) if entry.value("step") == "again" else told


def _told(entry: LogEntry, name: str) -> str:
    how = _word(HowHeard, entry.value("how"))
    if entry.value("told_to") and entry.value("read_back"):
        return _("{unit} told: {name}, {how}, read back.").format(unit=name, name=entry.value("told_to"), how=how)
    if entry.value("told_to"):
        return _("{unit} told: {name}, {how}.").format(unit=name, name=entry.value("told_to"), how=how)
    return _("{unit} told, {how}.").format(unit=name, how=how)


def decision(entry: LogEntry) -> str:
    """Tell a meeting, a decision or an instruction."""
    return _with_source(_("{kind} ({name}): {words}").format(
        kind=_word(DecisionKind, entry.value("kind")), name=entry.value("decided_by"), words=entry.text), entry)


def step(entry: LogEntry) -> str:
    """Tell a mark on a step of the ladder."""
    return _with_source(_("{tier}, {step}: {state}.").format(
        tier=_word(Tier, entry.value("tier")), step=_word(Step, entry.value("step")), state=_word(StepState, entry.value("state"))), entry)


def _with_source(told: str, entry: LogEntry) -> str:
    """Add who said it, where a tier that does not sit here was heard."""
    if not entry.value("heard_from"):
        return told
    how = _word(HowHeard, entry.value("how"))
    if entry.value("read_back"):
        return _("{sentence} Heard from {name} ({how}, read back).").format(sentence=told, name=entry.value("heard_from"), how=how)
    return _("{sentence} Heard from {name} ({how}).").format(sentence=told, name=entry.value("heard_from"), how=how)


def _word(kind: type[StrEnum], value: str) -> str:
    return label(kind(value)) if value in set(kind) else value
