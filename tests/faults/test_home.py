"""A home whose small files are gone or garbled, or that is no folder at all."""

from pathlib import Path
from typing import Final

import pytest

from tests.faults.homes import EVENT, ROOT, event_folder, made
from tests.faults.tools import vanel

FORUM: Final = str(ROOT / "resources" / "events" / f"{EVENT}.toml")
RUBBISH: Final = [
    b"",
    b'{"x',
    b"[1]",
    b"\x80\xff\x00",
    b'{"forum-2023": 5}',
    b'{"forum-2023": "xy"}',
]


def test_without_its_key_a_desk_says_so_and_touches_nothing(home: Path) -> None:
    before = (event_folder(home) / "desk.db").read_bytes()
    (home / "keys.json").unlink()
    told = vanel(home, "status")
    assert (told.status, told.error) == (1, "key-missing")
    assert vanel(home, "event", "load", FORUM).error == "key-missing"
    assert (event_folder(home) / "desk.db").read_bytes() == before


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_a_garbled_key_file_is_said(home: Path, rubbish: bytes) -> None:
    (home / "keys.json").write_bytes(rubbish)
    told = vanel(home, "scan", "1")
    assert (told.status, told.error) == (1, "key-missing")


@pytest.mark.parametrize("key", ["00" * 32, "abcd", ""])
def test_another_key_opens_nothing_and_harms_nothing(home: Path, key: str) -> None:
    kept = (home / "keys.json").read_bytes()
    (home / "keys.json").write_text(f'{{"{EVENT}": "{key}"}}', "utf-8")
    assert vanel(home, "status").status == 1
    assert vanel(home, "verify", "--restore").status == 1
    (home / "keys.json").write_bytes(kept)
    assert vanel(home, "verify").data["ok"] is True


@pytest.mark.parametrize("rubbish", [b"", b"{", b"\xff\x00", b'{"text_scale": "x"}', b"[]"])
def test_a_desk_opens_without_readable_settings(home: Path, rubbish: bytes) -> None:
    (home / "settings.json").write_bytes(rubbish)
    told = vanel(home, "status")
    assert (told.status, told.data["registrations"]) == (0, 300)
    assert vanel(home, "scan", "1").data["verdict"] == "refused"


def test_a_home_that_is_a_file_is_said(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder", "utf-8")
    assert vanel(home, "status").status != 0
    told = vanel(home / "below", "event", "load", FORUM)
    assert (told.status, told.error) == (1, "read-only")
    assert home.read_text("utf-8") == "not a folder"


def test_a_home_may_have_any_name(tmp_path: Path) -> None:
    home = tmp_path / "Chez Zoé & Cie #1 %41?immutable=1 「机」"
    made(home, 3)
    assert vanel(home, "scan", "1").status == 0
    assert vanel(home, "verify").data["ok"] is True
    assert (event_folder(home) / "desk.db").exists()
