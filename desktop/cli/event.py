"""`vanel event`: load a forum's file, show the forum."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Group
from desktop.cli.session import Session
from resources.words import mark

if TYPE_CHECKING:
    from db.domain.programme import Event
    from db.exchange.event_mistakes import Mistake


@click.command(
    "event",
    cls=Group,
    help=mark("Load a forum from its file, or show it: days, rooms, sessions, categories, rules."),
    example="vanel event load resources/events/forum-2023.toml",
)
def command() -> None:
    """Hold the two sub-commands."""


@command.command(
    "load",
    cls=Command,
    help=mark("Load a forum's file and make it the current one; every mistake is told at once."),
    example="vanel event load resources/events/forum-2023.toml",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def load(session: Session, /, *, file: Path) -> Answer:
    """Read the file, then make or update the event of this home."""
    from db.exchange.event_file import read_event_file
    from db.exchange.event_mistakes import EventFileError

    try:
        event = read_event_file(file)
    except EventFileError as error:
        mistakes = [_mistake(session, mistake) for mistake in error.mistakes]
        lines = "\n".join(_line(session, mistake) for mistake in mistakes)
        return Answer({"mistakes": mistakes}, lines, error)
    return _answer(session, session.load(event).event)


@command.command(
    "show",
    cls=Command,
    help=mark("Show the forum that this desk works for."),
    example="vanel event show --json",
)
@click.pass_obj
def show(session: Session, /) -> Answer:
    """Read it from the log, not from the file."""
    return _answer(session, session.desk.event)


def _answer(session: Session, event: "Event") -> Answer:
    from db.exchange.event_file import summary

    speech = session.speech
    rooms = ", ".join(room.name for room in event.rooms)
    categories = ", ".join(speech.category(category.id) for category in event.categories)
    lines = [
        event.name,
        ", ".join(speech.day(day) for day in event.days),
        speech.say("Rooms: {names}", names=rooms),
        speech.say("Sessions: {count}", count=len(event.sessions)),
        speech.say("Categories: {names}", names=categories),
    ]
    return Answer(summary(event), "\n".join(lines))


def _mistake(session: Session, mistake: "Mistake") -> dict[str, object]:
    message = session.say(mistake.message, **mistake.parts)
    return {
        "path": mistake.path,
        "line": mistake.line,
        "reason": mistake.reason,
        "message": message,
    }


def _line(session: Session, mistake: dict[str, object]) -> str:
    if not mistake["path"]:
        return session.say("Line {line}: {message}", **mistake)
    return session.say("Line {line}, {path}: {message}", **mistake)
