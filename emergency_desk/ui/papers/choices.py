"""What was chosen for each kind of paper, remembered beside the papers: its language.

A file that cannot be read or written costs nobody a paper: the language of the desk is taken.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from emergency_desk.wording.catalog import LANGUAGES

NAME = ".choices.json"
_log = logging.getLogger(__name__)


def language_for(folder: Path, name: str, otherwise: str) -> str:
    """Return the language that a kind of paper was last shown in, or another one."""
    chosen = _read(folder).get(name)
    return chosen if chosen in LANGUAGES else otherwise


def remember(folder: Path, name: str, language: str) -> None:
    """Keep the language of a kind of paper."""
    kept = _read(folder) | {name: language}
    fresh = folder / f"{NAME}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        os.replace(fresh, folder / NAME)
    except OSError as error:  # told by the paper itself as soon as one is printed there
        _log.info("the choice of a paper's language was not kept: %s", error)


def _read(folder: Path) -> dict[str, str]:
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(tag) for name, tag in kept.items()} if isinstance(kept, dict) else {}
