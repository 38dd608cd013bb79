"""A failure or a short message across the window, until it is dismissed; never in the way."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.theme import MOODS, Theme
from desktop.widgets.icons import Drawing
from desktop.widgets.key_button import KeyButton
from desktop.widgets.text import columns, label, rows
from desktop.words import Speech, Told

PASSES_MS = 6_000


class Notice(QFrame):
    """One message; a newer one takes its place."""

    def __init__(self, theme: Theme, speech: Speech) -> None:
        """Begin hidden."""
        super().__init__()
        self._ink = MOODS["offline"].ink
        self.setStyleSheet(f"Notice {{ background: {MOODS['offline'].ground}; border: none; }}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._message = label(theme, size=16, bold=True)
        self._next = label(theme, size=16)
        self._passes = QTimer(self, singleShot=True, interval=PASSES_MS)
        self._passes.timeout.connect(self.hide)
        dismiss = KeyButton(theme, speech.say("Understood"), height=36)
        dismiss.clicked.connect(self.hide)
        line = columns(theme, gap=16)
        line.setContentsMargins(theme.px(18), theme.px(10), theme.px(18), theme.px(10))
        line.addWidget(Drawing("warn", self._ink, theme.px(28)))
        line.addLayout(self._texts(theme), 1)
        line.addWidget(dismiss)
        self.setLayout(line)
        self.hide()

    def _texts(self, theme: Theme) -> QVBoxLayout:
        column = rows(theme, gap=2)
        for text in (self._message, self._next):
            text.setStyleSheet(f"color: {self._ink};")
            column.addWidget(text)
        return column

    def show_failure(self, told: Told) -> None:
        """Stay until dismissed."""
        self._passes.stop()
        self._show(told.message, told.next_step)

    def show_message(self, text: str) -> None:
        """Stay a few seconds."""
        self._show(text, "")
        self._passes.start()

    def _show(self, message: str, step: str) -> None:
        self._message.setText(message)
        self._next.setText(step)
        self._next.setVisible(bool(step))
        self.show()
        event = QAccessibleAnnouncementEvent(self, f"{message} {step}")
        QAccessible.updateAccessibility(event)
