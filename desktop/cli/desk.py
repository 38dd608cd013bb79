"""`vanel desk`, or `vanel` alone: open the window."""

import click

from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.window import check_machine, open_window
from resources.words import mark

SCREENS = ("checkin", "attendees", "badges", "settings")


@click.command(
    "desk",
    cls=Command,
    help=mark("Open the desk's window; so does vanel alone."),
    example="vanel desk --screen attendees",
)
@click.option(
    "--screen",
    cls=Option,
    type=click.Choice(SCREENS),
    default=SCREENS[0],
    help=mark("The screen shown first."),
)
@click.pass_obj
def command(session: Session, /, *, screen: str) -> Answer:
    """Check the machine, then hand over to the window."""
    check_machine(session)
    open_window(session, screen)
    return Answer()
