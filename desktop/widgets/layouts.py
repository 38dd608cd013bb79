"""Layouts that give way where the window is narrow or the text is large."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

from desktop.theme import Theme

LEAST = 280  # pixels at 100 %: narrower than this nothing is expected to fit


class Beside(QWidget):
    """Two halves side by side; one above the other below a width."""

    def __init__(
        self, theme: Theme, first: QWidget | QLayout, second: QWidget | QLayout,
        *, below: int, shares: tuple[int, int] = (1, 1), gap: int = 14,
    ) -> None:  # fmt: skip
        """Stack the halves where fewer than `below` pixels (at 100 %) are left."""
        super().__init__()
        self._least = theme.px(LEAST)
        self._below = theme.px(below)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(gap))
        for half, share in zip((first, second), shares, strict=True):
            if isinstance(half, QWidget):
                self._box.addWidget(half, share)
            else:
                self._box.addLayout(half, share)
        self.setLayout(self._box)

    def minimumSizeHint(self) -> QSize:
        """Ask for little width: the halves can stand one above the other."""
        return QSize(self._least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        kinds = QBoxLayout.Direction
        wanted = kinds.LeftToRight if self.width() >= self._below else kinds.TopToBottom
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self.updateGeometry()


class Flow(QLayout):
    """Things one after the other, on as many lines as they need; the first may grow."""

    def __init__(self, gap: int, grows: int = 0) -> None:
        """Keep `gap` pixels between things; the first grows from `grows` pixels, 0: not at all."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._grows = grows
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more thing."""
        self._items.append(item)

    def count(self) -> int:
        """Count the things."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one thing, None past the end as Qt asks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one thing back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Grow sideways only."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Be higher where the width is small."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arranged(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Prefer one line."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Ask for the widest thing alone."""
        shown = [item.minimumSize() for item in self._shown()]
        width = max((size.width() for size in shown[1:]), default=0)
        return QSize(width, max((size.height() for size in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        left = width
        for number, item in enumerate(self._shown()):
            size = item.sizeHint()
            first = number == 0 and self._grows > 0
            wanted = min(width, self._grows if first else size.width())
            if lines[-1] and wanted > left:
                lines.append([])
                left = width
            lines[-1].append((item, QSize(wanted, size.height())))
            left -= wanted + self._gap
        return lines

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for number, line in enumerate(self._lines(rect.width())):
            height = max((size.height() for _, size in line), default=0)
            spare = rect.width() - sum(size.width() + self._gap for _, size in line) + self._gap
            x = rect.x()
            for place, (item, size) in enumerate(line):
                width = size.width() + (spare if self._grows and number == place == 0 else 0)
                if move:
                    top = y + (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(x, top), QSize(width, size.height())))
                x += width + self._gap
            y += height + self._gap
        return max(0, y - rect.y() - self._gap)
