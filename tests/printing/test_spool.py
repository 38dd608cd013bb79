"""The queue that sends what facts owe: once, later if need be, and never twice unasked."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from db.desk.badges import Job
from db.desk.desk import Desk
from db.desk.errors import BadgeExists
from db.domain.facts import Kind
from db.store.home import Home
from db.store.jobs import JobState
from printing.delivery import Ways
from printing.drivers.tcp import Patience
from printing.errors import DestinationNotYet, NoSuchFolder, OutcomeUnknown, PrinterUnreachable
from printing.render import bitmap_of
from printing.spool import Spool
from tests.desk.support import beside, desk_at, facts, guest
from tests.fixed import FixedClock
from tests.printing.paper import printed
from tests.printing.sinks import (
    Habit,
    closed_port,
    closes_early,
    reads_all,
    resets_midway,
    sink,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Ways:
    patience = Patience(connect=1.0, total=0.6, linger=0.2)
    return Ways(cache=tmp_path_factory.mktemp("cache"), patience=patience)


@pytest.fixture
def desk(home: Home, clock: FixedClock) -> Iterator[Desk]:
    opened = desk_at(home, clock)
    yield opened
    opened.close()


@pytest.fixture
def zoe(desk: Desk) -> str:
    return guest(desk)


@pytest.fixture
def spool(desk: Desk, ways: Ways) -> Iterator[Spool]:
    made = Spool(desk, ways)
    yield made
    made.lock.release()


@pytest.fixture
def window(desk: Desk, clock: FixedClock, ways: Ways) -> Iterator[Spool]:
    """The spool of another process, which owns this home's printers."""
    opened = beside(desk, clock)
    made = Spool(opened, ways)
    assert made.lock.acquire()
    yield made
    made.lock.release()
    opened.close()


def use(desk: Desk, printer: str | int) -> str:
    """Choose the desk's printer: a destination, or a port of this machine."""
    to = printer if isinstance(printer, str) else f"escpos://127.0.0.1:{printer}"
    desk.home.change(printer=to)
    return to


def only(desk: Desk) -> Job:
    (job,) = desk.badges.jobs()
    return job


def told(desk: Desk) -> tuple[JobState, str]:
    return only(desk).state, only(desk).reason


# --- a printer on the network -----------------------------------------------------------------


def test_an_admission_comes_out_of_the_printer_dot_for_dot_as_previewed(
    desk: Desk, zoe: str, spool: Spool
) -> None:
    desk.admit.scan("VNL-1")
    with sink(reads_all) as printer:
        to = use(desk, printer.port)
        (done,) = spool.run()
        assert printer.done.wait(5)
    assert done.job == only(desk)
    assert (done.pages, done.error) == (1, None)
    assert (only(desk).state, only(desk).printer) == (JobState.SENT, to)
    assert b"".join(printed(bytes(printer.received)).rows) == bitmap_of(spool.page(zoe)).rows
    made = facts(desk)[-1]
    assert (made.kind, made.refers, made.person) == (Kind.BADGE_MADE, only(desk).id, zoe)
    assert spool.run() == []
    assert desk.verify().ok


def test_a_silent_printer_keeps_the_queue_waiting_and_everything_goes_out_later_once(
    desk: Desk, spool: Spool
) -> None:
    for n in (1, 2):
        guest(desk, f"VNL-{n}")
        desk.admit.scan(f"VNL-{n}")
    port = closed_port()
    use(desk, port)
    (only_try,) = spool.run()  # the second badge does not wait for the same silence
    assert isinstance(only_try.error, PrinterUnreachable)
    assert {job.state for job in desk.badges.jobs()} == {JobState.QUEUED}
    assert desk.badges.jobs()[-1].reason == "printer-unreachable"
    received = []
    for _ in range(2):
        with sink(reads_all) as printer:
            use(desk, printer.port)
            (sent,) = spool.run(1)
            assert (sent.pages, sent.error) == (1, None)
            assert printer.done.wait(5)
        received.append(bytes(printer.received))
    assert {job.state for job in desk.badges.jobs()} == {JobState.SENT}
    assert len({*received}) == 2
    assert spool.run() == []
    assert [fact.kind for fact in facts(desk)].count(Kind.BADGE_MADE) == 2


def test_a_badge_that_waits_follows_the_desk_to_its_new_printer(
    desk: Desk, zoe: str, spool: Spool
) -> None:
    desk.admit.scan("VNL-1")
    use(desk, closed_port())
    spool.run()
    with sink(reads_all) as printer:
        to = use(desk, printer.port)
        spool.run()
        assert printer.done.wait(5)
    assert (only(desk).state, only(desk).printer) == (JobState.SENT, to)


@pytest.mark.parametrize("habit", [resets_midway, closes_early])
def test_a_badge_that_may_have_come_out_is_asked_about_and_never_sent_again_unasked(
    desk: Desk, zoe: str, spool: Spool, habit: Habit
) -> None:
    desk.admit.scan("VNL-1")
    with sink(habit) as printer:
        use(desk, printer.port)
        (done,) = spool.run()
    assert isinstance(done.error, OutcomeUnknown)
    assert told(desk) == (JobState.UNKNOWN, "outcome-unknown")
    assert desk.badges.held(zoe)
    use(desk, closed_port())
    assert spool.run() == []  # not even tried


