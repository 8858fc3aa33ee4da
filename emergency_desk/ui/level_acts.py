"""How response levels are written, Ⅰ to Ⅳ or 一级 to 四级: a setting of the desk, offered in the Ctrl+K box."""

from __future__ import annotations

from functools import partial

from emergency_desk.domain.accounts import Act
from emergency_desk.services import library
from emergency_desk.ui.palette_box import Found
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.levels import SETTING, Numerals, current_numerals, use_numerals


def found(place: Workplace) -> list[Found]:
    """Return the other way to write levels, for whoever may change the settings."""
    if not place.desk.can(Act.KEEP_SETTINGS):
        return []
    if current_numerals() is Numerals.ROMAN:
        return [Found(_("Write response levels as 一级 to 四级"), _("setting of the desk"), partial(write_levels, place, Numerals.CHINESE))]
    return [Found(_("Write response levels as Ⅰ to Ⅳ"), _("setting of the desk"), partial(write_levels, place, Numerals.ROMAN))]


def write_levels(place: Workplace, numerals: Numerals) -> None:
    """Keep how levels are written; the pages read it anew."""
    desk = place.desk

    def kept(_done: object) -> None:
        use_numerals(numerals)
        place.window.notices.done(_("Response levels are written as {example} from now on.").format(
            example="Ⅲ" if numerals is Numerals.ROMAN else "三级"))

    place.ask(lambda: library.keep_setting(desk, name=SETTING, content=numerals.value), then=kept)
