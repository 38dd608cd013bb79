"""Whatever the layout and the focus, a scan is a scan, and a person's keys stay theirs."""

import random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from db.domain.codes import CodeKind, badge_code, readings
from db.domain.keyboards import BE, BEPO, CH_FR, DE, FR, FR_MAC, US, Caps, Keyboard
from desktop.scanning.wedge import WedgeFilter
from tests.desktop.scanning.support import RETURN, TAB, Desk, FakeClock, FakeTimer, Keys, Scans

BADGE = badge_code(0x9F3A5C7712E4D0B86A1F42)
SECRET = "kq3w9zam4xpt7y2bvmqz8d6hj5awzr4e"


@pytest.mark.parametrize("end", [RETURN, TAB], ids=["return", "tab"])
@pytest.mark.parametrize("caps", list(Caps))
@pytest.mark.parametrize("host", [FR, FR_MAC, BE, US, DE, CH_FR, BEPO], ids=lambda k: k.name)
def test_a_badge_is_read_on_every_keyboard_wherever_the_focus_is(
    host: Keyboard, caps: Caps, end: tuple[int, str, int], desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.host, keys.caps = host, caps
    codes = [badge_code(2**87 + n) for n in range(3)]
    for widget, code in zip((desk.field, desk.admit, desk.list), codes, strict=True):
        widget.setFocus()
        keys.scan(code, end)
        keys.pass_time(1000)
        assert QApplication.focusWidget() is widget
    read = [readings(typed)[0] for typed in scans.typed]
    assert [(r.kind, r.code) for r in read] == [(CodeKind.BADGE, code) for code in codes]
    assert scans.physical == codes
    assert (desk.field.text(), desk.clicks) == ("", [])


@pytest.mark.parametrize(
    ("host", "caps"),
    [(FR, Caps.SHIFT), (BE, Caps.SHIFT)]
    + [(host, caps) for host in (FR, BE, US) for caps in (Caps.OFF, Caps.LETTERS)],
)
def test_a_ticket_in_letters_keeps_both_readings(
    host: Keyboard, caps: Caps, keys: Keys, scans: Scans
) -> None:
    keys.host, keys.caps = host, caps
    keys.scan(SECRET)
    assert scans.physical == [SECRET]
    assert SECRET in {reading.code for reading in readings(scans.typed[0])}


def test_without_scan_codes_there_is_no_physical_reading(keys: Keys, scans: Scans) -> None:
    keys.xcb = False
    keys.scan(BADGE)
    assert (scans.typed, scans.physical) == ([BADGE], [""])


def test_no_shortcut_fires_inside_a_scan(desk: Desk, scans: Scans) -> None:
    fired: list[str] = []
    for sequence in ("1", "Return"):
        QShortcut(QKeySequence(sequence), desk).activated.connect(
            lambda s=sequence: fired.append(s)
        )
    desk.list.setFocus()
    for digit in "111222":
        QTest.keyClick(desk.windowHandle(), ord(digit))  # asks for shortcuts first, as systems do
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Return)
    assert (scans.typed, fired) == (["111222"], [])


