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
    (found,) = zxingcpp.read_barcodes(
        inked, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return found.text


def the_first_visitor_waits_for_a_printer_and_gets_a_badge(desk: Desk, clock: FixedClock) -> str:
    clock.set(wednesday("8:57"))
    spool = Spool(desk)
    desk.home.change(printer=f"escpos://127.0.0.1:{closed_port()}")  # it is still off
    zoe = desk.admit.scan("VNL-SAMPLE-0002")
    assert (zoe.reason, zoe.badge) == (Reason.FIRST_ENTRY, BadgeNote.OWED)
    assert zoe.person is not None
    assert spool.run()[0].error is not None
    assert desk.badges.jobs()[0].state is JobState.QUEUED
    with sink(reads_all) as printer:  # somebody switches it on
        desk.home.change(printer=f"escpos://127.0.0.1:{printer.port}")
        spool.run()
        assert printer.done.wait(5)
    assert spool.run() == []
    spool.lock.release()
    code = qr_of(bytes(printer.received))
    assert code == desk.people.badge_code(zoe.person.id)
    return code


def a_second_scan_on_a_french_keyboard_says_already_in(
    desk: Desk, clock: FixedClock, code: str
) -> None:
    clock.set(wednesday("9:05"))
    again = desk.admit.scan(code.translate(AZERTY))
    assert (again.outcome, again.badge) == (Outcome.ALREADY_IN, BadgeNote.NONE)
    assert again.first is not None
    assert again.first.at == wednesday("8:57")


def the_wrong_person_is_let_in_by_hand_and_taken_back(desk: Desk) -> None:
    wrong = desk.admit.person(desk.people.find("lefevre")[0].person.id)
    assert desk.counts().inside == 2
    desk.admit.undo(wrong.fact or "", "Erreur de personne")
    assert (desk.counts().inside, desk.counts().entered) == (1, 1)


def the_masterclass_takes_elected_officials_who_registered(
    desk: Desk, clock: FixedClock, code: str
) -> None:
    clock.set(wednesday("10:00"))
    assert desk.admit.scan(code, place="observatoire").admitted
    outsider = desk.admit.scan("VNL-SAMPLE-0001", place="observatoire")
    assert outsider.reason is Reason.NOT_FOR_CATEGORY


def another_process_goes_on_where_the_window_stopped(
    desk: Desk, clock: FixedClock, code: str
) -> Desk:
    desk.close()
    clock.set(wednesday("12:30"))
    desk = beside(desk, clock)
    assert desk.store.projections.in_place("observatoire") == 1
    assert desk.admit.scan(code, entry=False).outcome is Outcome.LEFT
    assert desk.counts().inside == 0
    return desk


def the_same_table_by_e_mail_adds_nobody(desk: Desk) -> None:
    before = desk.status().registrations
    import_sample(desk)
    assert desk.status().registrations == before > 0


def wednesdays_badge_is_welcome_on_thursday(desk: Desk, clock: FixedClock, code: str) -> None:
    clock.set(thursday("9:12"))
    returning = desk.admit.scan(code)
    assert (returning.reason, returning.badge) == (Reason.RETURNING, BadgeNote.LIVE)
    assert returning.first is not None
    assert returning.first.at == wednesday("8:57")
    assert len(desk.badges.jobs()) == 2  # Zoé's, and the one owed to the wrong person


def test_a_morning_at_reception(home: Home, clock: FixedClock) -> None:
    clock.set(wednesday("8:30"))
    desk = desk_at(home, clock)
    import_sample(desk)
    code = the_first_visitor_waits_for_a_printer_and_gets_a_badge(desk, clock)
    a_second_scan_on_a_french_keyboard_says_already_in(desk, clock, code)
    the_wrong_person_is_let_in_by_hand_and_taken_back(desk)
    the_masterclass_takes_elected_officials_who_registered(desk, clock, code)
    desk = another_process_goes_on_where_the_window_stopped(desk, clock, code)
    the_same_table_by_e_mail_adds_nobody(desk)
    wednesdays_badge_is_welcome_on_thursday(desk, clock, code)
    assert desk.verify().ok
    desk.close()
