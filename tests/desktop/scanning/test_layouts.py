"""Scan codes of the system, read as keys of a US keyboard."""

import pytest

from db.domain.keyboards import US
from desktop.scanning.layouts import EVDEV, scan_code_offset, us_character


def test_every_key_of_the_main_block_reads_as_on_a_us_keyboard() -> None:
    assert "".join(us_character(code, shift=False) for code in EVDEV) == US.plain
    assert "".join(us_character(code, shift=True) for code in EVDEV) == US.shifted


def test_the_keypad_and_the_space_bar_read_the_same_with_shift() -> None:
    codes = (79, 80, 81, 75, 76, 77, 71, 72, 73, 82, 57)
    for shift in (False, True):
        assert "".join(us_character(code, shift=shift) for code in codes) == "1234567890 "


def test_a_key_that_types_nothing_reads_as_nothing() -> None:
    assert us_character(59, shift=False) == ""


@pytest.mark.parametrize(
    ("platform", "offset"),
    [("xcb", 8), ("wayland", 8), ("windows", 0), ("cocoa", None), ("offscreen", None)],
)
def test_each_system_numbers_keys_in_its_own_way(platform: str, offset: int | None) -> None:
    assert scan_code_offset(platform) == offset
