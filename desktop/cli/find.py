"""`vanel find TEXT`: search for people."""

import click

from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.shapes import instant_shape, person_shape
from resources.words import mark


@click.command(
    "find",
    cls=Command,
    help=mark("Search people by name, organisation or commune, in any order, accents or not."),
    example="vanel find lefevre",
)
@click.argument("text")
@click.option(
    "--limit",
    cls=Option,
    type=click.IntRange(1, 1000),
    default=20,
    help=mark("How many at most; 20 if not said."),
)
@click.pass_obj
def command(session: Session, /, *, text: str, limit: int) -> Answer:
    """List who matches, the likeliest first."""
    found = session.desk.people.find(text, limit)
    speech = session.speech
    people = [
        {
            **(person_shape(each.person) or {}),
            "state": each.state,
            "since": instant_shape(each.since),
        }
        for each in found
    ]
    lines = [
        " · ".join(
            part
            for part in (each.person.name, speech.identity(each.person), speech.state(each.state))
            if part
        )
        for each in found
    ]
    return Answer({"people": people}, "\n".join(lines) or session.say("Nobody matches."))
