"""Wrong usage in words: what click found, said in the chosen language, without echoing values."""

from difflib import get_close_matches

import click
from click import exceptions

from db.domain.errors import UsageError
from desktop.cli.session import Session
from resources.words import mark


class WrongUsage(UsageError):
    """The command line itself was wrong; nothing was tried."""

    next_step = "Nothing was changed. See: {command} --help"


class BadValue(click.BadParameter):
    """A value that a command refuses; its message is a msgid of ours."""


class Misfit(click.UsageError):
    """Options that do not go together; its message is a msgid of ours."""

    def __init__(self, message: str) -> None:
        """Blame the command that is running."""
        super().__init__(message, click.get_current_context(silent=True))


def wrong_usage(error: click.UsageError, session: Session) -> WrongUsage:
    """Turn click's complaint into ours."""
    command = error.ctx.command_path if error.ctx else "vanel"
    return WrongUsage(what=_what(error, session), command=command)


def _what(error: click.UsageError, session: Session) -> str:
    if isinstance(error, exceptions.NoSuchOption):
        known = error.possibilities or ()
        said = session.say("There is no option {name}.", name=error.option_name)
        return _with_ideas(said, known, session)
    if isinstance(error, exceptions.NoSuchCommand):
        said = session.say("There is no command {name}.", name=error.command_name)
        return _with_ideas(said, _close(error), session)
    if isinstance(error, click.BadParameter):
        return _parameter(error, session)
    if isinstance(error, Misfit):
        return session.say(error.message)
    if isinstance(error, click.BadOptionUsage):
        return session.say("Option {name} is incomplete or out of place.", name=error.option_name)
    return session.say(mark("The words of this command do not fit together."))


def _parameter(error: click.BadParameter, session: Session) -> str:
    name = _name(error.param)
    if isinstance(error, click.MissingParameter):
        return session.say("{name} is missing.", name=name)
    if isinstance(error, BadValue):
        return session.say("{name}: {why}", name=name, why=session.say(error.message))
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        values = ", ".join(str(choice) for choice in kind.choices)
        return session.say("{name} takes one of these: {values}.", name=name, values=values)
    if isinstance(kind, click.IntRange):
        return session.say(
            "{name} takes a whole number from {least} to {most}.",
            name=name,
            least=kind.min,
            most=kind.max,
        )
    return session.say("{name} does not take this value.", name=name)


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name.upper()


def _close(error: exceptions.NoSuchCommand) -> list[str]:
    group = error.ctx.command if error.ctx else None
    if error.ctx is None or not isinstance(group, click.Group):
        return []
    return get_close_matches(error.command_name, group.list_commands(error.ctx))


def _with_ideas(said: str, ideas: "list[str] | tuple[str, ...]", session: Session) -> str:
    if not ideas:
        return said
    return f"{said} {session.say('Perhaps {names}?', names=', '.join(ideas))}"
