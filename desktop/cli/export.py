"""`vanel export`: attendees and scans as a table."""

from pathlib import Path

import click

from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from resources.words import mark

TABLES = ("attendees", "checkins", "movements", "attempts")
ALL = 1 << 62
"""More scans than a desk can hold."""


@click.command(
    "export",
    cls=Command,
    help=mark("Write people or scans as a table that opens in any spreadsheet."),
    example="vanel export attendees --to people.xlsx",
)
@click.argument("table", type=click.Choice(TABLES))
@click.option(
    "--to",
    "path",
    cls=Option,
    type=click.Path(path_type=Path),
    required=True,
    help=mark("The file, in .csv or .xlsx; it is replaced if it exists."),
)
@click.pass_obj
def command(session: Session, /, *, table: str, path: Path) -> Answer:
    """Write everybody, or the scans from the oldest on."""
    from db.exchange.exports import Style, export_attendees, export_scans

    desk = session.desk
    style = Style(session.say)
    if table == "attendees":
        rows = export_attendees(desk.people.all, desk.event, path, style)
    else:
        rows = export_scans(table, reversed(desk.admit.last(ALL)), desk.event, path, style)
    return Answer(
        {"rows": rows, "file": str(path)}, session.say("Rows written: {count}", count=rows)
    )
