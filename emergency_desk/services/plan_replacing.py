"""Words replaced through a whole draft, as one act that undo takes back in one."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import EditAct, PartKind
from emergency_desk.domain.plan_parts import content_of, key_of, record_of
from emergency_desk.domain.plan_replacing import Needle, hits, replaced
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.drafting_plans import Pen, key_for


def replace_words(desk: Desk, *, draft_id: Id, needle: Needle, by: str) -> Done[int]:
    """Replace words in every text of a draft, as its parts stand now; returns in how many places. Raises DraftNotOpen, NotFound."""
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        pen = Pen.begin(desk, work, draft_id, EditAct.SAVE)
        count = 0
        for kind in PartKind:
            living = pen.living(kind)
            for part in living:
                before = record_of(kind, part.content)
                found = hits(before, needle)
                if not found:
                    continue
                record = replaced(before, needle, by)
                others = [one for one in living if one.id != part.id]
                key = part.key if key_of(record) == key_of(before) else key_for(record, kind, others)
                pen.put(part, replace(part, content=content_of(record), key=key))
                count += len(found)
        return Done(count, work.commit("replace_in_plan", draft=draft_id, places=count))
