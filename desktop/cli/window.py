"""What stands between a command and the window: the machine is checked before Qt is imported."""

import os
import signal

from db.domain.errors import VanelError
from desktop import preflight
from desktop.cli.session import Session


class NoDisplay(VanelError):
    """No display answers."""

    id = "no-display"
    message = "{what}"
    next_step = "{step}"


class MissingLibrary(VanelError):
    """The machine lacks something Qt needs."""

    id = "missing-library"
    message = "{what}"
    next_step = "{step}"


UNSEEN = ("offscreen", "minimal")
"""Platforms of Qt that draw where nobody looks."""


QUIET = "qt.multimedia.*=false"
"""Sound says on standard error which optional libraries it goes without."""


def check_machine(session: Session) -> None:
    """Raise NoDisplay or MissingLibrary, in words, where Qt would end in a core dump."""
    os.environ.setdefault("QT_LOGGING_RULES", QUIET)
    found = preflight.trouble(session.lang)
    if found is None:
        return
    kind = NoDisplay if found.id == NoDisplay.id else MissingLibrary
    raise kind(what=found.message, step=found.next_step)


def drawn_unseen(session: Session, *, anyway: bool) -> bool:
    """Say whether to draw offscreen, and see to it: `anyway`, or because no display answers."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(UNSEEN):
        anyway = True
    try:
        check_machine(session)
    except NoDisplay:
        anyway = True
    if anyway:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        check_machine(session)
    return anyway


def open_window(session: Session, screen: str = "checkin") -> None:
    """Show the window until somebody closes it; the machine was checked before.

    A language asked for is what the window speaks from now on. Raises WindowTaken.
    """
    from db.store.lock import WINDOW, Lock
    from desktop.app import WindowTaken, run

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop would swallow it; nothing is lost
    home = session.home
    if session.options.lang:
        home.change(lang=session.options.lang)
    if run(home, session.options.event or None, screen) != 0:
        raise WindowTaken(pid=Lock(home.folder, WINDOW).holder)
