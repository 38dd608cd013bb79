"""What the machine lacks is said before Qt is imported."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import preflight
from desktop.preflight import Need, displays, install, missing, trouble


def machine_without(*absent: str) -> Callable[[str], object]:
    """A machine that has every library but these."""

    def load(soname: str) -> object:
        if soname in absent:
            raise OSError(soname)
        return soname

    return load


def only(*programs: str) -> Callable[[str], str | None]:
    return lambda name: name if name in programs else None


OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def test_a_complete_machine_has_no_trouble() -> None:
    assert trouble("fr", OFFSCREEN, load=machine_without(), system="linux") is None


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "il manque à cette machine"), ("en", "this machine lacks")]
)
def test_missing_libraries_come_with_the_line_that_installs_them(lang: str, words: str) -> None:
    found = trouble(
        lang,
        OFFSCREEN,
        load=machine_without("libGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"),
        find=only("apt-get", "sudo"),
        system="linux",
    )
    assert found is not None
    assert found.id == "missing-library"
    assert words in found.message
    assert "libGL.so.1" in found.message
    assert found.next_step.endswith(
        "sudo apt-get update && sudo apt-get install -y libgl1 libglib2.0-0"
    )


def test_an_offscreen_window_needs_nothing_of_a_display() -> None:
    load = machine_without("libxcb-cursor.so.0", "libwayland-client.so.0", "libpulse.so.0")
    assert trouble("fr", OFFSCREEN, load=load, system="linux") is None


def test_a_machine_without_display_is_told_so_in_words() -> None:
    for environ in ({}, {"QT_QPA_PLATFORM": "xcb"}, {"QT_QPA_PLATFORM": "wayland;xcb"}):
        found = trouble("en", environ, load=machine_without(), system="linux")
        assert found is not None
        assert found.id == "no-display"
        assert "vanel demo --tour" in found.next_step


def test_a_display_that_does_not_answer_is_no_display() -> None:
    assert displays({"DISPLAY": ":4093"}) == ()


def test_a_display_whose_library_is_missing_asks_for_that_library() -> None:
    found = trouble(
        "en",
        {"DISPLAY": ":0"},
        load=machine_without("libxcb.so.1", "libxcb-cursor.so.0"),
        find=only("dnf"),
        system="linux",
    )
    assert found is not None
    assert found.next_step.endswith("dnf install -y libxcb xcb-util-cursor")


def test_an_unknown_system_is_given_the_names_of_the_packages() -> None:
    lacking = missing([Need.SOUND], machine_without("libpulse.so.0"))
    assert install(lacking, only()) == "Debian: libpulse0 / Fedora: pulseaudio-libs"


def test_other_systems_bring_what_qt_needs() -> None:
    assert trouble("fr", {}, load=machine_without("libGL.so.1"), system="win32") is None


def test_it_runs_as_a_file_with_python_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(Path(preflight.__file__))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") == 1
