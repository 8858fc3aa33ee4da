"""What may be wrong with a plan: the frozen findings of the plan check, each with the place to jump to and the values that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_records import NO_TEXT, Level, PlanRole
from emergency_desk.domain.plans import clause_key
from emergency_desk.domain.texts import Text


class Severity(StrEnum):
    """How bad a finding is: the plan is wrong, something is missing on the night, or a remark for the planner."""

    WRONG = "wrong"
    GAP = "gap"
    REMARK = "remark"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class FaultKind(StrEnum):
    """What is wrong. Sources: 突发事件应急预案管理办法 Art. 24 (what a review looks at); domain §16."""

    NO_OWNER = "no_owner"  # an action whose role nobody holds
    GROUPS_ALIKE = "groups_alike"  # two work groups of one function that bear one name or none
    TIER_NOT_TOLD = "tier_not_told"  # a tier of the plan that no action of another tier tells
    LEVEL_NEVER_STARTS = "level_never_starts"  # no condition of the level can ever decide
    CONDITION_NEVER_DECIDES = "condition_never_decides"  # a higher level always holds where this condition holds
    UNKNOWN_SITUATION = "unknown_situation"  # a condition names a situation that the plan does not have
    GRADE_NEVER_GIVEN = "grade_never_given"  # a condition asks a grade of incidents that are never graded
    CAPABILITY_NOWHERE = "capability_nowhere"  # no team of the register has it
    UNKNOWN_ITEM = "unknown_item"
    ITEM_WITHOUT_UNIT = "item_without_unit"
    NO_PHONE = "no_phone"
    NO_PHONE_ON_CARD = "no_phone_on_card"  # whom the cards of a tier report to, and neither plan nor register knows the number
    PHONE_NOT_THE_REGISTER_S = "phone_not_the_register_s"  # plan and register give one unit two numbers
    CONTACT_NOT_TRIED = "contact_not_tried"
    CONTACT_SILENT = "contact_silent"  # nobody answered when it was tried last
    SUPERSEDED_BASIS = "superseded_basis"  # the legal basis of the plan names a text that was replaced
    SUPERSEDED_CITED = "superseded_cited"  # a clause cites one
    NO_SUCH_CLAUSE = "no_such_clause"
    CLAUSE_OF_OTHER_TIER = "clause_of_other_tier"
    NO_CARD = "no_card"  # a key post of a tier has no response card
    CARD_TOO_LONG = "card_too_long"  # more steps than can be read on the run
    CARD_STEP_LATE = "card_step_late"  # a step of a card gives more time than the action it repeats
    NO_ENGLISH = "no_english"
    NO_ENGLISH_AT_ALL = "no_english_at_all"
    # the links of a plan
    PARENT_UNKNOWN = "parent_unknown"
    ALIGNED_UNKNOWN = "aligned_unknown"
    LINKS_IN_CIRCLE = "links_in_circle"
    PARENT_BELOW = "parent_below"  # the plan named as the one above is of a lower tier
    LINK_NOT_RETURNED = "link_not_returned"  # a plan beside does not name this one
    # between plans that are linked
    LEVELS_DIFFER = "levels_differ"  # the same figure brings another level at the same tier
    GRADES_DIFFER = "grades_differ"  # the same grade brings another level at the same tier
    ACTIVATOR_DIFFERS = "activator_differs"  # somebody else activates the same level of the same tier
    LEAD_DIFFERS = "lead_differs"  # somebody else leads the same group of the on-site command
    LAXER_THAN_ABOVE = "laxer_than_above"  # the plan above would start a higher level
    PHONE_DIFFERS = "phone_differs"
    NO_COUNTERPART = "no_counterpart"  # no plan for the hazard at a tier below


_ORDER = {kind: place for place, kind in enumerate(FaultKind)}


class PlanPart(StrEnum):
    """Which part of a plan a finding about its words means."""

    TITLE = "title"
    BASIS = "basis"
    CLAUSE = "clause"
    ITEM = "item"
    SITUATION = "situation"
    LEVEL = "level"
    GROUP = "group"
    ACTION = "action"
    CONTACT = "contact"
    CARD = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a plan something stands: the clause to jump to, and the action, the card or the level of a tier that is meant."""

    clause: str = ""
    action_id: str = ""
    card_id: str = ""
    tier: Tier | None = None
    level: Level | None = None


NO_SPOT = Spot()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFault:
    """One finding. `at` says where to jump; the rest are the values its sentence needs.

    `what` is an id (capability, item, situation, figure, incident type, plan) or a number, `said` words of the plan; `other_…` is the
    other plan's side. `path` are several words in order: plans along a way, units.
    """

    kind: FaultKind
    severity: Severity
    at: Spot = NO_SPOT
    role: PlanRole | None = None
    part: PlanPart | None = None
    what: str = ""
    said: Text = NO_TEXT
    count: int = 0
    grade: Grade | None = None
    day: date | None = None
    other_plan: Text = NO_TEXT
    other_clause: str = ""
    other_level: Level | None = None
    other_said: Text = NO_TEXT
    other_what: str = ""
    other_count: int = 0
    path: tuple[Text, ...] = ()


def by_weight(fault: PlanFault) -> tuple[object, ...]:
    """Return the key by which findings are told: the worst first, then by clause."""
    return (fault.severity.rank, clause_key(fault.at.clause), _ORDER[fault.kind], fault.at.action_id, fault.at.card_id, fault.what)
