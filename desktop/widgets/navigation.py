"""The way between screens, on the left; at its foot the state of this desk."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from desktop.keys import SCREENS
from desktop.kit import Kit
from desktop.widgets.icons import Drawing, icon
from desktop.widgets.text import body, card, columns, label, rows, short

WIDTH = 204
NARROW = 76


class Navigation(QFrame):
    """One button per screen; where the window is narrow only icons remain."""

    def __init__(
        self, kit: Kit, go: Callable[[str], None], guide: Callable[[], None], *, narrow: bool
    ) -> None:
        """Call `go` with the id of the screen."""
        super().__init__()
        self.setObjectName("nav")
        self._kit = kit
        self._narrow = narrow
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._text = label(kit.theme, size=14)
        theme = kit.theme
        self.setFixedWidth(theme.px(NARROW if narrow else WIDTH))
        layout = rows(theme, gap=6)
        layout.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), theme.px(14))
        if not narrow:
            layout.addWidget(self._brand())
        for name, msgid, drawn, chords in SCREENS:
            layout.addWidget(self._button(name, msgid, drawn, chords[0], go))
        layout.addStretch(1)
        layout.addWidget(self._guide(guide))
        layout.addWidget(self._chip())
        self.setLayout(layout)

    def _brand(self) -> QWidget:
        theme = self._kit.theme
        box = QWidget()
        line = columns(theme, gap=10)
        line.setContentsMargins(theme.px(10), 0, 0, theme.px(14))
        line.addWidget(Drawing("tick", theme.neutral.primary, theme.px(26)))
        line.addWidget(short(theme, "Vanel", 22, bold=True, tone="primary"))
        line.addStretch(1)
        box.setLayout(line)
        return box

    def _button(
        self, name: str, msgid: str, drawn: str, chord: str, go: Callable[[str], None]
    ) -> QPushButton:
        theme, text = self._kit.theme, self._kit.speech.say(msgid)
        button = QPushButton("" if self._narrow else f"  {text}")
        button.setFont(theme.font(16))
        button.setProperty("kind", "nav")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setMinimumHeight(theme.px(48))
        colours = (theme.neutral.ink, theme.neutral.on_primary)
        button.setIcon(icon(drawn, colours[0], theme.px(22), colours[1]))
        button.setIconSize(QSize(theme.px(22), theme.px(22)))
        button.setAccessibleName(text)
        button.setToolTip(f"{text} · {chord}")
        button.clicked.connect(lambda: go(name))
        self._group.addButton(button)
        self._buttons[name] = button
        return button

    def _guide(self, guide: Callable[[], None]) -> QPushButton:
        if not self._narrow:
            return self._kit.button("guide", guide, icon="help", kind="bare")
        button = self._kit.plain("", guide, icon="help", kind="bare", height=48)
        button.setAccessibleName(self._kit.speech.say("Guide"))
        button.setToolTip(f"{button.accessibleName()} · F1")
        return button

    def _chip(self) -> QFrame:
        chip = card(self._kit.theme, "soft", margin=10, gap=6)
        if self._narrow:
            body(chip).addWidget(
                Drawing("desk", self._kit.theme.neutral.secondary, self._kit.theme.px(24))
            )
            return chip
        body(chip).addWidget(self._text)
        return chip

    def show_screen(self, name: str) -> None:
        """Mark the screen that is shown."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)
        else:
            self._group.setExclusive(False)
            for button in self._buttons.values():
                button.setChecked(False)
            self._group.setExclusive(True)

    def show_state(self, text: str) -> None:
        """Say how this desk is doing."""
        self._text.setText(text)
        self.setToolTip(text if self._narrow else "")
