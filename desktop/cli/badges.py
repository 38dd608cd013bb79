"""`vanel badges --to DEST`: the badges of many people in one go."""

from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from db.domain.errors import VanelError
from desktop.cli.answers import Answer, progress
from desktop.cli.badge import COPY_REASON, DESTINATIONS
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.values import Text
from resources.words import mark

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from db.domain.registration import Registration


class Asked(TypedDict):
    """Whose badges are asked for."""

    category: str | None
    not_printed: bool
    copy_reason: str | None


class SomeHaveBadges(VanelError):
    """A batch that would print second badges without a reason."""

    id = "badge-exists"
    message = "Some of these people have a badge already: {count}."
    next_step = "Nothing was printed. Leave them out with --not-printed, or add --copy-reason TEXT."


@click.command(
    "badges",
    cls=Command,
    help=mark("Make the badges of everybody whose registration stands, in order of names."),
    example="vanel badges --category presse --not-printed --to pdf:press.pdf",
)
@click.option("--category", cls=Option, metavar="ID", help=mark("Only this category."))
@click.option(
    "--not-printed", cls=Option, is_flag=True, help=mark("Leave out who has a badge already.")
)
@click.option("--to", cls=Option, metavar="DEST", required=True, help=DESTINATIONS)
@click.option("--copy-reason", cls=Option, type=Text(), help=COPY_REASON)
@click.pass_obj
def command(session: Session, /, *, to: str, **asked: Unpack[Asked]) -> Answer:
    """Choose, sort, print; a second badge needs a reason."""
    desk, reason = session.desk, asked["copy_reason"] or ""
    people = _chosen(desk, asked["category"])
    held = {person.id for person in people if desk.badges.held(person.id)}
    if asked["not_printed"]:
        people = [person for person in people if person.id not in held]
    elif held and not reason:
        raise SomeHaveBadges(count=len(held))
    if not people:
        return Answer({"jobs": []}, session.say("Nobody is waiting for a badge."))
    ids = [person.id for person in people]
    try:
        with session.spool() as spool, progress(len(ids)) as step:
            jobs = spool.batch(ids, to, step, copy_reason=reason)
    except VanelError as error:
        return Answer({"jobs": _waiting(desk, ids)}, error=error)
    return Answer({"jobs": jobs}, session.say("Badges made: {count}", count=len(jobs)))


def _waiting(desk: "Desk", people: list[str]) -> list[str]:
    """Name the badges of these people that are still in the queue."""
    from db.store.jobs import JobState

    latest = map(desk.badges.latest_of, people)
    return [job.id for job in latest if job is not None and job.state is JobState.QUEUED]


def _chosen(desk: "Desk", category: str | None) -> "list[Registration]":
    from db.domain.names import sort_key
    from db.domain.registration import Status

    people = [
        person
        for person in desk.people.all()
        if person.status is Status.CONFIRMED
        and (category is None or person.text("category") == category)
    ]
    return sorted(people, key=lambda p: sort_key(p.text("family_name"), p.text("given_name")))
