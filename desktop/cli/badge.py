"""`vanel badge CODE_OR_ID`: one badge, to this desk's printer or elsewhere."""

from typing import TYPE_CHECKING

import click

from db.domain.errors import VanelError
from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.values import Text
from desktop.phrases import JOB_STATES
from resources.words import mark

if TYPE_CHECKING:
    from printing.page import Page
    from printing.spool import Printed, Spool

DESTINATIONS = mark(
    "pdf:FILE, png:FILE, escpos:FILE or escpos://HOST:9100; else this desk's printer."
)
COPY_REASON = mark("Why somebody who has a badge gets another one.")


class NoPrinter(VanelError):
    """This desk has no printer and no destination was named."""

    id = "no-printer"
    message = "No printer is chosen for this desk."
    next_step = "Nothing was printed. Say where to: --to pdf:FILE, or --to escpos://HOST:9100."


@click.command(
    "badge",
    cls=Command,
    help=mark("Make one badge for the holder of a code, or for a person."),
    example="vanel badge VNL-SAMPLE-0001 --to pdf:badge.pdf",
)
@click.argument("who", metavar="CODE_OR_ID")
@click.option("--to", "to", cls=Option, metavar="DEST", help=DESTINATIONS)
@click.option("--copy-reason", cls=Option, type=Text(), help=COPY_REASON)
@click.pass_obj
def command(session: Session, /, *, who: str, to: str | None, copy_reason: str | None) -> Answer:
    """Queue it or take it from the queue, send it, say what became of it."""
    desk = session.desk
    person = desk.people.get(who)
    to = to or desk.home.settings.printer
    if not to:
        raise NoPrinter
    with session.spool() as spool:
        page = spool.page(person.id)
        printed = _printed(spool, session, person.id, to, copy_reason or "")
    return _answer(session, printed, page)


def _printed(spool: "Spool", session: Session, person: str, to: str, copy_reason: str) -> "Printed":
    """Send the badge that waits for this person, else a new one; look again at a file."""
    from db.store.jobs import JobState
    from printing.delivery import check
    from printing.destinations import FileDestination, destination_of

    destination = destination_of(to)
    check(destination)
    if isinstance(destination, FileDestination):
        return spool.to_file(person, to, copy_reason=copy_reason)
    badges = session.desk.badges
    job = badges.latest_of(person)
    if copy_reason or job is None or job.state is not JobState.QUEUED:
        job = badges.owe(person, copy_reason=copy_reason)
    return spool.send(job.id, to)


def _answer(session: Session, printed: "Printed", page: "Page") -> Answer:
    job = printed.job
    notices = [session.speech.filled(notice.message, notice.parts) for notice in page.notices]
    data = {
        "job": job.id if job else None,
        "state": str(job.state) if job else None,
        "pages": printed.pages,
        "notices": notices,
    }
    lines = [session.say(JOB_STATES[job.state])] if job else []
    return Answer(data, "\n".join([*lines, *notices]), printed.error)
