"""`vanel scan CODE`: one scan at this desk."""

from datetime import datetime
from typing import TypedDict, Unpack

import click

from db.domain.verdicts import BadgeNote, First, Verdict
from desktop.cli.answers import Answer
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.shapes import instant_shape, person_shape
from desktop.cli.usage import Misfit
from desktop.cli.values import Instant, Text, in_event
from resources.words import mark


class Asked(TypedDict):
    """The options of one scan, as they were given."""

    place: str | None
    leaving: bool
    info: bool
    at: datetime | None
    override: bool
    reason: str | None


@click.command(
    "scan",
    cls=Command,
    help=mark("Scan one code at this desk: let in, say already in, or say why not."),
    example="vanel scan VNL-SAMPLE-0001",
)
@click.argument("code")
@click.option("--place", cls=Option, metavar="ID", help=mark("Where; else this desk's place."))
@click.option("--exit", "leaving", cls=Option, is_flag=True, help=mark("The person goes out."))
@click.option("--info", cls=Option, is_flag=True, help=mark("Only look; record nothing."))
@click.option(
    "--at",
    cls=Option,
    type=Instant(),
    help=mark("When it happened, typed in afterwards; in the event's time zone."),
)
@click.option("--override", cls=Option, is_flag=True, help=mark("Let in against the rules."))
@click.option("--reason", cls=Option, type=Text(), help=mark("Why the rules are set aside."))
@click.pass_obj
def command(session: Session, /, *, code: str, **asked: Unpack[Asked]) -> Answer:
    """Judge, record, answer; a refused visitor is a done scan."""
    reason = asked["reason"]
    if asked["override"] != (reason is not None):
        raise Misfit(mark("--override and --reason go together."))
    desk = session.desk
    verdict = desk.admit.scan(
        code,
        place=asked["place"],
        entry=not asked["leaving"],
        info=asked["info"],
        at=in_event(asked["at"], desk.event),
        override=reason,
    )
    return _answer(session, verdict)


def _answer(session: Session, verdict: Verdict) -> Answer:
    words = session.speech.verdict(verdict)
    who = f"{words.name}. " if verdict.person else ""
    data = {
        "verdict": str(verdict.outcome),
        "admitted": verdict.admitted,
        "reason": str(verdict.reason),
        "text": words.text,
        "person": person_shape(verdict.person),
        "first": _first(verdict.first),
        "provisional": verdict.provisional,
        "fact": verdict.fact,
        "at": instant_shape(verdict.at),
        "place": verdict.place,
        "session": verdict.session,
        "badge": str(verdict.badge),
        "job": verdict.job,
        "waiting": verdict.waiting,
        "declared": verdict.declared,
        "outside_days": verdict.outside_days,
    }
    owed = verdict.badge is BadgeNote.OWED
    return Answer(data, f"{who}{words.text}", then=session.print_waiting if owed else None)


def _first(first: First | None) -> dict[str, str | None] | None:
    if first is None:
        return None
    return {
        "at": instant_shape(first.at),
        "place": first.place,
        "desk": first.desk,
        "fact": first.fact,
    }
