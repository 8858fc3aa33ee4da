"""What is asked about a finding, step by step: what it says, that it is mended, who verified it. Shared by the After page and the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.recovery import Finding, FindingClass, FindingSource, FindingState
from emergency_desk.domain.review import Proposal
from emergency_desk.services import findings
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.review_words import told_proposal


class FindingSteps:
    """One form, one finding at a time."""

    def __init__(self, work: RoomWork, form: InlineForm) -> None:
        self._work, self._form = work, form

    # -- adding --------------------------------------------------------------------------------------------------------
    def add(self, *, incident_id: Id | None, proposal: Proposal | None = None, drill_id: Id | None = None, problem: str = "") -> None:
        """Ask for a new finding; a suggestion of the record fills in the problem."""
        desk = self._work.desk
        problem = told_proposal(proposal) if proposal is not None else problem
        kind = proposal.finding_class if proposal is not None else FindingClass.MECHANISM
        clause = proposal.clause if proposal is not None else ""
        source = FindingSource.INCIDENT if incident_id is not None else FindingSource.INSPECTION

        def keep(answers: Answers) -> None:
            self._with(answers, lambda said: findings.add_finding(
                desk, incident_id=incident_id, source=source, drill_id=drill_id, **said))

        fields = _fields(problem=problem, kind=kind, clause=clause)
        self._form.ask(_("What is to be mended"), fields, _("Add the finding"), keep, focus="owner" if problem else "")

    # -- the road ------------------------------------------------------------------------------------------------------
    def go_on(self, finding: Finding) -> None:
        """Do the next step of a finding, or ask for what it needs."""
        if finding.state is FindingState.OPEN and not (finding.owner and finding.due_on and finding.measure):
            self.edit(finding)
        elif finding.state is FindingState.OPEN:
            self._do(lambda: findings.begin_mending(self._work.desk, finding_id=finding.id), _("{number} is being mended.").format(
                number=finding.number))
        elif finding.state is FindingState.MENDING:
            self._finish(finding)
        elif finding.state is FindingState.DONE:
            self._verify(finding)
        else:
            self._why(_("Take {number} up again").format(number=finding.number), _("Take up again"), lambda reason: findings.reopen_finding(
                self._work.desk, finding_id=finding.id, reason=reason))

    def edit(self, finding: Finding) -> None:
        """Ask for what a finding says."""
        desk = self._work.desk

        def keep(answers: Answers) -> None:
            self._with(answers, lambda said: findings.change_finding(desk, finding_id=finding.id, changes=said, version=finding.version))

        self._form.ask(_("Finding {number}").format(number=finding.number), _fields(
            problem=finding.problem, kind=finding.kind, unit=finding.unit, owner=finding.owner, measure=finding.measure,
            funds="" if finding.funds_yuan is None else str(finding.funds_yuan), due=finding.due_on.isoformat() if finding.due_on else "",
            interim=finding.interim, verifier=finding.verifier, clause=finding.clause), _("Keep"), keep, focus="" if finding.owner else "owner")

    def send_back(self, finding: Finding) -> None:
        """Ask what is still lacking."""
        self._why(_("What is still lacking in {number}").format(number=finding.number), _("Send back"), lambda reason: findings.send_back(
            self._work.desk, finding_id=finding.id, reason=reason))

    def drop(self, finding: Finding) -> None:
        """Ask why it is none."""
        self._why(_("Why {number} is dropped").format(number=finding.number), _("Drop it"), lambda reason: findings.drop_finding(
            self._work.desk, finding_id=finding.id, reason=reason))

    # -- inside --------------------------------------------------------------------------------------------------------
    def _finish(self, finding: Finding) -> None:
        desk = self._work.desk
        self._form.ask(_("{number} is mended. What shows it?").format(number=finding.number),
                       (Ask(name="evidence", label=field_label("evidence"), value=finding.evidence, is_long=True,
                            hint=_("photo, record, retest")),), _("It is mended"),
                       lambda answers: self._do(lambda: findings.finish_mending(desk, finding_id=finding.id, evidence=answers["evidence"])))

    def _verify(self, finding: Finding) -> None:
        desk = self._work.desk
        fields = (Ask(name="verifier", label=field_label("verifier"), value=finding.verifier), Ask(name="note", label=field_label("note")))
        title, act = _("Who verified {number}").format(number=finding.number), pgettext("finding", "Verified")
        self._form.ask(title, fields, act, lambda answers: self._do(
            lambda: findings.verify_finding(desk, finding_id=finding.id, verifier=answers["verifier"], note=answers["note"])),
            note=_("Somebody other than its owner, {owner}. Evidence: {evidence}").format(owner=finding.owner, evidence=finding.evidence))

    def _why(self, title: str, act: str, job: Callable[[str], Any]) -> None:
        self._form.ask(title, (Ask(name="reason", label=_("Reason"), is_long=True),), act,
                       lambda answers: self._do(lambda: job(answers["reason"])))

    def _with(self, answers: Answers, job: Callable[[dict[str, Any]], Any]) -> None:
        """Read the form and do the job with it, or tell in the form what cannot be read."""
        try:
            said = _said(answers)
        except FieldUnreadable as error:
            self._form.refused(error)
            return
        self._do(lambda: job(said))

    def _do(self, job: Callable[[], Any], told: str = "") -> None:
        self._work.do(job, told=told, form=self._form)


def _fields(
    *, problem: str = "", kind: FindingClass = FindingClass.MECHANISM, unit: str = "", owner: str = "", measure: str = "", funds: str = "",
    due: str = "", interim: str = "", verifier: str = "", clause: str = "",
) -> tuple[Ask, ...]:
    return (
        Ask(name="problem", label=field_label("problem"), value=problem, is_long=True),
        Ask(name="measure", label=field_label("measure"), value=measure, is_long=True),
        Ask(name="owner", label=field_label("owner"), value=owner), Ask(name="due_on", label=field_label("due_on"), value=due, hint="2026-12-31"),
        AskChoice(name="kind", label=field_label("kind"), value=kind.value, choices=tuple((one.value, label(one)) for one in FindingClass)),
        AskNumber(name="funds_yuan", label=field_label("funds_yuan"), value=funds),
        Ask(name="unit", label=field_label("unit_name"), value=unit), Ask(name="verifier", label=field_label("verifier"), value=verifier),
        Ask(name="clause", label=_("Clause of the plan"), value=clause, hint=_("5.3: suggested to the plan")),
        Ask(name="interim", label=field_label("interim"), value=interim))


def _said(answers: Answers) -> dict[str, Any]:
    typed = answers["due_on"]
    try:
        due = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise FieldUnreadable(name="due_on", typed=typed, expected="2026-12-31") from None
    funds = answers["funds_yuan"]
    return {"problem": answers["problem"], "kind": FindingClass(answers["kind"]), "unit": answers["unit"], "owner": answers["owner"],
            "measure": answers["measure"],
            "clause": answers["clause"], "funds_yuan": int(funds) if funds else None, "due_on": due, "interim": answers["interim"],
            "verifier": answers["verifier"]}
