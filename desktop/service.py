"""The desk as the window sees it: reached only through the database worker."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from db.domain.programme import Event, Place
from desktop.work import Urgency, Worker

if TYPE_CHECKING:
    from db.desk.desk import Counts, Desk

T = TypeVar("T")
Then = Callable[[T], None]
Otherwise = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this desk stands: read after each change, shown everywhere."""

    event: Event
    place: Place
    name: str


class Service:
    """Hands jobs on the desk to the worker; the desk itself is touched by that thread only."""

    def __init__(self, worker: Worker, failed: Otherwise) -> None:
        """Tell `failed` about failures for which a job names nobody else."""
        self._worker = worker
        self._failed = failed
        self._desk: Desk | None = None
        self.standing: Standing | None = None

    def listen(self, failed: Otherwise) -> None:
        """Tell somebody else about failures from now on."""
        self._failed = failed

    def open(
        self, opener: "Callable[[], Desk]", then: Then[Standing], otherwise: Otherwise
    ) -> None:
        """Open another desk in place of the present one."""

        def job() -> Standing:
            if self._desk is not None:
                self._desk.close()
                self._desk = None
            self._desk = opener()
            return _standing(self._desk)

        def opened(standing: Standing) -> None:
            self.standing = standing
            then(standing)

        self._worker.run(job, _split(opened, otherwise))

    def ask(
        self,
        job: "Callable[[Desk], T]",
        then: Then[T],
        otherwise: Otherwise | None = None,
        urgency: Urgency = Urgency.ORDER,
    ) -> None:
        """Do `job` on the desk, then call `then` or `otherwise` on the window's thread."""
        self._worker.run(
            lambda: job(self._open()), _split(then, otherwise or self._failed), urgency
        )

    def look(self, key: Hashable, job: "Callable[[Desk], T]", then: Then[T]) -> None:
        """Look something up; a newer look of the same key makes this one pointless."""
        self._worker.latest(key, lambda: job(self._open()), _split(then, self._failed))

    def change(self, job: "Callable[[Desk], object]", then: Then[Standing]) -> None:
        """Change where this desk stands, then tell where it stands now."""

        def done(standing: Standing) -> None:
            self.standing = standing
            then(standing)

        def changed(desk: "Desk") -> Standing:
            job(desk)
            return _standing(desk)

        self.ask(changed, done)

    def counts(self, then: "Then[Counts]") -> None:
        """Count who is inside."""
        self.look("counts", lambda desk: desk.counts(), then)

    def close(self) -> None:
        """Finish what waits, close the desk, end the worker."""
        self._worker.run(self._close, lambda _: None, Urgency.CLOSE)
        self._worker.stop()

    def _close(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def _open(self) -> "Desk":
        if self._desk is None:
            from db.store.errors import NoEvent

            raise NoEvent
        return self._desk


def _standing(desk: "Desk") -> Standing:
    return Standing(desk.event, desk.place, desk.name)


def _split(then: Then[T], otherwise: Otherwise) -> Callable[[T | Exception], None]:
    def step(outcome: T | Exception) -> None:
        if isinstance(outcome, Exception):
            otherwise(outcome)
        else:
            then(outcome)

    return step
