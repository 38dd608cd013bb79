"""The lower half of the check-in screen: last scans, open decisions, search hits, a question."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget

from db.domain.verdicts import Outcome, Verdict
from desktop.kit import Kit
from desktop.screens.passages import hits, last_scans, undecided
from desktop.widgets.reason_panel import ReasonPanel
from desktop.widgets.table import Table
from desktop.widgets.text import columns, rows, short

if TYPE_CHECKING:
    from db.desk.admit import ScanLine
    from db.desk.people import Found

ASIDE_MS = 5_000


class Lists(QFrame):
    """One list at a time, with its name above it and a quiet word beside.

    Only the last scans are made at once: the first picture of the window waits for nothing else.
    """

    taken_up = Signal()  # somebody chose an open decision

    def __init__(self, kit: Kit, now: Callable[[], datetime]) -> None:
        """Begin with the last scans."""
        super().__init__()
        self.setProperty("card", "true")
        self._kit = kit
        self.scans = last_scans(kit, now)
        self._open = 0  # decisions
        self._shown: QPushButton | None = None  # the tab; none while a question is asked
        self._empty = short(kit.theme, size=16, tone="secondary")
        self._empty.setContentsMargins(kit.theme.px(12), kit.theme.px(8), 0, kit.theme.px(16))
        self._empty.setWordWrap(True)
        self._aside = short(kit.theme, size=14, tone="secondary")
        self._quiet = QTimer(self, singleShot=True, interval=ASIDE_MS)
        self._quiet.timeout.connect(self._aside.clear)
        self._stack = QStackedWidget()
        self._tabs = QButtonGroup(self)
        self._scans_tab = self._tab("Last scans", self.show_scans)
        self._undecided_tab = self._tab("To decide", self.show_undecided)
        self._hits_tab = self._tab("Found", lambda: None)
        self._build()
        self.show_scans()

    def _build(self) -> None:
        px = self._kit.theme.px
        top = columns(self._kit.theme, gap=4)
        for tab in (self._scans_tab, self._undecided_tab, self._hits_tab):
            top.addWidget(tab)
        top.addStretch(1)
        top.addWidget(self._aside)
        for page in (self.scans, self._empty):
            self._stack.addWidget(page)
        layout = rows(self._kit.theme, gap=4)
        layout.setContentsMargins(px(10), px(8), px(10), px(8))
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self._bar: QHBoxLayout = top
        self.setLayout(layout)
        self._stack.setMinimumHeight(px(120))

    @cached_property
    def undecided(self) -> Table[Verdict]:
        """The table of the open decisions."""
        table = undecided(self._kit)
        table.clicked.connect(self.taken_up)
        self._stack.addWidget(table)
        return table

    @cached_property
    def hits(self) -> "Table[Found]":
        """The table of search hits."""
        table = hits(self._kit)
        self._stack.addWidget(table)
        return table

    @cached_property
    def reasons(self) -> ReasonPanel:
        """The question about a reason."""
        panel = ReasonPanel(self._kit, self.show_scans)
        self._stack.addWidget(panel)
        return panel

    def _tab(self, msgid: str, do: Callable[[], None]) -> QPushButton:
        tab = self._kit.plain(msgid, do, kind="tab", height=36)
        tab.setCheckable(True)
        self._tabs.addButton(tab)
        return tab

    def show_scans(self) -> None:
        """Show the last scans."""
        self._show(self._scans_tab, self.scans if self.scans.things.rowCount() else self._empty)
        self._empty.setText(
            self._kit.speech.say("Nobody was scanned here yet. The last scans will stand here.")
        )

    def show_undecided(self) -> None:
        """Show the decisions still open."""
        self._show(self._undecided_tab, self.undecided)

    def show_hits(self, found: "Sequence[Found]") -> None:
        """Show search hits; the only one is chosen already."""
        self.hits.fill(found)
        if len(found) == 1:
            self.hits.selectRow(0)
        else:
            self.hits.clearSelection()
        self._empty.setText(
            self._kit.speech.say("Nobody of that name. Try fewer letters, or the organisation.")
        )
        self._show(self._hits_tab, self.hits if found else self._empty)

    def show_question(self) -> None:
        """Show the question about a reason."""
        self._show(None, self.reasons)

    def fill_scans(self, lines: "Sequence[ScanLine]") -> None:
        """Show these last scans, when last scans are shown."""
        waiting = self._stack.currentWidget() is self._empty and self._shown is self._scans_tab
        self.scans.fill(lines)
        if lines and waiting:
            self.show_scans()

    def fill_undecided(self, verdicts: Sequence[Verdict]) -> None:
        """Show and count the open decisions."""
        say, count = self._kit.speech.say, len(verdicts)
        if count or self._open:
            self.undecided.fill(verdicts)
        self._open = count
        text = say("To decide")
        self._undecided_tab.setText(f"{text} · {count}" if count else text)
        self._undecided_tab.setVisible(bool(count))
        if not count and self._shown is self._undecided_tab:
            self.show_scans()

    def whisper(self, text: str) -> None:
        """Say something quietly beside the tabs, for a few seconds."""
        self._aside.setText(text)
        self._quiet.start()

    def searching(self) -> bool:
        """Whether search hits are shown."""
        return self._shown is self._hits_tab

    def undoable(self) -> "ScanLine | None":
        """Return the newest scan that let somebody in or out and stands."""
        rows = range(self.scans.things.rowCount())
        lines = (self.scans.things.thing(row) for row in rows)
        return next((line for line in lines if line and not line.undone and _moved(line)), None)

    def deciding(self) -> Verdict | None:
        """Return the open decision that is chosen, when these are shown."""
        return self.undecided.chosen() if self._shown is self._undecided_tab else None

    def _show(self, tab: QPushButton | None, page: object) -> None:
        self._shown = tab
        for button in (self._scans_tab, self._undecided_tab, self._hits_tab):
            button.setVisible(tab is not None)
        self._hits_tab.setVisible(tab is self._hits_tab)
        self._undecided_tab.setVisible(tab is not None and self._open > 0)
        if tab is not None:
            tab.setChecked(True)
        for number in range(self._stack.count()):
            if self._stack.widget(number) is page:
                self._stack.setCurrentIndex(number)


def _moved(line: "ScanLine") -> bool:
    return line.outcome in {Outcome.ADMITTED, Outcome.LEFT, Outcome.ATTENTION}
