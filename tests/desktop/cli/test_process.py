"""What the process does to the shell around it: pipes that close, Ctrl-C, bugs, completion."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.cli.conftest import FORUM, Ask

VANEL = [sys.executable, "-m", "desktop"]
NOT_ON_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell's habits")


def vanel(*words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*VANEL, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environ},
        check=False,
    )


@NOT_ON_WINDOWS
def test_a_closed_pipe_ends_quietly(forum: Ask) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*VANEL, "find", "dupont", "--json"], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_output_is_told(forum: Ask) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*VANEL, "--lang", "en", "status"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"vanel: The answer could not be written out")
    assert done.stderr.count(b"\n") == 1


@NOT_ON_WINDOWS
def test_ctrl_c_ends_quietly(forum: Ask, tmp_path: Path) -> None:
    pipe = tmp_path / "endless.csv"
    os.mkfifo(pipe)
    with (
        subprocess.Popen([*VANEL, "import", str(pipe)], stderr=subprocess.PIPE) as running,
        pipe.open("wb"),  # it is being read: the command is in the middle of its work
    ):
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert (running.returncode, told) == (130, b"")


def test_an_answer_survives_an_output_that_knows_no_accents(forum: Ask) -> None:
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    told = vanel("find", "oeuvre", "--json", **plain)
    assert json.loads(told.stdout)["people"][0]["name"] == "Zoé Œuvre"
    assert vanel("find", "oeuvre", **plain).returncode == 0


def test_a_bug_is_shown_whole_and_still_answers_with_one_object() -> None:
    broken = "import db.desk.desk as d, desktop.cli as c; d.open_desk = None; c.main()"
    done = subprocess.run(
        [sys.executable, "-c", broken, "status", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["id"] == "bug"
    assert "TypeError" in done.stderr


@NOT_ON_WINDOWS
def test_no_output_at_all_is_no_failure() -> None:
    script = f'exec {" ".join(VANEL)} event load "{FORUM}" >&-'
    assert subprocess.run(["/bin/sh", "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete_the_command(shell: str) -> None:
    assert "_VANEL_COMPLETE" in vanel(_VANEL_COMPLETE=f"{shell}_source").stdout
