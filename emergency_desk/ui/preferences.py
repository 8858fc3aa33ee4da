"""What one person likes on one machine: language, colours, size, and which news were seen. A small file in the folder the wiring room names.

A file that cannot be read costs nobody the desk: the defaults are taken and the next change writes it anew.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from emergency_desk.ui.theme import SCALES, Scheme

NAME = "preferences.json"
SYSTEM_LANGUAGE = "system"
_LANGUAGES = (SYSTEM_LANGUAGE, "en", "zh_CN")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Language ("system", "en", "zh_CN"), colours, the size of everything in per cent (100 to 200), and what was told once."""

    language: str = SYSTEM_LANGUAGE
    scheme: Scheme = Scheme.SYSTEM
    scale_percent: int = 100
    news_seen: str = ""  # the version of the program whose news were shown last


def read(folder: Path) -> Preferences:
    """Return the kept preferences; what is missing or unreadable takes its default."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    language, scheme, scale = kept.get("language"), kept.get("scheme"), kept.get("scale_percent")
    seen = kept.get("news_seen")
    return Preferences(
        language=language if language in _LANGUAGES else SYSTEM_LANGUAGE,
        scheme=Scheme(scheme) if scheme in tuple(Scheme) else Scheme.SYSTEM,
        scale_percent=scale if scale in SCALES else 100,
        news_seen=seen if isinstance(seen, str) else "",
    )


def write(folder: Path, preferences: Preferences) -> None:
    """Keep the preferences; a half-written file never takes the place of a whole one. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps(asdict(preferences), indent=1), encoding="utf-8")
    os.replace(fresh, folder / NAME)


def change(folder: Path, **values: object) -> Preferences:
    """Change some of them and keep all."""
    changed = replace(read(folder), **values)  # type: ignore[arg-type]
    write(folder, changed)
    return changed
