"""Draw the icon in every size that desktops and Windows ask for, from resources/icons/emergency-desk.svg.

Run by hand after the drawing was changed: `python installer/make_icons.py`.
"""

from __future__ import annotations

import os
import struct
import sys

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from shipment import NAME, ROOT

FOLDER = ROOT / "resources" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
WINDOWS_SIZES = (16, 24, 32, 48, 64, 256)


def main() -> int:
    """Write the pictures, and the one file with several of them that Windows wants."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    drawing = QSvgRenderer(str(FOLDER / f"{NAME}.svg"), application)
    pictures = {size: _png(drawing, size) for size in SIZES}
    for size, content in pictures.items():
        (FOLDER / f"{NAME}-{size}.png").write_bytes(content)
    (FOLDER / f"{NAME}.ico").write_bytes(_ico({size: pictures[size] for size in WINDOWS_SIZES}))
    return 0


def _png(drawing: QSvgRenderer, size: int) -> bytes:
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _ico(pictures: dict[int, bytes]) -> bytes:
    """Put PNG pictures behind the directory of an .ico file; 0 stands for 256."""
    heads, offset = b"", 6 + 16 * len(pictures)
    for size, content in pictures.items():
        heads += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(content), offset)
        offset += len(content)
    return struct.pack("<HHH", 0, 1, len(pictures)) + heads + b"".join(pictures.values())


if __name__ == "__main__":
    sys.exit(main())
