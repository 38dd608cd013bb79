"""A button that shows its key: «Imprimer [F4]»."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from desktop.theme import Theme
from desktop.widgets.icons import icon as drawn

DESK: Final = 44
ELSEWHERE: Final = 36


class KeyButton(QPushButton):
    """A push button with an icon, words, and the function key drawn as a key cap."""

    def __init__(
        self, theme: Theme, text: str, *, key: str = "", icon: str = "", kind: str = "",
        height: int = DESK, chord: str = "",
    ) -> None:  # fmt: skip
        """Make the button `height` pixels high at 100 %."""
        super().__init__()
        self._gap = " " if icon else ""
        self.setText(text)
        self._theme = theme
        self._key = key
        self.setFont(theme.font(16))
        self.setAutoDefault(False)
        self.setMinimumHeight(theme.px(height))
        if kind:
            self.setProperty("kind", kind)
        if icon:
            colour = theme.neutral.on_primary if kind == "primary" else theme.neutral.ink
            self.setIcon(drawn(icon, colour, theme.px(20), theme.neutral.on_primary))
            self.setIconSize(QSize(theme.px(20), theme.px(20)))
        if chord or key:
            self.setToolTip(" · ".join(part for part in (text, key, chord) if part))
        if key:
            self.setProperty("keyed", "true")
            self.setAccessibleDescription(key)

    def setText(self, text: str) -> None:
        """Stand a little away from the icon."""
        super().setText(f"{self._gap}{text}")
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then its key cap."""
        super().paintEvent(event)
        if not self._key:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(14))
        primary = self.property("kind") == "primary"
        ink = QColor(theme.neutral.on_primary if primary else theme.neutral.secondary)
        if not self.isEnabled():
            ink = QColor(theme.neutral.secondary if primary else theme.neutral.border)
        box = QRectF(self.width() - px(42), (self.height() - px(24)) / 2, px(30), px(24))
        painter.setPen(QPen(ink, 1))
        painter.drawRoundedRect(box, px(5), px(5))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()
