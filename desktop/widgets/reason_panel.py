"""Asks why, without a dialog: usual reasons at one click, else a line of free text."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QLineEdit

from desktop.kit import Kit
from desktop.widgets.text import body, card, columns, emptied, label
from resources.words import mark

OVERRIDE_REASONS = (
    mark("Agreed by the organising team"),
    mark("Registration seen on paper or on a telephone"),
    mark("Paid on the spot"),
    mark("Speaker or guest expected in this room"),
)
UNDO_REASONS = (
    mark("Scanned by mistake"),
    mark("Wrong person"),
    mark("Wrong place or direction"),
    mark("The person did not come in"),
)
COPY_REASONS = (
    mark("Badge lost"),
    mark("Badge damaged or badly printed"),
    mark("Name or organisation corrected"),
)


class ReasonPanel(QFrame):
    """Shows one question at a time; a scan may come in between, the question then leaves."""

    def __init__(self, kit: Kit, closed: Callable[[], None]) -> None:
        """Call `closed` once the question is answered or left."""
        super().__init__()
        self._kit = kit
        self._closed = closed
        self._sheet = card(kit.theme, "none", margin=12)
        self._text = QLineEdit()
        self._then: Callable[[str], None] = lambda _: None
        self.question = ""
        outer = columns(kit.theme, gap=0)
        outer.addWidget(self._sheet)
        self.setLayout(outer)

    def ask(
        self, question: str, reasons: Sequence[str], answer: str, then: Callable[[str], None]
    ) -> None:
        """Ask `question` (said already); `answer` is the msgid of the button beside free text."""
        theme, say = self._kit.theme, self._kit.speech.say
        self.question, self._then = question, then
        layout = body(self._sheet)
        emptied(layout)
        layout.addWidget(label(theme, question, 18, bold=True))
        for pair in (reasons[:2], reasons[2:]):
            line = columns(theme, gap=12)
            for reason in pair:
                line.addWidget(self._kit.plain(reason, self._giver(say(reason)), height=44), 1)
            layout.addLayout(line)
        self._text = QLineEdit()
        self._text.setFont(theme.font(16))
        self._text.setMinimumHeight(theme.px(44))
        self._text.setPlaceholderText(say("Another reason"))
        confirm = self._kit.plain(answer, self._free, kind="primary", height=44)
        confirm.setEnabled(False)
        self._text.textChanged.connect(lambda text: confirm.setEnabled(bool(text.strip())))
        line = columns(theme, gap=12)
        line.addWidget(self._text, 1)
        line.addWidget(confirm)
        line.addWidget(self._kit.plain(mark("Leave it"), self._closed, height=44))
        layout.addLayout(line)
        layout.addStretch(1)
        self._text.setFocus()

    def give(self, reason: str) -> None:
        """Answer the question."""
        self._closed()
        self._then(reason)

    def _giver(self, reason: str) -> Callable[[], None]:
        return lambda: self.give(reason)

    def _free(self) -> None:
        if reason := self._text.text().strip():
            self.give(reason)
