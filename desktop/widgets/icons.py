"""The window's drawings: SVG files painted as vectors in any colour and at any size."""

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget


@cache
def _source(name: str) -> str:
    return (files("resources.icons") / f"{name}.svg").read_text(encoding="utf-8")


@cache
def drawing(name: str, colour: str) -> QSvgRenderer:
    """Return one drawing in a colour, ready to be painted."""
    return QSvgRenderer(QByteArray(_source(name).replace("#000", colour).encode()))


def pixmap(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """Paint a drawing into a square of `side` logical pixels."""
    picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing(name, colour).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, side: int, checked: str = "") -> QIcon:
    """Return an icon; `checked` is its colour while its button is chosen."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, colour, side, ratio))
        if checked:
            on = pixmap(name, checked, side, ratio)
            result.addPixmap(on, QIcon.Mode.Normal, QIcon.State.On)
    return result


class Drawing(QWidget):
    """One drawing, as large as its place allows, always square; it says nothing of its own."""

    def __init__(self, name: str, colour: str, side: int) -> None:
        """Show the drawing at least `side` pixels wide."""
        super().__init__()
        self._name = name
        self._colour = colour
        self.setFixedSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_drawing(self, name: str, colour: str) -> None:
        """Show another drawing."""
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        drawing(self._name, self._colour).render(painter, box)
        painter.end()
