"""An online copy kept beside the database, and what to do when the database is damaged."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.domain.facts import Moment
from db.store.connection import connect, told
from db.store.copies import STAMP, copies
from db.store.errors import StoreError
from db.store.files import sync_folder

if TYPE_CHECKING:
    import sqlite3 as dbapi
else:
    from sqlcipher3 import dbapi2 as dbapi

KEEP: Final = 3
PAGES: Final = 512


def back_up(folder: Path, key: bytes, now: Moment) -> Path:
    """Copy the live database, readers and writers going on; keep the newest few.

    Works through a connection of its own whose snapshot no writer disturbs. The copy is encrypted
    with the same key and becomes visible only when it is whole.
    """
    target = folder / "backup" / f"desk-{now.at.strftime(STAMP)}.db"
    draft = target.with_suffix(".part")
    try:
        with told(folder / "desk.db"):
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            _copy(folder / "desk.db", draft, key)
            draft.replace(target)
            sync_folder(target.parent)
            for old in copies(folder)[KEEP:]:
                old.unlink(missing_ok=True)
    except StoreError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)  # on a full disk, every byte is wanted
        raise
    return target


def _copy(source: Path, target: Path, key: bytes) -> None:
    live = connect(source, key)
    try:
        copy = dbapi.connect(target, isolation_level=None, check_same_thread=False)
        try:
            copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            copy.execute("PRAGMA journal_mode = DELETE")
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM meta").fetchone()
            live.backup(copy, pages=PAGES)
            live.execute("COMMIT")
        finally:
            copy.close()
    finally:
        live.close()


def restore(folder: Path, key: bytes, now: Moment) -> Path:
    """Set the damaged files aside and open the newest copy that can be read.

    Return where the damaged database went; raise StoreError when no copy can be read.
    """
    good = next((copy for copy in copies(folder) if _readable(copy, key)), None)
    if good is None:
        raise StoreError(what="no copy can be read")
    aside = folder / "damaged" / now.at.strftime(STAMP)
    with told(folder / "desk.db"):
        aside.mkdir(parents=True, exist_ok=True)
        for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
            if (folder / name).exists():
                (folder / name).replace(aside / name)
        draft = folder / ".desk.db.new"
        draft.write_bytes(good.read_bytes())
        draft.replace(folder / "desk.db")
        sync_folder(folder)
    return aside / "desk.db"


def _readable(copy: Path, key: bytes) -> bool:
    try:
        conn = dbapi.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)
        try:
            conn.execute("PRAGMA cipher_log_level = NONE").fetchall()
            conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
            return bool(conn.execute("PRAGMA quick_check").fetchone()[0] == "ok")
        finally:
            conn.close()
    except dbapi.Error:
        return False


def tidy(folder: Path, key: bytes) -> None:
    """Move what waits in the write-ahead log into the database; nobody is held up by it."""
    with told(folder / "desk.db"):
        conn = connect(folder / "desk.db", key)
        try:
            conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        finally:
            conn.close()
