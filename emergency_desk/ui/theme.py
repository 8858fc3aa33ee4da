"""Colours, sizes and type of every screen, each under its meaning. Nowhere else does a colour have a value.

Widgets that paint ask `colours()` while painting, so a switch between light and dark needs no wiring. Sizes are in
logical pixels; Qt multiplies them for dense screens, and `scale_environment` for people who want everything larger.
Source of the values: the desk's own screen book; every text-on-ground pair keeps a contrast of 4.5:1 (a test computes it).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

BODY, SMALL, LARGE, TITLE, FIGURE = 13, 12, 17, 18, 30
GAP, PAD, CORNER = 8, 12, 6
ROW, ROW_TALL, RAIL, BAR, KEY_BAR = 28, 30, 76, 46, 32
SCALES = (100, 125, 150, 175, 200)


class Scheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Tone(StrEnum):
    """What a word or a shape means; the palette gives the colour."""

    TEXT = "text"
    SECONDARY = "secondary"
    ACT = "act"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"


class Colours(NamedTuple):
    """One palette. `on_fill` is the text on a filled pill or button of any tone."""

    ground: str
    panel: str
    line: str
    field_line: str
    text: str
    secondary: str
    act: str
    chosen: str
    red: str
    orange: str
    yellow: str
    blue: str
    green: str
    on_fill: str
    rail: str
    rail_chosen: str
    rail_text: str
    raised: str

    def of(self, tone: Tone) -> QColor:
        """Return the colour of a tone."""
        return QColor(getattr(self, tone.value))


LIGHT = Colours(
    ground="#F4F6F8", panel="#FFFFFF", line="#D9DFE5", field_line="#B9C4CE", text="#17212B", secondary="#5B6B7A", act="#0B5CAD",
    chosen="#E7F0FA", red="#B71C1C", orange="#A34A00", yellow="#7A5C00", blue="#1A5F9C", green="#27702C", on_fill="#FFFFFF",
    rail="#12283D", rail_chosen="#1F4B7A", rail_text="#D5E0EA", raised="#F0F3F6",
)  # fmt: skip
DARK = Colours(
    ground="#10161D", panel="#182029", line="#2A3642", field_line="#3A4957", text="#E6EDF3", secondary="#93A4B3", act="#5AA9F0",
    chosen="#1E2F40", red="#FF6B63", orange="#FFA14A", yellow="#F2CC45", blue="#69B1FF", green="#6CCB78", on_fill="#10161D",
    rail="#0A0F14", rail_chosen="#1F4B7A", rail_text="#D5E0EA", raised="#1D2731",
)  # fmt: skip


class _Shown:
    """The palette on the screen now."""

    colours = LIGHT


def colours() -> Colours:
    """Return the palette on the screen now."""
    return _Shown.colours


def colour(tone: Tone) -> QColor:
    """Return the colour a tone has now."""
    return _Shown.colours.of(tone)


def is_dark() -> bool:
    """Say whether the dark palette is shown."""
    return _Shown.colours is DARK


def text_pairs(palette: Colours) -> list[tuple[str, str]]:
    """Return every (text, ground) pair that screens put on one another."""
    grounds = (palette.ground, palette.panel, palette.chosen, palette.raised)
    inks = (palette.text, palette.secondary, *(getattr(palette, tone.value) for tone in Tone))
    pairs = [(ink, ground) for ink in inks for ground in grounds]
    pairs += [(palette.on_fill, getattr(palette, tone.value)) for tone in Tone]
    return [*pairs, (palette.rail_text, palette.rail), (palette.rail_text, palette.rail_chosen), ("#FFFFFF", palette.rail_chosen)]


def contrast(a: str, b: str) -> float:
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.1, relative luminance and contrast ratio."""
    dim, bright = sorted((_luminance(QColor(a)), _luminance(QColor(b))))
    return (bright + 0.05) / (dim + 0.05)


def _luminance(of: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (of.redF(), of.greenF(), of.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """Return `over` laid on `under` with a share of 0 to 1."""
    pairs = ((over.red(), under.red()), (over.green(), under.green()), (over.blue(), under.blue()))
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


def scale_environment(percent: int) -> dict[str, str]:
    """Return the environment that enlarges everything; it has to be set before the QApplication. 100 changes nothing."""
    percent = min(max(percent, SCALES[0]), SCALES[-1])
    return {} if percent == 100 else {"QT_SCALE_FACTOR": f"{percent / 100:g}"}


def is_scaled_by(environment: Mapping[str, str]) -> int:
    """Return the size, in per cent, that an environment asked for; 100 where it says nothing that can be read."""
    try:
        return round(float(environment.get("QT_SCALE_FACTOR", "1")) * 100) or 100
    except ValueError:
        return 100


def resolve(scheme: Scheme) -> Colours:
    """Return the palette of a scheme; the system's wish is asked of Qt."""
    if scheme is Scheme.SYSTEM:
        wish = QGuiApplication.styleHints().colorScheme()
        return DARK if wish is Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme is Scheme.DARK else LIGHT


def show(shown: Colours) -> None:
    """Make these the colours that widgets paint with; `dressing.apply` calls it."""
    _Shown.colours = shown


def names() -> list[str]:
    """Return the meanings a palette gives colours to."""
    return list(Colours._fields)
