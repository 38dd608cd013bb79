"""F1: the keys, and ten lines that make anybody able to hold the desk."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.keys import KEYS
from desktop.kit import Kit, Screen
from desktop.widgets.layouts import Beside
from desktop.widgets.text import body, card, columns, label, rows, short
from resources.words import mark

LINES: Final = (
    mark("Scan the ticket or the badge. Colour, shape, words and sound all say the same."),
    mark("Green, a tick: the person may go in. There is nothing to press; scan the next one."),
    mark("Yellow, a clock: this badge came in already. The time and the place are shown."),
    mark(
        "Dark red, a cross: the person may not go in here. Read the reason aloud; it says who can"
        " decide."
    ),
    mark("Violet, a triangle: read, and do what is asked. F7 says that you have seen it."),
    mark("A decision can wait: scan the next person, the open one stays under «To decide»."),
    mark(
        "No ticket? Type two letters of the name, choose with the arrows, then F5. Where two names"
        " are alike, ask for the organisation."
    ),
    mark("The badge prints by itself at the first entry. F4 prints it again, with a reason."),
    mark("What was scanned by mistake is taken back with F8 and a reason; nothing is erased."),
    mark("Everything shown as recorded is on this computer's disk, even if the power fails."),
)


class Guide(Screen):
    """One page; it never hides an answer to a scan."""

    def __init__(self, kit: Kit) -> None:
        """Say the keys and the ten lines."""
        super().__init__(kit)
        theme, say = kit.theme, kit.speech.say
        layout = rows(theme, gap=14, margin=24)
        layout.addWidget(label(theme, say("Guide of the desk"), 28, bold=True))
        halves = Beside(theme, self._lines(kit), self._keys(kit), below=640, shares=(3, 2))
        layout.addWidget(halves)
        layout.addStretch(1)
        self.setLayout(layout)

    def _lines(self, kit: Kit) -> QWidget:
        theme = kit.theme
        sheet = card(theme, margin=22, gap=10)
        body(sheet).addWidget(label(theme, kit.speech.say("In ten lines"), 20, bold=True))
        for number, msgid in enumerate(LINES, 1):
            line = columns(theme, gap=12)
            figure = short(theme, str(number), 16, bold=True, tone="primary")
            figure.setFixedWidth(theme.px(24))
            line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(theme, kit.speech.say(msgid), 16), 1)
            body(sheet).addLayout(line)
        body(sheet).addStretch(1)
        return sheet

    def _keys(self, kit: Kit) -> QWidget:
        theme, say = kit.theme, kit.speech.say
        sheet = card(theme, margin=22, gap=10)
        body(sheet).addWidget(label(theme, say("Keys"), 20, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(2, 1)
        for number, key in enumerate(KEYS.values()):
            grid.addWidget(_cap(kit, key.key), number, 0)
            grid.addWidget(short(theme, key.chord, 14, tone="secondary"), number, 1)
            grid.addWidget(label(theme, say(key.help), 16), number, 2)
        body(sheet).addLayout(grid)
        hint = say("Alt with 1, 2, 3, 4 changes the screen. Enter and Tab confirm nothing: a"
                   " scanner presses them.")  # fmt: skip
        body(sheet).addWidget(label(theme, hint, 14, tone="secondary"))
        body(sheet).addStretch(1)
        return sheet


def _cap(kit: Kit, key: str) -> QLabel:
    cap = short(kit.theme, key, 16, bold=True, tone="primary")
    cap.setFixedWidth(kit.theme.px(34))
    return cap
