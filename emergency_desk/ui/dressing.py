"""Puts the theme on the running program: style, palette and stylesheet together."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from emergency_desk.ui.stylesheet import stylesheet
from emergency_desk.ui.theme import Colours, Scheme, resolve, show


def apply(application: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
    """Dress the whole program: Fusion, our palette, one stylesheet. May be called again to switch."""
    shown = resolve(scheme)
    show(shown)
    if application.style().objectName() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(_palette(shown))
    application.setStyleSheet(stylesheet(shown))


def _palette(of: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, value in (
        ((role.Window,), of.ground), ((role.Base, role.ToolTipBase), of.panel), ((role.AlternateBase, role.Button), of.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), of.text), ((role.PlaceholderText,), of.secondary),
        ((role.Highlight, role.Link, role.Accent), of.act), ((role.HighlightedText,), of.on_fill), ((role.BrightText,), of.red),
        ((role.Mid, role.Dark), of.line), ((role.Light, role.Midlight), of.panel), ((role.Shadow,), of.line),
    ):  # fmt: skip
        for each in roles:
            palette.setColor(each, QColor(value))
    for each in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(of.secondary))
    return palette
