"""What keeps a desk shut, said whole, with the ways out of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.kit import Kit
from desktop.widgets.icons import Drawing
from desktop.widgets.layouts import Flow
from desktop.widgets.text import columns, label, rows
from resources.words import mark


class Trouble(QWidget):
    """Shown in place of the desk; nothing is touched before somebody chooses."""

    def __init__(
        self, kit: Kit, error: Exception, again: Callable[[], None],
        restore: Callable[[], None] | None,
    ) -> None:  # fmt: skip
        """Offer `restore`, where there is one, beside trying again."""
        super().__init__()
        theme = kit.theme
        told = kit.speech.error(error)
        layout = rows(theme, gap=14, margin=48)
        layout.addStretch(2)
        layout.addWidget(Drawing("broken", theme.neutral.ink, theme.px(72)))
        layout.addWidget(label(theme, kit.speech.say("This desk cannot be opened"), 32, bold=True))
        layout.addWidget(label(theme, told.message, 20))
        layout.addWidget(label(theme, told.next_step, 18, tone="secondary"))
        layout.addSpacing(theme.px(12))
        line = Flow(theme.px(12))
        if restore is not None:
            line.addWidget(
                kit.plain(mark("Open the last good copy"), restore, kind="primary", height=44)
            )
        line.addWidget(kit.plain(mark("Try again"), again, height=44))
        layout.addLayout(line)
        layout.addStretch(3)
        frame = QWidget()
        frame.setLayout(layout)
        frame.setMaximumWidth(theme.px(860))
        outer = columns(theme, gap=0)
        outer.addStretch(1)
        outer.addWidget(frame, 100)
        outer.addStretch(1)
        self.setLayout(outer)
