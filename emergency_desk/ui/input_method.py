"""Chinese typing on fcitx desktops: called by the wiring room before the QApplication is made."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = ("QT_IM_MODULE", "GTK_IM_MODULE", "XMODIFIERS", "QT_IM_MODULES")


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return what to set so that typing works; empty when the desktop's own way works.

    Debian's fcitx plug-in does not load into the Qt of the wheel, but fcitx also speaks ibus' portal, whose plug-in the
    wheel brings. May go when the wheel ships a plug-in for fcitx.
    """
    if any("fcitx" in given.get(name, "").lower() for name in _NAMES):
        return {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    return {}
