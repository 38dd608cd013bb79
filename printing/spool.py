"""The queue that survives a jam, a crash and a closed lid: it sends what facts owe.

One process per home owns it (a lock); the others only queue. A job is tried again by itself only
when not one byte was accepted; otherwise a person is asked whether the badge came out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from db.desk.badges import Job
from db.desk.desk import Desk
from db.domain.errors import NotFound, VanelError
from db.domain.facts import Kind
from db.store.jobs import JobRow, JobState
from db.store.lock import PRINTING, Lock
from printing.attendee import badge_data
from printing.badge import compose
from printing.delivery import Ways, check, deliver
from printing.destinations import Destination, FileDestination, destination_of
from printing.errors import OutcomeUnknown, PrinterUnreachable
from printing.page import Page
from printing.template_file import default_template

Told = Callable[[int], None]
"""Hears how many badges are done."""

NO_PRINTER: Final = "no-printer"
INTERRUPTED: Final = "interrupted"
FILE_TIME: Final = 60_000_000
"""How long a file of badges may take, in µs, before somebody is asked about it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """How one job ended, its pages, and the failure that stopped it, if one did."""

    job: Job | None
    pages: int
    error: VanelError | None = None


class Spool:
    """Sends a desk's badges. Use it from one thread, with a desk of its own or the thread's."""

    def __init__(self, desk: Desk, ways: Ways | None = None) -> None:
        """Print for this desk."""
        self._desk = desk
        cache = desk.store.folder / "cache"
        self._ways = ways or Ways(cache=cache)
        self.lock = Lock(desk.home.folder, PRINTING)
        self._template = default_template()

    def page(self, person_id: str) -> Page:
        """Draw a person's badge for the paper of this desk; records nothing."""
        settings = self._desk.home.settings
        person = self._desk.people.get(person_id)
        code = self._desk.people.badge_code(person.id)
        data = badge_data(person, self._desk.event, code, settings.lang)
        stocks = {stock.id: stock for stock in self._template.stocks}
        return compose(self._template, data, stocks.get(settings.stock, self._template.stocks[0]))

    def to_file(self, person_id: str, to: str, *, copy_reason: str = "") -> Printed:
        """Write one badge to a file: the first is the person's badge, a further one a look at it.

        With a reason it is a copy, and recorded as one.
        """
        destination, badges = destination_of(to), self._desk.badges
        check(destination)
        if copy_reason or not badges.held(person_id):
            named = str(destination)
            job = badges.owe(person_id, copy_reason=copy_reason, to=named, claimed=True)
            return self._make(self._row(job.id), named, exact=True)
        pages = deliver([self.page(person_id)], destination, self._ways)
        return Printed(badges.latest_of(person_id), pages)

    def recover(self) -> int:
        """Ask about the jobs that were being sent when their process stopped."""
        store = self._desk.store
        with store.reading():
            rows = store.jobs.interrupted()
        now = store.source.clock().wall
        stopped = [row for row in rows if not _in_the_making(row, now)]
        for row in stopped:
            with store.writing():
                store.jobs.set_state(row.seq, JobState.UNKNOWN, reason=INTERRUPTED, at=now)
        return len(stopped)

    def run(self, limit: int = 100) -> list[Printed]:
        """Send the jobs that wait, oldest first, until one finds the printer silent.

        Does nothing when another process owns the printers.
        """
        if not self.lock.acquire():
            return []
        self.recover()
        done: list[Printed] = []
        for row in self._waiting(limit):
            if not (row.printer or self._desk.home.settings.printer):
                self._note(row, NO_PRINTER)
                continue
            done.append(self._send(row))
            if isinstance(done[-1].error, PrinterUnreachable):
                break
        return done

    def send(self, job_id: str, to: str) -> Printed:
        """Send one job to a destination named for it (of the command contract).

        Where another process owns the printers, the job is left to it, with its destination.
        """
        destination = destination_of(to)
        check(destination)
        job = self._desk.badges.get(job_id)
        row = self._row(job.id)._replace(printer=str(destination))
        if isinstance(destination, FileDestination) or self.lock.acquire():
            return self._send(row, exact=True)
        if job.state is JobState.QUEUED:
            self._settle(row, _Ending(JobState.QUEUED, job.reason, None))
        return Printed(self._desk.badges.get(job_id), 0)

    def _row(self, job_id: str) -> JobRow:
        row = self._desk.store.jobs.get(job_id)
        if row is None:
            raise NotFound(what="job", name=job_id)
        return row

    def _waiting(self, limit: int) -> list[JobRow]:
        self._desk.badges.adopt()
        with self._desk.store.reading():
            return self._desk.store.jobs.waiting(limit)

    def _note(self, row: JobRow, reason: str) -> None:
        if row.reason != reason:
            store = self._desk.store
            with store.writing():
                now = store.source.clock().wall
                store.jobs.set_state(row.seq, JobState.QUEUED, reason=reason, at=now)

    def _send(self, row: JobRow, *, exact: bool = False) -> Printed:
        """Claim, then make; the order of the lines is the guarantee."""
        store = self._desk.store
        named = row.printer or self._desk.home.settings.printer
        with store.writing():
            if not store.jobs.claim(row.seq, named, store.source.clock().wall):
                return Printed(self._desk.badges.get(row.id), 0)
        return self._make(row, named, exact=exact)

    def _make(self, row: JobRow, named: str, *, exact: bool) -> Printed:
        """Draw and send a badge that nobody else may take, and record how it ended."""
        pages, error = 0, None
        try:
            to = destination_of(named)
            page = self.page(row.person)
            pages = deliver([page], to if exact else _apart(to, row.id), self._ways)
            ending = _sent(to)
        except VanelError as failure:
            error, ending = failure, _failed(failure)
        with self._desk.store.writing():
            self._settle(row, ending)
        return Printed(self._desk.badges.get(row.id), pages, error)

    def _settle(self, row: JobRow, ending: "_Ending") -> None:
        if ending.kind is not None:
            self._desk.badges.settle(row, ending.state, ending.reason, ending.kind)
            return
        store = self._desk.store
        now = store.source.clock().wall
        printer = row.printer if ending.state is JobState.QUEUED else None  # the one asked for
        store.jobs.set_state(row.seq, ending.state, reason=ending.reason, printer=printer, at=now)

    def batch(
        self, people: Iterable[str], to: str, told: Told, *, copy_reason: str = ""
    ) -> list[str]:
        """Make the badges of these persons in one go; return the ids of the jobs.

        A file holds them all; a printer gets one after the other. `told` hears each one. Raises
        PrinterError; the jobs say how far it came.
        """
        destination = destination_of(to)
        check(destination)
        in_file = isinstance(destination, FileDestination)
        owed = self._desk.badges.owe_all(
            people, copy_reason=copy_reason, to=str(destination), claimed=in_file
        )
        jobs = [job.id for job in owed]
        if isinstance(destination, FileDestination):
            self._one_file(jobs, destination, told)
            return jobs
        for number, job in enumerate(jobs, start=1):
            printed = self.send(job, to)
            if printed.error is not None:
                raise printed.error
            told(number)
        return jobs

    def _one_file(self, jobs: list[str], to: FileDestination, told: Told) -> None:
        rows = [self._row(job) for job in jobs]
        try:
            deliver(self._pages(rows, told), to, self._ways)
        except VanelError as failure:
            self._settle_all(rows, _failed(failure))
            raise
        self._settle_all(rows, _sent(to))

    def _settle_all(self, rows: list[JobRow], ending: "_Ending") -> None:
        with self._desk.store.writing():
            for row in rows:
                self._settle(row, ending)

    def _pages(self, rows: list[JobRow], told: Callable[[int], None]) -> Iterator[Page]:
        for number, row in enumerate(rows, start=1):
            yield self.page(row.person)
            told(number)


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a job ended, and the fact that says so; none while it still waits."""

    state: JobState
    reason: str
    kind: Kind | None


def _sent(to: Destination) -> _Ending:
    """A file is there to be seen; what a printer took is sent, not printed."""
    state = JobState.CONFIRMED if isinstance(to, FileDestination) else JobState.SENT
    return _Ending(state, to.scheme, Kind.BADGE_MADE)


def _failed(error: VanelError) -> _Ending:
    if isinstance(error, PrinterUnreachable):
        return _Ending(JobState.QUEUED, error.id, None)
    if isinstance(error, OutcomeUnknown):
        return _Ending(JobState.UNKNOWN, error.id, None)
    return _Ending(JobState.FAILED, error.id, None)


def _in_the_making(row: JobRow, now: int) -> bool:
    """Tell whether another process may still be writing this file; printers have one owner."""
    return "://" not in row.printer and now - row.changed < FILE_TIME


def _apart(to: Destination, job: str) -> Destination:
    """Give each badge of a desk that prints into files a file of its own."""
    if not isinstance(to, FileDestination):
        return to
    if to.path.is_dir():
        suffix = "bin" if to.scheme in ("escpos", "zpl") else to.scheme
        return replace(to, path=to.path / f"badge-{job}.{suffix}")
    return replace(to, path=to.path.with_stem(f"{to.path.stem}-{job}"))
