"""The random key of each event's database: in the OS key store, else in a file of this home.

The file (mode 0600) protects nothing on a stolen laptop; status and doctor say so.
"""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from db.store.errors import KeyMissing
from db.store.files import write_whole

T = TypeVar("T")

SERVICE: Final = "vanel"
DEADLINE_S: Final = 3.0
"""A locked key ring asks a question; nobody may be waiting at the desk for it."""

KEYRING: Final = "keyring"
FILE: Final = "file"


class Keys:
    """One entry per home, holding a key per event (hexadecimal)."""

    def __init__(self, folder: Path, home_id: str) -> None:
        """Look in the key store under this home's id, and beside its data."""
        self._file, self._home_id = folder / "keys.json", home_id

    def load(self, event: str, place: str) -> bytes:
        """Return the key of an event; raise KeyMissing."""
        try:
            return bytes.fromhex(str(self._known(place)[event]))
        except (ValueError, KeyError) as error:
            raise KeyMissing(place=place) from error

    def save(self, event: str, key: bytes, place: str) -> str:
        """Keep the key of an event; return where it went: "keyring" or "file".

        Raises KeyMissing when the keys kept before cannot be read: writing would lose them.
        """
        text = json.dumps({**self._known(place), event: key.hex()})
        if place != FILE and _in_time(lambda: _to_keyring(self._home_id, text)) is True:
            return KEYRING
        write_whole(self._file, text.encode(), mode=0o600)
        return FILE

    def _known(self, place: str) -> dict[str, object]:
        try:
            known = json.loads(self._stored(place))
        except (OSError, ValueError) as error:
            raise KeyMissing(place=place) from error
        if not isinstance(known, dict):
            raise KeyMissing(place=place)
        return known

    def _stored(self, place: str) -> str:
        """Return the keys as they are kept; empty JSON where none were, no JSON where silent."""
        if place == KEYRING:
            return _in_time(lambda: _from_keyring(self._home_id)) or ""
        return self._file.read_text("utf-8") if self._file.exists() else "{}"


def _to_keyring(home_id: str, text: str) -> bool:
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, home_id, text)
        return keyring.get_password(SERVICE, home_id) == text
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return False


def _from_keyring(home_id: str) -> str | None:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, home_id)
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return None


def _in_time(ask: Callable[[], T]) -> T | None:
    """Return what `ask` answers within the deadline, else None; the worker is left behind."""
    answer: list[T] = []
    worker = threading.Thread(target=lambda: answer.append(ask()), daemon=True)
    worker.start()
    worker.join(DEADLINE_S)
    return answer[0] if answer else None


def new_key(token: Callable[[int], bytes] = os.urandom) -> bytes:
    """Make a random raw key (32 bytes)."""
    return token(32)
