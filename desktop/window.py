"""The window: navigation, header, one screen at a time; it passes scans and gestures on."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from db.domain.errors import VanelError
from desktop.keys import KEYS, SCREENS
from desktop.kit import Kit, Screen
from desktop.means import Means
from desktop.screens.checkin import CheckIn
from desktop.screens.door import Door
from desktop.service import Standing
from desktop.theme import Theme, theme_of
from desktop.widgets.notice import Notice
from desktop.widgets.shell import scrolling, shell
from desktop.widgets.text import rows
from desktop.words import Speech
from resources.words import Catalogue

TICK_MS: Final = 100  # how soon another process's writing is noticed
COUNT_MS: Final = 10_000
FADE_MS: Final = 1_000
NARROW_BELOW: Final = 1000  # pixels of width at 100 %


class Window(QMainWindow):
    """Builds everything anew when language, text size or event change; the door's state stays."""

    turned = Signal()  # the next scan means something else: the scanner may repeat itself
    said = Signal(str)  # a failure or message that was shown, for tests and the tour

    def __init__(self, means: Means, *, opening: bool = False) -> None:
        """Show the welcome, or nothing yet where a desk is being opened."""
        super().__init__()
        self._means = means
        self._opening = opening
        self._dressed: Theme | None = None
        self.door = Door()
        self._screens: dict[str, Screen] = {}
        self._shown = "checkin"
        self._narrow = False
        self.setWindowTitle("Vanel")
        self.setMinimumSize(640, 480)
        self.resize(1366, 768)
        self._timers = [
            self._timer(TICK_MS, self._notice_others),
            self._timer(COUNT_MS, self._recount),
            self._timer(FADE_MS, self._fade),
        ]
        self._focus = QTimer(self, singleShot=True, interval=0)
        self._focus.timeout.connect(self._take_focus)  # once what was built is visible
        self._shortcuts()
        self.dress()

    def _timer(self, every: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=every)
        timer.timeout.connect(do)
        return timer

    def _shortcuts(self) -> None:
        for name, key in KEYS.items():
            for sequence in (key.key, key.chord):
                self._shortcut(sequence, self._gesture(name))
        for name, _, _, chords in SCREENS:
            for chord in chords:
                self._shortcut(chord, self._goer(name))

    def _shortcut(self, sequence: str, do: Callable[[], None]) -> None:
        if sequence:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(do)

    def _gesture(self, name: str) -> Callable[[], None]:
        return lambda: self.do(name)

    def _goer(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    # building

    def dress(self) -> None:
        """Build every visible thing in the present language, size and event."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        settings = self._means.home.settings
        theme = theme_of(app, self._means.font, settings.text_scale)
        standing = self._means.service.standing
        if theme != self._dressed and (standing is not None or not self._opening):
            theme.apply(app)
            self._dressed = theme
        speech = Speech(Catalogue(settings.lang), standing.event if standing else None)
        self.kit = Kit(self._means.service, speech, theme, self.show_failure, self.show_message)
        self._means.service.listen(self.show_failure)
        self._means.sounds.enabled = settings.sound
        self._notice = Notice(theme, speech)
        self._screens = {}
        if standing is not None:
            self._build_shell(standing)
        elif self._opening:
            self.setCentralWidget(QWidget())
        else:
            self._build_alone(self._welcome())

    def _welcome(self) -> QWidget:
        from desktop.screens.welcome import Welcome

        return Welcome(self.kit, self.choose_event, self._means.load_example, self._set_language)

    def _build_alone(self, screen: QWidget) -> None:
        frame = QWidget()
        layout = rows(self.kit.theme, gap=0)
        layout.addWidget(self._notice)
        layout.addWidget(scrolling(screen), 1)
        frame.setLayout(layout)
        self.setCentralWidget(frame)

    def _build_shell(self, standing: Standing) -> None:
        self._narrow = self._is_narrow()
        gestures = (self.guide, self.turn)
        self._shell = shell(
            self.kit, standing, self._notice, self.go, gestures, narrow=self._narrow
        )
        self.setCentralWidget(self._shell)
        self.go("checkin")
        self._show_direction()
        self._recount()
        for timer in self._timers:
            timer.start()

    @property
    def checkin(self) -> CheckIn:
        """The screen of the door, made when first asked for."""
        screen = self.screen_of("checkin")
        assert isinstance(screen, CheckIn)
        return screen

    def screen_of(self, name: str) -> Screen:
        """Return a screen, made when first asked for."""
        if name not in self._screens:
            self._screens[name] = self._make(name)
        return self._screens[name]

    def _make(self, name: str) -> Screen:
        match name:
            case "checkin":
                return self._make_checkin()
            case "attendees":
                from desktop.screens.attendees import Attendees

                people = Attendees(self.kit, self.choose_people)
                people.admitted.connect(self._admit)
                return people
            case "badges":
                from desktop.screens.badges import BadgesScreen

                return BadgesScreen(self.kit, self._means.paper().preview, self._goer("settings"))
            case "settings":
                return self._make_settings()
            case _:
                from desktop.screens.guide import Guide

                return Guide(self.kit)

    def _make_checkin(self) -> CheckIn:
        checkin = CheckIn(self.kit, self.door, self._means.now)
        checkin.sounded.connect(self._means.sounds.play)
        checkin.recorded.connect(self._recorded)
        checkin.turned.connect(self._show_direction)
        return checkin

    def _make_settings(self) -> Screen:
        from desktop.screens.settings import SettingsScreen, Switches

        service = self._means.service
        return SettingsScreen(
            self.kit,
            Switches(
                settings=lambda: self._means.home.settings,
                change=self.change,
                place=lambda p: service.change(lambda desk: desk.set_place(p), self.moved),
                name=lambda n: service.change(lambda desk: desk.set_name(n), self.moved),
                test_printer=self._test_printer,
                test_sound=self._test_sound,
                load_event=self.choose_event,
            ),
        )

    # moving about

    def go(self, name: str) -> None:
        """Show a screen."""
        if self._means.service.standing is None:
            return
        screen = self.screen_of(name)
        self._shown = name
        self._shell.show_screen(name, screen)
        screen.refresh()
        self._focus.start()

    def _take_focus(self) -> None:
        if self._shown in self._screens:
            self._screens[self._shown].setFocus()

    def guide(self) -> None:
        """F1: open the guide, or go back to the door."""
        self.go("checkin" if self._shown == "guide" else "guide")

    def turn(self) -> None:
        """F3: entry becomes exit; visible on every screen."""
        if self._means.service.standing is not None:
            self.checkin.turn()

    def do(self, gesture: str) -> None:
        """Carry out a gesture of the keyboard: the shown screen's, else the door's."""
        if self._means.service.standing is None:
            return
        own: dict[str, Callable[[], None]] = {"guide": self.guide, "direction": self.turn}
        gestures = own | self.screen_of(self._shown).gestures
        if gesture in gestures:
            gestures[gesture]()
        elif gesture in self.checkin.gestures:
            self.go("checkin")
            self.checkin.gestures[gesture]()

    def scanned(self, typed: str, physical: str) -> None:
        """Take a scan of the scanner, whatever screen is shown."""
        if self._means.service.standing is None:
            self.show_message(self.kit.speech.say("Load a forum first, then scan."))
            return
        if self.screen_of(self._shown).takes_scan(typed, physical):
            return
        if self._shown != "checkin":
            self.go("checkin")
        self.checkin.scanned(typed, physical)

    def scanned_in_dialog(self, typed: str, physical: str) -> None:
        """Say that a scan came while a dialog waits; it is not applied."""
        self.show_message(
            self.kit.speech.say("A badge was scanned: first finish this, then scan it again.")
        )

    def repeated(self, typed: str, physical: str) -> None:
        """Say that the same badge came twice within three seconds."""
        if self._means.service.standing is not None:
            self.checkin.repeated()

    def show_report(self, text: str, seen: Callable[[], None]) -> None:
        """Show what an earlier run left when it stopped by accident."""
        from desktop.widgets.dialogs import CrashReport

        report = CrashReport(self, self.kit, text)
        report.finished.connect(lambda _: seen())
        report.open()

    # what changes

    def opened(self, standing: Standing) -> None:
        """Show the desk that was opened."""
        self.door = Door()
        self.dress()

    def closed(self, error: Exception) -> None:
        """Say what keeps the desk shut, and what can be done about it."""
        from db.store.errors import DamagedDatabase, NoEvent
        from desktop.screens.trouble import Trouble

        self._opening = False
        self.dress()
        if not isinstance(error, NoEvent):
            restore = self._means.restore if isinstance(error, DamagedDatabase) else None
            self._build_alone(Trouble(self.kit, error, self._means.reopen, restore))

    def show_failure(self, error: Exception) -> None:
        """Say what failed and the next step, until dismissed."""
        told = self.kit.speech.error(error)
        self._notice.show_failure(told)
        self.said.emit(told.message)

    def show_message(self, text: str) -> None:
        """Say something for a few seconds."""
        self._notice.show_message(text)
        self.said.emit(text)

    def choose_event(self) -> None:
        """Ask for an event file and load it."""
        from desktop.widgets.dialogs import chosen_file

        say = self.kit.speech.say
        path = chosen_file(self, say("Open an event file"), say("Event files (*.toml)"))
        if path is not None:
            self._means.load_file(path)

    def choose_people(self) -> None:
        """Ask for a table of registrations, show what it would do, then import it."""
        from desktop.screens.importing import import_file

        import_file(self, self.kit, self._imported)

    def _imported(self) -> None:
        for screen in self._screens.values():
            screen.refresh()
        self._recount()

    def _admit(self, person_id: str) -> None:
        self.go("checkin")
        self.checkin.judge(person_id)

    def moved(self, standing: Standing) -> None:
        """Show where the desk stands now, on the same screen."""
        shown = self._shown
        self.dress()
        self.go(shown)

    def change(self, changes: dict[str, object]) -> None:
        """Save settings, then dress anew where they show."""
        try:
            self._means.home.change(**changes)
        except VanelError as error:
            self.show_failure(error)
            return
        if self._means.service.standing is None:
            self.dress()
        elif not changes.keys() <= {"printer", "stock", "sound"}:
            self.moved(self._means.service.standing)
        self._means.sounds.enabled = self._means.home.settings.sound
        self._means.sounds.load()

    def _set_language(self, lang: str) -> None:
        self.change({"lang": lang})

    def _test_sound(self) -> str:
        self._means.sounds.play("admitted")
        return self._means.sounds.problem

    def _test_printer(self, destination: str) -> None:
        say = self.kit.speech.say
        self._means.paper().test(
            destination,
            lambda: self.show_message(say("The test badge was sent to the printer.")),
            self.show_failure,
        )

    def _show_direction(self) -> None:
        self._shell.header.show_direction(entry=self.door.entry, looking=self.door.looking)
        self.turned.emit()

    def _recorded(self) -> None:
        self._recount()
        self._means.paper().kick()

    def refresh(self, name: str) -> None:
        """Read a screen again, if it was shown already."""
        if name in self._screens:
            self._screens[name].refresh()

    def _recount(self) -> None:
        if self._means.service.standing is not None:
            self._means.service.counts(lambda counts: self._shell.header.show_counts(counts))

    def _notice_others(self) -> None:
        def noticed(changed: bool) -> None:  # noqa: FBT001  what another process did
            if changed:
                self._imported()

        self._means.service.look("changed", lambda desk: desk.changed(), noticed)

    def _fade(self) -> None:
        if "checkin" in self._screens:
            self.checkin.lists.scans.things.reword()

    def _is_narrow(self) -> bool:
        return self.width() < self.kit.theme.px(NARROW_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation where the window is narrow."""
        super().resizeEvent(event)
        standing = self._means.service.standing
        if standing is not None and self._is_narrow() is not self._narrow:
            self.moved(standing)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop watching; the application closes the desk."""
        for timer in self._timers:
            timer.stop()
        super().closeEvent(event)
