"""The scanner's keys: held before any widget sees them, then read as a code or handed back."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from desktop.scanning.burst import DEFAULT_GAP_MS, Burst, Instant, Pace, Stroke
from desktop.scanning.layouts import scan_code_offset, us_character

SAME_SCAN_MS: Final = 3000.0
LATE_RETURN_MS: Final = 250.0
"""After a code that ended by time, a Return or Tab this soon is still the scanner's."""

LATE_TIMER_MS: Final = 5.0
"""A timer this late means that the interface was busy: keys may be waiting behind it."""

REPEAT_MS: Final = 12.0
"""A finger resting on a key repeats no faster; a scanner's doubled letter comes within it."""

_KEY_EVENTS: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
)
_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_SILENT: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Mode_switch,
    }
)  # what a scanner may press between two characters
_KEYPAD_UNLOCKED: Final[dict[int, str]] = {
    Qt.Key.Key_Insert: "0",
    Qt.Key.Key_End: "1",
    Qt.Key.Key_Down: "2",
    Qt.Key.Key_PageDown: "3",
    Qt.Key.Key_Left: "4",
    Qt.Key.Key_Clear: "5",
    Qt.Key.Key_Right: "6",
    Qt.Key.Key_Home: "7",
    Qt.Key.Key_Up: "8",
    Qt.Key.Key_PageUp: "9",
}
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_META: Final = Qt.KeyboardModifier.MetaModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class _Held:
    """A key event kept back: for whom it was, and enough to send it again."""

    receiver: QObject
    down: bool
    key: int
    modifiers: Qt.KeyboardModifier
    native: tuple[int, int, int]
    text: str
    repeat: bool
    count: int

    @classmethod
    def of(cls, receiver: QObject, event: QKeyEvent) -> "_Held":
        return cls(
            receiver,
            event.type() == QEvent.Type.KeyPress,
            event.key(),
            event.modifiers(),
            (event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers()),
            event.text(),
            event.isAutoRepeat(),
            event.count(),
        )

    def event(self) -> QKeyEvent:
        kind = QEvent.Type.KeyPress if self.down else QEvent.Type.KeyRelease
        again = (self.text, self.repeat, self.count)
        return QKeyEvent(kind, self.key, self.modifiers, *self.native, *again)


