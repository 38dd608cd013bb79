"""`vanel import FILE`: registrations from a table, as people send them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli.answers import Answer, progress
from desktop.cli.frame import Command, Option
from desktop.cli.session import Session
from desktop.cli.values import Pair
from resources.words import mark

if TYPE_CHECKING:
    from db.domain.imports import Plan
    from db.domain.problems import Problem

SHOWN = 20
"""How many problems are listed on a terminal; `--json` lists more."""


@click.command(
    "import",
    cls=Command,
    help=mark("Take in registrations from CSV or XLSX; the same file again changes nothing."),
    example='vanel import list.xlsx --map "Raison sociale=organisation"',
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--dry-run", cls=Option, is_flag=True, help=mark("Only say what would happen; store nothing.")
)
@click.option(
    "--map",
    "pairs",
    cls=Option,
    type=Pair(),
    metavar="COLUMN=FIELD",
    multiple=True,
    help=mark("What a column is; may be repeated."),
)
@click.pass_obj
def command(
    session: Session, /, *, file: Path, dry_run: bool, pairs: tuple[tuple[str, str], ...]
) -> Answer:
    """Read the whole file, plan, then store the plan in one step; raises BadFile."""
    from db.exchange.bad_files import NoUsableRow
    from db.exchange.tables import plan_import, read_table, report

    desk = session.desk
    try:
        table = read_table(file, desk.event, dict(pairs))
    except NoUsableRow as error:
        problems = _shapes(session, error.problems.kept())
        return Answer({"problems": problems}, _listed(session, problems), error)
    plan = plan_import(table, desk.people.known())
    if not dry_run:
        with progress(plan.added + plan.updated) as step:
            desk.people.take(plan, step)
    problems = _shapes(session, plan.listed())
    text = f"{_figures(session, plan, stored=not dry_run)}\n{_listed(session, problems)}"
    return Answer({**report(plan), "problems": problems}, text.rstrip())


def _shapes(session: Session, problems: "Sequence[Problem]") -> list[dict[str, object]]:
    from db.exchange.reasons import sentence

    return [
        {
            "row": problem.row,
            "column": problem.column,
            "reason": problem.reason,
            **problem.parts,
            "text": sentence(problem, session.say),
        }
        for problem in problems
    ]


def _figures(session: Session, plan: "Plan", *, stored: bool) -> str:
    say = session.say
    lines = [
        say("Rows read: {count}", count=plan.read),
        say("Added: {count}", count=plan.added),
        say("Updated: {count}", count=plan.updated),
        say("Unchanged: {count}", count=plan.unchanged),
        say("Rejected: {count}", count=plan.rejected),
        say("Known here and missing from this file, kept: {count}", count=len(plan.missing)),
    ]
    if not stored:
        lines.append(say("This was a trial: nothing is stored."))
    return "\n".join(lines)


def _listed(session: Session, problems: list[dict[str, object]]) -> str:
    """List the first problems; a terminal is no place for thousands."""
    say = session.say
    lines = [_line(session, problem) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(say("And {count} more: see --json.", count=len(problems) - SHOWN))
    return "\n".join(lines)


def _line(session: Session, problem: dict[str, object]) -> str:
    """Say where a problem is, as far as it is somewhere."""
    if problem["column"]:
        return session.say("Row {row}, {column}: {text}", **problem)
    return session.say("Row {row}: {text}", **problem) if problem["row"] else str(problem["text"])
