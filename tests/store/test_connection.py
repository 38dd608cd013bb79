"""How the database is opened, how it writes, and what its errors become."""

import errno
from pathlib import Path

import pytest

from db.store.connection import KEY_BYTES, connect, told, writing
from db.store.errors import (
    DamagedDatabase,
    DatabaseBusy,
    DiskFailed,
    DiskFull,
    ReadOnlyHome,
    StoreError,
)
from tests.store.support import KEY, dbapi, raw

SECRET = "Zoé Œuvre, mairie d'Urrugne"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def filled(path: Path) -> "dbapi.Connection":
    conn = connect(path, KEY)
    conn.execute("CREATE TABLE note (text TEXT)")
    conn.execute("INSERT INTO note VALUES (?)", (SECRET,))
    return conn


def test_a_write_waits_for_the_disk(path: Path) -> None:
    conn = connect(path, KEY)
    assert conn.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
    assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert conn.execute("PRAGMA fullfsync").fetchone()[0] == 1
    assert conn.execute("PRAGMA checkpoint_fullfsync").fetchone()[0] == 1
    conn.close()


def test_checkpoints_and_strangers_schemas_stay_out_of_a_scan(path: Path) -> None:
    conn = connect(path, KEY)
    assert conn.execute("PRAGMA wal_autocheckpoint").fetchone()[0] == 0
    assert conn.execute("PRAGMA trusted_schema").fetchone()[0] == 0
    assert conn.execute("PRAGMA temp_store").fetchone()[0] == 2  # memory
    assert conn.execute("PRAGMA busy_timeout").fetchone()[0] == 5_000
    conn.close()


def test_nothing_on_the_disk_is_readable_without_the_key(path: Path) -> None:
    conn = filled(path)
    for file in (path, path.with_name("desk.db-wal")):
        data = file.read_bytes()
        assert b"SQLite format 3" not in data
        assert SECRET.encode() not in data
        assert b"CREATE TABLE" not in data
    conn.close()
    for key in (None, bytes(KEY_BYTES)):
        stranger = raw(path, key)
        with pytest.raises(dbapi.DatabaseError):
            stranger.execute("SELECT * FROM note").fetchall()
        stranger.close()


def test_another_key_is_told_as_damage_and_touches_nothing(path: Path) -> None:
    filled(path).close()
    before = path.read_bytes()
    with pytest.raises(DamagedDatabase):
        connect(path, bytes(KEY_BYTES))
    assert path.read_bytes() == before


def deletes_then_fails(conn: "dbapi.Connection") -> None:
    conn.execute("DELETE FROM note")
    raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_no_trace(path: Path) -> None:
    conn = filled(path)
    with pytest.raises(ZeroDivisionError), writing(conn, path):
        deletes_then_fails(conn)
    assert not conn.in_transaction
    assert conn.execute("SELECT text FROM note").fetchall() == [(SECRET,)]
    conn.close()


def test_a_database_kept_by_another_program_is_busy(path: Path) -> None:
    first, second = filled(path), connect(path, KEY)
    second.execute("PRAGMA busy_timeout = 0")
    with writing(first, path):
        with pytest.raises(DatabaseBusy), writing(second, path):
            pytest.fail("two writers at once")
        assert not second.in_transaction
    first.close()
    second.close()


def test_a_full_disk_is_told_and_what_was_there_stays(path: Path) -> None:
    conn = filled(path)
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    with pytest.raises(DiskFull), writing(conn, path):
        conn.executemany("INSERT INTO note VALUES (?)", [("x" * 4000,)] * 9)
    assert conn.execute("SELECT count(*) FROM note").fetchone()[0] == 1
    conn.close()


def test_a_folder_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(ReadOnlyHome):
        connect(path.parent / "absent" / "desk.db", KEY)


def test_a_database_opened_for_reading_only_says_so(path: Path) -> None:
    filled(path).close()
    conn = dbapi.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    conn.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"").fetchall()
    with pytest.raises(ReadOnlyHome), told(path):
        conn.execute("DELETE FROM note")
    conn.close()


def test_a_file_that_is_no_database_is_damaged(path: Path) -> None:
    path.write_bytes(b"Bonjour, ceci est un courrier. " * 400)
    with pytest.raises(DamagedDatabase) as caught:
        connect(path, KEY)
    assert "desk.db" in str(caught.value)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, ReadOnlyHome),
        (errno.EROFS, ReadOnlyHome),
        (errno.EIO, StoreError),
    ],
)
def test_errors_of_the_system_are_told_in_our_words(number: int, kind: type[StoreError]) -> None:
    with pytest.raises(kind) as caught, told(Path("desk.db")):
        raise OSError(number, "as the system says")
    assert type(caught.value) is kind


class Unconfirmed(dbapi.OperationalError):
    """What SQLite raises when fsync fails."""

    sqlite_errorname = "SQLITE_IOERR_FSYNC"


def test_a_write_that_the_disk_did_not_confirm_is_told_apart(path: Path) -> None:
    with pytest.raises(DiskFailed), told(path):
        raise Unconfirmed
    with pytest.raises(StoreError, match="Surprise"), told(path):
        raise type("Surprise", (dbapi.Error,), {})
