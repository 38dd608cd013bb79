"""Homes to break: the Toulouse forum with invented people, and desks opened on them."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final

from db.desk.desk import Desk, load_event, open_desk
from db.domain.facts import Kind
from db.domain.imports import Add, Plan
from db.domain.programme import Event
from db.domain.registration import Status
from db.exchange.event_file import read_event
from db.exchange.invented import people
from db.store.clocks import moment_now, new_id
from db.store.home import Home
from db.wire import fact_of

ROOT: Final = Path(__file__).parents[2]
EVENT: Final = "forum-2023"
PEOPLE: Final = 300
ENV: Final = os.environ | {
    "PYTHONPATH": str(ROOT),
    "QT_QPA_PLATFORM": "offscreen",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",  # no test asks anybody's key ring
}
"""What every process of these tests is started with."""


def forum() -> Event:
    """Read the reference event."""
    return read_event((files("resources.events") / f"{EVENT}.toml").read_text("utf-8"))


def made(folder: Path, count: int = PEOPLE) -> Path:
    """Make a home with the forum and `count` invented people; return its folder."""
    event = forum()
    desk = load_event(
        Home(folder), event, clock=moment_now, new_id=new_id, token=secrets.token_bytes
    )
    crowd = list(people(event, count))
    desk.people.take(
        Plan(
            source="invented",
            digest="",
            mapping={},
            read=count,
            added=count,
            steps=lambda: (Add(row, fields) for row, fields in enumerate(crowd, 2)),
        )
    )
    desk.close()
    return folder


def event_folder(home: Path) -> Path:
    """Return where the event's database stands."""
    return home / "events" / EVENT


@contextmanager
def opened(home: Path) -> Iterator[Desk]:
    """Open the desk of a home; raise what it raises."""
    desk = open_desk(Home(home), clock=moment_now, new_id=new_id, token=secrets.token_bytes)
    try:
        yield desk
    finally:
        desk.close()


def tickets(desk: Desk) -> list[str]:
    """Return everybody's ticket code, in order of arrival: their badge is still to be made."""
    return [person.several("code")[0] for person in desk.people.all()]


def guests(home: Path) -> Iterator[str]:
    """Yield the tickets of people for whom everything is in order: their first scan is green."""
    with opened(home) as desk:
        told = {category.id for category in desk.event.categories if category.instruction}
        fine = [
            person.several("code")[0]
            for person in desk.people.all()
            if person.status is Status.CONFIRMED
            and not person.text("instruction")
            and person.text("category") not in told
        ]
    yield from fine


def recorded(home: Path) -> set[str]:
    """Return the ids of all facts that scans and their badges left in the log."""
    loaded = (Kind.PROGRAMME, Kind.IMPORTED, Kind.REGISTERED)
    with opened(home) as desk:
        facts = (fact_of(envelope) for _, _, _, envelope, _, _ in desk.store.log.rows())
        return {fact.id for fact in facts if fact.kind not in loaded}
