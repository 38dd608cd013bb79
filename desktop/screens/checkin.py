"""Accueil: scan, answer, and what a person at the desk does next."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from db.domain.registration import Registration
from db.domain.verdicts import Outcome, Verdict
from desktop.kit import Kit, Screen
from desktop.screens.door import Door, may_override, needs_seeing
from desktop.screens.lists import Lists
from desktop.widgets.icons import icon
from desktop.widgets.key_button import KeyButton
from desktop.widgets.layouts import Flow
from desktop.widgets.reason_panel import COPY_REASONS, OVERRIDE_REASONS, UNDO_REASONS
from desktop.widgets.text import rows
from desktop.widgets.verdict_pane import VerdictPane
from desktop.words import Words
from desktop.work import Urgency
from resources.words import mark

if TYPE_CHECKING:
    from db.desk.admit import ScanLine
    from db.desk.people import Found

CALMS_MS: Final = 8_000
FROM: Final = 2  # letters from which a search begins
_CALM: Final = {Outcome.ADMITTED, Outcome.LEFT}


class CheckIn(Screen):
    """The screen of the door; all it knows of the desk goes through the service."""

    sounded = Signal(str)
    recorded = Signal()  # something changed: counts and badges may be read again
    turned = Signal()  # entry became exit, or a look-up was asked for

    def __init__(self, kit: Kit, door: Door, now: Callable[[], datetime]) -> None:
        """Take up the door's state where it was left."""
        super().__init__(kit)
        self._door = door
        self.pane = VerdictPane(kit.theme)
        self.field = QLineEdit()
        self.lists = Lists(kit, now)
        self._calm = QTimer(self, singleShot=True, interval=CALMS_MS)
        self._calm.timeout.connect(self.show_ready)
        self._build()
        self.gestures = {
            "search": self.search,
            "print": self.print_badge,
            "admit": self.admit_chosen,
            "info": self.look_up,
            "seen": self.seen,
            "undo": self.undo,
            "override": self.override,
            "refuse": self.refuse,
        }
        self.setFocusProxy(self.field)
        self._show_door()
        self.refresh()

    def _build(self) -> None:
        theme = self._kit.theme
        self.field.setFont(theme.font(18))
        self.field.setMinimumHeight(theme.px(48))
        self.field.setPlaceholderText(self._kit.speech.say("Name, organisation or code  (F2)"))
        self.field.addAction(
            icon("search", theme.neutral.secondary, theme.px(20)),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self.field.setClearButtonEnabled(True)
        self.field.textEdited.connect(self._typed)
        self.field.textChanged.connect(self._cleared)
        self.field.installEventFilter(self)
        self._admit = self._kit.button("admit", self.admit_chosen, icon="in", kind="primary")
        self._admit.hide()
        row = Flow(theme.px(10), theme.px(230))
        row.addWidget(self.field)
        row.addWidget(self._admit)
        row.addWidget(self._kit.button("print", self.print_badge, icon="printer"))
        row.addWidget(self._kit.button("info", self.look_up, icon="look"))
        row.addWidget(self._kit.button("undo", self.undo, icon="undo"))
        layout = rows(theme, gap=14, margin=18)
        layout.addWidget(self.pane, 6)
        layout.addLayout(row)
        layout.addWidget(self.lists, 5)
        self.setLayout(layout)
        self.lists.taken_up.connect(self._resume)

    # scanning

    @property
    def calms(self) -> bool:
        """Whether the answer shown gives way to «ready» by itself."""
        return self._calm.isActive()

    def scanned(self, typed: str, physical: str) -> None:
        """Judge one scan of the scanner."""
        entry, info = self._door.entry, self._door.looking
        self._leave_search()
        self._kit.service.ask(
            lambda desk: desk.admit.scan(typed, physical=physical, entry=entry, info=info),
            self.show_verdict,
            self._not_recorded,
            Urgency.SCAN,
        )

    def repeated(self) -> None:
        """Say that the same code twice within three seconds is one scan."""
        self.lists.whisper(self._kit.speech.say("The same badge was read twice: it counts once."))

    def show_verdict(self, verdict: Verdict) -> None:
        """Show one answer, and play its sound."""
        self._door.show(verdict)
        self._show_door()
        self.sounded.emit(self._kit.speech.verdict(verdict).sound)
        self._changed()
        self.turned.emit()

    def show_ready(self) -> None:
        """Calm down: nothing is shown, the desk waits for the next badge."""
        self._door.set_aside()
        self._show_door()

    def _not_recorded(self, error: Exception) -> None:
        told = self._kit.speech.error(error)
        self._door.set_aside()
        self._calm.stop()
        self.pane.show_words(
            Words(
                title=self._kit.speech.say("NOTHING WAS RECORDED"), name=told.message, line="",
                why="", hint=told.next_step, mood="failed", shape="broken", sound="refused",
            )
        )  # fmt: skip
        self.sounded.emit("refused")
        self._refill()

    def _show_door(self) -> None:
        shown = self._door.shown
        self._calm.stop()
        if shown is None:
            self.pane.show_words(self._ready())
        else:
            self.pane.show_words(self._kit.speech.verdict(shown), self._buttons(shown))
            if shown.outcome in _CALM:
                self._calm.start()
        self._refill()

    def _refill(self) -> None:
        self.lists.fill_undecided(self._door.undecided)

    def _ready(self) -> Words:
        say, looking = self._kit.speech.say, self._door.looking
        title = say("LOOK-UP: nothing is recorded") if looking else say("READY")
        if not looking and not self._door.entry:
            title = say("READY: exits")
        return Words(
            title=title, name=say("Scan a badge"), line=say("or type a name"), why="", hint="",
            mood="info" if looking else "ready", shape="info" if looking else "frame", sound="",
        )  # fmt: skip

    def _buttons(self, verdict: Verdict) -> tuple[KeyButton, ...]:
        buttons: list[KeyButton] = []
        if needs_seeing(verdict):
            buttons.append(self._kit.button("seen", self.seen, icon="eye"))
        if may_override(verdict):
            buttons.append(self._kit.button("override", self.override, icon="in"))
        if verdict.waiting:
            buttons.append(self._kit.button("refuse", self.refuse, icon="cross"))
        return tuple(buttons)

    # gestures

    def search(self) -> None:
        """F2: put the shown result aside and look for somebody."""
        if self._door.shown is not None or self._door.looking:
            self._door.looking = False
            self.show_ready()
            self.turned.emit()
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn(self) -> None:
        """F3: entry becomes exit, exit becomes entry."""
        self._door.entry = not self._door.entry
        if self._door.shown is None:
            self._show_door()
        self.turned.emit()

    def print_badge(self) -> None:
        """F4: print the badge of the person chosen or shown."""
        if (person := self._person()) is None:
            self._whisper("First show or choose a person.")
            return
        self._kit.service.ask(
            lambda desk: desk.badges.owe(person.id),
            lambda _: self._printing(),
            lambda error: self._print_failed(person, error),
        )

    def admit_chosen(self) -> None:
        """F5: let in the person chosen in the list."""
        if (open_one := self.lists.deciding()) is not None:
            self._door.resume(open_one)
            self._show_door()
        elif (found := self.lists.hits.chosen()) is not None and self.lists.searching():
            self.judge(found.person.id)
        elif self.lists.searching() and any(c.isdigit() for c in self.field.text()):
            self.scanned(self.field.text(), "")
        else:
            self._whisper("First choose a person in the list (arrow keys).")

    def look_up(self) -> None:
        """F6: look at the chosen person, or at the next badge, without recording."""
        if self.lists.searching() and (found := self.lists.hits.chosen()) is not None:
            self.judge(found.person.id, info=True)
            return
        self._door.set_aside()
        self._door.looking = not self._door.looking
        self._show_door()
        self.turned.emit()

    def seen(self) -> None:
        """F7: the instruction was seen."""
        shown = self._door.shown
        if shown is None or not needs_seeing(shown) or shown.fact is None:
            return
        fact = shown.fact
        self._door.settled()
        self._show_door()
        self._kit.service.ask(lambda desk: desk.admit.seen(fact), lambda _: self._changed())

    def undo(self) -> None:
        """F8: take back the chosen scan, else the last one that can be."""
        line = self.lists.scans.chosen() or self.lists.undoable()
        if line is None:
            self._whisper("There is no scan to take back.")
            return
        speech = self._kit.speech
        question = speech.say(
            "Take back: {person}, {what}, {time}?",
            person=line.person.name if line.person else speech.reason(line.reason),
            what=speech.label(line.outcome),
            time=speech.time(line.at),
        )
        self.lists.show_question()
        self.lists.reasons.ask(
            question, UNDO_REASONS, mark("Take back"), lambda reason: self._undo(line, reason)
        )

    def override(self) -> None:
        """F9: let in all the same, with a reason."""
        shown = self._door.shown
        if shown is None or not may_override(shown) or shown.person is None:
            return
        person = shown.person
        self.lists.show_question()
        self.lists.reasons.ask(
            self._kit.speech.say("Let in {person}: who agreed, and why?", person=person.name),
            OVERRIDE_REASONS,
            mark("Let in"),
            lambda reason: self._override(person, shown.place, reason),
        )

    def refuse(self) -> None:
        """Refuse the person who waits for a decision."""
        shown = self._door.shown
        if shown is None or not shown.waiting:
            return
        self._door.settled()
        self._kit.service.ask(
            lambda desk: desk.admit.refuse(shown), self.show_verdict, self._not_recorded
        )

    # what follows

    def judge(self, person_id: str, *, info: bool = False) -> None:
        """Judge a person chosen by hand."""
        entry = self._door.entry
        self._leave_search()
        self._kit.service.ask(
            lambda desk: desk.admit.person(person_id, entry=entry, info=info),
            self.show_verdict,
            self._not_recorded,
            Urgency.SCAN,
        )

    def _override(self, person: Registration, place: str, reason: str) -> None:
        self._door.settled()
        self._kit.service.ask(
            lambda desk: desk.admit.person(person.id, place=place, override=reason),
            self.show_verdict,
            self._not_recorded,
            Urgency.SCAN,
        )

    def _undo(self, line: "ScanLine", reason: str) -> None:
        def done(_: str) -> None:
            self._whisper("Taken back. The record stays in the history with your reason.")
            if self._door.shown is not None and self._door.shown.fact == line.fact:
                self._door.settled()
                self._show_door()
            self._changed()

        self._kit.service.ask(lambda desk: desk.admit.undo(line.fact, reason), done)

    def _printing(self) -> None:
        self._whisper("The badge is on its way to the printer.")
        self.recorded.emit()

    def _print_failed(self, person: Registration, error: Exception) -> None:
        from db.desk.errors import BadgeExists

        if not isinstance(error, BadgeExists):
            self._kit.failed(error)
            return
        self.lists.show_question()
        self.lists.reasons.ask(
            self._kit.speech.say("{person} has a badge. Why another one?", person=person.name),
            COPY_REASONS,
            mark("Print"),
            lambda reason: self._kit.service.ask(
                lambda desk: desk.badges.owe(person.id, copy_reason=reason),
                lambda _: self._printing(),
            ),
        )

    def _person(self) -> Registration | None:
        found = self.lists.hits.chosen() if self.lists.searching() else None
        return found.person if found else self._door.person

    def _resume(self) -> None:
        if (verdict := self.lists.undecided.chosen()) is not None:
            self._door.resume(verdict)
            self._show_door()

    def _whisper(self, msgid: str) -> None:
        self.lists.whisper(self._kit.speech.say(msgid))

    def _changed(self) -> None:
        self.refresh()
        self.recorded.emit()

    def refresh(self) -> None:
        """Read the last scans again."""
        self._kit.service.look("scans", lambda desk: desk.admit.last(50), self.lists.fill_scans)

    # searching

    def type(self, text: str) -> None:
        """Search as if somebody typed."""
        self.field.setText(text)
        self._typed(text)

    def _typed(self, text: str) -> None:
        if len(text.strip()) < FROM:
            self._leave_hits()
            return
        self._kit.service.look("search", lambda desk: desk.people.find(text, 20), self._found)

    def _found(self, found: "list[Found]") -> None:
        if len(self.field.text().strip()) >= FROM:
            self.lists.show_hits(found)
            self._admit.show()

    def _cleared(self, text: str) -> None:
        if not text:
            self._leave_hits()

    def _leave_search(self) -> None:
        self.field.clear()
        self._leave_hits()

    def _leave_hits(self) -> None:
        self._admit.hide()
        self.lists.show_scans()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys choose in the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.lists.searching():
                self.lists.hits.advance(step)
                return True
        return False
