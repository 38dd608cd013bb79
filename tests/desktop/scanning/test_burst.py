"""Which bursts of keys are a scan; in doubt they are a person's."""

import pytest

from db.domain.codes import badge_code
from desktop.scanning.burst import Burst, Instant, Pace, Stroke

BADGE = badge_code(12345678901234567890)


def burst(text: str, each_ms: float, *, physical: str = "") -> Burst:
    keys = physical or " " * len(text)
    return Burst(
        [
            Stroke(typed, key.strip(), Instant(n * each_ms))
            for n, (typed, key) in enumerate(zip(text, keys, strict=True))
        ]
    )


@pytest.mark.parametrize(
    ("text", "each_ms", "scan"),
    [
        (BADGE, 8, True),
        (BADGE, 0, True),
        ("k3sx9yz4qm7b2aw6c8dvfghjnprtuz5e", 0, True),
        ("A7Q2WZM3", 8, True),
        ("A7Q2WZM", 8, False),  # seven keys
        ("A7Q2WZM3", 30, False),  # no scanner is that slow and that short
        ("A7Q2WZM3", 0, False),  # it waited: it could be a name
        ("Jean-Baptiste de La Rochefoucauld", 0, False),
        ("zoe.lune@mairie-de-toulouse.example", 0, False),
        ("eeeeeeeeeeeeee", 8, False),  # a finger on a key
    ],
)
def test_without_return_the_pace_and_the_form_decide(
    text: str, each_ms: float, *, scan: bool
) -> None:
    assert burst(text, each_ms).ended_by_time() is scan


@pytest.mark.parametrize(("text", "scan"), [("1234", False), ("12345", True)])
def test_return_ends_a_scan_of_five_keys_or_more(text: str, *, scan: bool) -> None:
    assert burst(text, 8).ended_by_key() is scan


def test_the_physical_reading_needs_every_key() -> None:
    assert burst("&é", 8, physical="12").physical == "12"
    assert burst("&é", 8, physical="1 ").physical == ""


def test_stamps_of_the_system_tell_the_time_of_keys_that_waited() -> None:
    assert Instant(900.0, 1240).since(Instant(899.0, 1100)) == 140
    assert Instant(900.0).since(Instant(892.0)) == 8
    assert Instant(900.0, 3).since(Instant(892.0, 2**32 - 2)) == 8  # the counter began again


def test_the_pace_tells_the_gap_to_remember() -> None:
    assert burst("1234", 10).pace == Pace(4, 10.0, 10.0)
    assert burst("1", 10).pace == Pace(1, 0.0, 0.0)
    assert burst("1234", 10).pace.advised_gap_ms == 35
    assert burst("1234", 40).pace.advised_gap_ms == 65
    assert burst("1234", 400).pace.advised_gap_ms == 120
