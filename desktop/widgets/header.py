"""The line above every screen: place, direction, desk, and how many are inside."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.kit import Kit
from desktop.service import Standing
from desktop.widgets.icons import icon
from desktop.widgets.text import columns, rows, short

if TYPE_CHECKING:
    from db.desk.desk import Counts

WIDE = 1000  # below this, at 100 %, the last figure gives way
MIDDLE = 760  # and below this the event's name


class Header(QFrame):
    """Always visible; the direction is a button (F3)."""

    def __init__(self, kit: Kit, standing: Standing, turn: Callable[[], None]) -> None:
        """Show where this desk stands."""
        super().__init__()
        self.setObjectName("header")
        self._kit = kit
        theme, say = kit.theme, kit.speech.say
        self._direction = kit.button("direction", turn, icon="in", kind="primary")
        self._inside, inside = self._figure(say("Inside"))
        self._entered, entered = self._figure(say("Entries today"))
        self._quarter, self._last = self._figure(say("Last 15 minutes"))
        self._line = short(theme, size=14, tone="secondary")
        self._foot = ("", "")
        layout = columns(theme, gap=24)
        layout.setContentsMargins(theme.px(18), theme.px(10), theme.px(18), theme.px(10))
        layout.addWidget(self._direction)
        layout.addLayout(self._where(standing), 1)
        for figure in (inside, entered, self._last):
            layout.addWidget(figure)
        self.setLayout(layout)

    def _where(self, standing: Standing) -> QVBoxLayout:
        theme = self._kit.theme
        column = rows(theme, gap=2)
        column.addStretch(1)
        column.addWidget(short(theme, standing.place.name, 20, bold=True))
        desk = self._kit.speech.say("Desk: {name}", name=standing.name)
        foot = f"{desk} · {standing.event.name}"
        self._foot = (foot, desk)
        self._line.setToolTip(foot)
        self._line.setMinimumWidth(theme.px(80))
        column.addWidget(self._line)
        column.addStretch(1)
        return column

    def _figure(self, name: str) -> tuple[QLabel, QWidget]:
        theme = self._kit.theme
        number = short(theme, "–", 20, bold=True)
        caption = short(theme, name, 14, tone="secondary")
        box = QWidget()
        column = rows(theme, gap=2)
        for text in (number, caption):
            text.setAlignment(Qt.AlignmentFlag.AlignRight)
            column.addWidget(text)
        box.setLayout(column)
        return number, box

    def show_counts(self, counts: "Counts") -> None:
        """Show the figures."""
        grouped = self._kit.speech.number
        self._inside.setText(grouped(counts.inside))
        entered = grouped(counts.entered)
        if counts.expected:
            entered = f"{entered} / {grouped(counts.expected)}"
        self._entered.setText(entered)
        self._quarter.setText(grouped(counts.last_quarter))

    def show_direction(self, *, entry: bool, looking: bool) -> None:
        """Show whether the next scan is an entry, an exit, or a look."""
        say, theme = self._kit.speech.say, self._kit.theme
        word = say("Look-up") if looking else say("Entry") if entry else say("Exit")
        name = "look" if looking else "in" if entry else "out"
        self._direction.setText(word)
        self._direction.setIcon(icon(name, theme.neutral.on_primary, theme.px(20)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the last figure and the event's name before place and desk."""
        super().resizeEvent(event)
        self._last.setVisible(self.width() >= self._kit.theme.px(WIDE))
        whole = self.width() >= self._kit.theme.px(MIDDLE)
        self._line.setText(self._foot[0] if whole else self._foot[1])
