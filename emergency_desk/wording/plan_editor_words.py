"""Words of the plan editor: what each table is for, and how safe what was typed is."""

from __future__ import annotations

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_outline import PlanContent
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

_FOR = {
    None: N_("Which incidents the plan covers decides when the desk opens it: the plan for the fewest types goes first, then the tier's own."),
    PartKind.LEVEL: N_("What the desk tells a level by. One line suffices, and within a line everything must hold; “at least” includes the "
                       "number. Needs are the level's total, not an addition to the level below."),
    PartKind.ACTION: N_("What the desk asks for by name and minute once a level starts. One action asks for one thing; give it an owner, a "
                        "tier, a time and its clause. An action met by a report or by the activation ends by itself."),
    PartKind.WORK_GROUP: N_("The groups of the on-site command: who leads, who belongs to it, what it does. Owners of actions come from here."),
    PartKind.CARD: N_("One page for one post, read on the run: what starts it, at most seven steps with minutes, whom to report to, what "
                      "never to do, when to get out."),
    PartKind.CONTACT: N_("Whom to ring: the duty phone of a unit, never a private number. The check tells numbers that nobody tried for long."),
    PartKind.ITEM: N_("Things that levels and actions ask for, with the unit they are counted in and the national code where there is one."),
    PartKind.SITUATION: N_("Circumstances that raise a level, such as a high-rise. They are known by words of the call or chosen by the "
                           "officer."),
    PartKind.BASIS: N_("The law and the plans above that this one rests on, with number or day in force. The check tells what was replaced."),
    PartKind.CLAUSE: N_("The text of the plan."),
}


def what_for(kind: PartKind | None) -> str:
    """Return what a table of parts is for; None is the head of the plan."""
    return _(_FOR[kind])


def still_missing(contents: tuple[PlanContent, ...]) -> str:
    """Tell which of the five contents the law wants are not written yet; "" when all are."""
    if not contents:
        return ""
    names = _(", ").join(label(content) for content in contents)
    return _("The law wants these in every plan, and nothing is written yet: {contents}").format(contents=names)
