"""Keys paper back: what stands written on a card becomes the ordinary act of the desk, at the time of the paper, recorded now."""

from __future__ import annotations

from typing import Any

from emergency_desk.domain.blackout import STATES, Card, CardKind, CardNotKeyed, Keyed, KeyedLine
from emergency_desk.domain.errors import FieldMissing, LogLineEmpty
from emergency_desk.domain.shelter_acts import AskedCount
from emergency_desk.domain.teams import HowHeard
from emergency_desk.services import blackout, dispatches, incidents, releases, shelters, teams
from emergency_desk.services.desk import Desk, Done


def key_back(desk: Desk, line: KeyedLine) -> Done[Any]:
    """Enter one thing from paper.

    Raises CardCodeUnread, CardUnknown, CardNotKeyed, FieldMissing, ReasonMissing, OccurredInFuture, and what the act itself refuses.
    """
    card = blackout.find_card(desk, code=line.code)
    if line.what not in card.possible:
        raise CardNotKeyed(code=str(card.code), what=line.what)
    if line.what is Keyed.WORDS:
        return _words(desk, card, line)
    if card.code.kind is CardKind.TASK:
        is_skipped = line.what is Keyed.SKIPPED
        return incidents.end_task(desk, task_id=card.about_id, skipped=is_skipped, reason=_said(line), occurred_at=line.occurred_at)
    if card.code.kind is CardKind.TEAM:
        return _team(desk, card, line)
    if card.code.kind is CardKind.SHELTER:
        if line.heads is None:
            raise FieldMissing(name="heads")
        return shelters.count_heads(desk, asked=AskedCount(opening_id=card.about_id, heads=line.heads, counted_at=line.occurred_at,
                                                           counted_by=line.person, note=line.words))
    return releases.pick(desk, order_id=card.about_id, picked_by=line.person, occurred_at=line.occurred_at)


def _team(desk: Desk, card: Card, line: KeyedLine) -> Done[Any]:
    if line.what is Keyed.RECEIPT:
        return dispatches.take_receipt(desk, dispatch_id=card.about_id, received_by=line.person, received_at=line.occurred_at)
    assert card.team_id is not None, "a card of a team names it"
    return teams.report_state(desk, team_id=card.team_id, to=STATES[line.what], occurred_at=line.occurred_at, reported_by=line.person,
                              how=HowHeard.RADIO, note=line.words)


def _words(desk: Desk, card: Card, line: KeyedLine) -> Done[Any]:
    """Enter words into the log of the incident; what they are about stands before them, unless that is the log itself."""
    if not line.words.strip():
        raise LogLineEmpty()
    about = "" if card.code.kind is CardKind.LOG else f"[{card.code} {card.title.zh}] "
    return incidents.write_log(desk, text=about + line.words.strip(), incident_id=card.incident_id, occurred_at=line.occurred_at,
                               heard_from=line.person, how=HowHeard.PHONE.value if line.person else "")


def _said(line: KeyedLine) -> str:
    return " ".join(part for part in (line.words.strip(), line.person.strip()) if part)
