"""`vanel queue`: the print queue."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Group
from desktop.cli.session import Session
from desktop.cli.shapes import instant_shape
from desktop.phrases import JOB_STATES
from resources.words import mark

if TYPE_CHECKING:
    from db.desk.badges import Job


@click.command(
    "queue",
    cls=Group,
    invoke_without_command=True,
    help=mark("Show the badges on their way to the printer, and settle those that are stuck."),
    example="vanel queue retry 0190f3c2a7b87c4e9d1f2a3b4c5d6e7f",
)
@click.pass_context
def command(ctx: click.Context, /) -> Answer | None:
    """List the queue when nothing else is asked."""
    session = ctx.ensure_object(Session)
    return _listed(session) if ctx.invoked_subcommand is None else None


@command.command("list", cls=Command, help=mark("List the queue."), example="vanel queue list")
@click.pass_obj
def list_(session: Session, /) -> Answer:
    """List the newest jobs first."""
    return _listed(session)


@command.command(
    "retry",
    cls=Command,
    help=mark("Send a badge again."),
    example="vanel queue retry 0190f3c2a7b87c4e9d1f2a3b4c5d6e7f",
)
@click.argument("job")
@click.pass_obj
def retry(session: Session, /, *, job: str) -> Answer:
    """Queue it once more, and send it where no window does."""
    again = _answer(session, [session.desk.badges.retry(job)])
    return replace(again, then=session.print_waiting)


@command.command(
    "came-out",
    cls=Command,
    help=mark("Say that a badge of unknown fate did come out."),
    example="vanel queue came-out 0190f3c2a7b87c4e9d1f2a3b4c5d6e7f",
)
@click.argument("job")
@click.pass_obj
def came_out(session: Session, /, *, job: str) -> Answer:
    """Record that it was printed."""
    return _answer(session, [session.desk.badges.came_out(job)])


@command.command(
    "cancel",
    cls=Command,
    help=mark("Give up a badge that waits."),
    example="vanel queue cancel 0190f3c2a7b87c4e9d1f2a3b4c5d6e7f",
)
@click.argument("job")
@click.pass_obj
def cancel(session: Session, /, *, job: str) -> Answer:
    """Take it out of the queue."""
    return _answer(session, [session.desk.badges.cancel(job)])


def _listed(session: Session) -> Answer:
    return _answer(session, session.desk.badges.jobs())


def _answer(session: Session, jobs: "list[Job]") -> Answer:
    rows = [
        {
            "id": job.id,
            "person": job.person,
            "name": job.name,
            "printer": job.printer,
            "state": str(job.state),
            "reason": job.reason,
            "at": instant_shape(job.at),
            "copy": job.copy,
        }
        for job in jobs
    ]
    lines = [f"{job.id} · {job.name} · {session.say(JOB_STATES[job.state])}" for job in jobs]
    return Answer({"jobs": rows}, "\n".join(lines) or session.say("The queue is empty."))
