"""Handles on the processes of these tests: the judge, the shim, a desk at work."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from tests.faults.homes import ENV

HERE: Final = Path(__file__).parent
LONGEST_S: Final = 120
"""No window of these tests lives longer: one that is stuck fails its test."""
Line = dict[str, Any]
"""One JSON line of a child."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the judge found."""

    error: str | None
    problems: list[str]
    facts: int
    lost: list[str]
    unowed: list[str]

    @property
    def spotless(self) -> bool:
        """Whether all that was shown is there and adds up."""
        return not (self.error or self.problems or self.lost or self.unowed)


class Judge:
    """One process that judges home after home."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.judge"],
            env=ENV,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def judge(self, home: Path, shown: list[Line]) -> Sentence:
        """Open the home over there, and compare."""
        talk = self._process
        assert talk.stdin is not None
        assert talk.stdout is not None
        facts = [line for line in shown if "fact" in line]
        talk.stdin.write(json.dumps({"home": str(home), "shown": facts}) + "\n")
        talk.stdin.flush()
        return Sentence(**json.loads(talk.stdout.readline()))

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(timeout=30)


@dataclass
class Figures:
    """What the runs counted, told at the end of the test run."""

    rows: list[str] = field(default_factory=list)

    def tell(self, what: str, **counts: float) -> None:
        """Keep one line."""
        told = ", ".join(f"{name.replace('_', ' ')} {count:g}" for name, count in counts.items())
        self.rows.append(f"{what}: {told}")


class Stable:
    """One process that has everything imported and forks a desk whenever one is wanted."""

    def __init__(self, shim: Path | None) -> None:
        self._line, theirs = socket.socketpair()
        env = ENV | ({"LD_PRELOAD": str(shim)} if shim else {})
        command = [sys.executable, "-m", "tests.faults.stable", str(theirs.fileno())]
        self._process = subprocess.Popen(command, env=env, pass_fds=[theirs.fileno()])
        theirs.close()

    @contextmanager
    def desk(self, home: Path, *words: str, **env: str) -> "Iterator[Working]":
        """Start a desk that scans without pause; it is dead when the block ends."""
        ours, theirs = os.pipe()
        asked = json.dumps({"words": [str(home), *words], "env": env})
        socket.send_fds(self._line, [asked.encode()], [theirs])
        os.close(theirs)
        pid = int(self._line.recv(32))
        with os.fdopen(ours, "rb") as heard:
            working = Working(pid, heard)
            try:
                yield working
            finally:
                working.kill()
                heard.read()
                self._line.send(b"gone")

    def end(self) -> None:
        """Let it go."""
        self._line.close()
        self._process.wait(timeout=30)


@dataclass(frozen=True, slots=True)
class Working:
    """A desk at work, and what it shows."""

    pid: int
    heard: IO[bytes]

    def kill(self) -> None:
        """End it at this very moment; nothing of it runs any more when this returns an end."""
        os.kill(self.pid, signal.SIGKILL)


class Talk:
    """A window that does what it is told, and answers with what a person would see."""

    def __init__(self, home: Path, env: dict[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.window_child", str(home)],
            env=ENV | (env or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._deadline = threading.Timer(LONGEST_S, self._process.kill)
        self._deadline.start()

    def hear(self) -> Line:
        """Return what comes next."""
        assert self._process.stdout is not None
        told: Line = json.loads(self._process.stdout.readline())
        return told

    def tell(self, order: str) -> None:
        """Ask for something."""
        assert self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()

    def ask(self, order: str) -> Line:
        """Ask for something, and return the answer."""
        self.tell(order)
        return self.hear()

    def close(self) -> int:
        """Close the window; return its exit status."""
        with suppress(BrokenPipeError):
            self.tell("close")
        self._process.communicate(timeout=60)
        return self._process.returncode

    def kill(self) -> None:
        """End it at this moment."""
        self._deadline.cancel()
        self._process.kill()
        self._process.communicate(timeout=60)


@contextmanager
def window(home: Path, env: dict[str, str] | None = None) -> Iterator[Talk]:
    """Open the real window, offscreen, and wait until it shows something."""
    talk = Talk(home, env)
    try:
        yield talk
    finally:
        talk.kill()


@dataclass(frozen=True, slots=True)
class Told:
    """How one command ended."""

    status: int
    data: Line
    errors: str

    @property
    def error(self) -> str | None:
        """The identifier of its failure."""
        failure = self.data.get("error")
        return failure["id"] if failure else None


def vanel(
    home: Path, *words: str, env: dict[str, str] | None = None, limit: int | None = None
) -> Told:
    """Run one command with `--json`; a traceback fails the test that asked.

    `limit` is the size of the largest file it may write, in bytes.
    """
    shell = [] if limit is None else ["sh", "-c", f'ulimit -f {limit // 512} && exec "$@"', "sh"]
    done = subprocess.run(
        [*shell, sys.executable, "-m", "desktop", "--home", str(home), *words, "--json"],
        env=ENV | (env or {}), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Told(done.returncode, json.loads(done.stdout), done.stderr)


def lines(output: bytes) -> list[Line]:
    """Read the lines of a child; one that was cut short was not shown."""
    return [json.loads(line) for line in output.splitlines(keepends=True) if line.endswith(b"\n")]


def ids(shown: list[Line]) -> set[str]:
    """Return the facts that were shown, the badges they owe among them."""
    return {line[name] for line in shown for name in ("fact", "job") if line.get(name)}


def compiled(folder: Path) -> Path | None:
    """Compile the shim; None where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    shim = folder / "shim.so"
    subprocess.run(
        [compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(shim),
         str(HERE / "shim.c"), "-ldl", "-lpthread"],
        check=True,
    )  # fmt: skip
    return shim
