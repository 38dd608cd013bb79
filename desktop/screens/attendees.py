"""Participants: find somebody, see all that is known, import a file."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea

from db.domain.registration import ANSWER, LIST_FIELDS, TEXT_FIELDS, Registration
from desktop.kit import Kit, Screen
from desktop.phrases import FIELD_NAMES, KIND_NAMES
from desktop.screens.passages import hits
from desktop.widgets.icons import Drawing, icon
from desktop.widgets.layouts import Beside, Flow
from desktop.widgets.text import body, card, columns, label, rows, rule, short
from resources.words import mark

if TYPE_CHECKING:
    from db.desk.people import Found, HistoryLine

FROM: Final = 2
LIMIT: Final = 100
MAY_BREAK: Final = "\u200b"  # an address is one word, and must not be cut
_HEAD: Final = {"id", "given_name", "family_name", "category", "organisation", "code", "status"}
_SHOWN: Final = tuple(f for f in (*TEXT_FIELDS, *LIST_FIELDS) if f not in _HEAD)


class Attendees(Screen):
    """A list to the left, one person to the right."""

    chosen = Signal(str)
    admitted = Signal(str)  # a person's id: to be let in at the door

    def __init__(self, kit: Kit, choose_file: Callable[[], None]) -> None:
        """Call `choose_file` to import registrations."""
        super().__init__(kit)
        self._person: Registration | None = None
        self.field = QLineEdit()
        self.table = hits(kit, category=False)
        self._hint = label(kit.theme, size=16, tone="secondary")
        self._detail = QScrollArea()
        self._build(choose_file)
        self.gestures = {
            "search": self.search,
            "admit": self.admit,
            "print": self.print_badge,
        }
        self.setFocusProxy(self.field)
        self._show_nobody()

    def _build(self, choose_file: Callable[[], None]) -> None:
        theme, say = self._kit.theme, self._kit.speech.say
        self.field.setFont(theme.font(18))
        self.field.setMinimumHeight(theme.px(44))
        self.field.setPlaceholderText(say("Name, organisation or commune  (F2)"))
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            icon("search", theme.neutral.secondary, theme.px(20)),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.table.selectionModel().selectionChanged.connect(self._select)
        top = Flow(theme.px(10), theme.px(300))
        top.addWidget(self.field)
        top.addWidget(
            self._kit.plain(mark("Import a file…"), choose_file, icon="import", height=44)
        )
        left = card(theme, margin=10, gap=8)
        self._hint.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        body(left).addWidget(self._hint)
        body(left).addWidget(self.table, 1)
        self._detail.setWidgetResizable(True)
        self._detail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._detail.setMinimumHeight(theme.px(260))
        halves = Beside(theme, left, self._detail, below=640, shares=(3, 2))
        layout = rows(theme, gap=14, margin=18)
        layout.addLayout(top)
        layout.addWidget(halves, 1)
        self.setLayout(layout)

    def search(self) -> None:
        """F2: look for somebody else."""
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Read again what is shown."""
        self._typed(self.field.text())

    def admit(self) -> None:
        """F5: let in the person shown."""
        if self._person is not None:
            self.admitted.emit(self._person.id)

    def print_badge(self) -> None:
        """F4: print the badge of the person shown."""
        if (person := self._person) is None:
            return
        say = self._kit.speech.say
        self._kit.service.ask(
            lambda desk: desk.badges.owe(person.id),
            lambda _: self._kit.tell(say("The badge is on its way to the printer.")),
        )

    def _typed(self, text: str) -> None:
        if len(text.strip()) < FROM:
            self.table.fill([])
            self._show_hint()
            return
        self._kit.service.look("attendees", lambda desk: desk.people.find(text, LIMIT), self._found)

    def _found(self, found: "list[Found]") -> None:
        self.table.fill(found)
        if len(found) == 1 or (found and self.table.chosen() is None):
            self.table.selectRow(0)
        self._show_hint(found=len(found))

    def _show_hint(self, found: int = -1) -> None:
        speech = self._kit.speech
        if found < 0:
            text = speech.say("Type two letters: accents and the order of words do not matter.")
        elif found >= LIMIT:
            text = speech.say("More than {n} people; type one more word.", n=LIMIT)
        else:
            text = speech.count("{n} person", "{n} people", found)
        self._hint.setText(text)
        self.table.setVisible(found > 0)
        self._hint.setAlignment(
            Qt.AlignmentFlag.AlignVCenter if found > 0 else Qt.AlignmentFlag.AlignTop
        )

    def _select(self) -> None:
        found = self.table.chosen()
        if found is None:
            self._show_nobody()
            return
        person = found.person
        self._person = person
        self.chosen.emit(person.id)
        self._kit.service.look(
            "history",
            lambda desk: (desk.people.get(person.id), desk.people.history(person.id)),
            lambda known: self._show_person(*known),
        )

    def _show_nobody(self) -> None:
        self._person = None
        sheet = card(self._kit.theme, "soft", margin=24)
        theme, say = self._kit.theme, self._kit.speech.say
        body(sheet).addStretch(1)
        body(sheet).addWidget(
            Drawing("person", theme.neutral.border, theme.px(56)), 0, Qt.AlignmentFlag.AlignHCenter
        )
        text = label(theme, say("Choose somebody in the list."), 16, tone="secondary")
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body(sheet).addWidget(text)
        body(sheet).addStretch(2)
        self._detail.setWidget(sheet)

    def _show_person(self, person: Registration, history: "list[HistoryLine]") -> None:
        self._person = person
        theme, speech = self._kit.theme, self._kit.speech
        sheet = card(theme, margin=22, gap=8)
        column = body(sheet)
        column.addWidget(label(theme, person.name, 28, bold=True))
        column.addWidget(label(theme, speech.identity(person), 18, tone="secondary"))
        column.addWidget(label(theme, speech.state(str(person.status)), 16, bold=True))
        column.addSpacing(theme.px(6))
        line = Flow(theme.px(10))
        line.addWidget(self._kit.button("admit", self.admit, icon="in", kind="primary"))
        line.addWidget(self._kit.button("print", self.print_badge, icon="printer"))
        column.addLayout(line)
        column.addSpacing(theme.px(6))
        self._fields(sheet, person)
        self._history(sheet, history)
        column.addStretch(1)
        self._detail.setWidget(sheet)
        sheet.show()

    def _fields(self, sheet: QFrame, person: Registration) -> None:
        theme, speech = self._kit.theme, self._kit.speech
        answers = sorted(name for name in person.fields if name.startswith(ANSWER))
        for name in (*_SHOWN, *answers):
            if not (text := self._value(person, name)):
                continue
            caption = (
                name.removeprefix(ANSWER)
                if name.startswith(ANSWER)
                else speech.say(FIELD_NAMES[name])
            )
            line = columns(theme, gap=12)
            left = label(theme, caption, 14, tone="secondary")
            left.setFixedWidth(theme.px(130))
            line.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(theme, text, 16), 1)
            body(sheet).addLayout(line)

    def _value(self, person: Registration, name: str) -> str:
        speech = self._kit.speech
        if name == "sessions" and speech.event is not None:
            known = (speech.event.session(s) for s in person.several(name))
            titles = (s.title if s else "" for s in known)
            return "\n".join(t or s for t, s in zip(titles, person.several(name), strict=True))
        if name == "options":
            options = person.several(name)
            return ", ".join(speech.catalogue.gettext(o.capitalize()) for o in options)
        if name == "days":
            return speech.days(person)
        if name == "image_consent":
            return {"yes": speech.say("yes"), "no": speech.say("no")}.get(
                person.text(name), person.text(name)
            )
        return person.text(name).replace("@", f"{MAY_BREAK}@").replace(".", f".{MAY_BREAK}")

    def _history(self, sheet: QFrame, history: "list[HistoryLine]") -> None:
        theme, speech = self._kit.theme, self._kit.speech
        column = body(sheet)
        column.addSpacing(theme.px(4))
        column.addWidget(rule())
        column.addSpacing(theme.px(4))
        column.addWidget(label(theme, speech.say("History"), 18, bold=True))
        for one in reversed(history):
            line = columns(theme, gap=12)
            at = short(theme, speech.day_and_time(one.fact.at), 14, tone="secondary")
            at.setFixedWidth(theme.px(130))
            line.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
            text = speech.say(KIND_NAMES.get(one.fact.kind, one.fact.kind))
            if one.fact.place:
                text = f"{text}, {speech.place(one.fact.place)}"
            if one.undone:
                text = speech.say("{what}, taken back", what=text)
            line.addWidget(label(theme, text, 16), 1)
            column.addLayout(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys choose in the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.table.advance(step)
                return True
        return False
