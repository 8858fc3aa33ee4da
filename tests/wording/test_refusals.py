"""Every refusal is one clear sentence with what to do about it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from emergency_desk.domain import errors
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.ladder import Step
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_life import PlanStage
from emergency_desk.domain.plan_moves import MoveKind, ReviewMatter
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.teams import TeamState
from emergency_desk.wording import catalog, refusals

_AT = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
_VALUES = {
    "known": ("7", "8"), "what": "team", "tier": Tier.STREET, "tiers": (Tier.CITY, Tier.DISTRICT), "minutes": 15, "desk": "7", "code": "7",
    "area": "7", "target": "7", "areas": 3, "incidents": 1, "others": 2,
    "nearest": "7", "nearest_code": "7", "units": ("7", "8"), "site": "7",
    "kind": "teams", "key": "7", "id": "7", "name": "teams", "reason": "damaged", "line": 7, "detail": "7", "path": "/desk.store",
    "backup": "/backup.store", "store": "/desk.store",
    "act": "7", "roles": ("7",), "account": "7", "typed": "7", "number": "370203-2026-0017", "teams": ("7", "8"),
    "team": "7", "state": TeamState.WORKING, "incident": "7", "from_state": TeamState.STANDBY, "to_state": TeamState.WORKING,
    "rule": "D3", "people": 2, "reports": 1, "items": ("7", "8"),
    "allowed": (TeamState.TRAINING, TeamState.UNAVAILABLE), "last_at": _AT, "order": "370203-2026-0017-D03", "at": _AT,
    "level": Level.III, "activator": Tier.CITY, "own": Tier.DISTRICT, "holder": Tier.STREET, "to": Tier.CITY, "due_at": _AT, "next": (Tier.CITY,),
    "part": PartKind.CLAUSE, "plan": "7", "version": "7", "person": "7", "clause": "7",
    "move": MoveKind.ISSUED, "stage": PlanStage.DRAFT, "possible": (MoveKind.SUBMITTED,), "missing": (MoveKind.CONSULTED,),
    "matters": (ReviewMatter.LAWFUL,), "day": date(2026, 11, 24), "earliest": date(2026, 11, 24), "latest": date(2026, 11, 24),
    "count": 2, "codes": ("7",), "words": ("7",),
    "posts": ("7", "8"), "base": "7", "newer": "7", "kinds": (PartKind.LEVEL,), "keys": ("7",),
    "item": "7", "heads": 7, "wanted": 7, "there": 3, "lot": "7", "expires_on": date(2026, 11, 24), "document": "7", "partner": "7",
    "valid_until": date(2026, 11, 24), "other": "7",
    "lines": 7, "most": 3, "depot": "7", "left": 2, "who": "7", "reserved": 3, "short": 2,
    "shelter": "7", "since": _AT, "arrived": _AT, "until": _AT, "shelters": ("7",),
    "place": "7", "seconds": 20, "before": Grade.RELATIVELY_MAJOR, "after": Grade.ORDINARY, "title": "7", "step": Step.ACTIVATE, "basis": "7",
}  # fmt: skip


def _all(kind: type[DeskError] = DeskError) -> Iterator[type[DeskError]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("emergency_desk."):
            yield each
            yield from _all(each)


KINDS = sorted(set(_all()), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence_of_its_own(kind: type[DeskError]) -> None:
    assert refusals.is_told(kind)
    told = refusals.sentence(kind(**_VALUES))
    assert told[0].isupper() or not told[0].isalpha() or told.startswith("teams")
    assert told.endswith((".", ")", "。", "）"))
    assert not re.search(r"[{}]", told)
    assert "…" not in told


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_is_chinese_in_chinese(kind: type[DeskError]) -> None:
    english = refusals.sentence(kind(**_VALUES))
    catalog.use_language("zh_CN")
    chinese = refusals.sentence(kind(**_VALUES))
    assert chinese != english
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"[{}]", chinese)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_without_its_values_is_still_told(kind: type[DeskError]) -> None:
    assert refusals.sentence(kind())


def test_a_team_that_is_out_is_named_with_its_incident() -> None:
    error = errors.TeamIsOut(team="Fire station 2", state=TeamState.WORKING, incident="370203-2026-0017")
    assert refusals.sentence(error) == (
        "Fire station 2 is already out (working) on 370203-2026-0017 and cannot be sent twice. Recall it first or choose another team."
    )


def test_the_garrison_is_asked_for_and_never_sent() -> None:
    told = refusals.sentence(errors.TeamNotSendable(team="Garrison engineers", reason=ReasonNot.BY_REQUEST))
    assert "never sent by this desk" in told
    assert told.endswith("Art. 4 and 5)")


def test_a_time_in_a_refusal_is_local_time() -> None:
    told = refusals.sentence(errors.ReceiptAlreadyGiven(order="D03", at=_AT))
    assert "2026-11-24 20:30" in told


def test_a_bad_file_names_the_line_and_that_nothing_changed() -> None:
    told = refusals.sentence(errors.BadFile(name="plan.yaml", reason="unknown_key", line=12, detail="colour"))
    assert told == "plan.yaml, line 12: colour is no known entry. Nothing was changed; mend the file and take it again."


def test_an_order_that_is_closed_says_in_what_state_it_is() -> None:
    assert "(recalled)" in refusals.sentence(errors.OrderNotOpen(order="D03", state=OrderState.RECALLED))
