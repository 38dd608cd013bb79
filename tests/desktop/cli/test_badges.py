"""Badges from the command line: made once, looked at often, a printer's silence told."""

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from desktop.cli.answers import FAILED
from tests.desktop.cli.conftest import Ask

CODE = "VNL-SAMPLE-0001"


@pytest.fixture
def printer() -> Iterator[tuple[str, list[bytes]]]:
    """A printer on this machine: its address, and what it was sent."""
    sink = socket.create_server(("127.0.0.1", 0))
    jobs: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                line, _ = sink.accept()
            except OSError:
                return
            with line:
                jobs.append(line.makefile("rb").read())

    server = Thread(target=serve)
    server.start()
    yield f"escpos://127.0.0.1:{sink.getsockname()[1]}", jobs
    sink.shutdown(socket.SHUT_RDWR)
    sink.close()
    server.join()


@pytest.fixture
def nobody() -> str:
    """An address where no printer listens."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return f"escpos://127.0.0.1:{closed.getsockname()[1]}"


def states(answer: dict[str, object]) -> list[str]:
    jobs = answer["jobs"]
    assert isinstance(jobs, list)
    return [job["state"] for job in jobs]


def test_the_first_badge_is_made_and_a_second_look_makes_no_other(
    forum: Ask, tmp_path: Path
) -> None:
    made = forum("badge", CODE, "--to", f"pdf:{tmp_path / 'badge.pdf'}")
    assert (made["state"], made["pages"], made["notices"]) == ("confirmed", 1, [])
    look = forum("badge", CODE, "--to", f"png:{tmp_path / 'badge.png'}")
    assert look["job"] == made["job"]
    assert (tmp_path / "badge.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "badge.png").read_bytes().startswith(b"\x89PNG")
    assert states(forum("queue")) == ["confirmed"]


def test_a_person_is_named_by_any_id_of_theirs(forum: Ask, tmp_path: Path) -> None:
    people = forum("find", "lefevre")["people"]
    assert isinstance(people, list)
    for who in (CODE, people[0]["id"], "S0001"):
        assert forum("badge", who, "--to", f"pdf:{tmp_path / 'badge.pdf'}")["pages"] == 1
    assert len(states(forum("queue"))) == 1


def test_a_copy_needs_a_reason_and_is_told_apart(
    forum: Ask, printer: tuple[str, list[bytes]]
) -> None:
    address, sent = printer
    forum("badge", CODE, "--to", address)
    refused = forum("badge", CODE, "--to", address, status=FAILED)
    assert refused["error"]["id"] == "badge-exists"  # type: ignore[index]
    forum("badge", CODE, "--to", address, "--copy-reason", "lost")
    jobs = forum("queue")["jobs"]
    assert isinstance(jobs, list)
    assert [job["copy"] for job in jobs] == [True, False]
    assert len(sent) == 2
    assert sent[0] == sent[1]


def test_the_badge_a_scan_owes_is_the_one_that_is_printed(
    forum: Ask, printer: tuple[str, list[bytes]]
) -> None:
    address, sent = printer
    owed = forum("scan", CODE)["job"]
    assert states(forum("queue")) == ["queued"]
    printed = forum("badge", CODE, "--to", address)
    assert (printed["job"], printed["state"]) == (owed, "sent")
    assert len(sent) == 1


def test_a_silent_printer_fails_and_the_badge_waits(forum: Ask, nobody: str) -> None:
    failed = forum("badge", CODE, "--to", nobody, status=FAILED)
    assert failed["error"]["id"] == "printer-unreachable"  # type: ignore[index]
    assert (failed["state"], failed["pages"]) == ("queued", 0)
    assert states(forum("queue", "list")) == ["queued"]


def test_without_a_printer_the_desk_says_so(forum: Ask) -> None:
    told = forum("badge", CODE, status=FAILED)
    assert told["error"]["id"] == "no-printer"  # type: ignore[index]
    assert states(forum("queue")) == []


@pytest.mark.parametrize("to", ["fax:1", "escpos://", "nonsense"])
def test_a_destination_that_is_none_is_wrong_usage(to: str, forum: Ask) -> None:
    told = forum("badge", CODE, "--to", to, status=2)
    assert told["error"]["id"] == "bad-destination"  # type: ignore[index]


def test_a_kind_of_printer_to_come_is_told_before_anything_is_queued(forum: Ask) -> None:
    told = forum("badge", CODE, "--to", "cups://office", status=FAILED)
    assert told["error"]["id"] == "destination-not-yet"  # type: ignore[index]
    assert states(forum("queue")) == []


def test_a_batch_leaves_out_who_has_a_badge(forum: Ask, tmp_path: Path) -> None:
    to = f"pdf:{tmp_path / 'all.pdf'}"
    forum("badge", CODE, "--to", to)
    told = forum("badges", "--to", to, status=FAILED)
    assert told["error"]["id"] == "badge-exists"  # type: ignore[index]
    jobs = forum("badges", "--not-printed", "--to", to)["jobs"]
    assert isinstance(jobs, list)
    assert len(jobs) == 9  # twelve, less one printed, one unpaid, one cancelled
    assert forum("badges", "--not-printed", "--to", to)["jobs"] == []


def test_a_batch_takes_one_category(forum: Ask, tmp_path: Path) -> None:
    jobs = forum("badges", "--category", "presse", "--to", f"pdf:{tmp_path / 'p.pdf'}")["jobs"]
    assert isinstance(jobs, list)
    assert len(jobs) == 1


def test_a_stuck_badge_is_settled_by_hand(forum: Ask) -> None:
    job = str(forum("scan", CODE)["job"])
    assert states(forum("queue", "cancel", job)) == ["cancelled"]
    assert states(forum("queue", "retry", job)) == ["queued"]
    assert states(forum("queue", "came-out", job)) == ["confirmed"]
    told = forum("queue", "retry", job, status=FAILED)
    assert told["error"]["id"] == "job-state"  # type: ignore[index]


def test_a_batch_that_reached_no_printer_names_the_badges_that_wait(
    forum: Ask, nobody: str
) -> None:
    told = forum("badges", "--category", "laureat", "--to", nobody, status=FAILED)
    waiting = forum("queue")["jobs"]
    assert isinstance(waiting, list)
    assert told["jobs"] == [job["id"] for job in waiting]
    assert len(waiting) == 1