def test_a_badge_asked_for_again_goes_to_the_printer_the_desk_has_now(
    desk: Desk, zoe: str, spool: Spool
) -> None:
    desk.admit.scan("VNL-1")
    with sink(resets_midway) as printer:
        use(desk, printer.port)
        spool.run()
    desk.badges.retry(only(desk).id)
    with sink(reads_all) as printer:
        to = use(desk, printer.port)
        spool.run()
        assert printer.done.wait(5)
    assert (only(desk).state, only(desk).printer) == (JobState.SENT, to)
    assert len(printed(bytes(printer.received)).cuts) == 1


def test_a_computer_that_stopped_while_sending_asks_at_its_next_start(
    desk: Desk, zoe: str, spool: Spool
) -> None:
    desk.admit.scan("VNL-1")
    desk.badges.adopt()
    (row,) = desk.store.jobs.waiting()
    with desk.store.writing():
        desk.store.jobs.claim(row.seq, use(desk, closed_port()), row.changed)
    assert spool.run() == []
    assert told(desk) == (JobState.UNKNOWN, "interrupted")
    assert spool.run() == []


def test_without_a_printer_badges_wait_and_say_why(desk: Desk, zoe: str, spool: Spool) -> None:
    desk.admit.scan("VNL-1")
    changed = desk.badges.jobs()[0].at
    assert spool.run() == spool.run() == []
    assert told(desk) == (JobState.QUEUED, "no-printer")
    assert only(desk).at == changed
    with sink(reads_all) as printer:
        use(desk, printer.port)
        assert [one.error for one in spool.run()] == [None]
    assert only(desk).state is JobState.SENT


def test_a_cancelled_badge_stays_in_the_printers_dreams(desk: Desk, zoe: str, spool: Spool) -> None:
    desk.admit.scan("VNL-1")
    desk.badges.cancel(only(desk).id)
    use(desk, closed_port())
    assert spool.run() == []
    assert only(desk).state is JobState.CANCELLED


# --- one owner of the printers ----------------------------------------------------------------

RUN = """
import sys
from pathlib import Path
from db.desk.desk import open_desk
from db.store.clocks import moment_now, new_id
from db.store.home import Home
from printing.spool import Spool
import secrets
desk = open_desk(Home(Path(sys.argv[1])), clock=moment_now, new_id=new_id,
                 token=secrets.token_bytes)
sys.stdout.write(str(len(Spool(desk).run())))
desk.close()
"""


