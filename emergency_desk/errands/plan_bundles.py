"""Plans between desks: gathered into a sealed file; a file that came in held against this desk, taken, or merged part by part.

The file is parsed in the limited child. Nothing is changed before somebody takes what was shown, and then all of it in one commit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from emergency_desk.domain.errors import BadFile, DeskError, FieldUnreadable
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_errors import PlansUnknown, WordsUnknown
from emergency_desk.domain.plan_merge import Decisions, PlanMerge, brings_nothing, merge, settle
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_references import KnownWords, Matches, UnknownReference, matched, unknown
from emergency_desk.domain.plan_travel import Arrival, History, PlanBundle, PlanNode, PlanVerdict, arrivals, circle_of_parents, digest_of
from emergency_desk.domain.plans import clause_key
from emergency_desk.errands import limited_child
from emergency_desk.errands.background import Background
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.exchange.plan_bundles import ENDING, read_bundle, write_bundle
from emergency_desk.exchange.plan_writing import write_plan
from emergency_desk.services import plan_travels
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.plan_histories import histories
from emergency_desk.services.plan_travels import Sender, Taken

SECONDS = 120.0  # a house setting: the limited child reads some thousand plans in it
_CHILD_REASONS = {"too_large": "bundle_memory", "too_slow": "bundle_slow", "crashed": "bundle_crashed"}
_TAKEN = (PlanVerdict.NEW, PlanVerdict.NEWER)


@dataclass(frozen=True, slots=True)
class PlansExported:
    """What left in a file."""

    path: Path
    plans: int
    versions: int


@dataclass(frozen=True, slots=True)
class BundlePreview:
    """What a file would bring, before anything is taken. `matches` are the words of the other desk that were matched."""

    path: Path
    bundle: PlanBundle
    arrivals: tuple[Arrival, ...]
    unknown: tuple[UnknownReference, ...]
    matches: Matches

    @property
    def sender(self) -> Sender:
        """Return whose file it is."""
        return Sender(self.bundle.desk_code, self.bundle.desk_name, self.bundle.person)

    def of(self, *verdicts: PlanVerdict) -> tuple[Arrival, ...]:
        """Return the plans of some verdicts."""
        return tuple(arrival for arrival in self.arrivals if arrival.verdict in verdicts)

    def lacking(self, arrival: Arrival) -> tuple[UnknownReference, ...]:
        """Return the words without which a plan cannot be worked here."""
        return tuple(one for one in self.unknown if one.is_needed and one.plan == arrival.code)

    @property
    def takeable(self) -> tuple[Arrival, ...]:
        """Return what may be taken as it is: new or newer, in words that this desk knows."""
        return tuple(arrival for arrival in self.of(*_TAKEN) if not self.lacking(arrival))


# -- out --------------------------------------------------------------------------------------------------------------
def export_plans(desk: Desk, *, path: Path, codes: Collection[str] = ()) -> Done[PlansExported]:
    """Write some plans, or all, with their histories and drafts into a sealed file. Raises PlansUnknown, BadFile."""
    found = histories(desk, codes=codes)
    missing = [code for code in codes if code not in found]
    if missing or not found:
        raise PlansUnknown(codes=missing, known=sorted({back.code for back in desk.trade.shelf.plans}))
    whole = path if path.suffix == ENDING else path.with_name(f"{path.name}{ENDING}")
    person = desk.account.display_name if desk.account is not None else ""
    write_bundle(PlanBundle(desk.facts.code, desk.facts.name, person, desk.now(), tuple(found.values())), whole)
    noted = plan_travels.note_departure(desk, nodes=[node for history in found.values() for node in history], name=whole.name)
    return Done(PlansExported(whole, len(found), noted.value), noted.changes)


# -- in ---------------------------------------------------------------------------------------------------------------
def preview(desk: Desk, *, path: Path, matches: Matches | None = None, waiting: ChildInWaiting | None = None) -> BundlePreview:
    """Read a file in the limited child and hold it against this desk; waits for it. Raises BadFile, FieldUnreadable."""
    try:
        bundle = limited_child.run(read_bundle, path, seconds=SECONDS, name=path.name, waiting=waiting)
    except BadFile as error:
        raise _of_plans(error) from error
    return held_against(desk, bundle, path=path, matches=matches)


def ask_preview(
    background: Background, desk: Desk, *, path: Path, then: Callable[[BundlePreview], object], refused: Callable[[DeskError], object],
    matches: Matches | None = None,
) -> None:
    """Read a file without holding anybody up, and hand over what it would bring."""
    def hold(bundle: PlanBundle) -> None:
        background.store(lambda: held_against(desk, bundle, path=path, matches=matches), then=then, refused=refused)

    def tell(error: DeskError) -> None:
        refused(_of_plans(error) if isinstance(error, BadFile) else error)

    background.limited(read_bundle, path, seconds=SECONDS, then=hold, refused=tell)


def _of_plans(error: BadFile) -> BadFile:
    """Return the refusal in the words of a file of plans, where the child itself ended."""
    reason = str(error.values.get("reason", ""))
    return BadFile(**{**error.values, "reason": _CHILD_REASONS.get(reason, reason)})


def held_against(desk: Desk, bundle: PlanBundle, *, path: Path, matches: Matches | None = None) -> BundlePreview:
    """Hold what a file carries against this desk. Reads the store. Raises BadFile where plans stand above one another in a circle."""
    known, given = plan_travels.known_words(desk), matches or {}
    meant = {**plan_travels.known_matches(desk), **given}
    codes = {history[0].plan.code for history in bundle.plans}
    for old, new in given.items():
        _check_match(bundle, known, codes, old, new)
    plans = tuple(_in_own_words(history, meant, known, codes) for history in bundle.plans)
    _check_parents(desk, plans, path.name)
    local = histories(desk, codes=codes)
    found = tuple(_looked_at(arrival) for history in plans for arrival in arrivals(local.get(history[0].plan.code, ()), history))
    open_words = sorted({one for arrival in found for one in unknown(arrival.head.plan, known, beside=codes)})
    return BundlePreview(path, replace(bundle, plans=plans), found, tuple(open_words), meant)


def _looked_at(arrival: Arrival) -> Arrival:
    """Return a diverged plan that brings nothing which this desk does not have as what it is."""
    if arrival.verdict is PlanVerdict.DIVERGED and brings_nothing(merge_of(arrival)):
        return replace(arrival, verdict=PlanVerdict.OLDER)
    return arrival


def ask_written(
    background: Background, shown: BundlePreview, *, then: Callable[[dict[str, str]], object], refused: Callable[[DeskError], object],
) -> None:
    """Write down in the helper process what is to be kept, by digest: thousands of plans take a while, and nobody may be held up by it."""
    issued = [node for arrival in shown.takeable for node in arrival.issued]

    def by_digest(texts: list[str]) -> None:
        then({node.digest: text for node, text in zip(issued, texts, strict=True)})

    background.helper(write_plans, [node.plan for node in issued], then=by_digest, refused=refused)


def write_plans(plans: Iterable[Plan]) -> list[str]:
    """Write plans down, in the helper process."""
    return [write_plan(plan) for plan in plans]


def take(desk: Desk, shown: BundlePreview, *, written: Mapping[str, str] | None = None) -> Done[Taken]:
    """Take all that is new or newer, in one commit, and remember the words that were matched. Raises WordsUnknown where all of it lacks words.

    `written`: the texts by digest, where they were written down before.
    """
    taking = shown.takeable
    lacking = [one for arrival in shown.of(*_TAKEN) for one in shown.lacking(arrival)]
    if not taking and lacking:
        raise WordsUnknown(words=sorted({one.word for one in lacking}))
    _remember_matches(desk, shown)
    known = written or {}
    texts = {node.digest: known.get(node.digest) or write_plan(node.plan) for arrival in taking for node in arrival.issued}
    done = plan_travels.take_arrivals(desk, arrivals=taking, texts=texts, sender=shown.sender, name=shown.path.name)
    return done


def merge_of(arrival: Arrival) -> PlanMerge:
    """Return how a plan that came in and this desk's own are laid together."""
    assert arrival.here is not None, "only plans that this desk has are merged"
    return merge(arrival.base.plan if arrival.base else None, arrival.here.plan, arrival.head.plan)


