"""The sounds of verdicts; a computer without sound still works, and says so."""

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl

from resources.words import mark

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

NAMES: Final = ("admitted", "already-in", "refused", "attention", "left", "offline")
NO_LIBRARY: Final = mark(
    "Sound needs a library that is missing on this computer (on Debian: libpulse0)."
)
NO_OUTPUT: Final = mark("This computer has no loudspeaker or headphones connected.")


class Sounds:
    """Loads on demand, after the first paint: multimedia costs more than the window."""

    def __init__(self, *, enabled: bool, muted: bool = False) -> None:
        """Begin silent; `load` makes it able to play. `muted`: nobody is there to listen."""
        self.enabled = enabled
        self._muted = muted
        self.problem = ""  # msgid: why nothing can be heard
        self._effects: dict[str, QSoundEffect] = {}

    def load(self) -> None:
        """Prepare all sounds, once they are wanted; on failure say why in `problem`."""
        if self._muted or not self.enabled or self._effects:
            return
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError:
            self.problem = NO_LIBRARY
            return
        if not QMediaDevices.audioOutputs():
            self.problem = NO_OUTPUT
            return
        for name in NAMES:
            effect = QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(files("resources.sounds") / f"{name}.wav")))
            self._effects[name] = effect

    def play(self, name: str) -> None:
        """Play one sound from its beginning; nothing happens where there is none."""
        if self.enabled and (effect := self._effects.get(name)) is not None:
            effect.play()
