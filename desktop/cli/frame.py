"""What every sub-command shares: global options anywhere, help in two languages, lazy loading."""

from collections.abc import Mapping
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

import click

from desktop import __version__
from desktop.cli.answers import Answer, show
from desktop.cli.session import Session
from resources.words import LANGUAGES, mark

Rows = list[tuple[str, str]]

OWN: Final = mark("Options:")
GLOBAL: Final = mark("Options of every command, before or after its name:")


class Option(click.Option):
    """An option whose help is said in the chosen language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return its names and its help, translated."""
        told = copy(self)
        told.help = ctx.ensure_object(Session).say(self.help or "")
        return click.Option.get_help_record(told, ctx)


class Command(click.Command):
    """A command that takes the global options and shows an example; it returns an Answer."""

    def __init__(self, name: str | None, *, example: str = "", **attributes: Any) -> None:
        """Take click's attributes; `help` is a msgid, `example` a whole command line."""
        super().__init__(name, add_help_option=False, **attributes)
        self.example = example
        self._own = len(self.params)
        self.params.extend(_global_options())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows the order of words."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = ctx.ensure_object(Session).say("Usage:")
        formatter.write_usage(ctx.command_path, pieces, f"{prefix} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does, then an example on a line of its own."""
        session = ctx.ensure_object(Session)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(session.say(self.help or ""))
            formatter.write_paragraph()
            formatter.write(f"  {session.say('Example:')} {self.example}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its own options, then the global ones."""
        say = ctx.ensure_object(Session).say
        for title, params in ((OWN, self.params[: self._own]), (GLOBAL, self.params[self._own :])):
            options = [p for p in params if isinstance(p, click.Option)]
            records = [record for p in options if (record := p.get_help_record(ctx)) is not None]
            if records:
                _write_section(formatter, say(title), records)


class Group(Command, click.Group):
    """A command with sub-commands, given as the modules whose `command` they are."""

    def __init__(
        self, name: str | None, *, modules: Mapping[str, str] | None = None, **attributes: Any
    ) -> None:
        """Take the modules by sub-command name, in the order of the help."""
        super().__init__(name, no_args_is_help=False, **attributes)
        self._modules = dict(modules or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the sub-commands in their order."""
        return [*self._modules, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a sub-command when it is named."""
        if cmd_name in self._modules:
            return cast(click.Command, import_module(self._modules[cmd_name]).command)
        return self.commands.get(cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sub-commands, each with what it does, then the options."""
        say = ctx.ensure_object(Session).say
        rows = [
            (name, say(found.help or ""))
            for name in self.list_commands(ctx)
            if (found := self.get_command(ctx, name)) is not None
        ]
        _write_section(formatter, say(mark("Commands:")), rows)
        super().format_options(ctx, formatter)


def _write_section(formatter: click.HelpFormatter, title: str, rows: Rows) -> None:
    """Write a title that brings its own colon: French sets it apart."""
    formatter.write_paragraph()
    formatter.write(f"{title}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def _global_options() -> list[click.Parameter]:
    return [
        Option(
            ["--home"],
            metavar="DIR",
            type=click.Path(path_type=Path, file_okay=False),
            callback=_keep,
            expose_value=False,
            help=mark("The data folder; else VANEL_HOME, else the folder of this account."),
        ),
        Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            callback=_keep,
            expose_value=False,
            help=mark("The language of the answer."),
        ),
        Option(
            ["--event"],
            metavar="ID",
            callback=_keep,
            expose_value=False,
            help=mark("The event; else the current one of that folder."),
        ),
        Option(
            ["--json"],
            is_flag=True,
            callback=_keep,
            expose_value=False,
            help=mark("Answer with one JSON object; all else goes to standard error."),
        ),
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            callback=_version,
            expose_value=False,
            help=mark("Show the version and end."),
        ),
        Option(
            ["--help", "-h"],
            is_flag=True,
            callback=_help,
            expose_value=False,
            help=mark("Show this help and end."),
        ),
    ]


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Note a global option; one that stands after the sub-command wins."""
    if value and param.name:
        setattr(ctx.ensure_object(Session).options, param.name, value)


def _version(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        answer = Answer({"version": __version__}, f"vanel {__version__}")
        ctx.exit(show(ctx.ensure_object(Session), answer))


def _help(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        text = ctx.get_help()
        ctx.exit(show(ctx.ensure_object(Session), Answer({"help": text}, text)))
