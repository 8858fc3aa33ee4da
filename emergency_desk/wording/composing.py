"""Reads what somebody writes into the composer of a log: a plain note, or a short command with its time and its teller.

`@20:05 >Wang Q. /dead 3 /trapped 12` · `>>radio:Wang on the way` (heard by radio, read back) · `/arrived xf2` · `/到场 二站` ·
`/回执 急救一组`. Signs may be full-width, as Chinese input methods write them. What cannot be read is refused with what was
expected; the line itself stays with whoever typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.errors import FieldUnreadable, LogLineEmpty
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.moments import at_clock
from emergency_desk.domain.teams import HowHeard, TeamState
from emergency_desk.wording import sounds
from emergency_desk.wording.catalog import N_, _, current_language

_FULL_WIDTH = str.maketrans("＠＞／：》０１２３４５６７８９", "@>/:>0123456789")
_COMMAND, _TIME, _TELLER = "/", "@", ">"
_FIGURE = re.compile(r"([^\W\d]+)\s*(\d+[人名]?)[\s,，、;；]*")
_FIGURES = re.compile(rf"(?:{_FIGURE.pattern})+")
_CHANNELS = {
    HowHeard.PHONE.value: ("phone", "电话"), HowHeard.RADIO.value: ("radio", "对讲"), HowHeard.IN_PERSON.value: ("here", "当面"),
    HowHeard.MESSAGE.value: ("message", "短信"),
}


class Deed(StrEnum):
    """What a composed line does."""

    NOTE = "note"
    FIGURES = "figures"
    TEAM_STATE = "team_state"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words in both languages (the first is offered), and what it means."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]
    tells: str
    figure: str = ""
    state: TeamState | None = None

    @property
    def word(self) -> str:
        """The word that is offered in the language of the desk."""
        return (self.chinese if current_language().startswith("zh") else self.english)[0]

    @property
    def takes_team(self) -> bool:
        """Say whether a team's name follows."""
        return not self.figure


COMMANDS = (
    Command(("dead",), ("死亡",), N_("figures: dead"), figure="dead"),
    Command(("hurt", "badly_hurt"), ("重伤",), N_("figures: badly hurt"), figure="badly_hurt"),
    Command(("slightly", "injured"), ("轻伤", "受伤"), N_("figures: hurt"), figure="hurt"),
    Command(("trapped",), ("被困",), N_("figures: trapped"), figure="trapped"),
    Command(("missing",), ("失联", "失踪"), N_("figures: missing"), figure="missing"),
    Command(("evacuate", "evacuated"), ("疏散", "转移"), N_("figures: to evacuate"), figure="evacuate"),
    Command(("receipt",), ("回执", "收到"), N_("a team has its order")),
    Command(("enroute", "en_route"), ("途中", "出发"), N_("a team is en route"), state=TeamState.EN_ROUTE),
    Command(("arrived", "on_scene"), ("到场", "到达"), N_("a team is on scene"), state=TeamState.ON_SCENE),
    Command(("working",), ("处置", "作业"), N_("a team is at work"), state=TeamState.WORKING),
    Command(("withdrawing",), ("撤离", "返回"), N_("a team withdraws"), state=TeamState.WITHDRAWING),
    Command(("returned",), ("归队",), N_("a team is back"), state=TeamState.RETURNED),
    Command(("lost",), ("失去联系",), N_("contact with a team is lost"), state=TeamState.LOST_CONTACT),
)


@dataclass(frozen=True, slots=True)
class NamedTeam:
    """A team that a command may name."""

    id: Id
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """What a line says. `occurred_at` None: now."""

    deed: Deed
    text: str = ""
    figures: Figures = field(default_factory=Figures)
    team_id: Id | None = None
    state: TeamState | None = None
    occurred_at: datetime | None = None
    heard_from: str = ""
    how: str = ""  # by what channel it was heard, a HowHeard; "" where the line does not say
    read_back: bool = False