def test_another_process_only_queues_while_this_one_owns_the_printers(
    desk: Desk, zoe: str, spool: Spool
) -> None:
    desk.admit.scan("VNL-1")
    assert spool.lock.acquire()
    use(desk, closed_port())
    asked = subprocess.run(
        [sys.executable, "-c", RUN, str(desk.home.folder)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert asked.stdout == "0"
    assert told(desk) == (JobState.QUEUED, "")


def test_a_badge_sent_elsewhere_is_left_to_the_owner_with_its_destination(
    desk: Desk, zoe: str, spool: Spool, window: Spool
) -> None:
    use(desk, closed_port())
    job = desk.badges.owe(zoe)
    with sink(reads_all) as printer:
        to = f"escpos://127.0.0.1:{printer.port}"
        left = spool.send(job.id, to)
        assert (left.pages, left.error) == (0, None)
        assert (only(desk).state, only(desk).printer) == (JobState.QUEUED, to)
        (done,) = window.run()
        assert printer.done.wait(5)
    assert done.error is None
    assert (only(desk).state, only(desk).printer) == (JobState.SENT, to)


def test_a_file_needs_no_printer_and_no_owner(
    desk: Desk, zoe: str, spool: Spool, window: Spool, tmp_path: Path
) -> None:
    use(desk, closed_port())
    done = spool.to_file(zoe, f"pdf:{tmp_path / 'badge.pdf'}")
    assert (done.pages, done.error) == (1, None)
    assert (tmp_path / "badge.pdf").exists()
    assert window.run() == []
    assert only(desk).state is JobState.CONFIRMED


def test_a_file_in_the_making_is_nothing_to_ask_about_until_it_is_old(
    desk: Desk, zoe: str, spool: Spool, clock: FixedClock
) -> None:
    desk.badges.owe(zoe, to="pdf:badge.pdf", claimed=True)
    spool.run()
    assert only(desk).state is JobState.SENDING
    clock.pass_(minutes=5)
    spool.run()
    assert told(desk) == (JobState.UNKNOWN, "interrupted")


# --- files ------------------------------------------------------------------------------------


def test_the_first_file_is_the_badge_and_a_second_only_a_look(
    desk: Desk, zoe: str, spool: Spool, tmp_path: Path
) -> None:
    first = spool.to_file(zoe, f"pdf:{tmp_path / 'one.pdf'}")
    assert first.job is not None
    assert (first.job.state, first.job.copy) == (JobState.CONFIRMED, False)
    before = len(facts(desk))
    look = spool.to_file(zoe, f"png:{tmp_path / 'two.png'}")
    assert (look.job, look.pages) == (first.job, 1)
    assert len(facts(desk)) == before
    copy = spool.to_file(zoe, f"pdf:{tmp_path / 'three.pdf'}", copy_reason="Badge perdu")
    assert copy.job is not None
    assert copy.job.copy
    assert desk.admit.scan("VNL-1").job is None  # the file was the badge


@pytest.mark.parametrize(
    ("destination", "error"),
    [("zpl:badge.zpl", DestinationNotYet), ("cups://Office", DestinationNotYet)],
)
def test_a_destination_to_come_owes_no_badge(
    desk: Desk, zoe: str, spool: Spool, destination: str, error: type[Exception]
) -> None:
    for ask in (
        lambda: spool.to_file(zoe, destination),
        lambda: spool.batch([zoe], destination, lambda _: None),
    ):
        with pytest.raises(error):
            ask()
    assert desk.badges.jobs() == []
    assert not desk.badges.held(zoe)


def test_a_file_that_cannot_be_written_is_a_failed_job_that_can_be_asked_for_again(
    desk: Desk, zoe: str, spool: Spool, tmp_path: Path
) -> None:
    done = spool.to_file(zoe, f"pdf:{tmp_path / 'absent' / 'badge.pdf'}")
    assert isinstance(done.error, NoSuchFolder)
    assert told(desk) == (JobState.FAILED, "no-such-folder")
    desk.badges.retry(only(desk).id)
    assert only(desk).state is JobState.QUEUED


def test_a_desk_that_prints_into_a_folder_gets_a_file_for_each_badge(
    desk: Desk, spool: Spool, tmp_path: Path
) -> None:
    for n in (1, 2):
        guest(desk, f"VNL-{n}")
        desk.admit.scan(f"VNL-{n}")
    use(desk, f"pdf:{tmp_path / 'out.pdf'}")
    spool.run(1)
    (tmp_path / "folder").mkdir()
    use(desk, f"escpos:{tmp_path / 'folder'}")
    spool.run()
    new, old = (job.id for job in desk.badges.jobs())
    assert {path.name for path in tmp_path.glob("*.pdf")} == {f"out-{old}.pdf"}
    assert {path.name for path in (tmp_path / "folder").iterdir()} == {f"badge-{new}.bin"}
    assert {job.state for job in desk.badges.jobs()} == {JobState.CONFIRMED}


# --- many at once -----------------------------------------------------------------------------


def test_a_batch_is_one_file_of_every_badge_in_the_order_asked_for(
    desk: Desk, spool: Spool, window: Spool, tmp_path: Path
) -> None:
    people = [guest(desk, f"VNL-{n}", family_name=f"Nom{n}") for n in range(3)]
    use(desk, closed_port())
    heard: list[int] = []
    jobs = spool.batch(people, f"pdf:{tmp_path / 'all.pdf'}", heard.append)
    assert len(pypdfium2.PdfDocument((tmp_path / "all.pdf").read_bytes())) == 3
    assert heard == [1, 2, 3]
    assert [desk.badges.get(job).person for job in jobs] == people
    assert {job.state for job in desk.badges.jobs()} == {JobState.CONFIRMED}
    assert window.run() == []
    assert desk.verify().ok


def test_a_batch_that_cannot_be_written_fails_as_a_whole(
    desk: Desk, spool: Spool, tmp_path: Path
) -> None:
    people = [guest(desk, f"VNL-{n}") for n in range(2)]
    with pytest.raises(NoSuchFolder):
        spool.batch(people, f"pdf:{tmp_path / 'absent' / 'all.pdf'}", lambda _: None)
    assert {job.state for job in desk.badges.jobs()} == {JobState.FAILED}
    assert spool.run() == []


def test_a_batch_with_somebody_who_holds_a_badge_makes_none_at_all(
    desk: Desk, zoe: str, spool: Spool, tmp_path: Path
) -> None:
    paul = guest(desk, "VNL-2", family_name="Martin")
    desk.badges.made(zoe, "pdf")
    with pytest.raises(BadgeExists):
        spool.batch([paul, zoe], f"pdf:{tmp_path / 'all.pdf'}", lambda _: None)
    assert desk.badges.jobs() == []
    assert not (tmp_path / "all.pdf").exists()
    spool.batch([paul, zoe], f"pdf:{tmp_path / 'all.pdf'}", lambda _: None, copy_reason="Pochettes")
    assert sorted(job.copy for job in desk.badges.jobs()) == [False, True]


def test_a_batch_for_a_printer_stops_where_the_printer_does(desk: Desk, spool: Spool) -> None:
    people = [guest(desk, f"VNL-{n}") for n in range(3)]
    heard: list[int] = []
    with pytest.raises(PrinterUnreachable):
        spool.batch(people, f"escpos://127.0.0.1:{closed_port()}", heard.append)
    assert heard == []
    assert {job.state for job in desk.badges.jobs()} == {JobState.QUEUED}
