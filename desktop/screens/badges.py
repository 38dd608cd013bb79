"""Badges: what is owed, what came out, and what a person must look at."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea

from desktop.kit import Kit, Screen
from desktop.phrases import JOB_REASONS, JOB_STATES
from desktop.spooler import DrawnBadge
from desktop.widgets.icons import Drawing, icon
from desktop.widgets.key_button import KeyButton
from desktop.widgets.layouts import Beside, Flow
from desktop.widgets.table import Column, Table
from desktop.widgets.text import body, card, columns, label, rows
from resources.words import mark

if TYPE_CHECKING:
    from db.desk.badges import Job

INCH_MM: Final = 25.4
Preview = Callable[[str, Callable[[DrawnBadge], None], Callable[[Exception], None]], None]
"""Draws a person's badge and hands it back on the window's thread."""
_ICONS: Final = {
    "queued": ("wait", "#475063"),
    "sending": ("printer", "#1F3A8A"),
    "sent": ("check", "#475063"),
    "confirmed": ("check", "#0B6B4C"),
    "failed": ("warn", "#940F1A"),
    "unknown": ("help", "#3D2FA6"),
    "cancelled": ("cross", "#475063"),
}


class BadgesScreen(Screen):
    """The queue to the left; to the right the chosen badge in its true size."""

    def __init__(self, kit: Kit, preview: Preview, settings: Callable[[], None]) -> None:
        """Draw badges by `preview`; call `settings` to choose a printer."""
        super().__init__(kit)
        self._draw = preview
        self._settings = settings
        self.table = self._jobs()
        self._empty = label(kit.theme, size=16, tone="secondary")
        self._printer = label(kit.theme, size=16)
        self._picture = QLabel()
        self._caption = label(kit.theme, size=14, tone="secondary")
        self._buttons: dict[str, KeyButton] = {}
        self._shown = ""
        self._build()
        self.refresh()

    def _jobs(self) -> "Table[Job]":
        kit, speech = self._kit, self._kit.speech

        def state(job: "Job") -> str:
            text = speech.say(JOB_STATES[job.state])
            return speech.say("{state} (copy)", state=text) if job.copy else text

        return Table(
            kit.theme,
            (
                Column(speech.say("Time"), lambda job: speech.time(job.at), 84),
                Column(speech.say("Person"), lambda job: job.name),
                Column(
                    speech.say("State"),
                    state,
                    176,
                    lambda job: icon(*_ICONS[job.state], kit.theme.px(20)),
                ),
                Column(speech.say("Detail"), lambda job: _detail(kit, job), spare=True),
            ),
            wide=560,
        )

    def _build(self) -> None:
        theme = self._kit.theme
        left = card(theme, margin=10, gap=8)
        self._empty.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        body(left).addWidget(self._empty)
        body(left).addWidget(self.table, 1)
        body(left).addLayout(self._actions_row())
        self.table.selectionModel().selectionChanged.connect(self._select)
        halves = Beside(theme, left, self._preview(), below=640, shares=(3, 2))
        layout = rows(theme, gap=14, margin=18)
        layout.addWidget(self._state())
        layout.addWidget(halves, 1)
        self.setLayout(layout)

    def _actions_row(self) -> QLayout:
        line = Flow(self._kit.theme.px(10))
        for name, msgid, drawn, do in (
            ("retry", mark("Print again"), "retry", self._retry),
            ("came_out", mark("It came out"), "check", self._came_out),
            ("cancel", mark("Withdraw"), "cross", self._cancel),
        ):
            self._buttons[name] = self._kit.plain(msgid, do, icon=drawn, height=40)
            line.addWidget(self._buttons[name])
        return line

    def _state(self) -> QFrame:
        theme = self._kit.theme
        sheet = card(theme, margin=14, gap=6)
        line = columns(theme, gap=14)
        line.addWidget(Drawing("printer", theme.neutral.primary, theme.px(28)))
        line.addWidget(self._printer, 1)
        line.addWidget(self._kit.plain(mark("Choose the printer…"), self._settings))
        body(sheet).addLayout(line)
        return sheet

    def _preview(self) -> QFrame:
        theme = self._kit.theme
        sheet = card(theme, margin=16, gap=8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        area.setWidget(self._picture)
        body(sheet).addWidget(label(theme, self._kit.speech.say("The badge, true size"), 16))
        body(sheet).addWidget(area, 1)
        body(sheet).addWidget(self._caption)
        return sheet

    def drawn(self) -> bool:
        """Whether the chosen badge is shown."""
        return not self._picture.pixmap().isNull()

    def refresh(self) -> None:
        """Read the queue again."""
        self._kit.service.look(
            "jobs", lambda desk: (desk.badges.jobs(), desk.home.settings.printer), self._show
        )

    def _show(self, known: "tuple[list[Job], str]") -> None:
        jobs, printer = known
        say = self._kit.speech.say
        self.table.fill(jobs)
        if jobs and self.table.chosen() is None:
            self.table.selectRow(0)
        self.table.setVisible(bool(jobs))
        self._empty.setVisible(not jobs)
        self._empty.setText(
            say("No badge was asked for yet. Each first entry at the door prints one.")
        )
        waiting = sum(job.state in ("queued", "sending") for job in jobs)
        looked_at = sum(job.state in ("failed", "unknown") for job in jobs)
        self._printer.setText(" ".join(self._sentences(printer, waiting, looked_at)))
        self._select()

    def _sentences(self, printer: str, waiting: int, looked_at: int) -> list[str]:
        speech = self._kit.speech
        if not printer:
            first = speech.say("No printer is chosen: badges wait here and nothing is lost.")
        else:
            first = speech.say("Printer: {printer}.", printer=printer)
        texts = [first, speech.count("{n} badge waits.", "{n} badges wait.", waiting)]
        if looked_at:
            texts.append(speech.count("{n} badge to look at.", "{n} badges to look at.", looked_at))
        return texts

    def _select(self) -> None:
        job = self.table.chosen()
        state = str(job.state) if job else ""
        self._buttons["retry"].setEnabled(state in ("failed", "unknown", "cancelled"))
        self._buttons["came_out"].setEnabled(state in ("queued", "failed", "unknown"))
        self._buttons["cancel"].setEnabled(state in ("queued", "failed", "unknown"))
        if job is None:
            self._picture.clear()
            self._caption.clear()
            self._shown = ""
        elif job.person != self._shown:
            self._shown = job.person
            self._draw(job.person, self._picture_of, self._kit.failed)

    def _picture_of(self, drawn: DrawnBadge) -> None:
        image = QImage.fromData(drawn.png)
        ratio = self.devicePixelRatioF()
        dots = self.physicalDpiX() * ratio if self.physicalDpiX() > 0 else 96.0
        width = round(drawn.width_mm / INCH_MM * dots)
        scaled = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        picture = QPixmap.fromImage(scaled)
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)
        speech = self._kit.speech
        size = speech.say(
            "{width} × {height} mm", width=round(drawn.width_mm), height=round(drawn.height_mm)
        )
        warnings = (speech.filled(notice.message, notice.parts) for notice in drawn.notices)
        self._caption.setText("\n".join((size, *warnings)))

    def _retry(self) -> None:
        if (job := self.table.chosen()) is not None:
            self._kit.service.ask(lambda desk: desk.badges.retry(job.id), lambda _: self.refresh())

    def _came_out(self) -> None:
        if (job := self.table.chosen()) is not None:
            self._kit.service.ask(
                lambda desk: desk.badges.came_out(job.id), lambda _: self.refresh()
            )

    def _cancel(self) -> None:
        if (job := self.table.chosen()) is not None:
            self._kit.service.ask(lambda desk: desk.badges.cancel(job.id), lambda _: self.refresh())


def _detail(kit: Kit, job: "Job") -> str:
    return kit.speech.say(JOB_REASONS.get(job.reason, job.reason))
