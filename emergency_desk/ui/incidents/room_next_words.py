"""The next act in words: what to do, why (by which clause or article), and the verb on its button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import NextAct, NextActKind, TierLine
from emergency_desk.domain.command import ONE_COMMAND
from emergency_desk.domain.ladder import STEP_BASIS, Step
from emergency_desk.domain.plans import PlanRole
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.ui.incidents.room_lines import label_of_role, needs_told
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language, ngettext, pgettext
from emergency_desk.wording.drafting import owed_words
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import level_said


@dataclass(frozen=True, slots=True)
class Told:
    """What to do, why, the verb on the filled button ("" for none) and on the other one ("" for none)."""

    what: str
    why: str = ""
    verb: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the words are chosen from: the room, the names, how many teams are chosen to be sent."""

    view: RoomView
    namer: Namer
    going: int

    def area(self, tier: str) -> str:
        """Return the name of the area of a tier here."""
        line = self.line(tier)
        return self.namer.area(line.area_id) if line is not None else label(Tier(tier))

    def line(self, tier: str) -> TierLine | None:
        """Return the rung of a tier."""
        return self.view.room.ladder.line(Tier(tier))


def told(act: NextAct, scene: Scene) -> Told:
    """Return the words of the next act."""
    return _TELL[act.kind](act, scene)


def _own(text: Text) -> str:
    return text.in_language(current_language())


def _skip() -> str:
    return _("Skip, with a reason…")


# -- orders, tasks, figures -------------------------------------------------------------------------------------------
def _send(_act: NextAct, scene: Scene) -> Told:
    advised = scene.view.advised
    needs = needs_told(advised.needs, scene.namer, most=4) if advised is not None else ""
    if advised is not None and not advised.chosen and not scene.going:
        why = _("Nobody of this desk is left for {needs}. Phone, and note who sends what and when.").format(needs=needs)
        return Told(_("Ask a neighbour or the tier above for teams"), why, _("Note the request"), _skip())
    verb = ngettext("Send {count} team", "Send {count} teams", scene.going).format(count=scene.going) if scene.going else _("Choose teams")
    return Told(_("Send the teams that are still needed"), _("Still needed: {needs}.").format(needs=needs), verb, _skip())


def _chase_receipt(act: NextAct, _scene: Scene) -> Told:
    why = _("Order {order} has no receipt yet. Phone {phone}; when they confirm, record it.").format(
        order=act.value("order"), phone=act.value("phone") or "—")
    return Told(_("Ask {team} for the receipt").format(team=_title(act)), why, _("Record the receipt"))


def _chase_contact(act: NextAct, scene: Scene) -> Told:
    team, phone = _title(act), act.value("phone") or "—"
    if act.value("state") == TeamState.LOST_CONTACT:
        why = _("It was reported lost. Phone {phone}; when it is found, record where it stands.").format(phone=phone)
        return Told(_("Find {team}").format(team=team), why, _("Record its state"))
    why = _("{minutes} min without a word is the limit of this desk. Phone {phone}; record the answer, or report lost contact (N).").format(
        minutes=scene.view.room.silent_minutes, phone=phone)
    return Told(_("Ask {team} for a word").format(team=team), why, _("Record the word"))


def _task(act: NextAct, scene: Scene) -> Told:
    task = next((each for each in scene.view.room.tasks if each.id == act.about_id), None)
    parts = [_("Due {time}").format(time=formats.clock_time(act.due_at))] if act.due_at is not None else []
    parts += [_("clause {clause}").format(clause=act.clause)] if act.clause else []
    parts += [label_of_role(task.role)] if task is not None and task.role else []
    if task is not None and act.is_others and task.tier in set(Tier):
        parts.append(_("for {area} to do").format(area=scene.area(task.tier)))
    return Told(_title(act), _(" · ").join(parts), _("Done"), _skip())


def _borrow(act: NextAct, _scene: Scene) -> Told:
    return Told(_title(act), _("No plan was made for this. Its actions are laid as tasks, marked as borrowed."), _("Lay its actions"), _skip())


def _fill_figures(_act: NextAct, _scene: Scene) -> Told:
    return Told(_("Ask the scene for the figures"), _("Nobody has told the dead, the hurt or the trapped; grade and level rest on them."),
                _("Fill in the figures"))


def _close(act: NextAct, _scene: Scene) -> Told:
    why = _("Every task is ended and every team is back.")
    if act.value("step") == Step.RECOVER:
        why = _("{sentence} What is owed afterwards is laid (Alt+B).").format(sentence=why)
    return Told(_("Close the incident"), why, _("Close…"))


def _watch(_act: NextAct, scene: Scene) -> Told:
    incident = scene.view.room.incident
    if not incident.is_open:
        follows = _("What is owed by law, what is to be settled, how the plan was carried out, what is to be mended.")
        return Told(label(incident.state), incident.close_note or follows, _("Work on the aftermath"), _("Open again…"))
    return Told(_("Keep watch"), _("Nothing is due. What comes in is written into the log."))


# -- the ladder -------------------------------------------------------------------------------------------------------
def _report(act: NextAct, scene: Scene) -> Told:
    due = next((each for each in scene.view.room.ladder.dues if each.id == act.about_id), None)
    what = owed_words(due.kind, due.family, due.channel, due.from_tier, due.to_tier) if due is not None else label(Step.REPORT)
    rule = scene.namer.trade.clocks.rule(act.value("rule"))
    basis = _own(STEP_BASIS[Step.REPORT])
    if rule is not None:
        words = _("{source}, rule {row}") if rule.is_law else _("{source}, rule {row} (internal limit)")
        basis = words.format(source=_own(rule.basis.title), row=rule.row)
    why = [_("Due {time}").format(time=formats.clock_time(act.due_at))] if act.due_at is not None and act.at_once_from is None else []
    why += [_("clause {clause}").format(clause=act.clause)] if act.clause else []
    return Told(what, _(" · ").join([*why, basis]), _("Draft and send"))


