"""`vanel undo FACT`: take back a scan."""

import click

from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.values import Text
from resources.words import mark


@click.command(
    "undo",
    cls=Command,
    help=mark("Take back a scan; the log keeps both."),
    example='vanel undo 0190f3c2a7b87c4e9d1f2a3b4c5d6e7f --reason "wrong person"',
)
@click.argument("fact")
@click.option(
    "--reason", cls=Option, type=Text(), required=True, help=mark("Why it is taken back.")
)
@click.pass_obj
def command(session: Session, /, *, fact: str, reason: str) -> Answer:
    """Record that the fact does not count; raise NotFound, NotUndoable."""
    undone = session.desk.admit.undo(fact, reason)
    return Answer({"fact": undone}, session.say("The scan is taken back."))
