"""Slow work off the window's thread: one worker, one queue, one outcome back per job."""

import itertools
import queue
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from db.domain.errors import VanelError

T = TypeVar("T")
Deliver = Callable[[Callable[[], None]], None]
"""Runs a small step where outcomes belong: on the window's thread."""


class Urgency(IntEnum):
    """What goes first when jobs wait: a person at the door, then a click, then a look."""

    SCAN = 0
    ORDER = 1
    LOOK = 2
    CLOSE = 3


@dataclass(order=True, slots=True)
class _Task:
    urgency: int
    number: int
    job: Callable[[], Any] | None = field(compare=False)
    then: Callable[[Any], None] = field(compare=False)
    key: Hashable = field(compare=False, default=None)


class Worker:
    """One thread that owns the database; `run` may be called from the window's thread only."""

    def __init__(
        self, deliver: Deliver, report: Callable[[Exception], object], name: str = "database"
    ) -> None:
        """Hand outcomes to `deliver`; tell `report` about failures nobody foresaw."""
        self._deliver = deliver
        self._report = report
        self._tasks: queue.PriorityQueue[_Task] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._newest: dict[Hashable, int] = {}
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(
        self,
        job: Callable[[], T],
        then: Callable[[T | Exception], None],
        urgency: Urgency = Urgency.ORDER,
    ) -> None:
        """Call `then` with what `job` returned, or with the exception it raised."""
        self._tasks.put(_Task(urgency, next(self._numbers), job, then))

    def latest(
        self, key: Hashable, job: Callable[[], T], then: Callable[[T | Exception], None]
    ) -> None:
        """Do the same for a look-up that a newer one of the same key makes pointless."""
        number = next(self._numbers)
        self._newest[key] = number
        self._tasks.put(_Task(Urgency.LOOK, number, job, then, key))

    def stop(self, seconds: float = 5.0) -> None:
        """Finish what waits, then end the thread; waits at most `seconds`."""
        self._tasks.put(_Task(Urgency.CLOSE, next(self._numbers), None, lambda _: None))
        self._thread.join(seconds)

    def _work(self) -> None:
        while (task := self._tasks.get()).job is not None:
            if self._outdated(task):
                continue
            self._finish(task, self._outcome(task.job))

    def _outdated(self, task: _Task) -> bool:
        return task.key is not None and self._newest.get(task.key) != task.number

    def _finish(self, task: _Task, outcome: object) -> None:
        def step() -> None:
            if not self._outdated(task):
                task.then(outcome)

        self._deliver(step)

    def _outcome(self, job: Callable[[], Any]) -> object:
        try:
            return job()
        except VanelError as error:
            return error
        except Exception as error:  # noqa: BLE001  the border: an error is an outcome here
            self._report(error)
            return error


class WindowThread(QObject):
    """Brings steps from any thread to the one that made this object."""

    _step = Signal(object)

    def __init__(self) -> None:
        """Belong to the calling thread."""
        super().__init__()
        self._step.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def deliver(self, step: Callable[[], None]) -> None:
        """Run `step` soon on the thread of this object; callable from any thread."""
        self._step.emit(step)

    def _take(self, step: Callable[[], None]) -> None:
        step()
