"""`vanel demo`: the forum with invented people, in a home that holds nothing else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

import click

from db.domain.errors import VanelError
from desktop.cli.answers import Answer, progress
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.window import drawn_unseen, open_window
from resources.words import mark

if TYPE_CHECKING:
    from db.domain.imports import Plan
    from db.domain.registration import Fields


class HomeInUse(VanelError):
    """The folder chosen for the demo holds something."""

    id = "home-in-use"
    message = "The demo wants a folder of its own, and this one is not empty."
    next_step = "Nothing in it was touched. Name an empty folder, or leave --home out."


BADGE_FILES = {"pdf": "badge.pdf", "png": "badge.png", "escpos": "badge.escpos"}
"""One badge three times: on paper, as it is previewed, as the printer gets it."""


@click.command(
    "demo",
    cls=Command,
    help=mark(
        "Open a forum with invented people; without a display, draw every screen into a folder."
    ),
    example="vanel demo --tour pictures",
)
@click.option(
    "--people",
    "count",
    cls=Option,
    type=click.IntRange(1, 1_000_000),
    default=890,
    help=mark("How many people to invent; 890 if not said."),
)
@click.option(
    "--tour",
    "folder",
    cls=Option,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help=mark("Draw every screen, a badge and the printer's bytes into this folder."),
)
@click.pass_obj
def command(session: Session, /, *, count: int, folder: Path | None) -> Answer:
    """Fill a fresh home, then open the window or drive it out of sight."""
    with _fresh_home(session):
        unseen = drawn_unseen(session, anyway=folder is not None)
        _fill(session, count)
        if not unseen:
            open_window(session)
            return Answer({"files": []})
        target = folder or Path(mkdtemp(prefix="vanel-demo-"))
        target.mkdir(parents=True, exist_ok=True)
        return _toured(session, target.resolve())


@contextmanager
def _fresh_home(session: Session) -> Iterator[None]:
    """Use the chosen folder if it is empty or absent, else a temporary one."""
    from db.store.home import ENVIRONMENT

    chosen = session.options.home or os.environ.get(ENVIRONMENT)
    if chosen:
        if any(session.home.folder.glob("*")):
            raise HomeInUse
        yield
        return
    with TemporaryDirectory(prefix="vanel-demo-", ignore_cleanup_errors=True) as folder:
        session.options.home = Path(folder)
        yield
        session.close()


def _fill(session: Session, count: int) -> None:
    """Move the forum to today and register invented people."""
    from db.exchange.event_file import read_event, with_first_day
    from db.exchange.invented import people
    from db.store.clocks import moment_now
    from db.store.keys import FILE
    from resources.events import example

    session.home.change(key_place=FILE, lang=session.lang)  # no key ring for invented people
    event = read_event(example())
    desk = session.load(with_first_day(event, event.day(moment_now().at)))
    with progress(count) as step:
        desk.people.take(_invented(people(desk.event, count), count), step)
    session.close()


def _invented(people: "Iterator[Fields]", count: int) -> "Plan":
    """Return the import of a list that nobody had to write."""
    from db.domain.imports import Add, Plan

    steps = (Add(row, fields) for row, fields in enumerate(people, start=2))
    return Plan(source="demo", digest="", mapping={}, read=count, added=count, steps=lambda: steps)


def _toured(session: Session, folder: Path) -> Answer:
    """Visit every screen, then make a badge of somebody who came in."""
    from desktop.tour import tour

    files = tour(session.home, folder)
    person = next(line.person for line in session.desk.admit.last() if line.person is not None)
    with session.spool() as spool:
        for scheme, name in BADGE_FILES.items():
            spool.to_file(person.id, f"{scheme}:{folder / name}")
            files.append(folder / name)
    told = session.say("Pictures, a badge and the printer's bytes are in {folder}", folder=folder)
    data = {
        "files": [str(file) for file in files],
        "folder": str(folder),
        "code": session.desk.people.badge_code(person.id),
    }
    return Answer(data, "\n".join([*map(str, files), told]))
