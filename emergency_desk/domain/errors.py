"""The five families of expected trouble, and the refusals of the desk, its register and its incidents.

One tree of errors, told by one table of words; a subject with many refusals of its own keeps them in its own file, as plans and stock do
(`plan_errors`, `stock_errors`), with their words beside them. An error carries values, never sentences: `wording.refusals` chooses the words.
Anything that is not a DeskError is our bug.
"""

from __future__ import annotations

from typing import Any


class DeskError(Exception):
    """Expected trouble, carrying named values for the words that tell it."""

    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.values = values

    def __reduce__(self) -> Any:
        # Keyword-only exceptions cannot be unpickled by default; these travel between processes.
        return (_rebuild, (type(self), self.values))

    def __str__(self) -> str:
        inner = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{type(self).__name__}({inner})"


def _rebuild(kind: type[DeskError], values: dict[str, Any]) -> DeskError:
    return kind(**values)


class Refused(DeskError):
    """A rule says no. `field` names the form field it belongs to; `basis` the article it rests on."""

    field: str = ""


class NotFound(DeskError):
    """What was asked for is not in the store. Values: kind, key."""


class Stale(DeskError):
    """The record changed since it was read. Values: kind, id, theirs, ours."""


class BadFile(DeskError):
    """A file could not be taken; nothing was changed. Values: name, reason (a short id), line, detail."""


class StoreTrouble(DeskError):
    """The store cannot be used or written. Values: path, reason, backup."""


class StoreTooNew(StoreTrouble):
    """The store was written by a newer desk; it was not touched."""


class StoreForeign(StoreTrouble):
    """The file is not a store of this desk; it was not touched."""


class StoreDamaged(StoreTrouble):
    """The file is damaged; it was not touched."""


class StoreOnNetwork(StoreTrouble):
    """The path lies on a network drive, where locks are unreliable."""


class StoreReadOnly(StoreTrouble):
    """The store is open to read only. Values: path, reason ("held" with user, since; "held_by_nobody_known", "rights")."""


# -- accounts ---------------------------------------------------------------------------------------------------------
class WrongPassword(Refused):
    field = "password"


class SignInNeeded(Refused):
    """No account is at the desk. """


class RoleMissing(Refused):
    """The account may not do this. Values: act, roles (that may), account, basis."""


class NotThisTier(RoleMissing):
    """The act is not the account's tier's. Values: act, tier, tiers (that may), account, basis."""


class PasswordNeeded(Refused):
    """The desk rested for a while; the next act asks for the password. Values: account, minutes."""


class AccountRetired(Refused):
    """A retired account cannot sign in. Values: account."""

    field = "password"


class NameTaken(Refused):
    """Values: account."""

    field = "name"


class PasswordsDiffer(Refused):
    field = "password_again"


class LastAdministrator(Refused):
    """Nobody would be left who keeps the accounts. Values: account."""

    field = "roles"


# -- founding ---------------------------------------------------------------------------------------------------------
class AreaUnknown(Refused):
    """No division has this code or name. Values: typed, nearest (a name), nearest_code; both empty when nothing is near."""

    field = "area"


class AreaIsHeading(Refused):
    """The code is a heading of the statistics that no office stands for. Values: code, units (that stand below it)."""

    field = "area"


class AreaNotMoved(Refused):
    """An area cannot lie or go there. Values: area, target, reason ("circle", "tier", "other_tier", "retired", "own")."""

    field = "area"


class AreaHasBelongings(Refused):
    """Something would be left hanging in a retired area. Values: area, areas, teams, incidents, others."""


class AreaCodeTaken(Refused):
    """Values: code, area (that bears it)."""

    field = "code"


class DeskFounded(Refused):
    """The store has a desk already. Values: path, desk."""


# -- calls and incidents ----------------------------------------------------------------------------------------------
class FieldMissing(Refused):
    """A required answer is missing. Values: name."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.field = values.get("name", "")


class FieldUnreadable(Refused):
    """What was typed cannot be read. Values: name, typed, expected."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.field = values.get("name", "")


class FieldRefused(Refused):
    """What was typed can be read but cannot be true. Values: name, reason (a short id), typed, other (what it clashes with)."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.field = values.get("name", "")


class OccurredInFuture(Refused):
    field = "occurred_at"


class IncidentIsClosed(Refused):
    """Values: number."""


class IncidentHasTeamsOut(Refused):
    """Closing is refused while teams are out (R-1.13). Values: number, teams."""


class CannotJoin(Refused):
    """Values: number, reason ("same", "closed", "not_joined")."""


class LogLineEmpty(Refused):
    field = "text"


# -- dispatches -------------------------------------------------------------------------------------------------------
class TeamNotSendable(Refused):
    """Values: team, reason (ReasonNot), detail. R-4.2, R-4.4."""


class TeamIsOut(Refused):
    """A team that is out cannot be sent twice (R-4.4). Values: team, state, incident."""


class ReasonMissing(Refused):
    """An override needs a reason for the log. Values: act."""

    field = "reason"


class MoveNotAllowed(Refused):
    """The team's state machine has no such step (domain §4.3). Values: team, from_state, to_state, allowed."""


