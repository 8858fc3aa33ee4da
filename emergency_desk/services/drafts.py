"""Drafts of open forms: kept as typed, outside the journal, there again after a crash."""

from __future__ import annotations

import json

from emergency_desk.services.desk import Desk

CALL = "call"  # the call form: the one form that holds callers


def keep_draft(desk: Desk, *, name: str, content: dict[str, str]) -> None:
    """Keep a form as typed, over what was kept before."""
    desk.store.keep_draft(name, account_id=desk.account.id if desk.account else "", content=json.dumps(content, ensure_ascii=False),
                          at=desk.now())


def get_draft(desk: Desk, *, name: str) -> dict[str, str]:
    """Return a kept draft, empty when there is none."""
    text = desk.store.draft(name)
    return dict(json.loads(text)) if text else {}


def list_drafts(desk: Desk) -> list[str]:
    """Return the names of the drafts that are kept, the newest first."""
    return desk.store.draft_names()


def drop_draft(desk: Desk, *, name: str) -> None:
    """Drop a draft: the form was saved or thrown away."""
    desk.store.drop_draft(name)
