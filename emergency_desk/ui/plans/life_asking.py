"""What is asked for each move of a plan's life, and what is done with the answers. One form, below the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from emergency_desk.domain.errors import DeskError, FieldUnreadable
from emergency_desk.domain.plan_moves import Evaluation, FilingRoute, MoveKind, RevisionScope, RevisionTrigger
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.errands import plan_issuing
from emergency_desk.services import plan_drafts, plan_editing, plan_life, plan_suggestions
from emergency_desk.services.plan_dues import LifeView
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskText, InlineForm
from emergency_desk.ui.plans.matters_edit import AskMatters, matters_of
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import plan_life_words as words
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.labels import field_label, label

OPINION_DAYS = 14  # what the form begins with; the planner sets the day
TAKE, DECLINE = "take", "decline"
Done = Callable[[Any], object]


class LifeAsking:
    """Asks in a form and does the move; `done(answer)` hears what came of it."""

    def __init__(self, place: Workplace, form: InlineForm, done: Done) -> None:
        self._place, self._form, self._done = place, form, done

    # -- moves ---------------------------------------------------------------------------------------------------------
    def ask(self, kind: MoveKind, view: LifeView) -> None:
        """Ask for what a move needs."""
        fields = (*_FIELDS_OF[kind](view), Ask(name="on_date", label=field_label("on_date"), value=view.today.isoformat(), hint="2026-12-31"))
        title = _("{act}: {title} v{version}").format(act=words.verb(kind), title=view.header.title.in_language(current_language()),
                                                      version=view.life.version)
        self._form.ask(title, fields, words.verb(kind), lambda answers: self._make(kind, view, answers), note=_note(kind, view),
                       focus="number" if kind is MoveKind.FILED else "")  # its route and unit stand there already

    def _make(self, kind: MoveKind, view: LifeView, answers: Answers) -> None:
        try:
            said = _said(answers)
        except FieldUnreadable as error:
            self._form.refused(error)
            return
        desk, header = self._place.desk, view.header
        if kind in _OF_DRAFT:
            assert view.draft is not None, "these moves are offered for drafts alone"
            job = partial(_OF_DRAFT[kind], desk, draft_id=view.draft.id, **said)
        else:
            job = partial(_OF_VERSION[kind], desk, code=header.code, version=header.version, **said)
        title = header.title.in_language(current_language())
        told = _("{move}: {title} v{version}.").format(move=label(kind), title=title, version=header.version)
        self._do(job, told)

    # -- a revision, a suggestion --------------------------------------------------------------------------------------
    def ask_revision(self, view: LifeView) -> None:
        """Ask on which occasion and by which path a revision is begun."""
        decided = view.life.last(MoveKind.REVISION_DECIDED)
        fields = (_choice("trigger", RevisionTrigger, decided.trigger if decided else None),
                  _choice("scope", RevisionScope, decided.scope if decided else None))
        desk, header = self._place.desk, view.header

        def begin(answers: Answers) -> None:
            self._do(lambda: plan_drafts.start_revision(
                desk, code=header.code, version=header.version, scope=RevisionScope(answers["scope"]),
                trigger=RevisionTrigger(answers["trigger"])), _("A draft was begun."))

        self._form.ask(_("Begin a revision of v{version}").format(version=header.version), fields, _("Begin the draft"), begin,
                       note=_("Whatever touches command, procedure, main measures or grading is major and goes the whole way (Art. 36)."))

    def follow(self, view: LifeView) -> None:
        """Bring over what a newer version changed, and tell what both changed."""
        desk, draft = self._place.desk, view.draft
        assert draft is not None, "only a draft is overtaken"

        def told(done: Any) -> None:
            clashes = _(", ").join(f"{label(kind)} {key}" for kind, key in done.value.clashes)
            count = ngettext("{count} part was brought over.", "{count} parts were brought over.", len(done.value.taken)).format(
                count=len(done.value.taken))
            notice = _("{brought} Both changed these, look at them: {parts}").format(brought=count, parts=clashes) if clashes else count
            self._place.window.notices.done(notice)
            self._done(done)

        self._place.ask(lambda: plan_editing.follow(desk, draft_id=draft.id), then=told)

    def ask_suggestion(self, view: LifeView, clause: str) -> None:
        """Ask what somebody suggests to change."""
        desk, header = self._place.desk, view.header
        fields = (Ask(name="clause", label=field_label("clause"), value=clause), AskText(name="text", label=field_label("text"), is_long=True))
        self._form.ask(_("Suggest a change"), fields, _("Suggest it"), lambda answers: self._do(lambda: plan_suggestions.suggest(
            desk, code=header.code, version=header.version, clause=answers["clause"], text=answers["text"]), _("The suggestion is kept.")),
            focus="text")

    def decide(self, suggestion: PlanSuggestion, view: LifeView) -> None:
        """Ask whether a suggestion is taken up, into which draft, or why not."""
        desk = self._place.desk
        drafts = [*view.drafts]
        choices = [*((draft.id, _("Take it up into draft v{version}").format(version=draft.plan_version)) for draft in drafts),
                   (DECLINE, _("Decline it"))]
        fields = (AskChoice(name="answer", label=field_label("answer"), value=choices[0][0], choices=choices),
                  Ask(name="reason", label=field_label("reason"), hint=_("needed where it is declined")))

        def decide(answers: Answers) -> None:
            if answers["answer"] == DECLINE:
                self._do(lambda: plan_suggestions.decline_suggestion(desk, suggestion_id=suggestion.id, reason=answers["reason"]), "")
            else:
                chosen = next(draft for draft in drafts if draft.id == answers["answer"])
                told = _("Taken up into v{version}: write it into clause {clause}.").format(
                    version=chosen.plan_version, clause=suggestion.clause)
                self._do(lambda: plan_suggestions.take_suggestion(desk, suggestion_id=suggestion.id, draft_id=chosen.id), told)

        note = "" if drafts else _("To take it up, begin a revision first.")
        self._form.ask(words.suggestion(suggestion), fields, _("Decide"), decide, note=note)

    def _do(self, job: Callable[[], Any], told: str) -> None:
        def done(answer: Any) -> None:
            self._form.put_away()
            if told:
                self._place.window.notices.done(told)
            self._done(answer)

        self._place.ask(job, then=done, refused=self._refused)

    def _refused(self, error: DeskError) -> None:
        self._form.refused(error)


# -- the fields of each move -------------------------------------------------------------------------------------------
def _said(answers: Answers) -> dict[str, Any]:
    """Return the answers as the services take them. Raises FieldUnreadable."""
    said: dict[str, Any] = {name: value for name, value in answers.items() if not name.startswith("matters_")}
    for name in ("on_date", "due_on"):
        if name in said:
            try:
                said[name] = date.fromisoformat(said[name])
            except ValueError:
                raise FieldUnreadable(name=name, typed=said[name], expected="2026-12-31") from None
    for name, kind in (("route", FilingRoute), ("result", Evaluation), ("trigger", RevisionTrigger), ("scope", RevisionScope)):
        if name in said:
            said[name] = kind(said[name])
    if len(said) < len(answers):
        said["matters"] = matters_of(dict(answers), "matters")
    return said


def _choice(name: str, kind: Any, value: Any = None) -> AskChoice:
    members = list(kind)
    return AskChoice(name=name, label=field_label(name), value=(value or members[0]).value, choices=[(one.value, label(one)) for one in members])


def _text(name: str, value: str = "", hint: str = "") -> Ask:
    return Ask(name=name, label=field_label(name), value=value, hint=hint)


def _routes(view: LifeView) -> AskChoice:
    return AskChoice(name="route", label=_("Filed as"), value=view.routes[0].route.value,
                     choices=[(rule.route.value, label(rule.route)) for rule in view.routes])


def _note(kind: MoveKind, view: LifeView) -> str:
    """Say what the law wants of a move."""
    language = current_language()
    if kind is MoveKind.FILED:
        rule = view.routes[0]
        return _("With {to}; copies to: {copies}. Formal text (also electronic) and the explanation of the draft ({basis}).").format(
            to=rule.to.in_language(language), copies=rule.copies.in_language(language), basis=words.basis(rule.basis))
    if kind in (MoveKind.APPROVED, MoveKind.ISSUED):
        path = view.path
        return _("{body} approves; {issued} ({basis}).").format(
            body=path.approved_by.in_language(language), issued=path.issued_as.in_language(language), basis=words.basis(path.basis))
    if kind is MoveKind.REVIEWED:
        return _("Tick what is met; what is not met says what is lacking (Art. 24).")
    if kind is MoveKind.SUBMITTED:
        return _("With the draft go the opinions and the explanation of the draft (Art. 23). From now on it is not written on.")
    return ""


_FIELDS_OF: Mapping[MoveKind, Callable[[LifeView], tuple[Ask, ...]]] = {
    MoveKind.CONSULTED: lambda view: (
        _text("units", hint=_("units and departments asked in writing")),
        _text("due_on", (view.today + timedelta(days=OPINION_DAYS)).isoformat()), _text("note")),
    MoveKind.OPINIONS_IN: lambda view: (AskText(name="note", label=field_label("note"), is_long=True,
                                                hint=_("who answered, what was taken up, what was not and why")),),
    MoveKind.EXPERTS_HEARD: lambda view: (_text("person", hint=_("the experts' names")), _text("note")),
    MoveKind.COORDINATED: lambda view: (_text("unit", hint=_("the emergency department of this tier")), _text("note")),
    MoveKind.SUBMITTED: lambda view: (_text("unit", hint=_("who reviews it")), _text("note")),
    MoveKind.REVIEWED: lambda view: (AskMatters(name="matters", label=field_label("matters"), is_long=True), _text("person"), _text("note")),
    MoveKind.RETURNED: lambda view: (_text("reason"),),
    MoveKind.APPROVED: lambda view: (_text("person", hint=_("who approved it")), _text("unit", hint=_("in whose name")),
                                     _text("number", hint=_("of the meeting or paper, if any"))),
    MoveKind.ISSUED: lambda view: (_text("number", hint=_("document number")), _text("unit", hint=_("in whose name"))),
    MoveKind.FILED: lambda view: (_routes(view), _text("unit", view.routes[0].to.in_language(current_language())),
                                  _text("number", hint=_("of the receipt, if any"))),
    MoveKind.PUBLISHED: lambda view: (_text("note", hint=_("where, or to whom")),),
    MoveKind.TRAINED: lambda view: (_text("note", hint=_("who was trained, on what")),),
    MoveKind.DRILLED: lambda view: (_text("note", hint=_("which drill")), _text("person", hint=_("who led it"))),
    MoveKind.EVALUATED: lambda view: (_choice("result", Evaluation), _text("person", hint=_("who evaluated it")), _text("note")),
    MoveKind.REVISION_DECIDED: lambda view: (_choice("trigger", RevisionTrigger), _choice("scope", RevisionScope), _text("note")),
    MoveKind.WITHDRAWN: lambda view: (_text("reason"), _text("replaced_by", hint=_("if another plan stands in its place"))),
    MoveKind.DISCARDED: lambda view: (_text("reason"),),
}


def _discard(desk: Any, *, draft_id: Any, reason: str, on_date: date) -> Any:
    return plan_drafts.discard_draft(desk, draft_id=draft_id, reason=reason)


_OF_DRAFT: Mapping[MoveKind, Callable[..., Any]] = {
    MoveKind.CONSULTED: plan_life.consult, MoveKind.OPINIONS_IN: plan_life.receive_opinions, MoveKind.EXPERTS_HEARD: plan_life.hear_experts,
    MoveKind.COORDINATED: plan_life.coordinate, MoveKind.SUBMITTED: plan_life.submit, MoveKind.REVIEWED: plan_life.review,
    MoveKind.RETURNED: plan_life.give_back, MoveKind.APPROVED: plan_life.approve, MoveKind.ISSUED: plan_issuing.issue_plan,
    MoveKind.DISCARDED: _discard,
}
_OF_VERSION: Mapping[MoveKind, Callable[..., Any]] = {
    MoveKind.FILED: plan_life.file, MoveKind.PUBLISHED: plan_life.publish, MoveKind.TRAINED: plan_life.train, MoveKind.DRILLED: plan_life.drill,
    MoveKind.EVALUATED: plan_life.evaluate, MoveKind.REVISION_DECIDED: plan_life.decide_revision, MoveKind.WITHDRAWN: plan_issuing.withdraw_plan,
}
