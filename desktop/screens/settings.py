"""Réglages: language, desk, printer, sound, scanner, event; each change counts at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QWidget

from db.domain.programme import PlaceKind
from desktop import __version__
from desktop.kit import Kit, Screen
from desktop.phrases import KEY_PLACES
from desktop.widgets.key_button import KeyButton
from desktop.widgets.layouts import Beside, Flow
from desktop.widgets.text import body, card, columns, label, rows, short
from resources.words import mark

if TYPE_CHECKING:
    from db.desk.desk import Status
    from db.store.home import HomeSettings

SCALES: Final = (1.0, 1.25, 1.5, 2.0)
SCAN_SHOWN: Final = 60  # characters of a reading


@dataclass(frozen=True, slots=True)
class Switches:
    """What the settings screen may change, given by the window."""

    settings: "Callable[[], HomeSettings]"
    change: Callable[[dict[str, object]], None]  # saves, then dresses the window again
    place: Callable[[str], None]
    name: Callable[[str], None]
    test_printer: Callable[[str], None]
    test_sound: Callable[[], str]  # what keeps it silent, as msgid; empty when it plays
    load_event: Callable[[], None]


class SettingsScreen(Screen):
    """Cards in two columns; nothing to confirm, nothing to save."""

    def __init__(self, kit: Kit, switches: Switches) -> None:
        """Show the settings as they are."""
        super().__init__(kit)
        self._switches = switches
        self._testing = False
        self._test: KeyButton | None = None
        self._typed = label(kit.theme, size=16)
        self._physical = label(kit.theme, size=16)
        self._sound = label(kit.theme, size=14, tone="secondary")
        self._about = label(kit.theme, size=14, tone="secondary")
        self._key = label(kit.theme, size=16)
        left, right = rows(kit.theme, gap=14), rows(kit.theme, gap=14)
        for sheet in (self._desk(), self._printer(), self._event()):
            left.addWidget(sheet)
        for sheet in (self._display(), self._sounds(), self._scanner()):
            right.addWidget(sheet)
        for column in (left, right):
            column.addStretch(1)
        layout = rows(kit.theme, margin=18)
        layout.addWidget(Beside(kit.theme, left, right, below=640))
        self.setLayout(layout)
        self.refresh()

    def refresh(self) -> None:
        """Read the state of the desk again."""
        self._kit.service.look("status", lambda desk: desk.status(), self._show_status)

    # cards

    def _card(self, msgid: str) -> QFrame:
        sheet = card(self._kit.theme, margin=20, gap=10)
        body(sheet).addWidget(label(self._kit.theme, self._kit.speech.say(msgid), 18, bold=True))
        return sheet

    def _row(self, sheet: QFrame, msgid: str, *controls: QWidget) -> None:
        theme = self._kit.theme
        line = columns(theme, gap=10)
        caption = label(theme, self._kit.speech.say(msgid), 16)
        caption.setFixedWidth(theme.px(150))
        line.addWidget(caption)
        for number, control in enumerate(controls):
            control.setMinimumHeight(theme.px(36))
            control.setFont(theme.font(16))
            line.addWidget(control, 0 if number else 1)
        caption.setBuddy(controls[0])
        holder = QWidget()  # keeps its height where the card is squeezed
        holder.setMinimumHeight(theme.px(36))
        holder.setLayout(line)
        body(sheet).addWidget(holder)

    def _note(self, sheet: QFrame, msgid: str) -> None:
        body(sheet).addWidget(
            label(self._kit.theme, self._kit.speech.say(msgid), 14, tone="secondary")
        )

    def _desk(self) -> QFrame:
        sheet = self._card(mark("This desk"))
        standing = self._kit.service.standing
        name = QLineEdit(standing.name if standing else "")
        name.editingFinished.connect(lambda: self._switches.name(name.text()))
        self._row(sheet, mark("Name of the desk"), name)
        places = QComboBox()
        for place in standing.event.places if standing else ():
            if place.kind is not PlaceKind.BUILDING:
                places.addItem(place.name, place.id)
        if standing is not None:
            places.setCurrentIndex(places.findData(standing.place.id))
        places.activated.connect(lambda _: self._switches.place(places.currentData()))
        self._row(sheet, mark("Place"), places)
        self._note(sheet, mark("People are let in for this place: its access and its session."))
        return sheet

    def _printer(self) -> QFrame:
        sheet = self._card(mark("Badge printer"))
        field = QLineEdit(self._switches.settings().printer)
        field.setPlaceholderText("escpos://192.168.1.50:9100")
        field.editingFinished.connect(lambda: self._set_printer(field))
        test = self._kit.plain(
            mark("Test"), lambda: self._switches.test_printer(field.text().strip())
        )
        self._row(sheet, mark("Destination"), field, test)
        self._row(sheet, mark("Paper"), self._papers())
        self._note(
            sheet,
            mark(
                "A network receipt printer: escpos://address:9100. A file: pdf:badge.pdf,"
                " png:badge.png."
            ),
        )
        return sheet

    def _papers(self) -> QComboBox:
        from printing.template_file import default_template

        papers = QComboBox()
        for stock in default_template().stocks:
            papers.addItem(stock.name, stock.id)
        papers.setCurrentIndex(max(0, papers.findData(self._switches.settings().stock)))
        papers.activated.connect(lambda _: self._switches.change({"stock": papers.currentData()}))
        return papers

    def _set_printer(self, field: QLineEdit) -> None:
        if field.text().strip() != self._switches.settings().printer:
            self._switches.change({"printer": field.text().strip()})

    def _display(self) -> QFrame:
        sheet = self._card(mark("Language and text"))
        settings = self._switches.settings()
        languages = QComboBox()
        for code, name in (("fr", "Français"), ("en", "English")):
            languages.addItem(name, code)
        languages.setCurrentIndex(languages.findData(settings.lang))
        languages.activated.connect(
            lambda _: self._switches.change({"lang": languages.currentData()})
        )
        self._row(sheet, mark("Language"), languages)
        sizes = QComboBox()
        for scale in SCALES:
            sizes.addItem(f"{scale:.0%}".replace("%", "\u00a0%"), scale)
        sizes.setCurrentIndex(max(0, sizes.findData(settings.text_scale)))
        sizes.activated.connect(
            lambda _: self._switches.change({"text_scale": sizes.currentData()})
        )
        self._row(sheet, mark("Size of text"), sizes)
        return sheet

    def _sounds(self) -> QFrame:
        sheet = self._card(mark("Sound"))
        sound = QCheckBox(self._kit.speech.say("A sound for each answer"))
        sound.setFont(self._kit.theme.font(16))
        sound.setChecked(self._switches.settings().sound)
        sound.toggled.connect(lambda on: self._switches.change({"sound": on}))
        line = Flow(self._kit.theme.px(10))
        line.addWidget(sound)
        line.addWidget(self._kit.plain(mark("Listen"), self._listen, icon="sound"))
        body(sheet).addLayout(line)
        body(sheet).addWidget(self._sound)
        self._sound.hide()
        return sheet

    def _listen(self) -> None:
        problem = self._switches.test_sound()
        self._sound.setText(self._kit.speech.say(problem))
        self._sound.setVisible(bool(problem))

    def _scanner(self) -> QFrame:
        sheet = self._card(mark("Scanner test"))
        self._note(
            sheet,
            mark(
                "Press «Test», then scan any badge: both readings are shown, nothing is recorded."
            ),
        )
        self._test = self._kit.plain(mark("Test"), self._toggle_test)
        self._test.setCheckable(True)
        line = columns(self._kit.theme, gap=10)
        line.addWidget(self._test)
        line.addStretch(1)
        body(sheet).addLayout(line)
        for msgid, text in ((mark("As typed"), self._typed), (mark("By its keys"), self._physical)):
            self._row(sheet, msgid, text)
        return sheet

    def _event(self) -> QFrame:
        sheet = self._card(mark("Event and data"))
        standing = self._kit.service.standing
        if standing is not None:
            speech = self._kit.speech
            body(sheet).addWidget(label(self._kit.theme, standing.event.name, 16, bold=True))
            days = speech.listed([speech.day(day) for day in standing.event.days])
            where = " · ".join(part for part in (days, standing.event.venue) if part)
            body(sheet).addWidget(label(self._kit.theme, where, 16))
        body(sheet).addWidget(self._key)
        body(sheet).addWidget(self._about)
        line = columns(self._kit.theme, gap=10)
        line.addWidget(
            self._kit.plain(mark("Load an event file…"), self._switches.load_event, icon="file")
        )
        line.addStretch(1)
        body(sheet).addLayout(line)
        body(sheet).addWidget(short(self._kit.theme, f"Vanel {__version__}", 14, tone="secondary"))
        return sheet

    def _show_status(self, status: "Status") -> None:
        speech = self._kit.speech
        self._key.setText(speech.say(KEY_PLACES.get(status.key_place, status.key_place)))
        registrations = speech.count("{n} registration", "{n} registrations", status.registrations)
        facts = speech.count("{n} record", "{n} records", status.facts)
        self._about.setText(f"{registrations} · {facts}\n{status.database}")

    # the scanner test

    def _toggle_test(self) -> None:
        self._testing = not self._testing
        if self._test is not None:
            self._test.setChecked(self._testing)

    def takes_scan(self, typed: str, physical: str) -> bool:
        """Show a scan instead of applying it; False when no test was asked for."""
        if not self._testing:
            return False
        self._typed.setText(typed[:SCAN_SHOWN])
        none = self._kit.speech.say("not told by this system")
        self._physical.setText(physical[:SCAN_SHOWN] or none)
        return True
