"""Make the pictures of the manual and of the README, and the manual's list of keys, from the running desk.

    python installer/make_pictures.py                    both languages
    python installer/make_pictures.py --language zh      one of them
    python installer/make_pictures.py --size 2560x1440   larger ones, for a look on a dense screen

Needs no display. A demo city is built in a folder that is thrown away, the shipped fire is played on it up to its height, and
every page is drawn by the real window in its place.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
HELP = ROOT / "resources" / "help"
LANGUAGES = {"zh": "zh_CN", "en": "en"}
WALK, HEIGHT = "building_fire.yaml", "city_leads"
_COLOURS = 160  # of a picture: a screen of ours has no photographs
_SETTLE = 6
_LEADER = "周明远"  # invented, as everybody in the demo city

if TYPE_CHECKING:
    from emergency_desk.app.session import Session


def main() -> int:
    """Make what was asked for, each language in a program of its own."""
    asked = _asked()
    if asked.language:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        sys.path.insert(0, str(ROOT))
        with TemporaryDirectory(prefix="emergency-desk-pictures-") as folder:
            _keep_apart(Path(folder))
            _draw(asked.language, Path(folder), *(int(part) for part in asked.size.split("x")))
        return 0
    return max(subprocess.run([sys.executable, __file__, "--language", language, "--size", asked.size], check=False).returncode
               for language in LANGUAGES)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--language", choices=tuple(LANGUAGES), default="")
    parser.add_argument("--size", default="1366x768")
    return parser.parse_args()


def _keep_apart(folder: Path) -> None:
    """Let nothing of the person who runs this be read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder / name.lower())


def _draw(language: str, folder: Path, width: int, height: int) -> None:
    from emergency_desk.app import paths
    from emergency_desk.app.application import Asked, furnish_application, make_application, utc_now
    from emergency_desk.app.ground import WalkGround
    from emergency_desk.app.session import Session
    from emergency_desk.errands import walks
    from emergency_desk.ui.main_window import MainWindow

    store = folder / "demo.store"
    script = walks.up_to(walks.read_file(paths.walks() / WALK), HEIGHT, ends_at=datetime.now(UTC))
    stage = walks.open_in_place(script, WalkGround(), store)
    walks.play(script, stage)
    stage.desk.store.close()
    asked = Asked(store=store, language=LANGUAGES[language], scheme="light")
    application = make_application(asked)
    furnish_application(application, asked)
    window = MainWindow(utc_now)
    window.resize(width, height)
    window.show()
    session = Session(application, asked, window, inline=True)
    session.begin()
    _settle(application)
    _Camera(session, HELP / language).take_all()
    window.close()


def _settle(application: Any) -> None:
    for _round in range(_SETTLE):
        application.processEvents()


