"""Import a table: choose it, look at what it would do, answer its questions, then store it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QTabWidget, QWidget

from db.domain.imports import NEW
from db.domain.problems import Problem
from db.domain.registration import ANSWER, Fields, Registration
from db.exchange.reasons import sentence
from desktop.kit import Kit
from desktop.phrases import FIELD_NAMES
from desktop.widgets.dialogs import chosen_file
from desktop.widgets.table import Column, Table
from desktop.widgets.text import columns, label, rows
from resources.words import mark

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from db.domain.imports import Plan
    from db.exchange.tables import Preview
    from db.exchange.tables import Table as Read

ASKED = 50
"""Questions shown at once; what is not answered becomes a new person, as on the command line."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that may be somebody known: who it says it is, and who it may be."""

    row: int
    name: str
    candidates: tuple[Registration, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read whole; nothing is stored yet."""

    table: "Read"
    preview: "Preview"
    doubts: tuple[Doubt, ...]


def looked_at(desk: "Desk", path: Path) -> Looked:
    """Read a file and work out what it would do; raises BadFile."""
    from db.exchange.tables import plan_import, preview, read_table

    table = read_table(path, desk.event)
    plan = plan_import(table, desk.people.known())
    names = {table.number(index): table.told(index) for index in range(len(table))}
    doubts = tuple(
        Doubt(
            question.row,
            Registration("", names[question.row]).name,
            tuple(desk.people.get(person) for person in question.candidates),
        )
        for question in plan.questions[:ASKED]
    )
    return Looked(table, preview(table, plan), doubts)


def stored(desk: "Desk", table: "Read", answers: Mapping[int, str]) -> "Plan":
    """Store a table whole, its questions answered."""
    from db.exchange.tables import plan_import

    plan = plan_import(table, desk.people.known(), answers)
    desk.people.take(plan)
    return plan


def import_file(parent: QWidget, kit: Kit, done: Callable[[], None]) -> None:
    """Ask for a file, show it, and call `done` once it was stored."""
    say = kit.speech.say
    path = chosen_file(parent, say("Import registrations"), say("Tables (*.csv *.xlsx *.txt)"))
    if path is not None:
        kit.tell(say("Reading the file…"))
        show = _shower(parent, kit, done)
        kit.service.ask(lambda desk: looked_at(desk, path), show)


def _shower(parent: QWidget, kit: Kit, done: Callable[[], None]) -> Callable[[Looked], None]:
    def finished(plan: "Plan") -> None:
        speech = kit.speech
        added = speech.count("{n} person added", "{n} people added", plan.added)
        updated = speech.count("{n} person updated", "{n} people updated", plan.updated)
        kit.tell(f"{added}, {updated}.")
        done()

    def show(looked: Looked) -> None:
        dialog = ImportDialog(parent, kit, looked)
        dialog.accepted.connect(
            lambda: kit.service.ask(
                lambda desk: stored(desk, looked.table, dialog.answers()), finished
            )
        )
        dialog.open()

    return show


class ImportDialog(QDialog):
    """What a file would do, before it does it."""

    def __init__(self, parent: QWidget, kit: Kit, looked: Looked) -> None:
        """Show figures, first people, columns, problems and questions."""
        super().__init__(parent)
        self._kit = kit
        self._looked = looked
        self._choices: dict[int, QComboBox] = {}
        theme, say = kit.theme, kit.speech.say
        self.setWindowTitle(say("Import registrations"))
        layout = rows(theme, gap=14, margin=24)
        layout.addWidget(label(theme, say("What this file would do"), 24, bold=True))
        layout.addLayout(self._figures())
        layout.addWidget(self._pages(), 1)
        foot = columns(theme, gap=10)
        nothing = say("Nothing is stored until you import. People missing from this file are kept.")
        foot.addWidget(label(theme, nothing, 14, tone="secondary"), 1)
        foot.addWidget(kit.plain(mark("Cancel"), self.reject, height=44))
        foot.addWidget(kit.plain(mark("Import"), self.accept, kind="primary", height=44))
        layout.addLayout(foot)
        self.setLayout(layout)
        self.resize(theme.px(960), theme.px(640))

    def answers(self) -> dict[int, str]:
        """Return the answered questions by row."""
        return {row: choice.currentData() for row, choice in self._choices.items()}

    def _figures(self) -> QHBoxLayout:
        theme, speech, plan = self._kit.theme, self._kit.speech, self._looked.preview.plan
        line = columns(theme, gap=12)
        for msgid, count in (
            (mark("new"), plan.added),
            (mark("changed"), plan.updated),
            (mark("unchanged"), plan.unchanged),
            (mark("left out"), plan.rejected),
            (mark("missing here"), len(plan.missing)),
        ):
            box = QFrame()
            box.setProperty("card", "true")
            column = rows(theme, gap=2, margin=12)
            column.addWidget(label(theme, speech.number(count), 24, bold=True))
            column.addWidget(label(theme, speech.say(msgid), 14, tone="secondary"))
            box.setLayout(column)
            line.addWidget(box, 1)
        return line

    def _pages(self) -> QTabWidget:
        say, plan = self._kit.speech.say, self._looked.preview.plan
        pages = QTabWidget()
        pages.setFont(self._kit.theme.font(16))
        if self._looked.doubts:
            pages.addTab(self._questions(), f"{say('Questions')} · {len(self._looked.doubts)}")
        pages.addTab(self._people(), say("First people"))
        pages.addTab(self._columns(), say("Columns"))
        problems = plan.listed()
        if problems:
            total = sum(plan.problems.counts.values())
            pages.addTab(self._problems(problems), f"{say('To check')} · {total}")
        return pages

    def _people(self) -> QWidget:
        speech = self._kit.speech
        table: Table[Fields] = Table(
            self._kit.theme,
            (
                Column(speech.say("Name"), lambda fields: Registration("", fields).name),
                Column(
                    speech.say("Organisation"),
                    lambda fields: Registration("", fields).text("organisation"),
                ),
                Column(
                    speech.say("Category"),
                    lambda fields: speech.category(Registration("", fields).text("category")),
                    200,
                ),
                Column(speech.say("E-mail"), lambda f: Registration("", f).text("email")),
            ),
        )
        table.fill(self._looked.preview.people)
        return table

    def _columns(self) -> QWidget:
        speech = self._kit.speech

        def field(pair: tuple[str, str]) -> str:
            name = pair[1]
            if name.startswith(ANSWER):
                return speech.say("kept as an answer")
            return speech.say(FIELD_NAMES[name]) if name in FIELD_NAMES else name

        table: Table[tuple[str, str]] = Table(
            self._kit.theme,
            (
                Column(speech.say("In the file"), lambda pair: pair[0]),
                Column(speech.say("Becomes"), field),
            ),
        )
        table.fill(self._looked.preview.columns)
        return table

    def _problems(self, problems: tuple[Problem, ...]) -> QWidget:
        speech = self._kit.speech
        table: Table[Problem] = Table(
            self._kit.theme,
            (
                Column(speech.say("Row"), lambda problem: str(problem.row or "–"), 80),
                Column(speech.say("Column"), lambda problem: problem.column, 180),
                Column(
                    speech.say("What to check"),
                    lambda problem: sentence(problem, speech.catalogue.gettext),
                ),
            ),
        )
        table.fill(problems)
        return table

    def _questions(self) -> QWidget:
        theme, speech = self._kit.theme, self._kit.speech
        page = QWidget()
        column = rows(theme, gap=10, margin=12)
        column.addWidget(label(theme, speech.say("Is this somebody who is known already?")))
        for doubt in self._looked.doubts:
            line = columns(theme, gap=12)
            row = speech.say("Row {row}: {name}", row=doubt.row, name=doubt.name)
            line.addWidget(label(theme, row), 1)
            choice = QComboBox()
            choice.setMinimumHeight(theme.px(36))
            choice.addItem(speech.say("A new person"), NEW)
            for person in doubt.candidates:
                known = " · ".join(filter(None, (person.name, speech.identity(person))))
                choice.addItem(known, person.id)
            self._choices[doubt.row] = choice
            line.addWidget(choice, 1)
            column.addLayout(line)
        column.addStretch(1)
        page.setLayout(column)
        return page
