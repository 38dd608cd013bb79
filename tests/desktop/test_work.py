"""The worker: one thread, one outcome per job, people at the door first."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from queue import Queue

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from db.domain.errors import NotFound
from desktop.work import Urgency, WindowThread, Worker

Step = Callable[[], None]


class Desk:
    """A worker whose outcomes are run by whoever asks, and whose reports are kept."""

    def __init__(self) -> None:
        self.steps: Queue[Step] = Queue()
        self.reports: list[Exception] = []
        self.worker = Worker(self.steps.put, self.reports.append)

    def hold(self) -> threading.Event:
        """Keep the thread busy until the event is set."""
        started, go = threading.Event(), threading.Event()

        def wait() -> None:
            started.set()
            go.wait(10)

        self.worker.run(wait, lambda _: None)
        assert started.wait(10)
        return go

    def finish(self) -> None:
        """Let everything be done, and take all outcomes."""
        self.worker.stop(10)
        while not self.steps.empty():
            self.steps.get()()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.worker.stop(10)


def test_a_scan_goes_before_a_search_that_was_asked_first(desk: Desk) -> None:
    order: list[str] = []
    go = desk.hold()
    desk.worker.latest("search", lambda: order.append("search"), lambda _: None)
    desk.worker.run(lambda: order.append("click"), lambda _: None)
    desk.worker.run(lambda: order.append("scan"), lambda _: None, Urgency.SCAN)
    go.set()
    desk.finish()
    assert order == ["scan", "click", "search"]


def test_of_several_searches_only_the_newest_is_done_and_shown(desk: Desk) -> None:
    done: list[str] = []
    shown: list[object] = []

    def noted(text: str) -> str:
        done.append(text)
        return text

    go = desk.hold()
    for text in ("m", "ma", "mar"):
        desk.worker.latest("search", partial(noted, text), shown.append)
    go.set()
    desk.finish()
    assert (done, shown) == (["mar"], ["mar"])


def test_scans_keep_their_order(desk: Desk) -> None:
    shown: list[object] = []
    for number in range(100):
        desk.worker.run(partial(int, number), shown.append, Urgency.SCAN)
    desk.finish()
    assert shown == list(range(100))


def test_a_known_failure_is_an_outcome_and_no_bug(desk: Desk) -> None:
    shown: list[object] = []

    def job() -> None:
        raise NotFound(what="person", name="x")

    desk.worker.run(job, shown.append)
    desk.finish()
    assert isinstance(shown[0], NotFound)
    assert desk.reports == []


def test_a_bug_is_reported_told_and_does_not_stop_the_worker(desk: Desk) -> None:
    shown: list[object] = []
    desk.worker.run(lambda: 1 / 0, shown.append)
    desk.worker.run(lambda: "still here", shown.append)
    desk.finish()
    assert isinstance(shown[0], ZeroDivisionError)
    assert shown[1] == "still here"
    assert [type(error) for error in desk.reports] == [ZeroDivisionError]


def test_outcomes_come_back_on_the_windows_thread(qtbot: QtBot) -> None:
    here, threads = QThread.currentThread(), list[object]()
    window = WindowThread()
    worker = Worker(window.deliver, lambda _: None)
    worker.run(lambda: None, lambda _: threads.append(QThread.currentThread()))
    qtbot.waitUntil(lambda: bool(threads), timeout=5_000)
    worker.stop()
    assert threads == [here]
