"""What stands on the papers of shelters and of evacuation: records and names, no sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from emergency_desk.domain.evacuation import EvacuationGroup, Reconciled
from emergency_desk.domain.expected_people import MissingVillage
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.shelter_acts import Occupancy, Unfit
from emergency_desk.domain.shelter_foresight import ForesightRules, UsePerHead
from emergency_desk.domain.shelter_people import PersonLine
from emergency_desk.domain.shelters import HeadCount, Shelter, ShelterOpening
from emergency_desk.domain.sites import Site
from emergency_desk.domain.texts import Text

NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class OpenedShelter:
    """A shelter that was opened, with its place and whose people it takes."""

    site: Site
    shelter: Shelter
    opening: ShelterOpening
    place: Text = NOTHING
    receives: tuple[Text, ...] = ()

    @property
    def name(self) -> Text:
        """The shelter's name."""
        return Text(self.site.name, self.site.name_en)


@dataclass(frozen=True, slots=True)
class _OfOneOpening:
    """What every paper of one opening says."""

    imprint: Imprint
    incident: Incident
    opened: OpenedShelter

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.opened.opening.is_exercise


@dataclass(frozen=True, slots=True)
class OpeningOrderSheet(_OfOneOpening):
    """The opening order (启用令): its facts and the safety checklist. `against`: what the order overrode with its reason."""

    sender: Text = NOTHING
    incident_type: Text = NOTHING
    desk_phone: str = ""
    against: tuple[Unfit, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """Somebody registered by name, as a sheet or a card shows them. `of_family`: how many came together; `leads`: the first of them."""

    line: PersonLine
    home: Text = NOTHING
    of_family: int = 1
    leads: bool = True
    went_over_to: Text = NOTHING  # the shelter where the stay goes on


@dataclass(frozen=True, slots=True)
class RegistrationSheet(_OfOneOpening):
    """The registration sheet (安置登记表): who is registered by name, families together, and lines for those who come later."""

    people: tuple[SheetPerson, ...] = ()
    lines: int = 15


@dataclass(frozen=True, slots=True)
class BlankRegistrationSheet(RegistrationSheet):
    """The registration sheet as a form to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class StayCardsSheet(_OfOneOpening):
    """Cards for people in a shelter (居民安置卡), eight on a page: of those who are there by name, then blank ones."""

    people: tuple[SheetPerson, ...] = ()
    cards: int = 8


@dataclass(frozen=True, slots=True)
class BlankStayCardsSheet(StayCardsSheet):
    """Cards to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class NamedGoods:
    """So much of an item stands at a shelter by the ledger."""

    item: Text
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ClosingSheet(_OfOneOpening):
    """The closing sheet (关闭单): how it was used, how it was left, what was damaged."""

    counts: tuple[HeadCount, ...] = ()
    meals: int = 0
    left: tuple[NamedGoods, ...] = ()

    @property
    def most(self) -> HeadCount | None:
        """Return the count with the most people, the first of several."""
        return max(self.counts, key=lambda count: count.heads, default=None)


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """The public notice (公告): which shelters are open, their address and the way there (RLF Art. 11)."""

    imprint: Imprint
    incident: Incident
    opened: tuple[OpenedShelter, ...]
    sender: Text = NOTHING
    desk_phone: str = ""

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One shelter in the daily return. `arrived`, `left` and `meals` are of the last 24 hours; None where nobody told."""

    name: Text
    area: Text
    incident_number: str
    occupancy: Occupancy
    arrived: int | None = None
    left: int | None = None
    vulnerable: int | None = None
    meals: int | None = None
    is_closed: bool = False
    held: Mapping[Id, int] = field(default_factory=dict)  # what stands there by the ledger and may be used, by item


@dataclass(frozen=True, slots=True)
class DailyReturnSheet:
    """The daily return (避难安置日报) by area and shelter, and what the whole held over time."""

    imprint: Imprint
    at: datetime
    area: Text
    lines: tuple[ReturnLine, ...] = ()
    by_time: tuple[tuple[datetime, int], ...] = ()
    moved: Reconciled = field(default_factory=lambda: Reconciled(0, 0, 0, 0))
    has_exercise: bool = False

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.has_exercise

    @property
    def heads(self) -> int:
        """Return the people in all shelters."""
        return sum(line.occupancy.heads for line in self.lines)


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One group to be moved, with where its people are and where they are meant to go."""

    group: EvacuationGroup
    sum: Reconciled
    shelter: Text = NOTHING


@dataclass(frozen=True, slots=True)
class TransferListSheet:
    """The transfer list (转移人员清单) by village, those with the most vulnerable first."""

    imprint: Imprint
    incident: Incident
    areas: tuple[tuple[Text, tuple[TransferLine, ...]], ...] = ()

    @property
    def lines(self) -> Sequence[TransferLine]:
        """Return all groups."""
        return [line for _area, some in self.areas for line in some]

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class MissingListSheet:
    """The list of who has not been reached (未联系人员名单): by village, names where names are known, numbers where only they are."""

    imprint: Imprint
    incident: Incident
    villages: tuple[MissingVillage, ...] = ()

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class NamedUse:
    """What one person uses of an item, by the office's own word, with the item's name and unit."""

    item: Text
    unit: str
    use: UsePerHead


@dataclass(frozen=True, slots=True)
class SupplyNeedSheet:
    """What the people in shelters need until the next day (物资需求单), reckoned from heads and the desk's own rules."""

    imprint: Imprint
    at: datetime
    area: Text
    rules: ForesightRules
    uses: tuple[NamedUse, ...] = ()
    lines: tuple[ReturnLine, ...] = ()
    has_exercise: bool = False

    @property
    def is_exercise(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.imprint.is_exercise or self.has_exercise


@dataclass(frozen=True, slots=True)
class PublicShelter:
    """A shelter as everybody may know it. `number` is its mark on the map."""

    number: int
    name: Text
    address: str
    phone: str
    places: int | None
    hazards: tuple[Text, ...] = ()
    is_step_free: bool = False
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PublicListSheet:
    """The list of shelters for the public (避难场所公示表; QD17 Art. 16), with room for a map and where each one lies."""

    imprint: Imprint
    areas: tuple[tuple[Text, tuple[PublicShelter, ...]], ...] = ()
    is_exercise: bool = False

    @property
    def shelters(self) -> Sequence[PublicShelter]:
        """Return all shelters."""
        return [one for _area, some in self.areas for one in some]


ShelterPaper = (OpeningOrderSheet | RegistrationSheet | BlankRegistrationSheet | StayCardsSheet | BlankStayCardsSheet | ClosingSheet
                | NoticeSheet | DailyReturnSheet | TransferListSheet | SupplyNeedSheet | PublicListSheet | MissingListSheet)
