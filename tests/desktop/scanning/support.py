"""A scanner and a person at the keyboard, as raw key events, on any layout, in invented time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.domain.keyboards import US, Caps, Keyboard
from desktop.scanning.layouts import EVDEV
from desktop.scanning.wedge import WedgeFilter

RETURN = (Qt.Key.Key_Return, "\r", 28)
TAB = (Qt.Key.Key_Tab, "\t", 15)


@dataclass
class FakeClock:
    """Milliseconds that pass when told."""

    ms: float = 1000.0

    def __call__(self) -> float:
        return self.ms


class FakeTimer(QTimer):
    """A timer of that clock; it fires when asked, late or not."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.deadline: float | None = None

    def start(self, ms: int = 0) -> None:
        self.deadline = self._clock.ms + ms

    def stop(self) -> None:
        self.deadline = None

    def remainingTime(self) -> int:
        return -1 if self.deadline is None else max(0, round(self.deadline - self._clock.ms))

    def fire_if_due(self) -> None:
        if self.deadline is not None and self.deadline <= self._clock.ms:
            self.deadline = None
            self.timeout.emit()


class Desk(QMainWindow):
    """A window where keys could do harm, and what they did."""

    def __init__(self) -> None:
        super().__init__()
        self.clicks: list[str] = []
        self.field = QLineEdit()
        self.admit = QPushButton("Admit")
        self.list = QListWidget()
        self.list.addItems(["1 one", "2 two", "& three"])
        self.admit.clicked.connect(lambda: self.clicks.append("admit"))
        self.field.returnPressed.connect(lambda: self.clicks.append("return"))
        self.list.itemActivated.connect(lambda: self.clicks.append("activated"))
        middle = QWidget()
        self.column = QVBoxLayout(middle)
        for widget in (self.field, self.admit, self.list):
            self.column.addWidget(widget)
        self.setCentralWidget(middle)


@dataclass
class Scans:
    """What the filter said."""

    typed: list[str] = field(default_factory=list)
    physical: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    during_dialog: list[str] = field(default_factory=list)

    def listen(self, wedge: WedgeFilter) -> None:
        wedge.scanned.connect(self._scanned)
        wedge.repeated.connect(lambda typed, _: self.repeated.append(typed))
        wedge.during_dialog.connect(lambda typed, _: self.during_dialog.append(typed))

    def _scanned(self, typed: str, physical: str) -> None:
        self.typed.append(typed)
        self.physical.append(physical)


def qt_key(text: str) -> int:
    """The key Qt names for a text: its capital."""
    return ord(text.upper()[0]) if text else int(Qt.Key.Key_unknown)


@dataclass
class Keys:
    """Hands on the keyboard: every press and release goes to the window, as from the system."""

    clock: FakeClock
    timer: FakeTimer
    host: Keyboard = US
    caps: Caps = Caps.OFF
    xcb: bool = True
    each_ms: float = 8.0

    def target(self) -> QObject:
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        assert window is not None
        return window.windowHandle()

    def key(self, key: int, text: str, code: int, *, shift: bool = False, **how: bool) -> None:
        modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        scan_code = code + 8 if self.xcb else 0
        repeat = how.get("repeat", False)
        for kind, left_out in (
            (QEvent.Type.KeyPress, "release_only"),
            (QEvent.Type.KeyRelease, "press_only"),
        ):
            if not how.get(left_out):
                event = QKeyEvent(kind, key, modifiers, scan_code, 0, 0, text, repeat, 1)
                QCoreApplication.postEvent(self.target(), event)
                QCoreApplication.processEvents()

    def scanner_presses(self, code: str) -> Iterator[tuple[int, str, int, bool]]:
        """Give the keys a US scanner presses for a code, as this host understands them."""
        for character in code:
            shift = character in US.shifted
            key = (US.shifted if shift else US.plain).index(character)
            text = self.host.types(key, shift=shift, caps=self.caps)
            yield qt_key(text), text, EVDEV[key], shift

    def scan(self, code: str, end: tuple[int, str, int] | None = RETURN) -> None:
        """Type a code at scanner speed, with or without a key that ends it."""
        for key, text, number, shift in self.scanner_presses(code):
            if shift:
                self.key(Qt.Key.Key_Shift, "", 42, shift=True, press_only=True)
            self.key(key, text, number, shift=shift)
            self.pass_time(self.each_ms)
        if end is not None:
            self.key(*end)

    def write(self, text: str, each_ms: float = 140.0) -> None:
        """Type as a person does, dead keys included."""
        for character in text:
            self.key(qt_key(character), character, 0)
            self.pass_time(each_ms)

    def pass_time(self, ms: float) -> None:
        """Let time pass with an idle interface: timers fire on time."""
        until = self.clock.ms + ms
        while self.timer.deadline is not None and self.timer.deadline <= until:
            self.clock.ms = self.timer.deadline
            self.timer.fire_if_due()
        self.clock.ms = until
