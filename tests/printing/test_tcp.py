from time import monotonic

import pytest

from printing.drivers.tcp import Patience, send
from printing.errors import OutcomeUnknown, PrinterUnreachable
from tests.printing.sinks import (
    Habit,
    answers_status,
    closed_port,
    closes_early,
    hangs_up_politely,
    never_reads,
    reads_all,
    resets_midway,
    says_goodbye_and_goes,
    sink,
    stays_open,
)

BADGE = bytes(range(256)) * 270  # as long as a badge
LONG = BADGE * 200  # more than any buffer on the way takes
HASTE = Patience(connect=1.0, total=0.4, linger=0.2)


@pytest.mark.parametrize("habit", [reads_all, answers_status, stays_open])
def test_a_printer_that_reads_gets_every_byte(habit: Habit) -> None:
    with sink(habit) as printer:
        assert send(BADGE, "127.0.0.1", printer.port, HASTE) == len(BADGE)
        assert printer.done.wait(5)
    assert bytes(printer.received) == BADGE


def test_nobody_there_is_unreachable_and_harmless_to_retry() -> None:
    port = closed_port()
    with pytest.raises(PrinterUnreachable, match=f"127.0.0.1:{port}"):
        send(BADGE, "127.0.0.1", port, HASTE)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 70 + ".invalid", "..", ""])
def test_a_name_that_leads_nowhere_is_unreachable(host: str) -> None:
    with pytest.raises(PrinterUnreachable):
        send(BADGE, host, closed_port(), HASTE)


def test_a_printer_that_stops_reading_leaves_the_outcome_unknown() -> None:
    begun = monotonic()
    with sink(never_reads) as printer, pytest.raises(OutcomeUnknown) as caught:
        send(LONG, "127.0.0.1", printer.port, HASTE)
    assert monotonic() - begun < 10 * HASTE.total
    assert 0 < caught.value.accepted < len(LONG)
    assert isinstance(caught.value.__cause__, TimeoutError)


@pytest.mark.parametrize("habit", [resets_midway, hangs_up_politely, closes_early])
def test_a_line_that_breaks_midway_leaves_the_outcome_unknown(habit: Habit) -> None:
    with sink(habit) as printer, pytest.raises(OutcomeUnknown) as caught:
        send(LONG, "127.0.0.1", printer.port, HASTE)
    assert 0 < caught.value.accepted < len(LONG)
    assert isinstance(caught.value.__cause__, ConnectionError)


@pytest.mark.parametrize("habit", [resets_midway, closes_early, says_goodbye_and_goes])
def test_a_break_after_the_last_byte_left_is_noticed_too(habit: Habit) -> None:
    with sink(habit) as printer, pytest.raises(OutcomeUnknown) as caught:
        send(BADGE, "127.0.0.1", printer.port, HASTE)
    assert 0 < caught.value.accepted <= len(BADGE)


def test_an_unknown_outcome_says_how_far_it_went_and_what_to_do() -> None:
    error = OutcomeUnknown(where="printer:9100", accepted=512, total=1024)
    assert "512 of 1024" in str(error)
    assert "Look at the printer" in error.next_step
