"""The answer to a scan, readable from three metres: colour, shape, words, and what to press."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.theme import MOODS, Theme
from desktop.widgets.icons import Drawing
from desktop.widgets.key_button import KeyButton
from desktop.widgets.text import columns, label, rows
from desktop.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One text of the pane: its size at 100 %, and how readily it shrinks where room is short."""

    name: str
    size: int
    bold: bool
    yields: float


PARTS: Final = (
    Part("title", 30, bold=True, yields=0.55),
    Part("name", 56, bold=True, yields=1.0),
    Part("line", 26, bold=False, yields=1.0),
    Part("why", 26, bold=True, yields=0.55),
    Part("hint", 20, bold=False, yields=0.6),
)
SMALLEST: Final = 15
GAP: Final = 4
MARGIN: Final = 14
LOWEST: Final = 190  # pixels at 100 %, before the text asks for more
USUAL: Final = 330  # pixels at 100 %: a higher pane has larger words
STEPS: Final = tuple(1.8 - n / 25 for n in range(36))
NOTHING: Final = Words(
    title="", name="", line="", why="", hint="", mood="ready", shape="frame", sound=""
)
_WRAP: Final = Qt.TextFlag.TextWordWrap


class VerdictPane(QWidget):
    """Shows `Words` on the ground of their mood; the text shrinks before anything is cut."""

    def __init__(self, theme: Theme) -> None:
        """Begin empty; call `show_words`."""
        super().__init__()
        self._theme = theme
        self._mood = "ready"
        self.words = NOTHING
        self._shape = Drawing("frame", MOODS["ready"].ink, theme.px(150))
        self._texts: dict[str, QLabel] = {
            part.name: label(theme, size=part.size, bold=part.bold) for part in PARTS
        }
        self._actions = columns(theme, gap=12)
        self._column = rows(theme, gap=0)
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(LOWEST))

    def _build(self) -> None:
        px = self._theme.px
        self._column.addStretch(1)
        for part in PARTS:
            self._column.addWidget(self._texts[part.name])
            self._column.addSpacing(px(GAP))
        self._column.addStretch(1)
        self._column.addLayout(self._actions)
        self._actions.addStretch(1)
        outer = columns(self._theme, gap=32)
        outer.setContentsMargins(px(36), px(MARGIN), px(32), px(MARGIN))
        outer.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(self._column, 1)
        self.setLayout(outer)

    def show_words(self, words: Words, buttons: tuple[KeyButton, ...] = ()) -> None:
        """Show and announce a verdict; `buttons` are what it asks for."""
        self.words = words
        self._mood = words.mood
        ink = MOODS[words.mood].ink
        self._shape.show_drawing(words.shape, ink)
        for name, text in self._texts.items():
            text.setText(getattr(words, name))
            text.setVisible(bool(getattr(words, name)))
            text.setStyleSheet(f"color: {ink}; background: transparent;")
        self._set_buttons(buttons)
        self._fit()
        self.update()
        self.announce(words.announcement)

    def announce(self, text: str) -> None:
        """Say it to a screen reader."""
        event = QAccessibleAnnouncementEvent(self, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _set_buttons(self, buttons: tuple[KeyButton, ...]) -> None:
        while self._actions.count() > 1:
            item = self._actions.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, button in enumerate(buttons):
            self._actions.insertWidget(number, button)

    def hasHeightForWidth(self) -> bool:
        """Say no: the words follow the pane, never the pane its words."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Ask for little; the least height is set from the smallest words."""
        return QSize(self._theme.px(280), 0)

    def sizeHint(self) -> QSize:
        """Prefer a little more than the least; the window gives what it has."""
        return QSize(self._theme.px(640), self._theme.px(230))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        larger = min(STEPS[0], max(1.0, self.height() / px(USUAL)))
        side = min(
            px(190 * larger), max(px(72), round(min(self.height() * 0.55, self.width() * 0.17)))
        )
        self._shape.setFixedSize(side, side)
        width = self.width() - side - px(36 + 32 + 32)
        buttons = px(44 + 8) if self._actions.count() > 1 else 0
        height = self.height() - px(2 * MARGIN) - buttons
        least = self._height(self._fonts(STEPS[-1], width), width)
        self.setMinimumHeight(max(px(LOWEST), least + px(2 * MARGIN) + buttons))
        for step in (step for step in STEPS if step <= larger + 0.001):
            fonts = self._fonts(step, width)
            if self._height(fonts, width) <= height:
                break
        for name, font in fonts.items():
            self._texts[name].setFont(font)

    def _fonts(self, step: float, width: int) -> dict[str, QFont]:
        fonts = {
            part.name: self._theme.font(
                max(SMALLEST, part.size * (1 - (1 - step) * part.yields)), bold=part.bold
            )
            for part in PARTS
        }
        font = fonts["name"]
        text = self._texts["name"].text()
        while font.pixelSize() > self._theme.px(24) and not _in_two_lines(font, text, width):
            font.setPixelSize(font.pixelSize() - 2)
        return fonts

    def _height(self, fonts: dict[str, QFont], width: int) -> int:
        total = 0
        for name, font in fonts.items():
            if text := self._texts[name].text():
                box = QFontMetrics(font).boundingRect(QRect(0, 0, width, 0), _WRAP, text)
                total += box.height() + self._theme.px(GAP)
        return total

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        pair, px = MOODS[self._mood], self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(pair.ground))
        framed = self._mood in {"left", "info"}
        painter.setPen(QPen(QColor(pair.ink), px(3)) if framed else Qt.PenStyle.NoPen)
        inset = px(2) if framed else 0
        box = self.rect().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, px(14), px(14))
        painter.end()


def _in_two_lines(font: QFont, text: str, width: int) -> bool:
    metrics = QFontMetrics(font)
    if max((metrics.horizontalAdvance(word) for word in text.split()), default=0) > width:
        return False
    return metrics.boundingRect(QRect(0, 0, width, 0), _WRAP, text).height() <= (
        2.2 * metrics.height()
    )
