"""Codes at the door: whatever keyboard typed them, and what is kept of those nobody knows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.desk.desk import Desk
from db.domain.facts import Kind
from db.domain.verdicts import Outcome, Reason
from tests.desk.support import everything, facts, guest

DIGITS_ON_AZERTY = str.maketrans("0123456789", "à&é\"'(-è_ç")
SECRET = "TKT-4711-GHEIM"


def test_a_badge_is_read_whatever_a_french_keyboard_made_of_it(desk: Desk, zoe: str) -> None:
    code = desk.people.badge_code(zoe)
    typed = code.translate(DIGITS_ON_AZERTY)
    for verdict in (
        desk.admit.scan(typed, info=True),
        desk.admit.scan(typed.upper(), info=True),
        desk.admit.scan("nothing of ours", physical=code, info=True),
        desk.admit.scan(f"  {code}\n", info=True),
    ):
        assert verdict.person is not None
        assert verdict.person.id == zoe


def test_a_foreign_ticket_is_read_by_its_keys_or_by_the_only_guess(desk: Desk, zoe: str) -> None:
    for typed, physical in (("VNL-1", ""), ("VNL)&", "VNL-1"), ("vnl-1", ""), (" VNL-1 ", "")):
        verdict = desk.admit.scan(typed, physical=physical, info=True)
        assert verdict.person is not None, (typed, physical)
        assert verdict.person.id == zoe


def test_two_people_behind_one_guess_are_asked_for_their_name(desk: Desk) -> None:
    guest(desk, "abcde9")
    guest(desk, "ABCDE9")
    verdict = desk.admit.scan("aBCDE9")
    assert (verdict.outcome, verdict.reason) == (Outcome.REFUSED, Reason.AMBIGUOUS_CODE)
    assert desk.admit.scan("abcde9").admitted  # exactly as registered: no guess needed


def test_a_replaced_code_is_refused_as_such(desk: Desk, zoe: str) -> None:
    desk.people.amend(zoe, {"code": ("VNL-2",)})
    assert desk.admit.scan("VNL-1").reason is Reason.REVOKED
    assert desk.admit.scan("VNL-2").reason is Reason.FIRST_ENTRY


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (SECRET, Reason.UNKNOWN_CODE),
        ("https://example.org/" + SECRET, Reason.FOREIGN_CODE),
        ("BEGIN:VCARD\nFN:Zoé Œuvre\nEND:VCARD", Reason.FOREIGN_CODE),
        ("1" + "7" * 29, Reason.DAMAGED_CODE),
        ("", Reason.FOREIGN_CODE),
        (SECRET * 1000, Reason.FOREIGN_CODE),
    ],
    ids=["ticket", "link", "card", "damaged badge", "nothing", "enormous"],
)
def test_a_code_nobody_holds_is_refused_recorded_and_never_kept_in_clear(
    desk: Desk, zoe: str, code: str, reason: Reason
) -> None:
    verdict = desk.admit.scan(code)
    assert (verdict.outcome, verdict.reason, verdict.person) == (Outcome.REFUSED, reason, None)
    scan = facts(desk)[-1]
    assert (scan.id, scan.kind, scan.person) == (verdict.fact, Kind.TURNED_AWAY, None)
    values = everything(desk)
    assert b"VNL-1" in values  # whoever looks, finds what is registered
    for part in (code.encode(), SECRET.encode(), code[:-2].encode()):
        assert not part or part not in values
    assert desk.verify().ok


def test_an_unknown_code_leaves_a_keyed_trace_that_tells_it_again(desk: Desk, zoe: str) -> None:
    traces = []
    for code in (SECRET, SECRET, SECRET + "X", "ABC"):
        recorded = desk.store.log.fact(desk.admit.scan(code).fact or "")
        assert recorded is not None
        traces.append(desk.store.log.detail(recorded.seq))
    assert traces[0] == traces[1]
    assert traces[0]["mac"] != traces[2]["mac"]
    assert (traces[0]["length"], traces[0]["end"]) == (len(SECRET), SECRET[-2:])
    assert traces[3]["end"] == ""  # of a short code, two characters would be half of it


def test_a_trace_of_another_desks_key_says_nothing_here(desk: Desk) -> None:
    recorded = desk.store.log.fact(desk.admit.scan(SECRET).fact or "")
    with desk.store.writing():
        desk.store.set_meta("code_key", "00" * 32)
    again = desk.store.log.fact(desk.admit.scan(SECRET).fact or "")
    assert recorded is not None
    assert again is not None
    assert desk.store.log.detail(recorded.seq)["mac"] != desk.store.log.detail(again.seq)["mac"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.characters(), max_size=40), physical=st.text(st.characters(), max_size=40))
def test_any_keys_at_all_are_answered_and_recorded(desk: Desk, typed: str, physical: str) -> None:
    verdict = desk.admit.scan(typed, physical=physical)
    assert verdict.outcome is Outcome.REFUSED
    assert facts(desk)[-1].id == verdict.fact


@pytest.mark.parametrize(
    "hostile",
    [
        "\udcff\udcfe12345",
        "\x00" * 50,
        "'; DROP TABLE fact; --",
        "%00%0a",
        "٣" * 30,
        "\U0010ffff" * 9,
    ],
)
def test_hostile_codes_are_plain_refusals(desk: Desk, hostile: str) -> None:
    for physical in ("", hostile):
        verdict = desk.admit.scan(hostile, physical=physical)
        assert (verdict.outcome, verdict.admitted) == (Outcome.REFUSED, False)
    assert desk.verify().ok
