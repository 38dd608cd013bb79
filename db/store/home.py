"""A home: one folder per desk, holding a folder per event and this computer's settings."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from db.store.errors import NoEvent, StoreError, UnknownEvent
from db.store.files import write_whole
from db.store.keys import Keys, new_key

ENVIRONMENT: Final = "VANEL_HOME"


class HomeSettings(msgspec.Struct, kw_only=True, frozen=True):
    """What this computer remembers between two starts; every option stands here once."""

    id: str = ""
    lang: str = "fr"
    current: str = ""  # the event that is opened when none is named
    desk_name: str = ""
    printer: str = ""  # a destination of the command contract; empty: none chosen yet
    stock: str = ""  # the paper in it, an id of the template; empty: the template's first
    sound: bool = True
    text_scale: float = 1.0  # 1.0 follows the system
    key_place: str = ""  # "keyring", "file"; empty until the first key is kept
    burst_gap_ms: int = 35  # the longest pause inside a scan, as measured for this scanner


class Home:
    """The data folder of one desk. Reading never creates anything."""

    def __init__(self, folder: Path) -> None:
        """Stand on this folder; it need not exist yet."""
        self.folder = folder
        self._settings: HomeSettings | None = None

    @property
    def settings(self) -> HomeSettings:
        """The settings as last saved; a file that cannot be read counts as absent."""
        if self._settings is None:
            self._settings = self._read()
        return self._settings

    def _read(self) -> HomeSettings:
        path = self.folder / "settings.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=HomeSettings)
        except (OSError, msgspec.MsgspecError):
            return HomeSettings()

    def save(self, settings: HomeSettings) -> None:
        """Keep the settings, whole or not at all; raise ReadOnlyHome, DiskFull."""
        from db.store.connection import told

        with told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / "settings.json", msgspec.json.encode(settings))
        self._settings = settings

    def change(self, **changes: object) -> None:
        """Save the settings with these ones replaced."""
        self.save(msgspec.structs.replace(self.settings, **changes))

    def events(self) -> tuple[str, ...]:
        """Return the ids of the events held here."""
        try:
            return tuple(sorted(p.parent.name for p in self.folder.glob("events/*/desk.db")))
        except OSError:
            return ()

    def chosen(self, event: str | None = None) -> str:
        """Return the event to open: the named one, else the current one, else the only one."""
        held = self.events()
        if event is not None:
            if event not in held:
                raise UnknownEvent(name=event)
            return event
        if self.settings.current in held:
            return self.settings.current
        if len(held) != 1:
            raise NoEvent
        return held[0]

    def folder_of(self, event: str) -> Path:
        """Return the folder of an event."""
        return self.folder / "events" / event

    def key_of(self, event: str) -> bytes:
        """Return the database key of an event; raise KeyMissing."""
        return self._keys().load(event, self.settings.key_place)

    def make_key(self, event: str, new_id: Callable[[], str]) -> bytes:
        """Make and keep the key of a new event; the settings say where it went."""
        if not self.settings.id:
            self.change(id=new_id())
        key = new_key()
        place = self._keys().save(event, key, self.settings.key_place)
        self.change(key_place=place)
        return key

    def _keys(self) -> Keys:
        return Keys(self.folder, self.settings.id)


def default_folder() -> Path:
    """Return where this account's home stands when none is named."""
    if named := os.environ.get(ENVIRONMENT):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("vanel", appauthor=False)


def check_name(event: str) -> str:
    """Return an event id that is safe as a folder name; raise StoreError otherwise."""
    if not event or event != Path(event).name or event.startswith("."):
        raise StoreError(what="event id")
    return event
