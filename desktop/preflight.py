"""Say in words, before Qt is imported, what this machine lacks to open the window.

Standard library only, and both languages in this file: it must speak when nothing else can. Run as
a file it writes the Debian packages that are missing, one line, for scripts.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Load = Callable[[str], object]
"""Opens a shared library by its soname; raises OSError when the machine does not have it."""


class Need(StrEnum):
    """What a library is for."""

    WINDOW = "window"  # any window, the offscreen one included
    X11 = "x11"
    WAYLAND = "wayland"
    SOUND = "sound"  # the window opens without it, silently


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library Qt links to, and the packages that bring it."""

    soname: str
    debian: str
    fedora: str
    need: Need = Need.WINDOW


# Read from the NEEDED entries of PySide6 6.11: what the wheel does not bring itself.
LIBRARIES: Final = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libxcb.so.1", "libxcb1", "libxcb", Need.X11),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", Need.X11),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", Need.X11),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", Need.X11),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", Need.X11),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", Need.X11),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", Need.X11),
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", Need.WAYLAND),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", Need.WAYLAND),
    Library("libpulse.so.0", "libpulse0", "pulseaudio-libs", Need.SOUND),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the window cannot open: a stable id, a sentence, the next step."""

    id: str
    message: str
    next_step: str


def trouble(
    lang: str,
    environ: Mapping[str, str] = os.environ,
    *,
    load: Load = ctypes.CDLL,
    find: Callable[[str], str | None] = shutil.which,
    system: str = sys.platform,
) -> Trouble | None:
    """Return what keeps the window from opening in this environment, or None."""
    if system != "linux":
        return None
    screens = displays(environ, load)
    if not screens:
        say = _NO_DISPLAY[_language(lang)]
        return Trouble("no-display", say[0], say[1])
    lacking = min((missing((Need.WINDOW, screen), load) for screen in screens), key=len)
    if not lacking:
        return None
    say = _MISSING[_language(lang)]
    names = ", ".join(library.soname for library in lacking)
    return Trouble("missing-library", say[0].format(names=names), say[1] + install(lacking, find))


def displays(environ: Mapping[str, str], load: Load = ctypes.CDLL) -> tuple[Need, ...]:
    """Return where Qt can draw: the display that was asked for, else those that answer."""
    asked = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if asked and not asked.startswith(("xcb", "wayland")):
        return (Need.WINDOW,)
    found = []
    if not asked.startswith("wayland") and environ.get("DISPLAY") and _x11_answers(load):
        found.append(Need.X11)
    if not asked.startswith("xcb") and environ.get("WAYLAND_DISPLAY") and _wayland_answers(load):
        found.append(Need.WAYLAND)
    return tuple(found)


def missing(needs: Iterable[Need], load: Load = ctypes.CDLL) -> tuple[Library, ...]:
    """Return the libraries these needs ask for and the machine does not have."""
    wanted = set(needs)
    return tuple(lib for lib in LIBRARIES if lib.need in wanted and not _loads(lib.soname, load))


def install(lacking: Iterable[Library], find: Callable[[str], str | None] = shutil.which) -> str:
    """Return the one line that installs them here, or their package names."""
    lacking = tuple(lacking)
    debian = " ".join(dict.fromkeys(lib.debian for lib in lacking))
    fedora = " ".join(dict.fromkeys(lib.fedora for lib in lacking))
    sudo = "sudo " if find("sudo") else ""
    if find("apt-get"):
        return f"{sudo}apt-get update && {sudo}apt-get install -y {debian}"
    if find("dnf"):
        return f"{sudo}dnf install -y {fedora}"
    return f"Debian: {debian} / Fedora: {fedora}"


def _loads(soname: str, load: Load) -> bool:
    try:
        load(soname)
    except OSError:
        return False
    return True


def _x11_answers(load: Load) -> bool:
    """Connect as Qt would: a stale DISPLAY or a refused cookie would end in a core dump."""
    if not _loads("libxcb.so.1", load):
        return True  # the missing libraries are the news then
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def _wayland_answers(load: Load) -> bool:
    if not os.environ.get("XDG_RUNTIME_DIR"):
        return False  # its library would complain on standard error
    if not _loads("libwayland-client.so.0", load):
        return True
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    if display is None:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return True


def _language(lang: str) -> str:
    return lang if lang in _MISSING else "fr"


_MISSING: Final = {
    "fr": (
        "La fenêtre ne peut pas s’ouvrir\u00a0: il manque à cette machine {names}.",
        "Rien n’est perdu. Pour les installer\u00a0: ",
    ),
    "en": (
        "The window cannot open: this machine lacks {names}.",
        "Nothing is lost. To install them: ",
    ),
}

_NO_DISPLAY: Final = {
    "fr": (
        "La fenêtre ne peut pas s’ouvrir\u00a0: aucun écran ne répond ici.",
        "Rien n’est perdu. Ouvrez Vanel depuis une session graphique, ou regardez-le sans écran"
        "\u00a0: vanel demo --tour DOSSIER",
    ),
    "en": (
        "The window cannot open: no display answers here.",
        "Nothing is lost. Open Vanel from a graphical session, or see it without a display: "
        "vanel demo --tour FOLDER",
    ),
}


if __name__ == "__main__":
    needs = tuple(Need)
    sys.stdout.write(" ".join(dict.fromkeys(lib.debian for lib in missing(needs))) + "\n")
