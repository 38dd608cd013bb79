"""The print queue as stored: how far the spool has come with each badge a fact owes."""

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3 as dbapi


class JobState(StrEnum):
    """How far a badge has come; «sent» is not «printed»."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    UNKNOWN = "unknown"  # some bytes left; only a person can tell whether it came out
    CANCELLED = "cancelled"


_COLUMNS: Final = "hex(fact.id), hex(job.person), printer, state, reason, copy, changed, job.fact"
_NEW: Final = (
    "FROM fact WHERE seq > coalesce((SELECT value FROM meta WHERE key = 'adopted'), 0)"
    " AND kind = 'badge-owed' AND refers IS NULL AND desk = ?"
)


class JobRow(NamedTuple):
    """One job: `id` is the owing fact's, `changed` in µs."""

    id: str
    person: str
    printer: str
    state: JobState
    reason: str
    copy: bool
    changed: int
    seq: int


class Jobs:
    """The table of print jobs. Writes belong inside the store's transaction."""

    def __init__(self, conn: "dbapi.Connection") -> None:
        """Read and write through this connection."""
        self._conn = conn

    def unadopted(self, desk: int) -> bool:
        """Tell whether facts of this desk owe badges that have no line in the queue yet."""
        return self._conn.execute(f"SELECT 1 {_NEW} LIMIT 1", (desk,)).fetchone() is not None

    def adopt(self, desk: int) -> None:
        """Give each badge newly owed by this desk (its local row) a line in the queue.

        The owing fact is the job: it is durable before anybody sees green, and a retry refers to
        it. The line only says how far the spool has come with it.
        """
        self._conn.execute(
            "INSERT OR IGNORE INTO job (fact, person, printer, state, reason, copy, changed)"
            f" SELECT seq, person, '', 'queued', '', 0, at {_NEW}",
            (desk,),
        )
        self._conn.execute(
            "INSERT OR REPLACE INTO meta SELECT 'adopted', coalesce(max(seq), 0) FROM fact"
        )

    def mark_copy(self, seq: int) -> None:
        """Say that a job is a further badge for somebody who holds one."""
        self._conn.execute("UPDATE job SET copy = 1 WHERE fact = ?", (seq,))

    def get(self, job: str) -> JobRow | None:
        """Return one job by its id."""
        try:
            key = bytes.fromhex(job)
        except ValueError:
            return None
        row = self._conn.execute(
            f"SELECT {_COLUMNS} FROM job JOIN fact ON fact.seq = job.fact"  # noqa: S608
            " WHERE fact.id = ?",
            (key,),
        ).fetchone()
        return None if row is None else _job(row)

    def latest(self, limit: int) -> list[JobRow]:
        """Return the newest jobs, newest first."""
        return self._rows("ORDER BY job.fact DESC LIMIT ?", limit)

    def of_person(self, person: str) -> JobRow | None:
        """Return the newest job of a person."""
        row = self._conn.execute(
            f"SELECT {_COLUMNS} FROM job JOIN fact ON fact.seq = job.fact"  # noqa: S608
            " WHERE job.person = ? ORDER BY job.fact DESC LIMIT 1",
            (bytes.fromhex(person),),
        ).fetchone()
        return None if row is None else _job(row)

    def waiting(self, limit: int = 100) -> list[JobRow]:
        """Return the jobs that are owed to a printer, oldest first."""
        return self._rows("WHERE state = 'queued' ORDER BY job.fact LIMIT ?", limit)

    def interrupted(self) -> list[JobRow]:
        """Return the jobs that were being sent when their process stopped."""
        return self._rows("WHERE state = 'sending' ORDER BY job.fact LIMIT ?", -1)

    def set_state(
        self, seq: int, state: JobState, *, reason: str = "", printer: str | None = None, at: int
    ) -> None:
        """Say how far a job has come and why."""
        self._conn.execute(
            "UPDATE job SET state = ?, reason = ?, changed = ?, printer = coalesce(?, printer)"
            " WHERE fact = ?",
            (str(state), reason, at, printer, seq),
        )

    def claim(self, seq: int, printer: str, at: int) -> bool:
        """Take a queued job for sending; False when another process was faster."""
        done = self._conn.execute(
            "UPDATE job SET state = 'sending', reason = '', printer = ?, changed = ?"
            " WHERE fact = ? AND state = 'queued'",
            (printer, at, seq),
        )
        return done.rowcount == 1

    def _rows(self, rest: str, limit: int) -> list[JobRow]:
        rows = self._conn.execute(
            f"SELECT {_COLUMNS} FROM job JOIN fact ON fact.seq = job.fact {rest}",  # noqa: S608
            (limit,),
        ).fetchall()
        return [_job(row) for row in rows]


def _job(row: tuple[str, str, str, str, str, int, int, int]) -> JobRow:
    fact, person, printer, state, reason, copy, changed, seq = row
    return JobRow(
        fact.lower(), person.lower(), printer, JobState(state), reason, bool(copy), changed, seq
    )
