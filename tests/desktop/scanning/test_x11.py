"""The same promises under a real X server: scan codes, real stamps, real composition."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from db.domain.codes import badge_code, readings
from db.domain.keyboards import US
from desktop.scanning.layouts import EVDEV

ROOT = Path(__file__).parents[3]
TOOLS = ("Xvfb", "xdotool", "setxkbmap")
CODES = [badge_code(0xC0FFEE_C0FFEE_C0FFEE + n * 0x1F2E3D4C5B6A) for n in range(6)]
LAST = "12345678"
ALTGR, SHIFT, LETTER_O = "108", "50", "32"
RETURN = 28

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason=f"needs {', '.join(TOOLS)}"
)


@dataclass
class Screen:
    """One virtual screen and the hands before it."""

    env: dict[str, str]

    def run(self, *command: str) -> None:
        subprocess.run(command, env=self.env, check=True, timeout=60)

    def scan(self, code: str) -> None:
        """Press the keys a US scanner presses, 8 ms each, then Return."""
        numbers = [EVDEV[US.plain.index(digit)] for digit in code] + [RETURN]
        self.run("xdotool", "key", "--delay", "8", *(str(number + 8) for number in numbers))

    def write(self, text: str) -> None:
        """Type by hand what the layout has keys for."""
        self.run("xdotool", "type", "--delay", "90", text)

    def write_in_french(self) -> None:
        """Type «Zoé Œuvre, fête»: AltGr, Shift and a dead key."""
        self.write("Zoé ")
        self.run("xdotool", "keydown", ALTGR, "keydown", SHIFT, "key", LETTER_O)
        self.run("xdotool", "keyup", SHIFT, "keyup", ALTGR)
        self.write("uvre, f")
        self.run("xdotool", "key", "--delay", "90", "dead_circumflex", "e", "t", "e")


@pytest.fixture
def screen() -> Iterator[Screen]:
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-noreset", "-screen", "0", "800x600x24"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=[writer], stdout=quiet, stderr=quiet) as server:
        os.close(writer)
        with os.fdopen(reader) as number:
            display = f":{number.readline().strip()}"
        env = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        yield Screen(os.environ | env)
        server.terminate()


def lines(output: IO[str]) -> Iterator[dict[str, object]]:
    for line in output:
        yield json.loads(line)


@contextmanager
def desk(screen: Screen, busy_ms: int) -> Iterator[Iterator[dict[str, object]]]:
    command = [sys.executable, str(Path(__file__).with_name("x11_desk.py")), str(busy_ms)]
    with subprocess.Popen(command, env=screen.env, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        heard = lines(window.stdout)
        if next(heard, None) is None:
            pytest.skip("Qt's xcb platform does not start here")
        yield heard


@pytest.mark.parametrize(
    ("layout", "caps", "busy_ms"),
    [("fr(oss)", "", 0), ("fr(oss)", "Caps_Lock", 150), ("be", "", 150), ("us", "Caps_Lock", 40)],
)
def test_scans_and_typing_each_arrive_where_they_belong(
    layout: str, caps: str, busy_ms: int, screen: Screen
) -> None:
    screen.run("setxkbmap", layout)
    with desk(screen, busy_ms) as heard:
        if layout == "us":
            screen.write("Zoe Lune")
        else:
            screen.write_in_french()
        if caps:
            screen.run("xdotool", "key", caps)
        for code in (*CODES, LAST):
            screen.scan(code)
        *scans, leaked = heard
    read = [readings(str(scan["typed"]))[0].code for scan in scans]
    assert read == [scan["physical"] for scan in scans] == CODES
    typed = "Zoe Lune" if layout == "us" else "Zoé Œuvre, fête"
    assert leaked == {"field": typed, "clicks": []}


def test_a_name_and_return_that_waited_for_the_interface_are_no_scan(screen: Screen) -> None:
    with desk(screen, 800) as heard:
        screen.write("Delphine")
        screen.run("xdotool", "key", "Return")
        screen.scan(LAST)
        assert list(heard) == [{"field": "Delphine", "clicks": ["return"]}]