@pytest.mark.parametrize("each_ms", [2, 8, 18])
def test_a_scanner_without_return_ends_by_timing(
    each_ms: float, desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.each_ms = each_ms
    keys.scan(BADGE, end=None)
    keys.pass_time(40)
    assert (scans.typed, desk.field.text()) == ([BADGE], "")


def test_a_ticket_without_return_is_given_time_to_end(desk: Desk, keys: Keys, scans: Scans) -> None:
    keys.scan(SECRET[:15], end=None)
    keys.pass_time(100)  # the cable, or the machine, was busy
    keys.scan(SECRET[15:], end=None)
    assert scans.typed == []
    keys.pass_time(120)
    assert (scans.typed, desk.field.text()) == ([SECRET], "")


def test_a_stall_in_the_middle_does_not_cut_a_code_in_two(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.scan(BADGE[:14], end=None)
    keys.pass_time(100)
    keys.scan(BADGE[14:])
    assert (scans.typed, desk.field.text()) == ([BADGE], "")


def test_a_return_that_comes_late_still_belongs_to_the_scan(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    desk.admit.setFocus()
    desk.admit.setAutoDefault(True)
    keys.scan(BADGE, end=None)
    keys.pass_time(90)
    keys.key(*RETURN)
    assert (scans.typed, desk.clicks) == ([BADGE], [])


def test_return_then_line_feed_ends_one_scan(desk: Desk, keys: Keys, scans: Scans) -> None:
    keys.scan(BADGE)
    keys.key(Qt.Key.Key_Enter, "\n", 96)
    keys.key(*TAB)
    assert (scans.typed, desk.clicks) == ([BADGE], [])
    assert QApplication.focusWidget() is desk.field


def test_no_release_of_a_scanned_key_reaches_a_widget(desk: Desk, keys: Keys, scans: Scans) -> None:
    seen: list[int] = []
    desk.field.keyReleaseEvent = lambda event: seen.append(event.key())  # type: ignore[method-assign]
    rolled = [(ord(digit), digit, int(digit) + 1) for digit in "123456"] + [RETURN]
    for stroke in rolled:
        keys.key(*stroke, press_only=True)
    for stroke in rolled:
        keys.key(*stroke, release_only=True)
    assert (scans.typed, seen) == (["123456"], [])
    keys.key(*rolled[0])
    keys.pass_time(100)
    assert seen == [ord("1")]


def test_equal_letters_flagged_as_repeats_belong_to_the_code(keys: Keys, scans: Scans) -> None:
    for index, digit in enumerate("1112223"):
        repeat = index > 0 and "1112223"[index - 1] == digit
        keys.key(ord(digit), digit, int(digit) + 1, repeat=repeat)
        keys.pass_time(0.5)
    keys.key(*RETURN)
    assert scans.typed == ["1112223"]


def test_keypad_digits_count_even_when_num_lock_is_off(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    home, end = (Qt.Key.Key_Home, 71), (Qt.Key.Key_End, 79)
    for key, code in (home, end, home, end, end, end, home, home):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            key,
            Qt.KeyboardModifier.KeypadModifier,
            code + 8,
            0,
            0,
            "",
            False,
            1,
        )
        QCoreApplication.postEvent(keys.target(), event)
        QCoreApplication.processEvents()
        keys.pass_time(4)
    keys.key(*RETURN)
    assert (scans.typed, scans.physical) == (["71711177"], ["71711177"])


def test_the_same_code_within_three_seconds_is_the_same_scan(
    clock: FakeClock, keys: Keys, scans: Scans, wedge: WedgeFilter
) -> None:
    keys.scan(BADGE)
    keys.pass_time(1000)
    keys.scan(BADGE)
    assert (scans.typed, scans.repeated) == ([BADGE], [BADGE])
    wedge.forget()
    keys.scan(BADGE)
    assert len(scans.typed) == 2
    keys.pass_time(3000)
    keys.scan(BADGE)
    assert len(scans.typed) == 3


def test_a_scan_during_a_dialog_is_told_and_not_applied(
    qtbot: QtBot, desk: Desk, keys: Keys, scans: Scans
) -> None:
    dialog = QDialog(desk)
    field, agree = QLineEdit(), QPushButton("OK")
    agree.setDefault(True)
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(agree)
    dialog.setModal(True)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    field.setFocus()
    keys.scan(BADGE)
    assert dialog.isVisible()
    assert field.text() == ""
    assert (scans.typed, scans.during_dialog) == ([], [BADGE])
    keys.write("ok")
    assert field.text() == "ok"
    dialog.close()
    with qtbot.waitActive(desk):
        desk.activateWindow()
    keys.scan(BADGE)
    assert scans.typed == [BADGE]


def test_focus_that_moves_during_a_scan_changes_nothing(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.scan(BADGE[:12], end=None)
    desk.list.setFocus()
    keys.scan(BADGE[12:])
    assert (scans.typed, desk.field.text(), desk.clicks) == ([BADGE], "", [])


def test_a_code_that_never_ends_is_cut_and_leaks_nothing(
    desk: Desk, keys: Keys, scans: Scans
) -> None:
    keys.each_ms = 0
    keys.scan("7" * 5000)
    assert len(scans.typed[0]) == 4097
    assert readings(scans.typed[0])[0].kind is CodeKind.FOREIGN
    assert desk.field.text() == ""


def test_a_slow_scanner_tells_the_gap_it_needs(
    keys: Keys, scans: Scans, wedge: WedgeFilter
) -> None:
    wedge.gap_ms = 120
    keys.each_ms = 48
    keys.scan(BADGE)
    assert wedge.pace is not None
    wedge.gap_ms = wedge.pace.advised_gap_ms
    assert 72 <= wedge.gap_ms <= 120
    keys.scan(badge_code(5))
    assert scans.typed == [BADGE, badge_code(5)]


def test_five_hundred_scans_with_a_busy_interface_are_five_hundred(
    desk: Desk, keys: Keys, clock: FakeClock, timer: FakeTimer, scans: Scans
) -> None:
    chance = random.Random(2023)
    codes = [badge_code(chance.getrandbits(88)) for _ in range(500)]
    arrivals = [
        (start * 900.0 + n * 8.0, press)
        for start, code in enumerate(codes)
        for n, press in enumerate([*keys.scanner_presses(code), (*RETURN, False)])
    ]
    clock.ms = 0.0
    waiting = iter(arrivals)
    due, press = next(waiting)
    done = False
    while not done:
        busy = chance.choice((1.0, 1.0, 4.0, 50.0, 180.0, 400.0))
        clock.ms += busy  # a slot keeps the event loop; keys pile up behind it
        timer.fire_if_due()  # and the timer is served before them
        while due <= clock.ms:
            key, text, code, shift = press
            keys.key(key, text, code, shift=shift)
            due, press = next(waiting, (float("inf"), press))
            done = due == float("inf")
    assert scans.typed == codes
    assert (desk.field.text(), desk.clicks) == ("", [])


def test_a_slot_that_opens_a_dialog_does_not_stop_the_next_scan(
    desk: Desk, keys: Keys, wedge: WedgeFilter, scans: Scans
) -> None:
    dialog = QDialog(desk)
    wedge.scanned.connect(lambda: QTimer.singleShot(0, dialog.open))
    keys.scan(BADGE)
    QCoreApplication.processEvents()
    assert dialog.isVisible()
    keys.scan(badge_code(1))
    assert (scans.typed, scans.during_dialog) == ([BADGE], [badge_code(1)])
    dialog.close()