def compose(line: str, *, now: datetime, teams: Sequence[NamedTeam] = ()) -> Composed:
    """Read a line. Raises LogLineEmpty, FieldUnreadable (field "text")."""
    rest = _plain(line)
    if not rest:
        raise LogLineEmpty()
    rest, occurred_at, heard = _marks_first(rest), None, _Heard()
    while rest[:1] in (_TIME, _TELLER) and rest:
        word, _space, after = rest.partition(" ")
        if rest[0] == _TIME:
            occurred_at, rest = _moment(word, now), _marks_first(after.strip())
        else:
            heard, rest = _teller(rest)
            rest = _marks_first(rest)
    if not rest:
        raise LogLineEmpty()
    if not rest.startswith(_COMMAND):
        return Composed(Deed.NOTE, text=rest, occurred_at=occurred_at, heard_from=heard.name, how=heard.how, read_back=heard.is_read_back)
    return _commanded(rest, occurred_at, heard.name, teams)


def offers(line: str) -> tuple[Command, ...]:
    """Return the commands that fit the one being typed at the end of a line, best first; none while no command is typed."""
    typed = _plain(line, keep_end=True)
    begun = re.search(r"(?:^|\s)/(\S*)$", typed)
    if begun is None:
        return ()
    word = begun[1].lower()
    if not word:
        return COMMANDS
    scored = [(max(sounds.score(word, name) for name in (*command.english, *command.chinese)), command) for command in COMMANDS]
    return tuple(command for points, command in sorted(scored, key=lambda each: -each[0]) if points)


def team_offers(line: str, teams: Sequence[NamedTeam]) -> tuple[NamedTeam, ...]:
    """Return the teams that fit what follows a team command at the end of a line."""
    begun = re.search(r"(?:^|\s)/(\S+)\s+([^/]*)$", _plain(line, keep_end=True))
    command = _find(begun[1]) if begun else None
    if begun is None or command is None or not command.takes_team:
        return ()
    asked = begun[2].strip()
    return tuple(teams) if not asked else tuple(team for _points, team in _ranked(asked, teams))


def with_command(line: str, command: Command) -> str:
    """Return the line with the command that was begun written out."""
    begun = _plain(line, keep_end=True)
    return begun[: begun.rindex(_COMMAND)] + f"{_COMMAND}{command.word} "


def with_team(line: str, name: str) -> str:
    """Return the line with the team that was begun written out."""
    begun = re.search(r"^(.*/\S+\s+)[^/]*$", _plain(line, keep_end=True))
    return (begun[1] if begun else line) + name


# -- the pieces -------------------------------------------------------------------------------------------------------
def _plain(line: str, *, keep_end: bool = False) -> str:
    """Return the line with plain signs. In Chinese input the key of "/" writes "、", which no sentence begins with."""
    text = line.lstrip() if keep_end else line.strip()
    if text[:1] == "、":
        text = _COMMAND + text[1:]
    text = re.sub(r"(?<=\s)、", _COMMAND, text)
    marked = text[:1].translate(_FULL_WIDTH) in (_TIME, _TELLER, _COMMAND)
    return text.translate(_FULL_WIDTH) if marked else text


def _marks_first(rest: str) -> str:
    """Put time and teller before the commands they stand behind: "/dead 3 @20:05 >Wang" is read as "@20:05 >Wang /dead 3"."""
    if not rest.startswith(_COMMAND):
        return rest
    behind = re.findall(r"(?<=\s)(?:@\S+|>{1,2}[^/@]+)", rest)
    commands = re.sub(r"\s(?:@\S+|>{1,2}[^/@]+)", " ", rest)
    return " ".join(part.strip() for part in (*behind, commands))


def _moment(word: str, now: datetime) -> datetime:
    try:
        return at_clock(word[1:], near=now)
    except ValueError:
        raise FieldUnreadable(name="text", typed=word, expected=_("a time such as @20:05")) from None


@dataclass(frozen=True, slots=True)
class _Heard:
    name: str = ""
    how: str = ""
    is_read_back: bool = False


def _teller(rest: str) -> tuple[_Heard, str]:
    """Split ">Wang Q. /dead 3" and ">王强 12层有人". ">>" says that it was read back, ">radio:Wang" and ">对讲:王强" how it came."""
    body = rest.lstrip(_TELLER).lstrip()
    is_read_back = rest.startswith(_TELLER * 2)
    channel, colon, after = body.partition(":")
    how = next((each for each, words in _CHANNELS.items() if channel.strip().lower() in words), "") if colon else ""
    name, rest = _named(rest, after.lstrip() if how else body)
    return _Heard(name, how, is_read_back), rest


