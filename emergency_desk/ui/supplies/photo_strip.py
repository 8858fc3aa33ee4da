"""The pictures of an item side by side, each as high as the strip; nothing where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from emergency_desk.domain.supplies import ItemPhoto
from emergency_desk.ui.theme import GAP

HEIGHT, _MOST_SHOWN, _WIDEST = 132, 3, 200


class PhotoStrip(QWidget):
    """At most three pictures; the caption of each is told on hovering and to who cannot see it."""

    def __init__(self) -> None:
        super().__init__()
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(GAP)
        self._across.addStretch(1)
        self._shown: list[QLabel] = []
        self._known: tuple[str, ...] = ()
        self.hide()

    @property
    def captions(self) -> list[str]:
        """What the pictures that are shown are of."""
        return [label.accessibleName() for label in self._shown]

    def show_photos(self, photos: Sequence[tuple[ItemPhoto, bytes]]) -> None:
        """Show other pictures; those that cannot be drawn are left out."""
        known = tuple(photo.id for photo, _content in photos)
        if known == self._known:
            return
        self._known = known
        for label in self._shown:
            label.deleteLater()
        self._shown = []
        for photo, content in photos[:_MOST_SHOWN]:
            picture = QPixmap()
            if picture.loadFromData(content):
                self._shown.append(self._label(photo, picture))
        self.setVisible(bool(self._shown))

    def _label(self, photo: ItemPhoto, picture: QPixmap) -> QLabel:
        made = QLabel()
        made.setPixmap(picture.scaled(_WIDEST, HEIGHT, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
        made.setToolTip(photo.caption)
        made.setAccessibleName(photo.caption)
        self._across.insertWidget(len(self._shown), made)
        return made
