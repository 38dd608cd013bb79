"""One run of the command: its options, its words, its home and its desk, each made when asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from db.domain.facts import Clock, NewId
    from db.domain.programme import Event
    from db.store.home import Home
    from db.store.log import Token
    from desktop.words import Speech
    from printing.spool import Spool


class _Sources(TypedDict):
    clock: "Clock"
    new_id: "NewId"
    token: "Token"


@dataclass(slots=True)
class Options:
    """The global options, as far as they were given."""

    home: Path | None = None
    lang: str = ""
    event: str = ""
    json: bool = False


class Session:
    """What a sub-command works with; nothing is opened before it is needed."""

    def __init__(self, options: Options | None = None) -> None:
        """Keep the options; they may still be read from the command line after this."""
        self.options = options or Options()
        self._home: Home | None = None
        self._opened: Desk | None = None

    @property
    def home(self) -> "Home":
        """The data folder that is chosen now."""
        from db.store.home import Home, default_folder

        folder = self.options.home or default_folder()
        if self._home is None or self._home.folder != folder:
            self._home = Home(folder)
        return self._home

    @property
    def desk(self) -> "Desk":
        """The desk of the chosen event, opened on first use; raises StoreError."""
        if self._opened is None:
            from db.desk.desk import open_desk

            self._opened = open_desk(self.home, self.options.event or None, **_sources())
        return self._opened

    def load(self, event: "Event") -> "Desk":
        """Make or update the event of this home, and stand at its desk."""
        from db.desk.desk import load_event

        self.close()
        self._opened = load_event(self.home, event, **_sources())
        return self._opened

    def restore(self) -> "Desk":
        """Set a damaged database aside and stand at the desk of its last good copy."""
        from db.desk.desk import restore_desk

        self.close()
        self._opened = restore_desk(self.home, self.options.event or None, **_sources())
        return self._opened

    @contextmanager
    def spool(self) -> "Iterator[Spool]":
        """Print for the desk, and leave the printers to others afterwards."""
        from printing.spool import Spool

        spool = Spool(self.desk)
        try:
            yield spool
        finally:
            spool.lock.release()

    def print_waiting(self) -> None:
        """Send the badges that wait, unless there is no printer or a window sees to it."""
        if self.desk.home.settings.printer:
            with self.spool() as spool:
                spool.run()

    @property
    def speech(self) -> "Speech":
        """The words of the chosen language, and of the event once its desk is open."""
        from desktop.words import Speech
        from resources.words import Catalogue

        return Speech(Catalogue(self.lang), self._opened.event if self._opened else None)

    @property
    def lang(self) -> str:
        """The language asked for, else the one this home speaks."""
        return self.options.lang or self.home.settings.lang

    def say(self, msgid: str, **parts: object) -> str:
        """Return a sentence in the chosen language."""
        return self.speech.say(msgid, **parts)

    def close(self) -> None:
        """Close the desk if it was opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def _sources() -> _Sources:
    from secrets import token_bytes

    from db.store.clocks import moment_now, new_id

    return {"clock": moment_now, "new_id": new_id, "token": token_bytes}
