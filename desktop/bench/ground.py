"""A home full of invented people, made through the import that everybody uses."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from db.desk.desk import Desk, load_event
from db.domain.imports import Add, Plan
from db.domain.programme import Event
from db.domain.registration import Status
from db.exchange.event_file import read_event
from db.exchange.invented import people
from db.store.clocks import moment_now, new_id
from db.store.home import Home
from resources.events import example


def event() -> Event:
    """Return the forum the benchmark runs on."""
    return read_event(example())


def filled_desk(folder: Path, count: int) -> Desk:
    """Make a home with that many registrations; its key stays in a file of that folder."""
    home = Home(folder)
    home.change(key_place="file")
    desk = load_event(home, event(), clock=moment_now, new_id=new_id, token=secrets.token_bytes)

    def steps() -> Iterator[Add]:
        for row, fields in enumerate(people(desk.event, count), start=2):
            yield Add(row, fields)

    desk.people.take(Plan(source="invented", digest="", mapping={}, read=count, steps=steps))
    desk.store.checkpoint()
    return desk


def tickets(desk: Desk, count: int) -> list[tuple[str, str]]:
    """Return (ticket code, person id) of people spread over the list who may enter today."""
    total = desk.store.roster.count()
    step = max(1, total // (count * 4))
    found: list[tuple[str, str]] = []
    for pk in range(1, total + 1, step):
        person = desk.store.roster.at(pk)
        if person is None or person.status is not Status.CONFIRMED:
            continue
        if codes := person.several("code"):
            found.append((codes[0], person.id))
    return found
