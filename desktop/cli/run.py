"""One command, from its words to its exit status; every failure becomes an answer."""

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Final

import click
from click.exceptions import Exit
from click.shell_completion import shell_complete

from db.domain.errors import VanelError
from desktop.cli import INTERRUPTED
from desktop.cli.answers import Answer, show
from desktop.cli.frame import Group
from desktop.cli.session import Options, Session
from desktop.cli.usage import wrong_usage
from resources.words import mark

COMPLETION: Final = "_VANEL_COMPLETE"
"""Set by shells: `eval "$(_VANEL_COMPLETE=bash_source vanel)"` (or zsh_source, fish_source)."""


class SystemRefused(VanelError):
    """The system would not let a file be read or written."""

    id = "system"
    message = "The system refused: {reason}."
    next_step = (
        "Nothing that was recorded is lost. Check the folder and its rights, then try again."
    )


class Unforeseen(VanelError):
    """A bug; the details stand on standard error."""

    id = "bug"
    message = "Something unexpected happened, and it was not foreseen."
    next_step = "Nothing that was shown as recorded is lost. Please report the lines above."


MODULES: Final = {
    "desk": "desktop.cli.desk",
    "demo": "desktop.cli.demo",
    "event": "desktop.cli.event",
    "import": "desktop.cli.import_",
    "scan": "desktop.cli.scan",
    "find": "desktop.cli.find",
    "undo": "desktop.cli.undo",
    "badge": "desktop.cli.badge",
    "badges": "desktop.cli.badges",
    "queue": "desktop.cli.queue",
    "status": "desktop.cli.status",
    "export": "desktop.cli.export",
    "verify": "desktop.cli.verify",
    "bench": "desktop.cli.bench",
}
"""The sub-commands in the order of the help, and the modules whose `command` they are."""


@click.command(
    "vanel",
    cls=Group,
    modules=MODULES,
    invoke_without_command=True,
    help=mark("The desk of a forum: check-in that cannot lose a person, badges in hand."),
    example="vanel demo",
)
@click.pass_context
def vanel(ctx: click.Context) -> Answer | None:
    """Open the desk when no sub-command is named."""
    if ctx.invoked_subcommand is not None:
        return None
    desk = vanel.get_command(ctx, "desk")
    return ctx.invoke(desk) if desk is not None else None


def run(args: Sequence[str]) -> int:
    """Run these words; return 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    if COMPLETION in os.environ:
        return shell_complete(vanel, {}, "vanel", COMPLETION, os.environ[COMPLETION])
    session = Session(Options(json=_asks_json(args)))
    try:
        return _run(session, list(args))
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    finally:
        session.close()


def _run(session: Session, args: list[str]) -> int:
    try:
        with vanel.make_context("vanel", args, obj=session) as ctx:
            answer = vanel.invoke(ctx)
    except Exit as told:
        return told.exit_code
    except click.UsageError as error:
        answer = Answer(error=wrong_usage(error, session))
    except VanelError as error:
        answer = Answer(error=error)
    except OSError as error:
        answer = Answer(error=SystemRefused(reason=error.strerror or type(error).__name__))
    return show(session, answer)


def _asks_json(args: Sequence[str]) -> bool:
    """See `--json` even where the rest cannot be understood."""
    words = args[: args.index("--")] if "--" in args else args
    return "--json" in words


def tell_bug(
    args: Sequence[str],
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Show a bug whole on standard error, and still answer with one object, in English."""
    sys.__excepthook__(kind, error, trace)
    if _asks_json(args):
        show(Session(Options(json=True, lang="en")), Answer(error=Unforeseen()))
