"""One encrypted SQLite connection: how it is opened, how it writes, how its errors are told."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.store.copies import newest_copy
from db.store.errors import (
    DamagedDatabase,
    DatabaseBusy,
    DiskFailed,
    DiskFull,
    ReadOnlyHome,
    StoreError,
)

if TYPE_CHECKING:
    import sqlite3 as dbapi
else:
    from sqlcipher3 import dbapi2 as dbapi

KEY_BYTES: Final = 32
BUSY_MS: Final = 5_000
CACHE_KIB: Final = 65_536

_KNOWN: Final[dict[str, type[StoreError]]] = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_BUSY": DatabaseBusy,
    "SQLITE_LOCKED": DatabaseBusy,
    "SQLITE_READONLY": ReadOnlyHome,
    "SQLITE_CANTOPEN": ReadOnlyHome,
    "SQLITE_PERM": ReadOnlyHome,
    "SQLITE_CORRUPT": DamagedDatabase,
    "SQLITE_NOTADB": DamagedDatabase,
    "SQLITE_IOERR": DiskFailed,
}

_NOT_OURS: Final = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)
_UNNAMED: Final = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
}
"""What `backup` says without giving a name."""


def connect(path: Path, key: bytes) -> "dbapi.Connection":
    """Open (or make) the database at `path` with its raw 32-byte key; raise StoreError kinds.

    `synchronous=FULL` with WAL: an admitted guest survives a power cut. Checkpoints happen when
    idle, never inside a scan. The connection may be handed from one thread to another.
    """
    with told(path):
        conn = dbapi.connect(
            _address(path), uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(conn, key)
        except BaseException:
            conn.close()
            raise
    return conn


def _address(path: Path) -> str:
    """Return the URI of a database; one that nobody can write to is read without shared memory."""
    whole = not path.with_name(f"{path.name}-wal").exists()
    return path.absolute().as_uri() + ("?immutable=1" if whole and _is_frozen(path) else "")


def _is_frozen(path: Path) -> bool:
    """Tell whether the disk itself is mounted to be read only."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except (OSError, AttributeError):
        return False


def _prepare(conn: "dbapi.Connection", key: bytes) -> None:
    for pragma in (
        "cipher_log_level = NONE",  # our own errors speak, not the library on stderr
        f"key = \"x'{key.hex()}'\"",
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",  # an admitted guest survives a power cut
        "fullfsync = 1",  # macOS: fsync alone stops at the drive's cache
        "checkpoint_fullfsync = 1",
        "wal_autocheckpoint = 0",  # the 50 ms stalls are checkpoints
        f"cache_size = -{CACHE_KIB}",
        "foreign_keys = OFF",  # facts may arrive before the person they speak of
        "trusted_schema = OFF",
        "temp_store = MEMORY",  # nothing in clear on the disk
    ):
        conn.execute(f"PRAGMA {pragma}").fetchall()
    conn.execute("SELECT count(*) FROM sqlite_master").fetchone()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the library's exceptions into ours, once, at this border."""
    try:
        yield
    except dbapi.Error as error:
        raise told_of(error, path) from error
    except OSError as error:
        raise _of_os(error) from error


def told_of(error: "dbapi.Error", path: Path) -> StoreError:
    """Return the known error that a library exception stands for."""
    name = _name(error)
    if name.startswith("SQLITE_IOERR") and not _has_room(path):
        return DiskFull()
    for prefix, kind in _KNOWN.items():
        if name.startswith(prefix):
            return kind(file=path.name, copy=newest_copy(path.parent), what=name)
    return StoreError(what=name or type(error).__name__)


def damaged(path: Path) -> DamagedDatabase:
    """Return the error that names a damaged database and its newest copy."""
    return DamagedDatabase(file=path.name, copy=newest_copy(path.parent))


def _name(error: BaseException) -> str:
    return getattr(error, "sqlite_errorname", None) or _UNNAMED.get(str(error), "")


def _of_os(error: OSError) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull()
    if error.errno in _NOT_OURS:
        return ReadOnlyHome()
    return StoreError(what=errno.errorcode.get(error.errno or 0, "OSError"))


def _has_room(path: Path) -> bool:
    """Tell whether the disk still holds a page or two."""
    try:
        usage = os.statvfs(path.parent)
    except (OSError, AttributeError):
        return True
    return usage.f_bavail * usage.f_frsize >= 65_536


@contextmanager
def writing(conn: "dbapi.Connection", path: Path) -> Iterator[None]:
    """Run one short durable transaction; anything that fails leaves no trace of it."""
    with told(path):
        conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            conn.execute("COMMIT")
        except BaseException as error:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            if _name(error).startswith("SQLITE_IOERR"):
                _cover(conn)
            raise


def _cover(conn: "dbapi.Connection") -> None:
    """Write something else over a commit that the disk did not confirm.

    It was said not to be recorded, yet its frames stand whole at the end of the write-ahead log:
    whoever opens the database after this process would take them for a commit.
    """
    with suppress(dbapi.Error):
        version = int(conn.execute("PRAGMA user_version").fetchone()[0])
        conn.execute(f"PRAGMA user_version = {version}")
