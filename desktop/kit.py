"""What every screen is, and what it is given: the desk, the words, the looks."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.keys import KEYS
from desktop.service import Service
from desktop.theme import Theme
from desktop.widgets.key_button import DESK, KeyButton
from desktop.words import Speech


@dataclass(frozen=True, slots=True)
class Kit:
    """Passed by constructor; made anew when language, text size or event change."""

    service: Service
    speech: Speech
    theme: Theme
    failed: Callable[[Exception], None]
    tell: Callable[[str], None]  # one quiet sentence, at the foot of the window

    def button(
        self, gesture: str, do: Callable[[], None], *, icon: str = "", kind: str = "",
        height: int = DESK,
    ) -> KeyButton:  # fmt: skip
        """Return the button of one gesture of the desk."""
        key = KEYS[gesture]
        button = KeyButton(
            self.theme, self.speech.say(key.label), key=key.key, icon=icon, kind=kind,
            height=height, chord=key.chord,
        )  # fmt: skip
        button.clicked.connect(do)
        return button

    def plain(
        self, msgid: str, do: Callable[[], None], *, icon: str = "", kind: str = "",
        height: int = 36,
    ) -> KeyButton:  # fmt: skip
        """Return a button without a key of its own."""
        button = KeyButton(self.theme, self.speech.say(msgid), icon=icon, kind=kind, height=height)
        button.clicked.connect(do)
        return button


class Screen(QWidget):
    """One room of the window."""

    def __init__(self, kit: Kit) -> None:
        """Keep the kit; `gestures` says which keys mean something here."""
        super().__init__()
        self._kit = kit
        self.gestures: dict[str, Callable[[], None]] = {}

    def refresh(self) -> None:
        """Read again what is shown: something changed."""

    def takes_scan(self, typed: str, physical: str) -> bool:
        """Take a scan for itself; most screens leave it to the door."""
        return False
