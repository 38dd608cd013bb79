"""What a command answers, and how it reaches standard output: one JSON object, or words."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import click

from db.domain.errors import UsageError, VanelError
from desktop.cli.session import Session

DONE: Final = 0
FAILED: Final = 1
MISUSED: Final = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON object, the same in words, and what failed on the way."""

    data: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    error: VanelError | None = None
    then: Callable[[], object] | None = None  # done once the answer stands there


class OutputLost(VanelError):
    """Standard output cannot take the answer."""

    id = "output-lost"
    message = "The answer could not be written out: {reason}."
    next_step = "What the command had to do is done. Free the output and ask again."


def show(session: Session, answer: Answer) -> int:
    """Write the answer where scripts and people expect it; return the exit status."""
    status = status_of(answer.error)
    try:
        _write(session, answer)
    except BrokenPipeError:
        _close_quietly()
    except OSError as error:
        _close_quietly()
        complain(session, OutputLost(reason=error.strerror))
        return FAILED
    try:
        if answer.then is not None:
            answer.then()
    except VanelError as error:
        complain(session, error)
    return status


def status_of(error: VanelError | None) -> int:
    """Return the exit status that goes with this outcome."""
    if error is None:
        return DONE
    return MISUSED if isinstance(error, UsageError) else FAILED


def complain(session: Session, error: VanelError) -> None:
    """Say a failure on standard error: what happened, then the next step."""
    told = session.speech.error(error)
    click.echo(f"vanel: {told.message} {told.next_step}", err=True)


@contextmanager
def progress(length: int) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far a long work has come; call it with the number done so far."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    with click.progressbar(length=length, file=sys.stderr) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _write(session: Session, answer: Answer) -> None:
    if session.options.json:
        click.echo(_json(_object(session, answer)))
    elif answer.text:
        click.echo(answer.text)
    if sys.stdout is not None:
        sys.stdout.flush()
    if answer.error is not None and not session.options.json:
        complain(session, answer.error)


def _object(session: Session, answer: Answer) -> Mapping[str, object]:
    if answer.error is None:
        return answer.data
    told = session.speech.error(answer.error)
    error = {"id": answer.error.id, "message": told.message, "next": told.next_step}
    return {"error": error, **answer.data}


def _json(data: Mapping[str, object]) -> str:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return json.dumps(data, ensure_ascii=encoding.lower().replace("-", "") != "utf8")


def _close_quietly() -> None:
    """Point standard output at nothing: the interpreter flushes it once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
