"""A morning at reception: from somebody's e-mailed table to people let in, a badge in hand."""

from importlib.resources import as_file, files

import zxingcpp
from PIL import Image

from db.desk.desk import Desk
from db.domain.verdicts import BadgeNote, Outcome, Reason
from db.exchange.tables import plan_import, read_table
from db.store.home import Home
from db.store.jobs import JobState
from printing.spool import Spool
from tests.desk.support import beside, desk_at
from tests.fixed import FixedClock
from tests.forum import thursday, wednesday
from tests.printing.paper import printed
from tests.printing.sinks import closed_port, reads_all, sink

AZERTY = str.maketrans("0123456789", "à&é\"'(-è_ç")


def import_sample(desk: Desk) -> None:
    with as_file(files("resources.events") / "sample-registrations.csv") as path:
        desk.people.take(plan_import(read_table(path, desk.event), desk.people.known()))


def qr_of(paper: bytes) -> str:
    """Read the badge's code off the paper, as a camera would."""
    rows = printed(paper).rows
    image = Image.frombytes("1", (len(rows[0]) * 8, len(rows)), b"".join(rows))
    inked = image.convert("L").point(lambda dot: 255 - dot)
    (found,) = zxingcpp.read_barcodes(inked, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found.text


def test_a_morning_at_reception(home: Home, clock: FixedClock) -> None:
    clock.set(wednesday("8:30"))
    desk = desk_at(home, clock)
    import_sample(desk)
    desk.home.change(printer=f"escpos://127.0.0.1:{closed_port()}")
    spool = Spool(desk)

    # The first visitor shows an e-ticket; the printer is still off.
    clock.set(wednesday("8:57"))
    zoe = desk.admit.scan("VNL-SAMPLE-0002")
    assert (zoe.outcome, zoe.reason, zoe.badge) == (
        Outcome.ADMITTED, Reason.FIRST_ENTRY, BadgeNote.OWED,
    )  # fmt: skip
    assert zoe.person is not None
    assert spool.run()[0].error is not None
    assert desk.badges.jobs()[0].state is JobState.QUEUED

    # Somebody switches it on; the badge comes out by itself and reads back as Zoé's.
    with sink(reads_all) as printer:
        desk.home.change(printer=f"escpos://127.0.0.1:{printer.port}")
        spool.run()
        assert printer.done.wait(5)
    code = qr_of(bytes(printer.received))
    assert code == desk.people.badge_code(zoe.person.id)

    # Twice at the door, by a scanner on a French keyboard: already in, nothing more is printed.
    clock.set(wednesday("9:05"))
    again = desk.admit.scan(code.translate(AZERTY))
    assert (again.outcome, again.badge) == (Outcome.ALREADY_IN, BadgeNote.NONE)
    assert again.first is not None
    assert again.first.at == wednesday("8:57")
    assert spool.run() == []

    # The wrong person was chosen by hand, and taken back.
    wrong = desk.admit.person(desk.people.find("lefevre")[0].person.id)
    assert desk.counts().inside == 2
    desk.admit.undo(wrong.fact or "", "Erreur de personne")
    assert (desk.counts().inside, desk.counts().entered) == (1, 1)

    # The masterclass is for elected officials who registered; another session's guest is not.
    clock.set(wednesday("10:00"))
    assert desk.admit.scan(code, place="observatoire").admitted
    outsider = desk.admit.scan("VNL-SAMPLE-0001", place="observatoire")
    assert outsider.reason is Reason.NOT_FOR_CATEGORY

    # The laptop's lid is closed, the window dies; another process goes on where it stopped.
    spool.lock.release()
    desk.close()
    clock.set(wednesday("12:30"))
    desk = beside(desk, clock)
    assert desk.store.projections.in_place("observatoire") == 1
    assert desk.admit.scan(code, entry=False).outcome is Outcome.LEFT
    assert desk.counts().inside == 0

    # The table comes again by e-mail: nobody is added.
    before = desk.status().registrations
    import_sample(desk)
    assert desk.status().registrations == before

    # Thursday: Wednesday's badge is welcome and prints nothing.
    clock.set(thursday("9:12"))
    returning = desk.admit.scan(code)
    assert (returning.reason, returning.badge) == (Reason.RETURNING, BadgeNote.LIVE)
    assert returning.first is not None
    assert returning.first.at == wednesday("8:57")
    assert desk.verify().ok
    desk.close()
