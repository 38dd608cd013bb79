"""Badges of one desk: what is owed, what came out, what a person must look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from db.desk.errors import BadgeExists
from db.domain.errors import NotFound, VanelError
from db.domain.facts import Kind, instant
from db.domain.registration import Registration
from db.store.jobs import JobRow, JobState
from db.store.log import Draft, Recorded
from db.store.store import Store

RESTORED: Final = "restored"
"""Why a job is doubtful: the copy does not know what was printed after it was made."""


class JobNotOpen(VanelError):
    """The job is in a state in which this makes no sense."""

    id = "job-state"
    message = "This badge is «{state}»; that cannot be asked of it now."
    next_step = "Nothing was changed. See vanel queue."


@dataclass(frozen=True, slots=True)
class Job:
    """One badge on its way; `at` aware UTC, `reason` a stable identifier or empty."""

    id: str
    person: str
    name: str
    printer: str
    state: JobState
    reason: str
    at: datetime
    copy: bool


_RETRIED = (JobState.FAILED, JobState.UNKNOWN, JobState.CANCELLED)
_OPEN = (JobState.QUEUED, JobState.FAILED, JobState.UNKNOWN)


class Badges:
    """The print queue, as people see it."""

    def __init__(self, store: Store) -> None:
        """Read from and record into this store."""
        self._store = store

    def jobs(self, limit: int = 200) -> list[Job]:
        """Return the newest jobs, newest first."""
        self.adopt()
        with self._store.reading():
            return [self._job(row) for row in self._store.jobs.latest(limit)]

    def get(self, job_id: str) -> Job:
        """Return one job; raises NotFound."""
        self.adopt()
        with self._store.reading():
            return self._job(self._row(job_id))

    def adopt(self) -> None:
        """Give each badge that a fact of this desk newly owes its line in the queue."""
        with self._store.reading():
            new = self._store.jobs.unadopted(self._store.log.desk_pk)
        if new:
            with self._store.writing():
                self._store.jobs.adopt(self._store.log.desk_pk)

    def held(self, person_id: str) -> bool:
        """Tell whether a person holds a live badge, as far as facts have travelled."""
        with self._store.reading():
            return self._store.projections.presence(self._store.event, person_id).badge

    def latest_of(self, person_id: str) -> Job | None:
        """Return the newest job of a person, if one was made at this desk."""
        with self._store.reading():
            row = self._store.jobs.of_person(person_id)
            return None if row is None else self._job(row)

    def owe(
        self, person_id: str, *, copy_reason: str = "", to: str = "", claimed: bool = False
    ) -> Job:
        """Queue one badge; a second one raises BadgeExists unless it has a reason.

        `to` names a destination other than this desk's printer; `claimed`: the caller makes it
        now, and no spool may take it.
        """
        return self.owe_all([person_id], copy_reason=copy_reason, to=to, claimed=claimed)[0]

    def owe_all(
        self, people: Iterable[str], *, copy_reason: str = "", to: str = "", claimed: bool = False
    ) -> list[Job]:
        """Queue a badge for each of these persons, for all of them or for none; see `owe`."""
        jobs = self._store.jobs
        with self._store.writing():
            owed = [self._owe(person_id, copy_reason) for person_id in people]
            jobs.adopt(self._store.log.desk_pk)
            now = self._store.source.clock().wall
            for recorded, live in owed:
                if live:
                    jobs.mark_copy(recorded.seq)
                if claimed:
                    jobs.claim(recorded.seq, to, now)
                elif to:
                    jobs.set_state(recorded.seq, JobState.QUEUED, printer=to, at=now)
            return [self._job(self._row(recorded.fact.id)) for recorded, _ in owed]

    def _owe(self, person_id: str, copy_reason: str) -> tuple[Recorded, bool]:
        """Record one badge owed; tell whether the person holds one already."""
        person = self._person(person_id)
        live = self._store.projections.presence(self._store.event, person.id).badge
        if live and not copy_reason:
            raise BadgeExists
        detail = {"reason": copy_reason} if copy_reason else None
        draft = Draft(kind=Kind.BADGE_OWED, person=person.id, detail=detail)
        (owed,) = self._store.log.append([draft])
        self._store.projections.refold(self._store.event, person.id)
        return owed, live

    def made(self, person_id: str, where: str, *, copy_reason: str = "") -> str:
        """Record a badge that was made outside the queue (a file); return the fact's id.

        `where` is the kind of destination, never a path.
        """
        with self._store.writing():
            person = self._person(person_id)
            live = self._store.projections.presence(self._store.event, person.id).badge
            if live and not copy_reason:
                raise BadgeExists
            detail = {"reason": copy_reason} if copy_reason else None
            draft = Draft(kind=Kind.BADGE_MADE, person=person.id, reason=where, detail=detail)
            (made,) = self._store.log.append([draft])
            self._store.projections.refold(self._store.event, person.id)
            return made.fact.id

    def retry(self, job_id: str) -> Job:
        """Send a job again because a person asked; never done by itself.

        It goes to the printer this desk has now; a file stays the one that was named.
        """
        return self._move(job_id, _RETRIED, JobState.QUEUED, "asked-again", Kind.BADGE_OWED)

    def came_out(self, job_id: str) -> Job:
        """Record that the badge is in somebody's hand after all."""
        return self._move(job_id, _OPEN, JobState.CONFIRMED, "seen", Kind.BADGE_MADE)

    def cancel(self, job_id: str) -> Job:
        """Give up a job; the person holds no badge by it."""
        return self._move(job_id, _OPEN, JobState.CANCELLED, "by-hand", Kind.BADGE_CANCELLED)

    def doubt(self, reason: str) -> None:
        """Ask a person about every job that waits: it may have come out already."""
        self.adopt()
        store = self._store
        with store.writing():
            now = store.source.clock().wall
            for row in store.jobs.waiting(-1):
                store.jobs.set_state(row.seq, JobState.UNKNOWN, reason=reason, at=now)

    def _move(
        self, job_id: str, allowed: tuple[JobState, ...], to: JobState, reason: str, kind: Kind
    ) -> Job:
        store = self._store
        self.adopt()
        with store.writing():
            row = self._row(job_id)
            if row.state not in allowed:
                raise JobNotOpen(state=str(row.state))
            self.settle(row, to, reason, kind)
            return self._job(self._row(job_id))

    def settle(self, row: JobRow, to: JobState, reason: str, kind: Kind) -> None:
        """Move a job and record what that says about the badge; inside a transaction."""
        store = self._store
        now = store.source.clock()
        printer = "" if to is JobState.QUEUED and "://" in row.printer else None
        store.jobs.set_state(row.seq, to, reason=reason, printer=printer, at=now.wall)
        draft = Draft(kind=kind, person=row.person, refers=row.id, reason=reason)
        store.log.append([draft], now)
        store.projections.refold(store.event, row.person)

    def _person(self, person_id: str) -> Registration:
        person = self._store.roster.get(person_id)
        if person is None:
            raise NotFound(what="person", name=person_id)
        return person

    def _row(self, job_id: str) -> JobRow:
        row = self._store.jobs.get(job_id)
        if row is None:
            raise NotFound(what="job", name=job_id)
        return row

    def _job(self, row: JobRow) -> Job:
        person = self._store.roster.get(row.person)
        return Job(
            id=row.id,
            person=row.person,
            name=person.name if person else "",
            printer=row.printer,
            state=row.state,
            reason=row.reason,
            at=instant(row.changed),
            copy=row.copy,
        )
