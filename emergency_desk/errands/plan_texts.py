"""Holds what is derived from plans against their texts, which only this room can read; and makes it anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.integrity import Difference
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.services import plan_keeping
from emergency_desk.services.desk import Desk

Progress = Callable[[int, int, str], None]


def differences(desk: Desk, *, progress: Progress) -> Iterator[Difference]:
    """Read every text again and tell which plan's records say something else, or which text cannot be read."""
    ids = plan_keeping.text_ids(desk)
    for done, id_ in enumerate(ids):
        progress(done, len(ids), "plans")
        text, kept = plan_keeping.text_and_records(desk, text_id=id_)
        where = f"plans {text.code} {text.plan_version}"
        try:
            plan = read_plan(text.body, f"{text.code} {text.plan_version}")
        except BadFile as error:
            yield Difference(what="plan_text", where=where, expected="a plan that can be read", found=str(error.values.get("reason", "")))
            continue
        if (plan.code, plan.version) != (text.code, text.plan_version):
            yield Difference(what="plan_text", where=where, expected=where, found=f"plans {plan.code} {plan.version}")
        elif kept != plan:
            yield Difference(what="plan_back", where=where, expected="the records of its text", found="none" if kept is None else "others")


def rebuild(desk: Desk, *, progress: Progress) -> int:
    """Make everything derived from plans anew from their texts; return how many plans there are."""
    return plan_keeping.rebuild(desk, progress=progress)
