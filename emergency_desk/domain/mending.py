"""How a finding goes from found to verified: no closing without evidence, and never by its own owner (R-7.5).

Source: AQ/T 9009-2015 7.5; 安委〔2013〕8号五（二）; domain R-7.5, R-10.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, FindingNotReady
from emergency_desk.domain.recovery import Finding, FindingState

MOST_YUAN = 10**12
UNDER_WAY = frozenset({FindingState.OPEN, FindingState.MENDING, FindingState.DONE})


@dataclass(frozen=True, slots=True)
class Closure:
    """How far a list is mended: what was dropped counts for nothing, and only what somebody else verified is closed."""

    total: int
    closed: int
    late: int
    mean_days: float | None = None  # from found to verified, of those that are closed

    @property
    def share(self) -> float | None:
        """The share that is closed, None for an empty list."""
        return self.closed / self.total if self.total else None


def closure(findings: Iterable[Finding], *, today: date) -> Closure:
    """Count a list of findings."""
    kept = [finding for finding in findings if finding.state is not FindingState.DROPPED]
    days = [(one.verified_at - one.found_at).days for one in kept if one.state is FindingState.VERIFIED and one.verified_at is not None]
    return Closure(len(kept), sum(one.state is FindingState.VERIFIED for one in kept), sum(one.is_late_on(today) for one in kept),
                   sum(days) / len(days) if days else None)


def raised_to(finding: Finding, *, owner: Tier, today: date) -> Tier | None:
    """Return the tier that is told when a finding is overdue: the next above its owner's; None while it is on time."""
    if not finding.is_late_on(today) or owner not in LADDER:
        return None
    above = LADDER.index(owner) + 1
    return LADDER[above] if above < len(LADDER) else Tier.PROVINCE


def check(finding: Finding) -> Finding:
    """Return a finding that can stand in the list. Raises FieldMissing, FieldUnreadable, FindingNotReady."""
    if not finding.problem.strip():
        raise FieldMissing(name="problem")
    if finding.funds_yuan is not None and not 0 <= finding.funds_yuan <= MOST_YUAN:
        raise FieldUnreadable(name="funds_yuan", typed=str(finding.funds_yuan), expected=f"0…{MOST_YUAN}")
    if finding.verifier:
        _other_than_owner(finding, finding.verifier)
    return finding


def begin(finding: Finding) -> Finding:
    """Let the mending begin: somebody owns it, until when, by what measure."""
    _stands(finding, FindingState.OPEN)
    if not finding.owner.strip() or finding.due_on is None:
        raise FindingNotReady(number=finding.number, reason="owner")
    if not finding.measure.strip():
        raise FindingNotReady(number=finding.number, reason="measure")
    return replace(finding, state=FindingState.MENDING)


def finish(finding: Finding, *, evidence: str, at: datetime) -> Finding:
    """Let the owner say that it is mended, and what shows it."""
    _stands(finding, FindingState.MENDING)
    evidence = evidence.strip() or finding.evidence
    if not evidence:
        raise FindingNotReady(number=finding.number, reason="evidence")
    return replace(finding, state=FindingState.DONE, evidence=evidence, done_at=at)


def verify(finding: Finding, *, verifier: str, at: datetime) -> Finding:
    """Let somebody else say that it is mended."""
    _stands(finding, FindingState.DONE)
    verifier = verifier.strip() or finding.verifier
    if not verifier:
        raise FieldMissing(name="verifier")
    if not finding.evidence:
        raise FindingNotReady(number=finding.number, reason="evidence")
    _other_than_owner(finding, verifier)
    return replace(finding, state=FindingState.VERIFIED, verifier=verifier, verified_at=at)


def send_back(finding: Finding) -> Finding:
    """Let the mending go on: whoever looked was not content."""
    _stands(finding, FindingState.DONE)
    return replace(finding, state=FindingState.MENDING, done_at=None)


def drop(finding: Finding) -> Finding:
    """Let a finding fall that is none."""
    if finding.state not in UNDER_WAY:
        raise FindingNotReady(number=finding.number, reason="state")
    return replace(finding, state=FindingState.DROPPED)


def reopen(finding: Finding) -> Finding:
    """Take up a finding again that was verified or dropped."""
    if finding.state in UNDER_WAY:
        raise FindingNotReady(number=finding.number, reason="state")
    return replace(finding, state=FindingState.OPEN, done_at=None, verified_at=None)


def _stands(finding: Finding, state: FindingState) -> None:
    if finding.state is not state:
        raise FindingNotReady(number=finding.number, reason="state")


def _other_than_owner(finding: Finding, verifier: str) -> None:
    """Refuse the owner as verifier; a name with its unit before it is still the same name."""
    if finding.owner.strip() and _name(finding.owner) == _name(verifier):
        raise FindingNotReady(number=finding.number, reason="same_person", name=verifier.strip())


def _name(text: str) -> str:
    """Return the last word of "区应急局 张三"."""
    words = text.replace("\u3000", " ").split()
    return words[-1].casefold() if words else ""
