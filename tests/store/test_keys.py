"""The key of the database: in the key ring, else in a file that only this account may read."""

import json
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from db.store.errors import KeyMissing
from db.store.home import Home
from db.store.keys import FILE, KEYRING, SERVICE, Keys, new_key
from tests.fixed import Ids

KEY, OTHER = bytes(range(32)), bytes(32)


@dataclass
class Ring:
    """What a key ring holds; it can be locked, and it can fall silent."""

    held: dict[tuple[str, str], str] = field(default_factory=dict)
    locked: bool = False
    answers: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.answers.set()

    def lock(self) -> None:
        self.locked = True

    def fall_silent(self) -> None:
        self.answers.clear()

    def asked(self) -> None:
        self.answers.wait(10)
        if self.locked:
            raise keyring.errors.KeyringLocked


class FakeKeyring(KeyringBackend):
    """A key ring in memory."""

    priority = 1

    def __init__(self, ring: Ring) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.ring = ring

    def get_password(self, service: str, username: str) -> str | None:
        self.ring.asked()
        return self.ring.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.ring.asked()
        self.ring.held[service, username] = password


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    ring = Ring()
    keyring.set_keyring(FakeKeyring(ring))
    yield ring
    ring.answers.set()
    keyring.set_keyring(before)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path, "home-1")


def test_without_a_key_ring_the_key_lies_in_a_file_for_this_account_alone(
    keys: Keys, tmp_path: Path
) -> None:
    assert keys.save("forum", KEY, "") == FILE
    assert keys.load("forum", FILE) == KEY
    file = tmp_path / "keys.json"
    assert json.loads(file.read_text("utf-8")) == {"forum": KEY.hex()}
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["keys.json"]


def test_a_key_ring_keeps_one_entry_per_home_and_no_file(
    keys: Keys, ring: Ring, tmp_path: Path
) -> None:
    assert keys.save("forum", KEY, "") == KEYRING
    assert keys.save("gala", OTHER, KEYRING) == KEYRING
    assert keys.load("forum", KEYRING) == KEY
    assert keys.load("gala", KEYRING) == OTHER
    assert [*ring.held] == [(SERVICE, "home-1")]
    assert [*tmp_path.iterdir()] == []


def test_a_home_that_keeps_its_keys_in_a_file_goes_on_doing_so(keys: Keys, ring: Ring) -> None:
    ring.locked = True
    assert keys.save("forum", KEY, "") == FILE
    ring.locked = False
    assert keys.save("gala", OTHER, FILE) == FILE
    assert (keys.load("forum", FILE), keys.load("gala", FILE)) == (KEY, OTHER)


def test_a_key_ring_that_never_answers_is_not_waited_for(
    keys: Keys, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.store.keys.DEADLINE_S", 0.05)
    ring.answers.clear()
    assert keys.save("forum", KEY, "") == FILE
    assert keys.load("forum", FILE) == KEY
    with pytest.raises(KeyMissing):
        keys.load("forum", KEYRING)


def test_a_locked_key_ring_is_told_with_the_way_out(keys: Keys, ring: Ring) -> None:
    keys.save("forum", KEY, "")
    ring.locked = True
    with pytest.raises(KeyMissing) as caught:
        keys.load("forum", KEYRING)
    assert "Unlock" in str(caught.value)
    ring.locked = False
    assert keys.load("forum", KEYRING) == KEY


@pytest.mark.parametrize("fall", [Ring.lock, Ring.fall_silent], ids=["locked", "silent"])
def test_a_second_event_never_loses_the_key_of_the_first(
    ring: Ring, monkeypatch: pytest.MonkeyPatch, home: Home, fall: Callable[[Ring], None]
) -> None:
    monkeypatch.setattr("db.store.keys.DEADLINE_S", 0.05)
    key = home.make_key("forum", Ids())
    fall(ring)
    with pytest.raises(KeyMissing):
        home.make_key("gala", Ids())
    ring.locked = False
    ring.answers.set()
    assert Home(home.folder).key_of("forum") == key


def test_a_key_ring_that_can_be_read_but_not_written_moves_all_keys_to_the_file(
    ring: Ring, monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    first = home.make_key("forum", Ids())
    monkeypatch.setattr("db.store.keys._to_keyring", lambda *_: False)
    second = home.make_key("gala", Ids())
    assert home.settings.key_place == FILE
    assert (home.key_of("forum"), home.key_of("gala")) == (first, second)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"forum": 7}', '{"forum": "zz"}', "{}"])
def test_a_damaged_key_file_is_told_and_kept_as_it_is(
    keys: Keys, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "keys.json"
    file.write_text(damage, "utf-8")
    with pytest.raises(KeyMissing):
        keys.load("forum", FILE)
    assert file.read_text("utf-8") == damage


@pytest.mark.parametrize("damage", ["{", "[]", "\x00"])
def test_a_new_key_is_not_written_over_a_damaged_file(
    keys: Keys, tmp_path: Path, damage: str
) -> None:
    (tmp_path / "keys.json").write_text(damage, "utf-8")
    with pytest.raises(KeyMissing):
        keys.save("gala", OTHER, FILE)
    assert (tmp_path / "keys.json").read_text("utf-8") == damage


def test_keys_are_random_and_of_full_length() -> None:
    assert len(new_key()) == 32
    assert new_key() != new_key()
    assert new_key(lambda count: b"x" * count) == b"x" * 32
