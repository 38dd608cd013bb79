"""`vanel verify`: re-read the log and compare what was folded from it."""

import click

from db.domain.errors import VanelError
from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from resources.words import mark


class LogDiffers(VanelError):
    """The log and what was folded from it do not agree."""

    id = "log-differs"
    message = "The log does not add up. Differences listed: {count}."
    next_step = (
        "Nothing was changed. Go on at another desk, keep this folder as it is, and see"
        " vanel verify --help."
    )


@click.command(
    "verify",
    cls=Command,
    help=mark("Read the whole log again: chain, projections, search index."),
    example="vanel verify --json",
)
@click.option(
    "--restore",
    cls=Option,
    is_flag=True,
    help=mark("Set a damaged database aside first, and open its last good copy."),
)
@click.pass_obj
def command(session: Session, /, *, restore: bool) -> Answer:
    """Say what does not add up; without --restore, read and never repair."""
    desk = session.restore() if restore else session.desk
    found = desk.verify()
    problems = [{"what": problem.what, "where": problem.where} for problem in found.problems]
    data = {"ok": found.ok, "facts": found.facts, "problems": problems}
    if not found.ok:
        lines = "\n".join(f"{problem.what} {problem.where}" for problem in found.problems)
        return Answer(data, lines, LogDiffers(count=len(problems)))
    text = session.say("The log adds up: {facts} facts read, nothing differs.", facts=found.facts)
    return Answer(data, text)
