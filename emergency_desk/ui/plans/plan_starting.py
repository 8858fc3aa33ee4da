"""How a draft is begun beside the text of the plans: a revision of the plan that is shown, or a new plan of a kind with its standard outline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_moves import RevisionScope, RevisionTrigger
from emergency_desk.domain.plan_outline import first_clauses, outline_for
from emergency_desk.domain.plan_records import Plan, PlanKind
from emergency_desk.domain.plan_shelf import ShelfStanding, ShelvedPlan
from emergency_desk.domain.texts import Text
from emergency_desk.services import plan_drafts
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, InlineForm
from emergency_desk.ui.incidents.inline_form import Ask as AskWords
from emergency_desk.ui.plans.new_parts import free_code
from emergency_desk.ui.plans.part_fields import tiers, words
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording.catalog import N_, _, current_language

_PAGE = (PLANS,)
ACTIONS = (
    Action("plans_revise", N_("Revise this plan"), "revise", "Alt+E", _PAGE, short=N_("revise it")),
    Action("plans_new", N_("New plan"), "begin_new", "Ctrl+N", _PAGE, short=N_("new plan")),
    Action("plans_compare", N_("Compare the versions of this plan"), "compare_versions", "Alt+V", _PAGE, in_bar=False),
)
KEYS = tuple(action.run for action in ACTIONS)


class PlanStarting(Panel):
    """Hidden until it asks; `shown_plan` tells which plan the page shows."""

    def __init__(self, place: Workplace, shown_plan: Callable[[], Plan | None]) -> None:
        super().__init__()
        self._place, self._shown_plan = place, shown_plan
        self.form = InlineForm()
        self.body.addWidget(self.form)
        self.form.asked.connect(self.show)
        self.form.closed.connect(self.hide)
        self.hide()
        place.window.acts.register(ACTIONS)

    def above(self, panel: QWidget) -> QWidget:
        """Return a column with this above another panel."""
        holder = QWidget()
        down = QVBoxLayout(holder)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self)
        down.addWidget(panel, 1)
        return holder

    def can(self, action: str) -> bool:
        """Say which acts make sense: planners write, everybody compares."""
        if action == "plans_new":
            return self._place.desk.can(Act.KEEP_PLANS)
        if action == "plans_revise":
            return self._shown_plan() is not None and self._place.desk.can(Act.KEEP_PLANS)
        return self._shown_plan() is not None

    # -- a revision ----------------------------------------------------------------------------------------------------
    def revise(self) -> None:
        """Go on with the draft of this plan that is being written, or ask what kind of revision it is."""
        plan = self._shown_plan()
        if plan is None:
            return
        drafts = [back for back in self._place.desk.trade.shelf.versions(plan.code) if back.standing is ShelfStanding.DRAFT]
        own = next((back for back in drafts if back.version == plan.version), None)
        if own is not None or drafts:
            self._go_on(own or drafts[-1], plan)
            return
        self.show()
        self.form.ask(
            _("Revise {plan}").format(plan=plan.title.in_language(current_language())),
            (AskChoice(name="scope", label=_("Revision"), choices=words(RevisionScope), value=RevisionScope.MAJOR.value),
             AskChoice(name="trigger", label=_("Occasion"), choices=words(RevisionTrigger), value=RevisionTrigger.PRACTICE.value,
                       is_long=True)),
            _("Begin the draft"), lambda answers: self._begin_revision(plan, answers),
            note=_("Command, procedure, main measures and grading go the whole way again; a phone number does not (Measures Art. 36)."))

    def _go_on(self, draft: ShelvedPlan, plan: Plan) -> None:
        if draft.version != plan.version:
            self._place.window.notices.done(_("A draft of this plan is being written already: version {version}.").format(version=draft.version))
        self._place.open_plan_editor(Id(draft.id))

    def _begin_revision(self, plan: Plan, answers: Answers) -> None:
        desk, scope, trigger = self._place.desk, RevisionScope(answers["scope"]), RevisionTrigger(answers["trigger"])
        self._place.ask(
            lambda: plan_drafts.start_revision(desk, code=plan.code, version=plan.version, scope=scope, trigger=trigger), then=self._begun,
            refused=self.form.refused)

    # -- a new plan ----------------------------------------------------------------------------------------------------
    def begin_new(self) -> None:
        """Ask what kind of plan it is to be."""
        desk, language = self._place.desk, current_language()
        types = tuple((one.id, one.name.in_language(language)) for one in desk.trade.types)
        self.show()
        self.form.ask(
            _("New plan"),
            (AskWords(name="title", label=_("Title, Chinese"), is_long=True), AskWords(name="title_en", label=_("Title, English"), is_long=True),
             AskChoice(name="kind", label=_("Kind of plan"), choices=words(PlanKind), value=PlanKind.SPECIAL.value),
             AskChoice(name="tier", label=_("Tier"), choices=tiers(), value=desk.tier.value),
             AskChoice(name="type", label=_("Main incident"), choices=(("", _("none: an overall plan")), *types), value=types[0][0]),
             AskWords(name="code", label=_("Code"), hint=_("small letters; empty: chosen by the desk"))),
            _("Begin the plan"), self._begin_plan, note=_("It begins with the standard outline of its kind; what is not needed can be removed."))

    def _begin_plan(self, answers: Answers) -> None:
        desk = self._place.desk
        if not answers["title"]:
            self.form.refused(FieldMissing(name="title"))
            return
        kind, tier, type_id = PlanKind(answers["kind"]), Tier(answers["tier"]), answers["type"]
        code = answers["code"] or free_code(type_id or kind.value, {back.code for back in desk.trade.shelf.plans})
        own = self._place.desk.memory.tree().by_id.get(desk.area_id)
        plan = Plan(
            code=code, version="1.0", title=Text(answers["title"], answers["title_en"]), kind=kind, tier=tier,
            hazard_types=(type_id,) if type_id else (), area_code=(own.code or "") if own is not None and tier is desk.tier else "",
            clauses=first_clauses(outline_for(kind, desk.trade.outlines)))
        self._place.ask(lambda: plan_drafts.start_draft(desk, plan=plan), then=self._begun, refused=self.form.refused)

    def _begun(self, done: Done[PlanDraft]) -> None:
        self.form.put_away()
        self._place.open_plan_editor(done.value.id)

    # -- versions ------------------------------------------------------------------------------------------------------
    def compare_versions(self) -> None:
        """Show the plan beside the version before it."""
        plan = self._shown_plan()
        if plan is not None:
            self._place.compare_plans(plan.code, "", plan.version)