class _Camera:
    """Turns the pages of one window and keeps what it shows."""

    def __init__(self, session: Session, folder: Path) -> None:
        assert session.workplace is not None, "an inline background answers at once"
        self.session, self.place, self.folder = session, session.workplace, folder

    def take_all(self) -> None:
        """Take every picture the manual names, then the list of keys."""
        self._as("city_leader")
        first = self._busiest()
        pages: dict[str, Callable[[], Any]] = {
            "board": lambda: self.session.window.show_page("board"),
            "call": self._call, "room": lambda: self.place.open_room(first), "report": lambda: self.place.open_report(first),
            "teams": lambda: self._listed("teams"), "stock": lambda: self._listed("stock"), "allocation": lambda: self._allocation(first),
            "shelters": lambda: self._shelters(first), "plans": self._plan, "drill": self._drill,
            "drills": lambda: self._listed("drills"), "paper": self._paper,
        }
        for name, open_page in pages.items():
            open_page()
            self._keep(name)
        self._keys()

    def _as(self, account: str) -> None:
        from emergency_desk.services import accounts

        accounts.change_officer(self.place.desk, name=account)
        self.session._seat_anew()
        _settle(self.session.application)
        assert self.session.workplace is not None
        self.place = self.session.workplace

    def _keep(self, name: str) -> None:
        window = self.session.window
        window.notices.clear()
        _settle(self.session.application)
        file = self.folder / f"{name}.png"
        window.grab().save(str(file))
        _lessen(file)
        print(file.relative_to(ROOT))

    # -- what stands on the pages --------------------------------------------------------------------------------------
    def _busiest(self) -> Any:
        from emergency_desk.services import incidents

        lines = incidents.list_open(self.place.desk)
        return min(lines, key=lambda line: (line.grade.rank if line.grade else 4, -line.teams_out)).id

    def _call(self) -> None:
        self.place.take_call()
        page: Any = self.session.window.page
        page.show_example()

    def _listed(self, page: str) -> None:
        shown: Any = self.session.window.show_page(page)
        _settle(self.session.application)
        shown.lines.setFocus()

    def _plan(self) -> None:
        plan = next(plan for plan in self.place.desk.trade.shelf.in_force if plan.code == "building_fire")
        self.place.open_plan(plan.code, plan.version, "5.2.2")

    def _allocation(self, incident: Any) -> None:
        self.place.open_allocation(incident)
        _settle(self.session.application)
        page: Any = self.session.window.page
        if page.needs.lines:
            page.needs.setFocus()

    def _shelters(self, incident: Any) -> None:
        """Open two shelters near the fire, count them, and order a community to be moved."""
        from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
        from emergency_desk.domain.shelters import SafetyCheck, Stay
        from emergency_desk.services import evacuation, incidents, shelters

        desk, until = self.place.desk, datetime.now(UTC) + timedelta(days=2)
        area = incidents.open_room(desk, incident_id=incident).incident.area_id
        ready = [each for each in shelters.list_shelters(desk, near=incident) if each.opening is None][:2]
        for each, heads in zip(ready, (86, 41), strict=False):
            asked = AskedOpening(
                shelter_id=each.shelter.id, incident_id=incident, approved_by=_LEADER, responsible=_LEADER, stay=Stay.THREE_DAYS,
                expected_until=until, receives=(area,), supplies_at=until, notice_address=each.site.address or each.site.name,
                notice_route="—", checks=tuple(SafetyCheck), override_reason="演示 demo")
            opened = shelters.open_shelter(desk, asked=asked).value
            shelters.count_heads(desk, asked=AskedCount(opening_id=opened.id, heads=heads))
        for name, people in (("台东六路77号院", 130), ("和平路社区3号楼", 48)):
            evacuation.order_evacuation(desk, incident_id=incident, area_id=area, name=name, to_move=people, vulnerable=people // 8)
        self._listed("shelters")

    def _drill(self) -> None:
        """Plan the shipped tabletop of a fire and show its script."""
        from emergency_desk.app import paths
        from emergency_desk.errands import drill_scripts

        script = drill_scripts.read_file(paths.drills() / "building_fire_tabletop.drill")
        drill = drill_scripts.plan_from(self.place.desk, script, planned_at=datetime.now(UTC) + timedelta(days=9))
        self.place.open_drill(drill.id)

    def _paper(self) -> None:
        from emergency_desk.services import incidents

        room = incidents.open_room(self.place.desk, incident_id=self._busiest())
        self.place.preview_order(room.orders[0].dispatch.id)

    # -- keys ----------------------------------------------------------------------------------------------------------
    def _keys(self) -> None:
        """Open every page once, so that it registers its actions, and write the list of all keys."""
        from emergency_desk.ui.manual.all_keys import keys_of_all

        window = self.session.window
        for page in window.page_ids:
            window.show_page(page)
            _settle(self.session.application)
        file = HELP / "made" / self.folder.name / "keys.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(keys_of_all(window, HELP, LANGUAGES[self.folder.name]), encoding="utf-8")
        print(file.relative_to(ROOT))


def _lessen(file: Path) -> None:
    """Keep a picture in few colours: it is a tenth as large and looks the same."""
    from PIL import Image

    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
