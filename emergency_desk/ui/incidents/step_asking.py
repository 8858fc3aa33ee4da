"""What is asked about the steps of the ladder: received, verified, evacuated, skipped with a reason, opened again; and who was told."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.command import Notice
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.ladder import BY_ACT, Step, StepState
from emergency_desk.domain.reporting import tier_above
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.domain.teams import HowHeard
from emergency_desk.services import command, incidents, ladder
from emergency_desk.ui.incidents.heard_fields import heard_fields, heard_of, sits_here
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at, ask_how
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label

_FIGURES = ("dead", "badly_hurt", "trapped", "missing")


class StepAsking:
    """`form` stands where the step is shown. `view` gives the incident that is shown."""

    def __init__(self, work: RoomWork, view: Callable[[], RoomView | None]) -> None:
        self._work, self._view = work, view

    # -- marks ---------------------------------------------------------------------------------------------------------
    def tick(self, step: Step, tier: Tier, form: InlineForm) -> None:
        """Note a step as done: at once for the own tier, as heard for another."""
        view = self._view()
        if view is not None and sits_here(view.room.ladder, tier):
            self._mark(step, tier, StepState.DONE, "", None)
            return
        self._form_for(form, step, tier, StepState.DONE, _("Done: {step}"), _("Note it"))

    def skip(self, step: Step, tier: Tier, form: InlineForm) -> None:
        """Ask why a step is skipped."""
        self._form_for(form, step, tier, StepState.SKIPPED, _("Skip: {step}"), _("Skip"))

    def ask_help(self, needs: str, tier: Tier, form: InlineForm) -> None:
        """Ask who was phoned for teams this desk does not have, and what they answered; with that the step of sending is done."""
        view = self._view()
        if view is None:
            return
        above = view.room.ladder.line(tier_above(tier))
        fields = (Ask(name="asked", label=_("Who was asked"), value=self._work.place.namer().area(above.area_id) if above is not None else ""),
                  Ask(name="answer", label=_("What they answered"), hint=_("who comes, and when"), is_long=True))

        def note(answers: Answers) -> None:
            reason = _("{asked} was asked for {needs}. {answer}").format(asked=answers["asked"], needs=needs, answer=answers["answer"])
            self._mark(Step.DISPATCH, tier, StepState.DONE, reason.strip(), form)

        form.ask(_("Asked for: {needs}").format(needs=needs), fields, _("Note the request"), note, focus="answer")

    def reopen(self, step: Step, tier: Tier, form: InlineForm) -> None:
        """Open a step again."""
        view = self._view()
        if view is not None and sits_here(view.room.ladder, tier):
            self._mark(step, tier, StepState.OPEN, "", None)
            return
        self._form_for(form, step, tier, StepState.OPEN, _("To be done after all: {step}"), _("Open again"))

    def _form_for(self, form: InlineForm, step: Step, tier: Tier, state: StepState, title: str, verb: str) -> None:
        view = self._view()
        if view is None:
            return
        fields = (Ask(name="reason", label=field_label("reason") if state is StepState.SKIPPED else _("Note"), is_long=True),
                  *heard_fields(view.room.ladder, tier))
        form.ask(title.format(step=label(step)), fields, verb,
                 lambda answers: self._mark(step, tier, state, answers["reason"], form, heard_of(answers)))

    def act_of(self, step: Step) -> str:
        """Return the act by which alone a step is done, "" where it may be ticked (a response begins with the four facts of Art. 72)."""
        return {Step.ACTIVATE: "activate", Step.END: "end"}[step] if step in BY_ACT else ""

    def _mark(self, step: Step, tier: Tier, state: StepState, reason: str, form: InlineForm | None, heard: Heard = NOT_HEARD) -> None:
        view, desk = self._view(), self._work.desk
        if view is None:
            return
        words = {StepState.DONE: _("Done: {step}"), StepState.SKIPPED: _("Skipped: {step}")}.get(state, _("To be done after all: {step}"))
        undo = (lambda: self._mark(step, tier, StepState.OPEN, "", None, heard)) if state is not StepState.OPEN else None
        self._work.do(lambda: ladder.mark_step(desk, incident_id=view.id, step=step, state=state, reason=reason, tier=tier, heard=heard),
                      form=form, told=words.format(step=label(step)), undo=undo)

    # -- verified with the scene ---------------------------------------------------------------------------------------
    def verify(self, form: InlineForm) -> None:
        """Ask who at the scene confirms it, and the figures they give; figures that nobody knows yet stay to be verified."""
        view = self._view()
        if view is None:
            return
        counts = [AskNumber(name=name, label=field_label(name), hint="?" if getattr(view.room.incident, name) is None else
                            str(getattr(view.room.incident, name))) for name in _FIGURES]
        fields = (Ask(name="by", label=_("Confirmed by"), hint=_("who at the scene"), is_long=True), *counts, ask_at())
        form.ask(_("Verified with the scene"), fields, _("Verified"), lambda answers: self._verify(view, answers, form))

    def _verify(self, view: RoomView, answers: Answers, form: InlineForm) -> None:
        desk = self._work.desk
        told = Figures(**{name: int(answers[name]) for name in _FIGURES if answers.get(name)})
        if told.is_unknown or not answers["by"]:
            self._work.asked_moment(answers, form, lambda at: self._work.do(
                lambda: ladder.mark_step(desk, incident_id=view.id, step=Step.VERIFY, reason=answers["by"], occurred_at=at), form=form))
            return
        self._work.asked_moment(answers, form, lambda at: self._work.do(
            lambda: incidents.report_figures(desk, incident_id=view.id, figures=told, occurred_at=at, reported_by=answers["by"]), form=form))

    # -- who must be told ----------------------------------------------------------------------------------------------
    def tell(self, notice: Notice, form: InlineForm, ladder: Ladder) -> None:
        """Ask whom one spoke to, how, and whether it was read back; of another tier's list also who said so."""
        name = notice.name_en if notice.name_en and not current_language().startswith("zh") else notice.name
        note = _("Phone {phone}").format(phone=notice.phone or "—")
        fields: tuple[Ask, ...] = (Ask(name="told_to", label=_("Spoke to"), hint=_("may stay empty")), ask_how(HowHeard.PHONE), ask_at(),
                  AskChoice(name="read_back", label=_("Read back"), value="yes", choices=(("yes", _("read back")), ("", _("not read back")))))
        if not sits_here(ladder, notice.tier):
            fields = (*fields, Ask(name="heard_from", label=field_label("heard_from")))
        form.ask(_("Told: {name}").format(name=name), fields, _("Record"), lambda answers: self._tell(notice, answers, form), note=note)

    def _tell(self, notice: Notice, answers: Answers, form: InlineForm) -> None:
        desk = self._work.desk
        self._work.asked_moment(answers, form, lambda at: self._work.do(
            lambda: command.tell(desk, notice_id=notice.id, told_to=answers["told_to"], how=answers["how"],
                                 read_back=answers["read_back"] == "yes", occurred_at=at, heard=_heard(answers)), form=form))


def _heard(answers: Answers) -> Heard:
    return Heard(answers["heard_from"], HowHeard.PHONE.value) if answers.get("heard_from") else NOT_HEARD
