"""What every sub-command promises: global options anywhere, one JSON object, three statuses."""

import json
import sys
from pathlib import Path

import pytest

from desktop import __version__
from desktop.cli import main
from desktop.cli.run import MODULES, run

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANEL_HOME", str(tmp_path / "home"))


def answered(captured: Captured) -> dict[str, object]:
    """The one JSON object of standard output."""
    out = captured.readouterr().out
    assert out.endswith("}\n")
    answer: dict[str, object] = json.loads(out)
    return answer


def error(answer: dict[str, object]) -> dict[str, str]:
    told = answer["error"]
    assert isinstance(told, dict)
    return told


def test_the_version_is_told_without_loading_the_frame(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["vanel", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"vanel {__version__}\n"


@pytest.mark.parametrize(
    "words", [["--json", "--version"], ["--version", "--json"], ["scan", "--version", "--json"]]
)
def test_the_version_is_an_object_too(words: list[str], capsys: Captured) -> None:
    assert run(words) == 0
    assert answered(capsys) == {"version": __version__}


@pytest.mark.parametrize("words", [["--json", "status"], ["status", "--json"]])
def test_global_options_stand_before_or_after_the_command(
    words: list[str], capsys: Captured
) -> None:
    assert run(words) == 1
    assert error(answered(capsys))["id"] == "no-event"


def test_the_option_after_the_command_wins(capsys: Captured) -> None:
    assert run(["--lang", "fr", "find", "--lang", "en"]) == 2
    assert "is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--nonsense"],
        ["scna", "1"],
        ["scan"],
        ["scan", "1", "2"],
        ["find", "x", "--limit", "zero"],
        ["scan", "1", "--at", "yesterday"],
        ["scan", "1", "--override"],
        ["scan", "1", "--reason", "because"],
        ["undo", "f", "--reason", "  "],
        ["event"],
        ["queue", "shred"],
        ["status", "--lang", "de"],
        ["status", "--home"],
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_wrong_usage_is_told_with_status_two(words: list[str], lang: str, capsys: Captured) -> None:
    assert run(["--lang", lang, *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("vanel: ")
    assert "--help" in told.err

    assert run(["--json", "--lang", lang, *words]) == 2
    assert error(answered(capsys))["id"] == "usage"


def test_wrong_usage_never_repeats_a_value(capsys: Captured) -> None:
    run(["scan", "SECRET-CODE", "--at", "SECRET-TIME"])
    run(["scan", "SECRET-CODE", "SECRET-MORE"])
    assert "SECRET" not in "".join(capsys.readouterr())


def test_a_misspelt_command_is_guessed(capsys: Captured) -> None:
    run(["--lang", "en", "scna"])
    assert "Perhaps scan?" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", MODULES)
def test_every_command_explains_itself_with_an_example(
    name: str, lang: str, capsys: Captured
) -> None:
    assert run([name, "--help", "--lang", lang]) == 0
    assert run(["--lang", lang, name, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"vanel {name}" in told.split({"fr": "Exemple", "en": "Example"}[lang], 1)[1]


def test_help_is_an_object_too(capsys: Captured) -> None:
    assert run(["--json", "--help"]) == 0
    text = answered(capsys)["help"]
    assert isinstance(text, str)
    assert all(f"\n  {name} " in text for name in MODULES)


def test_a_failure_says_why_and_what_next(capsys: Captured) -> None:
    assert run(["--lang", "en", "status"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "vanel: No forum is loaded on this desk. "
        "Nothing is lost. Load an event file first: vanel event load FILE.\n"
    )
