"""What a person types arrives where it was meant, in order, dead keys included."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.scanning.wedge import WedgeFilter
from tests.desktop.scanning.support import RETURN, TAB, Desk, FakeClock, FakeTimer, Keys, Scans


def test_a_name_typed_by_hand_arrives_in_the_field(desk: Desk, keys: Keys, scans: Scans) -> None:
    keys.write("Zoé Œuvre")
    assert desk.field.text() == "Zoé Œuvre"
    assert scans == Scans()


def test_a_fast_typist_with_rolling_fingers_is_never_a_scanner(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.write("Mar", each_ms=25)
    keys.pass_time(60)
    keys.write("iann", each_ms=30)
    keys.pass_time(45)
    keys.write("e Dup", each_ms=60)
    keys.key(*RETURN)
    assert desk.field.text() == "Marianne Dup"
    assert desk.clicks == ["return"]
    assert scans == Scans()


def test_a_composed_letter_stays_in_its_place(desk: Desk, keys: Keys, scans: Scans) -> None:
    keys.key(Qt.Key.Key_H, "h", 35)
    keys.key(Qt.Key.Key_Dead_Circumflex, "", 26)
    composed = QInputMethodEvent()
    composed.setCommitString("ê")
    QCoreApplication.sendEvent(desk.field, composed)
    keys.write("tre")
    assert desk.field.text() == "hêtre"


def test_a_letter_still_held_goes_before_the_one_an_input_method_brings(
    desk: Desk, keys: Keys
) -> None:
    keys.key(Qt.Key.Key_H, "h", 35)
    composed = QInputMethodEvent()
    composed.setCommitString("ê")
    QCoreApplication.sendEvent(desk.field, composed)
    assert desk.field.text() == "hê"


def test_return_and_tab_typed_by_hand_keep_their_meaning(desk: Desk, keys: Keys) -> None:
    keys.write("Zo")
    keys.key(*RETURN)
    keys.pass_time(500)
    keys.key(*TAB)
    assert desk.clicks == ["return"]
    assert QApplication.focusWidget() is desk.admit


def test_a_short_burst_before_return_belongs_to_the_person(desk: Desk, keys: Keys) -> None:
    keys.scan("1234")
    assert (desk.field.text(), desk.clicks) == ("1234", ["return"])


def test_space_still_presses_a_button(desk: Desk, keys: Keys) -> None:
    desk.admit.setFocus()
    keys.write(" ")
    assert desk.clicks == ["admit"]


def test_chords_are_never_held_and_come_after_what_was(desk: Desk, keys: Keys) -> None:
    keys.key(Qt.Key.Key_A, "a", 30)
    keys.key(Qt.Key.Key_B, "b", 48)
    select_all = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "\x01"
    )
    QCoreApplication.postEvent(keys.target(), select_all)
    QCoreApplication.processEvents()
    assert desk.field.selectedText() == "ab"


def test_a_program_that_types_a_sentence_at_once_is_no_scanner(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    sentence = "Bienvenue au forum, bonne visite"
    keys.write(sentence, each_ms=0)
    keys.pass_time(130)
    assert (desk.field.text(), scans) == (sentence, Scans())


def test_a_name_that_waited_for_a_busy_interface_is_no_scan(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.write("Delphine", each_ms=0)
    keys.pass_time(130)
    assert (desk.field.text(), scans) == ("Delphine", Scans())


@pytest.mark.parametrize("delay_ms", [250, 30])
def test_a_key_held_down_repeats_in_the_field(
    delay_ms: float, desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.key(Qt.Key.Key_E, "e", 18, press_only=True)
    keys.pass_time(delay_ms)
    for _ in range(20):
        keys.key(Qt.Key.Key_E, "e", 18, repeat=True)
        keys.pass_time(30)
    assert (desk.field.text(), scans) == ("e" * 21, Scans())


def test_keys_go_to_the_widget_that_had_the_focus_when_they_were_pressed(
    desk: Desk, keys: Keys
) -> None:
    other = QLineEdit()
    desk.column.addWidget(other)
    keys.key(Qt.Key.Key_A, "a", 16)
    other.setFocus()
    keys.key(Qt.Key.Key_B, "b", 48)
    keys.pass_time(100)
    assert (desk.field.text(), other.text()) == ("a", "b")


def test_keys_for_a_field_that_is_gone_are_dropped_quietly(desk: Desk, keys: Keys) -> None:
    doomed = QLineEdit()
    desk.column.addWidget(doomed)
    doomed.setFocus()
    keys.key(Qt.Key.Key_A, "a", 16)
    desk.field.setFocus()
    doomed.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    keys.pass_time(100)
    assert desk.field.text() == ""


def test_the_real_timer_hands_a_letter_back(qtbot: QtBot, desk: Desk, qapp: QApplication) -> None:
    clock = FakeClock()
    wedge = WedgeFilter(clock)
    qapp.installEventFilter(wedge)
    timer = FakeTimer(clock)
    Keys(clock, timer, xcb=False).key(Qt.Key.Key_Z, "z", 0)
    assert desk.field.text() == ""
    clock.ms += 36
    qtbot.waitUntil(lambda: desk.field.text() == "z")
    qapp.removeEventFilter(wedge)
