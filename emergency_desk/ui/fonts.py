"""The typeface of the screens: a good Chinese face of the system, else the one that ships with the desk.

Every face below has digits of equal width by default, so clocks and columns stand still (a test measures it; PySide6 6.8.0
has no way to name a font feature such as `tnum`). Reading the shipped files costs tens of milliseconds, so it happens only
where the system has no such face.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from emergency_desk.ui.theme import BODY

# In the order of our liking: faces with matching Latin letters and a true bold, in simplified forms.
FACES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "HarmonyOS Sans SC", "MiSans", "PingFang SC",
    "Microsoft YaHei UI", "Microsoft YaHei",
)  # fmt: skip
_SHIPPED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def choose_face(fonts_folder: Path) -> str:
    """Return the family to draw with, loading the shipped one only when the system has none; "" leaves it to Qt."""
    for face in FACES:
        if QFontDatabase.hasFamily(face):
            return face
    loaded = [QFontDatabase.addApplicationFont(str(fonts_folder / name)) for name in _SHIPPED if (fonts_folder / name).is_file()]
    families = [family for number in loaded if number >= 0 for family in QFontDatabase.applicationFontFamilies(number)]
    return families[0] if families else ""


def apply(application: QApplication, fonts_folder: Path) -> str:
    """Give the whole program its typeface; return the family taken."""
    face = choose_face(fonts_folder)
    font = QFont(face) if face else QFont(application.font())
    font.setPixelSize(BODY)
    application.setFont(font)
    return face
