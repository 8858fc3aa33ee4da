"""The one stylesheet, written from the tokens of `theme`. It dresses Qt's own widgets; our own parts paint themselves.

Labels take their look from a dynamic property: `tone` (secondary, act, red …) and `letters` (small, large, title, figure).
"""

from __future__ import annotations

from PySide6.QtWidgets import QCompleter

from emergency_desk.ui.theme import BODY, CORNER, FIGURE, LARGE, SMALL, TITLE, Colours, Tone

_SHEET = """
QWidget {{ font-size: {body}px; }}
QToolTip {{ background: {panel}; color: {text}; border: 1px solid {line}; padding: 4px 6px; }}
QLabel {{ background: transparent; }}
QLabel[letters="small"] {{ font-size: {small}px; }}
QLabel[letters="large"] {{ font-size: {large}px; font-weight: 700; }}
QLabel[letters="title"] {{ font-size: {title}px; font-weight: 700; }}
QLabel[letters="figure"] {{ font-size: {figure}px; font-weight: 700; }}
QLabel[strong="true"] {{ font-weight: 700; }}
{tones}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateTimeEdit {{
  background: {panel}; color: {text}; border: 1px solid {field_line}; border-radius: {corner}px; padding: 5px 9px;
  selection-background-color: {act}; selection-color: {on_fill}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus {{
  border: 2px solid {act}; padding: 4px 8px; }}
QLineEdit[letters="large"] {{ font-size: {large}px; padding: 6px 10px; }}
QLineEdit[letters="large"]:focus {{ padding: 5px 9px; }}
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QComboBox[refused="true"] {{ border: 2px solid {red}; padding: 4px 8px; }}
QLineEdit:read-only {{ background: {raised}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox QAbstractItemView {{ background: {panel}; border: 1px solid {line}; selection-background-color: {chosen};
  selection-color: {text}; outline: 0; }}
QTableView, QListView, QTreeView {{ background: transparent; border: none; outline: 0; }}
QTableView:focus, QListView:focus {{ border: none; }}
QListView[popup="true"] {{ background: {panel}; color: {text}; border: 1px solid {line}; selection-background-color: {chosen};
  selection-color: {text}; }}
QHeaderView {{ background: {panel}; border: none; }}
QHeaderView::section {{ background: {panel}; color: {secondary}; border: none; border-bottom: 1px solid {line}; padding: 4px 6px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {field_line}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {secondary}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: none;
  width: 0; height: 0; }}
QMenu {{ background: {panel}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 18px; border-radius: 4px; }}
QMenu::item:selected {{ background: {chosen}; color: {text}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {act}; }}
QRadioButton::indicator {{ width: 13px; height: 13px; border: 1px solid {secondary}; border-radius: 7px; background: {panel}; }}
QRadioButton::indicator:checked {{ width: 7px; height: 7px; border: 4px solid {act}; }}
QRadioButton[tab="true"] {{ padding: 3px 2px; border: none; border-bottom: 2px solid transparent; color: {secondary}; }}
QRadioButton[tab="true"]::indicator, QRadioButton[tab="true"]::indicator:checked {{ width: 0; height: 0; border: none; }}
QRadioButton[tab="true"]:checked {{ color: {text}; border-bottom: 2px solid {act}; }}
QRadioButton[tab="true"]:focus {{ color: {act}; }}
QSplitter::handle {{ background: transparent; }}
"""


def dressed(completer: QCompleter) -> QCompleter:
    """Give the list of a completer a ground: lists have none, and as a window of its own it would be black."""
    completer.popup().setProperty("popup", True)
    return completer


def stylesheet(of: Colours) -> str:
    """Return the stylesheet of a palette."""
    tones = "\n".join(f'QLabel[tone="{tone}"] {{ color: {getattr(of, tone.value)}; }}' for tone in Tone)
    return _SHEET.format(
        body=BODY, small=SMALL, large=LARGE, title=TITLE, figure=FIGURE, corner=CORNER, tones=tones, panel=of.panel, text=of.text,
        line=of.line, field_line=of.field_line, act=of.act, on_fill=of.on_fill, red=of.red, raised=of.raised, chosen=of.chosen,
        secondary=of.secondary,
    )  # fmt: skip
