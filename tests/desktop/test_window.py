"""The window around the screens: first run, languages, sizes, other processes, accessibility."""

import gc
import sys
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.desk.desk import load_event, open_desk
from db.exchange.invented import people
from db.store.home import Home
from db.store.keys import FILE
from db.store.lock import WINDOW, Lock
from desktop.keys import KEYS, SCREENS
from desktop.tour import tour
from desktop.widgets.key_button import KeyButton
from desktop.widgets.verdict_pane import VerdictPane
from tests.desktop.fakes import ADA, ZOE, Driven, code, driven, filled
from tests.fixed import Chance, FixedClock, Ids
from tests.forum import FORUM

ROOMS = [name for name, *_ in SCREENS]


def texts(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    buttons = [b.text() for b in widget.findChildren(QAbstractButton) if b.isVisible()]
    return "\n".join((*labels, *buttons))


def test_a_fresh_home_asks_for_a_forum_and_the_example_opens(
    home: Home, clock: FixedClock, qtbot: QtBot
) -> None:
    home.change(key_place=FILE)
    with driven(home, clock, qtbot) as run:
        assert "Bienvenue dans Vanel" in texts(run.window)
        run.window.scanned(code(ADA), "")
        run.app.load_example()
        run.until(lambda: run.app.service.standing is not None)
        assert run.title == "PRÊT"


def test_the_language_changes_at_once_and_the_answer_stays(desk: Driven) -> None:
    desk.scan(code(ADA))
    desk.window.change({"lang": "en"})
    desk.settle()
    assert (desk.title, desk.shown) == ("ENTRY ALLOWED", "Ada Essai")
    assert "Attendees" in texts(desk.window)


def test_no_french_word_is_left_in_the_english_window(desk: Driven) -> None:
    desk.window.change({"lang": "en"})
    for room in (*ROOMS, "guide"):
        desk.window.go(room)
        desk.settle()
        for french in ("Réglages", "Participants", "Imprimer", "Derniers", "Aucun", "Langue"):
            assert french not in texts(desk.window)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 700), (3840, 2160)])
def test_every_screen_fits_its_width(desk: Driven, width: int, height: int) -> None:
    desk.window.resize(width, height)
    for room in (*ROOMS, "guide"):
        desk.window.go(room)
        desk.settle()
        assert desk.window.screen_of(room).width() <= width


def test_at_200_percent_no_text_of_an_answer_is_cut(desk: Driven) -> None:
    desk.window.resize(1366, 768)
    desk.window.change({"text_scale": 2.0})
    desk.ask(
        lambda d: d.people.register(
            {
                "given_name": "Marie-Charlotte Emmanuelle",
                "family_name": "de La Rochefoucauld-Montmorency",
                "organisation": "Communauté de Communes du Pays des Écrins" * 2,
                "code": ("longlonglong9",),
            }
        )
    )
    desk.scan("longlonglong9")
    pane = desk.window.checkin.pane
    for label in pane.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
            assert label.geometry().bottom() <= pane.height()


def test_every_gesture_has_a_button_and_a_chord_and_no_scanners_key() -> None:
    for key in KEYS.values():
        assert key.chord.startswith(("Alt+", "Ctrl+"))
        assert key.key in ("", *(f"F{number}" for number in range(1, 13)))


def test_targets_are_44_pixels_at_the_desk_and_32_elsewhere(desk: Driven) -> None:
    for room in (*ROOMS, "guide"):
        desk.window.go(room)
        least = 44 if room == "checkin" else 32
        for button in desk.window.screen_of(room).findChildren(KeyButton):
            if button.property("kind") != "tab":
                assert button.minimumHeight() >= least


def test_every_button_has_a_name_for_screen_readers(desk: Driven) -> None:
    for button in desk.window.findChildren(QPushButton):
        interface = QAccessible.queryAccessibleInterface(button)
        assert interface.text(QAccessible.Text.Name).strip()


def test_every_answer_is_announced(desk: Driven, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(VerdictPane, "announce", lambda _, text: said.append(text))
    desk.scan(code(ADA))
    assert said == ["ENTRÉE AUTORISÉE. Ada Essai. Première entrée."]


def test_a_scan_on_another_screen_comes_back_to_the_door(desk: Driven) -> None:
    desk.window.go("attendees")
    desk.scan(code(ADA))
    assert desk.shown == "Ada Essai"
    assert desk.window.checkin.isVisible()


def test_the_scanner_test_shows_both_readings_and_records_nothing(desk: Driven) -> None:
    desk.window.go("settings")
    desk.settle()
    settings = desk.window.screen_of("settings")
    next(b for b in settings.findChildren(KeyButton) if b.isCheckable()).click()
    desk.app.wedge.scanned.emit("typed-here", "by-keys")
    desk.settle()
    assert {"typed-here", "by-keys"} <= set(texts(settings).split("\n"))
    assert desk.ask(lambda d: d.admit.last()) == []


def test_what_another_process_records_is_shown(desk: Driven) -> None:
    other = open_desk(desk.home, clock=desk.clock, new_id=Ids(3), token=Chance(3))
    other.admit.scan(code(ZOE))
    other.close()
    things = desk.window.checkin.lists.scans.things
    desk.until(lambda: things.rowCount() == 1)


def test_a_place_of_its_own_is_kept_and_shown(desk: Driven) -> None:
    desk.window.go("settings")
    desk.app.service.change(lambda d: d.set_place("salle-vanel"), desk.window.moved)
    desk.settle()
    assert "Salle Vanel" in texts(desk.window)


def test_a_scan_during_a_dialog_is_said(desk: Driven, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.window.said) as said:
        desk.app.wedge.during_dialog.emit("x", "")
    assert "scannez-le à nouveau" in said.args[0]


def test_a_second_window_of_one_home_is_refused(desk: Driven) -> None:
    first, second = Lock(desk.home.folder, WINDOW), Lock(desk.home.folder, WINDOW)
    assert first.acquire()
    assert not second.acquire()
    first.release()


def test_void_calls_of_qt_keep_their_hands_off_none(qapp: QApplication) -> None:
    label = QLabel()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        label.update()
    assert abs(sys.getrefcount(None) - before) < 100


def test_a_damaged_database_is_said_and_the_good_copy_is_one_click_away(
    home: Home, clock: FixedClock, qtbot: QtBot
) -> None:
    filled(home, clock)
    desk = open_desk(home, clock=clock, new_id=Ids(3), token=Chance(3))
    desk.back_up()
    file = desk.store.path
    desk.close()
    file.write_bytes(b"\x00" * 8192)
    with driven(home, clock, qtbot, opens=False) as run:
        run.until(lambda: "Ce poste ne peut pas s’ouvrir" in texts(run.window))
        copy = "Ouvrir la dernière bonne copie"
        next(b for b in run.window.findChildren(KeyButton) if b.text() == copy).click()
        run.until(lambda: run.app.service.standing is not None)
        run.scan(code(ADA))
        assert run.title == "ENTRÉE AUTORISÉE"


def test_the_tour_visits_every_answer_and_every_screen(
    home: Home, clock: FixedClock, qapp: QApplication, tmp_path: Path
) -> None:
    home.change(key_place=FILE)
    desk = load_event(home, FORUM, clock=clock, new_id=Ids(), token=Chance())
    for fields in islice(people(desk.event, 400), 400):
        desk.people.register(fields)
    desk.close()
    names = " ".join(path.stem for path in tour(home, tmp_path / "pictures"))
    for answer in ("admitted", "already-in", "refused", "attention", "left", "info"):
        assert answer in names
    for room in ROOMS[1:]:
        assert room in names
