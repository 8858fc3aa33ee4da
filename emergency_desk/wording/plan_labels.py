"""The words for the life of plans and for their drafts; `labels` takes them into its tables."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

PLAN_WORDS: dict[str, dict[str, str]] = {
    "MoveKind": {
        "drafted": N_("Draft begun"), "consulted": N_("Sent for opinions"), "opinions_in": N_("Opinions in"),
        "experts_heard": N_("Experts heard"), "coordinated": N_("Coordinated with the emergency department"),
        "submitted": N_("Submitted for review"), "reviewed": N_("Reviewed"), "returned": N_("Returned"), "approved": N_("Approved"),
        "issued": N_("Issued"), "filed": N_("Filed"), "published": N_("Published"), "trained": N_("Trained"), "drilled": N_("Drilled"),
        "evaluated": N_("Evaluated"), "revision_decided": N_("Revision decided"), "withdrawn": N_("Withdrawn"),
        "discarded": N_("Draft discarded"),
    },
    "PlanStage": {
        "model": N_("model plan, not adopted here"), "draft": N_("being drafted"), "consultation": N_("out for opinions"),
        "submitted": N_("submitted, to be reviewed"), "reviewed": N_("reviewed, to be approved"), "approved": N_("approved, to be issued"),
        "issued": N_("in force"), "replaced": N_("replaced"), "withdrawn": N_("withdrawn"), "discarded": N_("draft discarded"),
    },
    "PlanDueKind": {
        "opinions": N_("Opinions"), "filing": N_("Filing"), "publication": N_("Publication"), "drill": N_("Drill"),
        "evaluation": N_("Evaluation"),
    },
    "RevisionScope": {"major": N_("Major revision"), "minor": N_("Minor revision")},
    "RevisionTrigger": {
        "law": N_("Law, standard or the plan above changed"), "command": N_("Command body or its duties changed"),
        "risk": N_("The risk changed"), "resources": N_("Important resources changed"),
        "practice": N_("Found in a response or a drill"), "other": N_("Another occasion"),
    },
    "ReviewMatter": {
        "lawful": N_("In keeping with law, rules and standards"), "linked": N_("Linked with the plan above and those beside it"),
        "complete": N_("Clear in structure and complete"), "workable": N_("Command, levels and measures workable"),
        "agreed": N_("Opinions agreed"), "other": N_("Whatever else is to be reviewed"),
    },
    "FilingRoute": {
        "overall": N_("Overall plan of a government"), "special": N_("Special plan of a government"),
        "department": N_("Plan of a department"), "joint": N_("Joint plan"), "central_unit": N_("Unit of the central state"),
        "grassroots": N_("Street, township, village or community"), "state_company": N_("Company of the central state"),
        "production_unit": N_("Production unit"),
    },
    "Evaluation": {"keep": N_("keep as it is"), "revise": N_("revise")},
    "DraftState": {"open": N_("being written"), "submitted": N_("under review"), "issued": N_("issued"), "discarded": N_("discarded")},
    "PartFate": {
        "same": N_("same"), "changed": N_("changed"), "moved": N_("renumbered"), "added": N_("added"), "removed": N_("removed"),
    },
    "PlanContent": {
        "command": N_("command and duties"), "prevention": N_("prevention and warning"), "procedure": N_("procedure"),
        "support": N_("support"), "recovery": N_("recovery"),
    },
    "PartKind": {
        "basis": N_("Basis"), "clause": N_("Clause"), "situation": N_("Situation"), "item": N_("Item"), "level": N_("Level"),
        "work_group": N_("Work group"), "action": N_("Action"), "contact": N_("Contact"), "card": N_("Response card"),
    },
    "EditAct": {
        "add": N_("added"), "save": N_("changed"), "remove": N_("removed"), "move": N_("put elsewhere"), "header": N_("head changed"),
        "follow": N_("brought over"),
        "undo": N_("taken back"), "redo": N_("done again"), "merge": N_("merged"),
    },
    "PlanSection": {
        "header": N_("Head of the plan"), "basis": N_("Basis"), "clause": N_("Clause"), "situation": N_("Situation"), "item": N_("Item"),
        "level": N_("Level"), "work_group": N_("Work group"), "action": N_("Action"), "contact": N_("Contact"), "card": N_("Response card"),
        "order": N_("Sequence"),
    },
    "MergeOutcome": {
        "mine": N_("changed here"), "theirs": N_("changed there"), "alike": N_("changed alike"), "combined": N_("changed by both"),
        "clash": N_("to decide"),
    },
    "MergeChoice": {"mine": N_("ours"), "theirs": N_("theirs"), "both": N_("both"), "edited": N_("edited")},
    "PlanVerdict": {
        "new": N_("new"), "newer": N_("newer"), "same": N_("the same"), "older": N_("known here"), "diverged": N_("diverged"),
    },
    "ReferenceKind": {
        "capability": N_("Capability"), "incident_type": N_("Type of incident"), "area": N_("Area code"), "plan": N_("Plan"),
        "supply": N_("Code of supplies"),
    },
    "SuggestionSource": {
        "plan_actual": N_("Plan against actual"), "finding": N_("Finding"), "drill": N_("Drill"), "by_hand": N_("Suggested by hand"),
    },
    "SuggestionState": {"open": N_("open"), "taken": N_("taken up"), "declined": N_("declined")},
}  # fmt: skip