def _named(rest: str, body: str) -> tuple[str, str]:
    """Split who from what follows: who goes up to the next command, or else is one word."""
    before, slash, command = body.partition(_COMMAND)
    if slash and before.strip():
        return before.strip(), slash + command
    name, _space, after = body.partition(" ")
    if not name:
        raise FieldUnreadable(name="text", typed=rest, expected=_("a name after >"))
    return name, after.strip()


def _commanded(rest: str, occurred_at: datetime | None, heard_from: str, teams: Sequence[NamedTeam]) -> Composed:
    parts = [figure for part in rest.split(_COMMAND) if part.strip() for figure in _figures_apart(part.strip())]
    if not parts:
        raise _no_command(rest)
    figures: dict[str, int] = {}
    for part in parts:
        word, _space, argument = part.partition(" ")
        word, argument = _split_stuck(word, argument.strip())
        command = _find(word)
        if command is None:
            raise _no_command(_COMMAND + word)
        if command.takes_team and len(parts) == 1:
            return _of_team(command, argument, teams, occurred_at, heard_from)
        if command.takes_team:
            raise FieldUnreadable(name="text", typed=_COMMAND + part, expected=_("one team command in a line"))
        figures[command.figure] = _count(word, argument)
    return Composed(Deed.FIGURES, figures=Figures(**figures), occurred_at=occurred_at, heard_from=heard_from)


def _figures_apart(part: str) -> list[str]:
    """Part "死亡 3 重伤 11", "dead 3, hurt 11": who writes down two figures at once does not think of the second slash."""
    if not _FIGURES.fullmatch(part):
        return [part]
    apart = [f"{word} {count}" for word, count in _FIGURE.findall(part)]
    known = [_find(each.partition(" ")[0]) for each in apart]
    return apart if all(command is not None and not command.takes_team for command in known) else [part]


def _split_stuck(word: str, argument: str) -> tuple[str, str]:
    """Part "死亡3" and "dead3" into word and number."""
    stuck = re.fullmatch(r"(\D+?)(\d+)", word)
    return (stuck[1], stuck[2]) if stuck and not argument else (word, argument)


def _find(word: str) -> Command | None:
    return next((one for one in COMMANDS if word.lower() in one.english or word in one.chinese), None)


def _no_command(typed: str) -> FieldUnreadable:
    return FieldUnreadable(name="text", typed=typed, expected=_(", ").join(_COMMAND + one.word for one in COMMANDS))


def _count(word: str, argument: str) -> int:
    digits = argument.rstrip("人名")
    if not digits.isdecimal() or len(digits) > 7:
        raise FieldUnreadable(name="text", typed=f"/{word} {argument}".strip(), expected=_("a number, such as /{word} 3").format(word=word))
    return int(digits)


def _of_team(
    command: Command, argument: str, teams: Sequence[NamedTeam], occurred_at: datetime | None, heard_from: str,
) -> Composed:
    found = _ranked(argument, teams)
    best = [team for points, team in found if points == found[0][0]]
    if len(best) != 1:
        names = _(", ").join(_name(team) for team in (best or teams)) or _("nobody is sent yet")
        raise FieldUnreadable(name="text", typed=f"/{command.word} {argument}".strip(),
                              expected=_("one team of this incident: {teams}").format(teams=names))
    deed = Deed.TEAM_STATE if command.state is not None else Deed.RECEIPT
    return Composed(deed, team_id=best[0].id, state=command.state, occurred_at=occurred_at, heard_from=heard_from)


def _ranked(asked: str, teams: Iterable[NamedTeam]) -> list[tuple[int, NamedTeam]]:
    scored = [(max(sounds.score(asked, name) for name in (team.name, team.name_en) if name), team) for team in teams]
    return sorted(((points, team) for points, team in scored if points), key=lambda each: -each[0])


def _name(team: NamedTeam) -> str:
    return team.name_en if team.name_en and not current_language().startswith("zh") else team.name
