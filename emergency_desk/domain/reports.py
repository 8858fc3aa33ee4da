"""Reports that go up: what is owed by when, and the report itself, drafted, signed, sent, received.

A duty to report (`ReportDue`) is laid when an incident opens and again when it is judged worse; the older duties keep their own time
(R-2.2). Phone and written are two records with two clocks (R-2.3). On time means at or before the due second (§20 B14).
Source: domain §2; 突发事件应对法 2024 Art. 61, 62; 山东省突发事件应对条例 Art. 29, 30; 生产安全事故信息报告和处置办法 Art. 10, 11.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.reporting import Channel


class ReportFamily(StrEnum):
    """Two families that must not be confused (§2.1)."""

    INCIDENT = "incident"  # 首报、续报、终报
    DISASTER = "disaster"  # 初报、续报、核报 with nil returns


class ReportKind(StrEnum):
    """Which report of its family."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    FINAL = "final"
    SETTLED = "settled"  # 核报
    SUPPLEMENT = "supplement"  # 补报 within 30 or 7 days


class DueState(StrEnum):
    """Where a duty to report stands."""

    OPEN = "open"
    MET = "met"
    SKIPPED = "skipped"  # with a reason, logged
    LAPSED = "lapsed"  # what it asked for is no longer asked: the final report fell due in its place, or the incident was a false alarm


@dataclass(frozen=True, slots=True)
class ReportDue:
    """One report that one tier owes another, by one channel, until one moment."""

    id: Id
    incident_id: Id
    rule_id: str  # a row of the deadline table
    from_tier: Tier
    to_tier: Tier
    channel: Channel
    family: ReportFamily
    kind: ReportKind
    clock_at: datetime  # when its clock started
    due_at: datetime
    created_at: datetime
    grade: Grade | None = None  # the grade that asked for it
    state: DueState = DueState.OPEN
    met_at: datetime | None = None
    report_id: Id | None = None
    reason: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Say whether the report is still owed."""
        return self.state is DueState.OPEN

    @property
    def is_at_once(self) -> bool:
        """Say whether the row gives no minutes: it is due the moment its clock starts (立即, domain 0.1 (6))."""
        return self.due_at == self.clock_at

    def late_from(self, at_once: timedelta) -> datetime:
        """Return from when it counts as late: its due second; what is due at once, only after what the house allows."""
        return self.due_at + at_once if self.is_at_once else self.due_at

    def was_on_time(self, at_once: timedelta) -> bool:
        """Say whether it was met at or before the second from which it counts as late; a report not sent was not on time."""
        return self.met_at is not None and self.met_at <= self.late_from(at_once)


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    DISCARDED = "discarded"


class Secrecy(StrEnum):
    """The marking a report bears (保守国家秘密法); most bear none."""

    NONE = "none"
    INTERNAL = "internal"
    SECRET = "secret"


class Urgency(StrEnum):
    """How urgent a paper travels (党政机关公文处理工作条例: 特急, 加急)."""

    NONE = "none"
    URGENT = "urgent"
    MOST_URGENT = "most_urgent"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a report: what it says, whether it is new against the report before, and whether it is still to be verified."""

    name: str  # an id of `ELEMENTS`
    text: str = ""
    is_changed: bool = False
    is_gap: bool = False


# The national minimum (NMP25 3.3.1(1)) with Shandong's (SD12 Art. 29), in the order they are read out.
ELEMENTS = ("time", "place", "source", "unit", "nature", "casualties", "loss", "extent", "outlook", "measures", "requests", "contact")


@dataclass(frozen=True, slots=True)
class Report:
    """One report from a tier to a tier. What was sent is never changed; a mistake is corrected by the next report."""

    id: Id
    incident_id: Id
    from_tier: Tier
    to_tier: Tier
    channel: Channel
    family: ReportFamily
    kind: ReportKind
    drafted_at: datetime
    account_id: Id
    number: str = ""  # 专报编号, with the desk code
    serial: int = 0  # N of follow-up N
    elements: tuple[Element, ...] = ()
    title: str = ""
    state: ReportState = ReportState.DRAFT
    secrecy: Secrecy = Secrecy.NONE
    urgency: Urgency = Urgency.NONE
    signer: str = ""
    signer_post: str = ""
    copies_to: tuple[str, ...] = ()  # tiers and units that get a copy; a skip-level report always copies the skipped tier
    sent_at: datetime | None = None
    sent_by_id: Id | None = None
    received_at: datetime | None = None
    received_by: str = ""
    read_back: bool = False
    how: str = ""
    heard_from: str = ""  # a report between tiers that do not sit here, recorded as heard
    follows_id: Id | None = None
    version: int = 0

    @property
    def is_sent(self) -> bool:
        """Say whether it went out."""
        return self.state in (ReportState.SENT, ReportState.RECEIVED)

    def element(self, name: str) -> Element:
        """Return an element; one that is not there is a gap."""
        return next((each for each in self.elements if each.name == name), Element(name, is_gap=True))