def _answer_offer(act: NextAct, scene: Scene) -> Told:
    what = _("{area} offers you the command: accept it or refuse").format(area=scene.area(act.value("from")))
    return Told(what, _("Until you accept, {area} commands. {basis}").format(area=scene.area(act.value("from")), basis=_own(ONE_COMMAND)),
                _("Accept the command…"), _("Refuse, with a reason…"))


def _chase_offer(act: NextAct, scene: Scene) -> Told:
    what = _("Phone {area}: does it take the command?").format(area=scene.area(act.value("to")))
    why = _("Until it accepts, {area} commands. {basis}").format(area=scene.area(act.value("from")), basis=_own(ONE_COMMAND))
    return Told(what, why, _("Record the answer…"), _("Offer it again"))


def _take_command(act: NextAct, scene: Scene) -> Told:
    holder = scene.area(act.value("from"))
    return Told(_("Take the command from {area}").format(area=holder),
                _("Your command post stands, and {area} still commands. {basis}").format(area=holder, basis=_own(ONE_COMMAND)),
                _("Take the command…"))


def _tell_notice(act: NextAct, _scene: Scene) -> Told:
    parts = [_("phone {phone}").format(phone=act.value("phone") or "—")]
    parts += [_("called in by {unit}").format(unit=act.value("why"))] if act.value("why") else []
    return Told(_("Tell {name}").format(name=_title(act)), _(" · ").join(parts), _("Record that they were told…"))


def _step(act: NextAct, scene: Scene) -> Told:
    step = Step(act.value("step"))
    what, verb = _STEPS[step](scene)
    parts = [_own(STEP_BASIS[step])]
    if act.clause:
        parts.insert(0, _("clause {clause}").format(clause=act.clause))
    if act.due_at is not None:
        parts.insert(0, _("Due {time}").format(time=formats.clock_time(act.due_at)))
    return Told(what, _(" · ").join(parts), verb, _skip())


def _activate(scene: Scene) -> tuple[str, str]:
    own = scene.view.room.ladder.own
    if own is None or own.suggested is None:
        return _("Activate the response"), _("Activate…")
    return _("Activate the response of {area}, level {level}").format(
        area=scene.namer.area(own.area_id), level=level_said(own.suggested)), _("Activate…")


def _evacuate(scene: Scene) -> tuple[str, str]:
    count = scene.view.room.incident.evacuate
    task = next((each for each in scene.view.room.tasks if each.role == PlanRole.EVACUATION.value), None)
    if count:
        return _("See that {people} are evacuated").format(people=formats.people(count)), _("Evacuated")
    title = "" if task is None else task.title_en if task.title_en and not current_language().startswith("zh") else task.title
    return title or _("See that people in danger are evacuated"), _("Evacuated")


def _expand(scene: Scene) -> tuple[str, str]:
    leading = scene.view.room.ladder.leading
    if leading is None:
        return _("Offer the command to the tier above"), _("Offer the command…")
    return _("Offer the command up: {area} leads this grade").format(area=scene.area(leading.value)), _("Offer the command…")


_STEPS: dict[Step, Callable[[Scene], tuple[str, str]]] = {
    Step.RECEIVE: lambda _scene: (_("Note that the report was received here"), pgettext("act", "Received")),
    Step.VERIFY: lambda _scene: (_("Verify with the scene: what, where, how many"), _("Verified…")),
    Step.FIRST_RESPONSE: lambda _scene: (_("Begin the first response"), _("Done")),
    Step.APPRAISE: lambda _scene: (_("Say what it comes to: grade, and who leads"), _("Judge the grade…")),
    Step.ACTIVATE: _activate,
    Step.FORM_COMMAND: lambda _scene: (_("Form the command post and name its commander"), _("Form the post…")),
    Step.DISPATCH: lambda _scene: (_("Send the teams that are still needed"), _("Done")),
    Step.EVACUATE: _evacuate,
    Step.REPORT: lambda _scene: (_("Report to the tier above"), _("Done")),
    Step.EXPAND: _expand,
    Step.END: lambda _scene: (_("End the response: the incident is under control"), _("End the response…")),
    Step.RECOVER: lambda _scene: (_("Work on what is left after the incident"), _("Open the aftermath")),
    Step.REVIEW: lambda _scene: (_("Review the response and report the lessons"), _("Open the aftermath")),
}

_TELL: dict[NextActKind, Callable[[NextAct, Scene], Told]] = {
    NextActKind.SEND: _send, NextActKind.CHASE_RECEIPT: _chase_receipt, NextActKind.CHASE_CONTACT: _chase_contact,
    NextActKind.TASK: _task, NextActKind.FILL_FIGURES: _fill_figures,
    NextActKind.CLOSE: _close, NextActKind.WATCH: _watch, NextActKind.BORROW: _borrow, NextActKind.REPORT: _report,
    NextActKind.ANSWER_OFFER: _answer_offer, NextActKind.CHASE_OFFER: _chase_offer, NextActKind.TELL: _tell_notice, NextActKind.STEP: _step,
    NextActKind.TAKE_COMMAND: _take_command,
}  # fmt: skip


def _title(act: NextAct) -> str:
    return act.title_en if act.title_en and not current_language().startswith("zh") else act.title
