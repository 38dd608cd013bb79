"""A desk at work: scans without pause through the window's worker, and says what it has shown.

One JSON line per outcome, written once it is back on the window's thread, and not before.
"""

import json
import os
import secrets
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtCore import QCoreApplication

from db.desk.desk import Desk, open_desk
from db.domain.facts import Kind
from db.domain.verdicts import Outcome, Verdict
from db.store.clocks import moment_now, new_id
from db.store.home import Home
from desktop.service import Service, Standing
from desktop.work import Urgency, WindowThread, Worker
from tests.faults.homes import made, tickets
from tests.faults.mutants import MUTANTS

AT_ONCE: Final = 3
"""So many scans wait, so that the worker never does."""
TIDIES_EVERY: Final = 40
EXITS: Final = 0.4
UNDOES: Final = 0.05


def say(**line: object) -> None:
    """Show one outcome; a line reaches the pipe whole."""
    os.write(1, json.dumps(line).encode() + b"\n")


def kind_of(verdict: Verdict) -> Kind:
    """Return the kind of fact that must stand behind what was shown."""
    if verdict.admitted:
        return Kind.ENTERED
    return Kind.LEFT if verdict.outcome is Outcome.LEFT else Kind.TURNED_AWAY


class Scanner:
    """Scans at random, for ever or `scans` times; checkpoints as a desk does when idle."""

    def __init__(
        self, app: QCoreApplication, service: Service, upkeep: Worker, asked: Namespace
    ) -> None:
        self._app, self._service, self._upkeep = app, service, upkeep
        self._tidy: Callable[[], None] | None = None
        self._random = Random(asked.seed)
        self._left = asked.scans or sys.maxsize
        self._weak = asked.mutant != "none"
        self._waiting = 0
        self._tickets: list[str] = []
        self._last = ""

    def start(self, _: Standing) -> None:
        self._service.ask(lambda desk: desk.upkeep().tidy, self._tidies)
        self._service.ask(tickets, self._begin)

    def _tidies(self, tidy: Callable[[], None]) -> None:
        self._tidy = tidy

    def _begin(self, found: list[str]) -> None:
        self._tickets = found
        say(ready=len(found))
        for _ in range(AT_ONCE):
            self._next()

    def _next(self) -> None:
        if not self._left:
            if not self._waiting:
                self._app.quit()
            return
        self._left -= 1
        self._waiting += 1
        if self._left % TIDIES_EVERY == 0:
            self._tidy_up()
        if self._last and self._random.random() < UNDOES:
            self._ask(partial(_undone, fact=self._last))
            self._last = ""
        else:
            code, entry = self._random.choice(self._tickets), self._random.random() > EXITS
            self._ask(lambda desk: desk.admit.scan(code, entry=entry))

    def _tidy_up(self) -> None:
        """Checkpoint beside the scans; a mutant does so with its own weak connection."""
        if self._weak:
            self._service.ask(lambda desk: desk.store.checkpoint(), lambda _: None)
        elif self._tidy is not None:
            self._upkeep.run(self._tidy, lambda _: None)

    def _ask(self, job: Callable[[Desk], Verdict | str]) -> None:
        self._service.ask(job, self._shown, self._failed, Urgency.SCAN)

    def _shown(self, outcome: Verdict | str) -> None:
        if isinstance(outcome, str):
            say(fact=outcome, kind=Kind.UNDONE, job=None)
        else:
            say(fact=outcome.fact, kind=kind_of(outcome), job=outcome.job)
            self._last = (outcome.admitted and outcome.fact) or self._last
        self._waiting -= 1
        self._next()

    def _failed(self, error: Exception) -> None:
        _bug(error)
        self._waiting -= 1
        self._next()


def _undone(desk: Desk, fact: str) -> str:
    return desk.admit.undo(fact, "trial")


def main(words: Sequence[str]) -> None:
    """Open the home's desk behind the worker and scan until killed, or until it was enough."""
    parser = ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scans", type=int, default=0)
    parser.add_argument("--mutant", choices=MUTANTS, default="none")
    parser.add_argument("--make", type=int, metavar="PEOPLE", help="only make the home")
    asked = parser.parse_args(words)
    if asked.make:
        say(made=str(made(asked.home, asked.make)))
        return
    app = QCoreApplication([])
    thread = WindowThread()
    scans = Worker(thread.deliver, _bug)
    upkeep = Worker(thread.deliver, _bug, "upkeep")
    service = Service(scans, _bug)
    scanner = Scanner(app, service, upkeep, asked)

    def opener() -> Desk:
        desk = open_desk(
            Home(asked.home), clock=moment_now, new_id=new_id, token=secrets.token_bytes
        )
        MUTANTS[asked.mutant](desk)
        return desk

    service.open(opener, scanner.start, _bug)
    app.exec()
    upkeep.stop()
    service.close()


def _bug(error: Exception) -> None:
    say(error=getattr(error, "id", repr(error)))


if __name__ == "__main__":
    main(sys.argv[1:])
