"""A damaged database is named, never read as if nothing were, and the last good copy is offered."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import pytest

from desktop.cli.run import run
from tests.faults.homes import event_folder, guests, opened, recorded
from tests.faults.tools import Figures, window

PAGE: Final = 4096
FLIPPED: Final = 40
NAMED: Final = ("damaged-database", "log-differs")
Ask = Callable[..., str | None]


@pytest.fixture
def ask(home: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command on the home; return the identifier of its failure, None when done."""

    def asked(*words: str) -> str | None:
        status = run(["--home", str(home), *words, "--json"])
        answer = json.loads(capsys.readouterr().out)
        assert status == ("error" in answer)
        return answer["error"]["id"] if status else None

    return asked


@pytest.fixture
def database(home: Path) -> Path:
    return event_folder(home) / "desk.db"


def test_one_changed_bit_in_any_page_is_found_and_no_command_breaks(
    database: Path, ask: Ask, figures: Figures
) -> None:
    whole, random = database.read_bytes(), Random(4)
    noticed = 0
    for page in random.sample(range(len(whole) // PAGE), FLIPPED):
        torn = bytearray(whole)
        torn[page * PAGE + random.randrange(PAGE)] ^= 1 << random.randrange(8)
        for words in (("verify",), ("status",), ("find", "marie"), ("scan", "1"), ("queue",)):
            database.write_bytes(torn)
            said = ask(*words)
            assert said in (None, *NAMED)
            noticed += words == ("verify",) and said in NAMED
    assert noticed == FLIPPED
    figures.tell("one bit changed", images=FLIPPED, found_by_verify=noticed)


def _half(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def _odd(whole: bytes) -> bytes:
    return whole[: len(whole) // 2 + 77]


def _first_bit(whole: bytes) -> bytes:
    return bytes([whole[0] ^ 1]) + whole[1:]


def _zeros(whole: bytes) -> bytes:
    return bytes(len(whole))


def _text(whole: bytes) -> bytes:
    return b"not a database\n" * 100


@pytest.mark.parametrize("harm", [_half, _odd, _first_bit, _zeros, _text])
@pytest.mark.parametrize("words", [("status",), ("scan", "1"), ("verify",), ("find", "marie")])
def test_a_torn_file_is_named(
    harm: Callable[[bytes], bytes], words: tuple[str, ...], database: Path, ask: Ask
) -> None:
    torn = harm(database.read_bytes())
    database.write_bytes(torn)
    assert ask(*words) == "damaged-database"
    assert database.read_bytes() == torn, "it was left as it is"


@pytest.mark.parametrize("name", ["desk.db-wal", "desk.db-shm", "desk.db-journal"])
def test_rubbish_beside_the_database_changes_nothing(name: str, database: Path, ask: Ask) -> None:
    database.with_name(name).write_bytes(Random(name).randbytes(50_000))
    assert ask("status") is None
    assert ask("verify") is None


def test_an_emptied_file_is_not_taken_for_a_new_desk(home: Path, database: Path, ask: Ask) -> None:
    with opened(home) as desk:
        desk.back_up()
    database.write_bytes(b"")
    assert ask("status") == "damaged-database"
    assert ask("scan", "1") == "damaged-database"
    assert ask("verify", "--restore") is None


def test_the_last_good_copy_opens_and_the_damaged_file_is_kept(
    home: Path, database: Path, ask: Ask
) -> None:
    codes = guests(home)
    first, second = next(codes), next(codes)
    with opened(home) as desk:
        desk.admit.scan(first)
        desk.back_up()
        before = desk.store.log.desk
    copied = recorded(home)
    assert ask("scan", second) is None
    torn = _half(database.read_bytes())
    database.write_bytes(torn)
    assert ask("status") == "damaged-database"
    assert ask("verify", "--restore") is None
    assert recorded(home) == copied
    (aside,) = event_folder(home).glob("damaged/*/desk.db")
    assert aside.read_bytes() == torn
    with opened(home) as desk:
        assert desk.store.log.desk != before, "numbers of the lost facts must not come twice"
    assert ask("scan", second) is None
    assert ask("verify") is None


def test_no_copy_can_be_opened_and_nothing_is_touched(database: Path, ask: Ask) -> None:
    torn = _half(database.read_bytes())
    database.write_bytes(torn)
    assert ask("verify", "--restore") == "store"
    assert database.read_bytes() == torn


def test_a_damaged_copy_is_passed_over_for_an_older_one(
    home: Path, database: Path, ask: Ask
) -> None:
    with opened(home) as desk:
        desk.back_up()
    (good,) = (event_folder(home) / "backup").glob("*.db")
    shutil.copy(good, good.with_name("desk-29990101-000000.db"))
    os.truncate(good.with_name("desk-29990101-000000.db"), PAGE * 3)
    database.write_bytes(_half(database.read_bytes()))
    assert ask("verify", "--restore") is None


def test_a_sound_database_is_never_replaced_by_its_copy(home: Path, ask: Ask) -> None:
    with opened(home) as desk:
        desk.back_up()
    assert ask("scan", next(guests(home))) is None
    before = recorded(home)
    assert ask("verify", "--restore") is None
    assert recorded(home) == before


def test_the_window_names_the_damage_and_stays_open(home: Path, database: Path) -> None:
    database.write_bytes(_half(database.read_bytes()))
    with window(home) as talk:
        while "desk.db" not in " ".join(talk.ask("look")["texts"]):
            pass  # it is still opening
        assert talk.close() == 0
    assert list(home.glob("crash/2*.txt")) == [], "it was foreseen"
