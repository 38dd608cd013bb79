"""The commands on a real desk: what scripts read, and what stays as it was."""

import csv
from pathlib import Path

import pytest

from desktop.cli.run import run
from tests.desktop.cli.conftest import FORUM, SAMPLE, Ask

Answer = dict[str, object]
MASTERCLASS = ("--place", "observatoire", "--at", "2023-03-22T09:50")


def scan(ask: Ask, number: int, *words: str, status: int = 0) -> Answer:
    return ask("scan", f"VNL-SAMPLE-{number:04}", *words, status=status)


def names(answer: Answer) -> list[str]:
    people = answer["people"]
    assert isinstance(people, list)
    return [person["name"] for person in people]


def size(answer: Answer, key: str) -> int:
    rows = answer[key]
    assert isinstance(rows, list)
    return len(rows)


def error_id(answer: Answer) -> str:
    told = answer["error"]
    assert isinstance(told, dict)
    return str(told["id"])


def test_the_forum_is_loaded_and_shown(ask: Ask) -> None:
    loaded = ask("event", "load", FORUM)
    assert ask("event", "show") == loaded
    assert size(loaded, "rooms") == 5
    assert {"sessions", "categories"} <= loaded.keys()


def test_every_mistake_of_an_event_file_comes_with_its_line(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "event.toml"
    file.write_text('format = 1\nid = "x y"\nname = ""\nzone = "Mars"\n', "utf-8")
    answer = ask("event", "load", str(file), status=1)
    mistakes = answer["mistakes"]
    assert isinstance(mistakes, list)
    assert {mistake["line"] for mistake in mistakes} >= {2, 3, 4}
    assert all(mistake["message"] for mistake in mistakes)
    assert error_id(ask("event", "show", status=1)) == "no-event"


def test_importing_again_changes_nothing(ask: Ask) -> None:
    ask("event", "load", FORUM)
    first = ask("import", SAMPLE)
    assert (first["rows"], first["added"], first["problems"]) == (12, 12, [])
    again = ask("import", SAMPLE)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 12)
    assert (again["missing"], again["rejected"]) == ([], 0)


def test_a_trial_import_stores_nothing(ask: Ask) -> None:
    ask("event", "load", FORUM)
    assert ask("import", SAMPLE, "--dry-run")["added"] == 12
    assert ask("status")["registrations"] == 0


def test_a_column_can_be_named_by_hand(ask: Ask, tmp_path: Path) -> None:
    ask("event", "load", FORUM)
    file = tmp_path / "list.csv"
    file.write_text("Nom;Prénom;Truc = machin\nMartin;Zoé;Sicoval\n", "utf-8")
    ask("import", str(file), "--map", "Truc = machin=organisation")
    assert names(ask("find", "sicoval")) == ["Zoé Martin"]


@pytest.mark.parametrize(
    ("content", "expected"), [(b"", "empty-file"), (b"%PDF-1.7 x", "not-a-table")]
)
def test_a_file_that_is_no_table_stores_nothing(
    content: bytes, expected: str, ask: Ask, tmp_path: Path
) -> None:
    ask("event", "load", FORUM)
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    assert error_id(ask("import", str(file), status=1)) == expected
    assert error_id(ask("import", str(tmp_path / "absent.csv"), status=1)) == "file-missing"
    assert ask("status")["registrations"] == 0


def test_a_first_scan_lets_in_and_a_second_says_since_when(forum: Ask) -> None:
    first = scan(forum, 1)
    assert (first["verdict"], first["admitted"]) == ("admitted", True)
    again = scan(forum, 1)
    assert (again["verdict"], again["admitted"]) == ("already-in", False)
    told = again["first"]
    assert isinstance(told, dict)
    assert told["fact"] == first["fact"]
    assert forum("status")["inside"] == 1


def test_a_refused_visitor_is_a_done_scan(forum: Ask) -> None:
    assert forum("scan", "nobody-has-this")["reason"] == "unknown-code"
    assert scan(forum, 9)["reason"] == "unpaid"
    assert scan(forum, 11)["reason"] == "cancelled"
    assert scan(forum, 4, *MASTERCLASS)["verdict"] == "refused"


@pytest.mark.parametrize(
    "code", ["", " ", "x" * 100_000, "\udcff\udcfe", "a\x00b", "=1+1", "🎫", "--", "-x"]
)
def test_a_hostile_code_is_a_plain_refusal(code: str, forum: Ask) -> None:
    assert forum("scan", "--", code)["verdict"] == "refused"


def test_looking_records_nothing(forum: Ask) -> None:
    before = forum("status")["facts"]
    looked = scan(forum, 1, "--info")
    assert (looked["verdict"], looked["fact"]) == ("info", None)
    assert forum("status")["facts"] == before


def test_an_exit_after_an_entry_is_left(forum: Ask) -> None:
    scan(forum, 1)
    assert scan(forum, 1, "--exit")["verdict"] == "left"
    assert forum("status")["inside"] == 0


def test_a_declared_instant_is_in_the_event_s_own_time_zone(forum: Ask) -> None:
    declared = scan(forum, 2, *MASTERCLASS)
    assert (declared["verdict"], declared["at"]) == ("admitted", "2023-03-22T08:50:00+00:00")
    assert (declared["declared"], declared["session"]) == (True, "culture-d")
    assert declared["job"] is None


def test_a_declared_instant_may_not_lie_ahead(forum: Ask) -> None:
    assert error_id(scan(forum, 2, "--at", "2999-01-01T09:00", status=2)) == "future"


def test_the_rules_are_set_aside_with_a_reason(forum: Ask) -> None:
    assert scan(forum, 4, *MASTERCLASS)["admitted"] is False
    let_in = scan(forum, 4, *MASTERCLASS, "--override", "--reason", "invited by the speaker")
    assert (let_in["admitted"], let_in["reason"]) == (True, "override")


def test_an_unknown_place_is_told(forum: Ask) -> None:
    assert error_id(scan(forum, 1, "--place", "nowhere", status=1)) == "not-found"


def test_undoing_a_scan_lets_the_person_in_again(forum: Ask) -> None:
    fact = str(scan(forum, 1)["fact"])
    undo = forum("undo", fact, "--reason", "wrong person")
    assert undo["fact"] != fact
    assert scan(forum, 1)["verdict"] == "admitted"
    assert error_id(forum("undo", fact, "--reason", "again", status=1)) == "not-undoable"
    assert error_id(forum("undo", "0" * 32, "--reason", "who", status=1)) == "not-found"


def test_search_minds_neither_accents_nor_order(forum: Ask) -> None:
    assert names(forum("find", "oeuvre zoe")) == ["Zoé Œuvre"]
    assert sorted(names(forum("find", "dupont"))) == ["Marie Dupont", "Marie Dupont"]
    assert names(forum("find", "dupont", "--limit", "1")) == ["Marie Dupont"]
    assert names(forum("find", "urrugne mairie")) != []
    assert forum("find", "qqqq")["people"] == []


def test_status_has_every_key_of_the_contract(forum: Ask) -> None:
    assert forum("status").keys() >= {
        "desk", "place", "registrations", "facts", "waiting",
        "last_sync", "hub", "skew_ms", "printer",
    }  # fmt: skip


def test_the_log_of_a_day_adds_up(forum: Ask) -> None:
    scan(forum, 1)
    scan(forum, 1, "--exit")
    answer = forum("verify")
    assert (answer["ok"], answer["problems"]) == (True, [])


@pytest.mark.parametrize("table", ["attendees", "checkins", "movements", "attempts"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_tables_are_written_with_their_rows(
    table: str, ending: str, forum: Ask, tmp_path: Path
) -> None:
    scan(forum, 1)
    scan(forum, 1, "--exit")
    scan(forum, 9)
    rows = {"attendees": 12, "checkins": 1, "movements": 2, "attempts": 1}[table]
    file = tmp_path / f"out.{ending}"
    assert forum("export", table, "--to", str(file))["rows"] == rows
    if ending == "csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            assert len(list(csv.reader(stream, delimiter=";"))) == rows + 1


def test_an_export_can_be_imported_again_and_changes_nothing(forum: Ask, tmp_path: Path) -> None:
    file = tmp_path / "people.xlsx"
    forum("export", "attendees", "--to", str(file))
    assert forum("import", str(file))["unchanged"] == 12


def test_an_export_that_cannot_be_written_says_so(forum: Ask, tmp_path: Path) -> None:
    forum("export", "attendees", "--to", str(tmp_path / "x.pdf"), status=2)
    absent = tmp_path / "absent" / "x.csv"
    assert error_id(forum("export", "attendees", "--to", str(absent), status=1)) == "not-written"


def test_the_event_can_be_chosen(forum: Ask) -> None:
    assert forum("--event", "forum-2023", "status")["event"] == "forum-2023"
    assert error_id(forum("status", "--event", "other", status=1)) == "unknown-event"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_people_read_the_same_answers(
    lang: str, forum: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ["scan", "VNL-SAMPLE-0001"], ["find", "dupont"], ["status"], ["queue"], ["verify"],
        ["event", "show"], ["import", SAMPLE],
    ):  # fmt: skip
        assert run(["--lang", lang, *words]) == 0
        told = capsys.readouterr()
        assert told.out.strip()
        assert "{" not in told.out
        assert told.err == ""