class WedgeFilter(QObject):
    """An event filter of the whole application; GUI thread only.

    `now_ms` is a monotonic clock, ms. `scanned` carries the text as typed here and the same keys
    on a US keyboard (empty where the system tells no scan codes).
    """

    scanned = Signal(str, str)
    during_dialog = Signal(str, str)
    """A scan while a modal dialog waits: to be said, not applied."""
    repeated = Signal(str, str)
    """The same code again within 3 s: the same scan."""

    def __init__(
        self,
        now_ms: Callable[[], float],
        *,
        gap_ms: float = DEFAULT_GAP_MS,
        platform: str | None = None,
        timer: QTimer | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Hold keys up to `gap_ms`; `platform` is Qt's name of it, asked when absent."""
        super().__init__(parent)
        self.gap_ms = gap_ms
        self.pace: Pace | None = None
        self._now = now_ms
        self._offset = scan_code_offset(platform or QGuiApplication.platformName())
        self._burst = Burst()
        self._held: deque[_Held] = deque()
        self._replayed: set[int] = set()
        self._down: set[int] = set()
        self._swallowed: set[int] = set()
        self._recent: dict[str, float] = {}
        self._ended: Instant | None = None
        self._tail_ms = 0.0
        self._waited = False
        self._patience_ms = gap_ms
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_quiet)

    def install(self, app: QCoreApplication) -> None:
        """Watch every key of the application, until it quits."""
        app.installEventFilter(self)
        app.aboutToQuit.connect(lambda: app.removeEventFilter(self))

    def forget(self) -> None:
        """Let the same code count again at once: the direction, place or mode has changed."""
        self._recent.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep back what may belong to a code; let everything else through."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and self._held:
            self._settle()  # what was typed before a composed letter stays before it
        if kind not in _KEY_EVENTS or not isinstance(event, QKeyEvent):
            return False
        if Shiboken.getCppPointer(event)[0] in self._replayed:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._shortcut(event)
        if kind == QEvent.Type.KeyRelease:
            return self._release(watched, event)
        return self._press(watched, event)

    def _shortcut(self, event: QKeyEvent) -> bool:
        """Claim the key before any shortcut does; its press follows."""
        claimed = self._character(event) != "" or (
            self._is_end(event) and (self._burst.ended_by_key() or self._is_tail(event))
        )
        if claimed:
            event.accept()
        return claimed

    def _release(self, watched: QObject, event: QKeyEvent) -> bool:
        ident = _ident(event)
        if ident in self._swallowed:
            self._swallowed.discard(ident)
            return True
        if ident in self._down:
            self._down.discard(ident)
            self._held.append(_Held.of(_receiver(watched), event))
            return True  # no widget sees a release before its press
        return False

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        self._swallowed.discard(_ident(event))
        if event.key() in _SILENT:
            return False
        at = Instant(self._now(), event.timestamp())
        if self._is_apart(at):
            self._settle()
        if self._is_end(event):
            return self._end(event, at)
        character = self._character(event)
        if not character or self._is_resting(event, at):
            self._settle()
            return False
        self._ended = None
        self._waited = False
        self._down.add(_ident(event))
        if not self._burst.full:  # the rest of an endless code is not worth keeping
            self._held.append(_Held.of(_receiver(watched), event))
            self._burst.strokes.append(Stroke(character, self._us(event), at))
        self._patience_ms = self._burst.patience_ms(self.gap_ms)
        self._timer.start(math.ceil(self._patience_ms))
        return True

    def _end(self, event: QKeyEvent, at: Instant) -> bool:
        tail = self._is_tail(event)
        if self._burst.ended_by_key():
            self._scan(at, tail_ms=self.gap_ms)
        elif not tail:
            self._settle()
            return False
        self._swallowed.add(_ident(event))
        return True

    def _on_quiet(self) -> None:
        """Decide once no key came for the gap; when the interface was busy, look again first."""
        if not self._burst:
            return
        idle = self._now() - self._burst.strokes[-1].at.clock
        if idle < self._patience_ms:
            self._timer.start(max(1, math.ceil(self._patience_ms - idle)))
        elif idle > self._patience_ms + LATE_TIMER_MS and not self._waited:
            self._waited = True
            self._timer.start(math.ceil(self.gap_ms))
        else:
            self._settle()

    def _is_apart(self, at: Instant) -> bool:
        """Tell whether a key begins something new although the gap has not been noticed yet.

        Without stamps, a timer that is overdue means that the keys waited for a busy interface.
        """
        if not self._burst or at.since(self._burst.strokes[-1].at) <= self._patience_ms:
            return False
        return at.stamp != 0 or (self._timer.remainingTime() > 0 and not self._waited)

    def _settle(self) -> None:
        """Read what is held as a code when its pace says so, else hand it back in order."""
        if self._burst and self._burst.ended_by_time():
            self._scan(self._burst.strokes[-1].at, tail_ms=LATE_RETURN_MS)
            return
        self._forget_burst()
        while self._held:
            self._replay(self._held.popleft())

    def _replay(self, held: _Held) -> None:
        if not Shiboken.isValid(held.receiver):
            return  # its window is gone, and with it the field
        event = held.event()
        pointer = Shiboken.getCppPointer(event)[0]
        self._replayed.add(pointer)
        try:
            QCoreApplication.sendEvent(held.receiver, event)
        finally:
            self._replayed.discard(pointer)

    def _scan(self, at: Instant, *, tail_ms: float) -> None:
        burst = self._burst
        self._swallowed |= self._down
        self._held.clear()
        self._forget_burst()
        self.pace = burst.pace
        self._ended, self._tail_ms = at, tail_ms
        self._tell(burst.typed, burst.physical)

    def _forget_burst(self) -> None:
        self._timer.stop()
        self._burst = Burst()
        self._down.clear()

    def _tell(self, typed: str, physical: str) -> None:
        if QApplication.activeModalWidget() is not None:
            self.during_dialog.emit(typed, physical)
            return
        now = self._now()
        self._recent = {c: t for c, t in self._recent.items() if now - t < SAME_SCAN_MS}
        if typed in self._recent:
            self.repeated.emit(typed, physical)
            return
        self._recent[typed] = now
        self.scanned.emit(typed, physical)

    def _is_tail(self, event: QKeyEvent) -> bool:
        """Tell whether it still belongs to the code just read: CR LF, or a Return that was late."""
        if self._ended is None:
            return False
        return Instant(self._now(), event.timestamp()).since(self._ended) <= self._tail_ms

    def _is_resting(self, event: QKeyEvent, at: Instant) -> bool:
        if not event.isAutoRepeat():
            return False
        return not self._burst or at.since(self._burst.strokes[-1].at) >= REPEAT_MS

    def _is_end(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (_ALT | _META):
            return False
        if event.modifiers() & _CONTROL:
            return event.text() in {"\r", "\n"} and self._is_tail(event)
        return event.key() in _ENDS

    def _character(self, event: QKeyEvent) -> str:
        """Return what a key adds to a code; empty for a chord or a key that types nothing."""
        modifiers = event.modifiers()
        chord = modifiers & (_CONTROL | _ALT)
        if modifiers & _META or (chord and chord != _CONTROL | _ALT):
            return ""  # both together are AltGr on Windows
        text = event.text()
        if text and text.isprintable():
            return text
        if modifiers & _KEYPAD and not chord:
            return _KEYPAD_UNLOCKED.get(event.key(), "")
        return ""

    def _us(self, event: QKeyEvent) -> str:
        code = event.nativeScanCode()
        if self._offset is None or not code:
            return ""
        return us_character(code - self._offset, shift=bool(event.modifiers() & _SHIFT))


def _ident(event: QKeyEvent) -> int:
    return event.nativeScanCode() or event.key()


def _receiver(watched: QObject) -> QObject:
    """Return the widget a key is for; a window passes it to a popup or to its focus."""
    if not isinstance(watched, QWindow):
        return watched
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QWidget.keyboardGrabber() or watched.focusObject() or watched
