"""What the application hands to its window: the desk, the home, and what only it can do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont

from desktop.service import Service
from desktop.sound import Sounds

if TYPE_CHECKING:
    from db.store.home import Home
    from desktop.spooler import Spooler


@dataclass(frozen=True, slots=True)
class Means:
    """What the application gives its window."""

    home: "Home"
    service: Service
    sounds: Sounds
    now: Callable[[], datetime]
    font: QFont  # the system's, before the window dressed itself
    load_file: Callable[[Path], None]
    load_example: Callable[[], None]
    paper: "Callable[[], Spooler]"
    reopen: Callable[[], None]
    restore: Callable[[], None]
