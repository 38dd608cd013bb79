"""The answer to a scan, readable from three metres: colour, shape, words, and what to press."""

from typing import Final

from PySide6.QtCore import QRect, Qt
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

PARTS: Final = (("title", 30, True), ("name", 56, True), ("line", 26, False), ("why", 26, True),
                ("hint", 20, False))  # fmt: skip
SMALLEST: Final = 15
LOWEST: Final = 190  # pixels at 100 %, before the text asks for more
STEPS: Final = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4)
_WRAP: Final = Qt.TextFlag.TextWordWrap


class VerdictPane(QWidget):
    """Shows `Words` on the ground of their mood; the text shrinks before anything is cut."""

    def __init__(self, theme: Theme) -> None:
        """Begin empty; call `show_words`."""
        super().__init__()
        self._theme = theme
        self._mood = "ready"
        self._shape = Drawing("frame", MOODS["ready"].ink, theme.px(150))
        self._texts: dict[str, QLabel] = {n: label(theme, size=s, bold=b) for n, s, b in PARTS}
        self._actions = columns(theme, gap=12)
        self._column = rows(theme, gap=0)
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(LOWEST))

    def _build(self) -> None:
        px = self._theme.px
        self._column.addStretch(1)
        for name, size, _ in PARTS:
            self._column.addWidget(self._texts[name])
            self._column.addSpacing(px(8 if name != "line" else 6) if size > 20 else 0)
        self._column.addStretch(1)
        self._column.addLayout(self._actions)
        self._actions.addStretch(1)
        outer = columns(self._theme, gap=32)
        outer.setContentsMargins(px(36), px(20), px(32), px(20))
        outer.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(self._column, 1)
        self.setLayout(outer)

    def show_words(self, words: Words, buttons: tuple[KeyButton, ...] = ()) -> None:
        """Show and announce a verdict; `buttons` are what it asks for."""
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        side = min(px(190), max(px(72), round(min(self.height() * 0.55, self.width() * 0.17))))
        self._shape.setFixedSize(side, side)
        width = self.width() - side - px(36 + 32 + 32)
        buttons = px(44 + 8) if self._actions.count() > 1 else 0
        height = self.height() - px(2 * 20) - buttons
        least = self._height(self._fonts(STEPS[-1], width), width)
        self.setMinimumHeight(max(px(LOWEST), least + px(2 * 20) + buttons))
        for step in STEPS:
            fonts = self._fonts(step, width)
            if self._height(fonts, width) <= height:
                break
        for name, font in fonts.items():
            self._texts[name].setFont(font)

    def _fonts(self, step: float, width: int) -> dict[str, QFont]:
        fonts = {
            name: self._theme.font(max(SMALLEST, size * step), bold=bold)
            for name, size, bold in PARTS
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
                total += box.height() + self._theme.px(8)
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
