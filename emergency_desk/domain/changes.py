"""What a commit touched: the one signal by which screens and other desks learn that the world moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from emergency_desk.domain.ids import Id


class Subject(StrEnum):
    """A kind of record, the word screens subscribe by."""

    AREA = "area"
    ACCOUNT = "account"
    TEAM = "team"
    SITE = "site"
    UNIT = "unit"
    AGREEMENT = "agreement"
    MEMBER = "member"
    PLAN = "plan"
    PLAN_DRAFT = "plan_draft"
    PLAN_PART = "plan_part"
    PLAN_SUGGESTION = "plan_suggestion"
    CONTACT_TRY = "contact_try"
    CALL = "call"
    INCIDENT = "incident"
    LOG = "log"
    TASK = "task"
    DISPATCH = "dispatch"
    RESPONSE = "response"
    COMMAND = "command"
    NOTICE = "notice"
    REPORT = "report"
    REPORT_DUE = "report_due"
    AFTERMATH = "aftermath"
    FINDING = "finding"
    SUPPLY = "supply"  # items, targets
    DEPOT = "depot"
    STOCK = "stock"  # lots and what there is of them
    STOCK_COUNT = "stock_count"
    PROMISE = "promise"
    SHELTER = "shelter"  # the register, what stands open
    STAY = "stay"  # people and heads in shelters
    EVACUATION = "evacuation"
    ISOLATION = "isolation"
    DRILL = "drill"
    SUPPLY_REQUEST = "supply_request"
    RELEASE = "release"
    ALLOCATION = "allocation"  # what is to be sent, as it was left
    REQUISITION = "requisition"
    BACKUP = "backup"  # no record: copies beside the store and in the second place
    SETTING = "setting"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The records a commit touched, and the number of its journal entry."""

    journal_number: int
    touched: frozenset[tuple[Subject, Id]] = field(default_factory=frozenset)
    everything: bool = False  # a bulk take or a foreign commit: read again whatever you show

    def about(self, *subjects: Subject) -> bool:
        """Say whether any of these subjects was touched."""
        return self.everything or any(subject in subjects for subject, _id in self.touched)

    def ids(self, subject: Subject) -> frozenset[Id]:
        """Return the ids touched of one subject."""
        return frozenset(id_ for kind, id_ in self.touched if kind is subject)


NOTHING_CHANGED = ChangeSet(journal_number=0)
