"""Take a plan in from Word or text: read it in the limited child, show what was recognised, and begin a draft of what somebody confirmed.

Nothing that was read is taken as fact: what is not confirmed stays as text in its clause. A file that cannot be read changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import BadFile, DeskError
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_proposals import Confirmed, PlanFacts, PlanProposal, as_plan, at_tier
from emergency_desk.domain.plan_records import Situation
from emergency_desk.errands import limited_child
from emergency_desk.errands.background import Background
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.exchange.plan_facts import KnownArea, KnownToDesk
from emergency_desk.exchange.plan_texts import read_plan_text
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.plan_drafts import start_draft

SECONDS = 20.0  # a house setting: a plan of 60 pages takes a twentieth of it
TIERS = (Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE)  # whose plans a desk keeps
_CHILD_REASONS = {"too_large": "plan_too_large", "too_slow": "plan_too_slow", "crashed": "plan_crashed"}


def known_to(desk: Desk) -> KnownToDesk:
    """Return what the desk knows when it reads a plan's title."""
    areas = tuple(KnownArea(area.name, area.code, area.tier) for area in desk.tree.by_id.values() if area.tier in TIERS and not area.is_retired)
    types = frozenset(one.id for one in desk.trade.types)
    return KnownToDesk(areas, desk.area.code, desk.tier if desk.tier in TIERS else Tier.CITY, types)


def read_plans(desk: Desk, *, path: Path, seconds: float = SECONDS, waiting: ChildInWaiting | None = None) -> tuple[PlanProposal, ...]:
    """Read every plan of a file and wait for it; for the command line. Raises BadFile."""
    try:
        found = limited_child.run(read_plan_text, path, known_to(desk), seconds=seconds, name=path.name, waiting=waiting)
    except BadFile as error:
        raise _of_a_plan(error) from error
    return tuple(fitted(desk, one) for one in found)


def ask_plans(
    background: Background, desk: Desk, *, path: Path, then: Callable[[tuple[PlanProposal, ...]], object],
    refused: Callable[[DeskError], object],
) -> None:
    """Read every plan of a file without holding anybody up, and hand over the proposals or what speaks against the file."""
    def read(known: KnownToDesk) -> None:
        background.limited(read_plan_text, path, known, seconds=SECONDS, then=fit, refused=tell)

    def fit(found: tuple[PlanProposal, ...]) -> None:
        background.store(lambda: tuple(fitted(desk, one) for one in found), then=then, refused=refused)

    def tell(error: DeskError) -> None:
        refused(_of_a_plan(error) if isinstance(error, BadFile) else error)

    background.store(lambda: known_to(desk), then=read, refused=refused)


def take(
    desk: Desk, proposal: PlanProposal, *, facts: PlanFacts, confirmed: Confirmed, situations: tuple[Situation, ...] = (),
) -> Done[PlanDraft]:
    """Begin a draft with all the text and with what was confirmed. Raises FieldMissing, FieldRefused, PlanCodeTaken, DraftExists, RoleMissing."""
    return start_draft(desk, plan=as_plan(proposal, facts, confirmed, situations=situations), source=proposal.file)


def fitted(desk: Desk, proposal: PlanProposal) -> PlanProposal:
    """Fit a proposal to the desk: a tier whose plans it keeps, an area it knows, a code that is free."""
    facts = proposal.facts
    if facts.tier not in TIERS:
        facts = replace(facts, tier=desk.tier if desk.tier in TIERS else Tier.CITY, is_sure=facts.is_sure - {"tier"})
    if not facts.area_code and facts.tier is desk.tier:
        facts = replace(facts, area_code=desk.area.code)
    return at_tier(replace(proposal, facts=replace(facts, code=_free_code(desk, facts.code or "plan"))), facts.tier)


def _free_code(desk: Desk, wanted: str) -> str:
    """Return a code that no plan or draft of the desk bears."""
    with desk.reading() as reading:
        drafts = reading.plan_drafts.where("WHERE state IN ('open', 'submitted')")
        taken = {plan.code for plan in reading.plans.where("")} | {draft.code for draft in drafts}
    return next(code for at in range(1, len(taken) + 3) if (code := wanted if at == 1 else f"{wanted}_{at}") not in taken)


def _of_a_plan(error: BadFile) -> BadFile:
    """Return the refusal in the words of plans, where the child itself ended."""
    reason = str(error.values.get("reason", ""))
    return BadFile(**{**error.values, "reason": _CHILD_REASONS.get(reason, reason)})
