"""Rows of a foreign list on their way into the register: drafts that may stand, and rows given back with their reasons.

Reasons carry an id and values; `wording.import_reasons` has their sentences. How a file is read belongs to `exchange`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_entries import ShelterEntry
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock_entries import DepotEntry, LotEntry
from emergency_desk.domain.supplies import StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.teams import Team, TeamMember
from emergency_desk.domain.units import Unit

GIVEN_BACK = Id("")  # the answer for a written place whose rows are to come back
StockRecord = LotEntry | DepotEntry | SupplyItem | SupplyPromise | StockTarget
Record = Team | Site | Unit | TeamMember | Agreement | StockRecord | ShelterEntry


class RowReason(StrEnum):
    """Why a row is given back."""

    NAME_MISSING = "name_missing"
    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY_CELLS = "too_many_cells"
    COORDINATE_HALF = "coordinate_half"
    COORDINATE_UNREADABLE = "coordinate_unreadable"
    COORDINATE_OUT_OF_RANGE = "coordinate_out_of_range"
    COORDINATES_SWAPPED = "coordinates_swapped"
    COORDINATE_ZERO = "coordinate_zero"
    NUMBER_UNREADABLE = "number_unreadable"
    NUMBER_NEGATIVE = "number_negative"
    NUMBER_NOT_WHOLE = "number_not_whole"
    NUMBER_TOO_GREAT = "number_too_great"
    MORE_READY_THAN_TOTAL = "more_ready_than_total"
    DATE_UNREADABLE = "date_unreadable"
    YES_NO_UNREADABLE = "yes_no_unreadable"
    KIND_UNKNOWN = "kind_unknown"
    CAPABILITY_UNKNOWN = "capability_unknown"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    ALREADY_REGISTERED = "already_registered"
    CODE_REPEATED = "code_repeated"
    CODE_REGISTERED = "code_registered"
    PHONE_UNREADABLE = "phone_unreadable"
    ENDS_BEFORE_BEGINNING = "ends_before_beginning"
    TEAM_UNKNOWN = "team_unknown"
    TEAM_AMBIGUOUS = "team_ambiguous"
    RATING_UNKNOWN = "rating_unknown"
    PLACE_UNKNOWN = "place_unknown"
    ITEM_MISSING = "item_missing"
    ITEM_UNKNOWN = "item_unknown"
    ITEM_AMBIGUOUS = "item_ambiguous"
    DEPOT_UNKNOWN = "depot_unknown"
    DEPOT_AMBIGUOUS = "depot_ambiguous"
    WORD_UNKNOWN = "word_unknown"
    LOT_REPEATED = "lot_repeated"
    LOT_REGISTERED = "lot_registered"
    NOT_A_SHELTER = "not_a_shelter"
    COUNT_MISSING = "count_missing"
    MOMENT_UNREADABLE = "moment_unreadable"
    RULE = "rule"  # a rule of the domain says no; the values are its refusal's


class RowNote(StrEnum):
    """What was decided for a row that may stand, so that nobody is surprised."""

    AREA_DEFAULTED = "area_defaulted"  # the written place is no area of this desk
    AREA_NOT_WRITTEN = "area_not_written"
    AREA_AMBIGUOUS = "area_ambiguous"
    AREA_FOLLOWED = "area_followed"  # an old code or name led to what it became
    AREA_ONLY_ABOVE = "area_only_above"  # only a greater area of the written place is known
    NO_POSITION = "no_position"
    PHONE_MASKED = "phone_masked"
    KIND_GUESSED = "kind_guessed"
    KIND_DEFAULTED = "kind_defaulted"
    POSITION_EXCHANGED = "position_exchanged"
    POSITION_CONVERTED = "position_converted"
    PHONE_SHARED = "phone_shared"
    CODE_IS_OWN = "code_is_own"
    PLACES_UNDER_ROOF = "places_under_roof"
    WORD_KEPT = "word_kept"  # a word that is none of the desk's stands in the note


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a row: its id, our field, the column as the file names it, and named values."""

    id: RowReason
    field: str
    column: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One thing decided for a good row, with named values."""

    id: RowNote
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportAnswers:
    """What a person answered about a file. `fields`: (column, our field, "" to leave it out); `places`: (as written, area or GIVEN_BACK)."""

    fields: tuple[tuple[int, str], ...] = ()
    places: tuple[tuple[str, Id], ...] = ()
    exchanges_swapped: bool = False  # rows whose latitude and longitude are exchanged are put right instead of given back
    is_gcj02: bool = False  # the positions come from a Chinese map service and are shifted
    may_lack_name: bool = False  # a file without a column for the name is shown, so that somebody can point at it


NOTHING_ANSWERED = ImportAnswers()


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team that may stand in the register. Its id is empty; `place_path` is the place as the file wrote it."""

    line: int
    team: Team
    place_path: str = ""
    area_is_default: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def record(self) -> Team:
        """Return the team."""
        return self.team


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """A site that may stand in the register. Its id is empty."""

    line: int
    site: Site
    area_is_default: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def record(self) -> Site:
        """Return the site."""
        return self.site


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit that may stand in the register. Its id is empty."""

    line: int
    record: Unit
    area_is_default: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A person of a team that may stand in the register. Its id is empty, its team known."""

    line: int
    record: TeamMember
    team_name: str = ""
    area_is_default: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """An agreement that may stand in the register. Its id is empty."""

    line: int
    record: Agreement
    area_is_default: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class StockDraft:
    """Something of stock that may stand. Its ids are empty, `called` is the item or whose it is."""

    line: int
    record: StockRecord
    called: str = ""
    area_is_default: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelterDraft:
    """A shelter with its site that may stand in the register. Both ids are empty."""

    line: int
    record: ShelterEntry
    called: str = ""
    area_is_default: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row given back as it was written, with every reason that was found."""

    line: int
    cells: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def field(self) -> str:
        """Return our field that the first reason is about."""
        return self.reasons[0].field


AnyDraft = TeamDraft | SiteDraft | UnitDraft | MemberDraft | AgreementDraft | StockDraft | ShelterDraft
Draft = TypeVar("Draft", TeamDraft, SiteDraft, UnitDraft, MemberDraft, AgreementDraft, StockDraft, ShelterDraft)


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """A written place that is no area of the desk, or several; the first line and the number of rows that write it, and what may be meant."""

    written: str
    line: int
    rows: int
    suggested: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted(Generic[Draft]):
    """The rows of a file, sorted; and the columns whose meaning is not known, which were left out."""

    good: Sequence[Draft] = ()
    bad: tuple[BadRow, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()  # what each column was taken for, "" for nothing
    places_asked: tuple[PlaceAsked, ...] = ()  # the most frequent first
    answers_unused: tuple[str, ...] = ()  # places that were answered and that no row writes