def merged_plan(arrival: Arrival, decisions: Decisions) -> Plan:
    """Return what is made of both, under the higher of both numbers. Raises PartsUndecided."""
    assert arrival.here is not None, "only plans that this desk has are merged"
    version = max(arrival.here.plan.version, arrival.head.plan.version, key=clause_key)
    return settle(merge_of(arrival), decisions, version=version).plan


def put_merge(desk: Desk, shown: BundlePreview, arrival: Arrival, decisions: Decisions) -> Done[PlanDraft]:
    """Put what was decided part by part into a draft of this desk. Raises PartsUndecided, WordsUnknown, DraftNotOpen."""
    lacking = shown.lacking(arrival)
    if lacking:
        raise WordsUnknown(words=sorted({one.word for one in lacking}))
    plan = merged_plan(arrival, decisions)
    _remember_matches(desk, shown)
    told = {f"{key.section.value} {' '.join(key.words)}": decision.choice.value for key, decision in decisions.items()}
    return plan_travels.put_merge(desk, arrival=arrival, plan=plan, sender=shown.sender, decided=told)


# -- words of other desks ---------------------------------------------------------------------------------------------
def matches_of(written: Iterable[str]) -> dict[str, str]:
    """Return what was matched in words: "their word=our word". Raises FieldUnreadable."""
    found = {}
    for each in written:
        old, mark, new = (part.strip() for part in each.partition("="))
        if not (mark and old and new):
            raise FieldUnreadable(name="match", typed=each, expected="fire_service=fire_fighting")
        found[old] = new
    return found


