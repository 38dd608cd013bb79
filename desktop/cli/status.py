"""`vanel status`: this desk at a glance."""

import click

from desktop.cli.answers import Answer
from desktop.cli.frame import Command
from desktop.cli.session import Session
from desktop.cli.shapes import instant_shape
from desktop.phrases import KEY_PLACES
from resources.words import mark


@click.command(
    "status",
    cls=Command,
    help=mark("Say where this desk stands: place, people, facts, printer, key."),
    example="vanel status --json",
)
@click.pass_obj
def command(session: Session, /) -> Answer:
    """Read, never write."""
    desk = session.desk
    status, counts = desk.status(), desk.counts()
    data = {
        "desk": status.desk,
        "place": status.place,
        "event": desk.event.id,
        "registrations": status.registrations,
        "facts": status.facts,
        "waiting": status.waiting,
        "last_sync": instant_shape(status.last_sync),
        "hub": status.hub,
        "skew_ms": status.skew_ms,
        "printer": status.printer,
        "key_place": status.key_place,
        "inside": counts.inside,
        "entered": counts.entered,
        "expected": counts.expected,
    }
    return Answer(data, _text(session, data))


def _text(session: Session, data: dict[str, object]) -> str:
    say = session.say
    printer = data["printer"] or say("none chosen")
    place = session.speech.place(str(data["place"]))
    lines = (
        say("Forum: {event}", event=session.desk.event.name),
        say("Desk: {desk}, at {place}", desk=data["desk"], place=place),
        say("Registrations: {count}", count=data["registrations"]),
        say("Inside: {count}", count=data["inside"]),
        say("Entered today: {count}", count=data["entered"]),
        say("Facts in the log: {count}", count=data["facts"]),
        say("Printer: {printer}", printer=printer),
        say(KEY_PLACES.get(str(data["key_place"]), "")),
        say("This desk works alone; all is recorded here."),
    )
    return "\n".join(lines)
