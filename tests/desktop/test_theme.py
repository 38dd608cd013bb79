"""Colours that everybody can read, sizes that follow the text."""

import pytest

from desktop.theme import MOODS, Neutral, Theme

SHEET_TOKENS = 20


def light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mood", MOODS)
def test_every_mood_is_read_at_seven_to_one(mood: str) -> None:
    assert contrast(MOODS[mood].ground, MOODS[mood].ink) >= 7


def test_text_buttons_and_focus_stand_out_from_their_grounds() -> None:
    neutral = Neutral()
    for ground in (neutral.canvas, neutral.paper, neutral.tint):
        assert contrast(neutral.ink, ground) >= 7
        assert contrast(neutral.secondary, ground) >= 4.5
        assert contrast(neutral.focus, ground) >= 3
    assert contrast(neutral.on_primary, neutral.primary) >= 7
    assert contrast(neutral.border, neutral.paper) >= 3


def test_lengths_double_at_200_percent() -> None:
    assert [Theme(scale, Neutral()).px(44) for scale in (1.0, 2.0)] == [44, 88]


def test_the_style_sheet_has_a_value_for_every_token() -> None:
    assert "$" not in Theme(1.5, Neutral()).sheet()
