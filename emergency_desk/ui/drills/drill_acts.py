"""What is asked and done with a drill, in a small form below what is shown; a refusal stays in the form with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_programme import ProgrammeEntry
from emergency_desk.domain.drill_scoring import EvaluationItem
from emergency_desk.domain.drill_scripts import DrillScript
from emergency_desk.domain.drills import (
    Drill,
    DrillForm,
    DrillNotice,
    DrillPerson,
    DrillPurpose,
    DrillRole,
    DrillScope,
    Inject,
    ReadyCheck,
    Verdict,
)
from emergency_desk.domain.errors import DeskError, FieldMissing, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.plan_records import Level
from emergency_desk.errands import drill_from_plan, drill_scripts
from emergency_desk.services import drill_evaluation, drill_objects, drills
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedDrill, AskedInject
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskSeveral, AskText, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.levels import level_said

Choices = tuple[tuple[str, str], ...]
_YES, _NO = "yes", "no"


def as_moment(name: str, typed: str) -> datetime:
    """Read "2026-11-28 09:00". Raises FieldMissing, FieldUnreadable."""
    written = typed.replace("：", ":").strip()
    if not written:
        raise FieldMissing(name=name)
    try:
        read = datetime.strptime(written, "%Y-%m-%d %H:%M")
    except ValueError:
        raise FieldUnreadable(name=name, typed=typed, expected="2026-11-28 09:00") from None
    return from_local(read.date(), read.hour, read.minute)


class DrillActs:
    """Asks and does."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form = place, form
        self._work = RoomWork(place)

    @property
    def _desk(self) -> Desk:
        return self.place.desk

    def _read(self, go_on: Callable[[], object]) -> None:
        """Go on, or tell in the form what cannot be read."""
        try:
            go_on()
        except DeskError as error:
            self.form.refused(error)

    # -- the design ----------------------------------------------------------------------------------------------------
    def design_for(self, plans: Choices, entry: ProgrammeEntry | None, *, then: Callable[[Id], object]) -> None:
        """Ask for the design of a drill for a line of the programme; an object is linked to it once it is planned."""
        if entry is None or entry.object_id is None:
            self.design(plans, plan_code=entry.plan_code if entry is not None else "", then=then)
            return
        object_id, desk = entry.object_id, self._desk

        def link(drill_id: Id) -> None:
            self.place.ask(lambda: drill_objects.link_objects(desk, drill_id=drill_id, object_ids=[object_id]), then=lambda _done: then(drill_id))

        title = _("Drill of {name}").format(name=entry.name.in_language(current_language()))
        self.design(plans, plan_code=entry.plan_code, title=title, then=link)

    def design(self, plans: Choices, drill: Drill | None = None, *, plan_code: str = "", title: str = "", then: Callable[[Id], object]) -> None:
        """Ask for the design of a drill, new or anew."""
        def keep(answers: Answers) -> None:
            said = self._said(answers)
            if drill is None:
                self._work.do(lambda: drills.plan_drill(self._desk, asked=said), form=self.form, then=lambda done: then(done.value.id))
                return
            changes = {name: getattr(said, name) for name in drills.FIELDS if name != "plan_version"}  # of its plan, the version in force
            self._work.do(lambda: drills.change_drill(self._desk, drill_id=drill.id, changes=changes, version=drill.version), form=self.form)

        head = _("Plan a drill") if drill is None else _("Change {number}").format(number=drill.number)
        self.form.ask(head, self._fields(plans, drill, plan_code, title), _("Plan it") if drill is None else _("Keep"),
                      lambda answers: self._read(lambda: keep(answers)))

    def from_script(self, scripts: Sequence[DrillScript], *, then: Callable[[Id], object]) -> None:
        """Ask which of the drills that ship, when it is held, and how many take part."""
        language = current_language()
        choices = tuple((one.id, one.title.in_language(language)) for one in scripts)

        def keep(answers: Answers) -> None:
            planned_at, heads = as_moment("planned_at", answers["planned_at"]), answers["expected_heads"]
            script = next(one for one in scripts if one.id == answers["script"])
            self._work.do(lambda: drill_scripts.plan_from(self._desk, script, planned_at=planned_at, heads=int(heads) if heads else None),
                          form=self.form, then=lambda drill: then(drill.id))

        fields = (AskChoice(name="script", label=_("Script"), choices=choices, span=6),
                  Ask(name="planned_at", label=field_label("planned_at"), hint="2026-11-28 09:00"),
                  AskNumber(name="expected_heads", label=field_label("expected_heads")))
        note = _("It comes with aims, scenario, conditions to break off, injects and the number of those who take part; all of it can be "
                 "changed.")
        self.form.ask(_("Plan a drill from a script that ships"), fields, _("Plan it"), lambda answers: self._read(lambda: keep(answers)),
                      focus="planned_at", note=note)

    def from_plan(self, plans: Choices, *, then: Callable[[Id], object]) -> None:
        """Ask which plan, at which tier and up to which level, when it is held, and in which form."""
        desk = self._desk

        def keep(answers: Answers) -> None:
            planned_at = as_moment("planned_at", answers["planned_at"])
            tier, level = answers["tier"], answers["level"]
            self._work.do(lambda: drill_from_plan.plan_of_levels(
                desk, code=answers["plan_code"], tier=Tier(tier) if tier else None, level=Level(level) if level else None,
                form=DrillForm(answers["form"]), planned_at=planned_at), form=self.form, then=lambda drill: then(drill.id))

        fields = (
            AskChoice(name="plan_code", label=field_label("plan_code"), choices=plans, span=6),
            AskChoice(name="tier", label=_("Tier"), choices=(("", _("this desk's own")), *((tier.value, label(tier)) for tier in LADDER))),
            AskChoice(name="level", label=_("Up to level"), choices=(("", _("the highest")), *((one.value, level_said(one)) for one in Level))),
            Ask(name="planned_at", label=field_label("planned_at"), hint="2026-11-28 09:00"),
            _choice("form", pgettext("drill", "Form"), DrillForm, DrillForm.TABLETOP))
        note = _("The event grows from level to level by the plan's own conditions; each owner is asked for what the plan has him do, with its "
                 "minutes as limits. All of it can be changed.")
        self.form.ask(_("Plan a drill from a plan's own levels"), fields, _("Plan it"), lambda answers: self._read(lambda: keep(answers)),
                      note=note)

    def _fields(self, plans: Choices, drill: Drill | None, plan_code: str, title: str = "") -> tuple[Ask, ...]:
        def lines(texts: tuple[str, ...]) -> str:
            return "\n".join(texts)

        return (
            Ask(name="title", label=field_label("title"), value=drill.title if drill else title, span=6),
            AskChoice(name="plan_code", label=field_label("plan_code"), choices=(("", _("no plan")), *plans), span=6,
                      value=drill.plan_code if drill else plan_code),
            Ask(name="planned_at", label=field_label("planned_at"), hint="2026-11-28 09:00",
                value=formats.date_time(drill.planned_at) if drill else ""),
            _choice("form", pgettext("drill", "Form"), DrillForm, drill.form if drill else DrillForm.TABLETOP),
            _choice("scope", pgettext("drill", "Scope"), DrillScope, drill.scope if drill else DrillScope.FULL),
            _choice("purpose", pgettext("drill", "Purpose"), DrillPurpose, drill.purpose if drill else DrillPurpose.TEST),
            _choice("notice", pgettext("drill", "Notice"), DrillNotice, drill.notice if drill else DrillNotice.ANNOUNCED),
            Ask(name="place", label=field_label("place"), value=drill.place if drill else "", span=6),
            AskNumber(name="expected_heads", label=field_label("expected_heads"), value=str(drill.expected_heads or "") if drill else ""),
            AskText(name="scenario", label=field_label("scenario"), value=drill.scenario if drill else "", is_long=True, lines=2),
            AskText(name="aims", label=field_label("aims"), value=lines(drill.aims) if drill else "", hint=_("one a line"), lines=2, span=6),
            AskText(name="stop_conditions", label=field_label("stop_conditions"), value=lines(drill.stop_conditions) if drill else "",
                    hint=_("one a line"), lines=2, span=6))

    def _said(self, answers: Answers) -> AskedDrill:
        heads = answers["expected_heads"]
        return AskedDrill(
            title=answers["title"], planned_at=as_moment("planned_at", answers["planned_at"]), form=DrillForm(answers["form"]),
            plan_code=answers["plan_code"], scope=DrillScope(answers["scope"]), purpose=DrillPurpose(answers["purpose"]),
            notice=DrillNotice(answers["notice"]), place=answers["place"], aims=tuple(answers["aims"].splitlines()),
            scenario=answers["scenario"], stop_conditions=tuple(answers["stop_conditions"].splitlines()),
            expected_heads=int(heads) if heads else None)

    def inject(self, drill_id: Id, inject: Inject | None = None) -> None:
        """Ask for an inject of the script, new or anew."""
        def keep(answers: Answers) -> None:
            if not answers["at_minutes"]:
                raise FieldMissing(name="at_minutes")
            asked = AskedInject(at_minutes=int(answers["at_minutes"]), to_whom=answers["to_whom"], text=answers["text"],
                                expected=answers["expected"], limit_minutes=int(answers["limit_minutes"]) if answers["limit_minutes"] else None)
            if inject is None:
                self._work.do(lambda: drills.add_inject(self._desk, drill_id=drill_id, asked=asked), form=self.form)
            else:
                self._work.do(lambda: drills.change_inject(self._desk, inject_id=inject.id, asked=asked), form=self.form)

        limit = inject.limit_minutes if inject is not None else None
        fields = (
            AskNumber(name="at_minutes", label=field_label("at_minutes"), value=str(inject.at_minutes) if inject else ""),
            AskNumber(name="limit_minutes", label=field_label("limit_minutes"), value="" if limit is None else str(limit)),
            Ask(name="to_whom", label=field_label("to_whom"), value=inject.to_whom if inject else "", span=6),
            Ask(name="text", label=_("Words of the inject"), value=inject.text if inject else "", is_long=True),
            Ask(name="expected", label=field_label("expected"), value=inject.expected if inject else "", is_long=True))
        title = _("A new inject") if inject is None else _("Inject {number}").format(number=inject.number)
        self.form.ask(title, fields, _("Keep the inject"), lambda answers: self._read(lambda: keep(answers)))

    def drop_inject(self, inject: Inject) -> None:
        """Take an inject out of the script."""
        self._work.do(lambda: drills.drop_inject(self._desk, inject_id=inject.id),
                      told=_("Inject {number} is out of the script.").format(number=inject.number))

    def person(self, drill_id: Id, person: DrillPerson | None = None, *, role: DrillRole = DrillRole.PARTICIPANT) -> None:
        """Ask who takes part, and as what; or change what was said of somebody."""
        fields = (Ask(name="name", label=pgettext("drill", "Name"), value=person.name if person else "", span=4),
                  Ask(name="unit", label=field_label("unit"), value=person.unit if person else "", span=4),
                  AskChoice(name="role", label=_("Part in the drill"), choices=tuple((one.value, label(one)) for one in DrillRole),
                            value=(person.role if person else role).value, span=4))

        def keep(answers: Answers) -> None:
            said = {"name": answers["name"], "unit": answers["unit"]}
            part = DrillRole(answers["role"])
            if person is None:
                self._work.do(lambda: drills.add_person(self._desk, drill_id=drill_id, role=part, **said), form=self.form)
            else:
                self._work.do(lambda: drills.change_person(self._desk, person_id=person.id, role=part, **said), form=self.form)

        self.form.ask(_("Who is in the drill"), fields, _("Add") if person is None else _("Keep"), keep)

    def sign_in(self, person: DrillPerson) -> None:
        """Note that somebody has signed in."""
        self._work.do(lambda: drills.sign_in(self._desk, person_id=person.id))

    # -- the run -------------------------------------------------------------------------------------------------------
    def check(self, drill: Drill) -> None:
        """Ask for the checklist before the start."""
        fields = (AskSeveral(name="checks", label=_("Confirmed"), choices=tuple((one.value, label(one)) for one in ReadyCheck), is_long=True,
                             value=" ".join(drill.checks)),)
        self.form.ask(_("Before the drill begins"), fields, _("Confirm"), lambda answers: self._work.do(
            lambda: drills.check_drill(self._desk, drill_id=drill.id, checks=[ReadyCheck(one) for one in answers["checks"].split()]),
            form=self.form))

    def start(self, drill: Drill) -> None:
        """Declare the drill begun."""
        self._work.do(lambda: drills.start_drill(self._desk, drill_id=drill.id), told=_("The drill has begun."))

    def release(self, inject: Inject) -> None:
        """Let an inject go out."""
        self._work.do(lambda: drills.release_inject(self._desk, inject_id=inject.id),
                      told=_("Inject {number} is out, to {whom}.").format(number=inject.number, whom=inject.to_whom))

    def answer(self, inject: Inject) -> None:
        """Ask what was done upon an inject."""
        fields = (Ask(name="text", label=_("What was done"), value=inject.expected, span=6),
                  Ask(name="person", label=_("By whom it was done"), value=inject.to_whom, span=4), ask_at())
        self.form.ask(_("Inject {number}: {text}").format(number=inject.number, text=inject.text), fields, _("Enter the act"),
                      lambda answers: self._work.asked_moment(answers, self.form, lambda at: self._work.do(
                          lambda: drills.answer_inject(self._desk, inject_id=inject.id, text=answers["text"], person=answers["person"],
                                                       occurred_at=at), form=self.form)))

    def observe(self, drill: Drill, inject: Inject | None) -> None:
        """Ask what an observer saw."""
        fields = (Ask(name="text", label=_("What was seen"), span=6), Ask(name="person", label=_("Seen by"), span=4), ask_at())
        note = _("about inject {number}").format(number=inject.number) if inject is not None else ""
        self.form.ask(_("An observation"), fields, _("Enter the observation"), lambda answers: self._work.asked_moment(
            answers, self.form, lambda at: self._work.do(lambda: drills.observe(
                self._desk, drill_id=drill.id, text=answers["text"], person=answers["person"], occurred_at=at,
                inject_id=inject.id if inject is not None else None), form=self.form)), note=note)

    def pause(self, drill: Drill) -> None:
        """Ask why it halts."""
        self._why(_("Why does the drill halt?"), _("Halt the drill"),
                  lambda reason: drills.pause_drill(self._desk, drill_id=drill.id, reason=reason))

    def resume(self, drill: Drill) -> None:
        """Let it go on."""
        self._work.do(lambda: drills.resume_drill(self._desk, drill_id=drill.id), told=_("The drill goes on."))

    def stop(self, drill: Drill) -> None:
        """Ask why it is broken off."""
        self._why(_("Break the drill off: recall everybody, then count"), _("Break the drill off"),
                  lambda reason: drills.stop_drill(self._desk, drill_id=drill.id, reason=reason))

    def _why(self, title: str, act: str, job: Callable[[str], object]) -> None:
        self.form.ask(title, (Ask(name="reason", label=field_label("reason"), is_long=True),), act,
                      lambda answers: self._work.do(lambda: job(answers["reason"]), form=self.form))

    def count(self, drill: Drill) -> None:
        """Ask how many are counted."""
        self._heads(_("How many are counted?"), _("Keep the count"), drill,
                    lambda heads: drills.count_heads(self._desk, drill_id=drill.id, heads=heads))

    def end(self, drill: Drill) -> None:
        """Ask for the count that ends it."""
        self._heads(_("End the drill: everybody is counted"), _("End the drill"), drill,
                    lambda heads: drills.end_drill(self._desk, drill_id=drill.id, heads=heads))

    def _heads(self, title: str, act: str, drill: Drill, job: Callable[[int], object]) -> None:
        def keep(answers: Answers) -> None:
            if not answers["heads"]:
                raise FieldMissing(name="heads")
            self._work.do(lambda: job(int(answers["heads"])), form=self.form)

        note = _("{count} take part").format(count=formats.number(drill.expected_heads or 0))
        self.form.ask(title, (AskNumber(name="heads", label=field_label("heads")),), act, lambda answers: self._read(lambda: keep(answers)),
                      note=note)

    # -- the evaluation ------------------------------------------------------------------------------------------------
    def score(self, board: DrillBoard, item: EvaluationItem) -> None:
        """Ask what an item is given, and what it rests on."""
        rules, there = self._desk.trade.drills, board.score(item.id)
        given = ("" if there is None else str(there.points) if there.points is not None else _YES if there.is_met else
                 _NO if there.is_met is not None else "")
        choices = (("", pgettext("points", "—")), *((str(one), str(one)) for one in rules.points),
                   (_YES, pgettext("item of an evaluation", "yes")), (_NO, pgettext("item of an evaluation", "no")))
        evaluator = there.evaluator if there is not None else next(
            (person.name for person in board.people if person.role is DrillRole.EVALUATOR), "")
        entries = tuple((mark.id, f"{formats.clock_time(mark.occurred_at)} {label(mark.step)}") for mark in board.marks)
        fields = (
            AskChoice(name="points", label=field_label("points"), choices=choices, value=given),
            Ask(name="measured", label=_("Or a measured value"), value=there.measured if there else "", hint=_("13 min")),
            Ask(name="evaluator", label=field_label("evaluator"), value=evaluator),
            AskChoice(name="mark", label=_("Entry of the drill"), choices=(("", pgettext("entry", "none")), *entries),
                      value=there.mark_ids[0] if there and there.mark_ids else ""),
            Ask(name="evidence", label=_("What it rests on, in words"), value=there.evidence if there else "", is_long=True))

        def keep(answers: Answers) -> None:
            word = answers["points"]
            self._work.do(lambda: drill_evaluation.score_item(
                self._desk, drill_id=board.drill.id, item_id=item.id, evaluator=answers["evaluator"],
                points=int(word) if word.isdigit() else None, is_met=word == _YES if word in (_YES, _NO) else None,
                measured=answers["measured"], evidence=answers["evidence"], mark_ids=[Id(answers["mark"])] if answers["mark"] else ()),
                form=self.form)

        self.form.ask(_("{item} {text}").format(item=item.id, text=item.text.in_language(current_language())), fields, _("Give it"), keep)

    def conclude(self, board: DrillBoard) -> None:
        """Ask for the evaluators' word."""
        drill, found = board.drill, board.assessment
        advice = found.advice or Verdict.FAIR
        evaluator = drill.verdict_by or next((person.name for person in board.people if person.role is DrillRole.EVALUATOR), "")
        fields = (
            _choice("verdict", field_label("verdict"), Verdict, drill.verdict or advice),
            Ask(name="evaluator", label=field_label("evaluator"), value=evaluator),
            Ask(name="serious_error", label=field_label("serious_error"), value=drill.serious_error, hint=_("empty: there was none"), span=6),
            AskText(name="words", label=_("In words"), value=drill.verdict_words, is_long=True, lines=2))
        self.form.ask(_("The evaluators' word"), fields, _("Enter the word"), lambda answers: self._work.do(
            lambda: drill_evaluation.conclude(self._desk, drill_id=drill.id, verdict=Verdict(answers["verdict"]), person=answers["evaluator"],
                                              words=answers["words"], serious_error=answers["serious_error"]), form=self.form))


def _choice(name: str, words: str, kind: type[DrillForm | DrillScope | DrillPurpose | DrillNotice | Verdict], value: str) -> AskChoice:
    return AskChoice(name=name, label=words, choices=tuple((one.value, label(one)) for one in kind), value=value)
