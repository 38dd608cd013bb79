"""Desks that break a promise on purpose: the tests beside must notice each of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, cast

from db.desk.desk import Desk

if TYPE_CHECKING:
    import sqlite3 as dbapi

EVERY: Final = 5


class CommitsLate:
    """A connection that commits only every fifth transaction, and says it committed each."""

    def __init__(self, conn: "dbapi.Connection") -> None:
        self._conn = conn
        self._asked = 0

    def execute(self, sql: str, *parts: object) -> object:
        if sql == "BEGIN IMMEDIATE" and self._conn.in_transaction:
            return None
        if sql == "COMMIT":
            self._asked += 1
            if self._asked % EVERY:
                return None
        return self._conn.execute(sql, *cast(tuple[Any, ...], parts))

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)


def _commits_late(desk: Desk) -> None:
    desk.store.conn = cast("dbapi.Connection", CommitsLate(desk.store.conn))


def _syncs(level: str) -> Callable[[Desk], None]:
    def weaken(desk: Desk) -> None:
        desk.store.conn.execute(f"PRAGMA synchronous = {level}")

    return weaken


MUTANTS: Final[dict[str, Callable[[Desk], None]]] = {
    "none": lambda _: None,
    "commits-late": _commits_late,
    "normal": _syncs("NORMAL"),
    "off": _syncs("OFF"),
}
