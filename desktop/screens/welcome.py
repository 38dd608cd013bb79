"""The first screen of a fresh desk: load an event, or look at the example."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.kit import Kit
from desktop.widgets.icons import Drawing
from desktop.widgets.layouts import Beside
from desktop.widgets.text import body, card, columns, label, rows, short
from resources.words import mark


class Welcome(QWidget):
    """All that a fresh desk needs is a forum."""

    def __init__(
        self, kit: Kit, choose: Callable[[], None], example: Callable[[], None],
        language: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Call `choose` for a file of one's own, `example` for the Toulouse forum."""
        super().__init__()
        theme, say = kit.theme, kit.speech.say
        own = _choice(
            kit, "file", say("The forum I organise"),
            say("Open its event file: days, rooms, sessions, categories. Then import"
                " registrations under «Attendees»."),
            mark("Open an event file…"), choose, "primary",
        )  # fmt: skip
        sample = _choice(
            kit, "look", say("An example to try"),
            say("The Forum des Interconnectés in Toulouse, with its rooms and its programme."
                " Nothing real is touched."),
            mark("Open the example"), example, "",
        )  # fmt: skip
        local = say("Everything stays on this computer, encrypted. No network is needed.")
        layout = rows(theme, gap=10, margin=32)
        layout.addStretch(2)
        layout.addWidget(Drawing("tick", theme.neutral.primary, theme.px(72)))
        layout.addSpacing(theme.px(8))
        layout.addWidget(label(theme, say("Welcome to Vanel"), 40, bold=True))
        which = say("Which forum does this desk receive?")
        layout.addWidget(label(theme, which, 22, tone="secondary"))
        layout.addSpacing(theme.px(20))
        layout.addWidget(Beside(theme, own, sample, below=640, gap=20))
        layout.addSpacing(theme.px(12))
        layout.addWidget(label(theme, local, 16, tone="secondary"))
        layout.addStretch(3)
        layout.addLayout(_languages(kit, language))
        frame = QWidget()
        frame.setLayout(layout)
        frame.setMaximumWidth(theme.px(980))
        outer = columns(theme, gap=0)
        outer.addStretch(1)
        outer.addWidget(frame, 100)
        outer.addStretch(1)
        self.setLayout(outer)


def _choice(
    kit: Kit, drawn: str, title: str, text: str, button: str, do: Callable[[], None], kind: str
) -> QFrame:
    theme = kit.theme
    sheet = card(theme, margin=24, gap=10)
    column = body(sheet)
    head = columns(theme, gap=12)
    head.addWidget(Drawing(drawn, theme.neutral.primary, theme.px(28)))
    head.addWidget(short(theme, title, 20, bold=True), 1)
    column.addLayout(head)
    column.addWidget(label(theme, text, 16, tone="secondary"), 1)
    column.addSpacing(theme.px(6))
    column.addWidget(kit.plain(button, do, kind=kind, height=44))
    return sheet


def _languages(kit: Kit, language: Callable[[str], None]) -> QHBoxLayout:
    line = columns(kit.theme, gap=8)
    line.addStretch(1)
    for lang, name in (("fr", "Français"), ("en", "English")):
        button = kit.plain("", _chooser(language, lang), kind="tab")
        button.setText(name)
        button.setCheckable(True)
        button.setChecked(kit.speech.catalogue.lang == lang)
        line.addWidget(button)
    line.addStretch(1)
    return line


def _chooser(language: Callable[[str], None], lang: str) -> Callable[[], None]:
    return lambda: language(lang)