class TeamNotOut(Refused):
    """No word is awaited from a team that is not out. Values: team, state."""


class MoveOutOfOrder(Refused):
    """The event time lies before the team's last known move. Values: team, last_at."""


class ReceiptAlreadyGiven(Refused):
    """Values: order, at."""


class OrderNotOpen(Refused):
    """Values: order, state."""


class NoTeamChosen(Refused):
    field = "teams"


class ApplicationNeeded(Refused):
    """A social force applies and is accepted before it is sent (SDG20 Art. 32). Values: team."""


# -- the ladder: responses, command, reports, the end -------------------------------------------------------------------
class ResponseNotActive(Refused):
    """The response of a tier does not run, or not as the act needs it. Values: tier, state."""


class ResponseRuns(Refused):
    """The tier's response runs already. Values: tier, level."""


class LevelUnchanged(Refused):
    """The response stands at this level already. Values: tier, level."""

    field = "level"


class NotTheActivator(Refused):
    """Only the tier that activated a response ends it. Values: tier, activator, basis."""


class NotOwnTier(Refused):
    """An act of another tier, which can only be recorded as heard. Values: tier, own."""

    field = "heard_from"


class NotOwnArea(Refused):
    """The incident lies in an area this desk does not answer for; what was done there is recorded as heard. Values: area, place, number."""

    field = "heard_from"


class StillOpen(Refused):
    """The end of a response is blocked while things are open. Values: tier, teams, sites (names), people, reports (counts), commands."""

    field = "override_reason"


class ResponsesRun(Refused):
    """An incident is not closed while responses run. Values: number, tiers."""


class CommandNotTheirs(Refused):
    """The tier does not hold the command, or cannot take it. Values: tier, holder, basis."""


class AlreadyOffered(Refused):
    """An offer of the command waits for its answer. Values: to, due_at."""


class NoOfferOpen(Refused):
    """No offer of the command waits for this tier. Values: tier, offered_to."""


class NotTheNextTier(Refused):
    """The command passes to a neighbouring tier only. Values: tier, to, next."""


class SignatureMissing(Refused):
    """A hand-over needs the names of both sides. Values: name, basis."""

    @property
    def field(self) -> str:  # type: ignore[override]
        """The side that did not sign."""
        return str(self.values.get("name", ""))


class PostStands(Refused):
    """The tier has a command post already. Values: tier, place."""


class PostMissing(Refused):
    """The tier has no command post. Values: tier."""


class StepByAct(Refused):
    """A step that is done by its own act alone, never ticked. Values: step, tier, basis."""


class MemberLeft(Refused):
    """Somebody left the command post already. Values: name, at."""


class GradeNotLowered(Refused):
    """A downgrade is somebody's decision, with a reason. Values: before, after."""

    field = "reason"


class ReportNotOpen(Refused):
    """The report is sent or discarded and cannot be changed. Values: number, state."""


class RuleIsLaw(Refused):
    """What the law says is not changed at a desk. Values: rule (its row)."""

    field = "minutes"


class SignerMissing(Refused):
    """A report goes out signed by a named signer."""

    field = "signer"


class FindingNotReady(Refused):
    """A finding cannot go on. Values: number, reason ("owner", "measure", "evidence", "same_person", "state"), name."""


class AftermathEnded(Refused):
    """The item is ended already. Values: title."""


class ErasureOwed(Refused):
    """Personal data is destroyed when the response work ends; a delay needs the recorded assessment. Values: title, basis."""

    field = "note"


class ArchiveNotReady(Refused):
    """The archive waits until nothing is open, or for a reason. Values: items, basis."""

    field = "override_reason"


class ParentCircle(Refused):
    """An incident cannot be the child of itself or of its own child. Values: number."""


# -- papers -----------------------------------------------------------------------------------------------------------
class PaperUnknown(Refused):
    """There is no paper of this name. Values: name, known."""

    field = "name"


class NothingToPrint(Refused):
    """The desk has nothing yet that this paper could tell. Values: name (of the paper), number."""


class PaperNotWritten(BadFile):
    """A paper could not be written where it was to lie. Values: path, reason, detail."""


class PaperNotPrinted(DeskError):
    """No printer took a paper; the file is kept. Values: path, reason ("no_service", "refused"), detail."""


# -- walks ------------------------------------------------------------------------------------------------------------
class WalkNotInPlace(Refused):
    """A walk runs in place only on a demo or an empty store. Values: path, reason ("real", "not_empty")."""


class WalkLacks(Refused):
    """A step of a walk names something that is not there. Values: what (a kind), name."""
