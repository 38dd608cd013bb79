"""The frame around every screen: navigation, header, messages, and the screen itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from desktop.kit import Kit
from desktop.service import Standing
from desktop.widgets.header import Header
from desktop.widgets.navigation import Navigation
from desktop.widgets.notice import Notice
from desktop.widgets.text import columns, rows


class Shell(QWidget):
    """Puts the parts in their places; a screen that does not fit scrolls."""

    def __init__(self, kit: Kit, navigation: Navigation, header: Header, notice: Notice) -> None:
        """Begin without a screen."""
        super().__init__()
        self.setObjectName("canvas")
        self.navigation = navigation
        self.header = header
        self._stack = QStackedWidget()
        self._areas: dict[str, QScrollArea] = {}
        right = rows(kit.theme, gap=0)
        for part in (header, notice):
            right.addWidget(part)
        right.addWidget(self._stack, 1)
        whole = columns(kit.theme, gap=0)
        whole.addWidget(navigation)
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def show_screen(self, name: str, screen: QWidget) -> None:
        """Show a screen; it stays for the next time."""
        if name not in self._areas:
            self._areas[name] = scrolling(screen)
            self._stack.addWidget(self._areas[name])
        self._stack.setCurrentWidget(self._areas[name])
        self.navigation.show_screen(name)


def shell(
    kit: Kit, standing: Standing, notice: Notice, go: Callable[[str], None],
    gestures: tuple[Callable[[], None], Callable[[], None]], *, narrow: bool,
) -> Shell:  # fmt: skip
    """Return the frame of a desk; `gestures` open the guide and turn the direction."""
    guide, turn = gestures
    navigation = Navigation(kit, go, guide, narrow=narrow)
    navigation.show_state(kit.speech.say("This desk works alone. Everything is recorded here."))
    return Shell(kit, navigation, Header(kit, standing, turn), notice)


def scrolling(screen: QWidget) -> QScrollArea:
    """Return an area in which a screen larger than the window scrolls."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(screen)
    return area
