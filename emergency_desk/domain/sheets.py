"""Frozen contents of printed papers: what stands on them, never how it looks.

A sheet is what a paper said when it was printed; it carries records and names, no sentences, so that one sheet prints in
either language. `store.readings` gathers them, `reports` sets them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.incidents import Call, Caller, Figures, Incident
from emergency_desk.domain.plan_records import Numerals
from emergency_desk.domain.teams import Team
from emergency_desk.domain.texts import Text
from emergency_desk.domain.timeline import NO_FILTER, LogFilter


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """How a paper is to be printed: its language, whatever the screen speaks, and where the shipped fonts lie."""

    language: str
    fonts: Path
    use_installed_fonts: bool = True  # a FangSong or small-title Song of this machine, where a layout asks for it
    invariant: bool = False  # the same sheet gives the same bytes
    numerals: Numerals = Numerals.ROMAN  # how it writes response levels
    mark: str = ""  # kept in the file, so that a desk knows a paper of the same content again


@dataclass(frozen=True, slots=True)
class Printed:
    """What came out; 0 `pages` where whoever opens the file breaks it into pages. A missing character stands on the paper as 〓."""

    path: Path
    pages: int
    missing_characters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every paper bears: whose it is, when and by whom it was printed, and whether it is for earnest (R-0.5)."""

    desk: Text
    printed_at: datetime
    printed_by: Text = field(default_factory=lambda: Text(""))
    is_exercise: bool = False
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """A dispatch order (调度令) to one team, with the slip it is answered on (R-4.5)."""

    imprint: Imprint
    dispatch: Dispatch
    incident: Incident
    team: Team
    incident_type: Text
    place: Text  # the path of the incident's area, such as 青岛市市南区香港中路街道
    signed_by: Text
    desk_phone: str = ""
    situation: str = ""  # in the caller's own words
    figures: Figures = field(default_factory=Figures)  # as known when the order went out
    serves: Text = field(default_factory=lambda: Text(""))  # the capability the team was chosen for: its task until one is written

    @property
    def team_name(self) -> Text:
        return Text(self.team.name, self.team.name_en)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class IncidentLogSheet:
    """Everything that was logged about one incident. Printed in the order it happened, not in the order it was entered."""

    imprint: Imprint
    incident: Incident
    incident_type: Text
    place: Text
    lines: tuple[LogLine, ...]
    only: LogFilter = NO_FILTER  # the lines that were chosen, where not all were

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class DutyLogSheet:
    """What a desk logged between two moments, over all incidents (值班日志). Printed in the order it was entered."""

    imprint: Imprint
    from_at: datetime
    until_at: datetime
    lines: tuple[LogLine, ...]
    on_duty: tuple[Text, ...] = ()

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class CallRecordSheet:
    """One call as it was taken (来电记录). The caller's name and phone are printed only when they are handed in."""

    imprint: Imprint
    call: Call
    incident: Incident
    incident_type: Text
    place: Text
    recorded_by: Text
    caller: Caller = field(default_factory=Caller)
    figures: Figures = field(default_factory=Figures)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise
