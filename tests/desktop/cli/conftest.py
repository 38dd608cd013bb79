"""A home of its own for each test, and a way to run the command and read its one object."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli.run import run

EVENTS = Path(__file__).parents[3] / "resources" / "events"
FORUM = str(EVENTS / "forum-2023.toml")
SAMPLE = str(EVENTS / "sample-registrations.csv")

Ask = Callable[..., dict[str, object]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be this desk's home."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VANEL_HOME", str(folder))
    return folder


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command with `--json`, check its exit status, return its object."""

    def asked(*words: str, status: int = 0) -> dict[str, object]:
        assert run(["--json", *words]) == status
        answer: dict[str, object] = json.loads(capsys.readouterr().out)
        return answer

    return asked


@pytest.fixture
def forum(ask: Ask) -> Ask:
    """A desk on the forum, with the sample's people."""
    ask("event", "load", FORUM)
    ask("import", SAMPLE)
    return ask