def _check_match(bundle: PlanBundle, known: KnownWords, codes: set[str], old: str, new: str) -> None:
    """Refuse a match to a word that this desk does not know either."""
    kinds = {one.kind for history in bundle.plans for node in history for one in unknown(node.plan, known, beside=codes) if one.word == old}
    for kind in kinds:
        if not known.has(kind, new):
            raise FieldUnreadable(name="match", typed=f"{old}={new}", expected=", ".join(sorted(known.of(kind))[:12]))


def _in_own_words(history: History, meant: Matches, known: KnownWords, codes: set[str]) -> History:
    """Return a history in this desk's words; each version grew from what it said in the other desk's words."""
    plans = {node.digest: matched(node.plan, meant, known=known, beside=codes) for node in history}
    own = {digest: digest_of(plan) for digest, plan in plans.items()}

    def translated(node: PlanNode) -> PlanNode:
        parents = tuple(own.get(parent, parent) for parent in node.parents)
        before = (node.digest,) if own[node.digest] != node.digest else ()
        return replace(node, plan=plans[node.digest], digest=own[node.digest], parents=(*parents, *before))

    return tuple(translated(node) for node in history)


def _check_parents(desk: Desk, plans: tuple[History, ...], name: str) -> None:
    parents = {plan.code: plan.parent for plan in desk.trade.current_plans}
    for history in plans:
        written = [node for node in history if not node.is_memory] or list(history)
        newest = max(written, key=lambda node: (node.is_draft, clause_key(node.plan.version)))
        parents[history[0].plan.code] = newest.plan.parent
    circle = circle_of_parents(parents, [history[0].plan.code for history in plans])
    if circle:
        raise BadFile(name=name, reason="plan_circle", detail=" → ".join(circle))


def _remember_matches(desk: Desk, shown: BundlePreview) -> None:
    before = plan_travels.known_matches(desk)
    new: Mapping[str, str] = {old: word for old, word in shown.matches.items() if before.get(old) != word}
    if new:
        plan_travels.remember_matches(desk, matches=new)
