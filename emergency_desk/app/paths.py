"""Where things lie: what ships with the desk, and what belongs to the user. Nobody else knows these places.

What ships is found beside the package (source tree), inside it (installed wheel) or in the bundle (frozen program).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from emergency_desk.store.backup_folder import folder_of, papers_of

APP_NAME = "emergency-desk"
STORE_VARIABLE = "EMERGENCY_DESK_STORE"
STORE_NAME = "desk.store"
DEMO_NAME = "demo.store"


def shipped() -> Path:
    """Return the folder that holds `resources` and `plans`. Raises FileNotFoundError when the program was torn apart."""
    package = Path(__file__).resolve().parents[1]
    places = [package.parent, package / "_shipped"]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        places[:0] = [Path(bundle), Path(bundle) / "emergency_desk" / "_shipped"]
    for place in places:
        if (place / "resources" / "reference").is_dir() and (place / "plans").is_dir():
            return place
    raise FileNotFoundError(f"resources and plans not found in {', '.join(map(str, places))}")


def resources() -> Path:
    """Return the folder of icons, fonts, help, reference data and words."""
    return shipped() / "resources"


def reference() -> Path:
    """Return the folder of reference data: divisions, codes, rule tables."""
    return resources() / "reference"


def fonts() -> Path:
    """Return the folder of fonts that papers embed and screens use."""
    return resources() / "fonts"


def icons() -> Path:
    """Return the folder of icons."""
    return resources() / "icons"


def manual() -> Path:
    """Return the folder of the manual: its pages and pictures, a folder for each language."""
    return resources() / "help"


def locale() -> Path:
    """Return the folder of translated words, for `wording.catalog.use_language`."""
    return resources() / "locale"


def plans() -> Path:
    """Return the folder of the contingency plans that ship with the desk."""
    return shipped() / "plans"


def walks() -> Path:
    """Return the folder of the walk scripts that ship with the desk."""
    return plans() / "walks"


def drills() -> Path:
    """Return the folder of the drills that ship with the desk."""
    return plans() / "drills"


def user_data() -> Path:
    """Return the user's data folder; it is made when it is not there."""
    return platformdirs.user_data_path(APP_NAME, appauthor=False, ensure_exists=True)


def default_store() -> Path:
    """Return the store to open when none is named: EMERGENCY_DESK_STORE, else one in the user's data folder."""
    named = os.environ.get(STORE_VARIABLE, "")
    return Path(named).expanduser() if named else user_data() / STORE_NAME


def demo_store() -> Path:
    """Return where the demo city is built when no store is named."""
    named = os.environ.get(STORE_VARIABLE, "")
    return Path(named).expanduser() if named else user_data() / DEMO_NAME


def backups(store: Path) -> Path:
    """Return the folder of a store's backups; it lies beside the store."""
    return folder_of(store)


def drafts(store: Path) -> Path:
    """Return the folder of a store's drafts: forms that were open when the program ended."""
    return store.parent / f"{store.stem}-drafts"


def papers(store: Path) -> Path:
    """Return the folder where a store's printed papers are kept by default."""
    return papers_of(store)


def logs() -> Path:
    """Return the folder of the program's rotating log."""
    return platformdirs.user_log_path(APP_NAME, appauthor=False, ensure_exists=True)


def settings_file() -> Path:
    """Return the file of this machine's own settings: language, colours, window."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False, ensure_exists=True) / "settings.toml"
